#include "app/top_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/standing.h"
#include "app/top_visit.h"
#include "base/moment.h"
#include "core/top/strip.h"
#include "store/tenure_store.h"
#include "store/top_store.h"

enum { STRIP_WIDTH = 120, STRIP_HEIGHT = 28 };

/* The top of one moment, to find a post's position by. */
struct board {
	struct top_place *places;
	int n;
};

struct page {
	struct use *use;
	int64_t at, as_of;              /* of the page; TOP_NOW or at */
	int64_t visit_at;               /* 0: none to compare with */
	bool by_visit;
	struct board now, hour, visit;
	struct top_rules rules;
	struct standing *standing;
};

static int position_in(const struct board *board, int64_t post_id)
{
	for (int i = 0; i < board->n; i++)
		if (board->places[i].post_id == post_id) return i + 1;
	return 0;
}

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

/* ---- A row ---- */

static json_t *move_json(int was, int is)
{
	const char *way = !was ? "in" : is < was ? "up" : is > was ? "down" : "same";
	return json_pack("{ss si si}", "way", way, "by", was ? abs(was - is) : 0, "was", was);
}

static enum outcome vote_put(const struct page *page, json_t *row, int64_t post_id)
{
	struct use *use = page->use;
	int64_t votes;
	bool mine = false;
	if (top_votes(use->db, post_id, page->as_of, &votes, &use->error)) return FAILED;
	if (use->who.member_id && top_voted(use->db, post_id, use->who.member_id, &mine, &use->error)) return FAILED;
	json_t *author = json_object_get(json_object_get(row, "author"), "id");
	bool own = use->who.member_id && author && json_integer_value(author) == use->who.member_id;
	return json_object_set_new(row, "vote", json_pack("{sI sb sb}", "votes", (json_int_t)votes, "mine", mine, "own", own)) ? FAILED : DONE;
}

/* The line of its positions over the day before, and how long it was in the top by then. */
static void stays_put(const struct page *page, json_t *row, int64_t post_id)
{
	struct arena *arena = page->use->arena;
	const struct rating *rating = standing_rating(page->standing);
	struct strip strip = {.from = page->at - MOMENT_DAY, .to = page->at, .places = page->rules.places, .width = STRIP_WIDTH, .height = STRIP_HEIGHT};
	struct rating_span day = {strip.from, strip.to}, ever = {RATING_ALL_TIME, page->at};
	uint32_t post = standing_post_number(page->standing, post_id);
	size_t n = post == RATING_NOBODY ? 0 : rating_explain_post(rating, post, day, NULL, 0);
	struct rating_part *parts = ARENA_ARRAY(arena, struct rating_part, n);
	struct tenure *stays = ARENA_ARRAY(arena, struct tenure, n);
	struct buf path;
	if (n) rating_explain_post(rating, post, day, parts, n);
	for (size_t i = 0; i < n; i++) stays[i] = (struct tenure){.from = parts[i].from, .to = parts[i].to, .position = parts[i].position};
	buf_init(&path, 64 * 1024);
	bool any = strip_line(&strip, stays, n, &path);
	json_object_set_new(row, "strip", any ? json_string(path.bytes) : json_null());
	buf_done(&path);
	json_object_set_new(row, "in_top_s", json_integer(n ? rating_of_post(rating, post, ever).time_us / MOMENT_SECOND : 0));
	json_object_set_new(row, "in_top_since", n ? moment_json(parts[n - 1].stay_from) : json_null());
}

/* NULL where the post cannot be read any more: the top forgets it in a moment. */
static enum outcome row_make(const struct page *page, int place, json_t **ret_row)
{
	struct use *use = page->use;
	int64_t post_id = page->now.places[place].post_id;
	if (top_row(use->db, post_id, page->as_of, ret_row, &use->error)) return FAILED;
	if (!*ret_row) return DONE;
	int hour = position_in(&page->hour, post_id), visit = position_in(&page->visit, post_id);
	json_object_set_new(*ret_row, "position", json_integer(place + 1));
	json_object_set_new(*ret_row, "position_since", moment_json(page->now.places[place].since));
	json_object_set_new(*ret_row, "hour_ago", json_integer(hour));
	json_object_set_new(*ret_row, "visit_ago", page->visit_at ? json_integer(visit) : json_null());
	json_object_set_new(*ret_row, "new", json_boolean(page->visit_at && !visit));
	json_object_set_new(*ret_row, "move", move_json(page->by_visit ? visit : hour, place + 1));
	enum outcome outcome = vote_put(page, *ret_row, post_id);
	if (outcome) json_decref(*ret_row);
	else stays_put(page, *ret_row, post_id);
	return outcome;
}

