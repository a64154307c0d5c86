/* The state of a talk from its events: talk.h has the contract; what is offered next is in talk_next.c. */
#include "core/playbook/talk.h"

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
const struct machine talk_steps = {STEP_COUNT, step_next};

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
const struct machine talk_objection_states = {OBJECTION_STATES, objection_next};

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

void talk_init(struct talk *talk)
{
	memset(talk, 0, sizeof *talk);
}

bool talk_is_tick(enum call_event_kind kind)
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

static int said_index(const struct talk_state *state, int64_t item)
{
	for (int i = 0; i < state->n_said; i++)
		if (state->said[i].item == item) return i;
	return -1;
}

static int objection_index(const struct talk_state *state, int64_t item)
{
	for (int i = 0; i < state->n_objections; i++)
		if (state->objections[i].item == item) return i;
	return -1;
}

static int signal_index(const struct talk_state *state, int64_t signal)
{
	for (int i = 0; i < state->n_signals; i++)
		if (state->signals[i].id == signal) return i;
	return -1;
}

int talk_signal(const struct talk_state *state, int64_t signal)
{
	int i = signal_index(state, signal);
	return i < 0 ? -1 : (int)state->signals[i].on;
}

int talk_unanswered(const struct talk_state *state)
{
	int n = 0;
	for (int i = 0; i < state->n_objections; i++) n += state->objections[i].state == OBJECTION_LEFT;
	return n;
}

bool talk_may_propose(const struct talk_state *state, enum call_mode advised)
{
	return state->began_at != 0 && state->step != STEP_ENDED && advised != state->mode && state->proposed == 0;
}

int64_t talk_step_spent(const struct talk_state *state, enum talk_step step, int64_t now)
{
	int64_t spent = machine_has(&talk_steps, (int)step) ? state->spent[step] : 0;
	if (step == state->step && step != STEP_PLANNED && step != STEP_ENDED && now > state->step_since)
		spent += now - state->step_since;
	return spent;
}

int talk_budget_s(enum talk_step step)
{
	return machine_has(&talk_steps, (int)step) ? budget_s[step] : 0;
}

/* The moves. */

static enum talk_result step_to(struct talk_state *state, int64_t step, int64_t at)
{
	if (step < 0 || step >= STEP_COUNT) return TALK_MALFORMED;
	if (step == (int64_t)state->step) return TALK_SAME;
	if (!machine_may(&talk_steps, (int)state->step, (int)step)) return TALK_ORDER;
	/* A clock that steps back (two devices, a corrected clock) adds no negative time. */
	if (state->step != STEP_PLANNED && at > state->step_since) state->spent[state->step] += at - state->step_since;
	state->step = (enum talk_step)step;
	state->step_since = at;
	state->visited |= MACHINE_BIT(step);
	return TALK_APPLIED;
}

static enum talk_result begin(struct talk_state *state, const struct call_event *event)
{
	if (state->began_at != 0) return TALK_BEGUN;
	if (event->value != MODE_SALE && event->value != MODE_NEGOTIATION) return TALK_MALFORMED;
	state->began_at = event->at;
	state->mode = (enum call_mode)event->value;
	return step_to(state, STEP_CONTACT, event->at);
}

static enum talk_result say(struct talk_state *state, const struct call_event *event, enum said_as as)
{
	if (event->item == 0) {
		if (as != SAID_SKIPPED) return TALK_MALFORMED;
		if (state->more & MACHINE_BIT(state->step)) return TALK_SAME;
		state->more |= MACHINE_BIT(state->step);
		return TALK_APPLIED;
	}
	int i = said_index(state, event->item);
	if (i >= 0) {
		/* Only forwards: skipped → said → answered (answered again replaces the words). */
		if (state->said[i].as >= as && as != SAID_ANSWERED) return TALK_SAME;
		if (state->said[i].as == SAID_SKIPPED) state->said[i].at = event->at;
		state->said[i].as = as;
		return TALK_APPLIED;
	}
	if (state->n_said == TALK_SAID_MAX) return TALK_FULL;
	struct talk_said *said = &state->said[state->n_said++];
	said->item = event->item;
	said->at = event->at;
	said->as = as;
	said->step = state->step;
	return TALK_APPLIED;
}

