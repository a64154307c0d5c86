/* Call rebuild: what is derived from the events of calls, computed again from them alone (for `sturgeon check`). */
#ifndef STURGEON_APP_CALL_REBUILD_H
#define STURGEON_APP_CALL_REBUILD_H

#include <stdbool.h>

#include "base/err.h"
#include "store/db.h"

/* The columns of `call` that repeat its events, which events were taken back, what was said how often and how well it worked, what each client has heard,
 * in which deals an objection came up, and the facts of the company's answer. Equal, or put right. */
enum err call_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
