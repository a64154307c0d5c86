/* Heat: what votes are worth together, and until when (T1). */
#include "core/top/heat.h"

#include <math.h>
#include <stdbool.h>

#include "base/rng.h"
#include "check.h"

#define HOUR (INT64_C(3600) * 1000000)
#define H (12 * HOUR)
#define NOW (INT64_C(1760000000) * 1000000)

static bool near(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fabs(b);
}

static void heat_add__halves_every_half_life(void **state)
{
	(void)state;
	struct heat heat = {0};
	heat_add(&heat, NOW, H, 1);
	assert_true(near(heat_at(&heat, NOW, H), 1, 2e-14));
	assert_true(near(heat_at(&heat, NOW + H, H), 0.5, 2e-14));
	assert_true(near(heat_at(&heat, NOW + 10 * H, H), 1.0 / 1024, 2e-14));
	heat_add(&heat, NOW + H, H, 3);
	assert_true(near(heat_at(&heat, NOW + H, H), 3.5, 2e-14));
	assert_true(near(heat_log2(&heat), log2(3.5) + (double)(NOW + H) / (double)H, 1e-15));
}

static void heat_add__nothing_is_nothing(void **state)
{
	(void)state;
	struct heat heat = {0}, other = {0};
	for (int i = 0; i < 4; i++) heat_add(&heat, NOW, H, (double[]){0, -1, NAN, INFINITY}[i]);
	assert_true(heat.sum == 0 && heat.base == 0);
	assert_true(heat_at(&heat, NOW, H) == 0);
	assert_true(isinf(heat_log2(&heat)) && heat_log2(&heat) < 0);
	assert_true(heat_until(&heat, 2, H) == INT64_MIN);
	heat_add(&other, -NOW, H, 1);
	assert_true(other.base < 0);
	assert_true(heat_compare(&heat, &other) < 0 && heat_compare(&other, &heat) > 0 && heat_compare(&heat, &heat) == 0);
}

/* Σ v_i · 2^((t_i − t)/h) in long double, term by term. */
static void heat_add__is_the_sum_of_the_definition(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 7);
	for (int round = 0; round < 200; round++) {
		int64_t h = rng_between(&rng, 1000000, 30 * 24 * HOUR), at = rng_between(&rng, -NOW, NOW), step = rng_between(&rng, 1, h);
		struct heat heat = {0};
		long double sum = 0;
		int64_t t[200];
		double v[200];
		for (int i = 0; i < 200; i++) {
			t[i] = at += rng_between(&rng, 0, step);
			v[i] = rng_below(&rng, 3) ? 1.0 / (double)(1 + rng_below(&rng, 9)) : rng_unit(&rng) * 1e-5 + 1e-9;
			heat_add(&heat, t[i], h, v[i]);
			assert_true(heat.sum >= 1 && heat.sum < 2);
		}
		for (int i = 0; i < 200; i++) sum += v[i] * exp2l((long double)(t[i] - at) / (long double)h);
		assert_true(near(heat_at(&heat, at, h), (double)sum, 1e-13));
	}
}

static void heat_add__goes_on_where_doubles_end(void **state)
{
	(void)state;
	struct heat heat = {0}, tiny = {0};
	heat_add(&heat, 0, 1, 1); /* a half-life of a microsecond */
	heat_add(&heat, INT64_C(1) << 40, 1, 1e300);
	assert_true(near(heat_at(&heat, INT64_C(1) << 40, 1), 1e300, 2e-14));
	assert_true(heat_at(&heat, INT64_C(1) << 41, 1) == 0);
	heat_add(&tiny, NOW, H, 5e-324);
	assert_true(tiny.sum >= 1 && tiny.sum < 2);
	assert_true(near(heat_log2(&tiny) - (double)NOW / (double)H, -1074, 1e-9));
}

static void heat_add__same_votes_give_the_same_bits_at_any_whole_half_life(void **state)
{
	(void)state;
	struct rng rng;
	struct heat a = {0}, b = {0};
	rng_init(&rng, 8);
	for (int64_t i = 0, at = 0; i < 5000; i++, at += rng_between(&rng, 0, 2 * HOUR)) {
		double v = 1.0 / (double)(1 + rng_below(&rng, 5));
		heat_add(&a, at, H, v);
		heat_add(&b, at + 40000 * H, H, v);
		assert_true(a.sum == b.sum && a.base + 40000 == b.base);
	}
}

