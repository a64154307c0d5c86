#include "web/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/moment.h"
#include "web/route.h"
#include "web/stream.h"

enum { ROUTES = 512, BUCKETS = 9 };

static const int64_t bucket_us[BUCKETS] = {500, 1000, 2000, 5000, 10000, 20000, 50000, 200000, 1000000};

static struct {
	_Atomic int64_t by_class[6];    /* 1xx … 5xx by their first digit */
	_Atomic int64_t bucket[BUCKETS + 1], sum_us;
} counted[ROUTES];

void metrics_request(int route, int status, int64_t us)
{
	int at = route < 0 || route >= ROUTES - 1 ? ROUTES - 1 : route, b = 0;
	while (b < BUCKETS && us > bucket_us[b]) b++;
	int class = status / 100;
	if (class >= 0 && class < 6) atomic_fetch_add_explicit(&counted[at].by_class[class], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&counted[at].bucket[b], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&counted[at].sum_us, us, memory_order_relaxed);
}

static int64_t resident_bytes(void)
{
	long long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (!f) return 0;
	if (fscanf(f, "%*s %lld", &pages) != 1) pages = 0;
	fclose(f);
	return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

/* "method=…,path=…" of a row of routes.def, or of what matched none. */
static void labels(char out[200], int at)
{
	bool route = at < ROUTES - 1;
	snprintf(out, 200, "method=\"%s\",path=\"%s\"", route ? routes[at].method == GET ? "GET" : "POST" : "", route ? routes[at].path : "none");
}

static bool counted_any(int at)
{
	for (int c = 1; c < 6; c++)
		if (atomic_load(&counted[at].by_class[c])) return true;
	return false;
}

static void total_render(struct buf *out, int at)
{
	char who[200];
	labels(who, at);
	for (int c = 1; c < 6; c++) {
		int64_t n = atomic_load(&counted[at].by_class[c]);
		if (n) buf_printf(out, "sturgeon_requests_total{%s,status=\"%dxx\"} %" PRId64 "\n", who, c, n);
	}
}

static void seconds_render(struct buf *out, int at)
{
	char who[200];
	int64_t sum = 0;
	labels(who, at);
	for (int b = 0; b <= BUCKETS; b++) {
		sum += atomic_load(&counted[at].bucket[b]);
		if (b < BUCKETS) buf_printf(out, "sturgeon_request_seconds_bucket{%s,le=\"%g\"} %" PRId64 "\n", who, (double)bucket_us[b] / 1e6, sum);
	}
	buf_printf(out, "sturgeon_request_seconds_bucket{%s,le=\"+Inf\"} %" PRId64 "\n", who, sum);
	buf_printf(out, "sturgeon_request_seconds_sum{%s} %g\n", who, (double)atomic_load(&counted[at].sum_us) / 1e6);
	buf_printf(out, "sturgeon_request_seconds_count{%s} %" PRId64 "\n", who, sum);
}

/* The format wants all lines of one metric together. */
static void each_route(struct buf *out, void (*render)(struct buf *, int))
{
	for (int i = 0; i < ROUTES; i++)
		if ((i == ROUTES - 1 || (size_t)i < routes_count) && counted_any(i)) render(out, i);
}

static void figure(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help, name, type, name, value);
}

void metrics_render(struct buf *out, struct store *store, struct streams *streams, int open_requests)
{
	struct store_figures figures = store_figures(store);
	int listening = streams_open(streams);
	buf_text(out, "# HELP sturgeon_requests_total Requests answered.\n# TYPE sturgeon_requests_total counter\n");
	each_route(out, total_render);
	buf_text(out, "# HELP sturgeon_request_seconds Time from the last byte read to the last byte sent.\n# TYPE sturgeon_request_seconds histogram\n");
	each_route(out, seconds_render);
	figure(out, "sturgeon_requests_open", "gauge", "Requests not yet answered, this one among them.", open_requests - listening);
	figure(out, "sturgeon_streams", "gauge", "Pages that listen to the top.", listening);
	figure(out, "sturgeon_stream_events_total", "counter", "States of the top told, to each listener once.", streams_told(streams));
	figure(out, "sturgeon_commits_total", "counter", "Groups committed.", figures.groups);
	figure(out, "sturgeon_writes_total", "counter", "Writes in those groups.", figures.writes);
	figure(out, "sturgeon_writes_waiting", "gauge", "Writes not yet committed.", figures.waiting);
	figure(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
}
