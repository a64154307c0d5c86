/* Desk: what a manager does next (today's and overdue conversations in the order that pays, core/desk/agenda.h), and his week. */
#ifndef STURGEON_APP_DESK_H
#define STURGEON_APP_DESK_H

#include "app/use.h"

/* whose: "mine", "team"; "" is one's own, and for a lead who has none his team's. all: every overdue one that is looked at, not the first few. */
enum outcome desk_page(struct use *use, const char *whose, bool all, json_t **ret_model);

/* week: "2026-W48" (ISO 8601); "" is this one, and so is what is none. */
enum outcome desk_week_page(struct use *use, const char *week, const char *whose, json_t **ret_model);

#endif
