#include "store/answer_store.h"

#include "base/text.h"
#include "store/post_store.h"

enum err call_advised_put(struct db *db, int64_t team_id, int64_t call_id, const char *mode, double sure, struct error *err)
{
	return db_exec(db, err, "UPDATE call SET advised = $3, advised_sure = $4 WHERE team_id = $1 AND call_id = $2 AND advised IS NULL", "iitd", team_id, call_id, mode, sure);
}

enum err call_left_put(struct db *db, int64_t team_id, int64_t call_id, int64_t left_minor, int64_t room_minor, struct error *err)
{
	return db_exec(db, err, "UPDATE call SET left_minor = $3, room_minor = $4 WHERE team_id = $1 AND call_id = $2 AND left_minor IS NULL", "iiii", team_id, call_id, left_minor,
		       room_minor);
}

#define TOOK_PLACE "c.began_at IS NOT NULL AND c.ended_at IS NOT NULL AND c.outcome IN ('won', 'lost', 'next')"

static int64_t amount(struct rows *rows, int column)
{
	return rows_null(rows, column) ? FACT_NULL : rows_int(rows, column);
}

enum err held_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct held_row **ret_rows, int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM call c WHERE c.team_id = $1 AND c.deal_id = $2 AND " TOOK_PLACE, "ii", team_id, deal_id);
	*ret_n = 0;
	*ret_rows = ARENA_ARRAY(arena, struct held_row, n + 1);
	if (kind) return kind;
	struct rows *rows = db_query(db,
		"SELECT c.call_id, c.ended_at, c.owner_id, coalesce(d.product_id, 0), c.number, c.left_minor, c.room_minor, cl.segment, c.advised, c.outcome FROM call c "
		"JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id JOIN client cl ON cl.team_id = d.team_id AND cl.client_id = d.client_id "
		"WHERE c.team_id = $1 AND c.deal_id = $2 AND " TOOK_PLACE " ORDER BY c.ended_at + 0, c.call_id", "ii", team_id, deal_id);
	while (*ret_n < n && rows_next(rows))
		(*ret_rows)[(*ret_n)++] = (struct held_row){
			rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3), rows_int(rows, 4), amount(rows, 5), amount(rows, 6),
			arena_strdup(arena, rows_text(rows, 7)), arena_strdup(arena, rows_text(rows, 8)), arena_strdup(arena, rows_text(rows, 9)),
		};
	return rows_done(rows, err);
}

static enum err ids(struct arena *arena, struct rows *rows, int64_t n, int columns, int64_t **ret_ids, int *ret_n, struct error *err)
{
	*ret_n = 0;
	*ret_ids = ARENA_ARRAY(arena, int64_t, (n + 1) * columns);
	for (int64_t i = 0; i < n && rows_next(rows); i++)
		for (int c = 0; c < columns; c++) (*ret_ids)[(*ret_n)++] = rows_int(rows, c);
	return rows_done(rows, err);
}

enum err held_deals(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_deals, int *ret_n, struct error *err)
{
	int64_t n = 0;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(DISTINCT deal_id) FROM call WHERE team_id = $1 AND ended_at IS NOT NULL", "i", team_id);
	if (kind) return kind;
	return ids(arena, db_query(db, "SELECT DISTINCT deal_id FROM call WHERE team_id = $1 AND ended_at IS NOT NULL ORDER BY deal_id", "i", team_id), n, 1, ret_deals, ret_n, err);
}

enum err signed_unmeasured(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_pairs, int *ret_n, struct error *err)
{
	int64_t n = 0;
#define UNMEASURED "FROM call c JOIN bargain b ON b.team_id = c.team_id AND b.deal_id = c.deal_id WHERE c.team_id = $1 AND c.outcome = 'won' AND c.left_minor IS NULL AND b.limit_minor IS NOT NULL"
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) " UNMEASURED, "i", team_id);
	if (kind) return kind;
	return ids(arena, db_query(db, "SELECT c.deal_id, c.call_id " UNMEASURED " ORDER BY c.call_id", "i", team_id), n, 2, ret_pairs, ret_n, err);
}

enum err fact_seen_next(struct db *db, int64_t team_id, int64_t now, struct error *err)
{
	return db_exec(db, err, "INSERT INTO call_fact_state (team_id, run, seen) VALUES ($1, $2, 1) ON CONFLICT (team_id) DO UPDATE SET seen = call_fact_state.seen + 1", "ii", team_id, now);
}

#define SEEN "(SELECT seen FROM call_fact_state WHERE team_id = $1)"

