#include "exchange/stamp.h"

#include <string.h>

#include "check.h"

#define US INT64_C(1000000)

static void moment_is(const char *text, int64_t wanted, bool iso)
{
	int64_t at;
	bool is_iso;
	if (!stamp_moment(text, &at, &is_iso)) fail_msg("%s is refused", text);
	if (at != wanted) fail_msg("%s is %lld", text, (long long)at);
	assert_int_equal(is_iso, iso);
}

static void stamp_moment__reads_unix_seconds_to_the_microsecond(void **state)
{
	(void)state;
	moment_is("0", 0, false);
	moment_is("1604686251", 1604686251 * US, false);
	moment_is("1604686251.", 1604686251 * US, false);
	moment_is("1604686251.25", 1604686251 * US + 250000, false);
	moment_is("1604686251.000001", 1604686251 * US + 1, false);
	moment_is("1604686251.1234567", 1604686251 * US + 123457, false);
	moment_is("1604686251.9999996", 1604686252 * US, false);
	moment_is("1604686251.12345649999999999999", 1604686251 * US + 123456, false);
	moment_is("-1.5", -1500000, false);
	moment_is(".5", 500000, false);
}

static void stamp_moment__reads_iso(void **state)
{
	(void)state;
	moment_is("2020-11-06T18:10:51Z", 1604686251 * US, true);
	moment_is("2020-11-06 20:10:51.25+02:00", 1604686251 * US + 250000, true);
	moment_is("1970-01-02", 86400 * US, true);
}

static void stamp_moment__refuses_what_is_none(void **state)
{
	int64_t at;
	(void)state;
	static const char *const wrong[] = {"", "-", ".", "x", "12x", "1e9", " 1", "1 ", "--1", "+1", "1.2.3", "99999999999999999999", "253402300800", "-62135596801", "2020-13-01"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (stamp_moment(wrong[i], &at, NULL)) fail_msg("\"%s\" is %lld", wrong[i], (long long)at);
}

static void stamp_length__reads_what_people_write(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
	} lengths[] = {{"12h", 12 * 3600 * US}, {"7d", 7 * 86400 * US}, {"90m", 5400 * US}, {"1h30m", 5400 * US}, {"1.5h", 5400 * US}, {"3600", 3600 * US}, {"0", 0},
		{"0.5", US / 2}, {"2w", 14 * 86400 * US}, {"250ms", US / 4}, {"3us", 3}, {"30s", 30 * US}, {"1d12h30m15.5s", ((36 * 60 + 30) * 60 + 15) * US + US / 2}};
	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		int64_t us = -1;
		if (!stamp_length(lengths[i].text, &us)) fail_msg("%s is refused", lengths[i].text);
		if (us != lengths[i].us) fail_msg("%s is %lld", lengths[i].text, (long long)us);
	}
	static const char *const wrong[] = {"", "h", "1x", "-1h", "1h-", "1h30", "0h30", "1 h", "1hh", "12H", "99999999999999999w", "9223372036854775807us"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int64_t us;
		if (stamp_length(wrong[i], &us)) fail_msg("\"%s\" is %lld", wrong[i], (long long)us);
	}
}

static void stamp_write__is_what_stamp_moment_reads(void **state)
{
	static const struct {
		int64_t at;
		const char *seconds, *iso;
	} stamps[] = {{0, "0", "1970-01-01T00:00:00Z"}, {1604686251 * US, "1604686251", "2020-11-06T18:10:51Z"}, {1604686251 * US + 250000, "1604686251.25", "2020-11-06T18:10:51.250000Z"},
		{7, "0.000007", "1970-01-01T00:00:00.000007Z"}, {-1500000, "-1.5", "1969-12-31T23:59:58.500000Z"}};
	(void)state;
	for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
		char out[32];
		assert_int_equal(stamp_write(stamps[i].at, false, out), strlen(stamps[i].seconds));
		assert_string_equal(out, stamps[i].seconds);
		moment_is(out, stamps[i].at, false);
		assert_int_equal(stamp_write(stamps[i].at, true, out), strlen(stamps[i].iso));
		assert_string_equal(out, stamps[i].iso);
		moment_is(out, stamps[i].at, true);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stamp_moment__reads_unix_seconds_to_the_microsecond),
		cmocka_unit_test(stamp_moment__reads_iso),
		cmocka_unit_test(stamp_moment__refuses_what_is_none),
		cmocka_unit_test(stamp_length__reads_what_people_write),
		cmocka_unit_test(stamp_write__is_what_stamp_moment_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
