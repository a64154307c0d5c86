/* Rating: what everyone who ever reached the main top did there, over any span of time, to the microsecond (T2–T7).
 *
 *     posts    with a tenure in the span                               T4
 *     time     Σ seconds in the top                                    T5
 *     place    Σ ∫ w(p(t)) dt in hours,  w(p) = 1/log2(p + 1)          T6  (the discount of DCG: Järvelin & Kekäläinen 2002)
 *     rating = entered · 1 point + place · 1 point                     an hour at position 1 is a point
 *
 * The same tenures are grouped by author and by community: two groupings, one code.
 *
 * Borders. A tenure is held in [from, to); a span [A, B] has both its ends. So a tenure is in the span where from ≤ B and to > A, and a post whose first entry
 * is at A or at B entered in it. Time and place are cut to the span: over adjoining spans they add up; of the counts, what happens at the very microsecond of a
 * border belongs to both. A tenure that is held still (TENURE_OPEN) counts until B, so B is not in the future. An empty tenure (from = to) counts as a
 * post, not as time.
 *
 * Exactness. Time is whole microseconds. w is a whole number of 2^−62, place a whole number of µs · 2^−62 in 128 bits: no sum is ever rounded, so the parts of
 * a figure sum exactly to it in any order, and rebuilt equals incremental to the bit. In hours it is a double within 2^−52 of the definition.
 *
 * Memory: 10 bytes a tenure, 10 more a stay and some 150 a post where they are loaded at once; a post that grows has up to twice its tenures' room.
 * Cost: what all of a post's tenures give is kept beside it, so only posts on a border of the span are looked into: a span costs a pass over all posts (a
 * group's: over its posts), and O(log tenures) + the tenures in the span for each post on a border.
 *
 * Not thread-safe while it changes; any number of threads may read meanwhile nobody changes it. */
#ifndef STURGEON_CORE_RATING_RATING_H
#define STURGEON_CORE_RATING_RATING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/top/tenure.h"
#include "core/top/top.h"

#define RATING_NOBODY UINT32_MAX
#define RATING_ALL_TIME ((int64_t)-(INT64_C(1) << 62)) /* a span's `from` before anything; moments are within ± 2^62 */

enum rating_by { RATING_AUTHORS, RATING_COMMUNITIES, RATING_BYS };

struct rating_span {
	int64_t from, to;
};

/* place: µs · w · 2^62 */
__extension__ typedef unsigned __int128 rating_place;

struct rating_figure {
	uint32_t who;                   /* the author or community; of a post's own figure: the post */
	uint32_t posts, entered;
	uint32_t now;                   /* posts held at the span's end */
	uint32_t best;                  /* position; 0 where there are no posts */
	uint32_t instants;              /* tenures that have no time in the span, */
	uint64_t instant;               /* and the sum of their positions */
	int64_t time_us;
	int64_t longest_us;             /* the longest stay: presence of one post without a break, whatever its positions, cut to the span */
	rating_place place;
	rating_place weighed;           /* Σ position · µs */
};

double rating_weight(int position);                                 /* w(p) */
double rating_hours(rating_place place);
double rating_points(const struct rating_figure *figure);           /* the rating */
/* Weighted by time. Where a figure has no time at all (what it held began at the span's end) the plain mean of its positions: what the weighted one begins with. 0: no posts. */
double rating_mean_position(const struct rating_figure *figure);

struct rating;

struct rating *rating_new(void);
void rating_free(struct rating *rating);

/* Makes post number `post` known: the next free index (any gap is a bug). Groups are the caller's numbers, RATING_NOBODY for none; dense, since figures of all cost
 * an array as long as the greatest. */
void rating_post(struct rating *rating, uint32_t post, uint32_t author, uint32_t community);

/* Takes a tenure of a known post. The post's earlier ones must have been put; where its last one has the same `from`, it is replaced (held still → ended).
 * false, and nothing is changed, where it begins before the post's last one has ended, ends before it begins, or its position is not 1…TOP_MOST. */
