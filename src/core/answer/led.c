#include "core/answer/led.h"

enum call_mode led_mode(const struct talk *talk)
{
	int64_t spent[2] = {0, 0}, since = talk->state.began_at;
	enum call_mode mode = talk->state.mode;
	for (int i = 0; i < talk->n_log; i++)
		if (talk->log[i].kind == EVENT_BEGAN) mode = (enum call_mode)talk->log[i].value;
	for (int i = 0; i < talk->n_log; i++) {
		const struct call_event *event = &talk->log[i];
		bool set = event->kind == EVENT_MODE_SET, accepted = event->kind == EVENT_MODE_ACCEPTED, ended = event->kind == EVENT_ENDED;
		if (!set && !accepted && !ended) continue;
		if (event->at > since) spent[mode] += event->at - since; /* a clock that steps back adds no negative time */
		since = event->at;
		if (set) mode = (enum call_mode)event->value;
		if (accepted) mode = mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE; /* what is proposed is always the other */
	}
	if (spent[MODE_SALE] == spent[MODE_NEGOTIATION]) return mode;
	return spent[MODE_SALE] > spent[MODE_NEGOTIATION] ? MODE_SALE : MODE_NEGOTIATION;
}

enum talk_step led_step(const struct talk_state *state)
{
	int step = STEP_CLOSING;
	while (step > STEP_CONTACT && !(state->visited & MACHINE_BIT(step))) step--;
	return (enum talk_step)step;
}
