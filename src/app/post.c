#include "app/post.h"

#include <string.h>

#include "app/client_named.h"
#include "app/journal.h"
#include "app/post_text.h"
#include "app/top_work.h"
#include "base/id.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/markdown.h"
#include "store/picture_store.h"
#include "store/post_words.h"
#include "store/vote_store.h"

/* ---- By the program ---- */

static void plain_make(struct use *use, struct post_fields *f)
{
	if (!f->format) f->format = "markdown";
	if (!f->plain) f->plain = post_text_plain(use->arena, f->format, f->body);
}

/* What is derived from the text: what it is found by, which pictures it shows. */
static enum outcome derived_put(struct use *use, int64_t post_id, const struct post_fields *f)
{
	enum err kind = post_words_put(use->db, post_id, f->plain, &use->error);
	return use_done(kind ? kind : post_pictures_put(use->db, post_id, post_text_pictures(use->arena, f->body), &use->error));
}

enum outcome post_new(struct use *use, const struct post_fields *fields, int64_t published_at, int64_t *ret_post_id)
{
	struct post_fields f = *fields;
	plain_make(use, &f);
	*ret_post_id = id_new(use->now);
	if (post_insert(use->db, *ret_post_id, &f, use->now, published_at, &use->error)) return FAILED;
	return derived_put(use, *ret_post_id, &f);
}

enum outcome post_change(struct use *use, int64_t post_id, const struct post_fields *fields)
{
	struct post_fields f = *fields;
	plain_make(use, &f);
	return post_update(use->db, post_id, &f, use->now, &use->error) ? FAILED : derived_put(use, post_id, &f);
}

enum outcome post_found_anew(struct use *use, int64_t post_id)
{
	json_t *post;
	if (post_load(use->db, post_id, &post, &use->error)) return FAILED;
	if (!post) return ABSENT;
	const char *plain = post_text_plain(use->arena, json_string_value(json_object_get(post, "format")), json_string_value(json_object_get(post, "body")));
	json_decref(post);
	return use_done(post_words_put(use->db, post_id, plain, &use->error));
}

/* ---- Who may ---- */

enum outcome post_seen(struct use *use, int64_t post_id, struct post_state *s)
{
	bool moderates;
	if (post_state_load(use->db, post_id, s, &use->error)) return FAILED;
	if (!s->found) return ABSENT;
	if (post_state_readable(s) || (use->who.member_id && s->author_id == use->who.member_id)) return DONE;
	if (!s->published_at) return ABSENT;
	if (s->merged_into || s->deleted_at) return DONE; /* all see that it was, and where it went; never what it said */
	enum outcome outcome = journal_moderates(use, s->community_id, &moderates);
	return outcome ? outcome : moderates ? DONE : ABSENT;
}

enum outcome post_readable(struct use *use, int64_t post_id, struct post_state *s)
{
	if (post_state_load(use->db, post_id, s, &use->error)) return FAILED;
	return post_state_readable(s) ? DONE : ABSENT;
}

enum outcome post_own(struct use *use, int64_t post_id, struct post_state *s)
{
	if (post_state_load(use->db, post_id, s, &use->error)) return FAILED;
	if (!s->found || s->author_id != use->who.member_id || s->deleted_at || s->merged_into) return ABSENT;
	return journal_unbanned(use, s->community_id);
}

/* ---- By its author ---- */

/* "ціна, торг , ціна" → "ціна", "торг". */
static void tags_read(struct use *use, const char *typed, struct post_fields *f)
{
	int n = 0;
	char *at = arena_strdup(use->arena, typed), *next;
	for (; at; at = next) {
		next = strchr(at, ',');
		if (next) *next++ = '\0';
		const char *tag = text_clean(use->arena, at);
		if (*tag == '#') tag++;
		if (!*tag) continue;
		bool there = false;
		for (int i = 0; i < n; i++) there = there || !strcmp(text_fold(use->arena, f->tags[i]), text_fold(use->arena, tag));
		if (there) continue;
		if (text_length(tag) > POST_TAG_LONGEST) use_mistake(use, "tags", N_("A tag has at most 40 letters"));
		else if (n == POST_TAGS) use_mistake(use, "tags", N_("At most eight tags"));
		else f->tags[n++] = tag;
	}
	f->tags[n] = NULL;
}

/* What was typed, read. */
struct written {
	struct post_fields f;
	struct poll_fields poll;
	struct card_fields card;
};

