/* How a talk was led: a lead's own marks on it. */
#include "app/call_page.h"
#include "app/mark.h"
#include "app/score_team.h"
#include "web/pages.h"
#include "web/score_row.h"

void call_mark_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, call_page(&r->use, request_id(r, "call"), 0, &model))) return;
	if (r->again) score_row_open(model, r->again);
	reply_page(r, json_is_true(json_object_get(model, "over")) ? "call_over" : "call", model);
}

void call_mark(struct request *r)
{
	int mark = (int)request_int(r, "mark", 0);
	if (!reply_outcome(r, mark_call(&r->use, request_id(r, "call"), request_text(r, "criterion"), mark, request_text(r, "reason")))) return;
	reply_flash(r, mark ? "marked" : "unmarked");
	reply_redirect(r, "/calls/%lld#score-%s", (long long)request_id(r, "call"), request_text(r, "criterion"));
}

void score_team_show(struct request *r)
{
	json_t *model;
	long long member_id = (long long)request_id(r, "member");
	if (r->use.who.role >= ROLE_LEAD) reply_redirect(r, member_id ? "/learn/team?member=%lld" : "/learn/team", member_id); /* where lessons stand beside it */
	else if (reply_outcome(r, score_team_page(&r->use, member_id, &model))) reply_page(r, "score_one", model);
}
