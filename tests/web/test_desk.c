/* The desk, the week, planning a conversation. */
#include <string.h>

#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t client_id, deal_id;
static const char *client;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	client_id = fixture_client(web, &web->manager, "Кава Поруч", "b2b");
	deal_id = fixture_deal(web, &web->manager, client_id, "Еквайринг", 100000, "contact", -1);
	client = web_path(web, "%lld", (long long)client_id);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static int64_t other_deal(const char *name, int64_t value)
{
	return fixture_deal(web, &web->manager, fixture_client(web, &web->manager, name, "b2b"), name, value, "contact", -1);
}

static int64_t client_of(int64_t of_deal)
{
	return fixture_number(web, web_path(web, "SELECT client_id FROM deal WHERE deal_id = %lld", (long long)of_deal));
}

static void plan(int64_t about, int64_t planned_at, const char *purpose)
{
	fixture_call(web, &web->manager, client_of(about), about, 1, planned_at, 0, purpose, "");
}

static int64_t today(void)
{
	return day_start(day_of(moment_now()));
}

static void desk__empty_says_what_to_do_first(void **state)
{
	(void)state;
	struct person newcomer = web_person(web, web_team(web, "Нова"), "Новий", "manager");
	struct answer *a = web_get(web, &newcomer, AS_JSON, "/desk");
	assert_true(json_is_true(answer_at(a, "empty")));
	assert_true(json_is_false(answer_at(a, "stock.clients")));
	assert_true(json_is_true(answer_at(web_get(web, &web->manager, AS_JSON, "/desk"), "stock.clients")));
	assert_non_null(strstr(web_get(web, &newcomer, AS_PAGE, "/desk")->body, "/clients/new"));
}

static void desk__empty_offers_deals_that_nobody_has_planned_to_talk_about(void **state)
{
	(void)state;
	int64_t planned = other_deal("Запланована", 9000000), large = other_deal("Велика", 700000);
	fixture_call(web, &web->manager, client_of(planned), planned, 1, today() + 5 * MOMENT_DAY, 0, "", "");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/desk");
	assert_true(json_is_true(answer_at(a, "empty")));
	assert_int_equal(json_array_size(answer_at(a, "suggested")), 2);
	assert_int_equal(answer_int(a, "suggested.0.id"), large);
	assert_string_equal(answer_text(a, "suggested.0.advice.mode"), "sale");
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, "/desk")->body, "Велика"));
}

static void call_plan__now_leads_to_its_screen(void **state)
{
	(void)state;
	const char *deal = web_path(web, "%lld", (long long)deal_id);
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/calls/new", FORM("client", client, "deal", deal, "now", "1"));
	assert_int_equal(a->status, 200);
	assert_memory_equal(a->location, "/calls/", 7);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, a->location)->status, 200);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, "/desk"), "next.deal_id"), deal_id);
}

static void desk__puts_what_pays_first(void **state)
{
	(void)state;
	int64_t small = other_deal("Мала", 1000), large = other_deal("Велика", 900000), late = other_deal("Прострочена", 50000);
	plan(small, today(), "");
	plan(large, today(), "");
	plan(late, today() - 3 * MOMENT_DAY, "обіцяли розрахунок");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/desk");
	assert_string_equal(answer_text(a, "next.deal"), "Велика");
	assert_string_equal(answer_text(a, "next.advice.mode"), "sale");
	assert_true(answer_has(a, "next.advice.because.0.text"));
	assert_string_equal(answer_text(a, "today.0.deal"), "Мала");
	assert_string_equal(answer_text(a, "overdue.0.deal"), "Прострочена");
	assert_int_equal(answer_int(a, "today_count"), 2);
	assert_int_equal(answer_int(a, "overdue_count"), 1);
	assert_true(answer_int(a, "next.worth_minor") > answer_int(a, "today.0.worth_minor"));
}

static void desk__tells_the_last_promise_and_which_call_it_is(void **state)
{
	(void)state;
	int64_t now = moment_now();
	fixture_call(web, &web->manager, client_id, deal_id, 1, now - 2 * MOMENT_DAY, now - 2 * MOMENT_DAY, "", "подивитись тарифи");
	fixture_call(web, &web->manager, client_id, deal_id, 2, today(), 0, "", "");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/desk");
	assert_string_equal(answer_text(a, "next.promised"), "подивитись тарифи");
	assert_int_equal(answer_int(a, "next.number"), 2);
	assert_string_equal(answer_text(a, "next.advice.mode"), "negotiation"); /* C5: B2B, the second call */
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, "/desk")->body, "подивитись тарифи"));
}

