/* Trade library: the team's library of trade variables: what the company can give and ask (N1). Everyone reads it, a lead writes it. An amount is money, a share of the deal, or both: "2 тис. + 3 %". */
#ifndef STURGEON_APP_TRADE_LIBRARY_H
#define STURGEON_APP_TRADE_LIBRARY_H

#include "app/deal_bargain.h"
#include "store/trade_store.h"

enum outcome trade_library_page(struct use *use, bool retired, json_t **ret_model);
/* variable_id 0: a new one. typed: the form as it came, or NULL. Lead. */
enum outcome trade_library_form(struct use *use, int64_t variable_id, const json_t *typed, json_t **ret_model);
/* As deal_bargain_variable; playbook_id 0: of every playbook. Mistakes: name, step, options, playbook. */
enum outcome trade_library_save(struct use *use, int64_t variable_id, int64_t playbook_id, const struct bargain_variable_form *form);
enum outcome trade_library_leave(struct use *use, int64_t variable_id, bool back);

#endif
