#include "store/content_store.h"

enum err content_known(struct db *db, int64_t *ret_digest, struct error *err)
{
	return db_query_int(db, err, 0, ret_digest, "SELECT content FROM company WHERE company_id = 1", "");
}

enum err content_known_set(struct db *db, int64_t digest, struct error *err)
{
	return db_exec(db, err, "UPDATE company SET content = $1 WHERE company_id = 1", "i", digest);
}

enum err content_playbook_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_playbook, struct error *err)
{
	return db_query_int(db, err, 0, ret_playbook, "SELECT playbook_id FROM playbook WHERE team_id = $1 AND key = $2", "it", team_id, key);
}

enum err content_playbook_insert(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, const char *segment, int64_t place,
				 struct error *err)
{
	return db_exec(db, err, "INSERT INTO playbook (team_id, playbook_id, key, segment, place) VALUES ($1, $2, $3, $4, $5)", "iitti", team_id,
		       playbook_id, key, segment, place);
}

enum err content_playbook_name(struct db *db, int64_t team_id, int64_t playbook_id, const char *language, const char *name, struct error *err)
{
	return db_exec(db, err, "INSERT INTO playbook_name (team_id, playbook_id, language, name) VALUES ($1, $2, $3, $4)", "iitt", team_id, playbook_id,
		       language, name);
}

enum err content_item_find(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, int64_t *ret_item, struct error *err)
{
	return db_query_int(db, err, 0, ret_item, "SELECT item_id FROM item WHERE team_id = $1 AND playbook_id = $2 AND key = $3", "iit", team_id,
			    playbook_id, key);
}

enum err content_item_insert(struct db *db, int64_t team_id, int64_t playbook_id, int64_t item_id, const struct content_item *item, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, variety, level, question_type, motives, objection_id) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, 0))",
		       "iiittitttii", team_id, item_id, playbook_id, item->key, item->kind, item->place, item->variety, item->level, item->question_type,
		       item->motives, item->objection_id);
}

enum err content_item_text(struct db *db, int64_t team_id, int64_t item_id, const char *language, const char *part, const char *text, struct error *err)
{
	return db_exec(db, err, "INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ($1, $2, $3, $4, $5)", "iittt", team_id, item_id,
		       language, part, text);
}

enum err content_product_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_product, struct error *err)
{
	return db_query_int(db, err, 0, ret_product, "SELECT product_id FROM product WHERE team_id = $1 AND key = $2", "it", team_id, key);
}

enum err content_product_insert(struct db *db, int64_t team_id, int64_t product_id, const struct content_product *product, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO product (team_id, product_id, playbook_id, key, name, name_fold, summary, price_minor, segment, created_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, 0), $9, $10)",
		       "iiittttiti", team_id, product_id, product->playbook_id, product->key, product->name, product->name_fold, product->summary,
		       product->price_minor, product->segment, product->at);
}

enum err content_feature_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, int64_t place, const char *characteristic,
				const char *advantage, const char *benefit, int64_t motives, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO product_feature (team_id, product_id, feature_id, place, characteristic, advantage, benefit, motives) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		       "iiiittti", team_id, product_id, feature_id, place, characteristic, advantage, benefit, motives);
}

enum err content_lesson_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, int64_t place, const char *text, struct error *err)
{
	return db_exec(db, err, "INSERT INTO product_lesson (team_id, product_id, lesson_id, place, text) VALUES ($1, $2, $3, $4, $5)", "iiiit", team_id,
		       product_id, lesson_id, place, text);
}

enum err content_variable_find(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, int64_t *ret_variable, struct error *err)
{
	return db_query_int(db, err, 0, ret_variable, "SELECT variable_id FROM trade_variable WHERE team_id = $1 AND playbook_id = $2 AND key = $3", "iit",
			    team_id, playbook_id, key);
}

enum err content_variable_insert(struct db *db, int64_t team_id, int64_t variable_id, const struct content_variable *variable, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO trade_variable (team_id, variable_id, playbook_id, key, family, price, step, place) "
		       "VALUES ($1, $2, $3, $4, $5, $6, nullif($7, 0), $8)",
		       "iiittiii", team_id, variable_id, variable->playbook_id, variable->key, variable->family, (int64_t)variable->price, variable->step,
		       variable->place);
}

enum err content_variable_text(struct db *db, int64_t team_id, int64_t variable_id, const char *language, const char *name, const char *unit,
			       const char *hint, struct error *err)
{
	return db_exec(db, err, "INSERT INTO trade_variable_text (team_id, variable_id, language, name, unit, hint) VALUES ($1, $2, $3, $4, $5, $6)",
		       "iitttt", team_id, variable_id, language, name, unit, hint);
}

enum err content_option_insert(struct db *db, int64_t team_id, int64_t variable_id, int64_t option_id, const struct content_option *option,
			       struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO trade_option (team_id, variable_id, option_id, place, x, starts, ours_minor, ours_share, theirs_low_minor, theirs_low_share, "
		       "theirs_high_minor, theirs_high_share) VALUES ($1, $2, $3, $4, CASE WHEN $5 = 1 THEN $6 END, $7, $8, $9, $10, $11, $12, $13)",
		       "iiiiiiiiiiiii", team_id, variable_id, option_id, option->place, (int64_t)(option->x != NULL), option->x ? *option->x : 0,
		       (int64_t)option->starts, option->ours.minor, option->ours.share, option->theirs_low.minor, option->theirs_low.share,
		       option->theirs_high.minor, option->theirs_high.share);
}

enum err content_option_text(struct db *db, int64_t team_id, int64_t variable_id, int64_t option_id, const char *language, const char *name,
			     struct error *err)
{
	return db_exec(db, err, "INSERT INTO trade_option_text (team_id, variable_id, option_id, language, name) VALUES ($1, $2, $3, $4, $5)", "iiitt",
		       team_id, variable_id, option_id, language, name);
}

enum err content_signal_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_signal, struct error *err)
{
	return db_query_int(db, err, 0, ret_signal, "SELECT signal_id FROM signal WHERE team_id = $1 AND key = $2", "it", team_id, key);
}

enum err content_signal_insert(struct db *db, int64_t team_id, int64_t signal_id, const char *key, int64_t place, const char *hotkey, double mean,
			       double sd, int64_t at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO signal (team_id, signal_id, key, place, hotkey, mean, sd, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		       "iititddi", team_id, signal_id, key, place, hotkey, mean, sd, at);
}

enum err content_signal_text(struct db *db, int64_t team_id, int64_t signal_id, const char *language, const char *name, const char *why,
			     const char *absent, struct error *err)
{
	return db_exec(db, err, "INSERT INTO signal_text (team_id, signal_id, language, name, why, absent) VALUES ($1, $2, $3, $4, $5, $6)", "iitttt",
		       team_id, signal_id, language, name, why, absent);
}
