/* What must hold of any table (N6, N7, N9), beside a listing of every package: on drawn tables of a few thousand packages, with ties and forbidden pairs. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/wide.h"
#include "core/bargain/ladder.h"
#include "core/bargain/limit.h"
#include "core/bargain/solution.h"
#include "core/bargain/trade.h"

enum { VARIABLES = 6, OPTIONS = 5, FORBIDDEN = 6, PACKAGES = 20000 };

struct drawn {
	struct option options[VARIABLES][OPTIONS];
	struct variable variables[VARIABLES];
	struct forbidden forbidden[FORBIDDEN];
	struct bargain bargain;
	struct package packages[PACKAGES]; /* the allowed ones */
	int n;
};

static struct drawn d;
static struct arena *arena;

static void draw(struct rng *rng)
{
	bool coarse = rng_below(rng, 2); /* few values: many ties */
	memset(&d, 0, sizeof d);
	d.bargain.n = 1 + (int)rng_below(rng, VARIABLES);
	for (int v = 0; v < d.bargain.n; v++) {
		d.variables[v] = (struct variable){d.options[v], 1 + (int)rng_below(rng, OPTIONS), rng_below(rng, 3) == 0};
		for (int o = 0; o < d.variables[v].n; o++) {
			d.options[v][o].ours = rng_between(rng, -6, 6) * (coarse ? 1 : 1000) + (coarse ? 0 : rng_between(rng, 0, 999));
			d.options[v][o].theirs = rng_below(rng, 2) ? -d.options[v][o].ours + rng_between(rng, -2, 2) : rng_between(rng, -6, 6) * (coarse ? 1 : 900);
		}
	}
	d.bargain.variables = d.variables;
	d.bargain.forbidden = d.forbidden;
	for (int i = (int)rng_below(rng, FORBIDDEN + 1); i > 0 && d.bargain.n > 1; i--) {
		int a = (int)rng_below(rng, (uint64_t)d.bargain.n), b = (int)rng_below(rng, (uint64_t)d.bargain.n);
		if (a == b) continue;
		d.forbidden[d.bargain.n_forbidden++] =
			(struct forbidden){{(uint16_t)a, (uint16_t)b}, {(uint16_t)rng_below(rng, (uint64_t)d.variables[a].n), (uint16_t)rng_below(rng, (uint64_t)d.variables[b].n)}};
	}
	struct package p = {{0}};
	for (bool more = true; more;) {
		if (package_allowed(&d.bargain, &p)) d.packages[d.n++] = p;
		int v = 0;
		while (v < d.bargain.n && ++p.choice[v] == d.variables[v].n) p.choice[v++] = 0;
		more = v < d.bargain.n;
	}
}

static bool dominated(struct option value)
{
	for (int i = 0; i < d.n; i++) {
		struct option other = package_value(&d.bargain, &d.packages[i]);
		if (other.ours >= value.ours && other.theirs >= value.theirs && (other.ours > value.ours || other.theirs > value.theirs)) return true;
	}
	return false;
}

static void each(int rounds, uint64_t seed, void (*law)(struct rng *rng))
{
	struct rng rng;
	rng_init(&rng, seed);
	for (int i = 0; i < rounds; i++) {
		arena = arena_new(256 << 20);
		draw(&rng);
		law(&rng);
		arena_free(arena);
	}
}

static int same_value(struct option value)
{
	int n = 0;
	for (int i = 0; i < d.n; i++) {
		struct option other = package_value(&d.bargain, &d.packages[i]);
		n += other.ours == value.ours && other.theirs == value.theirs;
	}
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
	for (int i = 0; i < d.n; i++) on += !dominated(package_value(&d.bargain, &d.packages[i]));
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
	each(300, 1, frontier_law);
}

static void thin_law(struct rng *rng)
{
	struct frontier whole, thin;
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &whole));
	int most = 2 + (int)rng_below(rng, 12);
	assert_true(frontier_make(&d.bargain, most, arena, &thin));
	assert_true(thin.n <= most);
	for (int i = 0; i < whole.n; i++) {
		bool near = false;
		for (int k = 0; k < thin.n; k++) near = near || (thin.points[k].theirs >= whole.points[i].theirs && thin.points[k].ours >= whole.points[i].ours - thin.epsilon);
		assert_true(near);
	}
	for (int k = 0; k < thin.n; k++) {
		struct package p;
		assert_int_equal(frontier_packages(&thin, k, 1, &p), 1);
		struct option value = package_value(&d.bargain, &p);
		assert_true(value.ours == thin.points[k].ours && value.theirs == thin.points[k].theirs);
	}
}

static void frontier__thinned_is_off_by_epsilon_at_most(void **state)
{
	(void)state;
	each(300, 2, thin_law);
}

