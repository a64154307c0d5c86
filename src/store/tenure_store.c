#include "store/tenure_store.h"

#include <string.h>

enum { AGAIN_KEPT = 64 }; /* rows of top_again */

enum err top_rules_load(struct db *db, struct top_rules *ret_rules, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT half_life_us, floor, places, late_us, community_most FROM journal_rules WHERE company_id = 1", "");
	*ret_rules = top_rules_default;
	if (rows_next(rows)) {
		*ret_rules = (struct top_rules){.half_life_us = rows_int(rows, 0), .floor = rows_double(rows, 1), .places = (int)rows_int(rows, 2),
						.late_us = rows_int(rows, 3), .community_most = (int)rows_int(rows, 4)};
	}
	return rows_done(rows, err);
}

enum err top_state_load(struct db *db, struct top_state *ret_state, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT done_at, run, again FROM top_state WHERE company_id = 1", "");
	*ret_state = (struct top_state){0};
	if (rows_next(rows)) *ret_state = (struct top_state){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2)};
	return rows_done(rows, err);
}

enum err top_state_save(struct db *db, const struct top_state *state, struct error *err)
{
	return db_exec(db, err, "UPDATE top_state SET done_at = $1, run = $2, again = $3 WHERE company_id = 1", "iii", state->done_at, state->run, state->again);
}

enum err post_heat_load(struct db *db, int64_t post_id, struct heat_row *ret_heat, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT sum, base, votes, weight FROM post_heat WHERE post_id = $1", "i", post_id);
	*ret_heat = (struct heat_row){0};
	if (rows_next(rows))
		*ret_heat = (struct heat_row){{.sum = rows_double(rows, 0), .base = rows_int(rows, 1)}, rows_int(rows, 2), rows_double(rows, 3)};
	return rows_done(rows, err);
}

enum err post_heat_save(struct db *db, int64_t post_id, const struct heat_row *heat, struct error *err)
{
	return db_exec(db, err, "INSERT INTO post_heat (post_id, sum, base, votes, weight) VALUES ($1, $2, $3, $4, $5)"
				" ON CONFLICT (post_id) DO UPDATE SET sum = excluded.sum, base = excluded.base, votes = excluded.votes, weight = excluded.weight",
		       "idiid", post_id, heat->heat.sum, heat->heat.base, heat->votes, heat->weight);
}

enum err post_heat_count(struct db *db, int64_t post_id, int64_t votes, double weight, struct error *err)
{
	return db_exec(db, err, "INSERT INTO post_heat (post_id, sum, base, votes, weight) VALUES ($1, 0, 0, $2, $3)"
				" ON CONFLICT (post_id) DO UPDATE SET votes = post_heat.votes + $2, weight = post_heat.weight + $3",
		       "iid", post_id, votes, weight);
}

enum err tenure_held(struct db *db, struct arena *arena, int64_t at, struct held_row **ret_held, int *ret_n, struct error *err)
{
	struct held_row *held = ARENA_ARRAY(arena, struct held_row, TOP_MOST);
	int n = 0;
	struct rows *rows = at == INT64_MAX
		? db_query(db, "SELECT t.post_id, t.from_at, p.published_at, COALESCE(p.community_id, 0) FROM tenure t CROSS JOIN post p ON p.post_id = t.post_id"
			       " WHERE t.to_at IS NULL ORDER BY t.position", "")
		: db_query(db, "SELECT t.post_id, t.from_at, p.published_at, COALESCE(p.community_id, 0) FROM"
			       " (SELECT post_id, from_at, position FROM tenure WHERE to_at IS NULL AND from_at < $1"
			       "  UNION ALL SELECT post_id, from_at, position FROM tenure WHERE to_at >= $1 AND from_at < $1) t"
			       " CROSS JOIN post p ON p.post_id = t.post_id ORDER BY t.position", "i", at);
	while (rows_next(rows)) {
		MUST(n < TOP_MOST);
		held[n++] = (struct held_row){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3)};
	}
	*ret_held = held;
	*ret_n = n;
	return rows_done(rows, err);
}

enum err tenure_cut(struct db *db, int64_t at, int64_t run, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM tenure WHERE from_at >= $1", "i", at);
	if (!kind) kind = db_exec(db, err, "UPDATE tenure SET to_at = NULL, run = $2 WHERE to_at >= $1", "ii", at, run);
	if (!kind) kind = db_exec(db, err, "INSERT INTO top_again (run, at) VALUES ($1, $2)", "ii", run, at);
	return kind ? kind : db_exec(db, err, "DELETE FROM top_again WHERE run NOT IN (SELECT run FROM top_again ORDER BY run DESC LIMIT $1)", "i", (int64_t)AGAIN_KEPT);
}

