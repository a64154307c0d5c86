/* Engine: the core of a call for the browser: the same sale and advisor as the server's, in WebAssembly.
 *
 * One call at a time, in static memory; no imports. Beside it plain.c. Numbers only: ids and moments come as doubles, which hold them exactly (ids
 * have 53 bits, moments are below 2^53 µs until the year 2255).
 *
 *   engine_bytes / engine_belief      the belief, as it is stored
 *   engine_known_… engine_item …      what is known, what can be said
 *   engine_start                      an empty call
 *   engine_event                      one event; the answer is enum talk_result
 *   engine_next                       computes the hints
 *   engine_number(what, i)            reads anything: enum engine_what
 *
 * Also compiled natively, for the test that both give the same. */
#include <stdbool.h>
#include <stdint.h>

#include "core/playbook/live.h"

#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(#name)))
#else
#define EXPORT(name) static
#endif

#define ITEMS_MAX 600
#define HEARD_MAX 600
#define TERMS_MAX TALK_TERMS_MAX
#define BYTES_MAX 65536

static unsigned char bytes[BYTES_MAX];
static double storage[BELIEF_DOUBLES(EVIDENCE_MAX)];
static struct belief belief;
static struct evidence_def defs[EVIDENCE_MAX];
static struct live_signal signals[TALK_SIGNALS_MAX];
static struct live_known known;
static struct playbook_item items[ITEMS_MAX];
static int64_t heard[HEARD_MAX];
static struct playbook_term terms[TERMS_MAX];
static struct playbook book;
static struct live live;
static struct talk_hint hints[TALK_HINTS];
static int n_hints;
static struct advise_reason reasons[EVIDENCE_MAX];
static int n_reasons;

enum engine_what {
	WHAT_STEP, WHAT_MODE, WHAT_PROPOSED, WHAT_PROPOSE, WHAT_ADVISED, WHAT_MOTIVES, WHAT_BEGAN_AT, WHAT_ENDED_AT, WHAT_OUTCOME,
	WHAT_STEP_SINCE, WHAT_STEP_SPENT, WHAT_VISITED, WHAT_CONTRACT_AT, WHAT_CONTRACT_MINOR, WHAT_PAID_AT, WHAT_PAID_MINOR, WHAT_NEXT_AT,
	WHAT_N_SAID, WHAT_SAID_ITEM, WHAT_SAID_AT, WHAT_SAID_AS, WHAT_SAID_STEP,
	WHAT_N_OBJECTIONS, WHAT_OBJECTION_ITEM, WHAT_OBJECTION_STATE, WHAT_OBJECTION_ANSWER, WHAT_OBJECTION_METHOD, WHAT_OBJECTION_ARGUED, WHAT_IN_HAND,
	WHAT_N_PROMISES, WHAT_N_NOTES, WHAT_UNANSWERED,
	WHAT_WISH_BUY, WHAT_WISH_SELL, WHAT_THRESHOLD, WHAT_SURE,
	WHAT_N_HINTS, WHAT_HINT_KIND, WHAT_HINT_ITEM, WHAT_HINT_VALUE, WHAT_HINT_MOTIVES,
	WHAT_N_REASONS, WHAT_REASON_INDEX, WHAT_REASON_POINTS,
	WHAT_EVIDENCE, WHAT_N_LOG, WHAT_LOG_SEQ, WHAT_LOG_KIND, WHAT_BUDGET_S,
	WHAT_WANTED, WHAT_N_INTERESTS, WHAT_INTEREST_ITEM, WHAT_INTEREST_POSITION, WHAT_N_OFFERED, WHAT_N_ASKED, WHAT_N_FOR_NOTHING, WHAT_DRAFT_OPEN, WHAT_DRAFT_GIVES,
	WHAT_N_TERMS, WHAT_TERM_VARIABLE, WHAT_TERM_STANDS, WHAT_TERM_DRAFT, WHAT_TERM_DRAFT_AMOUNT, WHAT_TERM_ASKED, WHAT_TERM_WAITS, WHAT_TERM_REFUSED
};

EXPORT(engine_bytes) unsigned char *engine_bytes(void)
{
	return bytes;
}

/* Forgets everything; the belief is the `size` bytes at engine_bytes. 0: they are no belief. */
EXPORT(engine_belief) int engine_belief(int size)
{
	struct error err = {0};
	book = (struct playbook){.items = items, .heard = heard, .terms = terms};
	known = (struct live_known){.belief = &belief, .defs = defs, .signals = signals, .wish_sell = ADVISE_WISH_SELL};
	n_hints = n_reasons = 0;
	if (size < 0 || size > BYTES_MAX || belief_decode(&belief, EVIDENCE_MAX, storage, bytes, (size_t)size, &err) != ERR_NONE) return 0;
	if (belief.n < EVIDENCE_BUILTIN) return 0;
	for (int i = 0; i < belief.n; i++) defs[i] = i < EVIDENCE_BUILTIN ? evidence_builtin[i] : evidence_own("own", 0);
	evidence_init(&known.before, belief.n);
	return 1;
}

