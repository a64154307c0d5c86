/* Learning (L1): a lesson read, its quiz tried, progress that is one's own, what the lead sees of it. */
#include <string.h>

#include "app/lesson_text.h"
#include "base/buf.h"
#include "check.h"
#include "deal_fixture.h"

#define LESSON "/lessons/two_talks"

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

/* Answers of which the first n_wrong questions are not right. Names and values in turn. */
static const char *const *answers(int n_wrong)
{
	const struct lesson *lesson = lesson_find(web->arena, LANG_UK, "two_talks");
	const char **form = ARENA_ARRAY(web->arena, const char *, 2 * LESSON_QUESTIONS * LESSON_CHOICES + 1);
	int n = 0;
	for (int q = 0; q < lesson->n_questions; q++) {
		const struct lesson_question *question = &lesson->questions[q];
		for (int c = 0; c < question->n_choices; c++) {
			if (question->choices[c].right == (q < n_wrong)) continue;
			form[n++] = web_path(web, "answer.%d", q + 1);
			form[n++] = web_path(web, "%d:%d", q + 1, c + 1);
		}
	}
	return form;
}

static int questions(void)
{
	return lesson_find(web->arena, LANG_UK, "two_talks")->n_questions;
}

static struct answer *try_quiz(struct person *who, int n_wrong)
{
	struct answer *a = web_post(web, who, AS_JSON, LESSON "/quiz", answers(n_wrong));
	assert_int_equal(a->status, 200);
	const char *hash = strchr(a->location, '#');
	return web_get(web, who, AS_JSON, arena_strndup(web->arena, a->location, hash ? (size_t)(hash - a->location) : strlen(a->location)));
}

static struct answer *hub(struct person *who)
{
	struct answer *a = web_get(web, who, AS_JSON, "/learn");
	assert_int_equal(a->status, 200);
	return a;
}

static void lesson__is_read_in_the_reader_s_language(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/me/taste", FORM("language", "uk"))->status, 200);
	struct answer *a = web_get(web, &web->manager, AS_JSON, LESSON);
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "lesson.title"), "Дві різні розмови");
	assert_non_null(strstr(answer_text(a, "lesson.body_html"), "<h2>"));
	assert_string_equal(answer_text(a, "scenario.key"), "mall_card");
	assert_false(answer_has(a, "try"));
	assert_false(answer_has(a, "questions.0.choices.0.right")); /* nothing tells the answers before one has given his own */
	assert_null(strstr(a->body, "\"why\""));
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/me/taste", FORM("language", "en"))->status, 200);
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, LESSON), "lesson.title"), "Two different talks");
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/lessons/three_talks")->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/lessons/three_talks/read", FORM())->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/lessons/three_talks/quiz", FORM("answer", "1:1"))->status, 404);
}

static void lesson__read_is_ticked_once(void **state)
{
	(void)state;
	assert_string_equal(answer_text(hub(&web->manager), "lessons.0.state"), "open");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, LESSON "/read", FORM())->status, 200);
	struct answer *a = hub(&web->manager);
	assert_string_equal(answer_text(a, "lessons.0.state"), "read");
	assert_int_equal(answer_int(a, "read"), 1);
	assert_int_equal(answer_int(a, "passed"), 0);
	const char *at = answer_text(a, "lessons.0.read_at");
	assert_int_equal(web_post(web, &web->manager, AS_HTMX, LESSON "/read", FORM())->status, 200);
	assert_string_equal(answer_text(hub(&web->manager), "lessons.0.read_at"), at);
}

static void quiz__tells_at_once_what_was_right_and_keeps_every_try(void **state)
{
	(void)state;
	struct answer *a = try_quiz(&web->manager, 2);
	assert_int_equal(answer_int(a, "try.n_right"), questions() - 2);
	assert_false(json_is_true(answer_at(a, "try.passed")));
	assert_false(json_is_true(answer_at(a, "questions.0.good")));
	assert_true(json_is_true(answer_at(a, web_path(web, "questions.%d.good", questions() - 1))));
	assert_true(strlen(answer_text(a, "questions.0.choices.0.why")) > 10);
	a = hub(&web->manager);
	assert_string_equal(answer_text(a, "lessons.0.state"), "read"); /* who answers has read it */
	assert_string_equal(answer_text(a, "next.key"), "two_talks");
	a = try_quiz(&web->manager, 0);
	assert_true(json_is_true(answer_at(a, "try.passed")));
	a = try_quiz(&web->manager, 1); /* worse again: passed stays passed */
	a = hub(&web->manager);
	assert_string_equal(answer_text(a, "lessons.0.state"), "passed");
	assert_int_equal(answer_int(a, "lessons.0.tries"), 3);
	assert_true(json_number_value(answer_at(a, "lessons.0.best")) > 0.999);
	assert_int_equal(answer_int(a, "passed"), 1);
}

