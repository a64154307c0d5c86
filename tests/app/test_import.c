#include <stdlib.h>
#include <string.h>

#include "app/check.h"
#include "app/client.h"
#include "app/import.h"
#include "check.h"
#include "exchange/csv.h"
#include "store/import_store.h"
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

/* ---- Running an import ---- */

struct running {
	enum guess_kind kind;
	const char *bytes;
	size_t n;
	json_t *choices;
	bool write;
	enum outcome outcome;
	struct import_found found;
	const char *mistake;
};

static void run_it(struct use *use, void *arg)
{
	struct running *r = arg;
	const char *field;
	json_t *words;
	r->outcome = import_run(use, r->kind, r->bytes, r->n, r->choices, r->write, &r->found);
	json_object_foreach(use->mistakes, field, words) r->mistake = arena_strdup(web->arena, field);
	if (r->outcome == FAILED) fail_msg("%s", use->error.text);
}

static struct running run_as(struct person *who, enum guess_kind kind, const char *bytes, size_t n, json_t *choices, bool write)
{
	struct running r = {kind, bytes, n, choices, write, FAILED, {0}, ""};
	web_do(web, web_actor(who, ROLE_MANAGER), run_it, &r);
	return r;
}

static struct running take(enum guess_kind kind, const char *text)
{
	struct running r = run_as(&web->manager, kind, text, strlen(text), NULL, true);
	assert_int_equal(r.outcome, DONE);
	return r;
}

static struct running look(enum guess_kind kind, const char *text)
{
	struct running r = run_as(&web->manager, kind, text, strlen(text), NULL, false);
	assert_int_equal(r.outcome, DONE);
	return r;
}

static int64_t count(const struct running *r, const char *name)
{
	return json_integer_value(json_object_get(json_object_get(r->found.report, "counts"), name));
}

static void counts_are(const struct running *r, int64_t made, int64_t filled, int64_t same, int64_t refused)
{
	if (count(r, "made") != made || count(r, "filled") != filled || count(r, "same") != same || count(r, "refused") != refused)
		fail_msg("made %lld filled %lld same %lld refused %lld", (long long)count(r, "made"), (long long)count(r, "filled"), (long long)count(r, "same"),
			 (long long)count(r, "refused"));
	assert_int_equal(made + filled + same + refused, count(r, "rows"));
}

/* The page of the first client that the words find. */
static struct answer *client_of(const char *words)
{
	struct answer *list = web_get(web, &web->manager, AS_JSON, web_path(web, "/clients?q=%s", web_escape(web, words)));
	return web_get(web, &web->manager, AS_JSON, web_path(web, "/clients/%lld", (long long)answer_int(list, "clients.0.id")));
}

static int64_t found(const char *words)
{
	return answer_int(web_get(web, &web->manager, AS_JSON, web_path(web, "/clients?q=%s", web_escape(web, words))), "count");
}

/* ---- Clients ---- */

static const char excel[] = "ПІБ;Компанія;Посада;Телефон;E-mail;Мітки;Звідки;ЄДРПОУ;Відповідальний\r\n"
			    "Гнатюк Олена;Кава Поруч;власниця;067 123-45-67, 044 555 10 20;olena@kava.example; HoReCa, Львів;за порадою;40123456;Менеджер Марко\r\n"
			    ";Меблі Прикарпаття;;(050) 887-10-02;;опт;;;\r\n"
			    "Савчук Марія;;;\"093 410 22 18; немає іншого\";м@пошта;;ТРЦ;;Хтось Інший\r\n";

static void import_run__makes_clients_of_a_table_as_people_keep_it(void **state)
{
	(void)state;
	struct running r = take(GUESS_CLIENTS, excel);
	counts_are(&r, 3, 0, 0, 0);
	assert_int_equal(count(&r, "clients"), 1); /* Кава Поруч; the furniture is the row itself */
	struct answer *a = client_of("гнатюк олена");
	assert_string_equal(answer_text(a, "client.company.name"), "Кава Поруч");
	assert_string_equal(answer_text(a, "client.position"), "власниця");
	assert_string_equal(answer_text(a, "client.segment"), "b2b");
	assert_string_equal(answer_text(a, "client.phones.1.phone"), "044 555 10 20");
	assert_string_equal(answer_text(a, "client.emails.0.email"), "olena@kava.example");
	assert_int_equal(json_array_size(answer_at(a, "client.tags")), 2);
	assert_string_equal(answer_text(a, "client.owner.name"), "Марко Менеджер");
	assert_string_equal(answer_text(a, "history.0.text"), "ЄДРПОУ: 40123456");
	a = client_of("савчук марія");
	assert_string_equal(answer_text(a, "client.segment"), "b2c");
	/* what is no number and no address is not lost */
	assert_string_equal(answer_text(a, "history.0.text"), "Телефон: немає іншого\nE-mail: м@пошта");
	assert_string_equal(answer_text(client_of("меблі прикарпаття"), "client.kind"), "company");
	assert_int_equal(json_array_size(json_object_get(r.found.report, "owners")), 1); /* nobody of the team */
}

