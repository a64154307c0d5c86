#include <string.h>

#include "app/check.h"
#include "app/client.h"
#include "base/rng.h"
#include "base/text.h"
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

/* ---- Making and finding, as an application does ---- */

#define LIST(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(,) NULL})

static const struct client_form plain = {
	.kind = "person", .segment = "b2c", .name = "", .position = "", .source = "", .company = "", .phones = LIST(), .emails = LIST(), .tags = "",
	.field_ids = LIST(), .field_values = LIST(), .anyway = true,
};

struct making {
	struct client_form form;
	int64_t id;                     /* 0: a new one */
	enum outcome outcome;
	const char *mistakes;           /* names of the fields, in their order, with spaces between */
};

static void make(struct use *use, void *arg)
{
	struct making *m = arg;
	const char *field;
	json_t *words;
	m->outcome = m->id ? client_change(use, m->id, &m->form) : client_make(use, &m->form, &m->id);
	m->mistakes = "";
	json_object_foreach(use->mistakes, field, words) m->mistakes = arena_printf(web->arena, "%s%s%s", m->mistakes, *m->mistakes ? " " : "", field);
}

static struct making client(struct client_form form, int64_t id)
{
	struct making m = {form, id, FAILED, ""};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), make, &m);
	return m;
}

static int64_t made(struct client_form form)
{
	struct making m = client(form, 0);
	if (m.outcome) fail_msg("%s is not made: %s", form.name, m.mistakes);
	return m.id;
}

struct finding {
	struct client_query query;
	json_t *model;
};

static void find(struct use *use, void *arg)
{
	struct finding *f = arg;
	if (client_list_page(use, &f->query, &f->model)) fail_msg("no list: %s", use->error.text);
}

static json_t *found(const char *words, bool archived, const char *after)
{
	struct finding f = {{words, "", "", "", archived, after}, NULL};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), find, &f);
	return f.model;
}

static bool holds(json_t *model, int64_t id)
{
	json_t *row;
	size_t i;
	json_array_foreach(json_object_get(model, "clients"), i, row) if (json_integer_value(json_object_get(row, "id")) == id) return true;
	return false;
}

/* Is the client among those that the words find? */
static bool finds(const char *words, int64_t id)
{
	json_t *model = found(words, false, "");
	bool there = holds(model, id);
	json_decref(model);
	return there;
}

/* ---- Searching ---- */

