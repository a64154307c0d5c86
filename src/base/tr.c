#include "base/tr.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"

/* Made by the build from po/uk: a GNU MO file, little-endian. Its two tables hold (length, offset) pairs: of the
 * originals, sorted by strcmp, and of the translations, in the same order. An original is "context\4msgid\0plural". */
extern const unsigned char tr_uk_mo[];

enum { MAGIC = 0, COUNT = 8, ORIGINALS = 12, TRANSLATIONS = 16, PAIR = 8, LENGTH = 0, OFFSET = 4 };

static uint32_t word(size_t at)
{
	const unsigned char *p = tr_uk_mo + at;
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* strcmp of "context\4msgid" with an original. */
static int compare(const char *context, const char *msgid, const char *original)
{
	if (context) {
		size_t n = strlen(context);
		int order = strncmp(context, original, n);
		if (order) return order;
		if (original[n] != '\4') return 4 - (int)(unsigned char)original[n];
		original += n + 1;
	}
	return strcmp(msgid, original);
}

/* The translation: its plural forms follow one another, each closed by NUL. NULL where there is none. */
static const char *find(const char *context, const char *msgid, const char **ret_end)
{
	MUST(word(MAGIC) == 0x950412de);
	size_t low = 0, high = word(COUNT), originals = word(ORIGINALS), translations = word(TRANSLATIONS);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(context, msgid, (const char *)tr_uk_mo + word(originals + middle * PAIR + OFFSET));
		if (order == 0) {
			const char *text = (const char *)tr_uk_mo + word(translations + middle * PAIR + OFFSET);
			*ret_end = text + word(translations + middle * PAIR + LENGTH);
			return *text ? text : NULL;
		}
		if (order < 0) high = middle;
		else low = middle + 1;
	}
	return NULL;
}

enum lang lang_parse(const char *code)
{
	return code && code[0] == 'e' && code[1] == 'n' && (!code[2] || code[2] == '-' || code[2] == '_') ? LANG_EN : LANG_UK;
}

const char *lang_code(enum lang lang)
{
	return lang == LANG_EN ? "en" : "uk";
}

int tr_plural(enum lang lang, int64_t n)
{
	if (lang == LANG_EN) return n != 1;
	uint64_t u = n < 0 ? -(uint64_t)n : (uint64_t)n, ten = u % 10, hundred = u % 100;
	if (ten == 1 && hundred != 11) return 0;
	return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

const char *tr_c(enum lang lang, const char *context, const char *msgid)
{
	const char *end, *text = lang == LANG_EN || !*msgid ? NULL : find(context, msgid, &end);
	return text ? text : msgid;
}

const char *tr(enum lang lang, const char *msgid)
{
	return tr_c(lang, NULL, msgid);
}

const char *tr_cn(enum lang lang, const char *context, const char *one, const char *many, int64_t n)
{
	const char *end, *text = lang == LANG_EN ? NULL : find(context, one, &end);
	if (!text) return tr_plural(LANG_EN, n) ? many : one;
	for (int form = tr_plural(lang, n); form > 0; form--) {
		const char *next = text + strlen(text) + 1;
		if (next >= end) break;
		text = next;
	}
	return text;
}

const char *tr_n(enum lang lang, const char *one, const char *many, int64_t n)
{
	return tr_cn(lang, NULL, one, many, n);
}
