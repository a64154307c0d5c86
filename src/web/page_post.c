/* Posts: writing them, reading one, finding many; comments and the poll under one. */
#include <string.h>

#include "app/comment.h"
#include "app/moderate.h"
#include "app/poll.h"
#include "app/post_page.h"
#include "app/post_text.h"
#include "base/tr.h"
#include "web/pages.h"

/* ---- Writing ---- */

static struct post_form form_typed(const struct request *r)
{
	return (struct post_form){
		.kind = request_text(r, "kind"), .language = request_has(r, "language") ? request_text(r, "language") : r->use.who.language, .title = request_text(r, "title"),
		.body = request_text(r, "body"), .community_id = request_id(r, "community"), .tags = request_text(r, "tags"),
		.poll = {request_text(r, "poll_question"), request_list(r, "option"), request_int(r, "poll_closes", -1)},
		.card = {
			.line = request_text(r, "line"), .playbook = request_text(r, "playbook"), .objection = request_text(r, "objection"), .variety = request_text(r, "variety"),
			.level = request_text(r, "level"), .question_type = request_text(r, "question_type"), .family = request_text(r, "family"), .motives = request_list(r, "motives"),
			.call_id = request_id(r, "call"),
		},
	};
}

static bool as_draft(const struct request *r)
{
	return !strcmp(request_text(r, "do"), "draft");
}

/* The form with what was typed into it, and how it will look. */
static void form_show(struct request *r, int64_t post_id, const struct post_begin *begin, const json_t *typed)
{
	json_t *model;
	if (!reply_outcome(r, post_form_page(&r->use, post_id, begin, r->again ? r->again : NULL, &model))) return;
	json_t *form = json_object_get(model, "form");
	if (typed && !r->again) json_object_update(form, (json_t *)(uintptr_t)typed);
	const char *body = json_string_value(json_object_get(typed ? typed : form, "body"));
	json_object_set_new(model, "body_html", json_string(body && *body ? post_text_html(r->arena, "markdown", body) : ""));
	reply_page(r, "post_form", model);
}

void post_new_show(struct request *r)
{
	struct post_begin begin = {request_text(r, "kind"), request_id(r, "community"), request_id(r, "call"), request_int(r, "event", 0)};
	form_show(r, 0, &begin, r->again);
}

void post_edit_show(struct request *r)
{
	struct post_begin begin = {"", 0, 0, 0};
	form_show(r, request_id(r, "post"), &begin, r->again);
}

void post_new_look(struct request *r)
{
	struct post_form form = form_typed(r);
	if (!as_draft(r)) reply_outcome(r, post_look(&r->use, &form, request_flag(r, "anyway")));
}

void post_edit_look(struct request *r)
{
	post_new_look(r);
}

static void draft_kept(struct request *r, int64_t post_id)
{
	struct post_form form = form_typed(r);
	if (!reply_outcome(r, post_draft(&r->use, post_id, &form, &post_id))) return;
	reply_flash(r, "draft_saved");
	reply_redirect(r, "/posts/%lld/edit", (long long)post_id);
}

static void published(struct request *r, int64_t post_id)
{
	struct post_form form = form_typed(r);
	if (!reply_outcome(r, post_publish(&r->use, post_id, &form, &post_id))) return;
	reply_flash(r, "post_published");
	reply_redirect(r, "/posts/%lld", (long long)post_id);
}

void post_new_do(struct request *r)
{
	if (as_draft(r)) draft_kept(r, 0);
	else published(r, 0);
}

void post_edit_do(struct request *r)
{
	int64_t post_id = request_id(r, "post");
	struct post_state state;
	struct post_form form = form_typed(r);
	if (!reply_outcome(r, post_own(&r->use, post_id, &state))) return;
	if (!state.published_at) {
		if (as_draft(r)) draft_kept(r, post_id);
		else published(r, post_id);
	} else if (as_draft(r)) { /* no form asks for it, and nobody has looked whom it names */
		reply_outcome(r, use_mistake(&r->use, "do", N_("This post is published, a draft no more")));
	} else if (reply_outcome(r, post_edit(&r->use, post_id, &form))) {
		reply_flash(r, "saved");
		reply_redirect(r, "/posts/%lld", (long long)post_id);
	}
}

