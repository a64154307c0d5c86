#include "app/call_view.h"

#include <math.h>
#include <string.h>

#include "app/call_position.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/playbook/playbook_word.h"

enum { CALL_LONG = 64, IDEAS = 2 }; /* characters: what is longer is set smaller */
static const int64_t EVERYONE_DAYS = 90;
static const int64_t EVERYONE_MIN = 10; /* deals won in those days: fewer are not "everyone" */

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static json_t *id_json(int64_t id)
{
	return json_integer((json_int_t)id);
}

json_t *call_view_motives(uint32_t mask)
{
	json_t *list = json_array();
	for (int i = 0; i < MOTIVE_COUNT; i++)
		if (mask & MOTIVE_BIT(i)) json_array_append_new(list, json_string(playbook_word(WORD_MOTIVE, i)));
	return list;
}

json_t *call_view_share(int64_t worked, int64_t used)
{
	struct share share = share_of(worked, used);
	return json_pack("{sI sI sf sf sf sb}", "n", (json_int_t)used, "worked", (json_int_t)worked, "share", share.share, "low", share.low, "high", share.high,
		"few", used < CALL_FEW);
}

/* ---- Cases ---- */

static json_t *uses_of(json_t *uses, int64_t objection, const char *method)
{
	size_t i;
	json_t *use;
	json_array_foreach(uses, i, use)
		if (whole(use, "item_id") == objection && !strcmp(json_string_value(json_object_get(use, "method")), method))
			return call_view_share(whole(use, "worked"), whole(use, "used"));
	return call_view_share(0, 0);
}

json_t *call_view_cases(struct use *use, const struct call_row *call, const struct call_book *book)
{
	const int64_t team_id = use->who.team_id;
	json_t *cases = json_array(), *uses = NULL;
	int64_t everyone = 0;
	enum err kind = call_method_uses(use->db, team_id, &uses, &use->error);
	if (!kind && call->product_id)
		kind = call_won_since(use->db, team_id, call->product_id, call->b2b, use->now - EVERYONE_DAYS * MOMENT_DAY, &everyone, &use->error);
	for (int i = 0; !kind && i < book->book.n_items; i++) {
		const struct playbook_item *item = &book->book.items[i];
		struct call_similar similar;
		if (item->kind != ITEM_OBJECTION) continue;
		kind = call_similar_of(use->db, team_id, item->id, call->product_id, call->b2b, &similar, &use->error);
		if (kind) break;
		if (similar.won > 0) {
			char at[32];
			moment_iso(similar.last_won_at, at);
			json_array_append_new(cases, json_pack("{sI ss sI sI ss so}", "objection_id", (json_int_t)item->id, "method", "similar_case", "won",
				(json_int_t)similar.won, "finished", (json_int_t)similar.finished, "last_won_at", at, "share", uses_of(uses, item->id, "similar_case")));
		}
		if (everyone >= EVERYONE_MIN)
			json_array_append_new(cases, json_pack("{sI ss sI sI so}", "objection_id", (json_int_t)item->id, "method", "everyone", "won", (json_int_t)everyone,
				"days", (json_int_t)EVERYONE_DAYS, "share", uses_of(uses, item->id, "everyone")));
	}
	json_decref(uses);
	if (!kind) return cases;
	json_decref(cases);
	return NULL;
}

/* ---- What next ---- */

/* The steps of both algorithms stand side by side; what each is called depends on the mode. */
const char *call_view_step(enum call_mode mode, enum talk_step step)
{
	static const char *const negotiation[STEP_COUNT] = {
		[STEP_PREPARATION] = "terms", [STEP_CONTACT] = "person", [STEP_MOTIVES] = "interests",
		[STEP_PRESENTATION] = "justification", [STEP_OBJECTIONS] = "arguments", [STEP_CLOSING] = "trade",
	};
	return mode == MODE_NEGOTIATION && negotiation[step] ? negotiation[step] : playbook_word(WORD_STEP, (int)step);
}

/* Why a card stands where it stands. */
static json_t *call_view_why(const json_t *item)
{
	if (!json_object_get(item, "author")) return json_null();
	return json_string(whole(item, "used") >= CALL_FEW ? "worked" : whole(item, "top") ? "top" : "new");
}

