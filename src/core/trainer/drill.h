/* Drill: a scripted manager who plays a practice through, by one playbook or the other: what shows that the right conversation wins (C1–C3, L1).
 *
 * He sees what a manager sees: the next things of the call screen, what the client says, the table as it was prepared. He ticks what he hears.
 *
 *   sale         follows talk_next through S2–S6, answers objections by the algorithm; where the client wants terms he gives way in price, a step at a time, for nothing
 *   negotiation  follows it through N2–N9: SPIN behind every position, arguments, then offers from the frontier of the table as he knows it (an interest found tells
 *                him what they value more), each giving something and asking something back, coming down towards the fair package and, late, the limit
 *
 * Both refuse a personal cut. Deterministic. */
#ifndef STURGEON_CORE_TRAINER_DRILL_H
#define STURGEON_CORE_TRAINER_DRILL_H

#include "core/trainer/practice.h"

enum { DRILL_MOVES_MAX = 120 };

/* Told of each event of his that stood and what the client answered. */
typedef void drill_told(void *arg, const struct call_event *event, const struct acts *reply);

/* Plays it by the playbook of `mode` to its end; true: practice_won. The practice is fresh from practice_make. `told` may be NULL. `start`: the moment it begins. */
bool drill_run(struct practice *practice, enum call_mode mode, int64_t start, struct arena *arena, drill_told *told, void *arg);

#endif
