/* A post's history is a row of steps: it took this position then, and 0 where it left; a step ends where the next begins, and whose last step is a position
 * holds it still. Beside it stands what its ended tenures give in all, so that a span that holds all of them needs no look into them. From when to when it was
 * in the top at all stands apart from the rest: a span passes over most posts by these two moments alone.
 *
 * Invariant of a post: its steps are in the order of time; no two steps of position 0 follow each other, and none is the first; time_us … weighed are those of its
 * ended tenures; stay_from is when its last stay began. */
#include "core/rating/rating.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

struct step {
	int64_t at;
	uint16_t position;
} __attribute__((packed));

/* From its first entry to its last exit. first INT64_MAX, last INT64_MIN: it never was in the top; last INT64_MAX: it is held still. */
struct extent {
	int64_t first, last;
};

struct post {
	struct step *steps;
	uint32_t n, room;
	uint32_t group[RATING_BYS];
	int64_t time_us, longest_us, stay_from;
	rating_place place, weighed;
	uint16_t best;
};

struct group {
	uint32_t *posts;
	uint32_t n, room;
};

struct rating {
	struct post *posts;
	struct extent *extents;         /* of posts */
	uint32_t n, room, extents_room;
	struct group *groups[RATING_BYS];
	uint32_t groups_n[RATING_BYS], groups_room[RATING_BYS];
	size_t tenures, bytes;
	uint64_t weight[TOP_MOST + 1];  /* w(p) · 2^62 */
};

static const double HOUR = 3.6e9 * 0x1p62;

/* Room for n + 1: twice as much where there is not; what it costs is counted. */
static void *grown(struct rating *rating, void *array, uint32_t n, uint32_t *room, size_t size)
{
	if (n < *room) return array;
	uint32_t more = *room ? *room * 2 : 2;
	if (more <= n) more = n + 1;
	array = reallocarray(array, more, size);
	if (!array) abort();
	rating->bytes += (more - *room) * size;
	*room = more;
	return array;
}

double rating_weight(int position)
{
	return 1 / log2(position + 1.0);
}

double rating_hours(rating_place place)
{
	return (double)place / HOUR;
}

double rating_points(const struct rating_figure *figure)
{
	return figure->entered + rating_hours(figure->place);
}

double rating_mean_position(const struct rating_figure *figure)
{
	if (figure->time_us) return (double)figure->weighed / (double)figure->time_us;
	return figure->instants ? (double)figure->instant / (double)figure->instants : 0;
}

struct rating *rating_new(void)
{
	struct rating *rating = calloc(1, sizeof *rating);
	if (!rating) abort();
	rating->bytes = sizeof *rating;
	for (int p = 1; p <= TOP_MOST; p++) rating->weight[p] = (uint64_t)(rating_weight(p) * 0x1p62); /* whole: 53 bits of at least 2^58 */
	return rating;
}

void rating_free(struct rating *rating)
{
	if (!rating) return;
	for (uint32_t i = 0; i < rating->n; i++) free(rating->posts[i].steps);
	for (int by = 0; by < RATING_BYS; by++) {
		for (uint32_t i = 0; i < rating->groups_n[by]; i++) free(rating->groups[by][i].posts);
		free(rating->groups[by]);
	}
	free(rating->posts);
	free(rating->extents);
	free(rating);
}

static void group_add(struct rating *rating, enum rating_by by, uint32_t who, uint32_t post)
{
	if (who == RATING_NOBODY) return;
	if (who >= rating->groups_n[by]) {
		uint32_t n = rating->groups_n[by];
		rating->groups[by] = grown(rating, rating->groups[by], who, &rating->groups_room[by], sizeof *rating->groups[by]);
		memset(&rating->groups[by][n], 0, (who + 1 - n) * sizeof *rating->groups[by]);
		rating->groups_n[by] = who + 1;
	}
	struct group *group = &rating->groups[by][who];
	group->posts = grown(rating, group->posts, group->n, &group->room, sizeof *group->posts);
	group->posts[group->n++] = post;
}

void rating_post(struct rating *rating, uint32_t post, uint32_t author, uint32_t community)
{
	MUST(post == rating->n);
	rating->posts = grown(rating, rating->posts, rating->n, &rating->room, sizeof *rating->posts);
	rating->extents = grown(rating, rating->extents, rating->n, &rating->extents_room, sizeof *rating->extents);
	rating->extents[rating->n] = (struct extent){INT64_MAX, INT64_MIN};
	rating->posts[rating->n++] = (struct post){.group = {author, community}};
	group_add(rating, RATING_AUTHORS, author, post);
	group_add(rating, RATING_COMMUNITIES, community, post);
}

