/* Posts through their pages: written, read, changed, answered, found; by members and by strangers. */
#include <string.h>

#include "base/id.h"
#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"
#include "raw.h"
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

static void sql_run(struct use *use, void *arg)
{
	struct error error;
	if (db_exec(use->db, &error, arg, "")) fail_msg("%s: %s", (const char *)arg, error.text);
}

static void sql(const char *text)
{
	web_do(web, web_actor(&web->lead, ROLE_LEAD), sql_run, (void *)(uintptr_t)text);
}

static const char *path(const char *format, int64_t id)
{
	return web_path(web, "/posts/%lld%s", (long long)id, format);
}

static int64_t id_in(const char *location)
{
	const char *digits = strrchr(location, '/');
	long long id = 0;
	assert_non_null(digits);
	sscanf(digits + 1, "%lld", &id);
	return id;
}

static int64_t publish(struct person *who, const char *kind, const char *title, const char *body)
{
	struct answer *a = web_post(web, who, AS_JSON, "/posts/new", FORM("kind", kind, "title", title, "body", body, "tags", "торг, ціна"));
	if (a->status != 200) fail_msg("%s is not published: %d %s", title, a->status, a->body);
	return id_in(a->location);
}

/* A community with this person in it. */
static int64_t community(const struct person *who, const char *role)
{
	int64_t id = id_new(moment_now());
	sql(web_path(web, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES (%lld, 'community', 'Переговорники', 'переговорники', 1)", (long long)id));
	sql(web_path(web, "INSERT INTO community_member (journal_id, member_id, role, joined_at) VALUES (%lld, %lld, '%s', 1)", (long long)id, (long long)who->member_id, role));
	return id;
}

/* ---- Writing ---- */

static void post_form__is_shown_again_with_what_is_wrong(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_PAGE, "/posts/new",
				    FORM("kind", "opener", "title", "", "body", "  **Так** <b>", "poll_question", "Чи так?", "option", "Так", "option", "так", "language", "en"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "value=\"opener\" checked"));
	assert_non_null(strstr(a->body, "  **Так** &lt;b&gt;</textarea>"));
	assert_non_null(strstr(a->body, "<strong>Так</strong>")); /* the preview too */
	assert_non_null(strstr(a->body, "A post has a title"));
	assert_non_null(strstr(a->body, "Two answers are the same"));
	assert_non_null(strstr(a->body, "<option value=\"en\" selected>"));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM post"), 0);
}

static void post_draft__keeps_itself_and_is_published(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/posts/draft", FORM("kind", "story", "body", "Якось"));
	assert_int_equal(a->status, 200);
	int64_t id = answer_int(a, "post.id");
	a = web_post(web, &web->manager, AS_JSON, "/posts/draft", FORM("kind", "story", "post", web_path(web, "%lld", (long long)id), "title", "На річці", "body", "Якось на річці", "tags", "риба"));
	assert_int_equal(answer_int(a, "post.id"), id);
	a = web_get(web, &web->manager, AS_JSON, "/drafts");
	assert_int_equal(json_array_size(answer_at(a, "drafts")), 1);
	assert_string_equal(answer_text(a, "drafts.0.title"), "На річці");
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path("", id))->status, 404);
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path("/edit", id))->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path("", id))->status, 200);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/posts"), "posts")), 0);

	a = web_get(web, &web->manager, AS_JSON, path("/edit", id));
	assert_string_equal(answer_text(a, "form.tags"), "риба");
	a = web_post(web, &web->manager, AS_PAGE, path("/edit", id), FORM("kind", "story", "title", "На річці", "body", "Якось на річці", "do", "publish"));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, path("", id));
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/posts"), "posts")), 1);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/drafts"), "drafts")), 0);
	/* it is no draft any more */
	a = web_post(web, &web->manager, AS_JSON, "/posts/draft", FORM("kind", "story", "post", web_path(web, "%lld", (long long)id), "title", "Інше", "body", "Інше"));
	assert_int_equal(a->status, 404);
}

