/* Haggle: of the table of a negotiation what a running call needs (N6, N7, N9): where a package stands against the limit and what lifts it back, the ladder, ready answers,
 * whether something is better for both. The same core as the server's; small, for somebody is waiting on the phone. The page of the table has all of it (table.c).
 *
 * One table at a time; no imports. Money comes as doubles, exact up to 2^53; assets/call/trade.js sees to it.
 *
 *   haggle_begin haggle_variable haggle_option haggle_forbid    the table, in its order; haggle_sound: it can be computed with
 *   haggle_choose                      a choice of the package that the next questions are about
 *   haggle_check haggle_ladder haggle_answers haggle_better     questions, each forgotten with the next of its kind
 *   haggle_number(what, i, j)          reads anything: enum haggle_what */
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/bargain/frontier.h"
#include "core/bargain/ladder.h"
#include "core/bargain/limit.h"
#include "core/bargain/trade.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { OPTIONS_MOST = 6000, FORBIDDEN_MOST = 500, STEPS_MOST = 256, ANSWERS_MOST = 3, CHANGES_MOST = 4 };
#define MEMORY_MOST ((size_t)256 << 20)

enum haggle_what {
	HAGGLE_SHORTFALL, HAGGLE_ALLOWED, HAGGLE_CHANGES, HAGGLE_CHANGE_VARIABLE, HAGGLE_CHANGE_TO, HAGGLE_CHANGE_OURS, HAGGLE_CHANGE_THEIRS, HAGGLE_TOGETHER,
	HAGGLE_STEPS, HAGGLE_STEP_VARIABLE, HAGGLE_STEP_TO, HAGGLE_STEP_COST, HAGGLE_STEP_WORTH,
	HAGGLE_ANSWERS, HAGGLE_ANSWER_OURS, HAGGLE_ANSWER_THEIRS, HAGGLE_ANSWER_ASKS, HAGGLE_ANSWER_VARIABLE, HAGGLE_ANSWER_TO,
	HAGGLE_BETTER, HAGGLE_BETTER_TO
};

static struct option options[OPTIONS_MOST];
static struct variable variables[PACKAGE_VARIABLES];
static struct forbidden forbidden[FORBIDDEN_MOST];
static struct bargain bargain;
static int n_options;
static bool full, together;
static int64_t limit;
static struct package about, better;
static struct change changes[PACKAGE_VARIABLES];
static struct step steps[STEPS_MOST];
static struct trade answers[ANSWERS_MOST];
static int n_changes, n_steps, n_answers;
static bool n_better;

EXPORT(haggle_begin) void haggle_begin(double our_limit)
{
	limit = (int64_t)our_limit;
	bargain = (struct bargain){.variables = variables, .forbidden = forbidden};
	n_options = n_changes = n_steps = n_answers = 0;
	full = n_better = false;
	about = (struct package){{0}};
}

EXPORT(haggle_variable) void haggle_variable(int price)
{
	if (bargain.n == PACKAGE_VARIABLES) full = true;
	else variables[bargain.n++] = (struct variable){&options[n_options], 0, price != 0};
}

EXPORT(haggle_option) void haggle_option(double ours, double theirs)
{
	if (n_options == OPTIONS_MOST || !bargain.n) {
		full = true;
		return;
	}
	options[n_options++] = (struct option){(int64_t)ours, (int64_t)theirs};
	variables[bargain.n - 1].n++;
}

EXPORT(haggle_forbid) void haggle_forbid(int variable, int option, int other_variable, int other_option)
{
	if (bargain.n_forbidden == FORBIDDEN_MOST) full = true;
	else forbidden[bargain.n_forbidden++] = (struct forbidden){{(uint16_t)variable, (uint16_t)other_variable}, {(uint16_t)option, (uint16_t)other_option}};
}

EXPORT(haggle_sound) int haggle_sound(void)
{
	int flaw_at;
	return !full && package_check(&bargain, &flaw_at) == PACKAGE_SOUND;
}

EXPORT(haggle_choose) void haggle_choose(int variable, int option)
{
	if (variable >= 0 && variable < bargain.n && option >= 0 && option < variables[variable].n) about.choice[variable] = (uint16_t)option;
}

