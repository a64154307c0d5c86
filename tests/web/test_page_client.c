#include <string.h>

#include "check.h"
#include "web_fixture.h"

static struct web *web;

static int open_web(void **state)
{
	(void)state;
	web = web_open();
	return 0;
}

static int close_web(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static void clients__empty_list_says_what_to_do_first(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/clients");
	assert_true(json_is_true(answer_at(a, "none")));
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, "/clients")->body, "href=\"/import\""));
}

static void client__made_by_the_form_is_shown_with_all_that_was_typed(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_PAGE, "/clients/new",
				    FORM("kind", "person", "segment", "b2b", "name", "Олена Гнатюк", "position", "власниця", "company", "Кава Поруч", "source", "за порадою", "phone",
					 "067 123-45-67", "phone", "", "email", "olena@kava.example", "tags", "HoReCa, Львів"));
	assert_int_equal(a->status, 303);
	a = web_get(web, &web->manager, AS_JSON, a->location);
	assert_string_equal(answer_text(a, "client.name"), "Олена Гнатюк");
	assert_string_equal(answer_text(a, "client.company.name"), "Кава Поруч");
	assert_string_equal(answer_text(a, "client.phones.0.phone"), "067 123-45-67");
	assert_string_equal(answer_text(a, "client.phones.0.dial"), "tel:+380671234567");
	assert_string_equal(answer_text(a, "client.emails.0.write"), "mailto:olena@kava.example");
	assert_string_equal(answer_text(a, "client.tags.1"), "Львів");
	assert_string_equal(answer_text(a, "client.owner.name"), "Марко Менеджер");
	assert_string_equal(answer_text(a, "history.0.what"), "came");
	assert_true(json_is_null(answer_at(a, "next")));
	const char *person = web_path(web, "/clients/%lld", (long long)answer_int(a, "client.id"));
	const char *company = web_path(web, "/clients/%lld", (long long)answer_int(a, "client.company.id"));

	const char *page = web_get(web, &web->manager, AS_PAGE, person)->body;
	assert_non_null(strstr(page, "href=\"tel:+380671234567\""));
	assert_non_null(strstr(page, web_path(web, "/calls/new?client=%s", person + 9)));
	assert_non_null(strstr(page, web_path(web, "/deals/new?client=%s", person + 9)));
	a = web_get(web, &web->manager, AS_JSON, company);
	assert_string_equal(answer_text(a, "people.0.name"), "Олена Гнатюк");

	a = web_post(web, &web->lead, AS_JSON, web_path(web, "%s/notes", person), FORM("text", "Любить риболовлю.\nБез чоловіка не підпише."));
	assert_int_equal(a->status, 200);
	a = web_get(web, &web->manager, AS_JSON, person);
	assert_string_equal(answer_text(a, "history.0.what"), "note");
	assert_string_equal(answer_text(a, "history.0.text"), "Любить риболовлю.\nБез чоловіка не підпише.");
	assert_string_equal(answer_text(a, "history.0.member"), "Ліда Лідерка");
}

static void client_form__offers_companies_as_one_types(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_HTMX, web_path(web, "/clients/companies?company=%s", web_escape(web, "пор")));
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "<option value=\"Кава Поруч\">"));
	assert_null(strstr(a->body, "Гнатюк")); /* she works there: she is no company */
	a = web_get(web, &web->manager, AS_JSON, "/clients/companies");
	assert_int_equal(json_array_size(answer_at(a, "companies")), 0);
}

static void client__form_with_mistakes_comes_back_with_what_was_typed(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_PAGE, "/clients/fields", FORM("name", "Код"));
	assert_int_equal(a->status, 303);
	int64_t field = answer_int(web_get(web, &web->lead, AS_JSON, "/clients/fields"), "fields.0.id");
	a = web_post(web, &web->manager, AS_PAGE, "/clients/new",
		     FORM("kind", "company", "name", "Фірма-<b>", "phone", "12", "phone", "0671112233", "field", web_path(web, "%lld", (long long)field), "value", "Набраний код"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "value=\"Фірма-&lt;b&gt;\""));
	assert_non_null(strstr(a->body, "value=\"0671112233\""));
	assert_non_null(strstr(a->body, "value=\"Набраний код\""));
	assert_non_null(strstr(a->body, "id=\"phone-mistake\""));
	assert_null(strstr(web_get(web, &web->manager, AS_JSON, "/clients")->body, "Фірма-"));
}

