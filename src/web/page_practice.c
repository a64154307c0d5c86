/* Practice: talks with simulated clients: whom to talk to, the call screen while one runs, what it was when it has ended. */
#include <string.h>

#include "app/mark.h"
#include "app/practice_page.h"
#include "app/practice_score.h"
#include "web/pages.h"
#include "web/score_row.h"

void practices_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, practice_list_page(&r->use, &model))) reply_page(r, "practice", model);
}

void practice_begin(struct request *r)
{
	int64_t practice_id;
	if (!reply_outcome(r, practice_start(&r->use, request_text(r, "scenario"), request_text(r, "mode"), request_int(r, "seed", -1), &practice_id))) return;
	reply_redirect(r, "/practice/%lld", (long long)practice_id);
}

static void over_show(struct request *r, const struct practice_run *run, const struct practice_side *side)
{
	json_t *score, *model;
	if (!reply_outcome(r, practice_score_page(&r->use, run, &score))) return;
	model = practice_over_model(&r->use, run, side);
	json_object_set_new(model, "score", score);
	if (r->again) score_row_open(model, r->again);
	reply_page(r, "practice_over", model);
}

void practice_show(struct request *r)
{
	struct practice_run *run;
	struct practice_side *side;
	if (!reply_outcome(r, practice_load(&r->use, request_id(r, "practice"), &run))) return;
	if (!reply_outcome(r, practice_side_load(&r->use, run, &side))) return;
	if (run->row.ended_at) {
		over_show(r, run, side);
		return;
	}
	json_t *model = practice_talk_model(&r->use, run, side, request_id(r, "position"));
	const json_t *view = json_object_get(model, "view");
	bool card = json_is_object(json_object_get(view, "objection")) || json_is_object(json_object_get(view, "position"));
	bool trade = request_flag(r, "trade") && !card && run->file->scenario.board;
	json_object_set_new(model, "trading", json_boolean(trade));
	json_object_set_new(model, "sheet", json_boolean(request_flag(r, "objections") || card || trade));
	reply_page(r, "call", model);
}

void practice_events(struct request *r)
{
	json_t *answer;
	if (!reply_outcome(r, practice_happened(&r->use, request_id(r, "practice"), request_json(r), &answer))) return;
	r->wants_json = true; /* there is no page of it */
	reply_page(r, "call", answer);
}

void practice_do(struct request *r)
{
	int64_t practice_id = request_id(r, "practice");
	if (!reply_outcome(r, practice_happened_once(&r->use, practice_id, request_text(r, "event"), request_text(r, "do"), request_text(r, "text")))) return;
	reply_redirect(r, "/practice/%lld", (long long)practice_id);
}

void practice_over(struct request *r)
{
	int64_t practice_id = request_id(r, "practice");
	if (!reply_outcome(r, practice_end(&r->use, practice_id))) return;
	reply_redirect(r, "/practice/%lld", (long long)practice_id);
}

void practice_mark_show(struct request *r)
{
	struct practice_run *run;
	struct practice_side *side;
	if (!reply_outcome(r, practice_load(&r->use, request_id(r, "practice"), &run))) return;
	if (!run->row.ended_at) reply_problem(r, 404);
	else if (reply_outcome(r, practice_side_load(&r->use, run, &side))) over_show(r, run, side);
}

void practice_mark(struct request *r)
{
	int mark = (int)request_int(r, "mark", 0);
	if (!reply_outcome(r, mark_practice(&r->use, request_id(r, "practice"), request_text(r, "criterion"), mark, request_text(r, "reason")))) return;
	reply_flash(r, mark ? "marked" : "unmarked");
	reply_redirect(r, "/practice/%lld#score-%s", (long long)request_id(r, "practice"), request_text(r, "criterion"));
}
