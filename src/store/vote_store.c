#include "store/vote_store.h"

#include <string.h>

#include "store/ban_store.h"

/* A row counts. The names v (vote) and p (its post) are the query's. */
#define COUNTS                                                                                                                    \
	"(v.taken_at IS NULL AND v.voter_id <> v.author_id AND p.published_at IS NOT NULL AND p.hidden_at IS NULL"                 \
	" AND p.deleted_at IS NULL AND p.merged_into IS NULL AND NOT " BAN_COUNTS_OUT("v.voter_id", "p.community_id") ")"
#define COLUMNS                                                                                                                   \
	"v.vote_id, v.post_id, v.voter_id, v.author_id, v.at, COALESCE(p.published_at, 0), COALESCE(p.community_id, 0), v.base,"   \
	" COALESCE(v.weight, 0), COALESCE(v.nth, -1), " COUNTS ", COALESCE(v.adds, 0)"

static struct vote_row row_of(struct rows *rows)
{
	return (struct vote_row){.vote_id = rows_int(rows, 0), .post_id = rows_int(rows, 1), .voter_id = rows_int(rows, 2), .author_id = rows_int(rows, 3),
				 .at = rows_int(rows, 4), .published_at = rows_int(rows, 5), .community_id = rows_int(rows, 6), .base = rows_double(rows, 7),
				 .weight = rows_double(rows, 8), .nth = rows_int(rows, 9), .counts = rows_int(rows, 10), .adds = rows_int(rows, 11)};
}

static enum err list(struct rows *rows, struct arena *arena, struct vote_row **ret_votes, int *ret_n, struct error *err)
{
	struct vote_row *votes = NULL;
	int n = 0, room = 0;
	while (rows_next(rows)) {
		if (n == room) {
			struct vote_row *wider = arena_alloc(arena, (size_t)(room ? room *= 2 : (room = 64)) * sizeof *wider);
			if (n) memcpy(wider, votes, (size_t)n * sizeof *wider);
			votes = wider;
		}
		votes[n++] = row_of(rows);
	}
	*ret_votes = votes;
	*ret_n = n;
	return rows_done(rows, err);
}

enum err vote_find(struct db *db, int64_t post_id, int64_t voter_id, struct vote_row *ret_vote, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT " COLUMNS " FROM vote v JOIN post p ON p.post_id = v.post_id WHERE v.post_id = $1 AND v.voter_id = $2"
					 " AND v.kind = 'up' AND v.taken_at IS NULL", "ii", post_id, voter_id);
	*ret_vote = (struct vote_row){0};
	if (rows_next(rows)) *ret_vote = row_of(rows);
	return rows_done(rows, err);
}

enum err vote_insert(struct db *db, const struct vote_row *vote, const char *kind, struct error *err)
{
	return db_exec(db, err, "INSERT INTO vote (vote_id, post_id, voter_id, author_id, kind, base, at, nth, weight, adds)"
				" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", "iiiitdiidi",
		       vote->vote_id, vote->post_id, vote->voter_id, vote->author_id, kind, vote->base, vote->at, vote->nth, vote->weight, (int64_t)vote->adds);
}

enum err vote_take_back(struct db *db, int64_t vote_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE vote SET taken_at = $2 WHERE vote_id = $1", "ii", vote_id, at);
}

enum err vote_weigh(struct db *db, const struct vote_row *vote, struct error *err)
{
	return db_exec(db, err, "UPDATE vote SET nth = $2, weight = $3, adds = $4 WHERE vote_id = $1", "iidi", vote->vote_id, vote->nth, vote->weight,
		       (int64_t)vote->adds);
}

enum err vote_earlier(struct db *db, const struct vote_row *vote, int64_t since, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n,
			    "SELECT count(*) FROM vote v JOIN post p ON p.post_id = v.post_id WHERE v.voter_id = $1 AND v.author_id = $2 AND v.at >= $3"
			    " AND (v.at < $4 OR (v.at = $4 AND v.vote_id < $5)) AND " COUNTS,
			    "iiiii", vote->voter_id, vote->author_id, since, vote->at, vote->vote_id);
}