static enum talk_result motive(struct talk_state *state, int64_t value, bool on)
{
	if (value < 0 || value >= MOTIVE_COUNT) return TALK_MALFORMED;
	uint32_t bit = MOTIVE_BIT(value);
	if (((state->motives & bit) != 0) == on) return TALK_SAME;
	state->motives ^= bit;
	return TALK_APPLIED;
}

static enum talk_result signal_tick(struct talk_state *state, int64_t signal, bool on)
{
	if (signal == 0) return TALK_MALFORMED;
	int i = signal_index(state, signal);
	if (i >= 0 && (state->signals[i].on != 0) == on) return TALK_SAME;
	if (i < 0) {
		if (state->n_signals == TALK_SIGNALS_MAX) return TALK_FULL;
		i = state->n_signals++;
		state->signals[i].id = signal;
	}
	state->signals[i].on = on;
	return TALK_APPLIED;
}

static enum talk_result objection_raise(struct talk_state *state, const struct call_event *event)
{
	if (event->item == 0) return TALK_MALFORMED;
	if (state->in_hand != 0) return state->objections[state->in_hand - 1].item == event->item ? TALK_SAME : TALK_ORDER;
	int i = objection_index(state, event->item);
	if (i < 0) {
		if (state->n_objections == TALK_OBJECTIONS_MAX) return TALK_FULL;
		i = state->n_objections++;
		state->objections[i].item = event->item;
	} else if (!machine_may(&talk_objection_states, (int)state->objections[i].state, OBJECTION_RAISED)) {
		return TALK_ORDER;
	}
	struct talk_objection *objection = &state->objections[i];
	objection->state = OBJECTION_RAISED;
	objection->raised_at = event->at;
	objection->closed_at = 0;
	objection->argued = 0;
	objection->raised++;
	state->in_hand = 1 + i;
	return TALK_APPLIED;
}

static enum talk_result objection_part(struct talk_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value >= 8 * METHOD_COUNT || event->value % 8 >= PART_COUNT || event->item == 0) return TALK_MALFORMED;
	if (state->in_hand == 0) return TALK_NO_OBJECTION;
	struct talk_objection *objection = &state->objections[state->in_hand - 1];
	enum objection_state to = part_state[event->value % 8];
	if (!machine_may(&talk_objection_states, (int)objection->state, (int)to)) return TALK_ORDER;
	objection->state = to;
	objection->answer = event->item;
	objection->method = (enum answer_method)(event->value / 8);
	if (to == OBJECTION_ARGUED) objection->argued++;
	return TALK_APPLIED;
}

static void objection_put_down(struct talk_state *state, enum objection_state to, int64_t at)
{
	struct talk_objection *objection = &state->objections[state->in_hand - 1];
	objection->state = to;
	objection->closed_at = at;
	state->in_hand = 0;
}

static enum talk_result objection_close(struct talk_state *state, const struct call_event *event, enum objection_state to)
{
	if (state->in_hand == 0 || state->objections[state->in_hand - 1].item != event->item) return TALK_NO_OBJECTION;
	if (!machine_may(&talk_objection_states, (int)state->objections[state->in_hand - 1].state, (int)to)) return TALK_ORDER;
	objection_put_down(state, to, event->at);
	return TALK_APPLIED;
}

