/* Call finish: what a conversation leaves when it has ended.
 *
 * The columns of `call` that repeat its events; what was used and whether it worked; in which deals an objection came up; what the client has
 * heard; the deal's stage; the next conversation; and a finished deal teaches the advisor. All but the last three are
 * derived: call_rebuild.h computes them again from the events. */
#ifndef STURGEON_APP_CALL_FINISH_H
#define STURGEON_APP_CALL_FINISH_H

#include "app/use.h"
#include "core/playbook/talk.h"
#include "store/call_store.h"

/* The columns of `call` that repeat its events: after the beginning, a change of mode, a promise, an undo. */
enum outcome call_progress(struct use *use, int64_t call_id, const struct talk_state *state);

/* After EVENT_ENDED was taken; once a call. */
enum outcome call_finish(struct use *use, int64_t call_id, const struct call_row *call, const struct talk *talk);

/* The derived tables' part of one call that has ended; call_rebuild.h. */
enum err call_finish_derive(struct use *use, int64_t call_id, const struct call_row *call, const struct talk *talk) MUST_CHECK;

#endif
