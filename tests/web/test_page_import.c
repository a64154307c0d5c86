#include <string.h>

#include "check.h"
#include "store/db.h"
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

static const char table[] = "Хто;Куди дзвонити;Дивне\nОлена Гнатюк;067 123 45 67;риба\n;;\n=НЕБЕЗПЕКА();;\n;;лише дивне\n";

static const char *uploaded(struct person *who, const char *kind, const char *text)
{
	struct answer *a = web_upload(web, who, AS_PAGE, "/import", FORM("kind", kind), "file", "клієнти.csv", text, strlen(text));
	assert_int_equal(a->status, 303);
	return a->location;
}

static int64_t clients(void)
{
	return answer_int(web_get(web, &web->manager, AS_JSON, "/clients"), "count");
}

static void import__is_looked_at_changed_and_taken(void **state)
{
	(void)state;
	const char *path = uploaded(&web->manager, "clients", table);
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	assert_string_equal(answer_text(a, "import.file"), "клієнти.csv");
	assert_string_equal(answer_text(a, "import.encoding"), "UTF-8");
	assert_true(json_is_true(answer_at(a, "preview")));
	assert_int_equal(answer_int(a, "counts.made"), 2);
	assert_int_equal(answer_int(a, "counts.refused"), 1); /* the row of signs alone is blank */
	assert_int_equal(answer_int(a, "refused.0.row"), 5);
	assert_int_equal(clients(), 0);
	const char *page = web_get(web, &web->manager, AS_PAGE, path)->body;
	assert_non_null(strstr(page, "<option value=\"0:name\" selected>"));
	assert_non_null(strstr(page, "<option value=\"1:phone\" selected>"));
	assert_non_null(strstr(page, "<option value=\"2:note_named\" selected>"));

	/* The third column is a tag, the second is nothing. */
	a = web_post(web, &web->manager, AS_PAGE, path, FORM("column", "0:name", "column", "1:skip", "column", "2:tags", "twins", "skip", "segment", "b2b", "nameless", ""));
	assert_int_equal(a->status, 303);
	page = web_get(web, &web->manager, AS_PAGE, path)->body;
	assert_non_null(strstr(page, "<option value=\"2:tags\" selected>"));
	a = web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/take", path), FORM());
	assert_int_equal(a->status, 303);
	assert_int_equal(clients(), 2);
	a = web_get(web, &web->manager, AS_JSON, path);
	assert_true(json_is_false(answer_at(a, "preview")));
	assert_int_equal(answer_int(a, "counts.made"), 2);
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "/clients?q=%s", web_escape(web, "гнатюк")));
	assert_string_equal(answer_text(a, "clients.0.tags.0"), "риба");
	assert_string_equal(answer_text(a, "clients.0.segment"), "b2b");
	assert_true(json_is_null(answer_at(a, "clients.0.phone")));
	a = web_get(web, &web->manager, AS_JSON, "/import");
	assert_string_equal(answer_text(a, "imports.0.state"), "done");
	assert_int_equal(answer_int(a, "imports.0.taken"), 2);

	/* What is taken is taken. */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/take", path), FORM())->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/forget", path), FORM())->status, 422);
	assert_int_equal(clients(), 2);
}

static void import__refused_rows_come_as_a_table_that_no_spreadsheet_runs(void **state)
{
	(void)state;
	const char *path = uploaded(&web->manager, "clients", "Name;Phone;X\n;;=1+1\n;;\"a;b\"\n");
	struct answer *a = web_get(web, &web->manager, AS_PAGE, web_path(web, "%s/refused.csv", path));
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->type, "text/csv"));
	assert_string_equal(a->body, "\xef\xbb\xbfRow;Why not;Name;Phone;X\r\n"
				     "2;Nobody to call: no name, no phone, no e-mail;;;'=1+1\r\n"
				     "3;Nobody to call: no name, no phone, no e-mail;;;\"a;b\"\r\n");
}

static void import__says_when_a_file_is_no_table(void **state)
{
	(void)state;
	struct answer *a = web_upload(web, &web->manager, AS_PAGE, "/import", FORM("kind", "deals"), "file", "x.csv", "\n\n", 2);
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "id=\"file-mistake\""));
	assert_non_null(strstr(a->body, "value=\"deals\" checked"));
	a = web_upload(web, &web->manager, AS_JSON, "/import", FORM("kind", "deals"), "file", "x.csv", "\xff\xfe\x00\xd8\x00\x00", 6);
	assert_int_equal(a->status, 422);
}

static const char *repeated(const char *text, size_t bytes)
{
	size_t n = strlen(text);
	char *out = arena_alloc(web->arena, bytes + n + 1);
	for (size_t at = 0; at < bytes; at += n) memcpy(out + at, text, n);
	return out;
}

