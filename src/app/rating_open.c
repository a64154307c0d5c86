#include "app/rating_open.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "core/rating/shares.h"
#include "store/rating_store.h"

static const double UNITS_AN_HOUR = 1000; /* hours are shown to a thousandth */

struct opening {
	struct use *use;
	struct standing *standing;
	struct rating_spans spans;
	enum rating_by by;
	uint32_t who;
	const char *name, *kind;
};

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

static json_t *exact_json(const struct rating_figure *figure)
{
	return json_pack("{sf sf sI sf}", "rating", rating_points(figure), "place_h", rating_hours(figure->place), "time_us", (json_int_t)figure->time_us, "mean",
			 rating_mean_position(figure));
}

/* The standing stays open where DONE. */
static enum outcome open_journal(struct use *use, int64_t journal_id, const struct rating_ask *ask, struct opening *ret)
{
	*ret = (struct opening){.use = use};
	if (rating_journal_load(use->db, use->arena, journal_id, &ret->name, &ret->kind, &use->error)) return FAILED;
	if (!*ret->kind) return ABSENT;
	if (standing_open(use->db, &ret->standing, &use->error)) return FAILED;
	ret->by = strcmp(ret->kind, "community") ? RATING_AUTHORS : RATING_COMMUNITIES;
	ret->who = standing_number(ret->standing, ret->by, journal_id);
	ret->spans = rating_spans_of(ask, ret->standing, use->now);
	return DONE;
}

static json_t *head_json(const struct opening *o, int64_t journal_id)
{
	return json_pack("{sI ss ss ss so}", "id", (json_int_t)journal_id, "name", o->name, "kind", o->kind, "who", o->by == RATING_AUTHORS ? "bloggers" : "communities", "span",
			 rating_span_json(&o->spans));
}

/* ---- Post by post ---- */

static int by_points(const void *a, const void *b)
{
	const struct rating_figure *x = a, *y = b;
	double p = rating_points(x), q = rating_points(y);
	if (p != q) return p > q ? -1 : 1;
	return x->who < y->who ? -1 : 1;
}

struct rounded {
	int64_t *place, *time, place_sum, time_sum;
};

static struct rounded rounded_of(struct arena *arena, const struct rating_figure *posts, size_t n)
{
	struct rounded r = {ARENA_ARRAY(arena, int64_t, n + 1), ARENA_ARRAY(arena, int64_t, n + 1), 0, 0};
	double *parts = ARENA_ARRAY(arena, double, n + 1);
	for (size_t i = 0; i < n; i++) parts[i] = rating_hours(posts[i].place) * UNITS_AN_HOUR;
	r.place_sum = shares_round(parts, n, r.place);
	for (size_t i = 0; i < n; i++) parts[i] = (double)posts[i].time_us / (double)MOMENT_SECOND;
	r.time_sum = shares_round(parts, n, r.time);
	return r;
}

static enum outcome post_json(const struct opening *o, const struct rating_figure *figure, int64_t place, int64_t time, json_t **ret_post)
{
	const struct rating *rating = standing_rating(o->standing);
	struct use *use = o->use;
	int64_t entered = rating_entered(rating, figure->who);
	if (rating_post_load(use->db, standing_post(o->standing, figure->who), ret_post, &use->error)) return FAILED;
	if (!*ret_post) *ret_post = json_pack("{sI ss}", "id", (json_int_t)standing_post(o->standing, figure->who), "title", "");
	size_t parts = rating_explain_post(rating, figure->who, o->spans.now, NULL, 0);
	json_object_set_new(*ret_post, "journal", json_integer(standing_journal(o->standing, o->by, o->who)));
	json_object_set_new(*ret_post, "entered", json_boolean(figure->entered));
	json_object_set_new(*ret_post, "entered_at", moment_json(entered));
	json_object_set_new(*ret_post, "now", json_boolean(figure->now));
	json_object_set_new(*ret_post, "best", json_integer(figure->best));
	json_object_set_new(*ret_post, "place_h", json_real((double)place / UNITS_AN_HOUR));
	json_object_set_new(*ret_post, "time_s", json_integer(time));
	json_object_set_new(*ret_post, "points", json_real((double)place / UNITS_AN_HOUR + figure->entered));
	json_object_set_new(*ret_post, "parts", json_integer((json_int_t)parts));
	json_object_set_new(*ret_post, "exact", exact_json(figure));
	return DONE;
}

