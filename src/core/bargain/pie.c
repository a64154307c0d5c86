#include "core/bargain/pie.h"

#include <string.h>

static bool better(const struct slice *a, const struct slice *b)
{
	/* both are positive: their sums fit without a sign */
	uint64_t x = (uint64_t)a->ours + (uint64_t)a->theirs, y = (uint64_t)b->ours + (uint64_t)b->theirs;
	return x != y ? x > y : a->ours > b->ours;
}

int pie_slices(const struct variable *variables, int n, int most, struct slice *ret_slices)
{
	int found = 0;
	for (int v = 0; v < n; v++) {
		struct slice best = {.variable = -1};
		for (int o = 0; o < variables[v].n; o++) {
			struct slice slice = {v, (uint16_t)o, variables[v].options[o].ours, variables[v].options[o].theirs};
			if (slice.ours > 0 && slice.theirs > 0 && (best.variable < 0 || better(&slice, &best))) best = slice;
		}
		if (best.variable < 0) continue;
		int at = found;
		while (at > 0 && better(&best, &ret_slices[at - 1])) at--;
		if (at >= most) continue;
		int move = (found < most ? found : most - 1) - at;
		memmove(&ret_slices[at + 1], &ret_slices[at], (size_t)move * sizeof *ret_slices);
		ret_slices[at] = best;
		if (found < most) found++;
	}
	return found;
}