static void post_preview__keeps_nothing(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_HTMX, "/posts/preview", FORM("kind", "article", "body", "# Так\n\n<script>alert(1)</script>"));
	assert_non_null(strstr(a->body, "<h2>Так</h2>"));
	assert_null(strstr(a->body, "<script>alert"));
	a = web_post(web, &web->manager, AS_PAGE, "/posts/preview", FORM("kind", "argument", "title", "Моє", "body", "*Так*", "option", "раз", "poll_question", "Що?"));
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, ">Моє</textarea>"));
	assert_non_null(strstr(a->body, "<em>Так</em>"));
	assert_non_null(strstr(a->body, "value=\"argument\" checked"));
	assert_non_null(strstr(a->body, "value=\"раз\""));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM post"), 0);
}

static void post_new__in_a_community_that_one_is_in(void **state)
{
	(void)state;
	int64_t id = community(&web->manager, "member");
	const char *text = web_path(web, "%lld", (long long)id);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Т", "body", "б", "community", text))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Т", "body", "б", "community", text))->status, 200);
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts?journal=%s", text));
	assert_string_equal(answer_text(a, "posts.0.community.name"), "Переговорники");
	assert_string_equal(answer_text(a, "journal.kind"), "community");
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/posts?journal=5")->status, 404);
	/* banned there, he writes at home */
	sql(web_path(web, "INSERT INTO ban (ban_id, member_id, community_id, at) VALUES (1, %lld, %s, 1)", (long long)web->manager.member_id, text));
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Т", "body", "б", "community", text))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Т", "body", "б"))->status, 200);
	a = web_get(web, &web->manager, AS_JSON, "/posts/new");
	assert_int_equal(json_array_size(answer_at(a, "choices.community")), 0);
}

static void post_look__clients_are_not_named(void **state)
{
	(void)state;
	fixture_client(web, &web->manager, "Мар’яна Солов’яненко", "b2c");
	struct answer *a = web_post(web, &web->manager, AS_PAGE, "/posts/new", FORM("kind", "article", "title", "Про Мар’яну Солов’яненко", "body", "Текст"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "<b>Мар’яна Солов’яненко</b>"));
	assert_non_null(strstr(a->body, "name=\"anyway\""));
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, "/posts/new", FORM("kind", "article", "title", "Про Мар’яну Солов’яненко", "body", "Текст", "anyway", "1"))->status, 303);
	/* a card never; a draft is his own business */
	a = web_post(web, &web->manager, AS_PAGE, "/posts/new", FORM("kind", "argument", "title", "Довід", "body", "Мар’яна Солов’яненко погодилась", "anyway", "1"));
	assert_int_equal(a->status, 422);
	assert_null(strstr(a->body, "name=\"anyway\""));
	assert_non_null(strstr(a->body, "Мар’яна Солов’яненко"));
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, "/posts/new", FORM("kind", "argument", "title", "Довід", "body", "Мар’яна Солов’яненко", "do", "draft"))->status, 303);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM post WHERE published_at IS NOT NULL"), 1);
}

/* ---- Reading and changing ---- */

static void post_show__says_what_it_is(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "answer", "На «дорого»", "## Спершу\n\nПитаю.");
	struct answer *a = web_get(web, &web->lead, AS_JSON, path("", id));
	assert_string_equal(answer_text(a, "post.title"), "На «дорого»");
	assert_string_equal(answer_text(a, "post.author.name"), "Марко Менеджер");
	assert_string_equal(answer_text(a, "post.tags.1"), "ціна");
	assert_non_null(strstr(answer_text(a, "post.body_html"), "<h2>Спершу</h2>"));
	assert_true(json_is_true(answer_at(a, "may_comment")));
	assert_true(json_is_false(answer_at(a, "may_edit")));
	assert_true(json_is_false(answer_at(a, "vote.mine")));
	assert_true(json_is_false(answer_at(a, "follows")));
	const char *follow = web_path(web, "/journals/%lld/follow", (long long)web->manager.member_id);
	assert_non_null(strstr(web_get(web, &web->lead, AS_PAGE, path("", id))->body, follow));
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, follow, FORM("to", path("", id)))->status, 303);
	assert_true(json_is_true(answer_at(web_get(web, &web->lead, AS_JSON, path("", id)), "follows")));
	/* the second vote for the same author says why it weighs less */
	web_post(web, &web->lead, AS_JSON, path("/vote", publish(&web->manager, "article", "Інше", "Текст")), FORM());
	assert_non_null(strstr(web_get(web, &web->lead, AS_PAGE, path("", id))->body, "would weigh 1/2: your vote no. 2 for this author in 30 days"));
	a = web_get(web, &web->manager, AS_PAGE, path("", id));
	assert_null(strstr(a->body, follow));
	assert_non_null(strstr(a->body, path("/edit", id)));
	assert_null(strstr(a->body, path("/history", id)));
}

