#include "check.h"

#include <math.h>
#include <string.h>

#include "core/advisor/belief.h"

static double storage[2][BELIEF_DOUBLES(EVIDENCE_MAX)];

static void belief_init__is_the_prior(void **state)
{
	(void)state;
	struct belief belief;
	double x[EVIDENCE_BUILTIN] = {1, 1};
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_MAX, storage[0]);
	struct belief_score score = belief_score(&belief, x);
	assert_true(fabs(score.logit) < 1e-12);
	assert_true(fabs(score.variance - (0.35 * 0.35 + 0.7 * 0.7)) < 1e-12);
}

/* One weight, one outcome: the mode and the curvature can be had by looking everywhere. */
static void belief_learn__goes_to_the_mode_of_the_posterior(void **state)
{
	(void)state;
	static const struct evidence_def one = {"bias", 0.3, 1.7, EVIDENCE_FLAG, EVIDENCE_DERIVED};
	struct belief belief;
	double x[1] = {2.0};
	belief_init(&belief, &one, 1, 1, storage[0]);
	belief_learn(&belief, x, false);
	double best = 0, most = -INFINITY;
	for (double w = -6; w < 6; w += 1e-5) {
		double density = -(w - 0.3) * (w - 0.3) / (2 * 1.7 * 1.7) - log1p(exp(2 * w));
		if (density > most) most = density, best = w;
	}
	assert_true(fabs(belief.mean[0] - best) < 2e-5);
	double p = 1 / (1 + exp(-2 * best));
	assert_true(fabs(belief.covariance[0] - 1 / (1 / (1.7 * 1.7) + 4 * p * (1 - p))) < 1e-4);
	assert_int_equal(belief.taught, 1);
}

/* The whole gradient of the posterior is 0 at the new mean: the mode was found in all dimensions, not only along a line. */
static void belief_learn__finds_the_mode_in_every_dimension(void **state)
{
	(void)state;
	struct belief belief;
	double x[EVIDENCE_BUILTIN] = {1, 1, 0, 1, 0, 1, 0.5, 0, 0, 0, 0, 0, 0, 3}, before[EVIDENCE_BUILTIN];
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_MAX, storage[0]);
	memcpy(before, belief.mean, sizeof before);
	belief_learn(&belief, x, true);
	double p = belief_sigmoid(belief_score(&belief, x).logit);
	for (int i = 0; i < EVIDENCE_BUILTIN; i++) {
		double sd = evidence_builtin[i].sd;
		assert_true(fabs((1 - p) * x[i] - (belief.mean[i] - before[i]) / (sd * sd)) < 1e-9);
	}
}

static void belief_learn__of_no_evidence_changes_nothing_but_the_count(void **state)
{
	(void)state;
	struct belief belief;
	double x[EVIDENCE_BUILTIN] = {0};
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_MAX, storage[0]);
	belief_learn(&belief, x, true);
	for (int i = 0; i < EVIDENCE_BUILTIN; i++) assert_true(belief.mean[i] == evidence_builtin[i].mean);
	assert_int_equal(belief.taught, 1);
}

static void belief_learn__bears_the_far_ends(void **state)
{
	(void)state;
	struct belief belief;
	double x[EVIDENCE_BUILTIN] = {1, 300, -300};
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_MAX, storage[0]);
	for (int i = 0; i < 200; i++) {
		belief_learn(&belief, x, i % 2);
		assert_true(belief_sound(&belief));
	}
}

static void belief_decode__refuses_spoilt_bytes(void **state)
{
	(void)state;
	struct belief belief, read;
	struct error err;
	unsigned char bytes[4096];
	size_t size = belief_bytes(EVIDENCE_BUILTIN);
	assert_true(size <= sizeof bytes);
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_MAX, storage[0]);
	belief_encode(&belief, bytes);
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, size, &err), ERR_NONE);
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, size - 1, &err), ERR_CORRUPT);
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, 3, &err), ERR_CORRUPT);
	assert_int_equal(belief_decode(&read, 3, storage[1], bytes, size, &err), ERR_LIMIT);
	bytes[4] = 200; /* says 200 weights */
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, size, &err), ERR_CORRUPT);
	bytes[4] = EVIDENCE_BUILTIN;
	memset(bytes + 16 + 8 * EVIDENCE_BUILTIN, 0xff, 8); /* the first variance is no number */
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, size, &err), ERR_CORRUPT);
	belief.covariance[1] = 5; /* a correlation beyond 1 */
	belief.covariance[EVIDENCE_MAX] = 5;
	belief_encode(&belief, bytes);
	assert_int_equal(belief_decode(&read, EVIDENCE_MAX, storage[1], bytes, size, &err), ERR_CORRUPT);
}

static void belief_encode__is_the_same_on_every_machine(void **state)
{
	(void)state;
	static const struct evidence_def one = {"bias", -1.5, 2.0, EVIDENCE_FLAG, EVIDENCE_DERIVED};
	static const unsigned char expected[] = {'S', 'B', 'L', '1', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0xf8, 0xbf, 0, 0, 0, 0, 0, 0, 0x10, 0x40};
	struct belief belief;
	unsigned char bytes[32];
	belief_init(&belief, &one, 1, 1, storage[0]);
	assert_int_equal(belief_bytes(1), sizeof bytes);
	belief_encode(&belief, bytes);
	assert_memory_equal(bytes, expected, sizeof bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(belief_init__is_the_prior),
		cmocka_unit_test(belief_learn__goes_to_the_mode_of_the_posterior),
		cmocka_unit_test(belief_learn__finds_the_mode_in_every_dimension),
		cmocka_unit_test(belief_learn__of_no_evidence_changes_nothing_but_the_count),
		cmocka_unit_test(belief_learn__bears_the_far_ends),
		cmocka_unit_test(belief_decode__refuses_spoilt_bytes),
		cmocka_unit_test(belief_encode__is_the_same_on_every_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
