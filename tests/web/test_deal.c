/* Deals: the board, the list, a deal's page, and what each change leaves behind. */
#include <string.h>

#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"
#include "store/deal_store.h"

static struct web *web;
static int64_t client_id;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	client_id = fixture_client(web, &web->manager, "Кава Поруч", "b2b");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static const char *path(int64_t deal_id, const char *rest)
{
	return web_path(web, "/deals/%lld%s", (long long)deal_id, rest);
}

static int64_t deal_from_form(struct person *who, const char *value)
{
	const char *client = web_path(web, "%lld", (long long)client_id);
	struct answer *a = web_post(web, who, AS_JSON, "/deals/new",
				    FORM("client", client, "title", "Еквайринг", "value", value, "wish_sell", "70", "close", "2030-05-01", "stage", "contact"));
	assert_int_equal(a->status, 200);
	return strtoll(a->location + strlen("/deals/"), NULL, 10);
}

static void deal_make__keeps_what_was_written(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(deal_from_form(&web->manager, "120 тис."), ""));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "deal.client"), "Кава Поруч");
	assert_string_equal(answer_text(a, "deal.name"), "Еквайринг");
	assert_int_equal(answer_int(a, "deal.value_minor"), 12000000);
	assert_int_equal(answer_int(a, "deal.wish_sell"), 70);
	assert_string_equal(answer_text(a, "deal.stage"), "contact");
	assert_string_equal(answer_text(a, "deal.expected_close"), "2030-05-01");
	assert_string_equal(answer_text(a, "events.0.kind"), "made");
	/* A first call with a company: a wish of 50 against a threshold of 70 − 15 (C4, C5). */
	assert_string_equal(answer_text(a, "deal.advice.mode"), "sale");
	assert_int_equal(answer_int(a, "deal.advice.wish_buy"), 50);
	assert_int_equal(answer_int(a, "deal.advice.threshold"), 55);
}

static void deal_make__needs_a_client_of_the_team(void **state)
{
	(void)state;
	struct person stranger = web_person(web, web_team(web, "Інша"), "Інший", "manager");
	const char *client = web_path(web, "%lld", (long long)client_id);
	struct answer *a = web_post(web, &stranger, AS_JSON, "/deals/new", FORM("client", client));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.client"));
	a = web_post(web, &web->manager, AS_JSON, "/deals/new", FORM("client", client, "product", "99", "value", "багато"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.value"));
}

static void deal_change__notes_each_field_that_is_another(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100");
	const char *client = web_path(web, "%lld", (long long)client_id);
	struct answer *a = web_post(web, &web->manager, AS_JSON, path(deal_id, "/edit"), FORM("client", client, "title", "Еквайринг", "value", "250", "wish_sell", "70"));
	assert_int_equal(a->status, 200);
	a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "events.0.kind"), "close"); /* the last first */
	assert_string_equal(answer_text(a, "events.0.was"), "2030-05-01");
	assert_string_equal(answer_text(a, "events.0.became"), "");
	assert_string_equal(answer_text(a, "events.1.kind"), "value");
	assert_string_equal(answer_text(a, "events.1.became"), "25000");
	assert_int_equal(json_array_size(answer_at(a, "events")), 3);
}

static void deal_change__is_for_its_owner_and_the_lead(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100");
	struct person colleague = web_person(web, web->team_id, "Колега", "manager");
	assert_int_equal(web_get(web, &colleague, AS_JSON, path(deal_id, ""))->status, 200); /* he sees his team's */
	assert_int_equal(web_post(web, &colleague, AS_JSON, path(deal_id, "/stage"), FORM("stage", "offer"))->status, 403);
	assert_int_equal(web_post(web, &colleague, AS_JSON, path(deal_id, "/finish"), FORM("stage", "won"))->status, 403);
	assert_int_equal(web_get(web, &colleague, AS_JSON, path(deal_id, "/edit"))->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path(deal_id, "/stage"), FORM("stage", "offer"))->status, 200);
	const char *client = web_path(web, "%lld", (long long)client_id), *other = web_path(web, "%lld", (long long)colleague.member_id);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/edit"), FORM("client", client, "owner", other))->status, 403); /* nor gives it away */
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path(deal_id, "/edit"), FORM("client", client, "owner", other))->status, 200);
	assert_int_equal(web_post(web, &colleague, AS_JSON, path(deal_id, "/stage"), FORM("stage", "contract"))->status, 200);
}

