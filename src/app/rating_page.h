/* Rating page: everyone who reached the main top within a span, ranked (T2–T6), and the first ten over time as a picture.
 *
 * A row: rank, id, name, address (its figure opened, for this very span), rating, posts, entered, now, time_s, time_us, place_h, best, mean, longest_s, positions (a path of
 * bars, the first position at the left), and change: {way "up"|"down"|"same"|"new", by (ranks), was_rank, points (rating less that of the span before)}, null where there is
 * no span before. */
#ifndef STURGEON_APP_RATING_PAGE_H
#define STURGEON_APP_RATING_PAGE_H

#include "app/rating_span.h"
#include "app/use.h"

enum { RATING_ROWS = 50 };

struct rating_page_ask {
	enum rating_by by;
	enum rating_key key;
	struct rating_ask span;
	int page;                       /* from 1 */
};

enum outcome rating_page(struct use *use, const struct rating_page_ask *ask, json_t **ret_model);

extern const char *const rating_key_names[RATING_KEYS]; /* "rating", "posts", "time", "place" */

#endif
