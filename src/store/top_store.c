#include "store/top_store.h"

#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "core/top/top.h"
#include "store/post_store.h"

/* ---- Who is where ---- */

static enum err places_now(struct db *db, struct top_place *places, int *ret_n, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT post_id, from_at FROM tenure WHERE to_at IS NULL ORDER BY position", "");
	for (*ret_n = 0; *ret_n < TOP_MOST && rows_next(rows); ++*ret_n) places[*ret_n] = (struct top_place){rows_int(rows, 0), rows_int(rows, 1)};
	return rows_done(rows, err);
}

/* Whoever came last to a position up to the moment held it then, unless he had left it. The first position that nobody held ends the top. */
static enum err place_then(struct db *db, int64_t position, int64_t at, struct top_place *ret_place, bool *ret_held, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT post_id, from_at, to_at FROM tenure WHERE position = $1 AND from_at <= $2 ORDER BY from_at DESC LIMIT 1", "ii", position, at);
	*ret_held = rows_next(rows) && (rows_null(rows, 2) || rows_int(rows, 2) > at);
	if (*ret_held) *ret_place = (struct top_place){rows_int(rows, 0), rows_int(rows, 1)};
	return rows_done(rows, err);
}

enum err top_places(struct db *db, struct arena *arena, int64_t at, struct top_place **ret_places, int *ret_n, struct error *err)
{
	struct top_place places[TOP_MOST];
	bool held = true;
	int n = 0;
	enum err kind = ERR_NONE;
	if (at == TOP_NOW) kind = places_now(db, places, &n, err);
	while (at != TOP_NOW && !kind && held && n < TOP_MOST) {
		kind = place_then(db, n + 1, at, &places[n], &held, err);
		n += held;
	}
	*ret_n = n;
	*ret_places = ARENA_ARRAY(arena, struct top_place, n + 1);
	memcpy(*ret_places, places, sizeof *places * (size_t)n);
	return kind;
}

enum err top_stays(struct db *db, struct arena *arena, int64_t post_id, int64_t from, int64_t to, struct tenure **ret_stays, size_t *ret_n, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT from_at, coalesce(to_at, 9223372036854775807), position FROM tenure WHERE post_id = $1 AND from_at <= $3"
					 " AND (to_at IS NULL OR to_at > $2) ORDER BY from_at", "iii", post_id, from, to);
	struct tenure *stays = NULL;
	size_t n = 0, room = 0;
	while (rows_next(rows)) {
		if (n == room) {
			struct tenure *wider = ARENA_ARRAY(arena, struct tenure, room = room ? 2 * room : 32);
			if (n) memcpy(wider, stays, n * sizeof *wider);
			stays = wider;
		}
		stays[n++] = (struct tenure){.from = rows_int(rows, 0), .to = rows_int(rows, 1), .position = (uint16_t)rows_int(rows, 2)};
	}
	*ret_stays = stays;
	*ret_n = n;
	return rows_done(rows, err);
}

/* ---- What a row shows ---- */

#define COUNTED "v.taken_at IS NULL AND v.nth > 0"

enum err top_votes(struct db *db, int64_t post_id, int64_t at, int64_t *ret_votes, struct error *err)
{
	if (at == TOP_NOW) return db_query_int(db, err, 0, ret_votes, "SELECT votes FROM post_heat WHERE post_id = $1", "i", post_id);
	/* All less those that do not count: both are counted in an index alone. */
	return db_query_int(db, err, 0, ret_votes,
			    "SELECT (SELECT count(*) FROM vote WHERE post_id = $1 AND at <= $2)"
			    " - (SELECT count(*) FROM vote WHERE post_id = $1 AND at <= $2 AND (taken_at IS NOT NULL OR coalesce(nth, 0) = 0))",
			    "ii", post_id, at);
}

#define OF_POST                                                                                                                                                    \
	"p.kind, p.author_id, a.name, p.community_id, c.name, p.byline, p.published_at, p.comments FROM post p LEFT JOIN journal a ON a.journal_id = p.author_id "   \
	"LEFT JOIN journal c ON c.journal_id = p.community_id WHERE p.post_id = $1 AND " POST_READABLE

