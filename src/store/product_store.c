#include "store/product_store.h"

#include "base/text.h"

enum err product_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const char *key, const struct product_fields *f, int64_t now,
			struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO product (team_id, product_id, playbook_id, key, name, name_fold, summary, price_minor, segment, created_at) "
		       "VALUES ($1, $2, NULLIF($3, 0), $4, $5, $6, $7, NULLIF($8, -1), $9, $10)",
		       "iiittttiti", team_id, product_id, f->playbook_id, key, f->name, text_fold(arena, f->name), f->summary, f->price_minor, f->segment, now);
}

enum err product_update(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const struct product_fields *f, struct error *err)
{
	return db_exec(db, err,
		       "UPDATE product SET playbook_id = NULLIF($1, 0), name = $2, name_fold = $3, summary = $4, price_minor = NULLIF($5, -1), segment = $6 "
		       "WHERE team_id = $7 AND product_id = $8",
		       "itttitii", f->playbook_id, f->name, text_fold(arena, f->name), f->summary, f->price_minor, f->segment, team_id, product_id);
}

enum err product_archive(struct db *db, int64_t team_id, int64_t product_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE product SET archived_at = NULLIF($1, 0) WHERE team_id = $2 AND product_id = $3", "iii", at, team_id, product_id);
}

static enum err there(struct db *db, struct error *err, bool *ret_there, const char *sql, int64_t team_id, int64_t product_id, int64_t subject_id)
{
	int64_t one;
	enum err kind = db_query_int(db, err, 0, &one, sql, "iii", team_id, product_id, subject_id);
	*ret_there = one;
	return kind;
}

enum err product_there(struct db *db, int64_t team_id, int64_t product_id, bool *ret_there, struct error *err)
{
	return there(db, err, ret_there, "SELECT 1 FROM product WHERE team_id = $1 AND product_id = $2 AND $3 = 0", team_id, product_id, 0);
}

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err product_choices(struct db *db, int64_t team_id, json_t **ret_products, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT product_id AS id, name, segment, price_minor FROM product WHERE team_id = $1 AND archived_at IS NULL ORDER BY name_fold LIMIT 500",
				   "i", team_id),
		     err, ret_products);
}

/* What is to be studied of a product, features and lessons alike; and what of it somebody has. */
#define SUBJECTS                                                                                                                            \
	"(SELECT product_id, feature_id AS subject_id FROM product_feature WHERE team_id = $1 UNION ALL "                                       \
	"SELECT product_id, lesson_id FROM product_lesson WHERE team_id = $1)"

enum err product_list(struct db *db, int64_t team_id, int64_t member_id, bool archived, json_t **ret_products, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT p.product_id AS id, p.name, p.summary, p.segment, p.price_minor, p.archived_at, "
				   "(SELECT count(*) FROM " SUBJECTS " s WHERE s.product_id = p.product_id) AS subjects, "
				   "(SELECT count(*) FROM " SUBJECTS " s JOIN product_studied t ON t.team_id = $1 AND t.product_id = s.product_id AND t.member_id = $2 "
				   "AND t.subject_id = s.subject_id WHERE s.product_id = p.product_id) AS studied "
				   "FROM product p WHERE p.team_id = $1 AND (p.archived_at IS NOT NULL) = ($3 <> 0) ORDER BY p.name_fold LIMIT 500",
				   "iii", team_id, member_id, (int64_t)archived),
		     err, ret_products);
}

enum err product_load(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_product, struct error *err)
{
	return db_query_row(db, err, ret_product,
			    "SELECT product_id AS id, name, summary, segment, price_minor, playbook_id, archived_at, "
			    "(SELECT count(*) FROM deal d WHERE d.team_id = $1 AND d.product_id = $2 AND d.closed_at IS NULL) AS open_deals "
			    "FROM product WHERE team_id = $1 AND product_id = $2",
			    "ii", team_id, product_id);
}

enum err product_feature_list(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, json_t **ret_features, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT f.feature_id AS id, f.place, f.characteristic, f.advantage, f.benefit, f.motives, t.subject_id IS NOT NULL AS studied__bool "
				   "FROM product_feature f LEFT JOIN product_studied t ON t.team_id = f.team_id AND t.product_id = f.product_id AND t.member_id = $3 "
				   "AND t.subject_id = f.feature_id WHERE f.team_id = $1 AND f.product_id = $2 ORDER BY f.place, f.feature_id",
				   "iii", team_id, product_id, member_id),
		     err, ret_features);
}

enum err product_lesson_list(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, json_t **ret_lessons, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT l.lesson_id AS id, l.place, l.text, t.subject_id IS NOT NULL AS studied__bool FROM product_lesson l "
				   "LEFT JOIN product_studied t ON t.team_id = l.team_id AND t.product_id = l.product_id AND t.member_id = $3 AND t.subject_id = l.lesson_id "
				   "WHERE l.team_id = $1 AND l.product_id = $2 ORDER BY l.place, l.lesson_id",
				   "iii", team_id, product_id, member_id),
		     err, ret_lessons);
}

