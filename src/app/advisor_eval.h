/* Advisor eval: the belief that learns from a team's deals, tried on any table with a known outcome (C8).
 *
 * It learns the training rows once, in the order of the file, from a prior that knows nothing: every weight 0 ± ADVISOR_EVAL_SD, the bias 0 ±
 * ADVISOR_EVAL_BIAS_SD; then predicts the other rows, which it does not learn from. Predictions are 100·σ(w·x) per cent, as everywhere. */
#ifndef STURGEON_APP_ADVISOR_EVAL_H
#define STURGEON_APP_ADVISOR_EVAL_H

#include <stddef.h>

#include "app/advisor_table.h"
#include "base/err.h"
#include "core/advisor/calibration.h"

#define ADVISOR_EVAL_SD 1.0
#define ADVISOR_EVAL_BIAS_SD 3.0

struct advisor_eval {
	size_t rows_trained, rows_tested, rows_passed_over;
	int features; /* without the bias */
	struct calibration calibration;
	double seconds; /* to read, learn and predict */
};

MUST_CHECK enum err advisor_eval(const struct advisor_table_spec *spec, struct advisor_eval *ret_eval, struct error *err); /* errors as advisor_table_read */

/* What the belief predicts for the rows that are not trained on, in their order; the caller frees. For the benchmark, which compares with another method. */
struct calibration_pair *advisor_eval_predict(const struct advisor_table *table, size_t *ret_n);

#endif
