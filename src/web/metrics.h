/* Metrics: what the program did since it started, as Prometheus text. Counters are atomic; taking one costs nanoseconds. */
#ifndef STURGEON_WEB_METRICS_H
#define STURGEON_WEB_METRICS_H

#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"

struct streams;

void metrics_request(int route, int status, int64_t us); /* route: its place in routes[]; −1 none */
void metrics_render(struct buf *out, struct store *store, struct streams *streams, int open_requests);

#endif
