#include "core/bargain/meso.h"

#include <stdlib.h>

/* Packages half made: the knots from the last down to `at` are chosen. Taken by what they can still be worth to them, so whole ones come out best first. */
struct node {
	int64_t bound;                  /* the most that a package begun so can be worth to them */
	struct option value;            /* of what is chosen */
	int32_t at, knot_choice, parent; /* parent: the node one knot above; −1 */
};

enum { NODES = 100000 };

struct search {
	const struct frontier *frontier;
	int64_t low, high;
	struct node *nodes;
	int n_nodes, *heap, n_heap;
	bool full;
};

static bool comes_first(const struct search *s, int a, int b)
{
	const struct node *x = &s->nodes[a], *y = &s->nodes[b];
	if (x->bound != y->bound) return x->bound > y->bound;
	if (x->at != y->at) return x->at < y->at; /* nearer to whole */
	return a < b;
}

static void heap_push(struct search *s, int node)
{
	int at = s->n_heap++;
	while (at > 0 && comes_first(s, node, s->heap[(at - 1) / 2])) {
		s->heap[at] = s->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	s->heap[at] = node;
}

static int heap_pop(struct search *s)
{
	int top = s->heap[0], last = s->heap[--s->n_heap], at = 0;
	for (int child; (child = 2 * at + 1) < s->n_heap; at = child) {
		if (child + 1 < s->n_heap && comes_first(s, s->heap[child + 1], s->heap[child])) child++;
		if (!comes_first(s, s->heap[child], last)) break;
		s->heap[at] = s->heap[child];
	}
	s->heap[at] = last;
	return top;
}

static int level_last(const struct frontier_level *level, int64_t ours)
{
	int low = 0, high = level->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (level->points[middle].ours >= ours) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/* The level below tells what the rest can bring. A thinned level may lack epsilon of ours, never of theirs; its last point has the least for us. */
static void node_add(struct search *s, int parent, int at, int knot_choice, struct option value)
{
	const struct frontier_level *level = &s->frontier->levels[at];
	if (!level->n || value.ours + level->points[level->n - 1].ours > s->high) return;
	int best = level_last(level, s->low - value.ours - (at ? s->frontier->epsilon : 0));
	if (best < 0) return;
	if (s->n_nodes == NODES) {
		s->full = true;
		return;
	}
	s->nodes[s->n_nodes] = (struct node){value.theirs + level->points[best].theirs, value, at, knot_choice, parent};
	heap_push(s, s->n_nodes++);
}

static struct package package_of(const struct search *s, int node)
{
	struct package package = {{0}};
	for (; s->nodes[node].parent >= 0; node = s->nodes[node].parent) {
		const struct knot *knot = &s->frontier->knots[s->nodes[node].at];
		for (int v = 0; v < knot->n_variables; v++) package.choice[knot->variables[v]] = knot->combinations[s->nodes[node].knot_choice].choice[v];
	}
	return package;
}

struct candidate {
	struct package package;
	struct option value;
	int difference;                 /* the least, from those chosen */
	bool chosen;
};

/* The packages of the band worth most to them, best first. */
static int candidates_find(struct search *s, struct candidate *candidates)
{
	int n = 0;
	node_add(s, -1, s->frontier->n_knots, 0, (struct option){0, 0});
	while (s->n_heap && n < MESO_CANDIDATES) {
		int i = heap_pop(s), at = s->nodes[i].at;
		if (at == 0) {
			candidates[n++] = (struct candidate){package_of(s, i), s->nodes[i].value, PACKAGE_VARIABLES, false};
			continue;
		}
		const struct knot *knot = &s->frontier->knots[at - 1];
		for (int k = 0; k < knot->n && !s->full; k++)
			node_add(s, i, at - 1, k, (struct option){s->nodes[i].value.ours + knot->combinations[k].value.ours, s->nodes[i].value.theirs + knot->combinations[k].value.theirs});
	}
	return n;
}

int meso_difference(const struct bargain *bargain, const struct package *a, const struct package *b)
{
	int n = 0;
	for (int v = 0; v < bargain->n; v++) n += a->choice[v] != b->choice[v];
	return n;
}

/* Better for them, then for us, then the smaller choices. */
static int best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->value.theirs != y->value.theirs) return x->value.theirs > y->value.theirs ? -1 : 1;
	if (x->value.ours != y->value.ours) return x->value.ours > y->value.ours ? -1 : 1;
	for (int v = 0; v < PACKAGE_VARIABLES; v++)
		if (x->package.choice[v] != y->package.choice[v]) return (int)x->package.choice[v] - (int)y->package.choice[v];
	return 0;
}

static void choose(const struct bargain *bargain, struct candidate *candidates, int n, int wanted, struct meso *meso)
{
	while (meso->n < wanted) {
		int best = -1;
		for (int i = 0; i < n; i++)
			if (!candidates[i].chosen && (best < 0 || candidates[i].difference > candidates[best].difference)) best = i; /* equal ones: the earlier */
		if (best < 0) return;
		candidates[best].chosen = true;
		meso->values[meso->n] = candidates[best].value;
		meso->offers[meso->n++] = candidates[best].package;
		for (int i = 0; i < n; i++) {
			int difference = meso_difference(bargain, &candidates[i].package, &candidates[best].package);
			if (difference < candidates[i].difference) candidates[i].difference = difference;
		}
	}
}

void meso_offers(const struct frontier *frontier, int64_t limit, int64_t aim, int n, struct arena *arena, struct meso *ret_meso)
{
	if (aim < limit) aim = limit;
	*ret_meso = (struct meso){.low = aim, .high = aim, .searched = true};
	int anchor = frontier_last_ours(frontier, aim);
	if (anchor < 0) return;
	/* Values are within ±2^60 (package.h), a limit may be anything. */
	int64_t anchor_ours = frontier->points[anchor].ours;
	uint64_t width = ((uint64_t)frontier->points[0].ours - (uint64_t)limit) / 100;
	if ((uint64_t)anchor_ours - (uint64_t)aim > width) ret_meso->low = anchor_ours - (int64_t)width;
	ret_meso->high = (uint64_t)frontier->points[0].ours - (uint64_t)ret_meso->low < width ? frontier->points[0].ours : ret_meso->low + (int64_t)width;

	struct search s = {.frontier = frontier, .low = ret_meso->low, .high = ret_meso->high, .nodes = ARENA_ARRAY(arena, struct node, NODES), .heap = ARENA_ARRAY(arena, int, NODES)};
	struct candidate *candidates = ARENA_ARRAY(arena, struct candidate, MESO_CANDIDATES);
	int found = candidates_find(&s, candidates), near = 0;
	if (found) qsort(candidates, (size_t)found, sizeof *candidates, best_first);
	uint64_t slack = ((uint64_t)frontier->points[frontier->n - 1].theirs - (uint64_t)frontier->points[0].theirs) / 10;
	if (n > MESO_MOST) n = MESO_MOST;
	while (near < found && (uint64_t)candidates[0].value.theirs - (uint64_t)candidates[near].value.theirs <= slack) near++;
	if (near < n) near = n < found ? n : found;
	ret_meso->searched = !s.full;
	choose(frontier->bargain, candidates, near, n, ret_meso);
}
