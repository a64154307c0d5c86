#include "base/timemark.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/moment.h"

const char *const timemark_unit_names[] = {"time", "day", "month", "year"};

struct step {
	enum timemark_unit unit;
	int n;                          /* minutes; days (7: Mondays); months; years */
};

static const struct step steps[] = {
	{TIMEMARK_TIME, 5}, {TIMEMARK_TIME, 15}, {TIMEMARK_TIME, 30}, {TIMEMARK_TIME, 60}, {TIMEMARK_TIME, 120}, {TIMEMARK_TIME, 180}, {TIMEMARK_TIME, 360},
	{TIMEMARK_TIME, 720}, {TIMEMARK_DAY, 1}, {TIMEMARK_DAY, 2}, {TIMEMARK_DAY, 7}, {TIMEMARK_DAY, 14}, {TIMEMARK_MONTH, 1}, {TIMEMARK_MONTH, 3}, {TIMEMARK_MONTH, 6},
	{TIMEMARK_YEAR, 1}, {TIMEMARK_YEAR, 2}, {TIMEMARK_YEAR, 5}, {TIMEMARK_YEAR, 10}, {TIMEMARK_YEAR, 20}, {TIMEMARK_YEAR, 50}, {TIMEMARK_YEAR, 100},
};

static int64_t length(const struct step *step)
{
	static const int64_t unit[] = {MOMENT_MINUTE, MOMENT_DAY, 30 * MOMENT_DAY, 365 * MOMENT_DAY};
	return step->n * unit[step->unit];
}

struct marks {
	int64_t from, to;
	int most, n;
	struct timemark *list;
};

/* false: there is no room, the step is too fine. */
static bool mark(struct marks *marks, int64_t at, enum timemark_unit unit)
{
	if (at < marks->from || at > marks->to) return true;
	if (marks->n && marks->list[marks->n - 1].at >= at) return true; /* an hour that the clock left out */
	if (marks->n == marks->most) return false;
	marks->list[marks->n++] = (struct timemark){at, unit};
	return true;
}

static bool mark_times(struct marks *marks, int minutes)
{
	for (int32_t day = day_of(marks->from); day_start(day) <= marks->to; day++) {
		int year, month, date;
		day_to_date(day, &year, &month, &date);
		for (int m = 0; m < 24 * 60; m += minutes)
			if (!mark(marks, moment_from_local(year, month, date, m / 60, m % 60), m ? TIMEMARK_TIME : TIMEMARK_DAY)) return false;
	}
	return true;
}

static bool mark_days(struct marks *marks, int days)
{
	int32_t day = day_of(marks->from), weeks = days / 7;
	while (weeks ? day_weekday(day) != 1 || (day + 3) / 7 % weeks : day % days) day++; /* 1970-01-01 was a Thursday */
	for (; day_start(day) <= marks->to; day += days)
		if (!mark(marks, day_start(day), TIMEMARK_DAY)) return false;
	return true;
}

static bool mark_months(struct marks *marks, int months, enum timemark_unit unit)
{
	struct moment_parts parts = moment_local(marks->from);
	int month = parts.year * 12 + parts.month - 1;
	month -= month % months;
	for (int64_t at; (at = day_start(day_from_date(month / 12, month % 12 + 1, 1))) <= marks->to; month += months)
		if (!mark(marks, at, unit)) return false;
	return true;
}

static bool mark_all(struct marks *marks, const struct step *step)
{
	switch (step->unit) {
	case TIMEMARK_TIME: return mark_times(marks, step->n);
	case TIMEMARK_DAY: return mark_days(marks, step->n);
	case TIMEMARK_MONTH: return mark_months(marks, step->n, TIMEMARK_MONTH);
	case TIMEMARK_YEAR: return mark_months(marks, step->n * 12, TIMEMARK_YEAR);
	}
	return false;
}

int timemark_list(int64_t from, int64_t to, int most, struct timemark *ret)
{
	struct marks marks = {from, to, most, 0, ret};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		marks.n = 0;
		if ((to - from) / length(&steps[i]) <= most + 1 && mark_all(&marks, &steps[i])) return marks.n;
	}
	return 0;
}
