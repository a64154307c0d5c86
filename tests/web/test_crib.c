/* The person and the interests of a client: what calls find in him and tell him, as his page shows it (N2, N3, N5). */
#include <string.h>

#include "app/bargain_table.h"
#include "app/content_seed.h"
#include "base/buf.h"
#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t client, deal, calls, batches;
static const char *page;

static int64_t number(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int64_t number(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *sql = arena_vprintf(web->arena, format, args);
	va_end(args);
	return fixture_number(web, sql);
}

static void seed(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (content_seed(use)) fail();
	if (db_exec(use->db, &error, "UPDATE deal SET product_id = (SELECT product_id FROM product WHERE team_id = $1 AND key = 'crm')", "i", use->who.team_id))
		fail_msg("%s", error.text);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	client = fixture_client(web, &web->manager, "Олена Гнатюк", "b2b");
	deal = fixture_deal(web, &web->manager, client, "Підписка", 5880000, "contact", -1);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	page = web_path(web, "/clients/%lld", (long long)client);
	calls = batches = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static int64_t item(const char *key)
{
	int64_t id = number("SELECT i.item_id FROM item i JOIN playbook p ON p.team_id = i.team_id AND p.playbook_id = i.playbook_id WHERE i.team_id = %lld AND p.key = 'crm' "
			    "AND i.key = '%s'", (long long)web->team_id, key);
	if (!id) fail_msg("no %s", key);
	return id;
}

static struct answer *show(void)
{
	return web_get(web, &web->manager, AS_JSON, page);
}

/* ---- A negotiation, event by event ---- */

struct did {
	const char *kind;
	int64_t item, value;
};

static struct answer *happen(int64_t call_id, const struct did *events, int n)
{
	struct buf json;
	buf_init(&json, 1 << 16);
	for (int i = 0; i < n; i++)
		buf_printf(&json, "%s{\"id\": \"e%lld-%d\", \"kind\": \"%s\", \"item\": %lld, \"value\": %lld}", i ? ", " : "", (long long)batches, i, events[i].kind,
			   (long long)events[i].item, (long long)events[i].value);
	batches++;
	struct answer *a = web_post_json(web, &web->manager, web_path(web, "/calls/%lld/events", (long long)call_id), web_path(web, "{\"after\": 0, \"events\": [%s]}", json.bytes));
	buf_done(&json);
	size_t i;
	json_t *result;
	json_array_foreach(answer_at(a, "results"), i, result)
		if (strcmp(json_string_value(json_object_get(result, "result")), "applied") != 0)
			fail_msg("%s %s", events[i].kind, json_string_value(json_object_get(result, "result")));
	return a;
}
#define HAPPEN(call_id, ...) happen(call_id, (const struct did[]){__VA_ARGS__}, sizeof((const struct did[]){__VA_ARGS__}) / sizeof(struct did))

static int64_t call_new(void)
{
	return fixture_call(web, &web->manager, client, deal, (int)++calls, moment_now(), 0, "", "");
}

/* One that finds an interest behind «дорого» and another behind nothing in particular. */
static int64_t talked(void)
{
	int64_t expensive = item("expensive"), call_id = call_new();
	HAPPEN(call_id, {"began", 0, 1}, {"said", item("story_walk"), 0}, {"objection", expensive, 0}, {"objection_left", expensive, 0}, {"said", item("expensive_situation"), 0},
	       {"interest_on", item("expensive_capital"), expensive}, {"interest_on", item("think_doubt"), 0}, {"planned", 0, moment_now() + MOMENT_DAY}, {"ended", 0, 3});
	return call_id;
}

static void map__shows_what_stands_behind_each_position(void **state)
{
	(void)state;
	assert_int_equal(json_array_size(answer_at(show(), "map")), 0);
	int64_t call_id = talked();
	struct answer *a = show();
	assert_int_equal(answer_int(a, "map.0.id"), item("expensive"));
	assert_string_equal(answer_text(a, "map.0.text"), "Too expensive");
	assert_int_equal(answer_int(a, "map.0.call_id"), call_id);
	assert_int_equal(json_array_size(answer_at(a, "map.0.found")), 1);
	assert_int_equal(answer_int(a, "map.0.found.0.id"), item("expensive_capital"));
	assert_int_equal(json_array_size(answer_at(a, "map.0.open")), 4); /* the other four of five */
	assert_int_equal(answer_int(a, "loose.0.id"), item("think_doubt"));
	/* Found: now it must be felt. The situation was asked about. */
	assert_string_equal(answer_text(a, "map.0.ask.level"), "implication");
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, page)->body, "interest-map"));
}

