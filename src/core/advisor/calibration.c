#include "core/advisor/calibration.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

static int by_p(const void *a, const void *b)
{
	double p = ((const struct calibration_pair *)a)->p, q = ((const struct calibration_pair *)b)->p;
	return (p > q) - (p < q);
}

/* The share of (happened, did not) pairs that are in the right order, from the sum of ranks of those that happened. */
static double auc_of(const struct calibration_pair *pairs, size_t n, size_t happened)
{
	double ranks = 0;
	for (size_t i = 0; i < n;) {
		size_t end = i, yes = 0;
		for (; end < n && pairs[end].p == pairs[i].p; end++) yes += pairs[end].happened;
		ranks += (double)yes * ((double)(i + 1) + (double)end) / 2; /* ranks i+1 … end, shared by the tied */
		i = end;
	}
	double yes = (double)happened, no = (double)(n - happened);
	return (ranks - yes * (yes + 1) / 2) / (yes * no);
}

struct calibration calibration_of(struct calibration_pair *pairs, size_t n)
{
	struct calibration result = {.n = n, .auc = 0.5};
	int64_t count[CALIBRATION_BINS] = {0}, yes[CALIBRATION_BINS] = {0};
	for (size_t i = 0; i < n; i++) {
		double p = pairs[i].p, y = pairs[i].happened ? 1.0 : 0.0;
		MUST(p >= 0 && p <= 1);
		double kept = fmin(fmax(p, 1e-15), 1 - 1e-15);
		int bin = p >= 1 ? CALIBRATION_BINS - 1 : (int)(p * CALIBRATION_BINS);
		result.happened += pairs[i].happened;
		result.log_loss -= pairs[i].happened ? log(kept) : log1p(-kept);
		result.brier += (p - y) * (p - y);
		result.bins[bin].predicted += p;
		count[bin]++;
		yes[bin] += pairs[i].happened;
	}
	for (int i = 0; i < CALIBRATION_BINS; i++) {
		result.bins[i].from = (double)i / CALIBRATION_BINS;
		result.bins[i].to = (double)(i + 1) / CALIBRATION_BINS;
		result.bins[i].happened = share_of(yes[i], count[i]);
		if (count[i]) result.bins[i].predicted /= (double)count[i];
	}
	if (!n) return result;
	result.log_loss /= (double)n;
	result.brier /= (double)n;
	result.auc_known = result.happened > 0 && result.happened < n;
	if (result.auc_known) {
		qsort(pairs, n, sizeof *pairs, by_p);
		result.auc = auc_of(pairs, n, result.happened);
	}
	return result;
}
