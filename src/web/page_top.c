/* The main top: the page, what listening pages are told, why a post stands where it does. */
#include "app/heat_page.h"
#include "app/top_live.h"
#include "app/top_page.h"
#include "app/top_visit.h"
#include "web/pages.h"
#include "web/server.h"

void top_show(struct request *r)
{
	json_t *model;
	int64_t as_of = request_int(r, "as_of", 0);
	if (!reply_outcome(r, top_page(&r->use, as_of, !strcmp(request_text(r, "since"), "visit"), request_flag(r, "all"), &model))) return;
	if (!as_of && !r->wants_json && !reply_outcome(r, top_visit_note(&r->use, server_store(r->server)))) {
		json_decref(model);
		return;
	}
	reply_fragment(r, "top", "top_list", model);
}

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

void post_heat_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, heat_page(&r->use, request_id(r, "post"), request_int(r, "as_of", 0), request_flag(r, "few"), &model))) reply_fragment(r, "heat", "heat_sum", model);
}
