/* The rating beside SQLite and a plain loop: bench_rating [TENURES] [AUTHORS] [--csv FILE], from the top of the source:
 *
 *     build/bench/bench_rating 10000000 100000
 *     node bench/rating/duckdb.mjs build/bench/bench_rating 10000000 100000      the same tenures asked of DuckDB, in the same run
 *
 * Tenures are a top of 50 as it lives for three years: a post enters at the end and pushes the last one out, moves up and pushes those it passes down; so stays are
 * chains, and each position is held by one post at a time. Authors: some write far more than others. Ours: core/rating, all figures of everyone over all of time, 30
 * days, one day, and of one author. A loop: time and place alone, over the tenures as structs; SQLite: posts, time, place, over a table in memory (--csv: left out).
 * Every figure is processor time, not the clock's, since others may be at work on the machine: the best of five (SQLite: of two). */
#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "core/rating/rating.h"

#define START (INT64_C(1700000000) * MOMENT_SECOND)
#define YEARS (3 * 365 * MOMENT_DAY)
enum { PLACES = 50, TRIES = 5 };

struct history {
	struct tenure *tenures;
	size_t n, room;
	uint32_t posts, authors;
	uint32_t *author_of;
};

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

/* The post at a place ends what it held there. */
static void ended(struct history *h, const struct tenure *held, int place, int64_t at)
{
	if (held->from == at || h->n == h->room) return;
	h->tenures[h->n] = *held;
	h->tenures[h->n].position = (uint16_t)(place + 1);
	h->tenures[h->n++].to = at;
}

static struct history drawn(size_t n, uint32_t authors)
{
	struct history h = {.tenures = must(malloc(n * sizeof *h.tenures)), .room = n, .authors = authors};
	struct tenure top[PLACES];
	struct rng rng;
	int length = 0;
	int64_t at = START, pause = (int64_t)((double)YEARS / (double)n * 3.9); /* on the average an event ends 3.9 tenures */
	rng_init(&rng, 1);
	while (h.n < n) {
		at += 1 + (int64_t)rng_below(&rng, (uint64_t)(2 * pause));
		if (length < PLACES || rng_below(&rng, 10) == 0) {
			if (length == PLACES) ended(&h, &top[--length], PLACES - 1, at);
			top[length++] = (struct tenure){.from = at, .post = h.posts++};
			continue;
		}
		int from = 1 + (int)rng_below(&rng, PLACES - 1), to = from - 1 - (int)rng_below(&rng, 6);
		if (to < 0) to = 0;
		struct tenure mover = top[from];
		ended(&h, &mover, from, at);
		for (int i = from; i > to; i--) {
			ended(&h, &top[i - 1], i - 1, at);
			top[i] = (struct tenure){.from = at, .post = top[i - 1].post};
		}
		top[to] = (struct tenure){.from = at, .post = mover.post};
	}
	h.author_of = must(malloc(h.posts * sizeof *h.author_of));
	for (uint32_t post = 0; post < h.posts; post++) {
		double u = rng_unit(&rng);
		h.author_of[post] = post < authors ? post : (uint32_t)(u * u * authors);
	}
	return h;
}

static int csv_write(const struct history *h, const char *path)
{
	FILE *to = fopen(path, "w");
	if (!to) return perror(path), 1;
	setvbuf(to, NULL, _IOFBF, 1 << 20);
	fputs("author,post,position,from_at,to_at\n", to);
	for (size_t i = 0; i < h->n; i++)
		fprintf(to, "%" PRIu32 ",%" PRIu32 ",%d,%" PRId64 ",%" PRId64 "\n", h->author_of[h->tenures[i].post], h->tenures[i].post, h->tenures[i].position, h->tenures[i].from, h->tenures[i].to);
	if (fclose(to)) return perror(path), 1;
	return 0;
}

/* ---- Ours, a loop, SQLite ---- */

