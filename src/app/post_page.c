#include "app/post_page.h"

#include <string.h>

#include "app/card.h"
#include "app/card_worked.h"
#include "app/comment.h"
#include "app/journal.h"
#include "app/poll.h"
#include "app/post_life.h"
#include "app/post_text.h"
#include "app/vote.h"
#include "base/moment.h"
#include "base/parse.h"
#include "core/journal/difference.h"
#include "store/community_store.h"
#include "store/journal_store.h"

enum { CONTEXT_LINES = 2 };

/* ---- Writing ---- */

static json_t *tags_joined(struct use *use, const json_t *tags)
{
	const char *text = "";
	json_t *tag;
	size_t i;
	json_array_foreach(tags, i, tag) text = arena_printf(use->arena, "%s%s%s", text, i ? ", " : "", json_string_value(tag));
	return json_string(text);
}

/* When it closes as the last day on which it can be answered. */
static const char *last_day(struct use *use, const json_t *poll)
{
	int64_t at;
	char day[16];
	const char *closes = json_string_value(json_object_get(poll, "closes_at"));
	if (!closes || !moment_parse(closes, &at)) return "";
	day_iso(day_of(at - 1), day);
	return arena_strdup(use->arena, day);
}

static enum outcome poll_in_form(struct use *use, int64_t post_id, json_t *form, bool *ret_fixed)
{
	json_t *poll = NULL, *options = json_array(), *option;
	size_t i;
	*ret_fixed = false;
	if (post_id && poll_load(use->db, post_id, use->who.member_id, &poll, &use->error)) {
		json_decref(options);
		return FAILED;
	}
	json_array_foreach(json_object_get(poll, "options"), i, option) json_array_append(options, json_object_get(option, "text"));
	json_object_set_new(form, "option", options);
	json_object_set_new(form, "poll_question", poll ? json_incref(json_object_get(poll, "question")) : json_string(""));
	json_object_set_new(form, "poll_closes", json_string(last_day(use, poll)));
	*ret_fixed = json_integer_value(json_object_get(poll, "answers")) > 0;
	json_decref(poll);
	return DONE;
}

static json_t *form_of(struct use *use, const json_t *post)
{
	const json_t *community = json_object_get(post, "community");
	return json_pack("{sO sO sO sO sO? so}", "title", json_object_get(post, "title"), "body", json_object_get(post, "body"), "kind", json_object_get(post, "kind"), "language",
			 json_object_get(post, "language"), "community", json_object_get(community, "id"), "tags", tags_joined(use, json_object_get(post, "tags")));
}

static json_t *form_new(struct use *use, const struct post_begin *begin)
{
	json_t *form = json_pack("{ss ss ss ss ss}", "title", "", "body", "", "kind", *begin->kind ? begin->kind : "article", "language", use->who.language, "tags", "");
	json_object_set_new(form, "community", begin->community_id ? json_integer((json_int_t)begin->community_id) : json_string(""));
	return form;
}

/* Whom it names, where that is why it was not published. */
static enum outcome named_said(struct use *use, const json_t *typed, json_t *model)
{
	json_t *clients;
	if (!typed || (!json_object_get(use->mistakes, "named") && !json_object_get(use->mistakes, "anyway"))) return DONE;
	const char *title = json_string_value(json_object_get(typed, "title")), *body = json_string_value(json_object_get(typed, "body"));
	enum outcome outcome = post_named(use, title ? title : "", json_string_value(json_object_get(typed, "line")), body ? body : "", &clients);
	if (!outcome) json_object_set_new(model, "named", clients);
	return outcome;
}

json_t *post_languages(void)
{
	static const char *const codes[] = {"uk", "en", "pl", "de"};
	json_t *list = json_array();
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) json_array_append_new(list, json_pack("{ss}", "id", codes[i]));
	return list;
}

