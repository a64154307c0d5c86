#include "store/lesson_store.h"

enum err lesson_read_add(struct db *db, int64_t team_id, int64_t member_id, const char *lesson, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO lesson_read (team_id, member_id, lesson, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", "iiti", team_id, member_id,
		       lesson, at);
}

enum err quiz_try_add(struct db *db, int64_t team_id, int64_t try_id, int64_t member_id, const char *lesson, int64_t quiz, int64_t at, const char *answers,
		      int64_t n_right, int64_t n, struct error *err)
{
	return db_exec(db, err, "INSERT INTO quiz_try (team_id, try_id, member_id, lesson, quiz, at, answers, n_right, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		       "iiitiitii", team_id, try_id, member_id, lesson, quiz, at, answers, n_right, n);
}

enum err quiz_try_load(struct db *db, int64_t team_id, int64_t member_id, const char *lesson, int64_t try_id, json_t **ret_try, struct error *err)
{
	return db_query_row(db, err, ret_try,
			    "SELECT try_id AS id, quiz, at, answers AS answers__json, n_right, n FROM quiz_try WHERE team_id = $1 AND member_id = $2 AND lesson = $3 AND try_id = $4",
			    "iiti", team_id, member_id, lesson, try_id);
}

static enum err given(json_t *rows, json_t **ret, const struct error *err)
{
	*ret = rows;
	return rows ? ERR_NONE : err->kind;
}

/* Passed: lesson_passed of app/lesson_text.h. */
enum err lesson_progress(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT k.member_id, k.lesson, min(k.read_at) AS read_at, count(k.try_id) AS tries, max(k.at) AS last_at, max(k.share) AS best, "
				   "min(k.passed_at) AS passed_at FROM ("
				   "SELECT member_id, lesson, at AS read_at, NULL AS try_id, at, NULL AS share, NULL AS passed_at FROM lesson_read "
				   "WHERE team_id = $1 AND ($2 = 0 OR member_id = $2) UNION ALL "
				   "SELECT member_id, lesson, NULL, try_id, at, 1.0 * n_right / n, CASE WHEN n_right * 5 >= n * 4 THEN at END FROM quiz_try "
				   "WHERE team_id = $1 AND ($2 = 0 OR member_id = $2)) k GROUP BY k.member_id, k.lesson ORDER BY k.member_id, k.lesson",
				   "ii", team_id, member_id),
		     ret_rows, err);
}

enum err lesson_practised(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT p.member_id, p.scenario, count(*) AS times, max(p.tenths) AS best_tenths, (SELECT l.tenths FROM practice l WHERE l.team_id = p.team_id "
				   "AND l.member_id = p.member_id AND l.scenario = p.scenario AND l.tenths IS NOT NULL ORDER BY l.ended_at DESC, l.practice_id DESC LIMIT 1) AS last_tenths, "
				   "max(p.ended_at) AS last_at FROM practice p WHERE p.team_id = $1 AND ($2 = 0 OR p.member_id = $2) AND p.ended_at IS NOT NULL AND p.tenths IS NOT NULL "
				   "GROUP BY p.team_id, p.member_id, p.scenario ORDER BY max(p.ended_at) DESC, p.scenario",
				   "ii", team_id, member_id),
		     ret_rows, err);
}

enum err lesson_members(struct db *db, int64_t team_id, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err, "SELECT member_id AS id, name FROM member WHERE team_id = $1 AND retired_at IS NULL ORDER BY name, member_id", "i", team_id),
		     ret_rows, err);
}

enum err lesson_modes(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int64_t *ret_sales, int64_t *ret_negotiations, struct error *err)
{
	struct rows *rows = db_query(db,
				     "SELECT coalesce(sum(CASE WHEN mode = 'sale' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN mode = 'negotiation' THEN 1 ELSE 0 END), 0) FROM call "
				     "WHERE team_id = $1 AND ended_at >= $3 AND ($2 = 0 OR owner_id = $2) AND began_at IS NOT NULL AND outcome <> 'no_answer'",
				     "iii", team_id, member_id, since);
	*ret_sales = *ret_negotiations = 0;
	while (rows_next(rows)) {
		*ret_sales = rows_int(rows, 0);
		*ret_negotiations = rows_int(rows, 1);
	}
	return rows_done(rows, err);
}

#define OWN "lesson_id AS id, text, retired_at IS NOT NULL AS retired__bool FROM team_lesson WHERE team_id = $1 "

enum err team_lesson_list(struct db *db, int64_t team_id, bool retired, json_t **ret_rows, struct error *err)
{
	return given(db_query_json(db, err, "SELECT " OWN "AND ($2 = 1 OR retired_at IS NULL) ORDER BY retired_at IS NOT NULL, lesson_id", "ii", team_id, (int64_t)retired),
		     ret_rows, err);
}

enum err team_lesson_load(struct db *db, int64_t team_id, int64_t lesson_id, json_t **ret_row, struct error *err)
{
	return db_query_row(db, err, ret_row, "SELECT " OWN "AND lesson_id = $2", "ii", team_id, lesson_id);
}

enum err team_lesson_add(struct db *db, int64_t team_id, int64_t lesson_id, int64_t member_id, const char *text, int64_t at, struct error *err)
{
	return db_exec(db, err, "INSERT INTO team_lesson (team_id, lesson_id, text, member_id, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $5)", "iitii", team_id,
		       lesson_id, text, member_id, at);
}

enum err team_lesson_change(struct db *db, int64_t team_id, int64_t lesson_id, int64_t member_id, const char *text, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE team_lesson SET text = $3, member_id = $4, changed_at = $5 WHERE team_id = $1 AND lesson_id = $2", "iitii", team_id, lesson_id, text,
		       member_id, at);
}

enum err team_lesson_retire(struct db *db, int64_t team_id, int64_t lesson_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE team_lesson SET retired_at = NULLIF($3, 0) WHERE team_id = $1 AND lesson_id = $2", "iii", team_id, lesson_id, at);
}
