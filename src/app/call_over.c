#include "app/call_over.h"

#include <math.h>
#include <string.h>

#include "app/call_view.h"
#include "base/buf.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"

enum { CURVE_WIDTH = 1000, CURVE_HEIGHT = 100, CURVE_BYTES = 64 << 10 };

struct telling {
	struct use *use;
	const struct call_book *book;
	const struct call_live *live;
	const struct call_trade *trade;
	struct trade_story story;
	int64_t began_at, ended_at;
	enum call_mode mode;          /* at the event that is told */
	json_t *steps, *lines;        /* lines: of the step that runs; borrowed */
};

static int64_t seconds(const struct telling *telling, int64_t at)
{
	return telling->began_at && at > telling->began_at ? (at - telling->began_at) / MOMENT_SECOND : 0;
}

static const char *text_of(const struct telling *telling, int64_t item)
{
	return call_book_text(telling->use, telling->book, item);
}

static const char *signal_name(const struct telling *telling, int64_t id)
{
	for (int i = 0; i < telling->live->team->n; i++)
		if (telling->live->team->signal[i].signal_id == id) return telling->live->team->signal[i].name;
	return "";
}

/* The words of a part of an answer: an argument's own, otherwise those of the objection that it answers. */
static const char *part_text(const struct telling *telling, const struct call_event *event, const char *part)
{
	json_t *item = call_book_item(telling->book, event->item);
	int64_t objection = json_integer_value(json_object_get(item, "objection_id"));
	enum answer_method method = (enum answer_method)(event->value / 8);
	if (event->value % 8 == PART_ARGUE) return method == METHOD_SIMILAR_CASE || method == METHOD_EVERYONE ? "" : text_of(telling, event->item);
	if (objection) item = call_book_item(telling->book, objection);
	const char *text = json_string_value(json_object_get(item, part));
	return text ? text : "";
}

static void step_open(struct telling *telling, enum talk_step step, int64_t at)
{
	telling->lines = json_array();
	json_array_append_new(telling->steps, json_pack("{ss ss si sI so}", "key", playbook_word(WORD_STEP, (int)step), "words",
		call_view_step(telling->mode, step), "n", (int)step, "at_s", (json_int_t)seconds(telling, at), "lines",
		telling->lines));
}

/* Was it said, so that it may have worked? */
static bool was_said(const struct call_event_row *row)
{
	const struct call_event *event = &row->event;
	if (row->undone) return false;
	return event->kind == EVENT_SAID || (event->kind == EVENT_NOTE && row->text) || (event->kind == EVENT_OBJECTION_PART && event->value % 8 == PART_ARGUE && event->value / 8 == METHOD_ARGUE);
}

/* what: the event's word; text: of the item or of the event; word: a motive, a mode, an outcome, a part. */
static void line_add(struct telling *telling, const struct call_event_row *row, const char *text, const char *word, int64_t minor)
{
	const struct call_event *event = &row->event;
	char planned[32] = "";
	bool quoted = event->kind == EVENT_OBJECTION || event->kind == EVENT_OBJECTION_CLOSED || event->kind == EVENT_OBJECTION_LEFT;
	if (event->kind == EVENT_PLANNED) moment_iso(event->value, planned);
	json_t *by = call_view_by(call_book_item(telling->book, event->item));
	json_array_append_new(telling->lines, json_pack("{sb so sI sI sI sb ss ss ss ss? sI ss sb}", "worked", was_said(row) && json_is_null(by), "by", by, "seq", (json_int_t)event->seq, "item", (json_int_t)event->item, "at_s", (json_int_t)seconds(telling, event->at), "quoted", quoted, "what",
		playbook_word(WORD_EVENT, (int)event->kind), "text", text, "word", word, "words", row->text, "minor", (json_int_t)minor, "planned_at", planned,
		"undone", row->undone));
}

