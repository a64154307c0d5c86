/* The state of a sale from its events: sale.h has the contract; what is offered next is in sale_next.c. */
#include "core/playbook/sale.h"

#include <string.h>

#include "base/err.h"

#define TALKING                                                                                                      \
	(MACHINE_BIT(STEP_PREPARATION) | MACHINE_BIT(STEP_CONTACT) | MACHINE_BIT(STEP_MOTIVES) |                     \
	 MACHINE_BIT(STEP_PRESENTATION) | MACHINE_BIT(STEP_OBJECTIONS) | MACHINE_BIT(STEP_CLOSING))
#define FROM(step) ((TALKING & ~MACHINE_BIT(step)) | MACHINE_BIT(STEP_ENDED))

static const uint32_t step_next[STEP_COUNT] = {
	[STEP_PLANNED] = MACHINE_BIT(STEP_CONTACT) | MACHINE_BIT(STEP_ENDED),
	[STEP_PREPARATION] = FROM(STEP_PREPARATION),
	[STEP_CONTACT] = FROM(STEP_CONTACT),
	[STEP_MOTIVES] = FROM(STEP_MOTIVES),
	[STEP_PRESENTATION] = FROM(STEP_PRESENTATION),
	[STEP_OBJECTIONS] = FROM(STEP_OBJECTIONS),
	[STEP_CLOSING] = FROM(STEP_CLOSING),
	[STEP_ENDED] = 0,
};
const struct machine sale_steps = {STEP_COUNT, step_next};

#define B(state) MACHINE_BIT(OBJECTION_##state)
static const uint32_t objection_next[OBJECTION_STATES] = {
	[OBJECTION_RAISED] = B(CLARIFIED) | B(AGREED) | B(ARGUED) | B(LEFT),
	[OBJECTION_CLARIFIED] = B(AGREED) | B(ARGUED) | B(ANSWERED) | B(LEFT),
	[OBJECTION_AGREED] = B(ARGUED) | B(ANSWERED) | B(LEFT),
	[OBJECTION_ARGUED] = B(ARGUED) | B(COMPLETED) | B(ANSWERED) | B(LEFT), /* to itself: three arguments, or another method */
	[OBJECTION_COMPLETED] = B(AGREED) | B(ARGUED) | B(ANSWERED) | B(LEFT),
	[OBJECTION_ANSWERED] = B(RAISED),
	[OBJECTION_LEFT] = B(RAISED),
};
#undef B
const struct machine sale_objection_states = {OBJECTION_STATES, objection_next};

static const enum objection_state part_state[PART_COUNT] = {
	[PART_CLARIFY] = OBJECTION_CLARIFIED,
	[PART_AGREE] = OBJECTION_AGREED,
	[PART_ARGUE] = OBJECTION_ARGUED,
	[PART_COMPLETE] = OBJECTION_COMPLETED,
};

static const int budget_s[STEP_COUNT] = {
	[STEP_PREPARATION] = 60, [STEP_CONTACT] = 60,     [STEP_MOTIVES] = 240,
	[STEP_PRESENTATION] = 180, [STEP_OBJECTIONS] = 180, [STEP_CLOSING] = 120,
};

#define AMOUNT_MAX INT64_C(1000000000000000) /* minor units; what a double in the browser still holds exactly */

void sale_init(struct sale *sale)
{
	memset(sale, 0, sizeof *sale);
}

bool sale_is_tick(enum call_event_kind kind)
{
	switch (kind) {
	case EVENT_NONE:
	case EVENT_BEGAN:
	case EVENT_NOTE:
	case EVENT_MODE_PROPOSED:
	case EVENT_UNDONE:
	case EVENT_ENDED:
	case EVENT_KINDS:
		return false;
	default:
		return true;
	}
}

/* The small questions. */

static int said_index(const struct sale_state *state, int64_t item)
{
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].item == item) return i;
	return -1;
}

static int objection_index(const struct sale_state *state, int64_t item)
{
	for (int i = 0; i < state->n_objections; i++)
		if (state->objections[i].item == item) return i;
	return -1;
}

static int signal_index(const struct sale_state *state, int64_t signal)
{
	for (int i = 0; i < state->n_signals; i++)
		if (state->signals[i].id == signal) return i;
	return -1;
}

int sale_signal(const struct sale_state *state, int64_t signal)
{
	int i = signal_index(state, signal);
	return i < 0 ? -1 : (int)state->signals[i].on;
}

int sale_unanswered(const struct sale_state *state)
{
	int n = 0;
	for (int i = 0; i < state->n_objections; i++) n += state->objections[i].state == OBJECTION_LEFT;
	return n;
}

bool sale_may_propose(const struct sale_state *state, enum call_mode advised)
{
	return state->began_at != 0 && state->step != STEP_ENDED && advised != state->mode && state->proposed == 0;
}

