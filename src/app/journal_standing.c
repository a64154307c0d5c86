#include "app/journal_standing.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/timemark.h"
#include "core/top/strip.h"
#include "store/rating_store.h"

enum { STRIP_WIDTH = 240, STRIP_HEIGHT = 28, MARKS = 8 };

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

static json_t *address_json(int64_t journal_id, const char *query)
{
	return json_sprintf("/rating/%lld?%s", (long long)journal_id, query);
}

static json_t *post_address(const struct journal_standing *s, int64_t post_id, const char *query)
{
	return json_sprintf("/rating/%lld/posts/%lld?%s", (long long)s->journal_id, (long long)post_id, query);
}

/* ---- The figure ---- */

static json_t *figure_json(const struct journal_standing *s, const char *query)
{
	struct rating_figure figure = rating_of(standing_rating(s->standing), s->by, s->who, s->spans.now);
	size_t rank = standing_rank(s->standing, s->by, s->spans.now, RATING_KEY_POINTS, s->who);
	return json_pack("{sI sf so si si si sf sf si sf sf}", "rank", (json_int_t)rank, "rating", rating_points(&figure), "address", address_json(s->journal_id, query), "posts", (int)figure.posts,
			 "entered", (int)figure.entered, "now", (int)figure.now, "time_s", (double)figure.time_us / (double)MOMENT_SECOND, "place_h", rating_hours(figure.place), "best",
			 (int)figure.best, "mean", rating_mean_position(&figure), "longest_s", (double)figure.longest_us / (double)MOMENT_SECOND);
}

/* ---- Week after week ---- */

struct weeks {
	int32_t first;                  /* the Monday of the first */
	int n;
	int64_t end;
	double hours[JOURNAL_WEEKS], most;
};

/* Weeks of the calendar, the present one last. */
static void weeks_load(const struct journal_standing *s, struct weeks *w)
{
	int32_t today = day_of(s->spans.now.to), monday = today - (day_weekday(today) - 1), begun = day_of(standing_begun(s->standing));
	w->n = (monday - begun + 6) / 7 + 1;
	if (w->n < JOURNAL_WEEKS_LEAST) w->n = JOURNAL_WEEKS_LEAST;
	if (w->n > JOURNAL_WEEKS) w->n = JOURNAL_WEEKS;
	w->first = monday - (w->n - 1) * 7;
	w->end = day_start(monday + 7);
	for (int i = 0; i < w->n; i++) {
		struct rating_span week = {day_start(w->first + i * 7), day_start(w->first + (i + 1) * 7)};
		if (week.to > s->spans.now.to) week.to = s->spans.now.to;
		struct rating_figure figure = rating_of(standing_rating(s->standing), s->by, s->who, week);
		w->hours[i] = rating_hours(figure.place);
		if (w->hours[i] > w->most) w->most = w->hours[i];
	}
}

static json_t *week_json(const struct journal_standing *s, const struct weeks *w, int i)
{
	char from[32], to[32];
	double width = 100.0 / w->n, height = w->most > 0 ? w->hours[i] / w->most * 100 : 0;
	int64_t end = day_start(w->first + (i + 1) * 7);
	moment_iso(day_start(w->first + i * 7), from);
	moment_iso(end < s->spans.now.to ? end : s->spans.now.to, to);
	return json_pack("{ss ss sf so sf sf sf sf}", "from", from, "to", to, "hours", w->hours[i], "address", json_sprintf("/rating/%lld?span=any&from=%s&to=%s", (long long)s->journal_id, from, to),
			 "x", i * width, "width", width * 0.8, "y", 100 - height, "height", height);
}

static json_t *weeks_json(const struct journal_standing *s)
{
	struct weeks w = {.most = 0};
	struct timemark marks[MARKS];
	json_t *bars = json_array(), *list = json_array();
	weeks_load(s, &w);
	int64_t start = day_start(w.first);
	int n = timemark_list(start, w.end, MARKS, marks);
	for (int i = 0; i < w.n; i++) json_array_append_new(bars, week_json(s, &w, i));
	for (int i = 0; i < n; i++) {
		double x = (double)(marks[i].at - start) / (double)(w.end - start) * 100;
		if (x > 90) continue; /* its name would not fit */
		json_array_append_new(list, json_pack("{so ss sf si}", "at", moment_json(marks[i].at), "unit", timemark_unit_names[marks[i].unit], "x", x, "year", moment_local(marks[i].at).year));
	}
	return json_pack("{so so}", "bars", bars, "marks", list);
}

/* ---- Best moments ---- */

struct best {
	uint32_t post;
	uint16_t position;
	int64_t from, us;
};

