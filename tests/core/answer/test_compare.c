/* Against what the literature prints: Newcombe 1998 II, table II, method 10 (examples a–h); ranks for the median as in Conover's table. */
#include <math.h>

#include "check.h"
#include "core/answer/compare.h"

static void compare_shares__gives_what_newcombe_printed(void **state)
{
	static const struct {
		int64_t a, n, b, m;
		double difference, low, high;
	} examples[] = {
		{56, 70, 48, 80, 0.2000, 0.0524, 0.3339}, {9, 10, 3, 10, 0.6000, 0.1705, 0.8090}, {6, 7, 2, 7, 0.5714, 0.0582, 0.8062},    {5, 56, 0, 29, 0.0893, -0.0381, 0.1926},
		{0, 10, 0, 20, 0.0000, -0.1611, 0.2775},  {0, 10, 0, 10, 0.0000, -0.2775, 0.2775}, {10, 10, 0, 20, 1.0000, 0.6791, 1.0000}, {10, 10, 0, 10, 1.0000, 0.6075, 1.0000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct compared c = compare_shares(examples[i].a, examples[i].n, examples[i].b, examples[i].m, 1);
		assert_true(fabs(c.difference - examples[i].difference) < 0.00006);
		assert_true(fabs(c.low - examples[i].low) < 0.00006);
		assert_true(fabs(c.high - examples[i].high) < 0.00006);
	}
}

static void compare_shares__is_turned_round_with_its_sides(void **state)
{
	(void)state;
	for (int64_t a = 0; a <= 7; a++) {
		struct compared one = compare_shares(a, 7, 5, 13, 1), other = compare_shares(5, 13, a, 7, 1);
		assert_true(fabs(one.low + other.high) < 1e-12 && fabs(one.high + other.low) < 1e-12);
	}
}

static void compare_shares__asks_more_of_many_comparisons(void **state)
{
	(void)state;
	struct compared alone = compare_shares(30, 40, 50, 100, 1), many = compare_shares(30, 40, 50, 100, 40);
	assert_true(many.low < alone.low && many.high > alone.high);
	assert_false(compare_chance(&alone));
	assert_true(compare_chance(&many));
	assert_true(compare_distance(&alone) > 0 && compare_distance(&many) < 0);
}

static void compare_shares__knows_nothing_from_nothing(void **state)
{
	(void)state;
	struct compared c = compare_shares(0, 0, 3, 9, 1);
	assert_true(c.difference == 0 && c.low == -1 && c.high == 1 && compare_chance(&c));
}

static void compare_quantile__is_the_normal_one(void **state)
{
	(void)state;
	assert_true(fabs(compare_quantile(0.975) - 1.959963984540054) < 1e-9);
	assert_true(fabs(compare_quantile(0.5)) < 1e-9);
	assert_true(fabs(compare_quantile(1 - 0.025 / 10) - 2.807033768343804) < 1e-9);
}

static void compare_middle__encloses_by_the_ranks_of_the_table(void **state)
{
	static const int64_t table[][2] = {{6, 1}, {8, 1}, {9, 2}, {10, 2}, {15, 4}, {20, 6}, {30, 10}, {50, 18}, {100, 40}};
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		double values[100];
		int64_t n = table[i][0];
		for (int64_t v = 0; v < n; v++) values[v] = (double)(n - v); /* n … 1: it sorts them */
		struct middle m = compare_middle(values, n);
		assert_true(m.low == (double)table[i][1]);
		assert_true(m.high == (double)(n + 1 - table[i][1]));
		assert_true(fabs(m.middle - (double)(n + 1) / 2) < 1e-12);
	}
}

static void compare_middle__of_few_is_all_there_is(void **state)
{
	double values[] = {5, 1, 3};
	(void)state;
	struct middle m = compare_middle(values, 3), none = compare_middle(values, 0);
	assert_true(m.low == 1 && m.middle == 3 && m.high == 5);
	assert_true(none.n == 0 && none.middle == 0);
}

static void compare_middle__works_with_very_many(void **state)
{
	static double values[100000];
	(void)state;
	for (int i = 0; i < 100000; i++) values[i] = i + 1;
	struct middle m = compare_middle(values, 100000);
	assert_true(fabs(m.low - (50000 - 0.98 * sqrt(100000))) < 3); /* as the normal approximation has it */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compare_shares__gives_what_newcombe_printed),
		cmocka_unit_test(compare_shares__is_turned_round_with_its_sides),
		cmocka_unit_test(compare_shares__asks_more_of_many_comparisons),
		cmocka_unit_test(compare_shares__knows_nothing_from_nothing),
		cmocka_unit_test(compare_quantile__is_the_normal_one),
		cmocka_unit_test(compare_middle__encloses_by_the_ranks_of_the_table),
		cmocka_unit_test(compare_middle__of_few_is_all_there_is),
		cmocka_unit_test(compare_middle__works_with_very_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
