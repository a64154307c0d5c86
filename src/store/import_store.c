#include "store/import_store.h"

enum err import_insert(struct db *db, int64_t team_id, int64_t import_id, int64_t member_id, const char *kind, const char *file, const char *content,
		       const char *choices, const char *report, int64_t at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO import (team_id, import_id, member_id, kind, file, content, choices, report, state, at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'preview', $9)",
		       "iiittttti", team_id, import_id, member_id, kind, file, content, choices, report, at);
}

enum err import_choices_set(struct db *db, int64_t team_id, int64_t import_id, const char *choices, const char *report, struct error *err)
{
	return db_exec(db, err, "UPDATE import SET choices = $3, report = $4 WHERE team_id = $1 AND import_id = $2 AND state = 'preview'", "iitt", team_id, import_id,
		       choices, report);
}

enum err import_done_set(struct db *db, int64_t team_id, int64_t import_id, int64_t taken, int64_t refused, const char *choices, const char *report, int64_t at,
			 struct error *err)
{
	return db_exec(db, err,
		       "UPDATE import SET state = 'done', content = NULL, taken = $3, refused = $4, choices = $5, report = $6, at = $7 WHERE team_id = $1 AND import_id = $2",
		       "iiiitti", team_id, import_id, taken, refused, choices, report, at);
}

enum err import_load(struct db *db, int64_t team_id, int64_t import_id, json_t **ret_import, struct error *err)
{
	enum err kind = db_query_row(db, err, ret_import,
				     "SELECT i.import_id AS id, i.kind, i.file, i.choices AS choices__json, i.report AS report__json, i.state, i.at, i.taken, i.refused, "
				     "i.member_id, m.name AS member FROM import i JOIN member m ON m.team_id = i.team_id AND m.member_id = i.member_id "
				     "WHERE i.team_id = $1 AND i.import_id = $2",
				     "ii", team_id, import_id);
	return kind;
}

enum err import_content(struct db *db, struct arena *arena, int64_t team_id, int64_t import_id, const char **ret_content, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT content FROM import WHERE team_id = $1 AND import_id = $2", "ii", team_id, import_id);
	*ret_content = "";
	if (rows_next(rows) && !rows_null(rows, 0)) *ret_content = arena_strdup(arena, rows_text(rows, 0));
	return rows_done(rows, err);
}

enum err import_list(struct db *db, int64_t team_id, json_t **ret_imports, struct error *err)
{
	*ret_imports = db_query_json(db, err,
				     "SELECT i.import_id AS id, i.kind, i.file, i.state, i.at, i.taken, i.refused, m.name AS member FROM import i "
				     "JOIN member m ON m.team_id = i.team_id AND m.member_id = i.member_id WHERE i.team_id = $1 ORDER BY i.at DESC, i.import_id DESC LIMIT 50",
				     "i", team_id);
	return *ret_imports ? ERR_NONE : err->kind;
}

enum err import_drop(struct db *db, int64_t team_id, int64_t import_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM import WHERE team_id = $1 AND import_id = $2 AND state = 'preview'", "ii", team_id, import_id);
}

enum err import_sweep(struct db *db, int64_t team_id, int64_t before, struct error *err)
{
	return db_exec(db, err, "DELETE FROM import WHERE team_id = $1 AND state = 'preview' AND at < $2", "ii", team_id, before);
}

enum err import_client_find(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, struct import_client *client, struct error *err)
{
	*client = (struct import_client){.there = false, .kind = "", .name_fold = "", .company_fold = ""};
	struct rows *rows = db_query(db,
				     "SELECT c.kind, c.name_fold, COALESCE(w.name_fold, ''), "
				     "EXISTS (SELECT 1 FROM client_phone p WHERE p.team_id = c.team_id AND p.client_id = c.client_id) OR "
				     "EXISTS (SELECT 1 FROM client_email e WHERE e.team_id = c.team_id AND e.client_id = c.client_id) "
				     "FROM client c LEFT JOIN client w ON w.team_id = c.team_id AND w.client_id = c.company_id WHERE c.team_id = $1 AND c.client_id = $2",
				     "ii", team_id, client_id);
	if (rows_next(rows))
		*client = (struct import_client){true, rows_int(rows, 3) != 0, arena_strdup(arena, rows_text(rows, 0)), arena_strdup(arena, rows_text(rows, 1)),
						 arena_strdup(arena, rows_text(rows, 2))};
	return rows_done(rows, err);
}

enum err import_deal_by_outside(struct db *db, int64_t team_id, const char *outside_id, int64_t *ret_deal, struct error *err)
{
	return db_query_int(db, err, 0, ret_deal, "SELECT deal_id FROM deal WHERE team_id = $1 AND outside_id = $2 AND outside_id <> '' LIMIT 1", "it",
			    team_id, outside_id);
}

enum err import_deals_like(struct db *db, int64_t team_id, int64_t client_id, int64_t product_id, int64_t value_minor, int64_t created_at, int64_t *ret_count,
			   struct error *err)
{
	return db_query_int(db, err, 0, ret_count,
			    "SELECT count(*) FROM deal WHERE team_id = $1 AND client_id = $2 AND ($3 = 0 OR created_at = $3) AND COALESCE(product_id, 0) = $4 AND COALESCE(value_minor, -1) = $5",
			    "iiiii", team_id, client_id, created_at, product_id, value_minor);
}
