/* Board: the table of a deal by its ids: which option of which variable is which number of the bargain, and where the talk starts.
 *
 * Events speak of variables and options by id (of a range: by its number x), the bargain counts from 0. Owned by the caller; borrowed here. O(variables + options). */
#ifndef STURGEON_CORE_TRAINER_BOARD_H
#define STURGEON_CORE_TRAINER_BOARD_H

#include "core/bargain/package.h"
#include "core/playbook/talk.h"

struct board_variable {
	int64_t id;
	const int64_t *options;         /* their ids, as many as the bargain's variable has; never 0 */
};

struct board {
	const struct bargain *bargain;  /* theirs: what we think, or what is so: whoever fills it says */
	const struct board_variable *variables;
	struct package start;
	int64_t limit;                  /* ours of a package is never below it (N9) */
};

bool board_find(const struct board *board, int64_t variable, int64_t option, int *ret_variable, int *ret_option); /* option 0: the variable alone, ret_option −1 */

/* What lies on the table in this state of a talk: our last offer, over where the talk started. An option that the board does not know stays as it was. */
struct package board_stands(const struct board *board, const struct talk_state *state);
/* The same with the draft laid in. */
struct package board_draft(const struct board *board, const struct talk_state *state);

#endif
