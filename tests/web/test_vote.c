/* A vote through the page: counted at once, weighed by the rule, taken back, and never for what cannot be read. */
#include "check.h"

#include "base/id.h"
#include "deal_fixture.h"
#include "web_fixture.h"

static struct web *web;
static int64_t author, post;

static void put(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, 'blogger', 'Б', 'б', 1)", "i", author) ||
	    db_exec(use->db, &error, "INSERT INTO post (post_id, author_id, kind, language, title, body, format, created_at, changed_at, published_at)"
				     " VALUES ($1, $2, 'article', 'uk', 'т', 'б', 'markdown', $3, $3, $3)", "iii", post, author, use->now))
		fail_msg("%s", error.text);
}

static void hide(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE post SET hidden_at = 1 WHERE post_id = $1", "i", post)) fail_msg("%s", error.text);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	author = web->lead.member_id;
	post = id_new(1790000000000000);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), put, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static void post_vote__counts_once_and_goes_back(void **state)
{
	(void)state;
	const char *path = web_path(web, "/posts/%lld/vote", (long long)post);
	for (int i = 0; i < 2; i++) {
		struct answer *a = web_post(web, &web->manager, AS_JSON, path, FORM());
		assert_int_equal(a->status, 200);
		assert_int_equal(answer_int(a, "vote.votes"), 1);
		assert_int_equal(answer_int(a, "vote.nth"), 1);
		assert_true(json_is_true(answer_at(a, "vote.mine")));
	}
	struct answer *own = web_post(web, &web->lead, AS_JSON, path, FORM());
	assert_int_equal(answer_int(own, "vote.votes"), 1);
	assert_true(json_is_true(answer_at(own, "vote.own")));
	struct answer *back = web_post(web, &web->manager, AS_JSON, path, FORM("back", "1"));
	assert_int_equal(answer_int(back, "vote.votes"), 0);
	assert_true(json_is_false(answer_at(back, "vote.mine")));
}

static void post_vote__leads_back_without_a_script(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->manager, AS_PAGE, web_path(web, "/posts/%lld/vote", (long long)post), FORM("to", "/top"));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, "/top");
	a = web_post(web, &web->manager, AS_HTMX, web_path(web, "/posts/%lld/vote", (long long)post), FORM());
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "aria-pressed=\"true\""));
}

static void post_vote__is_refused_for_what_cannot_be_read(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), hide, NULL);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/vote", (long long)post), FORM())->status, 404);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/posts/1/vote", FORM())->status, 404);
}

/* Banned in the community of the post: the answer says where, until when and why, whoever asks. */
static void ban(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES (7, 'community', 'Тиша', 'тиша', 1)", "") ||
	    db_exec(use->db, &error, "UPDATE post SET community_id = 7 WHERE post_id = $1", "i", post) ||
	    db_exec(use->db, &error, "INSERT INTO act (act_id, at, member_id, kind, community_id, journal_id, reason) VALUES (8, $1, $2, 'ban', 7, $3, 'голосував за кільце')", "iii",
		    use->now, author, web->manager.member_id) ||
	    db_exec(use->db, &error, "INSERT INTO ban (ban_id, member_id, community_id, at, until_at) VALUES (8, $1, 7, $2, 4102444800000000)", "ii", web->manager.member_id, use->now))
		fail_msg("%s", error.text);
}

static void post_vote__says_the_ban_that_refuses_it(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), ban, NULL);
	const char *path = web_path(web, "/posts/%lld/vote", (long long)post);
	struct answer *a = web_post(web, &web->manager, AS_JSON, path, FORM());
	assert_int_equal(a->status, 403);
	assert_string_equal(answer_text(a, "title"), "You are banned");
	assert_string_equal(answer_text(a, "ban.community.name"), "Тиша");
	assert_string_equal(answer_text(a, "ban.until_at"), "2100-01-01T00:00:00Z");
	assert_string_equal(answer_text(a, "ban.reason"), "голосував за кільце");
	const char *where[] = {web_post(web, &web->manager, AS_PAGE, path, FORM())->body, web_post(web, &web->manager, AS_HTMX, path, FORM())->body,
			       web_get(web, &web->manager, AS_PAGE, web_path(web, "/posts/%lld", (long long)post))->body};
	for (int i = 0; i < 3; i++) {
		assert_non_null(strstr(where[i], "You are banned in “Тиша”: you can read, and neither write nor vote there. Until"));
		assert_non_null(strstr(where[i], "Why: голосував за кільце"));
		assert_null(strstr(where[i], "It is for another role"));
	}
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM vote"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(post_vote__counts_once_and_goes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(post_vote__leads_back_without_a_script, set_up, tear_down),
		cmocka_unit_test_setup_teardown(post_vote__is_refused_for_what_cannot_be_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(post_vote__says_the_ban_that_refuses_it, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
