#include "store/call_store.h"

#include <stdio.h>
#include <string.h>

#include "core/playbook/playbook_word.h"
#include "store/card_store.h"

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err call_find(struct db *db, int64_t team_id, int64_t call_id, struct call_row *ret_call, struct error *err)
{
	struct rows *rows = db_query(db,
		"SELECT c.client_id, c.deal_id, c.owner_id, c.number, c.planned_at, coalesce(c.began_at, 0), coalesce(c.ended_at, 0), coalesce(c.next_call_id, 0), "
		"coalesce(d.product_id, 0), coalesce(p.playbook_id, 0), coalesce(d.value_minor, 0), coalesce(d.closed_at, 0), d.wish_sell, cl.segment, d.stage, coalesce(p.price_minor, 0) "
		"FROM call c JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id "
		"JOIN client cl ON cl.team_id = c.team_id AND cl.client_id = c.client_id "
		"LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
		"WHERE c.team_id = $1 AND c.call_id = $2", "ii", team_id, call_id);
	*ret_call = (struct call_row){0};
	if (rows_next(rows)) {
		struct call_row *call = ret_call;
		call->there = true;
		call->call_id = call_id;
		call->client_id = rows_int(rows, 0);
		call->deal_id = rows_int(rows, 1);
		call->owner_id = rows_int(rows, 2);
		call->number = rows_int(rows, 3);
		call->planned_at = rows_int(rows, 4);
		call->began_at = rows_int(rows, 5);
		call->ended_at = rows_int(rows, 6);
		call->next_call_id = rows_int(rows, 7);
		call->product_id = rows_int(rows, 8);
		call->playbook_id = rows_int(rows, 9);
		call->deal_value_minor = rows_int(rows, 10);
		call->deal_closed_at = rows_int(rows, 11);
		call->wish_sell = (double)rows_int(rows, 12);
		call->b2b = !strcmp(rows_text(rows, 13), "b2b");
		snprintf(call->stage, sizeof call->stage, "%s", rows_text(rows, 14));
		call->price_minor = rows_int(rows, 15);
	}
	return rows_done(rows, err);
}

/* A part of the call's model as an object of its own. */
static enum err part_load(struct db *db, json_t *call, const char *name, int64_t team_id, int64_t id, const char *sql, struct error *err)
{
	json_t *part = NULL;
	enum err kind = db_query_row(db, err, &part, sql, "ii", team_id, id);
	if (kind) return kind;
	json_object_set_new(call, name, part ? part : json_null());
	return ERR_NONE;
}

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

enum err call_load(struct db *db, int64_t team_id, int64_t member_id, int64_t call_id, json_t **ret_call, struct error *err)
{
	json_t *call = NULL, *phones = NULL, *product = NULL;
	*ret_call = NULL;
	enum err kind = db_query_row(db, err, &call,
		"SELECT c.call_id AS id, c.client_id, c.deal_id, c.owner_id, m.name AS owner_name, c.number, c.planned_at, c.purpose, c.began_at, c.ended_at, c.mode, "
		"c.outcome, c.reason, c.promised, c.next_call_id, n.planned_at AS next_planned_at "
		"FROM call c JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
		"LEFT JOIN call n ON n.team_id = c.team_id AND n.call_id = c.next_call_id "
		"WHERE c.team_id = $1 AND c.call_id = $2", "ii", team_id, call_id);
	if (kind || !call) return kind;
	kind = part_load(db, call, "client", team_id, whole(call, "client_id"),
		"SELECT c.client_id AS id, c.name, c.kind, c.segment, c.position, w.name AS company FROM client c "
		"LEFT JOIN client w ON w.team_id = c.team_id AND w.client_id = c.company_id WHERE c.team_id = $1 AND c.client_id = $2", err);
	if (!kind) {
		phones = db_query_json(db, err, "SELECT phone FROM client_phone WHERE team_id = $1 AND client_id = $2 ORDER BY line", "ii", team_id, whole(call, "client_id"));
		if (!phones) kind = err->kind;
		else json_object_set_new(json_object_get(call, "client"), "phones", phones);
	}
	if (!kind)
		kind = part_load(db, call, "deal", team_id, whole(call, "deal_id"),
			"SELECT deal_id AS id, title, stage, value_minor, wish_sell, product_id, closed_at FROM deal WHERE team_id = $1 AND deal_id = $2", err);
	if (!kind)
		kind = db_query_row(db, err, &product,
			"SELECT p.product_id AS id, p.name, p.summary, p.price_minor, p.playbook_id, "
			"(SELECT count(*) FROM product_feature f WHERE f.team_id = p.team_id AND f.product_id = p.product_id) + "
			"(SELECT count(*) FROM product_lesson l WHERE l.team_id = p.team_id AND l.product_id = p.product_id) AS subjects, "
			"(SELECT count(*) FROM product_studied s WHERE s.team_id = p.team_id AND s.product_id = p.product_id AND s.member_id = $3) AS studied "
			"FROM product p WHERE p.team_id = $1 AND p.product_id = $2", "iii", team_id, whole(json_object_get(call, "deal"), "product_id"), member_id);
	if (!kind) json_object_set_new(call, "product", product ? product : json_null());
	if (kind) json_decref(call);
	else *ret_call = call;
	return kind;
}