static bool held_still(const struct post *post)
{
	return post->n && post->steps[post->n - 1].position;
}

/* One more ended tenure, the post's last. */
static void sums_add(const struct rating *rating, struct post *post, int64_t from, int64_t to, uint16_t position, bool moved)
{
	int64_t us = to - from;
	if (!moved) post->stay_from = from;
	post->time_us += us;
	post->place += (rating_place)(uint64_t)us * rating->weight[position];
	post->weighed += (rating_place)(uint64_t)us * position;
	if (to - post->stay_from > post->longest_us) post->longest_us = to - post->stay_from;
	if (!post->best || position < post->best) post->best = position;
}

/* Everything beside the steps, anew from them. */
static void post_settle(const struct rating *rating, struct post *post, struct extent *extent)
{
	post->time_us = post->longest_us = post->stay_from = 0;
	post->place = post->weighed = 0;
	post->best = 0;
	extent->first = post->n ? post->steps[0].at : INT64_MAX;
	extent->last = !post->n ? INT64_MIN : held_still(post) ? INT64_MAX : post->steps[post->n - 1].at;
	for (uint32_t i = 0; i < post->n; i++) {
		const struct step *step = &post->steps[i];
		bool moved = i && step[-1].position;
		if (!step->position) continue;
		if (i + 1 < post->n) sums_add(rating, post, step->at, step[1].at, step->position, moved);
		else if (!moved) post->stay_from = step->at;
	}
}

static void step_add(struct rating *rating, struct post *post, int64_t at, uint16_t position)
{
	post->steps = grown(rating, post->steps, post->n, &post->room, sizeof *post->steps);
	post->steps[post->n++] = (struct step){at, position};
}

/* The index of the post's last tenure's step, and when the tenure ends. The post has one. */
static uint32_t last_tenure(const struct post *post, int64_t *ret_from)
{
	uint32_t i = post->n - (held_still(post) ? 1 : 2);
	*ret_from = post->steps[i].at;
	return i;
}

/* The post is as before its last tenure. */
static void last_drop(struct rating *rating, struct post *post, struct extent *extent)
{
	int64_t from;
	post->n = last_tenure(post, &from);
	if (held_still(post)) step_add(rating, post, from, 0);
	rating->tenures--;
	post_settle(rating, post, extent);
}

bool rating_put(struct rating *rating, const struct tenure *tenure)
{
	MUST(tenure->post < rating->n);
	struct post *post = &rating->posts[tenure->post];
	struct extent *extent = &rating->extents[tenure->post];
	if (tenure->to < tenure->from || !tenure->position || tenure->position > TOP_MOST) return false;
	if (post->n) {
		int64_t from;
		uint32_t last = last_tenure(post, &from);
		if (tenure->from == from && held_still(post) && tenure->position == post->steps[last].position) {
			/* The common way: what was held has ended, or is held still. */
			if (tenure->to == TENURE_OPEN) return true;
			bool moved = last && post->steps[last - 1].position;
			step_add(rating, post, tenure->to, 0);
			sums_add(rating, post, from, tenure->to, tenure->position, moved);
			extent->last = tenure->to;
			return true;
		}
		if (tenure->from == from) last_drop(rating, post, extent);
		else if (tenure->from < extent->last) return false;
	}
	bool moved = post->n && extent->last == tenure->from;
	if (moved) post->steps[post->n - 1].position = tenure->position;
	else step_add(rating, post, tenure->from, tenure->position);
	if (extent->first == INT64_MAX) extent->first = tenure->from;
	rating->tenures++;
	extent->last = tenure->to;
	if (tenure->to != TENURE_OPEN) {
		step_add(rating, post, tenure->to, 0);
		sums_add(rating, post, tenure->from, tenure->to, tenure->position, moved);
	} else if (!moved) {
		post->stay_from = tenure->from;
	}
	return true;
}

size_t rating_load(struct rating *rating, const struct tenure *tenures, size_t n)
{
	uint32_t *steps = calloc((size_t)rating->n + 1, sizeof *steps);
	int64_t *last = calloc((size_t)rating->n + 1, sizeof *last);
	size_t done = 0;
	if (!steps || !last) abort();
	for (uint32_t i = 0; i < rating->n; i++) {
		steps[i] = rating->posts[i].n;
		last[i] = rating->extents[i].last;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t post = tenures[i].post;
		MUST(post < rating->n);
		steps[post] += (tenures[i].from == last[post] ? 0 : 1) + (tenures[i].to != TENURE_OPEN);
		last[post] = tenures[i].to;
	}
	for (uint32_t i = 0; i < rating->n; i++) {
		struct post *post = &rating->posts[i];
		if (steps[i] <= post->room) continue;
		post->steps = reallocarray(post->steps, steps[i], sizeof *post->steps);
		if (!post->steps) abort();
		rating->bytes += (steps[i] - post->room) * sizeof *post->steps;
		post->room = steps[i];
	}
	free(steps);
	free(last);
	while (done < n && rating_put(rating, &tenures[done])) done++;
	return done;
}

