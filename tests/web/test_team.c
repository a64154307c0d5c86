/* Members, roles, invitations, one's own settings. */
#include <string.h>

#include "check.h"
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

static void invitation__is_good_once_and_gives_its_role(void **state)
{
	struct person stranger = {0}, second = {0};
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Іван", "role", "manager"));
	assert_int_equal(a->status, 201);
	const char *path = answer_text(a, "fresh.path");
	a = web_get(web, &stranger, AS_JSON, path);
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "role"), "manager");
	assert_int_equal(web_get(web, &stranger, AS_PAGE, path)->status, 200); /* brings the form's token */
	a = web_post(web, &stranger, AS_PAGE, path, FORM("name", "Іван", "login", "ivan", "password", "ivan-2026"));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, "/desk");
	a = web_get(web, &stranger, AS_JSON, "/session");
	assert_string_equal(answer_text(a, "role"), "manager");
	assert_int_equal(web_get(web, &second, AS_JSON, path)->status, 404);
}

static void invitation__nobody_gives_more_than_he_has(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Х", "role", "admin"))->status, 403);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/team/invitations", FORM("name", "Х", "role", "manager"))->status, 403);
	assert_int_equal(web_post(web, &web->admin, AS_JSON, "/team/invitations", FORM("name", "Х", "role", "admin"))->status, 201);
}

static void invitation__into_another_team_leads_there(void **state)
{
	struct person stranger = {0};
	(void)state;
	assert_int_equal(web_post(web, &web->admin, AS_PAGE, "/team/teams", FORM("name", "Захід"))->status, 303);
	struct answer *a = web_get(web, &web->admin, AS_JSON, "/team");
	const char *team = web_path(web, "%lld", (long long)answer_int(a, "teams.1.id"));
	assert_string_equal(answer_text(a, "teams.1.name"), "Захід");
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Зоряна", "role", "lead", "team", team))->status, 403);
	a = web_post(web, &web->admin, AS_JSON, "/team/invitations", FORM("name", "Зоряна", "role", "lead", "team", team));
	const char *path = answer_text(a, "fresh.path");
	a = web_get(web, &stranger, AS_JSON, path);
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "team"), "Захід");
	web_get(web, &stranger, AS_PAGE, path);
	assert_int_equal(web_post(web, &stranger, AS_PAGE, path, FORM("name", "Зоряна", "login", "zoriana", "password", "зоряна-2026"))->status, 303);
	assert_string_equal(answer_text(web_get(web, &stranger, AS_JSON, "/team"), "team.name"), "Захід");
}

static void invitation__taken_back_opens_nothing(void **state)
{
	struct person stranger = {0};
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Іван", "role", "manager"));
	const char *path = answer_text(a, "fresh.path");
	int64_t id = answer_int(a, "invitations.0.id");
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, web_path(web, "/team/invitations/%lld/cancel", (long long)id), FORM())->status, 303);
	assert_int_equal(web_get(web, &stranger, AS_JSON, path)->status, 404);
}

static void invitation__a_name_taken_keeps_the_form_and_the_link(void **state)
{
	struct person stranger = {0};
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Іван", "role", "manager"));
	const char *path = answer_text(a, "fresh.path");
	web_post(web, &web->admin, AS_JSON, "/team/invitations", FORM("name", "Х", "role", "manager"));
	web_get(web, &stranger, AS_PAGE, path);
	a = web_post(web, &stranger, AS_JSON, path, FORM("name", "Іван", "login", "i", "password", "ivan-2026"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.login"));
	assert_int_equal(web_get(web, &stranger, AS_JSON, path)->status, 200);
}

static void invitation__an_admin_invites_into_another_team(void **state)
{
	struct person stranger = {0};
	(void)state;
	const char *south = web_path(web, "%lld", (long long)web_team(web, "Південь"));
	struct answer *a = web_post(web, &web->admin, AS_JSON, "/team/invitations", FORM("name", "Іван", "role", "lead", "team", south));
	assert_int_equal(a->status, 201);
	const char *path = answer_text(a, "fresh.path");
	a = web_get(web, &stranger, AS_JSON, path);
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "team"), "Південь");
	web_get(web, &stranger, AS_PAGE, path);
	assert_int_equal(web_post(web, &stranger, AS_PAGE, path, FORM("name", "Іван", "login", "ivan-south", "password", "ivan-2026"))->status, 303);
	a = web_get(web, &stranger, AS_JSON, "/team");
	assert_string_equal(answer_text(a, "team.name"), "Південь");
}

