#include "core/bargain/trade.h"

#include <stdlib.h>
#include <string.h>

/* What may be asked: an option of another variable that brings us something. */
struct ask {
	int variable;
	uint16_t to;
	int64_t ours, theirs;
};

static int cheapest_first(const void *a, const void *b)
{
	const struct ask *x = a, *y = b;
	if (x->theirs != y->theirs) return x->theirs > y->theirs ? -1 : 1;
	if (x->ours != y->ours) return x->ours > y->ours ? -1 : 1;
	if (x->variable != y->variable) return x->variable - y->variable;
	return (int)x->to - (int)y->to;
}

struct search {
	const struct bargain *bargain;
	struct package package;         /* with what is given */
	const struct ask *asks;
	int n_asks, most, n, steps;
	struct trade *trades;
	struct trade now;
	int64_t least;                  /* of what was asked so far, the smallest gain: without it the rest must not be enough */
};

static bool before(const struct trade *a, const struct trade *b)
{
	if (a->theirs != b->theirs) return a->theirs > b->theirs;
	if (a->n != b->n) return a->n < b->n;
	return a->ours > b->ours;
}

static void keep(struct search *s)
{
	int at = s->n;
	if (!package_allowed(s->bargain, &s->package)) return;
	while (at > 0 && before(&s->now, &s->trades[at - 1])) at--;
	if (at >= s->most) return;
	int move = (s->n < s->most ? s->n : s->most - 1) - at;
	memmove(&s->trades[at + 1], &s->trades[at], (size_t)move * sizeof *s->trades);
	s->trades[at] = s->now;
	if (s->n < s->most) s->n++;
}

static bool taken(const struct search *s, int variable)
{
	for (int i = 0; i < s->now.n; i++)
		if (s->now.variable[i] == variable) return true;
	return false;
}

static void search_from(struct search *s, int from)
{
	for (int i = from; i < s->n_asks && s->steps < TRADE_STEPS; i++) {
		s->steps++;
		const struct ask *ask = &s->asks[i];
		if (taken(s, ask->variable)) continue;
		/* asks come by what they cost them: from here on everything costs them at least as much */
		if (s->n == s->most && ask->theirs <= 0 && s->now.theirs + ask->theirs < s->trades[s->most - 1].theirs) return;
		struct trade was = s->now;
		int64_t was_least = s->least;
		uint16_t choice = s->package.choice[ask->variable];
		s->now.variable[s->now.n] = ask->variable;
		s->now.to[s->now.n++] = ask->to;
		s->now.ours += ask->ours;
		s->now.theirs += ask->theirs;
		if (ask->ours < s->least) s->least = ask->ours;
		s->package.choice[ask->variable] = ask->to;
		if (s->now.ours >= 0) {
			if (s->now.ours - s->least < 0) keep(s);
		} else if (s->now.n < TRADE_CHANGES) {
			search_from(s, i + 1);
		}
		s->package.choice[ask->variable] = choice;
		s->now = was;
		s->least = was_least;
	}
}

int trade_for(const struct bargain *bargain, const struct package *package, int given, int to, int most, struct arena *arena, struct trade *ret_trades)
{
	const struct option *is = &bargain->variables[given].options[package->choice[given]], *then = &bargain->variables[given].options[to];
	struct search s = {.bargain = bargain, .package = *package, .most = most, .trades = ret_trades, .least = INT64_MAX};
	int room = 0;
	for (int v = 0; v < bargain->n; v++) room += bargain->variables[v].n;
	struct ask *asks = ARENA_ARRAY(arena, struct ask, room);
	for (int v = 0; v < bargain->n; v++) {
		const struct option *own = &bargain->variables[v].options[package->choice[v]];
		for (int o = 0; o < bargain->variables[v].n && v != given; o++) {
			const struct option *other = &bargain->variables[v].options[o];
			if (other->ours > own->ours) asks[s.n_asks++] = (struct ask){v, (uint16_t)o, other->ours - own->ours, other->theirs - own->theirs};
		}
	}
	if (s.n_asks) qsort(asks, (size_t)s.n_asks, sizeof *asks, cheapest_first);
	s.asks = asks;
	s.package.choice[given] = (uint16_t)to;
	s.now = (struct trade){.ours = then->ours - is->ours, .theirs = then->theirs - is->theirs};
	if (s.now.ours >= 0) return 0; /* it costs us nothing: there is nothing to make up for */
	search_from(&s, 0);
	return s.n;
}
