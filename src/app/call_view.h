/* Call view: a running call as the screen shows it, as part of a model. The browser makes the same from the same events by the same core
 * (assets/call/view.js); this is the first paint, and all there is without a script. */
#ifndef STURGEON_APP_CALL_VIEW_H
#define STURGEON_APP_CALL_VIEW_H

#include "app/call_book.h"
#include "app/call_trade.h"

/* The methods that are true only where the team's records make them so: an array of {objection_id, method, share}, with "similar_case" {won, finished,
 * last_won_at} or "everyone" {won, days}. The sentences are the template's. NULL where the data failed (use->error). */
json_t *call_view_cases(struct use *use, const struct call_row *call, const struct call_book *book);

/* {n, worked, share, low, high, few}: how often something worked; few where that says nothing yet. */
json_t *call_view_share(int64_t worked, int64_t used);

/* The whole of it. A new reference.
 *   step, step_words (the key of what it is called in this mode), mode, advised, sure, wish_buy, wish_sell, threshold (whole points), because [{text, points}], proposed, other_do, began_at, ended_at, lasted_s,
 *   spent_s, budget_s, over, contract {at, minor}, payment, next_at, suggest_at, amount_minor, answering, note_do
 *   steps, motives, signals    [{key, …, on, do}]; a step has words, as above
 *   ask, after                 what to say now and then: {kind, act, value, words (the key of what a step is called), item, motives, do, skip, close, long}
 *   prepare                    before it begins: what to look at first
 *   said                       what was done, oldest first: {what: said|note|objection|promised|interest|asked|refused|declined|offered, id, at_s, text, answer, ended: answered|left,
 *                              minor (of what was asked for or offered: what it brings us), nothing (offered for nothing)}
 *   objection                  the one in hand: {id, text, variety, mirror, lines [{part, text, said, do}], share, by (call_view_by), closed, left}
 *   objections                 those that this mode hears: {id, text, argument, do}; arguments belong to negotiations alone
 * In a negotiation, too:
 *   negotiates                 true
 *   ideas                      of what to give, not used yet: {text, by (call_view_by), do}; at most two
 *   interests                  behind the position that the talk is about, and all found: call_position_interests
 *   position                   the card of the one in hand, or of `look` where none is: call_position; null
 *   trade                      call_trade_json
 * Always: cut                  the personal cut found: {text, say}; null
 * `do`, `skip`, `closed`, `left` are what the form sends: "said 123 0"; `close` is the outcome at which the form that ends the call stands. */
json_t *call_view(struct use *use, const struct call_row *call, const struct call_live *live, const struct call_book *book, const struct call_event_row *rows,
		  int n_rows, const struct call_trade *trade, int64_t look);

/* Whose card an item is and why it stands here: {id, author, why: worked|top|new, used, worked, top}; null where it is no card. item may be NULL. */
json_t *call_view_by(json_t *item);
json_t *call_view_motives(uint32_t mask); /* array of words */
const char *call_view_step(enum call_mode mode, enum talk_step step); /* the key of what a step is called in that mode */

#endif