enum err call_insert(struct db *db, int64_t team_id, const struct call_plan *plan, struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, purpose) "
		"VALUES ($1, $2, $3, $4, $5, 1 + (SELECT coalesce(max(number), 0) FROM call WHERE team_id = $1 AND deal_id = $4), $6, $7)",
		"iiiiiit", team_id, plan->call_id, plan->client_id, plan->deal_id, plan->owner_id, plan->planned_at, plan->purpose ? plan->purpose : "");
}

enum err call_event_list(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, struct call_event_row **ret_rows, int *ret_n, struct error *err)
{
	return call_event_list_after(db, arena, team_id, call_id, 0, ret_rows, ret_n, err);
}

static void event_row_read(struct rows *rows, struct arena *arena, struct call_event_row *row)
{
	int word = EVENT_NONE;
	row->event.seq = rows_int(rows, 0);
	row->event_id = arena_strdup(arena, rows_text(rows, 1));
	row->event.at = rows_int(rows, 2);
	row->member_id = rows_int(rows, 3);
	playbook_value(WORD_EVENT, rows_text(rows, 4), &word); /* one that this program does not know changes nothing */
	row->event.kind = (enum call_event_kind)word;
	row->event.item = rows_int(rows, 5);
	row->event.value = rows_int(rows, 6);
	row->text = arena_strdup(arena, rows_text(rows, 7));
	row->undone = rows_int(rows, 8) != 0;
	row->event.amount = rows_int(rows, 9);
}

enum err call_event_list_after(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, int64_t after_seq, struct call_event_row **ret_rows,
			       int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM call_event WHERE team_id = $1 AND call_id = $2 AND seq > $3", "iii", team_id, call_id,
		after_seq);
	*ret_n = 0;
	*ret_rows = NULL;
	if (kind || n == 0) return kind;
	*ret_rows = ARENA_ARRAY(arena, struct call_event_row, n);
	struct rows *rows = db_query(db,
		"SELECT seq, event_id, at, member_id, kind, coalesce(item_id, 0), coalesce(value, 0), text, undone, coalesce(amount_minor, 0) FROM call_event "
		"WHERE team_id = $1 AND call_id = $2 AND seq > $3 ORDER BY seq", "iii", team_id, call_id, after_seq);
	while (*ret_n < n && rows_next(rows)) event_row_read(rows, arena, &(*ret_rows)[(*ret_n)++]);
	return rows_done(rows, err);
}

enum err call_event_last(struct db *db, int64_t team_id, int64_t call_id, int64_t *ret_seq, char ret_event_id[64], struct error *err)
{
	struct rows *rows = db_query(db, "SELECT seq, event_id FROM call_event WHERE team_id = $1 AND call_id = $2 ORDER BY seq DESC LIMIT 1", "ii", team_id, call_id);
	*ret_seq = 0;
	ret_event_id[0] = '\0';
	if (rows_next(rows)) {
		*ret_seq = rows_int(rows, 0);
		snprintf(ret_event_id, 64, "%s", rows_text(rows, 1));
	}
	return rows_done(rows, err);
}

