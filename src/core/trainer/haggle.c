#include "core/trainer/haggle.h"

#include "base/err.h"
#include "base/wide.h"
#include "core/bargain/frontier.h"

enum { BOULWARE_POWER = 3, WEIGHT = 4, WEIGHT_PRICE = 8, WEIGHT_MOST = 16, PARTS = 1000 };

int64_t haggle_worth(const struct haggle *haggle, const struct package *package)
{
	return package_value(haggle->bargain, package).theirs;
}

void haggle_init(struct haggle *haggle, const struct bargain *bargain, const struct haggle_nature *nature, const struct package *start)
{
	MUST(nature->limit < nature->aspiration && nature->aspiration - nature->limit < INT64_C(1) << HAGGLE_SPAN_BITS);
	MUST(nature->rounds >= 1 && nature->rounds <= HAGGLE_ROUNDS_MAX && nature->kappa >= 0 && nature->kappa <= 1000);
	*haggle = (struct haggle){.bargain = bargain, .nature = *nature, .start = *start, .last = *start};
	haggle->demand = nature->strategy <= HAGGLE_CONCEDER ? haggle_timed(nature, 0) : nature->aspiration;
	haggle->worth[0] = haggle_worth(haggle, start);
	for (int v = 0; v < bargain->n; v++) haggle->weight[v] = bargain->variables[v].price ? WEIGHT_PRICE : WEIGHT;
}

/* ⌊√x⌋ */
static uint64_t root(wide_unsigned x)
{
	uint64_t at = 0;
	for (int bit = 63; bit >= 0; bit--) {
		uint64_t next = at | UINT64_C(1) << bit;
		if ((wide_unsigned)next * next <= x) at = next;
	}
	return at;
}

int64_t haggle_timed(const struct haggle_nature *nature, int heard)
{
	int64_t span = nature->aspiration - nature->limit;
	int64_t first = (int64_t)((wide)span * nature->kappa / 1000), rest = span - first;
	wide t = heard < nature->rounds ? heard : nature->rounds, all = nature->rounds, given;
	switch (nature->strategy) {
	case HAGGLE_BOULWARE:
		given = rest;
		for (int i = 0; i < BOULWARE_POWER; i++) given *= t;
		given /= all * all * all;
		break;
	case HAGGLE_CONCEDER:
		given = root((wide_unsigned)rest * (wide_unsigned)rest * (wide_unsigned)t / (wide_unsigned)all);
		break;
	default:
		given = rest * t / all;
		break;
	}
	return nature->aspiration - first - (int64_t)given;
}

/* M + (D − M) · missing / before, held to what was demanded. */
static int64_t in_kind(const struct haggle *haggle, int64_t before, int64_t now)
{
	const struct haggle_nature *nature = &haggle->nature;
	int64_t was = nature->aspiration - before, is = nature->aspiration - now;
	if (is >= was || was <= 0) return haggle->demand;
	if (is < 0) is = 0;
	return nature->limit + (int64_t)((wide)(haggle->demand - nature->limit) * is / was);
}

static int64_t demand_next(const struct haggle *haggle)
{
	const struct haggle_nature *nature = &haggle->nature;
	int n = haggle->heard;
	int64_t now = haggle->worth[n], before = n > 0 ? haggle->worth[n - 1] : now, demand = haggle->demand;
	switch (nature->strategy) {
	case HAGGLE_TIT:
		demand = in_kind(haggle, before, now);
		break;
	case HAGGLE_TIT_ABSOLUTE:
		if (now > before) demand -= now - before;
		break;
	case HAGGLE_TIT_AVERAGED:
		demand = in_kind(haggle, n > 1 ? haggle->worth[n - 2] : before, now);
		break;
	default:
		demand = haggle_timed(nature, n);
		break;
	}
	if (demand > haggle->demand) demand = haggle->demand;
	return demand < nature->limit ? nature->limit : demand;
}

/* What we hold on to while we give elsewhere weighs with us, what we ask for more; what we give, less. */
static void weigh(struct haggle *haggle, const struct package *offer)
{
	bool moved = false;
	for (int v = 0; v < haggle->bargain->n; v++) moved |= offer->choice[v] != haggle->last.choice[v];
	for (int v = 0; v < haggle->bargain->n; v++) {
		const struct option *options = haggle->bargain->variables[v].options;
		int64_t by = options[offer->choice[v]].theirs - options[haggle->last.choice[v]].theirs;
		int *weight = &haggle->weight[v];
		if (by < 0) *weight += 2;
		else if (by > 0) *weight -= 1;
		else if (moved && offer->choice[v] == haggle->start.choice[v]) *weight += 1;
		if (*weight < 1) *weight = 1;
		if (*weight > WEIGHT_MOST) *weight = WEIGHT_MOST;
	}
}

struct package haggle_proposes(const struct haggle *haggle, struct arena *arena)
{
	const struct bargain *bargain = haggle->bargain;
	struct variable *variables = ARENA_ARRAY(arena, struct variable, bargain->n);
	struct bargain guessed = *bargain;
	struct frontier frontier;
	struct package package;
	for (int v = 0; v < bargain->n; v++) {
		const struct variable *from = &bargain->variables[v];
		struct option *options = ARENA_ARRAY(arena, struct option, from->n);
		int64_t low = INT64_MAX, high = INT64_MIN, last = from->options[haggle->last.choice[v]].theirs;
		for (int o = 0; o < from->n; o++) {
			if (from->options[o].theirs < low) low = from->options[o].theirs;
			if (from->options[o].theirs > high) high = from->options[o].theirs;
		}
		for (int o = 0; o < from->n; o++) {
			wide more = high > low ? (wide)(from->options[o].theirs - last) * PARTS / (high - low) : 0;
			options[o] = (struct option){.ours = -haggle->weight[v] * (int64_t)more, .theirs = from->options[o].theirs};
			if (high == low && o != haggle->last.choice[v]) options[o].ours = -haggle->weight[v] * PARTS;
		}
		variables[v] = (struct variable){options, from->n, from->price};
	}
	guessed.variables = variables;
	if (!frontier_make(&guessed, FRONTIER_MOST, arena, &frontier)) return haggle->last;
	int at = frontier_first_theirs(&frontier, haggle->demand);
	if (at >= frontier.n) at = frontier.n - 1;
	if (at < 0 || frontier_packages(&frontier, at, 1, &package) == 0) return haggle->last;
	return package;
}

enum haggle_reply haggle_hears(struct haggle *haggle, const struct package *offer, struct arena *arena, struct package *ret_counter)
{
	int64_t worth = haggle_worth(haggle, offer);
	if (haggle->heard < haggle->nature.rounds) haggle->heard++;
	haggle->worth[haggle->heard] = worth;
	weigh(haggle, offer);
	haggle->last = *offer;
	haggle->demand = demand_next(haggle);
	bool last = haggle->heard == haggle->nature.rounds;
	if (worth >= haggle->demand || (last && worth >= haggle->nature.limit)) return HAGGLE_ACCEPTS;
	if (last) return HAGGLE_WALKS;
	*ret_counter = haggle_proposes(haggle, arena);
	return HAGGLE_COUNTERS;
}
