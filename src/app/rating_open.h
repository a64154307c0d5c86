/* Rating open: a figure of the rating opened (T7): the formula filled in, and the posts that it comes from, each with its positions over the span as a line. What is shown
 * of them sums to it as it is shown (rating_opened.h); `exact` holds the numbers themselves. */
#ifndef STURGEON_APP_RATING_OPEN_H
#define STURGEON_APP_RATING_OPEN_H

#include "app/rating_span.h"
#include "app/use.h"

enum { RATING_OPEN_POSTS = 50 };

/* page from 1; `rest` is what the posts of the other pages give together, null where there are none. ABSENT: no such journal. */
enum outcome rating_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, int page, json_t **ret_model);

#endif
