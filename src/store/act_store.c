#include "store/act_store.h"

#include "store/pair.h"
#include "store/post_store.h"

enum err act_insert(struct db *db, int64_t act_id, const struct act *a, int64_t at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO act (act_id, at, member_id, kind, community_id, post_id, comment_id, journal_id, into_id, reason, detail, effect) "
		       "VALUES ($1, $2, $3, $4, NULLIF($5, 0), NULLIF($6, 0), NULLIF($7, 0), NULLIF($8, 0), NULLIF($9, 0), $10, $11, $12)",
		       "iiitiiiiittt", act_id, at, a->member_id, a->kind, a->community_id, a->post_id, a->comment_id, a->journal_id, a->into_id, a->reason, a->detail, a->effect);
}

#define NAME_OF(id) "(SELECT name FROM journal WHERE journal_id = " id ")"
#define TITLE_OF(id) "(SELECT p.title FROM post p WHERE p.post_id = " id " AND " POST_READABLE ")"

enum err act_list(struct db *db, const struct act_query *q, int limit, json_t **ret_acts, struct error *err)
{
	/* One text for each way through the log, so that each goes by its index. */
	const char *where = q->community_id ? "a.community_id = $1 AND ($2 = 0 OR a.member_id = $2 OR a.journal_id = $2)"
			    : q->journal_id ? "$1 = 0 AND (a.member_id = $2 OR a.journal_id = $2)"
					    : "$1 = 0 AND $2 = 0";
	char sql[1600];
	snprintf(sql, sizeof sql,
		 "SELECT a.act_id AS id, a.at, a.kind, a.member_id AS by_id, " NAME_OF("a.member_id") " AS by_name, a.community_id, " NAME_OF("a.community_id") " AS community_name, "
		 "a.journal_id, " NAME_OF("a.journal_id") " AS journal_name, a.post_id, " TITLE_OF("a.post_id") " AS post_title, a.comment_id, a.into_id, " TITLE_OF("a.into_id")
		 " AS into_title, (SELECT b.until_at FROM ban b WHERE b.ban_id = a.act_id) AS until_at, a.reason, a.detail AS detail__json, a.effect AS effect__json, a.at + 0 AS key "
		 "FROM act a WHERE %s AND ($4 = 0 OR (a.at, a.act_id) < ($3, $4)) ORDER BY a.at DESC, a.act_id DESC LIMIT $5", where);
	json_t *acts = db_query_json(db, err, sql, "iiiii", q->community_id, q->journal_id, q->after_at, q->after_id, (int64_t)limit), *act;
	size_t i;
	if (!acts) return err->kind;
	json_array_foreach(acts, i, act) {
		static const char *const pairs[] = {"by", "community", "journal"}, *const posts[] = {"post", "into"};
		for (size_t k = 0; k < 3; k++) pair_fold(act, pairs[k]);
		for (size_t k = 0; k < 2; k++) pair_fold_as(act, posts[k], "title");
	}
	*ret_acts = acts;
	return ERR_NONE;
}

enum err act_last(struct db *db, const char *act_kind, int64_t post_id, int64_t comment_id, json_t **ret_act, struct error *err)
{
	enum err kind = db_query_row(db, err, ret_act,
				     "SELECT a.at, a.member_id AS by_id, " NAME_OF("a.member_id") " AS by_name, a.reason FROM act a "
				     "WHERE a.post_id = $2 AND a.kind = $1 AND COALESCE(a.comment_id, 0) = $3 ORDER BY a.at DESC, a.act_id DESC LIMIT 1",
				     "tii", act_kind, post_id, comment_id);
	if (!kind && *ret_act) pair_fold(*ret_act, "by");
	return kind;
}
