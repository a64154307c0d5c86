/* Ladder: single steps down in the order of what they cost us, cheapest first; anything in price last, whatever it costs (N1). */
#ifndef STURGEON_CORE_BARGAIN_LADDER_H
#define STURGEON_CORE_BARGAIN_LADDER_H

#include "core/bargain/package.h"

struct step {
	int variable;
	uint16_t to;                    /* the option in place of the package's */
	int64_t cost;                   /* what it takes from us, > 0 */
	int64_t worth;                  /* what it brings them; below 0 it is no concession and stands not here */
};

/* From a package: each option that costs us something and is worth something to them, and makes no forbidden pair. By price last, then cost ascending, then worth
 * descending, then variable and option. At most `most`; how many there are in all. */
int ladder_steps(const struct bargain *bargain, const struct package *package, int most, struct step *ret_steps);

#endif
