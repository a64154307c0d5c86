/* Rating opened: a journal's figure with the posts that it comes from, rounded so that what is shown of them sums to what is shown of it (core/rating/shares.h): weighed
 * hours to a thousandth, time to a second. For rating_open and rating_stays, which show it at its two depths. */
#ifndef STURGEON_APP_RATING_OPENED_H
#define STURGEON_APP_RATING_OPENED_H

#include "app/rating_span.h"
#include "app/use.h"

enum { RATING_OPENED_UNITS = 1000 }; /* of an hour */

struct rating_opened {
	struct use *use;
	struct standing *standing;
	struct rating_spans spans;
	enum rating_by by;
	int64_t journal_id;
	const char *name, *kind;
	struct rating_figure whole;
	struct rating_figure *posts;    /* those that gave most points first */
	size_t n;
	int64_t *place, *time;          /* of each post, in thousandths of an hour and in seconds */
	int64_t place_sum, time_sum;
};

/* ABSENT: no such journal. Where DONE it holds the standing: rating_opened_close. */
enum outcome rating_opened_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, struct rating_opened *ret);
void rating_opened_close(struct rating_opened *opened);

/* {id, name, kind, who, span}. */
json_t *rating_opened_head(const struct rating_opened *opened);
json_t *rating_opened_hours(int64_t units);                        /* thousandths of an hour as a number */
json_t *rating_opened_exact(const struct rating_figure *figure);   /* {rating, place_h, time_us, mean}: not rounded */
json_t *rating_opened_moment(int64_t at);

#endif