/* Sixteen megabytes of whatever somebody makes up are a table or a mistake, never the end of the server. */
static void import__stands_what_was_made_up_to_hurt(void **state)
{
	(void)state;
	const char *big = "\xef\xb7\xba"; /* one letter that folds into eighteen */
	const struct {
		const char *kind, *text;
		int status;
	} tables[] = {
		{"clients", web_path(web, "Name;Phone\n%s", repeated("a;123\n", 700000)), 422},                       /* too many rows */
		{"clients", web_path(web, "Name;Phone\n%s", repeated("x;067,068,069,061,062,063,064,065\n", 3000000)), 303},
		{"clients", web_path(web, "Type;Name\n%s;%s\n", repeated(big, 60000), repeated(big, 60000)), 303},
		{"clients", web_path(web, "%s\n%s\n", repeated("Name;", 1200), repeated(web_path(web, "%s;", repeated(big, 60000)), 14000000)), 303}, /* a row of many long cells */
		{"deals", web_path(web, "Client;Stage;Owner\n%s", repeated(web_path(web, "x;%s;%s\n", repeated(big, 30000), repeated("y", 30000)), 12000000)), 303},
		{"deals", web_path(web, "%s\n1\n", repeated("a;", 400)), 303},
		{"clients", repeated("\"", 100000), 422},
	};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct answer *a = web_upload(web, &web->manager, AS_PAGE, "/import", FORM("kind", tables[i].kind), "file", "x.csv", tables[i].text, strlen(tables[i].text));
		if (a->status != tables[i].status) fail_msg("table %zu is answered %d", i, a->status);
		if (a->status != 303) continue;
		const char *path = a->location;
		assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 200);
		assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s/refused.csv", path))->status, 200);
		assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/forget", path), FORM())->status, 200);
	}
}

static void import__asks_what_a_stage_means(void **state)
{
	(void)state;
	const char *path = uploaded(&web->manager, "deals", "Клієнт;Етап;Сума\nКава;Фіолетовий;100\nКава;Виграно;200\n");
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	assert_int_equal(answer_int(a, "counts.made"), 1);
	assert_int_equal(answer_int(a, "counts.refused"), 1);
	assert_true(json_is_true(answer_at(a, "stages.0.unsaid")));
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, path)->body, "aria-invalid=\"true\""));
	web_post(web, &web->manager, AS_PAGE, path, FORM("stage", "offer:Фіолетовий", "stage", "lost:Виграно", "nameless", ""));
	a = web_get(web, &web->manager, AS_JSON, path);
	assert_int_equal(answer_int(a, "counts.made"), 2);
	assert_int_equal(answer_int(a, "counts.won"), 0);
	assert_int_equal(answer_int(a, "counts.lost"), 1);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/forget", path), FORM())->status, 303);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path)->status, 404);
}

static void import__is_taken_by_who_brought_it_or_a_lead(void **state)
{
	(void)state;
	struct person other = web_person(web, web->team_id, "Інша Менеджерка", "manager");
	const char *path = uploaded(&web->manager, "clients", "Name;Phone\nЧекає Ліда;0501230000\n");
	assert_int_equal(web_post(web, &other, AS_JSON, web_path(web, "%s/take", path), FORM())->status, 403);
	assert_int_equal(web_post(web, &other, AS_JSON, path, FORM("column", "0:skip"))->status, 403);
	assert_null(strstr(web_get(web, &other, AS_PAGE, path)->body, "/take"));
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, web_path(web, "%s/take", path), FORM())->status, 303);
}

static void trap(struct use *use, void *arg)
{
	struct error error;
	const char *sql = arg;
	if (db_exec(use->db, &error, sql, "")) fail_msg("%s", error.text);
}

/* The data fails in the middle of a table: nothing of it is there, and it can be taken when the trouble is over. */
static void import__is_taken_whole_or_not_at_all(void **state)
{
	(void)state;
	const char *path = uploaded(&web->manager, "clients", "Name;Company;Phone\nПерший Рядок;Нова Фірма;0507770001\nДругий Рядок;;0507770002\nПастка;;0507770003\n");
	int64_t before = clients();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), trap,
	       (char[]){"CREATE TEMP TRIGGER trap BEFORE INSERT ON main.client WHEN NEW.name = 'Пастка' BEGIN SELECT RAISE(ABORT, 'trap'); END"});
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/take", path), FORM())->status, 500);
	assert_int_equal(clients(), before);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, "/clients?q=0507770001"), "count"), 0);
	assert_true(json_is_true(answer_at(web_get(web, &web->manager, AS_JSON, path), "preview")));
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), trap, (char[]){"DROP TRIGGER trap"});
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/take", path), FORM())->status, 303);
	assert_int_equal(clients(), before + 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(import__is_looked_at_changed_and_taken),
		cmocka_unit_test(import__refused_rows_come_as_a_table_that_no_spreadsheet_runs),
		cmocka_unit_test(import__says_when_a_file_is_no_table),
		cmocka_unit_test(import__stands_what_was_made_up_to_hurt),
		cmocka_unit_test(import__asks_what_a_stage_means),
		cmocka_unit_test(import__is_taken_by_who_brought_it_or_a_lead),
		cmocka_unit_test(import__is_taken_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