/* A post that begins with what was said in a call. */
static enum outcome form_of_call(struct use *use, const struct post_begin *begin, json_t *form, struct card_fields *ret_card)
{
	struct post_form said;
	int64_t post_id;
	enum outcome outcome = card_worked_form(use, &(struct card_moment){begin->call_id, begin->seq, 0, ""}, &said, &post_id);
	if (outcome == INVALID) json_object_del(use->mistakes, "worked"); /* nothing was said then: an empty form */
	if (outcome) return outcome == INVALID ? DONE : outcome;
	json_object_set_new(form, "kind", json_string(said.kind));
	json_object_set_new(form, "title", json_string(said.title));
	json_object_set_new(form, "body", json_string(said.body));
	return card_form_read(use, said.kind, &said.card, false, ret_card);
}

static enum outcome form_finish(struct use *use, int64_t post_id, const struct post_begin *begin, const json_t *typed, json_t *form, json_t *model)
{
	json_t *communities;
	struct card_fields card = {"", "", "", 0, "", "", "", "", 0, 0, 0};
	bool fixed, there;
	enum outcome outcome = poll_in_form(use, post_id, form, &fixed);
	if (!outcome && post_id) outcome = use_done(card_find(use->db, use->arena, post_id, &card, &there, &use->error));
	if (!outcome && !post_id && begin->call_id && !typed) outcome = form_of_call(use, begin, form, &card);
	if (outcome) return outcome;
	json_object_set_new(model, "poll_fixed", json_boolean(fixed));
	if (journal_writable(use->db, use->who.member_id, use->now, &communities, &use->error)) return FAILED;
	json_t *choices = json_pack("{so so}", "community", communities, "language", post_languages());
	json_object_set_new(model, "choices", choices);
	outcome = card_form_put(use, &card, form, choices);
	if (outcome) return outcome;
	const char *asked = json_string_value(json_object_get(typed ? typed : form, "poll_question"));
	bool wrong = json_object_get(use->mistakes, "option") || json_object_get(use->mistakes, "poll_question");
	json_object_set_new(model, "poll_open", json_boolean(wrong || (asked && *asked)));
	return named_said(use, typed, model);
}

