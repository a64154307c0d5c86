/* Top table: a CSV of votes, or of observed tops, as columns in memory: what `sturgeon top replay` and `top observe` eat, millions of rows a second.
 *
 * Columns are found by the header's names, in any order and case; others are passed over. Voters and authors are numbers out of one row (so one's own post is an
 * equality), posts out of another, communities out of a third. A post's author, community and publication are what its first row that tells them says.
 * A field may be quoted as RFC 4180 has it, without a line break in it. The file is UTF-8 or any superset of ASCII; a .gz is unpacked; "-" is standard input.
 *
 * Memory: the file itself (mapped where it can be), 8 to 32 bytes a row, some 60 a name. At most 2^31 rows. */
#ifndef STURGEON_APP_TOP_TABLE_H
#define STURGEON_APP_TOP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define TOP_TABLE_NONE UINT32_MAX

enum top_table_kind { TOP_TABLE_VOTES, TOP_TABLE_SNAPSHOTS };

/* Names and their numbers 0, 1, 2 … */
struct top_names {
	const char **name;
	uint32_t *length;
	uint32_t n, room;
	uint64_t *slots;                /* hash's upper half, number + 1; 0: free */
	uint32_t mask;
	char *block;
	size_t block_left;
	void *blocks;                   /* a list, to be freed */
};

struct top_table {
	bool iso;                       /* times were ISO 8601, not Unix seconds */
	bool in_order;                  /* by time */
	bool has_weights, has_backs;    /* some row has a weight; some row takes a vote back */
	size_t n;
	int64_t *at;
	uint32_t *voter, *post;         /* voter: of votes */
	double *weight;                 /* of votes where has_weights: −1 takes back, NaN: none was given */
	uint16_t *position;             /* of snapshots */
	uint32_t *line;                 /* of snapshots: for who complains of a row; NULL for votes */
	struct top_names people, posts, communities;
	uint32_t *author_of, *community_of; /* of a post; TOP_TABLE_NONE */
	int64_t *published;             /* of a post; INT64_MAX: not told */
};

struct top_table_progress {
	void (*tell)(void *arg, double share, size_t rows); /* now and then; NULL: never */
	void *arg;
};

/* ERR_SYNTAX with the line and what is wrong with it; ERR_IO; ERR_LIMIT. */
enum err top_table_read(const char *path, enum top_table_kind kind, const struct top_table_progress *progress, struct top_table *ret_table, struct error *err) MUST_CHECK;
void top_table_done(struct top_table *table);

/* The rows' order by time, ties as in the file: a permutation (free it); NULL where they stand so already. */
uint32_t *top_table_order(const struct top_table *table);
/* For each post a number that sorts as "the smaller id" does: names that are whole numbers by their value, before all others, which go by their bytes. Free it. */
int64_t *top_table_ids(const struct top_table *table);

#endif
