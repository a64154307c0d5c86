#include "app/rating_opened.h"

#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "core/rating/shares.h"
#include "store/rating_store.h"

static int by_points(const void *a, const void *b)
{
	const struct rating_figure *x = a, *y = b;
	double p = rating_points(x), q = rating_points(y);
	if (p != q) return p > q ? -1 : 1;
	return x->who < y->who ? -1 : 1;
}

static void posts_load(struct rating_opened *o, uint32_t who)
{
	const struct rating *rating = standing_rating(o->standing);
	struct arena *arena = o->use->arena;
	o->n = who == RATING_NOBODY ? 0 : rating_explain(rating, o->by, who, o->spans.now, NULL, 0);
	o->posts = ARENA_ARRAY(arena, struct rating_figure, o->n + 1);
	o->place = ARENA_ARRAY(arena, int64_t, o->n + 1);
	o->time = ARENA_ARRAY(arena, int64_t, o->n + 1);
	o->whole.who = who;
	if (!o->n) return;
	double *parts = ARENA_ARRAY(arena, double, o->n);
	o->whole = rating_of(rating, o->by, who, o->spans.now);
	rating_explain(rating, o->by, who, o->spans.now, o->posts, o->n);
	qsort(o->posts, o->n, sizeof *o->posts, by_points);
	for (size_t i = 0; i < o->n; i++) parts[i] = rating_hours(o->posts[i].place) * RATING_OPENED_UNITS;
	o->place_sum = shares_round(parts, o->n, o->place);
	for (size_t i = 0; i < o->n; i++) parts[i] = (double)o->posts[i].time_us / (double)MOMENT_SECOND;
	o->time_sum = shares_round(parts, o->n, o->time);
}

enum outcome rating_opened_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, struct rating_opened *ret)
{
	*ret = (struct rating_opened){.use = use, .journal_id = journal_id};
	if (rating_journal_load(use->db, use->arena, journal_id, &ret->name, &ret->kind, &use->error)) return FAILED;
	if (!*ret->kind) return ABSENT;
	if (standing_open(use->db, &ret->standing, &use->error)) return FAILED;
	ret->by = strcmp(ret->kind, "community") ? RATING_AUTHORS : RATING_COMMUNITIES;
	ret->spans = rating_spans_of(ask, ret->standing, use->now);
	posts_load(ret, standing_number(ret->standing, ret->by, journal_id));
	return DONE;
}

void rating_opened_close(struct rating_opened *opened)
{
	standing_close(opened->standing);
}

json_t *rating_opened_head(const struct rating_opened *o)
{
	return json_pack("{sI ss ss ss so}", "id", (json_int_t)o->journal_id, "name", o->name, "kind", o->kind, "who", o->by == RATING_AUTHORS ? "bloggers" : "communities", "span",
			 rating_span_json(&o->spans));
}

json_t *rating_opened_hours(int64_t units)
{
	return json_real((double)units / RATING_OPENED_UNITS);
}

json_t *rating_opened_exact(const struct rating_figure *figure)
{
	return json_pack("{sf sf sI sf}", "rating", rating_points(figure), "place_h", rating_hours(figure->place), "time_us", (json_int_t)figure->time_us, "mean",
			 rating_mean_position(figure));
}

json_t *rating_opened_moment(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}
