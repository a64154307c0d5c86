/* Product store: product cards, their courses, and who has studied what (S1, S4). Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_PRODUCT_STORE_H
#define STURGEON_STORE_PRODUCT_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct product_fields {
	const char *name, *summary, *segment; /* segment: b2b, b2c */
	int64_t price_minor;            /* −1: not known */
	int64_t playbook_id;            /* 0: the segment's own */
};

enum err product_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const char *key, const struct product_fields *fields,
			int64_t now, struct error *err) MUST_CHECK;
enum err product_update(struct db *db, struct arena *arena, int64_t team_id, int64_t product_id, const struct product_fields *fields, struct error *err) MUST_CHECK;
enum err product_archive(struct db *db, int64_t team_id, int64_t product_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: back */
enum err product_there(struct db *db, int64_t team_id, int64_t product_id, bool *ret_there, struct error *err) MUST_CHECK;

/* For selects: id, name, segment, price_minor; not archived ones. */
enum err product_choices(struct db *db, int64_t team_id, json_t **ret_products, struct error *err) MUST_CHECK;
/* id, name, summary, segment, price_minor, archived_at, subjects (how many are to be studied), studied (by this member), open_deals. */
enum err product_list(struct db *db, int64_t team_id, int64_t member_id, bool archived, json_t **ret_products, struct error *err) MUST_CHECK;
enum err product_load(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_product, struct error *err) MUST_CHECK;
/* id, place, characteristic, advantage, benefit, motives, studied__bool of this member. */
enum err product_feature_list(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, json_t **ret_features, struct error *err) MUST_CHECK;
enum err product_lesson_list(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, json_t **ret_lessons, struct error *err) MUST_CHECK;
/* Of each member who works: id, name, studied (subjects that are there still), last_at. */
enum err product_study_list(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_members, struct error *err) MUST_CHECK;
enum err product_playbooks(struct db *db, int64_t team_id, const char *language, json_t **ret_playbooks, struct error *err) MUST_CHECK; /* id, name, segment */

/* A new one goes to the end. */
enum err product_feature_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage,
				const char *benefit, int64_t motives, struct error *err) MUST_CHECK;
enum err product_feature_update(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage,
				const char *benefit, int64_t motives, struct error *err) MUST_CHECK;
enum err product_feature_drop(struct db *db, int64_t team_id, int64_t product_id, int64_t feature_id, struct error *err) MUST_CHECK;
enum err product_lesson_insert(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, const char *text, struct error *err) MUST_CHECK;
enum err product_lesson_update(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, const char *text, struct error *err) MUST_CHECK;
enum err product_lesson_drop(struct db *db, int64_t team_id, int64_t product_id, int64_t lesson_id, struct error *err) MUST_CHECK;
/* Is there such a feature or lesson? */
enum err product_subject_there(struct db *db, int64_t team_id, int64_t product_id, int64_t subject_id, bool *ret_there, struct error *err) MUST_CHECK;
enum err product_studied_set(struct db *db, int64_t team_id, int64_t product_id, int64_t member_id, int64_t subject_id, bool studied, int64_t at,
			     struct error *err) MUST_CHECK;

#endif
