#include "store/client_store.h"

#include <string.h>

#include "base/text.h"
#include "store/answer_store.h"

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

/* ---- Writing ---- */

static const char *const parts[] = {
	"DELETE FROM client_phone WHERE team_id = $1 AND client_id = $2",
	"DELETE FROM client_email WHERE team_id = $1 AND client_id = $2",
	"DELETE FROM client_tag WHERE team_id = $1 AND client_id = $2",
};

static enum err phones_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, const struct client_fields *f, const char *country,
			      struct error *err)
{
	enum err kind = ERR_NONE;
	for (int64_t i = 0, line = 1; !kind && i < CLIENT_PHONES && f->phones[i]; i++) {
		if (!*f->phones[i]) continue;
		kind = db_exec(db, err, "INSERT INTO client_phone (team_id, client_id, line, phone, digits) VALUES ($1, $2, $3, $4, $5)", "iiitt", team_id,
			       client_id, line++, f->phones[i], text_phone_digits(arena, f->phones[i], country));
	}
	return kind;
}

static enum err emails_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, const struct client_fields *f, struct error *err)
{
	enum err kind = ERR_NONE;
	for (int64_t i = 0, line = 1; !kind && i < CLIENT_EMAILS && f->emails[i]; i++) {
		if (!*f->emails[i]) continue;
		kind = db_exec(db, err, "INSERT INTO client_email (team_id, client_id, line, email, email_fold) VALUES ($1, $2, $3, $4, $5)", "iiitt", team_id,
			       client_id, line++, f->emails[i], text_fold(arena, f->emails[i]));
	}
	return kind;
}

static enum err tags_insert(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *f, struct error *err)
{
	enum err kind = ERR_NONE;
	for (int i = 0; !kind && i < CLIENT_TAGS && f->tags[i]; i++) {
		if (!*f->tags[i]) continue;
		kind = db_exec(db, err, "INSERT INTO client_tag (team_id, client_id, tag) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "iit", team_id, client_id,
			       f->tags[i]);
	}
	return kind;
}

static enum err values_insert(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *f, struct error *err)
{
	enum err kind = ERR_NONE;
	for (int i = 0; !kind && i < CLIENT_FIELDS && f->values[i].field_id; i++) {
		const struct client_value *v = &f->values[i];
		if (!*v->value)
			kind = db_exec(db, err, "DELETE FROM client_field WHERE team_id = $1 AND client_id = $2 AND field_id = $3", "iii", team_id, client_id,
				       v->field_id);
		else
			kind = db_exec(db, err,
				       "INSERT INTO client_field (team_id, client_id, field_id, value) VALUES ($1, $2, $3, $4) "
				       "ON CONFLICT (team_id, client_id, field_id) DO UPDATE SET value = excluded.value",
				       "iiit", team_id, client_id, v->field_id, v->value);
	}
	return kind;
}

static enum err parts_insert(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *f, const char *country, struct error *err)
{
	struct arena *arena = arena_new(1 << 20);
	enum err kind = phones_insert(db, arena, team_id, client_id, f, country, err);
	if (!kind) kind = emails_insert(db, arena, team_id, client_id, f, err);
	if (!kind) kind = tags_insert(db, team_id, client_id, f, err);
	if (!kind) kind = values_insert(db, team_id, client_id, f, err);
	arena_free(arena);
	return kind;
}

enum err client_insert(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *f, const char *country, int64_t now, struct error *err)
{
	struct arena *arena = arena_new(1 << 20);
	/* $9 0 is no company */
	enum err kind = db_exec(db, err,
				"INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, position, source, company_id, owner_id, created_at, changed_at, "
				"outside_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, 0), $10, $11, $11, $12)",
				"iittttttiiit", team_id, client_id, f->kind, f->segment, f->name, client_name_fold(arena, f->name), f->position, f->source, f->company_id,
				f->owner_id, now, f->outside_id ? f->outside_id : "");
	arena_free(arena);
	if (!kind) kind = parts_insert(db, team_id, client_id, f, country, err);
	return kind ? kind : client_words_put(db, team_id, client_id, false, err);
}