static double ours(const struct rating *rating, struct rating_span span, struct rating_figure *figures, double *ret_sum)
{
	double best = INFINITY;
	size_t n = 0;
	for (int i = 0; i < TRIES; i++) {
		double begun = cpu_ms();
		n = rating_all(rating, RATING_AUTHORS, span, figures);
		best = fmin(best, cpu_ms() - begun);
	}
	*ret_sum = 0;
	for (size_t i = 0; i < n; i++) *ret_sum += rating_hours(figures[i].place);
	return best;
}

static double loop(const struct history *h, struct rating_span span, double *ret_sum)
{
	struct sums {
		int64_t time_us;
		double place;
	} *sums = must(malloc(h->authors * sizeof *sums));
	double w[PLACES + 1], best = INFINITY;
	for (int p = 1; p <= PLACES; p++) w[p] = 1 / log2(p + 1) / (double)MOMENT_HOUR;
	for (int try = 0; try < TRIES; try++) {
		double begun = cpu_ms();
		memset(sums, 0, h->authors * sizeof *sums);
		for (size_t i = 0; i < h->n; i++) {
			const struct tenure *t = &h->tenures[i];
			int64_t from = t->from > span.from ? t->from : span.from, to = t->to < span.to ? t->to : span.to;
			if (from >= to) continue;
			struct sums *sum = &sums[h->author_of[t->post]];
			sum->time_us += to - from;
			sum->place += (double)(to - from) * w[t->position];
		}
		best = fmin(best, cpu_ms() - begun);
	}
	*ret_sum = 0;
	for (uint32_t i = 0; i < h->authors; i++) *ret_sum += sums[i].place;
	free(sums);
	return best;
}

static sqlite3 *sqlite_filled(const struct history *h)
{
	sqlite3 *db;
	sqlite3_stmt *put;
	if (sqlite3_open(":memory:", &db) || sqlite3_exec(db, "CREATE TABLE tenure (author INT, post INT, position INT, from_at INT, to_at INT); CREATE TABLE w (position INTEGER PRIMARY KEY, w REAL); BEGIN", 0, 0, 0)) return NULL;
	sqlite3_prepare_v2(db, "INSERT INTO w VALUES (?, ?)", -1, &put, NULL);
	for (int p = 1; p <= PLACES; p++) {
		sqlite3_bind_int(put, 1, p);
		sqlite3_bind_double(put, 2, 1 / log2(p + 1));
		sqlite3_step(put);
		sqlite3_reset(put);
	}
	sqlite3_finalize(put);
	sqlite3_prepare_v2(db, "INSERT INTO tenure VALUES (?, ?, ?, ?, ?)", -1, &put, NULL);
	for (size_t i = 0; i < h->n; i++) {
		sqlite3_bind_int64(put, 1, h->author_of[h->tenures[i].post]);
		sqlite3_bind_int64(put, 2, h->tenures[i].post);
		sqlite3_bind_int64(put, 3, h->tenures[i].position);
		sqlite3_bind_int64(put, 4, h->tenures[i].from);
		sqlite3_bind_int64(put, 5, h->tenures[i].to);
		sqlite3_step(put);
		sqlite3_reset(put);
	}
	sqlite3_finalize(put);
	sqlite3_exec(db, "COMMIT", 0, 0, 0);
	return db;
}

static double sqlite(sqlite3 *db, struct rating_span span, double *ret_sum)
{
	sqlite3_stmt *ask;
	double best = INFINITY;
	sqlite3_prepare_v2(db, "SELECT author, count(DISTINCT post), sum(min(to_at, ?2) - max(from_at, ?1)), sum((min(to_at, ?2) - max(from_at, ?1)) / 3.6e9 * w) FROM tenure JOIN w USING (position)"
			       " WHERE from_at < ?2 AND to_at > ?1 GROUP BY author", -1, &ask, NULL);
	sqlite3_bind_int64(ask, 1, span.from);
	sqlite3_bind_int64(ask, 2, span.to);
	for (int try = 0; try < 2; try++) {
		double begun = cpu_ms();
		*ret_sum = 0;
		while (sqlite3_step(ask) == SQLITE_ROW) *ret_sum += sqlite3_column_double(ask, 3);
		best = fmin(best, cpu_ms() - begun);
		sqlite3_reset(ask);
	}
	sqlite3_finalize(ask);
	return best;
}

