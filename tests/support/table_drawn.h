/* Table drawn: a random table of a negotiation and the list of all its packages, for the laws of the bargain. */
#ifndef STURGEON_TESTS_TABLE_DRAWN_H
#define STURGEON_TESTS_TABLE_DRAWN_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "core/bargain/frontier.h"

enum { VARIABLES = 6, OPTIONS = 10, FORBIDDEN = 6, PACKAGES = 1000000 };

struct drawn {
	struct option options[VARIABLES][OPTIONS];
	struct variable variables[VARIABLES];
	struct forbidden forbidden[FORBIDDEN];
	struct bargain bargain;
	struct package *packages;       /* the allowed ones */
	struct option *values;
	int n;
};

static struct drawn d;
static struct arena *arena;
static int table_manner = -1; /* one of those of table_draw; −1: any */

/* In five manners: 0 coarse values with many ties; 1 fine; 2 clusters (one variable of much larger values); 3 near zero-sum; 4 the same, loosely. */
static void table_draw(struct rng *rng, int most_options)
{
	int manner = table_manner < 0 ? (int)rng_below(rng, 5) : table_manner;
	int64_t unit = manner == 0 ? 1 : 1000;
	memset(&d, 0, sizeof d);
	d.bargain.n = 1 + (int)rng_below(rng, VARIABLES);
	if (most_options == OPTIONS) d.bargain.n = VARIABLES - (int)rng_below(rng, 2);
	for (int v = 0; v < d.bargain.n; v++) {
		int64_t large = manner == 2 && v == 0 ? 1000000000 : 1;
		d.variables[v] = (struct variable){d.options[v], most_options == OPTIONS ? OPTIONS : 1 + (int)rng_below(rng, (uint64_t)most_options), rng_below(rng, 3) == 0};
		for (int o = 0; o < d.variables[v].n; o++) {
			struct option *option = &d.options[v][o];
			option->ours = (rng_between(rng, -6, 6) * unit + (unit > 1 ? rng_between(rng, 0, 999) : 0)) * large;
			option->theirs = manner == 3 || rng_below(rng, 2) ? -option->ours + rng_between(rng, -2, 2) * (manner == 2 ? 900 : 1) : rng_between(rng, -6, 6) * unit * large;
			if (manner == 4) option->theirs = -option->ours + rng_between(rng, -1500, 1500);
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
	size_t most = 1;
	for (int v = 0; v < d.bargain.n; v++) most *= (size_t)d.variables[v].n;
	d.packages = ARENA_ARRAY(arena, struct package, most);
	d.values = ARENA_ARRAY(arena, struct option, most);
	struct package p = {{0}};
	for (bool more = true; more;) {
		if (package_allowed(&d.bargain, &p)) {
			d.values[d.n] = package_value(&d.bargain, &p);
			d.packages[d.n++] = p;
		}
		int v = 0;
		while (v < d.bargain.n && ++p.choice[v] == d.variables[v].n) p.choice[v++] = 0;
		more = v < d.bargain.n;
	}
}

static inline struct package any_package(struct rng *rng)
{
	struct package p = {{0}};
	for (int v = 0; v < d.bargain.n; v++) p.choice[v] = (uint16_t)rng_below(rng, (uint64_t)d.variables[v].n);
	return p;
}

static inline bool betters(struct option a, struct option b)
{
	return a.ours >= b.ours && a.theirs >= b.theirs && (a.ours > b.ours || a.theirs > b.theirs);
}

static void each(int rounds, uint64_t seed, int most_options, void (*law)(struct rng *rng))
{
	struct rng rng;
	rng_init(&rng, seed);
	for (int i = 0; i < rounds; i++) {
		arena = arena_new((size_t)1 << 30);
		table_draw(&rng, most_options);
		law(&rng);
		arena_free(arena);
	}
}

#endif