static void post_edit__leaves_a_history_that_one_can_read(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Перша назва", "Один\n\nПитаю, з чим порівнюєте.\n\nТри");
	struct answer *a = web_post(web, &web->manager, AS_PAGE, path("/edit", id), FORM("kind", "article", "title", "Друга назва", "body", "Один\n\nПитаю, з чим саме порівнюєте.\n\nЧотири"));
	assert_int_equal(a->status, 303);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/edit", id), FORM("kind", "article", "title", "Чужа", "body", "б"))->status, 404);
	a = web_get(web, &web->lead, AS_JSON, path("/history", id));
	assert_int_equal(answer_int(a, "version"), 2);
	assert_int_equal(answer_int(a, "before.version"), 1);
	assert_string_equal(answer_text(a, "title.0.kind"), "gone");
	assert_string_equal(answer_text(a, "title.0.text"), "Перша");
	assert_string_equal(answer_text(a, "lines.2.kind"), "changed");
	assert_string_equal(answer_text(a, "lines.2.parts.1.kind"), "come");
	assert_string_equal(answer_text(a, "lines.2.parts.1.text"), "саме ");
	assert_string_equal(answer_text(a, "lines.4.kind"), "gone");
	assert_string_equal(answer_text(a, "lines.5.text"), "Чотири");
	a = web_get(web, &web->lead, AS_JSON, path("/history?version=1", id));
	assert_true(json_is_null(answer_at(a, "before")));
	assert_string_equal(answer_text(a, "title.0.text"), "Перша назва");
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path("/history?version=3", id))->status, 404);
	a = web_get(web, &web->lead, AS_PAGE, path("", id));
	assert_non_null(strstr(a->body, path("/history", id)));
	a = web_get(web, &web->lead, AS_PAGE, path("/history", id));
	assert_non_null(strstr(a->body, "<ins>саме </ins>"));
}

static void post_delete__takes_the_text_and_what_hangs_on_it(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Зайве", "Секрет");
	web_post(web, &web->lead, AS_JSON, path("/comments", id), FORM("text", "Секрет у коментарі"));
	web_post(web, &web->lead, AS_JSON, path("/vote", id), FORM());
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/delete", id), FORM())->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/delete", id), FORM())->status, 200);
	for (int as = AS_PAGE; as <= AS_JSON; as += 2) {
		struct answer *a = web_get(web, &web->lead, (enum as)as, path("", id));
		assert_int_equal(a->status, 410);
		assert_null(strstr(a->body, "Секрет"));
		assert_null(strstr(a->body, "Зайве"));
		assert_non_null(strstr(a->body, "Менеджер"));
	}
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path("/history", id))->status, 404);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/comments", id), FORM("text", "Пізно"))->status, 404);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/posts?q=зайве"), "posts")), 0);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM top_work WHERE kind = 'again'"), 1);
}

static void post_show__hidden_and_merged(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Спірне", "Текст"), other = publish(&web->lead, "article", "Те саме", "Текст");
	struct person somebody = web_person(web, web->team_id, "Хтось", "manager");
	sql(web_path(web, "UPDATE post SET hidden_at = 5 WHERE post_id = %lld", (long long)id));
	assert_int_equal(web_get(web, &somebody, AS_JSON, path("", id))->status, 410);
	assert_int_equal(web_get(web, &somebody, AS_JSON, path("/history", id))->status, 404);
	assert_int_equal(web_post(web, &somebody, AS_JSON, path("/comments", id), FORM("text", "Так"))->status, 404);
	assert_true(json_is_false(answer_at(web_get(web, &web->manager, AS_JSON, path("", id)), "readable")));
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, path("", id))->status, 200);
	sql(web_path(web, "UPDATE post SET hidden_at = NULL, merged_into = %lld WHERE post_id = %lld", (long long)other, (long long)id));
	struct answer *a = web_get(web, &somebody, AS_PAGE, path("", id));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, path("", other));
	sql(web_path(web, "UPDATE post SET hidden_at = 5 WHERE post_id = %lld", (long long)other));
	assert_int_equal(web_get(web, &somebody, AS_JSON, path("", id))->status, 404);
}

