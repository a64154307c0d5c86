/* Call plan: a conversation is put into the calendar, moved, taken out. Leading it is call_run's. */
#ifndef STURGEON_APP_CALL_PLAN_H
#define STURGEON_APP_CALL_PLAN_H

#include "app/use.h"

#define CALL_PLAN_ANY_HOUR (-1) /* minutes of the day: promised for the day, for no hour. Kept as the day's first moment */

/* What the form has. */
struct call_plan_form {
	int64_t client_id, deal_id;     /* deal_id 0: the client's only open deal, or a new one */
	int64_t product_id;             /* of a new deal; 0: none */
	bool new_deal;                  /* a new one although there are open ones */
	int32_t day;
	int minute;                     /* of the day, or CALL_PLAN_ANY_HOUR */
	const char *purpose;
};

/* The form's page. With no client known: clients to choose from, those that `words` finds or the last ones; with one: its open deals. */
enum outcome call_plan_new_page(struct use *use, int64_t client_id, int64_t deal_id, int32_t day, const char *words, json_t **ret_model);
/* Today, at this minute: somebody is called now. */
void call_plan_now(const struct use *use, int32_t *ret_day, int *ret_minute);

/* Makes the deal where there is none. The conversation is the deal's owner's. Mistakes: client, deal, product, day, time. */
enum outcome call_plan_make(struct use *use, const struct call_plan_form *form, int64_t *ret_call_id, int64_t *ret_deal_id);

enum outcome call_plan_page(struct use *use, int64_t call_id, json_t **ret_model);
enum outcome call_plan_change(struct use *use, int64_t call_id, int32_t day, int minute, const char *purpose);
enum outcome call_plan_cancel(struct use *use, int64_t call_id, int64_t *ret_deal_id);

/* "14:30" → minutes of the day; "" → CALL_PLAN_ANY_HOUR; false where it is neither. */
bool call_plan_time_parse(const char *text, int *ret_minute);

#endif
