#include "check.h"

#include "base/money.h"

static void money_parse__takes_what_people_type(void **state)
{
	static const struct {
		const char *text;
		int64_t minor;
	} good[] = {
		{"12000", 1200000}, {"12 000", 1200000}, {"12,000", 1200000}, {"12.000", 1200000}, {"12,000.50", 1200050},
		{"12.000,50", 1200050}, {"12,5", 1250}, {"12.50", 1250}, {"0,5", 50}, {"12k", 1200000}, {"1.5M", 150000000},
		{"12,5 тис.", 1250000}, {"2 млн", 200000000}, {"₴ 120", 12000}, {"120 грн", 12000}, {"-3", -300},
		{"\u22123,10", -310}, {"1 234 567,89", 123456789}, {"1\u00a0234", 123400}, {"1,234,567", 123456700}, {"1.250k", 125000},
		{"12 тис. грн", 1200000}, {"$4,821", 482100}, {"0", 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t minor = -1;
		if (!money_parse(good[i].text, &minor)) fail_msg("refused: %s", good[i].text);
		if (minor != good[i].minor) fail_msg("%s became %lld", good[i].text, (long long)minor);
	}
}

static void money_parse__refuses_what_is_no_amount(void **state)
{
	static const char *const bad[] = {"", " ", "abc", "12x", "--3", "1.2.3", "12.345.6", "k", "12.", "99999999999999999999", "1,2345", "12 abc 3", "12k5", "1.2345678k"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t minor = 7;
		if (money_parse(bad[i], &minor)) fail_msg("%s was taken as %lld", bad[i], (long long)minor);
		assert_int_equal(minor, 7);
	}
}

static void money_parse_of__takes_shares_of_the_deal(void **state)
{
	static const struct {
		const char *text;
		int64_t whole, minor;
	} good[] = {
		{"3 %", 12000000, 360000}, {"\u22123 %", 12000000, -360000}, {"-2,5%", 12000000, -300000}, {"2.5\u00a0%", 12000000, 300000}, {"0 %", 5, 0}, {"100%", 777, 777},
		{"0,01 %", 10000, 1}, {" 3 % ", 100, 3}, {"12k", -1, 1200000}, {"12,5 тис.", 12000000, 1250000}, {"1.2 млн", 0, 120000000}, {"12 000", 7, 1200000},
	};
	static const struct {
		const char *text;
		int64_t whole;
	} bad[] = {{"3 %", -1}, {"%", 100}, {"3 % 4", 100}, {"три %", 100}, {"0,001 %", 100}, {"20000 %", 100}, {"3 %%", 100}, {"", 100}};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t minor = -1;
		if (!money_parse_of(good[i].text, good[i].whole, &minor)) fail_msg("refused: %s", good[i].text);
		if (minor != good[i].minor) fail_msg("%s became %lld", good[i].text, (long long)minor);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t minor = 7;
		if (money_parse_of(bad[i].text, bad[i].whole, &minor)) fail_msg("%s was taken as %lld", bad[i].text, (long long)minor);
		assert_int_equal(minor, 7);
	}
}

static void money_share__rounds_halves_to_the_even(void **state)
{
	(void)state;
	assert_int_equal(money_share(5, 5000), 2);   /* 2.5 */
	assert_int_equal(money_share(7, 5000), 4);   /* 3.5 */
	assert_int_equal(money_share(-5, 5000), -2);
	assert_int_equal(money_share(-7, 5000), -4);
	assert_int_equal(money_share(1, 5000), 0);
	assert_int_equal(money_share(5, 5001), 3);
	assert_int_equal(money_share(MONEY_MAX, 10000), MONEY_MAX);
	assert_int_equal(money_share(12000000, 300), 360000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(money_parse__takes_what_people_type),
		cmocka_unit_test(money_parse__refuses_what_is_no_amount),
		cmocka_unit_test(money_parse_of__takes_shares_of_the_deal),
		cmocka_unit_test(money_share__rounds_halves_to_the_even),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
