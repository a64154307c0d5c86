#include "store/deal_store.h"

#include <string.h>

#include "base/text.h"
#include "store/answer_store.h"
#include "store/like.h"

#define FAR_DAY "2932896" /* 9999-12-31; as in the indexes deal_by_expected and deal_by_board */

/* deal_total follows each change: what a deal added to its owner's stage leaves it, what it adds now comes. */
struct share_of {
	int64_t owner_id, value_minor;
	char stage[16];
};

static enum err total_move(struct db *db, int64_t team_id, const struct share_of *share, int sign, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO deal_total (team_id, owner_id, stage, deals, value_minor) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (team_id, owner_id, stage) "
		       "DO UPDATE SET deals = deal_total.deals + excluded.deals, value_minor = deal_total.value_minor + excluded.value_minor",
		       "iitii", team_id, share->owner_id, share->stage, (int64_t)sign, sign * share->value_minor);
}

static enum err share_read(struct db *db, int64_t team_id, int64_t deal_id, struct share_of *share, struct error *err)
{
	*share = (struct share_of){0};
	struct rows *rows = db_query(db, "SELECT owner_id, COALESCE(value_minor, 0), stage FROM deal WHERE team_id = $1 AND deal_id = $2", "ii", team_id, deal_id);
	if (rows_next(rows)) {
		share->owner_id = rows_int(rows, 0);
		share->value_minor = rows_int(rows, 1);
		snprintf(share->stage, sizeof share->stage, "%s", rows_text(rows, 2));
	}
	return rows_done(rows, err);
}

static enum err share_leaves(struct db *db, int64_t team_id, int64_t deal_id, struct error *err)
{
	struct share_of share;
	enum err kind = share_read(db, team_id, deal_id, &share, err);
	return kind || !share.owner_id ? kind : total_move(db, team_id, &share, -1, err);
}

static enum err share_comes(struct db *db, int64_t team_id, int64_t deal_id, struct error *err)
{
	struct share_of share;
	enum err kind = share_read(db, team_id, deal_id, &share, err);
	return kind || !share.owner_id ? kind : total_move(db, team_id, &share, 1, err);
}

enum err deal_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, const struct deal_fields *f, const char *stage,
		     const char *outside_id, int64_t created_at, struct error *err)
{
	enum err kind = db_exec(db, err,
		       "INSERT INTO deal (team_id, deal_id, client_id, product_id, owner_id, title, title_fold, value_minor, wish_sell, stage, expected_close, "
		       "outside_id, created_at, changed_at) VALUES ($1, $2, $3, NULLIF($4, 0), $5, $6, $7, NULLIF($8, -1), $9, $10, NULLIF($11, -2147483648), $12, "
		       "$13, $13)",
		       "iiiiittiititi", team_id, deal_id, f->client_id, f->product_id, f->owner_id, f->title, text_fold(arena, f->title), f->value_minor,
		       (int64_t)f->wish_sell, stage, (int64_t)f->expected_close, outside_id, created_at);
	return kind ? kind : share_comes(db, team_id, deal_id, err);
}

enum err deal_find(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct deal_row *deal, struct error *err)
{
	*deal = (struct deal_row){.deal_id = deal_id};
	struct rows *rows = db_query(db,
				     "SELECT d.client_id, d.owner_id, COALESCE(d.product_id, 0), d.title, COALESCE(d.value_minor, -1), d.wish_sell, "
				     "COALESCE(d.expected_close, -2147483648), d.stage, d.created_at, COALESCE(d.closed_at, 0), c.name "
				     "FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id WHERE d.team_id = $1 AND d.deal_id = $2",
				     "ii", team_id, deal_id);
	if (rows_next(rows)) {
		deal->there = true;
		deal->fields = (struct deal_fields){rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), arena_strdup(arena, rows_text(rows, 3)), rows_int(rows, 4),
						    (int)rows_int(rows, 5), (int32_t)rows_int(rows, 6)};
		deal->stage = arena_strdup(arena, rows_text(rows, 7));
		deal->created_at = rows_int(rows, 8);
		deal->closed_at = rows_int(rows, 9);
		deal->client = arena_strdup(arena, rows_text(rows, 10));
	}
	return rows_done(rows, err);
}