static void solution_law(struct rng *rng)
{
	struct frontier f;
	int64_t limit = rng_between(rng, -12, 6), their_limit = rng_between(rng, -12, 6);
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &f));
	wide best_product = -1, best_sum = 0;
	int64_t best_least = -1;
	bool any = false;
	for (int i = 0; i < d.n; i++) {
		struct option v = package_value(&d.bargain, &d.packages[i]);
		if (v.ours < limit || v.theirs < their_limit) continue;
		wide product = (wide)(v.ours - limit) * (v.theirs - their_limit), sum = (wide)v.ours + v.theirs;
		int64_t least = v.ours - limit < v.theirs - their_limit ? v.ours - limit : v.theirs - their_limit;
		if (product > best_product) best_product = product;
		if (!any || sum > best_sum) best_sum = sum;
		if (least > best_least) best_least = least;
		any = true;
	}
	for (int s = 0; s < SOLUTIONS; s++) {
		int at = solution_find(&f, (enum solution)s, limit, their_limit);
		assert_int_equal(at >= 0, any);
		if (!any) continue;
		struct option v = f.points[at];
		assert_true(v.ours >= limit && v.theirs >= their_limit);
		if (s == SOLUTION_NASH) assert_true((wide)(v.ours - limit) * (v.theirs - their_limit) == best_product);
		if (s == SOLUTION_SUM) assert_true((wide)v.ours + v.theirs == best_sum);
		if (s == SOLUTION_EGALITARIAN) assert_true((v.ours - limit < v.theirs - their_limit ? v.ours - limit : v.theirs - their_limit) == best_least);
	}
}

static void solution__is_the_best_of_all_that_both_accept(void **state)
{
	(void)state;
	each(300, 3, solution_law);
}

static void limit_law(struct rng *rng)
{
	if (!d.n) return;
	struct package p = d.packages[rng_below(rng, (uint64_t)d.n)];
	struct option value = package_value(&d.bargain, &p);
	int64_t limit = value.ours + rng_between(rng, -2, 8);
	struct change changes[64], several[PACKAGE_VARIABLES];
	int n = limit_changes(&d.bargain, &p, limit, 64, changes);
	assert_int_equal(limit_shortfall(&d.bargain, &p, limit), limit > value.ours ? limit - value.ours : 0);
	for (int i = 0; i < n; i++) {
		struct package then = p;
		then.choice[changes[i].variable] = changes[i].to;
		assert_true(package_allowed(&d.bargain, &then) && limit_shortfall(&d.bargain, &then, limit) == 0);
		if (i) assert_true(changes[i].theirs <= changes[i - 1].theirs);
	}
	int m = limit_restore(&d.bargain, &p, limit, several);
	struct package then = p;
	for (int i = 0; i < m; i++) then.choice[several[i].variable] = several[i].to;
	if (m) assert_true(package_allowed(&d.bargain, &then) && limit_shortfall(&d.bargain, &then, limit) == 0);
}

static void limit__names_changes_that_lift_it_back(void **state)
{
	(void)state;
	each(400, 4, limit_law);
}

static void trade_law(struct rng *rng)
{
	if (!d.n) return;
	struct package p = d.packages[rng_below(rng, (uint64_t)d.n)];
	struct step steps[64];
	int all = ladder_steps(&d.bargain, &p, 64, steps);
	for (int i = 0; i < all && i < 64; i++) {
		struct trade trades[8];
		assert_true(steps[i].cost > 0 && steps[i].worth >= 0);
		if (i) assert_true(d.variables[steps[i - 1].variable].price <= d.variables[steps[i].variable].price);
		int n = trade_for(&d.bargain, &p, steps[i].variable, steps[i].to, 8, arena, trades);
		for (int k = 0; k < n; k++) {
			struct package then = p;
			struct option before = package_value(&d.bargain, &p);
			then.choice[steps[i].variable] = steps[i].to;
			for (int c = 0; c < trades[k].n; c++) then.choice[trades[k].variable[c]] = trades[k].to[c];
			struct option after = package_value(&d.bargain, &then);
			assert_true(package_allowed(&d.bargain, &then));
			assert_true(after.ours - before.ours == trades[k].ours && trades[k].ours >= 0 && after.theirs - before.theirs == trades[k].theirs);
			if (k) assert_true(trades[k].theirs <= trades[k - 1].theirs);
		}
	}
}

static void trade__never_lets_ours_fall(void **state)
{
	(void)state;
	each(300, 5, trade_law);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frontier__is_every_package_that_nothing_betters),
		cmocka_unit_test(frontier__thinned_is_off_by_epsilon_at_most),
		cmocka_unit_test(solution__is_the_best_of_all_that_both_accept),
		cmocka_unit_test(limit__names_changes_that_lift_it_back),
		cmocka_unit_test(trade__never_lets_ours_fall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
