/* Deal store: deals and what happened to them outside calls. Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_DEAL_STORE_H
#define STURGEON_STORE_DEAL_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"
#include "store/facts.h"

#define DEAL_NO_DAY INT32_MIN
#define DEAL_NO_VALUE INT64_C(-1)

/* What people write of a deal. */
struct deal_fields {
	int64_t client_id, owner_id;
	int64_t product_id;             /* 0: none */
	const char *title;
	int64_t value_minor;            /* DEAL_NO_VALUE: not known */
	int wish_sell;                  /* 0–100 */
	int32_t expected_close;         /* DEAL_NO_DAY: not known */
};

/* A deal as the program reads it. Text lives in the arena. */
struct deal_row {
	bool there;
	int64_t deal_id;
	struct deal_fields fields;
	const char *stage, *client;
	int64_t created_at, closed_at;  /* closed_at 0: open */
};

/* stage: any; closed_at 0 for the open ones. outside_id: its name in the table it was imported from, or "". */
enum err deal_insert(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, const struct deal_fields *fields, const char *stage,
		     const char *outside_id, int64_t created_at, struct error *err) MUST_CHECK;
enum err deal_find(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, struct deal_row *ret_deal, struct error *err) MUST_CHECK;
enum err deal_update(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, const struct deal_fields *fields, int64_t now,
		     struct error *err) MUST_CHECK;
enum err deal_stage_set(struct db *db, int64_t team_id, int64_t deal_id, const char *stage, int64_t now, struct error *err) MUST_CHECK; /* opens it again */
enum err deal_close(struct db *db, int64_t team_id, int64_t deal_id, bool won, const char *reason, int64_t at, struct error *err) MUST_CHECK;

/* kind: a key of labels.def "deal_event". was and became: raw values; ids for client, product and owner. */
enum err deal_event_insert(struct db *db, int64_t team_id, int64_t deal_id, int64_t event_id, int64_t member_id, const char *kind, const char *was,
			   const char *became, int64_t at, struct error *err) MUST_CHECK;
/* The last first: kind, was, became (names instead of ids), member, at. */
enum err deal_event_list(struct db *db, int64_t team_id, int64_t deal_id, int limit, json_t **ret_events, struct error *err) MUST_CHECK;

/* The deal with its client, product and owner by name, how many conversations were held and when the last of them ended (heard_at); NULL where there is none. */
enum err deal_load(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_deal, struct error *err) MUST_CHECK;
/* Its conversations, the last first. */
enum err deal_calls(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_calls, struct error *err) MUST_CHECK;

enum deal_sort { DEAL_BY_CLOSE, DEAL_BY_VALUE, DEAL_BY_CHANGE, DEAL_BY_END }; /* the last for finished deals alone */

/* Which deals, in which order, from where on. */
struct deal_filter {
	int64_t owner_id;               /* 0: anyone's */
	int64_t product_id;             /* 0: any */
	const char *stage;              /* "" any of the open ones, or of the finished ones where `finished` */
	bool finished;
	bool unplanned;                 /* only those about which no conversation is planned or under way */
	const char *words_fold;         /* "" any; otherwise these letters in the title, */
	const char *words_match;        /* or a client that this finds in client_words */
	enum deal_sort sort;
	bool descending;
	bool after;                     /* only what comes after (after_key, after_id) in that order */
	int64_t after_key, after_id;
	int limit;
};
/* Rows of a list: id, name, client_id, client, owner_id, owner, value_minor, stage, expected_close, closed_at, lost_reason and `key`, by which the next page begins.
 * ret_facts: of each row, what the advisor weighs; room for filter->limit. */
enum err deal_list(struct db *db, struct arena *arena, int64_t team_id, const struct deal_filter *filter, json_t **ret_deals, struct facts *ret_facts,
		   struct error *err) MUST_CHECK;

/* How many and how much, by stage; sort, stage and page of the filter are not looked at. Stages that have none are left out. */
struct deal_total {
	char stage[16];
	int64_t count, value_minor;
};
enum err deal_totals(struct db *db, struct arena *arena, int64_t team_id, const struct deal_filter *filter, struct deal_total ret_totals[8], int *ret_n,
		     struct error *err) MUST_CHECK;
/* Finished since a moment. */
enum err deal_totals_since(struct db *db, int64_t team_id, int64_t owner_id, int64_t since, struct deal_total ret_totals[8], int *ret_n, struct error *err) MUST_CHECK;

/* Is there any conversation about it, planned or led? */
enum err deal_talked(struct db *db, int64_t team_id, int64_t deal_id, bool *ret_talked, struct error *err) MUST_CHECK;
/* The name of a client who is not archived; "" where there is none. */
enum err client_name_find(struct db *db, struct arena *arena, int64_t team_id, int64_t client_id, const char **ret_name, struct error *err) MUST_CHECK;

/* For choosing one: those whom `match` (a question to client_words) finds, by name; "" gives the last that changed. id, name, company, segment. */
enum err deal_client_choices(struct db *db, int64_t team_id, const char *match, int limit, json_t **ret_clients, struct error *err) MUST_CHECK;

/* deal_total as the deals themselves give it; what was different is put right. detail: how many rows. */
enum err deal_totals_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

/* A client's open deals: as deal_load, at most 50. */
enum err deal_open_of_client(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_deals, struct error *err) MUST_CHECK;

#endif
