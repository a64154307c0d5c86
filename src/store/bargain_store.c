#include "store/bargain_store.h"

#define NONE_TEXT "-9223372036854775808"

static int64_t or_none(struct rows *rows, int column)
{
	return rows_null(rows, column) ? BARGAIN_NONE : rows_int(rows, column);
}

enum err bargain_limit_since(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_at, struct error *err)
{
	return db_query_int(db, err, 0, ret_at, "SELECT coalesce(min(at), 0) FROM bargain_event WHERE team_id = $1 AND deal_id = $2 AND kind = 'limit'", "ii", team_id, deal_id);
}

enum err bargain_head_find(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_head *head, struct error *err)
{
	*head = (struct bargain_head){.limit = BARGAIN_NONE, .target = BARGAIN_NONE, .their_limit = BARGAIN_NONE, .limit_by = "", .limit_reason = ""};
	struct rows *rows = db_query(db, "SELECT limit_minor, target_minor, their_limit_minor, changed_at FROM bargain WHERE team_id = $1 AND deal_id = $2", "ii", team_id, deal_id);
	if (rows_next(rows)) {
		head->there = true;
		head->limit = or_none(rows, 0);
		head->target = or_none(rows, 1);
		head->their_limit = or_none(rows, 2);
		head->changed_at = rows_int(rows, 3);
	}
	enum err kind = rows_done(rows, err);
	if (kind) return kind;
	kind = db_query_int(db, err, 0, &head->talk_began_at, "SELECT MIN(began_at) FROM call WHERE team_id = $1 AND deal_id = $2 AND mode = 'negotiation'", "ii", team_id, deal_id);
	if (kind || !head->there) return kind;
	rows = db_query(db,
			"SELECT e.at, m.name, e.reason FROM bargain_event e JOIN member m ON m.team_id = e.team_id AND m.member_id = e.member_id "
			"WHERE e.team_id = $1 AND e.deal_id = $2 AND e.kind = 'limit' ORDER BY e.at DESC, e.event_id DESC LIMIT 1",
			"ii", team_id, deal_id);
	if (rows_next(rows)) {
		head->limit_at = rows_int(rows, 0);
		head->limit_by = arena_strdup(arena, rows_text(rows, 1));
		head->limit_reason = arena_strdup(arena, rows_text(rows, 2));
	}
	return rows_done(rows, err);
}

/* Room for as many rows as a table has; 0 where none. */
static enum err room_for(struct db *db, const char *count_sql, int64_t team_id, int64_t deal_id, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, count_sql, "ii", team_id, deal_id);
}

enum err bargain_variable_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_variable_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t most;
	enum err kind = room_for(db, "SELECT count(*) FROM bargain_variable WHERE team_id = $1 AND deal_id = $2", team_id, deal_id, &most, err);
	*ret_n = 0;
	*ret_rows = ARENA_ARRAY(arena, struct bargain_variable_row, most + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
				     "SELECT variable_id, COALESCE(library_id, 0), family, name, unit, hint, price, hinted, removed_at IS NOT NULL, COALESCE(step, 0) "
				     "FROM bargain_variable WHERE team_id = $1 AND deal_id = $2 ORDER BY price, place, variable_id",
				     "ii", team_id, deal_id);
	while (*ret_n < most && rows_next(rows)) {
		(*ret_rows)[(*ret_n)++] = (struct bargain_variable_row){
			.id = rows_int(rows, 0),
			.library_id = rows_int(rows, 1),
			.family = arena_strdup(arena, rows_text(rows, 2)),
			.name = arena_strdup(arena, rows_text(rows, 3)),
			.unit = arena_strdup(arena, rows_text(rows, 4)),
			.hint = arena_strdup(arena, rows_text(rows, 5)),
			.price = rows_int(rows, 6) != 0,
			.hinted = rows_int(rows, 7) != 0,
			.removed = rows_int(rows, 8) != 0,
			.step = rows_int(rows, 9),
		};
	}
	return rows_done(rows, err);
}

