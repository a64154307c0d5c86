#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/moment.h"

static atomic_int hushed;

void log_quiet(int quiet)
{
	atomic_store(&hushed, quiet);
}

void log_line(enum log_level level, const char *event, const char *types, ...)
{
	static const char *const names[] = {"info", "warning", "error"};
	if (level == LOG_INFO && atomic_load(&hushed)) return;
	char now[32];
	struct buf line;
	buf_init(&line, 8192);
	moment_iso(moment_now(), now);
	buf_printf(&line, "{\"at\":\"%s\",\"level\":\"%s\",\"event\":", now, names[level]);
	buf_json(&line, event);
	va_list args;
	va_start(args, types);
	for (; *types; types++) {
		buf_char(&line, ',');
		buf_json(&line, va_arg(args, const char *));
		buf_char(&line, ':');
		if (*types == 's') buf_json(&line, va_arg(args, const char *));
		else if (*types == 'd') buf_printf(&line, "%.6g", va_arg(args, double));
		else buf_printf(&line, "%" PRId64, va_arg(args, int64_t));
	}
	va_end(args);
	buf_text(&line, "}\n");
	fwrite(line.bytes, 1, line.used, stderr); /* one call: stderr is unbuffered, lines do not mix */
	buf_done(&line);
}