json_t *call_view_by(json_t *item)
{
	if (!json_object_get(item, "author")) return json_null();
	return json_pack("{sO sO so sO sO sO}", "id", json_object_get(item, "id"), "author", json_object_get(item, "author"), "why", call_view_why(item), "used", json_object_get(item, "used"),
		"worked", json_object_get(item, "worked"), "top", json_object_get(item, "top"));
}

static json_t *item_json(const struct call_book *book, int64_t id)
{
	json_t *item = id ? call_book_item(book, id) : NULL;
	if (!item) return json_null();
	json_t *copy = json_copy(item);
	json_object_set_new(copy, "motives", call_view_motives((uint32_t)whole(item, "motives")));
	json_object_set_new(copy, "why", call_view_why(item));
	const char *text = json_string_value(json_object_get(item, "text"));
	json_object_set_new(copy, "long", json_boolean(text && text_length(text) > CALL_LONG));
	return copy;
}

static json_t *doing(struct arena *arena, enum call_event_kind kind, int64_t item, int64_t value)
{
	return json_string(arena_printf(arena, "%s %lld %lld", playbook_word(WORD_EVENT, (int)kind), (long long)item, (long long)value));
}

/* Ideas of what to give, not used yet (N6). */
static json_t *ideas_json(struct use *use, const struct talk_state *state, const struct call_book *book)
{
	json_t *list = json_array();
	const struct playbook_item *last = NULL;
	while (json_array_size(list) < IDEAS) {
		const struct playbook_item *next = NULL;
		for (int i = 0; i < book->book.n_items; i++) {
			const struct playbook_item *item = &book->book.items[i];
			if (item->kind != ITEM_CONCESSION || (last && (item->order < last->order || (item->order == last->order && item->id <= last->id)))) continue;
			if (!next || item->order < next->order || (item->order == next->order && item->id < next->id)) next = item;
		}
		if (!(last = next)) break;
		bool used = false;
		for (int i = 0; i < state->n_said; i++) used |= state->said[i].item == next->id;
		if (!used)
			json_array_append_new(list, json_pack("{ss so so}", "text", call_book_text(use, book, next->id), "by", call_view_by(call_book_item(book, next->id)), "do",
				doing(use->arena, EVENT_SAID, next->id, 0)));
	}
	return list;
}

/* What the deal is worth, or the product costs; in a negotiation at the price that stands. */
static int64_t call_amount(const struct call_row *call, const struct call_trade *trade, enum call_mode mode)
{
	if (mode == MODE_NEGOTIATION && trade) return call_trade_price(trade, call->deal_value_minor, call->price_minor);
	return call->deal_value_minor ? call->deal_value_minor : call->price_minor;
}

static bool is_question(const char *kind)
{
	return kind && (!strcmp(kind, "question") || !strcmp(kind, "probe") || !strcmp(kind, "term") || !strcmp(kind, "spin"));
}

/* The key of what a hint is called in this mode. */
static const char *words_of(const struct talk_hint *next, enum call_mode mode)
{
	switch (next->kind) {
	case HINT_STEP: return call_view_step(mode, (enum talk_step)next->value);
	case HINT_END: return playbook_word(WORD_OUTCOME, (int)next->value);
	case HINT_NO_MOTIVE: return mode == MODE_NEGOTIATION ? "no_interest" : "no_motive";
	case HINT_NO_POINT: return mode == MODE_NEGOTIATION ? "no_reason" : "no_point";
	case HINT_OBJECTION: return mode == MODE_NEGOTIATION ? "position_stands" : "objection";
	default: return playbook_word(WORD_HINT, (int)next->kind);
	}
}

/* The key of the words on its button. */
static const char *act_of(const struct talk_hint *next, const struct call_book *book, enum call_mode mode)
{
	const char *kind = json_string_value(json_object_get(call_book_item(book, next->item), "kind"));
	if (next->kind == HINT_ITEM && is_question(kind)) return "question";
	if (next->kind == HINT_NO_MOTIVE) return words_of(next, mode);
	return playbook_word(WORD_HINT, (int)next->kind);
}

/* Whether the step stands beside the question as a tag: where the thing has none of its own. */
static bool step_tag(const struct talk_hint *next, const struct call_book *book, enum talk_step step)
{
	const char *kind = json_string_value(json_object_get(call_book_item(book, next->item), "kind"));
	bool own = next->kind == HINT_ITEM && kind && (!strcmp(kind, "question") || !strcmp(kind, "spin") || !strcmp(kind, "opener"));
	return step != STEP_PLANNED && !own;
}

