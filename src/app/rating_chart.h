/* Rating chart: how the first ten of a span came to their places, as lines that cross (a bump chart). At each moment shown stands the rank by what had been reached from
 * the span's beginning until then, so the lines end in the order of the table beside it. Made here: it needs no script. */
#ifndef STURGEON_APP_RATING_CHART_H
#define STURGEON_APP_RATING_CHART_H

#include <jansson.h>

#include "app/rating_span.h"

enum { RATING_CHART_LINES = 10, RATING_CHART_SAMPLES = 18 };

/* samples: [{at, x}]; lines, in the order of the table: [{number, id, name, address, path, dots [{x, y}], ranks [a sample's, or null]}]; starts: [a place's line {number,
 * name}, or null] at the first sample; marks of the axis [{at, unit, x, end}]; rows, behind (somebody was), height. x and y are percent of the picture, a path's units are 1000 across and 100 a
 * row; whoever is behind the last row is on its lower edge, whoever is nowhere yet has no line. names, addresses: of the figures. NULL: fewer than two people or moments. */
json_t *rating_chart(const struct standing *standing, enum rating_by by, enum rating_key key, const struct rating_spans *spans, const struct rating_figure *figures,
		     const char *const *names, const char *const *addresses, size_t n);

#endif
