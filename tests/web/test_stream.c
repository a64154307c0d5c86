/* Those who listen to the top: told at once, told again within a second of a change, many at a time, and let go when the server ends. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/moment.h"
#include "check.h"
#include "raw.h"
#include "top_fixture.h"
#include "web/server.h"
#include "web/stream.h"

static struct web *web;
static int64_t first, second;

static int open_web(void **state)
{
	(void)state;
	web = web_open();
	int64_t now = moment_now();
	fixture_blogger(web, web->lead.member_id, "Ліда");
	first = fixture_post(web, web->lead.member_id, 0, "Перший", now - 2 * MOMENT_HOUR);
	second = fixture_post(web, web->lead.member_id, 0, "Другий", now - 2 * MOMENT_HOUR);
	fixture_votes(web, first, 6, now - MOMENT_HOUR - MOMENT_MINUTE);
	fixture_votes(web, second, 4, now - MOMENT_MINUTE);
	fixture_keep(web);
	return 0;
}

static int close_web(void **state)
{
	(void)state;
	if (web) web_close(web);
	return 0;
}

/* ---- A listener ---- */

static void patience(int fd, int ms)
{
	struct timeval wait = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
}

static int listen_from(const char *header)
{
	int fd = raw_open(web);
	raw_text(fd, web_path(web, "GET /top/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: sturgeon=%s\r\n%s\r\n", web->manager.session, header));
	return fd;
}

/* Reads until `wanted` stands in what came, which is appended to `came`; false: not within ms. */
static bool reads(int fd, char *came, size_t room, const char *wanted, int ms)
{
	int64_t until = moment_steady() + ms * INT64_C(1000);
	while (!strstr(came, wanted)) {
		size_t used = strlen(came);
		int left = (int)((until - moment_steady()) / 1000);
		if (left <= 0 || used + 1 >= room) return false;
		patience(fd, left);
		ssize_t n = recv(fd, came + used, room - 1 - used, 0);
		if (n <= 0) return false;
		came[used + (size_t)n] = '\0';
	}
	return true;
}

static bool ends(int fd, int ms)
{
	char rest[4096];
	ssize_t n;
	patience(fd, ms);
	while ((n = recv(fd, rest, sizeof rest, 0)) > 0)
		if (strstr(rest, "0\r\n\r\n")) return true; /* the last chunk: the stream is over, whatever becomes of the connection */
	return !n;
}

static const char *state_of(int64_t a, int was_a, int votes_a, int64_t b, int was_b, int votes_b)
{
	return web_path(web, "{\"top\":[[%lld,%d,%d],[%lld,%d,%d]]}", (long long)a, was_a, votes_a, (long long)b, was_b, votes_b);
}

static int64_t metric(const char *name)
{
	struct person nobody = {0};
	struct answer *a = web_get(web, &nobody, AS_PAGE, "/metrics");
	const char *at = strstr(a->body, web_path(web, "\n%s ", name));
	assert_non_null(at);
	return strtoll(at + strlen(name) + 2, NULL, 10);
}

/* ---- Tests ---- */

static void stream__tells_the_state_at_once(void **state)
{
	(void)state;
	char came[8192] = "";
	int fd = listen_from("");
	assert_true(reads(fd, came, sizeof came, "]]}\n\n", 1000));
	assert_int_equal(strncmp(came, "HTTP/1.1 200", 12), 0);
	assert_non_null(strstr(came, "Content-Type: text/event-stream"));
	assert_non_null(strstr(came, "X-Accel-Buffering: no"));
	assert_null(strstr(came, "Content-Encoding"));
	assert_non_null(strstr(came, "retry: "));
	assert_non_null(strstr(came, web_path(web, "data: %s", state_of(first, 1, 6, second, 0, 4))));
	close(fd);
}

static void stream__tells_a_change_within_a_second(void **state)
{
	(void)state;
	char came[8192] = "";
	int fd = listen_from("");
	assert_true(reads(fd, came, sizeof came, "]]}\n\n", 1000));
	fixture_votes(web, second, 8, moment_now());
	fixture_keep(web);
	int64_t began = moment_steady();
	assert_true(reads(fd, came, sizeof came, state_of(second, 0, 12, first, 1, 6), 1000));
	assert_true(moment_steady() - began < 700 * 1000);
	close(fd);
}

/* The page of somebody who saw the state hears nothing until it is another. */
static void stream__tells_nobody_what_he_has_seen(void **state)
{
	(void)state;
	char came[8192] = "", again[8192] = "", id[64];
	int fd = listen_from("");
	assert_true(reads(fd, came, sizeof came, "]]}\n\n", 1000));
	close(fd);
	const char *at = strstr(came, "id: ");
	assert_non_null(at);
	snprintf(id, sizeof id, "Last-Event-ID: %.16s\r\n", at + 4);
	fd = listen_from(id);
	assert_false(reads(fd, again, sizeof again, "\ndata: ", 800));
	fixture_vote(web, first, web->admin.member_id, moment_now());
	fixture_keep(web);
	assert_true(reads(fd, again, sizeof again, state_of(first, 1, 7, second, 0, 4), 1000));
	close(fd);
}