static void hint_doing(struct arena *arena, json_t *hint, const struct talk_hint *next, const struct call_live *live, int64_t amount_minor)
{
	const char *close = NULL, *open = NULL;
	json_t *act = NULL, *skip = doing(arena, EVENT_SKIPPED, next->kind == HINT_ITEM ? next->item : 0, 0);
	switch (next->kind) {
	case HINT_BEGIN: act = doing(arena, EVENT_BEGAN, 0, live_advised(&live->live)); break;
	case HINT_ITEM: act = doing(arena, EVENT_SAID, next->item, 0); break;
	case HINT_STEP:
	case HINT_NO_POINT: act = doing(arena, EVENT_STEP, 0, next->value); break;
	case HINT_NO_MOTIVE:
		if (next->value) act = doing(arena, EVENT_STEP, 0, next->value);
		break;
	case HINT_OBJECTION: act = doing(arena, EVENT_OBJECTION, next->item, 0); break;
	case HINT_CONTRACT: act = doing(arena, EVENT_CONTRACT, 0, amount_minor); break;
	case HINT_PAYMENT: act = doing(arena, EVENT_PAYMENT, 0, live->live.talk.state.contract_minor); break;
	case HINT_ALTERNATIVE: close = "next"; break; /* a moment is wanted: the form that ends the call asks for it */
	case HINT_END: close = playbook_word(WORD_OUTCOME, (int)next->value); break;
	case HINT_SAY_OFFER: act = doing(arena, EVENT_OFFERED, 0, 0); break;
	case HINT_POSITION: open = arena_printf(arena, "position=%lld", (long long)next->item); break;
	case HINT_OFFER:
	case HINT_TRADE:
	case HINT_RETURN: open = "trade=1"; break;
	case HINT_NONE:
	case HINT_KINDS: break;
	}
	json_object_set_new(hint, "close", close ? json_string(close) : json_null());
	bool skippable = next->kind == HINT_ITEM || next->kind == HINT_STEP || next->kind == HINT_OBJECTION || next->kind == HINT_CONTRACT || next->kind == HINT_PAYMENT ||
			 next->kind == HINT_POSITION || next->kind == HINT_OFFER;
	if (next->kind == HINT_TRADE) { /* what they ask is refused */
		json_decref(skip);
		skip = doing(arena, EVENT_DECLINED, next->item, 0);
		skippable = true;
	}
	json_object_set_new(hint, "open", open ? json_string(open) : json_null());
	json_object_set_new(hint, "do", act ? act : json_null());
	json_object_set_new(hint, "skip", skippable ? json_incref(skip) : json_null());
	json_decref(skip);
}

/* What of the table a hint speaks of. */
static json_t *about_json(struct use *use, const struct call_trade *trade, const struct talk_hint *hint)
{
	const char *variable, *option;
	if (!trade || (hint->kind != HINT_TRADE && hint->kind != HINT_RETURN)) return json_null();
	call_trade_names(use, trade, hint->item, hint->value, &variable, &option);
	return json_pack("{ss ss}", "variable", variable, "option", option);
}

static json_t *call_view_hints(struct use *use, const struct call_row *call, const struct call_live *live, const struct call_book *book, const struct call_trade *trade, enum call_mode mode)
{
	struct talk_hint hints[TALK_HINTS];
	const struct talk_state *state = &live->live.talk.state;
	int n = talk_next(state, &book->book, hints);
	json_t *list = json_array();
	for (int i = 0; i < n; i++) {
		bool outcome = hints[i].kind == HINT_END;
		bool step = hints[i].kind == HINT_STEP || hints[i].kind == HINT_NO_MOTIVE || hints[i].kind == HINT_NO_POINT;
		const char *value = outcome ? playbook_word(WORD_OUTCOME, (int)hints[i].value) : step && hints[i].value ? playbook_word(WORD_STEP, (int)hints[i].value) : "";
		json_t *hint = json_pack("{ss ss ss ss so so sb}", "kind", playbook_word(WORD_HINT, (int)hints[i].kind), "act", act_of(&hints[i], book, mode), "value", value,
			"words", words_of(&hints[i], mode), "item", item_json(book, hints[i].item), "motives", call_view_motives(hints[i].motives), "step_tag",
			step_tag(&hints[i], book, state->step));
		hint_doing(use->arena, hint, &hints[i], live, call_amount(call, trade, mode));
		json_object_set_new(hint, "about", about_json(use, trade, &hints[i]));
		json_array_append_new(list, hint);
	}
	return list;
}