enum err fact_put(struct db *db, int64_t team_id, const struct held_row *held, const struct fact_row *fact, struct error *err)
{
	bool measured = held->left_minor != FACT_NULL;
	return db_exec(db, err,
		"INSERT INTO call_fact (team_id, call_id, deal_id, ended_at, member_id, segment, product_id, number, mode, advised, outcome, step, price_first, gifts, left_minor, room_minor, "
		"motives, found, seen) VALUES ($1, $2, $3, $4, $5, $6, nullif($7, 0), $8, $9, $10, $11, $12, nullif($13, -1), $14, CASE WHEN $15 = 1 THEN $16 END, "
		"CASE WHEN $15 = 1 THEN $17 END, $18, $19, " SEEN ") "
		"ON CONFLICT (team_id, call_id) DO UPDATE SET ended_at = excluded.ended_at, member_id = excluded.member_id, segment = excluded.segment, product_id = excluded.product_id, "
		"number = excluded.number, mode = excluded.mode, advised = excluded.advised, outcome = excluded.outcome, step = excluded.step, price_first = excluded.price_first, "
		"gifts = excluded.gifts, left_minor = excluded.left_minor, room_minor = excluded.room_minor, motives = excluded.motives, found = excluded.found, seen = excluded.seen",
		"iiiiitiittttiiiiiit", team_id, held->call_id, fact->deal_id, held->ended_at, held->member_id, held->segment, held->product_id, held->number, fact->mode, held->advised,
		held->outcome, fact->step, (int64_t)fact->price_first, fact->gifts, (int64_t)measured, measured ? held->left_minor : (int64_t)0,
		measured ? held->room_minor : (int64_t)0, fact->motives, fact->found);
}

enum err fact_drop(struct db *db, int64_t team_id, int64_t now, struct error *err)
{
	enum err kind = db_exec(db, err, "DELETE FROM call_fact WHERE team_id = $1", "i", team_id);
	if (kind) return kind;
	return db_exec(db, err, "INSERT INTO call_fact_state (team_id, run, seen) VALUES ($1, $2, 1) "
		       "ON CONFLICT (team_id) DO UPDATE SET run = CASE WHEN excluded.run > call_fact_state.run THEN excluded.run ELSE call_fact_state.run + 1 END, seen = call_fact_state.seen + 1",
		       "ii", team_id, now);
}

enum err fact_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err)
{
	struct rows *rows = db_query(db,
		"SELECT call_id, deal_id, ended_at, member_id, segment, product_id, number, mode, advised, outcome, step, price_first, gifts, left_minor, room_minor, motives, found "
		"FROM call_fact WHERE team_id = $1 ORDER BY call_id", "i", team_id);
	uint64_t digest = UINT64_C(14695981039346656037); /* FNV-1a; a field is closed by a byte that no text has */
	while (rows_next(rows)) {
		for (int i = 0; i < 17; i++) {
			for (const char *text = rows_text(rows, i); text && *text; text++) digest = (digest ^ (unsigned char)*text) * UINT64_C(1099511628211);
			digest = (digest ^ 0xff) * UINT64_C(1099511628211);
		}
	}
	*ret_digest = digest;
	return rows_done(rows, err);
}

enum err fact_lacking(struct db *db, int64_t team_id, bool *ret_lacking, struct error *err)
{
	int64_t lacks = 0;
	enum err kind = db_query_int(db, err, 0, &lacks,
		"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM call_fact WHERE team_id = $1) AND EXISTS (SELECT 1 FROM call c WHERE c.team_id = $1 AND " TOOK_PLACE ")", "i", team_id);
	*ret_lacking = lacks != 0;
	return kind;
}

/* What is written then is the same again where nothing had changed: the numbers of who looks at it are right either way. */
enum err fact_client_follow(struct db *db, int64_t team_id, int64_t client_id, struct error *err)
{
	int64_t wrong = 0;
#define OF_CLIENT "deal_id IN (SELECT deal_id FROM deal WHERE team_id = $1 AND client_id = $2) AND segment <> (SELECT segment FROM client WHERE team_id = $1 AND client_id = $2)"
	enum err kind = db_query_int(db, err, 0, &wrong, "SELECT 1 FROM call_fact WHERE team_id = $1 AND " OF_CLIENT " LIMIT 1", "ii", team_id, client_id);
	if (kind || !wrong) return kind;
	kind = fact_seen_next(db, team_id, 1, err);
	if (kind) return kind;
	return db_exec(db, err, "UPDATE call_fact SET segment = (SELECT segment FROM client WHERE team_id = $1 AND client_id = $2), seen = " SEEN " WHERE team_id = $1 AND " OF_CLIENT, "ii",
		       team_id, client_id);
}

enum err fact_deal_follow(struct db *db, int64_t team_id, int64_t deal_id, struct error *err)
{
	int64_t wrong = 0;
#define OF_DEAL "(SELECT coalesce(d.product_id, 0) FROM deal d WHERE d.team_id = $1 AND d.deal_id = $2)"
#define OF_DEAL_SEGMENT "(SELECT c.segment FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id WHERE d.team_id = $1 AND d.deal_id = $2)"
	enum err kind = db_query_int(db, err, 0, &wrong,
		"SELECT 1 FROM call_fact WHERE team_id = $1 AND deal_id = $2 AND (coalesce(product_id, 0) <> " OF_DEAL " OR segment <> " OF_DEAL_SEGMENT ") LIMIT 1", "ii", team_id, deal_id);
	if (kind || !wrong) return kind;
	kind = fact_seen_next(db, team_id, 1, err);
	if (kind) return kind;
	return db_exec(db, err, "UPDATE call_fact SET product_id = nullif(" OF_DEAL ", 0), segment = " OF_DEAL_SEGMENT ", seen = " SEEN " WHERE team_id = $1 AND deal_id = $2", "ii", team_id,
		       deal_id);
}

