#include "base/say.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/moment.h"

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

void say_fill(struct buf *out, const char *text, ...)
{
	while (*text) {
		size_t plain = strcspn(text, "{");
		buf_add(out, text, plain);
		text += plain;
		if (!*text) break;
		size_t n = strcspn(text + 1, "}");
		const char *value = NULL, *name;
		va_list pairs;
		va_start(pairs, text);
		while ((name = va_arg(pairs, const char *))) {
			const char *candidate = va_arg(pairs, const char *);
			if (strlen(name) == n && memcmp(name, text + 1, n) == 0) value = candidate;
		}
		va_end(pairs);
		if (value && text[1 + n]) {
			buf_text(out, value);
			text += n + 2;
		} else {
			buf_char(out, *text++);
		}
	}
}

/* Digits with their thousands apart. */
static void grouped(struct buf *out, enum lang lang, uint64_t n)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0) buf_text(out, lang == LANG_EN ? "," : NARROW);
		buf_char(out, digits[i]);
	}
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

void say_number(struct buf *out, enum lang lang, int64_t n)
{
	if (n < 0) buf_text(out, MINUS);
	grouped(out, lang, magnitude(n));
}

/* |x| with so many decimals: the whole part grouped. */
static void decimal(struct buf *out, enum lang lang, double x, int decimals, bool trim)
{
	char text[400];
	snprintf(text, sizeof text, "%.*f", decimals, fabs(x));
	char *point = strchr(text, '.');
	if (point) {
		*point = '\0';
		char *end = point + 1 + strlen(point + 1);
		while (trim && end > point + 1 && end[-1] == '0') *--end = '\0';
	}
	char *digits_end;
	unsigned long long whole = strtoull(text, &digits_end, 10);
	if (strlen(text) > 18) buf_text(out, text);
	else grouped(out, lang, whole);
	if (point && point[1]) {
		buf_char(out, lang == LANG_EN ? '.' : ',');
		buf_text(out, point + 1);
	}
}

/* What would be written as 0 is not negative. */
static bool rounds_to_zero(double x, int decimals)
{
	return fabs(x) * pow(10, decimals) < 0.5;
}

void say_decimal(struct buf *out, enum lang lang, double x, int decimals)
{
	if (!isfinite(x)) return;
	if (x < 0 && !rounds_to_zero(x, decimals)) buf_text(out, MINUS);
	decimal(out, lang, x, decimals, true);
}

void say_fixed(struct buf *out, enum lang lang, double x, int decimals)
{
	if (!isfinite(x)) return;
	if (x < 0 && !rounds_to_zero(x, decimals)) buf_text(out, MINUS);
	decimal(out, lang, x, decimals, false);
}

void say_points(struct buf *out, enum lang lang, double points)
{
	if (!isfinite(points)) return;
	if (!rounds_to_zero(points, 1)) buf_text(out, points < 0 ? MINUS : "+");
	decimal(out, lang, points, 1, false);
}

void say_percent(struct buf *out, enum lang lang, double share)
{
	if (!isfinite(share)) return;
	double percent = round(share * 100);
	if (share > 0 && percent < 1) percent = 1;
	if (share < 1 && percent > 99) percent = 99;
	say_decimal(out, lang, percent, 0);
	buf_text(out, lang == LANG_EN ? "%" : NBSP "%");
}

void say_money(struct buf *out, enum lang lang, int64_t minor, const char *currency)
{
	static const char *const signs[][2] = {{"UAH", "₴"}, {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"PLN", "zł"}, {"CZK", "Kč"}};
	const char *sign = NULL;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (strcmp(signs[i][0], currency) == 0) sign = signs[i][1];
	}
	bool before = lang == LANG_EN && sign && strcmp(sign, "zł") != 0 && strcmp(sign, "Kč") != 0;
	if (minor < 0) buf_text(out, MINUS);
	if (before) buf_text(out, sign);
	grouped(out, lang, magnitude(minor) / 100);
	if (magnitude(minor) % 100) buf_printf(out, "%c%02d", lang == LANG_EN ? '.' : ',', (int)(magnitude(minor) % 100));
	if (!before) {
		buf_text(out, NBSP);
		buf_text(out, sign ? sign : currency);
	}
}

