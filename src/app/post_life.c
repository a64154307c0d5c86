#include "app/post_life.h"

#include <math.h>

#include "base/moment.h"
#include "base/timemark.h"
#include "core/rating/rating.h"
#include "core/top/strip.h"
#include "store/tenure_store.h"
#include "store/top_store.h"

enum { WIDTH = 720, HEIGHT = 180, VOTES_HEIGHT = 24, MARKS = 7 };

struct life {
	struct use *use;
	struct strip strip;
	const struct tenure *stays;
	size_t n;
};

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

static int64_t end_of(const struct life *life, const struct tenure *stay)
{
	return stay->to < life->use->now ? stay->to : life->use->now;
}

/* From its publication, or a little before it entered where that was long ago; to now, or a little after it left. */
static void span_choose(struct life *life, int64_t published_at, int places)
{
	int64_t entered = life->stays[0].from, left = end_of(life, &life->stays[life->n - 1]), margin = (left - entered) / 12 + MOMENT_MINUTE;
	life->strip = (struct strip){.from = entered - margin > published_at ? entered - margin : published_at, .to = left + margin, .places = places, .width = WIDTH, .height = HEIGHT};
	if (life->strip.from > entered) life->strip.from = entered; /* it was merged into one that is older */
	if (life->stays[life->n - 1].to > life->use->now || life->strip.to > life->use->now) life->strip.to = life->use->now;
	if (life->strip.to <= life->strip.from) life->strip.to = life->strip.from + MOMENT_SECOND;
}

/* ---- The picture ---- */

static void path_put(const struct life *life, json_t *model, const char *name, bool (*draw)(const struct strip *, const struct tenure *, size_t, struct buf *))
{
	struct buf path;
	buf_init(&path, 64 * 1024);
	draw(&life->strip, life->stays, life->n, &path);
	json_object_set_new(model, name, json_string(path.bytes ? path.bytes : ""));
	buf_done(&path);
}

/* Words at the edges stand inside. */
static json_t *mark_json(const struct timemark *mark, double x)
{
	return json_pack("{so ss sf sb sb si}", "at", moment_json(mark->at), "unit", timemark_unit_names[mark->unit], "x", x, "start", x < 4, "end", x > 96, "year",
			 moment_local(mark->at).year);
}

static json_t *marks_json(const struct life *life)
{
	struct timemark marks[MARKS];
	int n = timemark_list(life->strip.from, life->strip.to, MARKS, marks);
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		json_array_append_new(list, mark_json(&marks[i], 100.0 * strip_x(&life->strip, marks[i].at) / WIDTH));
	return list;
}

static json_t *levels_json(const struct life *life)
{
	int levels[STRIP_LEVELS], n = strip_levels(life->strip.places, levels);
	json_t *list = json_array();
	for (int i = 0; i < n; i++) json_array_append_new(list, json_pack("{si si}", "position", levels[i], "y", strip_y(&life->strip, levels[i])));
	return list;
}

/* One upright stroke for each unit of width in which votes came: the most is VOTES_HEIGHT high. */
static enum outcome votes_put(const struct life *life, int64_t post_id, json_t *model)
{
	struct use *use = life->use;
	struct top_vote *votes;
	size_t n, count = 0;
	int at[WIDTH + 1] = {0}, most = 0;
	struct buf path;
	if (top_vote_list(use->db, use->arena, post_id, life->strip.to, &votes, &n, &use->error)) return FAILED;
	for (size_t i = 0; i < n; i++) {
		if (votes[i].at < life->strip.from) continue;
		int x = strip_x(&life->strip, votes[i].at);
		if (++at[x] > most) most = at[x];
		count++;
	}
	buf_init(&path, 64 * 1024);
	for (int x = 0; x <= WIDTH; x++)
		if (at[x]) buf_printf(&path, "M%d 0v%d", x, 6 + (most > 1 ? (VOTES_HEIGHT - 6) * (at[x] - 1) / (most - 1) : 0));
	json_object_set_new(model, "votes", json_pack("{ss si sI}", "path", path.bytes ? path.bytes : "", "height", VOTES_HEIGHT, "count", (json_int_t)count));
	buf_done(&path);
	return DONE;
}

/* ---- The figures ---- */

static void stays_put(const struct life *life, json_t *model)
{
	json_t *list = json_array();
	size_t first = life->n > LIFE_STAYS ? life->n - LIFE_STAYS : 0;
	for (size_t i = first; i < life->n; i++) {
		const struct tenure *stay = &life->stays[i];
		int64_t end = end_of(life, stay);
		json_array_append_new(list, json_pack("{so so si sI}", "from", moment_json(stay->from), "to", stay->to > life->use->now ? json_null() : moment_json(stay->to), "position",
						      (int)stay->position, "seconds", (json_int_t)((end - stay->from) / MOMENT_SECOND)));
	}
	json_object_set_new(model, "stays", list);
	json_object_set_new(model, "earlier", json_integer((json_int_t)first));
}

static enum outcome figures_put(const struct life *life, json_t *model)
{
	struct rating *rating = rating_new();
	rating_post(rating, 0, 0, RATING_NOBODY);
	bool whole = rating_load(rating, life->stays, life->n) == life->n;
	struct rating_figure f = rating_of_post(rating, 0, (struct rating_span){RATING_ALL_TIME, life->use->now});
	rating_free(rating);
	if (!whole) return use_done(err_set(&life->use->error, ERR_CORRUPT, "the stays of a post overlap"));
	json_object_update_new(model, json_pack("{sI si sf sI sI sf so sI}", "moves", (json_int_t)(life->n - 1), "best", (int)f.best, "mean", rating_mean_position(&f), "time_s",
						(json_int_t)(f.time_us / MOMENT_SECOND), "longest_s", (json_int_t)(f.longest_us / MOMENT_SECOND), "place_h", rating_hours(f.place),
						"entered_at", moment_json(life->stays[0].from), "position",
						(json_int_t)(life->stays[life->n - 1].to > life->use->now ? life->stays[life->n - 1].position : 0)));
	return DONE;
}

enum outcome post_life(struct use *use, int64_t post_id, int64_t published_at, json_t **ret_life)
{
	struct top_rules rules;
	struct life life = {.use = use};
	struct tenure *stays;
	if (top_rules_load(use->db, &rules, &use->error) || top_stays(use->db, use->arena, post_id, INT64_MIN, use->now, &stays, &life.n, &use->error)) return FAILED;
	*ret_life = json_null();
	if (!life.n) return DONE;
	life.stays = stays;
	span_choose(&life, published_at, rules.places);
	json_t *model = json_pack("{so so si si si}", "from", moment_json(life.strip.from), "to", moment_json(life.strip.to), "places", rules.places, "width", WIDTH, "height", HEIGHT);
	path_put(&life, model, "line", strip_line);
	path_put(&life, model, "area", strip_area);
	json_object_set_new(model, "marks", marks_json(&life));
	json_object_set_new(model, "levels", levels_json(&life));
	stays_put(&life, model);
	enum outcome outcome = figures_put(&life, model);
	if (!outcome) outcome = votes_put(&life, post_id, model);
	if (outcome) json_decref(model);
	else *ret_life = model;
	return outcome;
}
