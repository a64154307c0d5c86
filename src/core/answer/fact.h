/* Fact: conversations as the company's answer sees them, and what a number of that answer counts (L2).
 *
 * Every number on the page is the size of one `ask`: all facts that fit it. A list behind a number is the same ask. So a number and its list cannot differ but
 * by a mistake in the fast counting of tally.h, which a law compares with this. */
#ifndef STURGEON_CORE_ANSWER_FACT_H
#define STURGEON_CORE_ANSWER_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/playbook/talk.h"

#define FACT_NONE INT64_MIN
#define FACT_ANY (-1)

/* Managers, products, things found: by dense numbers, whose ids stand beside the facts. */
struct fact {
	int64_t call_id, deal_id, ended_at;
	int64_t left_minor, room_minor; /* FACT_NONE: not measured */
	int32_t number;                 /* which conversation of its deal */
	uint32_t manager, product, found_from, n_found;
	uint8_t b2b, mode, advised, outcome, step, price_first, motives, gifts; /* advised: 0, or 1 + the mode; price_first: 0, or 1 + (in price) */
};

struct fact_set {
	struct fact *list;              /* by ended_at, then call_id */
	uint32_t *found;                /* of fact f: found[f.found_from …], n_found of them, ascending */
	int64_t *managers, *products, *finds; /* ids by number; product 0: none named */
	uint32_t n, n_managers, n_products, n_finds;
};

enum fact_outcomes { OUTCOMES_ANY, OUTCOMES_WON, OUTCOMES_LOST, OUTCOMES_NEXT, OUTCOMES_ON, OUTCOMES_DECIDED }; /* on: won or next; decided: won or lost */
enum fact_package { PACKAGE_ANY, PACKAGE_MEASURED, PACKAGE_EDGE, PACKAGE_INSIDE }; /* edge: nothing was left */
enum { FACT_NUMBERS = 4 };              /* the first conversation, the second, the third, all later ones */

struct fact_ask {
	int64_t from, to;               /* ended in [from, to) */
	int64_t since, until;           /* and in this narrower time; since < until, or both 0: any */
	int64_t manager, product, find; /* numbers; FACT_ANY. find: in what was found in the deal by then */
	int b2b, mode, advised, step, reached, number, motive; /* FACT_ANY. advised: a mode; step: the furthest was it; reached: it or a later one; number: 1 … FACT_NUMBERS */
	int later;                      /* 0 the first conversation of its deal, 1 a later one; FACT_ANY */
	int followed;                   /* of those advised: 1 led so, 0 otherwise; FACT_ANY */
	int price_first;                /* 1, 0; FACT_ANY */
	bool known_advice, conceded, gave; /* there is an advice; the deal's first concession was made in it; something was given for nothing */
	bool without;                   /* turns find or motive round: those in which it was not found */
	enum fact_outcomes outcome;
	enum fact_package package;
};

/* Everything between two moments. */
struct fact_ask fact_ask_all(int64_t from, int64_t to);

bool fact_fits(const struct fact_set *facts, const struct fact *fact, const struct fact_ask *ask);
bool fact_has(const struct fact_set *facts, const struct fact *fact, uint32_t find);
bool fact_outcome_fits(int outcome, enum fact_outcomes ask);

/* Where those of its time stand in the list: [*ret_from, *ret_to). O(log n). */
void fact_range(const struct fact_set *facts, const struct fact_ask *ask, uint32_t *ret_from, uint32_t *ret_to);

/* How many fit; writes the indexes of those from `skip` on, at most `most`, the latest first. O(n). */
uint32_t fact_list(const struct fact_set *facts, const struct fact_ask *ask, uint32_t skip, uint32_t most, uint32_t *ret_indexes, uint32_t *ret_n);

static inline int fact_number_group(int32_t number)
{
	return number < 1 ? 1 : number > FACT_NUMBERS ? FACT_NUMBERS : (int)number;
}

#endif