enum err tenure_again_since(struct db *db, int64_t run, int64_t *ret_at, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT count(*), min(at) FROM top_again WHERE run > $1", "i", run);
	*ret_at = INT64_MIN;
	if (rows_next(rows)) {
		int64_t n = rows_int(rows, 0);
		if (n && n < AGAIN_KEPT) *ret_at = rows_int(rows, 1); /* as many as are kept: there may have been more */
	}
	return rows_done(rows, err);
}

enum err tenure_write(struct db *db, int64_t post_id, int64_t position, int64_t from, int64_t to, int64_t run, struct error *err)
{
	return db_exec(db, err, "INSERT INTO tenure (post_id, from_at, position, to_at, run) VALUES ($1, $2, $3, NULLIF($4, 9223372036854775807), $5)"
				" ON CONFLICT (post_id, from_at) DO UPDATE SET to_at = excluded.to_at, run = excluded.run", "iiiii", post_id, from, position, to, run);
}

#define TENURE_COLUMNS "t.post_id, COALESCE(p.author_id, 0), COALESCE(p.community_id, 0), t.from_at, COALESCE(t.to_at, 9223372036854775807), t.position"

enum err tenure_each(struct db *db, int64_t after_run, enum err (*each)(void *, const struct tenure_row *, struct error *), void *arg, struct error *err)
{
	struct rows *rows = after_run
		? db_query(db, "SELECT " TENURE_COLUMNS " FROM tenure t CROSS JOIN post p ON p.post_id = t.post_id WHERE t.run > $1 ORDER BY t.post_id, t.from_at", "i", after_run)
		: db_query(db, "SELECT " TENURE_COLUMNS " FROM tenure t CROSS JOIN post p ON p.post_id = t.post_id ORDER BY t.post_id, t.from_at", "");
	enum err kind = ERR_NONE;
	while (!kind && rows_next(rows)) {
		struct tenure_row row = {rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3), rows_int(rows, 4), rows_int(rows, 5)};
		kind = each(arg, &row, err);
	}
	struct error own;
	enum err read = rows_done(rows, &own);
	if (!kind && read) *err = own;
	return kind ? kind : read;
}

enum err act_effects_open(struct db *db, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, "SELECT count(*) FROM act WHERE effect IS NULL", "");
}

enum err act_effects_save(struct db *db, const char *effect, struct error *err)
{
	return db_exec(db, err, "UPDATE act SET effect = $1 WHERE effect IS NULL", "t", effect);
}

/* FNV-1a over numbers as they are, so that not one bit of a heat may differ. */
static enum err digest(struct rows *rows, int whole, int real, uint64_t *into, struct error *err)
{
	while (rows_next(rows)) {
		for (int i = 0; i < whole + real; i++) {
			uint64_t bits;
			double number;
			if (i < whole) {
				bits = (uint64_t)rows_int(rows, i);
			} else {
				number = rows_double(rows, i);
				memcpy(&bits, &number, sizeof bits);
			}
			for (int b = 0; b < 64; b += 8) *into = (*into ^ (bits >> b & 0xff)) * UINT64_C(1099511628211);
		}
	}
	return rows_done(rows, err);
}

enum err top_derived_digest(struct db *db, uint64_t *ret_digest, struct error *err)
{
	*ret_digest = UINT64_C(14695981039346656037);
	enum err kind = digest(db_query(db, "SELECT post_id, from_at, position, COALESCE(to_at, 0) FROM tenure ORDER BY post_id, from_at", ""), 4, 0, ret_digest, err);
	if (!kind)
		kind = digest(db_query(db, "SELECT post_id, base, votes, sum, weight FROM post_heat WHERE votes > 0 ORDER BY post_id", ""), 3, 2, ret_digest, err);
	if (!kind)
		kind = digest(db_query(db, "SELECT vote_id, COALESCE(nth, -1), COALESCE(adds, -1), COALESCE(weight, -1) FROM vote WHERE taken_at IS NULL ORDER BY vote_id", ""),
			      3, 1, ret_digest, err);
	return kind;
}

enum err top_derived_drop(struct db *db, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM tenure", "");
	if (!kind) kind = db_exec(db, err, "DELETE FROM post_heat", "");
	return kind ? kind : db_exec(db, err, "UPDATE vote SET nth = NULL, weight = NULL, adds = NULL", "");
}
