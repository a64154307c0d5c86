/* Call cache: the sales of calls that run, so that a tick need not replay the call from its first event.
 *
 * An entry says up to which event it goes; whoever takes it gives the last event that the data file has, and gets it only where both
 * agree: events are never changed or removed, so the same last event means the same sale. A taken entry is gone until it is put back, so
 * a piece of work that fails leaves none behind.
 * Thread-safe. At most CALL_CACHE_MAX sales, the least recently used is forgotten; about 46 KB each, taken from the heap as needed. */
#ifndef STURGEON_APP_CALL_CACHE_H
#define STURGEON_APP_CALL_CACHE_H

#include <stdbool.h>

#include "core/playbook/sale.h"

#define CALL_CACHE_MAX 96

bool call_cache_take(int64_t call_id, int64_t seq, const char *event_id, struct sale *ret_sale);
void call_cache_put(int64_t call_id, int64_t seq, const char *event_id, const struct sale *sale);

#endif
