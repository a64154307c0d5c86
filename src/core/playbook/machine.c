#include "core/playbook/machine.h"

bool machine_has(const struct machine *machine, int state)
{
	return state >= 0 && state < machine->n_states;
}

bool machine_may(const struct machine *machine, int from, int to)
{
	return machine_has(machine, from) && machine_has(machine, to) && (machine->next[from] & MACHINE_BIT(to)) != 0;
}

bool machine_final(const struct machine *machine, int state)
{
	return machine_has(machine, state) && machine->next[state] == 0;
}

uint32_t machine_reach(const struct machine *machine, int from)
{
	uint32_t reached = machine_has(machine, from) ? MACHINE_BIT(from) : 0, before;
	do {
		before = reached;
		for (int state = 0; state < machine->n_states; state++)
			if (before & MACHINE_BIT(state)) reached |= machine->next[state];
	} while (reached != before);
	return reached;
}
