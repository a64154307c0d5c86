#include "web/filter.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "base/moment.h"
#include "base/say.h"
#include "web/label.h"
#include "web/tmpl.h"

#define FILTER(name) void filter_##name(struct tmpl_context *c, const json_t *value, const char *word, struct buf *out)
#define UNUSED_C (void)c
#define UNUSED_WORD (void)word

FILTER(number)
{
	UNUSED_WORD;
	if (json_is_integer(value)) say_number(out, c->lang, json_integer_value(value));
	else if (json_is_real(value)) say_decimal(out, c->lang, json_real_value(value), 2);
}

FILTER(tenth)
{
	UNUSED_WORD;
	if (json_is_number(value)) say_fixed(out, c->lang, json_number_value(value), 1);
}

FILTER(fine)
{
	UNUSED_WORD;
	if (json_is_number(value)) say_fixed(out, c->lang, json_number_value(value), 3);
}

FILTER(money)
{
	UNUSED_WORD;
	if (json_is_integer(value)) say_money(out, c->lang, json_integer_value(value), c->currency);
}

FILTER(short)
{
	UNUSED_WORD;
	if (json_is_integer(value)) say_short(out, c->lang, json_integer_value(value), 0);
}

FILTER(gain)
{
	UNUSED_WORD;
	if (json_is_integer(value)) say_short(out, c->lang, json_integer_value(value), 1);
}

FILTER(percent)
{
	UNUSED_WORD;
	if (json_is_number(value)) say_percent(out, c->lang, json_number_value(value));
}

FILTER(points)
{
	UNUSED_WORD;
	if (json_is_number(value)) say_points(out, c->lang, json_number_value(value));
}

FILTER(duration)
{
	UNUSED_C;
	UNUSED_WORD;
	if (json_is_number(value)) say_duration(out, (int64_t)json_number_value(value));
}

FILTER(span)
{
	UNUSED_WORD;
	if (json_is_number(value)) say_span(out, c->lang, (int64_t)json_number_value(value));
}

FILTER(phone)
{
	UNUSED_C;
	UNUSED_WORD;
	if (json_is_string(value)) say_phone(out, json_string_value(value));
}

/* ---- moments and days ---- */

static bool moment_of(const json_t *value, int64_t *ret_at)
{
	return json_is_string(value) && moment_parse(json_string_value(value), ret_at);
}

static bool day_in(const json_t *value, int32_t *ret_day)
{
	int64_t at;
	if (json_is_string(value) && day_parse(json_string_value(value), ret_day)) return true;
	if (!moment_of(value, &at)) return false;
	*ret_day = day_of(at);
	return true;
}

FILTER(moment)
{
	int64_t at;
	UNUSED_WORD;
	if (moment_of(value, &at)) say_moment(out, c->lang, at, c->now);
}

FILTER(second)
{
	int64_t at;
	UNUSED_WORD;
	if (moment_of(value, &at)) say_second(out, c->lang, at, c->now);
}

FILTER(ago)
{
	int64_t at;
	UNUSED_WORD;
	if (moment_of(value, &at)) say_ago(out, c->lang, at, c->now);
}

FILTER(time)
{
	int64_t at;
	UNUSED_C;
	UNUSED_WORD;
	if (moment_of(value, &at)) say_time(out, at);
}

FILTER(day)
{
	int32_t day;
	UNUSED_WORD;
	if (day_in(value, &day)) say_day(out, c->lang, day, day_of(c->now));
}

FILTER(date)
{
	int32_t day;
	UNUSED_WORD;
	if (day_in(value, &day)) say_date(out, c->lang, day, day_of(c->now));
}

FILTER(written)
{
	int32_t day;
	UNUSED_WORD;
	if (day_in(value, &day)) say_written(out, c->lang, day);
}

FILTER(month)
{
	int32_t day;
	UNUSED_WORD;
	if (day_in(value, &day)) say_month(out, c->lang, day);
}

FILTER(weekday)
{
	int32_t day;
	UNUSED_WORD;
	if (day_in(value, &day)) say_weekday(out, c->lang, day);
}

/* ---- fields ---- */

FILTER(field_moment)
{
	int64_t at;
	UNUSED_C;
	UNUSED_WORD;
	if (!moment_of(value, &at)) return;
	struct moment_parts parts = moment_local(at);
	buf_printf(out, "%04d-%02d-%02dT%02d:%02d", parts.year, parts.month, parts.day, parts.hour, parts.minute);
}

FILTER(field_second)
{
	int64_t at;
	if (!moment_of(value, &at)) return;
	filter_field_moment(c, value, word, out);
	buf_printf(out, ":%02d", moment_local(at).second);
}

FILTER(field_day)
{
	int32_t day;
	char text[16];
	UNUSED_C;
	UNUSED_WORD;
	if (!day_in(value, &day)) return;
	day_iso(day, text);
	buf_text(out, text);
}

FILTER(field_money)
{
	UNUSED_C;
	UNUSED_WORD;
	if (!json_is_integer(value)) return;
	json_int_t minor = json_integer_value(value), whole = minor / 100;
	int rest = (int)(minor % 100);
	if (minor < 0) buf_char(out, '-');
	buf_printf(out, "%lld", whole < 0 ? -(long long)whole : (long long)whole);
	if (rest) buf_printf(out, ".%02d", rest < 0 ? -rest : rest);
}

FILTER(label)
{
	if (json_is_string(value)) buf_text(out, label_find(c->lang, word, json_string_value(value)));
}

FILTER(ready)
{
	UNUSED_C;
	UNUSED_WORD;
	if (json_is_string(value)) buf_text(out, json_string_value(value));
}

FILTER(json)
{
	UNUSED_C;
	UNUSED_WORD;
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

/* The first letters of the first two words that begin with one: "«Кава Поруч»" → "КП". */
FILTER(initials)
{
	UNUSED_C;
	UNUSED_WORD;
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
