#include "app/moderate.h"

#include <stdio.h>
#include <string.h>

#include "app/journal.h"
#include "app/post.h"
#include "app/top_work.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/tr.h"
#include "store/act_store.h"
#include "store/ban_store.h"
#include "store/comment_store.h"
#include "store/community_store.h"
#include "store/journal_store.h"
#include "store/member_store.h"
#include "store/moderate_store.h"
#include "store/post_store.h"
#include "store/vote_store.h"

static enum outcome reason_check(struct use *use, const char *reason)
{
	return *reason ? DONE : use_mistake(use, "reason", N_("Say why: it stands in the public log"));
}

static enum outcome may_moderate(struct use *use, int64_t community_id)
{
	bool may;
	enum outcome outcome = journal_moderates(use, community_id, &may);
	return outcome ? outcome : may ? DONE : REFUSED;
}

/* A published post that is not deleted, and may be moderated by the one who asks. */
static enum outcome post_of(struct use *use, int64_t post_id, struct post_state *ret_state)
{
	if (post_state_load(use->db, post_id, ret_state, &use->error)) return FAILED;
	if (!ret_state->found || !ret_state->published_at || ret_state->deleted_at) return ABSENT;
	return may_moderate(use, ret_state->community_id);
}

static enum outcome note(struct use *use, struct act act, bool counts)
{
	act.member_id = use->who.member_id;
	act.effect = counts ? NULL : "[]";
	return use_done(act_insert(use->db, id_new(use->now), &act, use->now, &use->error));
}

/* The one who moderates has a journal: his name stands in the log. */
static enum outcome actor_there(struct use *use)
{
	return journal_of_member(use, use->who.team_id, use->who.member_id);
}

/* ---- Posts and comments ---- */

static enum outcome again_from_post(struct use *use, int64_t post_id)
{
	int64_t first;
	if (vote_first_of_post(use->db, post_id, &first, &use->error)) return FAILED;
	return use_done(top_work_again(use->db, first, &use->error));
}

enum outcome moderate_post(struct use *use, int64_t post_id, bool hide, const char *reason)
{
	struct post_state state;
	enum outcome outcome = post_of(use, post_id, &state);
	if (!outcome) outcome = reason_check(use, reason);
	if (outcome || (state.hidden_at != 0) == hide) return outcome;
	if (post_hidden_set(use->db, post_id, hide ? use->now : 0, &use->error)) return FAILED;
	outcome = again_from_post(use, post_id);
	if (!outcome) outcome = post_found_anew(use, post_id);
	if (!outcome) outcome = actor_there(use);
	if (outcome) return outcome;
	return note(use, (struct act){.kind = hide ? "hide" : "show", .community_id = state.community_id, .post_id = post_id, .journal_id = state.author_id, .reason = reason}, true);
}

enum outcome moderate_comment(struct use *use, int64_t post_id, int64_t comment_id, bool hide, const char *reason)
{
	struct post_state state;
	struct comment_state comment;
	enum outcome outcome = post_of(use, post_id, &state);
	if (!outcome) outcome = reason_check(use, reason);
	if (outcome) return outcome;
	if (comment_state_load(use->db, post_id, comment_id, &comment, &use->error)) return FAILED;
	if (!comment.found) return ABSENT;
	if ((comment.hidden_at != 0) == hide) return DONE;
	if (comment_hidden_set(use->db, post_id, comment_id, hide ? use->now : 0, &use->error) || comment_count_put(use->db, post_id, &use->error)) return FAILED;
	outcome = actor_there(use);
	if (outcome) return outcome;
	return note(use, (struct act){.kind = hide ? "hide_comment" : "show_comment", .community_id = state.community_id, .post_id = post_id, .comment_id = comment_id, .journal_id = comment.author_id, .reason = reason}, false);
}

/* "123", "/posts/123", "https://…/posts/123?x" */
static int64_t address_read(const char *text)
{
	char digits[24];
	const char *path = strstr(text, "/posts/");
	size_t n;
	int64_t id = 0;
	if (path) text = path + strlen("/posts/");
	n = strspn(text, "0123456789");
	if (!n || n >= sizeof digits || (text[n] && !strchr("/?# ", text[n]))) return 0;
	snprintf(digits, sizeof digits, "%.*s", (int)n, text);
	return parse_int(digits, &id) ? id : 0;
}

