#include "check.h"

#include <math.h>

#include "core/playbook/prove.h"

enum { DRAWS = 20000 };

/* Mean and variance of Beta(a, b) are a/(a+b) and ab/((a+b)²(a+b+1)). */
static void prove_draw__is_a_beta_variate(void **state)
{
	static const struct {
		int64_t worked, used;
	} cards[] = {{0, 0}, {0, 1}, {1, 1}, {3, 10}, {27, 41}, {900, 1000}};
	(void)state;
	for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
		double a = 1 + (double)cards[i].worked, b = 1 + (double)(cards[i].used - cards[i].worked), sum = 0, squares = 0;
		for (int seed = 0; seed < DRAWS; seed++) {
			double x = prove_draw((uint64_t)seed, 7, cards[i].worked, cards[i].used);
			assert_true(x > 0 && x < 1);
			sum += x;
			squares += x * x;
		}
		double mean = sum / DRAWS, variance = squares / DRAWS - mean * mean, true_variance = a * b / ((a + b) * (a + b) * (a + b + 1));
		assert_true(fabs(mean - a / (a + b)) < 4 * sqrt(true_variance / DRAWS));
		assert_true(fabs(mean - prove_mean(cards[i].worked, cards[i].used)) < 0.01);
		assert_true(fabs(variance / true_variance - 1) < 0.06);
	}
}

static void prove_draw__same_call_same_order(void **state)
{
	(void)state;
	assert_true(prove_draw(5, 7, 3, 10) == prove_draw(5, 7, 3, 10));
	assert_true(prove_draw(5, 7, 3, 10) != prove_draw(6, 7, 3, 10));
	assert_true(prove_draw(5, 7, 3, 10) != prove_draw(5, 8, 3, 10));
}

/* Played against hidden rates, the best card is found and most of the calls are given to it, though every card had its turn. */
static void prove_draw__lets_the_unproven_prove_themselves(void **state)
{
	static const double rates[] = {0.35, 0.4, 0.45, 0.62, 0.5};
	enum { CARDS = sizeof rates / sizeof *rates, CALLS = 3000 };
	int64_t used[CARDS] = {0}, worked[CARDS] = {0};
	(void)state;
	for (int call = 0; call < CALLS; call++) {
		int best = 0;
		for (int card = 1; card < CARDS; card++)
			if (prove_draw((uint64_t)call, card, worked[card], used[card]) > prove_draw((uint64_t)call, best, worked[best], used[best])) best = card;
		used[best]++;
		worked[best] += prove_draw((uint64_t)call, 1000 + best, 0, 0) < rates[best]; /* Beta(1, 1) is uniform */
	}
	for (int card = 0; card < CARDS; card++) assert_true(used[card] >= 10);
	assert_true(used[3] > CALLS * 7 / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prove_draw__is_a_beta_variate),
		cmocka_unit_test(prove_draw__same_call_same_order),
		cmocka_unit_test(prove_draw__lets_the_unproven_prove_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
