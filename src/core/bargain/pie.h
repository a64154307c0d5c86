/* Pie: what is not on the table yet and would leave both better off (N8, expanding the pie). */
#ifndef STURGEON_CORE_BARGAIN_PIE_H
#define STURGEON_CORE_BARGAIN_PIE_H

#include "core/bargain/package.h"

struct slice {
	int variable;                   /* of those given */
	uint16_t option;
	int64_t ours, theirs;           /* what it adds, both above 0 */
};

/* Of variables that are not on the table (an option is worth what it adds to leaving it off, which adds nothing): each that has options which add to both, with the one of the
 * greatest sum (then the most for us, then the first). Greatest sum first, then the most for us, then the first. At most `most`; returns how many are given. */
int pie_slices(const struct variable *variables, int n, int most, struct slice *ret_slices);

#endif
