/* The table of a negotiation: what lies on it, its limits, offers outside calls. */
#include <string.h>

#include "app/bargain_page.h"
#include "app/deal_bargain.h"
#include "app/deal_offer.h"
#include "web/pages.h"
#include "web/variable_form.h"

/* A list of a form that came, closed by NULL. */
static const char *const *list_typed(struct request *r, const json_t *typed, const char *name)
{
	const json_t *list = json_object_get(typed, name);
	const char **texts = ARENA_ARRAY(r->arena, const char *, json_array_size(list) + 1);
	for (size_t i = 0; i < json_array_size(list); i++) texts[i] = json_string_value(json_array_get(list, i));
	return texts;
}

void bargain_show(struct request *r)
{
	json_t *model;
	const char *const *puts = r->again ? list_typed(r, r->again, "put") : request_list(r, "put");
	if (reply_outcome(r, bargain_page(&r->use, request_id(r, "deal"), puts, r->again != NULL, &model))) reply_page(r, "bargain", model);
}

static void back_to_table(struct request *r, enum outcome outcome, const char *flash, const char *anchor)
{
	if (!reply_outcome(r, outcome)) return;
	if (flash) reply_flash(r, flash);
	reply_redirect(r, "/deals/%lld/bargain%s", (long long)request_id(r, "deal"), anchor);
}

void bargain_offer(struct request *r)
{
	static const char *const flashes[] = {[OFFER_OURS] = "offer_ours", [OFFER_THEIRS] = "offer_theirs", [OFFER_REFUSED] = "offer_refused"};
	const char *side = request_text(r, "side");
	struct offer offer = {
		.side = !strcmp(side, "theirs") ? OFFER_THEIRS : !strcmp(side, "refused") ? OFFER_REFUSED : OFFER_OURS,
		.puts = request_list(r, "put"),
		.also = request_text(r, "also"),
		.nothing = request_flag(r, "nothing"),
		.note = request_text(r, "note"),
	};
	int64_t deal_id = request_id(r, "deal");
	enum outcome outcome = deal_offer(&r->use, deal_id, &offer);
	if (outcome == INVALID && r->wants_json) { /* why, by how much, and how to come back */
		json_t *model;
		if (!reply_outcome(r, bargain_page(&r->use, deal_id, offer.puts, true, &model))) return;
		reply_page(r, "bargain", json_pack("{sO sO? sO?}", "mistakes", r->use.mistakes, "refusal", json_object_get(model, "refusal"), "draft", json_object_get(model, "draft")));
		json_decref(model);
		reply_status(r, 422);
		return;
	}
	back_to_table(r, outcome, flashes[offer.side], "#log");
}

void bargain_add(struct request *r)
{
	back_to_table(r, deal_bargain_add(&r->use, request_id(r, "deal"), request_id(r, "library")), NULL, "#table");
}

void bargain_forbid(struct request *r)
{
	back_to_table(r, deal_bargain_forbid(&r->use, request_id(r, "deal"), request_text(r, "one"), request_text(r, "other"), request_flag(r, "back")), "saved", "#pairs");
}

void bargain_limits_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, bargain_limits_page(&r->use, request_id(r, "deal"), &model))) reply_page(r, "bargain_limits", model);
}

void bargain_limits_save(struct request *r)
{
	struct bargain_limits limits = {request_text(r, "limit"), request_text(r, "target"), request_text(r, "their_limit"), request_text(r, "reason")};
	back_to_table(r, deal_bargain_limits(&r->use, request_id(r, "deal"), &limits), "saved", "");
}

static void variable_show(struct request *r, int64_t variable_id)
{
	json_t *model;
	if (reply_outcome(r, bargain_variable_page(&r->use, request_id(r, "deal"), variable_id, r->again, &model))) reply_page(r, "bargain_variable", model);
}

void bargain_variable_new_show(struct request *r)
{
	variable_show(r, 0);
}

void bargain_variable_show(struct request *r)
{
	variable_show(r, request_id(r, "variable"));
}

static void variable_save(struct request *r, int64_t variable_id)
{
	struct bargain_variable_form form = variable_form_read(r);
	back_to_table(r, deal_bargain_variable(&r->use, request_id(r, "deal"), variable_id, &form), "saved", "#table");
}

void bargain_variable_new(struct request *r)
{
	variable_save(r, 0);
}

void bargain_variable_save(struct request *r)
{
	variable_save(r, request_id(r, "variable"));
}

void bargain_variable_off(struct request *r)
{
	bool back = request_flag(r, "back");
	back_to_table(r, deal_bargain_remove(&r->use, request_id(r, "deal"), request_id(r, "variable"), back), back ? "saved" : "variable_removed", back ? "#table" : "#removed");
}

void bargain_variable_hint(struct request *r)
{
	back_to_table(r, deal_bargain_hint(&r->use, request_id(r, "deal"), request_id(r, "variable"), !request_flag(r, "off")), NULL, "#table");
}
