#include "store/plan_store.h"

enum err plan_update(struct db *db, int64_t team_id, int64_t call_id, int64_t planned_at, const char *purpose, struct error *err)
{
	return db_exec(db, err, "UPDATE call SET planned_at = $1, purpose = $2 WHERE team_id = $3 AND call_id = $4 AND began_at IS NULL AND ended_at IS NULL", "itii",
		       planned_at, purpose, team_id, call_id);
}

/* call_id 0: all that are planned about the deal. The conversations that led to them no longer do. */
static enum err drop(struct db *db, int64_t team_id, int64_t deal_id, int64_t call_id, struct error *err)
{
	enum err kind = db_exec(db, err,
				"UPDATE call SET next_call_id = NULL WHERE team_id = $1 AND deal_id = $2 AND next_call_id IN (SELECT call_id FROM call "
				"WHERE team_id = $1 AND deal_id = $2 AND began_at IS NULL AND ended_at IS NULL AND ($3 = 0 OR call_id = $3))",
				"iii", team_id, deal_id, call_id);
	if (kind) return kind;
	return db_exec(db, err,
		       "DELETE FROM call WHERE team_id = $1 AND deal_id = $2 AND began_at IS NULL AND ended_at IS NULL AND ($3 = 0 OR call_id = $3)", "iii", team_id,
		       deal_id, call_id);
}

enum err plan_drop(struct db *db, int64_t team_id, int64_t deal_id, int64_t call_id, struct error *err)
{
	return drop(db, team_id, deal_id, call_id, err);
}

enum err plan_drop_of_deal(struct db *db, int64_t team_id, int64_t deal_id, struct error *err)
{
	return drop(db, team_id, deal_id, 0, err);
}

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

/* The index of a member's own, or of the team's, gives the span in its order; so there are two texts. */
#define PLANNED                                                                                                                                      \
	"SELECT c.call_id AS id, c.number, c.planned_at, c.purpose, c.began_at, c.client_id, l.name AS client, l.segment, l.position, o.name AS company, " \
	"c.deal_id, COALESCE(NULLIF(d.title, ''), p.name, '') AS deal, d.value_minor, p.price_minor, d.wish_sell, d.stage, c.owner_id, m.name AS owner, " \
	"(SELECT e.held FROM call_evidence e WHERE e.team_id = c.team_id AND e.deal_id = c.deal_id ORDER BY e.ended_at DESC LIMIT 1) AS held, "                   \
	"(SELECT e.held_at FROM call_evidence e WHERE e.team_id = c.team_id AND e.deal_id = c.deal_id ORDER BY e.ended_at DESC LIMIT 1) AS heard_at, "                                   \
	"(SELECT k.promised FROM call k WHERE k.team_id = c.team_id AND k.deal_id = c.deal_id AND k.number < c.number AND k.ended_at IS NOT NULL "    \
	"ORDER BY k.number DESC LIMIT 1) AS promised "                                                                                            \
	"FROM call c JOIN client l ON l.team_id = c.team_id AND l.client_id = c.client_id JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id " \
	"JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id " \
	"LEFT JOIN client o ON o.team_id = l.team_id AND o.client_id = l.company_id "

enum err plan_list(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, json_t **ret_calls, struct error *err)
{
	const char *sql = owner_id ? PLANNED "WHERE c.team_id = $1 AND c.owner_id = $2 AND c.ended_at IS NULL AND c.planned_at >= $3 AND c.planned_at < $4 "
					     "ORDER BY c.planned_at DESC LIMIT $5"
				   : PLANNED "WHERE c.team_id = $1 AND $2 = 0 AND c.ended_at IS NULL AND c.planned_at >= $3 AND c.planned_at < $4 "
					     "ORDER BY c.planned_at DESC LIMIT $5";
	return given(db_query_json(db, err, sql, "iiiii", team_id, owner_id, from, until, (int64_t)limit), err, ret_calls);
}

enum err plan_count(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int64_t *ret_count, struct error *err)
{
	const char *sql = owner_id ? "SELECT count(*) FROM call WHERE team_id = $1 AND owner_id = $2 AND ended_at IS NULL AND planned_at >= $3 AND planned_at < $4"
				   : "SELECT count(*) FROM call WHERE team_id = $1 AND $2 = 0 AND ended_at IS NULL AND planned_at >= $3 AND planned_at < $4";
	return db_query_int(db, err, 0, ret_count, sql, "iiii", team_id, owner_id, from, until);
}

enum err plan_ended_list(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, json_t **ret_calls, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.call_id AS id, c.number, c.planned_at, c.began_at, c.ended_at, c.mode, c.outcome, c.client_id, l.name AS client, c.deal_id, "
				   "m.name AS owner FROM call c JOIN client l ON l.team_id = c.team_id AND l.client_id = c.client_id "
				   "JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
				   "WHERE c.team_id = $1 AND c.ended_at >= $3 AND c.ended_at < $4 AND ($2 = 0 OR c.owner_id = $2) ORDER BY c.ended_at LIMIT $5",
				   "iiiii", team_id, owner_id, from, until, (int64_t)limit),
		     err, ret_calls);
}

enum err plan_stock_of(struct db *db, int64_t team_id, struct plan_stock *stock, struct error *err)
{
	*stock = (struct plan_stock){0};
	struct rows *rows = db_query(db,
				     "SELECT EXISTS (SELECT 1 FROM client WHERE team_id = $1), EXISTS (SELECT 1 FROM product WHERE team_id = $1), "
				     "EXISTS (SELECT 1 FROM deal WHERE team_id = $1), EXISTS (SELECT 1 FROM call WHERE team_id = $1)",
				     "i", team_id);
	if (rows_next(rows)) *stock = (struct plan_stock){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3)};
	return rows_done(rows, err);
}
