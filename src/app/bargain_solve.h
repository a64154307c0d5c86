/* Bargain solve: what the engine finds in a table, as JSON (`sturgeon bargain --json`; N1, N6–N9). */
#ifndef STURGEON_APP_BARGAIN_SOLVE_H
#define STURGEON_APP_BARGAIN_SOLVE_H

#include <jansson.h>

#include "app/bargain_file.h"

enum { BARGAIN_POINTS = 2000 }; /* a frontier of more points is listed only where it is asked for */

struct bargain_wish {
	bool frontier;                    /* list it, however long */
	bool ladder;
	int offers;                       /* so many at once, worth to us what `now` is where that reaches the limit, otherwise what Nash is; 0: none */
	int trade_variable, trade_option; /* −1: none */
	const struct package *check;      /* NULL: none */
};

/* packages (a number; text past 2^53), frontier_points, frontier [{ours, theirs, package}] ours descending, exact, epsilon where it is not, nash, kalai, egalitarian, sum ({ours, theirs, package}, or
 * null with `none` saying why), both_accept (points), now ({ours, theirs, …} as check) where the table has it, ladder, offers, trade, check where they are wished, learned where the
 * worth to them is a range or they did something, pie where there is a library, seconds (of frontier, count and solutions). ERR_LIMIT where forbidden pairs link too much together. A new reference. */
enum err bargain_solve(struct arena *arena, const struct bargain_file *file, const struct bargain_wish *wish, json_t **ret_json, struct error *err) MUST_CHECK;

#endif