static void invitation__ends_with_the_access_of_who_gave_it(void **state)
{
	struct person stranger = {0};
	(void)state;
	const char *path = answer_text(web_post(web, &web->lead, AS_JSON, "/team/invitations", FORM("name", "Він сам", "role", "lead")), "fresh.path");
	assert_int_equal(web_get(web, &stranger, AS_JSON, path)->status, 200);
	assert_int_equal(web_post(web, &web->admin, AS_PAGE, web_path(web, "/team/members/%lld/retire", (long long)web->lead.member_id), FORM())->status, 303);
	assert_int_equal(web_get(web, &stranger, AS_JSON, path)->status, 404);
}

static void member__a_retired_one_is_out_at_once(void **state)
{
	(void)state;
	const char *path = web_path(web, "/team/members/%lld/retire", (long long)web->manager.member_id);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/me")->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, path, FORM())->status, 303);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/me")->status, 401);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, path, FORM("back", "1"))->status, 303);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/me")->status, 401); /* his session has ended; he may log in anew */
}

static void member__the_last_admin_stays(void **state)
{
	(void)state;
	const char *role = web_path(web, "/team/members/%lld/role", (long long)web->admin.member_id);
	struct answer *a = web_post(web, &web->admin, AS_JSON, role, FORM("role", "lead"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.role"));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, role, FORM("role", "manager"))->status, 403);
	const char *self = web_path(web, "/team/members/%lld/retire", (long long)web->admin.member_id);
	assert_int_equal(web_post(web, &web->admin, AS_JSON, self, FORM())->status, 422);
}

static void member__a_lead_makes_a_lead_and_back(void **state)
{
	(void)state;
	const char *role = web_path(web, "/team/members/%lld/role", (long long)web->manager.member_id);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, role, FORM("role", "lead"))->status, 303);
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, "/session"), "role"), "lead");
	assert_int_equal(web_post(web, &web->lead, AS_JSON, role, FORM("role", "admin"))->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, role, FORM("role", "boss"))->status, 422);
}

static void me__language_and_theme_are_ones_own(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, "/me", FORM("name", "Марія", "language", "uk", "theme", "dark"))->status, 303);
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/me");
	assert_string_equal(answer_text(a, "form.language"), "uk");
	assert_string_equal(answer_text(a, "form.theme"), "dark");
	assert_string_equal(answer_text(web_get(web, &web->lead, AS_JSON, "/me"), "form.language"), "en");
	a = web_post(web, &web->manager, AS_PAGE, "/me/taste", FORM("language", "uk", "back", "//evil.example/"));
	assert_string_equal(a->location, "/desk");
}

static void company__only_admins_and_only_sense(void **state)
{
	(void)state;
	assert_int_equal(web_get(web, &web->lead, AS_JSON, "/company")->status, 403);
	struct answer *a = web_post(web, &web->admin, AS_PAGE, "/company", FORM("name", "Нова назва", "zone", "Mars/Olympus", "currency", "EUR", "country", "380"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "Нова назва")); /* what was typed is not lost */
	assert_non_null(strstr(a->body, "Mars/Olympus"));
	a = web_post(web, &web->admin, AS_PAGE, "/company", FORM("name", "Нова назва", "zone", "Europe/Warsaw", "currency", "EUR", "country", "48"));
	assert_int_equal(a->status, 303);
	assert_string_equal(answer_text(web_get(web, &web->admin, AS_JSON, "/company"), "form.zone"), "Europe/Warsaw");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(invitation__is_good_once_and_gives_its_role, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__nobody_gives_more_than_he_has, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__into_another_team_leads_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__taken_back_opens_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__a_name_taken_keeps_the_form_and_the_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__an_admin_invites_into_another_team, set_up, tear_down),
		cmocka_unit_test_setup_teardown(invitation__ends_with_the_access_of_who_gave_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(member__a_retired_one_is_out_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(member__the_last_admin_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(member__a_lead_makes_a_lead_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(me__language_and_theme_are_ones_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(company__only_admins_and_only_sense, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
