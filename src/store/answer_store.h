/* Answer store: what the company's answer is computed from (L2): facts of conversations, derived from their events; what was advised and what a signature left, noted
 * once; where the answer was published. */
#ifndef STURGEON_STORE_ANSWER_STORE_H
#define STURGEON_STORE_ANSWER_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

#define FACT_NULL INT64_MIN            /* of an amount: not measured */

/* Noted when a conversation begins; once. */
enum err call_advised_put(struct db *db, int64_t team_id, int64_t call_id, const char *mode, double sure, struct error *err) MUST_CHECK;
/* Noted when a package is signed; once. */
enum err call_left_put(struct db *db, int64_t team_id, int64_t call_id, int64_t left_minor, int64_t room_minor, struct error *err) MUST_CHECK;

/* A deal's conversations that took place, in the order in which they ended: what of their rows becomes part of a fact. Words live in the arena. */
struct held_row {
	int64_t call_id, ended_at, member_id, product_id, number, left_minor, room_minor;
	const char *segment, *advised, *outcome; /* advised NULL: it was not kept */
};
enum err held_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct held_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;

/* Of a team: deals that have conversations which took place; signed ones whose package is not measured (deal_id, call_id by turns). */
enum err held_deals(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_deals, int *ret_n, struct error *err) MUST_CHECK;
enum err signed_unmeasured(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_pairs, int *ret_n, struct error *err) MUST_CHECK;

struct fact_row {
	int64_t deal_id, motives, gifts;
	int price_first;                /* −1: the deal's first concession was not made in it */
	const char *mode, *step, *found;
};
enum err fact_seen_next(struct db *db, int64_t team_id, int64_t now, struct error *err) MUST_CHECK; /* before those that are written together */
enum err fact_put(struct db *db, int64_t team_id, const struct held_row *held, const struct fact_row *fact, struct error *err) MUST_CHECK;
enum err fact_drop(struct db *db, int64_t team_id, int64_t now, struct error *err) MUST_CHECK;     /* all of a team's */
enum err fact_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err) MUST_CHECK;
enum err fact_lacking(struct db *db, int64_t team_id, bool *ret_lacking, struct error *err) MUST_CHECK; /* conversations took place, and not one has a fact */

/* The client's segment or the deal's product is another now. */
enum err fact_client_follow(struct db *db, int64_t team_id, int64_t client_id, struct error *err) MUST_CHECK;
enum err fact_deal_follow(struct db *db, int64_t team_id, int64_t deal_id, struct error *err) MUST_CHECK;

/* For who keeps them in memory. 0: there are none. */
enum err fact_state(struct db *db, int64_t team_id, int64_t *ret_run, int64_t *ret_seen, struct error *err) MUST_CHECK;
/* call_id, deal_id, ended_at, member_id, product_id or 0, number, left_minor, room_minor (may be null), segment, mode, advised (may be null), outcome, step, price_first (may be null),
 * motives, gifts, found; those written after `seen`. */
struct rows *fact_rows(struct db *db, int64_t team_id, int64_t seen);

/* A line of a list: id, number, ended_at, mode, outcome, reason, client_id, client, deal_id, deal, owner, advised; NULL where there is none. */
enum err answer_line_load(struct db *db, int64_t team_id, int64_t call_id, json_t **ret_line, struct error *err) MUST_CHECK;
/* Names: of an item in a language (any where it has none), with its kind and whether it is a personal cut; of a member; of a product. NULL where there is none. */
enum err answer_item_load(struct db *db, int64_t team_id, int64_t item_id, const char *language, json_t **ret_item, struct error *err) MUST_CHECK;
enum err answer_member_name(struct db *db, struct arena *arena, int64_t team_id, int64_t member_id, const char **ret_name, struct error *err) MUST_CHECK;
enum err answer_product_name(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const char **ret_name, struct error *err) MUST_CHECK;

/* ---- Published ---- */

struct answer_post {
	int64_t post_id, member_id;
	int32_t from_day, to_day;
	const char *figures;            /* JSON */
};
enum err answer_post_put(struct db *db, int64_t team_id, const struct answer_post *post, int64_t at, struct error *err) MUST_CHECK;
/* The same published by the same member since a moment, if it can still be read; *ret_post_id 0: none. */
enum err answer_post_same(struct db *db, int64_t team_id, const struct answer_post *post, int64_t since, int64_t *ret_post_id, struct error *err) MUST_CHECK;
/* The latest that can be read: post_id, author_id, at, from__day, to__day, title, answers. NULL: none. */
enum err answer_post_latest(struct db *db, int64_t team_id, json_t **ret_post, struct error *err) MUST_CHECK;

#endif
