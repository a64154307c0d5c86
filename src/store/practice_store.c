#include "store/practice_store.h"

enum err practice_find(struct db *db, struct arena *arena, int64_t team_id, int64_t practice_id, struct practice_row *ret_row, struct error *err)
{
	struct rows *rows = db_query(db,
		"SELECT p.member_id, p.seed, p.created_at, coalesce(p.ended_at, 0), p.scenario, p.language, p.mode, m.name, coalesce(p.tenths, 0), coalesce(p.won, 0), "
		"coalesce(p.failed, 0), p.left_minor FROM practice p JOIN member m ON m.team_id = p.team_id AND m.member_id = p.member_id "
		"WHERE p.team_id = $1 AND p.practice_id = $2", "ii", team_id, practice_id);
	*ret_row = (struct practice_row){.practice_id = practice_id};
	if (rows_next(rows)) {
		ret_row->there = true;
		ret_row->member_id = rows_int(rows, 0);
		ret_row->seed = rows_int(rows, 1);
		ret_row->created_at = rows_int(rows, 2);
		ret_row->ended_at = rows_int(rows, 3);
		ret_row->scenario = arena_strdup(arena, rows_text(rows, 4));
		ret_row->language = arena_strdup(arena, rows_text(rows, 5));
		ret_row->mode = arena_strdup(arena, rows_text(rows, 6));
		ret_row->member_name = arena_strdup(arena, rows_text(rows, 7));
		ret_row->tenths = (int)rows_int(rows, 8);
		ret_row->won = rows_int(rows, 9) != 0;
		ret_row->failed = rows_int(rows, 10) != 0;
		ret_row->agreed = !rows_null(rows, 11);
		ret_row->left_minor = rows_int(rows, 11);
	}
	return rows_done(rows, err);
}

enum err practice_insert(struct db *db, int64_t team_id, const struct practice_row *row, struct error *err)
{
	return db_exec(db, err, "INSERT INTO practice (team_id, practice_id, member_id, scenario, seed, language, mode, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", "iiititti",
		       team_id, row->practice_id, row->member_id, row->scenario, row->seed, row->language, row->mode, row->created_at);
}

enum err practice_close(struct db *db, int64_t team_id, const struct practice_row *row, struct error *err)
{
	return db_exec(db, err,
		"UPDATE practice SET ended_at = $3, tenths = $4, won = $5, failed = $6, left_minor = CASE WHEN $7 THEN $8 END WHERE team_id = $1 AND practice_id = $2 AND ended_at IS NULL",
		"iiiiiiii", team_id, row->practice_id, row->ended_at, (int64_t)row->tenths, (int64_t)row->won, (int64_t)row->failed, (int64_t)row->agreed, row->left_minor);
}

enum err practice_list(struct db *db, int64_t team_id, int64_t member_id, int limit, json_t **ret_list, struct error *err)
{
	*ret_list = db_query_json(db, err,
		"SELECT practice_id AS id, scenario, mode, created_at, ended_at, tenths, won AS won__bool, failed AS failed__bool FROM practice "
		"WHERE team_id = $1 AND member_id = $2 ORDER BY created_at DESC, practice_id DESC LIMIT $3", "iii", team_id, member_id, (int64_t)limit);
	return *ret_list ? ERR_NONE : err->kind;
}

enum err practice_event_list(struct db *db, struct arena *arena, int64_t team_id, int64_t practice_id, struct practice_event_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t n = 0;
	*ret_n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM practice_event WHERE team_id = $1 AND practice_id = $2", "ii", team_id, practice_id);
	if (kind) return kind;
	*ret_rows = ARENA_ARRAY(arena, struct practice_event_row, n + 1);
	struct rows *rows = db_query(db,
		"SELECT seq, event_id, at, kind, coalesce(item_id, 0), coalesce(value, 0), text, said FROM practice_event WHERE team_id = $1 AND practice_id = $2 ORDER BY seq", "ii", team_id,
		practice_id);
	while (*ret_n < n && rows_next(rows)) {
		struct practice_event_row *row = &(*ret_rows)[(*ret_n)++];
		row->seq = rows_int(rows, 0);
		row->event_id = arena_strdup(arena, rows_text(rows, 1));
		row->at = rows_int(rows, 2);
		row->kind = arena_strdup(arena, rows_text(rows, 3));
		row->item = rows_int(rows, 4);
		row->value = rows_int(rows, 5);
		row->text = rows_null(rows, 6) ? NULL : arena_strdup(arena, rows_text(rows, 6));
		row->said = arena_strdup(arena, rows_text(rows, 7));
	}
	return rows_done(rows, err);
}

enum err practice_event_insert(struct db *db, int64_t team_id, int64_t practice_id, const struct practice_event_row *row, struct error *err)
{
	return db_exec(db, err, "INSERT INTO practice_event (team_id, practice_id, seq, event_id, at, kind, item_id, value, text, said) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		       "iiititiitt", team_id, practice_id, row->seq, row->event_id, row->at, row->kind, row->item, row->value, row->text, row->said);
}
