#include "app/call_page.h"

#include <string.h>

#include "app/call_engine.h"
#include "app/call_over.h"
#include "app/call_run.h"
#include "app/call_score.h"
#include "app/call_trade.h"
#include "app/call_view.h"
#include "base/id.h"
#include "core/playbook/playbook_word.h"

enum { EARLIER_READ = 8, EARLIER = 2, TOLD = 2 };

static json_t *earlier_word(json_t *call)
{
	json_object_set_new(call, "motives", call_view_motives((uint32_t)json_integer_value(json_object_get(call, "motives"))));
	return call;
}

/* The client's strip: what was promised last, which motives were found, what was already told, how it went before. */
static enum outcome strip_make(struct use *use, int64_t call_id, const char *purpose, const struct call_row *call, const struct call_book *book, json_t **ret_strip)
{
	json_t *earlier, *one, *told = json_array();
	const char *promised = "";
	uint32_t motives = 0;
	size_t i;
	if (call_earlier(use->db, use->who.team_id, call->client_id, call_id, EARLIER_READ, &earlier, &use->error)) return FAILED;
	json_array_foreach(earlier, i, one) {
		const char *text = json_string_value(json_object_get(one, "promised"));
		if (!*promised && text) promised = arena_strdup(use->arena, text); /* what is not shown of `earlier` is dropped below */
		motives |= (uint32_t)json_integer_value(json_object_get(one, "motives"));
		earlier_word(one);
	}
	while (json_array_size(earlier) > EARLIER) json_array_remove(earlier, json_array_size(earlier) - 1);
	/* An opener heard is a topic told: it is not to be told again. */
	for (int h = 0; h < book->book.n_heard && json_array_size(told) < TOLD; h++) {
		json_t *item = call_book_item(book, book->book.heard[book->book.n_heard - 1 - h]);
		if (item && !strcmp(json_string_value(json_object_get(item, "kind")), "opener")) json_array_append(told, json_object_get(item, "text"));
	}
	if (purpose && !strcmp(purpose, promised)) promised = ""; /* it is what this call is about */
	*ret_strip = json_pack("{ss sb so sb so so}", "promised", promised, "any_motives", motives != 0, "motives", call_view_motives(motives), "any_told",
		json_array_size(told) > 0, "told", told, "earlier", earlier);
	return DONE;
}

enum outcome call_page(struct use *use, int64_t call_id, int64_t look, json_t **ret_model)
{
	const int64_t team_id = use->who.team_id;
	struct call_row call;
	struct call_event_row *rows;
	struct call_book *book;
	struct call_live *live;
	struct call_trade *trade;
	json_t *shown, *strip = NULL, *cases = NULL;
	int n;
	*ret_model = NULL;
	if (call_find(use->db, team_id, call_id, &call, &use->error)) return FAILED;
	if (!call.there) return ABSENT;
	if (call_event_list(use->db, use->arena, team_id, call_id, &rows, &n, &use->error)) return FAILED;
	struct call_event *events = ARENA_ARRAY(use->arena, struct call_event, n + 1);
	for (int i = 0; i < n; i++) events[i] = rows[i].event;
	enum outcome outcome = call_book_load(use, &call, call.ended_at != 0, &book);
	if (!outcome) outcome = call_live_load(use, call_id, events, n, &live);
	if (!outcome) outcome = call_trade_load(use, call_id, call.deal_id, &live->live.talk.state, &trade);
	if (outcome) return outcome;
	call_trade_terms(use, trade, &book->book);
	if (!(cases = call_view_cases(use, &call, book)) || call_load(use->db, team_id, use->who.member_id, call_id, &shown, &use->error)) return FAILED;
	outcome = strip_make(use, call_id, json_string_value(json_object_get(shown, "purpose")), &call, book, &strip);
	if (outcome) return outcome;
	bool over = live->live.talk.state.step == STEP_ENDED;
	bool may = use->who.role >= ROLE_LEAD || use->who.member_id == call.owner_id;
	*ret_model = json_pack("{so so so so sb sb}", "call", shown, "view", call_view(use, &call, live, book, rows, n, trade, look), "strip", strip, "cases", cases, "may",
		may, "over", over);
	json_object_set_new(*ret_model, "base", json_string(arena_printf(use->arena, "/calls/%lld", (long long)call_id)));
	json_object_set_new(*ret_model, "event", json_string(arena_printf(use->arena, "f%lld", (long long)id_new(use->now))));
	json_object_set_new(*ret_model, "words", call_engine_words());
	if (over) {
		json_t *told = call_over(use, &call, book, trade, rows, n, live), *score = json_null();
		struct call_scored scored = {call_id, &call, book, trade, &live->live.talk};
		if (call.began_at) outcome = call_score_page(use, &scored, json_object_get(told, "steps"), &score);
		json_object_set_new(*ret_model, "told", told);
		json_object_set_new(*ret_model, "score", score);
	} else json_object_set_new(*ret_model, "engine", call_engine(use, &call, cases, live, book, trade, rows, n));
	if (outcome) {
		json_decref(*ret_model);
		*ret_model = NULL;
	}
	return outcome;
}
