/* Strip: the positions of a post over time as a line in a picture (T5, T6): position 1 on the upper edge, time from left to right.
 *
 * A stay at a position is a level stroke; a move is an upright one; while the post is not in the top there is no line. Heights go by the logarithm of the
 * position, as its weight in the rating does: from 1 to 2 is as far as from 10 to 20. What happens within one unit of width is drawn as one upright stroke from
 * the highest to the lowest position it held there (Jugel et al., "M4", VLDB 2014: the picture is the same as if all of it were drawn), so the text is
 * bounded by the width however often the post moved. A gap narrower than a unit cannot be seen and is none.
 *
 * Coordinates are whole units of the picture; take as many as it has pixels, or twice as many. Use, for a viewBox "0 0 120 24":
 *
 *   struct strip strip = {.from = now − day, .to = now, .places = 50, .width = 120, .height = 24};
 *   strip_line(&strip, tenures, n, &path);        → <path d="M31 24v-4h12v-3h77">, stroked
 *
 * For parts of a rating (rating_explain_post), fill tenures with their from, to, position: `post` is not read. */
#ifndef STURGEON_CORE_TOP_STRIP_H
#define STURGEON_CORE_TOP_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "core/top/tenure.h"

struct strip {
	int64_t from, to;               /* the time that the picture shows: from < to */
	int places;                     /* the last position that it shows, ≥ 1: what stood lower lies on the lower edge */
	int width, height;              /* > 0 */
};

int strip_x(const struct strip *strip, int64_t at);             /* 0…width; what is outside stands on the edge */
int strip_y(const struct strip *strip, int position);           /* 0 is position 1, height is the last */

/* Adds the path (the attribute `d`). Tenures of one post, in the order of time, as they are: what is outside the picture is cut, TENURE_OPEN lasts to its end. Every stay that
 * touches the time shown can be seen, however short. false: there is none. Cost: O(n); at most some 20 bytes a unit of width. */
bool strip_line(const struct strip *strip, const struct tenure *tenures, size_t n, struct buf *out);
/* The same as an area down to the lower edge, to be filled. */
bool strip_area(const struct strip *strip, const struct tenure *tenures, size_t n, struct buf *out);

/* Positions at which a picture may draw a level line: 1, 2, 5, 10, 20, 50 … up to places. How many (≤ STRIP_LEVELS). */
enum { STRIP_LEVELS = 10 };
int strip_levels(int places, int ret[STRIP_LEVELS]);

#endif