static enum outcome merge_target(struct use *use, int64_t post_id, const char *into, int64_t *ret_into)
{
	struct post_state target = {0};
	bool here;
	int64_t into_id = address_read(into);
	if (into_id && post_state_load(use->db, into_id, &target, &use->error)) return FAILED;
	if (!target.found || !post_state_readable(&target)) return use_mistake(use, "into", N_("There is no such post: give its address"));
	if (into_id == post_id) return use_mistake(use, "into", N_("This is the post itself"));
	if (post_merged_here(use->db, post_id, &here, &use->error)) return FAILED;
	if (here) return use_mistake(use, "into", N_("Another post was merged into this one: undo that first"));
	*ret_into = into_id;
	return may_moderate(use, target.community_id);
}

enum outcome moderate_merge(struct use *use, int64_t post_id, const char *into, const char *reason)
{
	struct post_state state;
	int64_t into_id, again;
	enum outcome outcome = post_of(use, post_id, &state);
	if (!outcome) outcome = reason_check(use, reason);
	if (outcome || (!into && !state.merged_into)) return outcome;
	if (into && state.merged_into) return use_mistake(use, "into", N_("It was merged already"));
	into_id = state.merged_into;
	if (into && (outcome = merge_target(use, post_id, into, &into_id))) return outcome;
	if (into ? post_merge(use->db, post_id, into_id, use->now, &again, &use->error) : post_unmerge(use->db, post_id, into_id, &again, &use->error)) return FAILED;
	if (comment_count_put(use->db, post_id, &use->error) || comment_count_put(use->db, into_id, &use->error) || top_work_again(use->db, again, &use->error)) return FAILED;
	outcome = post_found_anew(use, post_id);
	if (!outcome) outcome = actor_there(use);
	if (outcome) return outcome;
	return note(use, (struct act){.kind = into ? "merge" : "unmerge", .community_id = state.community_id, .post_id = post_id, .journal_id = state.author_id, .into_id = into_id, .reason = reason}, true);
}

/* ---- Bans ---- */

/* Somebody with a journal of his own who is a member of the company. */
static enum outcome person_of(struct use *use, int64_t member_id, json_t **ret_journal)
{
	if (journal_load(use->db, member_id, ret_journal, &use->error)) return FAILED;
	if (*ret_journal && json_is_integer(json_object_get(*ret_journal, "team_id"))) return DONE;
	json_decref(*ret_journal);
	*ret_journal = NULL;
	return ABSENT;
}

/* Whoever moderates there himself is not banned there: first he is to be a moderator no more. */
static enum outcome bannable(struct use *use, int64_t member_id, int64_t community_id, const json_t *journal)
{
	json_t *member;
	enum community_role role = COMMUNITY_STRANGER;
	if (member_id == use->who.member_id) return use_mistake(use, "member", N_("This is you"));
	if (member_load(use->db, json_integer_value(json_object_get(journal, "team_id")), member_id, &member, &use->error)) return FAILED;
	bool leads = member && role_parse(json_string_value(json_object_get(member, "role"))) >= ROLE_LEAD;
	json_decref(member);
	if (community_id && community_role_load(use->db, community_id, member_id, &role, &use->error)) return FAILED;
	if (leads || role == COMMUNITY_MODERATOR) return use_mistake(use, "member", N_("Whoever moderates here himself cannot be banned here"));
	return DONE;
}

static enum outcome ban_again(struct use *use, int64_t member_id, int64_t community_id)
{
	int64_t first;
	if (ban_first_vote(use->db, member_id, community_id, &first, &use->error)) return FAILED;
	return use_done(top_work_again(use->db, first, &use->error));
}

enum outcome moderate_ban(struct use *use, int64_t member_id, int64_t community_id, int32_t until_day, const char *reason)
{
	json_t *journal;
	enum outcome outcome = may_moderate(use, community_id);
	if (!outcome) outcome = person_of(use, member_id, &journal);
	if (outcome) return outcome;
	outcome = bannable(use, member_id, community_id, journal);
	json_decref(journal);
	int64_t until = until_day ? day_start(until_day + 1) : 0, act_id = id_new(use->now);
	if (!outcome && until && until <= use->now) outcome = use_mistake(use, "until", N_("This day is over"));
	if (!outcome) outcome = reason_check(use, reason);
	if (outcome) return outcome;
	if (ban_insert(use->db, act_id, member_id, community_id, use->now, until, &use->error)) return FAILED;
	outcome = ban_again(use, member_id, community_id);
	if (!outcome) outcome = actor_there(use);
	if (outcome) return outcome;
	struct act act = {.kind = "ban", .member_id = use->who.member_id, .community_id = community_id, .journal_id = member_id, .reason = reason};
	return use_done(act_insert(use->db, act_id, &act, use->now, &use->error));
}