static void import_run__of_the_same_table_changes_nothing_the_second_time(void **state)
{
	(void)state;
	struct running looked = look(GUESS_CLIENTS, excel);
	counts_are(&looked, 0, 0, 3, 0);
	struct running r = take(GUESS_CLIENTS, excel);
	counts_are(&r, 0, 0, 3, 0);
	assert_int_equal(count(&r, "by_phone"), 3);
	assert_int_equal(found("гнатюк олена"), 1);
	assert_int_equal(json_array_size(answer_at(client_of("гнатюк олена"), "history")), 2);
}

static void import_run__adds_what_is_missing_to_who_is_here(void **state)
{
	(void)state;
	static const char more[] = "Name,Mobile,Email,Tags,Notes\nОлена Гнатюк,+38 (067) 123-45-67,second@kava.example,VIP,Любить риболовлю\n";
	struct running r = look(GUESS_CLIENTS, more);
	counts_are(&r, 0, 1, 0, 0);
	assert_int_equal(found("second@kava"), 0);
	r = take(GUESS_CLIENTS, more);
	counts_are(&r, 0, 1, 0, 0);
	struct answer *a = client_of("гнатюк олена");
	assert_string_equal(answer_text(a, "client.name"), "Гнатюк Олена");
	assert_string_equal(answer_text(a, "client.emails.1.email"), "second@kava.example");
	assert_int_equal(json_array_size(answer_at(a, "client.phones")), 2);
	assert_int_equal(json_array_size(answer_at(a, "client.tags")), 3);
	assert_string_equal(answer_text(a, "history.0.text"), "Любить риболовлю");
	r = take(GUESS_CLIENTS, more);
	counts_are(&r, 0, 0, 1, 0);
}

static void import_run__tells_the_same_from_the_like(void **state)
{
	(void)state;
	struct running r = take(GUESS_CLIENTS, "name,company,phone,email\n"
					       "Перша Колега,Спільний Офіс,044 300 00 01,\n"
					       "Друга Працівниця,Спільний Офіс,044 300 00 01,\n"         /* a colleague on the office's phone: another person */
					       ",Спільний Офіс,044 300 00 01,\n"                         /* the office itself: made above */
					       "Іван Тезко,,050 300 00 02,\n"
					       "Іван Тезко,,050 300 00 03,\n"                            /* a namesake: his own phone says so */
					       "Іван Тезко,,,\n"                                         /* nothing speaks against it: one of them */
					       "Марія Пошта,,,m@example.org\n"
					       "М. Пошта,,,M@EXAMPLE.ORG\n"                              /* by e-mail */
					       "Зовсім Хтось,,+380503000002,\n"                          /* by phone, and his other name is kept */
					       "Фірма Одна,,,\nТОВ Фірма Одна,,,\n");
	counts_are(&r, 7, 2, 2, 0);
	assert_int_equal(count(&r, "clients"), 1);
	assert_int_equal(found("спільний офіс"), 3);
	assert_int_equal(found("іван тезко"), 2);
	assert_int_equal(found("пошта м"), 1);
	struct answer *a = client_of("0503000002");
	assert_non_null(strstr(a->body, "Also named: Зовсім Хтось"));
}

static void import_run__refuses_rows_with_their_number_and_why(void **state)
{
	(void)state;
	struct running r = look(GUESS_CLIENTS, "Ім'я;Телефон\n\nХороший Рядок;0501112200\n;\n;-\nЗайва Клітинка;0501112201;ще\n\"незакриті лапки;0501112202\n");
	counts_are(&r, 1, 0, 0, 3);
	json_t *refused = json_object_get(r.found.report, "refused");
	static const int64_t rows[] = {5, 6, 7};
	size_t i;
	json_t *row;
	json_array_foreach(refused, i, row) {
		if (json_integer_value(json_object_get(row, "row")) != rows[i])
			fail_msg("row %lld: %s", (long long)json_integer_value(json_object_get(row, "row")), json_string_value(json_object_get(row, "why")));
		assert_true(strlen(json_string_value(json_object_get(row, "why"))) > 10);
	}
}

