/* What must hold of several offers at once, of what is learnt about their values, of the pie and of numbers as options (N1, N6, N8), beside plain definitions on drawn tables. */
#include "table_drawn.h"

#include "core/bargain/learn.h"
#include "core/bargain/meso.h"
#include "core/bargain/pie.h"
#include "core/bargain/range.h"

/* ---- Several offers ---- */

/* Whether another package that differs in one knot only betters it. */
static bool part_bettered(const struct package *p, const struct knot *knots, int n_knots)
{
	struct option value = package_value(&d.bargain, p);
	int of[VARIABLES];
	for (int k = 0; k < n_knots; k++)
		for (int i = 0; i < knots[k].n_variables; i++) of[knots[k].variables[i]] = k;
	for (int i = 0; i < d.n; i++) {
		int knot = -1;
		bool one = betters(d.values[i], value);
		for (int v = 0; v < d.bargain.n && one; v++) {
			if (d.packages[i].choice[v] == p->choice[v]) continue;
			one = knot < 0 || knot == of[v];
			knot = of[v];
		}
		if (one) return true;
	}
	return false;
}

struct candidate {
	struct package package;
	struct option value;
	int difference;
};

static int wanted_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->difference != y->difference) return y->difference - x->difference;
	if (x->value.theirs != y->value.theirs) return x->value.theirs > y->value.theirs ? -1 : 1;
	if (x->value.ours != y->value.ours) return x->value.ours > y->value.ours ? -1 : 1;
	for (int v = 0; v < d.bargain.n; v++)
		if (x->package.choice[v] != y->package.choice[v]) return (int)x->package.choice[v] - (int)y->package.choice[v];
	return 0;
}

static int offers_seen, several_seen;

static void meso_law(struct rng *rng)
{
	struct frontier f;
	struct meso meso;
	static const int64_t of_room[] = {0, 20, 300}; /* how much wider our room is than the frontier: bands of one package and of many */
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &f));
	int64_t low = f.n ? f.points[f.n - 1].ours : 0, high = f.n ? f.points[0].ours : 0;
	int64_t limit = low + (int64_t)rng_below(rng, (uint64_t)(high - low) + 2) - (high - low) * of_room[rng_below(rng, 3)], aim = rng_between(rng, low - 5, high + 1);
	int n = 1 + (int)rng_below(rng, 5);
	meso_offers(&f, limit, aim, n, arena, &meso);
	assert_true(meso.searched);
	if (aim < limit) aim = limit;
	if (!f.n || high < aim) {
		assert_int_equal(meso.n, 0);
		return;
	}
	/* The band begins at the aim or above it, is 1 % of our room at most, and has the frontier's next package in it. */
	assert_true(meso.low >= aim && meso.high - meso.low <= (high - limit) / 100);
	struct option next = f.points[frontier_last_ours(&f, aim)];
	assert_true(next.ours >= meso.low && next.ours <= meso.high);
	assert_true(meso.low == aim || next.ours == meso.high);

	assert_true(meso.n > 0 && meso.values[0].theirs == next.theirs); /* the best of all for them */
	for (int k = 0; k < meso.n; k++) {
		struct option value = package_value(&d.bargain, &meso.offers[k]);
		assert_true(package_allowed(&d.bargain, &meso.offers[k]) && value.ours == meso.values[k].ours && value.theirs == meso.values[k].theirs);
		assert_true(value.ours >= limit && value.ours >= meso.low && value.ours <= meso.high);
		for (int i = 0; i < k; i++) assert_true(meso_difference(&d.bargain, &meso.offers[i], &meso.offers[k]) > 0);
	}

	struct candidate *all = ARENA_ARRAY(arena, struct candidate, d.n + 1);
	int found = 0, near = 0;
	for (int i = 0; i < d.n; i++)
		if (d.values[i].ours >= meso.low && d.values[i].ours <= meso.high && !part_bettered(&d.packages[i], f.knots, f.n_knots))
			all[found++] = (struct candidate){d.packages[i], d.values[i], VARIABLES + 1};
	if (found > MESO_CANDIDATES) return; /* which of equal ones are looked at is not said */
	qsort(all, (size_t)found, sizeof *all, wanted_first);
	uint64_t slack = (uint64_t)(f.points[f.n - 1].theirs - f.points[0].theirs) / 10;
	while (near < found && (uint64_t)(all[0].value.theirs - all[near].value.theirs) <= slack) near++;
	if (near < n) near = found < n ? found : n;
	assert_int_equal(meso.n, near < n ? near : n);
	for (int k = 0; k < meso.n; k++) {
		qsort(all, (size_t)near, sizeof *all, wanted_first);
		assert_true(meso_difference(&d.bargain, &all[0].package, &meso.offers[k]) == 0);
		assert_true(meso.values[k].ours == all[0].value.ours && meso.values[k].theirs == all[0].value.theirs);
		for (int i = near - 1; i >= 0; i--) {
			int difference = meso_difference(&d.bargain, &all[i].package, &meso.offers[k]);
			if (difference < all[i].difference) all[i].difference = difference;
		}
		offers_seen++;
	}
	several_seen += meso.n > 2;
}

