/* Shares: parts as they are shown, rounded so that they sum to the rounded whole (T7: what is opened sums exactly to the figure).
 *
 * Hamilton's method of largest remainders: every part is rounded down to a whole number of units, and the units that are missing go to the parts that lost most, the
 * earlier of equals first. No part is off by a unit or more.
 *
 * A tree (posts of a figure, stays of a post, positions of a stay) is rounded from its root: each level gives its parts what shares_give makes of it. Then whatever is
 * opened sums to what was shown of it. */
#ifndef STURGEON_CORE_RATING_SHARES_H
#define STURGEON_CORE_RATING_SHARES_H

#include <stddef.h>
#include <stdint.h>

/* parts ≥ 0, in units; their sum is the whole, to within rounding of doubles. Returns the whole in units, to the nearest. O(n log n). */
int64_t shares_round(const double *parts, size_t n, int64_t *ret_units);
/* The same where the whole is given, since it is itself a part of something that was rounded: within a unit of the parts' sum. */
void shares_give(const double *parts, size_t n, int64_t whole, int64_t *ret_units);

#endif
