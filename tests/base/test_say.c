/* What readers see, row by row. In expectations "_" stands for a no-break space and "~" for a narrow one. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "base/say.h"

static void expect(struct buf *said, const char *expected)
{
	char wanted[256] = "";
	for (const char *p = expected; *p; p++) {
		size_t n = strlen(wanted);
		snprintf(wanted + n, sizeof wanted - n, "%s", *p == '_' ? "\xC2\xA0" : *p == '~' ? "\xE2\x80\xAF" : (char[]){*p, 0});
	}
	assert_string_equal(said->used ? said->bytes : "", wanted);
	buf_done(said);
}

#define SAYS(expected, function, ...)              \
	do {                                       \
		struct buf said;                   \
		buf_init(&said, 1000);             \
		function(&said, __VA_ARGS__);      \
		expect(&said, expected);           \
	} while (0)

static void say_number__groups_thousands(void **state)
{
	(void)state;
	SAYS("0", say_number, LANG_UK, 0);
	SAYS("999", say_number, LANG_UK, 999);
	SAYS("1~000", say_number, LANG_UK, 1000);
	SAYS("12~345~678", say_number, LANG_UK, 12345678);
	SAYS("12,345,678", say_number, LANG_EN, 12345678);
	SAYS("−1~000", say_number, LANG_UK, -1000);
	SAYS("−9,223,372,036,854,775,808", say_number, LANG_EN, INT64_MIN);
}

static void say_decimal__leaves_no_closing_zeros(void **state)
{
	(void)state;
	SAYS("1,5", say_decimal, LANG_UK, 1.5, 2);
	SAYS("1.5", say_decimal, LANG_EN, 1.5, 2);
	SAYS("2", say_decimal, LANG_UK, 2.0, 2);
	SAYS("1~234,57", say_decimal, LANG_UK, 1234.567, 2);
	SAYS("1,234.57", say_decimal, LANG_EN, 1234.567, 2);
	SAYS("−0,25", say_decimal, LANG_UK, -0.25, 2);
	SAYS("0", say_decimal, LANG_UK, -0.001, 2);
	SAYS("1~000", say_decimal, LANG_UK, 999.999, 2);
	SAYS("", say_decimal, LANG_UK, 0.0 / 0.0, 2);
	SAYS("", say_decimal, LANG_UK, 1.0 / 0.0, 2);
}

static void say_money__puts_the_sign_where_the_language_does(void **state)
{
	(void)state;
	SAYS("12~000_₴", say_money, LANG_UK, 1200000, "UAH");
	SAYS("₴12,000", say_money, LANG_EN, 1200000, "UAH");
	SAYS("12~000,50_₴", say_money, LANG_UK, 1200050, "UAH");
	SAYS("$0.05", say_money, LANG_EN, 5, "USD");
	SAYS("−0,05_€", say_money, LANG_UK, -5, "EUR");
	SAYS("−€1,000", say_money, LANG_EN, -100000, "EUR");
	SAYS("100_zł", say_money, LANG_EN, 10000, "PLN");
	SAYS("100_CHF", say_money, LANG_EN, 10000, "CHF");
	SAYS("0_₴", say_money, LANG_UK, 0, "UAH");
}

static void say_short__four_figures_and_a_word(void **state)
{
	(void)state;
	SAYS("9_тис.", say_short, LANG_UK, 900000, 0);
	SAYS("+9,5_тис.", say_short, LANG_UK, 950000, 1);
	SAYS("−2k", say_short, LANG_EN, -200000, 1);
	SAYS("96,3_тис.", say_short, LANG_UK, 9625000, 0);
	SAYS("118_тис.", say_short, LANG_UK, 11800000, 0);
	SAYS("1.25M", say_short, LANG_EN, 125000000, 0);
	SAYS("750,5", say_short, LANG_UK, 75050, 0);
	SAYS("0", say_short, LANG_UK, 0, 1);
	SAYS("−0.01", say_short, LANG_EN, -1, 1);
	SAYS("2_млрд", say_short, LANG_UK, INT64_C(200000000000), 0);
}

static void say_percent__is_certain_only_where_it_is_so(void **state)
{
	(void)state;
	SAYS("66_%", say_percent, LANG_UK, 0.66);
	SAYS("66%", say_percent, LANG_EN, 0.664);
	SAYS("0_%", say_percent, LANG_UK, 0.0);
	SAYS("1_%", say_percent, LANG_UK, 0.0004);
	SAYS("99_%", say_percent, LANG_UK, 0.9999);
	SAYS("100_%", say_percent, LANG_UK, 1.0);
	SAYS("−12_%", say_percent, LANG_UK, -0.12);
	SAYS("150%", say_percent, LANG_EN, 1.5);
}

static void say_points__always_has_its_sign(void **state)
{
	(void)state;
	SAYS("+1,5", say_points, LANG_UK, 1.5);
	SAYS("−0.3", say_points, LANG_EN, -0.3);
	SAYS("+12.0", say_points, LANG_EN, 12.0);
	SAYS("0,0", say_points, LANG_UK, 0.0);
	SAYS("0,0", say_points, LANG_UK, -0.04);
}

static void say_day__in_full(void **state)
{
	(void)state;
	int32_t today = day_from_date(2026, 11, 20);
	SAYS("середа, 25_листопада", say_day, LANG_UK, day_from_date(2026, 11, 25), today);
	SAYS("Wednesday, 25_November", say_day, LANG_EN, day_from_date(2026, 11, 25), today);
	SAYS("п’ятниця, 1_січня 2027", say_day, LANG_UK, day_from_date(2027, 1, 1), today);
	SAYS("Friday, 1_January 2027", say_day, LANG_EN, day_from_date(2027, 1, 1), today);
}

static void say_day__knows_all_months_and_weekdays(void **state)
{
	(void)state;
	static const char *const months[] = {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
					     "листопада", "грудня"};
	static const char *const days[] = {"понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"};
	for (int month = 1; month <= 12; month++) {
		int32_t day = day_from_date(2026, month, 15);
		char wanted[100];
		snprintf(wanted, sizeof wanted, "%s, 15_%s", days[day_weekday(day) - 1], months[month - 1]);
		SAYS(wanted, say_day, LANG_UK, day, day);
	}
}

static void say_date__is_short(void **state)
{
	(void)state;
	int32_t today = day_from_date(2026, 11, 20);
	SAYS("25_лист.", say_date, LANG_UK, day_from_date(2026, 11, 25), today);
	SAYS("25_Nov", say_date, LANG_EN, day_from_date(2026, 11, 25), today);
	SAYS("3_трав._2025", say_date, LANG_UK, day_from_date(2025, 5, 3), today);
	SAYS("3_May_2025", say_date, LANG_EN, day_from_date(2025, 5, 3), today);
	SAYS("25_листопада 2026", say_written, LANG_UK, day_from_date(2026, 11, 25));
	SAYS("3_May 2025", say_written, LANG_EN, day_from_date(2025, 5, 3));
	SAYS("листопад_2026", say_month, LANG_UK, today);
	SAYS("November_2026", say_month, LANG_EN, today);
	SAYS("пт", say_weekday, LANG_UK, today);
	SAYS("Fri", say_weekday, LANG_EN, today);
}

static void say_moment__speaks_of_days_near_by_name(void **state)
{
	(void)state;
	int64_t now = moment_from_local(2026, 11, 25, 12, 0);
	SAYS("сьогодні_14:30", say_moment, LANG_UK, moment_from_local(2026, 11, 25, 14, 30), now);
	SAYS("today_00:00", say_moment, LANG_EN, moment_from_local(2026, 11, 25, 0, 0), now);
	SAYS("учора_23:59", say_moment, LANG_UK, moment_from_local(2026, 11, 24, 23, 59), now);
	SAYS("tomorrow_09:05", say_moment, LANG_EN, moment_from_local(2026, 11, 26, 9, 5), now);
	SAYS("27_лист., 09:05", say_moment, LANG_UK, moment_from_local(2026, 11, 27, 9, 5), now);
	SAYS("27_Nov_2025, 09:05", say_moment, LANG_EN, moment_from_local(2025, 11, 27, 9, 5), now);
	SAYS("27_лист., 09:05:00", say_second, LANG_UK, moment_from_local(2026, 11, 27, 9, 5), now);
	SAYS("today_12:00:07", say_second, LANG_EN, now + 7 * MOMENT_SECOND + 999999, now);
	SAYS("14:30", say_time, moment_from_local(2026, 7, 1, 14, 30));
}

static void say_ago__coarsens_with_distance(void **state)
{
	(void)state;
	int64_t now = moment_from_local(2026, 11, 25, 12, 0);
	SAYS("щойно", say_ago, LANG_UK, now, now);
	SAYS("just now", say_ago, LANG_EN, now - 59 * MOMENT_SECOND, now);
	SAYS("1_хв тому", say_ago, LANG_UK, now - 60 * MOMENT_SECOND, now);
	SAYS("59_min ago", say_ago, LANG_EN, now - 59 * MOMENT_MINUTE, now);
	SAYS("3_год тому", say_ago, LANG_UK, now - 3 * MOMENT_HOUR, now);
	SAYS("23_h ago", say_ago, LANG_EN, now - 23 * MOMENT_HOUR - 59 * MOMENT_MINUTE, now);
	SAYS("учора", say_ago, LANG_UK, now - MOMENT_DAY, now);
	SAYS("2_дні тому", say_ago, LANG_UK, now - 2 * MOMENT_DAY, now);
	SAYS("5_днів тому", say_ago, LANG_UK, now - 5 * MOMENT_DAY, now);
	SAYS("21_день тому", say_ago, LANG_UK, now - 21 * MOMENT_DAY, now);
	SAYS("21_days ago", say_ago, LANG_EN, now - 21 * MOMENT_DAY, now);
	SAYS("25_жовт.", say_ago, LANG_UK, moment_from_local(2026, 10, 25, 12, 0), now);
	SAYS("25_Nov_2025", say_ago, LANG_EN, moment_from_local(2025, 11, 25, 12, 0), now);
	SAYS("за мить", say_ago, LANG_UK, now + 5 * MOMENT_SECOND, now);
	SAYS("за 5_хв", say_ago, LANG_UK, now + 5 * MOMENT_MINUTE, now);
	SAYS("in 2_h", say_ago, LANG_EN, now + 2 * MOMENT_HOUR, now);
	SAYS("завтра", say_ago, LANG_UK, now + MOMENT_DAY, now);
	SAYS("за 3_дні", say_ago, LANG_UK, now + 3 * MOMENT_DAY, now);
	SAYS("in 3_days", say_ago, LANG_EN, now + 3 * MOMENT_DAY, now);
}

static void say_fixed__keeps_its_zeros(void **state)
{
	(void)state;
	SAYS("0,500", say_fixed, LANG_UK, 0.5, 3);
	SAYS("0.000", say_fixed, LANG_EN, -0.0001, 3);
	SAYS("−1,25", say_fixed, LANG_UK, -1.25, 2);
}

static void say_span__is_rough(void **state)
{
	(void)state;
	SAYS("1_хв", say_span, LANG_UK, 0);
	SAYS("59_min", say_span, LANG_EN, 3599);
	SAYS("1_год", say_span, LANG_UK, 3600);
	SAYS("47_h", say_span, LANG_EN, 48 * 3600 - 1);
	SAYS("2_дні", say_span, LANG_UK, 48 * 3600);
	SAYS("5_days", say_span, LANG_EN, 5 * 24 * 3600);
}

static void say_duration__is_as_on_a_clock(void **state)
{
	(void)state;
	SAYS("00:00", say_duration, 0);
	SAYS("04:12", say_duration, 252);
	SAYS("59:59", say_duration, 3599);
	SAYS("1:04:12", say_duration, 3852);
	SAYS("100:00:00", say_duration, 360000);
	SAYS("00:00", say_duration, -5);
}

static void say_phone__arranges_ours_and_leaves_the_rest(void **state)
{
	(void)state;
	SAYS("+38_067_123_45_67", say_phone, "380671234567");
	SAYS("+38_067_123_45_67", say_phone, "+38 (067) 123-45-67");
	SAYS("+38_067_123_45_67", say_phone, "00380671234567");
	SAYS("067_123_45_67", say_phone, "067 1234567");
	SAYS("+1 202 555 0123", say_phone, "+1 202 555 0123");
	SAYS("+0671234567", say_phone, "+0671234567");
	SAYS("067 123 45 67 доб. 3", say_phone, "067 123 45 67 доб. 3");
	SAYS("101", say_phone, "101");
	SAYS("", say_phone, "");
	SAYS("1234567890123456789", say_phone, "1234567890123456789");
}

static void say_fill__fills_names_once(void **state)
{
	(void)state;
	SAYS("Оля та {b}!", say_fill, "{a} та {b}!", "a", "Оля", NULL);
	SAYS("{b}x", say_fill, "{a}{b}", "a", "{b}", "b", "x", NULL);
	SAYS("{ {a", say_fill, "{ {a", "a", "1", NULL);
}

int main(void)
{
	if (!moment_zone_set("Europe/Kyiv")) return 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(say_number__groups_thousands),
		cmocka_unit_test(say_decimal__leaves_no_closing_zeros),
		cmocka_unit_test(say_money__puts_the_sign_where_the_language_does),
		cmocka_unit_test(say_short__four_figures_and_a_word),
		cmocka_unit_test(say_percent__is_certain_only_where_it_is_so),
		cmocka_unit_test(say_points__always_has_its_sign),
		cmocka_unit_test(say_day__in_full),
		cmocka_unit_test(say_day__knows_all_months_and_weekdays),
		cmocka_unit_test(say_date__is_short),
		cmocka_unit_test(say_moment__speaks_of_days_near_by_name),
		cmocka_unit_test(say_ago__coarsens_with_distance),
		cmocka_unit_test(say_fixed__keeps_its_zeros),
		cmocka_unit_test(say_span__is_rough),
		cmocka_unit_test(say_duration__is_as_on_a_clock),
		cmocka_unit_test(say_phone__arranges_ours_and_leaves_the_rest),
		cmocka_unit_test(say_fill__fills_names_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
