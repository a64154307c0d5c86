#include "app/rating_stays.h"

#include "app/rating_opened.h"
#include "base/moment.h"
#include "core/rating/shares.h"
#include "store/rating_store.h"

/* The parts of one post, and its stays, with what is shown of each. */
struct stays {
	const struct rating_opened *opened;
	struct rating_part *parts;
	size_t n, n_stays;
	size_t *begins;                 /* of each stay its first part; n at the end */
	int64_t *place, *time;          /* of each part */
	int64_t *stay_place, *stay_time;
};

static double hours_of(const struct rating_part *part)
{
	return rating_hours(part->place) * RATING_OPENED_UNITS;
}

static double seconds_of(const struct rating_part *part)
{
	return (double)(part->to - part->from) / (double)MOMENT_SECOND;
}

/* The post's units over its stays, each stay's over its parts. */
static void units_give(struct stays *s, double (*size)(const struct rating_part *part), int64_t whole, int64_t *ret_stays, int64_t *ret_parts)
{
	struct arena *arena = s->opened->use->arena;
	double *sizes = ARENA_ARRAY(arena, double, s->n + 1), *stay_sizes = ARENA_ARRAY(arena, double, s->n_stays + 1);
	for (size_t i = 0; i < s->n; i++) stay_sizes[s->parts[i].stay] += sizes[i] = size(&s->parts[i]);
	shares_give(stay_sizes, s->n_stays, whole, ret_stays);
	for (size_t stay = 0; stay < s->n_stays; stay++)
		shares_give(sizes + s->begins[stay], s->begins[stay + 1] - s->begins[stay], ret_stays[stay], ret_parts + s->begins[stay]);
}

static void stays_load(struct stays *s, size_t at)
{
	const struct rating_opened *o = s->opened;
	const struct rating *rating = standing_rating(o->standing);
	struct arena *arena = o->use->arena;
	uint32_t post = o->posts[at].who;
	s->n = rating_explain_post(rating, post, o->spans.now, NULL, 0);
	s->parts = ARENA_ARRAY(arena, struct rating_part, s->n + 1);
	rating_explain_post(rating, post, o->spans.now, s->parts, s->n);
	s->n_stays = s->n ? s->parts[s->n - 1].stay + 1 : 0;
	s->begins = ARENA_ARRAY(arena, size_t, s->n_stays + 1);
	s->place = ARENA_ARRAY(arena, int64_t, s->n + 1);
	s->time = ARENA_ARRAY(arena, int64_t, s->n + 1);
	s->stay_place = ARENA_ARRAY(arena, int64_t, s->n_stays + 1);
	s->stay_time = ARENA_ARRAY(arena, int64_t, s->n_stays + 1);
	for (size_t i = s->n; i > 0; i--) s->begins[s->parts[i - 1].stay] = i - 1;
	s->begins[s->n_stays] = s->n;
	units_give(s, hours_of, o->place[at], s->stay_place, s->place);
	units_give(s, seconds_of, o->time[at], s->stay_time, s->time);
}

static json_t *moment_or_null(int64_t at)
{
	return at == TENURE_OPEN ? json_null() : rating_opened_moment(at);
}

/* from, to: within the span; whole_from, whole_to: as it was. */
static json_t *stay_json(const struct stays *s, uint32_t stay)
{
	const struct rating_part *first = &s->parts[s->begins[stay]], *last = &s->parts[s->begins[stay + 1] - 1];
	return json_pack("{sI so so so so sb so sI}", "number", (json_int_t)stay + 1, "from", rating_opened_moment(first->from), "to", rating_opened_moment(last->to), "whole_from",
			 rating_opened_moment(first->stay_from), "whole_to", moment_or_null(first->stay_to), "held", last->held, "place_h", rating_opened_hours(s->stay_place[stay]), "time_s",
			 (json_int_t)s->stay_time[stay]);
}