enum err client_update(struct db *db, int64_t team_id, int64_t client_id, const struct client_fields *f, const char *country, int64_t now, struct error *err)
{
	struct arena *arena = arena_new(1 << 20);
	enum err kind = db_exec(db, err,
				"UPDATE client SET kind = $3, segment = $4, name = $5, name_fold = $6, position = $7, source = $8, company_id = NULLIF($9, 0), owner_id = $10, "
				"changed_at = $11 WHERE team_id = $1 AND client_id = $2",
				"iittttttiii", team_id, client_id, f->kind, f->segment, f->name, client_name_fold(arena, f->name), f->position, f->source, f->company_id,
				f->owner_id, now);
	arena_free(arena);
	for (size_t i = 0; !kind && i < sizeof parts / sizeof *parts; i++) kind = db_exec(db, err, parts[i], "ii", team_id, client_id);
	if (!kind) kind = parts_insert(db, team_id, client_id, f, country, err);
	if (!kind) kind = fact_client_follow(db, team_id, client_id, err);
	return kind ? kind : client_words_put(db, team_id, client_id, true, err);
}

enum err client_archive(struct db *db, int64_t team_id, int64_t client_id, int64_t at, struct error *err)
{
	enum err kind = db_exec(db, err, "UPDATE client SET archived_at = NULLIF($3, 0) WHERE team_id = $1 AND client_id = $2", "iii", team_id, client_id, at);
	return kind ? kind : client_words_put(db, team_id, client_id, false, err);
}

enum err client_touch(struct db *db, int64_t team_id, int64_t client_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE client SET changed_at = $3 WHERE team_id = $1 AND client_id = $2 AND changed_at < $3", "iii", team_id, client_id, at);
}

enum err client_note_insert(struct db *db, int64_t team_id, int64_t client_id, int64_t note_id, int64_t member_id, const char *text, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO client_note (team_id, client_id, note_id, member_id, at, text) VALUES ($1, $2, $3, $4, $5, $6)", "iiiiit", team_id,
		       client_id, note_id, member_id, at, text);
}

/* ---- One client ---- */

/* An array of what stands in a query's first column. */
static enum err texts(struct db *db, json_t *object, const char *name, const char *sql, int64_t team_id, int64_t id, struct error *err)
{
	json_t *list = json_array();
	struct rows *rows = db_query(db, sql, "ii", team_id, id);
	while (rows_next(rows)) json_array_append_new(list, json_string(rows_text(rows, 0)));
	json_object_set_new(object, name, list);
	return rows_done(rows, err);
}

/* An object of the query's row, or null. */
static enum err part(struct db *db, json_t *object, const char *name, const char *sql, int64_t team_id, int64_t id, struct error *err)
{
	json_t *row = NULL;
	enum err kind = db_query_row(db, err, &row, sql, "ii", team_id, id);
	json_object_set_new(object, name, row ? row : json_null());
	return kind;
}

enum err client_load(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_client, struct error *err)
{
	json_t *client, *fields = NULL;
	*ret_client = NULL;
	enum err kind = db_query_row(db, err, &client,
				     "SELECT client_id AS id, kind, segment, name, position, source, company_id, owner_id, created_at, changed_at, archived_at FROM client "
				     "WHERE team_id = $1 AND client_id = $2",
				     "ii", team_id, client_id);
	if (kind || !client) return kind;
	int64_t owner_id = json_integer_value(json_object_get(client, "owner_id")), company_id = json_integer_value(json_object_get(client, "company_id"));
	kind = part(db, client, "owner", "SELECT member_id AS id, name FROM member WHERE team_id = $1 AND member_id = $2", team_id, owner_id, err);
	if (!kind) kind = part(db, client, "company", "SELECT client_id AS id, name FROM client WHERE team_id = $1 AND client_id = $2", team_id, company_id, err);
	if (!kind)
		kind = texts(db, client, "phones", "SELECT phone FROM client_phone WHERE team_id = $1 AND client_id = $2 ORDER BY line", team_id, client_id, err);
	if (!kind)
		kind = texts(db, client, "emails", "SELECT email FROM client_email WHERE team_id = $1 AND client_id = $2 ORDER BY line", team_id, client_id, err);
	if (!kind) kind = texts(db, client, "tags", "SELECT tag FROM client_tag WHERE team_id = $1 AND client_id = $2 ORDER BY tag", team_id, client_id, err);
	if (!kind)
		kind = given(db_query_json(db, err,
					   "SELECT f.field_id AS id, f.name, v.value FROM field f "
					   "LEFT JOIN client_field v ON v.team_id = f.team_id AND v.client_id = $2 AND v.field_id = f.field_id "
					   "WHERE f.team_id = $1 AND (f.retired_at IS NULL OR v.value IS NOT NULL) ORDER BY f.place, f.field_id",
					   "ii", team_id, client_id),
			     err, &fields);
	if (kind) {
		json_decref(client);
		return kind;
	}
	json_object_set_new(client, "fields", fields);
	json_object_del(client, "owner_id");
	json_object_del(client, "company_id");
	*ret_client = client;
	return ERR_NONE;
}

