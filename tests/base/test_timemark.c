/* Marks of an axis of time, as somebody in Kyiv reads them. */
#include "base/timemark.h"

#include <string.h>

#include "base/moment.h"
#include "check.h"

static int set_up(void **state)
{
	(void)state;
	return moment_zone_set("Europe/Kyiv") ? 0 : -1;
}

static int64_t local(int year, int month, int day, int hour, int minute)
{
	return moment_from_local(year, month, day, hour, minute);
}

/* "MM-DD hh:mm unit" of each. */
static void marked(int64_t from, int64_t to, int most, const char *wanted)
{
	struct timemark marks[64];
	char text[2000] = "";
	int n = timemark_list(from, to, most, marks);
	assert_true(n <= most);
	for (int i = 0; i < n; i++) {
		struct moment_parts p = moment_local(marks[i].at);
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s%02d-%02d %02d:%02d %s", i ? ", " : "", p.month, p.day, p.hour, p.minute, timemark_unit_names[marks[i].unit]);
		assert_true(marks[i].at >= from && marks[i].at <= to);
	}
	assert_string_equal(text, wanted);
}

static void timemark_list__takes_the_finest_step_that_fits(void **state)
{
	(void)state;
	marked(local(2026, 11, 25, 14, 2), local(2026, 11, 25, 14, 20), 6, "11-25 14:05 time, 11-25 14:10 time, 11-25 14:15 time, 11-25 14:20 time");
	marked(local(2026, 11, 25, 14, 2), local(2026, 11, 25, 18, 1), 5, "11-25 15:00 time, 11-25 16:00 time, 11-25 17:00 time, 11-25 18:00 time");
	marked(local(2026, 11, 24, 14, 2), local(2026, 11, 25, 14, 2), 5, "11-24 18:00 time, 11-25 00:00 day, 11-25 06:00 time, 11-25 12:00 time");
	marked(local(2026, 11, 22, 14, 2), local(2026, 11, 25, 14, 2), 4, "11-23 00:00 day, 11-24 00:00 day, 11-25 00:00 day");
	marked(local(2026, 11, 1, 14, 2), local(2026, 11, 25, 14, 2), 5, "11-02 00:00 day, 11-09 00:00 day, 11-16 00:00 day, 11-23 00:00 day");
	marked(local(2026, 8, 25, 14, 2), local(2026, 11, 25, 14, 2), 4, "09-01 00:00 month, 10-01 00:00 month, 11-01 00:00 month");
	marked(local(2020, 8, 25, 14, 2), local(2026, 11, 25, 14, 2), 6, "01-01 00:00 year, 01-01 00:00 year, 01-01 00:00 year, 01-01 00:00 year, 01-01 00:00 year, 01-01 00:00 year");
}

/* In Kyiv the clock stood back at 4:00 on 2026-10-25, and goes on at 3:00 on 2027-03-28. */
static void timemark_list__keeps_to_its_hours_when_the_clock_changes(void **state)
{
	(void)state;
	marked(local(2026, 10, 24, 20, 0), local(2026, 10, 25, 20, 0), 6, "10-25 00:00 day, 10-25 06:00 time, 10-25 12:00 time, 10-25 18:00 time");
	marked(local(2027, 3, 28, 1, 30), local(2027, 3, 28, 6, 30), 8, "03-28 02:00 time, 03-28 04:00 time, 03-28 05:00 time, 03-28 06:00 time");
}

static void timemark_list__never_gives_more_than_there_is_room_for(void **state)
{
	struct timemark marks[12];
	(void)state;
	for (int64_t span = MOMENT_MINUTE; span < 400 * 365 * MOMENT_DAY; span += span / 7 + 1)
		for (int most = 2; most <= 12; most += 5) {
			int n = timemark_list(local(2020, 2, 29, 23, 59), local(2020, 2, 29, 23, 59) + span, most, marks);
			assert_true(n >= 0 && n <= most);
			if (span > MOMENT_HOUR && most == 12) assert_true(n >= 1);
			for (int i = 1; i < n; i++) assert_true(marks[i].at > marks[i - 1].at);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timemark_list__takes_the_finest_step_that_fits),
		cmocka_unit_test(timemark_list__keeps_to_its_hours_when_the_clock_changes),
		cmocka_unit_test(timemark_list__never_gives_more_than_there_is_room_for),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
