#include "core/bargain/limit.h"

#include <string.h>

#include "base/wide.h"

int64_t limit_shortfall(const struct bargain *bargain, const struct package *package, int64_t limit)
{
	int64_t ours = package_value(bargain, package).ours;
	return ours < limit ? limit - ours : 0;
}

static struct change change_make(const struct bargain *bargain, const struct package *package, int variable, int to)
{
	const struct option *is = &bargain->variables[variable].options[package->choice[variable]], *then = &bargain->variables[variable].options[to];
	return (struct change){variable, (uint16_t)to, then->ours - is->ours, then->theirs - is->theirs};
}

static bool change_allowed(const struct bargain *bargain, const struct package *package, const struct change *change)
{
	struct package then = *package;
	then.choice[change->variable] = change->to;
	return package_allowed(bargain, &then);
}

static bool cheaper(const struct bargain *bargain, const struct change *a, const struct change *b)
{
	if (a->theirs != b->theirs) return a->theirs > b->theirs;
	if (a->ours != b->ours) return a->ours > b->ours;
	return bargain->variables[a->variable].price < bargain->variables[b->variable].price;
}

int limit_changes(const struct bargain *bargain, const struct package *package, int64_t limit, int most, struct change *ret_changes)
{
	int64_t shortfall = limit_shortfall(bargain, package, limit);
	int n = 0;
	for (int v = 0; v < bargain->n; v++) {
		for (int o = 0; o < bargain->variables[v].n; o++) {
			struct change change = change_make(bargain, package, v, o);
			if (o == package->choice[v] || change.ours < shortfall || !change_allowed(bargain, package, &change)) continue;
			int at = n;
			while (at > 0 && cheaper(bargain, &change, &ret_changes[at - 1])) at--;
			if (at >= most) continue;
			int move = (n < most ? n : most - 1) - at;
			memmove(&ret_changes[at + 1], &ret_changes[at], (size_t)move * sizeof *ret_changes);
			ret_changes[at] = change;
			if (n < most) n++;
		}
	}
	return n;
}

/* a costs them less for each unit it brings us than b. Both bring us something. */
static bool better_rate(const struct change *a, const struct change *b)
{
	wide x = (wide)a->theirs * b->ours, y = (wide)b->theirs * a->ours;
	return x != y ? x > y : a->ours > b->ours;
}

int limit_restore(const struct bargain *bargain, const struct package *package, int64_t limit, struct change ret_changes[PACKAGE_VARIABLES])
{
	struct package now = *package;
	int n = 0;
	while (limit_shortfall(bargain, &now, limit)) { /* each step brings us something: it ends */
		struct change best = {.variable = -1};
		for (int v = 0; v < bargain->n; v++) {
			for (int o = 0; o < bargain->variables[v].n; o++) {
				struct change change = change_make(bargain, &now, v, o);
				if (change.ours <= 0 || !change_allowed(bargain, &now, &change)) continue;
				if (best.variable < 0 || better_rate(&change, &best)) best = change;
			}
		}
		if (best.variable < 0) return 0;
		now.choice[best.variable] = best.to;
	}
	for (int v = 0; v < bargain->n; v++)
		if (now.choice[v] != package->choice[v]) ret_changes[n++] = change_make(bargain, package, v, now.choice[v]);
	return n;
}
