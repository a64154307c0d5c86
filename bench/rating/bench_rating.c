/* The rating beside SQLite: bench_rating [TENURES] [AUTHORS], from the top of the source: build/bench/bench_rating 10000000 100000
 *
 * Tenures are chained stays, as a top makes them (positions 1…50, a post stays some hours and moves some ten times), over a year. Ours: core/rating, figures of
 * every author over all of time, 30 days, one day, and of one author; the best of five. Beside it in the same run: the same sums (posts, time, place) by SQLite over the same
 * tenures in memory, once, and by a plain loop in C over an array of structs. */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "core/rating/rating.h"

#define START (INT64_C(1760000000) * MOMENT_SECOND)
#define YEAR (365 * MOMENT_DAY)
enum { STEPS = 10 };

static double now_ms(void)
{
	return (double)moment_steady() / 1e3;
}

static struct tenure *draw(size_t n, uint32_t *ret_posts)
{
	struct tenure *t = malloc(n * sizeof *t);
	struct rng rng;
	uint32_t post = 0;
	if (!t) abort();
	rng_init(&rng, 1);
	for (size_t i = 0; i < n; post++) {
		int64_t at = START + (int64_t)rng_below(&rng, YEAR);
		int position = 50;
		for (int step = 0; step < STEPS && i < n; step++, i++) {
			int64_t to = at + rng_between(&rng, MOMENT_MINUTE, 2 * MOMENT_HOUR);
			t[i] = (struct tenure){at, to, post, (uint16_t)position};
			at = to;
			int moved;
			do moved = (int)rng_between(&rng, position > 8 ? position - 8 : 1, position < 46 ? position + 4 : 50);
			while (moved == position);
			position = moved;
		}
	}
	*ret_posts = post;
	return t;
}

static double best_of(const struct rating *rating, struct rating_span span, struct rating_figure *figures, size_t *ret_n, double *ret_sum)
{
	double best = 1e9;
	for (int i = 0; i < 5; i++) {
		double begun = now_ms();
		*ret_n = rating_all(rating, RATING_AUTHORS, span, figures);
		double took = now_ms() - begun;
		if (took < best) best = took;
	}
	*ret_sum = 0;
	for (size_t i = 0; i < *ret_n; i++) *ret_sum += rating_hours(figures[i].place);
	return best;
}

static double plain(const struct tenure *t, size_t n, const uint32_t *author_of, uint32_t authors, struct rating_span span, double *ret_sum)
{
	double *place = calloc(authors, sizeof *place), w[51], begun = now_ms();
	if (!place) abort();
	for (int p = 1; p <= 50; p++) w[p] = 1 / log2(p + 1) / (double)MOMENT_HOUR;
	for (size_t i = 0; i < n; i++) {
		int64_t from = t[i].from > span.from ? t[i].from : span.from, to = t[i].to < span.to ? t[i].to : span.to;
		if (from < to) place[author_of[t[i].post]] += (double)(to - from) * w[t[i].position];
	}
	double took = now_ms() - begun;
	*ret_sum = 0;
	for (uint32_t i = 0; i < authors; i++) *ret_sum += place[i];
	free(place);
	return took;
}

static sqlite3 *sqlite_filled(const struct tenure *t, size_t n, const uint32_t *author_of)
{
	sqlite3 *db;
	sqlite3_stmt *put;
	if (sqlite3_open(":memory:", &db) || sqlite3_exec(db, "CREATE TABLE tenure (author INT, post INT, position INT, from_at INT, to_at INT); CREATE TABLE w (position INTEGER PRIMARY KEY, w REAL); BEGIN", 0, 0, 0)) return NULL;
	sqlite3_prepare_v2(db, "INSERT INTO w VALUES (?, ?)", -1, &put, NULL);
	for (int p = 1; p <= 50; p++) {
		sqlite3_bind_int(put, 1, p);
		sqlite3_bind_double(put, 2, 1 / log2(p + 1));
		sqlite3_step(put);
		sqlite3_reset(put);
	}
	sqlite3_finalize(put);
	sqlite3_prepare_v2(db, "INSERT INTO tenure VALUES (?, ?, ?, ?, ?)", -1, &put, NULL);
	for (size_t i = 0; i < n; i++) {
		sqlite3_bind_int64(put, 1, author_of[t[i].post]);
		sqlite3_bind_int64(put, 2, t[i].post);
		sqlite3_bind_int64(put, 3, t[i].position);
		sqlite3_bind_int64(put, 4, t[i].from);
		sqlite3_bind_int64(put, 5, t[i].to);
		sqlite3_step(put);
		sqlite3_reset(put);
	}
	sqlite3_finalize(put);
	sqlite3_exec(db, "COMMIT", 0, 0, 0);
	return db;
}