/* While one types. */
void post_draft_keep(struct request *r)
{
	struct post_form form = form_typed(r);
	int64_t post_id = request_id(r, "post");
	if (!reply_outcome(r, post_draft(&r->use, post_id, &form, &post_id))) return;
	if (r->wants_json) reply_page(r, "post_form", json_pack("{s{sI}}", "post", "id", (json_int_t)post_id));
	else reply_redirect(r, "/posts/%lld/edit", (long long)post_id);
}

/* Nothing is written: answered before the writer is asked. */
void post_preview(struct request *r)
{
	const char *body = request_text(r, "body");
	if (r->htmx || r->wants_json) {
		reply_page(r, "post_preview", json_pack("{ss}", "body_html", *body ? post_text_html(r->arena, "markdown", body) : ""));
	} else {
		struct post_begin begin = {request_text(r, "kind"), request_id(r, "community"), 0, 0};
		form_show(r, request_id(r, "post"), &begin, r->typed);
	}
}

void post_preview_show(struct request *r)
{
	post_preview(r);
}

void post_delete_do(struct request *r)
{
	bool draft;
	if (!reply_outcome(r, post_delete(&r->use, request_id(r, "post"), &draft))) return;
	reply_flash(r, "deleted");
	reply_redirect(r, draft ? "/drafts" : "/posts");
}

void drafts_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, post_drafts_page(&r->use, &model))) reply_page(r, "drafts", model);
}

/* ---- Reading ---- */

void post_show(struct request *r)
{
	json_t *model;
	int64_t into;
	enum outcome outcome = post_read_page(&r->use, request_id(r, "post"), &model, &into);
	if (outcome == ABSENT && moderate_hidden(&r->use, request_id(r, "post"), &model) == DONE) {
		reply_page(r, "post_hidden", model);
		reply_status(r, 410);
		return;
	}
	if (!reply_outcome(r, outcome)) return;
	if (into) reply_redirect(r, "/posts/%lld", (long long)into);
	else reply_page(r, "post", model);
	if (!into && json_is_true(json_object_get(model, "gone"))) reply_status(r, 410);
}

void post_history_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, post_history_page(&r->use, request_id(r, "post"), request_int(r, "version", 0), &model))) reply_page(r, "post_history", model);
}

void post_list_show(struct request *r)
{
	struct post_query query = {request_text(r, "q"), request_text(r, "sort"), request_text(r, "kind"), request_text(r, "language"), request_text(r, "tag"), request_id(r, "journal"),
				   request_text(r, "after")};
	json_t *model;
	if (reply_outcome(r, post_list_page(&r->use, &query, &model))) reply_fragment(r, "posts", "posts_found", model);
}

/* ---- Comments ---- */

void post_comments_show(struct request *r)
{
	post_show(r);
}

void comment_new(struct request *r)
{
	int64_t post_id = request_id(r, "post"), comment_id;
	if (!reply_outcome(r, comment_make(&r->use, post_id, request_id(r, "parent"), request_text(r, "text"), &comment_id))) return;
	reply_redirect(r, "/posts/%lld#c%lld", (long long)post_id, (long long)comment_id);
}

void comment_show(struct request *r)
{
	reply_redirect(r, "/posts/%lld#c%lld", (long long)request_id(r, "post"), (long long)request_id(r, "comment"));
}

void comment_edit(struct request *r)
{
	int64_t post_id = request_id(r, "post"), comment_id = request_id(r, "comment");
	if (!reply_outcome(r, comment_change(&r->use, post_id, comment_id, request_text(r, "text")))) return;
	reply_redirect(r, "/posts/%lld#c%lld", (long long)post_id, (long long)comment_id);
}

/* ---- The poll ---- */

void post_poll_show(struct request *r)
{
	post_show(r);
}

void post_poll_answer(struct request *r)
{
	int64_t post_id = request_id(r, "post");
	struct post_state state;
	json_t *poll;
	if (!reply_outcome(r, poll_answer(&r->use, post_id, request_int(r, "place", 0), request_text(r, "reason")))) return;
	if (!r->htmx && !r->wants_json) {
		reply_redirect(r, "/posts/%lld#poll", (long long)post_id);
		return;
	}
	enum outcome outcome = post_readable(&r->use, post_id, &state);
	if (!outcome) outcome = poll_view(&r->use, post_id, state.author_id, true, &poll);
	if (!reply_outcome(r, outcome)) return;
	json_object_set_new(poll, "post", json_pack("{sI}", "id", (json_int_t)post_id));
	reply_page(r, "post_poll", poll);
}