enum err call_event_find(struct db *db, int64_t team_id, int64_t call_id, const char *event_id, int64_t *ret_seq, struct error *err)
{
	return db_query_int(db, err, 0, ret_seq, "SELECT seq FROM call_event WHERE team_id = $1 AND call_id = $2 AND event_id = $3", "iit", team_id, call_id, event_id);
}

enum err call_event_insert(struct db *db, int64_t team_id, int64_t call_id, const struct call_event_row *row, struct error *err)
{
	const struct call_event *event = &row->event;
	return db_exec(db, err,
		"INSERT INTO call_event (team_id, call_id, seq, event_id, at, member_id, kind, item_id, value, text, amount_minor) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, 0), $9, $10, nullif($11, 0))",
		"iiitiitiiti", team_id, call_id, event->seq, row->event_id, event->at, row->member_id, playbook_word(WORD_EVENT, (int)event->kind), event->item,
		event->value, row->text, event->amount);
}

enum err call_event_undo(struct db *db, int64_t team_id, int64_t call_id, int64_t seq, struct error *err)
{
	return db_exec(db, err, "UPDATE call_event SET undone = 1 WHERE team_id = $1 AND call_id = $2 AND seq = $3", "iii", team_id, call_id, seq);
}

enum err call_derive(struct db *db, int64_t team_id, int64_t call_id, const struct call_derived *derived, struct error *err)
{
	return db_exec(db, err,
		"UPDATE call SET began_at = nullif($3, 0), ended_at = nullif($4, 0), mode = $5, outcome = $6, reason = $7, promised = $8 "
		"WHERE team_id = $1 AND call_id = $2",
		"iiiitttt", team_id, call_id, derived->began_at, derived->ended_at, derived->mode, derived->outcome, derived->reason, derived->promised);
}

enum err call_next_set(struct db *db, int64_t team_id, int64_t call_id, int64_t next_call_id, struct error *err)
{
	return db_exec(db, err, "UPDATE call SET next_call_id = nullif($3, 0) WHERE team_id = $1 AND call_id = $2", "iii", team_id, call_id, next_call_id);
}

enum err item_use_add(struct db *db, int64_t team_id, int64_t item_id, const char *method, bool worked, struct error *err)
{
	return db_exec(db, err,
		"INSERT INTO item_use (team_id, item_id, method, used, worked) VALUES ($1, $2, $3, 1, $4) "
		"ON CONFLICT (team_id, item_id, method) DO UPDATE SET used = item_use.used + 1, worked = item_use.worked + excluded.worked",
		"iiti", team_id, item_id, method, (int64_t)worked);
}

enum err objection_deal_add(struct db *db, int64_t team_id, int64_t objection_id, int64_t deal_id, struct error *err)
{
	return db_exec(db, err, "INSERT INTO objection_deal (team_id, objection_id, deal_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "iii", team_id,
		objection_id, deal_id);
}

enum err item_heard_add(struct db *db, int64_t team_id, int64_t client_id, int64_t item_id, int64_t call_id, struct error *err)
{
	return db_exec(db, err, "INSERT INTO item_heard (team_id, client_id, item_id, call_id) VALUES ($1, $2, $3, $4) "
		"ON CONFLICT (team_id, client_id, item_id) DO UPDATE SET call_id = CASE WHEN excluded.call_id < item_heard.call_id THEN excluded.call_id ELSE item_heard.call_id END",
		"iiii", team_id, client_id, item_id, call_id);
}

/* Gives the items (in the order of their ids) their texts: in the reader's language, or in the other where it has none. */
static enum err texts_put(struct rows *rows, const char *language, json_t *items, struct error *err)
{
	size_t at = 0;
	while (rows_next(rows)) {
		int64_t id = rows_int(rows, 0);
		while (at < json_array_size(items) && whole(json_array_get(items, at), "id") < id) at++;
		json_t *item = json_array_get(items, at);
		if (!item || whole(item, "id") != id) continue;
		const char *part = rows_text(rows, 1);
		if (!json_object_get(item, part) || !strcmp(rows_text(rows, 2), language)) json_object_set_new(item, part, json_string(rows_text(rows, 3)));
	}
	return rows_done(rows, err);
}