static void meso__offers_are_equal_for_us_good_for_them_and_far_apart(void **state)
{
	(void)state;
	each(1500, 11, 5, meso_law);
	table_manner = 3; /* where something is to be gained by one side only at the other's cost, as on a real table */
	each(1000, 19, 5, meso_law);
	table_manner = -1;
	print_message("# %d offers, %d of several\n", offers_seen, several_seen);
	assert_true(offers_seen > 1500 && several_seen > 100);
}

/* ---- Learning ---- */

static struct learn_range ranges[VARIABLES][OPTIONS];
static struct learn learn;

static void ranges_draw(struct rng *rng, int64_t wide)
{
	struct learn_range *of[VARIABLES];
	for (int v = 0; v < d.bargain.n; v++) {
		of[v] = ranges[v];
		for (int o = 0; o < d.variables[v].n; o++) {
			int64_t low = d.options[v][o].theirs - rng_between(rng, 0, wide);
			ranges[v][o] = (struct learn_range){low, low + (rng_below(rng, 4) ? rng_between(rng, 0, 2 * wide) : 0)};
			d.options[v][o].theirs = learn_middle(ranges[v][o]);
		}
	}
	assert_true(learn_init(&learn, &d.bargain, of));
}

/* p and q under the values that speak most for q (or for p). */
static struct option beside(const struct package *p, const struct package *q, bool for_q)
{
	int64_t theirs = 0;
	for (int v = 0; v < d.bargain.n; v++) {
		struct learn_range a = ranges[v][q->choice[v]], b = ranges[v][p->choice[v]];
		if (q->choice[v] != p->choice[v]) theirs += for_q ? a.high - b.low : a.low - b.high;
	}
	return (struct option){package_value(&d.bargain, q).ours - package_value(&d.bargain, p).ours, theirs};
}

static int verdicts[3];

static void efficient_law(struct rng *rng)
{
	ranges_draw(rng, rng_below(rng, 2) ? 3 : 2000);
	for (int round = 0; round < 4 && d.n; round++) {
		const struct package *p = &d.packages[rng_below(rng, (uint64_t)d.n)];
		struct option nothing = {0, 0};
		bool sometimes = false, always = false;
		int64_t doubt = 0, told;
		for (int i = 0; i < d.n; i++) {
			struct option for_q = beside(p, &d.packages[i], true), for_p = beside(p, &d.packages[i], false);
			sometimes = sometimes || betters(for_q, nothing);
			always = always || betters(for_p, nothing);
			if (for_q.ours >= 0 && for_q.theirs > doubt) doubt = for_q.theirs;
		}
		enum learn_verdict verdict = learn_efficient(&learn, p, FRONTIER_MOST, arena, &told);
		assert_int_equal(verdict, always ? LEARN_NOT : sometimes ? LEARN_MAY : LEARN_SURELY);
		assert_true(told == doubt);
		verdicts[verdict]++;
	}
}

/* The extremes that the law above leans on are extremes: no values drawn within the ranges say otherwise. */
static void drawn_values_law(struct rng *rng)
{
	ranges_draw(rng, 2000);
	if (!d.n) return;
	const struct package *p = &d.packages[rng_below(rng, (uint64_t)d.n)];
	enum learn_verdict verdict = learn_efficient(&learn, p, FRONTIER_MOST, arena, NULL);
	for (int round = 0; round < 8; round++) {
		for (int v = 0; v < d.bargain.n; v++)
			for (int o = 0; o < d.variables[v].n; o++) d.options[v][o].theirs = rng_between(rng, ranges[v][o].low, ranges[v][o].high);
		struct option value = package_value(&d.bargain, p);
		bool efficient = true;
		for (int i = 0; i < d.n && efficient; i++) efficient = !betters(package_value(&d.bargain, &d.packages[i]), value);
		if (verdict == LEARN_SURELY) assert_true(efficient);
		if (verdict == LEARN_NOT) assert_false(efficient);
	}
}

