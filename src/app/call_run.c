#include "app/call_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/call_book.h"
#include "app/call_cache.h"
#include "app/call_fact.h"
#include "app/call_finish.h"
#include "app/call_trade.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/tr.h"
#include "core/playbook/live.h"
#include "core/playbook/playbook_word.h"
#include "store/card_store.h"
#include "store/crib_store.h"

enum { FORM_EVENTS = 4 }; /* in one press of a form: what is given, and three things asked for it */
static const int64_t CLOCK_AHEAD = 5 * MOMENT_MINUTE, CLOCK_BEHIND = 30 * MOMENT_DAY;

/* A call at work: its row, its sale as the data file has it, and where its events end. */
struct run {
	struct use *use;
	int64_t call_id;
	struct call_row row;
	struct talk *talk;
	int64_t seq;
	char event_id[64];
	bool moved;  /* something changed that `call` repeats */
	struct call_trade *trade; /* read when the first event speaks of it */
};

/* What was not put back into the cache goes with the request. */
static void run_drop(void *run)
{
	free(((struct run *)run)->talk);
}

static enum outcome run_open(struct run *run, struct use *use, int64_t call_id)
{
	const int64_t team_id = use->who.team_id;
	*run = (struct run){.use = use, .call_id = call_id};
	arena_defer(use->arena, run_drop, run);
	if (call_find(use->db, team_id, call_id, &run->row, &use->error)) return FAILED;
	if (!run->row.there) return ABSENT;
	if (use->who.role < ROLE_LEAD && use->who.member_id != run->row.owner_id) return REFUSED;
	if (call_event_last(use->db, team_id, call_id, &run->seq, run->event_id, &use->error)) return FAILED;
	if ((run->talk = call_cache_take(call_id, run->seq, run->event_id))) return DONE;
	struct call_event_row *rows;
	int n;
	if (!(run->talk = malloc(sizeof *run->talk))) abort();
	if (call_event_list(use->db, use->arena, team_id, call_id, &rows, &n, &use->error)) return FAILED;
	talk_init(run->talk);
	for (int i = 0; i < n; i++) talk_apply(run->talk, &rows[i].event);
	return DONE;
}

/* Marks what an undo took out of the log: `before` had it, the log has it no more. */
static enum err undone_mark(struct run *run, const int64_t *before, int n)
{
	struct use *use = run->use;
	for (int i = 0, j = 0; i < n; i++) {
		if (j < run->talk->n_log && run->talk->log[j].seq == before[i]) {
			j++;
			continue;
		}
		enum err kind = call_event_undo(use->db, use->who.team_id, run->call_id, before[i], &use->error);
		if (kind) return kind;
	}
	return ERR_NONE;
}

/* Does the item of an event belong to this team? What does not is as malformed as a step that is none. */
static enum err item_known(struct run *run, const struct call_event *event, bool *ret_known)
{
	struct use *use = run->use;
	*ret_known = true;
	if (event->item == 0) return ERR_NONE;
	switch (event->kind) {
	case EVENT_SAID:
	case EVENT_SKIPPED:
	case EVENT_ANSWERED: {
		enum err kind = call_item_exists(use->db, use->who.team_id, run->row.product_id, event->item, ret_known, &use->error);
		if (kind || *ret_known) return kind;
		kind = crib_exists(use->db, use->who.team_id, run->row.client_id, event->item, ret_known, &use->error); /* the client's own */
		return kind || *ret_known ? kind : card_exists(use->db, event->item, ret_known, &use->error);
	}
	case EVENT_OBJECTION_PART: {
		enum err kind = call_item_exists(use->db, use->who.team_id, run->row.product_id, event->item, ret_known, &use->error);
		return kind || *ret_known ? kind : card_exists(use->db, event->item, ret_known, &use->error);
	}
	case EVENT_OBJECTION:
		return call_item_exists(use->db, use->who.team_id, run->row.product_id, event->item, ret_known, &use->error);
	case EVENT_SIGNAL_ON:
	case EVENT_SIGNAL_OFF:
		return call_signal_exists(use->db, use->who.team_id, event->item, ret_known, &use->error);
	case EVENT_INTEREST_ON:
	case EVENT_INTEREST_OFF: {
		enum err kind = call_interest_exists(use->db, use->who.team_id, event->item, ret_known, &use->error);
		if (kind || !*ret_known || event->value <= 0) return kind;
		return call_item_exists(use->db, use->who.team_id, run->row.product_id, event->value, ret_known, &use->error);
	}
	default:
		return ERR_NONE;
	}
}

static bool of_trade(enum call_event_kind kind)
{
	return kind == EVENT_ASKED || kind == EVENT_REFUSED || kind == EVENT_DECLINED || kind == EVENT_PUT || kind == EVENT_OFFERED;
}

