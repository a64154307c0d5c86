#include "app/journal_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/parse.h"
#include "core/top/strip.h"
#include "exchange/markdown.h"
#include "store/ban_store.h"
#include "store/community_store.h"
#include "store/journal_store.h"
#include "store/moderate_store.h"
#include "store/post_store.h"
#include "store/rating_store.h"

enum { STRIP_WIDTH = 240, STRIP_HEIGHT = 28, WEEKS = 13, WEEK_WIDTH = 14, WEEK_HEIGHT = 40 };

struct making {
	struct use *use;
	int64_t journal_id;
	bool community;
	struct standing *standing;
	struct rating_spans spans;
	enum rating_by by;
	uint32_t who;
	struct journal_rules rules;
	json_t *model;
};

static json_t *moment_json(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return json_string(text);
}

/* ---- Who it is ---- */

static void texts_put(const struct making *m, const json_t *journal)
{
	static const char *const fields[] = {"about", "rules"};
	for (int i = 0; i < 2; i++) {
		const char *text = json_string_value(json_object_get(journal, fields[i]));
		char key[16];
		snprintf(key, sizeof key, "%s_html", fields[i]);
		json_object_set_new(m->model, key, json_string(text && *text ? markdown_html(m->use->arena, text) : ""));
	}
}

static enum outcome standing_of_reader(const struct making *m)
{
	struct use *use = m->use;
	enum community_role role = COMMUNITY_STRANGER;
	bool follows = false, moderates = false;
	json_t *ban = NULL;
	int64_t me = use->who.member_id;
	if (!me) return DONE;
	if (follow_is(use->db, me, m->journal_id, &follows, &use->error)) return FAILED;
	if (m->community && community_role_load(use->db, m->journal_id, me, &role, &use->error)) return FAILED;
	if (m->community && ban_active(use->db, me, m->journal_id, use->now, &ban, &use->error)) return FAILED;
	enum outcome outcome = journal_moderates(use, m->community ? m->journal_id : 0, &moderates);
	json_object_set_new(m->model, "me", json_pack("{sb sb sb sb sb so?}", "follows", follows, "own", me == m->journal_id, "member", role != COMMUNITY_STRANGER, "moderator",
						      role == COMMUNITY_MODERATOR, "moderates", moderates, "ban", ban));
	return outcome;
}

static enum outcome head_put(const struct making *m, const json_t *journal)
{
	struct use *use = m->use;
	json_t *figures, *moderators = NULL;
	int64_t in_top;
	if (journal_figures(use->db, m->journal_id, &figures, &use->error)) return FAILED;
	json_object_set_new(m->model, "counts", figures);
	texts_put(m, journal);
	if (m->community) {
		if (community_moderators(use->db, m->journal_id, &moderators, &use->error)) return FAILED;
		json_object_set_new(m->model, "moderators", moderators);
		if (community_in_top(use->db, m->journal_id, &in_top, &use->error)) return FAILED;
		if (m->rules.top.community_most)
			json_object_set_new(m->model, "flood", json_pack("{sI si sb}", "in_top", (json_int_t)in_top, "most", m->rules.top.community_most, "bites",
									 in_top >= m->rules.top.community_most));
	}
	return standing_of_reader(m);
}

/* ---- What it did in the top ---- */

/* Weighed hours in the top, week by week, the last at the right: bars. */
static json_t *weeks_json(const struct making *m)
{
	double hours[WEEKS], most = 0;
	struct buf path;
	buf_init(&path, 4096);
	for (int i = 0; i < WEEKS; i++) {
		int64_t to = m->use->now - (WEEKS - 1 - i) * 7 * MOMENT_DAY;
		struct rating_figure figure = rating_of(standing_rating(m->standing), m->by, m->who, (struct rating_span){to - 7 * MOMENT_DAY, to});
		hours[i] = rating_hours(figure.place);
		if (hours[i] > most) most = hours[i];
	}
	for (int i = 0; i < WEEKS && most > 0; i++) {
		int height = (int)(hours[i] / most * WEEK_HEIGHT + 0.999);
		if (height) buf_printf(&path, "M%d %dh%dv%dh-%dz", i * WEEK_WIDTH, WEEK_HEIGHT - height, WEEK_WIDTH - 3, height, WEEK_WIDTH - 3);
	}
	json_t *json = json_pack("{ss si si}", "path", path.bytes ? path.bytes : "", "width", WEEKS * WEEK_WIDTH - 3, "height", WEEK_HEIGHT);
	buf_done(&path);
	return json;
}

struct moment_best {
	uint32_t post;
	uint16_t position;
	int64_t from, us;
};

/* The higher position first, then the longer. */
static int by_best(const void *a, const void *b)
{
	const struct moment_best *x = a, *y = b;
	if (x->position != y->position) return x->position < y->position ? -1 : 1;
	return x->us > y->us ? -1 : x->us < y->us;
}

