#include "base/rng.h"

#include <math.h>

#include "base/err.h"

static uint64_t rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

void rng_init(struct rng *rng, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		uint64_t z = (seed += 0x9e3779b97f4a7c15u);
		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
		rng->s[i] = z ^ (z >> 31);
	}
}

uint64_t rng_next(struct rng *rng)
{
	uint64_t *s = rng->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

uint64_t rng_below(struct rng *rng, uint64_t n)
{
	MUST(n > 0);
	uint64_t least = -n % n, x; /* the first 2^64 mod n values would come once too often */
	do x = rng_next(rng);
	while (x < least);
	return x % n;
}

int64_t rng_between(struct rng *rng, int64_t low, int64_t high)
{
	MUST(low <= high);
	return low + (int64_t)rng_below(rng, (uint64_t)(high - low) + 1);
}

double rng_unit(struct rng *rng)
{
	return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

double rng_normal(struct rng *rng, double mean, double sd)
{
	double u = 1.0 - rng_unit(rng), v = rng_unit(rng);
	return mean + sd * sqrt(-2.0 * log(u)) * cos(2.0 * 3.14159265358979323846 * v);
}