/* What the event brings us is computed here, whatever the browser made of it; an offer below the limit is not made (N9), whoever sends it. */
static enum outcome trade_check(struct run *run, struct call_event *event, enum talk_result *ret_result)
{
	event->amount = 0;
	if (!of_trade(event->kind)) return DONE;
	if (run->trade) call_trade_follow(run->trade, &run->talk->state);
	else {
		enum outcome outcome = call_trade_load(run->use, run->call_id, run->row.deal_id, &run->talk->state, &run->trade);
		if (outcome) return outcome;
	}
	if (!call_trade_amount(run->trade, event, &event->amount)) *ret_result = TALK_MALFORMED;
	bool returned = !talk_draft_gives(&run->talk->state) || event->value;
	if (event->kind == EVENT_OFFERED && run->trade->open && returned && !call_trade_may_offer(run->trade)) *ret_result = TALK_BELOW_LIMIT;
	return DONE;
}

static bool repeats(enum call_event_kind kind)
{
	switch (kind) {
	case EVENT_BEGAN:
	case EVENT_MODE_ACCEPTED:
	case EVENT_MODE_SET:
	case EVENT_PROMISED:
	case EVENT_UNDONE:
		return true;
	default:
		return false;
	}
}

/* One event through the machine and onto the disk. FAILED, or DONE with what the machine said. */
static enum outcome run_event(struct run *run, struct call_event_row *row, enum talk_result *ret_result)
{
	struct use *use = run->use;
	bool known;
	if (item_known(run, &row->event, &known)) return FAILED;
	if (!known) {
		*ret_result = TALK_MALFORMED;
		return DONE;
	}
	/* A call is lost for a reason: without words for it the end is not taken. */
	if (row->event.kind == EVENT_ENDED && row->event.value == OUTCOME_LOST && (!row->text || !*row->text)) {
		*ret_result = TALK_MALFORMED;
		return DONE;
	}
	*ret_result = TALK_APPLIED;
	enum outcome outcome = trade_check(run, &row->event, ret_result);
	if (outcome || *ret_result != TALK_APPLIED) return outcome;
	int n_before = 0;
	int64_t *before = NULL;
	if (row->event.kind == EVENT_UNDONE) {
		before = ARENA_ARRAY(use->arena, int64_t, run->talk->n_log + 1);
		for (; n_before < run->talk->n_log; n_before++) before[n_before] = run->talk->log[n_before].seq;
	}
	row->event.seq = run->seq + 1;
	row->member_id = use->who.member_id;
	*ret_result = talk_apply(run->talk, &row->event);
	if (*ret_result != TALK_APPLIED) return DONE;
	if (call_event_insert(use->db, use->who.team_id, run->call_id, row, &use->error)) return FAILED;
	if (before && undone_mark(run, before, n_before)) return FAILED;
	run->seq = row->event.seq;
	snprintf(run->event_id, sizeof run->event_id, "%s", row->event_id);
	run->moved |= repeats(row->event.kind);
	if (row->event.kind == EVENT_BEGAN) return call_fact_advised(use, run->row.deal_id, run->call_id, row->event.at);
	if (row->event.kind == EVENT_ENDED) return call_finish(use, run->call_id, &run->row, run->talk);
	return DONE;
}

static enum outcome run_close(struct run *run)
{
	if (run->moved && run->talk->state.step != STEP_ENDED) {
		enum outcome outcome = call_progress(run->use, run->call_id, &run->talk->state);
		if (outcome) return outcome;
	}
	call_cache_put(run->call_id, run->seq, run->event_id, run->talk);
	run->talk = NULL;
	return DONE;
}

