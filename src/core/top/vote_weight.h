/* Vote weight (T8): what a vote counts, so that a ring of friends counts for little.
 *
 * One vote per reader and post (a second one is nothing); 0 for one's own post; for the n-th vote that the same reader gave the same author within
 * 30 days, base/n. A ring of m accounts that vote for one another all month gains in n posts what an honest crowd of m·H(n)/n readers would
 * give, H the harmonic number. base: 1 for a vote and for "used in a call", 2 for "the call went well after it".
 *
 * n counts the votes at t_j ≤ t with t − t_j ≤ 30 days (in the order of time, then of arrival), itself included; late votes count, one's own do not,
 * votes taken back do not. */
#ifndef STURGEON_CORE_TOP_VOTE_WEIGHT_H
#define STURGEON_CORE_TOP_VOTE_WEIGHT_H

#include <stdbool.h>
#include <stdint.h>

#define VOTE_WINDOW (INT64_C(30) * 24 * 3600 * 1000000)

/* own: the reader is the author. n ≥ 1. */
double vote_weight(bool own, int n, double base);

#endif
