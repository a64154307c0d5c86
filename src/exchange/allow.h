/* Allow: HTML from anywhere, as HTML that can stand in a page (prose.h) and as plain text.
 *
 * Read as browsers read it (gumbo, as the content of a div), written anew from a closed list; nothing of the source reaches the output but text and addresses,
 * both escaped:
 *   p br hr h2–h6 ul ol[start] li dl dt dd blockquote figure figcaption pre[tabindex]>code
 *   div.scroll[tabindex]>table caption thead tbody tr th[scope] td, these two with [colspan] [rowspan]
 *   a[href rel] strong em s code kbd sub sup mark q
 * Addresses are http, https and mailto; relative ones are read against `base`, and are no links where it is NULL, so none leads to a place of our own. A
 * picture, a film or a frame becomes a link to it (what only counts readers, 1 × 1, becomes nothing). Scripts, styles, forms, svg, math go with all that is in them;
 * other elements leave their content. Tables of one column, which are there for the look, become what they hold.
 *
 * Invariants: the output is well-formed, has nothing that is not in the list, and is a fixed point: allow_html of it gives it again (where it is no longer than ALLOW_MAX). Each is a property test and
 * a fuzzer's. At most ALLOW_MAX bytes are read. What nests deeper than ALLOW_DEPTH open elements, has more attributes in a tag than anyone writes, or takes more
 * than ALLOW_MEMORY to read, is written as its bare text: gumbo is quadratic in all of these. A page of text takes about a millisecond. */
#ifndef STURGEON_EXCHANGE_ALLOW_H
#define STURGEON_EXCHANGE_ALLOW_H

#include <stddef.h>

#include "base/arena.h"

enum { ALLOW_MAX = 128 << 10, ALLOW_DEPTH = 256, ALLOW_ATTRIBUTES = 128, ALLOW_MEMORY = 48 << 20 };

char *allow_html(struct arena *arena, const char *html, const char *base);

/* As it would be read aloud, on one line: at most `most` characters, "…" at the end where there is more; 0: all. */
char *allow_plain(struct arena *arena, const char *html, size_t most);

#endif
