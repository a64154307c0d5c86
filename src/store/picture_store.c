#include "store/picture_store.h"

#include <string.h>

#include "store/post_store.h"

enum err picture_put(struct db *db, const struct picture_row *p, const char *alt, const char *digest, int64_t at, int64_t *ret_picture, struct error *err)
{
	enum err kind = db_exec(db, err,
				"INSERT INTO picture (picture_id, member_id, at, content_type, width, height, alt, digest, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
				"ON CONFLICT (member_id, digest) DO UPDATE SET alt = CASE WHEN excluded.alt = '' THEN alt ELSE excluded.alt END",
				"iiitiittb", p->picture_id, p->member_id, at, p->content_type, p->width, p->height, alt, digest, (const void *)p->bytes, p->n);
	return kind ? kind : db_query_int(db, err, 0, ret_picture, "SELECT picture_id FROM picture WHERE member_id = $1 AND digest = $2", "it", p->member_id, digest);
}

enum err picture_load(struct db *db, struct arena *arena, int64_t picture_id, struct picture_row *p, bool *ret_found, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT member_id, content_type, width, height, content FROM picture WHERE picture_id = $1", "i", picture_id);
	*ret_found = rows_next(rows);
	if (*ret_found) {
		*p = (struct picture_row){.picture_id = picture_id, .member_id = rows_int(rows, 0), .content_type = arena_strdup(arena, rows_text(rows, 1)),
					  .width = rows_int(rows, 2), .height = rows_int(rows, 3)};
		const void *bytes = rows_blob(rows, 4, &p->n);
		char *copy = arena_alloc(arena, p->n + 1);
		memcpy(copy, bytes, p->n);
		p->bytes = copy;
	}
	return rows_done(rows, err);
}

enum err picture_shown(struct db *db, int64_t picture_id, int64_t *ret_member, bool *ret_shown, struct error *err)
{
	struct rows *rows = db_query(db,
				     "SELECT i.member_id, EXISTS (SELECT 1 FROM post_picture s JOIN post p ON p.post_id = s.post_id WHERE s.picture_id = i.picture_id AND " POST_READABLE
				     ") FROM picture i WHERE i.picture_id = $1",
				     "i", picture_id);
	*ret_member = 0;
	*ret_shown = false;
	if (rows_next(rows)) {
		*ret_member = rows_int(rows, 0);
		*ret_shown = rows_int(rows, 1);
	}
	return rows_done(rows, err);
}

enum err picture_list(struct db *db, int64_t member_id, int limit, json_t **ret_pictures, struct error *err)
{
	*ret_pictures = db_query_json(db, err,
				      "SELECT i.picture_id AS id, i.width, i.height, i.alt, i.at, length(i.content) AS bytes, "
				      "(SELECT count(*) FROM post_picture s WHERE s.picture_id = i.picture_id) AS posts FROM picture i WHERE i.member_id = $1 "
				      "ORDER BY i.picture_id DESC LIMIT $2",
				      "ii", member_id, (int64_t)limit);
	return *ret_pictures ? ERR_NONE : err->kind;
}

enum err picture_bytes(struct db *db, int64_t member_id, int64_t *ret_bytes, struct error *err)
{
	return db_query_int(db, err, 0, ret_bytes, "SELECT coalesce(sum(length(content)), 0) FROM picture WHERE member_id = $1", "i", member_id);
}

enum err picture_drop(struct db *db, int64_t member_id, int64_t picture_id, bool *ret_dropped, struct error *err)
{
	enum err kind = db_exec(db, err,
				"DELETE FROM picture WHERE picture_id = $2 AND member_id = $1 AND NOT EXISTS (SELECT 1 FROM post_picture s WHERE s.picture_id = $2)", "ii",
				member_id, picture_id);
	*ret_dropped = db_changed(db) > 0;
	return kind;
}

enum err picture_drop_of_post(struct db *db, int64_t post_id, struct error *err)
{
	return db_exec(db, err,
		       "DELETE FROM picture WHERE picture_id IN (SELECT s.picture_id FROM post_picture s WHERE s.post_id = $1 AND NOT EXISTS "
		       "(SELECT 1 FROM post_picture o WHERE o.picture_id = s.picture_id AND o.post_id <> $1))",
		       "i", post_id);
}
