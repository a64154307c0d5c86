/* Machine: what may follow what, as masks (after dqlite's sm.h).
 *
 * A process is a handful of states, each with the mask of the states that may come next. Whoever owns a state keeps it as
 * a small number and asks here before moving it; nobody writes it in another way, so every state that was ever reached was reached by
 * an allowed move. The tables are constant: a machine owns nothing.
 *
 * Used by the sale and its objections, and by any playbook that comes after. At most 32 states. */
#ifndef STURGEON_CORE_PLAYBOOK_MACHINE_H
#define STURGEON_CORE_PLAYBOOK_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define MACHINE_STATES_MAX 32
#define MACHINE_BIT(state) (UINT32_C(1) << (state))

struct machine {
	int n_states;
	const uint32_t *next; /* next[state] = the states that may follow it; a state that none follows is final */
};

bool machine_has(const struct machine *machine, int state);
bool machine_may(const struct machine *machine, int from, int to); /* false also for states that it does not have */
bool machine_final(const struct machine *machine, int state);

/* Every state that `from` can ever come to, itself included. O(n²). */
uint32_t machine_reach(const struct machine *machine, int from);

#endif
