/* Batch: L2 logistic regression over all training rows at once, to measure the advisor's one-pass belief against. Only for bench/ and its test.
 *
 * Newton's method (IRLS) on the penalised log-likelihood, with halving steps; the penalty is that of a normal prior of the standard deviations
 * given, so that both methods look for the same mode. Shares no code with core/advisor. */
#ifndef STURGEON_BENCH_ADVISOR_BATCH_H
#define STURGEON_BENCH_ADVISOR_BATCH_H

#include "app/advisor_table.h"
#include "core/advisor/calibration.h"

struct batch {
	double *weight; /* table->features; the caller frees */
	int steps;
	double gradient; /* the largest |component| at the end: 0 at the mode */
};

struct batch batch_train(const struct advisor_table *table, double sd, double bias_sd);
struct calibration_pair *batch_predict(const struct batch *batch, const struct advisor_table *table, size_t *ret_n); /* rows not trained on; the caller frees */

#endif
