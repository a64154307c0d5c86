#include "store/card_store.h"

#include "store/post_store.h"

/* ---- Where it is offered ---- */

enum err card_put(struct db *db, int64_t post_id, const struct card_fields *card, struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO post_card (post_id, line, playbook_key, objection_key, objection_id, variety, level, question_type, motives, family, team_id, call_id) "
		"VALUES ($1, $2, $3, $4, nullif($5, 0), $6, $7, $8, $9, $10, nullif($11, 0), nullif($12, 0)) ON CONFLICT (post_id) DO UPDATE SET line = excluded.line, "
		"playbook_key = excluded.playbook_key, objection_key = excluded.objection_key, objection_id = excluded.objection_id, variety = excluded.variety, "
		"level = excluded.level, question_type = excluded.question_type, motives = excluded.motives, family = excluded.family, "
		"team_id = coalesce(excluded.team_id, post_card.team_id), call_id = coalesce(excluded.call_id, post_card.call_id)",
		"itttitttitii", post_id, card->line, card->playbook_key, card->objection_key, card->objection_id, card->variety, card->level, card->question_type, card->motives,
		card->family, card->team_id, card->call_id);
}

enum err card_find(struct db *db, struct arena *arena, int64_t post_id, struct card_fields *ret_card, bool *ret_there, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT line, playbook_key, objection_key, coalesce(objection_id, 0), variety, level, question_type, motives, family, "
		"coalesce(team_id, 0), coalesce(call_id, 0) FROM post_card WHERE post_id = $1", "i", post_id);
	*ret_card = (struct card_fields){"", "", "", 0, "", "", "", "", 0, 0, 0};
	*ret_there = rows_next(rows);
	if (*ret_there)
		*ret_card = (struct card_fields){
			.line = arena_strdup(arena, rows_text(rows, 0)), .playbook_key = arena_strdup(arena, rows_text(rows, 1)), .objection_key = arena_strdup(arena, rows_text(rows, 2)),
			.objection_id = rows_int(rows, 3), .variety = arena_strdup(arena, rows_text(rows, 4)), .level = arena_strdup(arena, rows_text(rows, 5)),
			.question_type = arena_strdup(arena, rows_text(rows, 6)), .motives = rows_int(rows, 7), .family = arena_strdup(arena, rows_text(rows, 8)),
			.team_id = rows_int(rows, 9), .call_id = rows_int(rows, 10),
		};
	return rows_done(rows, err);
}

enum err card_exists(struct db *db, int64_t post_id, bool *ret_exists, struct error *err)
{
	int64_t found = 0;
	enum err kind = db_query_int(db, err, 0, &found, "SELECT 1 FROM post_card c JOIN post p ON p.post_id = c.post_id WHERE c.post_id = $1 AND p.published_at IS NOT NULL", "i",
		post_id);
	*ret_exists = found;
	return kind;
}

#define NAME_OF "coalesce((SELECT name FROM playbook_name n WHERE n.team_id = b.team_id AND n.playbook_id = b.playbook_id AND n.language = $2), " \
	"(SELECT min(name) FROM playbook_name n WHERE n.team_id = b.team_id AND n.playbook_id = b.playbook_id), b.key)"

enum err card_playbooks(struct db *db, int64_t team_id, const char *language, json_t **ret_playbooks, struct error *err)
{
	*ret_playbooks = db_query_json(db, err, "SELECT b.key AS id, " NAME_OF " AS name FROM playbook b WHERE b.team_id = $1 AND b.key <> '' ORDER BY b.place, b.playbook_id", "it", team_id,
		language);
	return *ret_playbooks ? ERR_NONE : err->kind;
}

enum err card_objections(struct db *db, int64_t team_id, const char *language, json_t **ret_objections, struct error *err)
{
	*ret_objections = db_query_json(db, err,
		"SELECT o.id, min(o.text) AS name, CASE WHEN count(*) > 1 THEN '' ELSE min(o.playbook) END AS playbook FROM ("
		"SELECT CASE WHEN i.key = '' OR b.key = '' THEN '#' || i.item_id WHEN (SELECT count(*) FROM item s JOIN playbook x ON x.team_id = s.team_id AND x.playbook_id = s.playbook_id "
		"WHERE s.team_id = $1 AND s.kind = 'objection' AND s.key = i.key AND s.retired_at IS NULL AND x.key <> '') > 1 THEN i.key ELSE b.key || '/' || i.key END AS id, "
		"coalesce((SELECT t.text FROM item_text t WHERE t.team_id = i.team_id AND t.item_id = i.item_id AND t.part = 'text' AND t.language = $2), "
		"(SELECT min(t.text) FROM item_text t WHERE t.team_id = i.team_id AND t.item_id = i.item_id AND t.part = 'text'), '') AS text, " NAME_OF " AS playbook, "
		"b.place * 1000 + i.place AS place FROM item i JOIN playbook b ON b.team_id = i.team_id AND b.playbook_id = i.playbook_id "
		"WHERE i.team_id = $1 AND i.kind = 'objection' AND i.retired_at IS NULL AND i.variety <> 'compliance') AS o GROUP BY o.id ORDER BY count(*) = 1, min(o.place), o.id",
		"it", team_id, language);
	return *ret_objections ? ERR_NONE : err->kind;
}

