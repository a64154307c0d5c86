/* Bargain page: the models of the pages of a deal's table: the table itself, the form of its limits, the form of a variable (N1, N6–N9). */
#ifndef STURGEON_APP_BARGAIN_PAGE_H
#define STURGEON_APP_BARGAIN_PAGE_H

#include "app/bargain_table.h"

/* puts: what lies in the draft of the next offer, "variable:value", closed by NULL; what the table does not know is left out. refused: that draft was just to be offered and was not; the
 * model then has `refusal`: {shortfall, only_gives, forbidden, changes: [{change, also}], together: [change], together_also}. */
enum outcome bargain_page(struct use *use, int64_t deal_id, const char *const *puts, bool refused, json_t **ret_model);

enum outcome bargain_limits_page(struct use *use, int64_t deal_id, json_t **ret_model);
/* variable_id 0: a new one. typed: the form as it came, with its mistakes, or NULL. */
enum outcome bargain_variable_page(struct use *use, int64_t deal_id, int64_t variable_id, const json_t *typed, json_t **ret_model);

#endif