enum err client_exists(struct db *db, int64_t team_id, int64_t client_id, bool *ret_exists, struct error *err)
{
	int64_t there;
	enum err kind = db_query_int(db, err, 0, &there, "SELECT 1 FROM client WHERE team_id = $1 AND client_id = $2", "ii", team_id, client_id);
	*ret_exists = there;
	return kind;
}

enum err client_notes(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_notes, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT n.note_id AS id, n.at, n.text, m.name AS member FROM client_note n "
				   "JOIN member m ON m.team_id = n.team_id AND m.member_id = n.member_id "
				   "WHERE n.team_id = $1 AND n.client_id = $2 ORDER BY n.at DESC, n.note_id DESC LIMIT 200",
				   "ii", team_id, client_id),
		     err, ret_notes);
}

enum err client_people(struct db *db, int64_t team_id, int64_t company_id, json_t **ret_people, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.client_id AS id, c.name, c.position, (SELECT p.phone FROM client_phone p WHERE p.team_id = c.team_id AND "
				   "p.client_id = c.client_id ORDER BY p.line LIMIT 1) AS phone FROM client c "
				   "WHERE c.team_id = $1 AND c.company_id = $2 AND c.archived_at IS NULL ORDER BY c.name_fold, c.client_id LIMIT 200",
				   "ii", team_id, company_id),
		     err, ret_people);
}

enum err client_deals(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_deals, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT d.deal_id AS id, d.title, d.stage, d.value_minor, d.expected_close AS expected_close__day, d.created_at, d.closed_at, "
				   "p.name AS product, m.name AS owner FROM deal d JOIN member m ON m.team_id = d.team_id AND m.member_id = d.owner_id "
				   "LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
				   "WHERE d.team_id = $1 AND d.client_id = $2 ORDER BY d.closed_at IS NOT NULL, d.closed_at DESC, d.created_at DESC, d.deal_id DESC LIMIT 100",
				   "ii", team_id, client_id),
		     err, ret_deals);
}

enum err client_calls_planned(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_calls, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.call_id AS id, c.deal_id, c.number, c.planned_at, c.purpose, c.began_at, m.member_id AS owner_id, m.name AS owner FROM call c "
				   "JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
				   "WHERE c.team_id = $1 AND c.client_id = $2 AND c.ended_at IS NULL ORDER BY c.planned_at, c.call_id LIMIT 20",
				   "ii", team_id, client_id),
		     err, ret_calls);
}

/* ---- Lists ---- */

/* The conditions of a scope: $1 team, $2 owner, $3 segment, $4 tag. Each text stands alone so that the engine can walk the index that fits; a column put into an
 * expression keeps it from taking another. */
static const char *conditions(struct arena *arena, const struct client_scope *scope)
{
	const char *owner = scope->owner_id ? "c.owner_id = $2" : "$2 = 0";
	const char *segment = !*scope->segment ? "$3 = ''" : scope->owner_id ? "c.segment || '' = $3" : "c.segment = $3";
	const char *tag = *scope->tag ? "EXISTS (SELECT 1 FROM client_tag t WHERE t.team_id = c.team_id AND t.client_id = c.client_id AND t.tag = $4)" : "$4 = ''";
	return arena_printf(arena, "c.team_id = $1 AND %s AND %s AND %s AND c.archived_at IS %s", owner, segment, tag, scope->archived ? "NOT NULL" : "NULL");
}