/* Units of thousands with as many decimals as make four figures, without closing zeros. */
void say_short(struct buf *out, enum lang lang, int64_t minor, int signs)
{
	static const struct {
		int64_t unit;
		const char *uk, *en;
	} units[] = {{INT64_C(100000000000), "млрд", "B"}, {100000000, "млн", "M"}, {100000, "тис.", "k"}, {100, "", ""}};
	uint64_t left = magnitude(minor);
	size_t u = 0;
	while (u < 3 && left < (uint64_t)units[u].unit) u++;
	uint64_t unit = (uint64_t)units[u].unit, whole = left / unit, scale = u == 3 || whole < 10 ? 100 : whole < 1000 ? 10 : 1;
	uint64_t parts = (left * scale * 2 + unit) / (unit * 2);
	int decimals = scale == 100 ? 2 : scale == 10 ? 1 : 0;
	if (minor < 0 && parts) buf_text(out, MINUS);
	else if (signs && parts) buf_char(out, '+');
	grouped(out, lang, parts / scale);
	uint64_t rest = parts % scale;
	while (decimals && rest % 10 == 0) {
		rest /= 10;
		decimals--;
	}
	if (decimals) buf_printf(out, "%c%0*u", lang == LANG_EN ? '.' : ',', decimals, (unsigned)rest);
	if (u == 3) return;
	if (lang == LANG_UK) buf_text(out, NBSP);
	buf_text(out, lang == LANG_UK ? units[u].uk : units[u].en);
}

/* ---- days and times ---- */

