/* Buf: bytes that grow up to a stated maximum; what pages, exports and JSON are written into.
 *
 * Invariant: bytes[used] is NUL whenever bytes is not NULL; used <= max. What would pass max is dropped whole and
 * `overflow` is set: the caller looks once, at the end. Out of memory aborts. */
#ifndef STURGEON_BASE_BUF_H
#define STURGEON_BASE_BUF_H

#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *bytes;
	size_t used, size, max;
	bool overflow;
};

void buf_init(struct buf *buf, size_t max_bytes);
void buf_done(struct buf *buf); /* frees; the buf may be used again after buf_init */

void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_html(struct buf *buf, const char *text); /* & < > " ' become entities: safe in text and quoted attributes */
void buf_json(struct buf *buf, const char *text); /* a JSON string with its quotes; < > & are \u escaped too */

/* The bytes as a string the caller frees; the buf is empty again. */
char *buf_take(struct buf *buf);

#endif