/* The higher position first, then the longer at it. */
static int by_best(const void *a, const void *b)
{
	const struct best *x = a, *y = b;
	if (x->position != y->position) return x->position < y->position ? -1 : 1;
	if (x->us != y->us) return x->us > y->us ? -1 : 1;
	return x->post < y->post ? -1 : 1;
}

static int by_position(const void *a, const void *b)
{
	const struct rating_figure *x = a, *y = b;
	return x->best != y->best ? (x->best < y->best ? -1 : 1) : x->who < y->who ? -1 : 1;
}

/* Where the post stood at its best, and for how long at the longest. parts: memory that grows from post to post. */
static struct best best_of(const struct journal_standing *s, const struct rating_figure *figure, struct rating_part **parts, size_t *room)
{
	const struct rating *rating = standing_rating(s->standing);
	struct best best = {.post = figure->who, .position = (uint16_t)figure->best, .us = -1};
	size_t n = rating_explain_post(rating, figure->who, s->spans.now, NULL, 0);
	if (n > *room) {
		*parts = reallocarray(*parts, n, sizeof **parts);
		if (!*parts) abort();
		*room = n;
	}
	rating_explain_post(rating, figure->who, s->spans.now, *parts, n);
	for (size_t i = 0; i < n; i++) {
		const struct rating_part *part = &(*parts)[i];
		if (part->position != best.position || part->to - part->from <= best.us) continue;
		best.from = part->from;
		best.us = part->to - part->from;
	}
	return best;
}

/* Only posts that reached one of the highest positions are looked into. Sorts the figures by their best. */
static size_t bests_load(const struct journal_standing *s, struct rating_figure *posts, size_t n, struct best *ret)
{
	struct rating_part *parts = NULL;
	size_t room = 0, k = 0;
	qsort(posts, n, sizeof *posts, by_position);
	for (; k < n && (k < JOURNAL_MOMENTS || posts[k].best == posts[k - 1].best); k++) ret[k] = best_of(s, &posts[k], &parts, &room);
	qsort(ret, k, sizeof *ret, by_best);
	free(parts);
	return k < JOURNAL_MOMENTS ? k : JOURNAL_MOMENTS;
}

static enum outcome best_put(const struct journal_standing *s, struct rating_figure *posts, size_t n, const char *query, json_t *model)
{
	struct use *use = s->use;
	struct best *bests = reallocarray(NULL, n + 1, sizeof *bests);
	json_t *list = json_array();
	enum outcome outcome = DONE;
	if (!bests) abort();
	size_t k = bests_load(s, posts, n, bests);
	for (size_t i = 0; i < k && !outcome; i++) {
		int64_t post_id = standing_post(s->standing, bests[i].post);
		json_t *post;
		if (rating_post_load(use->db, post_id, &post, &use->error)) outcome = FAILED;
		else json_array_append_new(list, json_pack("{so? si so sf so}", "post", post, "position", (int)bests[i].position, "from", moment_json(bests[i].from), "seconds",
							   (double)bests[i].us / (double)MOMENT_SECOND, "address", post_address(s, post_id, query)));
	}
	free(bests);
	json_object_set_new(model, "best", list);
	return outcome;
}

/* ---- With whom ---- */

struct peer {
	int64_t journal_id;
	struct rating_figure sum;
};

static int by_journal(const void *a, const void *b)
{
	const struct peer *x = a, *y = b;
	return x->journal_id < y->journal_id ? -1 : x->journal_id > y->journal_id;
}

static int by_points(const void *a, const void *b)
{
	const struct peer *x = a, *y = b;
	int order = rating_compare(&x->sum, &y->sum, RATING_KEY_POINTS, NULL);
	return order ? order : by_journal(a, b);
}

/* The posts of one journal, put together by the other that they belong to. In place; how many. */
static size_t peers_gather(struct peer *peers, size_t n)
{
	size_t k = 0;
	qsort(peers, n, sizeof *peers, by_journal);
	for (size_t i = 0; i < n; i++) {
		if (!k || peers[k - 1].journal_id != peers[i].journal_id) {
			peers[k++] = peers[i];
			continue;
		}
		struct rating_figure *sum = &peers[k - 1].sum;
		sum->posts += peers[i].sum.posts;
		sum->entered += peers[i].sum.entered;
		sum->place += peers[i].sum.place;
	}
	for (size_t i = 0; i < k; i++) peers[i].sum.who = (uint32_t)i;
	qsort(peers, k, sizeof *peers, by_points);
	return k;
}

