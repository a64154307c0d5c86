/* What the server itself promises: sizes, methods, sessions that turn, tries that are counted, a clean end. */
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "check.h"
#include "store/db.h"
#include "web/limiter.h"
#include "web/route.h"
#include "web_fixture.h"

static struct web *web;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static void server__says_what_is_not_there(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/nowhere");
	assert_int_equal(a->status, 404);
	assert_int_equal(answer_int(a, "status"), 404);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/nowhere")->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/logout")->status, 405);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/session", FORM())->status, 405);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/assets/none.css")->status, 404);
}

static void server__caps_what_is_sent(void **state)
{
	(void)state;
	size_t n = 200 * 1024;
	char *long_name = calloc(1, n + 1);
	memset(long_name, 'a', n);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/me", FORM("name", long_name, "language", "uk", "theme", "auto"))->status, 413);
	long_name[121] = '\0';
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/me", FORM("name", long_name, "language", "uk", "theme", "auto"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.name"));
	free(long_name);
	a = web_post(web, &web->manager, AS_JSON, "/me", FORM("name", "\xff\xfe", "language", "xx", "theme", "auto"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.name"));
	assert_true(answer_has(a, "mistakes.language"));
}

static void session_age(struct use *use, void *arg)
{
	struct error error;
	assert_int_equal(db_exec(use->db, &error, "UPDATE session SET turned_at = turned_at - $1 WHERE member_id = $2", "ii", *(int64_t *)arg, use->who.member_id), 0);
}

static void session__is_turned_after_half_a_day(void **state)
{
	char before[64];
	struct person old = web->manager;
	(void)state;
	snprintf(before, sizeof before, "%s", web->manager.session);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/me")->status, 200);
	assert_string_equal(web->manager.session, before);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), session_age, &(int64_t){13 * MOMENT_HOUR});
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/me")->status, 200);
	assert_string_not_equal(web->manager.session, before);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/me")->status, 200);
	assert_int_equal(web_get(web, &old, AS_JSON, "/me")->status, 200); /* for a minute more: requests under way */
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, "/me", FORM("name", "М", "language", "uk", "theme", "auto"))->status, 303); /* forms opened before still count */
}

static void session_over(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	assert_int_equal(db_exec(use->db, &error, "UPDATE session SET expires_at = $1 WHERE member_id = $2", "ii", use->now - 1, use->who.member_id), 0);
}

static void session__that_is_over_leads_to_the_log_in_and_back(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), session_over, NULL);
	struct answer *a = web_get(web, &web->manager, AS_PAGE, "/team");
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, "/login?next=/team");
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/team")->status, 401);
}

static void login__never_leads_elsewhere(void **state)
{
	static const char *const bad[] = {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"};
	(void)state;
	struct web *empty = web_open_empty();
	struct person admin = {0};
	web_get(empty, &admin, AS_PAGE, "/start");
	struct answer *a = web_post(empty, &admin, AS_PAGE, "/start", FORM("company", "О", "team", "К", "name", "Олена", "login", "Olena", "password", "осетер-2026", "zone",
									    "Europe/Kyiv", "currency", "UAH", "country", "380"));
	assert_int_equal(a->status, 303);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct person p = {0};
		web_get(empty, &p, AS_PAGE, "/login");
		a = web_post(empty, &p, AS_PAGE, "/login", FORM("login", "OLENA", "password", "осетер-2026", "next", bad[i]));
		assert_int_equal(a->status, 303);
		assert_string_equal(a->location, "/desk");
	}
	struct person p = {0};
	web_get(empty, &p, AS_PAGE, "/login");
	assert_string_equal(web_post(empty, &p, AS_PAGE, "/login", FORM("login", "olena", "password", "осетер-2026", "next", "/team"))->location, "/team");
	web_close(empty);
}