static json_t *figure_json(const struct opening *o, const struct rating_figure *figure, const struct rounded *rounded)
{
	double place = (double)rounded->place_sum / UNITS_AN_HOUR;
	json_t *json = json_pack("{sf sf sI si si si si sf sf so}", "rating", place + figure->entered, "place_h", place, "time_s", (json_int_t)rounded->time_sum, "posts", (int)figure->posts,
				 "entered", (int)figure->entered, "now", (int)figure->now, "best", (int)figure->best, "mean", rating_mean_position(figure), "longest_s",
				 (double)figure->longest_us / (double)MOMENT_SECOND, "exact", exact_json(figure));
	json_object_set_new(json, "rank", json_integer((json_int_t)standing_rank(o->standing, o->by, o->spans.now, RATING_KEY_POINTS, o->who)));
	return json;
}

static enum outcome posts_put(const struct opening *o, int page, json_t *model)
{
	const struct rating *rating = standing_rating(o->standing);
	struct arena *arena = o->use->arena;
	json_t *list = json_array();
	enum outcome outcome = DONE;
	size_t n = o->who == RATING_NOBODY ? 0 : rating_explain(rating, o->by, o->who, o->spans.now, NULL, 0), first = (size_t)(page - 1) * RATING_OPEN_POSTS;
	struct rating_figure *posts = ARENA_ARRAY(arena, struct rating_figure, n + 1), whole = {0};
	if (n) {
		rating_explain(rating, o->by, o->who, o->spans.now, posts, n);
		whole = rating_of(rating, o->by, o->who, o->spans.now);
		qsort(posts, n, sizeof *posts, by_points);
	}
	struct rounded rounded = rounded_of(arena, posts, n);
	for (size_t i = first; i < n && i < first + RATING_OPEN_POSTS && !outcome; i++) {
		json_t *post;
		outcome = post_json(o, &posts[i], rounded.place[i], rounded.time[i], &post);
		if (!outcome) json_array_append_new(list, post);
	}
	json_object_set_new(model, "figure", figure_json(o, &whole, &rounded));
	json_object_set_new(model, "posts", list);
	json_object_set_new(model, "total", json_integer((json_int_t)n));
	json_object_set_new(model, "paged", json_boolean(n > RATING_OPEN_POSTS));
	json_object_set_new(model, "first", json_integer((json_int_t)(n ? first + 1 : 0)));
	json_object_set_new(model, "last", json_integer((json_int_t)(first + json_array_size(list))));
	const char *query = json_string_value(json_object_get(json_object_get(model, "span"), "query"));
	long long id = json_integer_value(json_object_get(model, "id"));
	if (page > 1) json_object_set_new(model, "before", json_sprintf("/rating/%lld?%s&page=%d", id, query, page - 1));
	if (first + RATING_OPEN_POSTS < n) json_object_set_new(model, "after", json_sprintf("/rating/%lld?%s&page=%d", id, query, page + 1));
	return outcome;
}

enum outcome rating_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, int page, json_t **ret_model)
{
	struct opening o;
	enum outcome outcome = open_journal(use, journal_id, ask, &o);
	if (outcome) return outcome;
	*ret_model = head_json(&o, journal_id);
	outcome = posts_put(&o, page, *ret_model);
	standing_close(o.standing);
	if (outcome) json_decref(*ret_model);
	return outcome;
}

