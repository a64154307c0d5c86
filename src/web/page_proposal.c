/* The proposal of a deal: a page to be sent or printed, in the client's language (N4). */
#include "app/proposal.h"
#include "web/pages.h"

void proposal_show(struct request *r)
{
	json_t *model;
	if (request_has(r, "language")) r->use.who.language = request_text(r, "language"); /* his, not the reader's */
	if (!reply_outcome(r, proposal_page(&r->use, request_id(r, "deal"), &model))) return;
	json_object_set_new(model, "language", json_string(r->use.who.language));
	reply_page(r, "proposal", model);
}

void proposal_save(struct request *r)
{
	const char *language = request_has(r, "language") ? request_text(r, "language") : r->use.who.language;
	enum outcome outcome = proposal_write(&r->use, request_id(r, "deal"), request_text(r, "opening"), request_text(r, "next_step"), (int32_t)request_int(r, "valid_until", 0));
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/deals/%lld/proposal?language=%s", (long long)request_id(r, "deal"), language);
}
