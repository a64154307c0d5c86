#include "store/rating_store.h"

enum err rating_journal_load(struct db *db, struct arena *arena, int64_t journal_id, const char **ret_name, const char **ret_kind, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT name, kind FROM journal WHERE journal_id = $1", "i", journal_id);
	bool found = rows_next(rows);
	*ret_name = found ? arena_strdup(arena, rows_text(rows, 0)) : "";
	*ret_kind = found ? arena_strdup(arena, rows_text(rows, 1)) : "";
	return rows_done(rows, err);
}

static json_t *named(struct rows *rows, int column)
{
	return rows_null(rows, column) ? json_null() : json_pack("{sI ss}", "id", (json_int_t)rows_int(rows, column), "name", rows_text(rows, column + 1));
}

enum err rating_post_load(struct db *db, int64_t post_id, json_t **ret_post, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT p.post_id AS id, p.title, p.kind, p.published_at, p.author_id, a.name, p.community_id, c.name FROM post p"
					 " LEFT JOIN journal a ON a.journal_id = p.author_id LEFT JOIN journal c ON c.journal_id = p.community_id WHERE p.post_id = $1",
				     "i", post_id);
	*ret_post = NULL;
	if (rows_next(rows)) {
		*ret_post = rows_json_first(rows, 4);
		json_object_set_new(*ret_post, "author", named(rows, 4));
		json_object_set_new(*ret_post, "community", named(rows, 6));
	}
	return rows_done(rows, err);
}
