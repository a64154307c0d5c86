/* Top out: what the commands of the top print (`sturgeon top replay`, `top observe`): CSV, UTF-8, a line ends with LF.
 *
 * Numbers are exact: seconds have up to 6 decimals, without closing zeros; rating, place and mean position 15 significant digits, without closing zeros
 * and never with an exponent. Moments are written as the table wrote them: Unix seconds or ISO 8601.
 * What is printed is what lies in the span and is cut to it, as core/rating/rating.h says; what is held still ends at the span's end.
 * Output is buffered here, 256 KB at a time: 10 million rows of tenures take some seconds. ERR_IO where it could not be written. */
#ifndef STURGEON_APP_TOP_OUT_H
#define STURGEON_APP_TOP_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "core/rating/rating.h"

/* Everything is the caller's. Tenures of one post stand in the order of time; the others as the caller likes, and they are printed in his order. */
struct top_history {
	const struct tenure *tenures;
	size_t n;
	uint32_t posts, authors, communities;
	const char *const *post, *const *author, *const *community; /* names, by index */
	const uint32_t *author_of, *community_of;                   /* of a post; RATING_NOBODY; community_of NULL: none has one */
	struct rating_span span;                                    /* `from`: RATING_ALL_TIME where it was not given */
	bool iso;
};

/* rank,author,rating,posts,entered,time_s,place_h,best,mean_position,longest_s,now: those who have posts in the span, by rating, then place, then the name's bytes; rank
 * counts 1, 2, 3, … Of communities the second column is `community`. ERR_CORRUPT where tenures overlap. */
enum err top_out_rating(const struct top_history *history, enum rating_by by, FILE *to, struct error *err) MUST_CHECK;
/* post,author,community,position,from,to */
enum err top_out_tenures(const struct top_history *history, FILE *to, struct error *err) MUST_CHECK;
/* position,post,author,community,since,in_top_since: the top as it was at `at`. ERR_CORRUPT where tenures overlap. */
enum err top_out_top(const struct top_history *history, int64_t at, FILE *to, struct error *err) MUST_CHECK;

struct top_summary {
	int64_t events, ignored, posts, authors, communities, changes; /* ignored: rows that counted for nothing; authors: voters among them; changes: tenures */
	double seconds;                 /* without printing */
	int64_t peak_memory_bytes;      /* of the process */
};

/* One JSON object with the names above, and events_per_s. */
enum err top_out_summary(const struct top_summary *summary, FILE *to, struct error *err) MUST_CHECK;

#endif
