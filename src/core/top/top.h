/* Top: the main top as a machine that eats votes in the order of time and tells every stay of every post to the microsecond (T1, T5, T6).
 *
 * The top holds the first `places` posts with heat ≥ floor, by heat descending; equal heat: the earlier published, then the smaller id. Heat is forward-
 * decayed (heat.h), so without a vote no two posts change places, and whoever falls below the floor is the last of the top. Hence:
 * - a vote moves its own post up, and pushes down by one those it passes; nothing else moves;
 * - the only timer is that of the last post: it leaves at exactly h·(k − log2 floor), vote or no vote;
 * - who is outside stays outside until his own vote, so nothing but the top itself has to be kept in order: a vote costs O(log places) to find and
 *   a move of the places passed, whatever the number of posts.
 *
 * community_most (0: no limit): a post of a community that holds so many places with hotter posts is passed over. The same holds then: when a
 * passed-over post overtakes one of its community's, that one leaves and it enters; all else is as above.
 *
 * Only what outlasts an instant is told: of votes given at one and the same microsecond the last word counts, whatever came and went between them, so a
 * tenure is never empty, two of one post that touch differ in position, and what is told depends on the votes alone: not on when top_until is called, nor
 * on what came between votes and was taken back.
 *
 * Memory: 40 bytes a post (60 at the worst, as it grows) and 30 KB.
 *
 * A vote later than late_us after publication adds no heat. What must be erased (a vote taken back, a hidden post, a banned voter) is erased by
 * running again without it from the state before it: a pure function of the votes that remain. The caller keeps the votes.
 *
 * Posts are the caller's dense indices 0, 1, 2, …; each is made known once, before its first vote. */
#ifndef STURGEON_CORE_TOP_TOP_H
#define STURGEON_CORE_TOP_TOP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/top/heat.h"
#include "core/top/tenure.h"

#define TOP_MOST 1000

struct top_rules {
	int64_t half_life_us;       /* 12 h by default */
	double floor;               /* θ, fresh votes, > 0; 2 by default */
	int places;                 /* K, 1…TOP_MOST; 50 by default */
	int64_t late_us;            /* 7 days by default */
	int community_most;         /* 0: no limit */
};

extern const struct top_rules top_rules_default;

struct top;

/* Tells a tenure when it ends (to is known). Tenures of one position, and of one post, come in the order of time. number: tenures numbered from 0 in the order
 * in which they began, by from, then position: whoever wants them in that order puts each at its number. */
typedef void top_told(void *arg, uint64_t number, const struct tenure *tenure);

struct top *top_new(const struct top_rules *rules, top_told *told, void *arg);
void top_free(struct top *top);

/* Makes post number `post` known (the next free index; any gap is a bug). community: the caller's number, 0 for none. heat: what it has so far. */
void top_post(struct top *top, uint32_t post, int64_t id, int64_t published, uint32_t community, struct heat heat);
/* Puts a known post at the next place, before the first vote: the state of an earlier run, taken when its last instant was over. since: when it took that
 * place. These tenures are the numbers 0, 1, … */
void top_restore(struct top *top, uint32_t post, int64_t since);

/* A vote. at: not before any earlier call's. Weight ≤ 0 adds nothing. A floor that falls due at `at` itself is still held at `at`: heat ≥ floor. */
void top_vote(struct top *top, uint32_t post, int64_t at, double weight);
/* Lets time pass up to `at`, which itself is not over: what has left before it has been told. */
void top_until(struct top *top, int64_t at);
/* Lets time pass up to `at` and tells every tenure that is held still as ending there. Nothing may follow but to look, and top_free. */
void top_end(struct top *top, int64_t at);
/* Says that a vote for this post comes soon: for who has many, some tens of votes ahead (its memory is fetched meanwhile). */
void top_expect(const struct top *top, uint32_t post);

/* How it stands now, at the latest `at`. */
int top_length(const struct top *top);
uint32_t top_at(const struct top *top, int position, int64_t *ret_since); /* the post at 1…length, and since when it is at this position */
struct heat top_heat(const struct top *top, uint32_t post);
int64_t top_due(const struct top *top);   /* when the last one will leave; INT64_MAX where the top is empty */

#endif
