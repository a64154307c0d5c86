/* Moderate store: what moderators do to posts and comments, and the rules of the journals. */
#ifndef STURGEON_STORE_MODERATE_STORE_H
#define STURGEON_STORE_MODERATE_STORE_H

#include "core/top/top.h"
#include "store/db.h"

enum err post_hidden_set(struct db *db, int64_t post_id, int64_t at, struct error *err) MUST_CHECK;                            /* at 0: shown */
enum err comment_hidden_set(struct db *db, int64_t post_id, int64_t comment_id, int64_t at, struct error *err) MUST_CHECK;

/* Merging: the post's votes count for the one that stays, but of a reader who voted for both only the vote for the one that stays (the other is set aside, as taken
 * back at `at`); its comments stand there. Both heats are zero until the top has run again from the first vote of either (ret_again; INT64_MAX: there is none). */
enum err post_merge(struct db *db, int64_t post_id, int64_t into_id, int64_t at, int64_t *ret_again, struct error *err) MUST_CHECK;
/* Exactly undone. */
enum err post_unmerge(struct db *db, int64_t post_id, int64_t into_id, int64_t *ret_again, struct error *err) MUST_CHECK;
/* Has anything been merged into it? Then it cannot itself go into another. */
enum err post_merged_here(struct db *db, int64_t post_id, bool *ret_merged, struct error *err) MUST_CHECK;

struct journal_rules {
	bool open_reading;
	struct top_rules top;
};
enum err journal_rules_load(struct db *db, struct journal_rules *ret_rules, struct error *err) MUST_CHECK;
enum err journal_rules_save(struct db *db, const struct journal_rules *rules, struct error *err) MUST_CHECK;

/* Posts of a community that are in the top now. */
enum err community_in_top(struct db *db, int64_t community_id, int64_t *ret_n, struct error *err) MUST_CHECK;

#endif
