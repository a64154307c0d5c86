/* What must hold of any table (N6, N7, N9), beside a listing of every package: on drawn tables of up to a million packages, with ties, clusters and forbidden pairs. */
#include "table_drawn.h"

#include "base/wide.h"
#include "core/bargain/ladder.h"
#include "core/bargain/limit.h"
#include "core/bargain/solution.h"
#include "core/bargain/trade.h"

static bool dominated(struct option value)
{
	for (int i = 0; i < d.n; i++)
		if (betters(d.values[i], value)) return true;
	return false;
}

static int same_value(struct option value)
{
	int n = 0;
	for (int i = 0; i < d.n; i++) n += d.values[i].ours == value.ours && d.values[i].theirs == value.theirs;
	return n;
}

static void frontier_law(struct rng *rng)
{
	struct frontier f;
	char count[PACKAGE_COUNT];
	int variable;
	(void)rng;
	assert_int_equal(package_check(&d.bargain, &variable), PACKAGE_SOUND);
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &f));
	assert_int_equal(f.epsilon, 0);
	frontier_count(&f, count);
	assert_int_equal(strtol(count, NULL, 10), d.n);
	int on = 0;
	for (int i = 0; i < d.n; i++) on += !dominated(d.values[i]);
	struct package *found = ARENA_ARRAY(arena, struct package, d.n + 1);
	int listed = 0;
	for (int i = 0; i < f.n; i++) {
		if (i) assert_true(f.points[i].ours < f.points[i - 1].ours && f.points[i].theirs > f.points[i - 1].theirs);
		assert_false(dominated(f.points[i]));
		int n = frontier_packages(&f, i, d.n + 1, found);
		assert_int_equal(n, same_value(f.points[i])); /* ties are kept */
		for (int k = 0; k < n; k++) {
			struct option value = package_value(&d.bargain, &found[k]);
			assert_true(package_allowed(&d.bargain, &found[k]) && value.ours == f.points[i].ours && value.theirs == f.points[i].theirs);
		}
		listed += n;
	}
	assert_int_equal(listed, on);
}

static void frontier__is_every_package_that_nothing_betters(void **state)
{
	(void)state;
	each(300, 1, 4, frontier_law);
}

static int best_first(const void *a, const void *b)
{
	const struct option *x = a, *y = b;
	if (x->ours != y->ours) return x->ours > y->ours ? -1 : 1;
	return x->theirs > y->theirs ? -1 : x->theirs < y->theirs;
}

/* The frontier of a sorted list of all packages. */
static int listing(struct option *all)
{
	int kept = 0;
	memcpy(all, d.values, (size_t)d.n * sizeof *all);
	qsort(all, (size_t)d.n, sizeof *all, best_first);
	for (int i = 0; i < d.n; i++)
		if (!kept || all[i].theirs > all[kept - 1].theirs) all[kept++] = all[i];
	return kept;
}

static int largest;

static void large_law(struct rng *rng)
{
	struct frontier f;
	char count[PACKAGE_COUNT];
	struct option *all = ARENA_ARRAY(arena, struct option, d.n + 1);
	int n = listing(all);
	(void)rng;
	assert_true(frontier_make(&d.bargain, PACKAGES, arena, &f));
	frontier_count(&f, count);
	assert_int_equal(strtol(count, NULL, 10), d.n);
	assert_int_equal(f.epsilon, 0);
	assert_int_equal(f.n, n);
	if (n) assert_memory_equal(f.points, all, (size_t)n * sizeof *all);
	for (int i = 0; i < n; i += 1 + n / 50) {
		struct package package;
		assert_int_equal(frontier_packages(&f, i, 1, &package), 1);
		struct option value = package_value(&d.bargain, &package);
		assert_true(package_allowed(&d.bargain, &package) && value.ours == all[i].ours && value.theirs == all[i].theirs);
	}
	if (n > largest) largest = n;
}

static void frontier__is_that_of_a_list_of_a_million(void **state)
{
	(void)state;
	each(24, 6, OPTIONS, large_law);
	assert_true(largest > 3000); /* else it says nothing of large levels */
}

