/* Stamp: moments and lengths of time as tables and command lines write them. */
#ifndef STURGEON_EXCHANGE_STAMP_H
#define STURGEON_EXCHANGE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* A moment: Unix seconds ("1604686251", "1604686251.25"; to the nearest microsecond) or ISO 8601 ("2026-11-25T08:30:00Z"; without a zone, the process's). Years 1 to 9999.
 * ret_iso (may be NULL): which of the two it was. */
bool stamp_moment(const char *text, int64_t *ret_at, bool *ret_iso);

/* A length of time: "12h", "7d", "90m", "1h30m", "1.5h", "2w", "250ms"; a number alone is seconds. Never negative; at most some 140,000 years. */
bool stamp_length(const char *text, int64_t *ret_us);

/* The moment as a table writes it: Unix seconds without closing zeros, or ISO 8601 in UTC. Returns its length. */
int stamp_write(int64_t at, bool iso, char out[32]);

#endif