static void quiz__unanswered_is_no_try_and_nothing_typed_is_lost(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_PAGE, LESSON "/quiz", FORM("answer.1", "1:2"));
	assert_int_equal(a->status, 422);
	const char *chosen = strstr(a->body, "value=\"1:2\"");
	assert_non_null(chosen);
	assert_memory_equal(chosen + strlen("value=\"1:2\""), " checked", strlen(" checked"));
	static const char *const strange[] = {"9:1", "1:9", "0:1", "1", "1:1x", "x", "-1:1", "1:-1", "99999:1"};
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
		assert_int_equal(web_post(web, &web->manager, AS_JSON, LESSON "/quiz", FORM("answer.1", strange[i]))->status, 422);
	assert_false(answer_has(hub(&web->manager), "lessons.0.tries"));
}

static void quiz__a_try_is_seen_by_who_made_it_alone(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_JSON, LESSON "/quiz", answers(1));
	const char *path = arena_strndup(web->arena, a->location, strcspn(a->location, "#"));
	struct person other = web_person(web, web->team_id, "Ще один", "manager");
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path)->status, 200);
	assert_int_equal(web_get(web, &other, AS_JSON, path)->status, 404);
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path)->status, 404);
	assert_string_equal(answer_text(hub(&other), "lessons.0.state"), "open");
}

static json_t *member_of(struct answer *a, const struct person *who)
{
	json_t *members = answer_at(a, "members"), *member;
	size_t i;
	json_array_foreach(members, i, member)
		if (json_integer_value(json_object_get(member, "id")) == who->member_id) return member;
	return NULL;
}

static void practise(struct use *use, void *arg)
{
	const struct person *who = arg;
	struct error error;
	static const int64_t tenths[] = {31, 44, 38};
	for (int64_t i = 0; i < 3; i++)
		if (db_exec(use->db, &error,
			    "INSERT INTO practice (team_id, practice_id, member_id, scenario, seed, language, mode, created_at, ended_at, tenths, won, failed) "
			    "VALUES ($1, $2, $3, 'mall_card', $2, 'uk', 'sale', $4, $4, $5, 1, 0)",
			    "iiiii", who->team_id, 9000 + i, who->member_id, use->now + i, tenths[i]))
			fail_msg("%s", error.text);
}

static void team__shows_the_lead_who_learnt_what(void **state)
{
	(void)state;
	try_quiz(&web->manager, 0);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), practise, &web->manager);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/learn/team")->status, 403);
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/learn/team");
	assert_int_equal(a->status, 200);
	json_t *member = member_of(a, &web->manager);
	assert_non_null(member);
	assert_int_equal(json_integer_value(json_object_get(member, "passed")), 1);
	assert_int_equal(json_integer_value(json_object_get(member, "practised")), 3);
	assert_true(json_real_value(json_object_get(member, "best")) > 4.35 && json_real_value(json_object_get(member, "best")) < 4.45);
	assert_true(json_is_string(json_object_get(member, "learnt_at")));
	assert_float_equal(json_number_value(json_object_get(member, "last")), 3.8, 0.001);
	assert_int_equal(answer_int(a, "course"), 12);
	assert_int_equal(json_array_size(json_object_get(member, "lessons")), 12);
	member = member_of(a, &web->lead);
	assert_int_equal(json_integer_value(json_object_get(member, "passed")), 0);
	assert_true(json_is_null(json_object_get(member, "learnt_at")));
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, "/learn/team")->status, 200);
	const char *one = web_path(web, "/learn/team?member=%lld", (long long)web->manager.member_id);
	a = web_get(web, &web->lead, AS_JSON, one);
	assert_string_equal(answer_text(a, "one.lessons.0.state"), "passed");
	assert_int_equal(answer_int(a, "one.scenarios.0.times"), 3);
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, one)->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, one)->status, 403);

	struct person stranger = web_person(web, web_team(web, "Інша"), "Чужий керівник", "lead");
	assert_int_equal(web_get(web, &stranger, AS_JSON, one)->status, 404);
	a = web_get(web, &stranger, AS_JSON, "/learn/team");
	assert_null(member_of(a, &web->manager));
	assert_int_equal(json_array_size(answer_at(a, "members")), 1);

	a = hub(&web->manager); /* the last score stands on one's own page */
	json_t *scenarios = answer_at(a, "scenarios"), *scenario;
	size_t i;
	int found = 0;
	json_array_foreach(scenarios, i, scenario) {
		bool mall = !strcmp(json_string_value(json_object_get(scenario, "key")), "mall_card");
		assert_int_equal(json_object_get(scenario, "times") != NULL, mall);
		if (!mall) continue;
		found++;
		assert_true(json_real_value(json_object_get(scenario, "last")) > 3.75 && json_real_value(json_object_get(scenario, "last")) < 3.85);
	}
	assert_int_equal(found, 1);
}