static void thin_law(struct rng *rng)
{
	struct frontier thin, whole;
	struct option *all = ARENA_ARRAY(arena, struct option, d.n + 1);
	int n = listing(all), most = rng_below(rng, 2) ? 2 + (int)rng_below(rng, 12) : 2 + (int)rng_below(rng, 500), at = 0, largest_level = 0;
	bool small = true;
	assert_true(frontier_make(&d.bargain, most, arena, &thin));
	assert_true(frontier_make(&d.bargain, PACKAGES, arena, &whole));
	for (int i = 0; i <= whole.n_knots; i++) {
		if (whole.levels[i].n > largest_level) largest_level = whole.levels[i].n;
		if (i < whole.n_knots) small = small && whole.levels[i].n * whole.knots[i].n <= most;
	}
	assert_true(thin.n <= most);
	if (small || largest_level <= most / 2) assert_int_equal(thin.epsilon, 0); /* nearer to it, that is guessed */
	if (largest_level > most) assert_true(thin.n < largest_level);
	if (!thin.epsilon) assert_true(thin.n == n && largest_level <= most);
	for (int i = 0; i < n; i++) {
		while (at < thin.n && thin.points[at].theirs < all[i].theirs) at++; /* of those with at least as much for them, the best for us */
		assert_true(at < thin.n && thin.points[at].ours >= all[i].ours - thin.epsilon);
	}
	for (int k = 0; k < thin.n; k++) {
		struct package p;
		if (k) assert_true(thin.points[k].ours < thin.points[k - 1].ours && thin.points[k].theirs > thin.points[k - 1].theirs);
		assert_int_equal(frontier_packages(&thin, k, 1, &p), 1);
		struct option value = package_value(&d.bargain, &p);
		assert_true(value.ours == thin.points[k].ours && value.theirs == thin.points[k].theirs);
	}
	if (n) assert_true(thin.points[0].ours == all[0].ours && thin.points[thin.n - 1].theirs == all[n - 1].theirs); /* the ends stay */
}

static void frontier__thinned_is_off_by_epsilon_at_most(void **state)
{
	(void)state;
	each(400, 2, 5, thin_law);
	table_manner = 3; /* many points on every level */
	each(300, 9, 6, thin_law);
	table_manner = 4;
	each(20, 10, OPTIONS, thin_law);
	table_manner = 3;
	each(12, 7, OPTIONS, thin_law);
	table_manner = -1;
}

static void frontier__is_exact_up_to_most(void **state)
{
	struct option options[5][4];
	struct variable variables[5];
	struct frontier f;
	(void)state;
	for (int v = 0, unit = 1; v < 5; v++, unit *= 4) {
		for (int o = 0; o < 4; o++) options[v][o] = (struct option){o * unit, -o * unit};
		variables[v] = (struct variable){options[v], 4, false};
	}
	const struct bargain bargain = {variables, 5, NULL, 0};
	arena = arena_new(16 << 20);
	assert_true(frontier_make(&bargain, 1024, arena, &f));
	assert_true(f.n == 1024 && f.epsilon == 0);
	assert_true(frontier_make(&bargain, 1023, arena, &f));
	assert_true(f.n < 1023 && f.epsilon > 0);
	arena_free(arena);
}

/* What a solution makes as large as it can: as a fraction, so that all four are compared alike. */
struct measure {
	wide top, below;
};

static struct measure measure(enum solution s, wide g, wide h, wide most_g, wide most_h)
{
	switch (s) {
	case SOLUTION_NASH: return (struct measure){g * h, 1};
	case SOLUTION_EGALITARIAN: return (struct measure){g < h ? g : h, 1};
	case SOLUTION_SUM: return (struct measure){g + h, 1};
	default: break;
	}
	if (!most_g && !most_h) return (struct measure){1, 1};
	if (!most_g) return (struct measure){h, most_h};
	if (!most_h) return (struct measure){g, most_g};
	return g * most_h < h * most_g ? (struct measure){g, most_g} : (struct measure){h, most_h};
}

static int found_solutions[SOLUTIONS], found_none;

