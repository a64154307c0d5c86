/* Practice page: what the pages of practice show. */
#ifndef STURGEON_APP_PRACTICE_PAGE_H
#define STURGEON_APP_PRACTICE_PAGE_H

#include "app/practice_book.h"

/* {scenarios [{key, name, about, person, learns, tries, best_tenths (null: none ended), last [{id, created_at, ended_at, tenths, mode, won, failed}]}], running (the one that was begun last and has
 *  not ended: {id, name, person, created_at}; null), practised}. */
enum outcome practice_list_page(struct use *use, json_t **ret_model);

/* The call screen's model (call_page.h) with practice: {id, mine, name, about, person, seed, scenario, mode}, talk (what was said, but his last words), says [his last words, a line each].
 * In `view` nothing is offered that the client does himself. look: as there. */
json_t *practice_talk_model(struct use *use, const struct practice_run *run, const struct practice_side *side, int64_t look);

/* Of one that has ended: {practice {…, tenths, won, failed, ended_at, lasted_s, end, left_minor}, talk (every line and mark), curve {real, advisor (points of an SVG line), first, last, advisor_last,
 *  threshold_y}, hidden {character, motives [{key, told, found}], interests [{position, interest, cut, named, found}], budget_minor, price_minor, strategy, limit_minor, worth_minor}, view {mode}}. */
json_t *practice_over_model(struct use *use, const struct practice_run *run, const struct practice_side *side);

#endif
