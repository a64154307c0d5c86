/* The library of trade variables. */
#include "app/trade_library.h"
#include "web/pages.h"
#include "web/variable_form.h"

void library_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, trade_library_page(&r->use, request_flag(r, "retired"), &model))) reply_page(r, "library", model);
}

static void form_show(struct request *r, int64_t variable_id)
{
	json_t *model;
	if (reply_outcome(r, trade_library_form(&r->use, variable_id, r->again, &model))) reply_page(r, "library_variable", model);
}

void library_new_show(struct request *r)
{
	form_show(r, 0);
}

void library_variable_show(struct request *r)
{
	form_show(r, request_id(r, "library"));
}

static void save(struct request *r, int64_t variable_id)
{
	struct bargain_variable_form form = variable_form_read(r);
	if (!reply_outcome(r, trade_library_save(&r->use, variable_id, request_id(r, "playbook"), &form))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/library");
}

void library_new_make(struct request *r)
{
	save(r, 0);
}

void library_variable_save(struct request *r)
{
	save(r, request_id(r, "library"));
}

void library_variable_leave(struct request *r)
{
	if (!reply_outcome(r, trade_library_leave(&r->use, request_id(r, "library"), request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/library");
}
