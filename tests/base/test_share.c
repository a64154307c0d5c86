#include "check.h"

#include "base/share.h"

static void share_of__agrees_with_published_wilson_intervals(void **state)
{
	(void)state; /* Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score): 81/263, 15/148, 0/20, 1/29 */
	static const struct { int yes, n; double low, high; } known[] = {
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0, 0.1611}, {1, 29, 0.0061, 0.1718},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct share share = share_of(known[i].yes, known[i].n);
		assert_true(share.low > known[i].low - 6e-5 && share.low < known[i].low + 6e-5);
		assert_true(share.high > known[i].high - 6e-5 && share.high < known[i].high + 6e-5);
	}
}

static void share_of__holds_its_order_at_the_ends(void **state)
{
	(void)state;
	for (int64_t n = 0; n < 60; n++)
		for (int64_t yes = 0; yes <= n; yes++) {
			struct share share = share_of(yes, n);
			assert_true(0 <= share.low && share.low <= share.share && share.share <= share.high && share.high <= 1);
		}
	assert_true(share_of(0, 0).high == 1.0);
	assert_true(share_of(7, 7).high == 1.0 && share_of(0, 7).low == 0.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(share_of__agrees_with_published_wilson_intervals),
		cmocka_unit_test(share_of__holds_its_order_at_the_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