enum err call_items(struct db *db, int64_t team_id, int64_t playbook_id, const char *language, bool all, json_t **ret_items, struct error *err)
{
	enum err kind = given(db_query_json(db, err,
		"SELECT i.item_id AS id, i.kind, i.variety, i.level, i.question_type, i.motives, coalesce(i.objection_id, 0) AS objection_id, i.place, "
		"coalesce(u.used, 0) AS used, coalesce(u.worked, 0) AS worked "
		"FROM item i LEFT JOIN item_use u ON u.team_id = i.team_id AND u.item_id = i.item_id AND u.method = '' "
		"WHERE i.team_id = $1 AND i.playbook_id = $2 AND (i.retired_at IS NULL OR $3 = 1) ORDER BY i.item_id",
		"iii", team_id, playbook_id, (int64_t)all), err, ret_items);
	if (kind) return kind;
	kind = texts_put(db_query(db,
		"SELECT t.item_id, t.part, t.language, t.text FROM item i JOIN item_text t ON t.team_id = i.team_id AND t.item_id = i.item_id "
		"WHERE i.team_id = $1 AND i.playbook_id = $2 AND t.part <> 'client' ORDER BY t.item_id", "ii", team_id, playbook_id), language, *ret_items, err);
	if (kind) json_decref(*ret_items);
	return kind;
}

enum err call_points(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_points, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT f.feature_id AS id, f.characteristic, f.advantage, f.benefit, f.motives, f.place, coalesce(u.used, 0) AS used, coalesce(u.worked, 0) AS worked "
		"FROM product_feature f LEFT JOIN item_use u ON u.team_id = f.team_id AND u.item_id = f.feature_id AND u.method = '' "
		"WHERE f.team_id = $1 AND f.product_id = $2 ORDER BY f.place, f.feature_id",
		"ii", team_id, product_id), err, ret_points);
}

enum err call_playbook_default(struct db *db, int64_t team_id, bool b2b, int64_t *ret_playbook_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_playbook_id, "SELECT playbook_id FROM playbook WHERE team_id = $1 AND segment = $2 ORDER BY place, playbook_id LIMIT 1",
		"it", team_id, b2b ? "b2b" : "b2c");
}

enum err call_heard_before(struct db *db, int64_t team_id, int64_t client_id, int64_t call_id, struct arena *arena, int64_t **ret_items, int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM item_heard WHERE team_id = $1 AND client_id = $2 AND call_id < $3", "iii", team_id, client_id, call_id);
	*ret_n = 0;
	*ret_items = ARENA_ARRAY(arena, int64_t, n + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db, "SELECT item_id FROM item_heard WHERE team_id = $1 AND client_id = $2 AND call_id < $3 ORDER BY item_id", "iii", team_id, client_id, call_id);
	while (*ret_n < n && rows_next(rows)) (*ret_items)[(*ret_n)++] = rows_int(rows, 0);
	return rows_done(rows, err);
}

enum err call_heard(struct db *db, int64_t team_id, int64_t client_id, struct arena *arena, int64_t **ret_items, int *ret_n, struct error *err)
{
	return call_heard_before(db, team_id, client_id, INT64_MAX, arena, ret_items, ret_n, err);
}

static enum err exists(enum err kind, int64_t found, bool *ret_exists)
{
	*ret_exists = found != 0;
	return kind;
}

enum err call_items_named(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, int64_t **ret_items, int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(DISTINCT item_id) FROM call_event WHERE team_id = $1 AND call_id = $2", "ii", team_id, call_id);
	*ret_n = 0;
	*ret_items = ARENA_ARRAY(arena, int64_t, n + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db, "SELECT DISTINCT item_id FROM call_event WHERE team_id = $1 AND call_id = $2 AND item_id IS NOT NULL", "ii", team_id, call_id);
	while (*ret_n < n && rows_next(rows)) (*ret_items)[(*ret_n)++] = rows_int(rows, 0);
	return rows_done(rows, err);
}