enum err bargain_option_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_option_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t most;
	enum err kind = room_for(db, "SELECT count(*) FROM bargain_option WHERE team_id = $1 AND deal_id = $2", team_id, deal_id, &most, err);
	*ret_n = 0;
	*ret_rows = ARENA_ARRAY(arena, struct bargain_option_row, most + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
				     "SELECT variable_id, option_id, x, name, ours_minor, theirs_low_minor, theirs_high_minor, starts, removed_at IS NOT NULL FROM bargain_option "
				     "WHERE team_id = $1 AND deal_id = $2 ORDER BY variable_id, x, place, option_id",
				     "ii", team_id, deal_id);
	while (*ret_n < most && rows_next(rows)) {
		(*ret_rows)[(*ret_n)++] = (struct bargain_option_row){
			.variable_id = rows_int(rows, 0),
			.id = rows_int(rows, 1),
			.x = or_none(rows, 2),
			.name = arena_strdup(arena, rows_text(rows, 3)),
			.ours = rows_int(rows, 4),
			.theirs_low = rows_int(rows, 5),
			.theirs_high = rows_int(rows, 6),
			.starts = rows_int(rows, 7) != 0,
			.removed = rows_int(rows, 8) != 0,
		};
	}
	return rows_done(rows, err);
}

enum err bargain_pair_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct bargain_pair_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t most;
	enum err kind = room_for(db, "SELECT count(*) FROM bargain_forbidden WHERE team_id = $1 AND deal_id = $2", team_id, deal_id, &most, err);
	*ret_n = 0;
	*ret_rows = ARENA_ARRAY(arena, struct bargain_pair_row, most + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
				     "SELECT variable_id, option_id, other_variable_id, other_option_id FROM bargain_forbidden WHERE team_id = $1 AND deal_id = $2 "
				     "ORDER BY variable_id, option_id, other_variable_id, other_option_id",
				     "ii", team_id, deal_id);
	while (*ret_n < most && rows_next(rows))
		(*ret_rows)[(*ret_n)++] = (struct bargain_pair_row){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3)};
	return rows_done(rows, err);
}

#define MOVES "('asked', 'refused', 'declined', 'put', 'offered')"

/* A browser's clock may step back in a call: what was said later is taken as no earlier. */
/* CROSS JOIN: the conversations of the deal first; the planner would rather go through every event of the team. */
#define MOVE_ROWS                                                                                                                                             \
	"SELECT e.at AS at, 0 AS call_id, e.event_id AS seq, e.kind AS kind, e.member_id AS member_id, e.variable_id AS variable_id, e.value AS value, "     \
	"e.amount_minor AS amount, e.reason AS reason FROM bargain_event e WHERE e.team_id = $1 AND e.deal_id = $2 AND e.kind IN " MOVES                      \
	" UNION ALL SELECT MAX(e.at) OVER (PARTITION BY e.call_id ORDER BY e.seq), e.call_id, e.seq, e.kind, e.member_id, e.item_id, e.value, "               \
	"e.amount_minor, '' FROM call c CROSS JOIN call_event e WHERE e.team_id = c.team_id AND e.call_id = c.call_id "                                          \
	"AND c.team_id = $1 AND c.deal_id = $2 AND c.call_id <> $3 AND e.undone = 0 AND e.kind IN " MOVES