enum err vote_last_for(struct db *db, int64_t voter_id, int64_t author_id, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MIN, ret_at, "SELECT max(at) FROM vote WHERE voter_id = $1 AND author_id = $2 HAVING max(at) IS NOT NULL", "ii", voter_id, author_id);
}

enum err vote_list_from(struct db *db, struct arena *arena, int64_t from, int64_t after_id, int most, struct vote_row **ret_votes, int *ret_n,
			struct error *err)
{
	return list(db_query(db, "SELECT " COLUMNS " FROM vote v CROSS JOIN post p ON p.post_id = v.post_id WHERE v.at >= $1 AND (v.at > $1 OR v.vote_id > $2)"
				 " ORDER BY v.at, v.vote_id LIMIT $3", "iii", from, after_id, (int64_t)most), arena, ret_votes, ret_n, err);
}

enum err vote_list_before(struct db *db, struct arena *arena, int64_t post_id, int64_t before, struct vote_row **ret_votes, int *ret_n, struct error *err)
{
	return list(db_query(db, "SELECT " COLUMNS " FROM vote v CROSS JOIN post p ON p.post_id = v.post_id WHERE v.post_id = $1 AND v.at < $2 ORDER BY v.at, v.vote_id",
			     "ii", post_id, before), arena, ret_votes, ret_n, err);
}

enum err vote_latest(struct db *db, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MIN, ret_at, "SELECT at FROM vote ORDER BY at DESC LIMIT 1", "");
}

enum err vote_first_of_post(struct db *db, int64_t post_id, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MAX, ret_at, "SELECT at FROM vote WHERE post_id = $1 ORDER BY at LIMIT 1", "i", post_id);
}

enum err vote_post_find(struct db *db, int64_t post_id, struct vote_post *ret_post, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT post_id, COALESCE(author_id, 0), COALESCE(community_id, 0), published_at FROM post WHERE post_id = $1"
					 " AND published_at IS NOT NULL AND hidden_at IS NULL AND deleted_at IS NULL AND merged_into IS NULL", "i", post_id);
	*ret_post = (struct vote_post){0};
	if (rows_next(rows)) *ret_post = (struct vote_post){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3)};
	return rows_done(rows, err);
}

enum err work_vote_insert(struct db *db, int64_t work_id, int64_t vote_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO top_work (work_id, kind, vote_id, at) VALUES ($1, 'vote', $2, $3)", "iii", work_id, vote_id, at);
}

enum err work_again_insert(struct db *db, int64_t work_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO top_work (work_id, kind, at) VALUES ($1, 'again', $2)", "ii", work_id, at);
}

enum err work_waits(struct db *db, bool *ret_waits, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT EXISTS (SELECT 1 FROM top_work) OR EXISTS (SELECT 1 FROM act WHERE effect IS NULL)", "");
	*ret_waits = n != 0;
	return kind;
}

enum err work_again_from(struct db *db, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MAX, ret_at, "SELECT min(at) FROM top_work WHERE EXISTS"
			    " (SELECT 1 FROM top_work w, top_state s WHERE w.kind = 'again' OR w.at < s.done_at) HAVING count(*) > 0", "");
}

enum err work_votes(struct db *db, struct arena *arena, int most, struct vote_row **ret_votes, int *ret_n, struct error *err)
{
	return list(db_query(db, "SELECT " COLUMNS " FROM top_work w CROSS JOIN vote v ON v.vote_id = w.vote_id CROSS JOIN post p ON p.post_id = v.post_id"
				 " WHERE w.kind = 'vote' ORDER BY v.at, v.vote_id LIMIT $1", "i", (int64_t)most), arena, ret_votes, ret_n, err);
}

enum err work_vote_done(struct db *db, int64_t vote_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM top_work WHERE vote_id = $1", "i", vote_id);
}

enum err work_all_done(struct db *db, struct error *err)
{
	return db_exec(db, err, "DELETE FROM top_work", "");
}
