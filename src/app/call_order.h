/* Call order: which of several things that could stand in one place of a call is offered first (L4).
 *
 * A place is what the machine asks for: an opener of one variety, a question of one level to one motive, a SPIN question of one level to a position, an answer to one objection, a point
 * for one set of motives. What the machine asks for next is the core's (talk.h) and is not changed here; only within a place things change. The team's own, the playbook's lines and its members'
 * cards alike, stand by what was drawn for them from how often they worked (core/playbook/prove.h; the same for a call however often it is opened), after them those of others by their
 * position in the top. A card for a place that the playbook does not have goes to the nearest that it has: another motive of the same level.
 *
 * A client's own crib stays before everything. Without a call (seed 0) the playbook's own order stays. */
#ifndef STURGEON_APP_CALL_ORDER_H
#define STURGEON_APP_CALL_ORDER_H

#include <jansson.h>

#include "base/arena.h"
#include "core/playbook/playbook.h"

enum {
	ORDER_OPENERS_A_PLACE = 3, /* of the playbook's: one is said in a call; which, the draw says */
	ORDER_OWN_A_PLACE = 2, ORDER_OTHERS_A_PLACE = 1, /* cards in one place, beside what the playbook has for it */
	ORDER_OWN_MOST = 12, ORDER_OTHERS_MOST = 4,      /* cards in a call: they come with its page */
};

/* items[i] is words[i] (call_book.h), with `order` its place in the playbook. Sets order; takes what is too many out of both and says how many items are left. Those with "named" (in this call
 * already) or "heard" (by this client: not counted either) stay. */
int call_order(struct arena *arena, struct playbook_item *items, json_t *words, int n, int64_t seed);

#endif
