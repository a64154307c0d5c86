/* What must hold of the belief for any evidence and any outcomes, tried on many that were drawn. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "core/advisor/belief.h"
#include "core/advisor/calibration.h"

enum { N = 24 };

static double storage[3][BELIEF_DOUBLES(N + 1)];

static void prior(struct belief *belief, int which)
{
	struct evidence_def defs[N];
	for (int i = 0; i < N; i++) defs[i] = (struct evidence_def){"w", (i % 5 - 2) * 0.5, i ? 0.7 : 0.35, EVIDENCE_FLAG, EVIDENCE_SIGNAL};
	belief_init(belief, defs, N, N + 1, storage[which]);
}

static void draw(struct rng *rng, double *x)
{
	x[0] = 1;
	for (int i = 1; i < N; i++) x[i] = i % 2 ? rng_normal(rng, 0, 2) : (double)rng_below(rng, 2);
}

static bool same(const struct belief *a, const struct belief *b)
{
	bool equal = a->n == b->n && a->taught == b->taught && !memcmp(a->mean, b->mean, sizeof *a->mean * (size_t)a->n);
	for (int i = 0; i < a->n; i++)
		for (int j = 0; j < a->n; j++)
			equal &= a->covariance[i * a->room + j] == b->covariance[i * b->room + j];
	return equal;
}

static void belief_learn__keeps_the_covariance_sound_and_shrinks_it_along_x(void **state)
{
	(void)state;
	struct belief belief;
	struct rng rng;
	double x[N], other[N];
	prior(&belief, 0);
	rng_init(&rng, 1);
	for (int t = 0; t < 20000; t++) {
		draw(&rng, x);
		draw(&rng, other);
		double along = belief_score(&belief, x).variance, elsewhere = belief_score(&belief, other).variance;
		belief_learn(&belief, x, rng_below(&rng, 10) < 3);
		assert_true(belief_score(&belief, x).variance < along);
		assert_true(belief_score(&belief, other).variance <= elsewhere * (1 + 1e-12));
		if (t % 500 == 0) assert_true(belief_sound(&belief));
	}
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) assert_true(belief.covariance[i * belief.room + j] == belief.covariance[j * belief.room + i]);
	assert_true(belief_sound(&belief));
}

static void belief_learn__yes_raises_the_score_and_no_lowers_it(void **state)
{
	(void)state;
	struct belief belief;
	struct rng rng;
	double x[N];
	prior(&belief, 0);
	rng_init(&rng, 2);
	for (int t = 0; t < 2000; t++) {
		draw(&rng, x);
		bool happened = rng_below(&rng, 2);
		double before = belief_score(&belief, x).logit;
		belief_learn(&belief, x, happened);
		double after = belief_score(&belief, x).logit;
		assert_true(happened ? after > before : after < before);
	}
}

static void belief_learn__does_not_mind_the_order_of_the_weights(void **state)
{
	(void)state;
	struct evidence_def defs[N], shuffled[N];
	int at[N];
	struct belief a, b;
	struct rng rng;
	double x[N], y[N];
	rng_init(&rng, 3);
	for (int i = 0; i < N; i++) at[i] = i;
	for (int i = N - 1; i > 0; i--) {
		int j = (int)rng_below(&rng, (uint64_t)i + 1), keep = at[i];
		at[i] = at[j];
		at[j] = keep;
	}
	for (int i = 0; i < N; i++) defs[i] = (struct evidence_def){"w", rng_normal(&rng, 0, 1), 0.3 + rng_unit(&rng), EVIDENCE_FLAG, EVIDENCE_SIGNAL};
	for (int i = 0; i < N; i++) shuffled[at[i]] = defs[i];
	belief_init(&a, defs, N, N + 1, storage[0]);
	belief_init(&b, shuffled, N, N + 1, storage[1]);
	for (int t = 0; t < 1000; t++) {
		draw(&rng, x);
		for (int i = 0; i < N; i++) y[at[i]] = x[i];
		bool happened = rng_below(&rng, 2);
		belief_learn(&a, x, happened);
		belief_learn(&b, y, happened);
	}
	for (int i = 0; i < N; i++) {
		assert_true(fabs(a.mean[i] - b.mean[at[i]]) < 1e-9);
		for (int j = 0; j < N; j++) assert_true(fabs(a.covariance[i * a.room + j] - b.covariance[at[i] * b.room + at[j]]) < 1e-9);
	}
}

/* Stop anywhere, write to bytes, read, go on: the same to the bit as never having stopped, and as learning it all again. */
static void belief_learn__replay_equals_incremental_to_the_bit(void **state)
{
	(void)state;
	struct belief kept, again, read;
	struct rng rng;
	double x[300][N];
	bool happened[300];
	static unsigned char bytes[8192];
	prior(&kept, 0);
	prior(&again, 1);
	rng_init(&rng, 4);
	for (int t = 0; t < 300; t++) {
		draw(&rng, x[t]);
		happened[t] = rng_below(&rng, 3) == 0;
		belief_learn(&kept, x[t], happened[t]);
		if (t % 7 == 0) {
			assert_true(belief_bytes(N) <= sizeof bytes);
			belief_encode(&kept, bytes);
			assert_int_equal(belief_decode(&read, N + 1, storage[2], bytes, belief_bytes(N), NULL), ERR_NONE);
			assert_true(same(&kept, &read));
			assert_int_equal(belief_decode(&kept, N + 1, storage[0], bytes, belief_bytes(N), NULL), ERR_NONE);
		}
	}
	for (int t = 0; t < 300; t++) belief_learn(&again, x[t], happened[t]);
	assert_true(same(&kept, &again));
}