static void learn__surely_and_may_are_what_all_and_some_values_say(void **state)
{
	(void)state;
	each(500, 12, 4, efficient_law);
	each(300, 13, 4, drawn_values_law);
	assert_true(verdicts[LEARN_NOT] > 50 && verdicts[LEARN_MAY] > 50 && verdicts[LEARN_SURELY] > 50);
}

static double error_before, error_after, spread_before, spread_after;
static int within, outside;

static void tally(int64_t truth[VARIABLES][OPTIONS], double *error, double *spread)
{
	for (int v = 0; v < d.bargain.n; v++) {
		for (int o = 1; o < d.variables[v].n; o++) {
			*error += llabs(learn_middle(ranges[v][o]) - truth[v][o]);
			*spread += (double)(ranges[v][o].high - ranges[v][o].low);
		}
	}
}

/* Somebody whose values lie anywhere in the ranges; every other option costs us. */
static void somebody(struct rng *rng, int64_t ret_truth[VARIABLES][OPTIONS])
{
	struct learn_range *of[VARIABLES];
	for (int v = 0; v < d.bargain.n; v++) {
		of[v] = ranges[v];
		ranges[v][0] = (struct learn_range){0, 0};
		for (int o = 0; o < d.variables[v].n; o++) d.options[v][o].ours = -1000 * o;
		for (int o = 1; o < d.variables[v].n; o++) {
			ranges[v][o] = (struct learn_range){1000, 9000};
			ret_truth[v][o] = rng_between(rng, 1000, 9000);
		}
	}
	assert_true(learn_init(&learn, &d.bargain, of));
	tally(ret_truth, &error_before, &spread_before);
}

/* Somebody asks for everything, then gives up what he values least, one after the other; what stands is worth 0 to him, and known. */
static void client_law(struct rng *rng)
{
	int64_t truth[VARIABLES][OPTIONS] = {{0}};
	struct package stands = {{0}}, offer = {{0}};
	somebody(rng, truth);
	for (int v = 0; v < d.bargain.n; v++)
		for (int o = 1; o < d.variables[v].n; o++)
			if (truth[v][o] > truth[v][offer.choice[v]]) offer.choice[v] = (uint16_t)o;
	for (int left = d.bargain.n; left > 0; left--) {
		learn_offered(&learn, &stands, &offer);
		int least = -1;
		for (int v = 0; v < d.bargain.n; v++)
			if (offer.choice[v] && (least < 0 || truth[v][offer.choice[v]] < truth[least][offer.choice[least]])) least = v;
		if (least < 0) break;
		offer.choice[least] = 0;
	}
	tally(truth, &error_after, &spread_after);
	for (int v = 0; v < d.bargain.n; v++) {
		for (int o = 1; o < d.variables[v].n; o++) {
			assert_true(ranges[v][o].low < ranges[v][o].high); /* a spread is kept */
			if (truth[v][o] >= ranges[v][o].low && truth[v][o] <= ranges[v][o].high) within++;
			else outside++;
		}
	}
}

/* Somebody who asks for one thing after another, what he values most first, and keeps to it. */
static void asker_law(struct rng *rng)
{
	int64_t truth[VARIABLES][OPTIONS] = {{0}};
	struct package stands = {{0}}, offer = {{0}};
	somebody(rng, truth);
	for (;;) {
		int most = -1;
		for (int v = 0; v < d.bargain.n; v++)
			if (!offer.choice[v] && d.variables[v].n > 1 && (most < 0 || truth[v][1] > truth[most][1])) most = v;
		if (most < 0) break;
		offer.choice[most] = 1;
		learn_offered(&learn, &stands, &offer);
	}
	tally(truth, &error_after, &spread_after);
	assert_int_equal(learn.contradicted, 0); /* asking for more is not asking for less */
}

static void learn__what_is_asked_for_first_is_worth_most(void **state)
{
	(void)state;
	error_before = error_after = spread_before = spread_after = 0;
	each(400, 20, 2, asker_law);
	print_message("# error %.0f → %.0f, spread %.0f → %.0f\n", error_before, error_after, spread_before, spread_after);
	assert_true(error_after < 0.85 * error_before && spread_after < spread_before);
}

