#include "store/post_words.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/client_words.h"

enum { BODY_MAX = 1 << 20, MATCH_MAX = 16384, ROW_ARENA = 32 << 20, WORDS_MAX = 12, JOURNALS_MAX = 8 };

char *post_words_fold(struct arena *arena, const char *text)
{
	return client_name_fold(arena, text);
}

/* A tag as one word of letters and digits: FNV-1a of its fold. */
static const char *tag_word(struct arena *arena, const char *tag_fold)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (const unsigned char *p = (const unsigned char *)tag_fold; *p; p++) hash = (hash ^ *p) * UINT64_C(1099511628211);
	return arena_printf(arena, "g%016llx", (unsigned long long)hash);
}

/* ---- A post's row ---- */

struct row {
	bool readable;
	const char *title, *body, *tags, *scope;
};

static enum err row_make(struct db *db, struct arena *arena, int64_t post_id, const char *plain, struct row *row, struct error *err)
{
	*row = (struct row){.tags = ""};
	struct rows *rows = db_query(db, "SELECT p.title, p.kind, p.language, p.author_id, p.community_id FROM post p WHERE p.post_id = $1 AND " POST_READABLE, "i", post_id);
	if (rows_next(rows)) {
		row->readable = true;
		row->title = post_words_fold(arena, rows_text(rows, 0));
		row->body = post_words_fold(arena, plain);
		row->scope = arena_printf(arena, "k%s l%s a%lld c%lld", rows_text(rows, 1), rows_text(rows, 2), (long long)rows_int(rows, 3), (long long)rows_int(rows, 4));
	}
	enum err kind = rows_done(rows, err);
	if (kind || !row->readable) return kind;
	rows = db_query(db, "SELECT tag, tag_fold FROM post_tag WHERE post_id = $1 ORDER BY tag_fold", "i", post_id);
	while (rows_next(rows)) {
		row->tags = arena_printf(arena, "%s%s%s", row->tags, *row->tags ? " " : "", post_words_fold(arena, rows_text(rows, 0)));
		row->scope = arena_printf(arena, "%s %s", row->scope, tag_word(arena, rows_text(rows, 1)));
	}
	return rows_done(rows, err);
}

static enum err row_write(struct db *db, int64_t post_id, const struct row *row, struct error *err)
{
	if (!row->readable) return db_exec(db, err, "DELETE FROM post_words WHERE rowid = $1", "i", post_id);
	return db_exec(db, err, "INSERT OR REPLACE INTO post_words (rowid, title, body, tags, scope) VALUES ($1, $2, $3, $4, $5)", "itttt", post_id, row->title, row->body,
		       row->tags, row->scope);
}

enum err post_words_put(struct db *db, int64_t post_id, const char *plain, struct error *err)
{
	struct arena *arena = arena_new(ROW_ARENA);
	struct row row;
	enum err kind = row_make(db, arena, post_id, plain, &row, err);
	if (!kind) kind = row_write(db, post_id, &row, err);
	arena_free(arena);
	return kind;
}

enum err post_words_mend(struct db *db, int64_t post_id, const char *plain, bool *ret_equal, struct error *err)
{
	struct arena *arena = arena_new(ROW_ARENA);
	struct row row;
	enum err kind = row_make(db, arena, post_id, plain, &row, err);
	*ret_equal = false;
	if (!kind) {
		struct rows *rows = db_query(db, "SELECT title, body, tags, scope FROM post_words WHERE rowid = $1", "i", post_id);
		if (!rows_next(rows)) *ret_equal = !row.readable;
		else if (row.readable)
			*ret_equal = !strcmp(rows_text(rows, 0), row.title) && !strcmp(rows_text(rows, 1), row.body) && !strcmp(rows_text(rows, 2), row.tags) &&
				     !strcmp(rows_text(rows, 3), row.scope);
		kind = rows_done(rows, err);
	}
	if (!kind && !*ret_equal) kind = row_write(db, post_id, &row, err);
	arena_free(arena);
	return kind;
}

enum err post_words_sound(struct db *db, bool *ret_sound, int64_t *ret_strangers, struct error *err)
{
	enum err kind = db_exec(db, err, "INSERT INTO post_words (post_words) VALUES ('integrity-check')", "");
	*ret_sound = !kind;
	if (kind && (kind = db_exec(db, err, "INSERT INTO post_words (post_words) VALUES ('rebuild')", ""))) return kind;
	kind = db_exec(db, err, "DELETE FROM post_words WHERE rowid NOT IN (SELECT post_id FROM post)", "");
	*ret_strangers = db_changed(db);
	return kind;
}