/* A tag that few clients have is the better way in: its clients, sorted. */
static const char *by_tag(struct arena *arena, const struct client_scope *scope)
{
	return arena_printf(arena,
			    "c.team_id = $1 AND ($2 = 0 OR c.owner_id + 0 = $2) AND ($3 = '' OR c.segment || '' = $3) AND c.archived_at IS %s AND "
			    "c.client_id IN (SELECT t.client_id FROM client_tag t WHERE t.team_id = $1 AND t.tag = $4)",
			    scope->archived ? "NOT NULL" : "NULL");
}

enum { FEW = 2000 };

static enum err where(struct db *db, struct arena *arena, int64_t team_id, const struct client_scope *scope, const char **ret_where, struct error *err)
{
	int64_t tagged = FEW;
	if (*scope->tag) {
		enum err kind = db_query_int(db, err, 0, &tagged,
					     "SELECT count(*) FROM (SELECT 1 FROM client_tag WHERE team_id = $1 AND tag = $2 LIMIT $3) AS some", "iti", team_id, scope->tag,
					     (int64_t)FEW);
		if (kind) return kind;
	}
	*ret_where = tagged < FEW ? by_tag(arena, scope) : conditions(arena, scope);
	return ERR_NONE;
}

/* What a row shows, of client c. The subqueries are a step or two in an index each; + 0 keeps them to the index of one client's few, away from that of all the team's by
 * time. */
#define LINE                                                                                                                                             \
	"c.client_id AS id, c.kind, c.segment, c.name, c.position, c.archived_at, "                                                                      \
	"(SELECT w.name FROM client w WHERE w.team_id = c.team_id AND w.client_id = c.company_id) AS company, "                                          \
	"(SELECT p.phone FROM client_phone p WHERE p.team_id = c.team_id AND p.client_id = c.client_id ORDER BY p.line LIMIT 1) AS phone, "              \
	"(SELECT max(l.ended_at + 0) FROM call l WHERE l.team_id = c.team_id AND l.client_id = c.client_id) AS last_at, "                                    \
	"(SELECT min(n.planned_at) FROM call n WHERE n.team_id = c.team_id AND n.client_id = c.client_id AND n.ended_at + 0 IS NULL) AS next_at, "       \
	"(SELECT sum(coalesce(d.value_minor, 0)) FROM deal d WHERE d.team_id = c.team_id AND d.client_id = c.client_id AND d.closed_at + 0 IS NULL) "    \
	"AS open_value"

/* The tags of a page's rows, by one question for all of them. */
static enum err tags_add(struct db *db, int64_t team_id, json_t *lines, struct error *err)
{
	int64_t id[CLIENT_LINES_MAX] = {0};
	json_t *line, *tags[CLIENT_LINES_MAX] = {NULL};
	size_t i, n = json_array_size(lines);
	json_array_foreach(lines, i, line) {
		id[i] = json_integer_value(json_object_get(line, "id"));
		tags[i] = json_array();
		json_object_set_new(line, "tags", tags[i]);
	}
#define TEN(x) id[x], id[x + 1], id[x + 2], id[x + 3], id[x + 4], id[x + 5], id[x + 6], id[x + 7], id[x + 8], id[x + 9]
	struct rows *rows = db_query(db,
				     "SELECT client_id, tag FROM client_tag WHERE team_id = $1 AND client_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
				     "$16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32) ORDER BY client_id, tag",
				     "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", team_id, TEN(0), TEN(10), TEN(20), id[30]);
#undef TEN
	while (rows_next(rows)) {
		int64_t client_id = rows_int(rows, 0);
		for (i = 0; i < n; i++)
			if (id[i] == client_id && json_array_size(tags[i]) < 4) json_array_append_new(tags[i], json_string(rows_text(rows, 1)));
	}
	return rows_done(rows, err);
}

static enum err lines_given(struct db *db, int64_t team_id, json_t *lines, struct error *err, json_t **ret_lines)
{
	enum err kind = lines ? tags_add(db, team_id, lines, err) : err->kind;
	if (kind) json_decref(lines);
	*ret_lines = kind ? NULL : lines;
	return kind;
}

