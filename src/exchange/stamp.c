#include "exchange/stamp.h"

#include <ctype.h>
#include <string.h>

#include "base/moment.h"

/* Digits with an optional fraction, as a whole number of `unit`s, rounded to the nearest; where they end. NULL where there are none or they are more than `most`. */
static const char *number_read(const char *at, int64_t unit, int64_t most, int64_t *ret)
{
	int64_t whole = 0, part = 0, scale = 1;
	const char *begun = at;
	for (; isdigit((unsigned char)*at); at++) {
		if (whole > most / unit / 10) return NULL;
		whole = whole * 10 + (*at - '0');
	}
	bool digits = at > begun;
	if (*at == '.') {
		for (at++; isdigit((unsigned char)*at); at++) {
			digits = true;
			/* Beyond what can matter they are only read. */
			if (scale >= INT64_C(10000000)) continue;
			part = part * 10 + (*at - '0');
			scale *= 10;
		}
	}
	if (!digits || whole > most / unit) return NULL;
	/* unit · part / scale without passing 64 bits: unit is at most a week of microseconds, part below 10^7. */
	int64_t more = (unit / scale) * part + ((unit % scale) * part + scale / 2) / scale;
	if (whole * unit > most - more) return NULL;
	*ret = whole * unit + more;
	return at;
}

bool stamp_moment(const char *text, int64_t *ret_at, bool *ret_iso)
{
	static const int64_t most = INT64_C(253402300799) * MOMENT_SECOND; /* the end of 9999 */
	int64_t us;
	bool minus = *text == '-';
	const char *end = number_read(text + minus, MOMENT_SECOND, most, &us);
	if (end && !*end) {
		*ret_at = minus ? -us : us;
		if (*ret_at < moment_from_utc(1, 1, 1, 0, 0, 0)) return false;
		if (ret_iso) *ret_iso = false;
		return true;
	}
	if (ret_iso) *ret_iso = true;
	return moment_parse(text, ret_at);
}

bool stamp_length(const char *text, int64_t *ret_us)
{
	static const struct {
		const char *name;
		int64_t us;
	} units[] = {{"ms", 1000}, {"us", 1}, {"s", MOMENT_SECOND}, {"m", MOMENT_MINUTE}, {"h", MOMENT_HOUR}, {"d", MOMENT_DAY}, {"w", 7 * MOMENT_DAY}};
	int64_t all = 0, us;
	const int64_t most = INT64_C(1) << 62;
	bool any = false;
	if (!*text) return false;
	while (*text) {
		size_t digits = strspn(text, "0123456789."), letters = strcspn(text + digits, "0123456789."), unit = 0;
		int64_t each = MOMENT_SECOND;
		if (letters) {
			while (unit < sizeof units / sizeof *units && (strlen(units[unit].name) != letters || strncmp(units[unit].name, text + digits, letters))) unit++;
			if (unit == sizeof units / sizeof *units) return false;
			each = units[unit].us;
		} else if (any) {
			return false;
		}
		const char *end = number_read(text, each, most - all, &us);
		if (!end || end != text + digits) return false;
		all += us;
		any = true;
		text = end + letters;
	}
	*ret_us = all;
	return true;
}

int stamp_write(int64_t at, bool iso, char out[32])
{
	if (iso) {
		moment_iso(at, out);
		return (int)strlen(out);
	}
	/* By hand: tables have millions of them. */
	char digits[24];
	uint64_t us = at < 0 ? -(uint64_t)at : (uint64_t)at, whole = us / 1000000, part = us % 1000000;
	int n = 0, length = 0;
	do digits[n++] = (char)('0' + whole % 10);
	while (whole /= 10);
	if (at < 0) out[length++] = '-';
	while (n) out[length++] = digits[--n];
	if (part) {
		out[length++] = '.';
		for (int i = 5; i >= 0; i--, part /= 10) out[length + i] = (char)('0' + part % 10);
		for (length += 6; out[length - 1] == '0';) length--;
	}
	out[length] = '\0';
	return length;
}