/* ---- What is asked ---- */

static void scope_ask(struct arena *arena, struct buf *match, const struct post_scope *s)
{
	if (*s->kind) buf_printf(match, " AND scope : \"k%s\"", s->kind);
	if (*s->language) buf_printf(match, " AND scope : \"l%s\"", s->language);
	if (s->author_id) buf_printf(match, " AND scope : \"a%lld\"", (long long)s->author_id);
	if (s->community_id) buf_printf(match, " AND scope : \"c%lld\"", (long long)s->community_id);
	if (*s->tag) buf_printf(match, " AND scope : \"%s\"", tag_word(arena, text_fold(arena, s->tag)));
}

/* A word begins one of the post's; or the name of a journal, whose posts these are then. */
static enum err word_ask(struct db *db, struct buf *match, const char *word, struct error *err)
{
	buf_printf(match, "%s({title body tags} : \"%s\" *", match->used ? " AND " : "", word);
	struct rows *rows = db_query(db, "SELECT journal_id, kind FROM journal WHERE ' ' || name_fold LIKE '% ' || $1 || '%' ORDER BY journal_id LIMIT $2", "ti", word,
				     (int64_t)JOURNALS_MAX);
	while (rows_next(rows)) buf_printf(match, " OR scope : \"%s%lld\"", !strcmp(rows_text(rows, 1), "community") ? "c" : "a", (long long)rows_int(rows, 0));
	buf_char(match, ')');
	return rows_done(rows, err);
}

/* MATCH for the typed words, where all of them must stand; the same for the title alone. NULL where there are none. */
static enum err match_of(struct db *db, struct arena *arena, const char *typed, const struct post_scope *scope, const char **ret_any, const char **ret_title,
			 struct error *err)
{
	struct buf any, title;
	enum err kind = ERR_NONE;
	int words = 0;
	buf_init(&any, MATCH_MAX);
	buf_init(&title, MATCH_MAX);
	for (char *at = post_words_fold(arena, typed), *next; *at && words < WORDS_MAX && !kind; at = next, words++) {
		size_t n = strcspn(at, " ");
		next = at + n + (at[n] == ' ');
		at[n] = '\0';
		kind = word_ask(db, &any, at, err);
		buf_printf(&title, "%stitle : \"%s\" *", words ? " AND " : "", at);
	}
	scope_ask(arena, &any, scope);
	scope_ask(arena, &title, scope);
	bool good = words && !any.overflow && !title.overflow;
	*ret_any = good ? arena_strdup(arena, any.bytes) : NULL;
	*ret_title = good ? arena_strdup(arena, title.bytes) : NULL;
	buf_done(&any);
	buf_done(&title);
	return kind;
}

enum err post_words_find(struct db *db, struct arena *arena, const char *typed, const struct post_scope *scope, const int64_t **ret_ids, int *ret_n, struct error *err)
{
	const char *any, *title;
	enum err kind = match_of(db, arena, typed, scope, &any, &title, err);
	*ret_n = -1;
	if (kind || !any) return kind;
	int64_t *ids = ARENA_ARRAY(arena, int64_t, POST_FOUND_MAX);
	/* The youngest of each, by id, found without looking at the posts; then in the order in which they were published. */
	struct rows *rows = db_query(db,
				     "SELECT p.post_id FROM (SELECT rowid AS id, 1 AS title FROM (SELECT rowid FROM post_words WHERE post_words MATCH $1 ORDER BY rowid DESC LIMIT $3) AS t "
				     "UNION ALL SELECT rowid, 0 FROM (SELECT rowid FROM post_words WHERE post_words MATCH $2 ORDER BY rowid DESC LIMIT $3) AS a) AS found "
				     "CROSS JOIN post p WHERE p.post_id = found.id GROUP BY p.post_id ORDER BY max(found.title) DESC, p.published_at DESC, p.post_id DESC LIMIT $3",
				     "tti", title, any, (int64_t)POST_FOUND_MAX);
	for (*ret_n = 0; rows_next(rows) && *ret_n < POST_FOUND_MAX;) ids[(*ret_n)++] = rows_int(rows, 0);
	*ret_ids = ids;
	return rows_done(rows, err);
}
