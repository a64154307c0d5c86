#include "web/filter.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "web/label.h"
#include "web/tmpl.h"

void filter_json(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out)
{
	(void)c;
	(void)word;
	char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;
	if (!text) {
		buf_text(out, "null");
		return;
	}
	for (const char *p = text; *p;) {
		size_t plain = strcspn(p, "<>&\xE2");
		buf_add(out, p, plain);
		p += plain;
		if (!*p) break;
		if (strncmp(p, "\xE2\x80\xA8", 3) == 0 || strncmp(p, "\xE2\x80\xA9", 3) == 0) { /* line ends to old readers of JavaScript */
			buf_text(out, p[2] == '\xA8' ? "\\u2028" : "\\u2029");
			p += 3;
		} else if (*p == '\xE2') {
			buf_char(out, *p++);
		} else {
			buf_printf(out, "\\u%04x", (unsigned char)*p++);
		}
	}
	free(text);
}

void filter_label(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out)
{
	if (json_is_string(value)) buf_text(out, label_find(c->lang, word, json_string_value(value)));
}

/* The first letters of the first two words that begin with one: "«Кава Поруч»" → "КП". */
void filter_initials(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out)
{
	(void)c;
	(void)word;
	const uint8_t *text = (const uint8_t *)json_string_value(value);
	ucs4_t letter;
	bool inside = false;
	for (int found = 0; text && found < 2 && (text = u8_next(&letter, text));) {
		bool part = uc_is_alnum(letter) || (inside && (letter == 0x2019 || letter == '\'')); /* Дем’янчук is one word */
		if (part && !inside) {
			uint8_t bytes[6];
			int n = u8_uctomb(bytes, uc_toupper(letter), sizeof bytes);
			if (n > 0) buf_add(out, bytes, (size_t)n);
			found++;
		}
		inside = part;
	}
}
