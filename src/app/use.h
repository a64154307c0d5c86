/* Use: one use case at work: who does it, when, on which data; and how it ended.
 *
 * Every function of src/app that serves a page or a command takes one of these first. Who may do what is decided here, on this floor, and
 * every query below is given who.team_id: a team never sees another's data. */
#ifndef STURGEON_APP_USE_H
#define STURGEON_APP_USE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/db.h"

enum role { ROLE_NONE, ROLE_MANAGER, ROLE_LEAD, ROLE_ADMIN }; /* each may all that the ones before it may */

struct actor {
	int64_t team_id, member_id;
	enum role role;
	const char *language;           /* "uk" or "en": which of the texts of the team's content to show */
};

struct use {
	struct arena *arena;
	struct db *db;                  /* writes only where the request came as POST, on the writer's thread */
	struct actor who;
	int64_t now;
	struct error error;             /* filled where an outcome is FAILED */
	json_t *mistakes;               /* object: field → msgid of what is wrong with it; freed with the arena */
	json_t *ban;                    /* of REFUSED: the ban that is why (store/ban_store.h: ban_active's); NULL where it is his role; freed with the arena */
};

enum outcome {
	DONE,
	ABSENT,                         /* there is no such thing, or it is another team's: the two are not told apart */
	REFUSED,                        /* this role may not, or he is banned: use->ban */
	INVALID,                        /* the user's mistakes stand in use->mistakes */
	FAILED,                         /* the world failed: use->error */
};

void use_init(struct use *use, struct arena *arena, struct db *db, struct actor who, int64_t now);

/* Notes a mistake of the user's. msgid is an English message marked N_(); the first mistake of a field stays. Returns INVALID. */
enum outcome use_mistake(struct use *use, const char *field, const char *msgid);
bool use_valid(const struct use *use);

/* ERR_NONE → DONE, otherwise FAILED. For `return use_done(use, client_insert(…, &use->error))`. */
enum outcome use_done(enum err kind);

const char *role_name(enum role role);
enum role role_parse(const char *name); /* ROLE_NONE where it is none */

#endif
