#include "app/desk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/advise_deal.h"
#include "base/moment.h"
#include "core/desk/agenda.h"
#include "store/plan_store.h"

enum { TALKS = 200, OVERDUE_SHOWN = 10, WEEK_TALKS = 500, FIRST_HOUR = 9, LAST_HOUR = 17 };

static const json_t *field(const json_t *object, const char *name)
{
	return json_object_get(object, name);
}

static int64_t number(const json_t *object, const char *name)
{
	return json_integer_value(field(object, name));
}

static const char *words(const json_t *object, const char *name)
{
	const char *text = json_string_value(field(object, name));
	return text ? text : "";
}

/* A moment of the model; MOMENT_NONE for null. */
static int64_t moment(const json_t *object, const char *name)
{
	int64_t at;
	return moment_parse(words(object, name), &at) ? at : MOMENT_NONE;
}

static int64_t value_of(const json_t *call)
{
	int64_t value = number(call, "value_minor");
	return value > 0 ? value : number(call, "price_minor");
}

static bool any_hour(int64_t planned_at)
{
	return planned_at == day_start(day_of(planned_at));
}

static struct agenda_talk talk_of(const struct use *use, const json_t *call, int64_t value_otherwise)
{
	int64_t heard_at = moment(call, "heard_at"), value = value_of(call);
	struct agenda_talk talk = {.planned_at = moment(call, "planned_at"), .value_minor = value > 0 ? value : value_otherwise};
	talk.any_hour = any_hour(talk.planned_at);
	talk.promised = number(call, "held") > 0 && (!talk.any_hour || *words(call, "promised") || *words(call, "purpose"));
	double wish = (double)number(field(call, "advice"), "wish_buy");
	wish = wish < 1 ? 0.5 : wish > 99 ? 99.5 : wish;
	talk.logit = log(wish / (100 - wish));
	if (heard_at != MOMENT_NONE) talk.silent_days = (int)((use->now - heard_at) / MOMENT_DAY);
	if (talk.silent_days < 0) talk.silent_days = 0;
	return talk;
}

/* Two digits and zeros: what is computed from a chance is no truer than that. Whole units from 10 of them on. */
static int64_t roughly(double minor)
{
	int64_t step = 1;
	while (minor / (double)step >= 100) step *= 10;
	return llround(minor / (double)step) * step;
}

/* Gives each call its worth, and their places in the order that pays. In a team's view people talk at the same time, so only worth counts. */
static void order_put(struct use *use, json_t *calls, bool team, int *order)
{
	int n = (int)json_array_size(calls);
	struct agenda_talk *talks = ARENA_ARRAY(use->arena, struct agenda_talk, n + 1);
	int64_t *values = ARENA_ARRAY(use->arena, int64_t, n + 1);
	double *worth = ARENA_ARRAY(use->arena, double, n + 1);
	for (int i = 0; i < n; i++) values[i] = value_of(json_array_get(calls, (size_t)i));
	int64_t otherwise = agenda_value_otherwise(values, n);
	for (int i = 0; i < n; i++) {
		talks[i] = talk_of(use, json_array_get(calls, (size_t)i), otherwise);
		if (team) talks[i].any_hour = true;
	}
	agenda_order(talks, n, use->now, order, worth);
	for (int i = 0; i < n; i++) {
		json_t *call = json_array_get(calls, (size_t)i);
		json_object_set_new(call, "any_hour", json_boolean(any_hour(moment(call, "planned_at"))));
		if (value_of(call) > 0) json_object_set_new(call, "worth_minor", json_integer(roughly(worth[i])));
		else json_object_set_new(call, "worth_minor", json_null()); /* counted with a value of others: good for an order, not for showing */
	}
}

static enum outcome advice_put(struct use *use, json_t *calls)
{
	struct advise_team *advisor;
	if (!json_array_size(calls)) return DONE;
	enum outcome outcome = advise_team_load(use, &advisor);
	return outcome ? outcome : advise_deals_put(use, advisor, calls, "deal_id");
}

static bool running(const json_t *call)
{
	return !json_is_null(field(call, "began_at"));
}

static enum outcome span_count(struct use *use, int64_t owner_id, int64_t from, int64_t until, int64_t *ret)
{
	return use_done(plan_count(use->db, use->who.team_id, owner_id, from, until, ret, &use->error));
}

/* What an empty desk needs to say what to do first. */
static enum outcome stock_put(struct use *use, json_t *model)
{
	struct plan_stock stock;
	if (plan_stock_of(use->db, use->who.team_id, &stock, &use->error)) return FAILED;
	json_object_set_new(model, "stock", json_pack("{sb sb sb sb}", "clients", stock.clients, "products", stock.products, "deals", stock.deals, "calls", stock.calls));
	return DONE;
}

