#include "app/post.h"

#include <string.h>

#include "app/journal.h"
#include "base/id.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/markdown.h"
#include "store/journal_store.h"
#include "store/post_words.h"

/* ---- By the program ---- */

static void plain_make(struct use *use, struct post_fields *f)
{
	if (!f->plain) f->plain = markdown_plain(use->arena, f->body, 0);
}

enum outcome post_new(struct use *use, const struct post_fields *fields, int64_t published_at, int64_t *ret_post_id)
{
	struct post_fields f = *fields;
	plain_make(use, &f);
	int64_t post_id = id_new(use->now);
	if (post_insert(use->db, post_id, &f, use->now, published_at, &use->error) || post_words_put(use->db, post_id, f.plain, &use->error)) return FAILED;
	*ret_post_id = post_id;
	return DONE;
}

enum outcome post_change(struct use *use, int64_t post_id, const struct post_fields *fields)
{
	struct post_fields f = *fields;
	plain_make(use, &f);
	if (post_update(use->db, post_id, &f, use->now, &use->error)) return FAILED;
	return use_done(post_words_put(use->db, post_id, f.plain, &use->error));
}

enum outcome post_found_anew(struct use *use, int64_t post_id)
{
	json_t *post;
	struct post_fields f = {0};
	if (post_load(use->db, post_id, &post, &use->error)) return FAILED;
	if (!post) return ABSENT;
	f.body = json_string_value(json_object_get(post, "body"));
	f.format = json_string_value(json_object_get(post, "format"));
	plain_make(use, &f);
	enum err kind = post_words_put(use->db, post_id, f.plain, &use->error);
	json_decref(post);
	return use_done(kind);
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
	bool banned;
	if (post_state_load(use->db, post_id, s, &use->error)) return FAILED;
	if (!s->found || s->author_id != use->who.member_id || s->deleted_at || s->merged_into) return ABSENT;
	if (journal_banned(use->db, use->who.member_id, 0, use->now, &banned, &use->error)) return FAILED;
	return banned ? REFUSED : DONE;
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

/* stays: it is published there already, and stays there even where its author has left. */
static enum outcome fields_of(struct use *use, const struct post_form *form, bool stays, struct post_fields *f)
{
	bool may = true;
	*f = (struct post_fields){.author_id = use->who.member_id, .community_id = form->community_id, .kind = form->kind, .language = form->language, .title = form->title,
				  .body = form->body, .format = "markdown"};
	tags_read(use, form->tags, f);
	if (strlen(form->body) > MARKDOWN_MAX) use_mistake(use, "body", N_("That is too long: a post holds some 16,000 letters"));
	if (!stays && journal_may_write(use, form->community_id, &may)) return FAILED;
	if (!may) use_mistake(use, "community", form->community_id ? N_("You cannot write in this community now") : N_("You are banned from writing"));
	plain_make(use, f);
	return use_valid(use) ? DONE : INVALID;
}

static void finished_check(struct use *use, const struct post_fields *f)
{
	if (!*f->title) use_mistake(use, "title", N_("A post has a title"));
	if (!*f->plain) use_mistake(use, "body", N_("There is no text yet"));
}

/* The draft that is to be written over: his own, not published yet. */
static enum outcome draft_own(struct use *use, int64_t post_id)
{
	struct post_state s;
	enum outcome outcome = post_own(use, post_id, &s);
	return outcome ? outcome : s.published_at ? ABSENT : DONE;
}

static enum outcome written(struct use *use, int64_t post_id, const struct post_fields *f, int64_t *ret_post_id)
{
	*ret_post_id = post_id;
	if (post_id) return post_change(use, post_id, f);
	enum outcome outcome = journal_of_member(use, use->who.team_id, use->who.member_id);
	return outcome ? outcome : post_new(use, f, 0, ret_post_id);
}

enum outcome post_draft(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id)
{
	struct post_fields f;
	enum outcome outcome = post_id ? draft_own(use, post_id) : DONE;
	if (!outcome) outcome = fields_of(use, form, false, &f);
	return outcome ? outcome : written(use, post_id, &f, ret_post_id);
}

enum outcome post_publish(struct use *use, int64_t post_id, const struct post_form *form, int64_t *ret_post_id)
{
	struct post_fields f;
	enum outcome outcome = post_id ? draft_own(use, post_id) : DONE;
	if (!outcome) outcome = fields_of(use, form, false, &f);
	if (outcome == DONE || outcome == INVALID) finished_check(use, &f);
	if (!outcome && !use_valid(use)) outcome = INVALID;
	if (!outcome) outcome = written(use, post_id, &f, ret_post_id);
	if (outcome) return outcome;
	if (post_publish_at(use->db, *ret_post_id, use->now, &use->error)) return FAILED;
	return use_done(post_words_put(use->db, *ret_post_id, f.plain, &use->error));
}

enum outcome post_edit(struct use *use, int64_t post_id, const struct post_form *form)
{
	struct post_state s;
	struct post_fields f;
	struct post_form kept = *form;
	enum outcome outcome = post_own(use, post_id, &s);
	if (outcome) return outcome;
	if (!s.published_at || !s.markdown) return ABSENT;
	kept.community_id = s.community_id;
	outcome = fields_of(use, &kept, true, &f);
	if (outcome == DONE || outcome == INVALID) finished_check(use, &f);
	if (!outcome && !use_valid(use)) outcome = INVALID;
	return outcome ? outcome : post_change(use, post_id, &f);
}

enum outcome post_delete(struct use *use, int64_t post_id, bool *ret_draft)
{
	struct post_state s;
	enum outcome outcome = post_own(use, post_id, &s);
	if (outcome) return outcome;
	*ret_draft = !s.published_at;
	if (*ret_draft) return use_done(post_forget(use->db, post_id, &use->error));
	if (post_erase(use->db, post_id, use->now, &use->error)) return FAILED;
	return post_found_anew(use, post_id);
}
