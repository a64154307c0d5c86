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

/* Two weights, one outcome: the mean and covariance of the true posterior, had by adding it up over the whole plane. */
static void plane(const struct evidence_def *defs, const double *x, bool happened, double ret[5])
{
	double sum = 0, moment[5] = {0}; /* w0, w1, w0², w0·w1, w1² */
	for (int i = -400; i <= 400; i++)
		for (int j = -400; j <= 400; j++) {
			double z0 = i * 0.025, z1 = j * 0.025, w0 = defs[0].mean + defs[0].sd * z0, w1 = defs[1].mean + defs[1].sd * z1;
			double a = w0 * x[0] + w1 * x[1], density = exp(-(z0 * z0 + z1 * z1) / 2) * belief_sigmoid(happened ? a : -a);
			sum += density;
			moment[0] += density * w0;
			moment[1] += density * w1;
			moment[2] += density * w0 * w0;
			moment[3] += density * w0 * w1;
			moment[4] += density * w1 * w1;
		}
	for (int i = 0; i < 5; i++) ret[i] = moment[i] / sum;
	ret[2] -= ret[0] * ret[0];
	ret[3] -= ret[0] * ret[1];
	ret[4] -= ret[1] * ret[1];
}

static void belief_learn__has_the_mean_and_covariance_of_the_posterior(void **state)
{
	(void)state;
	static const struct { double sd0, sd1, x1; bool happened; } tried[] = {
		{0.35, 0.7, 1, true}, {0.35, 0.7, 1, false}, {1, 1, -2.5, true}, {3, 0.7, 4, false}, {0.01, 0.02, 1, true}, {4, 2, 3, false},
	};
	for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
		struct evidence_def defs[2] = {{"bias", -1.386, tried[i].sd0, EVIDENCE_FLAG, EVIDENCE_DERIVED}, {"b2b", 0.9, tried[i].sd1, EVIDENCE_FLAG, EVIDENCE_DERIVED}};
		struct belief belief;
		double x[2] = {1, tried[i].x1}, exact[5];
		belief_init(&belief, defs, 2, 2, storage[0]);
		belief_learn(&belief, x, tried[i].happened);
		plane(defs, x, tried[i].happened, exact);
		double got[5] = {belief.mean[0], belief.mean[1], belief.covariance[0], belief.covariance[1], belief.covariance[3]};
		for (int k = 0; k < 5; k++)
			if (fabs(got[k] - exact[k]) > 1e-9 * (1 + fabs(exact[k]))) fail_msg("case %zu, moment %d: %.12g, not %.12g", i, k, got[k], exact[k]);
		assert_int_equal(belief.taught, 1);
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
		cmocka_unit_test(belief_learn__has_the_mean_and_covariance_of_the_posterior),
		cmocka_unit_test(belief_learn__of_no_evidence_changes_nothing_but_the_count),
		cmocka_unit_test(belief_learn__bears_the_far_ends),
		cmocka_unit_test(belief_decode__refuses_spoilt_bytes),
		cmocka_unit_test(belief_encode__is_the_same_on_every_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
