#include "base/text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

bool text_valid(const char *text, size_t bytes)
{
	return !u8_check((const uint8_t *)text, bytes) && !memchr(text, 0, bytes);
}

size_t text_length(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}

static bool apostrophe(ucs4_t c)
{
	return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x02bc || c == 0x02b9 || c == 0x2032 ||
	       c == 0x00b4 || c == 0x055a || c == 0xff07;
}

char *text_fold(struct arena *arena, const char *text)
{
	size_t n = 0;
	uint8_t *folded = u8_casefold((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKC, NULL, &n);
	if (!folded) return arena_strdup(arena, ""); /* not UTF-8: nothing to compare */
	char *out = arena_alloc(arena, n + 1);
	size_t used = 0;
	bool gap = false;
	for (size_t i = 0; i < n;) {
		ucs4_t c;
		int step = u8_mbtoucr(&c, folded + i, n - i);
		if (step <= 0) break;
		if (apostrophe(c)) {
			/* м'яч, м’яч and мяч are one word */
		} else if (uc_is_property_white_space(c) || c == '-' || (c >= 0x2010 && c <= 0x2015)) {
			gap = used > 0;
		} else if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf)) {
			if (gap) out[used++] = ' ';
			gap = false;
			memcpy(out + used, folded + i, (size_t)step);
			used += (size_t)step;
		}
		i += (size_t)step;
	}
	free(folded);
	return out;
}

char *text_written(struct arena *arena, const char *text)
{
	size_t n = strlen(text), used = 0, first = 0;
	char *out = arena_alloc(arena, n + 1);
	const uint8_t *in = (const uint8_t *)text;
	for (size_t i = 0; i < n;) {
		ucs4_t c;
		int step = u8_mbtoucr(&c, in + i, n - i);
		if (step <= 0) break;
		if (c == '\n' || c == '\r') {
			while (used && (out[used - 1] == ' ' || out[used - 1] == '\t')) used--;
			out[used++] = '\n';
			if (c == '\r' && i + 1 < n && in[i + 1] == '\n') step++;
		} else if (c == '\t' || !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc)) {
			memcpy(out + used, in + i, (size_t)step);
			used += (size_t)step;
		}
		i += (size_t)step;
	}
	while (used && strchr(" \t\n", out[used - 1])) used--;
	out[used] = '\0';
	for (size_t i = 0; i < used && strchr(" \t\n", out[i]); i++) /* empty lines before it: to the beginning of its own first line */
		if (out[i] == '\n') first = i + 1;
	return out + first;
}

char *text_clean(struct arena *arena, const char *text)
{
	size_t n = strlen(text), used = 0;
	char *out = arena_alloc(arena, n + 1);
	const uint8_t *in = (const uint8_t *)text;
	for (size_t i = 0; i < n;) {
		ucs4_t c;
		int step = u8_mbtoucr(&c, in + i, n - i);
		if (step <= 0) break;
		bool line = c == '\n';
		bool space = c == ' ' || c == '\t' || c == 0xa0;
		if (line) {
			while (used && out[used - 1] == ' ') used--;
			if (used) out[used++] = '\n';
		} else if (space) {
			if (used && out[used - 1] != ' ' && out[used - 1] != '\n') out[used++] = ' ';
		} else if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc)) {
			memcpy(out + used, in + i, (size_t)step);
			used += (size_t)step;
		}
		i += (size_t)step;
	}
	while (used && (out[used - 1] == ' ' || out[used - 1] == '\n')) used--;
	out[used] = '\0';
	return out;
}

char *text_phone_digits(struct arena *arena, const char *text, const char *country)
{
	char digits[40];
	size_t n = 0;
	bool international = false;
	for (const char *p = text; *p && n < sizeof digits - 1; p++) {
		if (isdigit((unsigned char)*p)) digits[n++] = *p;
		else if (*p == '+' && !n) international = true;
		else if (n >= 5 && (isalpha((unsigned char)*p) || (unsigned char)*p >= 0xc3) && strncmp(p, "\xe2\x80", 2)) break;
	}
	digits[n] = '\0';
	if (n < 3) return arena_strdup(arena, "");
	if (!international && n > 9 && !strncmp(digits, "00", 2)) return arena_strdup(arena, digits + 2);
	if (!international && n >= 9 && n <= 11 && digits[0] == '0' && *country) return arena_printf(arena, "%s%s", country, digits + 1);
	return arena_strdup(arena, digits);
}
