/* Tenure store: what the keeper of the top writes: heats, tenures, how far it has come. All of it is derived from the votes. */
#ifndef STURGEON_STORE_TENURE_STORE_H
#define STURGEON_STORE_TENURE_STORE_H

#include "base/arena.h"
#include "core/top/top.h"
#include "store/db.h"

enum err top_rules_load(struct db *db, struct top_rules *ret_rules, struct error *err) MUST_CHECK;

struct top_state {
	int64_t done_at;                /* every floor that fell due before it has been handled; votes are taken from it on */
	int64_t run, again;
};
enum err top_state_load(struct db *db, struct top_state *ret_state, struct error *err) MUST_CHECK;
enum err top_state_save(struct db *db, const struct top_state *state, struct error *err) MUST_CHECK;

struct heat_row {
	struct heat heat;
	int64_t votes;                  /* that count, late ones among them */
	double weight;                  /* theirs together */
};
enum err post_heat_load(struct db *db, int64_t post_id, struct heat_row *ret_heat, struct error *err) MUST_CHECK; /* zeros where there is none */
enum err post_heat_save(struct db *db, int64_t post_id, const struct heat_row *heat, struct error *err) MUST_CHECK;
/* Votes and weight alone move at once, with the vote; the heat follows when the keeper comes. */
enum err post_heat_count(struct db *db, int64_t post_id, int64_t votes, double weight, struct error *err) MUST_CHECK;

struct held_row {
	int64_t post_id, from, published_at, community_id;
};
/* The top just before `at`, by position: whoever held one then, to the end of it or longer. INT64_MAX: the top now. */
enum err tenure_held(struct db *db, struct arena *arena, int64_t at, struct held_row **ret_held, int *ret_n, struct error *err) MUST_CHECK;
/* Forgets every tenure that began at `at` or later; those that ended then or later are held still. Noted for tenure_again_since. */
enum err tenure_cut(struct db *db, int64_t at, int64_t run, struct error *err) MUST_CHECK;
enum err tenure_write(struct db *db, int64_t post_id, int64_t position, int64_t from, int64_t to, int64_t run, struct error *err) MUST_CHECK; /* to TENURE_OPEN: held still */

/* From when history was written anew in the runs after this one, the earliest of them; INT64_MIN: from its beginning, or it is not known any more. */
enum err tenure_again_since(struct db *db, int64_t run, int64_t *ret_at, struct error *err) MUST_CHECK;

struct tenure_row {
	int64_t post_id, author_id, community_id, from, to, position;
};
/* Every tenure that was written after a run (0: all there are), a post's in the order of time. */
enum err tenure_each(struct db *db, int64_t after_run, enum err (*each)(void *arg, const struct tenure_row *row, struct error *err), void *arg, struct error *err) MUST_CHECK;

/* Acts of moderation whose effect on the rating is not known yet. */
enum err act_effects_open(struct db *db, int64_t *ret_n, struct error *err) MUST_CHECK;
enum err act_effects_save(struct db *db, const char *effect, struct error *err) MUST_CHECK; /* to all of them */

enum err top_derived_digest(struct db *db, uint64_t *ret_digest, struct error *err) MUST_CHECK; /* tenures, heats, weights of votes */
enum err top_derived_drop(struct db *db, struct error *err) MUST_CHECK;

#endif