static void posts__are_open_to_strangers_where_the_company_says_so(void **state)
{
	(void)state;
	struct person stranger = {0};
	int64_t id = publish(&web->manager, "article", "Для всіх", "Текст"), draft = answer_int(web_post(web, &web->manager, AS_JSON, "/posts/draft", FORM("kind", "article", "body", "Моє")), "post.id");
	assert_int_equal(web_get(web, &stranger, AS_JSON, path("", id))->status, 401);
	sql("UPDATE journal_rules SET open_reading = 1");
	struct answer *a = web_get(web, &stranger, AS_JSON, path("", id));
	assert_int_equal(a->status, 200);
	assert_true(json_is_false(answer_at(a, "may_comment")));
	assert_false(answer_has(a, "vote.mine"));
	assert_int_equal(web_get(web, &stranger, AS_PAGE, path("", id))->status, 200);
	assert_int_equal(web_get(web, &stranger, AS_JSON, path("", draft))->status, 404);
	assert_int_equal(json_array_size(answer_at(web_get(web, &stranger, AS_JSON, "/posts"), "posts")), 1);
	assert_int_equal(web_get(web, &stranger, AS_PAGE, "/posts")->status, 200);
	assert_int_equal(web_get(web, &stranger, AS_JSON, "/posts/new")->status, 401);
	assert_int_equal(web_post(web, &stranger, AS_JSON, path("/comments", id), FORM("text", "Так"))->status, 401);
}

/* ---- Comments ---- */

static int64_t comment(struct person *who, int64_t post_id, int64_t parent, const char *text)
{
	const char *to = parent ? web_path(web, "%lld", (long long)parent) : "";
	struct answer *a = web_post(web, who, AS_JSON, path("/comments", post_id), FORM("parent", to, "text", text));
	long long id = 0;
	if (a->status != 200 || !strstr(a->location, "#c")) fail_msg("no comment: %d %s", a->status, a->body);
	sscanf(strstr(a->location, "#c"), "#c%lld", &id);
	return id;
}

static void comments__stand_in_threads(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Про що", "Текст");
	int64_t first = comment(&web->lead, id, 0, "**Перший**"), second = comment(&web->manager, id, 0, "Другий"), deep = comment(&web->manager, id, first, "Відповідь");
	int64_t order[12] = {first, deep};
	for (int i = 2; i < 9; i++) order[i] = deep = comment(&web->lead, id, deep, "Глибше");
	order[9] = second;
	struct answer *a = web_get(web, &web->lead, AS_JSON, path("", id));
	static const int depth[] = {0, 1, 2, 3, 4, 5, 6, 6, 6, 0};
	for (int i = 0; i < 10; i++) {
		assert_int_equal(answer_int(a, web_path(web, "comments.%d.id", i)), order[i]);
		assert_int_equal(answer_int(a, web_path(web, "comments.%d.depth", i)), depth[i]);
		assert_int_equal(answer_has(a, web_path(web, "comments.%d.to", i)), i == 7 || i == 8);
	}
	assert_non_null(strstr(answer_text(a, "comments.0.body_html"), "<strong>Перший</strong>"));
	assert_int_equal(answer_int(a, "post.comments"), 10);
	a = web_post(web, &web->lead, AS_PAGE, path("/comments", id), FORM("text", "  "));
	assert_int_equal(a->status, 422);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/comments", id), FORM("text", "так", "parent", "12345"))->status, 422);
}

static void comments__are_changed_for_a_quarter_of_an_hour_by_their_author(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Про що", "Текст"), one = comment(&web->lead, id, 0, "Перший");
	const char *to = web_path(web, "/posts/%lld/comments/%lld", (long long)id, (long long)one);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, to, FORM("text", "Чуже"))->status, 404);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, to, FORM("text", "Змінено"))->status, 200);
	struct answer *a = web_get(web, &web->lead, AS_JSON, path("", id));
	assert_non_null(strstr(answer_text(a, "comments.0.body_html"), "Змінено"));
	assert_true(json_is_string(answer_at(a, "comments.0.edited_at")));
	assert_true(json_is_true(answer_at(a, "comments.0.changeable")));
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, to)->status, 303);
	sql(web_path(web, "UPDATE comment SET at = at - 16 * 60 * 1000000 WHERE comment_id = %lld", (long long)one));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, to, FORM("text", "Пізно"))->status, 422);
	assert_true(json_is_false(answer_at(web_get(web, &web->lead, AS_JSON, path("", id)), "comments.0.changeable")));
}

