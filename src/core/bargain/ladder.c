#include "core/bargain/ladder.h"

#include <string.h>

static bool before(const struct bargain *bargain, const struct step *a, const struct step *b)
{
	bool price_a = bargain->variables[a->variable].price, price_b = bargain->variables[b->variable].price;
	if (price_a != price_b) return price_b;
	if (a->cost != b->cost) return a->cost < b->cost;
	return a->worth > b->worth;
}

int ladder_steps(const struct bargain *bargain, const struct package *package, int most, struct step *ret_steps)
{
	int all = 0, n = 0;
	for (int v = 0; v < bargain->n; v++) {
		const struct variable *variable = &bargain->variables[v];
		const struct option *is = &variable->options[package->choice[v]];
		for (int o = 0; o < variable->n; o++) {
			struct package then = *package;
			struct step step = {v, (uint16_t)o, is->ours - variable->options[o].ours, variable->options[o].theirs - is->theirs};
			then.choice[v] = (uint16_t)o;
			if (step.cost <= 0 || step.worth < 0 || !package_allowed(bargain, &then)) continue;
			all++;
			int at = n;
			while (at > 0 && before(bargain, &step, &ret_steps[at - 1])) at--;
			if (at >= most) continue;
			int move = (n < most ? n : most - 1) - at;
			memmove(&ret_steps[at + 1], &ret_steps[at], (size_t)move * sizeof *ret_steps);
			ret_steps[at] = step;
			if (n < most) n++;
		}
	}
	return all;
}
