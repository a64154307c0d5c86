/* Rng: a seeded stream of pseudo-random numbers for simulations and tests; never for secrets (libsodium makes those).
 *
 * xoshiro256** seeded by splitmix64 (Blackman & Vigna 2018): the same seed gives the same stream on every machine. */
#ifndef STURGEON_BASE_RNG_H
#define STURGEON_BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t s[4];
};

void rng_init(struct rng *rng, uint64_t seed);
uint64_t rng_next(struct rng *rng);
uint64_t rng_below(struct rng *rng, uint64_t n);   /* uniform in 0 … n−1, without bias; n > 0 */
int64_t rng_between(struct rng *rng, int64_t low, int64_t high); /* uniform, both ends in */
double rng_unit(struct rng *rng);                  /* uniform in [0, 1) */
double rng_normal(struct rng *rng, double mean, double sd);

#endif