enum outcome post_form_page(struct use *use, int64_t post_id, const struct post_begin *begin, const json_t *typed, json_t **ret_model)
{
	struct post_state s;
	json_t *post = NULL, *model;
	enum outcome outcome = post_id ? post_own(use, post_id, &s) : DONE;
	if (outcome) return outcome;
	if (post_id && !s.markdown) return ABSENT;
	if (post_id && post_load(use->db, post_id, &post, &use->error)) return FAILED;
	model = json_pack("{so}", "form", post ? form_of(use, post) : form_new(use, begin));
	json_object_set_new(model, "post", post ? json_pack("{sI sO sO sO sO}", "id", (json_int_t)post_id, "published_at", json_object_get(post, "published_at"), "changed_at",
							    json_object_get(post, "changed_at"), "version", json_object_get(post, "version"), "community",
							    json_object_get(post, "community"))
						: json_null());
	json_decref(post);
	outcome = form_finish(use, post_id, begin, typed, json_object_get(model, "form"), model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

enum outcome post_drafts_page(struct use *use, json_t **ret_model)
{
	json_t *drafts;
	if (post_drafts(use->db, use->who.member_id, &drafts, &use->error)) return FAILED;
	*ret_model = json_pack("{so}", "drafts", drafts);
	return DONE;
}

/* ---- Reading ---- */

/* A deleted post: that it was, when, whose. */
static json_t *gone_said(json_t *post)
{
	return json_pack("{s{sO sO sO sO sO} sb}", "post", "id", json_object_get(post, "id"), "author", json_object_get(post, "author"), "community", json_object_get(post, "community"),
			 "published_at", json_object_get(post, "published_at"), "deleted_at", json_object_get(post, "deleted_at"), "gone", true);
}

static void body_said(struct use *use, json_t *post)
{
	const char *format = json_string_value(json_object_get(post, "format")), *body = json_string_value(json_object_get(post, "body"));
	bool edited = json_integer_value(json_object_get(post, "version")) > 1;
	json_object_set_new(post, "body_html", json_string(post_text_html(use->arena, format, body)));
	json_object_set(post, "edited_at", edited ? json_object_get(post, "changed_at") : json_null());
	json_object_del(post, "body");
}

/* Whose journal it is in, and whether the reader follows it. */
static enum outcome follow_said(struct use *use, const struct post_state *s, json_t *model)
{
	int64_t journal_id = s->author_id ? s->author_id : s->community_id;
	bool follows = false, may = use->who.member_id && use->who.member_id != journal_id;
	if (may && follow_is(use->db, use->who.member_id, journal_id, &follows, &use->error)) return FAILED;
	json_object_set_new(model, "journal_id", json_integer((json_int_t)journal_id));
	json_object_set_new(model, "may_follow", json_boolean(may));
	json_object_set_new(model, "follows", json_boolean(follows));
	return DONE;
}

static enum outcome around_said(struct use *use, int64_t post_id, const struct post_state *s, bool moderates, json_t *model)
{
	json_t *vote, *poll, *comments, *life, *card = NULL, *uses = NULL, *ban = NULL;
	bool readable = post_state_readable(s), own = use->who.member_id && s->author_id == use->who.member_id;
	enum outcome outcome = use->who.member_id ? journal_ban(use, s->community_id, &ban) : DONE;
	bool may = readable && use->who.member_id && !ban;
	if (!outcome) outcome = card_said(use, post_id, &card);
	if (!outcome) json_object_set_new(model, "card", card ? card : json_null());
	if (!outcome) outcome = card_uses(use, post_id, &uses);
	if (!outcome) json_object_set_new(model, "uses", uses ? uses : json_null());
	if (!outcome) outcome = vote_view(use, post_id, &vote);
	if (!outcome) json_object_set_new(model, "vote", vote);
	if (!outcome) outcome = poll_view(use, post_id, s->author_id, may, &poll);
	if (!outcome) json_object_set_new(model, "poll", poll);
	if (!outcome && readable) outcome = post_life(use, post_id, s->published_at, &life);
	if (!outcome && readable) json_object_set_new(model, "life", life);
	if (!outcome) outcome = comment_threads(use, post_id, moderates, &comments);
	if (outcome) return outcome;
	json_object_set_new(model, "comments", comments);
	json_object_set_new(model, "own", json_boolean(own));
	json_object_set_new(model, "moderates", json_boolean(moderates));
	json_object_set_new(model, "readable", json_boolean(readable));
	json_object_set_new(model, "may_comment", json_boolean(may));
	json_object_set(model, "ban", ban ? ban : json_null());
	json_object_set_new(model, "may_edit", json_boolean(own && !ban && s->markdown && !s->merged_into));
	return follow_said(use, s, model);
}

enum outcome post_read_page(struct use *use, int64_t post_id, json_t **ret_model, int64_t *ret_into)
{
	struct post_state s, into = {.found = false};
	json_t *post, *model;
	bool moderates;
	*ret_into = 0;
	enum outcome outcome = post_seen(use, post_id, &s);
	if (!outcome) outcome = journal_moderates(use, s.community_id, &moderates);
	if (outcome) return outcome;
	if (s.merged_into && post_state_load(use->db, s.merged_into, &into, &use->error)) return FAILED;
	if (post_state_readable(&into)) {
		*ret_into = s.merged_into;
		return DONE;
	}
	if (s.merged_into && !moderates && s.author_id != use->who.member_id) return ABSENT;
	if (post_load(use->db, post_id, &post, &use->error)) return FAILED;
	if (s.deleted_at) {
		*ret_model = gone_said(post);
		json_decref(post);
		return DONE;
	}
	body_said(use, post);
	model = json_pack("{so}", "post", post);
	outcome = around_said(use, post_id, &s, moderates, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

/* ---- History ---- */

static const char *const kind_words[] = {[DIFFERENCE_SAME] = "same", [DIFFERENCE_GONE] = "gone", [DIFFERENCE_COME] = "come"};

static json_t *piece_said(const struct difference *d)
{
	return json_pack("{ss ss#}", "kind", kind_words[d->kind], "text", d->text, (int)d->n);
}

static json_t *parts_said(const struct differences *d)
{
	json_t *parts = json_array();
	for (int i = 0; i < d->n; i++)
		if (d->list[i].n) json_array_append_new(parts, piece_said(&d->list[i]));
	return parts;
}

/* The same lines between two changes: a few around each, the rest as a number. */
static void same_said(json_t *lines, const struct difference *d, int n, bool first, bool last)
{
	int before = first ? 0 : CONTEXT_LINES, after = last ? 0 : CONTEXT_LINES;
	bool all = n <= before + after + 1;
	for (int i = 0; i < n; i++) {
		if (all || i < before || i >= n - after) json_array_append_new(lines, piece_said(&d[i]));
		else if (i == before) json_array_append_new(lines, json_pack("{ss si}", "kind", "left_out", "n", n - before - after));
	}
}

/* Lines gone and come together: those that are alike are one line that changed, word by word. */
static void changed_said(struct arena *arena, json_t *lines, const struct difference *gone, int n_gone, const struct difference *come, int n_come)
{
	for (int i = 0; i < n_gone || i < n_come; i++) {
		struct differences words = {NULL, 0};
		if (i < n_gone && i < n_come) words = difference_words(arena, gone[i].text, gone[i].n, come[i].text, come[i].n);
		if (words.n && difference_alike(&words) > 0.4) {
			json_array_append_new(lines, json_pack("{ss so}", "kind", "changed", "parts", parts_said(&words)));
			continue;
		}
		if (i < n_gone) json_array_append_new(lines, piece_said(&gone[i]));
		if (i < n_come) json_array_append_new(lines, piece_said(&come[i]));
	}
}

static json_t *lines_said(struct arena *arena, const char *old, const char *new)
{
	struct differences d = difference_lines(arena, old, new);
	json_t *lines = json_array();
	for (int i = 0; i < d.n;) {
		int end = i, middle;
		if (d.list[i].kind == DIFFERENCE_SAME) {
			while (end < d.n && d.list[end].kind == DIFFERENCE_SAME) end++;
			same_said(lines, &d.list[i], end - i, i == 0, end == d.n);
		} else {
			while (end < d.n && d.list[end].kind == DIFFERENCE_GONE) end++;
			middle = end;
			while (end < d.n && d.list[end].kind == DIFFERENCE_COME) end++;
			changed_said(arena, lines, &d.list[i], middle - i, &d.list[middle], end - middle);
		}
		i = end;
	}
	return lines;
}

static const char *text_of(const json_t *version, const char *name)
{
	const char *text = json_string_value(json_object_get(version, name));
	return text ? text : "";
}

static json_t *versions_said(const json_t *versions, const json_t *chosen)
{
	json_t *list = json_array(), *version;
	size_t i;
	json_array_foreach(versions, i, version)
		json_array_append_new(list, json_pack("{sO sO sb}", "version", json_object_get(version, "version"), "at", json_object_get(version, "at"), "chosen", version == chosen));
	return list;
}

enum outcome post_history_page(struct use *use, int64_t post_id, int64_t number, json_t **ret_model)
{
	struct post_state s;
	json_t *versions, *version, *chosen = NULL, *before = NULL;
	size_t i;
	enum outcome outcome = post_seen(use, post_id, &s);
	if (outcome) return outcome;
	if (!s.published_at || s.deleted_at || s.merged_into) return ABSENT;
	if (post_versions(use->db, post_id, &versions, &use->error)) return FAILED;
	json_array_foreach(versions, i, version) {
		if (!chosen && (!number || json_integer_value(json_object_get(version, "version")) == number)) {
			chosen = version;
			before = json_array_get(versions, i + 1);
		}
	}
	if (chosen) {
		const char *title = text_of(chosen, "title"), *was = before ? text_of(before, "title") : title, *body = text_of(chosen, "body");
		struct differences titles = difference_words(use->arena, was, strlen(was), title, strlen(title));
		*ret_model = json_pack("{s{sI ss} so sO sO so so so}", "post", "id", (json_int_t)post_id, "title", text_of(json_array_get(versions, 0), "title"), "versions",
				       versions_said(versions, chosen), "version", json_object_get(chosen, "version"), "at", json_object_get(chosen, "at"), "before",
				       before ? json_pack("{sO sO}", "version", json_object_get(before, "version"), "at", json_object_get(before, "at")) : json_null(), "title",
				       parts_said(&titles), "lines", lines_said(use->arena, before ? text_of(before, "body") : body, body));
	}
	json_decref(versions);
	return chosen ? DONE : ABSENT;
}
