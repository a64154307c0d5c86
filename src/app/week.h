/* Week: the calendar: the conversations of a week, or of one day, by day and hour. */
#ifndef STURGEON_APP_WEEK_H
#define STURGEON_APP_WEEK_H

#include "app/use.h"

/* "2026-W48" (ISO 8601) ⇄ the day of its Monday; the text lives in the arena. */
bool week_parse(const char *text, int32_t *ret_monday);
const char *week_text(struct use *use, int32_t monday);

/* week: "2026-W48" (ISO 8601); "" is this one, and so is what is none. day (0: none): that day alone, with all of its conversations; a week shows the first few
 * of each hour and counts the rest. whose: "mine" (""), "team". */
enum outcome week_page(struct use *use, const char *week, int32_t day, const char *whose, json_t **ret_model);

#endif
