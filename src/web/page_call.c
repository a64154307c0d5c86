/* A call: the screen that leads it, what it sends, and the page that remembers it. */
#include <string.h>

#include "app/call_page.h"
#include "app/call_run.h"
#include "app/card_worked.h"
#include "core/playbook/playbook_word.h"
#include "web/pages.h"

void call_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, call_page(&r->use, request_id(r, "call"), request_id(r, "position"), &model))) return;
	const char *close = request_text(r, "close");
	const json_t *view = json_object_get(model, "view");
	if (*close) json_object_set_new(model, "closing", json_string(close));
	bool card = json_is_object(json_object_get(view, "objection")) || json_is_object(json_object_get(view, "position"));
	bool trade = request_flag(r, "trade") && !card && json_is_object(json_object_get(view, "trade"));
	json_object_set_new(model, "trading", json_boolean(trade));
	json_object_set_new(model, "sheet", json_boolean(request_flag(r, "objections") || card || trade));
	reply_page(r, json_is_true(json_object_get(model, "over")) ? "call_over" : "call", model);
}

/* The form that ends a call, again, with what is wrong in it. */
void call_close_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, call_page(&r->use, request_id(r, "call"), 0, &model))) return;
	json_object_set_new(model, "closing", json_string("any"));
	reply_page(r, json_is_true(json_object_get(model, "over")) ? "call_over" : "call", model);
}

void call_events(struct request *r)
{
	json_t *answer;
	if (!reply_outcome(r, call_happened(&r->use, request_id(r, "call"), request_json(r), &answer))) return;
	r->wants_json = true; /* there is no page of it */
	reply_page(r, "call", answer);
}

void call_do(struct request *r)
{
	int64_t call_id = request_id(r, "call");
	if (!reply_outcome(r, call_happened_once(&r->use, call_id, request_text(r, "event"), request_text(r, "do"), request_text(r, "text")))) return;
	reply_redirect(r, "/calls/%lld", (long long)call_id);
}

void call_worked(struct request *r)
{
	int64_t call_id = request_id(r, "call"), draft_id;
	const char *done;
	struct card_moment moment = {call_id, 0, request_id(r, "item"), request_text(r, "text")};
	if (!reply_outcome(r, card_worked(&r->use, &moment, &done, &draft_id))) return;
	if (r->wants_json) {
		reply_page(r, "call", json_pack("{ss sI}", "done", done, "draft", (json_int_t)draft_id));
		return;
	}
	reply_flash(r, arena_printf(r->arena, "worked_%s", done));
	reply_redirect(r, "/calls/%lld", (long long)call_id);
}

void call_close(struct request *r)
{
	int64_t call_id = request_id(r, "call");
	int outcome = OUTCOME_NONE;
	playbook_value(WORD_OUTCOME, request_text(r, "outcome"), &outcome);
	struct call_end end = {
		.event_id = request_text(r, "event"),
		.outcome = (enum call_outcome)outcome,
		.contract_minor = request_int(r, "contract", -1),
		.paid_minor = request_int(r, "paid", -1),
		.next_at = request_int(r, "next", 0),
		.promised = request_text(r, "promised"),
		.reason = request_text(r, "reason"),
	};
	if (outcome != OUTCOME_NEXT && outcome != OUTCOME_NO_ANSWER) end.next_at = 0; /* the form suggests one */
	if (!reply_outcome(r, call_end(&r->use, call_id, &end))) return;
	reply_redirect(r, "/calls/%lld", (long long)call_id);
}
