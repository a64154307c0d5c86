#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t max_bytes)
{
	*buf = (struct buf){.max = max_bytes};
}

void buf_done(struct buf *buf)
{
	free(buf->bytes);
	*buf = (struct buf){.max = buf->max};
}

/* Makes room for n more bytes and the closing NUL. */
static bool room(struct buf *buf, size_t n)
{
	if (n > buf->max - buf->used) {
		buf->overflow = true;
		return false;
	}
	size_t need = buf->used + n + 1;
	if (need > buf->size) {
		size_t size = buf->size ? buf->size : 256;
		while (size < need) size *= 2;
		char *bytes = realloc(buf->bytes, size);
		if (!bytes) abort();
		buf->bytes = bytes;
		buf->size = size;
	}
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t n)
{
	if (!room(buf, n)) return;
	if (n) memcpy(buf->bytes + buf->used, bytes, n);
	buf->used += n;
	buf->bytes[buf->used] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	if (text) buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n >= 0 && room(buf, (size_t)n)) {
		vsnprintf(buf->bytes + buf->used, (size_t)n + 1, format, args);
		buf->used += (size_t)n;
	}
	va_end(args);
}

void buf_html(struct buf *buf, const char *text)
{
	if (!text) return;
	for (;;) {
		size_t plain = strcspn(text, "&<>\"'");
		buf_add(buf, text, plain);
		text += plain;
		switch (*text) {
		case '\0': return;
		case '&': buf_text(buf, "&amp;"); break;
		case '<': buf_text(buf, "&lt;"); break;
		case '>': buf_text(buf, "&gt;"); break;
		case '"': buf_text(buf, "&quot;"); break;
		default: buf_text(buf, "&#39;"); break;
		}
		text++;
	}
}

void buf_json(struct buf *buf, const char *text)
{
	buf_char(buf, '"');
	for (const unsigned char *p = (const unsigned char *)text; p && *p; p++) {
		if (*p == '"' || *p == '\\') {
			buf_char(buf, '\\');
			buf_char(buf, (char)*p);
		} else if (*p == '\n') {
			buf_text(buf, "\\n");
		} else if (*p < 0x20 || *p == '<' || *p == '>' || *p == '&' || *p == 0x7f) {
			buf_printf(buf, "\\u%04x", *p);
		} else {
			buf_char(buf, (char)*p);
		}
	}
	buf_char(buf, '"');
}

char *buf_take(struct buf *buf)
{
	if (!room(buf, 0)) abort();
	buf->bytes[buf->used] = '\0';
	char *bytes = buf->bytes;
	*buf = (struct buf){.max = buf->max};
	return bytes;
}
