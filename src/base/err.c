#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum err err_set(struct error *err, enum err kind, const char *format, ...)
{
	if (err) {
		va_list args;
		va_start(args, format);
		err->kind = kind;
		vsnprintf(err->text, sizeof err->text, format, args);
		va_end(args);
	}
	return kind;
}

const char *err_name(enum err kind)
{
	switch (kind) {
	case ERR_NONE: return "none";
	case ERR_IO: return "io";
	case ERR_STORE: return "store";
	case ERR_CONFLICT: return "conflict";
	case ERR_CORRUPT: return "corrupt";
	case ERR_LIMIT: return "limit";
	case ERR_SYNTAX: return "syntax";
	case ERR_CLOSED: return "closed";
	case ERR_FULL: return "full";
	case ERR_BUSY: return "busy";
	}
	return "unknown";
}

_Noreturn void err_bug(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "BUG at %s:%d: ", file, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}
