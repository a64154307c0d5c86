#include "store/client_words.h"

#include <ctype.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/text.h"

enum { ROW_MAX = 16384, MATCH_MAX = 8192, WORDS_MAX = 12, PART_LEAST = 3, PARTS_LONGEST = 24, VALUE_LONGEST = 400 };

char *client_name_fold(struct arena *arena, const char *name)
{
	char *fold = text_fold(arena, name), *to = fold;
	bool gap = false;
	for (const char *at = fold; *at;) {
		ucs4_t c;
		int step = u8_strmbtouc(&c, (const uint8_t *)at);
		if (step <= 0) break;
		if (uc_is_alnum(c) || uc_is_general_category(c, UC_CATEGORY_M)) {
			if (gap && to > fold) *to++ = ' ';
			gap = false;
			memmove(to, at, (size_t)step);
			to += step;
		} else {
			gap = true;
		}
		at += step;
	}
	*to = '\0';
	return fold;
}

/* A tag as one word of letters and digits: FNV-1a of its fold. Two tags in a hundred thousand millions share one. */
static void tag_word(struct buf *out, const char *tag_fold)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (const unsigned char *p = (const unsigned char *)tag_fold; *p; p++) hash = (hash ^ *p) * UINT64_C(1099511628211);
	buf_printf(out, " g%016llx", (unsigned long long)hash);
}

/* ---- A client's row ---- */

struct row {
	struct buf team, words, parts;
};

static void row_init(struct row *row)
{
	buf_init(&row->team, ROW_MAX);
	buf_init(&row->words, ROW_MAX);
	buf_init(&row->parts, ROW_MAX);
}

static void row_done(struct row *row)
{
	buf_done(&row->team);
	buf_done(&row->words);
	buf_done(&row->parts);
}

static const char *text_of(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}

static void words_add(struct arena *arena, struct row *row, const char *text)
{
	if (!text || !*text) return;
	size_t n = strlen(text);
	if (n > VALUE_LONGEST)
		for (n = VALUE_LONGEST; n && ((unsigned char)text[n] & 0xc0) == 0x80; n--) {}
	const char *fold = client_name_fold(arena, arena_strndup(arena, text, n));
	if (!*fold) return;
	if (row->words.used) buf_char(&row->words, ' ');
	buf_text(&row->words, fold);
}

/* Every ending of at least three characters. Longer ones than PARTS_LONGEST are no number and no name. */
static void parts_add(struct row *row, const char *text, size_t n)
{
	for (size_t i = n > PARTS_LONGEST ? n - PARTS_LONGEST : 0; i + PART_LEAST <= n; i++) {
		if (row->parts.used) buf_char(&row->parts, ' ');
		buf_add(&row->parts, text + i, n - i);
	}
}

/* olena.hnatiuk@kava.example: the endings of the words before the @. */
static void email_add(struct arena *arena, struct row *row, const char *email_fold)
{
	words_add(arena, row, email_fold);
	size_t n = strcspn(email_fold, "@");
	for (size_t at = 0; at < n;) {
		size_t m = 0;
		while (at + m < n && isalnum((unsigned char)email_fold[at + m])) m++;
		parts_add(row, email_fold + at, m);
		at += m + 1;
	}
}

/* The rest of a client's texts, one query each: SQL that gives one column of text. */
static enum err each(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, const char *sql,
		     void (*add)(struct arena *arena, struct row *row, const char *text), struct row *row, struct error *err)
{
	struct rows *rows = db_query(db, sql, "ii", team_id, client_id);
	while (rows_next(rows)) add(arena, row, rows_text(rows, 0));
	return rows_done(rows, err);
}

static void digits_add(struct arena *arena, struct row *row, const char *digits)
{
	(void)arena;
	parts_add(row, digits, strlen(digits));
}

static void tag_add(struct arena *arena, struct row *row, const char *tag)
{
	words_add(arena, row, tag);
	tag_word(&row->team, text_fold(arena, tag));
}

