#include <string.h>

#include "app/journal.h"
#include "app/post.h"
#include "app/post_rebuild.h"
#include "base/text.h"
#include "check.h"
#include "store/journal_store.h"
#include "store/post_words.h"
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

/* ---- As an application does ---- */

struct doing {
	enum { DRAFT, PUBLISH, EDIT, DELETE } what;
	struct post_form form;
	int64_t id;
	enum outcome outcome;
	const char *mistakes;           /* names of the fields, in their order, with spaces between */
};

static void doing(struct use *use, void *arg)
{
	struct doing *d = arg;
	const char *field;
	json_t *words;
	bool draft;
	switch (d->what) {
	case DRAFT: d->outcome = post_draft(use, d->id, &d->form, &d->id); break;
	case PUBLISH: d->outcome = post_publish(use, d->id, &d->form, &d->id); break;
	case EDIT: d->outcome = post_edit(use, d->id, &d->form); break;
	case DELETE: d->outcome = post_delete(use, d->id, &draft); break;
	}
	d->mistakes = "";
	json_object_foreach(use->mistakes, field, words) d->mistakes = arena_printf(web->arena, "%s%s%s", d->mistakes, *d->mistakes ? " " : "", field);
}

static const char *const no_options[] = {NULL};

static struct doing done(struct person *who, int what, int64_t id, struct post_form form)
{
	struct doing d = {.what = what, .form = form, .id = id, .outcome = FAILED};
	if (!d.form.kind) d.form.kind = "article";
	if (!d.form.language) d.form.language = "uk";
	if (!d.form.title) d.form.title = "";
	if (!d.form.body) d.form.body = "";
	if (!d.form.tags) d.form.tags = "";
	if (!d.form.poll.question) d.form.poll = (struct poll_form){"", no_options, -1};
	web_do(web, web_actor(who, ROLE_MANAGER), doing, &d);
	return d;
}

static int64_t published(struct person *who, struct post_form form)
{
	struct doing d = done(who, PUBLISH, 0, form);
	assert_int_equal(d.outcome, DONE);
	return d.id;
}

/* The ids that typed words find, in their order, as "1 2 3" places of those given (closed by 0). */
struct finding {
	const char *typed;
	struct post_scope scope;
	const int64_t *among;
	const char *found;
};

static void find(struct use *use, void *arg)
{
	struct finding *f = arg;
	const int64_t *ids;
	int n;
	assert_int_equal(post_words_find(use->db, web->arena, f->typed, &f->scope, &ids, &n, &use->error), ERR_NONE);
	f->found = "";
	for (int i = 0; i < n; i++)
		for (int k = 0; f->among[k]; k++)
			if (f->among[k] == ids[i]) f->found = arena_printf(web->arena, "%s%s%d", f->found, *f->found ? " " : "", k + 1);
}

static const char *found(const int64_t *among, const char *typed, struct post_scope scope)
{
	struct finding f = {typed, scope, among, ""};
	if (!f.scope.kind) f.scope.kind = "";
	if (!f.scope.language) f.scope.language = "";
	if (!f.scope.tag) f.scope.tag = "";
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), find, &f);
	return f.found;
}

static int64_t number(const char *sql, int64_t id)
{
	struct error error;
	int64_t n = -1;
	struct db *db = store_reader_take(web->store, &error);
	assert_int_equal(db_query_int(db, &error, -1, &n, sql, "i", id), ERR_NONE);
	store_reader_give(web->store, db);
	return n;
}

/* ---- Tests ---- */

static void post_draft__keeps_what_is_unfinished_and_makes_the_journal(void **state)
{
	(void)state;
	struct doing d = done(&web->manager, DRAFT, 0, (struct post_form){.body = "Лише початок"});
	assert_int_equal(d.outcome, DONE);
	assert_int_equal(number("SELECT count(*) FROM journal WHERE journal_id = $1 AND kind = 'blogger'", web->manager.member_id), 1);
	assert_int_equal(number("SELECT published_at IS NULL FROM post WHERE post_id = $1", d.id), 1);
	assert_int_equal(done(&web->manager, DRAFT, d.id, (struct post_form){.title = "Назва", .tags = "торг, #ціна, Торг"}).outcome, DONE);
	assert_int_equal(number("SELECT count(*) FROM post_tag WHERE post_id = $1", d.id), 2);
	assert_int_equal(number("SELECT count(*) FROM post_version WHERE post_id = $1", d.id), 0);
	assert_int_equal(done(&web->lead, DRAFT, d.id, (struct post_form){.title = "Чужа"}).outcome, ABSENT);
	struct doing empty = done(&web->manager, PUBLISH, d.id, (struct post_form){.title = ""});
	assert_int_equal(empty.outcome, INVALID);
	assert_string_equal(empty.mistakes, "title body");
}

