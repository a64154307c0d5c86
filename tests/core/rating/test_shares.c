/* Rounding by largest remainders: what is shown of the parts sums to what is shown of the whole, at every depth. */
#include "check.h"

#include <math.h>

#include "base/rng.h"
#include "core/rating/shares.h"

enum { MOST = 40, TREES = 3000 };

static int64_t sum(const int64_t *units, size_t n)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++) sum += units[i];
	return sum;
}

static void shares_round__gives_what_is_missing_to_those_who_lost_most(void **state)
{
	(void)state;
	const double parts[] = {1.4, 2.4, 3.7, 0.5}; /* 8 */
	int64_t units[4];
	assert_int_equal(shares_round(parts, 4, units), 8);
	assert_int_equal(units[0], 1);
	assert_int_equal(units[1], 2);
	assert_int_equal(units[2], 4);
	assert_int_equal(units[3], 1);
	assert_int_equal(shares_round(parts, 0, units), 0);
}

static void shares_round__the_earlier_of_equals_first(void **state)
{
	(void)state;
	const double parts[] = {0.5, 0.5, 0.5, 0.5};
	int64_t units[4];
	assert_int_equal(shares_round(parts, 4, units), 2);
	assert_int_equal(units[0] + units[1], 2);
}

static void shares_give__keeps_to_the_whole_that_is_given(void **state)
{
	(void)state;
	const double parts[] = {1.2, 1.3}; /* 2.5: its own rounding would be 3 */
	int64_t units[2];
	shares_give(parts, 2, 2, units);
	assert_int_equal(sum(units, 2), 2);
	shares_give(parts, 2, 3, units);
	assert_int_equal(sum(units, 2), 3);
	assert_int_equal(units[1], 2);
}

/* Posts, stays, positions: each level is given what the one above shows. Nothing is off by more than its parts can be. */
static void shares__a_tree_sums_at_every_depth(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 5);
	for (int tree = 0; tree < TREES; tree++) {
		double leaves[MOST][MOST], stems[MOST] = {0}, whole = 0;
		int64_t stem_units[MOST], leaf_units[MOST];
		size_t n = 1 + rng_below(&rng, MOST), m[MOST];
		double scale = pow(10, (double)rng_between(&rng, -3, 5));
		for (size_t i = 0; i < n; i++) {
			m[i] = 1 + rng_below(&rng, MOST);
			for (size_t k = 0; k < m[i]; k++) stems[i] += leaves[i][k] = rng_below(&rng, 8) ? (double)rng_below(&rng, 1000000) / 1e6 * scale : 0;
			whole += stems[i];
		}
		int64_t shown = shares_round(stems, n, stem_units);
		assert_int_equal(sum(stem_units, n), shown);
		assert_true(fabs((double)shown - whole) <= 0.5 + 1e-6);
		for (size_t i = 0; i < n; i++) {
			assert_true(fabs((double)stem_units[i] - stems[i]) < 1 + 1e-6);
			shares_give(leaves[i], m[i], stem_units[i], leaf_units);
			assert_int_equal(sum(leaf_units, m[i]), stem_units[i]);
			for (size_t k = 0; k < m[i]; k++) assert_true(leaf_units[k] >= 0 && fabs((double)leaf_units[k] - leaves[i][k]) < 1 + 1e-6);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_round__gives_what_is_missing_to_those_who_lost_most),
		cmocka_unit_test(shares_round__the_earlier_of_equals_first),
		cmocka_unit_test(shares_give__keeps_to_the_whole_that_is_given),
		cmocka_unit_test(shares__a_tree_sums_at_every_depth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