static void map__asks_on_where_nothing_is_found_and_names_what_served(void **state)
{
	(void)state;
	int64_t expensive = item("expensive"), call_id = call_new();
	int64_t point = number("SELECT f.feature_id FROM product_feature f JOIN product p ON p.team_id = f.team_id AND p.product_id = f.product_id WHERE p.team_id = %lld "
			       "AND p.key = 'crm' AND f.motives = 2 ORDER BY f.place LIMIT 1", (long long)web->team_id);
	HAPPEN(call_id, {"began", 0, 1}, {"objection", expensive, 0}, {"objection_left", expensive, 0}, {"said", item("expensive_situation"), 0}, {"ended", 0, 4});
	assert_string_equal(answer_text(show(), "map.0.ask.level"), "problem");
	assert_int_equal(answer_int(show(), "map.0.ask.id"), item("expensive_problem"));
	call_id = call_new();
	HAPPEN(call_id, {"began", 0, 1}, {"interest_on", item("expensive_capital"), expensive}, {"step", 0, 4}, {"said", point, 0}, {"planned", 0, moment_now() + MOMENT_DAY},
	       {"ended", 0, 3});
	struct answer *a = show();
	assert_int_equal(answer_int(a, "map.0.found.0.call_id"), call_id);
	assert_int_equal(json_array_size(answer_at(a, "map.0.found.0.served")), 1); /* economy serves it */
}

static void map__what_was_taken_back_is_not_there(void **state)
{
	(void)state;
	int64_t expensive = item("expensive"), call_id = call_new();
	HAPPEN(call_id, {"began", 0, 1}, {"objection", expensive, 0}, {"objection_left", expensive, 0}, {"interest_on", item("expensive_capital"), expensive}, {"undone", 0, 0},
	       {"interest_on", item("expensive_blame"), expensive}, {"interest_off", item("expensive_blame"), expensive}, {"ended", 0, 4});
	assert_int_equal(json_array_size(answer_at(show(), "map.0.found")), 0);
	assert_int_equal(number("SELECT count(*) FROM client_interest"), 0);
}

/* ---- A personal cut ---- */

static int64_t cut_heard(void)
{
	int64_t position = item("personal_cut"), call_id = call_new();
	HAPPEN(call_id, {"began", 0, 1}, {"objection", position, 0}, {"objection_left", position, 0}, {"interest_on", item("personal_cut_pay"), position},
	       {"planned", 0, moment_now() + MOMENT_DAY}, {"ended", 0, 3});
	return call_id;
}

static void cut__is_warned_of_with_what_to_say_and_to_whom(void **state)
{
	(void)state;
	assert_true(json_is_null(answer_at(show(), "cut")));
	int64_t call_id = cut_heard();
	struct answer *a = show();
	assert_int_equal(answer_int(a, "cut.call_id"), call_id);
	assert_non_null(strstr(answer_text(a, "cut.say"), "team lead"));
	assert_string_equal(answer_text(a, "cut.lead.name"), "Ліда Лідерка");
	const char *deal_page = web_path(web, "/deals/%lld", (long long)deal);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, deal_page), "cut.call_id"), call_id);
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, deal_page)->body, "cut-note"));
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, page)->body, "cut-note"));
	/* Nothing is said to serve it, and nothing is looked for behind it. */
	assert_true(json_is_true(answer_at(a, "map.0.found.0.compliance")));
	assert_int_equal(json_array_size(answer_at(a, "map.0.found.0.served")), 0);
}

static void finish(struct use *use, void *arg)
{
	struct error error;
	if (db_exec(use->db, &error, "UPDATE deal SET closed_at = $1, stage = 'lost' WHERE deal_id = $2", "ii", use->now, *(int64_t *)arg)) fail_msg("%s", error.text);
}

static void cut__is_on_the_desk_of_the_lead_while_the_deal_is_open(void **state)
{
	(void)state;
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/desk"), "cuts")), 0);
	cut_heard();
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/desk");
	assert_int_equal(answer_int(a, "cuts.0.client_id"), client);
	assert_string_equal(answer_text(a, "cuts.0.member"), "Марко Менеджер");
	assert_non_null(strstr(web_get(web, &web->lead, AS_PAGE, "/desk")->body, "cut-note"));
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/desk"), "cuts")), 0);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), finish, &deal);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/desk"), "cuts")), 0);
}

