#include "store/crib_store.h"

enum err crib_insert(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, const char *variety, const char *text, int64_t member_id, int64_t at,
		     struct error *err)
{
	return db_exec(db, err, "INSERT INTO client_crib (team_id, client_id, crib_id, variety, text, member_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		       "iiittii", team_id, client_id, crib_id, variety, text, member_id, at);
}

enum err crib_remove(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, int64_t at, bool *ret_there, struct error *err)
{
	enum err kind = db_exec(db, err, "UPDATE client_crib SET removed_at = nullif($4, 0) WHERE team_id = $1 AND client_id = $2 AND crib_id = $3", "iiii", team_id,
				client_id, crib_id, at);
	*ret_there = !kind && db_changed(db) > 0;
	return kind;
}

enum err crib_count(struct db *db, int64_t team_id, int64_t client_id, int64_t *ret_count, struct error *err)
{
	return db_query_int(db, err, 0, ret_count, "SELECT count(*) FROM client_crib WHERE team_id = $1 AND client_id = $2 AND removed_at IS NULL", "ii", team_id,
			    client_id);
}

enum err crib_exists(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, bool *ret_exists, struct error *err)
{
	int64_t found = 0;
	enum err kind = db_query_int(db, err, 0, &found, "SELECT 1 FROM client_crib WHERE team_id = $1 AND client_id = $2 AND crib_id = $3", "iii", team_id, client_id,
				     crib_id);
	*ret_exists = found;
	return kind;
}

static enum err given(json_t *list, json_t **ret, struct error *err)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err crib_list(struct db *db, int64_t team_id, int64_t client_id, bool all, json_t **ret_lines, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT b.crib_id AS id, b.variety, b.text, c.began_at AS told_at, h.call_id AS told_call FROM client_crib b "
		"LEFT JOIN item_heard h ON h.team_id = b.team_id AND h.client_id = b.client_id AND h.item_id = b.crib_id "
		"LEFT JOIN call c ON c.team_id = h.team_id AND c.call_id = h.call_id "
		"WHERE b.team_id = $1 AND b.client_id = $2 AND (b.removed_at IS NULL OR $3 = 1) ORDER BY h.call_id IS NOT NULL, b.crib_id",
		"iii", team_id, client_id, (int64_t)all), ret_lines, err);
}

/* The item's text in a language, or in another where it has none. */
#define TEXT(item, part, language) \
	"coalesce((SELECT t.text FROM item_text t WHERE t.team_id = $1 AND t.item_id = " item " AND t.part = '" part "' AND t.language = " language "), " \
	"(SELECT min(t.text) FROM item_text t WHERE t.team_id = $1 AND t.item_id = " item " AND t.part = '" part "'), '')"

enum err crib_told(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_lines, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT i.variety, " TEXT("i.item_id", "text", "$3") " AS text, c.began_at AS told_at, h.call_id AS told_call FROM item_heard h "
		"JOIN item i ON i.team_id = h.team_id AND i.item_id = h.item_id JOIN call c ON c.team_id = h.team_id AND c.call_id = h.call_id "
		"WHERE h.team_id = $1 AND h.client_id = $2 AND i.kind = 'opener' AND i.variety IN ('topic', 'story', 'association') ORDER BY c.began_at DESC, i.item_id",
		"iit", team_id, client_id, language), ret_lines, err);
}

enum err interest_found_add(struct db *db, int64_t team_id, int64_t client_id, int64_t interest_id, int64_t position_id, int64_t call_id, int64_t at,
			    struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO client_interest (team_id, client_id, interest_id, position_id, call_id, at) VALUES ($1, $2, $3, $4, $5, $6) "
		"ON CONFLICT (team_id, client_id, interest_id, position_id) DO UPDATE SET call_id = excluded.call_id, at = excluded.at "
		"WHERE excluded.at > client_interest.at OR (excluded.at = client_interest.at AND excluded.call_id > client_interest.call_id)",
		"iiiiii", team_id, client_id, interest_id, position_id, call_id, at);
}