static void deal_stage_move__is_an_event_and_asks_for_the_outcome(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/stage"), FORM("stage", "offer"))->status, 200);
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "events.0.kind"), "stage");
	assert_string_equal(answer_text(a, "events.0.was"), "contact");
	assert_string_equal(answer_text(a, "events.0.became"), "offer");
	a = web_post(web, &web->manager, AS_JSON, path(deal_id, "/stage"), FORM("stage", "won"));
	assert_string_equal(a->location, path(deal_id, "/finish?stage=won"));
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, path(deal_id, "")), "deal.stage"), "offer");
}

static void deal_finish__won_keeps_the_amount_and_clears_the_calendar(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100"), now = moment_now();
	fixture_call(web, &web->manager, client_id, deal_id, 1, now - MOMENT_DAY, now - MOMENT_DAY, "", "");
	fixture_call(web, &web->manager, client_id, deal_id, 2, now + MOMENT_DAY, 0, "", "");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/finish"), FORM("stage", "won", "value", "90"))->status, 200);
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "deal.stage"), "won");
	assert_int_equal(answer_int(a, "deal.value_minor"), 9000);
	assert_string_equal(answer_text(a, "events.0.kind"), "won");
	assert_int_equal(json_array_size(answer_at(a, "calls")), 1); /* the one that was held stays */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/finish"), FORM("stage", "won"))->status, 422);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM prediction WHERE outcome = 1"), 1); /* it taught the advisor (C8) */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/stage"), FORM("stage", "contract"))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/stage"), FORM("stage", "contract", "reopen", "1"))->status, 200);
	a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "events.0.kind"), "reopened");
	assert_true(json_is_null(answer_at(a, "deal.closed_at")));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM prediction"), 0);
}

static void deal_finish__lost_says_why_or_is_not_finished(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100");
	struct answer *a = web_post(web, &web->manager, AS_JSON, path(deal_id, "/finish"), FORM("stage", "lost", "value", "1"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.reason"));
	a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "deal.stage"), "contact");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(deal_id, "/finish"), FORM("stage", "lost", "reason", "обрали дешевше"))->status, 200);
	a = web_get(web, &web->manager, AS_JSON, path(deal_id, ""));
	assert_string_equal(answer_text(a, "deal.lost_reason"), "обрали дешевше");
	assert_string_equal(answer_text(a, "events.0.became"), "обрали дешевше");
}

static void deals_list__pages_give_every_deal_once(void **state)
{
	static const char *const sorts[] = {"close", "value", "change"};
	(void)state;
	for (int i = 0; i < 120; i++) fixture_deal(web, &web->manager, client_id, "Угода", i % 7 ? (i % 11) * 100 : -1, "new", i % 5 ? 20000 + i % 9 : -1);
	for (int s = 0; s < 6; s++) {
		json_t *seen = json_object();
		const char *after = "";
		int pages = 0;
		int64_t last = 0;
		for (;;) {
			struct answer *a = web_get(web, &web->manager, AS_JSON,
						   web_path(web, "/deals/list?sort=%s%s%s%s", sorts[s / 2], s % 2 ? "&desc=1" : "", *after ? "&after=" : "", after));
			assert_int_equal(a->status, 200);
			assert_int_equal(answer_int(a, "count"), 120);
			json_t *deals = answer_at(a, "deals"), *deal;
			size_t i;
			json_array_foreach(deals, i, deal) {
				int64_t key = json_integer_value(json_object_get(deal, "key"));
				if (json_object_size(seen)) assert_true(s % 2 ? key <= last : key >= last);
				last = key;
				json_object_set_new(seen, web_path(web, "%lld", (long long)json_integer_value(json_object_get(deal, "id"))), json_true());
			}
			pages++;
			if (!answer_has(a, "more") || json_is_null(answer_at(a, "more"))) break;
			after = answer_text(a, "more");
		}
		assert_int_equal(pages, 4);
		assert_int_equal(json_object_size(seen), 120);
		json_decref(seen);
	}
}