int64_t sale_step_spent(const struct sale_state *state, enum sale_step step, int64_t now)
{
	int64_t spent = machine_has(&sale_steps, (int)step) ? state->spent[step] : 0;
	if (step == state->step && step != STEP_PLANNED && step != STEP_ENDED && now > state->step_since)
		spent += now - state->step_since;
	return spent;
}

int sale_budget_s(enum sale_step step)
{
	return machine_has(&sale_steps, (int)step) ? budget_s[step] : 0;
}

/* The moves. */

static enum sale_result step_to(struct sale_state *state, int64_t step, int64_t at)
{
	if (step < 0 || step >= STEP_COUNT) return SALE_MALFORMED;
	if (step == (int64_t)state->step) return SALE_SAME;
	if (!machine_may(&sale_steps, (int)state->step, (int)step)) return SALE_ORDER;
	/* A clock that steps back (two devices, a corrected clock) adds no negative time. */
	if (state->step != STEP_PLANNED && at > state->step_since) state->spent[state->step] += at - state->step_since;
	state->step = (enum sale_step)step;
	state->step_since = at;
	state->visited |= MACHINE_BIT(step);
	return SALE_APPLIED;
}

static enum sale_result begin(struct sale_state *state, const struct call_event *event)
{
	if (state->began_at != 0) return SALE_BEGUN;
	if (event->value != MODE_SALE && event->value != MODE_NEGOTIATION) return SALE_MALFORMED;
	state->began_at = event->at;
	state->mode = (enum call_mode)event->value;
	return step_to(state, STEP_CONTACT, event->at);
}

static enum sale_result say(struct sale_state *state, const struct call_event *event, enum said_as as)
{
	if (event->item == 0) {
		if (as != SAID_SKIPPED) return SALE_MALFORMED;
		if (state->more & MACHINE_BIT(state->step)) return SALE_SAME;
		state->more |= MACHINE_BIT(state->step);
		return SALE_APPLIED;
	}
	int i = said_index(state, event->item);
	if (i >= 0) {
		/* Only forwards: skipped → said → answered (answered again replaces the words). */
		if (state->said[i].as >= as && as != SAID_ANSWERED) return SALE_SAME;
		if (state->said[i].as == SAID_SKIPPED) state->said[i].at = event->at;
		state->said[i].as = as;
		return SALE_APPLIED;
	}
	if (state->n_said == SALE_SAID_MAX) return SALE_FULL;
	struct sale_said *said = &state->said[state->n_said++];
	said->item = event->item;
	said->at = event->at;
	said->as = as;
	said->step = state->step;
	return SALE_APPLIED;
}

static enum sale_result motive(struct sale_state *state, int64_t value, bool on)
{
	if (value < 0 || value >= MOTIVE_COUNT) return SALE_MALFORMED;
	uint32_t bit = MOTIVE_BIT(value);
	if (((state->motives & bit) != 0) == on) return SALE_SAME;
	state->motives ^= bit;
	return SALE_APPLIED;
}

static enum sale_result signal_tick(struct sale_state *state, int64_t signal, bool on)
{
	if (signal == 0) return SALE_MALFORMED;
	int i = signal_index(state, signal);
	if (i >= 0 && (state->signals[i].on != 0) == on) return SALE_SAME;
	if (i < 0) {
		if (state->n_signals == SALE_SIGNALS_MAX) return SALE_FULL;
		i = state->n_signals++;
		state->signals[i].id = signal;
	}
	state->signals[i].on = on;
	return SALE_APPLIED;
}

static enum sale_result objection_raise(struct sale_state *state, const struct call_event *event)
{
	if (event->item == 0) return SALE_MALFORMED;
	if (state->in_hand != 0) return state->objections[state->in_hand - 1].item == event->item ? SALE_SAME : SALE_ORDER;
	int i = objection_index(state, event->item);
	if (i < 0) {
		if (state->n_objections == SALE_OBJECTIONS_MAX) return SALE_FULL;
		i = state->n_objections++;
		state->objections[i].item = event->item;
	} else if (!machine_may(&sale_objection_states, (int)state->objections[i].state, OBJECTION_RAISED)) {
		return SALE_ORDER;
	}
	struct sale_objection *objection = &state->objections[i];
	objection->state = OBJECTION_RAISED;
	objection->raised_at = event->at;
	objection->closed_at = 0;
	objection->argued = 0;
	objection->raised++;
	state->in_hand = 1 + i;
	return SALE_APPLIED;
}