EXPORT(engine_wish_sell) void engine_wish_sell(double wish_sell)
{
	known.wish_sell = wish_sell;
}

EXPORT(engine_evidence) void engine_evidence(int index, double value)
{
	if (index > 0 && index < known.before.n) evidence_set(&known.before, defs, index, value);
}

EXPORT(engine_signal) int engine_signal(double id, int index)
{
	if (known.n_signals == TALK_SIGNALS_MAX || index <= 0 || index >= known.before.n) return 0;
	signals[known.n_signals++] = (struct live_signal){(int64_t)id, index};
	return 1;
}

/* variety: a close_kind, an opener_kind, or 1 for compliance and 2 for negotiations alone, as the kind has it. */
EXPORT(engine_item) int engine_item(double id, int kind, int level, int method, int variety, int motives, double objection, int order)
{
	if (book.n_items == ITEMS_MAX || kind < 0 || kind >= ITEM_KINDS) return 0;
	items[book.n_items++] = (struct playbook_item){
		.id = (int64_t)id,
		.objection = (int64_t)objection,
		.kind = (enum item_kind)kind,
		.level = (enum question_level)level,
		.method = (enum answer_method)method,
		.close = kind == ITEM_CLOSE ? (enum close_kind)variety : CLOSE_CONTRACT,
		.opener = kind == ITEM_OPENER ? (enum opener_kind)variety : OPENER_SMALL_TALK,
		.compliance = (kind == ITEM_INTEREST || kind == ITEM_OBJECTION) && variety == 1,
		.negotiation = kind == ITEM_PREPARATION && variety == 2,
		.motives = (uint32_t)motives & MOTIVE_ALL,
		.order = order,
	};
	return 1;
}

EXPORT(engine_heard) int engine_heard(double id)
{
	if (book.n_heard == HEARD_MAX) return 0;
	heard[book.n_heard++] = (int64_t)id;
	return 1;
}

/* A variable of the deal's table: where we stood before this call, and what they asked for. */
EXPORT(engine_term) int engine_term(double variable, double stands, double asked)
{
	if (book.n_terms == TERMS_MAX) return 0;
	terms[book.n_terms++] = (struct playbook_term){(int64_t)variable, (int64_t)stands, (int64_t)asked};
	return 1;
}

EXPORT(engine_offers) void engine_offers(int before)
{
	book.offers = before;
}

EXPORT(engine_start) void engine_start(void)
{
	live_init(&live, &known);
	n_hints = n_reasons = 0;
}

EXPORT(engine_event) int engine_event(double seq, double at, int kind, double item, double value, double amount)
{
	struct call_event event = {
		.seq = (int64_t)seq, .at = (int64_t)at, .kind = (enum call_event_kind)kind, .item = (int64_t)item, .value = (int64_t)value,
		.amount = (int64_t)amount};
	return (int)live_apply(&live, &event);
}

EXPORT(engine_next) int engine_next(void)
{
	n_hints = talk_next(&live.talk.state, &book, hints);
	n_reasons = advise_because(&belief, defs, live.evidence.x, live.advice.mode, reasons, EVIDENCE_MAX);
	return n_hints;
}

EXPORT(engine_mirror) int engine_mirror(double objection)
{
	return (int)talk_mirror(&live.talk.state, &book, (int64_t)objection);
}

EXPORT(engine_spin) double engine_spin(double position)
{
	return (double)talk_spin(&live.talk.state, &book, (int64_t)position);
}

EXPORT(engine_position) double engine_position(void)
{
	return (double)talk_position(&live.talk.state);
}

EXPORT(engine_signal_on) int engine_signal_on(double id)
{
	int on = talk_signal(&live.talk.state, (int64_t)id);
	for (int i = 0; on < 0 && i < known.n_signals; i++)
		if (signals[i].id == (int64_t)id) return known.before.x[signals[i].index] > 0;
	return on > 0;
}

EXPORT(engine_step_spent) double engine_step_spent(int step, double now)
{
	return (double)talk_step_spent(&live.talk.state, (enum talk_step)step, (int64_t)now);
}

