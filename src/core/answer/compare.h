/* Compare: what an answer from counts may claim (L2): the difference of two shares, and the middle of amounts, each with the interval that the counts support.
 *
 * Difference of two independent shares p1 − p2: the hybrid score interval, method 10 of Newcombe, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17 (1998): with Wilson's limits l, u of each,
 *   low  = d − √((p1 − l1)² + (u2 − p2)²)        high = d + √((u1 − p1)² + (p2 − l2)²)
 * Many comparisons at once find something by chance: of `m` of them each interval is drawn for 1 − 0.05/m (Bonferroni), so that all hold together with 95 %.
 *
 * Middle: the median, and two of the ordered values between which it lies with at least 95 %, whatever the distribution (ranks from the binomial; Conover, "Practical
 * Nonparametric Statistics", 1999, 3.2). */
#ifndef STURGEON_CORE_ANSWER_COMPARE_H
#define STURGEON_CORE_ANSWER_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/share.h"

struct compared {
	int64_t yes, n, other_yes, other_n;
	double difference, low, high;   /* −1 … 1; with an n of 0: 0, −1, 1 */
};

struct compared compare_shares(int64_t yes, int64_t n, int64_t other_yes, int64_t other_n, int m);

/* Might it be chance? The interval includes 0. */
bool compare_chance(const struct compared *compared);
/* How far the interval keeps from 0; below 0 where it includes it: the order in which findings are told. */
double compare_distance(const struct compared *compared);

/* Φ⁻¹(p), 0 < p < 1. */
double compare_quantile(double p);

struct middle {
	int64_t n;
	double middle, low, high;
};
enum { MIDDLE_LEAST = 6 };              /* of fewer values no two enclose the median with 95 %: low and high are then the least and the greatest */
/* Sorts the values. n = 0: all 0. O(n log n). */
struct middle compare_middle(double *values, int64_t n);

#endif
