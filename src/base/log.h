/* Log: one JSON object a line on standard error. Only src/web and src/cli log. Never personal data, never secrets. */
#ifndef STURGEON_BASE_LOG_H
#define STURGEON_BASE_LOG_H

enum log_level { LOG_INFO, LOG_WARNING, LOG_ERROR };

/* Pairs of key and value follow the event, each value by a letter of `types`: s text, i int64_t, d double.
 *   log_line(LOG_INFO, "request", "sii", "path", "/desk", "status", (int64_t)200, "us", (int64_t)310);
 * Thread-safe: a line is written whole. */
void log_line(enum log_level level, const char *event, const char *types, ...);
void log_quiet(int quiet); /* tests: INFO lines are dropped */

#endif
