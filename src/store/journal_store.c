#include "store/journal_store.h"

#include "base/arena.h"
#include "base/text.h"

enum { NAME_ARENA = 1 << 20 };

enum err journal_member_put(struct db *db, int64_t team_id, int64_t member_id, int64_t now, struct error *err)
{
	int64_t there;
	enum err kind = db_query_int(db, err, 0, &there, "SELECT 1 FROM journal WHERE journal_id = $1", "i", member_id);
	if (kind || there) return kind;
	struct arena *arena = arena_new(NAME_ARENA);
	const char *name = NULL;
	struct rows *rows = db_query(db, "SELECT name FROM member WHERE team_id = $1 AND member_id = $2", "ii", team_id, member_id);
	if (rows_next(rows)) name = arena_strdup(arena, rows_text(rows, 0));
	kind = rows_done(rows, err);
	if (!kind && !name) kind = err_set(err, ERR_CORRUPT, "a journal for a member who is not there");
	if (!kind)
		kind = db_exec(db, err, "INSERT INTO journal (journal_id, kind, team_id, name, name_fold, created_at) VALUES ($1, 'blogger', $2, $3, $4, $5)", "iitti",
			       member_id, team_id, name, text_fold(arena, name), now);
	arena_free(arena);
	return kind;
}

enum err journal_member_rename(struct db *db, int64_t member_id, const char *name, struct error *err)
{
	struct arena *arena = arena_new(NAME_ARENA);
	enum err kind = db_exec(db, err, "UPDATE journal SET name = $2, name_fold = $3 WHERE journal_id = $1 AND kind = 'blogger'", "itt", member_id, name,
				text_fold(arena, name));
	arena_free(arena);
	return kind;
}

enum err journal_load(struct db *db, int64_t journal_id, json_t **ret_journal, struct error *err)
{
	return db_query_row(db, err, ret_journal,
			    "SELECT j.journal_id AS id, j.kind, j.team_id, j.name, j.about, j.rules, j.created_at, j.founder_id, j.closed_at, "
			    "EXISTS (SELECT 1 FROM feed f WHERE f.journal_id = j.journal_id) AS feed__bool FROM journal j WHERE j.journal_id = $1",
			    "i", journal_id);
}

enum err journal_writable(struct db *db, int64_t member_id, int64_t now, json_t **ret_communities, struct error *err)
{
	*ret_communities = db_query_json(db, err,
					 "SELECT j.journal_id AS id, j.name FROM community_member c JOIN journal j ON j.journal_id = c.journal_id "
					 "WHERE c.member_id = $1 AND j.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.journal_id = j.journal_id) "
					 "AND NOT EXISTS (SELECT 1 FROM ban b WHERE b.member_id = $1 AND b.community_id IN (0, j.journal_id) AND b.at <= $2 "
					 "AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $2)) ORDER BY j.name_fold, j.journal_id",
					 "ii", member_id, now);
	return *ret_communities ? ERR_NONE : err->kind;
}

enum err journal_member_of(struct db *db, int64_t community_id, int64_t member_id, bool *ret_member, bool *ret_moderator, struct error *err)
{
	struct rows *rows = db_query(db,
				     "SELECT c.role = 'moderator' FROM community_member c JOIN journal j ON j.journal_id = c.journal_id "
				     "WHERE c.journal_id = $1 AND c.member_id = $2 AND j.closed_at IS NULL",
				     "ii", community_id, member_id);
	*ret_member = rows_next(rows);
	*ret_moderator = *ret_member && rows_int(rows, 0);
	return rows_done(rows, err);
}