static void solution_law(struct rng *rng)
{
	struct frontier f;
	if (!d.n) return;
	int64_t limit = d.values[rng_below(rng, (uint64_t)d.n)].ours - (rng_below(rng, 2) ? (int64_t)rng_below(rng, 3000) : 0), their_limit = d.values[rng_below(rng, (uint64_t)d.n)].theirs;
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &f));
	wide most_g = 0, most_h = 0;
	bool any = false, ours = false, theirs = false;
	for (int i = 0; i < d.n; i++) {
		ours = ours || d.values[i].ours >= limit;
		theirs = theirs || d.values[i].theirs >= their_limit;
		if (d.values[i].ours < limit || d.values[i].theirs < their_limit) continue;
		any = true;
		if ((wide)d.values[i].ours - limit > most_g) most_g = (wide)d.values[i].ours - limit;
		if ((wide)d.values[i].theirs - their_limit > most_h) most_h = (wide)d.values[i].theirs - their_limit;
	}
	int from, to;
	assert_int_equal(solution_range(&f, limit, their_limit, &from, &to), any ? SOLUTION_FOUND : !ours ? SOLUTION_BELOW_OURS : !theirs ? SOLUTION_BELOW_THEIRS : SOLUTION_APART);
	for (int s = 0; s < SOLUTIONS; s++) {
		int at = solution_find(&f, (enum solution)s, limit, their_limit);
		assert_int_equal(at >= 0, any);
		found_none += !any;
		if (!any) continue;
		struct option v = f.points[at];
		assert_true(at >= from && at < to && v.ours >= limit && v.theirs >= their_limit);
		struct measure best = measure((enum solution)s, (wide)v.ours - limit, (wide)v.theirs - their_limit, most_g, most_h);
		for (int i = 0; i < d.n; i++) {
			struct option w = d.values[i];
			if (w.ours < limit || w.theirs < their_limit || (s != SOLUTION_NASH && dominated(w))) continue;
			struct measure other = measure((enum solution)s, (wide)w.ours - limit, (wide)w.theirs - their_limit, most_g, most_h);
			wide more = other.top * best.below - best.top * other.below, sum = (wide)w.ours + w.theirs - v.ours - v.theirs;
			assert_true(more <= 0);
			if (more == 0) assert_true(sum < 0 || (sum == 0 && w.ours <= v.ours)); /* of equal ones the greater sum, then the more for us */
		}
		found_solutions[s]++;
	}
}

static void solution__is_the_best_of_all_that_both_accept(void **state)
{
	(void)state;
	each(600, 3, 4, solution_law);
	assert_true(found_none > 100);
	for (int s = 0; s < SOLUTIONS; s++) assert_true(found_solutions[s] > 100);
}

static void package__refuses_what_cannot_be_computed_with(void **state)
{
	(void)state;
	const int64_t half = INT64_C(1) << 59;
	struct option small[] = {{1, 1}, {2, 2}}, large[] = {{half, 0}, {0, -half}}, most[] = {{INT64_MIN, INT64_MAX}};
	struct variable two[] = {{small, 2, false}, {small, 2, false}}, too_large[] = {{large, 2, false}, {large, 2, false}}, extreme[] = {{most, 1, false}}, empty[] = {{small, 2, false}, {small, 0, false}};
	struct forbidden good[] = {{{0, 1}, {1, 1}}}, same[] = {{{1, 1}, {0, 1}}}, no_variable[] = {{{0, 2}, {0, 0}}}, no_option[] = {{{0, 1}, {0, 2}}};
	int at = -1;
	assert_int_equal(package_check(&(struct bargain){two, 2, good, 1}, &at), PACKAGE_SOUND);
	assert_int_equal(package_check(&(struct bargain){two, 2, same, 1}, &at), PACKAGE_BAD_FORBIDDEN);
	assert_int_equal(at, 1);
	assert_int_equal(package_check(&(struct bargain){two, 2, no_variable, 1}, &at), PACKAGE_BAD_FORBIDDEN);
	assert_int_equal(package_check(&(struct bargain){two, 2, no_option, 1}, &at), PACKAGE_BAD_FORBIDDEN);
	assert_int_equal(package_check(&(struct bargain){too_large, 1, NULL, 0}, &at), PACKAGE_SOUND);
	assert_int_equal(package_check(&(struct bargain){too_large, 2, NULL, 0}, &at), PACKAGE_TOO_LARGE);
	assert_int_equal(at, 1);
	assert_int_equal(package_check(&(struct bargain){extreme, 1, NULL, 0}, &at), PACKAGE_TOO_LARGE);
	assert_int_equal(package_check(&(struct bargain){empty, 2, NULL, 0}, &at), PACKAGE_BAD_OPTIONS);
	assert_int_equal(at, 1);
	assert_int_equal(package_check(&(struct bargain){two, 0, NULL, 0}, &at), PACKAGE_TOO_MANY_VARIABLES);
	assert_int_equal(package_check(&(struct bargain){two, PACKAGE_VARIABLES + 1, NULL, 0}, &at), PACKAGE_TOO_MANY_VARIABLES);
}

/* What one change of the package brings. */
static struct option moved(const struct package *p, int v, int o, struct package *ret_then)
{
	struct option before = package_value(&d.bargain, p);
	*ret_then = *p;
	ret_then->choice[v] = (uint16_t)o;
	struct option after = package_value(&d.bargain, ret_then);
	return (struct option){after.ours - before.ours, after.theirs - before.theirs};
}