static enum talk_result mode(struct talk_state *state, const struct call_event *event)
{
	if (event->kind == EVENT_MODE_PROPOSED || event->kind == EVENT_MODE_SET) {
		if (event->value != MODE_SALE && event->value != MODE_NEGOTIATION) return TALK_MALFORMED;
		if (event->value == (int64_t)state->mode) return TALK_SAME;
		if (event->kind == EVENT_MODE_PROPOSED) {
			if (state->proposed != 0) return TALK_SAME;
			state->proposed = 1 + (int32_t)event->value;
			return TALK_APPLIED;
		}
		state->mode = (enum call_mode)event->value;
		state->proposed = 0;
		return TALK_APPLIED;
	}
	if (state->proposed == 0) return TALK_NO_PROPOSAL;
	if (event->kind == EVENT_MODE_ACCEPTED) state->mode = (enum call_mode)(state->proposed - 1);
	state->proposed = 0;
	return TALK_APPLIED;
}

static enum talk_result contract(struct talk_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value > AMOUNT_MAX) return TALK_MALFORMED;
	if (state->contract_at != 0) return TALK_SAME;
	state->contract_at = event->at;
	state->contract_minor = event->value;
	return TALK_APPLIED;
}

static enum talk_result payment(struct talk_state *state, const struct call_event *event)
{
	if (event->value < 0 || event->value > AMOUNT_MAX) return TALK_MALFORMED;
	if (state->contract_at == 0) return TALK_NO_CONTRACT;
	if (state->paid_at != 0) return TALK_SAME;
	state->paid_at = event->at;
	state->paid_minor = event->value;
	return TALK_APPLIED;
}

static enum talk_result plan(struct talk_state *state, const struct call_event *event)
{
	if (event->value <= 0) return TALK_MALFORMED;
	if (state->next_at == event->value) return TALK_SAME;
	state->next_at = event->value;
	return TALK_APPLIED;
}

/* N3 */

static enum talk_result interest(struct talk_state *state, const struct call_event *event)
{
	int i = 0;
	if (event->item == 0 || event->value < 0) return TALK_MALFORMED;
	while (i < state->n_interests && (state->interests[i].item != event->item || state->interests[i].position != event->value)) i++;
	bool there = i < state->n_interests, on = event->kind == EVENT_INTEREST_ON;
	if (there == on) return TALK_SAME;
	if (on) {
		if (state->n_interests == TALK_INTERESTS_MAX) return TALK_FULL;
		state->interests[state->n_interests++] = (struct talk_interest){event->item, event->value, event->at};
		return TALK_APPLIED;
	}
	for (state->n_interests--; i < state->n_interests; i++) state->interests[i] = state->interests[i + 1];
	memset(&state->interests[i], 0, sizeof state->interests[i]);
	return TALK_APPLIED;
}

/* N6 */

static int term_index(const struct talk_state *state, int64_t variable)
{
	for (int i = 0; i < state->n_terms; i++)
		if (state->terms[i].variable == variable) return i;
	return -1;
}

const struct talk_term *talk_term(const struct talk_state *state, int64_t variable)
{
	int i = term_index(state, variable);
	return i < 0 ? NULL : &state->terms[i];
}

bool talk_draft_open(const struct talk_state *state)
{
	for (int i = 0; i < state->n_terms; i++)
		if (state->terms[i].draft != 0) return true;
	return false;
}

bool talk_draft_gives(const struct talk_state *state)
{
	bool gives = false, takes = false;
	for (int i = 0; i < state->n_terms; i++) {
		const struct talk_term *term = &state->terms[i];
		gives |= term->draft != 0 && term->draft_amount < 0;
		takes |= term->draft != 0 && term->draft_amount > 0;
	}
	return gives && !takes;
}

static enum talk_result asked(struct talk_term *term, const struct call_event *event, int32_t *n_asked)
{
	if (term->asked == event->value && (term->waits || event->value == term->stands)) return TALK_SAME;
	term->asked = event->value;
	term->asked_amount = event->amount;
	term->waits = event->value != term->stands; /* what stands already waits for nothing: they take it */
	(*n_asked)++;
	return TALK_APPLIED;
}

