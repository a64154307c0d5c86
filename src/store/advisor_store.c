#include "store/advisor_store.h"

#include <stdint.h>
#include <string.h>

static const char *text_at(struct rows *rows, struct arena *arena, int column)
{
	const char *text = rows_text(rows, column);
	return text ? arena_strdup(arena, text) : "";
}

/* One column of ids as an array in the arena. */
static enum err ids_take(struct rows *rows, struct arena *arena, int64_t **ret_ids, int *ret_n, struct error *err)
{
	int n = 0, room = 64;
	int64_t *ids = ARENA_ARRAY(arena, int64_t, room);
	while (rows_next(rows)) {
		if (n == room) {
			int64_t *more = ARENA_ARRAY(arena, int64_t, room * 2);
			memcpy(more, ids, sizeof *ids * (size_t)n);
			ids = more;
			room *= 2;
		}
		ids[n++] = rows_int(rows, 0);
	}
	*ret_ids = ids;
	*ret_n = n;
	return rows_done(rows, err);
}

enum err signal_list(struct db *db, struct arena *arena, int64_t team_id, const char *language, struct signal_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t count;
	enum err kind = db_query_int(db, err, 0, &count, "SELECT count(*) FROM signal WHERE team_id = $1", "i", team_id);
	if (kind) return kind;
	struct signal_row *list = ARENA_ARRAY(arena, struct signal_row, count + 1);
	int n = 0;
	struct rows *rows = db_query(db,
		"SELECT s.signal_id, s.place, s.created_at, s.retired_at, s.mean, s.sd, s.key, s.hotkey, t.name, t.why, t.absent "
		"FROM signal s LEFT JOIN signal_text t ON t.team_id = s.team_id AND t.signal_id = s.signal_id AND t.language = "
		"(SELECT language FROM signal_text o WHERE o.team_id = s.team_id AND o.signal_id = s.signal_id "
		"ORDER BY CASE WHEN o.language = $2 THEN 0 ELSE 1 END, o.language LIMIT 1) "
		"WHERE s.team_id = $1 ORDER BY s.signal_id", "it", team_id, language);
	while (n < count && rows_next(rows)) {
		struct signal_row *row = &list[n++];
		*row = (struct signal_row){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_null(rows, 3) ? 0 : rows_int(rows, 3),
			rows_double(rows, 4), rows_double(rows, 5), NULL, NULL, NULL, NULL, NULL};
		row->key = text_at(rows, arena, 6);
		row->hotkey = text_at(rows, arena, 7);
		row->name = text_at(rows, arena, 8);
		row->why = text_at(rows, arena, 9);
		row->absent = text_at(rows, arena, 10);
	}
	*ret_rows = list;
	*ret_n = n;
	return rows_done(rows, err);
}

enum err signal_insert(struct db *db, int64_t team_id, const struct signal_row *row, struct error *err)
{
	return db_exec(db, err, "INSERT INTO signal (team_id, signal_id, key, place, hotkey, mean, sd, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		"iititddi", team_id, row->signal_id, row->key, row->place, row->hotkey, row->mean, row->sd, row->created_at);
}

enum err signal_text_insert(struct db *db, int64_t team_id, int64_t signal_id, const char *language, const char *name, const char *why, const char *absent,
			    struct error *err)
{
	return db_exec(db, err, "INSERT INTO signal_text (team_id, signal_id, language, name, why, absent) VALUES ($1, $2, $3, $4, $5, $6)", "iitttt",
		team_id, signal_id, language, name, why, absent);
}

enum err signal_retire(struct db *db, int64_t team_id, int64_t signal_id, int64_t at, struct error *err)
{
	if (at) return db_exec(db, err, "UPDATE signal SET retired_at = $3 WHERE team_id = $1 AND signal_id = $2", "iii", team_id, signal_id, at);
	return db_exec(db, err, "UPDATE signal SET retired_at = NULL WHERE team_id = $1 AND signal_id = $2", "ii", team_id, signal_id);
}

enum err shown_load(struct db *db, int64_t team_id, int64_t deal_id, int64_t before, struct shown_row *ret_row, struct error *err)
{
	*ret_row = (struct shown_row){0};
	struct rows *rows = db_query(db,
		"SELECT held, held_at, missed, shown FROM call_evidence WHERE team_id = $1 AND deal_id = $2 AND ended_at < $3 ORDER BY ended_at DESC LIMIT 1",
		"iii", team_id, deal_id, before);
	if (rows_next(rows)) {
		*ret_row = (struct shown_row){rows_int(rows, 0), rows_null(rows, 1) ? 0 : rows_int(rows, 1), rows_int(rows, 2) != 0, NULL};
		ret_row->shown = json_loads(rows_text(rows, 3), 0, NULL);
		if (!json_is_object(ret_row->shown)) {
			json_decref(ret_row->shown);
			ret_row->shown = json_object(); /* `sturgeon check` mends it */
		}
	}
	enum err kind = rows_done(rows, err);
	if (kind) json_decref(ret_row->shown);
	return kind;
}

enum err shown_save(struct db *db, int64_t team_id, int64_t call_id, int64_t deal_id, int64_t ended_at, const struct shown_row *row, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM call_evidence WHERE team_id = $1 AND call_id = $2", "ii", team_id, call_id);
	if (kind) return kind;
	char *shown = json_dumps(row->shown, JSON_COMPACT | JSON_SORT_KEYS);
	kind = db_exec(db, err,
		"INSERT INTO call_evidence (team_id, call_id, deal_id, ended_at, held, held_at, missed, shown) VALUES ($1, $2, $3, $4, $5, nullif($6, 0), $7, $8)",
		"iiiiiiit", team_id, call_id, deal_id, ended_at, row->held, row->held_at, (int64_t)row->missed, shown);
	free(shown);
	return kind;
}

enum err ended_calls_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_calls, int *ret_n, struct error *err)
{
	return ids_take(db_query(db, "SELECT call_id FROM call WHERE team_id = $1 AND ended_at IS NOT NULL ORDER BY deal_id, ended_at, call_id", "i", team_id), arena,
		ret_calls, ret_n, err);
}

