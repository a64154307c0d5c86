#include "check.h"

#include "core/bargain/frontier.h"
#include "core/trainer/haggle.h"

static struct arena *arena;

/* Three variables: delivery and service cost us little and are worth much to them, price is a straight exchange. */
static const struct option delivery[] = {{0, 0}, {-200, 900}}, service[] = {{0, 0}, {-100, 400}}, price[] = {{0, 0}, {-500, 500}, {-1000, 1000}};
static const struct variable variables[] = {{delivery, 2, false}, {service, 2, false}, {price, 3, true}};
static const struct bargain bargain = {.variables = variables, .n = 3};
static const struct package start = {{0, 0, 0}}, all = {{1, 1, 2}};

static struct haggle_nature nature(enum haggle_strategy strategy)
{
	return (struct haggle_nature){.strategy = strategy, .rounds = 8, .kappa = 0, .limit = 800, .aspiration = 2000};
}

static void haggle_timed__is_the_formula(void **state)
{
	(void)state;
	struct haggle_nature boulware = nature(HAGGLE_BOULWARE), linear = nature(HAGGLE_LINEAR), conceder = nature(HAGGLE_CONCEDER);
	for (int t = 0; t <= 8; t++) {
		assert_int_equal(haggle_timed(&linear, t), 2000 - 1200 * t / 8);
		assert_int_equal(haggle_timed(&boulware, t), 2000 - 1200 * t * t * t / 512);
		/* ⌊1200 · √(t/8)⌋: the greatest x with 8 x² ≤ 1200² t. */
		int64_t given = 2000 - haggle_timed(&conceder, t);
		assert_true(8 * given * given <= INT64_C(1440000) * t && 8 * (given + 1) * (given + 1) > INT64_C(1440000) * t);
	}
	assert_int_equal(haggle_timed(&boulware, 100), 800);
	linear.kappa = 250;
	assert_int_equal(haggle_timed(&linear, 0), 1700);
	assert_int_equal(haggle_timed(&linear, 4), 1700 - 450);
	assert_int_equal(haggle_timed(&linear, 8), 800);
}

static void haggle_timed__boulware_holds_out_longer_than_linear_and_that_longer_than_conceder(void **state)
{
	(void)state;
	struct haggle_nature boulware = nature(HAGGLE_BOULWARE), linear = nature(HAGGLE_LINEAR), conceder = nature(HAGGLE_CONCEDER);
	for (int t = 1; t < 8; t++) {
		assert_true(haggle_timed(&boulware, t) > haggle_timed(&linear, t));
		assert_true(haggle_timed(&linear, t) > haggle_timed(&conceder, t));
	}
	boulware.limit = -(INT64_C(1) << 53) + 1; /* the greatest span */
	boulware.aspiration = INT64_C(1) << 52;
	conceder.limit = boulware.limit;
	conceder.aspiration = boulware.aspiration;
	for (int t = 1; t <= 8; t++) {
		assert_true(haggle_timed(&boulware, t) <= haggle_timed(&boulware, t - 1) && haggle_timed(&boulware, t) >= boulware.limit);
		assert_true(haggle_timed(&conceder, t) <= haggle_timed(&conceder, t - 1) && haggle_timed(&conceder, t) >= conceder.limit);
	}
	assert_int_equal(haggle_timed(&conceder, 8), conceder.limit);
}

static enum haggle_reply offer(struct haggle *haggle, struct package package, struct package *ret_counter)
{
	return haggle_hears(haggle, &package, arena, ret_counter);
}

