/* Work: what the server does by itself beside the pages: keeping the top, reading outside feeds, ending what has ended.
 *
 * A job is a row of the table in work.c and has a thread of its own, so that a slow one (the network) holds up nobody. It is asked again `every`
 * microseconds after it ended and uses the store as any other: reads on a snapshot, writes as a piece of a group. A job that fails is told to `failed`
 * (from its thread) and asked again. A stop waits for the running ones: they look at work_stopping() where they wait themselves. */
#ifndef STURGEON_APP_WORK_H
#define STURGEON_APP_WORK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "store/store.h"

struct work;

struct work *work_start(struct store *store, void (*failed)(const char *what, const struct error *error));
void work_stop(struct work *work);
bool work_stopping(const struct work *work);

#endif
