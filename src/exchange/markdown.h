/* Markdown: what people of the house write, as HTML that can stand in a page (prose.h) and as plain text.
 *
 * GitHub's Markdown by cmark-gfm: tables, ~~struck~~, bare addresses become links. Departures: raw HTML is left out; a line's end is a line's end, as
 * people who write in a form mean it; an outside picture becomes a link to it; headings go by prose_rank.
 *
 * At most MARKDOWN_MAX bytes are read: forms refuse more, in words, so what is cut here (at a line's end) never came through one. The parser's worst is
 * quadratic: 50 ms and 50 MB for texts of that length that were made up to hurt. Parsing is one at a time (cmark's extensions change its tables while it
 * parses); a page of text takes a fraction of a millisecond. */
#ifndef STURGEON_EXCHANGE_MARKDOWN_H
#define STURGEON_EXCHANGE_MARKDOWN_H

#include "base/arena.h"

enum { MARKDOWN_MAX = 32 << 10 };

char *markdown_html(struct arena *arena, const char *text);  /* a post */
char *markdown_brief(struct arena *arena, const char *text); /* what stands among other things (a comment, rules): its headings are bold lines */

/* As it would be read aloud, on one line: at most `most` characters, "…" at the end where there is more; 0: all. */
char *markdown_plain(struct arena *arena, const char *text, size_t most);

#endif
