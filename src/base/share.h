/* Share: how often something happened, with the interval that the count supports.
 *
 * The interval is Wilson's score interval at 95 % (Wilson 1927): unlike mean ± 2 sd it stays inside 0 … 1 and does not
 * collapse to nothing at 0 of n or n of n. Invariant: 0 <= low <= share <= high <= 1. Cost: a few floating operations. */
#ifndef STURGEON_BASE_SHARE_H
#define STURGEON_BASE_SHARE_H

#include <stdint.h>

struct share {
	int64_t yes, n;
	double share, low, high; /* n = 0: share 0, low 0, high 1 (nothing is known) */
};

struct share share_of(int64_t yes, int64_t n); /* 0 <= yes <= n */

#endif
