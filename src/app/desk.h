/* Desk: what a manager does next: today's and overdue conversations in the order that pays (core/desk/agenda.h). */
#ifndef STURGEON_APP_DESK_H
#define STURGEON_APP_DESK_H

#include "app/use.h"

/* whose: "mine", "team"; "" is one's own, and for a lead who has none his team's. all: every one that is weighed, not the first few. */
enum outcome desk_page(struct use *use, const char *whose, bool all, json_t **ret_model);

#endif
