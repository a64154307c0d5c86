/* Led: how a conversation was led, from its events alone: the figures of it that the company's answer counts (L2). */
#ifndef STURGEON_CORE_ANSWER_LED_H
#define STURGEON_CORE_ANSWER_LED_H

#include "core/playbook/talk.h"

/* The mode in which most of its time was led; of equal times the one at the end. The talk must have begun. */
enum call_mode led_mode(const struct talk *talk);

/* The furthest step that was entered: from the contact to the closing. */
enum talk_step led_step(const struct talk_state *state);

#endif