enum err deal_update(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, const struct deal_fields *f, int64_t now, struct error *err)
{
	enum err kind = share_leaves(db, team_id, deal_id, err);
	if (kind) return kind;
	kind = db_exec(db, err,
		       "UPDATE deal SET client_id = $1, product_id = NULLIF($2, 0), owner_id = $3, title = $4, title_fold = $5, value_minor = NULLIF($6, -1), "
		       "wish_sell = $7, expected_close = NULLIF($8, -2147483648), changed_at = $9 WHERE team_id = $10 AND deal_id = $11",
		       "iiittiiiiii", f->client_id, f->product_id, f->owner_id, f->title, text_fold(arena, f->title), f->value_minor, (int64_t)f->wish_sell,
		       (int64_t)f->expected_close, now, team_id, deal_id);
	if (!kind) kind = fact_deal_follow(db, team_id, deal_id, err);
	return kind ? kind : share_comes(db, team_id, deal_id, err);
}

enum err deal_stage_set(struct db *db, int64_t team_id, int64_t deal_id, const char *stage, int64_t now, struct error *err)
{
	enum err kind = share_leaves(db, team_id, deal_id, err);
	if (kind) return kind;
	kind = db_exec(db, err, "UPDATE deal SET stage = $1, changed_at = $2, closed_at = NULL, lost_reason = '' WHERE team_id = $3 AND deal_id = $4", "tiii", stage, now,
		       team_id, deal_id);
	return kind ? kind : share_comes(db, team_id, deal_id, err);
}

enum err deal_close(struct db *db, int64_t team_id, int64_t deal_id, bool won, const char *reason, int64_t at, struct error *err)
{
	enum err kind = share_leaves(db, team_id, deal_id, err);
	if (kind) return kind;
	kind = db_exec(db, err, "UPDATE deal SET stage = $1, closed_at = $2, changed_at = $2, lost_reason = $3 WHERE team_id = $4 AND deal_id = $5", "titii",
		       won ? "won" : "lost", at, reason, team_id, deal_id);
	return kind ? kind : share_comes(db, team_id, deal_id, err);
}

enum err deal_event_insert(struct db *db, int64_t team_id, int64_t deal_id, int64_t event_id, int64_t member_id, const char *kind, const char *was,
			   const char *became, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO deal_event (team_id, deal_id, event_id, at, member_id, kind, was, became) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		       "iiiiittt", team_id, deal_id, event_id, at, member_id, kind, was, became);
}

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

/* The name behind an id that an event keeps as text. */
#define NAMED(column)                                                                                                                            \
	"CASE e.kind WHEN 'owner' THEN (SELECT name FROM member WHERE team_id = e.team_id AND member_id = CAST(" column " AS BIGINT)) "             \
	"WHEN 'client' THEN (SELECT name FROM client WHERE team_id = e.team_id AND client_id = CAST(" column " AS BIGINT)) "                        \
	"WHEN 'product' THEN COALESCE((SELECT name FROM product WHERE team_id = e.team_id AND product_id = CAST(" column " AS BIGINT)), '') " \
	"ELSE " column " END"

enum err deal_event_list(struct db *db, int64_t team_id, int64_t deal_id, int limit, json_t **ret_events, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT e.kind, " "COALESCE(" NAMED("e.was") ", '') AS was, COALESCE(" NAMED("e.became") ", '') AS became, e.at, m.name AS member FROM deal_event e "
				   "JOIN member m ON m.team_id = e.team_id AND m.member_id = e.member_id "
				   "WHERE e.team_id = $1 AND e.deal_id = $2 ORDER BY e.event_id DESC LIMIT $3",
				   "iii", team_id, deal_id, (int64_t)limit),
		     err, ret_events);
}

