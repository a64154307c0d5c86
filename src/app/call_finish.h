/* Call finish: what a conversation leaves when it has ended.
 *
 * The columns of `call` that repeat its events; what was used and whether it worked; in which deals an objection came up; what the client has
 * heard; the deal's stage; the next conversation; and a finished deal teaches the advisor. All but the last three are
 * derived: call_finish_check computes them again from the events and says whether they were equal. */
#ifndef STURGEON_APP_CALL_FINISH_H
#define STURGEON_APP_CALL_FINISH_H

#include "app/use.h"
#include "core/playbook/sale.h"
#include "store/call_store.h"

/* The columns of `call` that repeat its events: after the beginning, a change of mode, a promise, an undo. */
enum outcome call_progress(struct use *use, int64_t call_id, const struct sale_state *state);

/* After EVENT_ENDED was taken; once a call. */
enum outcome call_finish(struct use *use, int64_t call_id, const struct call_row *call, const struct sale *sale);

/* For `sturgeon check`. */
enum err call_finish_check(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
