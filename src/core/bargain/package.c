#include "core/bargain/package.h"

/* What a sum may come to and still be added to another one. */
#define VALUE_MOST (INT64_C(1) << 60)

static uint64_t size_of(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

enum package_flaw package_check(const struct bargain *bargain, int *ret_variable)
{
	uint64_t sum = 0;
	*ret_variable = 0;
	if (bargain->n < 1 || bargain->n > PACKAGE_VARIABLES) return PACKAGE_TOO_MANY_VARIABLES;
	for (int v = 0; v < bargain->n; v++) {
		const struct variable *variable = &bargain->variables[v];
		uint64_t most = 0;
		*ret_variable = v;
		if (variable->n < 1 || variable->n > PACKAGE_OPTIONS) return PACKAGE_BAD_OPTIONS;
		for (int o = 0; o < variable->n; o++) {
			if (size_of(variable->options[o].ours) > most) most = size_of(variable->options[o].ours);
			if (size_of(variable->options[o].theirs) > most) most = size_of(variable->options[o].theirs);
		}
		if (most >= (uint64_t)VALUE_MOST - sum) return PACKAGE_TOO_LARGE;
		sum += most;
	}
	for (int i = 0; i < bargain->n_forbidden; i++) {
		const struct forbidden *f = &bargain->forbidden[i];
		for (int side = 0; side < 2; side++)
			if (f->variable[side] >= bargain->n || f->option[side] >= bargain->variables[f->variable[side]].n) return PACKAGE_BAD_FORBIDDEN;
		*ret_variable = f->variable[0];
		if (f->variable[0] == f->variable[1]) return PACKAGE_BAD_FORBIDDEN;
	}
	return PACKAGE_SOUND;
}

struct option package_value(const struct bargain *bargain, const struct package *package)
{
	struct option value = {0, 0};
	for (int v = 0; v < bargain->n; v++) {
		value.ours += bargain->variables[v].options[package->choice[v]].ours;
		value.theirs += bargain->variables[v].options[package->choice[v]].theirs;
	}
	return value;
}

bool package_allowed(const struct bargain *bargain, const struct package *package)
{
	for (int i = 0; i < bargain->n_forbidden; i++) {
		const struct forbidden *f = &bargain->forbidden[i];
		if (package->choice[f->variable[0]] == f->option[0] && package->choice[f->variable[1]] == f->option[1]) return false;
	}
	return true;
}