/* An answer stands under its question, where that was asked in this step. */
static bool answer_put(struct telling *telling, const struct call_event_row *row)
{
	for (size_t i = json_array_size(telling->lines); i-- > 0;) {
		json_t *line = json_array_get(telling->lines, i);
		if (json_integer_value(json_object_get(line, "item")) != row->event.item || json_is_true(json_object_get(line, "undone"))) continue;
		json_object_set_new(line, "words", json_string(row->text ? row->text : ""));
		return true;
	}
	return false;
}

static enum call_mode began_mode(const struct call_event_row *rows, int n_rows)
{
	for (int i = 0; i < n_rows; i++)
		if (rows[i].event.kind == EVENT_BEGAN) return (enum call_mode)rows[i].event.value;
	return MODE_SALE;
}

/* In which mode what follows is told: steps have another name in each. */
static void mode_follow(struct telling *telling, const struct call_event_row *row)
{
	if (row->undone) return;
	if (row->event.kind == EVENT_MODE_SET) telling->mode = (enum call_mode)row->event.value;
	if (row->event.kind == EVENT_MODE_ACCEPTED) telling->mode = telling->mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE;
}

static void event_tell(struct telling *telling, const struct call_event_row *row)
{
	const struct call_event *event = &row->event;
	const char *told;
	int64_t minor;
	mode_follow(telling, row);
	if (call_trade_tell(telling->use, telling->trade, row->undone ? &(struct trade_story){.n = 0} : &telling->story, event, &told, &minor)) {
		if (!row->undone || event->kind != EVENT_OFFERED) line_add(telling, row, told, event->kind == EVENT_OFFERED && event->value ? "nothing" : "", minor);
		return;
	}
	switch (event->kind) {
	case EVENT_STEP:
		if (!row->undone) step_open(telling, (enum talk_step)event->value, event->at);
		break;
	case EVENT_ANSWERED:
		if (!row->undone && answer_put(telling, row)) break;
		line_add(telling, row, text_of(telling, event->item), "", 0);
		break;
	case EVENT_SAID:
	case EVENT_OBJECTION:
	case EVENT_OBJECTION_CLOSED:
	case EVENT_OBJECTION_LEFT:
	case EVENT_INTEREST_ON:
	case EVENT_INTEREST_OFF: line_add(telling, row, text_of(telling, event->item), "", 0); break;
	case EVENT_SKIPPED:
		if (event->item) line_add(telling, row, text_of(telling, event->item), "", 0);
		break;
	case EVENT_MOTIVE_ON:
	case EVENT_MOTIVE_OFF: line_add(telling, row, "", playbook_word(WORD_MOTIVE, (int)event->value), 0); break;
	case EVENT_SIGNAL_ON:
	case EVENT_SIGNAL_OFF: line_add(telling, row, signal_name(telling, event->item), "", 0); break;
	case EVENT_OBJECTION_PART: {
		const char *part = playbook_word(WORD_PART, (int)(event->value % 8));
		line_add(telling, row, part_text(telling, event, part), part, 0);
		break;
	}
	case EVENT_BEGAN:
	case EVENT_MODE_PROPOSED:
	case EVENT_MODE_SET: line_add(telling, row, "", playbook_word(WORD_MODE, (int)event->value), 0); break;
	case EVENT_MODE_ACCEPTED:
	case EVENT_MODE_KEPT:
	case EVENT_NOTE:
	case EVENT_PROMISED:
	case EVENT_PLANNED: line_add(telling, row, "", "", 0); break;
	case EVENT_CONTRACT:
	case EVENT_PAYMENT: line_add(telling, row, "", "", event->value); break;
	case EVENT_ENDED: line_add(telling, row, "", playbook_word(WORD_OUTCOME, (int)event->value), 0); break;
	case EVENT_ASKED:
	case EVENT_REFUSED:
	case EVENT_DECLINED:
	case EVENT_PUT:
	case EVENT_OFFERED:
	case EVENT_UNDONE:
	case EVENT_NONE:
	case EVENT_KINDS: break;
	}
}