static double sqlite_asked(sqlite3 *db, struct rating_span span, double *ret_sum)
{
	sqlite3_stmt *ask;
	double begun = now_ms();
	*ret_sum = 0;
	sqlite3_prepare_v2(db, "SELECT author, count(DISTINCT post), sum(min(to_at, ?2) - max(from_at, ?1)), sum((min(to_at, ?2) - max(from_at, ?1)) / 3.6e9 * w) FROM tenure JOIN w USING (position)"
			       " WHERE from_at < ?2 AND to_at > ?1 GROUP BY author", -1, &ask, NULL);
	sqlite3_bind_int64(ask, 1, span.from);
	sqlite3_bind_int64(ask, 2, span.to);
	while (sqlite3_step(ask) == SQLITE_ROW) *ret_sum += sqlite3_column_double(ask, 3);
	sqlite3_finalize(ask);
	return now_ms() - begun;
}

int main(int argc, char **argv)
{
	int64_t n = 10000000, authors = 100000;
	if ((argc > 1 && (!parse_int(argv[1], &n) || n < 1000)) || (argc > 2 && (!parse_int(argv[2], &authors) || authors < 1))) {
		fprintf(stderr, "usage: bench_rating [TENURES] [AUTHORS]\n");
		return 2;
	}
	uint32_t posts;
	struct tenure *tenures = draw((size_t)n, &posts);
	uint32_t *author_of = malloc(posts * sizeof *author_of);
	struct rating *rating = rating_new();
	struct rating_figure *figures = malloc((size_t)authors * sizeof *figures);
	if (!author_of || !figures) abort();
	for (uint32_t post = 0; post < posts; post++) {
		author_of[post] = (uint32_t)((uint64_t)post * 2654435761u % (uint64_t)authors);
		rating_post(rating, post, author_of[post], RATING_NOBODY);
	}
	double begun = now_ms();
	if (rating_load(rating, tenures, (size_t)n) != (size_t)n) return 1;
	printf("%lld tenures of %u posts by %lld authors; loaded in %.0f ms, %.1f bytes a tenure\n\n", (long long)n, posts, (long long)authors, now_ms() - begun, (double)rating_bytes(rating) / (double)n);
	sqlite3 *db = sqlite_filled(tenures, (size_t)n, author_of);
	static const struct {
		const char *name;
		int64_t us;
	} spans[] = {{"all of time", 2 * YEAR}, {"30 days", 30 * MOMENT_DAY}, {"one day", MOMENT_DAY}};
	printf("%-12s %10s %12s %12s %8s %8s\n", "span", "ours, ms", "a loop, ms", "SQLite, ms", "ratio", "ratio");
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct rating_span span = {START + YEAR / 2 - spans[i].us / 2, START + YEAR / 2 + spans[i].us / 2};
		double sum, loop_sum, their_sum = 0;
		size_t all;
		double ours = best_of(rating, span, figures, &all, &sum), loop = plain(tenures, (size_t)n, author_of, (uint32_t)authors, span, &loop_sum), theirs = db ? sqlite_asked(db, span, &their_sum) : 0;
		printf("%-12s %10.2f %12.2f %12.1f %8.1f %8.0f%s\n", spans[i].name, ours, loop, theirs, loop / ours, theirs / ours,
		       fabs(sum - loop_sum) > 1e-6 * sum || (db && fabs(sum - their_sum) > 1e-6 * sum) ? "   THE SUMS DIFFER" : "");
	}
	struct rating_span all_time = {RATING_ALL_TIME, START + 2 * YEAR};
	begun = now_ms();
	for (uint32_t who = 0; who < 1000; who++) figures[who] = rating_of(rating, RATING_AUTHORS, who, all_time);
	printf("one author   %10.4f\n", (now_ms() - begun) / 1000);
	sqlite3_close(db);
	return 0;
}