/* Fills the row that the client should have; *ret_there false where there is no such client. */
static enum err row_make(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, struct row *row, bool *ret_there, struct error *err)
{
	struct rows *rows = db_query(db,
				     "SELECT c.name, c.position, c.source, c.owner_id, c.segment, c.archived_at, w.name FROM client c "
				     "LEFT JOIN client w ON w.team_id = c.team_id AND w.client_id = c.company_id WHERE c.team_id = $1 AND c.client_id = $2",
				     "ii", team_id, client_id);
	*ret_there = rows_next(rows);
	if (*ret_there) {
		buf_printf(&row->team, "%lld %s%lld o%lld s%s", (long long)team_id, rows_null(rows, 5) ? "live" : "gone", (long long)team_id, (long long)rows_int(rows, 3),
			   rows_text(rows, 4));
		words_add(arena, row, rows_text(rows, 0));
		words_add(arena, row, rows_text(rows, 6));
		words_add(arena, row, rows_text(rows, 1));
		words_add(arena, row, rows_text(rows, 2));
	}
	enum err kind = rows_done(rows, err);
	if (kind || !*ret_there) return kind;
	if ((kind = each(db, arena, team_id, client_id, "SELECT digits FROM client_phone WHERE team_id = $1 AND client_id = $2 ORDER BY line", digits_add, row, err)) ||
	    (kind = each(db, arena, team_id, client_id, "SELECT email_fold FROM client_email WHERE team_id = $1 AND client_id = $2 ORDER BY line", email_add, row, err)) ||
	    (kind = each(db, arena, team_id, client_id, "SELECT tag FROM client_tag WHERE team_id = $1 AND client_id = $2 ORDER BY tag", tag_add, row, err)))
		return kind;
	return each(db, arena, team_id, client_id, "SELECT value FROM client_field WHERE team_id = $1 AND client_id = $2 ORDER BY field_id", words_add, row, err);
}

static enum err row_write(struct db *db, int64_t client_id, const struct row *row, struct error *err)
{
	return db_exec(db, err, "INSERT OR REPLACE INTO client_words (rowid, team, words, parts) VALUES ($1, $2, $3, $4)", "ittt", client_id, text_of(&row->team),
		       text_of(&row->words), text_of(&row->parts));
}

static enum err put_one(struct db *db, int64_t team_id, int64_t client_id, struct error *err)
{
	struct arena *arena = arena_new(4 << 20);
	struct row row;
	bool there;
	row_init(&row);
	enum err kind = row_make(db, arena, team_id, client_id, &row, &there, err);
	if (!kind && there) kind = row_write(db, client_id, &row, err);
	row_done(&row);
	arena_free(arena);
	return kind;
}

enum err client_words_put(struct db *db, int64_t team_id, int64_t client_id, bool people, struct error *err)
{
	enum err kind = put_one(db, team_id, client_id, err);
	if (kind || !people) return kind;
	struct rows *rows = db_query(db, "SELECT client_id FROM client WHERE team_id = $1 AND company_id = $2", "ii", team_id, client_id);
	while (!kind && rows_next(rows)) kind = put_one(db, team_id, rows_int(rows, 0), err);
	enum err ended = rows_done(rows, kind ? NULL : err);
	return kind ? kind : ended;
}

/* ---- What is asked ---- */

struct typed {
	const char *word[WORDS_MAX];    /* folded, letters and digits only */
	bool number[WORDS_MAX];         /* digits, as part of a number */
	int n;
	char digits[32];                /* all of the number's, without a leading 00 */
};

static bool is_number(const char *token)
{
	return *token && strspn(token, "+()./0123456789") == strlen(token) && strpbrk(token, "0123456789");
}

static void typed_add(struct arena *arena, struct typed *typed, const char *token)
{
	bool number = is_number(token);
	for (char *words = client_name_fold(arena, token), *next; *words && typed->n < WORDS_MAX; words = next) {
		size_t n = strcspn(words, " ");
		next = words + n + (words[n] == ' ');
		words[n] = '\0';
		typed->word[typed->n] = words;
		typed->number[typed->n++] = number;
		if (number) {
			size_t used = strlen(typed->digits);
			snprintf(typed->digits + used, sizeof typed->digits - used, "%s", words);
		}
	}
}

static struct typed typed_read(struct arena *arena, const char *text)
{
	struct typed typed = {.n = 0};
	for (char *fold = text_fold(arena, text), *next; *fold; fold = next) {
		size_t n = strcspn(fold, " ");
		next = fold + n + (fold[n] == ' ');
		fold[n] = '\0';
		typed_add(arena, &typed, fold);
	}
	if (!strncmp(typed.digits, "00", 2)) memmove(typed.digits, typed.digits + 2, strlen(typed.digits) - 1);
	return typed;
}

/* A word is the beginning of one of the client's; in Latin letters or digits also of a part of his e-mail or phone. */
static void word_ask(struct buf *match, const char *word)
{
	bool latin = strlen(word) >= PART_LEAST;
	for (const char *p = word; *p; p++) latin = latin && isalnum((unsigned char)*p);
	buf_printf(match, " AND %s : \"%s\" *", latin ? "{words parts}" : "words", word);
}

