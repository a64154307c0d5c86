/* Deal: what is being sold to whom: the list, the board by stage, one deal's page, and every change of it.
 *
 * A deal is its owner's: he and the team's lead may change it, the rest of the team may look. Every change is a row of deal_event. */
#ifndef STURGEON_APP_DEAL_H
#define STURGEON_APP_DEAL_H

#include "app/use.h"
#include "store/deal_store.h"

enum { DEAL_PAGE = 30, DEAL_COLUMN = 8 }; /* rows of a list's page; cards of a stage on the board */

/* What a reader wants to see. "" and 0: no matter. */
struct deal_query {
	const char *whose;              /* "mine", "team"; "" : a manager's own, a lead's whole team */
	const char *stage;              /* one of the six; "open", "finished"; "" is "open" */
	int64_t product_id;
	const char *words;              /* as typed */
	const char *sort;               /* "close", "value", "change", "end" */
	bool descending;
	const char *after;              /* where the page before ended: "key.id" */
};

enum outcome deal_list_page(struct use *use, const struct deal_query *query, json_t **ret_model);
enum outcome deal_board_page(struct use *use, const struct deal_query *query, json_t **ret_model);
enum outcome deal_page(struct use *use, int64_t deal_id, json_t **ret_model);

/* The form's page: of a new deal (deal_id 0; product may be known), or of one that is there. A new one without a client gives clients to choose from. */
enum outcome deal_form_page(struct use *use, int64_t deal_id, int64_t client_id, int64_t product_id, const char *words, json_t **ret_model);
enum outcome deal_finish_page(struct use *use, int64_t deal_id, const char *stage, json_t **ret_model);

/* owner_id 0: oneself. Only a lead may give a deal to another. Mistakes: client, product, owner. */
enum outcome deal_make(struct use *use, struct deal_fields *fields, const char *stage, int64_t *ret_deal_id);
enum outcome deal_change(struct use *use, int64_t deal_id, struct deal_fields *fields);
enum outcome deal_value_set(struct use *use, int64_t deal_id, int64_t value_minor); /* the amount that was agreed in the end */
/* Between open stages; won and lost are deal_finish's. */
enum outcome deal_stage_move(struct use *use, int64_t deal_id, const char *stage);
/* A finished deal is open again, at a stage: what it taught the advisor is forgotten. */
enum outcome deal_reopen(struct use *use, int64_t deal_id, const char *stage);

/* May one change what belongs to owner_id? */
bool deal_may(const struct use *use, int64_t owner_id);
/* One row of deal_event. */
enum outcome deal_event_add(struct use *use, int64_t deal_id, const char *kind, const char *was, const char *became, int64_t at);

/* Clients to choose from: those that the words find, or the last ones that changed: id, name, company, segment. */
enum outcome deal_clients(struct use *use, const char *words, json_t **ret_clients);

/* "12000" or "12000.50": an amount as a form shows it. */
const char *deal_amount(struct arena *arena, int64_t minor);

#endif