/* ---- The crib ---- */

static struct answer *write_crib(const char *variety, const char *text)
{
	return web_post(web, &web->manager, AS_JSON, web_path(web, "%s/crib", page), FORM("variety", variety, "text", text));
}

static void crib__is_offered_first_and_told_once(void **state)
{
	(void)state;
	assert_int_equal(write_crib("story", "Учора впіймали сома на сім кілограмів.")->status, 200);
	assert_int_equal(write_crib("topic", "Донька грає в шахи")->status, 200);
	struct answer *a = show();
	int64_t story = answer_int(a, "crib.lines.0.id"), topic = answer_int(a, "crib.lines.1.id");
	assert_string_equal(answer_text(a, "crib.next.text"), "Учора впіймали сома на сім кілограмів.");
	/* In the call it is what comes first, and is said like anything else. */
	int64_t call_id = call_new();
	const char *call_page = web_path(web, "/calls/%lld", (long long)call_id);
	HAPPEN(call_id, {"began", 0, 1});
	a = web_get(web, &web->manager, AS_JSON, call_page);
	assert_int_equal(answer_int(a, "view.ask.item.id"), story);
	HAPPEN(call_id, {"said", story, 0}, {"ended", 0, 4});
	a = show();
	assert_int_equal(answer_int(a, "crib.lines.1.id"), story); /* what was told goes below */
	assert_int_equal(answer_int(a, "crib.lines.1.told_call"), call_id);
	assert_int_equal(answer_int(a, "crib.next.id"), topic);
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld", (long long)call_new()));
	assert_int_equal(answer_int(a, "engine.heard.0"), story);
	/* The summary of the call that is over has its words. */
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, call_page)->body, "сома на сім"));
}

static void crib__library_stories_are_told_once_too(void **state)
{
	(void)state;
	int64_t call_id = talked();
	struct answer *a = show();
	assert_string_equal(answer_text(a, "crib.told.0.variety"), "story");
	assert_int_equal(answer_int(a, "crib.told.0.told_call"), call_id);
	assert_false(answer_int(a, "crib.next.id") == item("story_walk"));
}

/* Who calls a company talks to people there: its record has a crib as a person's has. */
static void crib__a_company_has_one_too(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/clients/new", FORM("kind", "company", "segment", "b2b", "name", "Млин", "anyway", "1"));
	const char *company = answer_text(a, "location");
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/crib", company), FORM("variety", "topic", "text", "Нова лінія помелу"))->status, 303);
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, company)->body, "Нова лінія помелу"));
}

static void crib__is_struck_out_and_put_back(void **state)
{
	(void)state;
	write_crib("association", "Людина з осетром");
	int64_t id = answer_int(show(), "crib.lines.0.id");
	const char *strike = web_path(web, "%s/crib/%lld", page, (long long)id);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, strike, FORM("x", ""))->status, 303);
	assert_int_equal(json_array_size(answer_at(show(), "crib.lines")), 0);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, strike, FORM("back", "1"))->status, 303);
	assert_int_equal(json_array_size(answer_at(show(), "crib.lines")), 1);
	/* Another client's is not struck out through this one. */
	int64_t other = fixture_client(web, &web->manager, "Інша", "b2b");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "/clients/%lld/crib/%lld", (long long)other, (long long)id), FORM("x", ""))->status, 404);
	assert_int_equal(write_crib("joke", "що")->status, 422);
	for (int i = 0; i < 59; i++) write_crib("topic", web_path(web, "тема %d", i));
	assert_true(json_is_true(answer_at(show(), "crib.full")));
	assert_int_equal(write_crib("topic", "зайва")->status, 422);
	/* Another client's line cannot be said to this one. */
	int64_t foreign = fixture_deal(web, &web->manager, other, "Інша", 100, "new", -1);
	int64_t call_id = fixture_call(web, &web->manager, other, foreign, 1, moment_now(), 0, "", "");
	struct answer *a = web_post_json(web, &web->manager, web_path(web, "/calls/%lld/events", (long long)call_id),
		web_path(web, "{\"after\": 0, \"events\": [{\"id\": \"z1\", \"kind\": \"began\", \"value\": 1}, {\"id\": \"z2\", \"kind\": \"said\", \"item\": %lld}]}", (long long)id));
	assert_string_equal(answer_text(a, "results.1.result"), "malformed");
}

/* ---- What is derived ---- */