/* Of each post the best place, and how long it held it at the longest. */
static struct moment_best best_of(const struct making *m, uint32_t post)
{
	const struct rating *rating = standing_rating(m->standing);
	struct moment_best best = {.post = post, .position = TOP_MOST + 1};
	size_t n = rating_explain_post(rating, post, m->spans.now, NULL, 0);
	struct rating_part *parts = ARENA_ARRAY(m->use->arena, struct rating_part, n + 1);
	rating_explain_post(rating, post, m->spans.now, parts, n);
	for (size_t i = 0; i < n; i++) {
		int64_t us = parts[i].to - parts[i].from;
		if (parts[i].position > best.position || (parts[i].position == best.position && us <= best.us)) continue;
		best = (struct moment_best){post, parts[i].position, parts[i].from, us};
	}
	return best;
}

static enum outcome best_put(const struct making *m)
{
	const struct rating *rating = standing_rating(m->standing);
	struct use *use = m->use;
	size_t n = rating_explain(rating, m->by, m->who, m->spans.now, NULL, 0);
	struct rating_figure *posts = ARENA_ARRAY(use->arena, struct rating_figure, n + 1);
	struct moment_best *all = ARENA_ARRAY(use->arena, struct moment_best, n + 1);
	json_t *list = json_array();
	rating_explain(rating, m->by, m->who, m->spans.now, posts, n);
	for (size_t i = 0; i < n; i++) all[i] = best_of(m, posts[i].who);
	qsort(all, n, sizeof *all, by_best);
	for (size_t i = 0; i < n && i < JOURNAL_BEST; i++) {
		json_t *post;
		if (rating_post_load(use->db, standing_post(m->standing, all[i].post), &post, &use->error)) {
			json_decref(list);
			return FAILED;
		}
		json_array_append_new(list, json_pack("{so? si so sf}", "post", post, "position", (int)all[i].position, "from", moment_json(all[i].from), "seconds",
						      (double)all[i].us / (double)MOMENT_SECOND));
	}
	json_object_set_new(m->model, "best", list);
	return DONE;
}

static enum outcome figures_put(const struct making *m)
{
	if (m->who == RATING_NOBODY) return DONE;
	const struct rating *rating = standing_rating(m->standing);
	struct rating_figure figure = rating_of(rating, m->by, m->who, m->spans.now);
	size_t rank = standing_rank(m->standing, m->by, m->spans.now, RATING_KEY_POINTS, m->who);
	json_object_set_new(m->model, "figure",
			    json_pack("{sI sf si si si sf sf si sf sf}", "rank", (json_int_t)rank, "rating", rating_points(&figure), "posts", (int)figure.posts, "entered", (int)figure.entered, "now",
				      (int)figure.now, "time_s", (double)figure.time_us / (double)MOMENT_SECOND, "place_h", rating_hours(figure.place), "best", (int)figure.best, "mean",
				      rating_mean_position(&figure), "longest_s", (double)figure.longest_us / (double)MOMENT_SECOND));
	json_object_set_new(m->model, "weeks", weeks_json(m));
	return best_put(m);
}

/* ---- Its posts ---- */

static void strip_put(const struct making *m, json_t *line)
{
	uint32_t post = standing_post_number(m->standing, json_integer_value(json_object_get(line, "id")));
	if (post == RATING_NOBODY) return;
	const struct rating *rating = standing_rating(m->standing);
	struct rating_span life = {rating_entered(rating, post), m->use->now};
	size_t n = rating_explain_post(rating, post, life, NULL, 0);
	if (!n) return;
	struct rating_part *parts = ARENA_ARRAY(m->use->arena, struct rating_part, n);
	struct tenure *stays = ARENA_ARRAY(m->use->arena, struct tenure, n);
	rating_explain_post(rating, post, life, parts, n);
	for (size_t i = 0; i < n; i++) stays[i] = (struct tenure){parts[i].from, parts[i].to, post, parts[i].position};
	struct strip strip = {.from = stays[0].from, .to = stays[n - 1].to > stays[0].from ? stays[n - 1].to : stays[0].from + 1, .places = m->rules.top.places, .width = STRIP_WIDTH, .height = STRIP_HEIGHT};
	struct buf path;
	buf_init(&path, 64 * 1024);
	bool any = strip_line(&strip, stays, n, &path);
	struct rating_figure figure = rating_of_post(rating, post, life);
	json_object_set_new(line, "life", json_pack("{ss si si sf}", "path", any ? path.bytes : "", "width", STRIP_WIDTH, "best", (int)figure.best, "time_s", (double)figure.time_us / (double)MOMENT_SECOND));
	buf_done(&path);
}

