/* Plan store: conversations that are planned and not begun, beyond what call_store.h does with them; and what the desk and the calendar show.
 * Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_PLAN_STORE_H
#define STURGEON_STORE_PLAN_STORE_H

#include "base/arena.h"
#include "store/db.h"
#include "store/facts.h"

/* Another time or purpose; not begun ones only. */
enum err plan_update(struct db *db, int64_t team_id, int64_t call_id, int64_t planned_at, const char *purpose, struct error *err) MUST_CHECK;
enum err plan_drop(struct db *db, int64_t team_id, int64_t deal_id, int64_t call_id, struct error *err) MUST_CHECK;
enum err plan_drop_of_deal(struct db *db, int64_t team_id, int64_t deal_id, struct error *err) MUST_CHECK;

/* Conversations not ended, as light as weighing them allows: a day has many, and only a few are shown. */
struct plan_light {
	int64_t call_id, planned_at;
	int64_t value_minor;            /* the deal's, or else its product's price; 0: not known */
	bool running, purpose;          /* has it begun; has it a purpose */
	struct facts facts;
};
/* Planned from `from` until before `until`, the latest first, at most `limit`. owner_id 0: the whole team's. */
enum err plan_light_list(struct db *db, struct arena *arena, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, struct plan_light **ret_list,
			 int *ret_n, struct error *err) MUST_CHECK;

/* At most so many rows are read at once. */
enum { PLAN_ROWS = 24 };
/* Conversations by id, in that order: id, number, planned_at, began_at, purpose, client_id, client, position, company, deal_id, deal, value_minor, stage, owner_id,
 * owner, promised (in the last that ended before it). New references; NULL where there is none. n <= PLAN_ROWS. */
enum err plan_rows(struct db *db, int64_t team_id, const int64_t *ids, int n, json_t **ret_rows, struct error *err) MUST_CHECK;

/* When the conversations of a span are, or were: those not ended by their plan, then those that ended by their beginning. */
struct plan_time {
	int64_t call_id, at;
	bool ended;
};
enum err plan_times(struct db *db, struct arena *arena, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int limit, struct plan_time **ret_list, int *ret_n,
		    struct error *err) MUST_CHECK;
/* For the calendar: id, deal_id, client, owner, mode (of one that ended or runs), outcome; and what the advisor weighs. As plan_rows. */
enum err plan_slots(struct db *db, struct arena *arena, int64_t team_id, const int64_t *ids, int n, json_t **ret_rows, struct facts *ret_facts, struct error *err) MUST_CHECK;

enum err plan_count(struct db *db, int64_t team_id, int64_t owner_id, int64_t from, int64_t until, int64_t *ret_count, struct error *err) MUST_CHECK;
/* What a team has at all, each 0 or 1: what an empty desk says to do first depends on it. */
struct plan_stock {
	int64_t clients, products, deals, calls;
};
enum err plan_stock_of(struct db *db, int64_t team_id, struct plan_stock *ret_stock, struct error *err) MUST_CHECK;

#endif
