/* Practice store: talks with simulated clients and what the manager did in them (L1). What the client did is not kept but for his words: it follows from scenario, seed and these events.
 *
 * Every function takes team_id and sees that team alone. Text lives in the arena. */
#ifndef STURGEON_STORE_PRACTICE_STORE_H
#define STURGEON_STORE_PRACTICE_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct practice_row {
	bool there;
	int64_t practice_id, member_id, seed;
	int64_t created_at, ended_at;   /* ended_at 0: it runs */
	const char *scenario, *language, *mode, *member_name;
	int tenths;                     /* of one that has ended, as all below */
	bool won, failed, agreed;
	int64_t left_minor;             /* where agreed */
};
enum err practice_find(struct db *db, struct arena *arena, int64_t team_id, int64_t practice_id, struct practice_row *ret_row, struct error *err) MUST_CHECK;
enum err practice_insert(struct db *db, int64_t team_id, const struct practice_row *row, struct error *err) MUST_CHECK;
enum err practice_close(struct db *db, int64_t team_id, const struct practice_row *row, struct error *err) MUST_CHECK; /* ended_at and what follows it */

/* A member's, the last first: id, scenario, mode, created_at, ended_at, tenths, won__bool, failed__bool. */
enum err practice_list(struct db *db, int64_t team_id, int64_t member_id, int limit, json_t **ret_list, struct error *err) MUST_CHECK;

struct practice_event_row {
	int64_t seq, at, item, value;
	const char *event_id, *kind;    /* kind: of the call's events, or "words": item and value say then how they were heard */
	const char *text;               /* NULL: none */
	const char *said;               /* what the client answered, a line each thing he did; "" */
};
enum err practice_event_list(struct db *db, struct arena *arena, int64_t team_id, int64_t practice_id, struct practice_event_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;
enum err practice_event_insert(struct db *db, int64_t team_id, int64_t practice_id, const struct practice_event_row *row, struct error *err) MUST_CHECK;

#endif
