/* Solution: which frontier package is fair, by four measures that have names (N7).
 *
 * Of the packages that both accept (ours ≥ limit, theirs ≥ their limit), with gains g = ours − limit and h = theirs − their limit:
 * - Nash (1950): the greatest g · h;
 * - Kalai and Smorodinsky (1975): the greatest of min(g / G, h / H), G and H the greatest gains that a package both accept gives either side;
 * - egalitarian (Kalai 1977): the greatest min(g, h);
 * - greatest sum: ours + theirs.
 * Equal ones: the greater sum, then the greater ours. Products and fractions are compared exactly (128 bits); a side that can gain nothing (G or H = 0)
 * is not weighed by Kalai and Smorodinsky. */
#ifndef STURGEON_CORE_BARGAIN_SOLUTION_H
#define STURGEON_CORE_BARGAIN_SOLUTION_H

#include "core/bargain/frontier.h"

enum solution { SOLUTION_NASH, SOLUTION_KALAI, SOLUTION_EGALITARIAN, SOLUTION_SUM, SOLUTIONS };

enum solution_none {
	SOLUTION_FOUND,
	SOLUTION_ALL_FORBIDDEN,         /* there is no package at all */
	SOLUTION_BELOW_OURS,            /* none reaches our limit */
	SOLUTION_BELOW_THEIRS,          /* none reaches theirs */
	SOLUTION_APART,                 /* each limit can be reached, both together cannot */
};

/* Points [*ret_from, *ret_to) are those that both accept; why there is none. */
enum solution_none solution_range(const struct frontier *frontier, int64_t limit, int64_t their_limit, int *ret_from, int *ret_to);
/* The point of a solution; −1 where no package is accepted by both. O(points). */
int solution_find(const struct frontier *frontier, enum solution solution, int64_t limit, int64_t their_limit);

#endif