static void one_author(const struct rating *rating, struct rating_span span)
{
	uint32_t authors = rating_groups(rating, RATING_AUTHORS), greatest = 0, posts = 0, others = 0;
	struct rating_figure figure;
	for (uint32_t who = 0; who < authors; who++) {
		figure = rating_of(rating, RATING_AUTHORS, who, span);
		if (figure.posts > posts) greatest = who, posts = figure.posts;
	}
	double begun = cpu_ms();
	for (uint32_t who = 0; who < authors; who += 37, others++) figure = rating_of(rating, RATING_AUTHORS, who, span);
	double mean = (cpu_ms() - begun) / others;
	begun = cpu_ms();
	for (int i = 0; i < 100; i++) figure = rating_of(rating, RATING_AUTHORS, greatest, span);
	printf("one author      %.4f ms on the average; whoever wrote most (%u posts) %.4f ms\n", mean, posts, (cpu_ms() - begun) / 100);
}

int main(int argc, char **argv)
{
	int64_t n = 10000000, authors = 100000;
	const char *csv = argc > 2 && !strcmp(argv[argc - 2], "--csv") ? argv[argc - 1] : NULL;
	if (csv) argc -= 2;
	if ((argc > 1 && (!parse_int(argv[1], &n) || n < 1000)) || (argc > 2 && (!parse_int(argv[2], &authors) || authors < 1)) || argc > 3) {
		fprintf(stderr, "usage: bench_rating [TENURES] [AUTHORS] [--csv FILE]\n");
		return 2;
	}
	struct history history = drawn((size_t)n, (uint32_t)authors);
	if (csv && csv_write(&history, csv)) return 1;
	struct rating *rating = rating_new();
	double begun = cpu_ms();
	for (uint32_t post = 0; post < history.posts; post++) rating_post(rating, post, history.author_of[post], RATING_NOBODY);
	if (rating_load(rating, history.tenures, history.n) != history.n) return 1;
	double loaded = cpu_ms() - begun;
	printf("%zu tenures of %" PRIu32 " posts by %u authors; loaded in %.0f ms, %.1f bytes a tenure\n\n", history.n, history.posts, (unsigned)rating_groups(rating, RATING_AUTHORS), loaded,
	       (double)rating_bytes(rating) / (double)history.n);

	struct rating_figure *figures = must(malloc((size_t)rating_groups(rating, RATING_AUTHORS) * sizeof *figures));
	sqlite3 *db = csv ? NULL : sqlite_filled(&history);
	int64_t end = history.tenures[history.n - 1].to, middle = START + (end - START) / 2;
	const struct {
		const char *name;
		struct rating_span span;
	} spans[] = {{"all of time", {START, end}}, {"30 days", {middle, middle + 30 * MOMENT_DAY}}, {"one day", {middle, middle + MOMENT_DAY}}};
	printf("%-13s %8s %10s %11s %9s %9s\n", "processor, ms", "ours", "a loop", "SQLite", "to loop", "to SQLite");
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		double sum, loop_sum, their_sum;
		double our_ms = ours(rating, spans[i].span, figures, &sum), loop_ms = loop(&history, spans[i].span, &loop_sum);
		printf("%-13s %9.3f %10.2f ", spans[i].name, our_ms, loop_ms);
		if (db) {
			double their_ms = sqlite(db, spans[i].span, &their_sum);
			printf("%11.1f %8.1f× %8.0f×", their_ms, loop_ms / our_ms, their_ms / our_ms);
			if (fabs(sum - their_sum) > 1e-9 * sum) printf("   THE SUMS DIFFER");
		} else {
			printf("%11s %8.1f× %9s", "-", loop_ms / our_ms, "-");
		}
		puts(fabs(sum - loop_sum) > 1e-9 * sum ? "   THE SUMS DIFFER" : "");
		if (csv) printf("# span %" PRId64 " %" PRId64 " %.6f %.9f\n", spans[i].span.from, spans[i].span.to, our_ms, sum); /* for duckdb.mjs */
	}
	one_author(rating, spans[0].span);
	sqlite3_close(db);
	return 0;
}
