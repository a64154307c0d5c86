/* Laws of the company's answer: every count of the one pass is the size of its ask, whatever the conversations; an interval of a difference covers the true one about as often as it says. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/rng.h"
#include "check.h"
#include "core/answer/compare.h"
#include "core/answer/tally.h"

enum { ROUNDS = 60, MOST = 300, FINDS = 6 };

static struct fact list[MOST];
static uint32_t found[MOST * FINDS];
static int64_t ids[16];

static struct fact_set facts_draw(struct rng *rng)
{
	static const int outcomes[] = {OUTCOME_WON, OUTCOME_LOST, OUTCOME_NEXT};
	struct fact_set facts = {list, found, ids, ids, ids, (uint32_t)rng_between(rng, 0, MOST), 4, 3, FINDS};
	int64_t at = 1000;
	uint32_t n_found = 0;
	for (uint32_t i = 0; i < facts.n; i++) {
		struct fact *f = &list[i];
		at += rng_between(rng, 0, 20);
		*f = (struct fact){
			.call_id = i + 1, .deal_id = rng_between(rng, 1, 50), .ended_at = at, .number = (int32_t)rng_between(rng, 1, 6), .manager = (uint32_t)rng_below(rng, 4),
			.product = (uint32_t)rng_below(rng, 3), .found_from = n_found, .b2b = rng_below(rng, 2) != 0, .mode = rng_below(rng, 2) != 0, .advised = (uint8_t)rng_below(rng, 3),
			.outcome = (uint8_t)outcomes[rng_below(rng, 3)], .step = (uint8_t)rng_between(rng, STEP_CONTACT, STEP_CLOSING), .price_first = (uint8_t)rng_below(rng, 3),
			.motives = (uint8_t)rng_below(rng, 16), .gifts = (uint8_t)rng_below(rng, 2), .left_minor = FACT_NONE, .room_minor = FACT_NONE,
		};
		for (uint32_t find = 0; find < FINDS; find++)
			if (!rng_below(rng, 3)) found[n_found++] = find;
		f->n_found = n_found - f->found_from;
		if (rng_below(rng, 2)) {
			f->left_minor = rng_between(rng, 0, 3);
			f->room_minor = 10;
		}
	}
	return facts;
}

static const struct fact_set *of;
static struct fact_ask base, a;

static int64_t size(struct fact_ask ask)
{
	int64_t n = 0; /* by the plain predicate, not by the list */
	for (uint32_t i = 0; i < of->n; i++) n += fact_fits(of, &of->list[i], &ask);
	uint32_t some[5], n_some;
	assert_int_equal(fact_list(of, &ask, 0, 5, some, &n_some), n);
	return n;
}

#define SIZE(...) (a = base, __VA_ARGS__, size(a))

static void one_round(struct rng *rng, struct arena *arena)
{
	struct fact_set facts = facts_draw(rng);
	int64_t bounds[] = {base.from, 1500, 2000, 2500, base.to};
	struct tally t;
	of = &facts;
	tally_make(&facts, &base, bounds, 4, arena, &t);
	assert_int_equal(t.n, size(base));
	for (int mode = 0; mode < 2; mode++) {
		assert_int_equal(t.mode[mode], SIZE(a.mode = mode));
		assert_int_equal(t.outcome[mode][OUTCOME_LOST], SIZE(a.mode = mode, a.outcome = OUTCOMES_LOST));
		assert_int_equal(t.outcome[mode][OUTCOME_WON] + t.outcome[mode][OUTCOME_NEXT], SIZE(a.mode = mode, a.outcome = OUTCOMES_ON));
		for (int i = 0; i < 4; i++) /* an ask that names another manager than the base is another base's */
			assert_int_equal(t.manager[i][mode], base.manager != FACT_ANY && base.manager != i ? 0 : SIZE(a.mode = mode, a.manager = i));
		for (int i = 0; i < 3; i++) assert_int_equal(t.product[i][mode], SIZE(a.mode = mode, a.product = i));
		for (int i = 1; i <= FACT_NUMBERS; i++) assert_int_equal(t.number[i][mode], SIZE(a.mode = mode, a.number = i));
		for (int i = 0; i < 4; i++) assert_int_equal(t.span[i][mode], SIZE(a.mode = mode, a.since = bounds[i], a.until = bounds[i + 1]));
		assert_int_equal(t.cell[1][0][mode], base.b2b == 0 ? 0 : SIZE(a.mode = mode, a.b2b = 1, a.later = 0));
		for (int step = STEP_CONTACT; step <= STEP_CLOSING; step++) {
			assert_int_equal(tally_reached(&t, mode, step), SIZE(a.mode = mode, a.reached = step));
			assert_int_equal(tally_lost(&t, mode, step), SIZE(a.mode = mode, a.step = step, a.outcome = OUTCOMES_LOST));
		}
		for (int advised = 0; advised < 2; advised++)
			assert_int_equal(t.advised[advised][mode][OUTCOME_WON], SIZE(a.mode = mode, a.advised = advised, a.outcome = OUTCOMES_WON));
	}
	assert_int_equal(t.advised[0][0][OUTCOME_LOST] + t.advised[1][1][OUTCOME_LOST], SIZE(a.followed = 1, a.outcome = OUTCOMES_LOST));
	assert_int_equal(t.advised[0][1][OUTCOME_NEXT] + t.advised[1][0][OUTCOME_NEXT], SIZE(a.followed = 0, a.outcome = OUTCOMES_NEXT));
	assert_int_equal(t.price_first[0] + t.price_first[1], SIZE(a.conceded = true));
	assert_int_equal(t.price_first[1], SIZE(a.price_first = 1));
	assert_int_equal(t.gave, SIZE(a.gave = true, a.mode = MODE_NEGOTIATION));
	assert_int_equal(t.measured, SIZE(a.package = PACKAGE_MEASURED));
	assert_int_equal(t.edge, SIZE(a.package = PACKAGE_EDGE));
	assert_int_equal(t.measured - t.edge, SIZE(a.package = PACKAGE_INSIDE));
	assert_int_equal(t.decided[0] + t.decided[1], SIZE(a.outcome = OUTCOMES_DECIDED));
	for (int m = 0; m < MOTIVE_COUNT; m++) {
		assert_int_equal(t.motive[m].with, SIZE(a.motive = m, a.outcome = OUTCOMES_DECIDED));
		assert_int_equal(t.decided[1] - t.motive[m].with_won, SIZE(a.motive = m, a.without = true, a.outcome = OUTCOMES_WON));
	}
	for (int find = 0; find < FINDS; find++) {
		assert_int_equal(t.find[find].with, SIZE(a.find = find, a.outcome = OUTCOMES_DECIDED));
		assert_int_equal(t.find[find].with_won, SIZE(a.find = find, a.outcome = OUTCOMES_WON));
	}
}

