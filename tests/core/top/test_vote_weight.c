/* What a vote counts (T8). */
#include "core/top/vote_weight.h"

#include <math.h>

#include "check.h"

static void vote_weight__of_the_nth_is_an_nth(void **state)
{
	(void)state;
	assert_true(vote_weight(false, 1, 1) == 1);
	assert_true(vote_weight(false, 4, 1) == 0.25);
	assert_true(vote_weight(false, 4, 2) == 0.5);
	assert_true(vote_weight(true, 1, 1) == 0);
	assert_true(vote_weight(true, 3, 2) == 0);
}

/* A ring of m gains in n posts what m·H(n)/n honest readers would give. */
static void vote_weight__of_a_ring_is_its_harmonic_number(void **state)
{
	(void)state;
	enum { M = 10, N = 30 };
	double ring = 0, harmonic = 0;
	for (int n = 1; n <= N; n++) {
		harmonic += 1.0 / n;
		for (int m = 0; m < M; m++) ring += vote_weight(false, n, 1);
	}
	assert_true(fabs(ring / N - M * harmonic / N) < 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vote_weight__of_the_nth_is_an_nth),
		cmocka_unit_test(vote_weight__of_a_ring_is_its_harmonic_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