enum err fact_state(struct db *db, int64_t team_id, int64_t *ret_run, int64_t *ret_seen, struct error *err)
{
	struct rows *rows = db_query(db, "SELECT run, seen FROM call_fact_state WHERE team_id = $1", "i", team_id);
	*ret_run = *ret_seen = 0;
	if (rows_next(rows)) {
		*ret_run = rows_int(rows, 0);
		*ret_seen = rows_int(rows, 1);
	}
	return rows_done(rows, err);
}

struct rows *fact_rows(struct db *db, int64_t team_id, int64_t seen)
{
#define FACT_COLUMNS \
	"SELECT call_id, deal_id, ended_at, member_id, coalesce(product_id, 0), number, left_minor, room_minor, segment, mode, advised, outcome, step, price_first, motives, gifts, found FROM call_fact "
	if (seen == 0) return db_query(db, FACT_COLUMNS "WHERE team_id = $1", "i", team_id);
	return db_query(db, FACT_COLUMNS "WHERE team_id = $1 AND seen > $2", "ii", team_id, seen);
}

enum err answer_line_load(struct db *db, int64_t team_id, int64_t call_id, json_t **ret_line, struct error *err)
{
	return db_query_row(db, err, ret_line,
		"SELECT c.call_id AS id, c.number, c.ended_at, f.mode, c.outcome, c.reason, c.advised, c.client_id, cl.name AS client, c.deal_id, coalesce(nullif(d.title, ''), p.name, '') AS deal, "
		"m.name AS owner FROM call c JOIN call_fact f ON f.team_id = c.team_id AND f.call_id = c.call_id JOIN client cl ON cl.team_id = c.team_id AND cl.client_id = c.client_id "
		"JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id "
		"JOIN member m ON m.team_id = c.team_id AND m.member_id = c.owner_id WHERE c.team_id = $1 AND c.call_id = $2", "ii", team_id, call_id);
}

enum err answer_item_load(struct db *db, int64_t team_id, int64_t item_id, const char *language, json_t **ret_item, struct error *err)
{
	return db_query_row(db, err, ret_item,
		"SELECT i.item_id AS id, i.kind, i.variety = 'compliance' AS cut__bool, i.motives, t.text FROM item i JOIN item_text t ON t.team_id = i.team_id AND t.item_id = i.item_id AND t.part = 'text' "
		"WHERE i.team_id = $1 AND i.item_id = $2 ORDER BY t.language <> $3, t.language LIMIT 1", "iit", team_id, item_id, language);
}

static enum err name(struct arena *arena, struct rows *rows, const char **ret_name, struct error *err)
{
	*ret_name = rows_next(rows) ? arena_strdup(arena, rows_text(rows, 0)) : NULL;
	return rows_done(rows, err);
}

enum err answer_member_name(struct db *db, struct arena *arena, int64_t team_id, int64_t member_id, const char **ret_name, struct error *err)
{
	return name(arena, db_query(db, "SELECT name FROM member WHERE team_id = $1 AND member_id = $2", "ii", team_id, member_id), ret_name, err);
}

enum err answer_product_name(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const char **ret_name, struct error *err)
{
	return name(arena, db_query(db, "SELECT name FROM product WHERE team_id = $1 AND product_id = $2", "ii", team_id, product_id), ret_name, err);
}

enum err answer_post_put(struct db *db, int64_t team_id, const struct answer_post *post, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO answer_post (team_id, post_id, member_id, at, from_day, to_day, figures) VALUES ($1, $2, $3, $4, $5, $6, $7)", "iiiiiit", team_id, post->post_id,
		       post->member_id, at, (int64_t)post->from_day, (int64_t)post->to_day, post->figures);
}

enum err answer_post_same(struct db *db, int64_t team_id, const struct answer_post *post, int64_t since, int64_t *ret_post_id, struct error *err)
{
	return db_query_int(db, err, 0, ret_post_id,
		"SELECT a.post_id FROM answer_post a JOIN post p ON p.post_id = a.post_id WHERE a.team_id = $1 AND a.member_id = $2 AND a.at > $3 AND a.from_day = $4 AND a.to_day = $5 "
		"AND a.figures = $6 AND " POST_READABLE " ORDER BY a.at DESC LIMIT 1", "iiiiit", team_id, post->member_id, since, (int64_t)post->from_day, (int64_t)post->to_day, post->figures);
}

enum err answer_post_latest(struct db *db, int64_t team_id, json_t **ret_post, struct error *err)
{
	return db_query_row(db, err, ret_post,
		"SELECT a.post_id AS id, p.author_id, a.at, a.from_day AS from__day, a.to_day AS to__day, p.title FROM answer_post a JOIN post p ON p.post_id = a.post_id "
		"WHERE a.team_id = $1 AND " POST_READABLE " ORDER BY a.at DESC LIMIT 1", "i", team_id);
}