static void client_list_page__finds_by_words_numbers_and_addresses(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "Мар’яна Солов'яненко-Ґалаґан";
	form.company = "ТОВ «Кава Поруч»";
	form.position = "Головна бухгалтерка";
	form.segment = "b2b";
	form.phones = LIST("+38 (067) 123-45-67", "044 555 10 20");
	form.emails = LIST("m.solovianenko@Kava-Poruch.example");
	form.tags = "HoReCa, за порадою";
	int64_t id = made(form);
	static const char *const yes[] = {
		"мар’яна", "МАР'ЯНА", "маряна", "мар`я", "Марʼяна", "солов’я", "соловяненко", "ґалаґан", "ГАЛАҐАН",
		"солов мар", "мар солов", "галаган", "кава", "поруч кава мар", "тов кава поруч", "бухгалт", "головна бух", "horeca", "порадою",
		"067 123", "67 123", "(067)123", "067-123-45", "0671234567", "+380671234567", "380 67 123 45 67", "00380671234567", "123-45-67", "4567", "234 56", "067 123 мар",
		"мар 4567", "555-10-20", "044 555", "m.solov", "solovianenko", "lovian", "kava-poruch", "@kava", "poruch.example", "M.SOLOVIANENKO@KAVA-PORUCH.EXAMPLE",
		"  мар   солов  ", "«кава поруч»", "мар,солов",
	};
	static const char *const no[] = {"маряна петрівна", "068 123", "аряна", "0671234568", "x.solov", "авк", "бариста"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		/* ґ and г are two letters: who types one for the other finds nothing */
		bool other_letter = strstr(yes[i], "галаган") || strstr(yes[i], "ГАЛАҐАН");
		if (finds(yes[i], id) == other_letter) fail_msg("\"%s\" %s her", yes[i], other_letter ? "finds" : "does not find");
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (finds(no[i], id)) fail_msg("\"%s\" finds her", no[i]);
	/* The company was made on the way, and is found by its own name, not by her number. */
	json_t *model = found("кава поруч", false, "");
	assert_int_equal(json_array_size(json_object_get(model, "clients")), 2);
	json_decref(model);
}

/* Whatever beginnings of a client's words are typed, in whatever order and case, they find him. */
static void client_list_page__finds_every_client_by_beginnings_of_his_words(void **state)
{
	static const char *const parts[] = {"Олександр", "Ганна", "В’юн", "Їжак", "Єва", "O'Neil", "Žižek", "Łukasz", "Straße", "Иванов", "ﬁrma", "ʼЯн", "Ivan", "Ø", "Ґудзь", "Ёлкин"};
	struct rng rng;
	(void)state;
	rng_init(&rng, 7);
	for (int round = 0; round < 60; round++) {
		struct client_form form = plain;
		const char *name = "", *typed = "";
		const char *words[3];
		for (int i = 0; i < 3; i++) {
			words[i] = arena_printf(web->arena, "%s%llu", parts[rng_below(&rng, sizeof parts / sizeof *parts)], (unsigned long long)rng_below(&rng, 90) + 10);
			name = arena_printf(web->arena, "%s%s%s", name, i ? rng_below(&rng, 2) ? " " : "-" : "", words[i]);
		}
		form.name = name;
		int64_t id = made(form);
		for (int i = 0, from = (int)rng_below(&rng, 3); i < 3; i++) {
			char *fold = text_fold(web->arena, words[(from + i) % 3]);
			size_t letters = text_length(fold), keep = 1 + rng_below(&rng, letters), n = 0;
			for (size_t k = 0; k < keep; n++)
				if (((unsigned char)fold[n + 1] & 0xc0) != 0x80) k++;
			const char *part = rng_below(&rng, 2) ? words[(from + i) % 3] : arena_strndup(web->arena, fold, n);
			typed = arena_printf(web->arena, "%s%s%s", typed, i ? " " : "", part);
		}
		json_t *model = found(typed, false, "");
		if (!holds(model, id) && !json_object_get(model, "next")) fail_msg("\"%s\" does not find \"%s\"", typed, name);
		json_decref(model);
	}
}

static void client_list_page__pages_meet_every_client_once(void **state)
{
	(void)state;
	for (int i = 0; i < 130; i++) {
		struct client_form form = plain;
		form.name = web_path(web, "Сторінковий %d", i * 37 % 130);
		made(form);
	}
	static const char *const typed[] = {"", "сторінк"};
	for (int which = 0; which < 2; which++) {
		int64_t seen[1000];
		size_t n = 0;
		const char *after = "";
		for (int page = 0; after && page < 10; page++) {
			json_t *model = found(typed[which], false, after), *row;
			size_t i;
			json_array_foreach(json_object_get(model, "clients"), i, row) {
				seen[n] = json_integer_value(json_object_get(row, "id"));
				for (size_t k = 0; k < n; k++) assert_true(seen[k] != seen[n]);
				n++;
			}
			const char *next = json_string_value(json_object_get(model, "next"));
			after = next ? arena_strdup(web->arena, next) : NULL;
			if (*typed[which]) assert_int_equal(json_integer_value(json_object_get(model, "count")), 130);
			json_decref(model);
		}
		assert_null(after);
		if (*typed[which]) assert_int_equal(n, 130);
		else assert_true(n > 130);
	}
}

/* ---- Changing ---- */

static void client_change__is_found_by_what_is_new_and_not_by_what_was(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "Стара Назва";
	form.kind = "company";
	form.phones = LIST("050 777 00 01");
	int64_t company = made(form);
	struct client_form worker = plain;
	worker.name = "Працівник Один";
	worker.company = "стара назва";
	int64_t person = made(worker);
	assert_true(finds("праців стара", person));
	form.name = "Новітня Вивіска";
	form.phones = LIST("050 777 00 02");
	assert_int_equal(client(form, company).outcome, DONE);
	assert_true(finds("новітня", company) && finds("7770002", company));
	assert_false(finds("стара назва", company) || finds("7770001", company));
	assert_true(finds("працівник новіт", person));
	assert_false(finds("працівник стара", person));
}

static void archive(struct use *use, void *arg)
{
	int64_t *id = arg;
	if (client_archive_or_return(use, *id, true)) fail_msg("not archived");
}

static void bring_back(struct use *use, void *arg)
{
	int64_t *id = arg;
	if (client_archive_or_return(use, *id, false)) fail_msg("not brought back");
}

static void client_archive__takes_out_of_the_list_and_puts_back(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "Давно Мовчить";
	int64_t id = made(form);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), archive, &id);
	assert_false(finds("давно", id));
	json_t *gone = found("давно", true, ""), *all = found("", true, "");
	assert_true(holds(gone, id) && holds(all, id));
	json_decref(gone);
	json_decref(all);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), bring_back, &id);
	assert_true(finds("давно", id));
}

