/* An outside feed from its address to posts: added, read again, edited, failing, ended. A small server of the test's own is the web. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/feed_read.h"
#include "base/moment.h"
#include "store/feed_store.h"
#include "web_fixture.h"

static struct web *web;
static int listener, port;
static pthread_t thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char body[65536];
static int status = 200;

static void *serve(void *arg)
{
	(void)arg;
	for (int client; (client = accept(listener, NULL, NULL)) >= 0;) {
		char request[4096], out[70000];
		ssize_t n = read(client, request, sizeof request - 1);
		request[n > 0 ? n : 0] = '\0';
		pthread_mutex_lock(&lock);
		if (strstr(request, "GET /page ")) snprintf(out, sizeof out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html><head><link rel=alternate type='application/atom+xml' href='/feed'></head></html>");
		else snprintf(out, sizeof out, "HTTP/1.1 %d X\r\nETag: \"e\"\r\nConnection: close\r\n\r\n%s", status, status == 200 ? body : "");
		pthread_mutex_unlock(&lock);
		if (write(client, out, strlen(out)) < 0) continue;
		shutdown(client, SHUT_WR);
		close(client);
	}
	return NULL;
}

static void says(int now_status, const char *entries)
{
	pthread_mutex_lock(&lock);
	status = now_status;
	snprintf(body, sizeof body, "<feed xmlns='http://www.w3.org/2005/Atom'><title>Чужий журнал</title>%s</feed>", entries);
	pthread_mutex_unlock(&lock);
}

static int set_up(void **state)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof to;
	(void)state;
	web = web_open();
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&to, sizeof to) || listen(listener, 8) || getsockname(listener, (struct sockaddr *)&to, &n)) return -1;
	port = ntohs(to.sin_port);
	return pthread_create(&thread, NULL, serve, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	shutdown(listener, SHUT_RDWR);
	close(listener);
	pthread_join(thread, NULL);
	web_close(web);
	return 0;
}

static int64_t journal;
static struct feed_found *found;
static enum outcome outcome;

static void add(struct use *use, void *arg)
{
	outcome = feed_add(use, found, arg, "", &journal);
	if (outcome == FAILED) fail_msg("%s", use->error.text);
}

static void at_once(struct use *use, void *arg)
{
	(void)arg;
	if (feed_next_set(use->db, journal, 1, &use->error)) fail_msg("%s", use->error.text);
}

static void work(void)
{
	struct error error;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), at_once, NULL);
	if (feed_work(web->store, NULL, NULL, true, &error)) fail_msg("%s", error.text);
}

static int64_t number(const char *sql)
{
	struct error error;
	struct db *db = store_reader_take(web->store, &error);
	int64_t n = -1;
	assert_non_null(db);
	if (db_query_int(db, &error, -1, &n, sql, "")) fail_msg("%s", error.text);
	store_reader_give(web->store, db);
	return n;
}

#define ENTRY(id, title, text) "<entry><id>" id "</id><title>" title "</title><link href='https://src.example/" id "'/><updated>2026-11-20T10:00:00Z</updated><content type='html'>" text "</content></entry>"

static void feed__becomes_posts_once(void **state)
{
	(void)state;
	says(200, ENTRY("1", "Перший", "&lt;p&gt;текст&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;") ENTRY("2", "Second", "&lt;p&gt;words&lt;/p&gt;"));
	found = feed_look(web->arena, web_path(web, "http://127.0.0.1:%d/page", port), true);
	assert_string_equal(found->problem, "");
	assert_string_equal(found->feed.title, "Чужий журнал");
	web_do(web, web_actor(&web->lead, ROLE_LEAD), add, (void *)(uintptr_t)"community");
	assert_int_equal(outcome, DONE);
	assert_int_equal(number("SELECT count(*) FROM post WHERE format = 'html' AND author_id IS NULL"), 2);
	assert_int_equal(number("SELECT count(*) FROM post WHERE body LIKE '%script%'"), 0);
	assert_int_equal(number("SELECT count(*) FROM post WHERE language = 'uk'"), 1);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), add, (void *)(uintptr_t)"community");
	assert_int_equal(outcome, INVALID); /* it is read already */
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 2);
	says(200, ENTRY("1", "Перший, виправлений", "&lt;p&gt;інший текст&lt;/p&gt;") ENTRY("2", "Second", "&lt;p&gt;words&lt;/p&gt;") ENTRY("3", "Третій", "так"));
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 3);
	assert_int_equal(number("SELECT count(*) FROM post_version"), 1);
	assert_int_equal(number("SELECT count(*) FROM post WHERE title = 'Перший, виправлений'"), 1);
	assert_int_equal(number("SELECT failures FROM feed"), 0);
	says(304, "");
	work();
	assert_int_equal(number("SELECT failures FROM feed"), 0);
	says(500, "");
	work();
	work();
	assert_int_equal(number("SELECT failures FROM feed"), 2);
	assert_true(number("SELECT next_at FROM feed") > moment_now() + 20 * MOMENT_MINUTE); /* twice as long after the second */
	struct answer *list = web_get(web, &web->lead, AS_JSON, "/feeds");
	assert_string_equal(answer_text(list, "feeds.0.problem"), "The site has failed");
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/feeds")->status, 403);
	says(200, "");
	work();
	assert_int_equal(number("SELECT failures FROM feed"), 0);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/feeds/%lld/end", (long long)journal), FORM())->status, 200);
	assert_int_equal(number("SELECT count(*) FROM feed"), 0);
	assert_int_equal(number("SELECT count(*) FROM post"), 3);
}

