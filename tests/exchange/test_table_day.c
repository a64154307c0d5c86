#include "exchange/table_day.h"

#include <string.h>

#include "base/moment.h"
#include "check.h"

static const char *read_as(const char *text, int day_first, int month_first)
{
	static char out[16];
	struct table_day_votes votes = {day_first, month_first};
	int32_t day;
	if (!table_day_read(text, &votes, &day)) return "none";
	day_iso(day, out);
	return out;
}

static void table_day_read__takes_dates_as_tables_have_them(void **state)
{
	static const struct {
		const char *text, *day;
	} cases[] = {
		{"2016-10-20", "2016-10-20"}, {"2016/10/20", "2016-10-20"}, {"2016-10-20 14:33:00", "2016-10-20"}, {"2016-10-20T14:33:00Z", "2016-10-20"},
		{"20.10.2016", "2016-10-20"}, {"20.10.16", "2016-10-20"}, {"1.2.2020", "2020-02-01"}, {"20/10/2016 9:05", "2016-10-20"}, {"20-10-2016", "2016-10-20"},
		{"20 жовтня 2016", "2016-10-20"}, {"20 жовтня 2016 р.", "2016-10-20"}, {"3 Листопада 2020", "2020-11-03"}, {"Oct 20, 2016", "2016-10-20"},
		{"October 20 2016", "2016-10-20"}, {"20-Oct-2016", "2016-10-20"}, {"20 Oct 16", "2016-10-20"}, {"2016 жовтня 20", "2016-10-20"}, {"42663", "2016-10-20"},
		{"29.02.2016", "2016-02-29"}, {"12/31/99", "none"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *day = read_as(cases[i].text, 0, 0);
		if (strcmp(day, cases[i].day)) fail_msg("%s is read as %s", cases[i].text, day);
	}
	assert_string_equal(read_as("12/31/99", 0, 1), "1999-12-31");
	assert_string_equal(read_as("03/04/2020", 0, 1), "2020-03-04");
	assert_string_equal(read_as("03/04/2020", 1, 1), "2020-04-03");
}

static void table_day_read__refuses_what_is_no_day(void **state)
{
	static const char *const none[] = {"", "31.02.2017", "2017-13-01", "0.1.2017", "29.02.2017", "вчора", "14:30", "12", "2017", "1054", "067 123 45 67", "99999999", "20 жовт жовт 2016",
					   "Won", "1.2", "10.10.10.10.2017 і ще", "a very long cell that only mentions 20.10.2016 somewhere in the middle of it"};
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (strcmp(read_as(none[i], 0, 0), "none")) fail_msg("\"%s\" is read as %s", none[i], read_as(none[i], 0, 0));
}

static void table_day_vote__learns_the_order_from_the_column(void **state)
{
	(void)state;
	struct table_day_votes american = {0}, ours = {0}, silent = {0};
	static const char *const us[] = {"1/2/2020", "3/25/2020", "12/1/2020"}, *const ua[] = {"1/2/2020", "25/3/2020", "5/12/2020"};
	for (int i = 0; i < 3; i++) {
		table_day_vote(&american, us[i]);
		table_day_vote(&ours, ua[i]);
		table_day_vote(&silent, "2020-25-12");
	}
	assert_true(american.month_first == 1 && !american.day_first);
	assert_true(ours.day_first == 1 && !ours.month_first);
	assert_true(!silent.day_first && !silent.month_first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_day_read__takes_dates_as_tables_have_them),
		cmocka_unit_test(table_day_read__refuses_what_is_no_day),
		cmocka_unit_test(table_day_vote__learns_the_order_from_the_column),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
