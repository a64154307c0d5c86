/* Frontier: the packages that neither side can improve without the other losing (N7, win–win: proved, not felt).
 *
 * Problem: the Pareto frontier of a sum of sets of points in the plane, among up to 10^20 packages and more. A frontier of a sum is the frontier of the
 * sum of the frontiers: so one knot (link.h) is added at a time and what is dominated is dropped at once; packages are never listed. A level holds its points by ours
 * descending, so theirs ascending; adding a knot of k points merges k shifted copies of the level: O(k · points).
 *
 * Invariant of a level: ours strictly falls, theirs strictly rises. Every package on the frontier has each of its beginnings on the frontier of that level
 * (otherwise the beginning could be bettered, and the package with it): so packages are found again from the values alone, by looking for each option's
 * remainder on the level before, ties included.
 *
 * Where a level would pass `most` points it is thinned to a quarter of that, as is every later one that might pass it: of the points within a width of ours the one that is best for them
 * stays. The widths add up to epsilon: for every true frontier point p some point q stands here with q.theirs ≥ p.theirs and q.ours ≥ p.ours − epsilon. 0: the frontier is exact.
 *
 * How a level is made: a first pass over the k copies finds, in buckets of equal widths of ours, the most for them; only points that pass what stands in the buckets before
 * theirs are then put in order. Nearly all that is dominated falls out without being sorted. Where a bucket is crowded (values in clusters) the copies are merged by twos instead. */
#ifndef STURGEON_CORE_BARGAIN_FRONTIER_H
#define STURGEON_CORE_BARGAIN_FRONTIER_H

#include "core/bargain/link.h"

#define FRONTIER_MOST 24576 /* a hard table of 10^12 packages takes under 5 ms with it on a small machine, memory touched for the first time and all */
#define PACKAGE_COUNT 320 /* digits of 10000^64, and the closing zero */

struct frontier_level {
	struct option *points;
	int n;
};

struct frontier {
	const struct bargain *bargain;
	struct knot *knots;             /* in the order in which they were added */
	int n_knots;
	struct frontier_level *levels;  /* n_knots + 1; the first holds (0, 0) alone, the last is the frontier */
	const struct option *points;    /* the frontier: ours descending */
	int n;                          /* 0: every package is forbidden */
	int64_t epsilon;
};

/* false where forbidden pairs link too much together (LINK_MOST). The bargain must be sound (package_check) and outlive the frontier; memory is the
 * arena's: 16 bytes a point of each level. most ≥ 2; FRONTIER_MOST by default. */
bool frontier_make(const struct bargain *bargain, int most, struct arena *arena, struct frontier *ret_frontier);

/* How many packages are allowed, exactly, in decimal. */
void frontier_count(const struct frontier *frontier, char ret_count[PACKAGE_COUNT]);

/* The packages at one point, at most `most` of them (ties are material for several offers at once), in the order of choices; returns how many. */
int frontier_packages(const struct frontier *frontier, int point, int most, struct package *ret_packages);
/* The point at or before which ours ≥ x: the last one; −1 where none is. And the first with theirs ≥ y; n where none is. Points from the second to the first are
 * those that both accept. */
int frontier_last_ours(const struct frontier *frontier, int64_t ours);
int frontier_first_theirs(const struct frontier *frontier, int64_t theirs);

#endif
