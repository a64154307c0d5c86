/* Heat: how hot a post is, by forward decay (Cormode, Shkapenyuk, Srivastava, Xu, "Forward decay", ICDE 2009).
 *
 * A vote of weight v at time t adds v · 2^(t/h) for ever; what a vote is worth halves every half-life h, for every post alike. So the order of
 * two posts changes only when one of them gets a vote, and
 *
 *     k = log2 Σ v_i · 2^(t_i/h)        heat(t) = 2^(k − t/h), "as many fresh votes"
 *
 * 2^(t/h) overflows a double after some 1,000 half-lives, so the sum is kept as sum · 2^base with a whole base: half-lives are split into their
 * whole part (which only moves the base, exactly) and the rest in [0, 1). Departure from formulas.md, which adds in log2: here a vote costs one
 * exp2 and no log2, and 16 of a double's 53 digits do not go to the whole part of k (some 40,000).
 *
 * What a vote adds is first rounded to 45 binary digits. So sums of a few votes (up to 256 times the least of them) are exact, and equal heats are equal
 * whatever the order and the weights that they came in by: three votes, or one and another half-life later; 1/3 + 1/6 or 1/6 + 1/3. In all, the error of n
 * votes stays below 2^-46 + n · 2^-53, relative; of a floor's moment, below a microsecond for half-lives up to a year.
 *
 * Invariant: sum = 0 and base = 0, or 1 ≤ sum < 2: so heats compare by base, then sum. Votes are added in the order of time, ties in the order
 * of arrival. Any half-life from a microsecond up, any moment. */
#ifndef STURGEON_CORE_TOP_HEAT_H
#define STURGEON_CORE_TOP_HEAT_H

#include <stdint.h>

#define HEAT_DIGITS 45

struct heat {
	double sum;
	int64_t base;
};

/* What a moment is in half-lives: what a vote of weight 1 given then adds is part · 2^whole, 1 ≤ part ≤ 2. For who adds many votes of one moment. */
struct heat_moment {
	double part;
	int64_t whole;
};

struct heat_moment heat_moment(int64_t at, int64_t half_life_us);
void heat_add_then(struct heat *heat, const struct heat_moment *moment, double weight); /* weight > 0 and finite; anything else adds nothing */
void heat_add(struct heat *heat, int64_t at, int64_t half_life_us, double weight);
double heat_log2(const struct heat *heat);                                         /* k; −infinity for none */
double heat_at(const struct heat *heat, int64_t at, int64_t half_life_us);         /* in fresh votes */
/* The moment h · (k − log2 floor) until which heat ≥ floor (> 0), to the nearest microsecond; INT64_MIN for no heat, INT64_MAX where it is past all counting. */
int64_t heat_until(const struct heat *heat, double floor, int64_t half_life_us);

/* < 0, 0, > 0: a is cooler, equal, hotter. */
static inline int heat_compare(const struct heat *a, const struct heat *b)
{
	if (a->base != b->base && a->sum && b->sum) return a->base < b->base ? -1 : 1;
	return (a->sum > b->sum) - (a->sum < b->sum);
}

#endif
