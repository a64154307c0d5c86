/* Top keep: keeps the main top true to the votes (T1, T4–T8).
 *
 * Votes are the truth; heats, tenures and the votes' weights are derived from them. A vote is answered when it is on disk; the keeper comes within a
 * quarter of a second after it, on the writer's thread, takes in what has arrived, lets floors fall due, and writes the tenures that began or ended.
 * It holds nothing between two runs: the top is restored from its open tenures and heats, so a restart has nothing to rebuild.
 * Cost: a vote a few rows; a run from a moment on (again) the votes since then.
 *
 * Invariant: after a run, tenure, post_heat and vote.{nth, weight, adds} are what a run over all votes that count, from the first, would write:
 * the bits too. top_rebuild does that run, and `sturgeon check` compares. */
#ifndef STURGEON_APP_TOP_KEEP_H
#define STURGEON_APP_TOP_KEEP_H

#include <stdbool.h>

#include "store/db.h"

/* Up to `now`. ret_due: when the next floor falls due (INT64_MAX: none); ret_changed: something on the page of the top did. In a transaction. */
enum err top_keep(struct db *db, int64_t now, int64_t *ret_due, bool *ret_changed, struct error *err) MUST_CHECK;
/* For check.c: up to date first, then everything from the first vote; equal where nothing differed. */
enum err top_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
