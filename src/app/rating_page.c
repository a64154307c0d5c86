#include "app/rating_page.h"

#include <string.h>

#include "app/rating_chart.h"
#include "base/buf.h"
#include "base/moment.h"
#include "store/rating_store.h"
#include "store/tenure_store.h"

const char *const rating_key_names[RATING_KEYS] = {"rating", "posts", "time", "place"};

struct making {
	struct use *use;
	const struct rating_page_ask *ask;
	const struct standing *standing;
	struct rating_spans spans;
	json_t *span;
	struct rating_figure *figures;
	const char **names, **addresses;
	uint32_t *was_ranks;
	size_t n, offset;
	int places;
};

enum { BARS = 50, BAR_STEP = 3, BAR_WIDTH = 2, BAR_HEIGHT = 24 };

/* How long it held which positions: a bar each, or as many together as make 50; the first at the left, the most as high as there is room. */
static json_t *positions_json(const struct making *making, uint32_t who)
{
	int64_t us[TOP_MOST + 1] = {0}, bar[BARS] = {0}, most = 0;
	int bars = making->places < BARS ? making->places : BARS;
	struct buf path;
	rating_positions(standing_rating(making->standing), making->ask->by, who, making->spans.now, us);
	for (int position = 1; position <= TOP_MOST; position++) {
		int at = (position - 1) * bars / making->places;
		bar[at < bars ? at : bars - 1] += us[position];
	}
	for (int i = 0; i < bars; i++)
		if (bar[i] > most) most = bar[i];
	buf_init(&path, 4096);
	for (int i = 0; i < bars && most; i++) {
		int height = (int)((bar[i] * BAR_HEIGHT + most - 1) / most); /* whatever is there can be seen */
		if (height) buf_printf(&path, "M%d %dh%dv%dh-%dz", i * BAR_STEP, BAR_HEIGHT - height, BAR_WIDTH, height, BAR_WIDTH);
	}
	json_t *bars_json = json_string(path.bytes ? path.bytes : "");
	buf_done(&path);
	return bars_json;
}

static json_t *change_json(const struct rating_figure *is, const struct rating_figure *was, uint32_t rank, uint32_t was_rank)
{
	const char *way = !was_rank ? "new" : rank < was_rank ? "up" : rank > was_rank ? "down" : "same";
	uint32_t by = !was_rank ? 0 : rank < was_rank ? was_rank - rank : rank - was_rank;
	return json_pack("{ss si si sf}", "way", way, "by", (int)by, "was_rank", (int)was_rank, "points", rating_points(is) - rating_points(was));
}

static json_t *row_json(const struct making *making, size_t i)
{
	const struct rating *rating = standing_rating(making->standing);
	const struct rating_figure *figure = &making->figures[i];
	enum rating_by by = making->ask->by;
	uint32_t rank = (uint32_t)(making->offset + i + 1);
	json_t *row = json_pack("{si sI ss ss sf sI si si si sf sf si sf sf}", "rank", (int)rank, "id", (json_int_t)standing_journal(making->standing, by, figure->who), "name",
				making->names[i], "address", making->addresses[i], "rating", rating_points(figure), "time_us", (json_int_t)figure->time_us, "posts", (int)figure->posts, "entered", (int)figure->entered, "now", (int)figure->now, "time_s",
				(double)figure->time_us / (double)MOMENT_SECOND, "place_h", rating_hours(figure->place), "best", (int)figure->best, "mean", rating_mean_position(figure),
				"longest_s", (double)figure->longest_us / (double)MOMENT_SECOND);
	json_object_set_new(row, "positions", positions_json(making, figure->who));
	if (making->spans.has_before) {
		struct rating_figure was = rating_of(rating, by, figure->who, making->spans.before);
		json_object_set_new(row, "change", change_json(figure, &was, rank, making->was_ranks[i]));
	}
	return row;
}

