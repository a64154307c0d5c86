/* Rating span: which stretch of time a page of the rating is about: the last day, week, month, year, all of time, or any (T7).
 *
 * A page about the present ends at a whole second (standing_until); a span of a name that is given `to` is the one that ended then, so what was seen can be opened, and
 * gone back through, as it was. Weeks and longer begin with a day of the company's zone. */
#ifndef STURGEON_APP_RATING_SPAN_H
#define STURGEON_APP_RATING_SPAN_H

#include <jansson.h>

#include "app/standing.h"

struct rating_ask {
	const char *name;               /* "day", "week", "month", "year", "all", "any"; "" is a month, or any where from or to is given */
	int64_t from, to;               /* from: of "any"; 0: not given */
};

struct rating_spans {
	const char *name;
	int days;                       /* 0: of all time, or any */
	struct rating_span now, before; /* before: as long, ending where now begins; empty (from = to) where there is none (all of time) */
	bool has_before;
	bool past;                      /* it ended before the present */
};

/* A span does not reach into the future, and of "any" the ends stand in order. */
struct rating_spans rating_spans_of(const struct rating_ask *ask, struct standing *standing, int64_t now);
/* {name, from, to, past, any, compared (there is a span before), dated (an address of it needs `to`)}, and `query`, by which an address keeps it to the second:
 * "span=week&to=2026-11-25T08:30:00Z". */
json_t *rating_span_json(const struct rating_spans *spans);
/* Puts into the model step_earlier and step_later: the same page, of the span before or after, where there is one. address: "/rating?sort=time&", to which it is added. */
void rating_span_steps(const struct rating_spans *spans, const struct standing *standing, const char *address, json_t *model);

#endif
