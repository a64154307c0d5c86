#include "core/bargain/frontier.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* The upper staircase of a and of b shifted by `by`, both staircases, into out (na + nb places). */
static int merge(const struct option *a, int na, const struct option *b, int nb, struct option by, struct option *out)
{
	int i = 0, j = 0, n = 0;
	int64_t best = INT64_MIN;
	while (i < na && j < nb) {
		int64_t ours = b[j].ours + by.ours, theirs = b[j].theirs + by.theirs;
		if (a[i].ours > ours || (a[i].ours == ours && a[i].theirs >= theirs)) {
			ours = a[i].ours;
			theirs = a[i++].theirs;
		} else {
			j++;
		}
		if (theirs <= best) continue;
		best = theirs;
		out[n++] = (struct option){ours, theirs};
	}
	for (; i < na; i++)
		if (a[i].theirs > best) out[n++] = a[i];
	for (; j < nb; j++)
		if (b[j].theirs + by.theirs > best) out[n++] = (struct option){b[j].ours + by.ours, b[j].theirs + by.theirs};
	return n;
}

/* Of the points within a width of ours the last, which is best for them; the first point stays. Returns the width. */
static int64_t thin(struct option *points, int *n, int most)
{
	uint64_t span = (uint64_t)points[0].ours - (uint64_t)points[*n - 1].ours;
	uint64_t width = span / (uint64_t)(most - 1) + 1;
	int kept = 1;
	for (int i = 1; i < *n; i++) {
		bool last = i + 1 == *n || ((uint64_t)points[0].ours - (uint64_t)points[i + 1].ours) / width != ((uint64_t)points[0].ours - (uint64_t)points[i].ours) / width;
		if (last) points[kept++] = points[i];
	}
	*n = kept;
	return (int64_t)(width - 1);
}

/* The fewest points first: levels stay small for longer. */
static void knots_sort(struct knot *knots, int n)
{
	for (int i = 1; i < n; i++) {
		struct knot knot = knots[i];
		int at = i;
		for (; at > 0 && knots[at - 1].n > knot.n; at--) knots[at] = knots[at - 1];
		knots[at] = knot;
	}
}

/* Room for points that are thrown away after the level; not zeroed, kept from level to level. */
struct room {
	struct option *points;
	size_t size;
};

static struct option *room_for(struct room *room, size_t n)
{
	if (n > room->size) {
		room->size = n + n / 2;
		free(room->points);
		room->points = reallocarray(NULL, room->size, sizeof *room->points);
		if (!room->points) abort();
	}
	return room->points;
}

/* One shifted copy of the level after another joins the sum. It seldom holds much more than the level that comes out. */
static void level_make(struct frontier *frontier, int at, int most, struct room rooms[2], struct arena *arena)
{
	const struct frontier_level *before = &frontier->levels[at];
	struct frontier_level *level = &frontier->levels[at + 1];
	const struct knot *knot = &frontier->knots[at];
	struct option *sum = NULL;
	int n = 0, from = 0;
	for (int i = 0; i < knot->n; i++) {
		const struct option *value = &knot->combinations[i].value;
		if (i && knot->combinations[i - 1].value.ours == value->ours) continue; /* equal to the one before */
		struct option *out = room_for(&rooms[from = !from], (size_t)n + (size_t)before->n);
		n = merge(sum, n, before->points, before->n, *value, out);
		sum = out;
	}
	if (n > most) frontier->epsilon += thin(sum, &n, most);
	level->n = n;
	level->points = ARENA_ARRAY(arena, struct option, n);
	if (n) memcpy(level->points, sum, (size_t)n * sizeof *sum);
}

bool frontier_make(const struct bargain *bargain, int most, struct arena *arena, struct frontier *ret_frontier)
{
	MUST(most >= 2);
	*ret_frontier = (struct frontier){.bargain = bargain};
	ret_frontier->knots = link_knots(bargain, arena, &ret_frontier->n_knots);
	if (!ret_frontier->knots) return false;
	knots_sort(ret_frontier->knots, ret_frontier->n_knots);
	ret_frontier->levels = ARENA_ARRAY(arena, struct frontier_level, ret_frontier->n_knots + 1);
	ret_frontier->levels[0] = (struct frontier_level){ARENA_NEW(arena, struct option), 1};
	struct room rooms[2] = {{0}};
	for (int i = 0; i < ret_frontier->n_knots; i++) level_make(ret_frontier, i, most, rooms, arena);
	free(rooms[0].points);
	free(rooms[1].points);
	ret_frontier->points = ret_frontier->levels[ret_frontier->n_knots].points;
	ret_frontier->n = ret_frontier->levels[ret_frontier->n_knots].n;
	return true;
}

/* count · by, in decimal digits from the last. */
static void multiply(unsigned char digits[PACKAGE_COUNT], int *n, uint64_t by)
{
	uint64_t carry = 0;
	for (int i = 0; i < *n || carry; i++) {
		uint64_t value = (i < *n ? digits[i] : 0) * by + carry;
		digits[i] = (unsigned char)(value % 10);
		carry = value / 10;
		if (i >= *n) *n = i + 1;
	}
	while (*n > 1 && !digits[*n - 1]) --*n;
}

void frontier_count(const struct frontier *frontier, char ret_count[PACKAGE_COUNT])
{
	unsigned char digits[PACKAGE_COUNT] = {1};
	int n = 1;
	for (int i = 0; i < frontier->n_knots; i++) multiply(digits, &n, frontier->knots[i].allowed);
	for (int i = 0; i < n; i++) ret_count[i] = (char)('0' + digits[n - 1 - i]);
	ret_count[n] = '\0';
}

/* ---- Packages ---- */

static int level_find(const struct frontier_level *level, struct option value)
{
	int low = 0, high = level->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (level->points[middle].ours > value.ours) low = middle + 1;
		else high = middle;
	}
	return low < level->n && level->points[low].ours == value.ours && level->points[low].theirs == value.theirs ? low : -1;
}

struct finding {
	const struct frontier *frontier;
	struct package package, *out;
	int n, most;
};

static void find_down(struct finding *finding, int at, struct option value)
{
	if (at == 0) {
		finding->out[finding->n++] = finding->package;
		return;
	}
	const struct knot *knot = &finding->frontier->knots[at - 1];
	for (int i = 0; i < knot->n && finding->n < finding->most; i++) {
		const struct combination *c = &knot->combinations[i];
		struct option left = {value.ours - c->value.ours, value.theirs - c->value.theirs};
		if (level_find(&finding->frontier->levels[at - 1], left) < 0) continue;
		for (int v = 0; v < knot->n_variables; v++) finding->package.choice[knot->variables[v]] = c->choice[v];
		find_down(finding, at - 1, left);
	}
}

int frontier_packages(const struct frontier *frontier, int point, int most, struct package *ret_packages)
{
	struct finding finding = {.frontier = frontier, .out = ret_packages, .most = most};
	MUST(point >= 0 && point < frontier->n);
	find_down(&finding, frontier->n_knots, frontier->points[point]);
	return finding.n;
}

int frontier_last_ours(const struct frontier *frontier, int64_t ours)
{
	int low = 0, high = frontier->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (frontier->points[middle].ours >= ours) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

int frontier_first_theirs(const struct frontier *frontier, int64_t theirs)
{
	int low = 0, high = frontier->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (frontier->points[middle].theirs < theirs) low = middle + 1;
		else high = middle;
	}
	return low;
}