/* The desk weighs many deals by one query, a deal's page one by its own: they must say the same. */
static void desk__says_of_a_deal_what_its_page_says(void **state)
{
	static const char *const shown[] = {"{}", "{\"has_budget\":1}", "{\"no_need\":1,\"objection_unanswered\":3}", "{\"asked_contract\":1,\"compares_suppliers\":1,\"named_deadline\":1}"};
	(void)state;
	int64_t now = moment_now();
	for (int i = 0; i < 8; i++) {
		int64_t about = other_deal(web_path(web, "Клієнт %d", i), 100 + i), who = client_of(about);
		int64_t ended_at = now - (i % 2 ? 20 : 3) * MOMENT_DAY;
		if (i) {
			int64_t call = fixture_call(web, &web->manager, who, about, 1, ended_at, ended_at, "", "");
			fixture_shown(web, call, shown[i % 4], i == 5);
		}
		fixture_call(web, &web->manager, who, about, 2, today(), 0, "", "");
	}
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/desk");
	json_t *row = answer_at(a, "next");
	for (int i = 0; i < 8; i++) {
		struct answer *page = web_get(web, &web->manager, AS_JSON, web_path(web, "/deals/%lld", (long long)json_integer_value(json_object_get(row, "deal_id"))));
		json_t *advice = json_deep_copy(answer_at(page, "deal.advice"));
		json_object_del(advice, "why");
		for (size_t most = i ? 1 : 3; json_array_size(json_object_get(advice, "because")) > most;)
			json_array_remove(json_object_get(advice, "because"), most); /* a line has room for one reason */
		if (!json_equal(advice, json_object_get(row, "advice"))) fail_msg("%s but %s", json_dumps(advice, 0), json_dumps(json_object_get(row, "advice"), 0));
		json_decref(advice);
		row = json_array_get(answer_at(a, "today"), (size_t)i);
	}
}

static void desk__mine_and_my_teams(void **state)
{
	(void)state;
	plan(deal_id, today(), "");
	struct person colleague = web_person(web, web->team_id, "Колега", "manager");
	assert_true(json_is_true(answer_at(web_get(web, &colleague, AS_JSON, "/desk"), "empty")));
	struct answer *a = web_get(web, &colleague, AS_JSON, "/desk?whose=team");
	assert_string_equal(answer_text(a, "today.0.deal"), "Еквайринг");
	assert_true(json_is_null(answer_at(a, "next"))); /* nobody begins another's conversation */
	a = web_get(web, &web->lead, AS_JSON, "/desk"); /* a lead with none of his own sees his team's */
	assert_string_equal(answer_text(a, "whose"), "team");
	assert_string_equal(answer_text(a, "today.0.owner"), "Марко Менеджер");
	assert_string_equal(answer_text(web_get(web, &web->lead, AS_JSON, "/desk?whose=mine"), "whose"), "mine");
}

static void desk__counts_all_that_is_overdue_and_shows_some(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++) fixture_call(web, &web->manager, client_id, deal_id, 1 + i, today() - (1 + i) * MOMENT_DAY, 0, "", "");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/desk");
	assert_int_equal(answer_int(a, "overdue_count"), 40);
	assert_int_equal(json_array_size(answer_at(a, "overdue")), 5);
	assert_int_equal(answer_int(a, "overdue_more"), 34); /* one more is the next */
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/desk?all=1"), "overdue")), 39);
}

static void call_plan__makes_a_deal_where_there_is_none(void **state)
{
	(void)state;
	int64_t fresh = fixture_client(web, &web->manager, "Новачок", "b2c");
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/calls/new",
				    FORM("client", web_path(web, "%lld", (long long)fresh), "day", "2090-01-16", "time", "14:30", "purpose", "познайомитись"));
	assert_int_equal(a->status, 200);
	a = web_get(web, &web->manager, AS_JSON, a->location);
	assert_string_equal(answer_text(a, "deal.client"), "Новачок");
	assert_string_equal(answer_text(a, "calls.0.planned_at"), "2090-01-16T12:30:00Z"); /* Kyiv in winter */
	assert_string_equal(answer_text(a, "next.purpose"), "познайомитись");
	assert_string_equal(answer_text(a, "events.0.kind"), "call_planned");
}