static void team__forgets_who_has_left(void **state)
{
	(void)state;
	struct person other = web_person(web, web->team_id, "Колишній", "manager");
	try_quiz(&other, 0);
	assert_non_null(member_of(web_get(web, &web->lead, AS_JSON, "/learn/team"), &other));
	assert_int_equal(web_post(web, &web->admin, AS_JSON, web_path(web, "/team/members/%lld/retire", (long long)other.member_id), FORM())->status, 200);
	assert_null(member_of(web_get(web, &web->lead, AS_JSON, "/learn/team"), &other));
	assert_int_equal(web_get(web, &web->lead, AS_JSON, web_path(web, "/learn/team?member=%lld", (long long)other.member_id))->status, 404);
}

static void hub__lists_the_products_courses(void **state)
{
	(void)state;
	int64_t product_id = fixture_product(web, "Еквайринг «Платон»");
	web_post(web, &web->lead, AS_JSON, web_path(web, "/products/%lld/lessons", (long long)product_id), FORM("text", "Тарифи"));
	struct answer *a = hub(&web->manager);
	json_t *products = answer_at(a, "products"), *product;
	size_t i;
	int found = 0;
	json_array_foreach(products, i, product)
		found += json_integer_value(json_object_get(product, "id")) == product_id && json_integer_value(json_object_get(product, "subjects")) >= 1;
	assert_int_equal(found, 1);
	assert_int_equal(answer_int(a, "modes.total"), 0);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/learn")->status, 200);
}

#define OWN "# Наш тариф\nSummary: коли який пропонувати\nPractice: crm_phone\n\nТекст.\n\n# Перевірте себе\n\n## Котрий?\n- [x] Перший\n  Бо так.\n- [ ] Другий\n  Бо ні.\n"

static void own__is_written_by_a_lead_and_taken_by_the_team(void **state)
{
	(void)state;
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/lessons/new")->status, 403);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/lessons/new", FORM("text", OWN))->status, 403);
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/lessons/new"); /* the text to begin from is itself a lesson */
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", answer_text(a, "form.text")))->status, 200);
	a = web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", OWN));
	assert_int_equal(a->status, 200);
	const char *path = a->location;
	a = web_get(web, &web->manager, AS_JSON, path);
	assert_string_equal(answer_text(a, "lesson.title"), "Наш тариф");
	assert_string_equal(answer_text(a, "scenario.key"), "crm_phone");
	assert_false(answer_has(a, "before"));
	assert_false(answer_has(a, "after"));
	a = web_post(web, &web->manager, AS_JSON, web_path(web, "%s/quiz", path), FORM("answer.1", "1:1"));
	assert_int_equal(a->status, 200);
	a = hub(&web->manager);
	assert_string_equal(answer_text(a, "own.1.title"), "Наш тариф");
	assert_string_equal(answer_text(a, "own.1.state"), "passed");
	assert_int_equal(answer_int(a, "passed"), 0); /* of the course's twelve */
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/learn/team?member=%lld", (long long)web->manager.member_id));
	assert_int_equal(json_array_size(answer_at(a, "one.own")), 2);
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, web_path(web, "%s/edit", path))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/edit", path), FORM("text", OWN))->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/edit", path), FORM("text", "# Тариф 2"))->status, 422);
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, path), "lesson.title"), "Наш тариф");

	struct person stranger = web_person(web, web_team(web, "Інша"), "Чужий керівник", "lead");
	assert_int_equal(web_get(web, &stranger, AS_JSON, path)->status, 404);
	assert_int_equal(web_get(web, &stranger, AS_JSON, web_path(web, "%s/edit", path))->status, 404);
	assert_int_equal(web_post(web, &stranger, AS_JSON, web_path(web, "%s/edit", path), FORM("text", OWN))->status, 404);
	assert_int_equal(web_post(web, &stranger, AS_JSON, web_path(web, "%s/retire", path), FORM())->status, 404);
	assert_int_equal(json_array_size(answer_at(hub(&stranger), "own")), 0);

	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/retire", path), FORM())->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path)->status, 404);
	assert_int_equal(json_array_size(answer_at(hub(&web->manager), "own")), 1);
	assert_true(json_is_true(answer_at(hub(&web->lead), "own.1.retired")));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/retire", path), FORM("back", "1"))->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path)->status, 200);
	assert_int_equal(web_get(web, &web->lead, AS_JSON, "/lessons/two_talks/edit")->status, 404); /* the course is the program's */
}