/* ---- What was done ---- */

static const char *row_text(const struct call_event_row *rows, int n, int64_t seq)
{
	for (int i = 0; i < n; i++)
		if (rows[i].event.seq == seq) return rows[i].text ? rows[i].text : "";
	return "";
}

static json_t *line_of(json_t *lines, int64_t item)
{
	for (size_t i = json_array_size(lines); i-- > 0;)
		if (whole(json_array_get(lines, i), "id") == item) return json_array_get(lines, i);
	return NULL;
}

static json_t *line_add(json_t *lines, const char *what, const struct call_event *event, int64_t began_at, const char *text)
{
	int64_t s = began_at && event->at > began_at ? (event->at - began_at) / MOMENT_SECOND : 0;
	json_t *line = json_pack("{ss sI sI ss}", "what", what, "id", (json_int_t)event->item, "at_s", (json_int_t)s, "text", text);
	json_array_append_new(lines, line);
	return line;
}

static json_t *call_view_said(struct use *use, const struct call_live *live, const struct call_book *book, const struct call_trade *trade, const struct call_event_row *rows, int n_rows)
{
	const struct talk *talk = &live->live.talk;
	const int64_t began_at = talk->state.began_at;
	struct trade_story story = {.n = 0};
	json_t *lines = json_array(), *line;
	for (int i = 0; i < talk->n_log; i++) {
		const struct call_event *event = &talk->log[i];
		const char *told;
		int64_t minor;
		if (trade && call_trade_tell(use, trade, &story, event, &told, &minor)) {
			line = line_add(lines, playbook_word(WORD_EVENT, (int)event->kind), event, began_at, told);
			json_object_set_new(line, "minor", id_json(minor));
			json_object_set_new(line, "nothing", json_boolean(event->kind == EVENT_OFFERED && event->value));
			continue;
		}
		switch (event->kind) {
		case EVENT_SAID: line_add(lines, "said", event, began_at, call_book_text(use, book, event->item)); break;
		case EVENT_ANSWERED:
			line = line_of(lines, event->item);
			if (!line) line = line_add(lines, "said", event, began_at, call_book_text(use, book, event->item));
			json_object_set_new(line, "answer", json_string(row_text(rows, n_rows, event->seq)));
			break;
		case EVENT_NOTE: line_add(lines, "note", event, began_at, row_text(rows, n_rows, event->seq)); break;
		case EVENT_PROMISED: line_add(lines, "promised", event, began_at, row_text(rows, n_rows, event->seq)); break;
		case EVENT_INTEREST_ON: line_add(lines, "interest", event, began_at, call_book_text(use, book, event->item)); break;
		case EVENT_OBJECTION: line_add(lines, "objection", event, began_at, call_book_text(use, book, event->item)); break;
		case EVENT_OBJECTION_CLOSED:
		case EVENT_OBJECTION_LEFT:
			line = line_of(lines, event->item);
			if (line) json_object_set_new(line, "ended", json_string(event->kind == EVENT_OBJECTION_CLOSED ? "answered" : "left"));
			break;
		default: break;
		}
	}
	return lines;
}

/* ---- The objection in hand ---- */

static json_t *card_line(const char *part, const char *text, const char *act, bool said)
{
	return json_pack("{ss ss ss sb}", "part", part, "text", text ? text : "", "do", act, "said", said);
}

static const char *part_do(struct arena *arena, int64_t answer, enum answer_part part, enum answer_method method)
{
	return arena_printf(arena, "%s %lld %lld", playbook_word(WORD_EVENT, EVENT_OBJECTION_PART), (long long)answer, (long long)playbook_part_value(part, method));
}

static const struct playbook_item *answer_best(const struct playbook *book, int64_t objection)
{
	const struct playbook_item *best = NULL;
	for (int i = 0; i < book->n_items; i++) {
		const struct playbook_item *item = &book->items[i];
		if (item->kind == ITEM_ANSWER && item->objection == objection && (!best || item->order < best->order)) best = item;
	}
	return best;
}

