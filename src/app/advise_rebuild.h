/* Advise rebuild: what the advisor derived, computed anew from what it was derived from (`sturgeon check`): equal, or put right. */
#ifndef STURGEON_APP_ADVISE_REBUILD_H
#define STURGEON_APP_ADVISE_REBUILD_H

#include "store/db.h"

/* What every ended conversation has shown, from its events, in order. */
enum err advise_rebuild_shown(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

/* Every team's belief, from the recorded predictions and outcomes; equal to the bit. */
enum err advise_rebuild_belief(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
