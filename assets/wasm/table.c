/* Table: the table of a negotiation for the browser: the same frontier, limit, ladder, trades and offers as the server's, in WebAssembly (N1, N6–N9).
 *
 * One table at a time; no imports. Numbers only; money comes as doubles, which hold it exactly up to 2^53: whoever calls sees to it that no sum passes that
 * (assets/bargain.js does).
 *
 *   table_begin                       forgets everything
 *   table_variable table_option …     the table, in its order
 *   table_solve                       computes what does not depend on a question; the answer is enum table_result
 *   table_trade table_offers …        questions, each forgotten with the next of its kind
 *   table_number(what, i, j)          reads anything: enum table_what */
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/bargain/ladder.h"
#include "core/bargain/learn.h"
#include "core/bargain/limit.h"
#include "core/bargain/meso.h"
#include "core/bargain/solution.h"
#include "core/bargain/trade.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { OPTIONS_MOST = 20000, FORBIDDEN_MOST = 2000, STEPS_MOST = 500, TRADES_MOST = 10, CHANGES_MOST = 10 };
#define MEMORY_MOST ((size_t)1 << 30)

enum table_result { TABLE_SOLVED, TABLE_EMPTY, TABLE_TOO_LARGE, TABLE_BAD_FORBIDDEN, TABLE_TIED, TABLE_FULL };
enum table_what {
	TABLE_EPSILON, TABLE_POINTS, TABLE_OURS, TABLE_THEIRS, TABLE_CHOICE, TABLE_SOLUTION, TABLE_NONE, TABLE_FROM, TABLE_TO,
	TABLE_CHECK_OURS, TABLE_CHECK_THEIRS, TABLE_CHECK_ALLOWED, TABLE_CHECK_EFFICIENT, TABLE_SHORTFALL,
	TABLE_CHANGES, TABLE_CHANGE_VARIABLE, TABLE_CHANGE_TO, TABLE_CHANGE_OURS, TABLE_CHANGE_THEIRS,
	TABLE_TOGETHER, TABLE_TOGETHER_VARIABLE, TABLE_TOGETHER_TO, TABLE_TOGETHER_OURS, TABLE_TOGETHER_THEIRS,
	TABLE_STEPS, TABLE_STEP_VARIABLE, TABLE_STEP_TO, TABLE_STEP_COST, TABLE_STEP_WORTH,
	TABLE_TRADES, TABLE_TRADE_OURS, TABLE_TRADE_THEIRS, TABLE_TRADE_ASKS, TABLE_TRADE_VARIABLE, TABLE_TRADE_TO,
	TABLE_OFFERS, TABLE_OFFER_OURS, TABLE_OFFER_THEIRS, TABLE_OFFER_CHOICE,
	TABLE_QUESTIONS, TABLE_QUESTION_VARIABLE, TABLE_QUESTION_SETTLES, TABLE_QUESTION_DOUBT,
	TABLE_LOW, TABLE_HIGH
};

static struct arena *arena;
static struct option options[OPTIONS_MOST];
static struct learn_range ranges[OPTIONS_MOST], *range_of[PACKAGE_VARIABLES];
static struct variable variables[PACKAGE_VARIABLES];
static struct forbidden forbidden[FORBIDDEN_MOST];
static struct bargain bargain;
static int n_options;
static bool full;
static int64_t limit, their_limit;
static struct package asked, other; /* what a question is about */
static struct learn learn;
static struct frontier frontier;
static char count[PACKAGE_COUNT];

static struct option check_value;
static struct change changes[CHANGES_MOST], together[PACKAGE_VARIABLES];
static struct step steps[STEPS_MOST];
static struct trade trades[TRADES_MOST];
static struct meso meso;
static struct question questions[PACKAGE_VARIABLES];
static int n_changes, n_together, n_steps, n_trades, n_questions;

EXPORT(table_begin) void table_begin(double our_limit, double guessed_limit)
{
	limit = (int64_t)our_limit;
	their_limit = (int64_t)guessed_limit;
	bargain = (struct bargain){.variables = variables, .forbidden = forbidden};
	frontier = (struct frontier){.n = 0};
	n_options = n_changes = n_together = n_steps = n_trades = n_questions = 0;
	meso.n = 0;
	full = false;
	asked = other = (struct package){{0}};
	arena_free(arena);
	arena = arena_new(MEMORY_MOST);
}

EXPORT(table_variable) void table_variable(int price)
{
	if (bargain.n == PACKAGE_VARIABLES) {
		full = true;
		return;
	}
	range_of[bargain.n] = &ranges[n_options];
	variables[bargain.n++] = (struct variable){&options[n_options], 0, price != 0};
}