static void post_edit__keeps_what_it_was(void **state)
{
	(void)state;
	int64_t id = published(&web->manager, (struct post_form){.title = "Перша", .body = "Один"});
	assert_int_equal(done(&web->manager, EDIT, id, (struct post_form){.title = "Перша", .body = "Два"}).outcome, DONE);
	assert_int_equal(done(&web->manager, EDIT, id, (struct post_form){.title = "Перша", .body = "Два", .tags = "торг"}).outcome, DONE);
	assert_int_equal(number("SELECT version FROM post WHERE post_id = $1", id), 2);
	assert_int_equal(number("SELECT count(*) FROM post_version WHERE post_id = $1 AND body = 'Один' AND version = 1", id), 1);
	assert_int_equal(done(&web->lead, EDIT, id, (struct post_form){.title = "Чужа", .body = "Два"}).outcome, ABSENT);
}

static void post_delete__takes_the_text_and_leaves_that_it_was(void **state)
{
	(void)state;
	int64_t id = published(&web->manager, (struct post_form){.title = "Зайве", .body = "Секрет", .tags = "торг"}), among[] = {id, 0};
	assert_int_equal(done(&web->manager, EDIT, id, (struct post_form){.title = "Зайве", .body = "Секрет удруге"}).outcome, DONE);
	assert_string_equal(found(among, "секрет", (struct post_scope){0}), "1");
	assert_int_equal(done(&web->manager, DELETE, id, (struct post_form){0}).outcome, DONE);
	assert_string_equal(found(among, "секрет", (struct post_scope){0}), "");
	assert_int_equal(number("SELECT count(*) FROM post_version WHERE post_id = $1 AND body <> ''", id), 0);
	assert_int_equal(number("SELECT count(*) FROM post WHERE post_id = $1 AND deleted_at > 0 AND body = '' AND title = ''", id), 1);
	assert_int_equal(done(&web->manager, EDIT, id, (struct post_form){.title = "Знову", .body = "Є"}).outcome, ABSENT);
	struct doing draft = done(&web->manager, DRAFT, 0, (struct post_form){.title = "Чернетка"});
	assert_int_equal(done(&web->manager, DELETE, draft.id, (struct post_form){0}).outcome, DONE);
	assert_int_equal(number("SELECT count(*) FROM post WHERE post_id = $1", draft.id), 0);
}

static void post_words_find__as_one_types(void **state)
{
	(void)state;
	int64_t id[] = {
		published(&web->manager, (struct post_form){.title = "Про ціну", .body = "Об’єднані торги й умови"}),
		published(&web->lead, (struct post_form){.title = "Перший дзвінок", .body = "Коли кажуть про ціну", .kind = "opener", .tags = "ПЕРШИЙ дзвінок"}),
		published(&web->lead, (struct post_form){.title = "Third call", .body = "Silence", .language = "en"}),
		0,
	};
	assert_string_equal(found(id, "ЦІН", (struct post_scope){0}), "1 2");                  /* the title before the text */
	assert_string_equal(found(id, "обєднані", (struct post_scope){0}), "1");
	assert_string_equal(found(id, "ОБ'ЄДН торг", (struct post_scope){0}), "1");
	assert_string_equal(found(id, "ціну", (struct post_scope){.kind = "opener"}), "2");
	assert_string_equal(found(id, "silence", (struct post_scope){.language = "uk"}), "");
	assert_string_equal(found(id, "t", (struct post_scope){.language = "en"}), "3");
	assert_string_equal(found(id, "дзвінок", (struct post_scope){.tag = "перший дзвінок"}), "2");
	assert_string_equal(found(id, "ціну", (struct post_scope){.author_id = web->lead.member_id}), "2");
	assert_string_equal(found(id, "\"ціну\" AND (", (struct post_scope){0}), "");          /* operators are words */
	assert_string_equal(found(id, "…", (struct post_scope){0}), "");
}

