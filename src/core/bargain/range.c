#include "core/bargain/range.h"

#include "base/wide.h"

enum range_flaw range_check(const struct range *range)
{
	if (range->from > range->to) return RANGE_UPSIDE_DOWN;
	if (range->step <= 0) return RANGE_NO_STEP;
	if (((uint64_t)range->to - (uint64_t)range->from) / (uint64_t)range->step >= PACKAGE_OPTIONS) return RANGE_TOO_MANY;
	if (range->n < 1 || range->points[0].at > range->from || range->points[range->n - 1].at < range->to) return RANGE_POINTS_TOO_FEW;
	for (int i = 1; i < range->n; i++)
		if (range->points[i].at <= range->points[i - 1].at) return RANGE_POINTS_NOT_RISING;
	return RANGE_SOUND;
}

int range_options(const struct range *range)
{
	return (int)(((uint64_t)range->to - (uint64_t)range->from) / (uint64_t)range->step) + 1;
}

int64_t range_number(const struct range *range, int option)
{
	return range->from + (int64_t)option * range->step;
}

/* a + (b − a) · done / whole, halves away from zero. The value lies between a and b, so it fits. */
static int64_t between(int64_t a, int64_t b, uint64_t done, uint64_t whole)
{
	wide top = (wide)a * (wide)(whole - done) + (wide)b * (wide)done, half = (wide)whole / 2;
	/* of an odd whole the half below is right too: 2·rest = whole has no answer then */
	return (int64_t)(top >= 0 ? (top + half) / (wide)whole : -((-top + half) / (wide)whole));
}

void range_values(const struct range *range, struct option *ret_options)
{
	int n = range_options(range), piece = 0;
	for (int i = 0; i < n; i++) {
		int64_t at = range_number(range, i);
		while (piece + 1 < range->n - 1 && range->points[piece + 1].at <= at) piece++;
		const struct range_point *a = &range->points[piece], *b = &range->points[piece + 1 < range->n ? piece + 1 : piece];
		uint64_t whole = (uint64_t)b->at - (uint64_t)a->at, done = (uint64_t)at - (uint64_t)a->at;
		if (!whole) ret_options[i] = a->value;
		else ret_options[i] = (struct option){between(a->value.ours, b->value.ours, done, whole), between(a->value.theirs, b->value.theirs, done, whole)};
	}
}