/* Of the last variable. low and high: between which what it is worth to them is thought to be. */
EXPORT(table_option) void table_option(double ours, double theirs, double low, double high)
{
	if (n_options == OPTIONS_MOST || !bargain.n) {
		full = true;
		return;
	}
	ranges[n_options] = (struct learn_range){(int64_t)low, (int64_t)high};
	options[n_options++] = (struct option){(int64_t)ours, (int64_t)theirs};
	variables[bargain.n - 1].n++;
}

EXPORT(table_forbid) void table_forbid(int variable, int option, int other_variable, int other_option)
{
	if (bargain.n_forbidden == FORBIDDEN_MOST) full = true;
	else forbidden[bargain.n_forbidden++] = (struct forbidden){{(uint16_t)variable, (uint16_t)other_variable}, {(uint16_t)option, (uint16_t)other_option}};
}

/* A choice of the package that the next questions are about; `second`: of the one beside it (what stands, where they offer). */
EXPORT(table_choose) void table_choose(int second, int variable, int option)
{
	if (variable >= 0 && variable < bargain.n && option >= 0 && option < variables[variable].n) (second ? &other : &asked)->choice[variable] = (uint16_t)option;
}

/* They offer what is chosen while the second stands; they refuse what is chosen. The middles are what the options are worth to them from then on. 0: ranges that cannot be. */
EXPORT(table_learn) int table_learn(void)
{
	return learn_init(&learn, &bargain, range_of);
}

EXPORT(table_offered) void table_offered(void)
{
	learn_offered(&learn, &other, &asked);
}

EXPORT(table_refused) void table_refused(void)
{
	learn_refused(&learn, &asked);
}

EXPORT(table_learned) int table_learned(void)
{
	for (int i = 0; i < n_options; i++) options[i].theirs = learn_middle(ranges[i]);
	return learn.contradicted;
}

EXPORT(table_solve) int table_solve(void)
{
	int flaw_at;
	if (full) return TABLE_FULL;
	switch (package_check(&bargain, &flaw_at)) {
	case PACKAGE_SOUND: break;
	case PACKAGE_TOO_LARGE: return TABLE_TOO_LARGE;
	case PACKAGE_BAD_FORBIDDEN: return TABLE_BAD_FORBIDDEN;
	default: return TABLE_EMPTY;
	}
	if (!frontier_make(&bargain, FRONTIER_MOST, arena, &frontier)) return TABLE_TIED;
	frontier_count(&frontier, count);
	return TABLE_SOLVED;
}

/* How many packages there are, in decimal, closed by a zero. */
EXPORT(table_count) const char *table_count(void)
{
	return count;
}

EXPORT(table_check) void table_check(void)
{
	check_value = package_value(&bargain, &asked);
	n_changes = limit_changes(&bargain, &asked, limit, CHANGES_MOST, changes);
	n_together = limit_restore(&bargain, &asked, limit, together);
	if (!limit_shortfall(&bargain, &asked, limit)) n_changes = n_together = 0;
}

EXPORT(table_ladder) void table_ladder(void)
{
	n_steps = ladder_steps(&bargain, &asked, STEPS_MOST, steps);
	if (n_steps > STEPS_MOST) n_steps = STEPS_MOST;
}

EXPORT(table_trade) void table_trade(int variable, int option)
{
	struct arena *once = arena_new(MEMORY_MOST);
	n_trades = variable >= 0 && variable < bargain.n && option >= 0 && option < variables[variable].n ? trade_for(&bargain, &asked, variable, option, TRADES_MOST, once, trades) : 0;
	arena_free(once);
}

EXPORT(table_offers) void table_offers(int n, double aim)
{
	struct arena *once = arena_new(MEMORY_MOST);
	meso_offers(&frontier, limit, (int64_t)aim, n, once, &meso);
	arena_free(once);
}

/* enum learn_verdict of what is chosen. */
EXPORT(table_verdict) int table_verdict(void)
{
	struct arena *once = arena_new(MEMORY_MOST);
	enum learn_verdict verdict = learn_efficient(&learn, &asked, FRONTIER_MOST, once, NULL);
	arena_free(once);
	return verdict;
}

EXPORT(table_questions) void table_questions(void)
{
	int from, to;
	solution_range(&frontier, limit, their_limit, &from, &to);
	n_questions = learn_questions(&learn, &frontier, from, to, questions);
}

static bool efficient(void)
{
	int first = frontier_first_theirs(&frontier, check_value.theirs);
	return !frontier.epsilon && package_allowed(&bargain, &asked) && first < frontier.n && frontier.points[first].theirs == check_value.theirs && frontier.points[first].ours == check_value.ours;
}