static void deals_list__narrows(void **state)
{
	(void)state;
	int64_t other = fixture_client(web, &web->lead, "Об’єднання «Млин»", "b2b"), product_id = fixture_product(web, "CRM");
	fixture_deal(web, &web->manager, client_id, "Складський облік", 500, "offer", -1);
	fixture_deal(web, &web->lead, other, "Борошно 100%", 700, "new", -1);
	const char *client = web_path(web, "%lld", (long long)client_id), *product = web_path(web, "%lld", (long long)product_id);
	web_post(web, &web->manager, AS_JSON, "/deals/new", FORM("client", client, "product", product));
	static const struct {
		const char *query;
		int count;
	} cases[] = {
		{"", 2}, {"?whose=team", 3}, {"?whose=team&stage=offer", 1}, {"?whose=team&stage=won", 0}, {"?whose=team&q=склад", 1}, {"?whose=team&q=КАВА", 2},
		{"?whose=team&q=обєднання+мли", 1}, {"?whose=team&q=об%27єднання", 1}, {"?whose=team&q=100%25", 1}, {"?whose=team&q=1_0", 0}, {"?whose=team&q=%22*", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/deals/list%s", cases[i].query));
		assert_int_equal(a->status, 200);
		if (json_array_size(answer_at(a, "deals")) != (size_t)cases[i].count || answer_int(a, "count") != cases[i].count)
			fail_msg("%s gives %zu deals", cases[i].query, json_array_size(answer_at(a, "deals")));
	}
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/deals/list?product=%s", product));
	assert_int_equal(json_array_size(answer_at(a, "deals")), 1);
	assert_string_equal(answer_text(a, "deals.0.name"), "CRM");
}

static void deals_board__shows_the_nearest_and_counts_the_rest(void **state)
{
	(void)state;
	for (int i = 0; i < 33; i++) fixture_deal(web, &web->manager, client_id, "Угода", 100, "offer", 20000 + (i * 7) % 33);
	fixture_deal(web, &web->lead, client_id, "Чужа", 5000, "contract", -1);
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/deals");
	assert_int_equal(answer_int(a, "count"), 33);
	assert_string_equal(answer_text(a, "stages.2.stage"), "offer");
	assert_int_equal(answer_int(a, "stages.2.count"), 33);
	assert_int_equal(answer_int(a, "stages.2.value_minor"), 3300);
	assert_int_equal(answer_int(a, "stages.2.more"), 25);
	assert_int_equal(json_array_size(answer_at(a, "stages.2.deals")), 8);
	assert_string_equal(answer_text(a, "stages.2.deals.0.expected_close"), "2024-10-04");
	assert_int_equal(json_array_size(answer_at(a, "stages.3.deals")), 0);
	a = web_get(web, &web->lead, AS_JSON, "/deals"); /* a lead's is the team's */
	assert_int_equal(answer_int(a, "count"), 34);
	int64_t deal_id = json_integer_value(json_object_get(answer_at(a, "stages.3.deals.0"), "id"));
	web_post(web, &web->lead, AS_JSON, path(deal_id, "/finish"), FORM("stage", "won"));
	a = web_get(web, &web->lead, AS_JSON, "/deals");
	assert_int_equal(answer_int(a, "finished.0.count"), 1);
	assert_int_equal(answer_int(a, "finished.0.value_minor"), 5000);
	assert_int_equal(answer_int(web_get(web, &web->lead, AS_JSON, "/deals/list?stage=finished"), "count"), 1);
}

static void deal_new__offers_clients_to_choose_from(void **state)
{
	(void)state;
	fixture_client(web, &web->manager, "Млин", "b2b");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/deals/new?q=кав");
	assert_int_equal(json_array_size(answer_at(a, "clients")), 1);
	assert_string_equal(answer_text(a, "clients.0.name"), "Кава Поруч");
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/deals/new"), "clients")), 2);
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "/deals/new?client=%lld", (long long)client_id));
	assert_string_equal(answer_text(a, "form.client_name"), "Кава Поруч");
}

