/* Check: is the data whole, and is what is derived equal to what its events give? What was not equal is rebuilt. */
#ifndef STURGEON_APP_CHECK_H
#define STURGEON_APP_CHECK_H

#include <stdbool.h>

#include "app/use.h"
#include "store/store.h"

/* Tells `say` of each thing checked: the engine's own integrity first, then each derived table. detail is "" or a few words. */
enum err check_run(struct store *store, void (*say)(void *arg, const char *what, bool equal, const char *detail), void *arg, struct error *err) MUST_CHECK;

/* Runs one team's part for every team, each in an arena of its own; sums what was not equal. */
enum err check_each_team(struct db *db, enum outcome (*one)(struct use *use, int64_t *ret_wrong), int64_t *ret_wrong, struct error *err) MUST_CHECK;

#endif