static void own__says_what_is_wrong_and_where_and_keeps_what_was_typed(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_PAGE, "/lessons/new", FORM("text", "# Назва\nSummary: суть\n\nТекст\n\n# Тест\n\n## Що?\n- [ ] жодної правильної\n  бо\n- [ ] і тут\n  бо\n"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "жодної правильної"));
	assert_non_null(strstr(a->body, "12"));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", "# Назва\nSummary: суть\nPractice: no_such\n\nТекст\n\n# Т\n## Що?\n- [x] а\n  б\n- [ ] в\n  г\n"))->status, 422);
	a = web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", "# <script>alert(1)</script>\nSummary: s\n\n<script>alert(2)</script> **text**\n\n# T\n## <b>Q</b>?\n- [x] <i>a</i>\n  b\n- [ ] c\n  d\n"));
	assert_int_equal(a->status, 200);
	a = web_get(web, &web->manager, AS_PAGE, a->location);
	assert_null(strstr(a->body, "<script>alert"));
	assert_null(strstr(a->body, "<b>Q"));
	assert_non_null(strstr(a->body, "&lt;script&gt;alert(1)"));
}

static const char *own_saved(const char *path, const char *text)
{
	struct answer *a = web_post(web, &web->lead, AS_JSON, path, FORM("text", text));
	assert_int_equal(a->status, 200);
	return a->location;
}

#define QUIZ(question, why) "# Тариф\nSummary: суть\n\nТекст.\n\n# Перевірте себе\n\n## " question "\n- [x] Перший\n  " why "\n- [ ] Другий\n  Бо ні.\n"

static void try__is_never_told_beside_other_questions(void **state)
{
	(void)state;
	const char *path = own_saved("/lessons/new", QUIZ("Котрий?", "Бо так.")), *edit = web_path(web, "%s/edit", path), *post = web_path(web, "%s/quiz", path);
	const char *quiz = answer_text(web_get(web, &web->manager, AS_JSON, path), "quiz");
	struct answer *a = web_post(web, &web->manager, AS_JSON, post, FORM("quiz", quiz, "answer.1", "1:2"));
	assert_int_equal(a->status, 200);
	const char *tried = arena_strndup(web->arena, a->location, strcspn(a->location, "#"));
	assert_false(json_is_true(answer_at(web_get(web, &web->manager, AS_JSON, tried), "try.changed")));

	own_saved(edit, QUIZ("Котрий?", "Бо так і є.")); /* a better “why” is told of an old try, too */
	a = web_get(web, &web->manager, AS_JSON, tried);
	assert_false(json_is_true(answer_at(a, "try.changed")));
	assert_string_equal(answer_text(a, "questions.0.choices.0.why"), "Бо так і є.");
	assert_true(json_is_true(answer_at(a, "questions.0.choices.1.chosen")));

	own_saved(edit, QUIZ("Котрий не той?", "Бо так."));
	a = web_get(web, &web->manager, AS_JSON, tried);
	assert_int_equal(a->status, 200);
	assert_true(json_is_true(answer_at(a, "try.changed")));
	assert_int_equal(answer_int(a, "try.n_right"), 0);
	assert_int_equal(answer_int(a, "try.n"), 1);
	assert_int_equal(json_array_size(answer_at(a, "questions")), 0);
	a = web_get(web, &web->manager, AS_PAGE, tried);
	assert_non_null(strstr(a->body, "0 / 1"));
	assert_null(strstr(a->body, "Котрий не той?"));

	/* What was asked before is not taken as an answer to what is asked now; what was ticked there is not ticked here. */
	a = web_post(web, &web->manager, AS_PAGE, post, FORM("quiz", quiz, "answer.1", "1:1"));
	assert_int_equal(a->status, 422);
	assert_null(strstr(a->body, "checked"));
	assert_non_null(strstr(a->body, "Котрий не той?"));
	quiz = answer_text(web_get(web, &web->manager, AS_JSON, path), "quiz");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, post, FORM("quiz", quiz, "answer.1", "1:1"))->status, 200);
	assert_int_equal(answer_int(hub(&web->manager), "own.0.tries"), 2);
}

