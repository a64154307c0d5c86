#include "core/answer/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

double compare_quantile(double p)
{
	double low = -40, high = 40;
	MUST(p > 0 && p < 1);
	for (int i = 0; i < 100; i++) {
		double middle = (low + high) / 2;
		if (erfc(-middle / sqrt(2)) / 2 < p) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

struct limits {
	double share, low, high;
};

static struct limits wilson(int64_t yes, int64_t n, double z)
{
	double p = (double)yes / (double)n, zz_n = z * z / (double)n, middle = (p + zz_n / 2) / (1 + zz_n);
	double half = z * sqrt(p * (1 - p) / (double)n + zz_n / (4 * (double)n)) / (1 + zz_n);
	return (struct limits){p, yes == 0 ? 0 : fmax(0, middle - half), yes == n ? 1 : fmin(1, middle + half)};
}

struct compared compare_shares(int64_t yes, int64_t n, int64_t other_yes, int64_t other_n, int m)
{
	struct compared c = {yes, n, other_yes, other_n, 0, -1, 1};
	MUST(0 <= yes && yes <= n && 0 <= other_yes && other_yes <= other_n && m >= 1);
	if (!n || !other_n) return c;
	double z = compare_quantile(1 - 0.025 / m);
	struct limits a = wilson(yes, n, z), b = wilson(other_yes, other_n, z);
	c.difference = a.share - b.share;
	c.low = c.difference - hypot(a.share - a.low, b.high - b.share);
	c.high = c.difference + hypot(a.high - a.share, b.share - b.low);
	return c;
}

bool compare_chance(const struct compared *c)
{
	return c->low <= 0 && c->high >= 0;
}

double compare_distance(const struct compared *c)
{
	return fmax(c->low, -c->high);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* The greatest r for which P(fewer than r of n fall below the median) ≤ 2.5 %; 0: none. The sum is of binomial(n, ½), in logarithms so that no term vanishes too early. */
static int64_t rank_of(int64_t n)
{
	double sum = 0, log_term = (double)n * log(0.5);
	int64_t r = 0;
	for (int64_t k = 0; k < n; k++) {
		sum += exp(log_term);
		if (sum > 0.025) break;
		r = k + 1;
		log_term += log((double)(n - k)) - log((double)(k + 1));
	}
	return r;
}

struct middle compare_middle(double *values, int64_t n)
{
	struct middle m = {.n = n};
	if (n == 0) return m;
	qsort(values, (size_t)n, sizeof *values, ascending);
	int64_t r = rank_of(n);
	if (r == 0) r = 1;
	m.middle = (values[(n - 1) / 2] + values[n / 2]) / 2;
	m.low = values[r - 1];
	m.high = values[n - r];
	return m;
}
