#include "store/post_store.h"

#include <string.h>

#include "base/text.h"
#include "store/pair.h"

enum { FOLD_ARENA = 1 << 20, EXCERPT_LONGEST = 280, TAGGED_FEW = 2000, TAGS_OF_LAST = 2000 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* ---- Writing ---- */

/* The beginning of the plain text, ended at a word. */
static const char *excerpt_of(struct arena *arena, const char *plain)
{
	size_t n = strlen(plain), at = 0, word = 0;
	for (int letters = 0; at < n && letters < EXCERPT_LONGEST; letters++) {
		if (plain[at] == ' ' || plain[at] == '\n') word = at;
		for (at++; at < n && ((unsigned char)plain[at] & 0xc0) == 0x80; at++) {}
	}
	if (at >= n) return plain;
	return arena_printf(arena, "%.*s…", (int)(word ? word : at), plain);
}

static enum err tags_put(struct db *db, struct arena *arena, int64_t post_id, const struct post_fields *f, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM post_tag WHERE post_id = $1", "i", post_id);
	for (int i = 0; !kind && i < POST_TAGS && f->tags[i]; i++)
		if (*f->tags[i])
			kind = db_exec(db, err, "INSERT INTO post_tag (post_id, tag, tag_fold) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "itt", post_id, f->tags[i],
				       text_fold(arena, f->tags[i]));
	return kind;
}

enum err post_insert(struct db *db, int64_t post_id, const struct post_fields *f, int64_t created_at, int64_t published_at, struct error *err)
{
	struct arena *arena = arena_new(FOLD_ARENA);
	enum err kind = db_exec(db, err,
				"INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, excerpt, link, byline, created_at, changed_at, published_at) "
				"VALUES ($1, NULLIF($2, 0), NULLIF($3, 0), $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE WHEN $13 = 0 THEN $12 ELSE $13 END, NULLIF($13, 0))",
				"iiittttttttii", post_id, f->author_id, f->community_id, f->kind, f->language, f->title, f->body, f->format ? f->format : "markdown",
				excerpt_of(arena, or_empty(f->plain)), or_empty(f->link), or_empty(f->byline), created_at, published_at);
	if (!kind) kind = tags_put(db, arena, post_id, f, err);
	arena_free(arena);
	return kind;
}

enum err post_update(struct db *db, int64_t post_id, const struct post_fields *f, int64_t at, struct error *err)
{
	enum err kind = db_exec(db, err,
				"INSERT INTO post_version (post_id, version, at, member_id, title, body) SELECT post_id, version, changed_at, author_id, title, body FROM post "
				"WHERE post_id = $1 AND published_at IS NOT NULL AND (title <> $2 OR body <> $3)",
				"itt", post_id, f->title, f->body);
	if (kind) return kind;
	int64_t kept = db_changed(db);
	struct arena *arena = arena_new(FOLD_ARENA);
	kind = db_exec(db, err,
		       "UPDATE post SET author_id = NULLIF($2, 0), community_id = NULLIF($3, 0), kind = $4, language = $5, title = $6, body = $7, excerpt = $8, link = $9, byline = $10, "
		       "version = version + $12, changed_at = CASE WHEN $12 = 1 OR published_at IS NULL THEN $11 ELSE changed_at END WHERE post_id = $1",
		       "iiitttttttii", post_id, f->author_id, f->community_id, f->kind, f->language, f->title, f->body, excerpt_of(arena, or_empty(f->plain)),
		       or_empty(f->link), or_empty(f->byline), at, kept);
	if (!kind) kind = tags_put(db, arena, post_id, f, err);
	arena_free(arena);
	return kind;
}

enum err post_publish_at(struct db *db, int64_t post_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE post SET published_at = $2, changed_at = $2 WHERE post_id = $1 AND published_at IS NULL", "ii", post_id, at);
}

static enum err run_all(struct db *db, const char *const *sql, int64_t post_id, struct error *err)
{
	enum err kind = ERR_NONE;
	for (; *sql && !kind; sql++) kind = db_exec(db, err, *sql, "i", post_id);
	return kind;
}

static const char *const text_goes[] = {
	"DELETE FROM post_tag WHERE post_id = $1",
	"DELETE FROM post_picture WHERE post_id = $1",
	"DELETE FROM poll_answer WHERE post_id = $1",
	"DELETE FROM poll_option WHERE post_id = $1",
	"DELETE FROM poll WHERE post_id = $1",
	NULL,
};

enum err post_erase(struct db *db, int64_t post_id, int64_t at, struct error *err)
{
	enum err kind = db_exec(db, err, "UPDATE post SET title = '', body = '', excerpt = '', link = '', byline = '', deleted_at = $2 WHERE post_id = $1", "ii", post_id, at);
	if (!kind) kind = db_exec(db, err, "UPDATE post_version SET title = '', body = '' WHERE post_id = $1", "i", post_id);
	if (!kind) kind = db_exec(db, err, "UPDATE post_card SET line = '' WHERE post_id = $1", "i", post_id); /* that it was used in calls stays */
	return kind ? kind : run_all(db, text_goes, post_id, err);
}

enum err post_forget(struct db *db, int64_t post_id, struct error *err)
{
	enum err kind = run_all(db, text_goes, post_id, err);
	if (!kind) kind = db_exec(db, err, "DELETE FROM post_card WHERE post_id = $1", "i", post_id);
	return kind ? kind : db_exec(db, err, "DELETE FROM post WHERE post_id = $1 AND published_at IS NULL", "i", post_id);
}

enum err post_pictures_put(struct db *db, int64_t post_id, const int64_t *picture_ids, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM post_picture WHERE post_id = $1", "i", post_id);
	for (; !kind && *picture_ids; picture_ids++)
		kind = db_exec(db, err, "INSERT INTO post_picture (post_id, picture_id) SELECT p.post_id, i.picture_id FROM post p JOIN picture i ON i.member_id = p.author_id "
			       "WHERE p.post_id = $1 AND i.picture_id = $2 ON CONFLICT DO NOTHING", "ii",
			       post_id, *picture_ids);
	return kind;
}

enum err post_pictures_load(struct db *db, struct arena *arena, int64_t post_id, const int64_t **ret_ids, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM post_picture WHERE post_id = $1", "i", post_id);
	if (kind) return kind;
	int64_t *ids = ARENA_ARRAY(arena, int64_t, n + 1), *to = ids;
	struct rows *rows = db_query(db, "SELECT picture_id FROM post_picture WHERE post_id = $1 ORDER BY picture_id", "i", post_id);
	while (rows_next(rows) && to < ids + n) *to++ = rows_int(rows, 0);
	*ret_ids = ids;
	return rows_done(rows, err);
}

enum err post_each_body(struct db *db, enum err (*each)(struct db *db, int64_t post_id, const char *format, const char *body, void *arg, struct error *err), void *arg,
			struct error *err)
{
	struct rows *rows = db_query(db, "SELECT post_id, format, body FROM post ORDER BY post_id", "");
	enum err kind = ERR_NONE;
	while (!kind && rows_next(rows)) kind = each(db, rows_int(rows, 0), rows_text(rows, 1), rows_text(rows, 2), arg, err);
	enum err ended = rows_done(rows, kind ? NULL : err);
	return kind ? kind : ended;
}

/* ---- One post ---- */

bool post_state_readable(const struct post_state *s)
{
	return s->found && s->published_at && !s->hidden_at && !s->deleted_at && !s->merged_into;
}

enum err post_state_load(struct db *db, int64_t post_id, struct post_state *s, struct error *err)
{
	struct rows *rows = db_query(db,
				     "SELECT author_id, community_id, published_at, hidden_at, deleted_at, merged_into, changed_at, version, comments, kind, format = 'markdown' "
				     "FROM post WHERE post_id = $1",
				     "i", post_id);
	*s = (struct post_state){.found = rows_next(rows)};
	if (s->found) {
		int64_t *const to[] = {&s->author_id, &s->community_id, &s->published_at, &s->hidden_at, &s->deleted_at, &s->merged_into, &s->changed_at, &s->version, &s->comments};
		for (int i = 0; i < (int)(sizeof to / sizeof *to); i++) *to[i] = rows_null(rows, i) ? 0 : rows_int(rows, i);
		snprintf(s->kind, sizeof s->kind, "%s", rows_text(rows, 9));
		s->markdown = rows_int(rows, 10);
	}
	return rows_done(rows, err);
}

/* What a line shows, of post p; the position is that of the last stay, where it is held still. */
#define LINE                                                                                                                                                       \
	"p.post_id AS id, p.title, p.excerpt, p.kind, p.language, p.author_id, a.name AS author_name, p.community_id, c.name AS community_name, p.byline, p.published_at, p.comments, " \
	"coalesce(h.votes, 0) AS votes, (SELECT CASE WHEN t.to_at IS NULL THEN t.position END FROM tenure t WHERE t.post_id = p.post_id ORDER BY t.from_at DESC LIMIT 1) "  \
	"AS position"
#define OF_LINE "FROM post p LEFT JOIN journal a ON a.journal_id = p.author_id LEFT JOIN journal c ON c.journal_id = p.community_id LEFT JOIN post_heat h ON h.post_id = p.post_id "

static enum err line_finish(struct db *db, json_t *line, struct error *err)
{
	json_t *tags = json_array();
	pair_fold(line, "author");
	pair_fold(line, "community");
	struct rows *rows = db_query(db, "SELECT tag FROM post_tag WHERE post_id = $1 ORDER BY tag_fold", "i", (int64_t)json_integer_value(json_object_get(line, "id")));
	while (rows_next(rows)) json_array_append_new(tags, json_string(rows_text(rows, 0)));
	json_object_set_new(line, "tags", tags);
	return rows_done(rows, err);
}

static enum err one(struct db *db, const char *sql, int64_t post_id, json_t **ret_post, struct error *err)
{
	enum err kind = db_query_row(db, err, ret_post, sql, "i", post_id);
	if (kind || !*ret_post) return kind;
	kind = line_finish(db, *ret_post, err);
	if (kind) {
		json_decref(*ret_post);
		*ret_post = NULL;
	}
	return kind;
}

enum err post_load(struct db *db, int64_t post_id, json_t **ret_post, struct error *err)
{
	return one(db,
		   "SELECT " LINE ", p.body, p.format, p.link, p.created_at, p.changed_at, p.hidden_at, p.deleted_at, p.merged_into, p.version " OF_LINE "WHERE p.post_id = $1", post_id,
		   ret_post, err);
}

enum err post_versions(struct db *db, int64_t post_id, json_t **ret_versions, struct error *err)
{
	*ret_versions = db_query_json(db, err,
				      "SELECT version, changed_at AS at, title, body FROM post WHERE post_id = $1 UNION ALL "
				      "SELECT version, at, title, body FROM post_version WHERE post_id = $1 ORDER BY version DESC LIMIT 100",
				      "i", post_id);
	return *ret_versions ? ERR_NONE : err->kind;
}

/* ---- Lists: the places first, then what each line shows ---- */

enum err post_list_these(struct db *db, const int64_t *ids, int n, json_t **ret_lines, struct error *err)
{
	json_t *lines = json_array();
	enum err kind = ERR_NONE;
	for (int i = 0; i < n && !kind; i++) {
		json_t *line;
		kind = one(db, "SELECT " LINE " " OF_LINE "WHERE p.post_id = $1 AND " POST_READABLE, ids[i], &line, err);
		if (!kind && line) json_array_append_new(lines, line);
	}
	if (kind) json_decref(lines);
	*ret_lines = kind ? NULL : lines;
	return kind;
}

/* The conditions of a scope: $1 author, $2 community, $3 kind, $4 language, $5 tag. Each text stands alone so that the engine can walk the index that fits. */
static enum err where(struct db *db, struct arena *arena, const struct post_scope *s, const char **ret_where, struct error *err)
{
	const char *tag = "$5 = ''";
	if (*s->tag) {
		int64_t tagged; /* of a tag that few have, its posts are sorted; otherwise all are walked in their order */
		enum err kind = db_query_int(db, err, 0, &tagged, "SELECT count(*) FROM (SELECT 1 FROM post_tag WHERE tag_fold = $1 LIMIT $2) AS some", "ti",
					     text_fold(arena, s->tag), (int64_t)TAGGED_FEW);
		if (kind) return kind;
		tag = tagged < TAGGED_FEW ? "p.post_id IN (SELECT g.post_id FROM post_tag g WHERE g.tag_fold = $5)"
					  : "EXISTS (SELECT 1 FROM post_tag g WHERE g.post_id = p.post_id AND g.tag_fold = $5)";
	}
	*ret_where = arena_printf(arena, "%s AND %s AND %s AND %s AND %s AND " POST_READABLE, s->author_id ? "p.author_id = $1" : "$1 = 0",
				  s->community_id ? "p.community_id = $2" : "$2 = 0", *s->kind ? "p.kind = $3" : "$3 = ''",
				  *s->language ? "p.language || '' = $4" : "$4 = ''", tag);
	return ERR_NONE;
}

struct places {
	int64_t id[POST_LINES_MAX], key[POST_LINES_MAX];
	int n;
};

static enum err places_read(struct rows *rows, struct places *places, struct error *err)
{
	for (places->n = 0; rows_next(rows) && places->n < POST_LINES_MAX; places->n++) {
		places->id[places->n] = rows_int(rows, 0);
		places->key[places->n] = rows_int(rows, 1);
	}
	return rows_done(rows, err);
}

static enum err places_shown(struct db *db, const struct places *places, json_t **ret_lines, struct error *err)
{
	enum err kind = post_list_these(db, places->id, places->n, ret_lines, err);
	for (int i = 0; i < places->n && !kind; i++) json_object_set_new(json_array_get(*ret_lines, (size_t)i), "key", json_integer((json_int_t)places->key[i]));
	return kind;
}

enum err post_list(struct db *db, struct arena *arena, const struct post_scope *s, int64_t after_at, int64_t after_id, int limit, json_t **ret_lines, struct error *err)
{
	const char *which;
	struct places places;
	enum err kind = where(db, arena, s, &which, err);
	if (kind) return kind;
	MUST(limit <= POST_LINES_MAX);
	const char *sql = arena_printf(arena,
				       "SELECT p.post_id, p.published_at FROM post p WHERE %s AND (p.published_at, p.post_id) < ($6, $7) "
				       "ORDER BY p.published_at DESC, p.post_id DESC LIMIT $8",
				       which);
	kind = places_read(db_query(db, sql, "iitttiii", s->author_id, s->community_id, s->kind, s->language, text_fold(arena, s->tag), after_id ? after_at : INT64_MAX,
				    after_id ? after_id : INT64_MAX, (int64_t)limit),
			   &places, err);
	return kind ? kind : places_shown(db, &places, ret_lines, err);
}

enum err post_list_hot(struct db *db, struct arena *arena, const struct post_scope *s, int skip, int limit, json_t **ret_lines, struct error *err)
{
	const char *which;
	struct places places;
	enum err kind = where(db, arena, s, &which, err);
	if (kind) return kind;
	MUST(limit <= POST_LINES_MAX);
	/* CROSS: the hottest first, then each looked at. Equal heat: the earlier published, then the smaller id, as in the top. */
	const char *sql = arena_printf(arena,
				       "SELECT p.post_id, 0 FROM (SELECT h.post_id, h.base, h.sum FROM post_heat h WHERE h.sum > 0 ORDER BY h.base DESC, h.sum DESC LIMIT $6) AS hot "
				       "CROSS JOIN post p WHERE p.post_id = hot.post_id AND %s ORDER BY hot.base DESC, hot.sum DESC, p.published_at, p.post_id LIMIT $7 OFFSET $8",
				       which);
	kind = places_read(db_query(db, sql, "iitttiii", s->author_id, s->community_id, s->kind, s->language, text_fold(arena, s->tag), (int64_t)POST_HOT_MOST, (int64_t)limit,
				    (int64_t)skip),
			   &places, err);
	for (int i = 0; i < places.n; i++) places.key[i] = skip + i + 1;
	return kind ? kind : places_shown(db, &places, ret_lines, err);
}

enum err post_drafts(struct db *db, int64_t author_id, json_t **ret_drafts, struct error *err)
{
	*ret_drafts = db_query_json(db, err,
				    "SELECT p.post_id AS id, p.title, p.excerpt, p.kind, p.language, p.community_id, c.name AS community_name, p.changed_at, k.call_id FROM post p "
				    "LEFT JOIN post_card k ON k.post_id = p.post_id LEFT JOIN journal c ON c.journal_id = p.community_id WHERE p.author_id = $1 AND p.published_at IS NULL AND p.deleted_at IS NULL "
				    "ORDER BY p.changed_at DESC, p.post_id DESC LIMIT 200",
				    "i", author_id);
	pair_fold_all(*ret_drafts, "community");
	return *ret_drafts ? ERR_NONE : err->kind;
}

enum err post_tags(struct db *db, int limit, json_t **ret_tags, struct error *err)
{
	*ret_tags = db_query_json(db, err,
				  "SELECT min(g.tag) AS tag, count(*) AS count FROM (SELECT p.post_id FROM post p WHERE " POST_READABLE
				  " ORDER BY p.published_at DESC LIMIT $1) AS last CROSS JOIN post_tag g WHERE g.post_id = last.post_id GROUP BY g.tag_fold "
				  "ORDER BY count(*) DESC, g.tag_fold LIMIT $2",
				  "ii", (int64_t)TAGS_OF_LAST, (int64_t)limit);
	return *ret_tags ? ERR_NONE : err->kind;
}