static void limiter__counts_by_name_and_by_address(void **state)
{
	int64_t now = moment_now();
	char name[32];
	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_int_equal(limiter_wait("limited", "192.0.2.1", now), 0);
		limiter_wrong("limited", "192.0.2.1", now);
	}
	assert_true(limiter_wait("limited", "192.0.2.9", now) > 0);              /* the name, from wherever */
	assert_int_equal(limiter_wait("limited", "192.0.2.9", now + 61 * MOMENT_SECOND), 0);
	limiter_wrong("limited", "192.0.2.9", now + 61 * MOMENT_SECOND);
	assert_true(limiter_wait("limited", "192.0.2.9", now + 61 * MOMENT_SECOND) > 61 * MOMENT_SECOND); /* twice as long */
	limiter_right("limited", "192.0.2.9", now);
	assert_int_equal(limiter_wait("limited", "192.0.2.9", now), 0);
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof name, "name%d", i);
		limiter_wrong(name, "192.0.2.77", now);
	}
	assert_true(limiter_wait("fresh", "192.0.2.77", now) > 0);               /* the address, with whatever name */
	assert_int_equal(limiter_wait("fresh", "192.0.2.78", now), 0);
	assert_int_equal(limiter_wait("fresh", "192.0.2.77", now + 11 * MOMENT_MINUTE), 0);
}

static void limiter__a_known_one_is_not_locked_out_by_a_stranger(void **state)
{
	int64_t now = moment_now();
	char from[32];
	(void)state;
	limiter_right("olena", "198.51.100.7", now);
	for (int i = 0; i < 40; i++) {
		snprintf(from, sizeof from, "203.0.113.%d", i);
		limiter_wrong("olena", from, now);
	}
	assert_true(limiter_wait("olena", "203.0.113.77", now) > 0);
	assert_int_equal(limiter_wait("olena", "198.51.100.7", now), 0);
	for (int i = 0; i < 5; i++) limiter_wrong("olena", "198.51.100.7", now); /* but there he is counted too */
	assert_true(limiter_wait("olena", "198.51.100.7", now) > 0);
	assert_int_equal(limiter_wait("olena", "198.51.100.7", now + 61 * MOMENT_SECOND), 0);
	assert_true(limiter_wait("olena", "198.51.100.7", now + 40 * MOMENT_DAY) == 0);
}

static void limiter__an_address_is_a_household(void **state)
{
	int64_t now = moment_now();
	char name[32], from[64];
	(void)state;
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof name, "six%d", i);
		snprintf(from, sizeof from, "2001:db8:1:2:%x::1", i + 1);
		limiter_wrong(name, from, now);
	}
	assert_true(limiter_wait("other", "2001:db8:1:2:ffff::9", now) > 0);
	assert_int_equal(limiter_wait("other", "2001:db8:1:3::9", now), 0);
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof name, "four%d", i);
		limiter_wrong(name, i % 2 ? "192.0.2.200" : "::ffff:192.0.2.200", now);
	}
	assert_true(limiter_wait("other", "192.0.2.200", now) > 0);
}

static void openapi__lists_every_route(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/openapi.json");
	assert_int_equal(a->status, 200);
	for (size_t i = 0; i < routes_count; i++) {
		json_t *path = json_object_get(json_object_get(a->json, "paths"), routes[i].path);
		assert_non_null(json_object_get(path, routes[i].method == GET ? "get" : "post"));
		assert_true(strlen(routes[i].help) > 10);
	}
}

static void routes__do_not_shadow_one_another(void **state)
{
	(void)state;
	for (size_t i = 0; i < routes_count; i++) {
		struct route_match match = route_find(routes[i].method, routes[i].path); /* "{client}" stands for itself */
		if (match.route != &routes[i]) fail_msg("%s is answered by %s", routes[i].path, match.route ? match.route->path : "nobody");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(server__says_what_is_not_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(server__caps_what_is_sent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__is_turned_after_half_a_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__that_is_over_leads_to_the_log_in_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(login__never_leads_elsewhere, set_up, tear_down),
		cmocka_unit_test(limiter__counts_by_name_and_by_address),
		cmocka_unit_test(limiter__a_known_one_is_not_locked_out_by_a_stranger),
		cmocka_unit_test(limiter__an_address_is_a_household),
		cmocka_unit_test_setup_teardown(openapi__lists_every_route, set_up, tear_down),
		cmocka_unit_test_setup_teardown(routes__do_not_shadow_one_another, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
