/* Score team: how real conversations and practice are scored over time: a lead sees everybody, a manager himself (L1).
 *
 * A mean over fewer than SCORE_FEW conversations is told as such. Reads rows that are kept (app/score_keep.h), a few for each week and member. */
#ifndef STURGEON_APP_SCORE_TEAM_H
#define STURGEON_APP_SCORE_TEAM_H

#include "app/use.h"

enum { SCORE_FEW = 5, SCORE_DAYS = 30, SCORE_WEEKS = 12 };

/* {days, weeks, few_n, team (everybody's table), members [{id, name, n (real conversations in the last days), mean (null: none), few, change (against as many days before; null where either has few),
 *  line (points of a sparkline over the weeks, "" where it has no two), practised (times), best, last (scores; null), last_at}]} and, of one member,
 *  one {…the same, dots [{x, y, mode}], line_wide, calls [{id, client, mode, outcome, ended_at, score, overruled}], scenarios [{key, name, times, best, last, last_at}], practices [{id, name, mode,
 *  ended_at, score, failed}]}.
 * member_id 0: a lead's whole team, a manager's own. ABSENT: there is no such member here. REFUSED: a manager may not look at another. */
enum outcome score_team_page(struct use *use, int64_t member_id, json_t **ret_model);

#endif
