/* Allow_write: the writing half of allow.c: text and structure come in any order, well-formed HTML of the closed list goes out.
 *
 * What is open is a stack of frames (blocks); inside the innermost text runs on, in paragraphs where the frame wants them, with inline elements opened
 * around it as they are wanted. Everything is opened late, when there is text to put in it, so nothing empty is written and no white space stands at an end.
 *
 * Invariant: what is written, read again by the HTML parser, comes back as the same calls; so allow_html of its own output changes nothing. It holds because
 * paragraphs, headings and lines hold inline elements only, inline elements never cross a block's edge nor nest in their own kind, and a table holds rows of cells
 * and nothing else. */
#ifndef STURGEON_EXCHANGE_ALLOW_WRITE_H
#define STURGEON_EXCHANGE_ALLOW_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "exchange/prose.h"

enum frame_kind {
	FRAME_ROOT,
	FRAME_QUOTE,   /* blockquote: text stands in paragraphs, as in the root */
	FRAME_FIGURE,
	FRAME_ITEM,    /* li, dd, td, th: the first text may stand bare */
	FRAME_CELL,
	FRAME_LIST,    /* ul, ol: holds items only */
	FRAME_TERMS,   /* dl */
	FRAME_LINE,    /* dt, figcaption, caption: holds inline elements only */
	FRAME_HEADING,
	FRAME_PRE,
	FRAME_TABLE,
	FRAME_SECTION, /* thead, tbody */
	FRAME_ROW,
};

enum { FRAME_MOST = 25, INLINE_MOST = 12, TABLE_MOST = FRAME_MOST / 4 + 1 };

struct frame {
	enum frame_kind kind;
	const char *tag;
	const char *attributes; /* " start=\"3\"" */
	int level;              /* of a heading, as it was written */
	int rank;               /* as it is shown */
	int in_p;               /* explicit paragraphs that we are in */
	bool opened, said;
	bool implicit;          /* stands where the source has left it out */
	bool broken;            /* a block ended here: what follows is a paragraph of its own */
	bool p_open;
	bool rule;              /* a line across is due before what follows */
};

struct inline_element {
	const char *tag;
	const char *href; /* of a */
};

struct allow_writer {
	struct arena *arena;
	struct buf *out;
	struct prose_plain *plain; /* not NULL: text alone is wanted, and out is not written to */
	struct frame frames[FRAME_MOST];
	int top;
	struct inline_element wanted[INLINE_MOST], open[INLINE_MOST];
	int wanted_count, open_count;
	bool begun, gap;           /* this run of text; white space is due in it */
	int breaks;
	struct prose_rank rank;
	struct buf *blank;         /* white space in pre that is due */
	struct allow_writer *saved[TABLE_MOST];
	int tables;
	size_t out_used;           /* of a saved one */
};

void allow_write_begin(struct allow_writer *w);
void allow_write_end(struct allow_writer *w);

void allow_write_text(struct allow_writer *w, const char *text);
void allow_write_break(struct allow_writer *w);                   /* br */
void allow_write_rule(struct allow_writer *w);                    /* hr */
void allow_write_boundary(struct allow_writer *w);                /* a block without a look of its own begins or ends */

bool allow_write_p_begin(struct allow_writer *w);                 /* says what allow_write_p_end must be told */
void allow_write_p_end(struct allow_writer *w, bool counted);

/* False where it cannot stand here: what is in it goes where the frame would have been. */
bool allow_write_push(struct allow_writer *w, enum frame_kind kind, const char *tag, const char *attributes);
bool allow_write_heading(struct allow_writer *w, int level);
void allow_write_pop(struct allow_writer *w, int depth);          /* down to w->top == depth */
void allow_write_pop_implicit(struct allow_writer *w);            /* before another item begins */

bool allow_write_inline(struct allow_writer *w, const char *tag, const char *href); /* false where one is wanted already */
void allow_write_inline_end(struct allow_writer *w);

#endif