/* Without a script the card is the algorithm with the answer that worked most often; the methods need the script's keys. */
static json_t *objection_json(struct use *use, const struct call_live *live, const struct call_book *book)
{
	const struct talk_state *state = &live->live.talk.state;
	if (!state->in_hand) return json_null();
	const struct talk_objection *objection = &state->objections[state->in_hand - 1];
	json_t *item = call_book_item(book, objection->item), *lines = json_array();
	const struct playbook_item *answer = answer_best(&book->book, objection->item);
	const int64_t by = answer ? answer->id : objection->item;
	const int at = (int)objection->state;
	const char *agree = json_string_value(json_object_get(item, "agree"));
	json_array_append_new(lines, card_line("clarify", json_string_value(json_object_get(item, "clarify")), part_do(use->arena, by, PART_CLARIFY, METHOD_ARGUE),
		at >= OBJECTION_CLARIFIED));
	json_array_append_new(lines, card_line("agree", agree, part_do(use->arena, by, PART_AGREE, METHOD_ARGUE), at >= OBJECTION_AGREED));
	if (at < OBJECTION_ARGUED)
		json_array_append_new(lines, card_line("argue", answer ? call_book_text(use, book, answer->id) : "", part_do(use->arena, by, PART_ARGUE, METHOD_ARGUE), false));
	else
		json_array_append_new(lines, card_line("complete", json_string_value(json_object_get(item, "complete")),
			part_do(use->arena, by, PART_COMPLETE, METHOD_ARGUE), at >= OBJECTION_COMPLETED));
	json_t *words = answer ? call_book_item(book, answer->id) : NULL;
	json_t *mirror = call_view_motives(talk_mirror(state, &book->book, objection->item));
	return json_pack("{sI ss ss sb so so so so so so}", "id", (json_int_t)objection->item, "text", call_book_text(use, book, objection->item), "variety",
		json_string_value(json_object_get(item, "variety")) ? json_string_value(json_object_get(item, "variety")) : "", "any_mirror",
		json_array_size(mirror) > 0, "mirror", mirror, "lines", lines, "share",
		call_view_share(whole(words, "worked"), whole(words, "used")), "by", call_view_by(words), "closed",
		at >= OBJECTION_CLARIFIED ? doing(use->arena, EVENT_OBJECTION_CLOSED, objection->item, 0) : json_null(), "left",
		doing(use->arena, EVENT_OBJECTION_LEFT, objection->item, 0));
}

/* In the playbook's order. An argument is heard in negotiations alone. */
static json_t *objections_json(struct use *use, const struct call_book *book, enum call_mode mode)
{
	json_t *list = json_array();
	const struct playbook_item *last = NULL;
	for (;;) {
		const struct playbook_item *next = NULL;
		for (int i = 0; i < book->book.n_items; i++) {
			const struct playbook_item *item = &book->book.items[i];
			if (item->kind != ITEM_OBJECTION || (last && (item->order < last->order || (item->order == last->order && item->id <= last->id)))) continue;
			if (!next || item->order < next->order || (item->order == next->order && item->id < next->id)) next = item;
		}
		if (!(last = next)) return list;
		const char *variety = json_string_value(json_object_get(call_book_item(book, next->id), "variety"));
		bool argument = variety && !strcmp(variety, "argument");
		if (argument && mode == MODE_SALE) continue;
		json_array_append_new(list, json_pack("{so ss sb so}", "id", id_json(next->id), "text", call_book_text(use, book, next->id), "argument", argument, "do",
			doing(use->arena, EVENT_OBJECTION, next->id, 0)));
	}
}

/* ---- Interests (N3) ---- */

static json_t *interests_json(struct use *use, const struct talk_state *state, const struct call_book *book)
{
	const int64_t position = talk_position(state);
	json_t *list = call_position_interests(use, state, book, position);
	for (int i = 0; i < state->n_interests; i++) {
		const struct talk_interest *found = &state->interests[i];
		const char *variety = json_string_value(json_object_get(call_book_item(book, found->item), "variety"));
		bool listed = false;
		size_t j;
		json_t *one;
		json_array_foreach(list, j, one) listed |= whole(one, "id") == found->item && found->position == position;
		if (!listed)
			json_array_append_new(list, json_pack("{sI sI ss ss sb sb so}", "id", (json_int_t)found->item, "position_id", (json_int_t)found->position, "key", "", "text",
				call_book_text(use, book, found->item), "on", true, "cut", variety && !strcmp(variety, "compliance"), "do",
				doing(use->arena, EVENT_INTEREST_OFF, found->item, found->position)));
	}
	return list;
}

