#include "store/moderate_store.h"

#include "store/tenure_store.h"
#include "store/vote_store.h"

enum err post_hidden_set(struct db *db, int64_t post_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE post SET hidden_at = NULLIF($2, 0) WHERE post_id = $1", "ii", post_id, at);
}

enum err comment_hidden_set(struct db *db, int64_t post_id, int64_t comment_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE comment SET hidden_at = NULLIF($3, 0) WHERE post_id = $1 AND comment_id = $2", "iii", post_id, comment_id, at);
}

/* Heats are forgotten, and every vote of either post will be taken in again. */
static enum err heats_forget(struct db *db, int64_t post_id, int64_t into_id, int64_t *ret_again, struct error *err)
{
	int64_t own, into;
	enum err kind = vote_first_of_post(db, post_id, &own, err);
	if (!kind) kind = vote_first_of_post(db, into_id, &into, err);
	if (!kind) kind = db_exec(db, err, "DELETE FROM post_heat WHERE post_id IN ($1, $2)", "ii", post_id, into_id);
	if (!kind) *ret_again = own < into ? own : into;
	return kind;
}

enum err post_merge(struct db *db, int64_t post_id, int64_t into_id, int64_t at, int64_t *ret_again, struct error *err)
{
	enum err kind = heats_forget(db, post_id, into_id, ret_again, err);
	if (!kind)
		kind = db_exec(db, err, "INSERT INTO vote_moved (vote_id, home_id, aside) SELECT v.vote_id, v.post_id, v.kind = 'up' AND EXISTS (SELECT 1 FROM vote o"
					" WHERE o.post_id = $2 AND o.voter_id = v.voter_id AND o.kind = 'up' AND o.taken_at IS NULL) FROM vote v WHERE v.post_id = $1 AND v.taken_at IS NULL",
			       "ii", post_id, into_id);
	if (!kind)
		kind = db_exec(db, err, "UPDATE vote SET taken_at = $2 WHERE vote_id IN (SELECT vote_id FROM vote_moved WHERE home_id = $1 AND aside = 1)", "ii", post_id, at);
	if (!kind)
		kind = db_exec(db, err, "UPDATE vote SET post_id = $2, author_id = COALESCE((SELECT author_id FROM post WHERE post_id = $2), 0)"
					" WHERE vote_id IN (SELECT vote_id FROM vote_moved WHERE home_id = $1 AND aside = 0)", "ii", post_id, into_id);
	if (!kind) kind = db_exec(db, err, "INSERT INTO comment_moved (comment_id, home_id) SELECT comment_id, post_id FROM comment WHERE post_id = $1", "i", post_id);
	if (!kind) kind = db_exec(db, err, "UPDATE comment SET post_id = $2 WHERE post_id = $1", "ii", post_id, into_id);
	return kind ? kind : db_exec(db, err, "UPDATE post SET merged_into = $2 WHERE post_id = $1", "ii", post_id, into_id);
}

enum err post_unmerge(struct db *db, int64_t post_id, int64_t into_id, int64_t *ret_again, struct error *err)
{
	enum err kind = heats_forget(db, post_id, into_id, ret_again, err);
	if (!kind)
		kind = db_exec(db, err, "UPDATE vote SET post_id = $1, author_id = COALESCE((SELECT author_id FROM post WHERE post_id = $1), 0)"
					" WHERE vote_id IN (SELECT vote_id FROM vote_moved WHERE home_id = $1 AND aside = 0)", "i", post_id);
	if (!kind) kind = db_exec(db, err, "UPDATE vote SET taken_at = NULL WHERE vote_id IN (SELECT vote_id FROM vote_moved WHERE home_id = $1 AND aside = 1)", "i", post_id);
	if (!kind)
		kind = db_exec(db, err, "UPDATE comment SET post_id = $1 WHERE post_id = $2 AND comment_id IN (SELECT comment_id FROM comment_moved WHERE home_id = $1)", "ii",
			       post_id, into_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM vote_moved WHERE home_id = $1", "i", post_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM comment_moved WHERE home_id = $1", "i", post_id);
	return kind ? kind : db_exec(db, err, "UPDATE post SET merged_into = NULL WHERE post_id = $1", "i", post_id);
}

enum err post_merged_here(struct db *db, int64_t post_id, bool *ret_merged, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT EXISTS (SELECT 1 FROM post WHERE merged_into = $1)", "i", post_id);
	*ret_merged = n != 0;
	return kind;
}

enum err journal_rules_load(struct db *db, struct journal_rules *ret_rules, struct error *err)
{
	int64_t open;
	enum err kind = top_rules_load(db, &ret_rules->top, err);
	if (!kind) kind = db_query_int(db, err, 0, &open, "SELECT open_reading FROM journal_rules WHERE company_id = 1", "");
	ret_rules->open_reading = !kind && open;
	return kind;
}

enum err journal_rules_save(struct db *db, const struct journal_rules *rules, struct error *err)
{
	return db_exec(db, err, "UPDATE journal_rules SET open_reading = $1, places = $2, half_life_us = $3, floor = $4, late_us = $5, community_most = $6 WHERE company_id = 1", "iiidii",
		       (int64_t)rules->open_reading, (int64_t)rules->top.places, rules->top.half_life_us, rules->top.floor, rules->top.late_us, (int64_t)rules->top.community_most);
}

enum err community_in_top(struct db *db, int64_t community_id, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, "SELECT count(*) FROM tenure t CROSS JOIN post p ON p.post_id = t.post_id WHERE t.to_at IS NULL AND p.community_id = $1", "i", community_id);
}
