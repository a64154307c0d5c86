#include "store/comment_store.h"

#include "store/pair.h"

enum err comment_insert(struct db *db, int64_t post_id, int64_t comment_id, int64_t parent_id, int64_t author_id, int64_t at, const char *body, struct error *err)
{
	enum err kind = db_exec(db, err, "INSERT INTO comment (post_id, comment_id, parent_id, author_id, at, body) VALUES ($1, $2, NULLIF($3, 0), $4, $5, $6)", "iiiiit",
				post_id, comment_id, parent_id, author_id, at, body);
	return kind ? kind : db_exec(db, err, "UPDATE post SET comments = comments + 1 WHERE post_id = $1", "i", post_id);
}

enum err comment_update(struct db *db, int64_t post_id, int64_t comment_id, const char *body, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE comment SET body = $3, edited_at = $4 WHERE post_id = $1 AND comment_id = $2", "iiti", post_id, comment_id, body, at);
}

#define SEEN "(SELECT count(*) FROM comment c WHERE c.post_id = post.post_id AND c.hidden_at IS NULL)"

enum err comment_count_put(struct db *db, int64_t post_id, struct error *err)
{
	return db_exec(db, err, "UPDATE post SET comments = " SEEN " WHERE post_id = $1", "i", post_id);
}

enum err comment_count_mend(struct db *db, int64_t *ret_wrong, struct error *err)
{
	enum err kind = db_exec(db, err, "UPDATE post SET comments = " SEEN " WHERE comments <> " SEEN, "");
	*ret_wrong = db_changed(db);
	return kind;
}

enum err comment_state_load(struct db *db, int64_t post_id, int64_t comment_id, struct comment_state *s, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT author_id, at, coalesce(hidden_at, 0) FROM comment WHERE post_id = $1 AND comment_id = $2", "ii", post_id, comment_id);
	*s = (struct comment_state){.found = rows_next(rows)};
	if (s->found) *s = (struct comment_state){true, rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2)};
	return rows_done(rows, err);
}

enum err comment_list(struct db *db, int64_t post_id, json_t **ret_comments, struct error *err)
{
	*ret_comments = db_query_json(db, err,
				      "SELECT c.comment_id AS id, c.parent_id, c.author_id, j.name AS author_name, c.at, c.edited_at, c.body, c.hidden_at FROM comment c "
				      "JOIN journal j ON j.journal_id = c.author_id WHERE c.post_id = $1 ORDER BY c.comment_id LIMIT $2",
				      "ii", post_id, (int64_t)COMMENTS_SHOWN);
	pair_fold_all(*ret_comments, "author");
	return *ret_comments ? ERR_NONE : err->kind;
}
