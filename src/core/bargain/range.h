/* Range: a variable that is a number (price, days, per cent) as options: from … to by a step, valued along straight pieces between the points that were given (N1). */
#ifndef STURGEON_CORE_BARGAIN_RANGE_H
#define STURGEON_CORE_BARGAIN_RANGE_H

#include "core/bargain/package.h"

/* At the number `at` the option is worth this. */
struct range_point {
	int64_t at;
	struct option value;
};

struct range {
	int64_t from, to, step;         /* step > 0; from ≤ to; `to` itself is an option only where whole steps reach it */
	const struct range_point *points; /* their numbers strictly rise; the first is ≤ from, the last ≥ to */
	int n;
};

enum range_flaw { RANGE_SOUND, RANGE_UPSIDE_DOWN, RANGE_NO_STEP, RANGE_TOO_MANY, RANGE_POINTS_NOT_RISING, RANGE_POINTS_TOO_FEW };

enum range_flaw range_check(const struct range *range);
/* How many options: (to − from) / step + 1, 1 … PACKAGE_OPTIONS. The range must be sound, here and below. */
int range_options(const struct range *range);
int64_t range_number(const struct range *range, int option); /* from + option · step */
/* The value of each option, exact on the straight line between two points and rounded to a whole minor unit, halves away from zero. */
void range_values(const struct range *range, struct option *ret_options);

#endif
