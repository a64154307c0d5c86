#include "app/post_text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "base/parse.h"
#include "exchange/allow.h"
#include "exchange/markdown.h"
#include "store/post_words.h"

const char *post_text_html(struct arena *arena, const char *format, const char *body)
{
	return strcmp(format, "html") ? markdown_html(arena, body) : body;
}

const char *post_text_plain(struct arena *arena, const char *format, const char *body)
{
	return strcmp(format, "html") ? markdown_plain(arena, body, 0) : allow_plain(arena, body, 0);
}

const int64_t *post_text_pictures(struct arena *arena, const char *body)
{
	static const char path[] = "/pictures/";
	int64_t *ids = ARENA_ARRAY(arena, int64_t, POST_PICTURES + 1);
	int n = 0;
	for (const char *at = body; n < POST_PICTURES && (at = strstr(at, path));) {
		at += sizeof path - 1;
		size_t digits = strspn(at, "0123456789");
		if (digits && digits < 19 && parse_int(arena_strndup(arena, at, digits), &ids[n])) n++;
	}
	ids[n] = 0;
	return ids;
}

/* ---- Words that were looked for ---- */

struct sought {
	const char *words[12];
	ucs4_t first[12];               /* letters: a word that begins otherwise is not folded at all */
	int n;
};

static struct sought sought_read(struct arena *arena, const char *typed)
{
	struct sought s = {.n = 0};
	for (char *at = post_words_fold(arena, typed), *next; *at && s.n < 12; at = next) {
		size_t n = strcspn(at, " ");
		next = at + n + (at[n] == ' ');
		at[n] = '\0';
		u8_strmbtouc(&s.first[s.n], (const uint8_t *)at);
		s.words[s.n++] = at;
	}
	return s;
}

static bool is_letter(ucs4_t c)
{
	return uc_is_alnum(c) || uc_is_general_category(c, UC_CATEGORY_M);
}

static bool is_apostrophe(ucs4_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == '`' || c == 0x2032 || c == 0x2018;
}

/* The end of the word that begins here: letters, and apostrophes between them. */
static const char *word_end(const char *at)
{
	const char *end = at;
	for (ucs4_t c; *at; ) {
		int step = u8_strmbtouc(&c, (const uint8_t *)at);
		if (step <= 0 || (!is_letter(c) && !is_apostrophe(c))) break;
		at += step;
		if (is_letter(c)) end = at;
	}
	return end;
}

static bool is_sought(struct arena *arena, const struct sought *s, const char *word, size_t n)
{
	ucs4_t first;
	bool may = false;
	u8_strmbtouc(&first, (const uint8_t *)word);
	for (int i = 0; i < s->n; i++) may = may || uc_tolower(first) == s->first[i];
	if (!may) return false;
	const char *fold = post_words_fold(arena, arena_strndup(arena, word, n));
	for (int i = 0; i < s->n; i++)
		if (!strncmp(fold, s->words[i], strlen(s->words[i]))) return true;
	return false;
}

static void part_add(json_t *parts, const char *from, const char *until, bool mark)
{
	if (until > from) json_array_append_new(parts, json_pack("{ss# sb}", "text", from, (int)(until - from), "mark", mark));
}

/* Marks what was sought from `at` to `end`. */
static json_t *parts_of(struct arena *arena, const struct sought *s, const char *at, const char *end)
{
	json_t *parts = json_array();
	const char *from = at;
	for (ucs4_t c; at < end;) {
		int step = u8_strmbtouc(&c, (const uint8_t *)at);
		if (step <= 0) break;
		if (!is_letter(c)) {
			at += step;
			continue;
		}
		const char *until = word_end(at);
		if (is_sought(arena, s, at, (size_t)(until - at))) {
			part_add(parts, from, at, false);
			part_add(parts, at, until, true);
			from = until;
		}
		at = until > at ? until : at + step;
	}
	part_add(parts, from, end, false);
	return parts;
}

static const char *first_sought(struct arena *arena, const struct sought *s, const char *at)
{
	for (ucs4_t c; *at;) {
		int step = u8_strmbtouc(&c, (const uint8_t *)at);
		if (step <= 0) break;
		if (is_letter(c)) {
			const char *until = word_end(at);
			if (is_sought(arena, s, at, (size_t)(until - at))) return at;
			at = until > at ? until : at + step;
		} else {
			at += step;
		}
	}
	return NULL;
}

json_t *post_text_marked(struct arena *arena, const char *text, const char *typed)
{
	struct sought s = sought_read(arena, typed);
	return parts_of(arena, &s, text, text + strlen(text));
}

/* Some characters back, to the beginning of a word. */
static const char *back(const char *text, const char *at, int most)
{
	const char *word = at;
	for (int i = 0; at > text && i < most; i++) {
		for (at--; at > text && ((unsigned char)*at & 0xc0) == 0x80; at--) {}
		if (*at == ' ') word = at + 1;
	}
	return at == text ? text : word;
}

static const char *forward(const char *at, int most)
{
	const char *word = at;
	for (int i = 0; *at && i < most; i++) {
		if (*at == ' ') word = at;
		for (at++; ((unsigned char)*at & 0xc0) == 0x80; at++) {}
	}
	return *at ? word : at;
}

json_t *post_text_snippet(struct arena *arena, const char *plain, const char *typed, int most)
{
	struct sought s = sought_read(arena, typed);
	const char *found = first_sought(arena, &s, plain);
	const char *from = found ? back(plain, found, most / 4) : plain, *until = forward(from, most);
	json_t *parts = parts_of(arena, &s, from, until);
	if (from > plain) json_array_insert_new(parts, 0, json_pack("{ss sb}", "text", "…", "mark", false));
	if (*until) json_array_append_new(parts, json_pack("{ss sb}", "text", "…", "mark", false));
	return parts;
}
