/* Product: cards of characteristic → advantage → benefit, each benefit with the motives that it serves (S4), and their courses: what a manager has
 * studied is ticked by himself (S1). Everyone reads and studies; a lead writes. */
#ifndef STURGEON_APP_PRODUCT_H
#define STURGEON_APP_PRODUCT_H

#include "app/use.h"
#include "store/product_store.h"

enum outcome product_list_page(struct use *use, bool archived, json_t **ret_model);
enum outcome product_page(struct use *use, int64_t product_id, json_t **ret_model);
/* The form's page: a new one (product_id 0) or one that is there. Lead. */
enum outcome product_form_page(struct use *use, int64_t product_id, json_t **ret_model);

/* The form's page of one line of the card (feature_id 0: a new one). Lead. */
enum outcome product_feature_page(struct use *use, int64_t product_id, int64_t feature_id, json_t **ret_model);

enum outcome product_make(struct use *use, const struct product_fields *fields, int64_t *ret_product_id);
enum outcome product_change(struct use *use, int64_t product_id, const struct product_fields *fields);
enum outcome product_shelve(struct use *use, int64_t product_id, bool back); /* into the archive, or out of it: deals keep it */

/* feature_id, lesson_id 0: a new one. motives: words of labels.def "motive". */
enum outcome product_feature_put(struct use *use, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage, const char *benefit,
				 const char *const *motives);
enum outcome product_feature_remove(struct use *use, int64_t product_id, int64_t feature_id);
enum outcome product_lesson_put(struct use *use, int64_t product_id, int64_t lesson_id, const char *text);
enum outcome product_lesson_remove(struct use *use, int64_t product_id, int64_t lesson_id);

/* One's own tick at a feature or a lesson. */
enum outcome product_study(struct use *use, int64_t product_id, int64_t subject_id, bool studied);

#endif