static void import_run__reads_a_file_without_a_header(void **state)
{
	(void)state;
	struct running r = look(GUESS_CLIENTS, "Олег Безголовий\t+380671110011\nЯна Безголова\t0671110012\n");
	counts_are(&r, 2, 0, 0, 0);
	assert_false(json_is_true(json_object_get(r.found.report, "header")));
}

static void import_run__takes_outside_ids_for_what_they_are(void **state)
{
	(void)state;
	struct running r = take(GUESS_CLIENTS, "ID;Name;Phone\nA-1;Змінив Усе;0630000001\n");
	counts_are(&r, 1, 0, 0, 0);
	r = take(GUESS_CLIENTS, "ID;Name;Phone\nA-1;Нове Ім'я;0630000002\n");
	counts_are(&r, 0, 1, 0, 0);
	assert_int_equal(count(&r, "by_outside"), 1);
	assert_int_equal(json_array_size(answer_at(client_of("змінив усе"), "client.phones")), 2);
}

static void import_run__says_what_is_no_table(void **state)
{
	(void)state;
	static const char *const none[] = {"", "\n\n\n", "Name;Phone\n"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct running r = run_as(&web->manager, GUESS_CLIENTS, none[i], strlen(none[i]), NULL, false);
		assert_int_equal(r.outcome, INVALID);
		assert_string_equal(r.mistake, "file");
	}
}

static void import_run__refuses_two_columns_for_one_thing(void **state)
{
	(void)state;
	json_t *choices = json_pack("{s[ss]}", "columns", "name", "name");
	struct running r = run_as(&web->manager, GUESS_CLIENTS, "a;b\nx;y\n", 8, choices, true);
	assert_int_equal(r.outcome, INVALID);
	assert_string_equal(r.mistake, "column");
	json_decref(choices);
}

/* ---- Deals ---- */

static const char deals[] = "Номер угоди;Клієнт;Товар;Етап;Сума;Дата створення;Дата закриття;Менеджер;Причина відмови\n"
			    "U-1;Кава Поруч;Термінал;Виграно;12 000,50;01.02.2026;25.02.2026;Марко Менеджер;\n"
			    "U-2;Новий Клієнт;термінал;Відмова;1 200;03.02.2026;04.02.2026;Хтось;дорого\n"
			    "U-3;Кава Поруч;Каса;КП надіслано;3 тис.;05.02.2026;;;\n"
			    "U-4;;Каса;Нова;100;05.02.2026;;;\n"
			    "U-5;Кава Поруч;Каса;Дивина;100;05.02.2026;;;\n"
			    "U-6;Кава Поруч;Каса;Нова;дорого;05.02.2026;;;\n"
			    "U-7;Кава Поруч;Каса;Нова;100;31.02.2026;;;\n"
			    "U-8;Кава Поруч;Каса;Виграно;100;05.03.2026;04.03.2026;;\n"
			    "U-1;Кава Поруч;Каса;Нова;100;05.02.2026;;;\n";

static json_t *deal_of(struct web *w, const char *outside)
{
	json_t *deal = NULL;
	struct error error;
	struct db *db = store_reader_take(w->store, &error);
	if (db_query_row(db, &error, &deal, "SELECT d.*, p.name AS product, c.name AS client FROM deal d JOIN client c ON c.team_id = d.team_id AND c.client_id = d.client_id "
					    "LEFT JOIN product p ON p.team_id = d.team_id AND p.product_id = d.product_id WHERE d.outside_id = $1", "t", outside))
		fail_msg("%s", error.text);
	store_reader_give(w->store, db);
	if (!deal) fail_msg("there is no deal %s", outside);
	return deal;
}

static void deal_is(const char *outside, const char *field, const char *text)
{
	json_t *deal = deal_of(web, outside), *value = json_object_get(deal, field);
	char *said = json_dumps(value, JSON_ENCODE_ANY);
	if (strcmp(json_is_string(value) ? json_string_value(value) : said, text)) fail_msg("%s of %s is %s, not %s", field, outside, said, text);
	free(said);
	json_decref(deal);
}

