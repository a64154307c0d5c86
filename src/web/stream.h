/* Stream: pages that listen to the top, by Server-Sent Events (the HTML standard, "Server-sent events").
 *
 * What is told is a whole state each time, so a listener who is slow, or was away, misses nothing: he is told the latest. One thread for the whole server looks whether
 * it is another state, while anybody listens: at most four times a second, and only after something was committed (once a second in any case: a command may
 * have written beside the server). A stream holds no thread: while there is nothing to tell its connection sleeps. What is told is held once, for all.
 *
 * Between states a stream gets a line without meaning every STREAM_BEAT, so that proxies keep it open and the dead are found. After STREAM_LONGEST it ends: the
 * browser comes again by itself, and is asked anew who it is. At the end of the server every stream ends at once. */
#ifndef STURGEON_WEB_STREAM_H
#define STURGEON_WEB_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "store/store.h"

struct exchange;
struct stream;
struct streams;

#define STREAM_LOOK_MS 250
#define STREAM_BEAT_MS 15000
#define STREAM_LONGEST_MS (30 * 60 * 1000)

/* Says the state as it is on this snapshot: one line, the same text for the same state. */
typedef enum err stream_state(struct db *db, struct buf *out, struct error *err);

struct streams *streams_new(struct store *store, int most, stream_state *state);
void streams_end(struct streams *streams);                      /* every stream ends; none begins any more */
void streams_free(struct streams *streams);                     /* after streams_end, and when every stream is closed */
int streams_open(struct streams *streams);                      /* how many listen */
int64_t streams_told(struct streams *streams);                  /* states told since the start, to each listener once */

/* One more listens. last_id: the id of the state that he has seen, or NULL; he is told the state at once unless it is that one. NULL: there are too many, or
 * the server is stopping. */
struct stream *stream_open(struct streams *streams, struct exchange *x, const char *last_id);
void stream_close(struct stream *stream);
/* What comes next, at most max bytes: how many; 0: nothing yet, and the connection of the exchange sleeps now (wire.h); −1: it is over. */
ssize_t stream_read(struct stream *stream, char *out, size_t max);

#endif