enum err call_item_exists(struct db *db, int64_t team_id, int64_t product_id, int64_t item_id, bool *ret_exists, struct error *err)
{
	int64_t found = 0;
	enum err kind = db_query_int(db, err, 0, &found,
		"SELECT 1 FROM item WHERE team_id = $1 AND item_id = $2 UNION ALL "
		"SELECT 1 FROM product_feature WHERE team_id = $1 AND product_id = $3 AND feature_id = $2 LIMIT 1", "iii", team_id, item_id, product_id);
	return exists(kind, found, ret_exists);
}

enum err call_interest_exists(struct db *db, int64_t team_id, int64_t item_id, bool *ret_exists, struct error *err)
{
	int64_t found = 0;
	enum err kind = db_query_int(db, err, 0, &found, "SELECT 1 FROM item WHERE team_id = $1 AND item_id = $2 AND kind = 'interest'", "ii", team_id, item_id);
	return exists(kind, found, ret_exists);
}

enum err call_signal_exists(struct db *db, int64_t team_id, int64_t signal_id, bool *ret_exists, struct error *err)
{
	int64_t found = 0;
	enum err kind = db_query_int(db, err, 0, &found, "SELECT 1 FROM signal WHERE team_id = $1 AND signal_id = $2", "ii", team_id, signal_id);
	return exists(kind, found, ret_exists);
}

enum err call_promises(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, const char **ret_text, struct error *err)
{
	struct rows *rows = db_query(db,
		"SELECT text FROM call_event WHERE team_id = $1 AND call_id = $2 AND kind = 'promised' AND undone = 0 AND text IS NOT NULL ORDER BY seq", "ii",
		team_id, call_id);
	*ret_text = "";
	while (rows_next(rows)) *ret_text = arena_printf(arena, "%s%s%s", *ret_text, **ret_text ? "\n" : "", rows_text(rows, 0));
	return rows_done(rows, err);
}

enum err call_reason(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, const char **ret_text, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT coalesce(text, '') FROM call_event WHERE team_id = $1 AND call_id = $2 AND kind = 'ended'", "ii", team_id, call_id);
	*ret_text = "";
	if (rows_next(rows)) *ret_text = arena_strdup(arena, rows_text(rows, 0));
	return rows_done(rows, err);
}

enum err call_method_uses(struct db *db, int64_t team_id, json_t **ret_uses, struct error *err)
{
	return given(db_query_json(db, err, "SELECT item_id, method, used, worked FROM item_use WHERE team_id = $1 AND method <> ''", "i", team_id), err, ret_uses);
}

enum err call_similar_of(struct db *db, int64_t team_id, int64_t objection_id, int64_t product_id, bool b2b, struct call_similar *ret, struct error *err)
{
	struct rows *rows = db_query(db,
		"SELECT count(*), coalesce(sum(CASE WHEN d.stage = 'won' THEN 1 ELSE 0 END), 0), coalesce(max(CASE WHEN d.stage = 'won' THEN d.closed_at END), 0) "
		"FROM (SELECT deal_id FROM objection_deal WHERE team_id = $1 AND objection_id = $2 ORDER BY deal_id DESC LIMIT 300) o "
		"JOIN deal d ON d.team_id = $1 AND d.deal_id = o.deal_id JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id "
		"WHERE d.closed_at IS NOT NULL AND coalesce(d.product_id, 0) = $3 AND c.segment = $4",
		"iiit", team_id, objection_id, product_id, b2b ? "b2b" : "b2c");
	*ret = (struct call_similar){0};
	if (rows_next(rows)) *ret = (struct call_similar){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2)};
	return rows_done(rows, err);
}

enum err call_won_since(struct db *db, int64_t team_id, int64_t product_id, bool b2b, int64_t since, int64_t *ret_won, struct error *err)
{
	return db_query_int(db, err, 0, ret_won,
		"SELECT count(*) FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id "
		"WHERE d.team_id = $1 AND d.closed_at >= $2 AND d.stage = 'won' AND d.product_id = $3 AND c.segment = $4",
		"iiit", team_id, since, product_id, b2b ? "b2b" : "b2c");
}