static enum outcome rows_make(const struct page *page, bool all, json_t **ret_rows)
{
	enum outcome outcome = DONE;
	json_t *row;
	*ret_rows = json_array();
	for (int i = 0; i < page->now.n && (all || i < TOP_ROWS) && !outcome; i++) {
		outcome = row_make(page, i, &row);
		if (!outcome && row) json_array_append_new(*ret_rows, row);
	}
	if (outcome) json_decref(*ret_rows);
	return outcome;
}

/* ---- The page ---- */

static enum outcome board_load(struct use *use, int64_t at, struct board *ret)
{
	return use_done(top_places(use->db, use->arena, at, &ret->places, &ret->n, &use->error));
}

static enum outcome page_load(struct page *page)
{
	struct use *use = page->use;
	if (top_rules_load(use->db, &page->rules, &use->error)) return FAILED;
	enum outcome outcome = page->as_of == TOP_NOW ? top_visit_before(use, &page->visit_at) : DONE;
	if (!outcome) outcome = board_load(use, page->as_of, &page->now);
	if (!outcome) outcome = board_load(use, page->at - MOMENT_HOUR, &page->hour);
	if (!outcome && page->visit_at) outcome = board_load(use, page->visit_at, &page->visit);
	page->by_visit = page->by_visit && page->visit_at;
	return outcome;
}

static json_t *step_json(const struct page *page, int64_t by)
{
	return page->at + by < page->use->now ? moment_json(page->at + by) : json_null();
}

static json_t *model_make(const struct page *page, bool all, json_t *rows)
{
	bool past = page->as_of != TOP_NOW;
	json_t *model = json_pack("{so so so si ss so so si so so}", "as_of", past ? moment_json(page->at) : json_null(), "at", moment_json(page->at), "earliest",
				  moment_json(page->at - MOMENT_DAY), "places", page->rules.places, "since", page->by_visit ? "visit" : "hour", "visit_at",
				  page->visit_at ? moment_json(page->visit_at) : json_null(), "hour_at", moment_json(page->at - MOMENT_HOUR), "count", page->now.n, "empty",
				  json_boolean(!page->now.n), "rows", rows);
	json_object_set_new(model, "steps", json_pack("{so so so so}", "day_back", step_json(page, -MOMENT_DAY), "hour_back", step_json(page, -MOMENT_HOUR), "hour_on",
						      past ? step_json(page, MOMENT_HOUR) : json_null(), "day_on", past ? step_json(page, MOMENT_DAY) : json_null()));
	json_object_set_new(model, "rules", json_pack("{sI sf sI}", "half_life_s", (json_int_t)(page->rules.half_life_us / MOMENT_SECOND), "floor", page->rules.floor, "late_s",
						      (json_int_t)(page->rules.late_us / MOMENT_SECOND)));
	json_object_set_new(model, "all", json_boolean(all));
	json_object_set_new(model, "more", json_integer(page->now.n - (int)json_array_size(rows)));
	json_object_set_new(model, "strip_width", json_integer(STRIP_WIDTH));
	json_object_set_new(model, "strip_height", json_integer(STRIP_HEIGHT));
	return model;
}

enum outcome top_page(struct use *use, int64_t as_of, bool by_visit, bool all, json_t **ret_model)
{
	bool past = as_of && as_of < use->now, any = true;
	struct page page = {.use = use, .at = past ? as_of : use->now, .as_of = past ? as_of : TOP_NOW, .by_visit = by_visit};
	json_t *rows;
	enum outcome outcome = page_load(&page);
	if (!outcome && !page.now.n && top_any_post(use->db, &any, &use->error)) outcome = FAILED;
	if (!outcome && standing_open(use->db, &page.standing, &use->error)) outcome = FAILED;
	if (outcome) return outcome;
	outcome = rows_make(&page, all, &rows);
	standing_close(page.standing);
	if (outcome) return outcome;
	*ret_model = model_make(&page, all, rows);
	json_object_set_new(*ret_model, "any_post", json_boolean(any));
	return DONE;
}
