/* Allow_scan: what HTML would cost to read, found in one pass without reading it, and its bare text where that is too much. Only allow.c uses it. */
#ifndef STURGEON_EXCHANGE_ALLOW_SCAN_H
#define STURGEON_EXCHANGE_ALLOW_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* False where more than `depth` elements are open at once, or a tag has more than `attributes`. Elements that end by themselves (p, li, td, …) do not count.
 * It follows the tags, comments and scripts as a reader would, but not every quirk of one. */
bool allow_scan(const char *html, size_t n, int depth, int attributes);

char *allow_scan_text(struct arena *arena, const char *html, size_t n); /* what stands outside of < and > */

#endif