static void spoil(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE client_interest SET call_id = call_id + 1", "")) fail_msg("%s", error.text);
}

static void client_interest__rebuilt_equals_what_was_kept(void **state)
{
	(void)state;
	talked();
	int64_t later = talked();
	cut_heard();
	assert_int_equal(number("SELECT count(*) FROM client_interest"), 3);
	assert_int_equal(answer_int(show(), "map.1.found.0.call_id"), later); /* the last in which it was found */
	assert_int_equal(answer_int(show(), "map.1.times"), 2);
	assert_true(fixture_rebuild(web));
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), spoil, NULL);
	assert_false(fixture_rebuild(web));
	assert_int_equal(number("SELECT call_id FROM client_interest WHERE interest_id = %lld", (long long)item("expensive_capital")), later);
}

static void often(struct use *use, void *arg)
{
	struct error error;
	if (db_exec(use->db, &error, arg, "")) fail_msg("%s", error.text);
}

/* N5: how often an answer held is known from negotiations, too. */
static void answers__of_a_negotiation_are_counted(void **state)
{
	(void)state;
	int64_t argument = item("competitor_cheaper"), held = item("cheaper_year"), failed = item("cheaper_fixed");
	HAPPEN(call_new(), {"began", 0, 1}, {"objection", argument, 0}, {"objection_part", held, 2}, {"objection_closed", argument, 0}, {"planned", 0, moment_now() + MOMENT_DAY},
	       {"ended", 0, 3});
	HAPPEN(call_new(), {"began", 0, 1}, {"objection", argument, 0}, {"objection_part", failed, 2}, {"objection_left", argument, 0}, {"planned", 0, moment_now() + MOMENT_DAY},
	       {"ended", 0, 3});
	assert_int_equal(number("SELECT 10 * used + worked FROM item_use WHERE item_id = %lld", (long long)held), 11);
	assert_int_equal(number("SELECT 10 * used + worked FROM item_use WHERE item_id = %lld", (long long)failed), 10);
	/* So often that nothing is left to chance: it stands first. */
	web_do(web, web_actor(&web->lead, ROLE_LEAD), often, (void *)(uintptr_t)web_path(web, "UPDATE item_use SET used = 1000, worked = 999 WHERE item_id = %lld", (long long)held));
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld?position=%lld", (long long)call_new(), (long long)argument));
	assert_int_equal(answer_int(a, "view.position.answers.0.share.n"), 1000);
}

/* ---- The proposal (N4) ---- */

static const char *proposal(void)
{
	return web_path(web, "/deals/%lld/proposal", (long long)deal);
}

static bool sheet_has(const char *language, const char *words)
{
	return strstr(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s?language=%s", proposal(), language))->body, words) != NULL;
}

static void proposal__speaks_of_what_was_found_and_of_what_serves_it(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, proposal());
	assert_true(json_is_true(answer_at(a, "by_motives")));
	assert_int_equal(json_array_size(answer_at(a, "interests")), 0);
	assert_int_equal(answer_int(a, "price_minor"), 5880000);
	talked();
	cut_heard();
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "%s?language=uk", proposal()));
	assert_false(json_is_true(answer_at(a, "by_motives")));
	assert_int_equal(json_array_size(answer_at(a, "interests")), 2);
	assert_int_equal(json_array_size(answer_at(a, "interests.0.points")), 2);
	/* In his language and in words for him; what we think of him, and what he hinted at, stands nowhere in it. */
	assert_true(sheet_has("uk", "Платити частинами, коли система вже працює"));
	assert_true(sheet_has("en", "Paying in parts, once the system already works"));
	assert_false(sheet_has("uk", "Бракує вільних грошей"));
	assert_false(sheet_has("uk", "особист"));
	assert_false(sheet_has("en", "personal"));
	assert_false(sheet_has("en", "lang=\"uk\" aria-current"));
	/* Nothing is said twice while something else serves, too. */
	assert_string_not_equal(answer_text(a, "interests.0.points.0.benefit"), answer_text(a, "interests.0.points.1.benefit"));
	assert_string_not_equal(answer_text(a, "interests.0.points.0.benefit"), answer_text(a, "interests.1.points.0.benefit"));
}

static void proposal__is_built_on_motives_where_no_interest_is_found(void **state)
{
	(void)state;
	HAPPEN(call_new(), {"began", 0, 0}, {"motive_on", 0, 1}, {"ended", 0, 4});
	struct answer *a = web_get(web, &web->manager, AS_JSON, proposal());
	assert_true(json_is_true(answer_at(a, "by_motives")));
	assert_int_equal(json_array_size(answer_at(a, "interests")), 1);
	assert_string_equal(answer_text(a, "interests.0.text"), "Spending less and earning more");
}