static json_t *part_json(const struct stays *s, size_t i, bool brings)
{
	const struct rating_part *part = &s->parts[i];
	return json_pack("{so so si sf so sI sb so so}", "from", rating_opened_moment(part->from), "to", rating_opened_moment(part->to), "position", (int)part->position, "w",
			 rating_weight(part->position), "place_h", rating_opened_hours(s->place[i]), "time_s", (json_int_t)s->time[i], "held", part->held, "stay",
			 brings ? stay_json(s, part->stay) : json_null(), "exact",
			 json_pack("{sf sI}", "place_h", rating_hours(part->place), "time_us", (json_int_t)(part->to - part->from)));
}

static json_t *others_json(const struct stays *s, size_t from, size_t to)
{
	int64_t place = 0, time = 0;
	if (from == to) return json_null();
	for (size_t i = from; i < to; i++) {
		place += s->place[i];
		time += s->time[i];
	}
	return json_pack("{sI so sI}", "parts", (json_int_t)(to - from), "place_h", rating_opened_hours(place), "time_s", (json_int_t)time);
}

static void model_fill(const struct stays *s, size_t at, int page, json_t *model)
{
	const struct rating_opened *o = s->opened;
	const struct rating_figure *figure = &o->posts[at];
	size_t first = (size_t)(page - 1) * RATING_STAYS_PARTS, last = first + RATING_STAYS_PARTS;
	json_t *list = json_array();
	if (first > s->n) first = s->n;
	if (last > s->n) last = s->n;
	for (size_t i = first; i < last; i++) json_array_append_new(list, part_json(s, i, i == first || i == s->begins[s->parts[i].stay]));
	json_object_set_new(model, "parts", list);
	json_object_set_new(model, "stays", json_integer((json_int_t)s->n_stays));
	json_object_set_new(model, "entered", json_boolean(figure->entered));
	json_object_set_new(model, "place_h", rating_opened_hours(o->place[at]));
	json_object_set_new(model, "time_s", json_integer(o->time[at]));
	json_object_set_new(model, "points", rating_opened_hours(o->place[at] + figure->entered * RATING_OPENED_UNITS));
	json_object_set_new(model, "earlier", others_json(s, 0, first));
	json_object_set_new(model, "later", others_json(s, last, s->n));
	json_object_set_new(model, "exact", rating_opened_exact(figure));
	const char *query = json_string_value(json_object_get(json_object_get(model, "span"), "query"));
	json_object_set_new(model, "figure", json_sprintf("/rating/%lld?%s", (long long)o->journal_id, query));
	json_object_set_new(model, "next", json_sprintf("/rating/%lld/posts/%lld?%s&page=%d", (long long)o->journal_id, (long long)standing_post(o->standing, figure->who), query, page + 1));
}

static size_t post_find(const struct rating_opened *o, int64_t post_id)
{
	uint32_t post = standing_post_number(o->standing, post_id);
	for (size_t i = 0; i < o->n; i++)
		if (o->posts[i].who == post) return i;
	return o->n;
}

enum outcome rating_stays(struct use *use, int64_t journal_id, int64_t post_id, const struct rating_ask *ask, int page, json_t **ret_model)
{
	struct rating_opened opened;
	json_t *post = NULL;
	enum outcome outcome = rating_opened_open(use, journal_id, ask, &opened);
	if (outcome) return outcome;
	size_t at = post_find(&opened, post_id);
	if (at == opened.n) outcome = ABSENT;
	else if (rating_post_load(use->db, post_id, &post, &use->error)) outcome = FAILED;
	if (!outcome) {
		struct stays stays = {.opened = &opened};
		*ret_model = rating_opened_head(&opened);
		json_object_set_new(*ret_model, "post", post ? post : json_null());
		stays_load(&stays, at);
		model_fill(&stays, at, page, *ret_model);
	}
	rating_opened_close(&opened);
	return outcome;
}
