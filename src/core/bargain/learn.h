/* Learn: what the options are worth to them, from what they ask, offer, give up and refuse (N1, N6).
 *
 * Of each option a range low … high is kept; its middle is the estimate that everything else computes with. What they do is a claim that one sum of values is at least another:
 *
 *   they offer X while S stands      X is worth to them at least what S is, or they would have taken S
 *   then, after their offer P        where X leaves us no worse than P did: P was worth at least what X is, nobody asks for less first
 *   giving up u while w still stands what they hold on to is worth at least what they gave up: w(P) − w(S) ≥ u(P) − u(X)
 *   asking for u after w             what is asked for first is worth at least what comes later: w(X) − w(S) ≥ u(X) − u(S)
 *   they refuse Z, having asked X    X is worth at least what Z is
 *
 * A claim D = Σ ± value ≥ 0, where D can be between Dl and Dh by the ranges so far: where Dl ≥ 0 it says nothing new. Where Dl < 0 ≤ Dh, half of what it excludes (−Dl / 2) is taken off
 * the ranges, each giving in proportion to its width W_i: W_i · (−Dl / 2) / (Dh − Dl), rounded down, from below where the value adds to D, from above where it takes. Two values of
 * equal ranges have their middles at 5/8 and 3/8 after that (the means of two uniform draws, given which is greater: 2/3 and 1/3). So a range never loses more than
 * half by a claim, what is known for sure (width 0) stays, and a spread is kept: claims are about people. Where Dh < 0 the claim contradicts what was thought: the ranges grow until
 * it is just possible, in equal parts (rounded up).
 *
 * A range is an estimate, not a bound: "surely" below means for every value within the ranges.
 * Pure; whole numbers; events in the same order give the same ranges. */
#ifndef STURGEON_CORE_BARGAIN_LEARN_H
#define STURGEON_CORE_BARGAIN_LEARN_H

#include "core/bargain/frontier.h"

#define LEARN_VALUE_MOST (INT64_C(1) << 53) /* no end of a range lies further from 0 */
enum { LEARN_POINTS = 40 };                 /* frontier packages that learn_questions looks at, evenly taken */

struct learn_range {
	int64_t low, high;
};

struct learn {
	const struct bargain *bargain;  /* `theirs` of its options is not read */
	struct learn_range *ranges[PACKAGE_VARIABLES]; /* of variable v, option o: the caller's memory, changed in place */
	int offers;                     /* of theirs so far */
	struct package last;            /* their last offer */
	int asked_at[PACKAGE_VARIABLES]; /* in which offer they first asked for another option than stood there; 0: not yet */
	uint16_t asked[PACKAGE_VARIABLES]; /* and for which */
	int contradicted;               /* claims that could not be true by the ranges as they were */
};

/* false where a range is upside down or passes LEARN_VALUE_MOST. */
bool learn_init(struct learn *learn, const struct bargain *bargain, struct learn_range *const *ranges);
/* They propose `offer`; `stands` is what lies on the table from our side. */
void learn_offered(struct learn *learn, const struct package *stands, const struct package *offer);
/* They refuse a package of ours. Before they have asked for anything that says nothing. */
void learn_refused(struct learn *learn, const struct package *package);

/* The middle, rounded down: `theirs` of an option from now on. */
int64_t learn_middle(struct learn_range range);

enum learn_verdict {
	LEARN_NOT,                      /* for no values in the ranges is it efficient: something betters it in any case */
	LEARN_MAY,                      /* for some it is */
	LEARN_SURELY,                   /* for all */
};

/* Whether the package is efficient (nothing betters it: frontier.h) whatever the values within the ranges are. Exact: another package q betters p for some values just where it does for those
 * that speak most for q (its options at their highs, p's at their lows), and for all just where it does for those that speak most against it. Two frontiers. `most`
 * as in frontier_make: where that has to thin, SURELY is not said of what could not be proved. `ret_doubt` (or NULL): how much more a package no worse for us could be worth to them. */
enum learn_verdict learn_efficient(const struct learn *learn, const struct package *package, int most, struct arena *arena, int64_t *ret_doubt);

struct question {
	int variable;
	int settles;                    /* of the packages looked at, how many more would be surely efficient if what this variable is worth to them were known */
	int64_t doubt;                  /* by how much the doubt would fall, on the average of those packages */
};

/* What to ask about first: variables with any spread, those that settle most first, then by doubt. `frontier` is that of the middles; of its points [from, to) at most LEARN_POINTS are looked at.
 * Returns how many questions; ret_questions has room for one a variable. Cost: LEARN_POINTS · (variables + 1) frontiers. */
int learn_questions(const struct learn *learn, const struct frontier *frontier, int from, int to, struct question ret_questions[PACKAGE_VARIABLES]);

#endif