static void call_plan__takes_the_only_deal_and_asks_which_of_two(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/calls/new", FORM("client", client, "day", "2090-01-16"));
	assert_string_equal(a->location, web_path(web, "/deals/%lld", (long long)deal_id));
	a = web_post(web, &web->manager, AS_JSON, "/calls/new", FORM("client", client, "deal", "0", "day", "2090-01-16"));
	assert_string_not_equal(a->location, web_path(web, "/deals/%lld", (long long)deal_id));
	a = web_post(web, &web->manager, AS_JSON, "/calls/new", FORM("client", client, "day", "2090-01-16"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.deal"));
}

static void call_plan__refuses_the_past_and_nonsense(void **state)
{
	static const char *const wrong[][3] = {{"2020-01-01", "10:00", "day"}, {"2090-01-16", "25:00", "time"}, {"2090-01-16", "1430", "time"}, {"", "10:00", "day"}};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct answer *a = web_post(web, &web->manager, AS_JSON, "/calls/new", FORM("client", client, "day", wrong[i][0], "time", wrong[i][1]));
		assert_int_equal(a->status, 422);
		assert_true(answer_has(a, web_path(web, "mistakes.%s", wrong[i][2])));
	}
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM call"), 0);
}

static void call_plan__moves_and_cancels(void **state)
{
	(void)state;
	int64_t first = fixture_call(web, &web->manager, client_id, deal_id, 1, today() - MOMENT_DAY, today() - MOMENT_DAY, "", "");
	int64_t call = fixture_call(web, &web->manager, client_id, deal_id, 2, today() + MOMENT_DAY, 0, "спитати", "");
	const char *path = web_path(web, "/calls/%lld/plan", (long long)call);
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, path), "form.purpose"), "спитати");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path, FORM("day", "2090-07-16", "time", "09:05"))->status, 200);
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, path), "call.planned_at"), "2090-07-16T06:05:00Z");
	struct person colleague = web_person(web, web->team_id, "Колега", "manager");
	assert_int_equal(web_post(web, &colleague, AS_JSON, path, FORM("day", "2090-07-17"))->status, 403);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld/cancel", (long long)first), FORM())->status, 422); /* it was held */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld/cancel", (long long)call), FORM())->status, 200);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM call"), 1);
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/deals/%lld", (long long)deal_id));
	assert_string_equal(answer_text(a, "events.0.kind"), "call_cancelled");
	assert_string_equal(answer_text(a, "events.1.kind"), "call_moved");
	assert_string_equal(answer_text(a, "events.1.became"), "2090-07-16T06:05:00Z");
}

static json_t *cell_of(const struct answer *a, int day, int row)
{
	json_t *hours = answer_at(a, web_path(web, "days.%d.hours", day)), *cell;
	size_t i;
	json_array_foreach(hours, i, cell) {
		if (json_integer_value(json_object_get(cell, "row")) == row) return cell;
	}
	fail_msg("nothing in row %d of day %d", row, day);
	return NULL;
}

static int row_of(const struct answer *a, int hour)
{
	json_t *hours = answer_at(a, "hours"), *one;
	size_t i;
	json_array_foreach(hours, i, one) {
		if (json_integer_value(json_object_get(one, "hour")) == hour) return (int)json_integer_value(json_object_get(one, "row"));
	}
	return 0;
}

static void calendar__puts_conversations_at_their_day_and_hour(void **state)
{
	(void)state;
	int64_t wednesday = moment_from_local(2090, 1, 18, 14, 30), sunday = moment_from_local(2090, 1, 22, 8, 0);
	fixture_call(web, &web->manager, client_id, deal_id, 1, wednesday, 0, "", "");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/calendar?week=2090-W03");
	assert_string_equal(answer_text(a, "from"), "2090-01-16");
	assert_string_equal(answer_text(a, "until"), "2090-01-20"); /* no weekend where nothing is on it */
	assert_string_equal(answer_text(a, "before"), "2090-W02");
	assert_string_equal(answer_text(a, "after"), "2090-W04");
	assert_int_equal(row_of(a, 9), 2);
	assert_int_equal(row_of(a, 8), 0);
	json_t *call = json_array_get(json_object_get(cell_of(a, 2, row_of(a, 14)), "calls"), 0);
	assert_string_equal(json_string_value(json_object_get(call, "client")), "Кава Поруч");
	assert_string_equal(json_string_value(json_object_get(call, "mode")), "sale");
	fixture_call(web, &web->manager, client_id, deal_id, 2, sunday, 0, "", "");
	fixture_call(web, &web->manager, client_id, deal_id, 3, day_start(day_of(wednesday)), 0, "", "");
	a = web_get(web, &web->manager, AS_JSON, "/calendar?week=2090-W03");
	assert_int_equal(json_array_size(answer_at(a, "days")), 7);
	assert_int_equal(row_of(a, 8), 3); /* after the row of those in no hour */
	assert_true(json_is_true(json_object_get(json_array_get(json_object_get(cell_of(a, 2, 2), "calls"), 0), "any_hour")));
	assert_non_null(cell_of(a, 6, 3));
	assert_int_equal(answer_int(a, "count"), 3);
}

