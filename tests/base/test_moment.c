#include "check.h"

#include <string.h>

#include "base/moment.h"
#include "base/rng.h"

static void day__there_and_back(void **state)
{
	(void)state;
	int32_t last = day_from_date(1, 1, 1) - 1;
	for (int32_t day = last + 1; day < day_from_date(3000, 1, 1); day++) {
		int y, m, d;
		day_to_date(day, &y, &m, &d);
		assert_int_equal(day_from_date(y, m, d), day);
	}
	assert_int_equal(day_from_date(1970, 1, 1), 0);
	assert_int_equal(day_weekday(day_from_date(2026, 11, 25)), 3);
}

static void moment_parse__reads_iso(void **state)
{
	int64_t at;
	(void)state;
	assert_true(moment_zone_set("Europe/Kyiv"));
	assert_true(moment_parse("2026-11-25T08:30:00Z", &at));
	assert_int_equal(at, moment_from_utc(2026, 11, 25, 8, 30, 0));
	assert_true(moment_parse("2026-11-25 10:30", &at));
	assert_int_equal(at, moment_from_utc(2026, 11, 25, 8, 30, 0));
	assert_true(moment_parse("2026-07-01T10:30:00.25+03:00", &at));
	assert_int_equal(at, moment_from_utc(2026, 7, 1, 7, 30, 0) + 250000);
	assert_true(moment_parse("2026-11-25", &at));
	assert_int_equal(at, moment_from_utc(2026, 11, 24, 22, 0, 0));
	assert_false(moment_parse("2026-02-30", &at));
	assert_false(moment_parse("2026-11-25T25:00", &at));
	assert_false(moment_parse("yesterday", &at));
	assert_false(moment_parse("2026-11-25T10:30:00ZZ", &at));
}

static void moment_local__knows_the_change_of_the_clock(void **state)
{
	(void)state;
	assert_true(moment_zone_set("Europe/Kyiv"));
	assert_false(moment_zone_set("../../etc/passwd"));
	assert_false(moment_zone_set("Nowhere/Land"));
	/* 29 March 2026 03:00 became 04:00; 25 October 2026 04:00 became 03:00. */
	assert_int_equal(moment_from_local(2026, 3, 29, 3, 30), moment_from_utc(2026, 3, 29, 1, 30, 0));
	assert_int_equal(moment_from_local(2026, 10, 25, 3, 30), moment_from_utc(2026, 10, 25, 0, 30, 0));
	assert_int_equal(day_start(day_from_date(2026, 3, 30)) - day_start(day_from_date(2026, 3, 29)), 23 * MOMENT_HOUR);
	assert_int_equal(day_start(day_from_date(2026, 10, 26)) - day_start(day_from_date(2026, 10, 25)), 25 * MOMENT_HOUR);
}

static void moment_iso__is_read_back(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 1);
	for (int i = 0; i < 20000; i++) {
		int64_t at = rng_between(&rng, moment_from_utc(1, 1, 2, 0, 0, 0), moment_from_utc(9999, 12, 30, 0, 0, 0)), back;
		char text[32];
		moment_iso(at, text);
		assert_true(moment_parse(text, &back));
		assert_int_equal(at, back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day__there_and_back),
		cmocka_unit_test(moment_parse__reads_iso),
		cmocka_unit_test(moment_local__knows_the_change_of_the_clock),
		cmocka_unit_test(moment_iso__is_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
