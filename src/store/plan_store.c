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

/* The index of a member's own, or of the team's, gives the span in its order; so there are two texts. */
#define LIGHT                                                                                                                                  \
	"SELECT k.call_id, k.planned_at, COALESCE(d.value_minor, p.price_minor, 0), k.began_at IS NOT NULL, k.purpose <> '', " FACTS_COLUMNS     \
	"FROM call k JOIN deal d ON d.team_id = k.team_id AND d.deal_id = k.deal_id JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id " \
	"LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id AND d.value_minor IS NULL " FACTS_JOIN
#define IN_SPAN "AND k.ended_at IS NULL AND k.planned_at >= $3 AND k.planned_at < $4 ORDER BY k.planned_at DESC LIMIT $5"

enum err plan_light_list(struct db *db, struct arena *arena, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, struct plan_light **ret_list,
			 int *ret_n, struct error *err)
{
	const char *sql = owner_id ? LIGHT "WHERE k.team_id = $1 AND k.owner_id = $2 " IN_SPAN : LIGHT "WHERE k.team_id = $1 AND $2 = 0 " IN_SPAN;
	struct plan_light *list = *ret_list = ARENA_ARRAY(arena, struct plan_light, limit);
	struct rows *rows = db_query(db, sql, "iiiii", team_id, owner_id, from, until, (int64_t)limit);
	*ret_n = 0;
	while (*ret_n < limit && rows_next(rows)) {
		struct plan_light *light = &list[(*ret_n)++];
		light->call_id = rows_int(rows, 0);
		light->planned_at = rows_int(rows, 1);
		light->value_minor = rows_int(rows, 2);
		light->running = rows_int(rows, 3) != 0;
		light->purpose = rows_int(rows, 4) != 0;
		facts_read(rows, 5, arena, &light->facts);
	}
	return rows_done(rows, err);
}

#define TWENTY_FOUR "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25"

static struct rows *query_24(struct db *db, const char *sql, int64_t team_id, const int64_t *ids, int n)
{
	int64_t i[PLAN_ROWS] = {0};
	MUST(n <= PLAN_ROWS);
	for (int k = 0; k < n; k++) i[k] = ids[k];
	return db_query(db, sql, "iiiiiiiiiiiiiiiiiiiiiiiii", team_id, i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7], i[8], i[9], i[10], i[11], i[12], i[13], i[14],
			i[15], i[16], i[17], i[18], i[19], i[20], i[21], i[22], i[23]);
}

static int place_of(const int64_t *ids, int n, int64_t id)
{
	int place = 0;
	while (place < n && ids[place] != id) place++;
	return place;
}

enum err plan_rows(struct db *db, int64_t team_id, const int64_t *ids, int n, json_t **ret_rows, struct error *err)
{
	struct rows *rows = query_24(db,
		"SELECT k.call_id AS id, k.number, k.planned_at, k.began_at, k.purpose, k.client_id, c.name AS client, c.position, o.name AS company, k.deal_id, "
		"COALESCE(NULLIF(d.title, ''), p.name, '') AS deal, d.value_minor, d.stage, k.owner_id, m.name AS owner, "
		"(SELECT b.promised FROM call b WHERE b.team_id = k.team_id AND b.deal_id = k.deal_id AND b.number < k.number AND b.ended_at IS NOT NULL "
		"ORDER BY b.number DESC LIMIT 1) AS promised "
		"FROM call k JOIN client c ON c.team_id = k.team_id AND c.client_id = k.client_id JOIN deal d ON d.team_id = k.team_id AND d.deal_id = k.deal_id "
		"JOIN member m ON m.team_id = k.team_id AND m.member_id = k.owner_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
		"LEFT JOIN client o ON o.team_id = c.team_id AND o.client_id = c.company_id WHERE k.team_id = $1 AND k.call_id IN (" TWENTY_FOUR ")",
		team_id, ids, n);
	for (int i = 0; i < n; i++) ret_rows[i] = NULL;
	while (rows_next(rows)) {
		int place = place_of(ids, n, rows_int(rows, 0));
		if (place < n && !ret_rows[place]) ret_rows[place] = rows_json(rows);
	}
	return rows_done(rows, err);
}

static void times_take(struct rows *rows, bool ended, int limit, struct plan_time *list, int *n)
{
	while (*n < limit && rows_next(rows)) list[(*n)++] = (struct plan_time){rows_int(rows, 0), rows_int(rows, 1), ended};
}

enum err plan_times(struct db *db, struct arena *arena, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, struct plan_time **ret_list, int *ret_n,
		    struct error *err)
{
	struct plan_time *list = *ret_list = ARENA_ARRAY(arena, struct plan_time, limit);
	*ret_n = 0;
	const char *planned = owner_id ? "SELECT call_id, planned_at FROM call WHERE team_id = $1 AND owner_id = $2 AND ended_at IS NULL AND planned_at >= $3 "
					 "AND planned_at < $4 ORDER BY planned_at LIMIT $5"
				       : "SELECT call_id, planned_at FROM call WHERE team_id = $1 AND $2 = 0 AND ended_at IS NULL AND planned_at >= $3 AND planned_at < $4 "
					 "ORDER BY planned_at LIMIT $5";
	struct rows *rows = db_query(db, planned, "iiiii", team_id, owner_id, from, until, (int64_t)limit);
	times_take(rows, false, limit, list, ret_n);
	enum err kind = rows_done(rows, err);
	if (kind) return kind;
	rows = db_query(db,
			"SELECT call_id, COALESCE(began_at, ended_at) FROM call WHERE team_id = $1 AND ended_at >= $3 AND ended_at < $4 AND ($2 = 0 OR owner_id = $2) "
			"ORDER BY ended_at LIMIT $5",
			"iiiii", team_id, owner_id, from, until, (int64_t)limit);
	times_take(rows, true, limit, list, ret_n);
	return rows_done(rows, err);
}

enum err plan_slots(struct db *db, struct arena *arena, int64_t team_id, const int64_t *ids, int n, json_t **ret_rows, struct facts *ret_facts, struct error *err)
{
	enum { SLOT_COLUMNS = 6 };
	struct rows *rows = query_24(db,
		"SELECT k.call_id AS id, k.deal_id, c.name AS client, m.name AS owner, k.mode, k.outcome, " FACTS_COLUMNS
		"FROM call k JOIN deal d ON d.team_id = k.team_id AND d.deal_id = k.deal_id JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id "
		"JOIN member m ON m.team_id = k.team_id AND m.member_id = k.owner_id " FACTS_JOIN "WHERE k.team_id = $1 AND k.call_id IN (" TWENTY_FOUR ")",
		team_id, ids, n);
	for (int i = 0; i < n; i++) ret_rows[i] = NULL;
	while (rows_next(rows)) {
		int place = place_of(ids, n, rows_int(rows, 0));
		if (place == n || ret_rows[place]) continue;
		ret_rows[place] = rows_json_first(rows, SLOT_COLUMNS);
		facts_read(rows, SLOT_COLUMNS, arena, &ret_facts[place]);
	}
	return rows_done(rows, err);
}

enum err plan_count(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int64_t *ret_count, struct error *err)
{
	const char *sql = owner_id ? "SELECT count(*) FROM call WHERE team_id = $1 AND owner_id = $2 AND ended_at IS NULL AND planned_at >= $3 AND planned_at < $4"
				   : "SELECT count(*) FROM call WHERE team_id = $1 AND $2 = 0 AND ended_at IS NULL AND planned_at >= $3 AND planned_at < $4";
	return db_query_int(db, err, 0, ret_count, sql, "iiii", team_id, owner_id, from, until);
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
