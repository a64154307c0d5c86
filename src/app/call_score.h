/* Call score: how a conversation was led, by the rubric of practice (core/trainer/score.h), as part of a model. */
#ifndef STURGEON_APP_CALL_SCORE_H
#define STURGEON_APP_CALL_SCORE_H

#include "app/call_book.h"
#include "app/call_trade.h"
#include "core/trainer/score.h"

/* The table as it stood before the call, for the rubric; false where nothing is on it or no limit was set. Lives in the arena of use. */
bool call_score_board(struct use *use, const struct call_trade *trade, struct board *ret_board);

/* {tenths, failed, marks [{criterion, mark, seq (0: the talk as a whole), better: null or {kind, item, text, step, motives}}],
 *  left_minor (what a package of the same worth to them would have brought us more; null where nothing was agreed), best [{variable, option}]}.
 * `trade` may be NULL. A new reference. */
json_t *call_score(struct use *use, const struct call_book *book, const struct call_trade *trade, const struct talk *talk);

#endif