static enum outcome peers_put(const struct journal_standing *s, const struct rating_figure *posts, size_t n, json_t *model)
{
	struct use *use = s->use;
	struct peer *peers = reallocarray(NULL, n + 1, sizeof *peers);
	json_t *list = json_array();
	size_t k = 0;
	enum outcome outcome = DONE;
	if (!peers) abort();
	for (size_t i = 0; i < n; i++) {
		int64_t other = s->by == RATING_AUTHORS ? standing_community(s->standing, posts[i].who) : standing_author(s->standing, posts[i].who);
		if (other) peers[k++] = (struct peer){other, posts[i]};
	}
	k = peers_gather(peers, k);
	for (size_t i = 0; i < k && i < JOURNAL_PEERS && !outcome; i++) {
		const char *name, *kind;
		if (rating_journal_load(use->db, use->arena, peers[i].journal_id, &name, &kind, &use->error)) outcome = FAILED;
		else json_array_append_new(list, json_pack("{sI ss sf si}", "id", (json_int_t)peers[i].journal_id, "name", name, "rating", rating_points(&peers[i].sum), "posts",
							   (int)peers[i].sum.posts));
	}
	free(peers);
	json_object_set_new(model, "peers", list);
	return outcome;
}

/* ---- All of it ---- */

/* In memory of their own: free it. */
static struct rating_figure *posts_of(const struct journal_standing *s, struct rating_span span, size_t *ret_n)
{
	const struct rating *rating = standing_rating(s->standing);
	size_t n = rating_explain(rating, s->by, s->who, span, NULL, 0);
	struct rating_figure *posts = reallocarray(NULL, n + 1, sizeof *posts);
	if (!posts) abort();
	rating_explain(rating, s->by, s->who, span, posts, n);
	*ret_n = n;
	return posts;
}

enum outcome journal_standing_put(const struct journal_standing *s, json_t *model)
{
	size_t n;
	if (s->who == RATING_NOBODY) return DONE;
	const char *query = json_string_value(json_object_get(json_object_get(model, "span"), "query"));
	struct rating_figure *posts = posts_of(s, s->spans.now, &n);
	json_object_set_new(model, "figure", figure_json(s, query));
	json_object_set_new(model, "weeks", weeks_json(s));
	enum outcome outcome = best_put(s, posts, n, query, model);
	if (!outcome) outcome = peers_put(s, posts, n, model);
	free(posts);
	return outcome;
}

static int by_figure(const void *a, const void *b)
{
	return rating_compare(a, b, RATING_KEY_POINTS, NULL);
}

int journal_standing_best(const struct journal_standing *s, int64_t *ret_posts, int room)
{
	size_t n;
	if (s->who == RATING_NOBODY) return 0;
	struct rating_figure *posts = posts_of(s, (struct rating_span){RATING_ALL_TIME, s->spans.now.to}, &n);
	qsort(posts, n, sizeof *posts, by_figure);
	if (n > (size_t)room) n = (size_t)room;
	for (size_t i = 0; i < n; i++) ret_posts[i] = standing_post(s->standing, posts[i].who);
	free(posts);
	return (int)n;
}

json_t *journal_standing_life(const struct journal_standing *s, int64_t post_id)
{
	const struct rating *rating = standing_rating(s->standing);
	uint32_t post = standing_post_number(s->standing, post_id);
	if (post == RATING_NOBODY) return json_null();
	struct rating_span life = {rating_entered(rating, post), s->spans.now.to};
	size_t n = rating_explain_post(rating, post, life, NULL, 0);
	if (!n) return json_null();
	struct rating_part *parts = ARENA_ARRAY(s->use->arena, struct rating_part, n);
	struct tenure *stays = ARENA_ARRAY(s->use->arena, struct tenure, n);
	rating_explain_post(rating, post, life, parts, n);
	for (size_t i = 0; i < n; i++) stays[i] = (struct tenure){parts[i].from, parts[i].to, post, parts[i].position};
	struct strip strip = {.from = life.from, .to = parts[n - 1].to > life.from ? parts[n - 1].to : life.from + 1, .places = s->places, .width = STRIP_WIDTH, .height = STRIP_HEIGHT};
	struct rating_figure figure = rating_of_post(rating, post, life);
	struct buf path;
	buf_init(&path, 64 * 1024);
	strip_line(&strip, stays, n, &path);
	json_t *json = json_pack("{ss si si si sf sf so}", "path", path.bytes ? path.bytes : "", "width", STRIP_WIDTH, "height", STRIP_HEIGHT, "best", (int)figure.best, "time_s",
				 (double)figure.time_us / (double)MOMENT_SECOND, "points", rating_points(&figure), "address", post_address(s, post_id, "span=all"));
	buf_done(&path);
	return json;
}
