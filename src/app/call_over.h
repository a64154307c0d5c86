/* Call over: what a conversation was, told as a time line: every step with what was said and ticked in it, and the wish to buy as it moved. */
#ifndef STURGEON_APP_CALL_OVER_H
#define STURGEON_APP_CALL_OVER_H

#include "app/call_book.h"
#include "app/call_trade.h"

/* {steps: [{key, at_s, spent_s, over, lines: [{worked (it may be said of it that it did), by (call_view_by), seq, at_s, what, text, answer, word, on, undone}]}], curve: {points, threshold, width, marks},
 *  trade: {offered, asked, nothing (concessions for nothing), package [{variable, option}], better}, null where nothing was traded; interests: [{text, cut}],
 *  wish_first, wish_last, spent: [{key, s, budget_s}], said, asked, objections, answered}. */
json_t *call_over(struct use *use, const struct call_row *call, const struct call_book *book, const struct call_trade *trade, const struct call_event_row *rows, int n_rows, const struct call_live *live);

#endif