static void import_run__makes_deals_and_teaches_the_advisor(void **state)
{
	(void)state;
	struct running r = take(GUESS_DEALS, deals);
	counts_are(&r, 4, 0, 0, 5);
	assert_int_equal(count(&r, "won"), 1);
	assert_int_equal(count(&r, "lost"), 1);
	assert_int_equal(count(&r, "open"), 2);
	assert_int_equal(count(&r, "learnt"), 2);
	assert_int_equal(count(&r, "nameless"), 1);
	assert_int_equal(count(&r, "products"), 2);
	deal_is("U-1", "stage", "won");
	deal_is("U-1", "value_minor", "1200050");
	deal_is("U-1", "closed_at", "2026-02-25T11:00:00Z"); /* one in the afternoon in Kyiv */
	deal_is("U-1", "created_at", "2026-02-01T10:00:00Z");
	deal_is("U-1", "product", "Термінал");
	deal_is("U-2", "product", "Термінал");
	deal_is("U-2", "lost_reason", "дорого");
	deal_is("U-2", "client", "Новий Клієнт");
	deal_is("U-3", "stage", "offer");
	deal_is("U-3", "value_minor", "300000");
	deal_is("U-4", "client", "Client not named");
	json_t *row;
	size_t i;
	static const char *const why[] = {"It is not said which stage this is", "This is no amount", "There is no such date", "It is closed before it was opened", "A row above has the same id"};
	json_array_foreach(json_object_get(r.found.report, "refused"), i, row) {
		assert_int_equal(json_integer_value(json_object_get(row, "row")), 6 + (int64_t)i);
		assert_string_equal(json_string_value(json_object_get(row, "why")), why[i]);
	}
}

static void import_run__of_deals_again_changes_nothing_and_goes_on_with_the_open(void **state)
{
	(void)state;
	struct running r = take(GUESS_DEALS, deals);
	counts_are(&r, 0, 0, 4, 5);
	assert_int_equal(count(&r, "learnt"), 0);
	r = take(GUESS_DEALS, "Номер угоди;Клієнт;Етап;Сума;Дата закриття\n"
			      "U-3;Кава Поруч;Виграно;3500;01.04.2026\n"
			      "U-1;Кава Поруч;Відмова;1;01.04.2026\n"); /* what is finished stays finished */
	counts_are(&r, 0, 1, 1, 0);
	assert_int_equal(count(&r, "learnt"), 1);
	deal_is("U-3", "stage", "won");
	deal_is("U-3", "value_minor", "350000");
	deal_is("U-1", "stage", "won");
}

static void import_run__knows_deals_without_an_id_again(void **state)
{
	(void)state;
	static const char table[] = "Клієнт;Товар;Сума;Етап;Дата\nБез Номера;Каса;100;Нова;01.01.2026\nБез Номера;Каса;100;Нова;01.01.2026\nБез Номера;Каса;200;Нова;\n";
	struct running r = take(GUESS_DEALS, table);
	counts_are(&r, 3, 0, 0, 0); /* two alike in one table are two */
	r = take(GUESS_DEALS, table);
	counts_are(&r, 0, 0, 3, 0);
}

static void import_run__of_deals_takes_stages_as_chosen_and_refuses_the_nameless_when_told(void **state)
{
	(void)state;
	struct running guessed = look(GUESS_DEALS, deals);
	json_t *choices = json_deep_copy(guessed.found.choices);
	json_object_set_new(choices, "nameless", json_string(""));
	json_object_set_new(json_object_get(choices, "stages"), "дивина", json_string("contact"));
	struct running r = run_as(&web->manager, GUESS_DEALS, deals, sizeof deals - 1, choices, false);
	json_decref(choices);
	counts_are(&r, 1, 0, 4, 4); /* U-5 is understood now; U-4 is here already, whoever's it is */
}

/* ---- What must hold whatever comes ---- */

static void tell_equal(void *arg, const char *what, bool equal, const char *detail)
{
	int *bad = arg;
	if (equal) return;
	print_error("%s: %s\n", what, detail);
	(*bad)++;
}

static void import_run__leaves_searching_and_learning_equal_to_their_rebuilding(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/clients");
	assert_true(answer_int(a, "count") > 10);
	int bad = 0;
	struct error error;
	if (check_run(web->store, tell_equal, &bad, &error)) fail_msg("%s", error.text);
	assert_int_equal(bad, 0);
}

/* ---- Real data, where it is ---- */

static const char *shared(const char *path)
{
	const char *root = getenv("STURGEON_SHARED");
	return root ? web_path(web, "%s/data/%s", root, path) : NULL;
}

static struct running file_run(struct person *who, enum guess_kind kind, const char *path, bool write)
{
	struct error error;
	char *bytes;
	size_t n;
	if (csv_load(path, IMPORT_MAX, &bytes, &n, &error)) fail_msg("%s", error.text);
	struct running r = run_as(who, kind, arena_strndup(web->arena, bytes, n), n, NULL, write);
	free(bytes);
	assert_int_equal(r.outcome, DONE);
	return r;
}

