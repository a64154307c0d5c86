/* Top store: reading the main top, as it is and as it was. What the keeper wrote (tenure_store.h) is not changed here; the one thing written is when a member looked. */
#ifndef STURGEON_STORE_TOP_STORE_H
#define STURGEON_STORE_TOP_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/top/tenure.h"
#include "store/db.h"

#define TOP_NOW INT64_MAX

struct top_place {
	int64_t post_id, since;         /* at this position since */
};

/* The top as it was at a moment, by position; TOP_NOW: as it is. Cost: one look into an index for each position. */
enum err top_places(struct db *db, struct arena *arena, int64_t at, struct top_place **ret_places, int *ret_n, struct error *err) MUST_CHECK;

/* How many votes of a post count: now, or of those given up to a moment. */
enum err top_votes(struct db *db, int64_t post_id, int64_t at, int64_t *ret_votes, struct error *err) MUST_CHECK;

/* What a row shows of a post: id, title (as it was at that moment), kind, author {id, name} or null, community {id, name} or null, byline, published_at, comments. NULL
 * where it cannot be read. */
enum err top_row(struct db *db, int64_t post_id, int64_t at, json_t **ret_post, struct error *err) MUST_CHECK;

/* The stays of a post that touch [from, to], in the order of time. */
enum err top_stays(struct db *db, struct arena *arena, int64_t post_id, int64_t from, int64_t to, struct tenure **ret_stays, size_t *ret_n, struct error *err) MUST_CHECK;

/* Has he a standing vote for it? */
enum err top_voted(struct db *db, int64_t post_id, int64_t member_id, bool *ret_voted, struct error *err) MUST_CHECK;

/* The votes of a post given up to a moment that count, the latest first. */
struct top_vote {
	int64_t vote_id, voter_id, at, nth;
	double base, weight;
	bool adds;
	char kind[8];
};
enum err top_vote_list(struct db *db, struct arena *arena, int64_t post_id, int64_t at, struct top_vote **ret_votes, size_t *ret_n, struct error *err) MUST_CHECK;

/* Is there any post to be read? */
enum err top_any_post(struct db *db, bool *ret_any, struct error *err) MUST_CHECK;

/* When a member looked: the present visit's last look, and the last look of the visit before it; 0: never. */
enum err top_visit_load(struct db *db, int64_t member_id, int64_t *ret_at, int64_t *ret_before, struct error *err) MUST_CHECK;
/* He looks. A look `apart` or more after the last one begins another visit. */
enum err top_visit_put(struct db *db, int64_t member_id, int64_t at, int64_t apart, struct error *err) MUST_CHECK;

#endif