static void number_ask(struct buf *match, const struct typed *typed, const char *country)
{
	const char *digits = typed->digits;
	const char *and = "";
	buf_printf(match, " AND (parts : \"%s\" *", digits);
	if (digits[0] == '0' && digits[1] && *country) buf_printf(match, " OR parts : \"%s%s\" *", country, digits + 1);
	buf_text(match, " OR (");
	for (int i = 0; i < typed->n; i++) {
		if (!typed->number[i]) continue;
		buf_printf(match, "%swords : \"%s\" *", and, typed->word[i]);
		and = " AND ";
	}
	buf_text(match, "))");
}

static void scope_ask(struct arena *arena, struct buf *match, int64_t team_id, const struct client_scope *scope)
{
	buf_printf(match, "team : \"%s%lld\"", scope->archived ? "gone" : "live", (long long)team_id);
	if (scope->owner_id) buf_printf(match, " AND team : \"o%lld\"", (long long)scope->owner_id);
	if (*scope->segment) buf_printf(match, " AND team : \"s%s\"", scope->segment);
	if (*scope->tag) {
		buf_text(match, " AND team : \"");
		tag_word(match, text_fold(arena, scope->tag));
		buf_char(match, '"');
	}
}

const char *client_words_scope(struct arena *arena, int64_t team_id, const struct client_scope *scope)
{
	struct buf match;
	buf_init(&match, MATCH_MAX);
	scope_ask(arena, &match, team_id, scope);
	const char *kept = arena_strdup(arena, match.bytes);
	buf_done(&match);
	return kept;
}

const char *client_words_match(struct arena *arena, int64_t team_id, const char *text, const struct client_scope *scope, const char *country)
{
	struct typed typed = typed_read(arena, text);
	struct buf match;
	if (!typed.n) return NULL;
	bool phone = strlen(typed.digits) >= PART_LEAST;
	buf_init(&match, MATCH_MAX);
	scope_ask(arena, &match, team_id, scope);
	for (int i = 0; i < typed.n; i++)
		if (!phone || !typed.number[i]) word_ask(&match, typed.word[i]);
	if (phone) number_ask(&match, &typed, country);
	const char *kept = match.overflow ? NULL : arena_strdup(arena, match.bytes);
	buf_done(&match);
	return kept;
}

/* ---- Rebuilding ---- */

static enum err compare_one(struct db *db, int64_t team_id, int64_t client_id, int64_t *different, struct error *err)
{
	struct arena *arena = arena_new(4 << 20);
	struct row row;
	bool there, equal = false;
	row_init(&row);
	enum err kind = row_make(db, arena, team_id, client_id, &row, &there, err);
	if (!kind) {
		struct rows *rows = db_query(db, "SELECT team, words, parts FROM client_words WHERE rowid = $1", "i", client_id);
		if (rows_next(rows))
			equal = !strcmp(rows_text(rows, 0), text_of(&row.team)) && !strcmp(rows_text(rows, 1), text_of(&row.words)) &&
				!strcmp(rows_text(rows, 2), text_of(&row.parts));
		kind = rows_done(rows, err);
	}
	if (!kind && !equal) {
		(*different)++;
		kind = row_write(db, client_id, &row, err);
	}
	row_done(&row);
	arena_free(arena);
	return kind;
}

enum err client_words_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t different = 0;
	/* The index against its own texts; what is broken there is made anew. */
	enum err kind = db_exec(db, err, "INSERT INTO client_words (client_words) VALUES ('integrity-check')", "");
	bool sound = !kind;
	if (!sound && (kind = db_exec(db, err, "INSERT INTO client_words (client_words) VALUES ('rebuild')", ""))) return kind;
	struct rows *rows = db_query(db, "SELECT team_id, client_id FROM client ORDER BY team_id, client_id", "");
	while (!kind && rows_next(rows)) kind = compare_one(db, rows_int(rows, 0), rows_int(rows, 1), &different, err);
	enum err ended = rows_done(rows, kind ? NULL : err);
	if (kind || ended) return kind ? kind : ended;
	kind = db_exec(db, err, "DELETE FROM client_words WHERE rowid NOT IN (SELECT client_id FROM client)", "");
	if (kind) return kind;
	different += db_changed(db);
	*ret_equal = sound && !different;
	if (!*ret_equal) snprintf(detail, 120, "%lld clients%s", (long long)different, sound ? "" : ", and the index itself");
	return ERR_NONE;
}