static void tally__is_the_size_of_every_ask(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 5);
	for (int i = 0; i < ROUNDS; i++) {
		struct arena *arena = arena_new(1 << 20);
		base = fact_ask_all(rng_between(&rng, 900, 1500), rng_between(&rng, 2500, 4000));
		if (i % 3 == 1) base.b2b = i % 2;
		if (i % 3 == 2) base.manager = i % 4;
		one_round(&rng, arena);
		arena_free(arena);
	}
}

static void fact_list__pages_the_latest_first_without_a_gap(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 6);
	struct fact_set facts = facts_draw(&rng);
	while (facts.n < 100) facts = facts_draw(&rng);
	struct fact_ask ask = fact_ask_all(0, INT64_MAX);
	ask.mode = MODE_SALE;
	uint32_t page[7], n, seen = 0, last = facts.n, all = 0;
	do {
		all = fact_list(&facts, &ask, seen, 7, page, &n);
		for (uint32_t i = 0; i < n; i++) {
			assert_true(page[i] < last);
			last = page[i];
			assert_int_equal(facts.list[last].mode, MODE_SALE);
		}
		seen += n;
	} while (n);
	assert_int_equal(seen, all);
}

static void compare_shares__covers_the_truth_as_often_as_it_says(void **state)
{
	struct rng rng;
	int64_t covers = 0, all = 0;
	(void)state;
	rng_init(&rng, 7);
	for (int i = 0; i < 20000; i++) {
		double p = rng_unit(&rng), q = rng_unit(&rng);
		int64_t n = rng_between(&rng, 10, 60), m = rng_between(&rng, 10, 60), yes = 0, other = 0;
		for (int64_t k = 0; k < n; k++) yes += rng_unit(&rng) < p;
		for (int64_t k = 0; k < m; k++) other += rng_unit(&rng) < q;
		struct compared c = compare_shares(yes, n, other, m, 1);
		covers += c.low <= p - q && p - q <= c.high;
		all++;
		assert_true(-1 <= c.low && c.low <= c.difference && c.difference <= c.high && c.high <= 1);
	}
	assert_in_range(1000 * covers / all, 940, 965);
}

static void compare_middle__covers_the_median_as_often_as_it_says(void **state)
{
	struct rng rng;
	int64_t covers = 0;
	(void)state;
	rng_init(&rng, 8);
	for (int i = 0; i < 5000; i++) {
		double values[40];
		int64_t n = rng_between(&rng, 6, 40);
		for (int64_t k = 0; k < n; k++) values[k] = -log(1 - rng_unit(&rng)); /* exponential: its median is ln 2 */
		struct middle m = compare_middle(values, n);
		covers += m.low <= log(2) && log(2) <= m.high;
	}
	assert_true(covers >= 5000 * 945 / 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tally__is_the_size_of_every_ask),
		cmocka_unit_test(fact_list__pages_the_latest_first_without_a_gap),
		cmocka_unit_test(compare_shares__covers_the_truth_as_often_as_it_says),
		cmocka_unit_test(compare_middle__covers_the_median_as_often_as_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
