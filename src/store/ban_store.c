#include "store/ban_store.h"

#include "store/pair.h"

#define BAN_COLUMNS                                                                                                                              \
	"SELECT b.ban_id AS id, b.community_id = 0 AS everywhere__bool, NULLIF(b.community_id, 0) AS community_id, "                               \
	"(SELECT name FROM journal WHERE journal_id = b.community_id) AS community_name, b.at, b.until_at, "                                       \
	"COALESCE((SELECT a.reason FROM act a WHERE a.act_id = b.ban_id), '') AS reason FROM ban b "
#define BAN_NOW "b.member_id = $1 AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $3) "

static enum err active(struct db *db, const char *sql, int64_t member_id, int64_t community_id, int64_t now, json_t **ret_ban, struct error *err)
{
	enum err kind = db_query_row(db, err, ret_ban, sql, "iii", member_id, community_id, now);
	if (!kind && *ret_ban) pair_fold(*ret_ban, "community");
	return kind;
}

enum err ban_active(struct db *db, int64_t member_id, int64_t community_id, int64_t now, json_t **ret_ban, struct error *err)
{
	return active(db, BAN_COLUMNS "WHERE " BAN_NOW "AND b.community_id IN (0, $2) ORDER BY b.until_at IS NULL DESC, b.until_at DESC, b.community_id LIMIT 1", member_id,
		      community_id, now, ret_ban, err);
}

enum err ban_active_in(struct db *db, int64_t member_id, int64_t community_id, int64_t now, json_t **ret_ban, struct error *err)
{
	return active(db, BAN_COLUMNS "WHERE " BAN_NOW "AND b.community_id = $2 LIMIT 1", member_id, community_id, now, ret_ban, err);
}

enum err ban_insert(struct db *db, int64_t ban_id, int64_t member_id, int64_t community_id, int64_t at, int64_t until, struct error *err)
{
	enum err kind = ban_lift(db, member_id, community_id, at, err);
	if (kind) return kind;
	return db_exec(db, err, "INSERT INTO ban (ban_id, member_id, community_id, at, until_at) VALUES ($1, $2, $3, $4, NULLIF($5, 0))", "iiiii", ban_id, member_id,
		       community_id, at, until);
}

enum err ban_lift(struct db *db, int64_t member_id, int64_t community_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE ban SET lifted_at = $3 WHERE member_id = $1 AND community_id = $2 AND lifted_at IS NULL", "iii", member_id, community_id, at);
}

enum err ban_list(struct db *db, int64_t community_id, int64_t now, json_t **ret_bans, struct error *err)
{
	*ret_bans = db_query_json(db, err,
				  "SELECT j.journal_id, j.name AS journal_name, b.at, b.until_at, "
				  "COALESCE((SELECT a.reason FROM act a WHERE a.act_id = b.ban_id), '') AS reason FROM ban b JOIN journal j ON j.journal_id = b.member_id "
				  "WHERE b.community_id = $1 AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $2) ORDER BY b.at DESC, b.ban_id DESC LIMIT 200",
				  "ii", community_id, now);
	pair_fold_all(*ret_bans, "journal");
	return *ret_bans ? ERR_NONE : err->kind;
}

enum err ban_due_next(struct db *db, int64_t now, struct ban_due *ret_due, struct error *err)
{
	*ret_due = (struct ban_due){0};
	struct rows *rows = db_query(db,
				     "SELECT ban_id, member_id, community_id FROM ban WHERE lifted_at IS NULL AND until_at IS NOT NULL AND until_at <= $1 "
				     "ORDER BY until_at, ban_id LIMIT 1",
				     "i", now);
	if (rows_next(rows)) *ret_due = (struct ban_due){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2)};
	return rows_done(rows, err);
}

enum err ban_run_out(struct db *db, int64_t ban_id, struct error *err)
{
	return db_exec(db, err, "UPDATE ban SET lifted_at = until_at WHERE ban_id = $1 AND lifted_at IS NULL", "i", ban_id);
}

enum err ban_next_end(struct db *db, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MAX, ret_at, "SELECT until_at FROM ban WHERE lifted_at IS NULL AND until_at IS NOT NULL ORDER BY until_at LIMIT 1", "");
}

enum err ban_first_vote(struct db *db, int64_t member_id, int64_t community_id, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, INT64_MAX, ret_at,
			    "SELECT v.at FROM vote v JOIN post p ON p.post_id = v.post_id WHERE v.voter_id = $1 AND v.taken_at IS NULL AND ($2 = 0 OR p.community_id = $2) "
			    "ORDER BY v.at, v.vote_id LIMIT 1",
			    "ii", member_id, community_id);
}