static enum talk_result put(struct talk_term *term, const struct call_event *event)
{
	bool out = event->value == 0 || event->value == term->stands;
	if (event->value == term->draft || (out && term->draft == 0)) return TALK_SAME;
	term->draft = out ? 0 : event->value;
	term->draft_amount = out ? 0 : event->amount;
	return TALK_APPLIED;
}

static enum talk_result term_said(struct talk_state *state, const struct call_event *event)
{
	if (event->item == 0 || event->value < 0 || event->amount > AMOUNT_MAX || event->amount < -AMOUNT_MAX) return TALK_MALFORMED;
	if (event->value == 0 && event->kind != EVENT_PUT && event->kind != EVENT_DECLINED) return TALK_MALFORMED;
	int i = term_index(state, event->item);
	if (i < 0 && state->n_terms == TALK_TERMS_MAX) return TALK_FULL;
	struct talk_term *term = i < 0 ? &state->terms[state->n_terms] : &state->terms[i];
	enum talk_result result = TALK_APPLIED;
	term->variable = event->item;
	switch (event->kind) {
	case EVENT_ASKED: result = asked(term, event, &state->n_asked); break;
	case EVENT_PUT: result = put(term, event); break;
	case EVENT_REFUSED:
		if (term->refused == event->value) return TALK_SAME;
		term->refused = event->value;
		break;
	default: /* EVENT_DECLINED: also of what they asked in an earlier call */
		if (i >= 0 && !term->waits) return TALK_SAME;
		term->waits = 0;
		break;
	}
	if (i < 0 && result == TALK_APPLIED) state->n_terms++;
	else if (i < 0) term->variable = 0;
	return result;
}

static enum talk_result offered(struct talk_state *state, const struct call_event *event)
{
	if (event->value != 0 && event->value != 1) return TALK_MALFORMED;
	if (!talk_draft_open(state)) return TALK_SAME;
	bool gives = talk_draft_gives(state);
	if (gives && event->value == 0) return TALK_NO_RETURN;
	for (int i = 0; i < state->n_terms; i++) {
		struct talk_term *term = &state->terms[i];
		term->waits = 0;
		if (term->draft == 0) continue;
		term->stands = term->draft;
		term->stands_amount = term->draft_amount;
		term->draft = term->draft_amount = 0;
	}
	state->n_offered++;
	state->n_for_nothing += gives;
	return TALK_APPLIED;
}

static enum talk_result end(struct talk_state *state, const struct call_event *event)
{
	if (event->value <= OUTCOME_NONE || event->value >= OUTCOME_COUNT) return TALK_MALFORMED;
	if (state->began_at == 0 && event->value != OUTCOME_NO_ANSWER) return TALK_NOT_BEGUN;
	if (event->value == OUTCOME_WON && state->contract_at == 0) return TALK_NO_CONTRACT;
	if (event->value == OUTCOME_NEXT && state->next_at == 0) return TALK_NO_NEXT;
	if (state->in_hand != 0) objection_put_down(state, OBJECTION_LEFT, event->at);
	enum talk_result result = step_to(state, STEP_ENDED, event->at);
	MUST(result == TALK_APPLIED);
	state->ended_at = event->at;
	state->outcome = (enum call_outcome)event->value;
	state->proposed = 0;
	return TALK_APPLIED;
}

