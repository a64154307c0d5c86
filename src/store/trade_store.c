#include "store/trade_store.h"

/* The text in the language asked for, otherwise in any. */
#define TEXT_OF(column, table, alias, key)                                                                                                                    \
	"COALESCE((SELECT t." column " FROM " table " t WHERE t.team_id = " alias ".team_id AND " key " ORDER BY t.language <> $2, t.language LIMIT 1), '')"

#define VARIABLE_KEY "t.variable_id = v.variable_id"
#define OPTION_KEY "t.variable_id = o.variable_id AND t.option_id = o.option_id"
#define VARIABLE_FROM                                                                                                                                         \
	" FROM trade_variable v WHERE v.team_id = $1 AND ($3 = 0 OR v.playbook_id IS NULL OR v.playbook_id = $3) AND ($4 = 0 OR v.variable_id = $4) "          \
	"AND ($5 = 1 OR v.retired_at IS NULL) "

static enum err options_load(struct db *db, struct arena *arena, int64_t team_id, const struct trade_filter *filter, struct trade_variable_row *variable, struct error *err)
{
	int64_t most;
	enum err kind = db_query_int(db, err, 0, &most, "SELECT count(*) FROM trade_option WHERE team_id = $1 AND variable_id = $2 AND retired_at IS NULL", "ii", team_id,
				     variable->variable_id);
	if (kind) return kind;
	variable->options = ARENA_ARRAY(arena, struct trade_option_row, most + 1);
	struct rows *rows = db_query(db,
				     "SELECT o.option_id, o.x, " TEXT_OF("name", "trade_option_text", "o", OPTION_KEY) ", o.starts, o.ours_minor, o.ours_share, o.theirs_low_minor, "
				     "o.theirs_low_share, o.theirs_high_minor, o.theirs_high_share FROM trade_option o WHERE o.team_id = $1 AND o.variable_id = $3 "
				     "AND o.retired_at IS NULL ORDER BY o.x, o.place, o.option_id",
				     "iti", team_id, filter->language, variable->variable_id);
	while (variable->n < most && rows_next(rows)) {
		variable->options[variable->n++] = (struct trade_option_row){
			.option_id = rows_int(rows, 0),
			.x = rows_null(rows, 1) ? TRADE_NO_X : rows_int(rows, 1),
			.name = arena_strdup(arena, rows_text(rows, 2)),
			.starts = rows_int(rows, 3) != 0,
			.ours_minor = rows_int(rows, 4),
			.ours_share = rows_int(rows, 5),
			.low_minor = rows_int(rows, 6),
			.low_share = rows_int(rows, 7),
			.high_minor = rows_int(rows, 8),
			.high_share = rows_int(rows, 9),
		};
	}
	return rows_done(rows, err);
}

enum err trade_list(struct db *db, struct arena *arena, int64_t team_id, const struct trade_filter *filter, struct trade_variable_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t most, retired = filter->retired;
	enum err kind = db_query_int(db, err, 0, &most, "SELECT count(*)" VARIABLE_FROM "AND $2 = $2", "itiii", team_id, filter->language, filter->playbook_id, filter->variable_id, retired);
	*ret_n = 0;
	*ret_rows = ARENA_ARRAY(arena, struct trade_variable_row, most + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
				     "SELECT v.variable_id, COALESCE(v.playbook_id, 0), v.family, v.price, COALESCE(v.step, 0), v.retired_at IS NOT NULL, "
				     TEXT_OF("name", "trade_variable_text", "v", VARIABLE_KEY) ", " TEXT_OF("unit", "trade_variable_text", "v", VARIABLE_KEY) ", "
				     TEXT_OF("hint", "trade_variable_text", "v", VARIABLE_KEY) ", " TEXT_OF("name", "playbook_name", "v", "t.playbook_id = v.playbook_id")
				     VARIABLE_FROM "ORDER BY v.price, v.family, v.place, v.variable_id",
				     "itiii", team_id, filter->language, filter->playbook_id, filter->variable_id, retired);
	while (*ret_n < most && rows_next(rows)) {
		(*ret_rows)[(*ret_n)++] = (struct trade_variable_row){
			.variable_id = rows_int(rows, 0),
			.playbook_id = rows_int(rows, 1),
			.family = arena_strdup(arena, rows_text(rows, 2)),
			.price = rows_int(rows, 3) != 0,
			.step = rows_int(rows, 4),
			.retired = rows_int(rows, 5) != 0,
			.name = arena_strdup(arena, rows_text(rows, 6)),
			.unit = arena_strdup(arena, rows_text(rows, 7)),
			.hint = arena_strdup(arena, rows_text(rows, 8)),
			.playbook = arena_strdup(arena, rows_text(rows, 9)),
		};
	}
	kind = rows_done(rows, err);
	for (int i = 0; i < *ret_n && !kind; i++) kind = options_load(db, arena, team_id, filter, &(*ret_rows)[i], err);
	return kind;
}

