/* Call store: conversations, their events, and what is derived from them.
 *
 * The events of a call are its truth. Columns of `call` that repeat them (began_at, mode, outcome …) and the tables item_use,
 * objection_deal, item_heard and client_interest are derived: call_derive writes them, and a rebuild from the events gives the same.
 * Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_CALL_STORE_H
#define STURGEON_STORE_CALL_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/playbook/playbook.h"
#include "store/db.h"

/* What leading a call needs to know of it. */
struct call_row {
	bool there;
	int64_t call_id, client_id, deal_id, owner_id, number, planned_at;
	int64_t began_at, ended_at;       /* 0: not yet */
	int64_t next_call_id;             /* 0: none */
	int64_t product_id, playbook_id;  /* 0: none */
	int64_t deal_value_minor, price_minor; /* 0: not known */
	int64_t deal_closed_at;           /* 0: open */
	double wish_sell;
	bool b2b;
	char stage[16];
};
enum err call_find(struct db *db, int64_t team_id, int64_t call_id, struct call_row *ret_call, struct error *err) MUST_CHECK;

/* The call with its client, deal and product (and how much of it the member has studied), as objects of a model; NULL where there is none. */
enum err call_load(struct db *db, int64_t team_id, int64_t member_id, int64_t call_id, json_t **ret_call, struct error *err) MUST_CHECK;

/* Plans a conversation; its number follows those of the deal. */
struct call_plan {
	int64_t call_id, client_id, deal_id, owner_id, planned_at;
	const char *purpose;
};
enum err call_insert(struct db *db, int64_t team_id, const struct call_plan *plan, struct error *err) MUST_CHECK;

/* The events of a call in their order. kind is a word of playbook_word.h. */
struct call_event_row {
	struct call_event event;
	int64_t member_id;
	const char *event_id, *text;      /* text NULL where there is none */
	bool undone;
};
enum err call_event_list(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, struct call_event_row **ret_rows, int *ret_n,
			 struct error *err) MUST_CHECK;
enum err call_event_list_after(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, int64_t after_seq, struct call_event_row **ret_rows,
			       int *ret_n, struct error *err) MUST_CHECK;
/* seq of the last event, and its id; 0 and "" where there is none. */
enum err call_event_last(struct db *db, int64_t team_id, int64_t call_id, int64_t *ret_seq, char ret_event_id[64], struct error *err) MUST_CHECK;
/* seq of an event by its id; 0 where it never came. */
enum err call_event_find(struct db *db, int64_t team_id, int64_t call_id, const char *event_id, int64_t *ret_seq, struct error *err) MUST_CHECK;
enum err call_event_insert(struct db *db, int64_t team_id, int64_t call_id, const struct call_event_row *row, struct error *err) MUST_CHECK;
enum err call_event_undo(struct db *db, int64_t team_id, int64_t call_id, int64_t seq, struct error *err) MUST_CHECK; /* marks it as taken back */

/* The columns of `call` that repeat its events. mode, outcome NULL: not yet. */
struct call_derived {
	int64_t began_at, ended_at;       /* 0: not yet */
	const char *mode, *outcome;
	const char *reason, *promised;
};
enum err call_derive(struct db *db, int64_t team_id, int64_t call_id, const struct call_derived *derived, struct error *err) MUST_CHECK;
enum err call_next_set(struct db *db, int64_t team_id, int64_t call_id, int64_t next_call_id, struct error *err) MUST_CHECK;

enum err item_use_add(struct db *db, int64_t team_id, int64_t item_id, const char *method, bool worked, struct error *err) MUST_CHECK;
enum err objection_deal_add(struct db *db, int64_t team_id, int64_t objection_id, int64_t deal_id, struct error *err) MUST_CHECK;
enum err item_heard_add(struct db *db, int64_t team_id, int64_t client_id, int64_t item_id, int64_t call_id, struct error *err) MUST_CHECK;

/* For a rebuild: all of the derived of a team as one number; drops it; the calls that have events. */
enum err call_derived_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err) MUST_CHECK;
enum err call_derived_drop(struct db *db, int64_t team_id, struct error *err) MUST_CHECK;
enum err call_led_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_calls, int *ret_n, struct error *err) MUST_CHECK;

/* What can be said, in `language` where it has such a text, otherwise in another: id, kind, variety, level, question_type, motives,
 * objection_id, place, text, clarify, agree, complete, say, used, worked. Retired ones only where `all` (for the time line of old calls). */
enum err call_items(struct db *db, int64_t team_id, int64_t playbook_id, const char *language, bool all, json_t **ret_items, struct error *err) MUST_CHECK;
enum err call_points(struct db *db, int64_t team_id, int64_t product_id, json_t **ret_points, struct error *err) MUST_CHECK; /* the product card */
enum err call_playbook_default(struct db *db, int64_t team_id, bool b2b, int64_t *ret_playbook_id, struct error *err) MUST_CHECK; /* 0: none */
enum err call_heard(struct db *db, int64_t team_id, int64_t client_id, struct arena *arena, int64_t **ret_items, int *ret_n, struct error *err) MUST_CHECK;
/* As it was when that call began: what was first heard in it or in a later one is left out. */
enum err call_heard_before(struct db *db, int64_t team_id, int64_t client_id, int64_t call_id, struct arena *arena, int64_t **ret_items, int *ret_n, struct error *err) MUST_CHECK;
/* Which items and cards the events of a call name. */
enum err call_items_named(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, int64_t **ret_items, int *ret_n, struct error *err) MUST_CHECK;
/* Is it an item of this team, or a feature of that product? Is it a signal of this team? */
enum err call_item_exists(struct db *db, int64_t team_id, int64_t product_id, int64_t item_id, bool *ret_exists, struct error *err) MUST_CHECK;
enum err call_interest_exists(struct db *db, int64_t team_id, int64_t item_id, bool *ret_exists, struct error *err) MUST_CHECK; /* an interest of this team */
enum err call_signal_exists(struct db *db, int64_t team_id, int64_t signal_id, bool *ret_exists, struct error *err) MUST_CHECK;
/* The words of the promises that stand, one a line; "" where there is none. */
enum err call_promises(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, const char **ret_text, struct error *err) MUST_CHECK;
/* The reason that stands with the end; "". */
enum err call_reason(struct db *db, struct arena *arena, int64_t team_id, int64_t call_id, const char **ret_text, struct error *err) MUST_CHECK;

/* How often the methods without an item were used: item_id (the objection), method, used, worked. */
enum err call_method_uses(struct db *db, int64_t team_id, json_t **ret_uses, struct error *err) MUST_CHECK;

/* For "a similar past case": of the last 300 deals of this segment and product in which the objection was raised, those finished and those won. */
struct call_similar {
	int64_t finished, won, last_won_at; /* 0: none */
};
enum err call_similar_of(struct db *db, int64_t team_id, int64_t objection_id, int64_t product_id, bool b2b, struct call_similar *ret, struct error *err) MUST_CHECK;
/* For "everyone does it": deals of this product and segment won since a moment. */
enum err call_won_since(struct db *db, int64_t team_id, int64_t product_id, bool b2b, int64_t since, int64_t *ret_won, struct error *err) MUST_CHECK;

/* Earlier conversations with a client, the last first: id, number, ended_at, mode, outcome, promised, reason, motives (of what stood). */
enum err call_earlier(struct db *db, int64_t team_id, int64_t client_id, int64_t but_call_id, int limit, json_t **ret_calls, struct error *err) MUST_CHECK;

#endif
