#include "store/digest_store.h"

#include "store/post_store.h"

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err digest_overdue(struct db *db, int64_t team_id, int64_t before, int limit, json_t **ret_rows, int64_t *ret_n, struct error *err)
{
	enum err kind = db_query_int(db, err, 0, ret_n, "SELECT count(*) FROM call WHERE team_id = $1 AND planned_at < $2 AND ended_at IS NULL AND began_at IS NULL", "ii", team_id, before);
	if (kind) return kind;
	return given(db_query_json(db, err,
		"SELECT c.call_id AS id, c.planned_at, c.purpose, c.client_id, k.name AS client, m.name AS owner FROM call c JOIN client k ON k.team_id = c.team_id AND k.client_id = c.client_id "
		"JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id WHERE c.team_id = $1 AND c.planned_at < $2 AND c.ended_at IS NULL AND c.began_at IS NULL "
		"ORDER BY c.planned_at LIMIT $3", "iii", team_id, before, (int64_t)limit), err, ret_rows);
}

enum err digest_moves(struct db *db, int64_t team_id, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err)
{
#define MOVED \
	"SELECT d.deal_id AS id, coalesce(nullif(d.title, ''), p.name, '') AS name, k.name AS client, e.kind, e.was, e.became, e.at, m.name AS owner, d.value_minor FROM deal d " \
	"JOIN deal_event e ON e.team_id = d.team_id AND e.deal_id = d.deal_id JOIN client k ON k.team_id = d.team_id AND k.client_id = d.client_id " \
	"JOIN member m ON m.team_id = d.team_id AND m.member_id = d.owner_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id WHERE d.team_id = $1 "
	return given(db_query_json(db, err,
		"SELECT * FROM (" MOVED "AND d.closed_at >= $2 AND d.closed_at < $3 AND e.kind IN ('won', 'lost') AND e.at = d.closed_at UNION ALL "
		MOVED "AND d.closed_at IS NULL AND d.changed_at >= $2 AND e.kind = 'stage' AND e.at >= $2 AND e.at < $3 "
		"AND e.event_id = (SELECT max(f.event_id) FROM deal_event f WHERE f.team_id = e.team_id AND f.deal_id = e.deal_id AND f.kind = 'stage' AND f.at >= $2 AND f.at < $3)) "
		"ORDER BY coalesce(value_minor, 0) DESC, at DESC LIMIT $4", "iiii", team_id, from, to, (int64_t)limit), err, ret_rows);
}

enum err digest_cuts(struct db *db, int64_t team_id, int64_t from, int64_t to, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT f.client_id, k.name AS client, f.call_id, f.at, m.name AS owner FROM item i JOIN client_interest f ON f.team_id = i.team_id AND f.interest_id = i.item_id "
		"JOIN client k ON k.team_id = f.team_id AND k.client_id = f.client_id JOIN call c ON c.team_id = f.team_id AND c.call_id = f.call_id "
		"JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
		"WHERE i.team_id = $1 AND i.kind = 'interest' AND i.variety = 'compliance' AND f.at >= $2 AND f.at < $3 ORDER BY f.at DESC LIMIT 20", "iii", team_id, from, to), err, ret_rows);
}

enum err digest_cards(struct db *db, int64_t team_id, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT p.post_id AS id, p.title, p.kind, count(*) AS used, sum(u.went_on) AS went_on FROM card_use u JOIN post p ON p.post_id = u.post_id "
		"WHERE u.team_id = $1 AND u.at >= $2 AND u.at < $3 AND " POST_READABLE " GROUP BY p.post_id, p.title, p.kind HAVING sum(u.went_on) > 0 ORDER BY sum(u.went_on) DESC, count(*) DESC, p.post_id LIMIT $4", "iiii",
		team_id, from, to, (int64_t)limit), err, ret_rows);
}

enum err digest_rose(struct db *db, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT p.post_id AS id, p.title, j.name AS author, t.position FROM (SELECT post_id, min(position) AS position FROM tenure WHERE from_at >= $1 AND from_at < $2 GROUP BY post_id) t "
		"JOIN post p ON p.post_id = t.post_id LEFT JOIN journal j ON j.journal_id = p.author_id WHERE " POST_READABLE " AND p.published_at >= $1 ORDER BY t.position, p.post_id LIMIT $3", "iii", from, to,
		(int64_t)limit), err, ret_rows);
}

enum err digest_practice(struct db *db, int64_t team_id, int64_t from, int64_t to, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT m.member_id AS id, m.name AS member, count(*) AS talks, coalesce(sum(p.won), 0) AS won, coalesce(avg(p.tenths), 0) / 10.0 AS score FROM practice p "
		"JOIN member m ON m.team_id = p.team_id AND m.member_id = p.member_id WHERE p.team_id = $1 AND p.created_at >= $2 AND p.created_at < $3 AND p.ended_at IS NOT NULL "
		"GROUP BY m.member_id, m.name ORDER BY count(*) DESC, m.name", "iii", team_id, from, to), err, ret_rows);
}