enum talk_result talk_pretend(struct talk_state *state, const struct call_event *event)
{
	if (event->at <= 0) return TALK_MALFORMED;
	if (state->step == STEP_ENDED) return TALK_OVER;
	if (event->kind == EVENT_BEGAN) return begin(state, event);
	if (event->kind == EVENT_ENDED) return end(state, event);
	if (event->kind <= EVENT_NONE || event->kind >= EVENT_KINDS) return TALK_MALFORMED;
	/* Who did not answer is noted, and when to try again, though nothing began. */
	if (state->began_at == 0 && event->kind != EVENT_PLANNED && event->kind != EVENT_NOTE) return TALK_NOT_BEGUN;
	switch (event->kind) {
	case EVENT_STEP:
		if (event->value == STEP_ENDED) return TALK_MALFORMED; /* only EVENT_ENDED ends */
		return step_to(state, event->value, event->at);
	case EVENT_SAID: return say(state, event, SAID_ALOUD);
	case EVENT_SKIPPED: return say(state, event, SAID_SKIPPED);
	case EVENT_ANSWERED: return say(state, event, SAID_ANSWERED);
	case EVENT_NOTE: state->n_notes++; return TALK_APPLIED;
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
	case EVENT_PROMISED: state->n_promises++; return TALK_APPLIED;
	case EVENT_PLANNED: return plan(state, event);
	case EVENT_INTEREST_ON:
	case EVENT_INTEREST_OFF: return interest(state, event);
	case EVENT_ASKED:
	case EVENT_REFUSED:
	case EVENT_DECLINED:
	case EVENT_PUT: return term_said(state, event);
	case EVENT_OFFERED: return offered(state, event);
	default: return TALK_MALFORMED;
	}
}

static void undo(struct talk *talk, int tick)
{
	int n = tick;
	for (int i = tick + 1; i < talk->n_log; i++)
		if (talk->log[i].kind != EVENT_MODE_PROPOSED) talk->log[n++] = talk->log[i];
	memset(talk->log + n, 0, sizeof *talk->log * (size_t)(talk->n_log - n));
	talk->n_log = n;
	memset(&talk->state, 0, sizeof talk->state);
	for (int i = 0; i < n; i++) {
		enum talk_result result = talk_pretend(&talk->state, &talk->log[i]);
		MUST(result == TALK_APPLIED); /* only notes follow the last tick, and a note asks for nothing but a begun call */
	}
}

enum talk_result talk_apply(struct talk *talk, const struct call_event *event)
{
	if (event->kind == EVENT_UNDONE) {
		if (talk->state.step == STEP_ENDED) return TALK_OVER;
		int tick = talk->n_log - 1;
		while (tick >= 0 && !talk_is_tick(talk->log[tick].kind)) tick--;
		if (tick < 0) return TALK_NOTHING;
		undo(talk, tick);
		return TALK_APPLIED;
	}
	/* One place is kept for the end: a call can always be ended. */
	if (talk->n_log >= TALK_LOG_MAX - (event->kind != EVENT_ENDED)) return TALK_FULL;
	enum talk_result result = talk_pretend(&talk->state, event);
	if (result == TALK_APPLIED) talk->log[talk->n_log++] = *event;
	return result;
}

enum talk_result talk_replay(struct talk *talk, const struct call_event *events, int n)
{
	enum talk_result first = TALK_APPLIED;
	talk_init(talk);
	for (int i = 0; i < n; i++) {
		enum talk_result result = talk_apply(talk, &events[i]);
		if (first == TALK_APPLIED) first = result;
	}
	return first;
}

bool talk_sound(const struct talk_state *state)
{
	int in_hand = 0;
	for (int i = 0; i < state->n_objections; i++) {
		const struct talk_objection *objection = &state->objections[i];
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
	for (int i = 0; i < state->n_terms; i++) {
		const struct talk_term *term = &state->terms[i];
		if (term->variable == 0 || term_index(state, term->variable) != i || (term->draft != 0 && term->draft == term->stands)) return false;
	}
	if (state->paid_at != 0 && state->contract_at == 0) return false;
	if (state->outcome == OUTCOME_WON && state->contract_at == 0) return false;
	if (state->outcome == OUTCOME_NEXT && state->next_at == 0) return false;
	if (state->proposed != 0 && state->proposed == 1 + (int)state->mode) return false;
	if ((state->step == STEP_ENDED) != (state->outcome != OUTCOME_NONE)) return false;
	return (state->motives & ~MOTIVE_ALL) == 0 && (state->visited & ~machine_reach(&talk_steps, STEP_PLANNED)) == 0;
}