enum outcome moderate_unban(struct use *use, int64_t member_id, int64_t community_id, const char *reason)
{
	enum outcome outcome = may_moderate(use, community_id);
	if (!outcome) outcome = reason_check(use, reason);
	if (outcome) return outcome;
	if (ban_lift(use->db, member_id, community_id, use->now, &use->error)) return FAILED;
	if (!db_changed(use->db)) return DONE;
	outcome = ban_again(use, member_id, community_id);
	if (!outcome) outcome = actor_there(use);
	return outcome ? outcome : note(use, (struct act){.kind = "unban", .community_id = community_id, .journal_id = member_id, .reason = reason}, true);
}

struct run_out {
	int64_t now;
	bool any;
};

static enum err run_out(struct db *db, void *arg, struct error *err)
{
	struct run_out *run = arg;
	for (;;) {
		struct ban_due due;
		int64_t first;
		enum err kind = ban_due_next(db, run->now, &due, err);
		if (kind || !due.ban_id) return kind;
		kind = ban_run_out(db, due.ban_id, err);
		if (!kind) kind = ban_first_vote(db, due.member_id, due.community_id, &first, err);
		if (!kind) kind = top_work_again(db, first, err);
		if (kind) return kind;
	}
}

enum err moderate_work(struct store *store, int64_t now, struct error *err)
{
	struct ban_due due = {0};
	struct run_out run = {.now = now};
	struct db *db = store_reader_take(store, err);
	if (!db) return err->kind;
	enum err kind = ban_due_next(db, now, &due, err);
	store_reader_give(store, db);
	if (kind || !due.ban_id) return kind;
	return store_write(store, run_out, &run, err);
}

/* ---- Pages ---- */

enum outcome moderate_post_page(struct use *use, int64_t post_id, json_t **ret_model)
{
	struct post_state state;
	json_t *post, *act = NULL, *into = NULL;
	enum outcome outcome = post_of(use, post_id, &state);
	if (outcome) return outcome;
	if (post_load(use->db, post_id, &post, &use->error)) return FAILED;
	enum err kind = act_last(use->db, state.merged_into ? "merge" : "hide", post_id, 0, &act, &use->error);
	if (!kind && state.merged_into) kind = post_load(use->db, state.merged_into, &into, &use->error);
	if (kind) {
		json_decref(post);
		return FAILED;
	}
	*ret_model = json_pack("{s{sO sO sO} sb sb sO? so? s{}}", "post", "id", json_object_get(post, "id"), "title", json_object_get(post, "title"), "author", json_object_get(post, "author"), "hidden",
			       state.hidden_at != 0, "merged", state.merged_into != 0, "last", state.hidden_at || state.merged_into ? act : NULL, "into",
			       into ? json_pack("{sO sO}", "id", json_object_get(into, "id"), "title", json_object_get(into, "title")) : NULL, "form");
	json_decref(post);
	json_decref(act);
	json_decref(into);
	return DONE;
}

enum outcome moderate_hidden(struct use *use, int64_t post_id, json_t **ret_model)
{
	struct post_state state;
	json_t *act;
	if (post_state_load(use->db, post_id, &state, &use->error)) return FAILED;
	if (!state.found || !state.published_at || !state.hidden_at || state.deleted_at) return ABSENT;
	if (act_last(use->db, "hide", post_id, 0, &act, &use->error)) return FAILED;
	*ret_model = json_pack("{sI so?}", "id", (json_int_t)post_id, "act", act);
	return DONE;
}

enum outcome moderate_comment_page(struct use *use, int64_t post_id, int64_t comment_id, json_t **ret_model)
{
	struct post_state state;
	struct comment_state comment;
	enum outcome outcome = post_of(use, post_id, &state);
	if (outcome) return outcome;
	if (comment_state_load(use->db, post_id, comment_id, &comment, &use->error)) return FAILED;
	if (!comment.found) return ABSENT;
	*ret_model = json_pack("{sI sI sb s{}}", "post", (json_int_t)post_id, "comment", (json_int_t)comment_id, "hidden", comment.hidden_at != 0, "form");
	return DONE;
}