static void haggle_hears__tit_for_tat_goes_as_far_as_we_do(void **state)
{
	struct haggle haggle;
	struct package counter;
	(void)state;
	struct haggle_nature relative = nature(HAGGLE_TIT), absolute = nature(HAGGLE_TIT_ABSOLUTE), averaged = nature(HAGGLE_TIT_AVERAGED);
	haggle_init(&haggle, &bargain, &relative, &start);
	assert_int_equal(haggle.demand, 2000);
	assert_int_equal(offer(&haggle, start, &counter), HAGGLE_COUNTERS); /* nothing for nothing */
	assert_int_equal(haggle.demand, 2000);
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS); /* 400 of the 2000 that were missing: a fifth of the way */
	assert_int_equal(haggle.demand, 800 + 1200 * 1600 / 2000);
	assert_int_equal(offer(&haggle, start, &counter), HAGGLE_COUNTERS); /* we go back: he does not */
	assert_int_equal(haggle.demand, 1760);
	haggle_init(&haggle, &bargain, &absolute, &start);
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS);
	assert_int_equal(haggle.demand, 1600);
	assert_int_equal(offer(&haggle, (struct package){{1, 0, 0}}, &counter), HAGGLE_COUNTERS); /* 500 more */
	assert_int_equal(haggle.demand, 1100);
	haggle_init(&haggle, &bargain, &averaged, &start);
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS);
	assert_int_equal(haggle.demand, 1760);
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS); /* over two steps it was a step all the same */
	assert_int_equal(haggle.demand, 800 + 960 * 1600 / 2000);
}

static void haggle_hears__accepts_what_reaches_his_demand_and_walks_below_his_limit(void **state)
{
	struct haggle haggle;
	struct package counter;
	(void)state;
	struct haggle_nature linear = nature(HAGGLE_LINEAR);
	haggle_init(&haggle, &bargain, &linear, &start);
	assert_int_equal(offer(&haggle, all, &counter), HAGGLE_ACCEPTS);
	haggle_init(&haggle, &bargain, &linear, &start);
	for (int t = 1; t < 8; t++) {
		assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS); /* 400, limit 800 */
		assert_true(haggle_worth(&haggle, &counter) >= haggle.demand);
	}
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_WALKS);
	haggle_init(&haggle, &bargain, &linear, &start);
	for (int t = 1; t < 8; t++) offer(&haggle, start, &counter);
	assert_int_equal(offer(&haggle, (struct package){{1, 0, 0}}, &counter), HAGGLE_ACCEPTS); /* at the last whatever reaches the limit: 900 */
}

static void haggle_proposes__the_best_for_us_that_he_can_guess(void **state)
{
	struct haggle haggle;
	struct package counter;
	(void)state;
	struct haggle_nature linear = nature(HAGGLE_LINEAR);
	linear.limit = 100;
	linear.aspiration = 1300;
	haggle_init(&haggle, &bargain, &linear, &start);
	/* He wants 1150. We held the price and gave the service: he takes delivery and leaves the price alone. */
	assert_int_equal(offer(&haggle, (struct package){{0, 1, 0}}, &counter), HAGGLE_COUNTERS);
	assert_int_equal(haggle.demand, 1150);
	assert_int_equal(counter.choice[0], 1);
	assert_int_equal(counter.choice[1], 1);
	assert_int_equal(counter.choice[2], 0);
	/* Nothing that he proposes could be better for his guess and as good for him: no other package with his demand asks for less of us by weight. */
	assert_true(haggle_worth(&haggle, &counter) >= haggle.demand);
}

static void haggle_hears__what_we_hold_on_to_weighs_more(void **state)
{
	struct haggle haggle;
	struct package counter;
	(void)state;
	struct haggle_nature linear = nature(HAGGLE_LINEAR);
	haggle_init(&haggle, &bargain, &linear, &start);
	int before[3] = {haggle.weight[0], haggle.weight[1], haggle.weight[2]};
	assert_true(before[2] > before[0]);
	offer(&haggle, (struct package){{0, 1, 0}}, &counter);
	assert_true(haggle.weight[0] > before[0] && haggle.weight[1] < before[1] && haggle.weight[2] > before[2]);
	offer(&haggle, (struct package){{1, 0, 0}}, &counter); /* we take the service back: it matters to us */
	assert_true(haggle.weight[1] > before[1] && haggle.weight[0] == before[0]);
}

int main(void)
{
	arena = arena_new((size_t)1 << 28);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(haggle_timed__is_the_formula),
		cmocka_unit_test(haggle_timed__boulware_holds_out_longer_than_linear_and_that_longer_than_conceder),
		cmocka_unit_test(haggle_hears__tit_for_tat_goes_as_far_as_we_do),
		cmocka_unit_test(haggle_hears__accepts_what_reaches_his_demand_and_walks_below_his_limit),
		cmocka_unit_test(haggle_proposes__the_best_for_us_that_he_can_guess),
		cmocka_unit_test(haggle_hears__what_we_hold_on_to_weighs_more),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
