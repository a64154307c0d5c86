/* Calibration: does it happen as often as was predicted (C8)?
 *
 * From n predictions p and what became of them: the mean log-loss (natural logarithm), the Brier score (mean squared error), the AUC (the chance that one
 * that happened had been given a higher p than one that did not; ties count a half, by midranks: Mann & Whitney 1947) and the reliability table in ten
 * bins. Predictions must have been made before the outcome was known: that is the caller's to see to. */
#ifndef STURGEON_CORE_ADVISOR_CALIBRATION_H
#define STURGEON_CORE_ADVISOR_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/share.h"

#define CALIBRATION_BINS 10

struct calibration_pair {
	double p; /* 0 … 1 */
	bool happened;
};

struct calibration_bin {
	double from, to;   /* from <= p < to; the last has 1, too */
	double predicted;  /* mean p; 0 where the bin is empty */
	struct share happened;
};

struct calibration {
	size_t n, happened;
	double log_loss, brier; /* 0 where n is 0 */
	double auc;             /* 0.5 where auc_known is false: only one kind of outcome was seen */
	bool auc_known;
	struct calibration_bin bins[CALIBRATION_BINS];
};

/* Sorts the pairs by p. A p of exactly 0 or 1 counts as 1e-15 from it in the log-loss. O(n log n). */
struct calibration calibration_of(struct calibration_pair *pairs, size_t n);

#endif
