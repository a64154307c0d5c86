/* Heat: how hot a post is, by forward decay (Cormode, Shkapenyuk, Srivastava, Xu, "Forward decay", ICDE 2009).
 *
 * A vote of weight v at time t adds v · 2^(t/h) for ever; what a vote is worth halves every half-life h, for every post alike. So the order of
 * two posts changes only when one of them gets a vote, and
 *
 *     k = log2 Σ v_i · 2^(t_i/h)        heat(t) = 2^(k − t/h), "as many fresh votes"
 *
 * 2^(t/h) overflows a double after some 1,000 half-lives, so the sum is kept as sum · 2^base with a whole base: half-lives are split into their
 * whole part (which only moves the base, exactly) and the rest in [0, 1). Departure from formulas.md, which adds in log2: here a vote costs one
 * exp2 and no log2, and the same votes in the same order give the same bits whatever base the sums around them have.
 *
 * Invariant: sum = 0 (and base = 0), or 1 ≤ sum < 2: so heats compare by base, then sum. Votes are added in the order of time, ties in the order of arrival. */
#ifndef STURGEON_CORE_TOP_HEAT_H
#define STURGEON_CORE_TOP_HEAT_H

#include <stdint.h>

struct heat {
	double sum;
	int32_t base;
};

void heat_add(struct heat *heat, int64_t at, int64_t half_life_us, double weight); /* weight > 0; anything else adds nothing */
int heat_compare(const struct heat *a, const struct heat *b);                      /* < 0, 0, > 0: a is cooler, equal, hotter */
double heat_log2(const struct heat *heat);                                         /* k; −infinity for none */
double heat_at(const struct heat *heat, int64_t at, int64_t half_life_us);         /* in fresh votes */
/* The moment h · (k − log2 floor) until which heat ≥ floor (> 0), to the nearest microsecond; INT64_MIN for no heat. */
int64_t heat_until(const struct heat *heat, double floor, int64_t half_life_us);

#endif
