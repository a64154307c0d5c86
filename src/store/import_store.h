/* Import store: tables that were uploaded: what stands in them while a preview waits, how they were read, what became of them; and what an import asks of the
 * data: is this client, this deal here already? */
#ifndef STURGEON_STORE_IMPORT_STORE_H
#define STURGEON_STORE_IMPORT_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

/* content: the file as text (base64), NULL where it was taken at once. choices, report: JSON. */
enum err import_insert(struct db *db, int64_t team_id, int64_t import_id, int64_t member_id, const char *kind, const char *file, const char *content,
		       const char *choices, const char *report, int64_t at, struct error *err) MUST_CHECK;
enum err import_choices_set(struct db *db, int64_t team_id, int64_t import_id, const char *choices, const char *report, struct error *err) MUST_CHECK;
/* It is taken: the content goes. */
enum err import_done_set(struct db *db, int64_t team_id, int64_t import_id, int64_t taken, int64_t refused, const char *choices, const char *report, int64_t at,
			 struct error *err) MUST_CHECK;
/* id, kind, file, choices, report, state, at, taken, refused, member {id, name}; NULL where there is none. */
enum err import_load(struct db *db, int64_t team_id, int64_t import_id, json_t **ret_import, struct error *err) MUST_CHECK;
/* The content, in the arena; "" where it is gone. */
enum err import_content(struct db *db, struct arena *arena, int64_t team_id, int64_t import_id, const char **ret_content, struct error *err) MUST_CHECK;
enum err import_list(struct db *db, int64_t team_id, json_t **ret_imports, struct error *err) MUST_CHECK; /* the last fifty, without choices and report */
enum err import_drop(struct db *db, int64_t team_id, int64_t import_id, struct error *err) MUST_CHECK;   /* a preview only */
enum err import_sweep(struct db *db, int64_t team_id, int64_t before, struct error *err) MUST_CHECK;     /* previews nobody confirmed */

/* What tells two clients apart; there: false where there is no such client. Texts live in the arena. */
struct import_client {
	bool there, reach;              /* reach: has a phone or an e-mail */
	const char *kind, *name_fold, *company_fold;
};
enum err import_client_find(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, struct import_client *ret_client, struct error *err) MUST_CHECK;

enum err import_deal_by_outside(struct db *db, int64_t team_id, const char *outside_id, int64_t *ret_deal, struct error *err) MUST_CHECK; /* 0: none */
/* How many deals are like this one. value −1, product 0: none; created_at 0: whenever. */
enum err import_deals_like(struct db *db, int64_t team_id, int64_t client_id, int64_t product_id, int64_t value_minor, int64_t created_at, int64_t *ret_count,
			   struct error *err) MUST_CHECK;

#endif
