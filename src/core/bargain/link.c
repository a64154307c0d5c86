#include "core/bargain/link.h"

#include <stdlib.h>
#include <string.h>

/* The variables of each knot: root[v] is the first variable of v's knot. */
static void tie(const struct bargain *bargain, int root[PACKAGE_VARIABLES])
{
	for (int v = 0; v < bargain->n; v++) root[v] = v;
	for (int i = 0; i < bargain->n_forbidden; i++) {
		int a = root[bargain->forbidden[i].variable[0]], b = root[bargain->forbidden[i].variable[1]];
		int low = a < b ? a : b;
		for (int v = 0; v < bargain->n; v++)
			if (root[v] == a || root[v] == b) root[v] = low;
	}
}

static int combination_order(const void *a, const void *b)
{
	const struct combination *x = a, *y = b;
	if (x->value.ours != y->value.ours) return x->value.ours > y->value.ours ? -1 : 1;
	if (x->value.theirs != y->value.theirs) return x->value.theirs > y->value.theirs ? -1 : 1;
	return x->choice < y->choice ? -1 : x->choice > y->choice; /* they stand in memory in the order of choices */
}

/* Drops what is dominated; equal values stay side by side. */
static void prune(struct knot *knot)
{
	int n = 0;
	qsort(knot->combinations, (size_t)knot->n, sizeof *knot->combinations, combination_order);
	for (int i = 0; i < knot->n; i++) {
		const struct option *value = &knot->combinations[i].value, *last = n ? &knot->combinations[n - 1].value : NULL;
		if (!last || value->theirs > last->theirs || (value->theirs == last->theirs && value->ours == last->ours)) knot->combinations[n++] = knot->combinations[i];
	}
	knot->n = n;
}

struct listing {
	const struct bargain *bargain;
	struct knot *knot;
	struct package package;         /* of the knot's variables, those chosen so far */
	bool chosen[PACKAGE_VARIABLES];
	int *first[PACKAGE_VARIABLES];  /* of variable v, option o: 1 + the first forbidden pair that it is in; 0: none */
	int (*next)[2];                 /* of a pair, the next one that its side is in, likewise */
	uint16_t *choices;
	struct option value;
};

/* Strings the pairs together by what is in them. */
static void pairs_string(struct listing *l, struct arena *arena)
{
	const struct bargain *bargain = l->bargain;
	l->next = (int(*)[2])arena_alloc(arena, sizeof *l->next * ((size_t)bargain->n_forbidden + 1));
	for (int v = 0; v < bargain->n; v++) l->first[v] = ARENA_ARRAY(arena, int, bargain->variables[v].n);
	for (int i = bargain->n_forbidden; i-- > 0;) {
		for (int side = 0; side < 2; side++) {
			int *first = &l->first[bargain->forbidden[i].variable[side]][bargain->forbidden[i].option[side]];
			l->next[i][side] = *first;
			*first = 1 + i;
		}
	}
}

static bool clashes(const struct listing *l, int variable, int option)
{
	for (int i = l->first[variable][option]; i > 0;) {
		const struct forbidden *f = &l->bargain->forbidden[i - 1];
		int side = f->variable[1] == variable, other = f->variable[!side];
		if (l->chosen[other] && l->package.choice[other] == f->option[!side]) return true;
		i = l->next[i - 1][side];
	}
	return false;
}

static void list_from(struct listing *l, int at)
{
	struct knot *knot = l->knot;
	if (at == knot->n_variables) {
		uint16_t *choice = l->choices + (size_t)knot->n * (size_t)knot->n_variables;
		for (int i = 0; i < knot->n_variables; i++) choice[i] = l->package.choice[knot->variables[i]];
		knot->combinations[knot->n++] = (struct combination){l->value, choice};
		return;
	}
	int v = knot->variables[at];
	const struct variable *variable = &l->bargain->variables[v];
	for (int o = 0; o < variable->n; o++) {
		if (knot->n_variables > 1 && clashes(l, v, o)) continue;
		l->package.choice[v] = (uint16_t)o;
		l->chosen[v] = true;
		l->value.ours += variable->options[o].ours;
		l->value.theirs += variable->options[o].theirs;
		list_from(l, at + 1);
		l->value.ours -= variable->options[o].ours;
		l->value.theirs -= variable->options[o].theirs;
		l->chosen[v] = false;
	}
}

static bool knot_list(struct listing *l, struct arena *arena, struct knot *knot, uint64_t *left)
{
	uint64_t most = 1;
	for (int i = 0; i < knot->n_variables; i++)
		if ((most *= (uint64_t)l->bargain->variables[knot->variables[i]].n) > LINK_MOST) return false;
	if (knot->n_variables > 1 && most > *left) return false;
	if (knot->n_variables > 1) *left -= most;
	l->knot = knot;
	l->choices = ARENA_ARRAY(arena, uint16_t, most * (uint64_t)knot->n_variables);
	knot->combinations = ARENA_ARRAY(arena, struct combination, most);
	list_from(l, 0);
	knot->allowed = (uint64_t)knot->n;
	prune(knot);
	return true;
}

struct knot *link_knots(const struct bargain *bargain, struct arena *arena, int *ret_n)
{
	int root[PACKAGE_VARIABLES], n = 0;
	struct knot *knots = ARENA_ARRAY(arena, struct knot, bargain->n);
	struct listing *l = ARENA_NEW(arena, struct listing);
	uint64_t left = LINK_MOST;
	l->bargain = bargain;
	pairs_string(l, arena);
	tie(bargain, root);
	for (int v = 0; v < bargain->n; v++) {
		if (root[v] != v) continue;
		int *variables = ARENA_ARRAY(arena, int, bargain->n);
		struct knot *knot = &knots[n++];
		for (int w = v; w < bargain->n; w++)
			if (root[w] == v) variables[knot->n_variables++] = w;
		knot->variables = variables;
		if (!knot_list(l, arena, knot, &left)) return NULL;
	}
	*ret_n = n;
	return knots;
}