static void comments__hidden_ones(void **state)
{
	(void)state;
	int64_t id = publish(&web->manager, "article", "Про що", "Текст"), one = comment(&web->manager, id, 0, "Таємне"), two = comment(&web->manager, id, 0, "Самотнє");
	struct person somebody = web_person(web, web->team_id, "Хтось", "manager");
	comment(&somebody, id, one, "Відповідь");
	sql(web_path(web, "UPDATE comment SET hidden_at = 5 WHERE comment_id IN (%lld, %lld)", (long long)one, (long long)two));
	struct answer *a = web_get(web, &somebody, AS_JSON, path("", id));
	assert_int_equal(json_array_size(answer_at(a, "comments")), 2); /* what was answered leaves its place */
	assert_true(json_is_null(answer_at(a, "comments.0.author")));
	assert_null(strstr(a->body, "Таємне"));
	assert_int_equal(web_post(web, &somebody, AS_JSON, path("/comments", id), FORM("parent", web_path(web, "%lld", (long long)one), "text", "Ще"))->status, 422);
	a = web_get(web, &web->lead, AS_JSON, path("", id)); /* a moderator of the company */
	assert_int_equal(json_array_size(answer_at(a, "comments")), 3);
	assert_non_null(strstr(a->body, "Таємне"));
	sql(web_path(web, "INSERT INTO ban (ban_id, member_id, community_id, at) VALUES (1, %lld, 0, 1)", (long long)somebody.member_id));
	assert_int_equal(web_post(web, &somebody, AS_JSON, path("/comments", id), FORM("text", "Ще"))->status, 403);
	assert_true(json_is_false(answer_at(web_get(web, &somebody, AS_JSON, path("", id)), "may_comment")));
}

/* ---- The poll ---- */

static int64_t with_poll(const char *closes)
{
	struct answer *a = web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Опитування", "body", "Текст", "poll_question", "Ми продаємо чи ведемо переговори?",
									       "option", "Продаємо", "option", "", "option", "Ведемо переговори", "poll_closes", closes));
	assert_int_equal(a->status, 200);
	return id_in(a->location);
}

static void poll__shows_its_result_to_who_answered(void **state)
{
	(void)state;
	int64_t id = with_poll("");
	struct answer *a = web_get(web, &web->lead, AS_JSON, path("", id));
	assert_string_equal(answer_text(a, "poll.options.1.text"), "Ведемо переговори");
	assert_false(answer_has(a, "poll.options.0.count"));
	assert_false(answer_has(a, "poll.reasons"));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/poll", id), FORM("place", "3"))->status, 422);
	a = web_post(web, &web->lead, AS_HTMX, path("/poll", id), FORM("place", "2", "reason", "Бо умови"));
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "Бо умови"));
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, path("/poll", id), FORM("place", "1"))->status, 303);
	a = web_get(web, &web->manager, AS_JSON, path("", id)); /* its author sees it always */
	assert_int_equal(answer_int(a, "poll.answers"), 1);
	assert_int_equal(answer_int(a, "poll.options.0.count"), 1);
	assert_int_equal(answer_int(a, "poll.options.1.count"), 0);
	assert_int_equal(json_array_size(answer_at(a, "poll.reasons")), 0);
	struct person third = web_person(web, web->team_id, "Третя", "manager");
	assert_false(answer_has(web_get(web, &third, AS_JSON, path("", id)), "poll.options.0.count"));
	/* somebody has answered: only its end can be another */
	const char *const changed[] = {"kind", "article", "title", "Опитування", "body", "Текст", "poll_question", "Інше?", "option", "Так", "option", "Ні", NULL};
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/edit", id), changed)->status, 422);
	a = web_post(web, &web->manager, AS_JSON, path("/edit", id), FORM("kind", "article", "title", "Опитування", "body", "Текст", "poll_question", "Ми продаємо чи ведемо переговори?",
									  "option", "Продаємо", "option", "Ведемо переговори", "poll_closes", "2020-01-01"));
	assert_int_equal(a->status, 200);
	a = web_get(web, &third, AS_JSON, path("", id));
	assert_true(json_is_true(answer_at(a, "poll.closed")));
	assert_int_equal(answer_int(a, "poll.options.0.count"), 1);
	assert_int_equal(web_post(web, &third, AS_JSON, path("/poll", id), FORM("place", "1"))->status, 422);
}

