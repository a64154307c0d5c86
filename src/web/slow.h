/* Slow: a few threads for what takes long (passwords), so that neither a connection's thread nor the writer waits for it.
 *
 * How many run at once is bounded, and so is how many wait: a flood of log-ins is refused, not queued. Thread-safe. */
#ifndef STURGEON_WEB_SLOW_H
#define STURGEON_WEB_SLOW_H

#include <stdbool.h>

struct exchange;
struct slow;

struct slow *slow_new(void);
void slow_free(struct slow *slow); /* lets what was taken run to its end */

/* false: too many wait already; it was not taken. */
bool slow_submit(struct slow *slow, struct exchange *x, void (*run)(struct exchange *x));

#endif
