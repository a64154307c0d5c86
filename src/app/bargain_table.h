/* Bargain table: the table of a deal as the engine computes with it (core/bargain), with the names that people read, and where the talk stands (N1, N6, N9).
 *
 * What an option is worth to them is kept as a range low … high. Where the manager has ticked the hint of a variable ("this client values it") the range is halved to its end away
 * from 0: what helps them helps more, what hurts them hurts more. Then what they asked for and refused moves the ranges (core/bargain/learn.h); all that they ask
 * between two offers of ours is one offer of theirs. `bargain` holds the middles, rounded down.
 *
 * Where we stand: each variable's start (the option marked so; the first where none is), overruled by what we offered last, in calls and outside them, in the order of time.
 * What they ask waits until we offer something or decline it (core/playbook/talk.h).
 *
 * A variable with a step is a range: its options are all its numbers, valued on straight lines between the points that were given. An event speaks of an option by its `value`: the
 * option's id, or the number and one (bargain_number_value). */
#ifndef STURGEON_APP_BARGAIN_TABLE_H
#define STURGEON_APP_BARGAIN_TABLE_H

#include "app/use.h"
#include "core/bargain/learn.h"
#include "core/bargain/limit.h"
#include "store/bargain_store.h"
#include "store/deal_store.h"

enum { BARGAIN_VARIABLES = 24, BARGAIN_OPTIONS = 12, BARGAIN_NUMBERS = 200 }; /* on one table; of one variable; of one range */

struct table_option {
	int64_t value;                  /* what events say of it: its id; of a range bargain_number_value */
	const char *name;
	int64_t ours, theirs_low, theirs_high; /* theirs as estimated now */
};

/* What events say of a number of a range: one more, since 0 says nothing and "0 days" must be said. x ≥ 0. */
static inline int64_t bargain_number_value(int64_t x)
{
	return x + 1;
}

struct table_variable {
	const struct bargain_variable_row *row;
	const struct table_option *options; /* as many as bargain.variables[v].n, in the same order */
	int starts;                     /* index of an option, here and below */
	int asked, refused;             /* −1: nothing */
	bool waits;                     /* what they asked has had no answer */
};

/* One move with its words: the name of the variable and of the option, also of what is on the table no more. */
struct table_move {
	const struct bargain_move *move;
	const char *variable, *option;  /* "" where it speaks of none */
	int v, o;                       /* on the table; −1 */
};

struct bargain_table {
	struct deal_row deal;
	struct bargain_head head;
	struct bargain bargain;         /* n 0: nothing is on the table */
	const struct table_variable *variables;
	struct package now;             /* where we stand */
	struct learn learn;             /* what was learnt of what they value: its ranges */
	int64_t began_at;               /* the first offer of either side, or the first negotiation; 0: the limit may still be set freely */
	int offers_ours, offers_theirs; /* how many offers each side made */
	const struct table_move *moves; /* in the order of time */
	int n_moves;
	const struct bargain_variable_row *rows; /* every variable, those taken off the table too */
	int n_rows;
	const struct bargain_option_row *options; /* and every option: of a range its break points */
	int n_options;
};

/* ABSENT where the deal is not this team's. but_call_id: as if that conversation had not been (0: everything). Lives in the arena. */
enum outcome bargain_table_load(struct use *use, int64_t deal_id, int64_t but_call_id, struct bargain_table **ret_table);

int bargain_table_variable(const struct bargain_table *table, int64_t variable_id);             /* its index; −1: not on the table */
int bargain_table_option(const struct bargain_table *table, int v, int64_t value);               /* the option's index; −1; value 0: the start */
/* What putting it brings us against where we stand; false where there is no such thing on the table. */
bool bargain_table_amount(const struct bargain_table *table, int64_t variable_id, int64_t value, int64_t *ret_amount);

/* A package below our limit: how much is missing and the cheapest way back (N9). */
enum { BARGAIN_CHANGES = 4 };
struct table_below {
	int64_t shortfall;              /* 0: it may be proposed, or no limit is set */
	int n;                          /* single changes, each enough */
	struct change changes[BARGAIN_CHANGES];
	int n_together;                 /* where no single one is: all of these */
	struct change together[PACKAGE_VARIABLES];
};
bool bargain_table_below(const struct bargain_table *table, const struct package *package, struct table_below *ret_below); /* true: it is below, or holds a forbidden pair */

/* What both pages embed for the browser; the `bargain` of assets/bargain can solve it as it is: {deal, value (of the deal, or null), limit (0 where none), has_limit, target or null, their_limit, has_their_limit, began,
 * variables: [{id, name, unit, price, family, range, options: [{id (the value), name, ours, theirs, low, high}], starts, asked, refused (indexes or null), waits}],
 * forbidden: [[[variable, option], [variable, option]]] by ids, now: [index]}. A new reference. */
json_t *bargain_table_json(const struct bargain_table *table);

#endif
