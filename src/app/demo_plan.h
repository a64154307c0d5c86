/* Demo plan: when what is written (demo_text.h) is published, answered, read and voted for, in the three months before now. Nothing is stored here: out comes
 * what everyone does, in the order of time, for demo_journal.h to have done.
 *
 * People write in working hours and some in the evening; the company takes to its journals slowly, so that more comes with every week. A reader looks in on some
 * days, less at a week-end, reads a few of the posts of the last week that he has not read (what he cares for first) and votes for what is
 * good, the less often the more he has voted for that author of late. A ring of friends votes for its own within minutes, whatever it is (T8). */
#ifndef STURGEON_APP_DEMO_PLAN_H
#define STURGEON_APP_DEMO_PLAN_H

#include <stdint.h>

#include "app/demo_text.h"
#include "base/rng.h"

enum demo_deed_kind { DEED_JOIN, DEED_PUBLISH, DEED_EDIT, DEED_HIDE, DEED_BAN, DEED_COMMENT, DEED_VOTE, DEED_ANSWER, DEED_FOLLOW };

struct demo_deed {
	int64_t at;
	enum demo_deed_kind kind;
	int who;                        /* of text->people */
	int post;                       /* of text->posts; of a join the community, of a follow the person followed */
	int place;                      /* the comment's index; the option answered, from 1 */
	const char *reason;             /* of an answer; "" none */
};

struct demo_plan {
	struct demo_deed *deeds;        /* by time */
	int n, room;
	int64_t published[DEMO_POSTS_MAX];
};

/* The same stream gives the same plan. In the zone of the process. */
struct demo_plan *demo_plan_make(struct arena *arena, const struct demo_text *text, struct rng *rng, int32_t first, int64_t now);

#endif
