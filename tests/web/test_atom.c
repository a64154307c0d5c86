/* Feeds of our own: our own reader of feeds reads them; who may, with a key and without; what is there already is not sent again. */
#include "check.h"

#include "app/post.h"
#include "app/top_keep.h"
#include "app/vote.h"
#include "base/moment.h"
#include "exchange/feed.h"
#include "web_fixture.h"

static struct web *web;

static void fill(struct use *use, void *arg)
{
	int64_t post_id, due;
	bool changed;
	struct post_fields fields = {.author_id = web->lead.member_id, .kind = "article", .language = "uk", .title = "Дві межі & <одна>", .body = "Текст **жирний**"};
	(void)arg;
	if (db_exec(use->db, &use->error, "INSERT INTO journal (journal_id, kind, team_id, name, name_fold, created_at) VALUES ($1, 'blogger', $2, 'Лід', 'лід', 1)", "ii", web->lead.member_id, web->team_id))
		fail_msg("%s", use->error.text);
	int64_t now = use->now;
	if (post_new(use, &fields, now - 40 * MOMENT_HOUR, &post_id)) fail_msg("no post");
	use->now = now - 39 * MOMENT_HOUR;
	for (int64_t reader = 900; reader < 960; reader++) {
		use->who.member_id = reader;
		if (vote_cast(use, post_id, false)) fail_msg("no vote");
	}
	if (top_keep(use->db, now, &due, &changed, &use->error)) fail_msg("%s", use->error.text);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	web_do(web, web_actor(&web->lead, ROLE_LEAD), fill, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct feed read_feed(struct person *who, const char *path)
{
	struct feed feed;
	char detail[120];
	struct answer *a = web_get(web, who, AS_PAGE, path);
	assert_int_equal(a->status, 200);
	assert_int_equal(feed_read(web->arena, a->body, a->bytes, a->type, "http://127.0.0.1/", &feed, detail), FEED_GOOD);
	return feed;
}

static void feeds__are_read_by_our_own_reader(void **state)
{
	(void)state;
	const char *const paths[] = {"/posts.atom", "/top.atom", web_path(web, "/journals/%lld/atom", (long long)web->lead.member_id)};
	for (int i = 0; i < 3; i++) {
		struct feed feed = read_feed(&web->manager, paths[i]);
		assert_int_equal(feed.n, 1);
		assert_non_null(strstr(feed.entries[0].title, "Дві межі & <одна>"));
		assert_non_null(strstr(feed.entries[0].html, "<strong>жирний</strong>"));
		assert_non_null(strstr(feed.entries[0].link, "http://127.0.0.1"));
		assert_string_equal(feed.entries[0].author, "Лід");
		assert_true(feed.entries[0].published > 0);
	}
	assert_int_equal(read_feed(&web->manager, "/rating.atom").n, 1);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/journals/77/atom")->status, 404);
}

static void feeds__want_a_key_of_who_is_not_logged_in(void **state)
{
	(void)state;
	struct person stranger = {0};
	assert_int_equal(web_get(web, &stranger, AS_PAGE, "/top.atom")->status, 401);
	assert_int_equal(web_get(web, &stranger, AS_PAGE, "/top.atom?key=abc")->status, 401);
	struct answer *first = web_post(web, &web->manager, AS_JSON, "/me/feeds", FORM());
	const char *old = answer_text(first, "key");
	assert_int_equal(web_get(web, &stranger, AS_PAGE, web_path(web, "/top.atom?key=%s", old))->status, 200);
	const char *key = answer_text(web_post(web, &web->manager, AS_JSON, "/me/feeds", FORM()), "key");
	assert_int_equal(web_get(web, &stranger, AS_PAGE, web_path(web, "/top.atom?key=%s", old))->status, 401);
	assert_int_equal(web_get(web, &stranger, AS_PAGE, web_path(web, "/posts.atom?key=%s", key))->status, 200);
	assert_int_equal(web_get(web, &stranger, AS_JSON, web_path(web, "/posts?key=%s", key))->status, 401); /* it reads feeds and nothing else */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(feeds__are_read_by_our_own_reader, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feeds__want_a_key_of_who_is_not_logged_in, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