enum err product_study_list(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_members, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT m.member_id AS id, m.name, count(t.subject_id) AS studied, max(t.at) AS last_at FROM member m "
				   "LEFT JOIN product_studied t ON t.team_id = m.team_id AND t.product_id = $2 AND t.member_id = m.member_id AND t.subject_id IN "
				   "(SELECT s.subject_id FROM " SUBJECTS " s WHERE s.product_id = $2) "
				   "WHERE m.team_id = $1 AND m.retired_at IS NULL GROUP BY m.member_id, m.name ORDER BY m.name",
				   "ii", team_id, product_id),
		     err, ret_members);
}

enum err product_playbooks(struct db *db, int64_t team_id, const char *language, json_t **ret_playbooks, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT b.playbook_id AS id, b.segment, COALESCE((SELECT name FROM playbook_name n WHERE n.team_id = b.team_id AND n.playbook_id = b.playbook_id "
				   "AND n.language = $2), (SELECT name FROM playbook_name n WHERE n.team_id = b.team_id AND n.playbook_id = b.playbook_id "
				   "ORDER BY n.language LIMIT 1), b.key) AS name FROM playbook b WHERE b.team_id = $1 ORDER BY b.place, b.playbook_id",
				   "it", team_id, language),
		     err, ret_playbooks);
}

enum err product_feature_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage,
				const char *benefit, int64_t motives, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO product_feature (team_id, product_id, feature_id, place, characteristic, advantage, benefit, motives) VALUES ($1, $2, $3, "
		       "(SELECT COALESCE(max(place), 0) + 1 FROM product_feature WHERE team_id = $1 AND product_id = $2), $4, $5, $6, $7)",
		       "iiittti", team_id, product_id, feature_id, characteristic, advantage, benefit, motives);
}

enum err product_feature_update(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage,
				const char *benefit, int64_t motives, struct error *err)
{
	return db_exec(db, err,
		       "UPDATE product_feature SET characteristic = $1, advantage = $2, benefit = $3, motives = $4 WHERE team_id = $5 AND product_id = $6 AND feature_id = $7",
		       "tttiiii", characteristic, advantage, benefit, motives, team_id, product_id, feature_id);
}

static enum err subject_forget(struct db *db, int64_t team_id, int64_t product_id, int64_t subject_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM product_studied WHERE team_id = $1 AND product_id = $2 AND subject_id = $3", "iii", team_id, product_id, subject_id);
}

enum err product_feature_drop(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, struct error *err)
{
	enum err kind = subject_forget(db, team_id, product_id, feature_id, err);
	return kind ? kind : db_exec(db, err, "DELETE FROM product_feature WHERE team_id = $1 AND product_id = $2 AND feature_id = $3", "iii", team_id, product_id, feature_id);
}

enum err product_lesson_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, const char *text, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO product_lesson (team_id, product_id, lesson_id, place, text) VALUES ($1, $2, $3, "
		       "(SELECT COALESCE(max(place), 0) + 1 FROM product_lesson WHERE team_id = $1 AND product_id = $2), $4)",
		       "iiit", team_id, product_id, lesson_id, text);
}

enum err product_lesson_update(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, const char *text, struct error *err)
{
	return db_exec(db, err, "UPDATE product_lesson SET text = $1 WHERE team_id = $2 AND product_id = $3 AND lesson_id = $4", "tiii", text, team_id, product_id,
		       lesson_id);
}

enum err product_lesson_drop(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, struct error *err)
{
	enum err kind = subject_forget(db, team_id, product_id, lesson_id, err);
	return kind ? kind : db_exec(db, err, "DELETE FROM product_lesson WHERE team_id = $1 AND product_id = $2 AND lesson_id = $3", "iii", team_id, product_id, lesson_id);
}

enum err product_subject_there(struct db *db, int64_t team_id, int64_t product_id, int64_t subject_id, bool *ret_there, struct error *err)
{
	return there(db, err, ret_there,
		     "SELECT 1 FROM product_feature WHERE team_id = $1 AND product_id = $2 AND feature_id = $3 "
		     "UNION ALL SELECT 1 FROM product_lesson WHERE team_id = $1 AND product_id = $2 AND lesson_id = $3",
		     team_id, product_id, subject_id);
}

enum err product_studied_set(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, int64_t subject_id, bool studied, int64_t at, struct error *err)
{
	if (!studied)
		return db_exec(db, err, "DELETE FROM product_studied WHERE team_id = $1 AND product_id = $2 AND member_id = $3 AND subject_id = $4", "iiii", team_id,
			       product_id, member_id, subject_id);
	return db_exec(db, err,
		       "INSERT INTO product_studied (team_id, product_id, member_id, subject_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", "iiiii",
		       team_id, product_id, member_id, subject_id, at);
}