static void poll__has_two_to_ten_answers(void **state)
{
	(void)state;
	const char *const one[] = {"kind", "article", "title", "Т", "body", "б", "poll_question", "Що?", "option", "Так", NULL};
	const char *const none[] = {"kind", "article", "title", "Т", "body", "б", "option", "Так", "option", "Ні", NULL};
	assert_non_null(strstr(web_post(web, &web->manager, AS_JSON, "/posts/new", one)->body, "\"option\""));
	assert_non_null(strstr(web_post(web, &web->manager, AS_JSON, "/posts/new", none)->body, "\"poll_question\""));
	const char *many[40] = {"kind", "article", "title", "Т", "body", "б", "poll_question", "Що?"};
	int n = 8;
	for (int i = 0; i < 11; i++) {
		many[n++] = "option";
		many[n++] = web_path(web, "Відповідь %d", i);
	}
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/new", many)->status, 422);
	many[n - 2] = NULL;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/new", many)->status, 200);
	(void)state;
}

/* ---- Pictures ---- */

static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0, 1, 2, 3, 4,
				    0, 0, 0, 5, 't', 'E', 'X', 't', 'K', 'y', 'i', 'v', '!', 1, 2, 3, 4, 0, 0, 0, 2, 'I', 'D', 'A', 'T', 'x', 'y', 1, 2, 3, 4, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4};

static int64_t picture(struct person *who)
{
	struct answer *a = web_upload(web, who, AS_JSON, "/pictures", FORM(), "picture", "наша вітрина.png", png, sizeof png);
	assert_int_equal(a->status, 200);
	assert_int_equal(answer_int(a, "picture.width"), 3);
	int64_t id = answer_int(a, "picture.id");
	assert_string_equal(answer_text(a, "picture.markdown"), web_path(web, "![наша вітрина](/pictures/%lld#3x2)", (long long)id));
	return id;
}

static void pictures__are_seen_where_a_post_shows_them(void **state)
{
	(void)state;
	int64_t id = picture(&web->manager);
	const char *to = web_path(web, "/pictures/%lld", (long long)id);
	assert_int_equal(picture(&web->manager), id); /* the same is kept once */
	struct answer *a = web_get(web, &web->manager, AS_PAGE, to);
	assert_int_equal(a->status, 200);
	assert_string_equal(a->type, "image/png");
	assert_null(memmem(a->body, a->bytes, "Kyiv", 4));
	assert_int_equal(a->bytes, sizeof png - 17);
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, to)->status, 404);
	int64_t post = publish(&web->manager, "article", "Вітрина", web_path(web, "![](%s#3x2)", to));
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, to)->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/remove", to), FORM())->status, 422);
	/* nobody shows others what another keeps in a draft */
	int64_t draft = picture(&web->lead);
	publish(&web->manager, "article", "Чуже", web_path(web, "![](/pictures/%lld)", (long long)draft));
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/pictures/%lld", (long long)draft))->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "/pictures/%lld/remove", (long long)draft), FORM())->status, 404);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/pictures/%lld/remove", (long long)draft), FORM())->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/delete", post), FORM())->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, to)->status, 404);
}

static void pictures__are_kept_by_browsers_and_are_nothing_else(void **state)
{
	(void)state;
	int64_t id = picture(&web->manager);
	struct raw *raw = raw_ask(web, web_path(web, "GET /pictures/%lld HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sturgeon=%s\r\n\r\n", (long long)id, web->manager.session));
	assert_int_equal(raw_status(raw, 0), 200);
	assert_string_equal(raw_header(web, raw, "Content-Type"), "image/png");
	assert_string_equal(raw_header(web, raw, "Cache-Control"), "private, max-age=31536000, immutable");
	assert_string_equal(raw_header(web, raw, "X-Content-Type-Options"), "nosniff");
	static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
	struct answer *a = web_upload(web, &web->manager, AS_PAGE, "/pictures", FORM(), "picture", "a.png", svg, sizeof svg - 1);
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "This is no whole picture"));
	unsigned char huge[sizeof png];
	memcpy(huge, png, sizeof png);
	huge[17] = 1; /* 65,539 wide */
	huge[22] = 4; /* 1,026 high */
	assert_int_equal(web_upload(web, &web->manager, AS_JSON, "/pictures", FORM(), "picture", "a.png", huge, sizeof huge)->status, 422);
}