static void limit_law(struct rng *rng)
{
	struct package p = any_package(rng), then;
	struct option value = package_value(&d.bargain, &p);
	int64_t limit = value.ours + rng_between(rng, -2, 8) * (value.ours % 7 ? 900 : 1), most = value.ours;
	struct change changes[64], several[PACKAGE_VARIABLES];
	int n = limit_changes(&d.bargain, &p, limit, 64, changes), all = 0;
	assert_int_equal(limit_shortfall(&d.bargain, &p, limit), limit > value.ours ? limit - value.ours : 0);
	for (int v = 0; v < d.bargain.n; v++) {
		int64_t best = INT64_MIN;
		for (int o = 0; o < d.variables[v].n; o++) {
			if (d.options[v][o].ours > best) best = d.options[v][o].ours;
			struct option by = moved(&p, v, o, &then);
			if (o == p.choice[v] || by.ours < limit_shortfall(&d.bargain, &p, limit) || !package_allowed(&d.bargain, &then)) continue;
			bool found = false;
			for (int i = 0; i < n; i++) found = found || (changes[i].variable == v && changes[i].to == o && changes[i].ours == by.ours && changes[i].theirs == by.theirs);
			assert_true(found);
			all++;
		}
		most += best - d.options[v][p.choice[v]].ours;
	}
	assert_int_equal(n, all);
	for (int i = 1; i < n; i++) assert_true(changes[i].theirs < changes[i - 1].theirs || (changes[i].theirs == changes[i - 1].theirs && changes[i].ours <= changes[i - 1].ours));
	struct change few[2];
	int some = limit_changes(&d.bargain, &p, limit, 2, few);
	assert_int_equal(some, n < 2 ? n : 2);
	for (int i = 0; i < some; i++) assert_true(few[i].variable == changes[i].variable && few[i].to == changes[i].to);

	bool short_of = limit > value.ours;
	int m = limit_restore(&d.bargain, &p, limit, several);
	then = p;
	for (int i = 0; i < m; i++) then.choice[several[i].variable] = several[i].to;
	if (m) assert_true(limit_shortfall(&d.bargain, &then, limit) == 0);
	if (m && package_allowed(&d.bargain, &p)) assert_true(package_allowed(&d.bargain, &then));
	if (!d.bargain.n_forbidden) assert_int_equal(m > 0, short_of && most >= limit);
}

static void limit__names_changes_that_lift_it_back(void **state)
{
	(void)state;
	each(2000, 4, 5, limit_law);
}

static void ladder_law(struct rng *rng)
{
	struct package p = any_package(rng), then;
	struct step steps[64], few[3];
	int n = ladder_steps(&d.bargain, &p, 64, steps), all = 0;
	for (int v = 0; v < d.bargain.n; v++) {
		for (int o = 0; o < d.variables[v].n; o++) {
			struct option by = moved(&p, v, o, &then);
			if (by.ours >= 0 || by.theirs < 0 || !package_allowed(&d.bargain, &then)) continue;
			bool found = false;
			for (int i = 0; i < n; i++) found = found || (steps[i].variable == v && steps[i].to == o && steps[i].cost == -by.ours && steps[i].worth == by.theirs);
			assert_true(found);
			all++;
		}
	}
	assert_int_equal(n, all);
	for (int i = 1; i < n; i++) {
		bool price = d.variables[steps[i].variable].price, before = d.variables[steps[i - 1].variable].price;
		assert_true(price > before || (price == before && (steps[i].cost > steps[i - 1].cost || (steps[i].cost == steps[i - 1].cost && steps[i].worth <= steps[i - 1].worth))));
	}
	assert_int_equal(ladder_steps(&d.bargain, &p, 3, few), n);
	for (int i = 0; i < n && i < 3; i++) assert_true(few[i].variable == steps[i].variable && few[i].to == steps[i].to);
}

static void ladder__is_every_concession_cheapest_first_price_last(void **state)
{
	(void)state;
	each(1000, 8, 6, ladder_law);
}

