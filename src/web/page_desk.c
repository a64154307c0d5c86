/* The desk, the week, and planning a conversation. */
#include "app/call_plan.h"
#include "app/desk.h"
#include "app/week.h"
#include "base/tr.h"
#include "web/pages.h"

void desk_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, desk_page(&r->use, request_text(r, "whose"), request_flag(r, "all"), &model))) reply_page(r, "desk", model);
}

void calendar_show(struct request *r)
{
	json_t *model;
	enum outcome outcome = week_page(&r->use, request_text(r, "week"), (int32_t)request_int(r, "day", 0), request_text(r, "whose"), &model);
	if (reply_outcome(r, outcome)) reply_page(r, "calendar", model);
}

void call_new_show(struct request *r)
{
	json_t *model;
	enum outcome outcome = call_plan_new_page(&r->use, request_id(r, "client"), request_id(r, "deal"), (int32_t)request_int(r, "day", 0), request_text(r, "q"), &model);
	if (reply_outcome(r, outcome)) reply_page(r, json_object_get(model, "clients") ? "call_client" : "call_new", model);
}

/* Minutes of the day from the form's time. False where it is none: the mistake is noted and answered. */
static bool minute_of(struct request *r, int *ret_minute)
{
	if (call_plan_time_parse(request_text(r, "time"), ret_minute)) return true;
	reply_outcome(r, use_mistake(&r->use, "time", N_("A time is wanted here, such as 14:30")));
	return false;
}

void call_new_make(struct request *r)
{
	int64_t call_id, deal_id;
	struct call_plan_form form = {.client_id = request_id(r, "client"), .deal_id = request_int(r, "deal", 0), .product_id = request_id(r, "product"),
				      .day = (int32_t)request_int(r, "day", 0), .purpose = request_text(r, "purpose")};
	form.new_deal = request_has(r, "deal") && !form.deal_id;
	bool now = request_flag(r, "now");
	if (!minute_of(r, &form.minute)) return;
	if (now) call_plan_now(&r->use, &form.day, &form.minute);
	else if (!form.day) use_mistake(&r->use, "day", N_("This is needed"));
	if (!reply_outcome(r, use_valid(&r->use) ? call_plan_make(&r->use, &form, &call_id, &deal_id) : INVALID)) return;
	if (now) {
		reply_redirect(r, "/calls/%lld", (long long)call_id);
		return;
	}
	reply_flash(r, "call_planned");
	reply_redirect(r, "/deals/%lld", (long long)deal_id);
}

void call_plan_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, call_plan_page(&r->use, request_id(r, "call"), &model))) reply_page(r, "call_plan", model);
}

void call_plan_save(struct request *r)
{
	int minute;
	if (!minute_of(r, &minute)) return;
	enum outcome outcome = call_plan_change(&r->use, request_id(r, "call"), (int32_t)request_int(r, "day", 0), minute, request_text(r, "purpose"));
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "call_moved");
	reply_redirect(r, "/desk");
}

void call_plan_drop(struct request *r)
{
	int64_t deal_id;
	if (!reply_outcome(r, call_plan_cancel(&r->use, request_id(r, "call"), &deal_id))) return;
	reply_flash(r, "call_cancelled");
	reply_redirect(r, "/deals/%lld", (long long)deal_id);
}