static void learn__gives_the_figures_of_its_header(void **state)
{
	(void)state;
	const struct option options[] = {{0, 0}, {-50, 50}, {-40, 50}};
	const struct variable variable = {options, 3, false};
	const struct bargain bargain = {&variable, 1, NULL, 0};
	struct learn_range own[] = {{0, 0}, {0, 100}, {0, 100}}, *of[] = {own};
	struct package stands = {{0}}, first = {{1}}, then = {{2}};
	assert_true(learn_init(&learn, &bargain, of));
	learn_offered(&learn, &stands, &first); /* worth at least 0: nothing new */
	learn_offered(&learn, &stands, &then);  /* leaves us better off: the first was worth at least as much */
	assert_true(own[1].low == 25 && own[1].high == 100 && own[2].low == 0 && own[2].high == 75 && own[0].low == 0 && own[0].high == 0);
	learn_offered(&learn, &stands, &first); /* takes more from us again: that says nothing of the two */
	assert_true(own[1].low == 25 && own[2].high == 75);
	own[1] = (struct learn_range){10, 20};
	own[2] = (struct learn_range){31, 40};
	learn_refused(&learn, &then);           /* their last offer is at least as good: not by these ranges, 11 are missing */
	assert_true(learn.contradicted == 1 && own[1].low == 10 && own[1].high == 26 && own[2].low == 25 && own[2].high == 40);
	own[0] = (struct learn_range){1, 0};
	assert_false(learn_init(&learn, &bargain, of));
	own[0] = (struct learn_range){0, LEARN_VALUE_MOST + 1};
	assert_false(learn_init(&learn, &bargain, of));
}

static void learn__comes_nearer_to_what_they_value(void **state)
{
	(void)state;
	error_before = error_after = spread_before = spread_after = 0;
	each(400, 14, 3, client_law);
	print_message("# error %.0f → %.0f, spread %.0f → %.0f, within %d of %d\n", error_before, error_after, spread_before, spread_after, within, within + outside);
	assert_true(error_after < 0.85 * error_before);
	assert_true(spread_after < spread_before);
	assert_true(within > 8 * outside);
}

/* Whatever is claimed: no range is upside down, none loses more than half by an offer's worth of claims than it must, what is known stays known unless it is contradicted. */
static void claims_law(struct rng *rng)
{
	ranges_draw(rng, 2000);
	struct package nothing = {{0}};
	learn_refused(&learn, &nothing); /* before they have asked: nothing */
	for (int round = 0; round < 4; round++) {
		struct learn_range before[VARIABLES][OPTIONS];
		struct package a = any_package(rng), b = any_package(rng);
		int contradicted = learn.contradicted;
		memcpy(before, ranges, sizeof before);
		if (round == 0) learn_offered(&learn, &b, &a);
		else learn_refused(&learn, &b); /* a single claim: their last offer is worth at least this */
		int64_t low = 0, high = 0, now_low = 0, now_high = 0;
		const struct package *x = &learn.last;
		for (int v = 0; v < d.bargain.n; v++) {
			if (x->choice[v] == b.choice[v]) continue;
			low += before[v][x->choice[v]].low - before[v][b.choice[v]].high;
			high += before[v][x->choice[v]].high - before[v][b.choice[v]].low;
			now_low += ranges[v][x->choice[v]].low - ranges[v][b.choice[v]].high;
			now_high += ranges[v][x->choice[v]].high - ranges[v][b.choice[v]].low;
		}
		assert_int_equal(learn.contradicted - contradicted, high < 0);
		if (high < 0) assert_true(now_high >= 0 && now_low == low);                      /* just possible now */
		else assert_true(now_high == high && now_low >= low && now_low <= (low < 0 ? low / 2 + 1 : low)); /* half of what was excluded at most */
		if (high >= 0 && low < -4 * VARIABLES) assert_true(now_low > low + (-low) / 2 - 2 * VARIABLES - 1); /* and no less, but for rounding */
		for (int v = 0; v < d.bargain.n; v++) {
			for (int o = 0; o < d.variables[v].n; o++) {
				struct learn_range was = before[v][o], is = ranges[v][o];
				bool concerned = x->choice[v] != b.choice[v] && (o == x->choice[v] || o == b.choice[v]);
				assert_true(is.low <= is.high);
				if (!concerned || low >= 0) assert_true(is.low == was.low && is.high == was.high);
				else if (high >= 0) assert_true(is.low >= was.low && is.high <= was.high && is.high - is.low >= (was.high - was.low) / 2);
				else assert_true(is.low <= was.low && is.high >= was.high);
			}
		}
	}
}