/* Each leads to a page of its own, or all to the front page. */
static char *entries(int from, int to, bool own)
{
	static char out[60000];
	size_t used = 0;
	for (int i = from; i < to; i++)
		used += (size_t)snprintf(out + used, sizeof out - used, "<entry><id>%d</id><title>Про %d</title><link href='https://src.example/%.*d'/><updated>2026-11-20T%02d:%02d:00Z</updated></entry>", i, i,
					 own ? 1 : 0, own ? i : 0, i / 60, i % 60);
	return out;
}

static void added(const char *kind)
{
	found = feed_look(web->arena, web_path(web, "http://127.0.0.1:%d/feed", port), true);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), add, (void *)(uintptr_t)kind);
	assert_int_equal(outcome, DONE);
}

static void feed__old_entries_are_passed_over_for_good(void **state)
{
	(void)state;
	says(200, entries(0, 50, true));
	added("blogger");
	assert_int_equal(number("SELECT count(*) FROM post"), FEED_FIRST);
	assert_int_equal(number("SELECT count(*) FROM post WHERE title = 'Про 49'"), 1); /* the newest */
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), FEED_FIRST);
	says(200, entries(1, 52, true));
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), FEED_FIRST + 2);
	struct answer *list = web_get(web, &web->lead, AS_JSON, "/feeds");
	assert_int_equal(answer_int(list, "feeds.0.posts"), FEED_FIRST + 2);
}

static void feed__one_address_for_all_is_no_name(void **state)
{
	(void)state;
	says(200, entries(0, 5, false));
	added("blogger");
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 5);
	assert_int_equal(number("SELECT count(*) FROM post_version"), 0);
	says(200, ENTRY("1", "А", "перша") ENTRY("1", "Б", "друга")); /* two of one name: the first is meant, and it does not swing */
	work();
	work();
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 5);
	assert_int_equal(number("SELECT count(*) FROM post_version"), 1);
	assert_int_equal(number("SELECT count(*) FROM post WHERE title = 'А'"), 1);
	says(200, "<entry><id>new</id><title>А</title><link href='https://src.example/1'/><content>перша, з новим іменем</content></entry>");
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 5); /* by its link */
}

static void feed__takes_a_hundred_a_reading(void **state)
{
	(void)state;
	says(200, entries(0, 1, true));
	added("community");
	says(200, entries(0, 251, true));
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 101);
	work();
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 251);
}

static void close_journal(struct use *use, void *arg)
{
	(void)arg;
	if (db_exec(use->db, &use->error, "UPDATE journal SET closed_at = 5 WHERE journal_id = $1", "i", journal)) fail_msg("%s", use->error.text);
}

static void delete_posts(struct use *use, void *arg)
{
	(void)arg;
	if (db_exec(use->db, &use->error, "UPDATE post SET title = '', body = '', deleted_at = 5", "")) fail_msg("%s", use->error.text);
}

static void feed__what_is_closed_is_not_read_what_is_gone_stays_gone(void **state)
{
	(void)state;
	says(200, ENTRY("1", "А", "було"));
	added("community");
	web_do(web, web_actor(&web->lead, ROLE_LEAD), delete_posts, NULL);
	says(200, ENTRY("1", "А", "стало"));
	work();
	assert_int_equal(number("SELECT count(*) FROM post WHERE body <> ''"), 0);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), close_journal, NULL);
	says(200, ENTRY("2", "Б", "нове"));
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 1);
}