static void try__of_the_course_is_told_in_either_language(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_JSON, LESSON "/quiz", answers(1));
	const char *path = arena_strndup(web->arena, a->location, strcspn(a->location, "#"));
	static const char *const languages[] = {"uk", "en"};
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(web_post(web, &web->manager, AS_JSON, "/me/taste", FORM("language", languages[i]))->status, 200);
		a = web_get(web, &web->manager, AS_JSON, path);
		assert_false(json_is_true(answer_at(a, "try.changed")));
		assert_int_equal(json_array_size(answer_at(a, "questions")), questions());
	}
}

static void quiz__takes_neither_too_much_nor_another_lesson_s_try(void **state)
{
	(void)state;
	const char **many = ARENA_ARRAY(web->arena, const char *, 2 * 300 + 1);
	for (int i = 0; i < 300; i++) {
		many[2 * i] = "answer.1";
		many[2 * i + 1] = "1:1";
	}
	assert_int_equal(web_post(web, &web->manager, AS_JSON, LESSON "/quiz", many)->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, LESSON "/quiz", FORM("quiz", "0123456789abcdef", "answer.1", "1:1"))->status, 422);
	assert_false(answer_has(hub(&web->manager), "lessons.0.tries"));
	struct answer *a = web_post(web, &web->manager, AS_JSON, LESSON "/quiz", answers(0));
	const char *query = strchr(a->location, '?');
	const char *other = web_path(web, "/lessons/limit%s", arena_strndup(web->arena, query, strcspn(query, "#")));
	assert_int_equal(web_get(web, &web->manager, AS_JSON, other)->status, 404);
}

static void own__what_would_hurt_is_refused_or_harmless(void **state)
{
	(void)state;
	const char *path = own_saved("/lessons/new", "# T\nSummary: s\n\n[x](javascript:alert(1)) ![y](https://elsewhere.example/p.png) <img src=x onerror=alert(2)>\n\n# Q\n## Q?\n- [X] a\n  b\n- [ ] c\n  d\n");
	struct answer *a = web_get(web, &web->manager, AS_PAGE, path);
	assert_null(strstr(a->body, "javascript:"));
	assert_null(strstr(a->body, "onerror"));
	assert_null(strstr(a->body, "<img src=\"https://elsewhere"));

	struct buf text;
	buf_init(&text, 1 << 20);
	buf_printf(&text, "# T\nSummary: s\n\nText\n\n# Q\n");
	for (int i = 0; i < 10000; i++) buf_printf(&text, "##  Q?\n"); /* some 70 KB */
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", arena_strdup(web->arena, text.bytes)))->status, 422);
	buf_done(&text);
	buf_init(&text, 1 << 20);
	buf_printf(&text, "# T\nSummary: s\n\n|a|\n|-|\n");
	while (text.used < 15000) buf_printf(&text, "|||||||||||||||||||||||||||\n");
	buf_printf(&text, "\n# Q\n## Q?\n- [x] a\n  b\n- [ ] c\n  d\n");
	path = own_saved("/lessons/new", arena_strdup(web->arena, text.bytes));
	buf_done(&text);
	a = web_get(web, &web->manager, AS_PAGE, path);
	assert_int_equal(a->status, 200);
	assert_true(strlen(a->body) < 512 * 1024);

	char summary[400];
	memset(summary, 'x', sizeof summary - 1);
	summary[sizeof summary - 1] = 0;
	a = web_post(web, &web->lead, AS_JSON, "/lessons/new", FORM("text", web_path(web, "# T\nSummary: %s\n\nText\n\n# Q\n## Q?\n- [x] a\n  b\n- [ ] c\n  d\n", summary)));
	assert_int_equal(a->status, 422);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/lessons/t0")->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/lessons/t-1")->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/lessons/t99999999999999999999")->status, 404);
}