static void learn__a_claim_takes_half_of_what_it_excludes(void **state)
{
	(void)state;
	each(800, 15, 5, claims_law);
}

static int questions_seen;

static void question_law(struct rng *rng)
{
	struct frontier f;
	struct question questions[PACKAGE_VARIABLES];
	ranges_draw(rng, 1500);
	assert_true(frontier_make(&d.bargain, FRONTIER_MOST, arena, &f));
	int from = 0, to = f.n < LEARN_POINTS ? f.n : LEARN_POINTS;
	int n = learn_questions(&learn, &f, from, to, questions), wide_ones = 0;
	for (int v = 0; v < d.bargain.n; v++) {
		bool any = false;
		for (int o = 0; o < d.variables[v].n; o++) any = any || ranges[v][o].low < ranges[v][o].high;
		wide_ones += any;
	}
	assert_int_equal(n, wide_ones);
	for (int i = 0; i < n; i++) {
		if (i) assert_true(questions[i].settles < questions[i - 1].settles || (questions[i].settles == questions[i - 1].settles && questions[i].doubt <= questions[i - 1].doubt));
		assert_true(questions[i].settles >= 0 && questions[i].doubt >= 0); /* to know more never leaves more open */
		/* by the definition: with that variable known */
		struct learn_range kept[OPTIONS];
		int v = questions[i].variable, sure = 0;
		int64_t doubt = 0, here;
		for (int p = from; p < to; p++) {
			struct package package;
			frontier_packages(&f, p, 1, &package);
			sure -= learn_efficient(&learn, &package, FRONTIER_MOST, arena, &here) == LEARN_SURELY;
			doubt += here;
		}
		memcpy(kept, ranges[v], sizeof kept);
		for (int o = 0; o < d.variables[v].n; o++) ranges[v][o] = (struct learn_range){d.options[v][o].theirs, d.options[v][o].theirs};
		for (int p = from; p < to; p++) {
			struct package package;
			frontier_packages(&f, p, 1, &package);
			sure += learn_efficient(&learn, &package, FRONTIER_MOST, arena, &here) == LEARN_SURELY;
			doubt -= here;
		}
		memcpy(ranges[v], kept, sizeof kept);
		assert_int_equal(questions[i].settles, sure);
		if (to > from) assert_true(questions[i].doubt == doubt / (to - from));
		questions_seen += sure > 0;
	}
}

static void learn__asks_first_what_settles_most(void **state)
{
	(void)state;
	each(60, 16, 4, question_law);
	assert_true(questions_seen > 10);
}

/* ---- Pie and range ---- */

static void pie_law(struct rng *rng)
{
	struct slice slices[VARIABLES], two[2];
	int n = pie_slices(d.variables, d.bargain.n, VARIABLES, slices), good = 0;
	(void)rng;
	for (int v = 0; v < d.bargain.n; v++) {
		bool any = false;
		for (int o = 0; o < d.variables[v].n; o++) any = any || (d.options[v][o].ours > 0 && d.options[v][o].theirs > 0);
		good += any;
	}
	assert_int_equal(n, good);
	for (int i = 0; i < n; i++) {
		struct option value = d.options[slices[i].variable][slices[i].option];
		assert_true(value.ours == slices[i].ours && value.theirs == slices[i].theirs && value.ours > 0 && value.theirs > 0);
		for (int o = 0; o < d.variables[slices[i].variable].n; o++) {
			struct option other = d.options[slices[i].variable][o];
			assert_true(other.ours <= 0 || other.theirs <= 0 || other.ours + other.theirs <= value.ours + value.theirs);
		}
		for (int k = 0; k < i; k++) assert_true(slices[k].variable != slices[i].variable);
		if (i) assert_true(value.ours + value.theirs <= slices[i - 1].ours + slices[i - 1].theirs);
	}
	assert_int_equal(pie_slices(d.variables, d.bargain.n, 2, two), n < 2 ? n : 2);
	for (int i = 0; i < n && i < 2; i++) assert_int_equal(two[i].variable, slices[i].variable);
}