static const char *const weekdays[] = {
	N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
};
static const char *const short_weekdays[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")};
static const char *const months[] = {
	NC_("month", "January"), NC_("month", "February"), NC_("month", "March"), NC_("month", "April"), NC_("month", "May"), NC_("month", "June"),
	NC_("month", "July"), NC_("month", "August"), NC_("month", "September"), NC_("month", "October"), NC_("month", "November"), NC_("month", "December"),
};
/* As in "25 November": Ukrainian has another form for it. */
static const char *const months_of_day[] = {
	NC_("day of month", "January"), NC_("day of month", "February"), NC_("day of month", "March"), NC_("day of month", "April"),
	NC_("day of month", "May"), NC_("day of month", "June"), NC_("day of month", "July"), NC_("day of month", "August"),
	NC_("day of month", "September"), NC_("day of month", "October"), NC_("day of month", "November"), NC_("day of month", "December"),
};
static const char *const short_months[] = {
	NC_("short month", "Jan"), NC_("short month", "Feb"), NC_("short month", "Mar"), NC_("short month", "Apr"), NC_("short month", "May"),
	NC_("short month", "Jun"), NC_("short month", "Jul"), NC_("short month", "Aug"), NC_("short month", "Sep"), NC_("short month", "Oct"),
	NC_("short month", "Nov"), NC_("short month", "Dec"),
};

static int year_of(int32_t day)
{
	int year, month, day_of_month;
	day_to_date(day, &year, &month, &day_of_month);
	return year;
}

void say_weekday(struct buf *out, enum lang lang, int32_t day)
{
	buf_text(out, tr(lang, short_weekdays[day_weekday(day) - 1]));
}

void say_month(struct buf *out, enum lang lang, int32_t day)
{
	int year, month, day_of_month;
	day_to_date(day, &year, &month, &day_of_month);
	buf_text(out, tr_c(lang, "month", months[month - 1]));
	buf_printf(out, NBSP "%d", year);
}

void say_day(struct buf *out, enum lang lang, int32_t day, int32_t today)
{
	int year, month, day_of_month;
	day_to_date(day, &year, &month, &day_of_month);
	buf_text(out, tr(lang, weekdays[day_weekday(day) - 1]));
	buf_printf(out, ", %d" NBSP, day_of_month);
	buf_text(out, tr_c(lang, "day of month", months_of_day[month - 1]));
	if (year != year_of(today)) buf_printf(out, " %d", year);
}

void say_written(struct buf *out, enum lang lang, int32_t day)
{
	int year, month, day_of_month;
	day_to_date(day, &year, &month, &day_of_month);
	buf_printf(out, "%d" NBSP, day_of_month);
	buf_text(out, tr_c(lang, "day of month", months_of_day[month - 1]));
	buf_printf(out, " %d", year);
}

void say_date(struct buf *out, enum lang lang, int32_t day, int32_t today)
{
	int year, month, day_of_month;
	day_to_date(day, &year, &month, &day_of_month);
	buf_printf(out, "%d" NBSP, day_of_month);
	buf_text(out, tr_c(lang, "short month", short_months[month - 1]));
	if (year != year_of(today)) buf_printf(out, NBSP "%d", year);
}

void say_time(struct buf *out, int64_t at)
{
	struct moment_parts parts = moment_local(at);
	buf_printf(out, "%02d:%02d", parts.hour, parts.minute);
}

void say_moment(struct buf *out, enum lang lang, int64_t at, int64_t now)
{
	int32_t day = day_of(at), today = day_of(now);
	if (day == today) buf_text(out, tr(lang, "today"));
	else if (day == today - 1) buf_text(out, tr(lang, "yesterday"));
	else if (day == today + 1) buf_text(out, tr(lang, "tomorrow"));
	else say_date(out, lang, day, today);
	buf_text(out, day >= today - 1 && day <= today + 1 ? NBSP : ", ");
	say_time(out, at);
}

void say_second(struct buf *out, enum lang lang, int64_t at, int64_t now)
{
	say_moment(out, lang, at, now);
	buf_printf(out, ":%02d", moment_local(at).second);
}

/* The number stays with its word. */
static void counted(struct buf *out, const char *text, int64_t n)
{
	const char *place = strstr(text, "{n} ");
	if (!place) BUG("no {n} in “%s”", text);
	buf_add(out, text, (size_t)(place - text));
	buf_printf(out, "%lld" NBSP, (long long)n);
	buf_text(out, place + 4);
}

void say_ago(struct buf *out, enum lang lang, int64_t at, int64_t now)
{
	bool past = at <= now;
	int64_t apart = past ? now - at : at - now;
	int32_t days = past ? day_of(now) - day_of(at) : day_of(at) - day_of(now);
	if (apart < MOMENT_MINUTE) {
		buf_text(out, past ? tr(lang, "just now") : tr(lang, "in a moment"));
	} else if (apart < MOMENT_HOUR) {
		counted(out, past ? tr(lang, "{n} min ago") : tr(lang, "in {n} min"), apart / MOMENT_MINUTE);
	} else if (apart < MOMENT_DAY) {
		counted(out, past ? tr(lang, "{n} h ago") : tr(lang, "in {n} h"), apart / MOMENT_HOUR);
	} else if (days == 1) {
		buf_text(out, past ? tr(lang, "yesterday") : tr(lang, "tomorrow"));
	} else if (days <= 30) {
		counted(out, past ? tr_n(lang, "{n} day ago", "{n} days ago", days) : tr_n(lang, "in {n} day", "in {n} days", days), days);
	} else {
		say_date(out, lang, day_of(at), day_of(now));
	}
}

void say_span(struct buf *out, enum lang lang, int64_t seconds)
{
	int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
	if (hours < 1) counted(out, tr(lang, "{n} min"), minutes < 1 ? 1 : minutes);
	else if (days < 2) counted(out, tr(lang, "{n} h"), hours);
	else counted(out, tr_n(lang, "{n} day", "{n} days", days), days);
}

void say_duration(struct buf *out, int64_t seconds)
{
	if (seconds < 0) seconds = 0;
	if (seconds >= 3600) buf_printf(out, "%lld:", (long long)(seconds / 3600));
	buf_printf(out, "%02d:%02d", (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* ---- phones ---- */

void say_phone(struct buf *out, const char *phone)
{
	char digits[16] = "";
	size_t n = 0;
	bool foreign = false;
	for (const char *p = phone; *p; p++) {
		if (*p >= '0' && *p <= '9') {
			if (n + 1 == sizeof digits) foreign = true;
			else digits[n++] = *p;
		} else if (!strchr("+ ()-.", *p)) {
			foreign = true; /* an extension, a second number, letters: not ours to arrange */
		}
	}
	digits[n] = '\0';
	const char *rest = digits;
	if (n == 14 && strncmp(digits, "00380", 5) == 0) rest += 2, n -= 2;
	bool full = n == 12 && strncmp(rest, "380", 3) == 0, national = n == 10 && rest[0] == '0' && phone[0] != '+';
	if (foreign || (!full && !national)) {
		buf_text(out, phone);
		return;
	}
	if (full) {
		buf_text(out, "+38" NBSP);
		rest += 2;
	}
	buf_printf(out, "%.3s" NBSP "%.3s" NBSP "%.2s" NBSP "%.2s", rest, rest + 3, rest + 6, rest + 8);
}
