#include "app/demo_buyer.h"

#include <math.h>

#include "core/bargain/package.h"

enum { ASPIRES = 75 }; /* per cent of all he could get: what he demands first */

void demo_buyer_make(struct demo_buyer *buyer, bool patient, struct rng *rng)
{
	static const double slows[] = {2.0, 1.0, 0.6};
	*buyer = (struct demo_buyer){
		.seed = rng_next(rng),
		.slow = patient ? slows[0] : slows[rng_below(rng, sizeof slows / sizeof *slows)],
		.rounds = (int)rng_between(rng, 3, 6) * (patient ? 2 : 1),
		.holds = (int)rng_between(rng, 30, 45) + (patient ? 20 : 0),
	};
}

/* FNV-1a of the name, then the stream of that seed. */
double demo_buyer_keen(const struct demo_buyer *buyer, const char *variable)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ buyer->seed;
	struct rng rng;
	for (; *variable; variable++) hash = (hash ^ (unsigned char)*variable) * UINT64_C(0x100000001b3);
	rng_init(&rng, hash);
	return rng_unit(&rng);
}

static int64_t between(int64_t low, int64_t high, double share)
{
	return low + (int64_t)llround((double)(high - low) * share);
}

/* One option as the library had it: what the table has learnt since is what others think of him. */
static int64_t option_felt(const struct bargain_table *table, const struct bargain_variable_row *row, int64_t value, double keen)
{
	const struct bargain_option_row *below = NULL, *above = NULL;
	for (int i = 0; i < table->n_options; i++) {
		const struct bargain_option_row *option = &table->options[i];
		if (option->variable_id != row->id || option->removed) continue;
		if (!row->step && option->id == value) return between(option->theirs_low, option->theirs_high, keen);
		if (!row->step) continue;
		if (option->x <= value && (!below || option->x > below->x)) below = option;
		if (option->x >= value && (!above || option->x < above->x)) above = option;
	}
	if (!below || !above) return 0;
	int64_t low = between(below->theirs_low, below->theirs_high, keen), high = between(above->theirs_low, above->theirs_high, keen);
	return above->x == below->x ? low : between(low, high, (double)(value - below->x) / (double)(above->x - below->x));
}

struct bargain *demo_buyer_feels(const struct demo_buyer *buyer, const struct bargain_table *table, struct arena *arena)
{
	struct bargain *felt = ARENA_NEW(arena, struct bargain);
	struct variable *variables = ARENA_ARRAY(arena, struct variable, PACKAGE_VARIABLES);
	*felt = table->bargain;
	felt->variables = variables;
	for (int v = 0; v < felt->n; v++) {
		const struct variable *plain = &table->bargain.variables[v];
		const struct bargain_variable_row *row = table->variables[v].row;
		struct option *options = ARENA_ARRAY(arena, struct option, plain->n);
		double keen = demo_buyer_keen(buyer, row->name);
		for (int o = 0; o < plain->n; o++) options[o] = (struct option){plain->options[o].ours, option_felt(table, row, table->variables[v].options[o].value, keen)};
		variables[v] = (struct variable){.options = options, .n = plain->n, .price = plain->price};
	}
	return felt;
}

bool demo_buyer_tired(const struct demo_buyer *buyer)
{
	return buyer->heard >= buyer->rounds + 3;
}

static int64_t theirs_of(const struct bargain *felt, int v, int o)
{
	return felt->variables[v].options[o].theirs;
}

static int best_of(const struct bargain *felt, int v)
{
	int best = 0;
	for (int o = 1; o < felt->variables[v].n; o++)
		if (theirs_of(felt, v, o) > theirs_of(felt, v, best)) best = o;
	return best;
}

int64_t demo_buyer_demand(const struct demo_buyer *buyer, const struct bargain *felt, const struct package *start)
{
	int64_t stood = package_value(felt, start).theirs, room = 0;
	for (int v = 0; v < felt->n; v++) room += theirs_of(felt, v, best_of(felt, v)) - theirs_of(felt, v, start->choice[v]);
	double gone = buyer->heard >= buyer->rounds ? 1.0 : pow((double)buyer->heard / buyer->rounds, buyer->slow);
	return stood + (int64_t)((double)room * (ASPIRES - (ASPIRES - buyer->holds) * gone) / 100);
}

/* What is still missing to what he demands, of a price in its steps; of anything else all. */
static int wanted_of(const struct bargain *felt, int v, const struct package *stands, int64_t missing)
{
	int best = best_of(felt, v), pick = best;
	if (!felt->variables[v].price) return best;
	for (int o = 0; o < felt->variables[v].n; o++) {
		int64_t gain = theirs_of(felt, v, o) - theirs_of(felt, v, stands->choice[v]);
		if (gain >= missing / 2 && gain < theirs_of(felt, v, pick) - theirs_of(felt, v, stands->choice[v])) pick = o;
	}
	return pick;
}

int demo_buyer_asks(const struct demo_buyer *buyer, const struct bargain *felt, const struct package *start, const struct package *stands, struct demo_want ret_wants[DEMO_WANTS])
{
	int64_t missing = demo_buyer_demand(buyer, felt, start) - package_value(felt, stands).theirs;
	struct package hoped = *stands;
	int n = 0;
	while (n < DEMO_WANTS && missing > 0) {
		int pick = -1;
		int64_t most = 0;
		for (int v = 0; v < felt->n; v++) {
			int64_t gain = theirs_of(felt, v, wanted_of(felt, v, &hoped, missing)) - theirs_of(felt, v, hoped.choice[v]);
			if (felt->variables[v].price && n == 0) gain *= 2; /* it is the first thing that comes to mind */
			if (gain > most) {
				most = gain;
				pick = v;
			}
		}
		if (pick < 0) break;
		ret_wants[n] = (struct demo_want){pick, wanted_of(felt, pick, &hoped, missing)};
		missing -= theirs_of(felt, pick, ret_wants[n].option) - theirs_of(felt, pick, hoped.choice[pick]);
		hoped.choice[pick] = (uint16_t)ret_wants[n].option;
		n++;
	}
	return n;
}
