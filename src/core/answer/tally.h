/* Tally: all counts of the company's answer in one pass over the facts (L2). Each count is the size of an ask (fact.h); what is counted here is only faster. */
#ifndef STURGEON_CORE_ANSWER_TALLY_H
#define STURGEON_CORE_ANSWER_TALLY_H

#include "base/arena.h"
#include "core/answer/fact.h"

enum { TALLY_SPANS = 60 };              /* at most so many months or weeks */

struct tally_found {
	int64_t with, with_won;         /* deals decided in which it was found; of them won */
};

struct tally {
	int64_t n, mode[2];
	int64_t outcome[2][OUTCOME_COUNT]; /* by the mode led */
	int64_t cell[2][2][2];          /* by segment (1: B2B), first or later (1), mode */
	int64_t number[FACT_NUMBERS + 1][2];
	int64_t (*manager)[2], (*product)[2]; /* by number */
	int64_t span[TALLY_SPANS][2];
	int64_t step[2][STEP_COUNT][OUTCOME_COUNT]; /* by mode: the furthest step, how it ended */
	int64_t advised[2][2][OUTCOME_COUNT]; /* advised, led, how it ended */
	int64_t price_first[2];         /* the deal's first concession: in something else, in price */
	int64_t gave;                   /* negotiations in which something was given for nothing */
	int64_t edge, measured;         /* signed packages on the frontier; measured at all */
	double *left_minor, *left_share; /* of those measured; left_share 0 … 1, of the room above the limit */
	int64_t decided[2];             /* deals: lost, won */
	struct tally_found motive[MOTIVE_COUNT], *find; /* of the decided ones */
};

/* ask narrows (time, segment, manager, product; others are taken too). bounds: n_spans + 1 moments, ascending, what ended before the first is in no span. O(n). */
void tally_make(const struct fact_set *facts, const struct fact_ask *ask, const int64_t *bounds, int n_spans, struct arena *arena, struct tally *ret_tally);

/* Of a mode: conversations that came to a step; that came to it and no further and were lost. */
int64_t tally_reached(const struct tally *tally, int mode, int step);
int64_t tally_lost(const struct tally *tally, int mode, int step);

#endif