enum err later_calls_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, int64_t after, int64_t **ret_calls, int *ret_n, struct error *err)
{
	return ids_take(db_query(db, "SELECT call_id FROM call_evidence WHERE team_id = $1 AND deal_id = $2 AND ended_at > $3 ORDER BY ended_at, call_id", "iii", team_id,
		deal_id, after), arena, ret_calls, ret_n, err);
}

enum err shown_delete_stale(struct db *db, int64_t team_id, int64_t *ret_n, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM call_evidence WHERE team_id = $1 AND call_id NOT IN (SELECT call_id FROM call WHERE team_id = $1 AND ended_at IS NOT NULL)",
		"i", team_id);
	*ret_n = kind ? 0 : db_changed(db);
	return kind;
}

enum err shown_digest(struct db *db, int64_t team_id, int64_t call_id, char ret_digest[SHOWN_DIGEST], struct error *err)
{
	ret_digest[0] = '\0';
	struct rows *rows = db_query(db, "SELECT deal_id, ended_at, held, held_at, missed, shown FROM call_evidence WHERE team_id = $1 AND call_id = $2", "ii", team_id, call_id);
	if (rows_next(rows))
		snprintf(ret_digest, SHOWN_DIGEST, "%lld %lld %lld %lld %lld %s", (long long)rows_int(rows, 0), (long long)rows_int(rows, 1), (long long)rows_int(rows, 2),
			(long long)rows_int(rows, 3), (long long)rows_int(rows, 4), rows_text(rows, 5));
	return rows_done(rows, err);
}

enum err advised_load(struct db *db, int64_t team_id, int64_t deal_id, struct advised_row *ret_row, struct error *err)
{
	*ret_row = (struct advised_row){0};
	struct rows *rows = db_query(db,
		"SELECT c.segment, d.stage, d.created_at, d.closed_at, d.wish_sell FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id "
		"WHERE d.team_id = $1 AND d.deal_id = $2", "ii", team_id, deal_id);
	if (rows_next(rows)) {
		const char *segment = rows_text(rows, 0);
		ret_row->there = true;
		ret_row->b2b = !strcmp(segment, "b2b");
		const char *stage = rows_text(rows, 1);
		ret_row->won = !strcmp(stage, "won");
		ret_row->finished = ret_row->won || !strcmp(stage, "lost");
		ret_row->created_at = rows_int(rows, 2);
		ret_row->closed_at = rows_null(rows, 3) ? 0 : rows_int(rows, 3);
		ret_row->wish_sell = rows_double(rows, 4);
	}
	return rows_done(rows, err);
}

enum err advised_call_load(struct db *db, int64_t team_id, int64_t call_id, struct advised_call *ret_row, struct error *err)
{
	*ret_row = (struct advised_call){0};
	struct rows *rows = db_query(db, "SELECT deal_id, began_at, ended_at, outcome FROM call WHERE team_id = $1 AND call_id = $2", "ii", team_id, call_id);
	if (rows_next(rows)) {
		const char *outcome = rows_text(rows, 3);
		*ret_row = (struct advised_call){true, !rows_null(rows, 2), outcome && !strcmp(outcome, "no_answer"), rows_int(rows, 0),
			rows_null(rows, 1) ? 0 : rows_int(rows, 1), rows_null(rows, 2) ? 0 : rows_int(rows, 2)};
	}
	return rows_done(rows, err);
}

