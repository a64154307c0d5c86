/* Deal offer: what either side offers outside a call: by mail, at a meeting (N6, N9). In calls the same words are events of the call.
 *
 * Ours is refused below our limit, and where it holds a pair that cannot be had together. Giving without asking is asked back: in return for what? "Nothing" is possible, and noted. */
#ifndef STURGEON_APP_DEAL_OFFER_H
#define STURGEON_APP_DEAL_OFFER_H

#include "app/bargain_table.h"

enum offer_side { OFFER_OURS, OFFER_THEIRS, OFFER_REFUSED };

struct offer {
	enum offer_side side;
	const char *const *puts;        /* "variable:value", closed by NULL; what is not named stays where we stand */
	const char *also;               /* more of them, one after another with spaces between; "" */
	bool nothing;                   /* given for nothing, on purpose */
	const char *note;               /* where it was; "" */
};

/* Mistakes: put (unknown, or nothing is other than what stands), limit (it is below), forbidden, return (given without asking). */
enum outcome deal_offer(struct use *use, int64_t deal_id, const struct offer *offer);

/* The package that such fields mean; false where one of them is unknown to the table. */
bool deal_offer_package(struct arena *arena, const struct bargain_table *table, const char *const *puts, const char *also, struct package *ret_package);

/* Does it give something, and take nothing in return? */
bool deal_offer_only_gives(const struct bargain_table *table, const struct package *package);

#endif