/* ---- The rest ---- */

/* S1: what to look at before dialling. */
static json_t *prepare_json(struct use *use, const struct call_book *book, enum call_mode mode)
{
	json_t *list = json_array();
	for (int i = 0; i < book->book.n_items; i++)
		if (book->book.items[i].kind == ITEM_PREPARATION && !(book->book.items[i].negotiation && mode == MODE_SALE))
			json_array_append_new(list, json_string(call_book_text(use, book, book->book.items[i].id)));
	return list;
}

static json_t *steps_json(struct use *use, const struct talk_state *state, enum call_mode mode)
{
	json_t *steps = json_array();
	for (int step = STEP_PREPARATION; step <= STEP_CLOSING; step++) {
		bool here = (int)state->step == step;
		bool done = !here && ((state->visited & MACHINE_BIT(step)) || step == STEP_PREPARATION) && state->began_at;
		json_array_append_new(steps, json_pack("{ss ss si sb sb so}", "key", playbook_word(WORD_STEP, step), "words", call_view_step(mode, (enum talk_step)step), "n", step, "current", here, "done", done, "do",
			doing(use->arena, EVENT_STEP, 0, step)));
	}
	return steps;
}

static json_t *motives_json(struct use *use, const struct talk_state *state)
{
	json_t *list = json_array();
	for (int i = 0; i < MOTIVE_COUNT; i++) {
		bool on = (state->motives & MOTIVE_BIT(i)) != 0;
		json_array_append_new(list, json_pack("{ss si sb so}", "key", playbook_word(WORD_MOTIVE, i), "value", i, "on", on, "do",
			doing(use->arena, on ? EVENT_MOTIVE_OFF : EVENT_MOTIVE_ON, 0, i)));
	}
	return list;
}

static json_t *signals_json(struct use *use, const struct call_live *live)
{
	json_t *list = json_array();
	for (int i = 0; i < live->live_known.n_signals; i++) {
		const struct live_signal *signal = &live->signals[i];
		const struct signal_row *row = &live->team->signal[signal->index];
		bool on = live->live.evidence.x[signal->index] > 0;
		json_array_append_new(list, json_pack("{sI ss ss ss sb so}", "id", (json_int_t)signal->id, "key", row->key, "name", row->name, "hotkey", row->hotkey, "on", on,
			"do", doing(use->arena, on ? EVENT_SIGNAL_OFF : EVENT_SIGNAL_ON, signal->id, 0)));
	}
	return list;
}

static json_t *moment_json(int64_t at)
{
	char text[32];
	if (!at) return json_null();
	moment_iso(at, text);
	return json_string(text);
}

/* Tomorrow at ten, or on Monday where tomorrow is a day off. */
static int64_t suggested(int64_t now)
{
	int32_t day = day_of(now) + 1;
	while (day_weekday(day) > 5) day++;
	return day_start(day) + 10 * MOMENT_HOUR;
}

/* The question that was asked last and has no answer yet: what is noted next is its answer. 0: there is none. */
static int64_t unanswered_question(const struct talk_state *state, const struct call_book *book)
{
	for (int i = state->n_said - 1; i >= 0; i--) {
		if (state->said[i].as == SAID_SKIPPED) continue;
		const char *kind = json_string_value(json_object_get(call_book_item(book, state->said[i].item), "kind"));
		bool asks = is_question(kind) || (kind && !strcmp(kind, "opener"));
		return asks && state->said[i].as == SAID_ALOUD ? state->said[i].item : 0;
	}
	return 0;
}

/* ask: what to say now; after: what follows; note_do: what a note becomes. */
static void ask_put(struct use *use, const struct call_row *call, const struct call_live *live, const struct call_book *book, const struct call_trade *trade, enum call_mode mode, json_t *view)
{
	const struct talk_state *state = &live->live.talk.state;
	json_t *hints = call_view_hints(use, call, live, book, trade, mode), *ask = json_array_get(hints, 0);
	int64_t answering = unanswered_question(state, book);
	json_object_set(view, "ask", ask ? ask : json_null());
	if (ask) json_array_remove(hints, 0);
	json_object_set_new(view, "after", hints);
	json_object_set_new(view, "answering", json_boolean(answering));
	json_object_set_new(view, "note_do", doing(use->arena, answering ? EVENT_ANSWERED : EVENT_NOTE, answering, 0));
	json_object_set_new(view, "amount_minor", id_json(call_amount(call, trade, mode)));
	json_object_set_new(view, "suggest_at", moment_json(suggested(use->now)));
}

