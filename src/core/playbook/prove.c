#include "core/playbook/prove.h"

#include <math.h>

#include "base/err.h"
#include "base/rng.h"

/* Gamma(shape, 1) for shape ≥ 1, by rejection: about one try in twenty fails. */
static double gamma_draw(struct rng *rng, double shape)
{
	const double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
	for (;;) {
		double x = rng_normal(rng, 0, 1), v = 1.0 + c * x, u = rng_unit(rng);
		if (v <= 0) continue;
		v = v * v * v;
		if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
	}
}

double prove_draw(uint64_t seed, int64_t card, int64_t worked, int64_t used)
{
	struct rng rng;
	MUST(worked >= 0 && worked <= used);
	rng_init(&rng, seed ^ ((uint64_t)card * UINT64_C(0x9E3779B97F4A7C15)));
	double yes = gamma_draw(&rng, 1.0 + (double)worked), no = gamma_draw(&rng, 1.0 + (double)(used - worked));
	return yes / (yes + no);
}

double prove_mean(int64_t worked, int64_t used)
{
	MUST(worked >= 0 && worked <= used);
	return (1.0 + (double)worked) / (2.0 + (double)used);
}