static void client_make__asks_before_it_makes_the_same_client_twice(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "Один Єдиний";
	form.phones = LIST("099 100 20 30");
	form.emails = LIST("only@example.org");
	made(form);
	struct client_form twins[3] = {plain, plain, plain};
	twins[0].name = "ОДИН  єдиний";
	twins[1].name = "Зовсім Інакший";
	twins[1].phones = LIST("+38 (099) 100-20-30");
	twins[2].name = "Ще Інакший";
	twins[2].emails = LIST("ONLY@example.org");
	for (int i = 0; i < 3; i++) {
		twins[i].anyway = false;
		struct making m = client(twins[i], 0);
		assert_int_equal(m.outcome, INVALID);
		assert_string_equal(m.mistakes, "anyway");
		twins[i].anyway = true;
		assert_int_equal(client(twins[i], 0).outcome, DONE);
	}
	struct client_form other = plain;
	other.name = "Ніким Не Схожий";
	other.phones = LIST("099 100 20 31");
	other.anyway = false;
	assert_int_equal(client(other, 0).outcome, DONE);
}

static void client_make__names_every_mistake(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "«»";
	form.phones = LIST("12");
	form.emails = LIST("без собаки");
	form.tags = "ця мітка довша за сорок символів бо хтось вставив сюди ціле речення";
	form.owner_id = web->admin.team_id; /* no member */
	struct making m = client(form, 0);
	assert_int_equal(m.outcome, INVALID);
	assert_string_equal(m.mistakes, "name phone email tags owner");
	static const char *const bad[] = {"a@b", "a@b.", "@b.com", "a b@c.com", "a@@b.com", "a@b.com;c@d.com"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(client_email_good(bad[i]));
	assert_true(client_email_good("ірина@пошта.укр") && client_email_good("a.b+c@d-e.co.uk"));
	assert_true(client_phone_good("101") && client_phone_good("+38 (067) 123-45-67 дод. 5"));
	assert_false(client_phone_good("немає") || client_phone_good("123456789012345678901"));
}

static void client_make__finds_the_company_or_makes_it(void **state)
{
	(void)state;
	struct client_form form = plain;
	form.name = "Перший Працівник";
	form.company = "Спільна Фірма";
	made(form);
	form.name = "Другий Працівник";
	form.company = "СПІЛЬНА ФІРМА";
	made(form);
	json_t *model = found("спільна фірма", false, "");
	assert_int_equal(json_array_size(json_object_get(model, "clients")), 3);
	json_decref(model);
}

/* ---- Own fields ---- */

struct fielding {
	enum outcome outcome;
	int64_t id;
	const char *name;
};

static void field_add(struct use *use, void *arg)
{
	struct fielding *f = arg;
	f->outcome = field_make(use, f->name, &f->id);
}

static void field_away(struct use *use, void *arg)
{
	struct fielding *f = arg;
	f->outcome = field_retire_or_return(use, f->id, true);
}

static void field_make__is_the_leads_and_values_outlive_it(void **state)
{
	(void)state;
	struct fielding f = {FAILED, 0, "ЄДРПОУ"};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), field_add, &f);
	assert_int_equal(f.outcome, REFUSED);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), field_add, &f);
	assert_int_equal(f.outcome, DONE);
	struct fielding again = {FAILED, 0, "єдрпоу"};
	web_do(web, web_actor(&web->lead, ROLE_LEAD), field_add, &again);
	assert_int_equal(again.outcome, INVALID);

	struct client_form form = plain;
	form.name = "З Кодом";
	form.field_ids = LIST(web_path(web, "%lld", (long long)f.id), "1"); /* 1 is no field of this team */
	form.field_values = LIST("40 123 456", "чуже");
	int64_t id = made(form);
	assert_true(finds("40 123", id));
	assert_false(finds("чуже", id));
	web_do(web, web_actor(&web->lead, ROLE_LEAD), field_away, &f);
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/clients/%lld", (long long)id));
	assert_string_equal(answer_text(a, "client.fields.0.value"), "40 123 456");
	assert_false(answer_has(web_get(web, &web->manager, AS_JSON, "/clients/new"), "form.fields.0"));
}

