#include "app/call_engine.h"

#include <string.h>

#include "app/call_run.h"
#include "app/call_view.h"
#include "core/playbook/playbook_word.h"

static json_t *events_json(const struct call_event_row *rows, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++) json_array_append_new(list, call_event_json(&rows[i]));
	return list;
}

/* An opener that this client has heard is not offered again: it need not be brought. */
static bool told_already(const struct call_book *book, const json_t *item)
{
	int64_t id = json_integer_value(json_object_get(item, "id"));
	if (strcmp(json_string_value(json_object_get(item, "kind")), "opener")) return false;
	for (int i = 0; i < book->book.n_heard; i++)
		if (book->book.heard[i] == id) return true;
	return false;
}

/* What of an item the screen has no use for. order is what stands, not its place; how often it worked is told of answers and cards. */
static bool kept_back(const json_t *item, const char *field)
{
	static const char *const never[] = {"place", "own", "named", "heard"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (!strcmp(field, never[i])) return true;
	return (!strcmp(field, "used") || !strcmp(field, "worked")) && !json_object_get(item, "author") && strcmp(json_string_value(json_object_get(item, "kind")), "answer") != 0;
}

/* Column by column: a playbook has hundreds of items with the same fields, and a phone loads them. What an item has not is null. Ids are long and near each other: each is told by what it
 * is more than the one before. */
static json_t *items_columns(const struct call_book *book)
{
	json_t *columns = json_object(), *item, *value;
	const char *field;
	json_int_t before = 0;
	size_t i, n = 0;
	json_array_foreach(book->items, i, item) {
		json_int_t id = json_integer_value(json_object_get(item, "id"));
		if (told_already(book, item)) continue;
		json_object_foreach(item, field, value) {
			if (kept_back(item, field)) continue;
			json_t *column = json_object_get(columns, field);
			if (!column) json_object_set_new(columns, field, column = json_array());
			while (json_array_size(column) < n) json_array_append_new(column, json_null());
			json_array_append_new(column, strcmp(field, "id") ? json_incref(value) : json_integer(id - before));
		}
		before = id;
		n++;
	}
	json_object_foreach(columns, field, value)
		while (json_array_size(value) < n) json_array_append_new(value, json_null());
	return columns;
}

json_t *call_engine(struct use *use, const struct call_row *call, json_t *cases, const struct call_live *live, const struct call_book *book, const struct call_trade *trade,
		    const struct call_event_row *rows, int n)
{
	json_t *engine = advise_team_engine(use, live->team, &live->known.evidence, live->known.wish_sell), *heard = json_array();
	for (int i = 0; i < book->book.n_heard; i++) json_array_append_new(heard, json_integer((json_int_t)book->book.heard[i]));
	json_object_set_new(engine, "items", items_columns(book));
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

json_t *call_engine_words(void)
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
