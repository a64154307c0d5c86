/* Standing: the rating of the house in memory, for pages (T2–T7): every tenure of the data file in an index of core/rating, following the keeper.
 *
 * A page opens it with its read snapshot, asks, and closes it. Opening compares top_state.run with what is here: rows written since are added; where history was
 * written anew since (top_state.again: a vote taken back, a post hidden), what is here is cut back to the moment from which it was, and what came since is read. What is
 * here may be newer than the snapshot, never older. The first opening after a start reads all: about a second for a million tenures; then a page costs its
 * question alone. What was only there before history was written anew keeps its number, with nothing in it.
 *
 * Hidden, deleted and merged posts have no tenures, so they are not here. One data file a process at a time (another one is read anew). Thread-safe: any number of
 * pages ask at once; close soon, since the next change waits for it. Memory: rating.h's (some 24 bytes a tenure) and 60 bytes a post that reached the top.
 *
 *   struct standing *standing;
 *   if (standing_open(use->db, &standing, &use->error)) return FAILED;
 *   uint32_t who = standing_number(standing, RATING_AUTHORS, journal_id);      RATING_NOBODY: never in the top
 *   struct rating_figure figure = rating_of(standing_rating(standing), RATING_AUTHORS, who, span);
 *   standing_close(standing); */
#ifndef STURGEON_APP_STANDING_H
#define STURGEON_APP_STANDING_H

#include "base/arena.h"
#include "core/rating/rating.h"
#include "store/db.h"

struct standing;

enum err standing_open(struct db *db, struct standing **ret_standing, struct error *err) MUST_CHECK; /* never NULL on success; to be closed */
void standing_close(struct standing *standing);

const struct rating *standing_rating(const struct standing *standing);

/* Journals and posts are numbered from 0 as they reach the top. RATING_NOBODY: it never did (or not since this process knows of it). */
uint32_t standing_number(const struct standing *standing, enum rating_by by, int64_t journal_id);
int64_t standing_journal(const struct standing *standing, enum rating_by by, uint32_t number);
uint32_t standing_post_number(const struct standing *standing, int64_t post_id);
int64_t standing_post(const struct standing *standing, uint32_t number);
int64_t standing_author(const struct standing *standing, uint32_t post_number);    /* journal ids; 0: none */
int64_t standing_community(const struct standing *standing, uint32_t post_number);

int64_t standing_begun(const struct standing *standing); /* the first entry ever: where "all of time" begins; INT64_MAX: nothing was ever in the top */
int64_t standing_run(const struct standing *standing);   /* top_state.run that it knows: an ETag for what depends on nothing else */

/* Where pages about the present end: a whole second, not after now, the same for up to ten seconds while nothing changes. So what was reckoned for one page serves the
 * next, and a figure can be opened at the very moment that it was shown for. */
int64_t standing_until(struct standing *standing, int64_t now);

/* Everyone who has posts in the span, ranked by the key (equal: by journal id); the figures from `offset`, at most `most`. ret_n: how many; returns how many there are in
 * all. With 100,000 authors some ten milliseconds, with a thousand well under one; the same question again costs a copy while its answer stands. */
size_t standing_table(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, size_t offset, size_t most, struct arena *arena,
		      struct rating_figure **ret_figures, size_t *ret_n);
/* The rank of one, from 1; 0: no posts in the span. */
size_t standing_rank(const struct standing *standing, enum rating_by by, struct rating_span span, enum rating_key key, uint32_t who);

enum { STANDING_WHO = 64 };
/* Ranks over time (n_who ≤ STANDING_WHO): for each of n_buckets spans and each of n_who, the rank within that span (0: not there). ret_ranks[bucket * n_who + i]. */
void standing_ranks(const struct standing *standing, enum rating_by by, enum rating_key key, const struct rating_span *buckets, size_t n_buckets, const uint32_t *who, size_t n_who,
		    uint32_t *ret_ranks);

#endif