/* The wish to buy after every event, as the points of a line over the time of the call. */
static json_t *curve(struct telling *telling, const struct call_event_row *rows, int n_rows)
{
	struct live *live = ARENA_NEW(telling->use->arena, struct live);
	struct buf points;
	int64_t length = telling->ended_at - telling->began_at;
	double first, wish;
	buf_init(&points, CURVE_BYTES);
	live_init(live, &telling->live->live_known);
	first = wish = live->advice.wish_buy;
	buf_printf(&points, "0,%.1f", CURVE_HEIGHT - wish);
	for (int i = 0; i < n_rows; i++) {
		live_apply(live, &rows[i].event);
		if (fabs(live->advice.wish_buy - wish) < 0.05 || length <= 0) continue;
		int64_t at = rows[i].event.at - telling->began_at;
		double x = at < 0 ? 0 : at > length ? CURVE_WIDTH : (double)CURVE_WIDTH * (double)at / (double)length;
		buf_printf(&points, " %.1f,%.1f %.1f,%.1f", x, CURVE_HEIGHT - wish, x, CURVE_HEIGHT - live->advice.wish_buy);
		wish = live->advice.wish_buy;
	}
	buf_printf(&points, " %d,%.1f", CURVE_WIDTH, CURVE_HEIGHT - wish);
	char *text = buf_take(&points);
	json_t *made = json_pack("{ss sf si si}", "points", text, "threshold_y", CURVE_HEIGHT - live->advice.threshold, "first", (int)lround(first), "last",
		(int)lround(wish));
	free(text);
	return made;
}

static json_t *spent(const struct talk_state *state)
{
	json_t *list = json_array();
	for (int step = STEP_PREPARATION; step <= STEP_CLOSING; step++) {
		int64_t s = state->spent[step] / MOMENT_SECOND;
		if (state->visited & MACHINE_BIT(step))
			json_array_append_new(list, json_pack("{ss ss sI si sb}", "key", playbook_word(WORD_STEP, step), "words",
				call_view_step(state->mode, (enum talk_step)step), "s", (json_int_t)s, "budget_s",
				talk_budget_s((enum talk_step)step), "over", s > talk_budget_s((enum talk_step)step)));
	}
	return list;
}

json_t *call_over(struct use *use, const struct call_row *call, const struct call_book *book, const struct call_trade *trade, const struct call_event_row *rows, int n_rows,
		   const struct call_live *live)
{
	const struct talk_state *state = &live->live.talk.state;
	struct telling telling = {use, book, live, trade, {.n = 0}, state->began_at, state->ended_at, began_mode(rows, n_rows), json_array(), NULL};
	int asked = 0, answered = 0;
	(void)call;
	step_open(&telling, STEP_CONTACT, state->began_at);
	for (int i = 0; i < n_rows; i++) event_tell(&telling, &rows[i]);
	for (int i = 0; i < state->n_said; i++) asked += state->said[i].as != SAID_SKIPPED;
	for (int i = 0; i < state->n_objections; i++) answered += state->objections[i].state == OBJECTION_ANSWERED;
	json_t *interests = json_array();
	for (int i = 0; i < state->n_interests; i++) {
		const char *variety = json_string_value(json_object_get(call_book_item(book, state->interests[i].item), "variety"));
		json_array_append_new(interests, json_pack("{ss sb}", "text", text_of(&telling, state->interests[i].item), "cut", variety && !strcmp(variety, "compliance")));
	}
	json_t *traded = json_null();
	if (state->n_offered || state->n_asked) {
		traded = call_trade_json(use, trade, state);
		json_object_set_new(traded, "offered", json_integer(state->n_offered));
		json_object_set_new(traded, "asked", json_integer(state->n_asked));
		json_object_set_new(traded, "nothing", json_integer(state->n_for_nothing));
	}
	return json_pack("{so sb so so so so si si si so}", "trade", traded, "any_interests", state->n_interests > 0, "interests", interests, "steps", telling.steps, "curve", curve(&telling, rows, n_rows), "spent", spent(state), "said", asked, "objections",
		state->n_objections, "objections_answered", answered, "motives", call_view_motives(state->motives));
}
