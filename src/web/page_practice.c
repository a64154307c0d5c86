/* Practice: talks with simulated clients: whom to talk to, the call screen while one runs, what it was when it has ended. */
#include <string.h>

#include "app/mark.h"
#include "app/practice_page.h"
#include "app/practice_score.h"
#include "base/moment.h"
#include "exchange/wording.h"
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

/* ---- What the client says, in an outside voice where the server has one: asked here, on a thread that may wait; what happens happens on the writer's ---- */

/* Each line in other words, all of them within the time of one. */
static const char *lines_worded(struct request *r, const struct practice_voice *voice)
{
	const int64_t until = moment_now() + WORDING_MS * (MOMENT_SECOND / 1000);
	const char *text = "";
	for (const char *at = voice->plain; *at;) {
		size_t n = strcspn(at, "\n");
		int ms = (int)((until - moment_now()) / (MOMENT_SECOND / 1000));
		struct wording_ask ask = {lang_code(voice->lang), voice->person, voice->manager, arena_strndup(r->arena, at, n), ms};
		const char *words = ms > 0 ? wording_of(r->arena, r->wording, &ask) : NULL;
		text = arena_printf(r->arena, "%s%s%s", text, *text ? "\n" : "", words ? words : ask.plain);
		at += n + (at[n] == '\n');
	}
	return text;
}

/* Mistakes are the handler's to tell: here nothing has happened yet. */
static void foreseen(struct request *r, enum outcome outcome, struct practice_voice *voice)
{
	json_object_clear(r->use.mistakes);
	if (outcome || !voice->plain) return;
	voice->dry = false;
	voice->worded = lines_worded(r, voice);
	r->prepared = voice;
}

static struct practice_voice *voice_new(struct request *r)
{
	struct practice_voice *voice = ARENA_NEW(r->arena, struct practice_voice);
	*voice = (struct practice_voice){.dry = true};
	return voice;
}

void practice_events_foresee(struct request *r)
{
	json_t *answer = NULL;
	if (!r->wording) return;
	struct practice_voice *voice = voice_new(r);
	foreseen(r, practice_happened(&r->use, request_id(r, "practice"), request_json(r), voice, &answer), voice);
	json_decref(answer);
}

void practice_do_foresee(struct request *r)
{
	if (!r->wording) return;
	struct practice_voice *voice = voice_new(r);
	foreseen(r, practice_happened_once(&r->use, request_id(r, "practice"), request_text(r, "event"), request_text(r, "do"), request_text(r, "text"), voice), voice);
}

void practice_events(struct request *r)
{
	json_t *answer;
	if (!reply_outcome(r, practice_happened(&r->use, request_id(r, "practice"), request_json(r), r->prepared, &answer))) return;
	r->wants_json = true; /* there is no page of it */
	reply_page(r, "call", answer);
}

void practice_do(struct request *r)
{
	int64_t practice_id = request_id(r, "practice");
	if (!reply_outcome(r, practice_happened_once(&r->use, practice_id, request_text(r, "event"), request_text(r, "do"), request_text(r, "text"), r->prepared))) return;
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
