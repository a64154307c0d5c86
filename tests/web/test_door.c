#include <string.h>

#include "check.h"
#include "web_fixture.h"

/* From an empty file to the desk, by the forms alone: what every company goes through once. */
static void door__first_start_then_log_out_and_in(void **state)
{
	(void)state;
	struct web *web = web_open_empty();
	struct person person = {0};
	assert_string_equal(web_get(web, &person, AS_PAGE, "/")->location, "/start");
	const char *const *form = FORM("company", "ТОВ «Осетер»", "team", "Північ", "name", "Оксана", "login", "Оксана", "password", "довгий пароль", "zone",
				       "Europe/Kyiv", "currency", "UAH", "country", "380");
	struct answer *a = web_post(web, &person, AS_PAGE, "/start", form);
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, "/desk");
	assert_string_equal(answer_text(web_get(web, &person, AS_JSON, "/session"), "name"), "Оксана");
	assert_string_equal(answer_text(web_get(web, &person, AS_JSON, "/session"), "role"), "admin");

	assert_int_equal(web_post(web, &person, AS_PAGE, "/logout", FORM())->status, 303);
	struct person again = {0};
	a = web_post(web, &again, AS_JSON, "/login", FORM("login", "оксана", "password", "не той пароль"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.password"));
	assert_string_equal(again.session, "");
	a = web_post(web, &again, AS_PAGE, "/login", FORM("login", "ОКСАНА", "password", "довгий пароль", "next", "/team"));
	assert_string_equal(a->location, "/team");
	assert_int_equal(web_get(web, &again, AS_JSON, "/team")->status, 200);

	/* The company is there: nobody starts it a second time. */
	struct person late = {0};
	assert_string_equal(web_get(web, &late, AS_PAGE, "/start")->location, "/");
	web_close(web);
}

static void door__a_form_without_its_token_changes_nothing(void **state)
{
	(void)state;
	struct web *web = web_open();
	struct person forged = web->admin;
	snprintf(forged.csrf, sizeof forged.csrf, "not the token of this session, but as long");
	assert_int_equal(web_post(web, &forged, AS_JSON, "/team/teams", FORM("name", "Підкинута"))->status, 403);
	assert_null(strstr(web_get(web, &web->admin, AS_JSON, "/team")->body, "Підкинута"));
	web_close(web);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(door__first_start_then_log_out_and_in),
		cmocka_unit_test(door__a_form_without_its_token_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
