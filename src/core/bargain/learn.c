#include "core/bargain/learn.h"

#include <string.h>

#include "base/wide.h"

/* D = Σ of `adds` − Σ of `takes`. */
struct claim {
	struct learn_range *adds[PACKAGE_VARIABLES + 2], *takes[PACKAGE_VARIABLES + 2];
	int n_adds, n_takes;
};

static int64_t within(int64_t value)
{
	return value > LEARN_VALUE_MOST ? LEARN_VALUE_MOST : value < -LEARN_VALUE_MOST ? -LEARN_VALUE_MOST : value;
}

static void widen(struct claim *claim, int64_t lack)
{
	int n = claim->n_adds + claim->n_takes;
	int64_t share = lack / n + (lack % n != 0);
	for (int i = 0; i < claim->n_adds; i++) claim->adds[i]->high = within(claim->adds[i]->high + share);
	for (int i = 0; i < claim->n_takes; i++) claim->takes[i]->low = within(claim->takes[i]->low - share);
}

/* a · b / c for a, b ≤ c: it fits. */
static int64_t part(int64_t a, int64_t b, int64_t c)
{
	return (int64_t)((wide)a * b / c);
}

static void narrow(struct claim *claim, int64_t excluded, int64_t whole)
{
	for (int i = 0; i < claim->n_adds; i++) claim->adds[i]->low += part(claim->adds[i]->high - claim->adds[i]->low, excluded / 2, whole);
	for (int i = 0; i < claim->n_takes; i++) claim->takes[i]->high -= part(claim->takes[i]->high - claim->takes[i]->low, excluded / 2, whole);
}

static void hear(struct learn *learn, struct claim *claim)
{
	int64_t low = 0, high = 0;
	for (int i = 0; i < claim->n_adds; i++) {
		low += claim->adds[i]->low;
		high += claim->adds[i]->high;
	}
	for (int i = 0; i < claim->n_takes; i++) {
		low -= claim->takes[i]->high;
		high -= claim->takes[i]->low;
	}
	if (high < 0) {
		learn->contradicted++;
		widen(claim, -high);
	} else if (low < 0) {
		narrow(claim, -low, high - low);
	}
}

/* The value of option a of a variable less that of option b joins the sum, or (turned) leaves it. */
static void put(const struct learn *learn, struct claim *claim, int v, uint16_t a, uint16_t b, bool turned)
{
	if (a == b) return;
	if (turned) {
		uint16_t c = a;
		a = b;
		b = c;
	}
	claim->adds[claim->n_adds++] = &learn->ranges[v][a];
	claim->takes[claim->n_takes++] = &learn->ranges[v][b];
}

static void package_at_least(struct learn *learn, const struct package *a, const struct package *b)
{
	struct claim claim = {.n_adds = 0};
	for (int v = 0; v < learn->bargain->n; v++) put(learn, &claim, v, a->choice[v], b->choice[v], false);
	if (claim.n_adds) hear(learn, &claim);
}

/* In w the step from below to above is worth at least what that in u is. */
static void stake_at_least(struct learn *learn, int w, uint16_t w_above, uint16_t w_below, int u, uint16_t u_above, uint16_t u_below)
{
	struct claim claim = {.n_adds = 0};
	put(learn, &claim, w, w_above, w_below, false);
	put(learn, &claim, u, u_above, u_below, true);
	hear(learn, &claim);
}

static bool concedes(const struct learn *learn, int v, uint16_t from, uint16_t to)
{
	return learn->bargain->variables[v].options[to].ours > learn->bargain->variables[v].options[from].ours;
}

static void conceding(struct learn *learn, const struct package *stands, const struct package *offer)
{
	for (int u = 0; u < learn->bargain->n; u++) {
		if (!concedes(learn, u, learn->last.choice[u], offer->choice[u])) continue;
		for (int w = 0; w < learn->bargain->n; w++)
			if (w != u && offer->choice[w] == learn->last.choice[w] && offer->choice[w] != stands->choice[w])
				stake_at_least(learn, w, offer->choice[w], stands->choice[w], u, learn->last.choice[u], offer->choice[u]);
	}
}

static void asking(struct learn *learn, const struct package *stands, const struct package *offer)
{
	for (int u = 0; u < learn->bargain->n; u++) {
		if (learn->asked_at[u] || offer->choice[u] == stands->choice[u]) continue;
		for (int w = 0; w < learn->bargain->n; w++)
			if (learn->asked_at[w] && learn->asked_at[w] < learn->offers && learn->asked[w] != stands->choice[w])
				stake_at_least(learn, w, learn->asked[w], stands->choice[w], u, offer->choice[u], stands->choice[u]);
		learn->asked_at[u] = learn->offers;
		learn->asked[u] = offer->choice[u];
	}
}

bool learn_init(struct learn *learn, const struct bargain *bargain, struct learn_range *const *ranges)
{
	*learn = (struct learn){.bargain = bargain};
	for (int v = 0; v < bargain->n; v++) {
		learn->ranges[v] = ranges[v];
		for (int o = 0; o < bargain->variables[v].n; o++)
			if (ranges[v][o].low > ranges[v][o].high || ranges[v][o].low < -LEARN_VALUE_MOST || ranges[v][o].high > LEARN_VALUE_MOST) return false;
	}
	return true;
}

