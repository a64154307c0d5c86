/* Fetching from a small server of the test's own; and which addresses are never fetched from. */
#include "exchange/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "check.h"

static struct arena *arena;
static int listener, port;
static pthread_t thread;
static char last_request[4096];

/* A reply that gzip made small. */
static size_t packed(char *out, size_t room, size_t n)
{
	char *text = calloc(1, n);
	z_stream z = {0};
	assert_non_null(text);
	memset(text, 'z', n);
	int head = snprintf(out, room, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (Bytef *)text;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out + head;
	z.avail_out = (uInt)(room - (size_t)head);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t all = (size_t)head + z.total_out;
	deflateEnd(&z);
	free(text);
	return all;
}

static void answer(int client, const char *path)
{
	char out[8192], big[2048];
	size_t n = 0;
	memset(big, 'x', sizeof big);
	if (!strncmp(path, "/ok ", 4)) snprintf(out, sizeof out, "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=koi8-r\r\nETag: \"v1\"\r\nLast-Modified: yesterday\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
	else if (!strncmp(path, "/same ", 6)) snprintf(out, sizeof out, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/busy ", 6)) snprintf(out, sizeof out, "HTTP/1.1 429 Slow\r\nRetry-After: 90\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/gone ", 6)) snprintf(out, sizeof out, "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/round ", 7)) snprintf(out, sizeof out, "HTTP/1.1 302 Round\r\nLocation: /round\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/inside ", 8)) snprintf(out, sizeof out, "HTTP/1.1 302 In\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/file ", 6)) snprintf(out, sizeof out, "HTTP/1.1 302 In\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	else if (!strncmp(path, "/moved ", 7)) snprintf(out, sizeof out, "HTTP/1.1 301 On\r\nLocation: /ok\r\nContent-Length: 3\r\nConnection: close\r\n\r\nold");
	else if (!strncmp(path, "/packed ", 8)) n = packed(out, sizeof out, 4000000);
	else if (!strncmp(path, "/hop0 ", 6)) snprintf(out, sizeof out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhere");
	else if (!strncmp(path, "/hop", 4)) snprintf(out, sizeof out, "HTTP/1.1 302 Hop\r\nLocation: /hop%c\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", path[4] - 1);
	else if (!strncmp(path, "/slow ", 6)) sleep(3), out[0] = '\0'; /* and then says nothing */
	else snprintf(out, sizeof out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%.*s", (int)sizeof big, big);
	if (write(client, out, n ? n : strlen(out)) < 0) return;
}

static void *serve(void *arg)
{
	(void)arg;
	for (int client; (client = accept(listener, NULL, NULL)) >= 0;) {
		ssize_t n = read(client, last_request, sizeof last_request - 1);
		if (n > 0) {
			last_request[n] = '\0';
			answer(client, last_request + 4);
		}
		shutdown(client, SHUT_WR);
		close(client);
	}
	return NULL;
}

static int before(void **state)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof to;
	(void)state;
	fetch_begin();
	arena = arena_new(64 << 20);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&to, sizeof to) || listen(listener, 8) || getsockname(listener, (struct sockaddr *)&to, &n)) return -1;
	port = ntohs(to.sin_port);
	return pthread_create(&thread, NULL, serve, NULL);
}

static int after(void **state)
{
	(void)state;
	shutdown(listener, SHUT_RDWR);
	close(listener);
	pthread_join(thread, NULL);
	arena_free(arena);
	return 0;
}

static enum fetch_end get(const char *path, size_t most, struct fetched *ret)
{
	struct fetch_ask ask = {arena_printf(arena, "http://127.0.0.1:%d%s", port, path), "\"v0\"", "", most, 2, true, NULL, NULL};
	return fetch(arena, &ask, ret);
}

static void fetch__gets_what_is_there(void **state)
{
	(void)state;
	struct fetched got;
	assert_int_equal(get("/ok", 100, &got), FETCH_GOT);
	assert_string_equal(got.bytes, "hello");
	assert_int_equal(got.n, 5);
	assert_string_equal(got.content_type, "text/xml; charset=koi8-r");
	assert_string_equal(got.etag, "\"v1\"");
	assert_string_equal(got.last_modified, "yesterday");
	assert_non_null(strstr(last_request, "If-None-Match: \"v0\""));
	assert_non_null(strstr(last_request, "User-Agent: Sturgeon/"));
	assert_int_equal(get("/same", 100, &got), FETCH_SAME);
	assert_int_equal(get("/packed", 4000000, &got), FETCH_GOT);
	assert_int_equal(got.n, 4000000);
	assert_int_equal(got.bytes[3999999], 'z');
	assert_non_null(strstr(last_request, "Accept-Encoding: gzip"));
	assert_int_equal(get("/hop5", 100, &got), FETCH_GOT);
	assert_string_equal(got.bytes, "here");
	assert_int_equal(get("/moved", 100, &got), FETCH_GOT);
	assert_string_equal(got.bytes, "hello");
	assert_non_null(strstr(got.url, "/ok"));
}

static void fetch__says_what_is_wrong(void **state)
{
	(void)state;
	struct fetched got;
	assert_int_equal(get("/gone", 100, &got), FETCH_NOT_THERE);
	assert_int_equal(get("/busy", 100, &got), FETCH_REFUSED);
	assert_int_equal(got.retry_after_s, 90);
	assert_int_equal(get("/big", 1000, &got), FETCH_TOO_LARGE);
	assert_int_equal(get("/packed", 3999999, &got), FETCH_TOO_LARGE); /* small on its way, large here */
	assert_int_equal(get("/hop6", 1000, &got), FETCH_TOO_MANY_REDIRECTS);
	assert_int_equal(get("/round", 1000, &got), FETCH_TOO_MANY_REDIRECTS);
	assert_int_equal(get("/inside", 1000, &got), FETCH_PRIVATE);
	assert_int_equal(get("/file", 1000, &got), FETCH_BAD_ADDRESS);
	assert_int_equal(get("/slow", 1000, &got), FETCH_NO_ANSWER); /* the last: the server sleeps on */
	struct fetch_ask ask = {"ftp://127.0.0.1/", "", "", 100, 0, true, NULL, NULL};
	assert_int_equal(fetch(arena, &ask, &got), FETCH_BAD_ADDRESS);
	ask.url = arena_printf(arena, "http://127.0.0.1:%d/ok", port);
	ask.loopback_too = false;
	assert_int_equal(fetch(arena, &ask, &got), FETCH_PRIVATE);
	ask.url = "http://[::1]/";
	assert_int_equal(fetch(arena, &ask, &got), FETCH_PRIVATE);
	ask.url = "http://localhost/";
	assert_int_equal(fetch(arena, &ask, &got), FETCH_PRIVATE);
	ask.url = "http://0x7f000001/"; /* as some write it to slip by */
	assert_int_equal(fetch(arena, &ask, &got), FETCH_PRIVATE);
	for (int i = 0; i < FETCH_ENDS; i++) assert_non_null(fetch_words((enum fetch_end)i));
}

static bool is_private(const char *text)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return fetch_private((struct sockaddr *)&v4);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return fetch_private((struct sockaddr *)&v6);
}

static void fetch_private__closes_every_door(void **state)
{
	static const char *const closed[] = {"127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1",
					     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
					     "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "::127.0.0.1"},
				*const open[] = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"};
	(void)state;
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		if (!is_private(closed[i])) fail_msg("%s is open", closed[i]);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (is_private(open[i])) fail_msg("%s is closed", open[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fetch__gets_what_is_there, before, after),
		cmocka_unit_test_setup_teardown(fetch__says_what_is_wrong, before, after),
		cmocka_unit_test(fetch_private__closes_every_door),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