enum err bargain_move_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, int64_t but_call_id, struct bargain_move **ret_moves, int *ret_n, struct error *err)
{
	int64_t most;
	enum err kind = db_query_int(db, err, 0, &most, "SELECT count(*) FROM (" MOVE_ROWS ") AS t", "iii", team_id, deal_id, but_call_id);
	*ret_n = 0;
	*ret_moves = ARENA_ARRAY(arena, struct bargain_move, most + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
				     "SELECT t.at, t.call_id, t.kind, m.name, COALESCE(t.variable_id, 0), COALESCE(t.value, 0), COALESCE(t.amount, 0), t.reason FROM (" MOVE_ROWS ") AS t "
				     "JOIN member m ON m.team_id = $1 AND m.member_id = t.member_id ORDER BY t.at, t.call_id, t.seq",
				     "iii", team_id, deal_id, but_call_id);
	while (*ret_n < most && rows_next(rows)) {
		(*ret_moves)[(*ret_n)++] = (struct bargain_move){
			.at = rows_int(rows, 0),
			.call_id = rows_int(rows, 1),
			.kind = arena_strdup(arena, rows_text(rows, 2)),
			.member = arena_strdup(arena, rows_text(rows, 3)),
			.variable_id = rows_int(rows, 4),
			.value = rows_int(rows, 5),
			.amount = rows_int(rows, 6),
			.reason = arena_strdup(arena, rows_text(rows, 7)),
		};
	}
	return rows_done(rows, err);
}

/* ---- Writing ---- */

enum err bargain_make(struct db *db, int64_t team_id, int64_t deal_id, int64_t now, struct error *err)
{
	return db_exec(db, err, "INSERT INTO bargain (team_id, deal_id, created_at, changed_at) VALUES ($1, $2, $3, $3) ON CONFLICT (team_id, deal_id) DO NOTHING", "iii", team_id, deal_id, now);
}

enum err bargain_amount_set(struct db *db, int64_t team_id, int64_t deal_id, enum bargain_amount which, int64_t minor, int64_t now, struct error *err)
{
	static const char *const sql[] = {
		[BARGAIN_LIMIT] = "UPDATE bargain SET limit_minor = NULLIF($1, " NONE_TEXT "), changed_at = $2 WHERE team_id = $3 AND deal_id = $4",
		[BARGAIN_TARGET] = "UPDATE bargain SET target_minor = NULLIF($1, " NONE_TEXT "), changed_at = $2 WHERE team_id = $3 AND deal_id = $4",
		[BARGAIN_THEIR_LIMIT] = "UPDATE bargain SET their_limit_minor = NULLIF($1, " NONE_TEXT "), changed_at = $2 WHERE team_id = $3 AND deal_id = $4",
	};
	return db_exec(db, err, sql[which], "iiii", minor, now, team_id, deal_id);
}

enum err bargain_variable_put(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_variable_row *row, int64_t now, struct error *err)
{
	enum err kind = db_exec(db, err,
				"INSERT INTO bargain_variable (team_id, deal_id, variable_id, library_id, family, price, step, name, unit, hint, hinted, place) "
				"VALUES ($1, $2, $3, NULLIF($4, 0), $5, $6, NULLIF($7, 0), $8, $9, $10, $11, "
				"(SELECT COALESCE(MAX(place), 0) + 1 FROM bargain_variable WHERE team_id = $1 AND deal_id = $2)) "
				"ON CONFLICT (team_id, deal_id, variable_id) DO UPDATE SET family = excluded.family, price = excluded.price, step = excluded.step, name = excluded.name, "
				"unit = excluded.unit, hint = excluded.hint",
				"iiiitiittti", team_id, deal_id, row->id, row->library_id, row->family, (int64_t)row->price, row->step, row->name, row->unit, row->hint,
				(int64_t)row->hinted);
	return kind ? kind : db_exec(db, err, "UPDATE bargain SET changed_at = $1 WHERE team_id = $2 AND deal_id = $3", "iii", now, team_id, deal_id);
}

enum err bargain_variable_remove(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE bargain_variable SET removed_at = NULLIF($1, 0) WHERE team_id = $2 AND deal_id = $3 AND variable_id = $4", "iiii", at, team_id, deal_id, variable_id);
}

enum err bargain_hint_set(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, bool hinted, struct error *err)
{
	return db_exec(db, err, "UPDATE bargain_variable SET hinted = $1 WHERE team_id = $2 AND deal_id = $3 AND variable_id = $4", "iiii", (int64_t)hinted, team_id, deal_id, variable_id);
}

