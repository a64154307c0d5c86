/* The rating: everyone who reached the main top, and each figure opened down to the stays. */
#include <string.h>

#include "app/rating_open.h"
#include "app/rating_page.h"
#include "app/rating_stays.h"
#include "web/pages.h"

static struct rating_ask ask_of(const struct request *r)
{
	return (struct rating_ask){.name = request_text(r, "span"), .from = request_int(r, "from", 0), .to = request_int(r, "to", 0)};
}

void rating_show(struct request *r)
{
	struct rating_page_ask ask = {
		.by = strcmp(request_text(r, "who"), "communities") ? RATING_AUTHORS : RATING_COMMUNITIES,
		.key = RATING_KEY_POINTS,
		.span = ask_of(r),
		.page = (int)request_int(r, "page", 1),
	};
	json_t *model;
	for (int key = 0; key < RATING_KEYS; key++)
		if (!strcmp(request_text(r, "sort"), rating_key_names[key])) ask.key = (enum rating_key)key;
	if (reply_outcome(r, rating_page(&r->use, &ask, &model))) reply_page(r, "rating", model);
}

void rating_open_show(struct request *r)
{
	struct rating_ask ask = ask_of(r);
	json_t *model;
	if (reply_outcome(r, rating_open(&r->use, request_id(r, "journal"), &ask, (int)request_int(r, "page", 1), &model))) reply_page(r, "rating_open", model);
}

void rating_post_show(struct request *r)
{
	struct rating_ask ask = ask_of(r);
	int page = (int)request_int(r, "page", 1);
	json_t *model;
	if (reply_outcome(r, rating_stays(&r->use, request_id(r, "journal"), request_id(r, "post"), &ask, page, &model)))
		reply_fragment(r, "rating_post", page > 1 ? "rating_parts_more" : "rating_parts", model);
}
