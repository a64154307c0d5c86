/* Prose: what written HTML has in common, wherever it comes from (markdown.c: ours, allow.c: anybody's).
 *
 * Written HTML is what stands in a page as it is: {{body_html | ready}}. It has nothing but the elements that assets/css/prose.css
 * dresses, no style and no script, links that cannot run anything, pictures of our own only (the Content-Security-Policy lets no others in).
 * Pure. */
#ifndef STURGEON_EXCHANGE_PROSE_H
#define STURGEON_EXCHANGE_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

enum prose_address {
	PROSE_REFUSED, /* javascript:, data:, //host, something.html: no link is made */
	PROSE_OWN,     /* /path, #place */
	PROSE_OUTSIDE, /* http://host…, https://host… */
	PROSE_MAIL,
};

enum { PROSE_ADDRESS_MAX = 2048 };

/* What an address is, as browsers read it: what they skip over (white space at the ends, tabs and line ends inside) is skipped here. */
enum prose_address prose_address(const char *address);

/* <a …> with the address as it is safe to write; false, and nothing is written, where it is refused. The caller closes it. */
bool prose_link(struct buf *out, const char *address);

/* <img …> of a picture of our own: "/pictures/12", better "/pictures/12#640x480", which says its size, so that nothing moves when it comes. False, and
 * nothing is written, where it is not one of ours. */
bool prose_picture(struct buf *out, const char *address, const char *alt);

/* Headings under the page's own h1: the first is h2, one that was written smaller than the one before it is one level deeper, so none is left out. */
struct prose_rank {
	int level[6];
	int used;
};
int prose_rank(struct prose_rank *rank, int level); /* 2 … 6 */

/* Plain text out of written text: blocks are parted by a space, white space is one space, and what is longer than `most` characters ends at a word's end with
 * "…". most 0: all of it. */
struct prose_plain {
	struct buf *out;
	size_t most, count;
	size_t word;   /* bytes of out up to the end of the last whole word, while there is room for "…" after it */
	bool gap, cut;
};
void prose_plain_add(struct prose_plain *plain, const char *text, size_t n); /* UTF-8 */
void prose_plain_gap(struct prose_plain *plain);
void prose_plain_heading(struct prose_plain *plain); /* after a heading: it gets a full stop, unless it ends with a mark */
void prose_plain_end(struct prose_plain *plain);

#endif