enum err closing_call_load(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_began_at, struct error *err)
{
	return db_query_int(db, err, 0, ret_began_at,
		"SELECT CASE WHEN outcome IN ('won', 'lost') THEN began_at ELSE 0 END FROM call WHERE team_id = $1 AND deal_id = $2 AND ended_at IS NOT NULL "
		"ORDER BY ended_at DESC LIMIT 1", "ii", team_id, deal_id);
}

enum err unlearnt_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_deals, int *ret_n, struct error *err)
{
	return ids_take(db_query(db,
		"SELECT d.deal_id FROM deal d WHERE d.team_id = $1 AND d.stage IN ('won', 'lost') AND d.closed_at IS NOT NULL AND NOT EXISTS "
		"(SELECT 1 FROM prediction p WHERE p.team_id = d.team_id AND p.deal_id = d.deal_id) ORDER BY d.closed_at, d.deal_id", "i", team_id),
		arena, ret_deals, ret_n, err);
}

enum err prediction_insert(struct db *db, int64_t team_id, int64_t deal_id, int64_t at, const char *evidence, double probability, bool bought, struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO prediction (team_id, place, deal_id, at, evidence, probability, outcome) "
		"SELECT $1, coalesce(max(place), 0) + 1, $2, $3, $4, $5, $6 FROM prediction WHERE team_id = $1",
		"iiitdi", team_id, deal_id, at, evidence, probability, (int64_t)bought);
}

enum err prediction_outcome(struct db *db, int64_t team_id, int64_t deal_id, int *ret_outcome, struct error *err)
{
	int64_t outcome;
	enum err kind = db_query_int(db, err, -1, &outcome, "SELECT outcome FROM prediction WHERE team_id = $1 AND deal_id = $2", "ii", team_id, deal_id);
	*ret_outcome = (int)outcome;
	return kind;
}

enum err prediction_correct(struct db *db, int64_t team_id, int64_t deal_id, bool bought, struct error *err)
{
	return db_exec(db, err, "UPDATE prediction SET outcome = $3 WHERE team_id = $1 AND deal_id = $2", "iii", team_id, deal_id, (int64_t)bought);
}

enum err prediction_delete(struct db *db, int64_t team_id, int64_t deal_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM prediction WHERE team_id = $1 AND deal_id = $2", "ii", team_id, deal_id);
}

enum err prediction_count(struct db *db, int64_t team_id, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, "SELECT count(*) FROM prediction WHERE team_id = $1", "i", team_id);
}

struct rows *prediction_rows(struct db *db, int64_t team_id)
{
	return db_query(db, "SELECT evidence, probability, outcome FROM prediction WHERE team_id = $1 ORDER BY place", "i", team_id);
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err belief_row_load(struct db *db, struct arena *arena, int64_t team_id, unsigned char **ret_bytes, size_t *ret_n, struct error *err)
{
	*ret_bytes = NULL;
	*ret_n = 0;
	bool spoilt = false;
	struct rows *rows = db_query(db, "SELECT state FROM belief WHERE team_id = $1", "i", team_id);
	if (rows_next(rows)) {
		const char *hex = rows_text(rows, 0);
		size_t n = strlen(hex) / 2;
		*ret_bytes = arena_alloc(arena, n + 1);
		*ret_n = n;
		for (size_t i = 0; i < n && !spoilt; i++) {
			int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
			spoilt = high < 0 || low < 0;
			if (!spoilt) (*ret_bytes)[i] = (unsigned char)(high << 4 | low);
		}
	}
	enum err kind = rows_done(rows, err);
	return kind ? kind : spoilt ? err_set(err, ERR_CORRUPT, "the stored belief is not hexadecimal") : ERR_NONE;
}

enum err belief_row_save(struct db *db, struct arena *arena, int64_t team_id, int64_t learnt, const unsigned char *bytes, size_t n, struct error *err)
{
	char *hex = arena_alloc(arena, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	return db_exec(db, err,
		"INSERT INTO belief (team_id, learnt, state) VALUES ($1, $2, $3) ON CONFLICT (team_id) DO UPDATE SET learnt = excluded.learnt, state = excluded.state",
		"iit", team_id, learnt, hex);
}

enum err belief_row_delete(struct db *db, int64_t team_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM belief WHERE team_id = $1", "i", team_id);
}

enum err advisor_teams(struct db *db, struct arena *arena, int64_t **ret_teams, int *ret_n, struct error *err)
{
	return ids_take(db_query(db, "SELECT team_id FROM team ORDER BY team_id", ""), arena, ret_teams, ret_n, err);
}
