/* Rating stays: one post of a figure opened (T7): its stays in the top within the span, position by position. What is shown of the positions sums to their stay, the stays to
 * the post as the figure shows it; `exact` holds the numbers themselves. */
#ifndef STURGEON_APP_RATING_STAYS_H
#define STURGEON_APP_RATING_STAYS_H

#include "app/rating_span.h"
#include "app/use.h"

enum { RATING_STAYS_PARTS = 100 };

/* page from 1: so many stretches at one position on each. The first of a stay, and the first of a page, brings its stay. `earlier` and `later` are what the other pages give
 * together, null where there are none. ABSENT: it was not in the top within the span, or is not this journal's. */
enum outcome rating_stays(struct use *use, int64_t journal_id, int64_t post_id, const struct rating_ask *ask, int page, json_t **ret_model);

#endif
