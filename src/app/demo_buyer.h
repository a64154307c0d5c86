/* Demo buyer: what the terms of a deal are worth to a hidden client, and how he gives way (N6).
 *
 * To each variable he is keen by some share of what the table thinks it may be worth, which nobody sees; the same all through the deal. He demands much at first and comes down with
 * every offer he hears, by the curve of a time-dependent tactic (Faratin, Sierra, Jennings 1998), never below his limit: what he can have elsewhere. He asks for what he wants most
 * for its price, and takes an offer that is worth what he demands. */
#ifndef STURGEON_APP_DEMO_BUYER_H
#define STURGEON_APP_DEMO_BUYER_H

#include "app/bargain_table.h"
#include "base/rng.h"

struct demo_buyer {
	uint64_t seed;
	double slow;           /* > 1: gives way late; < 1: at once */
	int rounds;            /* offers after which he is at his limit */
	int heard;             /* offers he has heard */
	int holds;             /* per cent of all he could get, below which he does not sign */
};

/* patient: he takes his time. */
void demo_buyer_make(struct demo_buyer *buyer, bool patient, struct rng *rng);

/* How keen he is, 0–1: of this variable, by its name. What he is keen on he shows. */
double demo_buyer_keen(const struct demo_buyer *buyer, const char *variable);

/* He sits down at a table: the table with `theirs` as he feels it. In the arena. */
struct bargain *demo_buyer_feels(const struct demo_buyer *buyer, const struct bargain_table *table, struct arena *arena);

/* He has heard so much that he will not come down any more: without an agreement now there is none. */
bool demo_buyer_tired(const struct demo_buyer *buyer);

int64_t demo_buyer_demand(const struct demo_buyer *buyer, const struct bargain *felt, const struct package *start);

enum { DEMO_WANTS = 2 };
struct demo_want {
	int variable, option;
};
/* What he asks of where it stands, so that it would come to what he demands: first a price, then what he is keenest on. At most DEMO_WANTS. */
int demo_buyer_asks(const struct demo_buyer *buyer, const struct bargain *felt, const struct package *start, const struct package *stands, struct demo_want ret_wants[DEMO_WANTS]);

#endif
