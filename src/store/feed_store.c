#include "store/feed_store.h"

#include "base/text.h"

enum err feed_blogger_insert(struct db *db, struct arena *arena, int64_t journal_id, const char *name, const char *about, int64_t founder_id, int64_t now, struct error *err)
{
	return db_exec(db, err, "INSERT INTO journal (journal_id, kind, name, name_fold, about, created_at, founder_id) VALUES ($1, 'blogger', $2, $3, $4, $5, $6)", "itttii", journal_id, name,
		       text_fold(arena, name), about, now, founder_id);
}

enum err feed_insert(struct db *db, int64_t journal_id, const char *url, int64_t every_us, int64_t next_at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO feed (journal_id, url, every_us, next_at) VALUES ($1, $2, $3, $4)", "itii", journal_id, url, every_us, next_at);
}

enum err feed_by_address(struct db *db, const char *url, int64_t *ret_journal_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_journal_id, "SELECT journal_id FROM feed WHERE url = $1", "t", url);
}

#define FEED_COLUMNS "f.journal_id, j.kind = 'community', f.url, f.etag, f.last_modified, f.every_us, f.next_at, f.failures, f.good_at IS NOT NULL"

static enum err one(struct rows *rows, struct arena *arena, struct feed_row *ret_feed, struct error *err)
{
	*ret_feed = (struct feed_row){0};
	if (rows_next(rows)) {
		*ret_feed = (struct feed_row){.journal_id = rows_int(rows, 0), .community = rows_int(rows, 1), .url = arena_strdup(arena, rows_text(rows, 2))};
		ret_feed->etag = arena_strdup(arena, rows_text(rows, 3));
		ret_feed->last_modified = arena_strdup(arena, rows_text(rows, 4));
		ret_feed->every_us = rows_int(rows, 5);
		ret_feed->next_at = rows_int(rows, 6);
		ret_feed->failures = rows_int(rows, 7);
		ret_feed->ever = rows_int(rows, 8);
	}
	return rows_done(rows, err);
}

enum err feed_due(struct db *db, struct arena *arena, int64_t now, struct feed_row *ret_feed, struct error *err)
{
	return one(db_query(db, "SELECT " FEED_COLUMNS " FROM feed f JOIN journal j ON j.journal_id = f.journal_id WHERE f.next_at <= $1 AND j.closed_at IS NULL"
			    " AND NOT EXISTS (SELECT 1 FROM ban b WHERE b.member_id = f.journal_id AND b.community_id = 0 AND b.at <= $1 AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $1))"
			    " ORDER BY f.next_at LIMIT 1", "i", now), arena, ret_feed, err);
}

enum err feed_row_load(struct db *db, struct arena *arena, int64_t journal_id, struct feed_row *ret_feed, struct error *err)
{
	return one(db_query(db, "SELECT " FEED_COLUMNS " FROM feed f JOIN journal j ON j.journal_id = f.journal_id WHERE f.journal_id = $1", "i", journal_id), arena, ret_feed, err);
}

enum err feed_read_note(struct db *db, const struct feed_row *feed, int64_t at, const char *problem, const char *detail, struct error *err)
{
	return db_exec(db, err, "UPDATE feed SET etag = $2, last_modified = $3, every_us = $4, next_at = $5, failures = $6, checked_at = $7, good_at = CASE WHEN $8 = '' THEN $7 ELSE good_at END,"
				" problem = $8, problem_detail = $9 WHERE journal_id = $1 AND next_at <> 9223372036854775807", "ittiiiitt",
		       feed->journal_id, feed->etag, feed->last_modified, feed->every_us, feed->next_at, feed->failures, at, problem, detail);
}

enum err feed_next_set(struct db *db, int64_t journal_id, int64_t next_at, struct error *err)
{
	return db_exec(db, err, "UPDATE feed SET next_at = $2 WHERE journal_id = $1", "ii", journal_id, next_at);
}

enum err feed_end(struct db *db, int64_t journal_id, int64_t at, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM feed_entry WHERE journal_id = $1", "i", journal_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM feed WHERE journal_id = $1", "i", journal_id);
	return kind ? kind : db_exec(db, err, "UPDATE journal SET closed_at = $2 WHERE journal_id = $1 AND team_id IS NULL", "ii", journal_id, at);
}

enum err feed_list(struct db *db, json_t **ret_feeds, struct error *err)
{
	*ret_feeds = db_query_json(db, err, "SELECT f.journal_id AS id, j.name, j.kind, f.url, f.every_us / 1000000 AS every_s, NULLIF(f.next_at, 9223372036854775807) AS next_at, f.checked_at, f.good_at,"
					    " f.failures, f.problem, f.problem_detail, (SELECT count(*) FROM feed_entry e WHERE e.journal_id = f.journal_id AND e.post_id <> 0) AS posts"
					    " FROM feed f JOIN journal j ON j.journal_id = f.journal_id ORDER BY j.name_fold, f.journal_id", "");
	return *ret_feeds ? ERR_NONE : err->kind;
}

enum err feed_entry_find(struct db *db, struct arena *arena, int64_t journal_id, const char *guid, const char *link, bool *ret_known, int64_t *ret_post_id, const char **ret_digest,
			 struct error *err)
{
	struct rows *rows = db_query(db, "SELECT post_id, digest, guid = $2 AS own FROM feed_entry WHERE journal_id = $1 AND (guid = $2 OR (link = $3 AND link <> '')) ORDER BY own DESC LIMIT 1", "itt",
				     journal_id, guid, link);
	*ret_post_id = 0;
	*ret_digest = "";
	*ret_known = rows_next(rows);
	if (*ret_known) {
		*ret_post_id = rows_int(rows, 0);
		*ret_digest = arena_strdup(arena, rows_text(rows, 1));
	}
	return rows_done(rows, err);
}

enum err feed_entry_put(struct db *db, int64_t journal_id, const char *guid, const char *link, const char *digest, int64_t post_id, struct error *err)
{
	enum err kind = post_id ? db_exec(db, err, "DELETE FROM feed_entry WHERE journal_id = $1 AND post_id = $2", "ii", journal_id, post_id) : ERR_NONE;
	if (kind) return kind;
	return db_exec(db, err, "INSERT INTO feed_entry (journal_id, guid, link, digest, post_id) VALUES ($1, $2, $3, $4, $5)"
				" ON CONFLICT (journal_id, guid) DO UPDATE SET link = excluded.link, digest = excluded.digest, post_id = excluded.post_id", "ittti",
		       journal_id, guid, link, digest, post_id);
}
