/* Bargain advice: what the engine says of a deal's table: the ladder with what to ask in return, several equal offers, answers to what they ask, the pie, what to find out (N1, N6–N8). */
#ifndef STURGEON_APP_BARGAIN_ADVICE_H
#define STURGEON_APP_BARGAIN_ADVICE_H

#include "app/bargain_words.h"
#include "core/bargain/frontier.h"
#include "store/trade_store.h"

/* What a price carries besides: where the table has a library's price that starts from 0, the deal's value itself, so that limits are amounts of the deal. */
void bargain_advice_price(struct bargain_option_row *options, int n, int64_t deal_value_minor);

enum { ADVICE_STEPS = 8, ADVICE_OFFERS = 3, ADVICE_QUESTIONS = 3 };

/* Adds to the model: ladder [{give: change, returns: [package]}] (prices last; of them the cheapest only), offers [package], answers (to what waits) [{give: change, returns: [package]}],
 * questions [{variable, settles, doubt}], valued [{variable, option, low, high}]: what they probably value most. */
void bargain_advice_put(struct use *use, const struct bargain_table *table, const struct frontier *frontier, json_t *model);

/* What an option of the library is worth in a deal of that value (below 0: not known, then shares are worth nothing). Shares are rounded halves to the even. */
struct bargain_option_row bargain_advice_priced(const struct trade_option_row *option, int64_t deal_value_minor);

/* The library beside the table, in families: [{family, variables: [{id, name, hint, price, options: [{name, ours, theirs}], adds (to both: {option, ours, theirs}), on_table}]}]; and in the
 * model `pie`: those that add to both, the most first [{id, name, family, option, ours, theirs}]. */
enum outcome bargain_advice_library(struct use *use, const struct bargain_table *table, json_t *model);

#endif
