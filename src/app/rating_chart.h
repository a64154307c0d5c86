/* Rating chart: the ranks of the first ten over the parts of a span, as lines that cross (a bump chart). Made here, so that it needs no script. */
#ifndef STURGEON_APP_RATING_CHART_H
#define STURGEON_APP_RATING_CHART_H

#include <jansson.h>

#include "app/rating_span.h"

enum { RATING_CHART_LINES = 10 };

/* lines: [{number, name, path, dots [{x, y}], ranks [rank or null], end_y}]; parts: [{from, to, x}]; width, height. Whoever is not among the first ten of a part has a gap there.
 * names: of the figures. NULL where there is nothing to draw: fewer than two people or parts. */
json_t *rating_chart(const struct standing *standing, enum rating_by by, const struct rating_spans *spans, const struct rating_figure *figures, const char *const *names, size_t n);

#endif
