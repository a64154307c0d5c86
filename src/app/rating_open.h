/* Rating open: a figure of the rating opened (T7): the formula filled in, the posts that it comes from, each post's stays position by position. What is shown is rounded so
 * that the parts sum to the figure as it is shown (core/rating/shares.h): hours to a thousandth, time to a second. `exact` holds the numbers themselves. */
#ifndef STURGEON_APP_RATING_OPEN_H
#define STURGEON_APP_RATING_OPEN_H

#include "app/rating_span.h"
#include "app/use.h"

enum { RATING_OPEN_POSTS = 200, RATING_OPEN_PARTS = 200 };

/* A journal's figure, post by post, those that gave most first. page from 1. ABSENT: no such journal. */
enum outcome rating_open(struct use *use, int64_t journal_id, const struct rating_ask *ask, int page, json_t **ret_model);
/* One post of it, stay by stay. ABSENT: it was not in the top within the span, or is not this journal's. */
enum outcome rating_open_post(struct use *use, int64_t journal_id, int64_t post_id, const struct rating_ask *ask, int page, json_t **ret_model);

#endif
