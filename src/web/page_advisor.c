/* The advisor's page. */
#include "app/advisor_page.h"
#include "web/pages.h"

void advisor_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, advisor_page(&r->use, &model))) reply_page(r, "advisor", model);
}

void advisor_signal_new(struct request *r)
{
	enum outcome outcome = advisor_signal_add(&r->use, request_text(r, "name"), request_text(r, "why"), request_text(r, "absent"), request_text(r, "pull"));
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/advisor#signals");
}

void advisor_signal_end(struct request *r)
{
	if (!reply_outcome(r, advisor_signal_retire(&r->use, request_id(r, "signal"), request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/advisor#signals");
}
