/* Comment store: what readers answer under a post. post.comments is derived: how many of them can be seen; whatever hides or shows one calls comment_count_put. */
#ifndef STURGEON_STORE_COMMENT_STORE_H
#define STURGEON_STORE_COMMENT_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

enum { COMMENTS_SHOWN = 1000 };

/* parent_id 0: an answer to the post itself. */
enum err comment_insert(struct db *db, int64_t post_id, int64_t comment_id, int64_t parent_id, int64_t author_id, int64_t at, const char *body, struct error *err) MUST_CHECK;
enum err comment_update(struct db *db, int64_t post_id, int64_t comment_id, const char *body, int64_t at, struct error *err) MUST_CHECK;
/* Counts anew what can be seen. */
enum err comment_count_put(struct db *db, int64_t post_id, struct error *err) MUST_CHECK;
/* The same for all posts; how many were not as they should be. */
enum err comment_count_mend(struct db *db, int64_t *ret_wrong, struct error *err) MUST_CHECK;

struct comment_state {
	bool found;
	int64_t author_id, at, hidden_at;
};
enum err comment_state_load(struct db *db, int64_t post_id, int64_t comment_id, struct comment_state *ret_state, struct error *err) MUST_CHECK;

/* The first COMMENTS_SHOWN of a post, the oldest first: id, parent_id, author {id, name}, at, edited_at, body, hidden_at. */
enum err comment_list(struct db *db, int64_t post_id, json_t **ret_comments, struct error *err) MUST_CHECK;

#endif