static json_t *journal_json(struct rows *rows, int id)
{
	return rows_null(rows, id) ? json_null() : json_pack("{sI ss}", "id", (json_int_t)rows_int(rows, id), "name", rows_text(rows, id + 1));
}

static json_t *post_json(struct rows *rows, int64_t post_id)
{
	char at[32];
	moment_iso(rows_int(rows, 7), at);
	return json_pack("{sI ss ss so so ss ss sI}", "id", (json_int_t)post_id, "title", rows_text(rows, 0), "kind", rows_text(rows, 1), "author", journal_json(rows, 2), "community",
			 journal_json(rows, 4), "byline", rows_text(rows, 6), "published_at", at, "comments", (json_int_t)rows_int(rows, 8));
}

enum err top_row(struct db *db, int64_t post_id, int64_t at, json_t **ret_post, struct error *err)
{
	/* An older title stands in the text that was written last before the moment. */
	struct rows *rows = at == TOP_NOW
		? db_query(db, "SELECT p.title, " OF_POST, "i", post_id)
		: db_query(db, "SELECT coalesce(CASE WHEN p.changed_at > $2 THEN (SELECT v.title FROM post_version v WHERE v.post_id = p.post_id AND v.at <= $2"
			       " ORDER BY v.version DESC LIMIT 1) END, p.title), " OF_POST, "ii", post_id, at);
	*ret_post = rows_next(rows) ? post_json(rows, post_id) : NULL;
	return rows_done(rows, err);
}

enum err top_voted(struct db *db, int64_t post_id, int64_t member_id, bool *ret_voted, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT 1 FROM vote WHERE post_id = $1 AND voter_id = $2 AND kind = 'up' AND taken_at IS NULL", "ii", post_id, member_id);
	*ret_voted = n != 0;
	return kind;
}

enum err top_vote_list(struct db *db, struct arena *arena, int64_t post_id, int64_t at, struct top_vote **ret_votes, size_t *ret_n, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT v.vote_id, v.voter_id, v.at, v.nth, v.base, v.weight, v.adds, v.kind FROM vote v WHERE v.post_id = $1 AND v.at <= $2 AND " COUNTED
					 " ORDER BY v.at DESC, v.vote_id DESC", "ii", post_id, at);
	struct top_vote *votes = NULL;
	size_t n = 0, room = 0;
	while (rows_next(rows)) {
		if (n == room) {
			struct top_vote *wider = ARENA_ARRAY(arena, struct top_vote, room = room ? 2 * room : 32);
			if (n) memcpy(wider, votes, n * sizeof *wider);
			votes = wider;
		}
		votes[n] = (struct top_vote){.vote_id = rows_int(rows, 0), .voter_id = rows_int(rows, 1), .at = rows_int(rows, 2), .nth = rows_int(rows, 3),
					     .base = rows_double(rows, 4), .weight = rows_double(rows, 5), .adds = rows_int(rows, 6)};
		snprintf(votes[n].kind, sizeof votes[n].kind, "%s", rows_text(rows, 7));
		n++;
	}
	*ret_votes = votes;
	*ret_n = n;
	return rows_done(rows, err);
}

enum err top_any_post(struct db *db, bool *ret_any, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT 1 FROM post p WHERE " POST_READABLE " LIMIT 1", "");
	*ret_any = n != 0;
	return kind;
}

/* ---- When a member looked ---- */

enum err top_visit_load(struct db *db, int64_t member_id, int64_t *ret_at, int64_t *ret_before, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT at, coalesce(before_at, 0) FROM top_visit WHERE member_id = $1", "i", member_id);
	bool there = rows_next(rows);
	*ret_at = there ? rows_int(rows, 0) : 0;
	*ret_before = there ? rows_int(rows, 1) : 0;
	return rows_done(rows, err);
}

enum err top_visit_put(struct db *db, int64_t member_id, int64_t at, int64_t apart, struct error *err)
{
	return db_exec(db, err, "INSERT INTO top_visit (member_id, at) VALUES ($1, $2) ON CONFLICT (member_id) DO UPDATE SET"
				" before_at = CASE WHEN $2 - top_visit.at >= $3 THEN top_visit.at ELSE top_visit.before_at END,"
				" at = CASE WHEN $2 > top_visit.at THEN $2 ELSE top_visit.at END", "iii", member_id, at, apart);
}
