/* Answer page: "do we sell or do we negotiate, and why?", from the team's own conversations (L2).
 *
 * Every share has Wilson's interval at 95 % (base/share.h), every difference Newcombe's (core/answer/compare.h), the middle of amounts one of ranks; where the counts are too few
 * nothing is claimed. It is association: what goes together, not what brings about what. */
#ifndef STURGEON_APP_ANSWER_PAGE_H
#define STURGEON_APP_ANSWER_PAGE_H

#include "app/answer_ask.h"

enum { ANSWER_ENOUGH = 20, ANSWER_ENOUGH_PACKAGES = 10, ANSWER_ENOUGH_SIDE = 10, ANSWER_ROWS = 50, ANSWER_DECIDE = 8 };

/* A figure is {yes, n, share, low, high, enough, calls (the address of the list of yes), all_calls (of n)}; a saying is {enough, parts (answer_say.h)}.
 *   ask       {span, from, to, segment, product, member, query}; products, members [{id, name}] that there are; n; n_calls
 *   lead      {mode "sale" | "negotiation" | "both" | "", enough, parts, why (parts) or null, sale: figure}
 *   timeline  {unit, line, band, spots [{from, x, y, sale: figure}]} or null
 *   groups    [{key, saying, rows [{name, id, sale: figure}]}]: segment, number, product, manager
 *   lost      [{mode, saying, n, steps [{key, words, reached, reached_calls, lost: figure, won, next}]}]
 *   advice    {saying, otherwise (saying), followed: figure, cells [{advised, led, on: figure, n}]}
 *   price     {saying, gave (saying), first: figure}
 *   packages  {saying, middle (saying), edge: figure, left {middle, low, high} minor units}
 *   decide    {saying, m, n, rows [{kind, name, cut, with: figure, without: figure, difference, low, high, chance}]}
 *   readers   {id, title, at, poll (poll.h)} or null; may_publish */
enum outcome answer_page(struct use *use, const struct answer_given *given, json_t **ret_model);

/* The conversations behind a number: {ask, about [words], n, rows [answer_store.h's line], page, before, after, back}. */
enum outcome answer_calls_page(struct use *use, const struct answer_given *given, int page, json_t **ret_model);

#endif