bool call_event_id_good(const char *id)
{
	size_t n = id ? strlen(id) : 0;
	return n >= 1 && n <= CALL_EVENT_ID_MAX && strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* When it happened, by the browser's clock; one that cannot be is taken as now. */
int64_t call_event_when(const struct use *use, const char *iso)
{
	int64_t at;
	if (!iso || !moment_parse(iso, &at) || at > use->now + CLOCK_AHEAD || at < use->now - CLOCK_BEHIND) return use->now;
	return at;
}

const char *call_event_words(struct use *use, const char *text)
{
	if (!text) return NULL;
	char *clean = text_clean(use->arena, text);
	return *clean ? clean : NULL;
}

/* false where the event has not the form of one at all. */
static bool event_read(struct use *use, json_t *given, struct call_event_row *ret_row)
{
	const char *id = json_string_value(json_object_get(given, "id")), *text = json_string_value(json_object_get(given, "text"));
	int kind;
	json_t *item = json_object_get(given, "item"), *value = json_object_get(given, "value");
	if (!call_event_id_good(id) || !playbook_value(WORD_EVENT, json_string_value(json_object_get(given, "kind")), &kind)) return false;
	if ((item && !json_is_integer(item) && !json_is_null(item)) || (value && !json_is_integer(value) && !json_is_null(value))) return false;
	if (text && text_length(text) > CALL_TEXT_MAX) return false;
	*ret_row = (struct call_event_row){.event_id = id, .text = call_event_words(use, text)};
	ret_row->event = (struct call_event){
		.at = call_event_when(use, json_string_value(json_object_get(given, "at"))),
		.kind = (enum call_event_kind)kind,
		.item = json_integer_value(item),
		.value = json_integer_value(value),
	};
	return ret_row->event.item >= 0;
}

json_t *call_event_json(const struct call_event_row *row)
{
	char at[32];
	moment_iso(row->event.at, at);
	return json_pack("{sI ss ss ss sI sI sI ss? sb}", "seq", (json_int_t)row->event.seq, "id", row->event_id, "kind",
		playbook_word(WORD_EVENT, (int)row->event.kind), "at", at, "item", (json_int_t)row->event.item, "value", (json_int_t)row->event.value, "amount",
		(json_int_t)row->event.amount, "text",
		row->text, "undone", row->undone);
}

static enum outcome one_of_batch(struct run *run, json_t *given, json_t *results)
{
	struct use *use = run->use;
	struct call_event_row row;
	enum talk_result result;
	int64_t seq;
	if (!event_read(use, given, &row)) return use_mistake(use, "events", N_("This is no event of a call"));
	if (call_event_find(use->db, use->who.team_id, run->call_id, row.event_id, &seq, &use->error)) return FAILED;
	if (seq) {
		result = TALK_APPLIED; /* it came before */
	} else {
		enum outcome outcome = run_event(run, &row, &result);
		if (outcome) return outcome;
		seq = result == TALK_APPLIED ? row.event.seq : 0;
	}
	json_array_append_new(results, json_pack("{ss ss sI}", "id", row.event_id, "result", playbook_word(WORD_RESULT, (int)result), "seq", (json_int_t)seq));
	return DONE;
}

static enum outcome events_after(struct run *run, int64_t after, json_t *answer)
{
	struct use *use = run->use;
	struct call_event_row *rows = NULL;
	int n = 0;
	json_t *events = json_array();
	json_object_set_new(answer, "seq", json_integer(run->seq));
	json_object_set_new(answer, "events", events);
	if (after < 0 || after >= run->seq) return DONE;
	if (call_event_list_after(use->db, use->arena, use->who.team_id, run->call_id, after, &rows, &n, &use->error)) return FAILED;
	for (int i = 0; i < n; i++) json_array_append_new(events, call_event_json(&rows[i]));
	return DONE;
}

enum outcome call_happened(struct use *use, int64_t call_id, json_t *batch, json_t **ret_answer)
{
	struct run *run = ARENA_NEW(use->arena, struct run);
	json_t *events = json_object_get(batch, "events"), *given;
	size_t i;
	*ret_answer = NULL;
	if (!json_is_array(events) || json_array_size(events) > CALL_BATCH_MAX) return use_mistake(use, "events", N_("A list of events is wanted"));
	enum outcome outcome = run_open(run, use, call_id);
	json_t *results = json_array(), *answer = json_pack("{so}", "results", results);
	json_array_foreach(events, i, given) {
		if (outcome) break;
		outcome = one_of_batch(run, given, results);
	}
	if (!outcome) outcome = run_close(run);
	if (!outcome) {
		json_t *after = json_object_get(batch, "after");
		outcome = events_after(run, json_is_integer(after) ? json_integer_value(after) : -1, answer);
	}
	if (outcome) json_decref(answer);
	else *ret_answer = answer;
	return outcome;
}

/* "said 123 0"; a ready trade is several: "put 1 2, put 3 4". Where the next begins; NULL where it is none. */
const char *call_event_what(const char *what, struct call_event *ret_event)
{
	char words[3][32] = {"", "0", "0"};
	int n = 0, kind;
	while (*what && *what != ',' && n < 3) {
		size_t length = strcspn(what, " ,");
		if (length == 0 || length >= sizeof words[0]) return NULL;
		snprintf(words[n++], sizeof words[0], "%.*s", (int)length, what);
		what += length + (what[length] == ' ');
	}
	if (what[0] == ',' && what[1] == ' ' && what[2]) what += 2;
	else if (*what) return NULL;
	if (!playbook_value(WORD_EVENT, words[0], &kind)) return NULL;
	ret_event->kind = (enum call_event_kind)kind;
	return parse_int(words[1], &ret_event->item) && parse_int(words[2], &ret_event->value) && ret_event->item >= 0 ? what : NULL;
}

/* Without a script nobody but the server sees the wishes cross. */
static enum outcome propose(struct run *run, const char *event_id)
{
	struct use *use = run->use;
	if (run->talk->state.began_at == 0 || run->talk->state.step == STEP_ENDED) return DONE;
	struct call_live *live;
	enum outcome outcome = call_live_load(use, run->call_id, run->talk->log, run->talk->n_log, &live);
	if (outcome || !live->live.propose) return outcome;
	struct call_event_row row = {.event_id = arena_printf(use->arena, "%.38s-p", event_id)};
	enum talk_result result;
	row.event = (struct call_event){.at = use->now, .kind = EVENT_MODE_PROPOSED, .value = live->live.propose - 1};
	return run_event(run, &row, &result);
}

enum outcome call_happened_once(struct use *use, int64_t call_id, const char *event_id, const char *what, const char *text)
{
	struct run *run = ARENA_NEW(use->arena, struct run);
	enum talk_result result = TALK_SAME;
	enum outcome outcome = DONE;
	if (!call_event_id_good(event_id)) return use_mistake(use, "do", N_("This is no event of a call"));
	for (int i = 0; what && *what && i < FORM_EVENTS && !outcome; i++) {
		struct call_event_row row = {.event_id = i ? arena_printf(use->arena, "%.36s-%d", event_id, i) : event_id, .text = call_event_words(use, text)};
		int64_t seq = 0;
		if (!(what = call_event_what(what, &row.event))) break;
		row.event.at = use->now;
		if (i == 0) outcome = run_open(run, use, call_id);
		if (outcome) return outcome;
		if (call_event_find(use->db, use->who.team_id, call_id, row.event_id, &seq, &use->error)) return FAILED;
		if (!seq) outcome = run_event(run, &row, &result);
	}
	if (outcome) return outcome;
	if (!what || *what || !run->use) return use_mistake(use, "do", N_("This is no event of a call"));
	if (result == TALK_APPLIED) outcome = propose(run, event_id);
	return outcome ? outcome : run_close(run);
}

/* The form's fields are events one after another; their ids follow from the form's, so that it counts once. */
static enum outcome end_event(struct run *run, const struct call_end *end, const char *suffix, enum call_event_kind kind, int64_t value, const char *text,
			      enum talk_result *ret_result)
{
	struct use *use = run->use;
	struct call_event_row row = {.event_id = arena_printf(use->arena, "%.37s-%s", end->event_id, suffix), .text = call_event_words(use, text)};
	int64_t seq;
	row.event = (struct call_event){.at = use->now, .kind = kind, .value = value};
	*ret_result = TALK_APPLIED;
	if (call_event_find(use->db, use->who.team_id, run->call_id, row.event_id, &seq, &use->error)) return FAILED;
	return seq ? DONE : run_event(run, &row, ret_result);
}

enum outcome call_end(struct use *use, int64_t call_id, const struct call_end *end)
{
	struct run *run = ARENA_NEW(use->arena, struct run);
	enum talk_result result;
	if (!call_event_id_good(end->event_id)) return use_mistake(use, "event", N_("This is no event of a call"));
	if (end->outcome == OUTCOME_LOST && !call_event_words(use, end->reason)) use_mistake(use, "reason", N_("Say why: the next one will know"));
	if (end->outcome == OUTCOME_NEXT && !end->next_at) use_mistake(use, "next", N_("Agree a day and an hour"));
	if (end->next_at && end->next_at <= use->now) use_mistake(use, "next", N_("This moment is in the past"));
	if (!use_valid(use)) return INVALID;
	enum outcome outcome = run_open(run, use, call_id);
	if (outcome) return outcome;
	if (run->talk->state.step == STEP_ENDED) return DONE; /* sent twice, or from two windows */
	const struct talk_state *state = &run->talk->state;
	if (end->outcome == OUTCOME_WON && state->contract_at == 0)
		outcome = end_event(run, end, "c", EVENT_CONTRACT, end->contract_minor >= 0 ? end->contract_minor : run->row.deal_value_minor, NULL, &result);
	if (!outcome && end->outcome == OUTCOME_WON && end->paid_minor > 0 && state->paid_at == 0)
		outcome = end_event(run, end, "m", EVENT_PAYMENT, end->paid_minor, NULL, &result);
	if (!outcome && call_event_words(use, end->promised)) outcome = end_event(run, end, "p", EVENT_PROMISED, 0, end->promised, &result);
	if (!outcome && end->next_at) outcome = end_event(run, end, "n", EVENT_PLANNED, end->next_at, NULL, &result);
	if (!outcome) {
		outcome = end_event(run, end, "e", EVENT_ENDED, end->outcome, end->outcome == OUTCOME_LOST ? end->reason : NULL, &result);
		if (!outcome && result == TALK_NOT_BEGUN) outcome = use_mistake(use, "outcome", N_("The call has not begun yet"));
		else if (!outcome && result != TALK_APPLIED) outcome = use_mistake(use, "outcome", N_("The call cannot end so"));
	}
	return outcome ? outcome : run_close(run);
}
