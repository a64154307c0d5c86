#include "core/rating/shares.h"

#include <math.h>
#include <stdlib.h>

struct rest {
	double rest;
	size_t part;
};

static int by_rest(const void *a, const void *b)
{
	const struct rest *x = a, *y = b;
	if (x->rest != y->rest) return x->rest > y->rest ? -1 : 1;
	return x->part < y->part ? -1 : 1;
}

void shares_give(const double *parts, size_t n, int64_t whole, int64_t *ret_units)
{
	int64_t given = 0;
	struct rest *rests = reallocarray(NULL, n + 1, sizeof *rests);
	if (!rests) abort();
	for (size_t i = 0; i < n; i++) {
		double down = floor(parts[i]);
		ret_units[i] = (int64_t)down;
		given += ret_units[i];
		rests[i] = (struct rest){parts[i] - down, i};
	}
	qsort(rests, n, sizeof *rests, by_rest);
	for (size_t i = 0; i < n && given < whole; i++, given++) ret_units[rests[i].part]++;
	for (size_t i = n; i > 0 && given > whole; i--) { /* the doubles' sum is a hair below a half */
		if (!ret_units[rests[i - 1].part]) continue;
		ret_units[rests[i - 1].part]--;
		given--;
	}
	free(rests);
}

int64_t shares_round(const double *parts, size_t n, int64_t *ret_units)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) sum += parts[i];
	int64_t whole = (int64_t)llround(sum);
	shares_give(parts, n, whole, ret_units);
	return whole;
}