#define DEAL_COLUMNS                                                                                                                              \
	"d.deal_id AS id, d.title, COALESCE(NULLIF(d.title, ''), p.name, '') AS name, d.client_id, c.name AS client, c.segment, d.product_id, "    \
	"p.name AS product, d.owner_id, m.name AS owner, d.value_minor, d.wish_sell, d.stage, d.expected_close AS expected_close__day, "          \
	"d.created_at, d.changed_at, d.closed_at, d.lost_reason, "                                                                                \
	"(SELECT e.held FROM call_evidence e WHERE e.team_id = d.team_id AND e.deal_id = d.deal_id ORDER BY e.ended_at DESC LIMIT 1) AS held, "            \
	"(SELECT e.held_at FROM call_evidence e WHERE e.team_id = d.team_id AND e.deal_id = d.deal_id ORDER BY e.ended_at DESC LIMIT 1) AS heard_at"
#define DEAL_FROM " FROM deal d " DEAL_JOINS
#define DEAL_JOINS                                                                                                                                \
	"JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id JOIN member m ON m.team_id = d.team_id "                 \
	"AND m.member_id = d.owner_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "

enum err deal_load(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_deal, struct error *err)
{
	return db_query_row(db, err, ret_deal,
			    "SELECT " DEAL_COLUMNS ", c.kind AS client_kind, c.position, o.name AS company, d.outside_id" DEAL_FROM
			    "LEFT JOIN client o ON o.team_id = c.team_id AND o.client_id = c.company_id WHERE d.team_id = $1 AND d.deal_id = $2",
			    "ii", team_id, deal_id);
}

enum err deal_calls(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_calls, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.call_id AS id, c.number, c.planned_at, c.purpose, c.began_at, c.ended_at, c.mode, c.outcome, c.reason, c.promised, "
				   "c.owner_id, m.name AS owner FROM call c JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id "
				   "WHERE c.team_id = $1 AND c.deal_id = $2 ORDER BY c.number DESC, c.planned_at DESC LIMIT 100",
				   "ii", team_id, deal_id),
		     err, ret_calls);
}

static const char *const sort_keys[] = {
	[DEAL_BY_CLOSE] = "COALESCE(d.expected_close, " FAR_DAY ")",
	[DEAL_BY_VALUE] = "COALESCE(d.value_minor, 0)",
	[DEAL_BY_CHANGE] = "d.changed_at",
	[DEAL_BY_END] = "d.closed_at",
};

/* The conditions $1–$6 that the list and its totals share. The parts are this file's own; whatever a reader typed is bound. An owner's deals of any stage are picked out
 * of the order that is asked for (the plus keeps the index of owners out of it): sorting all of them would cost more. */
static const char *conditions(struct arena *arena, const struct deal_filter *filter)
{
	const char *owner = !filter->owner_id ? "$2 = 0" : *filter->stage && filter->sort == DEAL_BY_CLOSE ? "d.owner_id = $2" : "+d.owner_id = $2";
	const char *words = *filter->words_fold ? "d.deal_id = f.deal_id" : "$5 = $5 AND $6 = $6";
	const char *unplanned = filter->unplanned
		? " AND NOT EXISTS (SELECT 1 FROM call u WHERE u.team_id = d.team_id AND u.deal_id = d.deal_id AND u.ended_at IS NULL)" : "";
	return arena_printf(arena, "d.team_id = $1 AND %s AND %s AND %s AND d.closed_at IS %s AND %s%s", owner, filter->product_id ? "d.product_id = $3" : "$3 = 0",
			    !*filter->stage ? "$4 = ''" : filter->sort == DEAL_BY_CLOSE ? "d.stage = $4" : "+d.stage = $4", filter->finished ? "NOT NULL" : "NULL", words, unplanned);
}

/* Where the deals come from. With words: from the deals of the clients that they find (no more of them than a person would look through, the youngest), and those that have
 * them in their title; CROSS keeps that order of looking. SQLite's full-text index of clients; another engine puts its own in this place. */
