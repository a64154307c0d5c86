/* Trade: nothing is given without asking something back (N6). For a concession they ask for, what of theirs may be asked in return so that ours does not fall. */
#ifndef STURGEON_CORE_BARGAIN_TRADE_H
#define STURGEON_CORE_BARGAIN_TRADE_H

#include "base/arena.h"
#include "core/bargain/package.h"

enum {
	TRADE_CHANGES = 3,              /* more than three things asked at once is no sentence any more */
	TRADE_STEPS = 5000000,          /* sets looked at; a table of many hundreds of options is not looked through to its end */
};

struct trade {
	int n;                          /* 1 … TRADE_CHANGES */
	int variable[TRADE_CHANGES];
	uint16_t to[TRADE_CHANGES];
	int64_t ours, theirs;           /* what the whole trade (given and got) brings us, ≥ 0, and them */
};

/* The package with variable `given` set to option `to`, and other variables changed in return. Only sets that are needed whole: none of it could be left out and ours still not
 * fall. Those that cost them least first (the greatest `theirs`), then the fewest changes, then the most for us. At most `most`; how many are given. 0: nothing they have makes
 * up for it. Cost: O((variables · options)^TRADE_CHANGES) at worst, TRADE_STEPS at most; the dearest changes for them are not looked into once `most` cheaper trades are known. */
int trade_for(const struct bargain *bargain, const struct package *package, int given, int to, int most, struct arena *arena, struct trade *ret_trades);

#endif
