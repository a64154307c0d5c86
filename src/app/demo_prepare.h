/* Demo prepare: what a manager of the demo company makes ready before a negotiation: the table of the deal, from the library (N1, N9). */
#ifndef STURGEON_APP_DEMO_PREPARE_H
#define STURGEON_APP_DEMO_PREPARE_H

#include "app/demo_world.h"

/* The terms: the price and some more variables, hints that he noticed, the limit and the target. */
enum outcome demo_prepare_table(struct demo_world *world, struct demo_deal *deal, int64_t at);

#endif
