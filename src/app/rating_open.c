#include "app/rating_open.h"

#include "app/rating_opened.h"
#include "base/buf.h"
#include "base/moment.h"
#include "core/top/strip.h"
#include "store/rating_store.h"
#include "store/tenure_store.h"

enum { STRIP_WIDTH = 200, STRIP_HEIGHT = 28 };

struct opening {
	struct rating_opened opened;
	int places;
	const char *query;
};

/* Every post's line is of the whole span, so that they can be read against one another. */
static json_t *strip_json(const struct opening *o, uint32_t post, const struct rating_part *parts, size_t n)
{
	const struct rating_span *span = &o->opened.spans.now;
	struct strip strip = {.from = span->from, .to = span->to > span->from ? span->to : span->from + 1, .places = o->places, .width = STRIP_WIDTH, .height = STRIP_HEIGHT};
	struct tenure *tenures = ARENA_ARRAY(o->opened.use->arena, struct tenure, n + 1);
	struct buf path;
	for (size_t i = 0; i < n; i++) tenures[i] = (struct tenure){parts[i].from, parts[i].to, post, parts[i].position};
	buf_init(&path, 64 * 1024);
	strip_line(&strip, tenures, n, &path);
	json_t *json = json_pack("{ss si si}", "path", path.bytes ? path.bytes : "", "width", STRIP_WIDTH, "height", STRIP_HEIGHT);
	buf_done(&path);
	return json;
}

static enum outcome post_json(const struct opening *o, size_t i, json_t **ret_post)
{
	const struct rating_opened *opened = &o->opened;
	const struct rating *rating = standing_rating(opened->standing);
	const struct rating_figure *figure = &opened->posts[i];
	struct use *use = opened->use;
	long long id = standing_post(opened->standing, figure->who);
	if (rating_post_load(use->db, id, ret_post, &use->error)) return FAILED;
	json_t *post = *ret_post ? *ret_post : json_pack("{sI ss}", "id", (json_int_t)id, "title", "");
	size_t n = rating_explain_post(rating, figure->who, opened->spans.now, NULL, 0);
	struct rating_part *parts = ARENA_ARRAY(use->arena, struct rating_part, n + 1);
	rating_explain_post(rating, figure->who, opened->spans.now, parts, n);
	json_object_set_new(post, "address", json_sprintf("/rating/%lld/posts/%lld?%s", (long long)opened->journal_id, id, o->query));
	json_object_set_new(post, "entered", json_boolean(figure->entered));
	json_object_set_new(post, "entered_at", rating_opened_moment(rating_entered(rating, figure->who)));
	json_object_set_new(post, "now", json_boolean(figure->now));
	json_object_set_new(post, "best", json_integer(figure->best));
	json_object_set_new(post, "place_h", rating_opened_hours(opened->place[i]));
	json_object_set_new(post, "time_s", json_integer(opened->time[i]));
	json_object_set_new(post, "points", rating_opened_hours(opened->place[i] + figure->entered * RATING_OPENED_UNITS));
	json_object_set_new(post, "stays", json_integer(n ? (json_int_t)parts[n - 1].stay + 1 : 0));
	json_object_set_new(post, "parts", json_integer((json_int_t)n));
	json_object_set_new(post, "strip", strip_json(o, figure->who, parts, n));
	json_object_set_new(post, "exact", rating_opened_exact(figure));
	*ret_post = post;
	return DONE;
}

static json_t *figure_json(const struct rating_opened *o)
{
	const struct rating_figure *figure = &o->whole;
	size_t rank = o->n ? standing_rank(o->standing, o->by, o->spans.now, RATING_KEY_POINTS, figure->who) : 0;
	return json_pack("{so so sI si si si si sf sf so sI}", "rating", rating_opened_hours(o->place_sum + figure->entered * RATING_OPENED_UNITS), "place_h", rating_opened_hours(o->place_sum),
			 "time_s", (json_int_t)o->time_sum, "posts", (int)figure->posts, "entered", (int)figure->entered, "now", (int)figure->now, "best", (int)figure->best, "mean",
			 rating_mean_position(figure), "longest_s", (double)figure->longest_us / (double)MOMENT_SECOND, "exact", rating_opened_exact(figure), "rank", (json_int_t)rank);
}

static json_t *rest_json(const struct rating_opened *o, size_t first, size_t last)
{
	int64_t place = o->place_sum, time = o->time_sum, entered = o->whole.entered;
	if (last - first == o->n) return json_null();
	for (size_t i = first; i < last; i++) {
		place -= o->place[i];
		time -= o->time[i];
		entered -= o->posts[i].entered;
	}
	return json_pack("{sI sI sI so so}", "posts", (json_int_t)(o->n - (last - first)), "entered", (json_int_t)entered, "time_s", (json_int_t)time, "place_h", rating_opened_hours(place),
			 "points", rating_opened_hours(place + entered * RATING_OPENED_UNITS));
}

static json_t *page_address(const struct opening *o, int page)
{
	return json_sprintf("/rating/%lld?%s&page=%d", (long long)o->opened.journal_id, o->query, page);
}

static enum outcome model_fill(struct opening *o, int page, json_t *model)
{
	const struct rating_opened *opened = &o->opened;
	size_t first = (size_t)(page - 1) * RATING_OPEN_POSTS, last = first + RATING_OPEN_POSTS;
	json_t *list = json_array();
	enum outcome outcome = DONE;
	if (first > opened->n) first = opened->n;
	if (last > opened->n) last = opened->n;
	json_object_set_new(model, "figure", figure_json(opened));
	json_object_set_new(model, "posts", list);
	json_object_set_new(model, "rest", rest_json(opened, first, last));
	json_object_set_new(model, "total", json_integer((json_int_t)opened->n));
	json_object_set_new(model, "paged", json_boolean(opened->n > RATING_OPEN_POSTS));
	json_object_set_new(model, "first", json_integer((json_int_t)(last > first ? first + 1 : 0)));
	json_object_set_new(model, "last", json_integer((json_int_t)last));
	o->query = json_string_value(json_object_get(json_object_get(model, "span"), "query"));
	rating_span_steps(&opened->spans, opened->standing, arena_printf(opened->use->arena, "/rating/%lld?", (long long)opened->journal_id), model);
	if (page > 1) json_object_set_new(model, "before", page_address(o, page - 1));
	if (last < opened->n) json_object_set_new(model, "after", page_address(o, page + 1));
	for (size_t i = first; i < last && !outcome; i++) {
		json_t *post;
		outcome = post_json(o, i, &post);
		if (!outcome) json_array_append_new(list, post);
	}
	return outcome;
}

enum outcome rating_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, int page, json_t **ret_model)
{
	struct opening o;
	struct top_rules rules;
	if (top_rules_load(use->db, &rules, &use->error)) return FAILED;
	enum outcome outcome = rating_opened_open(use, journal_id, ask, &o.opened);
	if (outcome) return outcome;
	o.places = rules.places;
	*ret_model = rating_opened_head(&o.opened);
	outcome = model_fill(&o, page, *ret_model);
	rating_opened_close(&o.opened);
	if (outcome) json_decref(*ret_model);
	return outcome;
}