static enum outcome place_add(struct use *use, int64_t member_id, int64_t community_id, const char *name, json_t *places)
{
	json_t *ban, *place = json_pack("{sI}", "community_id", (json_int_t)community_id);
	if (community_id) json_object_set_new(place, "name", json_string(name));
	if (ban_active_in(use->db, member_id, community_id, use->now, &ban, &use->error)) {
		json_decref(place);
		return FAILED;
	}
	json_object_set_new(place, "ban", ban ? ban : json_null());
	json_array_append_new(places, place);
	return DONE;
}

enum outcome moderate_ban_page(struct use *use, int64_t member_id, json_t **ret_model)
{
	json_t *journal, *communities, *community, *places;
	size_t i;
	bool may;
	enum outcome outcome = person_of(use, member_id, &journal);
	if (outcome) return outcome;
	places = json_array();
	outcome = journal_moderates(use, 0, &may);
	if (!outcome && may) outcome = place_add(use, member_id, 0, NULL, places);
	if (community_all(use->db, &communities, &use->error)) {
		communities = NULL;
		outcome = FAILED;
	}
	json_array_foreach(communities, i, community) {
		int64_t id = json_integer_value(json_object_get(community, "id"));
		if (!outcome) outcome = journal_moderates(use, id, &may);
		if (!outcome && may) outcome = place_add(use, member_id, id, json_string_value(json_object_get(community, "name")), places);
	}
	json_decref(communities);
	if (!outcome && !json_array_size(places)) outcome = REFUSED;
	if (!outcome) *ret_model = json_pack("{s{sI sO} sO s{}}", "journal", "id", (json_int_t)member_id, "name", json_object_get(journal, "name"), "places", places, "form");
	json_decref(places);
	json_decref(journal);
	return outcome;
}

static void after_read(const char *after, struct act_query *query)
{
	int64_t at, id;
	char first[24];
	const char *dot = strchr(after, '.');
	if (!dot || (size_t)(dot - after) >= sizeof first) return;
	snprintf(first, sizeof first, "%.*s", (int)(dot - after), after);
	if (!parse_int(first, &at) || !parse_int(dot + 1, &id)) return;
	query->after_at = at;
	query->after_id = id;
}

enum outcome moderation_page(struct use *use, int64_t community_id, int64_t journal_id, const char *after, json_t **ret_model)
{
	struct act_query query = {.community_id = community_id, .journal_id = journal_id};
	json_t *acts, *about = NULL;
	after_read(after, &query);
	if (act_list(use->db, &query, MODERATE_ROWS + 1, &acts, &use->error)) return FAILED;
	if ((community_id || journal_id) && journal_load(use->db, community_id ? community_id : journal_id, &about, &use->error)) {
		json_decref(acts);
		return FAILED;
	}
	bool more = json_array_size(acts) > MODERATE_ROWS;
	if (more) json_array_remove(acts, MODERATE_ROWS);
	size_t i, n;
	json_t *act, *one;
	json_array_foreach(acts, i, act) { /* a few at once, the rest when it is asked for */
		json_t *first = json_array(), *rest = json_array();
		json_array_foreach(json_object_get(act, "effect"), n, one) json_array_append(n < MODERATE_EFFECTS ? first : rest, one);
		json_object_set_new(act, "effect_rest_n", json_integer((json_int_t)json_array_size(rest)));
		json_object_set_new(act, "effect_first", first);
		json_object_set_new(act, "effect_rest", rest);
	}
	*ret_model = json_pack("{so}", "acts", acts);
	if (about) json_object_set_new(*ret_model, "about", json_pack("{sO sO sO}", "id", json_object_get(about, "id"), "name", json_object_get(about, "name"), "kind", json_object_get(about, "kind")));
	json_decref(about);
	json_t *last = json_array_get(acts, json_array_size(acts) - 1);
	if (more) json_object_set_new(*ret_model, "next", json_sprintf("/moderation?%s%lld&after=%lld.%lld", community_id ? "community=" : journal_id ? "journal=" : "journal=",
		(long long)(community_id ? community_id : journal_id), (long long)json_integer_value(json_object_get(last, "key")), (long long)json_integer_value(json_object_get(last, "id"))));
	return DONE;
}
