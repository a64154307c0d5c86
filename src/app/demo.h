/* Demo: a lively company in an empty data file: five people, 60 clients, some 300 conversations over the last three months, and a desk for today.
 *
 * Everything is made by the use cases of the program itself, as people would: clients and deals by their forms, each conversation by the
 * batch of events that the call screen sends. Clients are personas with hidden motives and wishes (core/trainer/persona.h), so that what the
 * advisor learns from them is learnt, not written. The same seed, `now` and zone give the same company. */
#ifndef STURGEON_APP_DEMO_H
#define STURGEON_APP_DEMO_H

#include "app/use.h"

#define DEMO_MEMBERS 5

struct demo_member {
	const char *login, *name, *role;
};
extern const struct demo_member demo_members[DEMO_MEMBERS]; /* the administrator first, then the lead, then the managers */

struct demo_done {
	int clients, deals, calls; /* calls: ended ones */
	int readers, posts, comments, votes;
};

/* In an empty data file; REFUSED where there is a company already. use->now is the present; use->who does not matter. One password_hash for all. */
enum outcome demo_make(struct use *use, uint64_t seed, const char *password_hash, struct demo_done *ret_done);

#endif
