#include "app/call_plan.h"

#include <stdio.h>
#include <string.h>

#include "app/deal.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/call_store.h"
#include "store/plan_store.h"
#include "store/product_store.h"

bool call_plan_time_parse(const char *text, int *ret_minute)
{
	int hour, minute, used = 0;
	*ret_minute = CALL_PLAN_ANY_HOUR;
	if (!*text) return true;
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 || text[used] || hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
	*ret_minute = hour * 60 + minute;
	return true;
}

void call_plan_now(const struct use *use, int32_t *ret_day, int *ret_minute)
{
	struct moment_parts now = moment_local(use->now);
	*ret_day = day_of(use->now);
	*ret_minute = now.hour * 60 + now.minute;
}

static int64_t moment_planned(int32_t day, int minute)
{
	int year, month, date;
	if (minute == CALL_PLAN_ANY_HOUR) return day_start(day);
	day_to_date(day, &year, &month, &date);
	return moment_from_local(year, month, date, minute / 60, minute % 60);
}

static enum outcome time_check(struct use *use, int32_t day, int minute)
{
	int32_t today = day_of(use->now);
	if (day < today) return use_mistake(use, "day", N_("This day is over"));
	if (day > today + 36600) return use_mistake(use, "day", N_("This is too far away"));
	if (minute != CALL_PLAN_ANY_HOUR && moment_planned(day, minute) < use->now - MOMENT_MINUTE) return use_mistake(use, "time", N_("This hour is over"));
	return DONE;
}

static const char *iso(struct use *use, int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return arena_strdup(use->arena, text);
}

/* Which deal the conversation is about: the one named, the only open one, or a new one. */
static enum outcome deal_choose(struct use *use, const struct call_plan_form *form, struct deal_row *ret_deal)
{
	int64_t deal_id = form->deal_id;
	json_t *open;
	if (!deal_id && !form->new_deal) {
		if (deal_open_of_client(use->db, use->who.team_id, form->client_id, &open, &use->error)) return FAILED;
		size_t n = json_array_size(open);
		if (n == 1) deal_id = json_integer_value(json_object_get(json_array_get(open, 0), "id"));
		json_decref(open);
		if (n > 1) return use_mistake(use, "deal", N_("Choose which of the deals it is about"));
	}
	if (!deal_id) {
		struct deal_fields fields = {form->client_id, use->who.member_id, form->product_id, "", DEAL_NO_VALUE, 80, DEAL_NO_DAY};
		enum outcome outcome = deal_make(use, &fields, "new", &deal_id);
		if (outcome) return outcome;
	}
	if (deal_find(use->db, use->arena, use->who.team_id, deal_id, ret_deal, &use->error)) return FAILED;
	if (!ret_deal->there || ret_deal->fields.client_id != form->client_id) return use_mistake(use, "deal", N_("There is no such deal with this client"));
	if (!deal_may(use, ret_deal->fields.owner_id)) return REFUSED;
	return ret_deal->closed_at ? use_mistake(use, "deal", N_("This deal is finished already")) : DONE;
}

enum outcome call_plan_make(struct use *use, const struct call_plan_form *form, int64_t *ret_call_id, int64_t *ret_deal_id)
{
	const char *client;
	struct deal_row deal;
	if (client_name_find(use->db, use->arena, use->who.team_id, form->client_id, &client, &use->error)) return FAILED;
	if (!*client) return use_mistake(use, "client", N_("Choose the client"));
	enum outcome outcome = time_check(use, form->day, form->minute);
	if (!outcome) outcome = deal_choose(use, form, &deal);
	if (outcome) return outcome;
	struct call_plan plan = {*ret_call_id = id_new(use->now), form->client_id, *ret_deal_id = deal.deal_id, deal.fields.owner_id,
				 moment_planned(form->day, form->minute), form->purpose};
	if (call_insert(use->db, use->who.team_id, &plan, &use->error)) return FAILED;
	return deal_event_add(use, deal.deal_id, "call_planned", "", iso(use, plan.planned_at), use->now);
}