EXPORT(engine_number) double engine_number(int what, int i)
{
	const struct talk_state *state = &live.talk.state;
#define AT(n, expression) ((i) >= 0 && (i) < (n) ? (double)(expression) : 0)
	switch ((enum engine_what)what) {
	case WHAT_STEP: return state->step;
	case WHAT_MODE: return state->mode;
	case WHAT_PROPOSED: return live_proposed(&live);
	case WHAT_PROPOSE: return live.propose;
	case WHAT_ADVISED: return live_advised(&live);
	case WHAT_MOTIVES: return state->motives;
	case WHAT_BEGAN_AT: return (double)state->began_at;
	case WHAT_ENDED_AT: return (double)state->ended_at;
	case WHAT_OUTCOME: return state->outcome;
	case WHAT_STEP_SINCE: return (double)state->step_since;
	case WHAT_STEP_SPENT: return AT(STEP_COUNT, state->spent[i]);
	case WHAT_VISITED: return state->visited;
	case WHAT_CONTRACT_AT: return (double)state->contract_at;
	case WHAT_CONTRACT_MINOR: return (double)state->contract_minor;
	case WHAT_PAID_AT: return (double)state->paid_at;
	case WHAT_PAID_MINOR: return (double)state->paid_minor;
	case WHAT_NEXT_AT: return (double)state->next_at;
	case WHAT_N_SAID: return state->n_said;
	case WHAT_SAID_ITEM: return AT(state->n_said, state->said[i].item);
	case WHAT_SAID_AT: return AT(state->n_said, state->said[i].at);
	case WHAT_SAID_AS: return AT(state->n_said, state->said[i].as);
	case WHAT_SAID_STEP: return AT(state->n_said, state->said[i].step);
	case WHAT_N_OBJECTIONS: return state->n_objections;
	case WHAT_OBJECTION_ITEM: return AT(state->n_objections, state->objections[i].item);
	case WHAT_OBJECTION_STATE: return AT(state->n_objections, state->objections[i].state);
	case WHAT_OBJECTION_ANSWER: return AT(state->n_objections, state->objections[i].answer);
	case WHAT_OBJECTION_METHOD: return AT(state->n_objections, state->objections[i].method);
	case WHAT_OBJECTION_ARGUED: return AT(state->n_objections, state->objections[i].argued);
	case WHAT_IN_HAND: return state->in_hand;
	case WHAT_N_PROMISES: return state->n_promises;
	case WHAT_N_NOTES: return state->n_notes;
	case WHAT_UNANSWERED: return talk_unanswered(state);
	case WHAT_WISH_BUY: return live.advice.wish_buy;
	case WHAT_WISH_SELL: return live.advice.wish_sell;
	case WHAT_THRESHOLD: return live.advice.threshold;
	case WHAT_SURE: return live.advice.sure;
	case WHAT_N_HINTS: return n_hints;
	case WHAT_HINT_KIND: return AT(n_hints, hints[i].kind);
	case WHAT_HINT_ITEM: return AT(n_hints, hints[i].item);
	case WHAT_HINT_VALUE: return AT(n_hints, hints[i].value);
	case WHAT_HINT_MOTIVES: return AT(n_hints, hints[i].motives);
	case WHAT_N_REASONS: return n_reasons;
	case WHAT_REASON_INDEX: return AT(n_reasons, reasons[i].index);
	case WHAT_REASON_POINTS: return AT(n_reasons, reasons[i].points);
	case WHAT_EVIDENCE: return AT(live.evidence.n, live.evidence.x[i]);
	case WHAT_N_LOG: return live.talk.n_log;
	case WHAT_LOG_SEQ: return AT(live.talk.n_log, live.talk.log[i].seq);
	case WHAT_LOG_KIND: return AT(live.talk.n_log, live.talk.log[i].kind);
	case WHAT_BUDGET_S: return AT(STEP_COUNT, talk_budget_s((enum talk_step)i));
	case WHAT_WANTED: return talk_wanted(state, &book);
	case WHAT_N_INTERESTS: return state->n_interests;
	case WHAT_INTEREST_ITEM: return AT(state->n_interests, state->interests[i].item);
	case WHAT_INTEREST_POSITION: return AT(state->n_interests, state->interests[i].position);
	case WHAT_N_OFFERED: return state->n_offered;
	case WHAT_N_ASKED: return state->n_asked;
	case WHAT_N_FOR_NOTHING: return state->n_for_nothing;
	case WHAT_DRAFT_OPEN: return talk_draft_open(state);
	case WHAT_DRAFT_GIVES: return talk_draft_gives(state);
	case WHAT_N_TERMS: return state->n_terms;
	case WHAT_TERM_VARIABLE: return AT(state->n_terms, state->terms[i].variable);
	case WHAT_TERM_STANDS: return AT(state->n_terms, state->terms[i].stands);
	case WHAT_TERM_DRAFT: return AT(state->n_terms, state->terms[i].draft);
	case WHAT_TERM_DRAFT_AMOUNT: return AT(state->n_terms, state->terms[i].draft_amount);
	case WHAT_TERM_ASKED: return AT(state->n_terms, state->terms[i].asked);
	case WHAT_TERM_WAITS: return AT(state->n_terms, state->terms[i].waits);
	case WHAT_TERM_REFUSED: return AT(state->n_terms, state->terms[i].refused);
	}
#undef AT
	return 0;
}
