#include "core/playbook/live.h"

#include <string.h>

_Static_assert((int)ADVISE_SALE == (int)MODE_SALE && (int)ADVISE_NEGOTIATION == (int)MODE_NEGOTIATION, "one numbering of the modes");

static void weigh(struct live *live)
{
	const struct live_known *known = live->known;
	const struct talk_state *state = &live->talk.state;
	live->evidence = known->before;
	for (int i = 0; i < known->n_signals; i++) {
		int on = talk_signal(state, known->signals[i].id);
		if (on >= 0) evidence_set(&live->evidence, known->defs, known->signals[i].index, on);
	}
	int unanswered = talk_unanswered(state);
	if (unanswered > 0)
		evidence_set(&live->evidence, known->defs, EVIDENCE_OBJECTION_UNANSWERED, known->before.x[EVIDENCE_OBJECTION_UNANSWERED] + unanswered);
	live->advice = advise(known->belief, live->evidence.x, known->wish_sell);
}

static void watch(struct live *live, enum call_event_kind kind)
{
	const struct talk_state *state = &live->talk.state;
	if (kind == EVENT_BEGAN || kind == EVENT_MODE_ACCEPTED || kind == EVENT_MODE_SET) live->watch = advise_start((enum advise_mode)state->mode);
	if (kind == EVENT_MODE_KEPT) advise_keep(&live->watch, &live->advice);
	bool crossed = advise_crossed(&live->watch, &live->advice);
	live->propose = crossed && talk_may_propose(state, live_advised(live)) ? 1 + (int)live_advised(live) : 0;
}

void live_init(struct live *live, const struct live_known *known)
{
	live->known = known;
	talk_init(&live->talk);
	weigh(live);
	live->watch = advise_start(live->advice.mode);
	live->propose = 0;
}

enum call_mode live_advised(const struct live *live)
{
	return (enum call_mode)live->advice.mode;
}

int live_proposed(const struct live *live)
{
	int proposed = live->talk.state.proposed;
	return proposed == 1 + (int)live_advised(live) ? proposed : 0;
}

/* After an undo the watch, too, must be as if the tick had never been: the events that stand are led past it again. */
static void rewatch(struct live *live)
{
	memset(&live->talk.state, 0, sizeof live->talk.state);
	live->watch = advise_start(advise(live->known->belief, live->known->before.x, live->known->wish_sell).mode);
	for (int i = 0; i < live->talk.n_log; i++) {
		talk_pretend(&live->talk.state, &live->talk.log[i]);
		weigh(live);
		watch(live, live->talk.log[i].kind);
	}
}

enum talk_result live_apply(struct live *live, const struct call_event *event)
{
	enum talk_result result = talk_apply(&live->talk, event);
	if (result != TALK_APPLIED) return result;
	if (event->kind == EVENT_UNDONE) {
		rewatch(live);
	} else {
		weigh(live);
		watch(live, event->kind);
	}
	return result;
}
