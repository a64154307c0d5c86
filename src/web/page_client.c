/* Clients: the list that is searched as one types, one client, the form, the team's own fields. */
#include <string.h>

#include "app/client.h"
#include "app/crib.h"
#include "web/pages.h"

void client_list_show(struct request *r)
{
	struct client_query query = {request_text(r, "q"), request_text(r, "whose"), request_text(r, "segment"), request_text(r, "tag"), request_flag(r, "archived"),
				     request_text(r, "after")};
	json_t *model;
	if (reply_outcome(r, client_list_page(&r->use, &query, &model))) reply_fragment(r, "clients", "client_found", model);
}

void client_companies_show(struct request *r)
{
	json_t *model;
	enum outcome outcome = client_companies(&r->use, request_text(r, "company"), &model);
	if (!r->htmx) r->wants_json = true; /* alone there is nothing to look at */
	if (reply_outcome(r, outcome)) reply_page(r, "client_companies", model);
	else json_decref(model);
}

void client_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, client_page(&r->use, request_id(r, "client"), &model))) reply_page(r, "client", model);
}

void client_new_show(struct request *r)
{
	json_t *model;
	const char *kind = request_has(r, "kind") ? request_text(r, "kind") : "person";
	if (reply_outcome(r, client_form_page(&r->use, 0, request_id(r, "company"), kind, r->again, &model))) reply_page(r, "client_form", model);
}

void client_edit_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, client_form_page(&r->use, request_id(r, "client"), 0, "", r->again, &model))) reply_page(r, "client_form", model);
}

static struct client_form form_typed(const struct request *r)
{
	return (struct client_form){
		.kind = request_text(r, "kind"), .segment = request_has(r, "segment") ? request_text(r, "segment") : "b2c", .name = request_text(r, "name"),
		.position = request_text(r, "position"), .source = request_text(r, "source"), .company = request_text(r, "company"), .owner_id = request_id(r, "owner"),
		.phones = request_list(r, "phone"), .emails = request_list(r, "email"), .tags = request_text(r, "tags"), .field_ids = request_list(r, "field"),
		.field_values = request_list(r, "value"), .anyway = false,
	};
}

void client_new(struct request *r)
{
	struct client_form form = form_typed(r);
	int64_t client_id;
	form.anyway = request_flag(r, "anyway");
	if (!reply_outcome(r, client_make(&r->use, &form, &client_id))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/clients/%lld", (long long)client_id);
}

void client_edit(struct request *r)
{
	struct client_form form = form_typed(r);
	if (!reply_outcome(r, client_change(&r->use, request_id(r, "client"), &form))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/clients/%lld", (long long)request_id(r, "client"));
}

void client_note_new(struct request *r)
{
	if (!reply_outcome(r, client_note(&r->use, request_id(r, "client"), request_text(r, "text")))) return;
	reply_flash(r, "noted");
	reply_redirect(r, "/clients/%lld", (long long)request_id(r, "client"));
}

void client_crib_new(struct request *r)
{
	if (!reply_outcome(r, crib_write(&r->use, request_id(r, "client"), request_text(r, "variety"), request_text(r, "text")))) return;
	reply_flash(r, "noted");
	reply_redirect(r, "/clients/%lld#crib", (long long)request_id(r, "client"));
}

void client_crib_strike(struct request *r)
{
	bool back = request_flag(r, "back");
	if (!reply_outcome(r, crib_strike(&r->use, request_id(r, "client"), request_id(r, "crib"), back))) return;
	reply_flash(r, back ? "saved" : "struck");
	reply_redirect(r, "/clients/%lld#crib", (long long)request_id(r, "client"));
}

void client_away(struct request *r)
{
	bool back = request_flag(r, "back");
	if (!reply_outcome(r, client_archive_or_return(&r->use, request_id(r, "client"), !back))) return;
	reply_flash(r, back ? "returned" : "archived");
	reply_redirect(r, "/clients/%lld", (long long)request_id(r, "client"));
}

/* ---- Own fields ---- */

void field_list_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, field_page(&r->use, &model))) reply_page(r, "client_fields", model);
}

void field_new(struct request *r)
{
	int64_t field_id;
	if (!reply_outcome(r, field_make(&r->use, request_text(r, "name"), &field_id))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/clients/fields");
}

void field_name(struct request *r)
{
	if (!reply_outcome(r, field_change(&r->use, request_id(r, "field"), request_text(r, "name")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/clients/fields");
}

void field_leave(struct request *r)
{
	if (!reply_outcome(r, field_retire_or_return(&r->use, request_id(r, "field"), !request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/clients/fields");
}
