#include "store/mark_store.h"

enum err mark_insert(struct db *db, int64_t team_id, const struct mark_new *mark, struct error *err)
{
	return db_exec(db, err, "INSERT INTO mark (team_id, mark_id, call_id, practice_id, criterion, mark, reason, member_id, at) "
		"VALUES ($1, $2, nullif($3, 0), nullif($4, 0), $5, nullif($6, 0), $7, $8, $9)",
		"iiiititii", team_id, mark->mark_id, mark->of.call_id, mark->of.practice_id, mark->criterion, (int64_t)mark->mark, mark->reason, mark->member_id, mark->at);
}

/* Both ask in the same words, each by its own index. */
#define LAST_OF(column) \
	"SELECT k.criterion, k.mark, k.reason, m.name, k.at FROM mark k JOIN member m ON m.team_id = k.team_id AND m.member_id = k.member_id " \
	"WHERE k.team_id = $1 AND k." column " = $2 AND k.mark IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mark l WHERE l.team_id = k.team_id AND l." column " = k." column \
	" AND l.criterion = k.criterion AND (l.at > k.at OR (l.at = k.at AND l.mark_id > k.mark_id))) ORDER BY k.at, k.mark_id"

enum err mark_list(struct db *db, int64_t team_id, struct mark_of of, json_t **ret_marks, struct error *err)
{
	*ret_marks = db_query_json(db, err, of.call_id ? LAST_OF("call_id") : LAST_OF("practice_id"), "ii", team_id, of.call_id ? of.call_id : of.practice_id);
	return *ret_marks ? ERR_NONE : err->kind;
}

enum err call_score_put(struct db *db, int64_t team_id, const struct call_score_row *row, struct error *err)
{
	return db_exec(db, err, "INSERT INTO call_score (team_id, call_id, member_id, ended_at, mode, tenths, rubric) VALUES ($1, $2, $3, $4, $5, $6, $7) "
		"ON CONFLICT (team_id, call_id) DO UPDATE SET member_id = excluded.member_id, ended_at = excluded.ended_at, mode = excluded.mode, tenths = excluded.tenths, "
		"rubric = excluded.rubric",
		"iiiitii", team_id, row->call_id, row->member_id, row->ended_at, row->mode, (int64_t)row->tenths, (int64_t)row->rubric);
}

enum err call_score_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT call_id, member_id, ended_at, mode = 'sale', tenths, rubric FROM call_score WHERE team_id = $1 ORDER BY call_id", "i", team_id);
	*ret_digest = UINT64_C(14695981039346656037);
	while (rows_next(rows))
		for (int i = 0; i < 6; i++) *ret_digest = (*ret_digest ^ (uint64_t)rows_int(rows, i)) * UINT64_C(1099511628211);
	return rows_done(rows, err);
}

enum err call_score_drop(struct db *db, int64_t team_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM call_score WHERE team_id = $1", "i", team_id);
}

enum err call_score_lacking(struct db *db, int64_t team_id, bool *ret_lacking, struct error *err)
{
	int64_t lacks = 0;
	enum err kind = db_query_int(db, err, 0, &lacks, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM call_score WHERE team_id = $1) AND EXISTS (SELECT 1 FROM call WHERE team_id = $1 AND "
		"began_at IS NOT NULL AND ended_at IS NOT NULL)", "i", team_id);
	*ret_lacking = lacks != 0;
	return kind;
}

static enum err given(json_t *list, json_t **ret, struct error *err)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err call_score_spans(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int64_t span, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err, "SELECT member_id, (ended_at - $3) / $4 AS span, count(*) AS n, sum(tenths) AS tenths FROM call_score "
		"WHERE team_id = $1 AND ($2 = 0 OR member_id = $2) AND ended_at >= $3 GROUP BY 1, 2 ORDER BY 1, 2", "iiii", team_id, member_id, since, span), ret_rows, err);
}

enum err call_score_list(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int limit, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err, "SELECT s.call_id AS id, k.name AS client, s.mode, c.outcome, s.ended_at, s.ended_at + 0 AS at_us, s.tenths, s.rubric FROM call_score s "
		"JOIN call c ON c.team_id = s.team_id AND c.call_id = s.call_id JOIN client k ON k.team_id = c.team_id AND k.client_id = c.client_id "
		"WHERE s.team_id = $1 AND s.member_id = $2 AND s.ended_at >= $3 ORDER BY s.ended_at DESC, s.call_id DESC LIMIT $4", "iiii", team_id, member_id, since, (int64_t)limit),
		ret_rows, err);
}

enum err practice_score_list(struct db *db, int64_t team_id, int64_t member_id, int limit, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err, "SELECT practice_id AS id, scenario, mode, ended_at, tenths, coalesce(failed, 0) AS failed__bool FROM practice "
		"WHERE team_id = $1 AND member_id = $2 AND ended_at IS NOT NULL AND tenths IS NOT NULL ORDER BY created_at DESC, practice_id DESC LIMIT $3", "iii", team_id, member_id,
		(int64_t)limit), ret_rows, err);
}

enum err practice_tenths_set(struct db *db, int64_t team_id, int64_t practice_id, int tenths, struct error *err)
{
	return db_exec(db, err, "UPDATE practice SET tenths = $3 WHERE team_id = $1 AND practice_id = $2", "iii", team_id, practice_id, (int64_t)tenths);
}
