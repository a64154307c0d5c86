/* Bargain log: who offered what when, and the dance of offers: what each side's position was worth to us, step by step (N6). */
#ifndef STURGEON_APP_BARGAIN_LOG_H
#define STURGEON_APP_BARGAIN_LOG_H

#include "app/bargain_table.h"

/* Adds to the model: log, the last first: [{who: "ours", "theirs", "refused", "declined"; at, member, call_id or null, said: [{variable, option, amount}], amount (ours: what the whole
 * offer brought us), nothing (a concession for nothing, on purpose), reason, early (beyond the first few: shown when asked for)}], log_early (there are such); dance, or null before two offers: {ours, theirs: path 1000 by 1000, dots: [{side, x, y, minor, at}],
 * wall: {y, minor} or null, marks: [{y, minor}]}, x and y in per cent. Amounts are those noted when they were said: later changes of the table do not change what was. */
void bargain_log_put(struct use *use, const struct bargain_table *table, json_t *model);

#endif
