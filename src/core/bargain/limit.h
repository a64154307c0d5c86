/* Limit: not bending (N9). A proposal that is worth less to us than our limit is not made; how much is missing, and which change lifts it back cheapest. */
#ifndef STURGEON_CORE_BARGAIN_LIMIT_H
#define STURGEON_CORE_BARGAIN_LIMIT_H

#include "core/bargain/package.h"

struct change {
	int variable;
	uint16_t to;                    /* the option put in place of the package's */
	int64_t ours, theirs;           /* what the change brings us, and them (usually below 0) */
};

/* limit − ours of the package where that is above 0; otherwise 0: it may be proposed. */
int64_t limit_shortfall(const struct bargain *bargain, const struct package *package, int64_t limit);

/* Single changes that lift it back to the limit and forbid nothing, those that cost them least first, then those that bring us most; prices last among
 * equals. At most `most`; returns how many. None: no single change is enough, see limit_restore. */
int limit_changes(const struct bargain *bargain, const struct package *package, int64_t limit, int most, struct change *ret_changes);

/* Several changes at once, where no single one is enough: at each step the change that costs them least for what it brings us, until the limit is reached; what came out of it, a change a
 * variable, in their order (ret_changes has room for one a variable). 0: nothing is missing, or no step is left before the limit is reached, which without forbidden pairs means
 * that no package reaches it. A greedy answer: enough, not proved least. */
int limit_restore(const struct bargain *bargain, const struct package *package, int64_t limit, struct change ret_changes[PACKAGE_VARIABLES]);

#endif