static const char *source(const struct deal_filter *filter)
{
	return *filter->words_fold
		? "(SELECT deal_id FROM deal WHERE team_id = $1 AND client_id IN (SELECT rowid FROM client_words WHERE client_words MATCH $6 ORDER BY rowid DESC LIMIT 2000) "
		  "UNION SELECT deal_id FROM deal WHERE team_id = $1 AND title_fold <> '' AND title_fold LIKE $5 ESCAPE '\\') AS f CROSS JOIN deal d"
		: "deal d";
}

enum err deal_list(struct db *db, struct arena *arena, int64_t team_id, const struct deal_filter *f, json_t **ret_deals, struct facts *ret_facts, struct error *err)
{
	enum { LIST_COLUMNS = 12 };
	const char *key = sort_keys[f->sort], *direction = f->descending ? "DESC" : "ASC";
	const char *sql = arena_printf(arena,
		"SELECT d.deal_id AS id, COALESCE(NULLIF(d.title, ''), p.name, '') AS name, d.client_id, c.name AS client, d.owner_id, m.name AS owner, d.value_minor, d.stage, "
		"d.expected_close AS expected_close__day, d.closed_at, d.lost_reason, %s AS key, " FACTS_COLUMNS "FROM %s " DEAL_JOINS FACTS_JOIN
		"WHERE %s AND (%s, d.deal_id) %c ($7, $8) ORDER BY %s %s, d.deal_id %s LIMIT $9",
		key, source(f), conditions(arena, f), key, f->descending ? '<' : '>', key, direction, direction);
	int64_t edge = f->descending ? INT64_MAX : INT64_MIN;
	struct rows *rows = db_query(db, sql, "iiittt" "iii", team_id, f->owner_id, f->product_id, f->stage, like_anywhere(arena, f->words_fold), f->words_match,
				     f->after ? f->after_key : edge, f->after ? f->after_id : edge, (int64_t)f->limit);
	*ret_deals = json_array();
	for (int n = 0; n < f->limit && rows_next(rows); n++) {
		json_array_append_new(*ret_deals, rows_json_first(rows, LIST_COLUMNS));
		facts_read(rows, LIST_COLUMNS, arena, &ret_facts[n]);
	}
	enum err kind = rows_done(rows, err);
	if (kind) json_decref(*ret_deals);
	return kind;
}

static enum err totals_read(struct rows *rows, struct deal_total totals[8], int *ret_n, struct error *err)
{
	*ret_n = 0;
	while (*ret_n < 8 && rows_next(rows)) {
		struct deal_total *t = &totals[(*ret_n)++];
		snprintf(t->stage, sizeof t->stage, "%s", rows_text(rows, 0));
		t->count = rows_int(rows, 1);
		t->value_minor = rows_int(rows, 2);
	}
	return rows_done(rows, err);
}

enum err deal_totals(struct db *db, struct arena *arena, int64_t team_id, const struct deal_filter *filter, struct deal_total totals[8], int *ret_n,
		     struct error *err)
{
	struct deal_filter f = *filter;
	f.stage = "";
	if (!f.product_id && !*f.words_fold) {
		const char *open = "SELECT stage, sum(deals), sum(value_minor) FROM deal_total WHERE team_id = $1 AND ($2 = 0 OR owner_id = $2) AND deals <> 0 "
				   "AND stage NOT IN ('won', 'lost') GROUP BY stage";
		const char *finished = "SELECT stage, sum(deals), sum(value_minor) FROM deal_total WHERE team_id = $1 AND ($2 = 0 OR owner_id = $2) AND deals <> 0 "
				       "AND stage IN ('won', 'lost') GROUP BY stage";
		return totals_read(db_query(db, f.finished ? finished : open, "ii", team_id, f.owner_id), totals, ret_n, err);
	}
	const char *sql = arena_printf(arena, "SELECT d.stage, count(*), COALESCE(sum(d.value_minor), 0) FROM %s WHERE %s GROUP BY d.stage", source(&f), conditions(arena, &f));
	return totals_read(db_query(db, sql, "iiittt", team_id, f.owner_id, f.product_id, f.stage, like_anywhere(arena, f.words_fold), f.words_match), totals, ret_n, err);
}