enum err call_earlier(struct db *db, int64_t team_id, int64_t client_id, int64_t but_call_id, int limit, json_t **ret_calls, struct error *err)
{
	return given(db_query_json(db, err,
		"SELECT c.call_id AS id, c.number, c.ended_at, c.mode, c.outcome, c.promised, c.reason, "
		"(SELECT coalesce(sum(DISTINCT 1 << e.value), 0) FROM call_event e WHERE e.team_id = c.team_id AND e.call_id = c.call_id AND e.kind = 'motive_on' "
		"AND e.undone = 0 AND NOT EXISTS (SELECT 1 FROM call_event f WHERE f.team_id = e.team_id AND f.call_id = e.call_id AND f.kind = 'motive_off' "
		"AND f.value = e.value AND f.seq > e.seq AND f.undone = 0)) AS motives "
		"FROM call c WHERE c.team_id = $1 AND c.client_id = $2 AND c.call_id <> $3 AND c.ended_at + 0 IS NOT NULL "
		"ORDER BY c.ended_at + 0 DESC, c.call_id DESC LIMIT $4", /* + 0: the client's few are read and sorted, not the whole team's walked by their end */
		"iiii", team_id, client_id, but_call_id, (int64_t)limit), err, ret_calls);
}

/* FNV-1a over every column of every row, each closed by a byte that no text has. */
static enum err rows_digest(struct rows *rows, int columns, uint64_t *digest, struct error *err)
{
	while (rows_next(rows)) {
		for (int i = 0; i < columns; i++) {
			const char *text = rows_text(rows, i);
			for (; text && *text; text++) *digest = (*digest ^ (unsigned char)*text) * UINT64_C(1099511628211);
			*digest = (*digest ^ 0xff) * UINT64_C(1099511628211);
		}
	}
	return rows_done(rows, err);
}

enum err call_derived_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err)
{
	*ret_digest = UINT64_C(14695981039346656037);
	enum err kind = rows_digest(db_query(db, "SELECT item_id, method, used, worked FROM item_use WHERE team_id = $1 ORDER BY item_id, method", "i", team_id), 4,
		ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT objection_id, deal_id FROM objection_deal WHERE team_id = $1 ORDER BY objection_id, deal_id", "i", team_id), 2,
			ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT client_id, item_id, call_id FROM item_heard WHERE team_id = $1 ORDER BY client_id, item_id", "i", team_id), 3,
			ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT client_id, interest_id, position_id, call_id, at FROM client_interest WHERE team_id = $1 "
			"ORDER BY client_id, interest_id, position_id", "i", team_id), 5, ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT call_id, seq FROM call_event WHERE team_id = $1 AND undone <> 0 ORDER BY call_id, seq", "i", team_id), 2, ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT call_id, post_id, member_id, at, went_on FROM card_use WHERE team_id = $1 ORDER BY call_id, post_id", "i", team_id), 5, ret_digest, err);
	if (!kind)
		kind = rows_digest(db_query(db, "SELECT call_id, began_at, ended_at, mode, outcome, reason, promised FROM call WHERE team_id = $1 ORDER BY call_id", "i",
			team_id), 7, ret_digest, err);
	return kind;
}

enum err call_derived_drop(struct db *db, int64_t team_id, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM item_use WHERE team_id = $1", "i", team_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM objection_deal WHERE team_id = $1", "i", team_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM item_heard WHERE team_id = $1", "i", team_id);
	if (!kind) kind = db_exec(db, err, "DELETE FROM client_interest WHERE team_id = $1", "i", team_id);
	if (!kind) kind = card_use_drop(db, team_id, err);
	if (!kind) kind = db_exec(db, err, "UPDATE call_event SET undone = 0 WHERE team_id = $1 AND undone <> 0", "i", team_id);
	return kind;
}

enum err call_led_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_calls, int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM call WHERE team_id = $1", "i", team_id);
	*ret_n = 0;
	*ret_calls = ARENA_ARRAY(arena, int64_t, n + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
		"SELECT c.call_id FROM call c WHERE c.team_id = $1 AND EXISTS (SELECT 1 FROM call_event e WHERE e.team_id = c.team_id AND e.call_id = c.call_id) "
		"ORDER BY c.call_id", "i", team_id);
	while (*ret_n < n && rows_next(rows)) (*ret_calls)[(*ret_n)++] = rows_int(rows, 0);
	return rows_done(rows, err);
}