static bool there(const char *path)
{
	FILE *file = path ? fopen(path, "rb") : NULL;
	if (file) fclose(file);
	return file != NULL;
}

static void import_run__takes_8800_opportunities(void **state)
{
	(void)state;
	const char *accounts = shared("pipeline/accounts.csv"), *opportunities = shared("pipeline/sales_pipeline.csv");
	if (!there(opportunities)) skip();
	int64_t team = web_team(web, "Воронка");
	struct person lead = web_person(web, team, "Darcel Schlecht", "lead");
	struct running r = file_run(&lead, GUESS_CLIENTS, accounts, true);
	counts_are(&r, 85, 0, 0, 0);
	r = file_run(&lead, GUESS_DEALS, opportunities, false);
	counts_are(&r, 8800, 0, 0, 0);
	r = file_run(&lead, GUESS_DEALS, opportunities, true);
	counts_are(&r, 8800, 0, 0, 0);
	assert_int_equal(count(&r, "won"), 4238);
	assert_int_equal(count(&r, "lost"), 2473);
	assert_int_equal(count(&r, "open"), 2089);
	assert_int_equal(count(&r, "learnt"), 6711);
	assert_int_equal(count(&r, "nameless"), 1425);
	assert_int_equal(count(&r, "clients"), 1);  /* the stand-in for whom nobody named */
	assert_int_equal(count(&r, "products"), 7);
	assert_int_equal(json_array_size(json_object_get(r.found.report, "owners")), 29); /* thirty agents, of whom the lead is one */
	r = file_run(&lead, GUESS_DEALS, opportunities, true);
	counts_are(&r, 0, 0, 8800, 0);
	r = file_run(&lead, GUESS_CLIENTS, accounts, true);
	counts_are(&r, 0, 0, 85, 0);
}

static void import_run__takes_real_address_books(void **state)
{
	(void)state;
	const char *manifest = shared("contacts/manifest.json"), *name;
	json_t *files = NULL, *file;
	if (!there(manifest)) skip();
	json_t *root = json_load_file(manifest, 0, NULL);
	assert_non_null(root);
	files = json_object_get(root, "files");
	int seen = 0;
	json_object_foreach(files, name, file) {
		int64_t records = json_integer_value(json_object_get(file, "records"));
		if (!strstr(name, ".csv")) continue;
		struct running r = file_run(&web->manager, GUESS_CLIENTS, shared(web_path(web, "contacts/%s", name)), true);
		if (count(&r, "rows") != records || count(&r, "refused")) fail_msg("%s: %lld rows, %lld refused", name, (long long)count(&r, "rows"), (long long)count(&r, "refused"));
		r = file_run(&web->manager, GUESS_CLIENTS, shared(web_path(web, "contacts/%s", name)), true);
		counts_are(&r, 0, 0, records, 0);
		seen++;
	}
	json_decref(root);
	assert_true(seen >= 2);
	struct answer *a = client_of("home@example.com");
	assert_string_equal(answer_text(a, "client.company.name"), "Company");
	assert_true(json_array_size(answer_at(a, "client.emails")) >= 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(import_run__makes_clients_of_a_table_as_people_keep_it),
		cmocka_unit_test(import_run__of_the_same_table_changes_nothing_the_second_time),
		cmocka_unit_test(import_run__adds_what_is_missing_to_who_is_here),
		cmocka_unit_test(import_run__tells_the_same_from_the_like),
		cmocka_unit_test(import_run__refuses_rows_with_their_number_and_why),
		cmocka_unit_test(import_run__reads_a_file_without_a_header),
		cmocka_unit_test(import_run__takes_outside_ids_for_what_they_are),
		cmocka_unit_test(import_run__says_what_is_no_table),
		cmocka_unit_test(import_run__refuses_two_columns_for_one_thing),
		cmocka_unit_test(import_run__makes_deals_and_teaches_the_advisor),
		cmocka_unit_test(import_run__of_deals_again_changes_nothing_and_goes_on_with_the_open),
		cmocka_unit_test(import_run__knows_deals_without_an_id_again),
		cmocka_unit_test(import_run__of_deals_takes_stages_as_chosen_and_refuses_the_nameless_when_told),
		cmocka_unit_test(import_run__leaves_searching_and_learning_equal_to_their_rebuilding),
		cmocka_unit_test(import_run__takes_8800_opportunities),
		cmocka_unit_test(import_run__takes_real_address_books),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