static enum sale_result objection_part(struct sale_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value >= 8 * METHOD_COUNT || event->value % 8 >= PART_COUNT || event->item == 0) return SALE_MALFORMED;
	if (state->in_hand == 0) return SALE_NO_OBJECTION;
	struct sale_objection *objection = &state->objections[state->in_hand - 1];
	enum objection_state to = part_state[event->value % 8];
	if (!machine_may(&sale_objection_states, (int)objection->state, (int)to)) return SALE_ORDER;
	objection->state = to;
	objection->answer = event->item;
	objection->method = (enum answer_method)(event->value / 8);
	if (to == OBJECTION_ARGUED) objection->argued++;
	return SALE_APPLIED;
}

static void objection_put_down(struct sale_state *state, enum objection_state to, int64_t at)
{
	struct sale_objection *objection = &state->objections[state->in_hand - 1];
	objection->state = to;
	objection->closed_at = at;
	state->in_hand = 0;
}

static enum sale_result objection_close(struct sale_state *state, const struct call_event *event, enum objection_state to)
{
	if (state->in_hand == 0 || state->objections[state->in_hand - 1].item != event->item) return SALE_NO_OBJECTION;
	if (!machine_may(&sale_objection_states, (int)state->objections[state->in_hand - 1].state, (int)to)) return SALE_ORDER;
	objection_put_down(state, to, event->at);
	return SALE_APPLIED;
}

static enum sale_result mode(struct sale_state *state, const struct call_event *event)
{
	if (event->kind == EVENT_MODE_PROPOSED || event->kind == EVENT_MODE_SET) {
		if (event->value != MODE_SALE && event->value != MODE_NEGOTIATION) return SALE_MALFORMED;
		if (event->value == (int64_t)state->mode) return SALE_SAME;
		if (event->kind == EVENT_MODE_PROPOSED) {
			if (state->proposed != 0) return SALE_SAME;
			state->proposed = 1 + (int32_t)event->value;
			return SALE_APPLIED;
		}
		state->mode = (enum call_mode)event->value;
		state->proposed = 0;
		return SALE_APPLIED;
	}
	if (state->proposed == 0) return SALE_NO_PROPOSAL;
	if (event->kind == EVENT_MODE_ACCEPTED) state->mode = (enum call_mode)(state->proposed - 1);
	state->proposed = 0;
	return SALE_APPLIED;
}

static enum sale_result contract(struct sale_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value > AMOUNT_MAX) return SALE_MALFORMED;
	if (state->contract_at != 0) return SALE_SAME;
	state->contract_at = event->at;
	state->contract_minor = event->value;
	return SALE_APPLIED;
}

static enum sale_result payment(struct sale_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value > AMOUNT_MAX) return SALE_MALFORMED;
	if (state->contract_at == 0) return SALE_NO_CONTRACT;
	if (state->paid_at != 0) return SALE_SAME;
	state->paid_at = event->at;
	state->paid_minor = event->value;
	return SALE_APPLIED;
}

static enum sale_result plan(struct sale_state *state, const struct call_event *event)
{
	if (event->value <= 0) return SALE_MALFORMED;
	if (state->next_at == event->value) return SALE_SAME;
	state->next_at = event->value;
	return SALE_APPLIED;
}

static enum sale_result end(struct sale_state *state, const struct call_event *event)
{
	if (event->value <= OUTCOME_NONE || event->value >= OUTCOME_COUNT) return SALE_MALFORMED;
	if (state->began_at == 0 && event->value != OUTCOME_NO_ANSWER) return SALE_NOT_BEGUN;
	if (event->value == OUTCOME_WON && state->contract_at == 0) return SALE_NO_CONTRACT;
	if (event->value == OUTCOME_NEXT && state->next_at == 0) return SALE_NO_NEXT;
	if (state->in_hand != 0) objection_put_down(state, OBJECTION_LEFT, event->at);
	enum sale_result result = step_to(state, STEP_ENDED, event->at);
	MUST(result == SALE_APPLIED);
	state->ended_at = event->at;
	state->outcome = (enum call_outcome)event->value;
	state->proposed = 0;
	return SALE_APPLIED;
}