static void heat_compare__two_now_equal_one_a_half_life_later(void **state)
{
	(void)state;
	struct heat a = {0}, b = {0};
	heat_add(&a, NOW + 12345, H, 1);
	heat_add(&a, NOW + 12345, H, 1);
	heat_add(&b, NOW + 12345 + H, H, 1);
	assert_int_equal(heat_compare(&a, &b), 0);
	heat_add(&b, NOW + 12345 + H, H, 1e-12);
	assert_true(heat_compare(&a, &b) < 0 && heat_compare(&b, &a) > 0);
}

static void heat_compare__equal_sums_are_equal_whatever_they_came_in_by(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 12);
	for (int i = 0; i < 2000; i++) {
		int64_t at = NOW + rng_between(&rng, 0, 40 * H);
		struct heat a = {0}, b = {0}, c = {0};
		heat_add(&a, at, H, 1.0 / 3);
		heat_add(&a, at, H, 1.0 / 6);
		heat_add(&b, at, H, 1.0 / 6);
		heat_add(&b, at, H, 1.0 / 3);
		for (int j = 0; j < 4; j++) heat_add(&c, at, H, 0.25);
		assert_int_equal(heat_compare(&a, &b), 0);
		struct heat d = {0};
		heat_add(&d, at, H, 1);
		assert_int_equal(heat_compare(&c, &d), 0);
	}
}

static void heat_until__is_the_microsecond_of_the_floor(void **state)
{
	(void)state;
	struct heat heat = {0};
	heat_add(&heat, NOW, H, 2);
	assert_true(heat_until(&heat, 2, H) == NOW);
	heat_add(&heat, NOW, H, 2);
	assert_true(heat_until(&heat, 2, H) == NOW + H);
	assert_true(heat_until(&heat, 0.125, H) == NOW + 5 * H);
	heat_add(&heat, NOW, H, 2); /* 6 = 2 · 2^1.58496… */
	assert_true(heat_until(&heat, 2, H) == NOW + (int64_t)llroundl(43200e6L * log2l(3)));
	struct rng rng;
	rng_init(&rng, 9);
	for (int i = 0; i < 20000; i++) {
		struct heat some = {0};
		int64_t at = rng_between(&rng, -NOW, NOW), h = rng_between(&rng, 1000000, 30 * 24 * HOUR);
		double v = exp2(rng_unit(&rng) * 12 - 4), floor = exp2(rng_unit(&rng) * 3 - 1);
		heat_add(&some, at, h, v);
		long double exact = (long double)h * (log2l(v) - log2l(floor));
		assert_true(fabsl((long double)(heat_until(&some, floor, h) - at) - exact) < 0.5L + 0.01L + (long double)h * 0x1p-44L); /* the half of rounding to a microsecond, and what a vote's 45 digits leave out */
	}
}

static void heat_until__ends_where_time_does(void **state)
{
	(void)state;
	struct heat heat = {0};
	heat_add(&heat, NOW, INT64_C(1) << 60, 1e300);
	assert_true(heat_until(&heat, 1e-300, INT64_C(1) << 60) == INT64_MAX);
	assert_true(heat_until(&heat, 1e308, INT64_C(1) << 60) > INT64_MIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heat_add__halves_every_half_life),
		cmocka_unit_test(heat_add__nothing_is_nothing),
		cmocka_unit_test(heat_add__is_the_sum_of_the_definition),
		cmocka_unit_test(heat_add__goes_on_where_doubles_end),
		cmocka_unit_test(heat_add__same_votes_give_the_same_bits_at_any_whole_half_life),
		cmocka_unit_test(heat_compare__two_now_equal_one_a_half_life_later),
		cmocka_unit_test(heat_compare__equal_sums_are_equal_whatever_they_came_in_by),
		cmocka_unit_test(heat_until__is_the_microsecond_of_the_floor),
		cmocka_unit_test(heat_until__ends_where_time_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