enum outcome call_plan_new_page(struct use *use, int64_t client_id, int64_t deal_id, int32_t day, const char *words, json_t **ret_model)
{
	char today[16], on[16];
	const char *client = "";
	json_t *list, *products;
	day_iso(day_of(use->now), today);
	day_iso(day ? day : day_of(use->now), on);
	if (deal_id && !client_id) {
		struct deal_row deal;
		if (deal_find(use->db, use->arena, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
		if (!deal.there) return ABSENT;
		client_id = deal.fields.client_id;
	}
	if (client_id && client_name_find(use->db, use->arena, use->who.team_id, client_id, &client, &use->error)) return FAILED;
	if (!*client) {
		if (deal_clients(use, words, &list)) return FAILED;
		*ret_model = json_pack("{so ss ss}", "clients", list, "q", words, "today", today);
		json_object_set_new(*ret_model, "form", json_pack("{ss}", "day", on));
		return DONE;
	}
	if (deal_open_of_client(use->db, use->who.team_id, client_id, &list, &use->error)) return FAILED;
	if (product_choices(use->db, use->who.team_id, &products, &use->error)) {
		json_decref(list);
		return FAILED;
	}
	if (!deal_id && json_array_size(list) > 0) deal_id = json_integer_value(json_object_get(json_array_get(list, 0), "id"));
	json_array_append_new(list, json_pack("{si}", "id", 0)); /* a new one */
	*ret_model = json_pack("{s{sI ss} s{so so} ss s{ss ss ss sI}}", "client", "id", (json_int_t)client_id, "name", client, "choices", "deal", list, "product", products,
			       "today", today, "form", "day", on, "time", "", "purpose", "", "deal", (json_int_t)deal_id);
	return DONE;
}

/* A conversation that is planned, not begun, and may be changed by who asks. */
static enum outcome changeable(struct use *use, int64_t call_id, struct call_row *ret_call)
{
	if (call_find(use->db, use->who.team_id, call_id, ret_call, &use->error)) return FAILED;
	if (!ret_call->there) return ABSENT;
	if (!deal_may(use, ret_call->owner_id)) return REFUSED;
	return ret_call->began_at || ret_call->ended_at ? use_mistake(use, "call", N_("This conversation has begun already")) : DONE;
}

enum outcome call_plan_page(struct use *use, int64_t call_id, json_t **ret_model)
{
	json_t *call;
	int64_t at;
	char day[16], time[8] = "", today[16];
	if (call_load(use->db, use->who.team_id, use->who.member_id, call_id, &call, &use->error)) return FAILED;
	if (!call) return ABSENT;
	bool may = deal_may(use, json_integer_value(json_object_get(call, "owner_id")));
	if (may && moment_parse(json_string_value(json_object_get(call, "planned_at")), &at)) {
		struct moment_parts parts = moment_local(at);
		day_iso(day_of(at), day);
		day_iso(day_of(use->now), today);
		if (at != day_start(day_of(at))) snprintf(time, sizeof time, "%02d:%02d", parts.hour, parts.minute);
		json_t *purpose = json_object_get(call, "purpose");
		*ret_model = json_pack("{so ss s{ss ss sO}}", "call", call, "today", today, "form", "day", day, "time", time, "purpose", purpose);
		return DONE;
	}
	json_decref(call);
	return REFUSED;
}

enum outcome call_plan_change(struct use *use, int64_t call_id, int32_t day, int minute, const char *purpose)
{
	struct call_row call;
	enum outcome outcome = changeable(use, call_id, &call);
	int64_t at = moment_planned(day, minute);
	if (!outcome && at != call.planned_at) outcome = time_check(use, day, minute);
	if (outcome) return outcome;
	if (plan_update(use->db, use->who.team_id, call_id, at, purpose, &use->error)) return FAILED;
	return at == call.planned_at ? DONE : deal_event_add(use, call.deal_id, "call_moved", iso(use, call.planned_at), iso(use, at), use->now);
}

enum outcome call_plan_cancel(struct use *use, int64_t call_id, int64_t *ret_deal_id)
{
	struct call_row call;
	enum outcome outcome = changeable(use, call_id, &call);
	if (outcome) return outcome;
	*ret_deal_id = call.deal_id;
	if (plan_drop(use->db, use->who.team_id, call.deal_id, call_id, &use->error)) return FAILED;
	return deal_event_add(use, call.deal_id, "call_cancelled", iso(use, call.planned_at), "", use->now);
}
