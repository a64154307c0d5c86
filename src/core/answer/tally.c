#include "core/answer/tally.h"

static void found_count(const struct fact_set *facts, const struct fact *f, struct tally *t)
{
	bool won = f->outcome == OUTCOME_WON;
	for (int m = 0; m < MOTIVE_COUNT; m++) {
		if (!(f->motives & MOTIVE_BIT(m))) continue;
		t->motive[m].with++;
		t->motive[m].with_won += won;
	}
	for (uint32_t i = 0; i < f->n_found; i++) {
		struct tally_found *find = &t->find[facts->found[f->found_from + i]];
		find->with++;
		find->with_won += won;
	}
}

static void package_count(const struct fact *f, struct tally *t)
{
	if (f->left_minor == FACT_NONE) return;
	double share = f->room_minor > 0 ? (double)f->left_minor / (double)f->room_minor : 0;
	t->left_minor[t->measured] = (double)f->left_minor;
	t->left_share[t->measured++] = share < 0 ? 0 : share > 1 ? 1 : share;
	t->edge += f->left_minor == 0;
}

void tally_make(const struct fact_set *facts, const struct fact_ask *ask, const int64_t *bounds, int n_spans, struct arena *arena, struct tally *t)
{
	int64_t n_measured = 0;
	int span = 0;
	*t = (struct tally){.n = 0};
	uint32_t from, to;
	fact_range(facts, ask, &from, &to);
	for (uint32_t i = from; i < to; i++) n_measured += facts->list[i].left_minor != FACT_NONE;
	t->manager = arena_alloc(arena, (facts->n_managers + 1) * sizeof *t->manager);
	t->product = arena_alloc(arena, (facts->n_products + 1) * sizeof *t->product);
	t->find = ARENA_ARRAY(arena, struct tally_found, facts->n_finds + 1);
	t->left_minor = ARENA_ARRAY(arena, double, n_measured + 1);
	t->left_share = ARENA_ARRAY(arena, double, n_measured + 1);
	for (uint32_t i = from; i < to; i++) {
		const struct fact *f = &facts->list[i];
		if (!fact_fits(facts, f, ask)) continue;
		while (span + 1 < n_spans && f->ended_at >= bounds[span + 1]) span++;
		t->n++;
		t->mode[f->mode]++;
		t->outcome[f->mode][f->outcome]++;
		t->cell[f->b2b][f->number > 1][f->mode]++;
		t->number[fact_number_group(f->number)][f->mode]++;
		t->manager[f->manager][f->mode]++;
		t->product[f->product][f->mode]++;
		if (n_spans && f->ended_at >= bounds[0]) t->span[span][f->mode]++;
		t->step[f->mode][f->step][f->outcome]++;
		if (f->advised) t->advised[f->advised - 1][f->mode][f->outcome]++;
		if (f->price_first) t->price_first[f->price_first - 1]++;
		t->gave += f->mode == MODE_NEGOTIATION && f->gifts > 0;
		package_count(f, t);
		if (f->outcome != OUTCOME_WON && f->outcome != OUTCOME_LOST) continue;
		t->decided[f->outcome == OUTCOME_WON]++;
		found_count(facts, f, t);
	}
}

int64_t tally_reached(const struct tally *t, int mode, int step)
{
	int64_t n = 0;
	for (int s = step; s <= STEP_CLOSING; s++)
		for (int o = 0; o < OUTCOME_COUNT; o++) n += t->step[mode][s][o];
	return n;
}

int64_t tally_lost(const struct tally *t, int mode, int step)
{
	return t->step[mode][step][OUTCOME_LOST];
}
