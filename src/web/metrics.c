#include "web/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/moment.h"
#include "web/route.h"

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
	return (int64_t)pages * 4096;
}

static void route_render(struct buf *out, int at, const char *method, const char *path)
{
	int64_t total = 0;
	for (int c = 1; c < 6; c++) {
		int64_t n = atomic_load(&counted[at].by_class[c]);
		if (n) buf_printf(out, "sturgeon_requests_total{method=\"%s\",path=\"%s\",status=\"%dxx\"} %" PRId64 "\n", method, path, c, n);
		total += n;
	}
	if (!total) return;
	int64_t sum = 0;
	for (int b = 0; b < BUCKETS; b++) {
		sum += atomic_load(&counted[at].bucket[b]);
		buf_printf(out, "sturgeon_request_seconds_bucket{method=\"%s\",path=\"%s\",le=\"%g\"} %" PRId64 "\n", method, path,
			   (double)bucket_us[b] / 1e6, sum);
	}
	sum += atomic_load(&counted[at].bucket[BUCKETS]);
	buf_printf(out, "sturgeon_request_seconds_bucket{method=\"%s\",path=\"%s\",le=\"+Inf\"} %" PRId64 "\n", method, path, sum);
	buf_printf(out, "sturgeon_request_seconds_sum{method=\"%s\",path=\"%s\"} %g\n", method, path, (double)atomic_load(&counted[at].sum_us) / 1e6);
	buf_printf(out, "sturgeon_request_seconds_count{method=\"%s\",path=\"%s\"} %" PRId64 "\n", method, path, sum);
}

void metrics_render(struct buf *out, struct store *store)
{
	struct store_figures figures = store_figures(store);
	buf_text(out, "# HELP sturgeon_requests_total Requests answered.\n# TYPE sturgeon_requests_total counter\n"
		      "# HELP sturgeon_request_seconds Time from the last byte read to the reply.\n# TYPE sturgeon_request_seconds histogram\n");
	for (size_t i = 0; i < routes_count && i < ROUTES - 1; i++)
		route_render(out, (int)i, routes[i].method == GET ? "GET" : "POST", routes[i].path);
	route_render(out, ROUTES - 1, "", "none");
	buf_printf(out, "# HELP sturgeon_commits_total Groups committed.\n# TYPE sturgeon_commits_total counter\nsturgeon_commits_total %" PRId64 "\n", figures.groups);
	buf_printf(out, "# HELP sturgeon_writes_total Writes in those groups.\n# TYPE sturgeon_writes_total counter\nsturgeon_writes_total %" PRId64 "\n", figures.writes);
	buf_printf(out, "# HELP sturgeon_writes_waiting Writes not yet committed.\n# TYPE sturgeon_writes_waiting gauge\nsturgeon_writes_waiting %" PRId64 "\n", figures.waiting);
	buf_printf(out, "# HELP process_resident_memory_bytes Resident memory.\n# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %" PRId64 "\n", resident_bytes());
}
