/* Rating store: the words that stand beside the figures of the rating: names of journals, titles of posts. */
#ifndef STURGEON_STORE_RATING_STORE_H
#define STURGEON_STORE_RATING_STORE_H

#include "base/arena.h"
#include "store/db.h"

/* name "" where there is none. kind: "blogger" or "community". */
enum err rating_journal_load(struct db *db, struct arena *arena, int64_t journal_id, const char **ret_name, const char **ret_kind, struct error *err) MUST_CHECK;
/* {id, title, kind, published_at, community {id, name} or null, author {id, name} or null}; NULL where there is none. */
enum err rating_post_load(struct db *db, int64_t post_id, json_t **ret_post, struct error *err) MUST_CHECK;

#endif