enum err trade_playbook_of(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_playbook_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_playbook_id,
			    "SELECT COALESCE(p.playbook_id, (SELECT b.playbook_id FROM playbook b WHERE b.team_id = d.team_id AND b.segment = c.segment ORDER BY b.place LIMIT 1), 0) "
			    "FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
			    "WHERE d.team_id = $1 AND d.deal_id = $2",
			    "ii", team_id, deal_id);
}

enum err trade_variable_put(struct db *db, int64_t team_id, const char *language, const struct trade_variable_row *row, struct error *err)
{
	enum err kind = db_exec(db, err,
				"INSERT INTO trade_variable (team_id, variable_id, playbook_id, family, price, step, place) VALUES ($1, $2, NULLIF($3, 0), $4, $5, NULLIF($6, 0), "
				"(SELECT COALESCE(MAX(place), 0) + 1 FROM trade_variable WHERE team_id = $1)) ON CONFLICT (team_id, variable_id) DO UPDATE SET "
				"playbook_id = excluded.playbook_id, family = excluded.family, price = excluded.price, step = excluded.step",
				"iiitii", team_id, row->variable_id, row->playbook_id, row->family, (int64_t)row->price, row->step);
	return kind ? kind
		    : db_exec(db, err,
			      "INSERT INTO trade_variable_text (team_id, variable_id, language, name, unit, hint) VALUES ($1, $2, $3, $4, $5, $6) "
			      "ON CONFLICT (team_id, variable_id, language) DO UPDATE SET name = excluded.name, unit = excluded.unit, hint = excluded.hint",
			      "iitttt", team_id, row->variable_id, language, row->name, row->unit, row->hint);
}

enum err trade_option_clear(struct db *db, int64_t team_id, int64_t variable_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE trade_option SET retired_at = $1 WHERE team_id = $2 AND variable_id = $3 AND retired_at IS NULL", "iii", at, team_id, variable_id);
}

enum err trade_option_put(struct db *db, int64_t team_id, int64_t variable_id, const char *language, int place, const struct trade_option_row *row, struct error *err)
{
	enum err kind = db_exec(db, err,
				"INSERT INTO trade_option (team_id, variable_id, option_id, place, x, starts, ours_minor, ours_share, theirs_low_minor, theirs_low_share, "
				"theirs_high_minor, theirs_high_share) VALUES ($1, $2, $3, $4, NULLIF($5, -9223372036854775808), $6, $7, $8, $9, $10, $11, $12) "
				"ON CONFLICT (team_id, variable_id, option_id) DO UPDATE SET place = excluded.place, x = excluded.x, starts = excluded.starts, "
				"ours_minor = excluded.ours_minor, ours_share = excluded.ours_share, theirs_low_minor = excluded.theirs_low_minor, "
				"theirs_low_share = excluded.theirs_low_share, theirs_high_minor = excluded.theirs_high_minor, theirs_high_share = excluded.theirs_high_share, retired_at = NULL",
				"iiiiiiiiiiii", team_id, variable_id, row->option_id, (int64_t)place, row->x, (int64_t)row->starts, row->ours_minor, row->ours_share, row->low_minor,
				row->low_share, row->high_minor, row->high_share);
	return kind || !*row->name ? kind
				   : db_exec(db, err,
					     "INSERT INTO trade_option_text (team_id, variable_id, option_id, language, name) VALUES ($1, $2, $3, $4, $5) "
					     "ON CONFLICT (team_id, variable_id, option_id, language) DO UPDATE SET name = excluded.name",
					     "iiitt", team_id, variable_id, row->option_id, language, row->name);
}

enum err trade_retire(struct db *db, int64_t team_id, int64_t variable_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE trade_variable SET retired_at = NULLIF($1, 0) WHERE team_id = $2 AND variable_id = $3", "iii", at, team_id, variable_id);
}
