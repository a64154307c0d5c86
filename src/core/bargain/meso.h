/* Meso: several offers at once that are equal for us and differ for them: which one they like tells what they value (multiple equivalent simultaneous offers:
 * Medvec and Galinsky 2005; Leonardelli, Gu, McRuer, Medvec and Galinsky 2019).
 *
 * - Equal for us: the values of all of them to us lie within a band whose width is 1 % of our room, from our limit up to the best that any package gives us. (Of our room, not of the
 *   value: a value has no zero of its own; adding a constant to an option and to the limit changes nothing here.) The band begins at what is aimed at, never
 *   below the limit; where no package of the band would be on the frontier it begins so high that the next frontier package closes it.
 * - Best for them: only packages whose parts are not bettered for both sides by another option of the same variable (of the same knot: link.h), of those the
 *   MESO_CANDIDATES worth most to them, and of those the ones within a tenth of the frontier's span of the best (where that leaves too few, the next best).
 * - As different as possible: the first is the best for them; each next one is that whose least difference from those chosen (in how many variables) is the greatest; equal ones: better
 *   for them, then for us, then the smaller choices. Such greedy choice is at least half as far apart as the best choice would be (Gonzalez 1985).
 *
 * Same input, same offers. */
#ifndef STURGEON_CORE_BARGAIN_MESO_H
#define STURGEON_CORE_BARGAIN_MESO_H

#include "core/bargain/frontier.h"

enum { MESO_MOST = 10, MESO_CANDIDATES = 400 };

struct meso {
	int64_t low, high;              /* the band, both ends in it */
	int n;                          /* offers; 0: nothing reaches the aim and the limit */
	struct package offers[MESO_MOST];
	struct option values[MESO_MOST];
	bool searched;                  /* false: the table is so large that the search stopped early; then they are of the best, perhaps not the very best */
};

/* n offers (at most MESO_MOST) worth about `aim` to us. Cost: O(MESO_CANDIDATES · variables · options · log) as a rule, never more than a hundred thousand packages half made. */
void meso_offers(const struct frontier *frontier, int64_t limit, int64_t aim, int n, struct arena *arena, struct meso *ret_meso);

/* In how many variables they differ. */
int meso_difference(const struct bargain *bargain, const struct package *a, const struct package *b);

#endif