static enum outcome posts_put(const struct making *m, bool hot)
{
	struct use *use = m->use;
	struct post_scope scope = {.author_id = m->community ? 0 : m->journal_id, .community_id = m->community ? m->journal_id : 0, .kind = "", .language = "", .tag = ""};
	json_t *lines, *line;
	size_t i;
	enum err kind = hot ? post_list_hot(use->db, use->arena, &scope, 0, JOURNAL_POSTS, &lines, &use->error)
			    : post_list(use->db, use->arena, &scope, 0, 0, JOURNAL_POSTS, &lines, &use->error);
	if (kind) return FAILED;
	json_array_foreach(lines, i, line) strip_put(m, line);
	json_object_set_new(m->model, "posts", lines);
	json_object_set_new(m->model, "hot", json_boolean(hot));
	return DONE;
}

enum outcome journal_page(struct use *use, int64_t journal_id, const struct rating_ask *ask, bool hot, json_t **ret_model)
{
	struct making m = {.use = use, .journal_id = journal_id};
	json_t *journal;
	if (journal_load(use->db, journal_id, &journal, &use->error)) return FAILED;
	if (!journal) return ABSENT;
	m.community = !strcmp(json_string_value(json_object_get(journal, "kind")), "community");
	m.by = m.community ? RATING_COMMUNITIES : RATING_AUTHORS;
	m.model = json_pack("{sO sO sO sO sO sO}", "id", json_object_get(journal, "id"), "kind", json_object_get(journal, "kind"), "name", json_object_get(journal, "name"), "created_at",
			    json_object_get(journal, "created_at"), "closed_at", json_object_get(journal, "closed_at"), "feed", json_object_get(journal, "feed"));
	json_object_set_new(m.model, "is_community", json_boolean(m.community));
	enum outcome outcome = use_done(journal_rules_load(use->db, &m.rules, &use->error));
	if (!outcome) outcome = head_put(&m, journal);
	json_decref(journal);
	if (!outcome) outcome = use_done(standing_open(use->db, &m.standing, &use->error));
	if (!outcome) {
		m.who = standing_number(m.standing, m.by, journal_id);
		m.spans = rating_spans_of(ask, m.standing, use->now);
		json_object_set_new(m.model, "span", rating_span_json(&m.spans));
		outcome = figures_put(&m);
		if (!outcome) outcome = posts_put(&m, hot);
		standing_close(m.standing);
	}
	if (outcome) json_decref(m.model);
	else *ret_model = m.model;
	return outcome;
}

/* ---- The directory ---- */

static bool after_read(struct arena *arena, const char *after, int64_t *ret_at, int64_t *ret_id)
{
	const char *dot = strchr(after, '.');
	return dot && parse_int(arena_strndup(arena, after, (size_t)(dot - after)), ret_at) && parse_int(dot + 1, ret_id);
}

enum outcome journal_directory(struct use *use, const char *kind, const char *words, const char *after, json_t **ret_model)
{
	bool followed = !strcmp(kind, "followed");
	struct directory_query query = {.kind = followed ? "" : *kind ? kind : "community", .words = words, .reader_id = use->who.member_id, .followed = followed};
	int64_t bloggers, communities, follows;
	json_t *lines, *line;
	size_t i;
	if (!after_read(use->arena, after, &query.after_at, &query.after_id)) query.after_at = query.after_id = 0;
	if (directory_list(use->db, use->arena, &query, DIRECTORY_ROWS + 1, &lines, &use->error)) return FAILED;
	if (directory_count(use->db, use->who.member_id, &bloggers, &communities, &follows, &use->error)) {
		json_decref(lines);
		return FAILED;
	}
	bool more = json_array_size(lines) > DIRECTORY_ROWS;
	if (more) json_array_remove(lines, DIRECTORY_ROWS);
	json_array_foreach(lines, i, line) {
		const char *about = json_string_value(json_object_get(line, "about"));
		json_object_set_new(line, "about", json_string(about ? markdown_plain(use->arena, about, 200) : ""));
	}
	json_t *last = json_array_get(lines, json_array_size(lines) - 1);
	*ret_model = json_pack("{s{ss ss} s{sI sI sI} so}", "query", "kind", followed ? "followed" : query.kind, "words", words, "counts", "bloggers", (json_int_t)bloggers, "communities",
			       (json_int_t)communities, "followed", (json_int_t)follows, "journals", lines);
	if (more) json_object_set_new(*ret_model, "next", json_sprintf("%lld.%lld", (long long)json_integer_value(json_object_get(last, "key")), (long long)json_integer_value(json_object_get(last, "id"))));
	return DONE;
}

enum outcome journal_follow(struct use *use, int64_t journal_id, bool back)
{
	json_t *journal;
	if (journal_load(use->db, journal_id, &journal, &use->error)) return FAILED;
	if (!journal) return ABSENT;
	json_decref(journal);
	return use_done(follow_set(use->db, use->who.member_id, journal_id, !back, use->now, &use->error));
}