static void belief_grow__leaves_the_old_scores_as_they_were(void **state)
{
	(void)state;
	struct belief belief;
	struct rng rng;
	double x[N + 1] = {0};
	prior(&belief, 0);
	rng_init(&rng, 5);
	for (int t = 0; t < 100; t++) {
		draw(&rng, x);
		belief_learn(&belief, x, rng_below(&rng, 2));
	}
	draw(&rng, x);
	struct belief_score before = belief_score(&belief, x);
	belief_grow(&belief, 0.4, 0.7);
	struct belief_score after = belief_score(&belief, x);
	assert_true(before.logit == after.logit && before.variance == after.variance);
	x[N] = 1;
	after = belief_score(&belief, x);
	assert_true(fabs(after.logit - before.logit - 0.4) < 1e-12);
	assert_true(fabs(after.variance - before.variance - 0.49) < 1e-12);
	assert_true(belief_sound(&belief));
}

/* Weights that were never seen in the evidence keep their prior: nothing is learnt from what was not there. */
static void belief_learn__leaves_what_was_never_seen(void **state)
{
	(void)state;
	struct belief belief;
	struct rng rng;
	double x[N];
	prior(&belief, 0);
	rng_init(&rng, 6);
	for (int t = 0; t < 500; t++) {
		draw(&rng, x);
		x[7] = 0;
		belief_learn(&belief, x, rng_below(&rng, 2));
	}
	assert_true(belief.mean[7] == (7 % 5 - 2) * 0.5);
	assert_true(belief.covariance[7 * belief.room + 7] == 0.7 * 0.7);
}

/* A world that is truly logistic, with evidence as deals have it (flags and small numbers): the weights come out within what the belief says it is unsure
 * of. Over 40 worlds × N weights the squared error averages 1.06 posterior variances (1 would be perfectly honest; what is left is the skew
 * that a normal belief cannot hold), and hardly any weight is far out. */
static void belief_learn__recovers_true_weights_within_its_own_doubt(void **state)
{
	(void)state;
	struct rng rng;
	double x[N], weight[N], sum = 0;
	int far = 0, worlds = 40;
	rng_init(&rng, 7);
	for (int world = 0; world < worlds; world++) {
		struct belief belief;
		prior(&belief, 0);
		for (int i = 0; i < N; i++) weight[i] = rng_normal(&rng, belief.mean[i], sqrt(belief.covariance[i * belief.room + i]));
		for (int t = 0; t < 2000; t++) {
			double logit = 0;
			draw(&rng, x);
			for (int i = 1; i < N; i += 2) x[i] /= 4;
			for (int i = 0; i < N; i++) logit += weight[i] * x[i];
			belief_learn(&belief, x, rng_unit(&rng) < belief_sigmoid(logit));
		}
		for (int i = 0; i < N; i++) {
			double off = belief.mean[i] - weight[i], variance = belief.covariance[i * belief.room + i];
			assert_true(variance < 0.7 * 0.7);
			sum += off * off / variance;
			far += off * off > 9 * variance;
		}
	}
	double mean = sum / (worlds * N);
	if (mean < 0.85 || mean > 1.2) fail_msg("squared error is %.2f posterior variances", mean);
	if (far > worlds * N / 50) fail_msg("%d of %d weights are beyond three standard deviations", far, worlds * N);
}

static void calibration_of__auc_is_the_count_of_pairs_in_order(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 8);
	for (int round = 0; round < 200; round++) {
		struct calibration_pair pairs[60];
		size_t n = 2 + rng_below(&rng, 58);
		uint64_t grain = 1 + rng_below(&rng, 40); /* coarse: many ties */
		double won = 0, all = 0;
		for (size_t i = 0; i < n; i++) pairs[i] = (struct calibration_pair){(double)rng_below(&rng, grain + 1) / (double)grain, rng_below(&rng, 3) == 0};
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				if (pairs[i].happened && !pairs[j].happened) {
					all++;
					won += pairs[i].p > pairs[j].p ? 1 : pairs[i].p == pairs[j].p ? 0.5 : 0;
				}
		struct calibration c = calibration_of(pairs, n);
		assert_int_equal(c.auc_known, all > 0);
		if (all > 0) assert_true(fabs(c.auc - won / all) < 1e-12);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(belief_learn__keeps_the_covariance_sound_and_shrinks_it_along_x),
		cmocka_unit_test(belief_learn__yes_raises_the_score_and_no_lowers_it),
		cmocka_unit_test(belief_learn__does_not_mind_the_order_of_the_weights),
		cmocka_unit_test(belief_learn__replay_equals_incremental_to_the_bit),
		cmocka_unit_test(belief_grow__leaves_the_old_scores_as_they_were),
		cmocka_unit_test(belief_learn__leaves_what_was_never_seen),
		cmocka_unit_test(belief_learn__recovers_true_weights_within_its_own_doubt),
		cmocka_unit_test(calibration_of__auc_is_the_count_of_pairs_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