static void spoil(struct use *use, void *arg)
{
	if (db_exec(use->db, &use->error, arg, "")) fail_msg("%s", use->error.text);
}

static void feed__that_cannot_be_kept_waits_and_lets_others_pass(void **state)
{
	struct error error;
	(void)state;
	says(200, ENTRY("1", "А", "було"));
	added("blogger");
	web_do(web, web_actor(&web->lead, ROLE_LEAD), spoil, (void *)(uintptr_t)"CREATE TRIGGER no_more BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'no'); END");
	says(200, ENTRY("2", "Б", "нове"));
	web_do(web, web_actor(&web->lead, ROLE_LEAD), at_once, NULL);
	assert_int_equal(feed_work(web->store, NULL, NULL, true, &error), ERR_STORE);
	assert_int_equal(number("SELECT failures FROM feed"), 1);
	assert_true(number("SELECT next_at FROM feed") > moment_now());
	assert_int_equal(feed_work(web->store, NULL, NULL, true, &error), ERR_NONE);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), spoil, (void *)(uintptr_t)"DROP TRIGGER no_more");
	work();
	assert_int_equal(number("SELECT count(*) FROM post"), 2);
}

static void feed__is_looked_at_and_added_by_a_lead(void **state)
{
	(void)state;
	says(200, entries(0, 30, true));
	const char *url = web_path(web, "http://127.0.0.1:%d/page", port);
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/feeds/new", FORM("url", url, "kind", "community", "do", "look"));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "found.title"), "Чужий журнал");
	assert_int_equal(answer_int(a, "found.count"), 30);
	assert_int_equal(answer_int(a, "found.taken"), FEED_FIRST);
	assert_string_equal(answer_text(a, "found.entries.0.title"), "Про 29"); /* the newest, wherever the feed has it */
	assert_string_equal(answer_text(a, "form.kind"), "community");
	assert_string_equal(answer_text(a, "form.url"), web_path(web, "http://127.0.0.1:%d/feed", port)); /* which the page named */
	assert_int_equal(number("SELECT count(*) FROM feed"), 0); /* a look changes nothing */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/feeds/new", FORM("url", url, "kind", "community", "do", "add"))->status, 403);
	a = web_post(web, &web->lead, AS_JSON, "/feeds/new", FORM("url", url, "kind", "community", "name", "Сусіди", "do", "add"));
	assert_non_null(strstr(a->location, "/journals/"));
	journal = strtoll(strrchr(a->location, '/') + 1, NULL, 10);
	assert_int_equal(number("SELECT count(*) FROM journal j JOIN feed f ON f.journal_id = j.journal_id WHERE j.name = 'Сусіди' AND j.kind = 'community'"), 1);
	assert_int_equal(number("SELECT count(*) FROM post"), FEED_FIRST);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, a->location)->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/feeds/%lld/pause", (long long)journal), FORM())->status, 200);
	assert_int_equal(number("SELECT count(*) FROM feed WHERE next_at = 9223372036854775807"), 1);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/feeds/%lld/read", (long long)journal), FORM())->status, 200);
	assert_int_equal(number("SELECT count(*) FROM feed WHERE next_at = 9223372036854775807"), 0);
}

static void feed__is_refused_with_words(void **state)
{
	(void)state;
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/feeds/new", FORM("url", "http://192.168.0.1/feed", "kind", "blogger"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "private network"));
	says(200, "");
	status = 404;
	found = feed_look(web->arena, web_path(web, "http://127.0.0.1:%d/feed", port), true);
	assert_true(*found->problem);
	web_do(web, web_actor(&web->lead, ROLE_LEAD), add, (void *)(uintptr_t)"blogger");
	assert_int_equal(outcome, INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(feed__becomes_posts_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__old_entries_are_passed_over_for_good, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__one_address_for_all_is_no_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__takes_a_hundred_a_reading, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__what_is_closed_is_not_read_what_is_gone_stays_gone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__that_cannot_be_kept_waits_and_lets_others_pass, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__is_looked_at_and_added_by_a_lead, set_up, tear_down),
		cmocka_unit_test_setup_teardown(feed__is_refused_with_words, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