static void calendar__a_week_shows_the_first_of_an_hour_and_a_day_all(void **state)
{
	(void)state;
	for (int i = 0; i < 30; i++) fixture_call(web, &web->manager, client_id, deal_id, 1 + i, moment_from_local(2090, 1, 18, 14, i), 0, "", "");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/calendar?week=2090-W03");
	json_t *cell = cell_of(a, 2, row_of(a, 14));
	assert_int_equal(json_array_size(json_object_get(cell, "calls")), 3);
	assert_int_equal(json_integer_value(json_object_get(cell, "more")), 27);
	assert_int_equal(answer_int(a, "count"), 30);
	a = web_get(web, &web->manager, AS_JSON, "/calendar?day=2090-01-18");
	assert_int_equal(json_array_size(json_object_get(cell_of(a, 0, row_of(a, 14)), "calls")), 30);
	assert_string_equal(answer_text(a, "after"), "2090-01-19");
}

static void calendar__turns_the_year_by_its_weeks(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/calendar?week=2026-W53");
	assert_string_equal(answer_text(a, "from"), "2026-12-28");
	assert_string_equal(answer_text(a, "after"), "2027-W01");
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, "/calendar?week=2027-W01"), "before"), "2026-W53");
	assert_true(json_is_true(answer_at(web_get(web, &web->manager, AS_JSON, "/calendar?week=когось"), "this")));
}

static void pages__are_shown(void **state)
{
	(void)state;
	int64_t now = moment_now(), call = fixture_call(web, &web->manager, client_id, deal_id, 2, now, 0, "", "");
	fixture_call(web, &web->manager, client_id, deal_id, 1, now - 3 * MOMENT_DAY, 0, "", "");
	const char *const pages[] = {"/desk", "/desk?whose=team", "/calendar", "/calendar?whose=team", "/calls/new", web_path(web, "/calls/new?client=%s", client),
				     web_path(web, "/calls/%lld/plan", (long long)call)};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer *a = web_get(web, &web->manager, AS_PAGE, pages[i]);
		assert_int_equal(a->status, 200);
		if (!strstr(a->body, "Кава Поруч")) fail_msg("%s does not name the client: %s", pages[i], a->body);
	}
	struct answer *a = web_post(web, &web->manager, AS_PAGE, web_path(web, "/calls/new?client=%s", client), FORM("client", client, "day", "2020-01-01"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "This day is over"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(desk__empty_says_what_to_do_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__empty_offers_deals_that_nobody_has_planned_to_talk_about, set_up, tear_down),
		cmocka_unit_test_setup_teardown(call_plan__now_leads_to_its_screen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__puts_what_pays_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__tells_the_last_promise_and_which_call_it_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__says_of_a_deal_what_its_page_says, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__mine_and_my_teams, set_up, tear_down),
		cmocka_unit_test_setup_teardown(desk__counts_all_that_is_overdue_and_shows_some, set_up, tear_down),
		cmocka_unit_test_setup_teardown(call_plan__makes_a_deal_where_there_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(call_plan__takes_the_only_deal_and_asks_which_of_two, set_up, tear_down),
		cmocka_unit_test_setup_teardown(call_plan__refuses_the_past_and_nonsense, set_up, tear_down),
		cmocka_unit_test_setup_teardown(call_plan__moves_and_cancels, set_up, tear_down),
		cmocka_unit_test_setup_teardown(calendar__puts_conversations_at_their_day_and_hour, set_up, tear_down),
		cmocka_unit_test_setup_teardown(calendar__a_week_shows_the_first_of_an_hour_and_a_day_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(calendar__turns_the_year_by_its_weeks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages__are_shown, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
