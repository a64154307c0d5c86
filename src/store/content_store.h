/* Content store: writes the starting content of a team: playbooks, what can be said, products,
 * trade variables, signals. Each has a key by which it is
 * found again; what the team adds itself has none ('') and is not seen here. Found ids are 0 where there is none. */
#ifndef STURGEON_STORE_CONTENT_STORE_H
#define STURGEON_STORE_CONTENT_STORE_H

#include <stdbool.h>

#include "store/db.h"

/* The digest of the content that the teams have; 0: of none, or there is no company. */
enum err content_known(struct db *db, int64_t *ret_digest, struct error *err) MUST_CHECK;
enum err content_known_set(struct db *db, int64_t digest, struct error *err) MUST_CHECK;

enum err content_playbook_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_playbook, struct error *err) MUST_CHECK;
enum err content_playbook_insert(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, const char *segment, int64_t place,
				 struct error *err) MUST_CHECK;
enum err content_playbook_name(struct db *db, int64_t team_id, int64_t playbook_id, const char *language, const char *name, struct error *err) MUST_CHECK;

struct content_item {
	const char *key, *kind, *variety, *level, *question_type; /* "" where it has none */
	int64_t place, motives, objection_id;                     /* objection_id 0: belongs to none */
};
enum err content_item_find(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, int64_t *ret_item, struct error *err) MUST_CHECK;
enum err content_item_insert(struct db *db, int64_t team_id, int64_t playbook_id, int64_t item_id, const struct content_item *item,
			     struct error *err) MUST_CHECK;
enum err content_item_text(struct db *db, int64_t team_id, int64_t item_id, const char *language, const char *part, const char *text,
			   struct error *err) MUST_CHECK;

struct content_product {
	const char *key, *name, *name_fold, *summary, *segment;
	int64_t playbook_id, price_minor, at;                     /* price_minor 0: not known */
};
enum err content_product_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_product, struct error *err) MUST_CHECK;
enum err content_product_insert(struct db *db, int64_t team_id, int64_t product_id, const struct content_product *product, struct error *err) MUST_CHECK;
enum err content_feature_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, int64_t place, const char *characteristic,
				const char *advantage, const char *benefit, int64_t motives, struct error *err) MUST_CHECK;
enum err content_lesson_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, int64_t place, const char *text,
			       struct error *err) MUST_CHECK;

/* The library of trade variables (N1). step 0: no range. */
struct content_variable {
	const char *key, *family;
	int64_t playbook_id, place, step;
	bool price;
};
struct trade_value {
	int64_t minor, share;                                     /* they add up; share: ten-thousandths of the deal's value */
};
struct content_option {
	int64_t place;
	const int64_t *x;                                         /* NULL: not of a range */
	bool starts;
	struct trade_value ours, theirs_low, theirs_high;
};
enum err content_variable_find(struct db *db, int64_t team_id, int64_t playbook_id, const char *key, int64_t *ret_variable, struct error *err) MUST_CHECK;
enum err content_variable_insert(struct db *db, int64_t team_id, int64_t variable_id, const struct content_variable *variable, struct error *err) MUST_CHECK;
enum err content_variable_text(struct db *db, int64_t team_id, int64_t variable_id, const char *language, const char *name, const char *unit,
			       const char *hint, struct error *err) MUST_CHECK;
enum err content_option_insert(struct db *db, int64_t team_id, int64_t variable_id, int64_t option_id, const struct content_option *option,
			       struct error *err) MUST_CHECK;
enum err content_option_text(struct db *db, int64_t team_id, int64_t variable_id, int64_t option_id, const char *language, const char *name,
			     struct error *err) MUST_CHECK;

enum err content_signal_find(struct db *db, int64_t team_id, const char *key, int64_t *ret_signal, struct error *err) MUST_CHECK;
enum err content_signal_insert(struct db *db, int64_t team_id, int64_t signal_id, const char *key, int64_t place, const char *hotkey, double mean,
			       double sd, int64_t at, struct error *err) MUST_CHECK;
enum err content_signal_text(struct db *db, int64_t team_id, int64_t signal_id, const char *language, const char *name, const char *why,
			     const char *absent, struct error *err) MUST_CHECK;

#endif
