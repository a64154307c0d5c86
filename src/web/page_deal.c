/* Deals: the board, the list, a deal and its forms. */
#include <string.h>

#include "app/deal.h"
#include "app/deal_finish.h"
#include "web/pages.h"

static struct deal_query query_of(struct request *r)
{
	return (struct deal_query){
		.whose = request_text(r, "whose"),
		.stage = request_text(r, "stage"),
		.product_id = request_id(r, "product"),
		.words = request_text(r, "q"),
		.sort = request_text(r, "sort"),
		.descending = request_flag(r, "desc"),
		.after = request_text(r, "after"),
	};
}

void deals_show(struct request *r)
{
	json_t *model;
	struct deal_query query = {.whose = request_text(r, "whose"), .stage = "", .product_id = request_id(r, "product"), .words = request_text(r, "q"), .sort = "", .after = ""};
	if (reply_outcome(r, deal_board_page(&r->use, &query, &model))) reply_fragment(r, "deals", "deals_board", model);
}

void deals_list(struct request *r)
{
	json_t *model;
	struct deal_query query = query_of(r);
	if (reply_outcome(r, deal_list_page(&r->use, &query, &model))) reply_fragment(r, "deals_list", "deals_found", model);
}

void deal_new_show(struct request *r)
{
	json_t *model;
	enum outcome outcome = deal_form_page(&r->use, 0, request_id(r, "client"), request_id(r, "product"), request_text(r, "q"), &model);
	if (reply_outcome(r, outcome)) reply_page(r, json_object_get(model, "clients") ? "deal_client" : "deal_form", model);
}

static struct deal_fields fields_of(struct request *r)
{
	return (struct deal_fields){
		.client_id = request_id(r, "client"),
		.owner_id = request_id(r, "owner"),
		.product_id = request_id(r, "product"),
		.title = request_text(r, "title"),
		.value_minor = request_int(r, "value", DEAL_NO_VALUE),
		.wish_sell = (int)request_int(r, "wish_sell", 80),
		.expected_close = (int32_t)request_int(r, "close", DEAL_NO_DAY),
	};
}

void deal_new_make(struct request *r)
{
	int64_t deal_id;
	struct deal_fields fields = fields_of(r);
	const char *stage = request_text(r, "stage");
	if (!reply_outcome(r, deal_make(&r->use, &fields, *stage ? stage : "new", &deal_id))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/deals/%lld", (long long)deal_id);
}

void deal_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, deal_page(&r->use, request_id(r, "deal"), &model))) reply_page(r, "deal", model);
}

void deal_edit_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, deal_form_page(&r->use, request_id(r, "deal"), 0, 0, "", &model))) reply_page(r, "deal_form", model);
}

void deal_edit_save(struct request *r)
{
	struct deal_fields fields = fields_of(r);
	int64_t deal_id = request_id(r, "deal");
	if (!reply_outcome(r, deal_change(&r->use, deal_id, &fields))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/deals/%lld", (long long)deal_id);
}

/* Only a path of this program. */
static const char *back_to(struct request *r, const char *otherwise)
{
	const char *back = request_text(r, "back");
	return back[0] == '/' && back[1] != '/' && back[1] != '\\' ? back : otherwise;
}

void deal_stage_change(struct request *r)
{
	int64_t deal_id = request_id(r, "deal");
	const char *stage = request_text(r, "stage");
	if (!strcmp(stage, "won") || !strcmp(stage, "lost")) { /* it is asked first what came of it */
		reply_redirect(r, "/deals/%lld/finish?stage=%s", (long long)deal_id, stage);
		return;
	}
	if (!reply_outcome(r, request_flag(r, "reopen") ? deal_reopen(&r->use, deal_id, stage) : deal_stage_move(&r->use, deal_id, stage))) return;
	reply_flash(r, "deal_moved");
	reply_redirect(r, "%s", back_to(r, "/deals"));
}

void deal_finish_show(struct request *r)
{
	json_t *model;
	const char *stage = request_text(r, "stage");
	enum outcome outcome = deal_finish_page(&r->use, request_id(r, "deal"), *stage ? stage : "won", &model);
	if (!reply_outcome(r, outcome)) return;
	json_object_set_new(model, "back", json_string(request_text(r, "back")));
	reply_fragment(r, "deal_finish", "deal_finish_form", model);
}

void deal_finish_do(struct request *r)
{
	int64_t deal_id = request_id(r, "deal");
	bool won = !strcmp(request_text(r, "stage"), "won");
	enum outcome outcome = won && request_has(r, "value") ? deal_value_set(&r->use, deal_id, request_int(r, "value", 0)) : DONE;
	if (!outcome) outcome = deal_finish(&r->use, deal_id, won, request_text(r, "reason"), r->use.now);
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, won ? "deal_won" : "deal_lost");
	reply_redirect(r, "%s", back_to(r, arena_printf(r->arena, "/deals/%lld", (long long)deal_id)));
}