enum err card_keys(struct db *db, struct arena *arena, int64_t team_id, int64_t playbook_id, int64_t item_id, const char **ret_playbook, const char **ret_item, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT (SELECT key FROM playbook WHERE team_id = $1 AND playbook_id = $2), (SELECT key FROM item WHERE team_id = $1 AND item_id = $3)", "iii", team_id,
		playbook_id, item_id);
	*ret_playbook = *ret_item = "";
	if (rows_next(rows)) {
		if (rows_text(rows, 0)) *ret_playbook = arena_strdup(arena, rows_text(rows, 0));
		if (rows_text(rows, 1)) *ret_item = arena_strdup(arena, rows_text(rows, 1));
	}
	return rows_done(rows, err);
}

/* ---- For a call ---- */

enum err card_list(struct db *db, const struct card_want *want, json_t **ret_cards, struct error *err)
{
	/* Named are the few that this call's events name; held the at most few dozen places of the top at that moment. */
	*ret_cards = db_query_json(db, err,
		"WITH held AS (SELECT t.post_id, t.position FROM tenure t WHERE t.to_at IS NULL AND t.from_at <= $5 "
		"UNION ALL SELECT t.post_id, t.position FROM tenure t WHERE t.to_at > $5 AND t.from_at <= $5), "
		"named AS (SELECT DISTINCT e.item_id AS post_id FROM call_event e WHERE e.team_id = $1 AND e.call_id = $3 AND e.kind IN ('said', 'skipped', 'answered', 'objection_part')), "
		"found AS (SELECT p.post_id, 1 AS own FROM member m JOIN post p ON p.author_id = m.member_id WHERE m.team_id = $1 AND p.kind <> 'article' "
		"UNION SELECT post_id, 0 FROM held UNION SELECT post_id, 0 FROM named), "
		"each AS (SELECT post_id, max(own) AS own FROM found GROUP BY post_id) "
		"SELECT p.post_id AS id, p.kind AS post_kind, c.line AS text, c.variety, c.level, c.question_type, c.motives, "
		"coalesce((SELECT o.item_id FROM item o WHERE o.team_id = $1 AND o.playbook_id = $2 AND o.kind = 'objection' AND o.retired_at IS NULL AND "
		"((c.objection_key <> '' AND o.key = c.objection_key) OR o.item_id = c.objection_id) LIMIT 1), 0) AS objection_id, "
		"coalesce(j.name, g.name, p.byline) AS author, coalesce(n.used, 0) AS used, coalesce(n.went_on, 0) AS worked, f.own, coalesce(h.position, 0) AS top, "
		"p.post_id IN (SELECT post_id FROM named) AS named "
		"FROM each f JOIN post p ON p.post_id = f.post_id JOIN post_card c ON c.post_id = p.post_id LEFT JOIN held h ON h.post_id = p.post_id "
		"LEFT JOIN journal j ON j.journal_id = p.author_id LEFT JOIN journal g ON g.journal_id = p.community_id LEFT JOIN card_count n ON n.post_id = p.post_id "
		"WHERE p.post_id IN (SELECT post_id FROM named) OR (" POST_READABLE " AND p.kind <> 'article' AND c.line <> '' AND p.language = $4 AND (c.playbook_key = '' OR "
		"c.playbook_key = (SELECT b.key FROM playbook b WHERE b.team_id = $1 AND b.playbook_id = $2))) ORDER BY p.post_id",
		"iiiti", want->team_id, want->playbook_id, want->call_id, want->language, want->at);
	return *ret_cards ? ERR_NONE : err->kind;
}

/* ---- Uses ---- */

enum err card_use_put(struct db *db, int64_t team_id, int64_t call_id, int64_t post_id, int64_t member_id, int64_t at, bool went_on, struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO card_use (team_id, call_id, post_id, member_id, at, went_on) SELECT $1, $2, c.post_id, $4, $5, $6 FROM post_card c WHERE c.post_id = $3 "
		"ON CONFLICT (team_id, call_id, post_id) DO UPDATE SET member_id = excluded.member_id, "
		"at = CASE WHEN card_use.went_on IS NULL OR excluded.at < card_use.at THEN excluded.at ELSE card_use.at END, "
		"went_on = CASE WHEN card_use.went_on = 1 THEN 1 ELSE excluded.went_on END",
		"iiiiii", team_id, call_id, post_id, member_id, at, (int64_t)went_on);
}