enum err client_list(struct db *db, struct arena *arena, int64_t team_id, const struct client_scope *scope, int64_t after_at, int64_t after_id, int limit,
		     json_t **ret_lines, struct error *err)
{
	const char *which;
	enum err kind = where(db, arena, team_id, scope, &which, err);
	if (kind) return kind;
	MUST(limit <= CLIENT_LINES_MAX);
	/* CROSS: the page is found first, and then looked at; not every client asked whether it is on the page. */
	const char *sql = arena_printf(arena,
				       "SELECT " LINE ", page.key FROM (SELECT c.client_id AS id, c.changed_at AS key FROM client c WHERE %s "
				       "AND (c.changed_at, c.client_id) < ($5, $6) ORDER BY c.changed_at DESC, c.client_id DESC LIMIT $7) AS page "
				       "CROSS JOIN client c WHERE c.team_id = $1 AND c.client_id = page.id ORDER BY page.key DESC, page.id DESC",
				       which);
	json_t *lines = db_query_json(db, err, sql, "iittiii", team_id, scope->owner_id, scope->segment, scope->tag, after_id ? after_at : INT64_MAX,
				      after_id ? after_id : INT64_MAX, (int64_t)limit);
	return lines_given(db, team_id, lines, err, ret_lines);
}

enum err client_search(struct db *db, int64_t team_id, const char *match, const char *after_name, int64_t after_id, int limit, json_t **ret_lines,
		       int *ret_found, struct error *err)
{
	/* found counts before the page is cut: the window is over all of them */
	json_t *lines = db_query_json(db, err,
				      "SELECT " LINE ", page.key, page.found FROM (SELECT f.client_id AS id, f.name_fold AS key, f.found FROM (SELECT c.client_id, c.name_fold, "
				      "count(*) OVER () AS found FROM (SELECT rowid AS id FROM client_words WHERE client_words MATCH $1 ORDER BY rowid DESC LIMIT $2) AS w "
				      "JOIN client c ON c.team_id = $3 AND c.client_id = w.id) AS f WHERE $5 = 0 OR (f.name_fold, f.client_id) > ($4, $5) "
				      "ORDER BY f.name_fold, f.client_id LIMIT $6) AS page CROSS JOIN client c WHERE c.team_id = $3 AND c.client_id = page.id "
				      "ORDER BY page.key, page.id",
				      "tiitii", match, (int64_t)CLIENT_FOUND_MAX, team_id, after_name, after_id, (int64_t)limit);
	*ret_found = lines ? (int)json_integer_value(json_object_get(json_array_get(lines, 0), "found")) : 0;
	return lines_given(db, team_id, lines, err, ret_lines);
}

enum err client_line(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_line, struct error *err)
{
	return db_query_row(db, err, ret_line,
			    "SELECT " LINE ", m.name AS owner FROM client c JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
			    "WHERE c.team_id = $1 AND c.client_id = $2",
			    "ii", team_id, client_id);
}

enum err client_count(struct db *db, struct arena *arena, int64_t team_id, const struct client_scope *scope, int64_t most, int64_t *ret_count, struct error *err)
{
	/* The words' index knows a scope without looking at the clients. */
	return db_query_int(db, err, 0, ret_count, "SELECT count(*) FROM (SELECT rowid FROM client_words WHERE client_words MATCH $1 LIMIT $2) AS some", "ti",
			    client_words_scope(arena, team_id, scope), most);
}

/* Distinct values by one step in the index each, however many rows share them. */
static enum err distinct(struct db *db, const char *sql, int64_t team_id, int limit, json_t **ret_list, struct error *err)
{
	json_t *list = json_array();
	struct rows *rows = db_query(db, sql, "ii", team_id, (int64_t)limit);
	while (rows_next(rows))
		if (!rows_null(rows, 0)) json_array_append_new(list, json_string(rows_text(rows, 0)));
	enum err kind = rows_done(rows, err);
	if (kind) json_decref(list);
	*ret_list = kind ? NULL : list;
	return kind;
}

enum err client_tags(struct db *db, int64_t team_id, int limit, json_t **ret_tags, struct error *err)
{
	return distinct(db,
			"WITH RECURSIVE t (tag) AS (SELECT min(tag) FROM client_tag WHERE team_id = $1 UNION ALL "
			"SELECT (SELECT min(n.tag) FROM client_tag n WHERE n.team_id = $1 AND n.tag > t.tag) FROM t WHERE t.tag IS NOT NULL) SELECT tag FROM t LIMIT $2",
			team_id, limit, ret_tags, err);
}