/* All trades, by trying every package that differs in the given variable and in one to three others. */
static int all_trades(const struct package *p, int given, int to, struct trade *out)
{
	struct option before = package_value(&d.bargain, p);
	int n = 0;
	for (int i = 0; i < d.n; i++) {
		struct trade trade = {.ours = d.values[i].ours - before.ours, .theirs = d.values[i].theirs - before.theirs};
		bool fits = d.packages[i].choice[given] == to && trade.ours >= 0;
		for (int v = 0; v < d.bargain.n && fits; v++) {
			if (v == given || d.packages[i].choice[v] == p->choice[v]) continue;
			int64_t gain = d.options[v][d.packages[i].choice[v]].ours - d.options[v][p->choice[v]].ours;
			fits = trade.n < TRADE_CHANGES && gain > 0 && trade.ours - gain < 0; /* without it ours would fall */
			if (fits) trade.n++;
		}
		if (fits && trade.n) out[n++] = trade;
	}
	return n;
}

static int cheapest_first(const void *a, const void *b)
{
	const struct trade *x = a, *y = b;
	if (x->theirs != y->theirs) return x->theirs > y->theirs ? -1 : 1;
	if (x->n != y->n) return x->n - y->n;
	return x->ours > y->ours ? -1 : x->ours < y->ours;
}

static int trades_seen;

static void trade_law(struct rng *rng)
{
	struct package p = any_package(rng);
	struct trade trades[9], *all = ARENA_ARRAY(arena, struct trade, d.n + 1);
	int given = (int)rng_below(rng, (uint64_t)d.bargain.n), to = (int)rng_below(rng, (uint64_t)d.variables[given].n), most = 1 + (int)rng_below(rng, rng_below(rng, 2) ? 9 : 2);
	struct option before = package_value(&d.bargain, &p);
	int n = trade_for(&d.bargain, &p, given, to, most, arena, trades);
	bool costs = d.options[given][to].ours < d.options[given][p.choice[given]].ours;
	int want = costs ? all_trades(&p, given, to, all) : 0;
	if (want) qsort(all, (size_t)want, sizeof *all, cheapest_first);
	assert_int_equal(n, want < most ? want : most);
	for (int k = 0; k < n; k++) {
		struct package then = p;
		then.choice[given] = (uint16_t)to;
		for (int c = 0; c < trades[k].n; c++) then.choice[trades[k].variable[c]] = trades[k].to[c];
		struct option after = package_value(&d.bargain, &then);
		assert_true(package_allowed(&d.bargain, &then));
		assert_true(after.ours - before.ours == trades[k].ours && trades[k].ours >= 0 && after.theirs - before.theirs == trades[k].theirs);
		assert_true(trades[k].theirs == all[k].theirs && trades[k].n == all[k].n && trades[k].ours == all[k].ours);
	}
	trades_seen += n;
}

/* Things that are worth something to them too: two of them can be better than the one that is enough by itself, though each of the two is worse. */
static void trade__looks_at_sets_of_what_they_like_as_well(void **state)
{
	(void)state;
	const struct option given[] = {{0, 0}, {-10, 0}}, a[] = {{0, 0}, {10, 5}}, b[] = {{0, 0}, {5, 4}};
	const struct variable variables[] = {{given, 2, false}, {a, 2, false}, {b, 2, false}, {b, 2, false}};
	const struct bargain bargain = {variables, 4, NULL, 0};
	const struct package now = {{0}};
	struct trade trade;
	arena = arena_new(1 << 20);
	assert_int_equal(trade_for(&bargain, &now, 0, 1, 1, arena, &trade), 1);
	assert_true(trade.theirs == 8 && trade.n == 2 && trade.ours == 0);
	arena_free(arena);
}

static void trade__is_every_set_that_makes_up_for_it_cheapest_first(void **state)
{
	(void)state;
	each(5000, 5, 5, trade_law);
	table_manner = 0; /* ties, and things to ask that are worth something to them too */
	each(8000, 10, 4, trade_law);
	table_manner = -1;
	assert_true(trades_seen > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frontier__is_every_package_that_nothing_betters),
		cmocka_unit_test(frontier__is_that_of_a_list_of_a_million),
		cmocka_unit_test(frontier__thinned_is_off_by_epsilon_at_most),
		cmocka_unit_test(frontier__is_exact_up_to_most),
		cmocka_unit_test(package__refuses_what_cannot_be_computed_with),
		cmocka_unit_test(solution__is_the_best_of_all_that_both_accept),
		cmocka_unit_test(limit__names_changes_that_lift_it_back),
		cmocka_unit_test(ladder__is_every_concession_cheapest_first_price_last),
		cmocka_unit_test(trade__looks_at_sets_of_what_they_like_as_well),
		cmocka_unit_test(trade__is_every_set_that_makes_up_for_it_cheapest_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