void learn_offered(struct learn *learn, const struct package *stands, const struct package *offer)
{
	learn->offers++;
	package_at_least(learn, offer, stands);
	if (learn->offers > 1) {
		if (package_value(learn->bargain, offer).ours >= package_value(learn->bargain, &learn->last).ours) package_at_least(learn, &learn->last, offer);
		conceding(learn, stands, offer);
	}
	asking(learn, stands, offer);
	learn->last = *offer;
}

void learn_refused(struct learn *learn, const struct package *package)
{
	if (learn->offers) package_at_least(learn, &learn->last, package);
}

int64_t learn_middle(struct learn_range range)
{
	return range.low + (range.high - range.low) / 2;
}

/* ---- Efficient for all, for some ---- */

/* The table with what others are worth to them beside the package, at the values that speak most for the others (or against them). The package itself is worth (ours, 0) there. */
static struct bargain table_beside(const struct learn *learn, const struct package *package, bool for_others, struct arena *arena)
{
	struct bargain beside = *learn->bargain;
	struct variable *variables = ARENA_ARRAY(arena, struct variable, beside.n);
	for (int v = 0; v < beside.n; v++) {
		const struct variable *variable = &learn->bargain->variables[v];
		struct option *options = ARENA_ARRAY(arena, struct option, variable->n);
		struct learn_range own = learn->ranges[v][package->choice[v]];
		for (int o = 0; o < variable->n; o++) {
			struct learn_range other = learn->ranges[v][o];
			options[o] = (struct option){variable->options[o].ours, o == package->choice[v] ? 0 : for_others ? other.high - own.low : other.low - own.high};
		}
		variables[v] = (struct variable){options, variable->n, variable->price};
	}
	beside.variables = variables;
	return beside;
}

/* The most that a package no worse for us is worth to them beside this one, and whether such a package betters it. */
static bool bettered(const struct learn *learn, const struct package *package, bool for_others, int most, struct arena *arena, int64_t *ret_by, bool *ret_exact)
{
	struct bargain beside = table_beside(learn, package, for_others, arena);
	struct frontier frontier;
	int64_t ours = package_value(learn->bargain, package).ours;
	*ret_by = 0;
	*ret_exact = false;
	if (!frontier_make(&beside, most, arena, &frontier)) return false;
	*ret_exact = frontier.epsilon == 0;
	int best = frontier_last_ours(&frontier, ours);
	if (best < 0) return false;
	if (frontier.points[best].theirs > 0) *ret_by = frontier.points[best].theirs;
	return frontier.points[best].theirs > 0 || (frontier.points[best].theirs == 0 && frontier.points[best].ours > ours);
}

static enum learn_verdict verdict(const struct learn *learn, const struct package *package, int most, struct arena *arena, int64_t *ret_doubt)
{
	int64_t by;
	bool exact;
	if (!package_allowed(learn->bargain, package)) return LEARN_NOT;
	bool sometimes = bettered(learn, package, true, most, arena, ret_doubt, &exact);
	if (!sometimes && exact) return LEARN_SURELY;
	return bettered(learn, package, false, most, arena, &by, &exact) ? LEARN_NOT : LEARN_MAY;
}

enum learn_verdict learn_efficient(const struct learn *learn, const struct package *package, int most, struct arena *arena, int64_t *ret_doubt)
{
	int64_t doubt = 0;
	enum learn_verdict found = verdict(learn, package, most, arena, &doubt);
	if (ret_doubt) *ret_doubt = doubt;
	return found;
}

/* ---- Questions ---- */

struct looked {
	int sure;
	wide doubt;
};

static struct looked look(const struct learn *learn, const struct package *packages, int n)
{
	struct looked looked = {0, 0};
	for (int i = 0; i < n; i++) {
		struct arena *arena = arena_new((size_t)1 << 30);
		int64_t doubt;
		bool exact;
		looked.sure += !bettered(learn, &packages[i], true, FRONTIER_MOST, arena, &doubt, &exact) && exact;
		looked.doubt += doubt;
		arena_free(arena);
	}
	return looked;
}

static bool more_telling(const struct question *a, const struct question *b)
{
	return a->settles != b->settles ? a->settles > b->settles : a->doubt > b->doubt;
}

int learn_questions(const struct learn *learn, const struct frontier *frontier, int from, int to, struct question ret_questions[PACKAGE_VARIABLES])
{
	struct package packages[LEARN_POINTS];
	int n = to - from < LEARN_POINTS ? to - from : LEARN_POINTS, found = 0;
	for (int i = 0; i < n; i++) frontier_packages(frontier, from + (int)((int64_t)i * (to - from) / n), 1, &packages[i]);
	struct looked now = look(learn, packages, n);
	struct arena *arena = arena_new((size_t)64 << 20);
	for (int v = 0; v < learn->bargain->n; v++) {
		struct learn known = *learn;
		bool any = false;
		int options = learn->bargain->variables[v].n;
		known.ranges[v] = ARENA_ARRAY(arena, struct learn_range, options);
		for (int o = 0; o < options; o++) {
			int64_t middle = learn_middle(learn->ranges[v][o]);
			any = any || learn->ranges[v][o].low < learn->ranges[v][o].high;
			known.ranges[v][o] = (struct learn_range){middle, middle};
		}
		if (!any) continue;
		struct looked then = look(&known, packages, n);
		struct question question = {v, then.sure - now.sure, n ? (int64_t)((now.doubt - then.doubt) / n) : 0};
		int at = found++;
		for (; at > 0 && more_telling(&question, &ret_questions[at - 1]); at--) ret_questions[at] = ret_questions[at - 1];
		ret_questions[at] = question;
	}
	arena_free(arena);
	return found;
}