enum err client_sources(struct db *db, int64_t team_id, int limit, json_t **ret_sources, struct error *err)
{
	return distinct(db,
			"SELECT DISTINCT source FROM (SELECT source FROM client WHERE team_id = $1 AND source <> '' AND archived_at IS NULL ORDER BY changed_at DESC LIMIT 500) "
			"AS some ORDER BY source LIMIT $2",
			team_id, limit, ret_sources, err);
}

/* ---- Who may be the same ---- */

#define THE_FIRST " ORDER BY c.archived_at IS NOT NULL, c.client_id LIMIT 1"

enum err client_by_phone(struct db *db, int64_t team_id, const char *digits, int64_t but_id, int64_t *ret_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_id,
			    "SELECT c.client_id FROM client_phone p JOIN client c ON c.team_id = p.team_id AND c.client_id = p.client_id "
			    "WHERE p.team_id = $1 AND p.digits = $2 AND c.client_id <> $3" THE_FIRST,
			    "iti", team_id, digits, but_id);
}

enum err client_by_email(struct db *db, int64_t team_id, const char *email_fold, int64_t but_id, int64_t *ret_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_id,
			    "SELECT c.client_id FROM client_email e JOIN client c ON c.team_id = e.team_id AND c.client_id = e.client_id "
			    "WHERE e.team_id = $1 AND e.email_fold = $2 AND c.client_id <> $3" THE_FIRST,
			    "iti", team_id, email_fold, but_id);
}

enum err client_by_name(struct db *db, int64_t team_id, const char *name_fold, const char *kind, int64_t but_id, int64_t *ret_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_id,
			    "SELECT c.client_id FROM client c WHERE c.team_id = $1 AND c.name_fold = $2 AND ($3 = '' OR c.kind = $3) AND c.client_id <> $4" THE_FIRST, "itti",
			    team_id, name_fold, kind, but_id);
}

enum err client_by_outside(struct db *db, int64_t team_id, const char *outside_id, int64_t *ret_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_id, "SELECT c.client_id FROM client c WHERE c.team_id = $1 AND c.outside_id = $2 AND c.outside_id <> ''" THE_FIRST, "it",
			    team_id, outside_id);
}

enum err client_each_name(struct db *db, int64_t team_id, void (*each)(void *arg, int64_t client_id, const char *kind, const char *name, const char *name_fold), void *arg,
			  struct error *err)
{
	struct rows *rows = db_query(db, "SELECT client_id, kind, name, name_fold FROM client WHERE team_id = $1 ORDER BY client_id", "i", team_id);
	while (rows_next(rows)) each(arg, rows_int(rows, 0), rows_text(rows, 1), rows_text(rows, 2), rows_text(rows, 3));
	return rows_done(rows, err);
}

/* ---- Own fields ---- */

enum err field_list(struct db *db, int64_t team_id, bool retired, json_t **ret_fields, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT f.field_id AS id, f.name, f.retired_at FROM field f WHERE f.team_id = $1 AND ($2 = 1 OR f.retired_at IS NULL) "
				   "ORDER BY f.retired_at IS NOT NULL, f.place, f.field_id",
				   "ii", team_id, (int64_t)retired),
		     err, ret_fields);
}

enum err field_insert(struct db *db, int64_t team_id, int64_t field_id, const char *name, struct error *err)
{
	return db_exec(db, err, "INSERT INTO field (team_id, field_id, name, place) VALUES ($1, $2, $3, 1 + (SELECT coalesce(max(place), 0) FROM field WHERE team_id = $1))",
		       "iit", team_id, field_id, name);
}

enum err field_rename(struct db *db, int64_t team_id, int64_t field_id, const char *name, struct error *err)
{
	return db_exec(db, err, "UPDATE field SET name = $3 WHERE team_id = $1 AND field_id = $2", "iit", team_id, field_id, name);
}

enum err field_retire(struct db *db, int64_t team_id, int64_t field_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE field SET retired_at = NULLIF($3, 0) WHERE team_id = $1 AND field_id = $2", "iii", team_id, field_id, at);
}
