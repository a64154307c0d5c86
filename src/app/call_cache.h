/* Call cache: the sales of calls that run, so that a tick need not replay the call from its first event.
 *
 * An entry says up to which event it goes; whoever takes it gives the last event that the data file has, and gets it only where both
 * agree: events are never changed or removed, so the same last event means the same sale. What is taken is the taker's, until he puts it back
 * or frees it: a piece of work that fails leaves nothing behind.
 * Thread-safe. At most CALL_CACHE_MAX sales of about 46 KB; the least recently used of its few neighbours is forgotten. */
#ifndef STURGEON_APP_CALL_CACHE_H
#define STURGEON_APP_CALL_CACHE_H

#include "core/playbook/talk.h"

#define CALL_CACHE_MAX 256

struct talk *call_cache_take(int64_t call_id, int64_t seq, const char *event_id); /* NULL: it is not here; otherwise the caller's, from malloc */
void call_cache_put(int64_t call_id, int64_t seq, const char *event_id, struct talk *talk); /* takes it over */

#endif
