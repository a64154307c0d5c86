/* Demo prepare: what a manager of the demo company makes ready before a negotiation: the table of the deal, from the library, and what to talk about
 * with this client (N1, N2, N9). */
#ifndef STURGEON_APP_DEMO_PREPARE_H
#define STURGEON_APP_DEMO_PREPARE_H

#include "app/demo_world.h"

/* The terms: the price and some more variables, hints that he noticed, the limit and the target. */
enum outcome demo_prepare_table(struct demo_world *world, struct demo_deal *deal, int64_t at);
/* The person: some lines about the client, after a talk with him (N2). */
enum outcome demo_prepare_person(struct demo_world *world, const struct demo_deal *deal, int64_t at);

#endif