/* Totals are moved with every change; the deals themselves give the same. */
static void deal_totals__follow_every_change(void **state)
{
	(void)state;
	int64_t first = deal_from_form(&web->manager, "100"), second = deal_from_form(&web->manager, "30"), third = deal_from_form(&web->lead, "7");
	const char *client = web_path(web, "%lld", (long long)client_id), *lead = web_path(web, "%lld", (long long)web->lead.member_id);
	web_post(web, &web->manager, AS_JSON, path(first, "/stage"), FORM("stage", "offer"));
	web_post(web, &web->manager, AS_JSON, path(second, "/edit"), FORM("client", client, "value", "50"));
	web_post(web, &web->lead, AS_JSON, path(second, "/edit"), FORM("client", client, "owner", lead));
	web_post(web, &web->lead, AS_JSON, path(third, "/finish"), FORM("stage", "won", "value", "9"));
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/deals");
	assert_int_equal(answer_int(a, "count"), 2);
	assert_int_equal(answer_int(a, "value_minor"), 10000); /* the second has no value any more */
	assert_int_equal(answer_int(web_get(web, &web->lead, AS_JSON, "/deals/list?stage=won"), "value_minor"), 900);
	assert_int_equal(answer_int(web_get(web, &web->lead, AS_JSON, "/deals?whose=mine"), "count"), 1);
	web_post(web, &web->lead, AS_JSON, path(third, "/stage"), FORM("stage", "contract", "reopen", "1"));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM (SELECT owner_id, stage, deals, value_minor FROM deal_total WHERE deals <> 0 EXCEPT "
					     "SELECT owner_id, stage, count(*), sum(COALESCE(value_minor, 0)) FROM deal GROUP BY owner_id, stage)"), 0);
	assert_int_equal(fixture_number(web, "SELECT sum(deals) FROM deal_total"), 3);
}

static void totals_spoil(struct use *use, void *arg)
{
	struct error error;
	bool *equal = arg;
	char detail[120] = "";
	assert_int_equal(db_exec(use->db, &error, "UPDATE deal_total SET deals = deals + 1", ""), ERR_NONE);
	assert_int_equal(deal_totals_rebuild(use->db, &equal[0], detail, &error), ERR_NONE);
	assert_int_equal(deal_totals_rebuild(use->db, &equal[1], detail, &error), ERR_NONE);
}

static void deal_totals_rebuild__puts_right_what_is_wrong(void **state)
{
	(void)state;
	bool equal[2] = {true, false};
	deal_from_form(&web->manager, "100");
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), totals_spoil, equal);
	assert_false(equal[0]);
	assert_true(equal[1]);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, "/deals"), "count"), 1);
}

static void pages__are_shown(void **state)
{
	(void)state;
	int64_t deal_id = deal_from_form(&web->manager, "100");
	const char *const pages[] = {"/deals", "/deals/list", "/deals/list?stage=finished", "/deals/new", web_path(web, "/deals/new?client=%lld", (long long)client_id),
				     path(deal_id, ""), path(deal_id, "/edit"), path(deal_id, "/finish"), path(deal_id, "/finish?stage=lost")};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer *a = web_get(web, &web->manager, AS_PAGE, pages[i]);
		assert_int_equal(a->status, 200);
		if (i != 2 && !strstr(a->body, "Кава Поруч")) fail_msg("%s does not name the client", pages[i]);
	}
	struct answer *a = web_post(web, &web->manager, AS_PAGE, path(deal_id, "/finish"), FORM("stage", "lost"));
	assert_int_equal(a->status, 422); /* the form again, with what is wrong */
	assert_non_null(strstr(a->body, "this is what the team learns from"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(deal_make__keeps_what_was_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_make__needs_a_client_of_the_team, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_change__notes_each_field_that_is_another, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_change__is_for_its_owner_and_the_lead, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_stage_move__is_an_event_and_asks_for_the_outcome, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_finish__won_keeps_the_amount_and_clears_the_calendar, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_finish__lost_says_why_or_is_not_finished, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deals_list__pages_give_every_deal_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deals_list__narrows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deals_board__shows_the_nearest_and_counts_the_rest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_new__offers_clients_to_choose_from, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_totals__follow_every_change, set_up, tear_down),
		cmocka_unit_test_setup_teardown(deal_totals_rebuild__puts_right_what_is_wrong, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages__are_shown, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