/* ---- Finding ---- */

static void posts__newest_hottest_and_narrowed(void **state)
{
	(void)state;
	int64_t id[25];
	for (int i = 0; i < 25; i++) id[i] = publish(&web->manager, i % 5 ? "article" : "opener", web_path(web, "Допис %d", i), "Текст про ціну");
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/posts");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 20);
	assert_int_equal(answer_int(a, "posts.0.id"), id[24]);
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts?after=%s", answer_text(a, "next")));
	assert_int_equal(json_array_size(answer_at(a, "posts")), 5);
	assert_int_equal(answer_int(a, "posts.4.id"), id[0]);
	assert_false(answer_has(a, "next"));
	a = web_get(web, &web->manager, AS_JSON, "/posts?kind=opener&tag=%D0%A2%D0%9E%D0%A0%D0%93");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 5);
	a = web_get(web, &web->manager, AS_JSON, "/posts?language=de");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 0);
	for (int i = 0; i < 3; i++) sql(web_path(web, "INSERT INTO post_heat (post_id, sum, base, votes, weight) VALUES (%lld, %d.5, %d, 1, 1)", (long long)id[i], 1, i == 1 ? 9 : i));
	a = web_get(web, &web->manager, AS_JSON, "/posts?sort=hot");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 3);
	assert_int_equal(answer_int(a, "posts.0.id"), id[1]);
	assert_int_equal(answer_int(a, "posts.1.id"), id[2]);
	assert_int_equal(answer_int(a, "posts.0.votes"), 1);
}

static void posts__found_by_words_with_the_words_marked(void **state)
{
	(void)state;
	publish(&web->manager, "article", "Про ціну", "Довгий текст.");
	publish(&web->manager, "article", "Інше", web_path(web, "%s\n\nА тоді об’єднані ЦІНИ зросли.", "слово слово слово слово слово слово слово слово слово слово слово слово слово слово слово"));
	struct answer *a = web_get(web, &web->lead, AS_JSON, web_path(web, "/posts?q=%s", web_escape(web, "цін")));
	assert_int_equal(answer_int(a, "found"), 2);
	assert_string_equal(answer_text(a, "posts.0.title"), "Про ціну");
	assert_true(json_is_true(answer_at(a, "posts.0.title_parts.1.mark")));
	assert_string_equal(answer_text(a, "posts.0.title_parts.1.text"), "ціну");
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/posts?q=%s", web_escape(web, "обєдн ціни")));
	assert_int_equal(answer_int(a, "found"), 1);
	a = web_get(web, &web->lead, AS_HTMX, web_path(web, "/posts?q=%s", web_escape(web, "ОБ'ЄДН ціни")));
	assert_non_null(strstr(a->body, "<mark>об’єднані</mark> <mark>ЦІНИ</mark> зросли."));
	assert_null(strstr(a->body, "<html"));
	a = web_get(web, &web->lead, AS_JSON, web_path(web, "/posts?q=%s", web_escape(web, "…")));
	assert_false(answer_has(a, "found"));
	assert_int_equal(json_array_size(answer_at(a, "posts")), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_web, close_web)
	const struct CMUnitTest tests[] = {
		TEST(post_form__is_shown_again_with_what_is_wrong),
		TEST(post_draft__keeps_itself_and_is_published),
		TEST(post_preview__keeps_nothing),
		TEST(post_new__in_a_community_that_one_is_in),
		TEST(post_look__clients_are_not_named),
		TEST(post_show__says_what_it_is),
		TEST(post_edit__leaves_a_history_that_one_can_read),
		TEST(post_delete__takes_the_text_and_what_hangs_on_it),
		TEST(post_show__hidden_and_merged),
		TEST(posts__are_open_to_strangers_where_the_company_says_so),
		TEST(comments__stand_in_threads),
		TEST(comments__are_changed_for_a_quarter_of_an_hour_by_their_author),
		TEST(comments__hidden_ones),
		TEST(poll__shows_its_result_to_who_answered),
		TEST(poll__has_two_to_ten_answers),
		TEST(pictures__are_seen_where_a_post_shows_them),
		TEST(pictures__are_kept_by_browsers_and_are_nothing_else),
		TEST(posts__newest_hottest_and_narrowed),
		TEST(posts__found_by_words_with_the_words_marked),
	};
	return cmocka_run_group_tests_name("web/page_post", tests, NULL, NULL);
}
