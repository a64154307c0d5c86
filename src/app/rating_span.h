/* Rating span: which stretch of time a page of the rating is about: the last day, week, month, year, all of time, or any (T7). */
#ifndef STURGEON_APP_RATING_SPAN_H
#define STURGEON_APP_RATING_SPAN_H

#include <jansson.h>

#include "app/standing.h"

struct rating_ask {
	const char *name;               /* "day", "week", "month", "year", "all", "any"; "" is a month, or any where from or to is given */
	int64_t from, to;               /* of "any"; 0: not given */
};

struct rating_spans {
	const char *name;
	struct rating_span now, before; /* before: as long, ending where now begins; empty (from = to) where there is none (all of time) */
	bool has_before;
};

/* A span does not reach into the future, and of "any" the ends stand in order. */
struct rating_spans rating_spans_of(const struct rating_ask *ask, const struct standing *standing, int64_t now);
/* {name, from, to}; and `query`, by which an address keeps it: "span=week". */
json_t *rating_span_json(const struct rating_spans *spans);

#endif
