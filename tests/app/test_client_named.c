#include <string.h>

#include "app/client.h"
#include "app/client_named.h"
#include "base/buf.h"
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

#define LIST(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(,) NULL})

static void make(struct use *use, void *arg)
{
	int64_t id;
	assert_int_equal(client_make(use, arg, &id), DONE);
}

static void client(const struct person *who, const char *kind, const char *name, const char *phone, const char *email)
{
	struct client_form form = {.kind = kind, .segment = "b2b", .name = name, .position = "", .source = "", .company = "", .phones = LIST(phone), .emails = LIST(email), .tags = "",
				   .field_ids = LIST(), .field_values = LIST(), .anyway = true};
	web_do(web, web_actor(who, ROLE_MANAGER), make, &form);
}

struct asking {
	const char *text, *found;
};

static void ask(struct use *use, void *arg)
{
	struct asking *a = arg;
	json_t *clients, *one;
	size_t i;
	assert_int_equal(client_named(use, a->text, &clients), DONE);
	a->found = "";
	json_array_foreach(clients, i, one) a->found = arena_printf(web->arena, "%s%s%s", a->found, i ? " | " : "", json_string_value(json_object_get(one, "as")));
	json_decref(clients);
}

static const char *named(const char *text)
{
	struct asking a = {text, NULL};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), ask, &a);
	return a.found;
}

static void client_named__people_and_companies_in_any_case(void **state)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{"Подзвонила Мар’яна Солов’яненко і сказала", "Мар’яна Солов’яненко"},
		{"Розмовляв із Солов'яненко Мар'яною вчора", "Солов'яненко Мар'яною"},
		{"Мар’яні Петрівні вже казали", "Мар’яні Петрівні"},
		{"Мар’яна дзвонила", ""},
		{"Олена Солов’яненко", ""},                                      /* another one of that name */
		{"Олену Коваль бачили", ""},                                     /* the client is Олег */
		{"Олега Коваля бачили", "Олега Коваля"},
		{"у «Каві Поруч» п’ють", "Каві Поруч"},
		{"кава поруч", "кава поруч"},
		{"Поруч кава", ""},
		{"Замовила «Аврора» двічі", "Аврора"},
		{"Аврорі це сподобалось", "Аврорі"},
		{"полярна аврора сяє", ""},
		{"ТОВ без назви", ""},
		{"У Житньому дворику питали про строк", "Житньому дворику"},      /* what is in quotes, without what it is */
		{"пекарня «Житній дворик» питала", "пекарня «Житній дворик"},
		{"Насіння «Поле» питало, а поле мовчало", "Насіння «Поле"},
		{"вийшли в поле", ""},
		{"дворик Житній", ""},
		{"дзвоніть 067 123-45-67 до шостої", "067 123-45-67"},
		{"тел. +38(067)1234567.", "+38(067)1234567"},
		{"номер 0 67 123 45 67, спитати Мар’яну", "0 67 123 45 67"},
		{"38 067 123–45–67 — увечері", "38 067 123–45–67"},
		{"(067)\u00a0123.45.67", "067)\u00a0123.45.67"},
		{"без нуля: 67 123 45 67", "67 123 45 67"},
		{"1) 0671234567", "0671234567"},
		{"12 разів на 067/123/45/67", "067/123/45/67"},
		{"０６７１２３４５６７", "０６７１２３４５６７"},
		{"строк 30-60 днів, 120 000 грн, 2026", ""},
		{"пишіть на M.Sol@Kava.example.", "M.Sol@Kava.example"},
		{"@ комусь", ""},
		{"", ""},
	};
	(void)state;
	client(&web->manager, "person", "Солов’яненко Мар’яна Петрівна", "+380 67 123 45 67", "m.sol@kava.example");
	client(&web->lead, "person", "Олег Коваль", "", "");
	client(&web->lead, "person", "Ганна", "", "");
	client(&web->lead, "company", "ТОВ «Кава Поруч»", "", "");
	client(&web->lead, "company", "Аврора", "", "");
	client(&web->lead, "company", "Пекарня «Житній дворик»", "", "");
	client(&web->lead, "company", "Насіння «Поле»", "", "");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (strcmp(named(cases[i].text), cases[i].found)) fail_msg("\"%s\": \"%s\", and not \"%s\"", cases[i].text, named(cases[i].text), cases[i].found);
}

static void client_named__asks_its_own_team_alone(void **state)
{
	(void)state;
	struct person other = web_person(web, web_team(web, "Інша"), "Хтось Інший", "manager");
	client(&other, "person", "Тарас Чужинець", "", "");
	assert_string_equal(named("Тарас Чужинець"), "");
}

static void client_named__a_long_text_and_odd_bytes(void **state)
{
	struct buf text;
	(void)state;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < 3000; i++) buf_text(&text, i % 3 ? "’'Ґ @+(" : "слово. ");
	buf_text(&text, " Аврора");
	client(&web->lead, "company", "Аврора", "", "");
	assert_string_equal(named(text.bytes), "Аврора");
	buf_done(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(client_named__people_and_companies_in_any_case, open_web, close_web),
		cmocka_unit_test_setup_teardown(client_named__asks_its_own_team_alone, open_web, close_web),
		cmocka_unit_test_setup_teardown(client_named__a_long_text_and_odd_bytes, open_web, close_web),
	};
	return cmocka_run_group_tests_name("app/client_named", tests, NULL, NULL);
}
