/* Feeds of our own: our own reader of feeds reads them; who may, with a key and without; what is there already is not sent again. */
#include "check.h"

#include <curl/curl.h>
#include <string.h>

#include "app/atom_feed.h"
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

/* ---- What is there already ---- */

static size_t etag_took(char *line, size_t size, size_t n, void *arg)
{
	if (n > 8 && !strncasecmp(line, "etag: ", 6)) snprintf(arg, 80, "%.*s", (int)(n - 8), line + 6);
	return size * n;
}

static size_t counted(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes;
	*(size_t *)arg += size * n;
	return size * n;
}

/* Asked by who has no log-in, and has what bore this tag. */
static long ask(const char *path, const char *have, char ret_etag[80], size_t *ret_bytes)
{
	long status = 0;
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = *have ? curl_slist_append(NULL, web_path(web, "If-None-Match: %s", have)) : NULL;
	assert_non_null(curl);
	ret_etag[0] = '\0';
	*ret_bytes = 0;
	curl_easy_setopt(curl, CURLOPT_URL, web_path(web, "http://127.0.0.1:%d%s", web->port, path));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, etag_took);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, ret_etag);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, counted);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, ret_bytes);
	assert_int_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

static void run_sql(struct use *use, void *arg)
{
	if (db_exec(use->db, &use->error, arg, "")) fail_msg("%s", use->error.text);
}

static void feeds__are_not_sent_again(void **state)
{
	static const char *const paths[] = {"/posts.atom", "/top.atom", "/rating.atom"};
	char etag[80], again[80];
	size_t bytes;
	(void)state;
	const char *key = answer_text(web_post(web, &web->manager, AS_JSON, "/me/feeds", FORM()), "key");
	for (int i = 0; i < 3; i++) {
		const char *path = web_path(web, "%s?key=%s", paths[i], key);
		assert_int_equal(ask(path, "", etag, &bytes), 200);
		assert_true(*etag && bytes > 200);
		assert_int_equal(ask(path, etag, again, &bytes), 304);
		assert_string_equal(again, etag);
		assert_int_equal(bytes, 0);
		assert_int_equal(ask(path, "\"other\"", again, &bytes), 200);
	}
	const char *path = web_path(web, "/posts.atom?key=%s", key);
	assert_int_equal(ask(path, "", etag, &bytes), 200);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), run_sql, (void *)(uintptr_t)"UPDATE post SET title = 'Інша', changed_at = changed_at + 1");
	assert_int_equal(ask(path, etag, again, &bytes), 200);
	assert_string_not_equal(again, etag);
}

static void feeds__do_not_tell_what_is_hidden(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), run_sql, (void *)(uintptr_t)"UPDATE post SET hidden_at = 5"); /* the top's keeper does not know yet */
	assert_int_equal(read_feed(&web->manager, "/top.atom").n, 0);
	assert_int_equal(read_feed(&web->manager, "/posts.atom").n, 0);
}

static void lengthen(struct use *use, void *arg)
{
	struct buf text;
	(void)arg;
	buf_init(&text, 1 << 20);
	buf_text(&text, "<p>");
	for (int i = 0; i < 40000; i++) buf_text(&text, "&lt;&quot;");
	buf_text(&text, "</p>");
	for (int i = 0; i < ATOM_ENTRIES; i++) {
		int64_t post_id;
		struct post_fields fields = {.author_id = web->lead.member_id, .kind = "article", .language = "uk", .title = "Довга", .body = text.bytes, .format = "html", .plain = ""};
		if (post_new(use, &fields, use->now - MOMENT_HOUR, &post_id)) fail_msg("no post");
	}
	buf_done(&text);
}

static void feeds__of_long_posts_are_whole(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), lengthen, NULL);
	struct answer *a = web_get(web, &web->manager, AS_PAGE, "/posts.atom");
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "</feed>"));
	assert_true(a->bytes < ATOM_BYTES / 2);
	int entries = 0;
	for (const char *at = a->body; (at = strstr(at, "<entry>")); at++) entries++;
	assert_int_equal(entries, ATOM_ENTRIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(feeds__are_read_by_our_own_reader, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feeds__want_a_key_of_who_is_not_logged_in, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feeds__are_not_sent_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feeds__do_not_tell_what_is_hidden, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feeds__of_long_posts_are_whole, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