/* ---- The check ---- */

struct told {
	bool equal;
	char detail[120];
};

static void tell(void *arg, const char *what, bool equal, const char *detail)
{
	struct told *told = arg;
	if (strcmp(what, "what clients are found by")) return;
	told->equal = equal;
	snprintf(told->detail, sizeof told->detail, "%s", detail);
}

static struct told checked(void)
{
	struct told told = {false, ""};
	struct error error;
	if (check_run(web->store, tell, &told, &error)) fail_msg("%s", error.text);
	return told;
}

static void spoil(struct use *use, void *arg)
{
	int64_t *id = arg;
	struct error error;
	if (db_exec(use->db, &error, "DELETE FROM client_words WHERE rowid = $1", "i", *id) ||
	    db_exec(use->db, &error, "INSERT INTO client_words (rowid, team, words, parts) VALUES (1, 'x', 'нікого', '')", ""))
		fail_msg("%s", error.text);
}

static void check__finds_what_is_not_equal_and_puts_it_right(void **state)
{
	(void)state;
	assert_true(checked().equal); /* after everything that the tests before did */
	struct client_form form = plain;
	form.name = "Загублений У Пошуку";
	int64_t id = made(form);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), spoil, &id);
	assert_false(finds("загублений", id));
	struct told told = checked();
	assert_false(told.equal);
	assert_string_equal(told.detail, "2 clients");
	assert_true(finds("загублений", id));
	assert_true(checked().equal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(client_list_page__finds_by_words_numbers_and_addresses),
		cmocka_unit_test(client_list_page__finds_every_client_by_beginnings_of_his_words),
		cmocka_unit_test(client_list_page__pages_meet_every_client_once),
		cmocka_unit_test(client_change__is_found_by_what_is_new_and_not_by_what_was),
		cmocka_unit_test(client_archive__takes_out_of_the_list_and_puts_back),
		cmocka_unit_test(client_make__asks_before_it_makes_the_same_client_twice),
		cmocka_unit_test(client_make__names_every_mistake),
		cmocka_unit_test(client_make__finds_the_company_or_makes_it),
		cmocka_unit_test(field_make__is_the_leads_and_values_outlive_it),
		cmocka_unit_test(check__finds_what_is_not_equal_and_puts_it_right),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
