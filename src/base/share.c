#include "base/share.h"

#include <math.h>

#include "base/err.h"

#define Z95 1.959963984540054

struct share share_of(int64_t yes, int64_t n)
{
	MUST(yes >= 0 && yes <= n);
	struct share share = {.yes = yes, .n = n, .high = 1.0};
	if (!n) return share;
	double p = (double)yes / (double)n, zz_n = Z95 * Z95 / (double)n;
	double middle = (p + zz_n / 2) / (1 + zz_n);
	double half = Z95 * sqrt(p * (1 - p) / (double)n + zz_n / (4 * (double)n)) / (1 + zz_n);
	share.share = p;
	share.low = yes == 0 ? 0.0 : fmax(0.0, middle - half); /* exact at the ends, where rounding would leave a hair */
	share.high = yes == n ? 1.0 : fmin(1.0, middle + half);
	return share;
}