enum err interest_positions(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_positions, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT e.item_id AS id, i.playbook_id, i.variety, " TEXT("e.item_id", "text", "$3") " AS text, max(e.at) AS at, max(c.call_id) AS call_id, count(DISTINCT c.call_id) AS times FROM call c "
		"JOIN call_event e ON e.team_id = c.team_id AND e.call_id = c.call_id JOIN item i ON i.team_id = e.team_id AND i.item_id = e.item_id "
		"WHERE c.team_id = $1 AND c.client_id = $2 AND c.ended_at IS NOT NULL AND e.kind = 'objection' AND e.undone = 0 "
		"GROUP BY e.item_id, i.playbook_id, i.variety ORDER BY max(e.at) DESC", "iit", team_id, client_id, language), ret_positions, err);
}

enum err interest_found(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_found, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT f.interest_id AS id, f.position_id, f.call_id, f.at, i.motives, i.playbook_id, i.variety = 'compliance' AS compliance__bool, "
		TEXT("f.interest_id", "text", "$3") " AS text, " TEXT("f.interest_id", "client", "$3") " AS client, " TEXT("f.interest_id", "say", "$3") " AS say "
		"FROM client_interest f JOIN item i ON i.team_id = f.team_id AND i.item_id = f.interest_id "
		"WHERE f.team_id = $1 AND f.client_id = $2 ORDER BY f.at DESC, f.interest_id", "iit", team_id, client_id, language), ret_found, err);
}

enum err interest_points_told(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_points, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT p.benefit AS text, p.motives, o.playbook_id, c.began_at AS at FROM item_heard h JOIN call c ON c.team_id = h.team_id AND c.call_id = h.call_id "
		"JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id "
		"JOIN product o ON o.team_id = d.team_id AND o.product_id = d.product_id JOIN product_feature p ON p.team_id = h.team_id AND p.product_id = d.product_id AND p.feature_id = h.item_id "
		"WHERE h.team_id = $1 AND h.client_id = $2 ORDER BY c.began_at DESC, p.place", "ii", team_id, client_id), ret_points, err);
}

enum err interest_playbook(struct db *db, int64_t team_id, int64_t client_id, int64_t *ret_playbook, struct error *err)
{
	return db_query_int(db, err, 0, ret_playbook,
		"SELECT p.playbook_id FROM deal d JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
		"WHERE d.team_id = $1 AND d.client_id = $2 AND d.closed_at IS NULL AND p.playbook_id IS NOT NULL ORDER BY d.deal_id DESC LIMIT 1", "ii", team_id, client_id);
}

/* A team has few personal cuts among its items, so it begins with them. */
enum err interest_cuts(struct db *db, int64_t team_id, const char *language, json_t **ret_cuts, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT f.client_id, l.name AS client, f.call_id, f.at, c.deal_id, m.name AS member, " TEXT("f.interest_id", "text", "$2") " AS text FROM item i "
		"JOIN client_interest f ON f.team_id = i.team_id AND f.interest_id = i.item_id JOIN client l ON l.team_id = f.team_id AND l.client_id = f.client_id "
		"JOIN call c ON c.team_id = f.team_id AND c.call_id = f.call_id JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id "
		"JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
		"WHERE i.team_id = $1 AND i.kind = 'interest' AND i.variety = 'compliance' AND d.closed_at IS NULL ORDER BY f.at DESC, f.client_id LIMIT 20",
		"it", team_id, language), ret_cuts, err);
}

enum err interest_lead(struct db *db, int64_t team_id, json_t **ret_lead, struct error *err)
{
	return db_query_row(db, err, ret_lead,
		"SELECT member_id AS id, name FROM member WHERE team_id = $1 AND role IN ('lead', 'admin') AND retired_at IS NULL ORDER BY role = 'admin', member_id LIMIT 1",
		"i", team_id);
}
