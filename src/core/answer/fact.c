#include "core/answer/fact.h"

struct fact_ask fact_ask_all(int64_t from, int64_t to)
{
	return (struct fact_ask){
		.from = from, .to = to, .manager = FACT_ANY, .product = FACT_ANY, .find = FACT_ANY, .b2b = FACT_ANY, .mode = FACT_ANY, .advised = FACT_ANY, .step = FACT_ANY,
		.reached = FACT_ANY, .number = FACT_ANY, .later = FACT_ANY, .motive = FACT_ANY, .followed = FACT_ANY, .price_first = FACT_ANY,
	};
}

bool fact_has(const struct fact_set *facts, const struct fact *fact, uint32_t find)
{
	for (uint32_t i = 0; i < fact->n_found; i++)
		if (facts->found[fact->found_from + i] == find) return true;
	return false;
}

bool fact_outcome_fits(int outcome, enum fact_outcomes ask)
{
	switch (ask) {
	case OUTCOMES_ANY: return true;
	case OUTCOMES_WON: return outcome == OUTCOME_WON;
	case OUTCOMES_LOST: return outcome == OUTCOME_LOST;
	case OUTCOMES_NEXT: return outcome == OUTCOME_NEXT;
	case OUTCOMES_ON: return outcome == OUTCOME_WON || outcome == OUTCOME_NEXT;
	case OUTCOMES_DECIDED: return outcome == OUTCOME_WON || outcome == OUTCOME_LOST;
	}
	return false;
}

static bool package_fits(const struct fact *fact, enum fact_package ask)
{
	bool measured = fact->left_minor != FACT_NONE;
	switch (ask) {
	case PACKAGE_ANY: return true;
	case PACKAGE_MEASURED: return measured;
	case PACKAGE_EDGE: return measured && fact->left_minor == 0;
	case PACKAGE_INSIDE: return measured && fact->left_minor > 0;
	}
	return false;
}

static bool is(int64_t asked, int64_t value)
{
	return asked == FACT_ANY || asked == value;
}

bool fact_fits(const struct fact_set *facts, const struct fact *f, const struct fact_ask *ask)
{
	if (f->ended_at < ask->from || f->ended_at >= ask->to) return false;
	if (ask->since < ask->until && (f->ended_at < ask->since || f->ended_at >= ask->until)) return false;
	if (!is(ask->manager, f->manager) || !is(ask->product, f->product) || !is(ask->b2b, f->b2b) || !is(ask->mode, f->mode)) return false;
	if (ask->advised != FACT_ANY && f->advised != ask->advised + 1) return false;
	if ((ask->known_advice || ask->followed != FACT_ANY) && !f->advised) return false;
	if (ask->followed != FACT_ANY && (f->advised == f->mode + 1) != ask->followed) return false;
	if (!is(ask->step, f->step) || (ask->reached != FACT_ANY && f->step < ask->reached) || !is(ask->number, fact_number_group(f->number))) return false;
	if (!is(ask->later, f->number > 1)) return false;
	if (ask->conceded && !f->price_first) return false;
	if (ask->price_first != FACT_ANY && f->price_first != ask->price_first + 1) return false;
	if (ask->gave && !f->gifts) return false;
	if (ask->motive != FACT_ANY && ((f->motives & MOTIVE_BIT(ask->motive)) != 0) == ask->without) return false;
	if (ask->find != FACT_ANY && fact_has(facts, f, (uint32_t)ask->find) == ask->without) return false;
	return fact_outcome_fits(f->outcome, ask->outcome) && package_fits(f, ask->package);
}

/* The first that ended at or after a moment. */
static uint32_t first_at(const struct fact_set *facts, int64_t at)
{
	uint32_t low = 0, high = facts->n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (facts->list[middle].ended_at < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

void fact_range(const struct fact_set *facts, const struct fact_ask *ask, uint32_t *ret_from, uint32_t *ret_to)
{
	bool narrow = ask->since < ask->until;
	*ret_from = first_at(facts, narrow && ask->since > ask->from ? ask->since : ask->from);
	*ret_to = first_at(facts, narrow && ask->until < ask->to ? ask->until : ask->to);
	if (*ret_to < *ret_from) *ret_to = *ret_from;
}

uint32_t fact_list(const struct fact_set *facts, const struct fact_ask *ask, uint32_t skip, uint32_t most, uint32_t *ret_indexes, uint32_t *ret_n)
{
	uint32_t n = 0, from, to;
	*ret_n = 0;
	fact_range(facts, ask, &from, &to);
	for (uint32_t i = to; i-- > from;) {
		if (!fact_fits(facts, &facts->list[i], ask)) continue;
		if (n >= skip && *ret_n < most) ret_indexes[(*ret_n)++] = i;
		n++;
	}
	return n;
}