static void client__one_like_him_is_shown_before_a_second_is_made(void **state)
{
	(void)state;
	const char *const *form = FORM("kind", "person", "name", "Тарас Ковальчук", "phone", "050 887 10 02");
	const char *first = web_post(web, &web->manager, AS_PAGE, "/clients/new", form)->location;
	struct answer *a = web_post(web, &web->manager, AS_PAGE, "/clients/new", FORM("kind", "person", "name", "Т. Ковальчук", "phone", "+380508871002"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, web_path(web, "href=\"%s\"", first)));
	a = web_post(web, &web->manager, AS_JSON, "/clients/new", FORM("kind", "person", "name", "Т. Ковальчук", "phone", "+380508871002"));
	assert_true(answer_has(a, "mistakes.anyway"));
	a = web_post(web, &web->manager, AS_PAGE, "/clients/new", FORM("kind", "person", "name", "Т. Ковальчук", "phone", "+380508871002", "anyway", "1"));
	assert_int_equal(a->status, 303);
}

static void clients__search_as_one_types_gets_a_fragment(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_HTMX, web_path(web, "/clients?q=%s", web_escape(web, "ковальчук т")));
	assert_int_equal(a->status, 200);
	assert_null(strstr(a->body, "<html"));
	assert_non_null(strstr(a->body, "id=\"found\""));
	assert_non_null(strstr(a->body, "Тарас Ковальчук"));
	a = web_get(web, &web->manager, AS_HTMX, web_path(web, "/clients?q=%s", web_escape(web, "\" OR 1=1 * : ^ AND (")));
	assert_int_equal(a->status, 200);
	assert_null(strstr(a->body, "Тарас"));
}

static void clients__filters_narrow_and_combine(void **state)
{
	(void)state;
	web_post(web, &web->lead, AS_PAGE, "/clients/new", FORM("kind", "company", "name", "Лідова Фірма", "tags", "склад"));
	web_post(web, &web->manager, AS_PAGE, "/clients/new", FORM("kind", "person", "name", "Мій Приватний", "tags", "склад"));
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/clients?whose=mine");
	assert_int_equal(answer_int(a, "count"), 1);
	assert_string_equal(answer_text(a, "clients.0.name"), "Лідова Фірма");
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/clients?tag=%s", web_escape(web, "склад")));
	assert_int_equal(answer_int(a, "count"), 2);
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/clients?segment=b2c&tag=%s", web_escape(web, "склад")));
	assert_int_equal(json_array_size(answer_at(a, "clients")), 1);
	assert_string_equal(answer_text(a, "clients.0.name"), "Мій Приватний");
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/clients?whose=mine&segment=b2c&q=%s&tag=%s", web_escape(web, "мій"), web_escape(web, "склад")));
	assert_int_equal(answer_int(a, "count"), 0);
}

static void client__archived_and_brought_back(void **state)
{
	(void)state;
	const char *path = web_post(web, &web->manager, AS_PAGE, "/clients/new", FORM("kind", "person", "name", "На Полицю"))->location;
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/archive", path), FORM())->status, 303);
	assert_null(strstr(web_get(web, &web->manager, AS_JSON, "/clients")->body, "На Полицю"));
	assert_non_null(strstr(web_get(web, &web->manager, AS_JSON, "/clients?archived=1")->body, "На Полицю"));
	assert_true(json_is_string(answer_at(web_get(web, &web->manager, AS_JSON, path), "client.archived_at")));
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/archive", path), FORM("back", "1"))->status, 303);
	assert_non_null(strstr(web_get(web, &web->manager, AS_JSON, "/clients")->body, "На Полицю"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clients__empty_list_says_what_to_do_first),
		cmocka_unit_test(client__made_by_the_form_is_shown_with_all_that_was_typed),
		cmocka_unit_test(client_form__offers_companies_as_one_types),
		cmocka_unit_test(client__form_with_mistakes_comes_back_with_what_was_typed),
		cmocka_unit_test(client__one_like_him_is_shown_before_a_second_is_made),
		cmocka_unit_test(clients__search_as_one_types_gets_a_fragment),
		cmocka_unit_test(clients__filters_narrow_and_combine),
		cmocka_unit_test(client__archived_and_brought_back),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