enum outcome desk_page(struct use *use, const char *whose, bool all, json_t **ret_model)
{
	int32_t day = day_of(use->now);
	int64_t start = day_start(day), end = day_start(day + 1), late = 0, tomorrow = 0, owner_id = strcmp(whose, "team") ? use->who.member_id : 0;
	json_t *calls, *call;
	if (plan_list(use->db, use->who.team_id, owner_id, INT64_MIN, end, TALKS, &calls, &use->error)) return FAILED;
	if (!json_array_size(calls) && !*whose && use->who.role >= ROLE_LEAD) {
		json_decref(calls);
		owner_id = 0;
		if (plan_list(use->db, use->who.team_id, owner_id, INT64_MIN, end, TALKS, &calls, &use->error)) return FAILED;
	}
	int order[TALKS];
	enum outcome outcome = advice_put(use, calls);
	if (!outcome) order_put(use, calls, !owner_id, order);
	json_t *today = json_array(), *overdue = json_array(), *under_way = json_array(), *next = NULL;
	int64_t n = (int64_t)json_array_size(calls), today_count = 0;
	for (int64_t i = 0; i < n && !outcome; i++) {
		call = json_array_get(calls, (size_t)order[i]);
		bool is_late = moment(call, "planned_at") < start;
		today_count += !is_late;
		json_object_set_new(call, "late", json_boolean(is_late));
		if (running(call)) json_array_append(under_way, call);
		else if (!next && owner_id) next = json_incref(call);
		else if (!is_late) json_array_append(today, call);
		else if (all || json_array_size(overdue) < OVERDUE_SHOWN) json_array_append(overdue, call);
	}
	if (!outcome) outcome = span_count(use, owner_id, INT64_MIN, start, &late);
	if (!outcome) outcome = span_count(use, owner_id, end, day_start(day + 2), &tomorrow);
	bool next_late = next && json_is_true(field(next, "late"));
	int64_t more = late - (int64_t)json_array_size(overdue) - next_late;
	json_decref(calls);
	char day_text[16];
	day_iso(day, day_text);
	*ret_model = json_pack("{ss ss so? so so so sI sI sI sI sb}", "whose", owner_id ? "mine" : "team", "day", day_text, "next", next, "running", under_way, "today", today,
			       "overdue", overdue, "today_count", (json_int_t)today_count, "overdue_count", (json_int_t)late, "overdue_more",
			       (json_int_t)(more > 0 && !all ? more : 0), "tomorrow_count", (json_int_t)tomorrow, "empty", !n);
	if (!outcome && !n) outcome = stock_put(use, *ret_model);
	if (outcome) json_decref(*ret_model);
	return outcome;
}

/* ---- The week ---- */

/* The Monday of an ISO week: that of the week with 4 January, and so many weeks on. */
static int32_t monday_of(int32_t day)
{
	return day - (day_weekday(day) - 1);
}

static bool week_parse(const char *text, int32_t *ret_monday)
{
	int year, week, used = 0;
	if (sscanf(text, "%4d-W%2d%n", &year, &week, &used) != 2 || text[used] || year < 1970 || year > 2200 || week < 1 || week > 53) return false;
	*ret_monday = monday_of(day_from_date(year, 1, 4)) + 7 * (week - 1);
	return true;
}

static const char *week_text(struct use *use, int32_t monday)
{
	int year, month, date;
	day_to_date(monday + 3, &year, &month, &date); /* the year of its Thursday */
	int week = (monday - monday_of(day_from_date(year, 1, 4))) / 7 + 1;
	return arena_printf(use->arena, "%04d-W%02d", year, week);
}

struct week {
	int32_t monday;
	bool busy[24];                  /* hours with a conversation on some day: shown though they are early or late */
	bool whole_days;                /* something is promised for a day and no hour */
	int days;                       /* shown: five, or seven */
	json_t *of_day[7];              /* owned: the day's calls by time */
};

static int64_t shown_at(const json_t *call)
{
	int64_t began_at = moment(call, "began_at");
	return json_is_null(field(call, "ended_at")) || !field(call, "ended_at") || began_at == MOMENT_NONE ? moment(call, "planned_at") : began_at;
}