bool rating_put(struct rating *rating, const struct tenure *tenure);
/* Many at once, of posts that are known; those of a post in the order of time. The first that rating_put refuses stops it: its index, or n. */
size_t rating_load(struct rating *rating, const struct tenure *tenures, size_t n);
/* Takes back everything that happened at `at` or later: tenures that began then are gone, those that ended then or later are held still. */
void rating_cut(struct rating *rating, int64_t at);

uint32_t rating_posts(const struct rating *rating);
uint32_t rating_groups(const struct rating *rating, enum rating_by by); /* the greatest number of a group + 1 */
size_t rating_tenures(const struct rating *rating);
size_t rating_bytes(const struct rating *rating);                       /* memory, without the allocator's own */

/* The figure of one; all zero where it has nothing in the span. */
struct rating_figure rating_of(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span);
/* The figures of everyone who has posts in the span, by `who`; how many. ret: room for rating_groups(). */
size_t rating_all(const struct rating *rating, enum rating_by by, struct rating_span span, struct rating_figure *ret);

enum rating_key { RATING_KEY_POINTS, RATING_KEY_POSTS, RATING_KEY_TIME, RATING_KEY_PLACE, RATING_KEYS };

/* Ranks: the greatest of the key first; equal: the higher rating, then the greater place, then the smaller order[who] (of names, say; NULL: the smaller who). All
 * are compared exactly, so a rank does not depend on rounding. */
void rating_rank(struct rating_figure *figures, size_t n, enum rating_key key, const uint32_t *order);
/* Only the places from ≤ i < to are as rating_rank makes them; those before and after stand somewhere before and after. For a page of many: O(n + (to − from) log n). */
void rating_rank_part(struct rating_figure *figures, size_t n, enum rating_key key, const uint32_t *order, size_t from, size_t to);
/* < 0: a stands before b. */
int rating_compare(const struct rating_figure *a, const struct rating_figure *b, enum rating_key key, const uint32_t *order);

/* A figure opened (T7): its posts, each with its own figure (`who` is the post); they sum exactly to rating_of: posts, entered, now, time, place; best and longest
 * are the best of them. In the order in which the posts became known. How many there are; as many as there is room for are given. */
size_t rating_explain(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span, struct rating_figure *ret, size_t room);

/* A stretch of time at one position, cut to the span. */
struct rating_part {
	int64_t from, to;
	uint16_t position;
	bool held;                      /* at the span's end: `to` is not known yet */
	uint32_t stay;                  /* from 0: stretches of one stay follow each other without a break */
	int64_t stay_from, stay_to;     /* of the whole stay, not cut; TENURE_OPEN */
	rating_place place;
};

/* A post's figure opened: its stays, position by position, in the order of time; their places sum exactly to the post's. How many there are. */
size_t rating_explain_post(const struct rating *rating, uint32_t post, struct rating_span span, struct rating_part *ret, size_t room);
struct rating_figure rating_of_post(const struct rating *rating, uint32_t post, struct rating_span span);
int64_t rating_entered(const struct rating *rating, uint32_t post); /* its first entry ever; INT64_MAX where it never was in the top */

/* Microseconds at each position: adds to ret_us[1…TOP_MOST]. */
void rating_positions(const struct rating *rating, enum rating_by by, uint32_t who, struct rating_span span, int64_t ret_us[TOP_MOST + 1]);

struct rating_held {
	uint32_t post;
	uint16_t position;
	int64_t since;                  /* at this position */
	int64_t stay_from;              /* in the top */
	int64_t until;                  /* at this position; TENURE_OPEN */
};

/* The top as it was at a moment, by position. How many; as many as there is room for are given. */
size_t rating_top(const struct rating *rating, int64_t at, struct rating_held *ret, size_t room);

#endif
