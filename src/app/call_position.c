#include "app/call_position.h"

#include <string.h>

#include "app/call_view.h"
#include "core/playbook/playbook_word.h"

static const char letters[] = "ASDFGHJKL"; /* of the interests in a card: a row under the fingers */

static const struct playbook_item *item_of(const struct call_book *book, int64_t id)
{
	for (int i = 0; i < book->book.n_items; i++)
		if (book->book.items[i].id == id) return &book->book.items[i];
	return NULL;
}

static bool found(const struct talk_state *state, int64_t interest, int64_t position)
{
	for (int i = 0; i < state->n_interests; i++)
		if (state->interests[i].item == interest && state->interests[i].position == position) return true;
	return false;
}

static bool said(const struct talk_state *state, int64_t item)
{
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].item == item) return state->said[i].as != SAID_SKIPPED;
	return false;
}

static const char *doing(struct arena *arena, enum call_event_kind kind, int64_t item, int64_t value)
{
	return arena_printf(arena, "%s %lld %lld", playbook_word(WORD_EVENT, (int)kind), (long long)item, (long long)value);
}

/* Items of a kind that belong to a position, in the order in which they are offered. */
static int belonging(const struct call_book *book, enum item_kind kind, int64_t position, int most, const struct playbook_item **ret_items)
{
	int n = 0;
	for (int i = 0; i < book->book.n_items; i++) {
		const struct playbook_item *item = &book->book.items[i];
		if (item->kind != kind || item->objection != position) continue;
		int at = n < most ? n++ : most;
		while (at > 0 && (ret_items[at - 1]->order > item->order || (ret_items[at - 1]->order == item->order && ret_items[at - 1]->id > item->id))) {
			if (at < most) ret_items[at] = ret_items[at - 1];
			at--;
		}
		if (at < most) ret_items[at] = item;
	}
	return n;
}

json_t *call_position_interests(struct use *use, const struct talk_state *state, const struct call_book *book, int64_t position)
{
	enum { MOST = sizeof letters - 1 };
	const struct playbook_item *items[MOST];
	int n = belonging(book, ITEM_INTEREST, position, MOST, items);
	json_t *list = json_array();
	for (int i = 0; i < n; i++) {
		bool on = found(state, items[i]->id, position);
		char key[2] = {letters[i], 0};
		json_array_append_new(list, json_pack("{sI sI ss ss sb sb ss}", "id", (json_int_t)items[i]->id, "position_id", (json_int_t)position, "key", key, "text",
			call_book_text(use, book, items[i]->id), "on", on, "cut", items[i]->compliance, "do",
			doing(use->arena, on ? EVENT_INTEREST_OFF : EVENT_INTEREST_ON, items[i]->id, position)));
	}
	return list;
}

json_t *call_position_cut(struct use *use, const struct talk_state *state, const struct call_book *book)
{
	for (int i = 0; i < state->n_interests; i++) {
		const struct playbook_item *item = item_of(book, state->interests[i].item);
		if (!item || !item->compliance) continue;
		const char *say = json_string_value(json_object_get(call_book_item(book, item->id), "say"));
		return json_pack("{ss ss}", "text", call_book_text(use, book, item->id), "say", say ? say : "");
	}
	return json_null();
}

/* SPIN, a line a level: the question of the position itself, or the general one; of several, the one said, or the next. */
static json_t *spin_json(struct use *use, const struct talk_state *state, const struct call_book *book, int64_t position)
{
	const int64_t next = talk_spin(state, &book->book, position);
	json_t *list = json_array();
	for (int level = LEVEL_SITUATION; level <= LEVEL_DIRECT; level++) {
		const struct playbook_item *best = NULL;
		int best_rank = 0;
		for (int i = 0; i < book->book.n_items; i++) {
			const struct playbook_item *item = &book->book.items[i];
			if (item->kind != ITEM_SPIN || (int)item->level != level || (item->objection && item->objection != position)) continue;
			int rank = item->id == next ? 4 : said(state, item->id) ? 3 : item->objection ? 2 : 1;
			if (best && (rank < best_rank || (rank == best_rank && (item->order > best->order || (item->order == best->order && item->id > best->id))))) continue;
			best = item;
			best_rank = rank;
		}
		if (best)
			json_array_append_new(list, json_pack("{sI ss ss sb sb ss}", "id", (json_int_t)best->id, "level", playbook_word(WORD_LEVEL, level), "text",
				call_book_text(use, book, best->id), "said", said(state, best->id), "next", best->id == next, "do",
				doing(use->arena, EVENT_SAID, best->id, 0)));
	}
	return list;
}

/* The two that held most often; `said`: argued since the position was raised last. */
static json_t *answers_json(struct use *use, const struct talk *talk, const struct call_book *book, int64_t position, bool held)
{
	const struct playbook_item *items[CALL_ANSWERS];
	int n = belonging(book, ITEM_ANSWER, position, CALL_ANSWERS, items);
	json_t *list = json_array();
	for (int i = 0; i < n; i++) {
		json_t *words = call_book_item(book, items[i]->id);
		bool argued = false;
		for (int j = talk->n_log; held && j-- > 0 && !(talk->log[j].kind == EVENT_OBJECTION && talk->log[j].item == position);)
			argued |= talk->log[j].kind == EVENT_OBJECTION_PART && talk->log[j].item == items[i]->id && talk->log[j].value % 8 == PART_ARGUE;
		json_array_append_new(list, json_pack("{sI si ss sb so so so}", "id", (json_int_t)items[i]->id, "n", i + 1, "text", call_book_text(use, book, items[i]->id), "said", argued,
			"share", call_view_share(json_integer_value(json_object_get(words, "worked")), json_integer_value(json_object_get(words, "used"))), "by", call_view_by(words), "do",
			held ? json_string(doing(use->arena, EVENT_OBJECTION_PART, items[i]->id, playbook_part_value(PART_ARGUE, METHOD_ARGUE))) : json_null()));
	}
	return list;
}

json_t *call_position(struct use *use, const struct call_live *live, const struct call_book *book, int64_t position)
{
	const struct talk_state *state = &live->live.talk.state;
	const struct talk_objection *in_hand = state->in_hand ? &state->objections[state->in_hand - 1] : NULL;
	const struct playbook_item *item = item_of(book, position);
	const bool held = in_hand && in_hand->item == position;
	if (!item || item->kind != ITEM_OBJECTION) return NULL;
	const char *variety = json_string_value(json_object_get(call_book_item(book, position), "variety"));
	json_t *spin = spin_json(use, state, book, position);
	return json_pack("{sI ss ss sb so so sb so so so}", "id", (json_int_t)position, "text", call_book_text(use, book, position), "variety", variety ? variety : "", "held", held,
		"interests", call_position_interests(use, state, book, position), "spin", spin, "any_spin", json_array_size(spin) > 0, "answers",
		answers_json(use, &live->live.talk, book, position, held), "closed",
		held && in_hand->state >= OBJECTION_CLARIFIED ? json_string(doing(use->arena, EVENT_OBJECTION_CLOSED, position, 0)) : json_null(), "left",
		held ? json_string(doing(use->arena, EVENT_OBJECTION_LEFT, position, 0)) : json_null());
}