/* How many steps there are before `at`. */
static uint32_t steps_before(const struct post *post, int64_t at)
{
	uint32_t low = 0, high = post->n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (post->steps[middle].at < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

void rating_cut(struct rating *rating, int64_t at)
{
	for (uint32_t i = 0; i < rating->n; i++) {
		struct post *post = &rating->posts[i];
		if (rating->extents[i].last < at) continue;
		uint32_t keep = steps_before(post, at);
		for (uint32_t k = keep; k < post->n; k++) rating->tenures -= post->steps[k].position != 0;
		post->n = keep;
		post_settle(rating, post, &rating->extents[i]);
	}
}

uint32_t rating_posts(const struct rating *rating)
{
	return rating->n;
}

uint32_t rating_groups(const struct rating *rating, enum rating_by by)
{
	return rating->groups_n[by];
}

size_t rating_tenures(const struct rating *rating)
{
	return rating->tenures;
}

size_t rating_bytes(const struct rating *rating)
{
	return rating->bytes;
}

/* One tenure in a span. */
struct piece {
	uint32_t step;
	int64_t from, to;               /* as held */
	int64_t cut_from, cut_to;
	uint16_t position;
};

/* The step with which a walk through the post's tenures in a span begins: the last one at or before the span, or the first. */
static uint32_t walk_begin(const struct post *post, struct rating_span span)
{
	uint32_t after = span.from < INT64_MAX ? steps_before(post, span.from + 1) : post->n;
	return after ? after - 1 : 0;
}

/* The next tenure in the span, from *step on. */
static inline bool walk_next(const struct post *post, struct rating_span span, uint32_t *step, struct piece *ret)
{
	while (*step < post->n) {
		uint32_t i = (*step)++;
		const struct step *at = &post->steps[i];
		int64_t from = at->at, to = i + 1 < post->n ? at[1].at : TENURE_OPEN;
		if (from > span.to) return false;
		if (!at->position || to <= span.from) continue;
		*ret = (struct piece){i, from, to, from > span.from ? from : span.from, to < span.to ? to : span.to, at->position};
		return true;
	}
	return false;
}

/* Adds what a post did in the span, step by step. */
static void post_look(const struct rating *rating, uint32_t number, struct rating_span span, struct rating_figure *figure)
{
	const struct post *post = &rating->posts[number];
	int64_t first = rating->extents[number].first;
	uint32_t step = walk_begin(post, span);
	struct piece piece;
	int64_t stay_from = 0, stay_to = INT64_MIN, time_us = 0, longest = figure->longest_us;
	rating_place place = 0, weighed = 0;
	unsigned best = figure->best ? figure->best : TOP_MOST + 1;
	bool there = false;
	while (walk_next(post, span, &step, &piece)) {
		int64_t us = piece.cut_to - piece.cut_from;
		if (!there || piece.cut_from != stay_to) stay_from = piece.cut_from;
		stay_to = piece.cut_to;
		if (stay_to - stay_from > longest) longest = stay_to - stay_from;
		there = true;
		time_us += us;
		place += (rating_place)(uint64_t)us * rating->weight[piece.position];
		weighed += (rating_place)(uint64_t)us * piece.position;
		if (piece.position < best) best = piece.position;
		if (piece.to > span.to) figure->now++;
		if (!us) {
			figure->instant += piece.position;
			figure->instants++;
		}
	}
	if (!there) return;
	figure->posts++;
	figure->entered += first >= span.from && first <= span.to;
	figure->best = best;
	figure->time_us += time_us;
	figure->longest_us = longest;
	figure->place += place;
	figure->weighed += weighed;
}

static inline bool touches(struct extent extent, struct rating_span span)
{
	return extent.first <= span.to && extent.last > span.from;
}

/* The post touches the span. */
static inline void post_add(const struct rating *rating, uint32_t number, struct rating_span span, struct rating_figure *figure)
{
	const struct post *post = &rating->posts[number];
	struct extent extent = rating->extents[number];
	bool still = extent.last == INT64_MAX;
	const struct step *open = still ? &post->steps[post->n - 1] : NULL;
	/* Whole in the span: its sums. Where it has no time yet, or a border is met exactly, it is looked at. */
	if (extent.first <= span.from || (still ? open->at : extent.last) > span.to || !post->time_us) {
		post_look(rating, number, span, figure);
		return;
	}
	int64_t longest = post->longest_us;
	unsigned best = post->best;
	figure->posts++;
	figure->entered++;
	figure->time_us += post->time_us;
	figure->place += post->place;
	figure->weighed += post->weighed;
	if (still) {
		uint64_t us = (uint64_t)(span.to - open->at);
		figure->now++;
		figure->time_us += (int64_t)us;
		figure->place += (rating_place)us * rating->weight[open->position];
		figure->weighed += (rating_place)us * open->position;
		if (span.to - post->stay_from > longest) longest = span.to - post->stay_from;
		if (open->position < best) best = open->position;
	}
	if (longest > figure->longest_us) figure->longest_us = longest;
	if (!figure->best || best < figure->best) figure->best = best;
}

static const struct group *group_find(const struct rating *rating, enum rating_by by, uint32_t who)
{
	static const struct group none = {0};
	return who < rating->groups_n[by] ? &rating->groups[by][who] : &none;
}

struct rating_figure rating_of(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span)
{
	const struct group *group = group_find(rating, by, who);
	struct rating_figure figure = {.who = who};
	for (uint32_t i = 0; i < group->n; i++)
		if (touches(rating->extents[group->posts[i]], span)) post_add(rating, group->posts[i], span, &figure);
	return figure;
}

size_t rating_all(const struct rating *rating, enum rating_by by, struct rating_span span, struct rating_figure *ret)
{
	size_t n = 0;
	memset(ret, 0, rating->groups_n[by] * sizeof *ret);
	for (uint32_t i = 0; i < rating->n; i++) {
		if (!touches(rating->extents[i], span)) continue;
		uint32_t who = rating->posts[i].group[by];
		if (who != RATING_NOBODY) post_add(rating, i, span, &ret[who]);
	}
	for (uint32_t who = 0; who < rating->groups_n[by]; who++) {
		if (!ret[who].posts) continue;
		ret[who].who = who;
		if (n != who) ret[n] = ret[who];
		n++;
	}
	return n;
}

/* The rating in units of place: exact. */
static rating_place units(const struct rating_figure *figure)
{
	return figure->entered * ((rating_place)UINT64_C(3600000000) << 62) + figure->place;
}

#define ORDER(x, y) ((x) > (y) ? -1 : (x) < (y))

int rating_compare(const struct rating_figure *a, const struct rating_figure *b, enum rating_key key, const uint32_t *order)
{
	int by = 0;
	if (key == RATING_KEY_POSTS) by = ORDER(a->posts, b->posts);
	else if (key == RATING_KEY_TIME) by = ORDER(a->time_us, b->time_us);
	else if (key == RATING_KEY_PLACE) by = ORDER(a->place, b->place);
	if (!by) by = ORDER(units(a), units(b));
	if (!by) by = ORDER(a->place, b->place);
	if (!by) by = order ? ORDER(order[b->who], order[a->who]) : ORDER(b->who, a->who);
	return by;
}

struct ranking {
	enum rating_key key;
	const uint32_t *order;
};

static int ranked(const void *a, const void *b, void *arg)
{
	const struct ranking *ranking = arg;
	return rating_compare(a, b, ranking->key, ranking->order);
}

void rating_rank(struct rating_figure *figures, size_t n, enum rating_key key, const uint32_t *order)
{
	struct ranking ranking = {key, order};
	if (n) qsort_r(figures, n, sizeof *figures, ranked, &ranking);
}

static void swap(struct rating_figure *a, struct rating_figure *b)
{
	struct rating_figure was = *a;
	*a = *b;
	*b = was;
}

/* Puts the middle one of three to `low`, parts the rest around it; where it stands then. n ≥ 3. */
static size_t divide(const struct ranking *ranking, struct rating_figure *figures, size_t low, size_t high)
{
	size_t middle = low + (high - low) / 2, last = high - 1, place = low;
	if (rating_compare(&figures[middle], &figures[low], ranking->key, ranking->order) < 0) swap(&figures[middle], &figures[low]);
	if (rating_compare(&figures[last], &figures[low], ranking->key, ranking->order) < 0) swap(&figures[last], &figures[low]);
	if (rating_compare(&figures[last], &figures[middle], ranking->key, ranking->order) < 0) swap(&figures[last], &figures[middle]);
	swap(&figures[low], &figures[middle]);
	for (size_t i = low + 1; i < high; i++)
		if (rating_compare(&figures[i], &figures[low], ranking->key, ranking->order) < 0) swap(&figures[i], &figures[++place]);
	swap(&figures[low], &figures[place]);
	return place;
}

/* Quicksort (Hoare) that does not go where nobody looks; where it does not divide well, the rest is sorted whole. */
static void rank_part(const struct ranking *ranking, struct rating_figure *figures, size_t low, size_t high, size_t from, size_t to, int depth)
{
	if (high <= from || to <= low || high - low < 2) return;
	if (high - low <= 32 || !depth) {
		rating_rank(figures + low, high - low, ranking->key, ranking->order);
		return;
	}
	size_t place = divide(ranking, figures, low, high);
	rank_part(ranking, figures, low, place, from, to, depth - 1);
	rank_part(ranking, figures, place + 1, high, from, to, depth - 1);
}

void rating_rank_part(struct rating_figure *figures, size_t n, enum rating_key key, const uint32_t *order, size_t from, size_t to)
{
	rank_part(&(struct ranking){key, order}, figures, 0, n, from, to, 64);
}

struct rating_figure rating_of_post(const struct rating *rating, uint32_t post, struct rating_span span)
{
	struct rating_figure figure = {.who = post};
	MUST(post < rating->n);
	if (touches(rating->extents[post], span)) post_add(rating, post, span, &figure);
	return figure;
}

int64_t rating_entered(const struct rating *rating, uint32_t post)
{
	MUST(post < rating->n);
	return rating->extents[post].first;
}

size_t rating_explain(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span, struct rating_figure *ret, size_t room)
{
	const struct group *group = group_find(rating, by, who);
	size_t n = 0;
	for (uint32_t i = 0; i < group->n; i++) {
		struct rating_figure figure = rating_of_post(rating, group->posts[i], span);
		if (!figure.posts) continue;
		if (n < room) ret[n] = figure;
		n++;
	}
	return n;
}

size_t rating_explain_post(const struct rating *rating, uint32_t number, struct rating_span span, struct rating_part *ret, size_t room)
{
	MUST(number < rating->n);
	const struct post *post = &rating->posts[number];
	uint32_t step = walk_begin(post, span), stay = 0, begun = 0, ended = 0; /* the steps with which the present stay begins and after which it ends */
	struct piece piece;
	size_t n = 0;
	for (; walk_next(post, span, &step, &piece); n++) {
		if (!n || piece.step > ended) {
			stay += n > 0;
			for (begun = piece.step; begun && post->steps[begun - 1].position;) begun--;
			for (ended = piece.step; ended + 1 < post->n && post->steps[ended + 1].position;) ended++;
		}
		if (n >= room) continue;
		ret[n] = (struct rating_part){
			.from = piece.cut_from, .to = piece.cut_to, .position = piece.position, .held = piece.to > span.to, .stay = stay,
			.stay_from = post->steps[begun].at, .stay_to = ended + 1 < post->n ? post->steps[ended + 1].at : TENURE_OPEN,
			.place = (rating_place)(uint64_t)(piece.cut_to - piece.cut_from) * rating->weight[piece.position],
		};
	}
	return n;
}

void rating_positions(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span, int64_t ret_us[TOP_MOST + 1])
{
	const struct group *group = group_find(rating, by, who);
	for (uint32_t i = 0; i < group->n; i++) {
		const struct post *post = &rating->posts[group->posts[i]];
		if (!touches(rating->extents[group->posts[i]], span)) continue;
		uint32_t step = walk_begin(post, span);
		struct piece piece;
		while (walk_next(post, span, &step, &piece)) ret_us[piece.position] += piece.cut_to - piece.cut_from;
	}
}

size_t rating_top(const struct rating *rating, int64_t at, struct rating_held *ret, size_t room)
{
	size_t n = 0;
	for (uint32_t i = 0; i < rating->n; i++) {
		const struct post *post = &rating->posts[i];
		const struct rating_span instant = {at, at};
		if (!touches(rating->extents[i], instant)) continue;
		struct rating_part part;
		uint32_t step = walk_begin(post, instant);
		struct piece piece;
		if (!walk_next(post, instant, &step, &piece)) continue;
		rating_explain_post(rating, i, instant, &part, 1);
		struct rating_held held = {i, piece.position, piece.from, part.stay_from, piece.to};
		size_t k = n < room ? n : room;
		for (; k && ret[k - 1].position > held.position; k--)
			if (k < room) ret[k] = ret[k - 1];
		if (k < room) ret[k] = held;
		n++;
	}
	return n;
}
