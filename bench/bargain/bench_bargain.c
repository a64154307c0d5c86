/* The frontier of tables of 10^12 and 10^20 packages, and of 10^6 beside a listing of every package in the same run (N7).
 *
 *   build/bench/bench_bargain [ROUNDS]
 *
 * Tables are drawn near zero-sum, the hard case: an option is worth `ours` to us, uniform in 0…10,000.00, and 10,000.00 − ours to them, give or take some noise; the less noise, the
 * more packages nothing betters. Medians of ROUNDS drawn tables (7). Exits with 1 where the listing finds another frontier, or (noise of 2 % and more; with less,
 * thousands of the million are on the frontier) is not 1000 times slower. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "core/bargain/solution.h"

enum { VARIABLES = 20, OPTIONS = 10, ROUNDS_MOST = 99, WORTH = 1000000 };

static struct option options[VARIABLES][OPTIONS];
static struct variable variables[VARIABLES];

static struct bargain table_draw(struct rng *rng, int n, int64_t noise)
{
	for (int v = 0; v < n; v++) {
		for (int o = 0; o < OPTIONS; o++) {
			int64_t ours = rng_between(rng, 0, WORTH);
			options[v][o] = (struct option){ours, WORTH - ours + (noise ? rng_between(rng, -noise, noise) : 0)};
		}
		variables[v] = (struct variable){options[v], OPTIONS, false};
	}
	return (struct bargain){variables, n, NULL, 0};
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, by_size);
	return values[n / 2];
}

static void frontiers(int rounds, int n, int64_t noise, const char *words)
{
	double ms[ROUNDS_MOST], points[ROUNDS_MOST], share[ROUNDS_MOST];
	struct rng rng;
	rng_init(&rng, 20261125);
	for (int i = 0; i < rounds; i++) {
		struct bargain bargain = table_draw(&rng, n, noise);
		struct arena *arena = arena_new((size_t)4 << 30);
		struct frontier frontier;
		char count[PACKAGE_COUNT];
		int64_t begun = moment_steady();
		if (!frontier_make(&bargain, FRONTIER_MOST, arena, &frontier)) abort();
		frontier_count(&frontier, count);
		for (int s = 0; s < SOLUTIONS; s++) solution_find(&frontier, (enum solution)s, (int64_t)n * WORTH / 4, (int64_t)n * WORTH / 4);
		ms[i] = (double)(moment_steady() - begun) / (double)MOMENT_SECOND * 1000;
		points[i] = frontier.n;
		share[i] = (double)frontier.epsilon / (double)(frontier.points[0].ours - frontier.points[frontier.n - 1].ours);
		arena_free(arena);
	}
	double epsilon = median(share, rounds);
	printf("  10^%d, %-14s %8.2f ms, %6.0f points, %s", n, words, median(ms, rounds), median(points, rounds), epsilon > 0 ? "" : "exact\n");
	if (epsilon > 0) printf("epsilon %.4f %% of the frontier's span\n", 100 * epsilon);
}

/* ---- Every package listed ---- */

static int by_ours(const void *a, const void *b)
{
	const struct option *x = a, *y = b;
	if (x->ours != y->ours) return x->ours > y->ours ? -1 : 1;
	return x->theirs > y->theirs ? -1 : x->theirs < y->theirs;
}

static int listing(const struct bargain *bargain, struct option *all)
{
	struct package package = {{0}};
	int n = 0, kept = 0;
	for (int v = 0; v < bargain->n;) {
		all[n++] = package_value(bargain, &package);
		for (v = 0; v < bargain->n && ++package.choice[v] == bargain->variables[v].n; v++) package.choice[v] = 0;
	}
	qsort(all, (size_t)n, sizeof *all, by_ours);
	for (int i = 0; i < n; i++)
		if (!kept || all[i].theirs > all[kept - 1].theirs) all[kept++] = all[i];
	return kept;
}

/* The same; or, where it was thinned, off by its epsilon at most. */
static bool as_good(const struct option *all, int n, const struct frontier *frontier)
{
	if (!frontier->epsilon) return n == frontier->n && !memcmp(all, frontier->points, (size_t)n * sizeof *all);
	for (int i = 0, at = 0; i < n; i++) {
		while (at < frontier->n && frontier->points[at].theirs < all[i].theirs) at++;
		if (at == frontier->n || frontier->points[at].ours < all[i].ours - frontier->epsilon) return false;
	}
	return true;
}

static bool beside_listing(int rounds, int64_t noise, const char *words)
{
	double times[ROUNDS_MOST];
	struct option *all = malloc(1000000 * sizeof *all);
	struct rng rng;
	bool same = true;
	int points = 0;
	if (!all) abort();
	rng_init(&rng, 7);
	for (int i = 0; i < rounds; i++) {
		struct bargain bargain = table_draw(&rng, 6, noise);
		struct arena *arena = arena_new((size_t)1 << 30);
		struct frontier frontier;
		enum { AGAIN = 20 }; /* it is too quick for the clock */
		int64_t begun = moment_steady();
		for (int k = 0; k < AGAIN; k++)
			if (!frontier_make(&bargain, FRONTIER_MOST, arena, &frontier)) abort();
		double fast = (double)(moment_steady() - begun) / AGAIN;
		begun = moment_steady();
		int n = listing(&bargain, all);
		times[i] = (double)(moment_steady() - begun) / fast;
		points = n;
		same = same && as_good(all, n, &frontier);
		arena_free(arena);
	}
	free(all);
	double ratio = median(times, rounds);
	printf("  10^6, %-14s %6d points; a listing takes %.0f times as long%s\n", words, points, ratio, same ? "" : "; IT FINDS ANOTHER FRONTIER");
	return same && (noise < WORTH / 100 || ratio >= 1000);
}

int main(int argc, char **argv)
{
	int64_t rounds = 7;
	if (argc > 1 && (!parse_int(argv[1], &rounds) || rounds < 1 || rounds > ROUNDS_MOST)) return 2;
	static const struct {
		int64_t noise;
		const char *words;
	} kinds[] = {{WORTH / 5, "noise 20 %"}, {WORTH / 50, "noise 2 %"}, {WORTH / 1000, "noise 0.1 %"}, {0, "zero-sum"}};
	printf("The frontier, the count and four solutions, medians of %d tables:\n", (int)rounds);
	for (int n = 12; n <= 20; n += 8)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) frontiers((int)rounds, n, kinds[k].noise, kinds[k].words);
	printf("Beside a listing of every package:\n");
	bool good = true;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) good = beside_listing((int)rounds, kinds[k].noise, kinds[k].words) && good;
	return good ? 0 : 1;
}