enum err bargain_option_put(struct db *db, int64_t team_id, int64_t deal_id, int place, const struct bargain_option_row *row, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO bargain_option (team_id, deal_id, variable_id, option_id, place, x, starts, name, ours_minor, theirs_low_minor, theirs_high_minor) "
		       "VALUES ($1, $2, $3, $4, $5, NULLIF($6, " NONE_TEXT "), $7, $8, $9, $10, $11) ON CONFLICT (team_id, deal_id, variable_id, option_id) DO UPDATE SET "
		       "place = excluded.place, x = excluded.x, starts = excluded.starts, name = excluded.name, ours_minor = excluded.ours_minor, "
		       "theirs_low_minor = excluded.theirs_low_minor, theirs_high_minor = excluded.theirs_high_minor, removed_at = NULL",
		       "iiiiiiitiii", team_id, deal_id, row->variable_id, row->id, (int64_t)place, row->x, (int64_t)row->starts, row->name, row->ours, row->theirs_low, row->theirs_high);
}

enum err bargain_option_remove_all(struct db *db, int64_t team_id, int64_t deal_id, int64_t variable_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE bargain_option SET removed_at = $1, starts = 0 WHERE team_id = $2 AND deal_id = $3 AND variable_id = $4 AND removed_at IS NULL", "iiii", at,
		       team_id, deal_id, variable_id);
}

enum err bargain_pair_put(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_pair_row *row, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO bargain_forbidden (team_id, deal_id, variable_id, option_id, other_variable_id, other_option_id) VALUES ($1, $2, $3, $4, $5, $6) "
		       "ON CONFLICT (team_id, deal_id, variable_id, option_id, other_variable_id, other_option_id) DO NOTHING",
		       "iiiiii", team_id, deal_id, row->variable_id, row->option_id, row->other_variable_id, row->other_option_id);
}

enum err bargain_pair_drop(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_pair_row *row, struct error *err)
{
	return db_exec(db, err,
		       "DELETE FROM bargain_forbidden WHERE team_id = $1 AND deal_id = $2 AND ((variable_id = $3 AND option_id = $4 AND other_variable_id = $5 AND other_option_id = $6) "
		       "OR (variable_id = $5 AND option_id = $6 AND other_variable_id = $3 AND other_option_id = $4))",
		       "iiiiii", team_id, deal_id, row->variable_id, row->option_id, row->other_variable_id, row->other_option_id);
}

enum err bargain_event_insert(struct db *db, int64_t team_id, int64_t deal_id, const struct bargain_event_row *row, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO bargain_event (team_id, deal_id, event_id, at, member_id, kind, variable_id, value, amount_minor, was, became, reason) "
		       "VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, 0), $8, $9, $10, $11, $12)",
		       "iiiiitiiittt", team_id, deal_id, row->event_id, row->at, row->member_id, row->kind, row->variable_id, row->value, row->amount, row->was ? row->was : "",
		       row->became ? row->became : "", row->reason ? row->reason : "");
}

enum err bargain_event_list(struct db *db, int64_t team_id, int64_t deal_id, int limit, json_t **ret_events, struct error *err)
{
	*ret_events = db_query_json(db, err,
				    "SELECT e.kind, COALESCE(v.name, '') AS variable, e.was, e.became, e.reason, m.name AS member, e.at FROM bargain_event e "
				    "JOIN member m ON m.team_id = e.team_id AND m.member_id = e.member_id LEFT JOIN bargain_variable v ON v.team_id = e.team_id AND v.deal_id = e.deal_id "
				    "AND v.variable_id = e.variable_id WHERE e.team_id = $1 AND e.deal_id = $2 AND e.kind NOT IN " MOVES " ORDER BY e.at DESC, e.event_id DESC LIMIT $3",
				    "iii", team_id, deal_id, (int64_t)limit);
	return *ret_events ? ERR_NONE : err->kind;
}