/* ---- Stay by stay ---- */

static json_t *part_json(const struct rating_part *part, int64_t place, int64_t time, bool begins)
{
	json_t *json = json_pack("{so si sf sf sI sb sb}", "from", moment_json(part->from), "position", (int)part->position, "w", rating_weight(part->position), "place_h",
				 (double)place / UNITS_AN_HOUR, "time_s", (json_int_t)time, "begins", begins, "held", part->held);
	json_object_set_new(json, "to", moment_json(part->to));
	json_object_set_new(json, "exact", json_pack("{sf sI}", "place_h", rating_hours(part->place), "time_us", (json_int_t)(part->to - part->from)));
	return json;
}

static void parts_put(const struct opening *o, uint32_t post, int page, json_t *model)
{
	const struct rating *rating = standing_rating(o->standing);
	struct arena *arena = o->use->arena;
	size_t n = rating_explain_post(rating, post, o->spans.now, NULL, 0), first = (size_t)(page - 1) * RATING_OPEN_PARTS;
	struct rating_part *parts = ARENA_ARRAY(arena, struct rating_part, n + 1);
	double *values = ARENA_ARRAY(arena, double, n + 1);
	int64_t *place = ARENA_ARRAY(arena, int64_t, n + 1), *time = ARENA_ARRAY(arena, int64_t, n + 1);
	json_t *list = json_array();
	rating_explain_post(rating, post, o->spans.now, parts, n);
	for (size_t i = 0; i < n; i++) values[i] = rating_hours(parts[i].place) * UNITS_AN_HOUR;
	int64_t place_sum = shares_round(values, n, place);
	for (size_t i = 0; i < n; i++) values[i] = (double)(parts[i].to - parts[i].from) / (double)MOMENT_SECOND;
	int64_t time_sum = shares_round(values, n, time);
	for (size_t i = first; i < n && i < first + RATING_OPEN_PARTS; i++)
		json_array_append_new(list, part_json(&parts[i], place[i], time[i], !i || parts[i].stay != parts[i - 1].stay));
	json_object_set_new(model, "parts", list);
	json_object_set_new(model, "stays", json_integer(n ? (json_int_t)parts[n - 1].stay + 1 : 0));
	json_object_set_new(model, "place_h", json_real((double)place_sum / UNITS_AN_HOUR));
	json_object_set_new(model, "time_s", json_integer(time_sum));
	json_object_set_new(model, "more", json_integer((json_int_t)(n - first - json_array_size(list))));
	json_object_set_new(model, "next", json_integer(page + 1));
	json_object_set_new(model, "skipped", json_integer((json_int_t)first));
}

enum outcome rating_open_post(struct use *use, int64_t journal_id, int64_t post_id, const struct rating_ask *ask, int page, json_t **ret_model)
{
	struct opening o;
	enum outcome outcome = open_journal(use, journal_id, ask, &o);
	if (outcome) return outcome;
	uint32_t post = standing_post_number(o.standing, post_id);
	int64_t own = post == RATING_NOBODY ? 0 : o.by == RATING_AUTHORS ? standing_author(o.standing, post) : standing_community(o.standing, post);
	struct rating_figure figure = {0};
	if (own == journal_id) figure = rating_of_post(standing_rating(o.standing), post, o.spans.now);
	json_t *about = NULL;
	if (!figure.posts) outcome = ABSENT;
	else if (rating_post_load(use->db, post_id, &about, &use->error)) outcome = FAILED;
	if (!outcome) {
		*ret_model = head_json(&o, journal_id);
		json_object_set_new(*ret_model, "post", about ? about : json_null());
		json_object_set_new(*ret_model, "entered", json_boolean(figure.entered));
		json_object_set_new(*ret_model, "exact", exact_json(&figure));
		parts_put(&o, post, page, *ret_model);
	}
	standing_close(o.standing);
	return outcome;
}
