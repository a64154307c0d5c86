/* The main top. */
#include "app/top_live.h"
#include "web/pages.h"

void top_live_show(struct request *r)
{
	struct buf state;
	if (r->wants_stream) {
		reply_stream(r);
		return;
	}
	buf_init(&state, 256 * 1024);
	if (reply_outcome(r, use_done(top_live_state(r->use.db, &state, &r->use.error))))
		reply_bytes(r, "application/json", NULL, arena_strndup(r->arena, state.bytes, state.used), state.used);
	buf_done(&state);
}
