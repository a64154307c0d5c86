/* Bargain store: the tables of deals that are negotiated, and what was offered (N1, N6, N9).
 *
 * What happened at a table stands in two places with the same words: bargain_event (outside calls) and call_event (in them); bargain_moves reads both as one list.
 * Every function takes team_id and sees that team alone. Text lives in the arena. */
#ifndef STURGEON_STORE_BARGAIN_STORE_H
#define STURGEON_STORE_BARGAIN_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

#define BARGAIN_NONE INT64_MIN /* of an amount or a number: not set */

struct bargain_head {
	bool there;                     /* a table was made */
	int64_t limit, target, their_limit; /* BARGAIN_NONE: not set */
	int64_t changed_at;
	int64_t talk_began_at;          /* when the first conversation that was a negotiation began; 0: none has */
	int64_t limit_at;               /* when the limit was set last; 0: never */
	const char *limit_by;           /* by whom; "" */
	const char *limit_reason;
};
enum err bargain_head_find(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_head *ret_head, struct error *err) MUST_CHECK;
enum err bargain_limit_since(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_at, struct error *err) MUST_CHECK; /* when it was first set; 0: before that was kept */

struct bargain_variable_row {
	int64_t id, library_id;         /* library_id 0: the manager's own */
	const char *family, *name, *unit, *hint;
	bool price, hinted, removed;
	int64_t step;                   /* 0: no range */
};
struct bargain_option_row {
	int64_t variable_id, id, x;     /* x: of a range; BARGAIN_NONE */
	const char *name;
	int64_t ours, theirs_low, theirs_high;
	bool starts, removed;
};
struct bargain_pair_row {
	int64_t variable_id, option_id, other_variable_id, other_option_id;
};
/* Prices last, then in their order; those taken off the table among them, for the offers of the past speak of them. */
enum err bargain_variable_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_variable_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;
enum err bargain_option_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_option_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;
enum err bargain_pair_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_pair_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;

/* One thing said at the table, in a call or outside: asked, refused, declined, put, offered (core/playbook/talk.h). */
struct bargain_move {
	int64_t at, call_id;            /* call_id 0: outside calls */
	const char *kind, *member;
	int64_t variable_id, value, amount;
	const char *reason;
};
/* In the order of time, those taken back left out; of one conversation in the order in which they were said, whatever its clock did. but_call_id: its own are left out. */
enum err bargain_move_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, int64_t but_call_id, struct bargain_move **ret_moves, int *ret_n,
			   struct error *err) MUST_CHECK;

/* ---- Writing ---- */

enum err bargain_make(struct db *db, int64_t team_id, int64_t deal_id, int64_t now, struct error *err) MUST_CHECK; /* where there is none yet */
enum bargain_amount { BARGAIN_LIMIT, BARGAIN_TARGET, BARGAIN_THEIR_LIMIT };
enum err bargain_amount_set(struct db *db, int64_t team_id, int64_t deal_id, enum bargain_amount which, int64_t minor, int64_t now, struct error *err) MUST_CHECK;

enum err bargain_variable_put(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_variable_row *row, int64_t now, struct error *err) MUST_CHECK; /* new, or changed */
enum err bargain_variable_remove(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, int64_t at, struct error *err) MUST_CHECK;         /* at 0: back on the table */
enum err bargain_hint_set(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, bool hinted, struct error *err) MUST_CHECK;
enum err bargain_option_put(struct db *db, int64_t team_id, int64_t deal_id, int place, const struct bargain_option_row *row, struct error *err) MUST_CHECK;
enum err bargain_option_remove_all(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, int64_t at, struct error *err) MUST_CHECK; /* those that stay are put again */
enum err bargain_pair_put(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_pair_row *row, struct error *err) MUST_CHECK;       /* twice is once */
enum err bargain_pair_drop(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_pair_row *row, struct error *err) MUST_CHECK;      /* in either order */

/* variable_id, value, amount 0: none. was, became: as people read them; amounts as minor units. */
struct bargain_event_row {
	int64_t event_id, at, member_id, variable_id, value, amount;
	const char *kind, *was, *became, *reason;
};
enum err bargain_event_insert(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_event_row *row, struct error *err) MUST_CHECK;
/* What was changed at the table itself (not the offers), the last first: kind, variable (its name), was, became, reason, member, at. */
enum err bargain_event_list(struct db *db, int64_t team_id, int64_t deal_id, int limit, json_t **ret_events, struct error *err) MUST_CHECK;

#endif
