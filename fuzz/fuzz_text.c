/* Any bytes: what text, money, moment and parse make of them is well-formed and in range, and what they write they read again. */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/moment.h"
#include "base/money.h"
#include "base/parse.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void text_try(struct arena *arena, const char *text)
{
	char *clean = text_clean(arena, text), *fold = text_fold(arena, text);
	MUST(text_valid(clean, strlen(clean)) && strlen(clean) <= strlen(text));
	MUST(!strcmp(text_clean(arena, clean), clean));
	MUST(text_length(clean) <= strlen(clean));
	MUST(text_valid(fold, strlen(fold)));
	MUST(!strstr(fold, "  ") && *fold != ' ' && (!*fold || fold[strlen(fold) - 1] != ' '));
	if (text_valid(text, strlen(text))) MUST(!strcmp(text_fold(arena, clean), text_fold(arena, text_clean(arena, clean))));
	const char *const countries[] = {"380", "", "1", "123"};
	for (int i = 0; i < 4; i++) {
		char *digits = text_phone_digits(arena, text, countries[i]);
		MUST(strspn(digits, "0123456789") == strlen(digits) && strlen(digits) < 48);
		MUST(!*digits || strlen(digits) >= 3);
	}
}

static void numbers_try(const char *text)
{
	int64_t minor, whole;
	double real;
	if (money_parse(text, &minor)) MUST(minor >= -MONEY_MAX && minor <= MONEY_MAX);
	if (parse_int(text, &whole)) {
		char again[32];
		int64_t back;
		snprintf(again, sizeof again, "%lld", (long long)whole);
		MUST(parse_int(again, &back) && back == whole);
	}
	if (parse_double(text, &real)) MUST(real == real && real - real == 0);
}

static void moment_try(const char *text)
{
	int64_t at, back;
	int32_t day, day_back;
	char iso[32];
	if (moment_parse(text, &at)) {
		struct moment_parts p = moment_utc(at), local = moment_local(at);
		MUST(p.year >= 0 && p.year <= 10000 && p.month >= 1 && p.month <= 12 && p.day >= 1 && p.day <= 31 && p.hour >= 0 && p.hour < 24);
		MUST(local.weekday >= 1 && local.weekday <= 7);
		moment_iso(at, iso);
		if (p.year >= 1 && p.year <= 9999) MUST(moment_parse(iso, &back) && back == at);
		MUST(day_start(day_of(at)) <= at);
	}
	if (day_parse(text, &day)) {
		day_iso(day, iso);
		MUST(day_parse(iso, &day_back) && day_back == day);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const zones[] = {"UTC", "Europe/Kyiv", "America/St_Johns", "Pacific/Apia"};
	if (!n) return 0;
	moment_zone_set(zones[data[0] % 4]);
	struct arena *arena = arena_new(64 << 20);
	char *text = arena_strndup(arena, (const char *)data + 1, n - 1);
	text_valid((const char *)data + 1, n - 1);
	text_try(arena, text);
	numbers_try(text);
	moment_try(text);
	arena_free(arena);
	return 0;
}
