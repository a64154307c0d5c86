/* Call page: one conversation, for the screen that leads it and for the page that remembers it. */
#ifndef STURGEON_APP_CALL_PAGE_H
#define STURGEON_APP_CALL_PAGE_H

#include "app/use.h"

/* While it is planned or runs: {call, view, strip, cases, may, engine}. engine: what the browser needs to go on without the server (its items column by column).
 * When it has ended: {call, view, told: {curve, lines, totals …}, score (app/score_page.h; null where it did not take place)}. may: may one lead it? look: the position whose card is
 * looked at, 0 none. ABSENT. */
enum outcome call_page(struct use *use, int64_t call_id, int64_t look, json_t **ret_model);

#endif