static void own__progress_outlives_being_put_away_and_a_link_to_it_does_not(void **state)
{
	(void)state;
	const char *path = own_saved("/lessons/new", OWN), *retire = web_path(web, "%s/retire", path);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/quiz", path), FORM("answer.1", "1:1"))->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, retire, FORM())->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/read", path), FORM())->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/quiz", path), FORM("answer.1", "1:1"))->status, 404);
	assert_int_equal(web_get(web, &web->lead, AS_JSON, "/learn/team")->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, retire, FORM("back", "1"))->status, 200);
	struct answer *a = hub(&web->manager);
	assert_string_equal(answer_text(a, "own.0.state"), "passed");
	assert_int_equal(answer_int(a, "own.0.tries"), 1);
}

static void preview__shows_a_lesson_or_its_mistake_and_keeps_nothing(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/lessons/preview", FORM("text", OWN))->status, 403);
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/lessons/preview", FORM("text", OWN));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "preview.title"), "Наш тариф");
	assert_true(json_is_true(answer_at(a, "preview.questions.0.choices.0.right")));
	a = web_post(web, &web->lead, AS_JSON, "/lessons/preview", FORM("text", "# Назва\nSummary: суть\n\nТекст\n"));
	assert_int_equal(a->status, 200);
	assert_int_equal(answer_int(a, "preview.line"), 4);
	assert_true(strlen(answer_text(a, "preview.mistake")) > 10);
	assert_int_equal(web_post(web, &web->lead, AS_HTMX, "/lessons/preview", FORM("text", ""))->status, 200);
	a = web_post(web, &web->lead, AS_PAGE, "/lessons/preview", FORM("text", OWN)); /* without a script: the form with it */
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "<textarea"));
	assert_non_null(strstr(a->body, "<h2>Наш тариф</h2>"));
	assert_int_equal(json_array_size(answer_at(hub(&web->lead), "own")), 0);

	const char *path = own_saved("/lessons/new", OWN), *key = path + strlen("/lessons/");
	a = web_post(web, &web->lead, AS_PAGE, "/lessons/preview", FORM("key", key, "text", OWN));
	assert_non_null(strstr(a->body, web_path(web, "action=\"%s/edit\"", path)));
	struct person stranger = web_person(web, web_team(web, "Інша"), "Чужий керівник", "lead");
	assert_int_equal(web_post(web, &stranger, AS_PAGE, "/lessons/preview", FORM("key", key, "text", OWN))->status, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lesson__is_read_in_the_reader_s_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson__read_is_ticked_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(quiz__tells_at_once_what_was_right_and_keeps_every_try, set_up, tear_down),
		cmocka_unit_test_setup_teardown(quiz__unanswered_is_no_try_and_nothing_typed_is_lost, set_up, tear_down),
		cmocka_unit_test_setup_teardown(quiz__a_try_is_seen_by_who_made_it_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(team__shows_the_lead_who_learnt_what, set_up, tear_down),
		cmocka_unit_test_setup_teardown(team__forgets_who_has_left, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hub__lists_the_products_courses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own__is_written_by_a_lead_and_taken_by_the_team, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own__says_what_is_wrong_and_where_and_keeps_what_was_typed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(try__is_never_told_beside_other_questions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(try__of_the_course_is_told_in_either_language, set_up, tear_down),
		cmocka_unit_test_setup_teardown(quiz__takes_neither_too_much_nor_another_lesson_s_try, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own__what_would_hurt_is_refused_or_harmless, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own__progress_outlives_being_put_away_and_a_link_to_it_does_not, set_up, tear_down),
		cmocka_unit_test_setup_teardown(preview__shows_a_lesson_or_its_mistake_and_keeps_nothing, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
