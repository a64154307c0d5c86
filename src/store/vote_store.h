/* Vote store: votes as events, and what the keeper of the top has still to do.
 *
 * A vote counts while it is not taken back, its post can be read (published, not hidden, deleted or merged) and its voter is not banned (everywhere or in
 * the post's community). One's own vote never counts. `nth`, `weight` and `adds` are derived from the votes that count, in the order (at, vote_id). */
#ifndef STURGEON_STORE_VOTE_STORE_H
#define STURGEON_STORE_VOTE_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct vote_row {
	int64_t vote_id, post_id, voter_id, author_id, at;
	int64_t published_at, community_id;
	double base, weight;
	int64_t nth;                    /* 0: it counts for nothing; −1: not weighed yet */
	bool counts, adds;
};

/* The standing vote ("up") of a reader on a post; vote_id 0 where there is none. */
enum err vote_find(struct db *db, int64_t post_id, int64_t voter_id, struct vote_row *ret_vote, struct error *err) MUST_CHECK;
/* ERR_CONFLICT where he has voted for it already (kind "up"). */
enum err vote_insert(struct db *db, const struct vote_row *vote, const char *kind, struct error *err) MUST_CHECK;
enum err vote_take_back(struct db *db, int64_t vote_id, int64_t at, struct error *err) MUST_CHECK;
enum err vote_weigh(struct db *db, const struct vote_row *vote, struct error *err) MUST_CHECK; /* writes nth, weight, adds */

/* How many votes that count the voter gave this author from `since` up to (at, vote_id), that one left out. */
enum err vote_earlier(struct db *db, const struct vote_row *vote, int64_t since, int64_t *ret_n, struct error *err) MUST_CHECK;

/* When the voter voted for this author last, whether it counts or not; INT64_MIN where he never did. */
enum err vote_last_for(struct db *db, int64_t voter_id, int64_t author_id, int64_t *ret_at, struct error *err) MUST_CHECK;

/* Votes from a moment on, in order (at, vote_id), those that count no more among them; published and community of their posts filled in.
 * after_id: those of `from` itself only past this id (paging); at most `most`. */
enum err vote_list_from(struct db *db, struct arena *arena, int64_t from, int64_t after_id, int most, struct vote_row **ret_votes, int *ret_n,
			struct error *err) MUST_CHECK;
/* The votes of one post before a moment that add heat, in order. */
enum err vote_list_before(struct db *db, struct arena *arena, int64_t post_id, int64_t before, struct vote_row **ret_votes, int *ret_n, struct error *err) MUST_CHECK;
enum err vote_latest(struct db *db, int64_t *ret_at, struct error *err) MUST_CHECK; /* INT64_MIN where there is none */
/* The earliest vote of a post; INT64_MAX where there is none. (Of a voter: ban_store.h.) */
enum err vote_first_of_post(struct db *db, int64_t post_id, int64_t *ret_at, struct error *err) MUST_CHECK;

struct vote_post {
	int64_t post_id, author_id, community_id, published_at;
};
/* The post that may be voted for: published and readable; post_id 0 where it is not. */
enum err vote_post_find(struct db *db, int64_t post_id, struct vote_post *ret_post, struct error *err) MUST_CHECK;

/* Work of the keeper. */
enum err work_vote_insert(struct db *db, int64_t work_id, int64_t vote_id, int64_t at, struct error *err) MUST_CHECK;
enum err work_again_insert(struct db *db, int64_t work_id, int64_t at, struct error *err) MUST_CHECK;
enum err work_waits(struct db *db, bool *ret_waits, struct error *err) MUST_CHECK; /* any work, or an act whose effect is not known */
/* From when to run again: the earliest of all that waits, where anything asks for it or a vote came too late to continue; INT64_MAX otherwise. */
enum err work_again_from(struct db *db, int64_t *ret_at, struct error *err) MUST_CHECK;
/* Votes waiting to be taken in, in order; at most `most`. */
enum err work_votes(struct db *db, struct arena *arena, int most, struct vote_row **ret_votes, int *ret_n, struct error *err) MUST_CHECK;
enum err work_vote_done(struct db *db, int64_t vote_id, struct error *err) MUST_CHECK;
enum err work_all_done(struct db *db, struct error *err) MUST_CHECK;

#endif