/* stays: it is published there already, and stays there even where its author has left. */
static enum outcome form_read(struct use *use, const struct post_form *form, bool stays, bool finished, struct written *w)
{
	bool may = true;
	*w = (struct written){.f = {.author_id = use->who.member_id, .community_id = form->community_id, .kind = form->kind, .language = form->language, .title = form->title,
				    .body = form->body}};
	tags_read(use, form->tags, &w->f);
	poll_read(use, &form->poll, &w->poll);
	if (strlen(form->body) > MARKDOWN_MAX) use_mistake(use, "body", N_("That is too long: a post holds some 16,000 letters"));
	if (!stays && journal_may_write(use, form->community_id, &may)) return FAILED;
	if (!may) use_mistake(use, "community", form->community_id ? N_("You cannot write in this community now") : N_("You are banned from writing"));
	plain_make(use, &w->f);
	return card_form_read(use, form->kind, &form->card, finished, &w->card);
}

static void finished_check(struct use *use, const struct post_fields *f)
{
	if (!*f->title) use_mistake(use, "title", N_("A post has a title"));
	if (!*f->plain && !*post_text_pictures(use->arena, f->body)) use_mistake(use, "body", N_("There is no text yet"));
}

/* The draft that is to be written over: his own, not published yet. */
static enum outcome draft_own(struct use *use, int64_t post_id)
{
	struct post_state s;
	enum outcome outcome = post_own(use, post_id, &s);
	return outcome ? outcome : s.published_at ? ABSENT : DONE;
}

static enum outcome write_it(struct use *use, int64_t post_id, const struct written *w, int64_t *ret_post_id)
{
	enum outcome outcome = DONE;
	if (!use_valid(use)) return INVALID;
	*ret_post_id = post_id;
	if (post_id) {
		outcome = post_change(use, post_id, &w->f);
	} else {
		outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
		if (!outcome) outcome = post_new(use, &w->f, 0, ret_post_id);
	}
	if (!outcome) outcome = card_form_write(use, *ret_post_id, w->f.kind, &w->card);
	return outcome ? outcome : poll_write(use, *ret_post_id, &w->poll);
}

enum outcome post_draft(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id)
{
	struct written w;
	enum outcome outcome = post_id ? draft_own(use, post_id) : DONE;
	if (!outcome) outcome = form_read(use, form, false, false, &w);
	return outcome ? outcome : write_it(use, post_id, &w, ret_post_id);
}

enum outcome post_publish(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id)
{
	struct written w;
	enum outcome outcome = post_id ? draft_own(use, post_id) : DONE;
	if (!outcome) outcome = form_read(use, form, false, true, &w);
	if (outcome) return outcome;
	finished_check(use, &w.f);
	outcome = write_it(use, post_id, &w, ret_post_id);
	if (outcome) return outcome;
	if (post_publish_at(use->db, *ret_post_id, use->now, &use->error)) return FAILED;
	return use_done(post_words_put(use->db, *ret_post_id, w.f.plain, &use->error));
}

enum outcome post_edit(struct use *use, int64_t post_id, const struct post_form *form)
{
	struct post_state s;
	struct written w;
	struct post_form kept = *form;
	enum outcome outcome = post_own(use, post_id, &s);
	if (outcome) return outcome;
	if (!s.published_at || !s.markdown) return ABSENT;
	kept.community_id = s.community_id;
	outcome = form_read(use, &kept, true, true, &w);
	if (outcome) return outcome;
	finished_check(use, &w.f);
	return write_it(use, post_id, &w, &post_id);
}

enum outcome post_delete(struct use *use, int64_t post_id, bool *ret_draft)
{
	struct post_state s;
	int64_t first_vote;
	enum outcome outcome = post_own(use, post_id, &s);
	if (outcome) return outcome;
	*ret_draft = !s.published_at;
	if (picture_drop_of_post(use->db, post_id, &use->error)) return FAILED;
	if (*ret_draft) return use_done(post_forget(use->db, post_id, &use->error));
	if (post_erase(use->db, post_id, use->now, &use->error) || post_words_put(use->db, post_id, "", &use->error)) return FAILED;
	if (vote_first_of_post(use->db, post_id, &first_vote, &use->error)) return FAILED;
	return use_done(top_work_again(use->db, first_vote, &use->error));
}

/* ---- Clients named ---- */

enum outcome post_named(struct use *use, const char *title, const char *line, const char *body, json_t **ret_clients)
{
	return client_named(use, arena_printf(use->arena, "%s\n%s\n%s", title, line ? line : "", markdown_plain(use->arena, body, 0)), ret_clients);
}

enum outcome post_look(struct use *use, const struct post_form *form, bool anyway)
{
	json_t *clients;
	bool card = strcmp(form->kind, "article");
	enum outcome outcome = post_named(use, form->title, card ? form->card.line : NULL, form->body, &clients);
	if (outcome) return outcome;
	bool named = json_array_size(clients) > 0;
	json_decref(clients);
	if (named && card) return use_mistake(use, "named", N_("A card that names a client is not published: others will read it in their calls"));
	if (named && !anyway) return use_mistake(use, "anyway", N_("It names a client"));
	return DONE;
}
