/* Feed store: outside feeds, when they are read, which of their entries are posts already. One feed a journal. */
#ifndef STURGEON_STORE_FEED_STORE_H
#define STURGEON_STORE_FEED_STORE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

#define FEED_NEVER INT64_MAX /* next_at of a feed that is paused */

/* The journal of an outside blogger; a community is made by community_insert. */
enum err feed_blogger_insert(struct db *db, struct arena *arena, int64_t journal_id, const char *name, const char *about, int64_t founder_id, int64_t now, struct error *err) MUST_CHECK;
enum err feed_insert(struct db *db, int64_t journal_id, const char *url, int64_t every_us, int64_t next_at, struct error *err) MUST_CHECK; /* ERR_CONFLICT: it is there */
enum err feed_by_address(struct db *db, const char *url, int64_t *ret_journal_id, struct error *err) MUST_CHECK; /* 0: none */

struct feed_row {
	int64_t journal_id;             /* 0: there is none */
	bool community;
	const char *url, *etag, *last_modified;
	int64_t every_us, next_at, failures;
	bool ever;                      /* it was read at least once */
};
enum err feed_due(struct db *db, struct arena *arena, int64_t now, struct feed_row *ret_feed, struct error *err) MUST_CHECK; /* the one that has waited longest; none whose journal is closed or banned */
enum err feed_row_load(struct db *db, struct arena *arena, int64_t journal_id, struct feed_row *ret_feed, struct error *err) MUST_CHECK;
/* After a reading: problem "" where it was good. */
enum err feed_read_note(struct db *db, const struct feed_row *feed, int64_t at, const char *problem, const char *detail, struct error *err) MUST_CHECK;
enum err feed_next_set(struct db *db, int64_t journal_id, int64_t next_at, struct error *err) MUST_CHECK;
enum err feed_end(struct db *db, int64_t journal_id, int64_t at, struct error *err) MUST_CHECK; /* its posts stay; the journal is closed */

/* id, name, kind, url, every_s, next_at (null: paused), checked_at, good_at, failures, problem, problem_detail, posts; by name. */
enum err feed_list(struct db *db, json_t **ret_feeds, struct error *err) MUST_CHECK;

/* An entry, by what it calls itself, otherwise by its link ("": not by it). post_id 0: it was passed over. digest: of the text that the post has. */
enum err feed_entry_find(struct db *db, struct arena *arena, int64_t journal_id, const char *guid, const char *link, bool *ret_known, int64_t *ret_post_id, const char **ret_digest,
			 struct error *err) MUST_CHECK;
enum err feed_entry_put(struct db *db, int64_t journal_id, const char *guid, const char *link, const char *digest, int64_t post_id, struct error *err) MUST_CHECK;

#endif
