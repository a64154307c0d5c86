#include "app/call_page.h"

#include <string.h>

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

static json_t *events_json(const struct call_event_row *rows, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++) json_array_append_new(list, call_event_json(&rows[i]));
	return list;
}

/* Column by column: a playbook has hundreds of items with the same fields, and a phone loads them. What an item has not is null. */
static json_t *items_columns(json_t *items)
{
	json_t *columns = json_object(), *item, *value;
	const char *field;
	size_t i, n = json_array_size(items);
	json_array_foreach(items, i, item) json_object_foreach(item, field, value) {
		if (!strcmp(field, "place")) continue; /* order is what stands */
		json_t *column = json_object_get(columns, field);
		if (!column) json_object_set_new(columns, field, column = json_array());
		while (json_array_size(column) < i) json_array_append_new(column, json_null());
		json_array_append(column, value);
	}
	json_object_foreach(columns, field, value)
		while (json_array_size(value) < n) json_array_append_new(value, json_null());
	return columns;
}

static json_t *engine_make(struct use *use, const struct call_row *call, json_t *cases, const struct call_live *live, const struct call_book *book, const struct call_trade *trade,
			   const struct call_event_row *rows, int n)
{
	json_t *engine = advise_team_engine(use, live->team, &live->known.evidence, live->known.wish_sell), *heard = json_array();
	for (int i = 0; i < book->book.n_heard; i++) json_array_append_new(heard, json_integer((json_int_t)book->book.heard[i]));
	json_object_set_new(engine, "items", items_columns(book->items));
	json_object_set_new(engine, "heard", heard);
	json_t *terms = json_array();
	for (int i = 0; i < book->book.n_terms; i++)
		json_array_append_new(terms, json_pack("{sI sI sI}", "variable", (json_int_t)book->book.terms[i].variable, "stands", (json_int_t)book->book.terms[i].stands, "asked",
			(json_int_t)book->book.terms[i].asked));
	json_object_set_new(engine, "terms", terms);
	json_object_set_new(engine, "offers", json_integer(book->book.offers));
	json_object_set_new(engine, "bargain", bargain_table_json(trade->table));
	json_object_set_new(engine, "events", events_json(rows, n));
	json_object_set(engine, "cases", cases);
	json_object_set_new(engine, "amount_minor", json_integer((json_int_t)(call->deal_value_minor ? call->deal_value_minor : call->price_minor)));
	json_object_set_new(engine, "value_minor", json_integer((json_int_t)call->deal_value_minor));
	return engine;
}

static void words_add(json_t *words, const char *group, enum word_of of, int first, int end)
{
	json_t *list = json_array();
	for (int i = first; i < end; i++) json_array_append_new(list, json_string(playbook_word(of, i)));
	json_object_set_new(words, group, list);
}

/* The keys whose words the screen's script needs; the template says them in the reader's language. */
static json_t *words_make(void)
{
	json_t *words = json_pack("{s[ssssssssssssssss] s[ssssssss] s[sssss] s[ss] s[sss]}", "hint_do", "begin", "item", "question", "step", "no_motive", "no_interest", "no_point",
		"objection", "contract", "payment", "alternative", "end", "position", "offer", "trade", "return", "hint_skip", "item", "question", "step", "objection",
		"contract", "payment", "position", "offer", "variety", "small_talk", "compliment", "topic", "story", "association", "objection_ended", "answered", "left",
		"hint_of_negotiation", "no_interest", "no_reason", "position_stands");
	json_array_append_new(json_object_get(words, "hint_do"), json_string("say_offer"));
	json_array_append_new(json_object_get(words, "hint_skip"), json_string("trade"));
	words_add(words, "hint", WORD_HINT, HINT_BEGIN, HINT_KINDS);
	json_array_extend(json_object_get(words, "hint"), json_object_get(words, "hint_of_negotiation"));
	json_object_del(words, "hint_of_negotiation");
	words_add(words, "hint_end", WORD_OUTCOME, OUTCOME_WON, OUTCOME_COUNT);
	words_add(words, "step", WORD_STEP, STEP_PREPARATION, STEP_ENDED);
	for (int step = STEP_PREPARATION; step < STEP_ENDED; step++)
		json_array_append_new(json_object_get(words, "step"), json_string(call_view_step(MODE_NEGOTIATION, (enum talk_step)step)));
	json_object_set(words, "hint_step", json_object_get(words, "step"));
	words_add(words, "level", WORD_LEVEL, 0, LEVEL_DIRECT + 1);
	words_add(words, "question_type", WORD_QUESTION, 0, QUESTION_FOCUSED + 1);
	words_add(words, "motive", WORD_MOTIVE, 0, MOTIVE_COUNT);
	words_add(words, "mode", WORD_MODE, 0, MODE_NEGOTIATION + 1);
	words_add(words, "answer_part", WORD_PART, 0, PART_COUNT);
	words_add(words, "objection_method", WORD_METHOD, 0, METHOD_COUNT);
	return words;
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
	json_object_set_new(*ret_model, "event", json_string(arena_printf(use->arena, "f%lld", (long long)id_new(use->now))));
	json_object_set_new(*ret_model, "words", words_make());
	if (over) {
		json_t *told = call_over(use, &call, book, trade, rows, n, live), *score = json_null();
		struct call_scored scored = {call_id, &call, book, trade, &live->live.talk};
		if (call.began_at) outcome = call_score_page(use, &scored, json_object_get(told, "steps"), &score);
		json_object_set_new(*ret_model, "told", told);
		json_object_set_new(*ret_model, "score", score);
	} else json_object_set_new(*ret_model, "engine", engine_make(use, &call, cases, live, book, trade, rows, n));
	if (outcome) {
		json_decref(*ret_model);
		*ret_model = NULL;
	}
	return outcome;
}
