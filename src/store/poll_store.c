#include "store/poll_store.h"

static const char *const parts[] = {
	"DELETE FROM poll_answer WHERE post_id = $1",
	"DELETE FROM poll_option WHERE post_id = $1",
	"DELETE FROM poll WHERE post_id = $1",
};

enum err poll_put(struct db *db, int64_t post_id, const struct poll_fields *f, struct error *err)
{
	enum err kind = ERR_NONE;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !kind; i++) kind = db_exec(db, err, parts[i], "i", post_id);
	if (kind || !*f->question) return kind;
	kind = db_exec(db, err, "INSERT INTO poll (post_id, question, closes_at) VALUES ($1, $2, NULLIF($3, 0))", "iti", post_id, f->question, f->closes_at);
	for (int i = 0; i < POLL_OPTIONS && f->options[i] && !kind; i++)
		kind = db_exec(db, err, "INSERT INTO poll_option (post_id, place, text) VALUES ($1, $2, $3)", "iit", post_id, (int64_t)i + 1, f->options[i]);
	return kind;
}

enum err poll_closes_put(struct db *db, int64_t post_id, int64_t closes_at, struct error *err)
{
	return db_exec(db, err, "UPDATE poll SET closes_at = NULLIF($2, 0) WHERE post_id = $1", "ii", post_id, closes_at);
}

enum err poll_answers(struct db *db, int64_t post_id, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, "SELECT count(*) FROM poll_answer WHERE post_id = $1", "i", post_id);
}

enum err poll_answer_put(struct db *db, int64_t post_id, int64_t member_id, int64_t place, const char *reason, int64_t at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO poll_answer (post_id, member_id, place, reason, at) VALUES ($1, $2, $3, $4, $5) "
		       "ON CONFLICT (post_id, member_id) DO UPDATE SET place = excluded.place, reason = excluded.reason, at = excluded.at",
		       "iiiti", post_id, member_id, place, reason, at);
}

enum err poll_load(struct db *db, int64_t post_id, int64_t member_id, json_t **ret_poll, struct error *err)
{
	enum err kind = db_query_row(db, err, ret_poll,
				     "SELECT p.question, p.closes_at, (SELECT count(*) FROM poll_answer a WHERE a.post_id = p.post_id) AS answers, m.place AS mine, m.reason "
				     "FROM poll p LEFT JOIN poll_answer m ON m.post_id = p.post_id AND m.member_id = $2 WHERE p.post_id = $1",
				     "ii", post_id, member_id);
	if (kind || !*ret_poll) return kind;
	json_t *options = db_query_json(db, err,
					"SELECT o.place, o.text, (SELECT count(*) FROM poll_answer a WHERE a.post_id = o.post_id AND a.place = o.place) AS count FROM poll_option o "
					"WHERE o.post_id = $1 ORDER BY o.place",
					"i", post_id);
	if (!options) {
		json_decref(*ret_poll);
		*ret_poll = NULL;
		return err->kind;
	}
	json_object_set_new(*ret_poll, "options", options);
	return ERR_NONE;
}

enum err poll_reasons(struct db *db, int64_t post_id, int limit, json_t **ret_reasons, struct error *err)
{
	*ret_reasons = db_query_json(db, err,
				     "SELECT a.place, a.reason, a.at, j.name FROM poll_answer a JOIN journal j ON j.journal_id = a.member_id "
				     "WHERE a.post_id = $1 AND a.reason <> '' ORDER BY a.at DESC, a.member_id LIMIT $2",
				     "ii", post_id, (int64_t)limit);
	return *ret_reasons ? ERR_NONE : err->kind;
}