static int64_t laid(const char *key)
{
	int64_t library = number("SELECT v.variable_id FROM trade_variable v JOIN playbook p ON p.team_id = v.team_id AND p.playbook_id = v.playbook_id WHERE v.team_id = %lld "
				 "AND p.key = 'crm' AND v.key = '%s'", (long long)web->team_id, key);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "/deals/%lld/bargain/add", (long long)deal), FORM("library", web_path(web, "%lld", (long long)library)))->status, 303);
	return number("SELECT variable_id FROM bargain_variable WHERE library_id = %lld", (long long)library);
}

static void proposal__has_the_package_that_stands_and_its_price(void **state)
{
	(void)state;
	int64_t training = laid("training"), price = laid("price"), reference = laid("reference");
	int64_t day = number("SELECT option_id FROM bargain_option WHERE variable_id = %lld ORDER BY place LIMIT 1 OFFSET 1", (long long)training);
	struct answer *a = web_get(web, &web->manager, AS_JSON, proposal());
	assert_int_equal(json_array_size(answer_at(a, "terms")), 1); /* a service; a reference that is not given is not spoken of, the price stands below */
	assert_true(reference > 0);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "/deals/%lld/bargain", (long long)deal),
				  FORM("put", web_path(web, "%lld:%lld", (long long)training, (long long)day), "put", web_path(web, "%lld:%lld", (long long)price, (long long)bargain_number_value(95)), "side", "ours", "nothing", "1"))->status, 303);
	a = web_get(web, &web->manager, AS_JSON, proposal());
	assert_string_equal(answer_text(a, "terms.0.value"), "a day in your office");
	assert_int_equal(answer_int(a, "price_minor"), 5880000 / 100 * 95);
	/* Nothing of ours in it: what an option costs us (1 800), our values, the limit. */
	assert_null(strstr(a->body, "ours"));
	assert_null(strstr(a->body, "limit"));
	assert_null(strstr(a->body, "180000"));
}

static void proposal__takes_own_words_from_whoever_leads_the_deal(void **state)
{
	(void)state;
	const char *const form[] = {"language", "en", "opening", "Dear Olena,\nthank you.", "next_step", "Sign on Friday", "valid_until", "2090-01-16", NULL};
	struct answer *a = web_post(web, &web->manager, AS_PAGE, proposal(), form);
	assert_int_equal(a->status, 303);
	assert_non_null(strstr(a->location, "language=en"));
	a = web_get(web, &web->manager, AS_JSON, proposal());
	assert_string_equal(answer_text(a, "next_step"), "Sign on Friday");
	assert_string_equal(answer_text(a, "valid_until"), "2090-01-16");
	assert_true(sheet_has("en", "Dear Olena,"));
	assert_int_equal(web_post(web, &web->manager, AS_JSON, proposal(), FORM("opening", "", "valid_until", "2001-01-16"))->status, 422);
	struct person other = web_person(web, web->team_id, "Інший Менеджер", "manager");
	assert_int_equal(web_post(web, &other, AS_JSON, proposal(), form)->status, 403);
	assert_int_equal(web_get(web, &other, AS_JSON, proposal())->status, 200);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), finish, &deal);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, proposal(), form)->status, 403);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(map__shows_what_stands_behind_each_position),
		TEST(map__asks_on_where_nothing_is_found_and_names_what_served),
		TEST(map__what_was_taken_back_is_not_there),
		TEST(cut__is_warned_of_with_what_to_say_and_to_whom),
		TEST(cut__is_on_the_desk_of_the_lead_while_the_deal_is_open),
		TEST(crib__is_offered_first_and_told_once),
		TEST(crib__library_stories_are_told_once_too),
		TEST(crib__a_company_has_one_too),
		TEST(crib__is_struck_out_and_put_back),
		TEST(proposal__speaks_of_what_was_found_and_of_what_serves_it),
		TEST(proposal__is_built_on_motives_where_no_interest_is_found),
		TEST(proposal__has_the_package_that_stands_and_its_price),
		TEST(proposal__takes_own_words_from_whoever_leads_the_deal),
		TEST(client_interest__rebuilt_equals_what_was_kept),
		TEST(answers__of_a_negotiation_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
