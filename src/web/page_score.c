/* How a talk was led: a lead's own marks on it. */
#include <string.h>

#include "app/call_page.h"
#include "app/mark.h"
#include "app/score_team.h"
#include "web/pages.h"

/* The row that was marked stands open, with what was picked. */
static void row_open(struct request *r, json_t *model)
{
	json_t *row, *pick;
	size_t i, j;
	const char *criterion = json_string_value(json_object_get(r->again, "criterion")), *mark = json_string_value(json_object_get(r->again, "mark"));
	json_array_foreach(json_object_get(json_object_get(model, "score"), "marks"), i, row) {
		if (!criterion || strcmp(json_string_value(json_object_get(row, "criterion")), criterion) != 0) continue;
		json_object_set_new(row, "open", json_true());
		json_array_foreach(json_object_get(row, "picks"), j, pick)
			if (mark) json_object_set_new(pick, "on", json_boolean(mark[0] == (char)('0' + json_integer_value(json_object_get(pick, "n")))));
	}
}

void call_mark_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, call_page(&r->use, request_id(r, "call"), 0, &model))) return;
	row_open(r, model);
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
	if (reply_outcome(r, score_team_page(&r->use, request_id(r, "member"), &model))) reply_page(r, "score_team", model);
}
