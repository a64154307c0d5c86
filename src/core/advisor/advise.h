/* Advise: sale or negotiation, how sure, and why (C1–C6). The formulas are those of formulas.md, "Advisor".
 *
 *   wish_buy  = 100·σ(w·x)                       threshold = wish_sell − 15
 *   z         = (w·x − logit(threshold/100)) / s   P(negotiation) = Φ(z)
 *
 * threshold is held to 1 … 99, so that its logit is finite: a wish to sell under 16 is met by any client at all, and none is too high to be met.
 * Invariant: mode is negotiation exactly where wish_buy >= threshold, and 0.5 <= sure <= 1.
 * Pure and without allocation. Compiles to wasm32-wasi, too. */
#ifndef STURGEON_CORE_ADVISOR_ADVISE_H
#define STURGEON_CORE_ADVISOR_ADVISE_H

#include <stdbool.h>

#include "core/advisor/belief.h"
#include "core/advisor/evidence.h"

#define ADVISE_BAND 15.0      /* points: wishes this near are equal (C3) */
#define ADVISE_WISH_SELL 80.0 /* unless the deal says otherwise */

enum advise_mode { ADVISE_SALE, ADVISE_NEGOTIATION };

struct advice {
	double wish_buy, wish_sell, threshold; /* 0–100 */
	double logit, spread;                  /* w·x and its standard deviation s */
	double z, negotiation;                 /* P(negotiation) = Φ(z) */
	double sure;
	enum advise_mode mode;
};

/* x has belief->n numbers; 0 <= wish_sell <= 100. */
struct advice advise(const struct belief *belief, const double *x, double wish_sell);

/* One piece of evidence and what it does. points = wish_buy as it is − wish_buy without this piece, all else as it is ("leave one out"). The
 * points of several pieces therefore do not add up to the wish: the same logit is worth most in the middle of the scale and little at its ends. */
struct advise_reason {
	int index;
	double logit;  /* w_i·x_i */
	double points;
};

/* What is known, strongest |w_i·x_i| first, equal ones by index; the bias only where asked. Writes at most max, returns how many. */
int advise_why(const struct belief *belief, const double *x, bool with_bias, struct advise_reason *ret_reasons, int max);

/* What is not known and would move the wish most if it were (x_i = 0; the points it would add), strongest first: "has not asked about the terms". */
int advise_lacks(const struct belief *belief, const double *x, struct advise_reason *ret_reasons, int max);

/* What speaks for `mode`, to be said in words, strongest first: for a negotiation what is known and raises the wish; for a sale what is known and lowers it,
 * then what is not there and would have raised it: first what the program knows for certain (it is the first talk, it is a private person), then the
 * signals. The last kind comes with x[index] == 0, and its words are those for its absence. */
int advise_because(const struct belief *belief, const struct evidence_def *defs, const double *x, enum advise_mode mode, struct advise_reason *ret_reasons, int max);

/* The watch over a running call: when is a change of mode proposed (C6)?
 *
 * It is, as soon as the wishes cross, that is where the advice names the other mode than the one that runs. A manager who keeps his
 * mode is not asked the same again: only where the case has grown by ADVISE_AGAIN standard deviations since he kept, or where the advice had
 * come back by ADVISE_BACK into the mode that runs and crosses anew. */
#define ADVISE_AGAIN 0.5
#define ADVISE_BACK 0.25

struct advise_watch {
	enum advise_mode running;
	bool kept;     /* a proposal was declined and still stands */
	double kept_z; /* how strong it was, ≥ 0 in the direction of the other mode */
};

struct advise_watch advise_start(enum advise_mode running); /* also: the manager accepts a proposal, or changes the mode himself */
bool advise_crossed(struct advise_watch *watch, const struct advice *now); /* true: propose now->mode */
void advise_keep(struct advise_watch *watch, const struct advice *now);

#endif
