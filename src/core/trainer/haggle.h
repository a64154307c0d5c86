/* Haggle: how a simulated client trades (N6), by strategies that were published.
 *
 * Source: Faratin, Sierra, Jennings, "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems 24 (1998); the choice among packages equal to him
 * after the same authors' "Using similarity criteria to make issue trade-offs" (2002).
 *
 * He demands a value (theirs of a package), at first his aspiration A, and never less than his limit M. After t of T offers of ours he demands
 *
 *   time-dependent    A − α(t) · (A − M),  α(t) = κ + (1 − κ) · (t / T)^(1/β)
 *                     Boulware β = 1/3 (gives way at the end), linear β = 1, conceder β = 2 (gives way at once)
 *   tit for tat       with v(n) what our n-th offer is worth to him, v(0) what the table started with, D his demand:
 *     relative        D ← M + (D − M) · (A − v(n)) / (A − v(n−1)): the share of the way that we went, he goes
 *     absolute        D ← D − (v(n) − v(n−1))
 *     averaged        as relative, over our last two steps: (A − v(n)) / (A − v(n−2))
 *
 * He accepts what is worth at least what he would demand next; at t = T whatever reaches his limit, and otherwise he walks away. So he never agrees below his limit.
 * Among the packages that give him his demand he proposes the one best for us as far as he can guess (frontier.h, with his guess in place of ours): he thinks that what he asks
 * more of a variable than our last offer gave costs us, in parts of its span, and that the variables that we hold on to or ask for weigh more with us, prices most.
 *
 * Departures: the paper concedes issue by issue in proposals, here it is the value of the whole package, so that he can give way where it costs him least; a demand that was
 * lowered is not raised again; relative tit for tat measures what is still missing to A, since values have no zero of their own.
 *
 * Whole numbers throughout: the same on every machine. The bargain is borrowed; `ours` of its options is not read. */
#ifndef STURGEON_CORE_TRAINER_HAGGLE_H
#define STURGEON_CORE_TRAINER_HAGGLE_H

#include "base/arena.h"
#include "core/bargain/package.h"

enum haggle_strategy { HAGGLE_BOULWARE, HAGGLE_LINEAR, HAGGLE_CONCEDER, HAGGLE_TIT, HAGGLE_TIT_ABSOLUTE, HAGGLE_TIT_AVERAGED, HAGGLE_STRATEGIES };

enum { HAGGLE_ROUNDS_MAX = 32, HAGGLE_SPAN_BITS = 54 }; /* A − M is below 2^54 */

struct haggle_nature {
	enum haggle_strategy strategy;
	int rounds;                     /* T: 1 … HAGGLE_ROUNDS_MAX offers of ours he listens to */
	int kappa;                      /* κ in thousandths: how far he comes down at the very start */
	int64_t limit, aspiration;      /* M < A; some package reaches A */
};

struct haggle {
	const struct bargain *bargain;
	struct haggle_nature nature;
	int heard;                      /* t */
	int64_t demand;
	int64_t worth[HAGGLE_ROUNDS_MAX + 1]; /* v: our offers, what the table started with first */
	int weight[PACKAGE_VARIABLES];  /* how much each variable weighs with us: his guess */
	struct package start, last;     /* of ours */
};

enum haggle_reply { HAGGLE_ACCEPTS, HAGGLE_COUNTERS, HAGGLE_WALKS };

void haggle_init(struct haggle *haggle, const struct bargain *bargain, const struct haggle_nature *nature, const struct package *start);

int64_t haggle_worth(const struct haggle *haggle, const struct package *package); /* theirs */
/* What he would demand after `heard` offers by a time-dependent strategy: never rises with `heard`. */
int64_t haggle_timed(const struct haggle_nature *nature, int heard);

/* An offer of ours, and his answer to it; ret_counter is filled where he counters. Scratch memory from the arena: that of one frontier. */
enum haggle_reply haggle_hears(struct haggle *haggle, const struct package *offer, struct arena *arena, struct package *ret_counter);
/* What he would propose now, unasked. */
struct package haggle_proposes(const struct haggle *haggle, struct arena *arena);

#endif