static void stream__is_json_for_who_does_not_listen(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/top/live");
	assert_int_equal(a->status, 200);
	assert_int_equal(json_array_size(answer_at(a, "top")), 2);
	assert_int_equal(json_integer_value(json_array_get(answer_at(a, "top.0"), 0)), first);
}

static void stream__is_for_readers(void **state)
{
	(void)state;
	struct raw *raw = raw_ask(web, "GET /top/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n");
	assert_int_equal(raw_status(raw, 0), 401);
}

static void stream__head_opens_none(void **state)
{
	(void)state;
	struct raw *raw = raw_ask(web, web_path(web, "HEAD /top/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: sturgeon=%s\r\nConnection: close\r\n\r\n",
						web->manager.session));
	assert_int_equal(raw_status(raw, 0), 200);
	assert_int_equal(streams_open(server_streams(web->server)), 0);
}

enum { MANY = 300 };

static void stream__many_listen_and_pages_are_answered_meanwhile(void **state)
{
	static char came[MANY][4096];
	int fds[MANY];
	(void)state;
	int64_t before = metric("process_resident_memory_bytes");
	for (int i = 0; i < MANY; i++) {
		*came[i] = '\0';
		fds[i] = listen_from("");
	}
	for (int i = 0; i < MANY; i++) assert_true(reads(fds[i], came[i], sizeof came[i], "]]}\n\n", 5000));
	assert_int_equal(metric("sturgeon_streams"), MANY);
#ifdef __SANITIZE_ADDRESS__
	(void)before; /* it has memory of its own for each */
#else
	assert_true((metric("process_resident_memory_bytes") - before) / MANY < 48 * 1024);
#endif
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/session")->status, 200);
	fixture_votes(web, second, 8, moment_now());
	fixture_keep(web);
	for (int i = 0; i < MANY; i++) assert_true(reads(fds[i], came[i], sizeof came[i], state_of(second, 0, 12, first, 1, 6), 3000));
	assert_true(metric("sturgeon_stream_events_total") >= 2 * MANY);
	for (int i = 0; i < MANY / 2; i++) close(fds[i]);
	for (int i = MANY / 2; i < MANY; i++) raw_reset(fds[i]);
	/* Who is gone is found when there is something to tell: at the latest at the beat. */
	for (int tries = 0; streams_open(server_streams(web->server)) && tries < 40; tries++) {
		fixture_vote(web, first, 0, moment_now());
		fixture_keep(web);
		usleep(100000);
	}
	assert_int_equal(streams_open(server_streams(web->server)), 0);
}

static enum err nothing(struct db *db, struct buf *out, struct error *err)
{
	(void)db, (void)err;
	buf_text(out, "{}");
	return ERR_NONE;
}

static void stream__there_are_never_more_than_may_be(void **state)
{
	(void)state;
	struct streams *streams = streams_new(web->store, 2, nothing);
	struct stream *one = stream_open(streams, NULL, NULL), *two = stream_open(streams, NULL, NULL);
	assert_non_null(one);
	assert_non_null(two);
	assert_null(stream_open(streams, NULL, NULL));
	stream_close(one);
	one = stream_open(streams, NULL, NULL);
	assert_non_null(one);
	streams_end(streams);
	assert_null(stream_open(streams, NULL, NULL));
	stream_close(one);
	stream_close(two);
	streams_free(streams);
}

static void stream__ends_when_the_server_does(void **state)
{
	int fds[20];
	char came[20][4096];
	(void)state;
	for (int i = 0; i < 20; i++) {
		*came[i] = '\0';
		fds[i] = listen_from("");
		assert_true(reads(fds[i], came[i], sizeof came[i], "]]}\n\n", 1000));
	}
	int64_t began = moment_steady();
	web_close(web);
	int64_t took = moment_steady() - began;
	for (int i = 0; i < 20; i++) {
		assert_true(ends(fds[i], 100));
		close(fds[i]);
	}
	web = NULL;
	if (took > 250 * 1000) fail_msg("the end took %lld us", (long long)took); /* the patience with those who still send is 300 ms: not waited for */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stream__tells_the_state_at_once, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__tells_a_change_within_a_second, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__tells_nobody_what_he_has_seen, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__is_json_for_who_does_not_listen, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__is_for_readers, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__head_opens_none, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__many_listen_and_pages_are_answered_meanwhile, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__there_are_never_more_than_may_be, open_web, close_web),
		cmocka_unit_test_setup_teardown(stream__ends_when_the_server_does, open_web, close_web),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
