#include "core/bargain/frontier.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* The upper staircase of a and of b shifted by `by`, both staircases, into out (na + nb places). */
static int merge_shifted(const struct option *a, int na, const struct option *b, int nb, struct option by, struct option *out)
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

/* Cuts a span of ours into equal widths: how far a point lies below the top → which width, without a division. */
struct cut {
	uint64_t factor;                /* ≤ 2^32: of 2^32 parts of a width, how many a step of 2^bits is */
	int bits;
};

/* At most n widths for 0 … span. */
static struct cut cut_make(uint64_t span, int n)
{
	struct cut cut = {0, 0};
	while (span >> cut.bits >= UINT64_C(1) << 31) cut.bits++;
	cut.factor = ((uint64_t)n << 32) / ((span >> cut.bits) + 1);
	if (cut.factor > UINT64_C(1) << 32) cut.factor = UINT64_C(1) << 32;
	return cut;
}

static inline size_t cut_at(struct cut cut, uint64_t below)
{
	return (size_t)((below >> cut.bits) * cut.factor >> 32);
}

/* How far apart two points of one width may lie. */
static int64_t cut_width(struct cut cut)
{
	return (int64_t)((((UINT64_C(1) << 32) - 1) / cut.factor + 1) << cut.bits) - 1;
}