#define USE_COLUMNS "u.call_id, u.post_id, u.member_id, coalesce(u.use_vote_id, 0), coalesce(u.well_vote_id, 0), u.went_on"

static enum err uses_read(struct rows *rows, struct arena *arena, struct card_use_row **ret_uses, int *ret_n, struct error *err)
{
	int room = 0;
	*ret_uses = NULL;
	for (*ret_n = 0; rows_next(rows); (*ret_n)++) {
		if (*ret_n == room) {
			struct card_use_row *more = ARENA_ARRAY(arena, struct card_use_row, room = room ? 2 * room : 16);
			for (int i = 0; i < *ret_n; i++) more[i] = (*ret_uses)[i];
			*ret_uses = more;
		}
		(*ret_uses)[*ret_n] = (struct card_use_row){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3), rows_int(rows, 4), rows_int(rows, 5) != 0};
	}
	return rows_done(rows, err);
}

enum err card_use_of_call(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, struct card_use_row **ret_uses, int *ret_n, struct error *err)
{
	return uses_read(db_query(db, "SELECT " USE_COLUMNS " FROM card_use u WHERE u.team_id = $1 AND u.call_id = $2 AND u.went_on IS NOT NULL ORDER BY u.at, u.post_id", "ii", team_id,
		call_id), arena, ret_uses, ret_n, err);
}

enum err card_use_of_deal(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct card_use_row **ret_uses, int *ret_n, struct error *err)
{
	return uses_read(db_query(db, "SELECT " USE_COLUMNS " FROM call c JOIN card_use u ON u.team_id = c.team_id AND u.call_id = c.call_id "
		"WHERE c.team_id = $1 AND c.deal_id = $2 AND u.went_on IS NOT NULL ORDER BY u.at, u.post_id", "ii", team_id, deal_id), arena, ret_uses, ret_n, err);
}

enum err card_use_voted(struct db *db, int64_t team_id, int64_t call_id, int64_t post_id, const char *kind, int64_t vote_id, struct error *err)
{
	return db_exec(db, err, "UPDATE card_use SET use_vote_id = CASE WHEN $4 = 'use' THEN $5 ELSE use_vote_id END, well_vote_id = CASE WHEN $4 = 'well' THEN $5 ELSE well_vote_id END "
		"WHERE team_id = $1 AND call_id = $2 AND post_id = $3", "iiiti", team_id, call_id, post_id, kind, vote_id);
}

enum err card_count_add(struct db *db, int64_t post_id, bool went_on, struct error *err)
{
	return db_exec(db, err, "INSERT INTO card_count (post_id, used, went_on) VALUES ($1, 1, $2) ON CONFLICT (post_id) DO UPDATE SET used = card_count.used + 1, "
		"went_on = card_count.went_on + excluded.went_on", "ii", post_id, (int64_t)went_on);
}

enum err card_count_find(struct db *db, int64_t post_id, int64_t *ret_used, int64_t *ret_went_on, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT used, went_on FROM card_count WHERE post_id = $1", "i", post_id);
	*ret_used = *ret_went_on = 0;
	if (rows_next(rows)) {
		*ret_used = rows_int(rows, 0);
		*ret_went_on = rows_int(rows, 1);
	}
	return rows_done(rows, err);
}

/* ---- Anew ---- */

enum err card_use_drop(struct db *db, int64_t team_id, struct error *err)
{
	return db_exec(db, err, "UPDATE card_use SET went_on = NULL WHERE team_id = $1", "i", team_id);
}

enum err card_use_sweep(struct db *db, int64_t team_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM card_use WHERE team_id = $1 AND went_on IS NULL AND use_vote_id IS NULL AND well_vote_id IS NULL", "i", team_id);
}

#define COUNTED "SELECT post_id, count(*) AS used, sum(went_on) AS went_on FROM card_use WHERE went_on IS NOT NULL GROUP BY post_id"
#define KEPT "SELECT post_id, used, went_on FROM card_count"

enum err card_recount(struct db *db, bool *ret_changed, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT (SELECT count(*) FROM (" COUNTED " EXCEPT " KEPT ") AS missing) + (SELECT count(*) FROM (" KEPT " EXCEPT " COUNTED ") AS much)", "");
	*ret_changed = n > 0;
	if (kind || !n) return kind;
	kind = db_exec(db, err, "DELETE FROM card_count", "");
	return kind ? kind : db_exec(db, err, "INSERT INTO card_count (post_id, used, went_on) " COUNTED, "");
}
