/* Plan store: conversations that are planned and not begun, beyond what call_store.h does with them; and what the desk and the calendar show.
 * Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_PLAN_STORE_H
#define STURGEON_STORE_PLAN_STORE_H

#include "store/db.h"

/* Another time or purpose; not begun ones only. */
enum err plan_update(struct db *db, int64_t team_id, int64_t call_id, int64_t planned_at, const char *purpose, struct error *err) MUST_CHECK;
enum err plan_drop(struct db *db, int64_t team_id, int64_t deal_id, int64_t call_id, struct error *err) MUST_CHECK;
enum err plan_drop_of_deal(struct db *db, int64_t team_id, int64_t deal_id, struct error *err) MUST_CHECK;

/* Conversations not ended, planned from `from` until before `until`, the latest first, at most `limit`: id, number, planned_at, purpose, began_at, client_id,
 * client, segment, position, company, deal_id, deal, value_minor, price_minor (the product's), wish_sell, stage, owner_id, owner, held (conversations about
 * the deal that took place), heard_at (the end of the last of them), promised (in the last that ended). owner_id 0: the whole team's. */
enum err plan_list(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, json_t **ret_calls, struct error *err) MUST_CHECK;
enum err plan_count(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int64_t *ret_count, struct error *err) MUST_CHECK;
/* Ended ones of a span, by their end: id, number, planned_at, began_at, ended_at, mode, outcome, client_id, client, deal_id, owner. */
enum err plan_ended_list(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, json_t **ret_calls, struct error *err) MUST_CHECK;

/* What a team has at all, each 0 or 1: what an empty desk says to do first depends on it. */
struct plan_stock {
	int64_t clients, products, deals, calls;
};
enum err plan_stock_of(struct db *db, int64_t team_id, struct plan_stock *ret_stock, struct error *err) MUST_CHECK;

#endif
