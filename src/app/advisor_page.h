/* Advisor page: what the advisor has learnt, how well it had predicted, and the team's own signals (C8).
 *
 * Everybody in the team sees it; its signals are the lead's to add and retire. */
#ifndef STURGEON_APP_ADVISOR_PAGE_H
#define STURGEON_APP_ADVISOR_PAGE_H

#include "app/use.h"

#define ADVISOR_OFFERED_MAX 30 /* ticks in a call: more than that nobody finds while talking */

/* The model:
 *   learnt                how many finished deals
 *   calibration           null before the first; n, happened (share), log_loss, base_log_loss (of one who always says that share), brier, auc (null where
 *                         only one kind of outcome was seen), bins: {from, to, n, predicted, happened, low, high} of those that are not empty
 *   starts                what it says when nothing else is known: {segment, second, mode, sure, wish_buy, wish_sell, threshold …}
 *   start                 the wish with which a talk with a private client begins: {wish, low, high, prior}
 *   signals               what each piece of evidence is worth, strongest first: {id (null: built in without words), key, name, own, ticked, retired, points,
 *                         low, high, prior, seen}: points that it adds to a wish of 50, with the 95 % interval; prior: before anything was learnt;
 *                         seen: finished deals that had it
 *   may_change            whether this reader may add and retire */
enum outcome advisor_page(struct use *use, json_t **ret_model);

/* pull: "strongly_for", "for", "slightly_for", "slightly_against", "against", "strongly_against": what the lead expects of it. why: how it is said as a reason;
 * "" says the name. A key on the keyboard is given where one is free. */
enum outcome advisor_signal_add(struct use *use, const char *name, const char *why, const char *absent, const char *pull);

/* No longer offered in calls, or offered again; what was learnt of it stays. */
enum outcome advisor_signal_retire(struct use *use, int64_t signal_id, bool back);

#endif