static void week_add(struct use *use, struct week *week, json_t *call, bool ended)
{
	int64_t at = shown_at(call);
	int32_t day = day_of(at);
	int place = day - week->monday, hour = moment_local(at).hour;
	if (place < 0 || place > 6) return;
	bool whole = !ended && any_hour(at);
	char iso[32];
	moment_iso(at, iso);
	json_object_set_new(call, "at", json_string(iso));
	json_object_set_new(call, "hour", whole ? json_null() : json_integer(hour));
	json_object_set_new(call, "ended", json_boolean(ended));
	json_object_set_new(call, "late", json_boolean(!ended && at < (whole ? day_start(day_of(use->now)) : use->now - MOMENT_HOUR)));
	json_object_set(call, "mode", ended ? (json_t *)field(call, "mode") : (json_t *)field(field(call, "advice"), "mode"));
	if (place >= 5) week->days = 7;
	if (whole) week->whole_days = true;
	else week->busy[hour] = true;
	json_t *list = week->of_day[place];
	size_t before = 0;
	while (before < json_array_size(list) && shown_at(json_array_get(list, before)) <= at) before++;
	json_array_insert(list, before, call);
}

/* One row of the table: what stands in that hour (−1: in no hour) on each day. */
static json_t *week_row(const struct week *week, int hour, int32_t today)
{
	json_t *cells = json_array(), *call;
	for (int d = 0; d < week->days; d++) {
		json_t *list = json_array();
		size_t i;
		json_array_foreach(week->of_day[d], i, call) {
			const json_t *its = field(call, "hour");
			if (json_is_null(its) ? hour < 0 : hour == json_integer_value(its)) json_array_append(list, call);
		}
		json_array_append_new(cells, json_pack("{sb so}", "today", week->monday + d == today, "calls", list));
	}
	return json_pack("{sb so? so}", "whole", hour < 0, "hour", hour < 0 ? NULL : json_integer(hour), "cells", cells);
}

static json_t *week_days(const struct week *week, int32_t today)
{
	json_t *days = json_array();
	char text[16];
	for (int d = 0; d < week->days; d++) {
		int year, month, date;
		day_iso(week->monday + d, text);
		day_to_date(week->monday + d, &year, &month, &date);
		json_array_append_new(days, json_pack("{ss si sb sO}", "day", text, "date", date, "today", week->monday + d == today, "calls", week->of_day[d]));
	}
	return days;
}

enum outcome desk_week_page(struct use *use, const char *text, const char *whose, json_t **ret_model)
{
	int32_t today = day_of(use->now);
	struct week week = {.monday = monday_of(today), .days = 5};
	week_parse(text, &week.monday);
	if (today - week.monday >= 5 && today - week.monday < 7) week.days = 7; /* today is seen on a Sunday, too */
	int64_t owner_id = strcmp(whose, "team") ? use->who.member_id : 0, from = day_start(week.monday), until = day_start(week.monday + 7);
	json_t *planned, *ended = NULL, *call, *rows = json_array();
	size_t i;
	int64_t sales = 0, negotiations = 0;
	if (plan_list(use->db, use->who.team_id, owner_id, from, until, WEEK_TALKS, &planned, &use->error)) return FAILED;
	enum outcome outcome = advice_put(use, planned);
	if (!outcome) outcome = use_done(plan_ended_list(use->db, use->who.team_id, owner_id, from, until, WEEK_TALKS, &ended, &use->error));
	for (int d = 0; d < 7; d++) week.of_day[d] = json_array();
	json_array_foreach(planned, i, call) week_add(use, &week, call, false);
	json_array_foreach(ended, i, call) week_add(use, &week, call, true);
	for (int d = 0; d < 7; d++)
		json_array_foreach(week.of_day[d], i, call) {
			sales += !strcmp(words(call, "mode"), "sale");
			negotiations += !strcmp(words(call, "mode"), "negotiation");
		}
	if (week.whole_days) json_array_append_new(rows, week_row(&week, -1, today));
	for (int hour = 0; hour < 24; hour++)
		if ((hour >= FIRST_HOUR && hour <= LAST_HOUR) || week.busy[hour]) json_array_append_new(rows, week_row(&week, hour, today));
	char from_text[16], until_text[16];
	day_iso(week.monday, from_text);
	day_iso(week.monday + week.days - 1, until_text);
	*ret_model = json_pack("{ss ss ss ss ss ss sb sI sI sI so so}", "whose", owner_id ? "mine" : "team", "week", week_text(use, week.monday), "before",
			       week_text(use, week.monday - 7), "after", week_text(use, week.monday + 7), "from", from_text, "until", until_text, "this",
			       week.monday == monday_of(today), "count", (json_int_t)(sales + negotiations), "sales", (json_int_t)sales, "negotiations",
			       (json_int_t)negotiations, "days", week_days(&week, today), "rows", rows);
	for (int d = 0; d < 7; d++) json_decref(week.of_day[d]);
	json_decref(planned);
	json_decref(ended);
	if (outcome) json_decref(*ret_model);
	return outcome;
}
