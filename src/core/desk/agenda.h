/* Agenda: in which order do a day's conversations pay?
 *
 * Problem: some conversations have an hour that was agreed with the client, others only a day, others are overdue. Which is next?
 *
 * What a conversation is worth is what it changes: the deal's value times how much likelier the client buys after a good talk than if he is left
 * alone,
 *
 *   worth = value · (σ(ℓ + rise) − σ(ℓ − stake))
 *
 * ℓ is the advisor's logit of the wish to buy, so a client who buys anyway (σ near 1) and one who will not (near 0) are worth little, and
 * one who is undecided is worth most. rise: what one good signal adds (AGENDA_RISE, the mean of what the method's signals add). stake: what is lost by
 * leaving him: a broken promise costs as much as "did not answer as agreed" does, half of it gone for each week that it is late already;
 * silence costs in proportion to the 14 days after which it is evidence, and breaking a longer one gains all of it back (it is then part of the rise).
 *
 * The order: an agreed hour is kept. Between agreed hours there is time for others, AGENDA_TALK each: of all that have no hour (any time today, overdue), the one
 * worth most is next. When several hours are due at once, the one worth most is first.
 *
 * Invariant: the order is a permutation; equal worth is ordered by plan, then by place in the input: the same input gives the same order.
 * Pure, no allocation, O(n²) for the n conversations of a day. */
#ifndef STURGEON_CORE_DESK_AGENDA_H
#define STURGEON_CORE_DESK_AGENDA_H

#include <stdbool.h>
#include <stdint.h>

#define AGENDA_RISE 0.9
#define AGENDA_SILENCE_DAYS 14
#define AGENDA_EARLY (INT64_C(5) * 60 * 1000000)  /* so long before its hour a conversation is due */
#define AGENDA_GRACE (INT64_C(60) * 60 * 1000000) /* so long after it the hour is missed, and the conversation one of those without */
#define AGENDA_TALK (INT64_C(15) * 60 * 1000000)

struct agenda_talk {
	int64_t planned_at;
	bool any_hour;       /* promised for that day, not for an hour */
	bool promised;       /* somebody waits for it: a promise was given, or an hour agreed */
	int64_t value_minor; /* > 0 */
	double logit;        /* of the wish to buy */
	int silent_days;     /* since the client was last talked to; 0 where never */
};

double agenda_worth(const struct agenda_talk *talk, int64_t now);

/* ret_order: places in talks, the next first. ret_worth[i] is of talks[i]. */
void agenda_order(const struct agenda_talk *talks, int n, int64_t now, int *ret_order, double *ret_worth);

/* The value to count with where a deal has none: the median of those that have (0 is "none"), or 1 where no one has. Sorts values. */
int64_t agenda_value_otherwise(int64_t *values, int n);

#endif