enum sale_result sale_pretend(struct sale_state *state, const struct call_event *event)
{
	if (event->at <= 0) return SALE_MALFORMED;
	if (state->step == STEP_ENDED) return SALE_OVER;
	if (event->kind == EVENT_BEGAN) return begin(state, event);
	if (event->kind == EVENT_ENDED) return end(state, event);
	if (event->kind <= EVENT_NONE || event->kind >= EVENT_KINDS) return SALE_MALFORMED;
	/* Who did not answer is noted, and when to try again, though nothing began. */
	if (state->began_at == 0 && event->kind != EVENT_PLANNED && event->kind != EVENT_NOTE) return SALE_NOT_BEGUN;
	switch (event->kind) {
	case EVENT_STEP:
		if (event->value == STEP_ENDED) return SALE_MALFORMED; /* only EVENT_ENDED ends */
		return step_to(state, event->value, event->at);
	case EVENT_SAID: return say(state, event, SAID_ALOUD);
	case EVENT_SKIPPED: return say(state, event, SAID_SKIPPED);
	case EVENT_ANSWERED: return say(state, event, SAID_ANSWERED);
	case EVENT_NOTE: state->n_notes++; return SALE_APPLIED;
	case EVENT_MOTIVE_ON: return motive(state, event->value, true);
	case EVENT_MOTIVE_OFF: return motive(state, event->value, false);
	case EVENT_SIGNAL_ON: return signal_tick(state, event->item, true);
	case EVENT_SIGNAL_OFF: return signal_tick(state, event->item, false);
	case EVENT_OBJECTION: return objection_raise(state, event);
	case EVENT_OBJECTION_PART: return objection_part(state, event);
	case EVENT_OBJECTION_CLOSED: return objection_close(state, event, OBJECTION_ANSWERED);
	case EVENT_OBJECTION_LEFT: return objection_close(state, event, OBJECTION_LEFT);
	case EVENT_MODE_PROPOSED:
	case EVENT_MODE_ACCEPTED:
	case EVENT_MODE_KEPT:
	case EVENT_MODE_SET: return mode(state, event);
	case EVENT_CONTRACT: return contract(state, event);
	case EVENT_PAYMENT: return payment(state, event);
	case EVENT_PROMISED: state->n_promises++; return SALE_APPLIED;
	case EVENT_PLANNED: return plan(state, event);
	default: return SALE_MALFORMED;
	}
}

static void undo(struct sale *sale, int tick)
{
	int n = tick;
	for (int i = tick + 1; i < sale->n_log; i++)
		if (sale->log[i].kind != EVENT_MODE_PROPOSED) sale->log[n++] = sale->log[i];
	memset(sale->log + n, 0, sizeof *sale->log * (size_t)(sale->n_log - n));
	sale->n_log = n;
	memset(&sale->state, 0, sizeof sale->state);
	for (int i = 0; i < n; i++) {
		enum sale_result result = sale_pretend(&sale->state, &sale->log[i]);
		MUST(result == SALE_APPLIED); /* only notes follow the last tick, and a note asks for nothing but a begun call */
	}
}

enum sale_result sale_apply(struct sale *sale, const struct call_event *event)
{
	if (event->kind == EVENT_UNDONE) {
		if (sale->state.step == STEP_ENDED) return SALE_OVER;
		int tick = sale->n_log - 1;
		while (tick >= 0 && !sale_is_tick(sale->log[tick].kind)) tick--;
		if (tick < 0) return SALE_NOTHING;
		undo(sale, tick);
		return SALE_APPLIED;
	}
	/* One place is kept for the end: a call can always be ended. */
	if (sale->n_log >= SALE_LOG_MAX - (event->kind != EVENT_ENDED)) return SALE_FULL;
	enum sale_result result = sale_pretend(&sale->state, event);
	if (result == SALE_APPLIED) sale->log[sale->n_log++] = *event;
	return result;
}

enum sale_result sale_replay(struct sale *sale, const struct call_event *events, int n)
{
	enum sale_result first = SALE_APPLIED;
	sale_init(sale);
	for (int i = 0; i < n; i++) {
		enum sale_result result = sale_apply(sale, &events[i]);
		if (first == SALE_APPLIED) first = result;
	}
	return first;
}

bool sale_sound(const struct sale_state *state)
{
	int in_hand = 0;
	for (int i = 0; i < state->n_objections; i++) {
		const struct sale_objection *objection = &state->objections[i];
		bool closed = objection->state == OBJECTION_ANSWERED || objection->state == OBJECTION_LEFT;
		in_hand += !closed;
		if (closed != (objection->closed_at != 0) || objection_index(state, objection->item) != i) return false;
		if (!closed && state->in_hand != 1 + i) return false;
	}
	if (in_hand > 1 || (state->in_hand != 0) != (in_hand == 1)) return false;
	for (int i = 0; i < state->n_said; i++)
		if (said_index(state, state->said[i].item) != i) return false;
	for (int i = 0; i < state->n_signals; i++)
		if (signal_index(state, state->signals[i].id) != i) return false;
	for (int i = 0; i < STEP_COUNT; i++)
		if (state->spent[i] < 0) return false;
	if (state->paid_at != 0 && state->contract_at == 0) return false;
	if (state->outcome == OUTCOME_WON && state->contract_at == 0) return false;
	if (state->outcome == OUTCOME_NEXT && state->next_at == 0) return false;
	if (state->proposed != 0 && state->proposed == 1 + (int)state->mode) return false;
	if ((state->step == STEP_ENDED) != (state->outcome != OUTCOME_NONE)) return false;
	return (state->motives & ~MOTIVE_ALL) == 0 && (state->visited & ~machine_reach(&sale_steps, STEP_PLANNED)) == 0;
}
