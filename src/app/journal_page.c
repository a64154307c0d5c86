#include "app/journal_page.h"

#include <stdio.h>
#include <string.h>

#include "app/card.h"
#include "app/journal.h"
#include "app/journal_standing.h"
#include "base/parse.h"
#include "exchange/markdown.h"
#include "store/ban_store.h"
#include "store/community_store.h"
#include "store/journal_store.h"
#include "store/moderate_store.h"
#include "store/post_store.h"

struct making {
	struct use *use;
	int64_t journal_id;
	bool community;
	struct journal_rules rules;
	struct journal_standing standing;
	json_t *model;
};

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
	json_t *figures, *tags, *followers, *moderators;
	int64_t in_top;
	if (journal_figures(use->db, m->journal_id, &figures, &use->error)) return FAILED;
	json_object_set_new(m->model, "counts", figures);
	texts_put(m, journal);
	if (journal_tags(use->db, m->journal_id, JOURNAL_TAGS, &tags, &use->error)) return FAILED;
	json_object_set_new(m->model, "tags", tags);
	if (use->who.member_id) { /* who reads whom is the house's own business */
		if (follow_list(use->db, m->journal_id, JOURNAL_FOLLOWERS, &followers, &use->error)) return FAILED;
		json_object_set_new(m->model, "followers", followers);
	}
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

/* ---- Its posts ---- */

static enum outcome posts_put(const struct making *m, bool best)
{
	struct use *use = m->use;
	struct post_scope scope = {.author_id = m->community ? 0 : m->journal_id, .community_id = m->community ? m->journal_id : 0, .kind = "", .language = "", .tag = ""};
	int64_t ids[JOURNAL_POSTS];
	json_t *lines, *line;
	size_t i;
	enum err kind = best ? post_list_these(use->db, ids, journal_standing_best(&m->standing, ids, JOURNAL_POSTS), &lines, &use->error)
			     : post_list(use->db, use->arena, &scope, 0, 0, JOURNAL_POSTS, &lines, &use->error);
	if (kind) return FAILED;
	json_array_foreach(lines, i, line) json_object_set_new(line, "life", journal_standing_life(&m->standing, json_integer_value(json_object_get(line, "id"))));
	json_object_set_new(m->model, "posts", lines);
	if (card_uses_put(use, lines)) return FAILED;
	json_object_set_new(m->model, "by_best", json_boolean(best));
	return DONE;
}

static enum outcome standing_put(struct making *m, const struct rating_ask *ask, bool best)
{
	struct use *use = m->use;
	struct standing *standing;
	if (standing_open(use->db, &standing, &use->error)) return FAILED;
	m->standing = (struct journal_standing){.use = use, .standing = standing, .by = m->community ? RATING_COMMUNITIES : RATING_AUTHORS, .journal_id = m->journal_id, .places = m->rules.top.places};
	m->standing.who = standing_number(standing, m->standing.by, m->journal_id);
	m->standing.spans = rating_spans_of(ask, standing, use->now);
	json_object_set_new(m->model, "span", rating_span_json(&m->standing.spans));
	enum outcome outcome = journal_standing_put(&m->standing, m->model);
	if (!outcome) outcome = posts_put(m, best);
	standing_close(standing);
	return outcome;
}

enum outcome journal_page(struct use *use, int64_t journal_id, const struct rating_ask *ask, bool best, json_t **ret_model)
{
	struct making m = {.use = use, .journal_id = journal_id};
	json_t *journal;
	if (journal_load(use->db, journal_id, &journal, &use->error)) return FAILED;
	if (!journal) return ABSENT;
	m.community = !strcmp(json_string_value(json_object_get(journal, "kind")), "community");
	m.model = json_pack("{sO sO sO sO sO sO}", "id", json_object_get(journal, "id"), "kind", json_object_get(journal, "kind"), "name", json_object_get(journal, "name"), "created_at",
			    json_object_get(journal, "created_at"), "closed_at", json_object_get(journal, "closed_at"), "feed", json_object_get(journal, "feed"));
	json_object_set_new(m.model, "is_community", json_boolean(m.community));
	enum outcome outcome = use_done(journal_rules_load(use->db, &m.rules, &use->error));
	if (!outcome) outcome = head_put(&m, journal);
	json_decref(journal);
	if (!outcome) outcome = standing_put(&m, ask, best);
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