EXPORT(haggle_check) void haggle_check(void)
{
	n_changes = 0;
	if (!limit_shortfall(&bargain, &about, limit)) return;
	n_changes = limit_changes(&bargain, &about, limit, CHANGES_MOST, changes);
	together = n_changes == 0;
	if (together) n_changes = limit_restore(&bargain, &about, limit, changes);
}

EXPORT(haggle_ladder) void haggle_ladder(void)
{
	n_steps = ladder_steps(&bargain, &about, STEPS_MOST, steps);
	if (n_steps > STEPS_MOST) n_steps = STEPS_MOST;
}

EXPORT(haggle_answers) void haggle_answers(int variable, int option)
{
	struct arena *arena = arena_new(MEMORY_MOST);
	n_answers = variable >= 0 && variable < bargain.n && option >= 0 && option < variables[variable].n ? trade_for(&bargain, &about, variable, option, ANSWERS_MOST, arena, answers) : 0;
	arena_free(arena);
}

/* Of what gives both at least as much, the greatest sum; nothing where that is what stands. */
EXPORT(haggle_better) void haggle_better(void)
{
	struct arena *arena = arena_new(MEMORY_MOST);
	struct frontier frontier;
	struct option value = package_value(&bargain, &about);
	int best = -1;
	if (frontier_make(&bargain, FRONTIER_MOST, arena, &frontier))
		for (int i = 0; i < frontier.n; i++) {
			const struct option *point = &frontier.points[i];
			if (point->ours < value.ours || point->theirs < value.theirs) continue;
			if (best < 0 || point->ours + point->theirs > frontier.points[best].ours + frontier.points[best].theirs) best = i;
		}
	n_better = best >= 0 && (frontier.points[best].ours != value.ours || frontier.points[best].theirs != value.theirs) && frontier_packages(&frontier, best, 1, &better) > 0;
	arena_free(arena);
}

EXPORT(haggle_number) double haggle_number(int what, int i, int j)
{
#define AT(n, expression) ((i) >= 0 && (i) < (n) ? (double)(expression) : 0)
	switch ((enum haggle_what)what) {
	case HAGGLE_SHORTFALL: return (double)limit_shortfall(&bargain, &about, limit);
	case HAGGLE_ALLOWED: return package_allowed(&bargain, &about);
	case HAGGLE_CHANGES: return n_changes;
	case HAGGLE_CHANGE_VARIABLE: return AT(n_changes, changes[i].variable);
	case HAGGLE_CHANGE_TO: return AT(n_changes, changes[i].to);
	case HAGGLE_CHANGE_OURS: return AT(n_changes, changes[i].ours);
	case HAGGLE_CHANGE_THEIRS: return AT(n_changes, changes[i].theirs);
	case HAGGLE_TOGETHER: return together;
	case HAGGLE_STEPS: return n_steps;
	case HAGGLE_STEP_VARIABLE: return AT(n_steps, steps[i].variable);
	case HAGGLE_STEP_TO: return AT(n_steps, steps[i].to);
	case HAGGLE_STEP_COST: return AT(n_steps, steps[i].cost);
	case HAGGLE_STEP_WORTH: return AT(n_steps, steps[i].worth);
	case HAGGLE_ANSWERS: return n_answers;
	case HAGGLE_ANSWER_OURS: return AT(n_answers, answers[i].ours);
	case HAGGLE_ANSWER_THEIRS: return AT(n_answers, answers[i].theirs);
	case HAGGLE_ANSWER_ASKS: return AT(n_answers, answers[i].n);
	case HAGGLE_ANSWER_VARIABLE: return i >= 0 && i < n_answers && j >= 0 && j < answers[i].n ? answers[i].variable[j] : 0;
	case HAGGLE_ANSWER_TO: return i >= 0 && i < n_answers && j >= 0 && j < answers[i].n ? answers[i].to[j] : 0;
	case HAGGLE_BETTER: return n_better;
	case HAGGLE_BETTER_TO: return AT(bargain.n, better.choice[i]);
	}
#undef AT
	return 0;
}
