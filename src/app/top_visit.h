/* Top visit: when a member looked at the top, for what is new since his last visit. */
#ifndef STURGEON_APP_TOP_VISIT_H
#define STURGEON_APP_TOP_VISIT_H

#include "app/use.h"
#include "store/store.h"

#define TOP_VISIT_APART (INT64_C(30) * 60 * 1000000)    /* a look so long after the last one is another visit */

/* The last look of the visit before the present one; 0: there was none, or he is a stranger. */
enum outcome top_visit_before(struct use *use, int64_t *ret_at);
/* He looks now: noted by a write of its own, which nobody waits for; once a minute is enough. */
enum outcome top_visit_note(struct use *use, struct store *store);

#endif
