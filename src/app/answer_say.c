#include "app/answer_say.h"

#include <math.h>
#include <string.h>

#include "base/say.h"

enum { LONGEST = 2000 };
#define JOINED "\xE2\x81\xA0" /* no line is broken here */

static void part_add(json_t *parts, const char *text, size_t n, const char *link, bool quiet)
{
	if (n) json_array_append_new(parts, json_pack("{ss% ss* sb}", "text", text, n, "link", link, "quiet", quiet));
}

/* What stands in brackets is quiet: the interval and of how many. */
static void text_add(json_t *parts, const char *text, size_t n, bool *quiet)
{
	size_t from = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '(' && !*quiet) {
			part_add(parts, text + from, i - from, NULL, false);
			from = i;
			*quiet = true;
		} else if (text[i] == ')' && *quiet) {
			part_add(parts, text + from, i + 1 - from, NULL, true);
			from = i + 1;
			*quiet = false;
		}
	}
	part_add(parts, text + from, n - from, NULL, *quiet);
}

json_t *answer_say(const char *text, const struct say_with *with)
{
	json_t *parts = json_array();
	bool quiet = false;
	while (*text) {
		size_t plain = strcspn(text, "{"), n = text[plain] ? strcspn(text + plain + 1, "}") : 0;
		const struct say_with *one = with;
		text_add(parts, text, plain, &quiet);
		text += plain;
		if (!*text) break;
		while (one->name && (strlen(one->name) != n || strncmp(one->name, text + 1, n))) one++;
		if (one->name) {
			part_add(parts, one->text, strlen(one->text), one->calls, quiet);
			text += n + 2;
		} else {
			text_add(parts, text++, 1, &quiet);
		}
	}
	return parts;
}

const char *answer_say_plain(struct arena *arena, const json_t *parts)
{
	struct buf out;
	size_t i;
	json_t *part;
	buf_init(&out, LONGEST);
	json_array_foreach((json_t *)(uintptr_t)parts, i, part) buf_text(&out, json_string_value(json_object_get(part, "text")));
	const char *text = arena_strdup(arena, out.bytes ? out.bytes : "");
	buf_done(&out);
	return text;
}

static const char *made(struct arena *arena, struct buf *out)
{
	const char *text = arena_strdup(arena, out->bytes ? out->bytes : "");
	buf_done(out);
	return text;
}

#define MADE(writing) \
	struct buf out; \
	buf_init(&out, 200); \
	writing; \
	return made(arena, &out)

const char *answer_percent(struct arena *arena, enum lang lang, double share)
{
	MADE(say_percent(&out, lang, share));
}

const char *answer_interval(struct arena *arena, enum lang lang, double low, double high)
{
	MADE(buf_printf(&out, "%ld–" JOINED, lround(low * 100)); say_percent(&out, lang, high));
}

const char *answer_count(struct arena *arena, enum lang lang, int64_t n)
{
	MADE(say_number(&out, lang, n));
}

const char *answer_money(struct arena *arena, enum lang lang, double minor, const char *currency)
{
	MADE(say_money(&out, lang, llround(minor / 100) * 100, currency));
}

const char *answer_points(struct arena *arena, enum lang lang, double difference)
{
	MADE(say_number(&out, lang, lround(fabs(difference) * 100)));
}

/* From the end that is nearer to 0: "3–31" of a difference that lies on one side of it, "−4…+9" of one that does not. */
const char *answer_points_interval(struct arena *arena, enum lang lang, double low, double high)
{
	long a = lround(low * 100), b = lround(high * 100);
	(void)lang;
	if (low > 0) return arena_printf(arena, "%ld–" JOINED "%ld", a, b);
	if (high < 0) return arena_printf(arena, "%ld–" JOINED "%ld", -b, -a);
	return arena_printf(arena, "%s%ld…%s%ld", a < 0 ? "−" : "", labs(a), b > 0 ? "+" : "", b);
}