static enum outcome names_load(struct making *making)
{
	struct use *use = making->use;
	const char *query = json_string_value(json_object_get(making->span, "query"));
	making->names = ARENA_ARRAY(use->arena, const char *, making->n + 1);
	making->addresses = ARENA_ARRAY(use->arena, const char *, making->n + 1);
	for (size_t i = 0; i < making->n; i++) {
		const char *kind;
		int64_t journal_id = standing_journal(making->standing, making->ask->by, making->figures[i].who);
		if (rating_journal_load(use->db, use->arena, journal_id, &making->names[i], &kind, &use->error)) return FAILED;
		making->addresses[i] = arena_printf(use->arena, "/rating/%lld?%s", (long long)journal_id, query);
	}
	return DONE;
}

static void before_load(struct making *making)
{
	uint32_t *who = ARENA_ARRAY(making->use->arena, uint32_t, making->n + 1);
	making->was_ranks = ARENA_ARRAY(making->use->arena, uint32_t, making->n + 1);
	for (size_t i = 0; i < making->n; i++) who[i] = making->figures[i].who;
	if (making->spans.has_before)
		standing_ranks(making->standing, making->ask->by, making->ask->key, &making->spans.before, 1, who, making->n, making->was_ranks);
}

static json_t *page_address(const struct making *making, int page)
{
	return json_sprintf("/rating?who=%s&%s&sort=%s&page=%d", making->ask->by == RATING_AUTHORS ? "bloggers" : "communities", json_string_value(json_object_get(making->span, "query")),
			    rating_key_names[making->ask->key], page);
}

static enum outcome model_make(struct making *making, size_t all, json_t **ret_model)
{
	const struct rating_page_ask *ask = making->ask;
	json_t *rows = json_array();
	for (size_t i = 0; i < making->n; i++) json_array_append_new(rows, row_json(making, i));
	json_t *chart = making->offset ? NULL : rating_chart(making->standing, ask->by, ask->key, &making->spans, making->figures, making->names, making->addresses, making->n);
	*ret_model = json_pack("{ss ss sO so sI sI sI sb so*}", "who", ask->by == RATING_AUTHORS ? "bloggers" : "communities", "sort", rating_key_names[ask->key], "span", making->span, "rows", rows,
			       "total", (json_int_t)all, "first", (json_int_t)(making->n ? making->offset + 1 : 0), "last", (json_int_t)(making->offset + making->n), "ever",
			       standing_begun(making->standing) != INT64_MAX, "chart", chart);
	json_object_set_new(*ret_model, "places", json_integer(making->places));
	json_object_set_new(*ret_model, "positions_width", json_integer((making->places < BARS ? making->places : BARS) * BAR_STEP - (BAR_STEP - BAR_WIDTH)));
	rating_span_steps(&making->spans, making->standing,
			  arena_printf(making->use->arena, "/rating?who=%s&sort=%s&", ask->by == RATING_AUTHORS ? "bloggers" : "communities", rating_key_names[ask->key]), *ret_model);
	json_object_set_new(*ret_model, "paged", json_boolean(all > RATING_ROWS));
	if (making->offset) json_object_set_new(*ret_model, "before", page_address(making, ask->page - 1));
	if (making->offset + making->n < all) json_object_set_new(*ret_model, "after", page_address(making, ask->page + 1));
	return DONE;
}

enum outcome rating_page(struct use *use, const struct rating_page_ask *ask, json_t **ret_model)
{
	struct making making = {.use = use, .ask = ask, .offset = (size_t)(ask->page - 1) * RATING_ROWS};
	struct top_rules rules;
	struct standing *standing;
	if (top_rules_load(use->db, &rules, &use->error) || standing_open(use->db, &standing, &use->error)) return FAILED;
	making.standing = standing;
	making.places = rules.places;
	making.spans = rating_spans_of(&ask->span, standing, use->now);
	making.span = rating_span_json(&making.spans);
	size_t all = standing_table(standing, ask->by, making.spans.now, ask->key, making.offset, RATING_ROWS, use->arena, &making.figures, &making.n);
	enum outcome outcome = names_load(&making);
	if (!outcome) before_load(&making);
	if (!outcome) outcome = model_make(&making, all, ret_model);
	standing_close(standing);
	json_decref(making.span);
	return outcome;
}
