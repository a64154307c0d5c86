/* Link: variables that forbidden pairs tie together, each such knot as one variable of its own.
 *
 * Two variables are linked where some option of one is forbidden with some option of the other; a knot is what is linked directly or through others. Within a
 * knot every allowed combination is listed (conditioning on the few linked variables); between knots nothing is forbidden, so their frontiers simply add.
 * A variable that nothing ties is a knot of its own. */
#ifndef STURGEON_CORE_BARGAIN_LINK_H
#define STURGEON_CORE_BARGAIN_LINK_H

#include "base/arena.h"
#include "core/bargain/package.h"

#define LINK_MOST 2000000 /* combinations tried in all knots of several variables */

struct combination {
	struct option value;
	const uint16_t *choice;         /* of the knot's variables, in their order */
};

struct knot {
	int n_variables;
	const int *variables;           /* ascending */
	struct combination *combinations; /* allowed and not dominated within the knot, ours descending, then by choice; equal values stand together */
	int n;
	uint64_t allowed;               /* how many are allowed, the dominated among them */
};

/* NULL where the knots have more than LINK_MOST combinations. A knot without any allowed combination has n = 0: then there is no package at all. */
struct knot *link_knots(const struct bargain *bargain, struct arena *arena, int *ret_n);

#endif