static void post_words_find__by_the_names_of_journals(void **state)
{
	(void)state;
	struct person olha = web_person(web, web->team_id, "Ольга Непийвода", "manager");
	int64_t id[] = {published(&olha, (struct post_form){.title = "Тиша", .body = "Мовчіть"}), published(&web->lead, (struct post_form){.title = "Тиша", .body = "І ви"}), 0};
	assert_string_equal(found(id, "непий", (struct post_scope){0}), "1");
	assert_string_equal(found(id, "тиш ольг", (struct post_scope){0}), "1");
}

/* ---- What is derived ---- */

static const int64_t *derived_ids;

static void outside_entry(struct use *use, void *arg)
{
	struct post_fields f = {.author_id = use->who.member_id, .kind = "article", .language = "uk", .title = "Здалека", .body = "<p>Перший &amp; <strong>другий</strong></p>",
				.format = "html", .link = "https://example.org/1"};
	assert_int_equal(journal_of_member(use, use->who.team_id, use->who.member_id), DONE);
	assert_int_equal(post_new(use, &f, use->now, arg), DONE);
}

struct proving {
	enum err (*rebuild)(struct db *db, bool *ret_equal, char detail[120], struct error *err);
	bool equal;
	char detail[120];
};

static void prove(struct use *use, void *arg)
{
	struct proving *p = arg;
	if (p->rebuild(use->db, &p->equal, p->detail, &use->error)) fail_msg("%s", use->error.text);
}

static bool proved(enum err (*rebuild)(struct db *db, bool *ret_equal, char detail[120], struct error *err))
{
	struct proving p = {.rebuild = rebuild};
	web_do(web, web_actor(&web->lead, ROLE_LEAD), prove, &p);
	return p.equal;
}

static void spoil(struct use *use, void *arg)
{
	struct error error;
	for (const char *const *sql = arg; *sql; sql++)
		if (db_exec(use->db, &error, *sql, "i", *derived_ids)) fail_msg("%s: %s", *sql, error.text);
}

static void post_rebuild__proves_and_mends(void **state)
{
	(void)state;
	int64_t id[] = {published(&web->manager, (struct post_form){.title = "Своє", .body = "Перше"}), 0, 0};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), outside_entry, &id[1]);
	assert_string_equal(found(id, "другий", (struct post_scope){0}), "2");
	assert_string_equal(found(id, "strong", (struct post_scope){0}), "");
	assert_true(proved(post_rebuild_words) && proved(post_rebuild_pictures) && proved(post_rebuild_comments));
	derived_ids = id;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), spoil, (const char *[]){"DELETE FROM post_words WHERE rowid = $1", "INSERT INTO post_picture (post_id, picture_id) VALUES ($1, 5)",
									       "UPDATE post SET comments = 7 WHERE post_id = $1", NULL});
	assert_false(proved(post_rebuild_words));
	assert_false(proved(post_rebuild_pictures));
	assert_false(proved(post_rebuild_comments));
	assert_true(proved(post_rebuild_words) && proved(post_rebuild_pictures) && proved(post_rebuild_comments));
	assert_string_equal(found(id, "перш", (struct post_scope){0}), "2 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(post_draft__keeps_what_is_unfinished_and_makes_the_journal, open_web, close_web),
		cmocka_unit_test_setup_teardown(post_edit__keeps_what_it_was, open_web, close_web),
		cmocka_unit_test_setup_teardown(post_delete__takes_the_text_and_leaves_that_it_was, open_web, close_web),
		cmocka_unit_test_setup_teardown(post_words_find__as_one_types, open_web, close_web),
		cmocka_unit_test_setup_teardown(post_words_find__by_the_names_of_journals, open_web, close_web),
		cmocka_unit_test_setup_teardown(post_rebuild__proves_and_mends, open_web, close_web),
	};
	return cmocka_run_group_tests_name("app/post", tests, NULL, NULL);
}