#define TOTALS_OF_DEALS "SELECT team_id, owner_id, stage, count(*) AS deals, COALESCE(sum(value_minor), 0) AS value_minor FROM deal GROUP BY team_id, owner_id, stage"
#define TOTALS_KEPT "SELECT team_id, owner_id, stage, deals, value_minor FROM deal_total WHERE deals <> 0"

enum err deal_totals_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t different;
	enum err kind = db_query_int(db, err, 0, &different,
				     "SELECT (SELECT count(*) FROM (" TOTALS_OF_DEALS " EXCEPT " TOTALS_KEPT ") AS a) + "
				     "(SELECT count(*) FROM (" TOTALS_KEPT " EXCEPT " TOTALS_OF_DEALS ") AS b)",
				     "");
	if (kind) return kind;
	*ret_equal = !different;
	if (!different) return ERR_NONE;
	snprintf(detail, 120, "%lld rows were different", (long long)different);
	kind = db_exec(db, err, "DELETE FROM deal_total", "");
	return kind ? kind : db_exec(db, err, "INSERT INTO deal_total (team_id, owner_id, stage, deals, value_minor) " TOTALS_OF_DEALS, "");
}

enum err deal_totals_since(struct db *db, int64_t team_id, int64_t owner_id, int64_t since, struct deal_total totals[8], int *ret_n, struct error *err)
{
	return totals_read(db_query(db,
				    "SELECT stage, count(*), COALESCE(sum(value_minor), 0) FROM deal WHERE team_id = $1 AND closed_at >= $3 "
				    "AND ($2 = 0 OR owner_id = $2) GROUP BY stage",
				    "iii", team_id, owner_id, since),
			   totals, ret_n, err);
}

enum err deal_talked(struct db *db, int64_t team_id, int64_t deal_id, bool *ret_talked, struct error *err)
{
	int64_t there;
	enum err kind = db_query_int(db, err, 0, &there, "SELECT 1 FROM call WHERE team_id = $1 AND deal_id = $2 LIMIT 1", "ii", team_id, deal_id);
	*ret_talked = there;
	return kind;
}

enum err client_name_find(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, const char **ret_name, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT name FROM client WHERE team_id = $1 AND client_id = $2 AND archived_at IS NULL", "ii", team_id, client_id);
	*ret_name = rows_next(rows) ? arena_strdup(arena, rows_text(rows, 0)) : "";
	return rows_done(rows, err);
}

#define CHOICE_COLUMNS "SELECT c.client_id AS id, c.name, c.segment, o.name AS company FROM "
#define CHOICE_COMPANY "LEFT JOIN client o ON o.team_id = c.team_id AND o.client_id = c.company_id "

enum err deal_client_choices(struct db *db, int64_t team_id, const char *match, int limit, json_t **ret_clients, struct error *err)
{
	const char *found = CHOICE_COLUMNS "(SELECT rowid AS id FROM client_words WHERE client_words MATCH $2 ORDER BY rowid DESC LIMIT 500) AS w "
			    "JOIN client c ON c.team_id = $1 AND c.client_id = w.id " CHOICE_COMPANY "WHERE c.archived_at IS NULL ORDER BY c.name_fold LIMIT $3";
	const char *last = CHOICE_COLUMNS "client c " CHOICE_COMPANY "WHERE c.team_id = $1 AND $2 = '' AND c.archived_at IS NULL ORDER BY c.changed_at DESC, c.client_id DESC LIMIT $3";
	return given(db_query_json(db, err, *match ? found : last, "iti", team_id, match, (int64_t)limit), err, ret_clients);
}

enum err deal_open_of_client(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_deals, struct error *err)
{
	return given(db_query_json(db, err, "SELECT " DEAL_COLUMNS DEAL_FROM "WHERE d.team_id = $1 AND d.client_id = $2 AND d.closed_at IS NULL ORDER BY d.created_at DESC LIMIT 50",
				   "ii", team_id, client_id),
		     err, ret_deals);
}