static int points(double wish)
{
	return (int)lround(wish);
}

json_t *call_view(struct use *use, const struct call_row *call, const struct call_live *live, const struct call_book *book, const struct call_event_row *rows,
		  int n_rows, const struct call_trade *trade, int64_t look)
{
	const struct talk_state *state = &live->live.talk.state;
	const struct advice *advice = &live->live.advice;
	const enum call_mode mode = state->began_at ? state->mode : live_advised(&live->live);
	const int64_t spent = talk_step_spent(state, state->step, use->now);
	const int proposed = live_proposed(&live->live);
	json_t *advised = advise_team_model(live->team, live->live.evidence.x, live->known.wish_sell);
	/* How sure of the mode that runs: of the other one, when the wishes have crossed and the manager kept his. */
	double sure = (int)mode == (int)advice->mode ? advice->sure : 1 - advice->sure;
	json_t *view = json_pack("{ss ss ss ss sf si si si sO}", "step", playbook_word(WORD_STEP, (int)state->step), "step_words", call_view_step(mode, state->step), "mode", playbook_word(WORD_MODE, (int)mode),
		"advised", playbook_word(WORD_MODE, (int)advice->mode), "sure", sure, "wish_buy", points(advice->wish_buy), "wish_sell", points(advice->wish_sell),
		"threshold", points(advice->threshold), "because", json_object_get(advised, "because"));
	json_decref(advised);
	json_object_set_new(view, "proposed", proposed ? json_string(playbook_word(WORD_MODE, proposed - 1)) : json_null());
	json_object_set_new(view, "other_do", doing(use->arena, EVENT_MODE_SET, 0, mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE));
	json_object_set_new(view, "began_at", moment_json(state->began_at));
	json_object_set_new(view, "ended_at", moment_json(state->ended_at));
	json_object_set_new(view, "lasted_s", id_json(state->began_at ? ((state->ended_at ? state->ended_at : use->now) - state->began_at) / MOMENT_SECOND : 0));
	json_object_set_new(view, "spent_s", id_json(spent / MOMENT_SECOND));
	json_object_set_new(view, "budget_s", id_json(talk_budget_s(state->step)));
	json_object_set_new(view, "over", json_boolean(talk_budget_s(state->step) && spent / MOMENT_SECOND > talk_budget_s(state->step)));
	json_object_set_new(view, "contract", state->contract_at ? json_pack("{so sI}", "at", moment_json(state->contract_at), "minor",
		(json_int_t)state->contract_minor) : json_null());
	json_object_set_new(view, "payment", state->paid_at ? json_pack("{so sI}", "at", moment_json(state->paid_at), "minor", (json_int_t)state->paid_minor) : json_null());
	json_object_set_new(view, "next_at", moment_json(state->next_at));
	if (state->step == STEP_PLANNED) json_object_set_new(view, "prepare", prepare_json(use, book, mode));
	json_object_set_new(view, "steps", steps_json(use, state, mode));
	json_object_set_new(view, "motives", motives_json(use, state));
	json_object_set_new(view, "signals", signals_json(use, live));
	ask_put(use, call, live, book, trade, mode, view);
	json_object_set_new(view, "said", call_view_said(use, live, book, trade, rows, n_rows));
	json_object_set_new(view, "objection", objection_json(use, live, book));
	json_object_set_new(view, "objections", objections_json(use, book, mode));
	json_object_set_new(view, "negotiates", json_boolean(mode == MODE_NEGOTIATION));
	json_object_set_new(view, "cut", call_position_cut(use, state, book));
	if (mode == MODE_NEGOTIATION) {
		json_t *card = call_position(use, live, book, state->in_hand ? state->objections[state->in_hand - 1].item : look);
		json_object_set_new(view, "ideas", ideas_json(use, state, book));
		json_object_set_new(view, "interests", interests_json(use, state, book));
		json_object_set_new(view, "position", card ? card : json_null());
	}
	/* In a sale, too, though it is not shown: the mode may change. */
	json_object_set_new(view, "trade", trade ? call_trade_json(use, trade, state) : json_null());
	return view;
}