/* Of the points within a width of ours the last, which is best for them; the first point stays. Returns how much of ours may be lost. */
static int64_t thin(struct option *points, int *n, int most)
{
	uint64_t top = (uint64_t)points[0].ours;
	struct cut cut = cut_make(top - (uint64_t)points[*n - 1].ours, most - 1);
	int kept = 1;
	for (int i = 1; i < *n; i++) {
		bool last = i + 1 == *n || cut_at(cut, top - (uint64_t)points[i + 1].ours) != cut_at(cut, top - (uint64_t)points[i].ours);
		points[kept] = points[i];
		kept += last;
	}
	*n = kept;
	return cut_width(cut);
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

/* ---- A level from the one before ---- */

/* What is thrown away after a level and used again for the next. */
struct room {
	void *bytes;
	size_t size;
};

static void *room_for(struct room *room, size_t n, size_t size)
{
	if (n * size > room->size) {
		room->size = 4 * n * size; /* what is not touched costs nothing, what is given back and taken again does */
		free(room->bytes);
		room->bytes = malloc(room->size);
		if (!room->bytes) abort();
	}
	return room->bytes;
}

struct work {
	struct room best, points, other, starts, places, shifts;
};

/* The level before, k times, each time shifted by another option of the knot. */
struct sum {
	const struct option *points, *shifts;
	int n, k;
	int64_t top, span;              /* ours of the first point that can come, and how far below it the last is */
	struct work *work;
};

/* Buckets of equal widths of ours, the best for us first. */
struct buckets {
	int64_t *best;                  /* the most for them in a bucket; after bar_raise: in those before it */
	int n;
	struct cut cut;
};

static struct buckets buckets_make(const struct sum *sum, int n)
{
	struct buckets buckets = {.cut = cut_make((uint64_t)sum->span, n)};
	struct cut cut = buckets.cut;
	buckets.n = (int)cut_at(cut, (uint64_t)sum->span) + 1;
	buckets.best = room_for(&sum->work->best, (size_t)buckets.n, sizeof *buckets.best);
	for (int i = 0; i < buckets.n; i++) buckets.best[i] = INT64_MIN;
	for (int c = 0; c < sum->k; c++) {
		int64_t down = sum->top - sum->shifts[c].ours, theirs = sum->shifts[c].theirs;
		for (int i = 0; i < sum->n; i++) {
			int64_t *best = &buckets.best[cut_at(cut, (uint64_t)(down - sum->points[i].ours))], here = sum->points[i].theirs + theirs;
			*best = here > *best ? here : *best;
		}
	}
	return buckets;
}

/* From now on `best` is what a point of the bucket must pass not to be dominated by one of an earlier bucket. Returns how many buckets have such a point: the frontier has as many points at least. */
static int bar_raise(struct buckets *buckets)
{
	int64_t bar = INT64_MIN;
	int raised = 0;
	for (int i = 0; i < buckets->n; i++) {
		int64_t here = buckets->best[i];
		buckets->best[i] = bar;
		raised += here > bar;
		bar = here > bar ? here : bar;
	}
	return raised;
}

/* Where the whole level would be too large: of each bucket the point that is best for them (then for us), where it passes those before it; and the first of all. */
static int sum_thinned(const struct sum *sum, int most, struct option *out, int64_t *ret_epsilon)
{
	struct cut cut = cut_make((uint64_t)sum->span, most - 1);
	int n = (int)cut_at(cut, (uint64_t)sum->span) + 1;
	struct option *best = room_for(&sum->work->best, (size_t)n, sizeof *best), first = {INT64_MIN, INT64_MIN};
	for (int i = 0; i < n; i++) best[i] = (struct option){INT64_MIN, INT64_MIN};
	for (int c = 0; c < sum->k; c++) {
		struct option by = sum->shifts[c];
		int64_t down = sum->top - by.ours;
		for (int i = 0; i < sum->n; i++) {
			struct option here = {sum->points[i].ours + by.ours, sum->points[i].theirs + by.theirs}, *there = &best[cut_at(cut, (uint64_t)(down - sum->points[i].ours))];
			bool better = here.theirs > there->theirs || (here.theirs == there->theirs && here.ours > there->ours);
			*there = better ? here : *there;
		}
		struct option here = {sum->points[0].ours + by.ours, sum->points[0].theirs + by.theirs};
		if (here.ours > first.ours || (here.ours == first.ours && here.theirs > first.theirs)) first = here;
	}
	int kept = 0;
	out[kept++] = first;
	for (int i = 0; i < n; i++)
		if (best[i].theirs > out[kept - 1].theirs) out[kept++] = best[i];
	*ret_epsilon = cut_width(cut);
	return kept;
}

/* Staircases one after another: run i is [starts[i], starts[i + 1]) of points. */
struct runs {
	struct option *points;
	int *starts, n;
};

/* Merges them by twos until one is left. */
static int runs_merge(struct runs *runs, struct work *work)
{
	while (runs->n > 1) {
		struct option *out = room_for(&work->other, (size_t)runs->starts[runs->n], sizeof *out);
		int n = 0, made = 0;
		for (int i = 0; i < runs->n; i += 2) {
			const struct option *a = runs->points + runs->starts[i];
			int na = runs->starts[i + 1] - runs->starts[i], nb = i + 1 < runs->n ? runs->starts[i + 2] - runs->starts[i + 1] : 0, at = n;
			n += merge_shifted(a, na, a + na, nb, (struct option){0, 0}, out + n);
			runs->starts[made++] = at;
		}
		runs->starts[made] = n;
		runs->n = made;
		struct room room = work->points;
		work->points = work->other;
		work->other = room;
		runs->points = work->points.bytes;
	}
	return runs->starts[runs->n];
}

/* Points that are so near their places that they are moved there one by one; then what is dominated is dropped. */
static int settle(struct option *points, int n)
{
	for (int i = 1; i < n; i++) {
		struct option point = points[i];
		int at = i;
		for (; at > 0 && (points[at - 1].ours < point.ours || (points[at - 1].ours == point.ours && points[at - 1].theirs < point.theirs)); at--) points[at] = points[at - 1];
		points[at] = point;
	}
	int kept = 0;
	for (int i = 0; i < n; i++) {
		points[kept] = points[i];
		kept += !kept || points[i].theirs > points[kept - 1].theirs;
	}
	return kept;
}

enum {
	CROWD = 48,                     /* more points than that in one bucket are sorted by merging */
	FEW = 256,                      /* fewer points than that are merged at once */
	SURVIVORS = 1 << 21,            /* so many are kept before they are merged */
};

/* The points that pass their bar, copy after copy. Returns by how much they were thinned. */
static int64_t survivors_find(const struct sum *sum, const struct buckets *buckets, int most, struct runs *runs)
{
	int64_t epsilon = 0;
	const int64_t *best = buckets->best;
	struct cut cut = buckets->cut;
	size_t copies = (size_t)sum->k < SURVIVORS / (size_t)sum->n ? (size_t)sum->k : SURVIVORS / (size_t)sum->n + 1;
	runs->points = room_for(&sum->work->points, (copies + 1) * (size_t)sum->n + (size_t)most, sizeof *runs->points);
	runs->starts = room_for(&sum->work->starts, (size_t)sum->k + 3, sizeof *runs->starts);
	runs->n = 0;
	runs->starts[0] = 0;
	for (int c = 0; c < sum->k; c++) {
		int64_t ours = sum->shifts[c].ours, down = sum->top - ours, theirs = sum->shifts[c].theirs;
		struct option *out = runs->points + runs->starts[runs->n];
		for (int i = 0; i < sum->n; i++) {
			int64_t here = sum->points[i].theirs + theirs;
			*out = (struct option){sum->points[i].ours + ours, here};
			out += here > best[cut_at(cut, (uint64_t)(down - sum->points[i].ours))];
		}
		runs->starts[++runs->n] = (int)(out - runs->points);
		if (runs->starts[runs->n] < SURVIVORS) continue;
		int n = runs_merge(runs, sum->work);
		if (n > most) epsilon += thin(runs->points, &n, most);
		runs->starts[1] = n;
	}
	return epsilon;
}

/* Puts them bucket by bucket into the arena; NULL where some bucket has a crowd. */
static struct option *survivors_place(const struct sum *sum, const struct buckets *buckets, const struct runs *runs, struct arena *arena)
{
	int n = runs->starts[runs->n];
	int *at = room_for(&sum->work->places, (size_t)buckets->n + 1, sizeof *at);
	memset(at, 0, ((size_t)buckets->n + 1) * sizeof *at);
	for (int i = 0; i < n; i++) at[cut_at(buckets->cut, (uint64_t)(sum->top - runs->points[i].ours)) + 1]++;
	for (int i = 1; i <= buckets->n; i++) {
		if (at[i] > CROWD) return NULL;
		at[i] += at[i - 1];
	}
	struct option *out = ARENA_ARRAY(arena, struct option, n);
	for (int i = 0; i < n; i++) out[at[cut_at(buckets->cut, (uint64_t)(sum->top - runs->points[i].ours))]++] = runs->points[i];
	return out;
}

static struct option *kept(const struct option *points, int n, struct arena *arena)
{
	struct option *copy = ARENA_ARRAY(arena, struct option, n);
	memcpy(copy, points, (size_t)n * sizeof *copy);
	return copy;
}

/* The staircase of all copies, thinned to a quarter of `most` where it passes that: the next level has room to grow again. */
static struct frontier_level sum_make(const struct sum *sum, int most, struct arena *arena, int64_t *epsilon)
{
	size_t all = (size_t)sum->n * (size_t)sum->k;
	struct frontier_level level = {NULL, 0};
	struct runs runs;
	int quarter = most / 4 < 2 ? 2 : most / 4;
	if (all <= FEW) {
		struct option *points[2] = {room_for(&sum->work->points, FEW, sizeof **points), room_for(&sum->work->other, FEW, sizeof **points)};
		for (int c = 0; c < sum->k; c++) level.n = merge_shifted(points[c % 2], level.n, sum->points, sum->n, sum->shifts[c], points[!(c % 2)]);
		if (level.n > most) *epsilon += thin(points[sum->k % 2], &level.n, quarter);
		level.points = kept(points[sum->k % 2], level.n, arena);
		return level;
	}
	struct buckets buckets = {.n = 0};
	bool large = all > (size_t)most, thinned = large && *epsilon > 0; /* what is not exact any more need not be computed as if it were */
	if (!thinned) {
		buckets = buckets_make(sum, large ? 2 * most : 4 * sum->n);
		thinned = bar_raise(&buckets) > most / 5 * 4 && large; /* of 2 · most buckets so many are met by `most` points thrown at them */
	}
	if (thinned) {
		int64_t by;
		struct option *out = room_for(&sum->work->points, (size_t)quarter + 1, sizeof *out);
		level.n = sum_thinned(sum, quarter, out, &by);
		level.points = kept(out, level.n, arena);
		*epsilon += by;
		return level;
	}
	*epsilon += survivors_find(sum, &buckets, most, &runs);
	level.points = survivors_place(sum, &buckets, &runs, arena);
	if (level.points) {
		level.n = settle(level.points, runs.starts[runs.n]);
		if (level.n > most) *epsilon += thin(level.points, &level.n, quarter);
		return level;
	}
	level.n = runs_merge(&runs, sum->work);
	if (level.n > most) *epsilon += thin(runs.points, &level.n, quarter);
	level.points = kept(runs.points, level.n, arena);
	return level;
}

static void level_make(struct frontier *frontier, int at, int most, struct work *work, struct arena *arena)
{
	const struct frontier_level *before = &frontier->levels[at];
	const struct knot *knot = &frontier->knots[at];
	struct option *shifts = room_for(&work->shifts, (size_t)knot->n + 1, sizeof *shifts);
	int k = 0;
	for (int i = 0; i < knot->n; i++)
		if (!i || knot->combinations[i - 1].value.ours != knot->combinations[i].value.ours) shifts[k++] = knot->combinations[i].value; /* else equal to the one before */
	if (!k || !before->n) return;
	struct sum sum = {before->points, shifts, before->n, k, before->points[0].ours + shifts[0].ours, 0, work};
	sum.span = sum.top - (before->points[before->n - 1].ours + shifts[k - 1].ours);
	frontier->levels[at + 1] = sum_make(&sum, most, arena, &frontier->epsilon);
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
	struct work work = {.best = {0}};
	for (int i = 0; i < ret_frontier->n_knots; i++) level_make(ret_frontier, i, most, &work, arena);
	struct room *rooms[] = {&work.best, &work.points, &work.other, &work.starts, &work.places, &work.shifts};
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) free(rooms[i]->bytes);
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