static double range_number_of(int what, int variable, int option)
{
	if (variable < 0 || variable >= bargain.n || option < 0 || option >= variables[variable].n) return 0;
	return (double)(what == TABLE_LOW ? range_of[variable][option].low : range_of[variable][option].high);
}

static double point_choice(int point, int variable)
{
	static struct package package;
	static int found_at;
	if (point < 0 || point >= frontier.n || variable < 0 || variable >= bargain.n) return 0;
	if (variable == 0 || found_at != point) frontier_packages(&frontier, point, 1, &package); /* asked for from the first variable to the last */
	found_at = point;
	return package.choice[variable];
}

EXPORT(table_number) double table_number(int what, int i, int j)
{
	int from = 0, to = 0;
#define AT(n, expression) ((i) >= 0 && (i) < (n) ? (double)(expression) : 0)
	switch ((enum table_what)what) {
	case TABLE_EPSILON: return (double)frontier.epsilon;
	case TABLE_POINTS: return frontier.n;
	case TABLE_OURS: return AT(frontier.n, frontier.points[i].ours);
	case TABLE_THEIRS: return AT(frontier.n, frontier.points[i].theirs);
	case TABLE_CHOICE: return point_choice(i, j);
	case TABLE_SOLUTION: return i >= 0 && i < SOLUTIONS ? solution_find(&frontier, (enum solution)i, limit, their_limit) : -1;
	case TABLE_NONE: return solution_range(&frontier, limit, their_limit, &from, &to);
	case TABLE_FROM: return solution_range(&frontier, limit, their_limit, &from, &to), from;
	case TABLE_TO: return solution_range(&frontier, limit, their_limit, &from, &to), to;
	case TABLE_CHECK_OURS: return (double)check_value.ours;
	case TABLE_CHECK_THEIRS: return (double)check_value.theirs;
	case TABLE_CHECK_ALLOWED: return package_allowed(&bargain, &asked);
	case TABLE_CHECK_EFFICIENT: return efficient();
	case TABLE_SHORTFALL: return (double)limit_shortfall(&bargain, &asked, limit);
	case TABLE_CHANGES: return n_changes;
	case TABLE_CHANGE_VARIABLE: return AT(n_changes, changes[i].variable);
	case TABLE_CHANGE_TO: return AT(n_changes, changes[i].to);
	case TABLE_CHANGE_OURS: return AT(n_changes, changes[i].ours);
	case TABLE_CHANGE_THEIRS: return AT(n_changes, changes[i].theirs);
	case TABLE_TOGETHER: return n_together;
	case TABLE_TOGETHER_VARIABLE: return AT(n_together, together[i].variable);
	case TABLE_TOGETHER_TO: return AT(n_together, together[i].to);
	case TABLE_TOGETHER_OURS: return AT(n_together, together[i].ours);
	case TABLE_TOGETHER_THEIRS: return AT(n_together, together[i].theirs);
	case TABLE_STEPS: return n_steps;
	case TABLE_STEP_VARIABLE: return AT(n_steps, steps[i].variable);
	case TABLE_STEP_TO: return AT(n_steps, steps[i].to);
	case TABLE_STEP_COST: return AT(n_steps, steps[i].cost);
	case TABLE_STEP_WORTH: return AT(n_steps, steps[i].worth);
	case TABLE_TRADES: return n_trades;
	case TABLE_TRADE_OURS: return AT(n_trades, trades[i].ours);
	case TABLE_TRADE_THEIRS: return AT(n_trades, trades[i].theirs);
	case TABLE_TRADE_ASKS: return AT(n_trades, trades[i].n);
	case TABLE_TRADE_VARIABLE: return i >= 0 && i < n_trades && j >= 0 && j < trades[i].n ? trades[i].variable[j] : 0;
	case TABLE_TRADE_TO: return i >= 0 && i < n_trades && j >= 0 && j < trades[i].n ? trades[i].to[j] : 0;
	case TABLE_OFFERS: return meso.n;
	case TABLE_OFFER_OURS: return AT(meso.n, meso.values[i].ours);
	case TABLE_OFFER_THEIRS: return AT(meso.n, meso.values[i].theirs);
	case TABLE_OFFER_CHOICE: return j >= 0 && j < bargain.n ? AT(meso.n, meso.offers[i].choice[j]) : 0;
	case TABLE_QUESTIONS: return n_questions;
	case TABLE_QUESTION_VARIABLE: return AT(n_questions, questions[i].variable);
	case TABLE_QUESTION_SETTLES: return AT(n_questions, questions[i].settles);
	case TABLE_QUESTION_DOUBT: return AT(n_questions, questions[i].doubt);
	case TABLE_LOW:
	case TABLE_HIGH: return range_number_of(what, i, j);
	}
#undef AT
	return 0;
}