static void pie__is_what_adds_to_both_greatest_first(void **state)
{
	(void)state;
	each(2000, 17, 6, pie_law);
}

static void range__goes_straight_from_point_to_point(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 18);
	for (int round = 0; round < 3000; round++) {
		struct range_point points[5];
		struct range range = {.points = points, .n = 1 + (int)rng_below(&rng, 5)};
		struct option values[200];
		for (int i = 0; i < range.n; i++) points[i] = (struct range_point){i ? points[i - 1].at + 1 + (int64_t)rng_below(&rng, 20) : rng_between(&rng, -50, 50), {rng_between(&rng, -100, 100), rng_between(&rng, -9, 9)}};
		range.from = rng_between(&rng, points[0].at, points[range.n - 1].at);
		range.to = rng_between(&rng, range.from, points[range.n - 1].at);
		range.step = 1 + (int64_t)rng_below(&rng, 6);
		assert_int_equal(range_check(&range), RANGE_SOUND);
		int n = range_options(&range);
		assert_true(range_number(&range, n - 1) <= range.to && range_number(&range, n - 1) + range.step > range.to);
		range_values(&range, values);
		for (int o = 0; o < n; o++) {
			int64_t at = range.from + o * range.step;
			int i = 0;
			assert_int_equal(range_number(&range, o), at);
			while (i + 1 < range.n && points[i + 1].at <= at) i++;
			double a = (double)points[i].value.ours, exact = a;
			if (i + 1 < range.n) exact = a + ((double)points[i + 1].value.ours - a) * (double)(at - points[i].at) / (double)(points[i + 1].at - points[i].at);
			assert_true(2 * llabs(values[o].ours) - 1 <= 2 * (exact < 0 ? -exact : exact) + 1e-9 && 2 * llabs(values[o].ours) + 1 > 2 * (exact < 0 ? -exact : exact) - 1e-9);
			if (points[i].at == at) assert_true(values[o].theirs == points[i].value.theirs && values[o].ours == points[i].value.ours);
		}
	}
}

static void range__refuses_what_it_cannot_be(void **state)
{
	(void)state;
	const struct range_point points[] = {{0, {0, 10}}, {10, {3, 0}}}, falling[] = {{0, {0, 0}}, {5, {0, 0}}, {5, {1, 1}}, {10, {2, 2}}};
	struct option values[11];
	struct range range = {0, 10, 5, points, 2};
	assert_int_equal(range_check(&range), RANGE_SOUND);
	range_values(&range, values);
	assert_true(values[1].ours == 2 && values[1].theirs == 5); /* 1.5: halves away from zero */
	assert_int_equal(range_check(&(struct range){1, 0, 1, points, 2}), RANGE_UPSIDE_DOWN);
	assert_int_equal(range_check(&(struct range){0, 10, 0, points, 2}), RANGE_NO_STEP);
	assert_int_equal(range_check(&(struct range){INT64_MIN, INT64_MAX, 1, points, 2}), RANGE_TOO_MANY);
	assert_int_equal(range_check(&(struct range){0, 11, 1, points, 2}), RANGE_POINTS_TOO_FEW);
	assert_int_equal(range_check(&(struct range){-1, 9, 1, points, 2}), RANGE_POINTS_TOO_FEW);
	assert_int_equal(range_check(&(struct range){0, 0, 1, points, 0}), RANGE_POINTS_TOO_FEW);
	assert_int_equal(range_check(&(struct range){0, 10, 1, falling, 4}), RANGE_POINTS_NOT_RISING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meso__offers_are_equal_for_us_good_for_them_and_far_apart),
		cmocka_unit_test(learn__surely_and_may_are_what_all_and_some_values_say),
		cmocka_unit_test(learn__comes_nearer_to_what_they_value),
		cmocka_unit_test(learn__what_is_asked_for_first_is_worth_most),
		cmocka_unit_test(learn__gives_the_figures_of_its_header),
		cmocka_unit_test(learn__a_claim_takes_half_of_what_it_excludes),
		cmocka_unit_test(learn__asks_first_what_settles_most),
		cmocka_unit_test(pie__is_what_adds_to_both_greatest_first),
		cmocka_unit_test(range__goes_straight_from_point_to_point),
		cmocka_unit_test(range__refuses_what_it_cannot_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
