/* What no browser sends, and what every reply has: the server answers sense to nonsense, and lives. */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "raw.h"

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

static void lives(void)
{
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/healthz")->status, 200);
}

#define HEAD(first, ...) first " HTTP/1.1\r\nHost: x\r\n" __VA_ARGS__ "Connection: close\r\n\r\n"

static void wire__an_address_that_is_no_text(void **state)
{
	static const char *const bad[] = {
		HEAD("GET /nowhere\xff"), HEAD("GET /login?next=\xff\xfe"), HEAD("GET /\xc0\xaf"), HEAD("GET /\xed\xa0\x80", "Accept: application/json\r\n"),
		HEAD("POST /login?\xff", "Content-Length: 0\r\n"), HEAD("HEAD /\xf5"),
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct raw *raw = raw_ask(web, bad[i]);
		if (raw_status(raw, 0) != 400) fail_msg("row %zu is answered: %.300s", i, raw->bytes);
	}
	assert_int_equal(raw_status(raw_ask(web, HEAD("GET /ніде?як=так")), 0), 404); /* text in UTF-8 is an address, as curl sends it */
	lives();
}

static void wire__odd_addresses_find_nothing(void **state)
{
	static const char *const odd[] = {
		"/join/%00", "/join/%2F..%2F..%2Fetc%2Fpasswd", "/join/%c0%af", "/join/%ff", "/join/..%5c", "/../../etc/passwd", "//login", "/assets/../login",
		"/login/", "/%6cogin%00", "/join/a%00b", "/team/members/1/role/x", "*", "/join/", "/join/%",
	};
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		int status = raw_status(raw_ask(web, web_path(web, HEAD("GET %s"), odd[i])), 0);
		if (status != 404 && status != 400 && status != 422 && status != 405) fail_msg("%s is answered %d", odd[i], status);
	}
	lives();
}

static void wire__ids_out_of_range(void **state)
{
	static const char *const ids[] = {"0", "-1", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1e3", "0x1", "1%00", "%31x", "", "٣"};
	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct answer *a = web_post(web, &web->admin, AS_JSON, web_path(web, "/team/members/%s/role", web_escape(web, ids[i])), FORM("role", "lead"));
		if (a->status != 404 && a->status != 422) fail_msg("the id %s is answered %d: %s", ids[i], a->status, a->body);
	}
	lives();
}

static void wire__head_has_no_body(void **state)
{
	(void)state;
	struct raw *get = raw_ask(web, HEAD("GET /login")), *head = raw_ask(web, HEAD("HEAD /login"));
	assert_int_equal(raw_status(head, 0), 200);
	assert_string_equal(strstr(head->bytes, "\r\n\r\n"), "\r\n\r\n");
	assert_string_equal(raw_header(web, head, "Content-Length"), raw_header(web, get, "Content-Length"));
	assert_int_equal(raw_status(raw_ask(web, HEAD("HEAD /assets/none.css")), 0), 404);
	lives();
}

static void wire__other_methods_are_told_what_there_is(void **state)
{
	static const char *const methods[] = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"};
	(void)state;
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		assert_int_equal(raw_status(raw_ask(web, web_path(web, HEAD("%s /login"), methods[i])), 0), 405);
	assert_string_equal(raw_header(web, raw_ask(web, HEAD("GET /logout")), "Allow"), "POST");
	assert_string_equal(raw_header(web, raw_ask(web, HEAD("POST /team", "Content-Length: 0\r\n")), "Allow"), "GET, HEAD");
}

static void wire__pipelined_requests_are_answered_in_order(void **state)
{
	int fd = raw_open(web);
	struct buf all;
	(void)state;
	buf_init(&all, 1 << 20);
	for (int i = 0; i < 50; i++) buf_text(&all, i % 2 ? "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n" : "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b");
	buf_text(&all, HEAD("GET /healthz"));
	raw_send(fd, all.bytes, all.used);
	buf_done(&all);
	struct raw *raw = raw_read(web, fd);
	for (int i = 0; i < 50; i++) assert_int_equal(raw_status(raw, i), i % 2 ? 404 : 403);
	assert_int_equal(raw_status(raw, 50), 200);
	assert_int_equal(raw_status(raw, 51), 0);
}

static void wire__expect_continue(void **state)
{
	(void)state;
	int fd = raw_open(web);
	raw_text(fd, HEAD("POST /login", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nExpect: 100-continue\r\n"));
	char first[64] = "";
	assert_true(recv(fd, first, sizeof first - 1, 0) > 0);
	assert_memory_equal(first, "HTTP/1.1 100", 12);
	raw_text(fd, "a=b");
	assert_int_equal(raw_status(raw_read(web, fd), 0), 403);
	/* What would be too large is refused before it is sent. */
	struct raw *raw = raw_ask(web, HEAD("POST /login", "Content-Length: 99999999999\r\nExpect: 100-continue\r\n"));
	assert_int_equal(raw_status(raw, 0), 413);
	assert_int_equal(raw_status(raw_ask(web, HEAD("POST /nowhere", "Content-Length: 9999\r\nExpect: 100-continue\r\n")), 0), 404);
	lives();
}

static void wire__headers_have_a_limit(void **state)
{
	struct buf all;
	(void)state;
	buf_init(&all, 4 << 20);
	buf_text(&all, "GET /login HTTP/1.1\r\nHost: x\r\n");
	for (int i = 0; i < 2000; i++) buf_printf(&all, "X-Filler-%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", i);
	buf_text(&all, "\r\n");
	int fd = raw_open(web);
	raw_send(fd, all.bytes, all.used);
	int status = raw_status(raw_read(web, fd), 0);
	assert_true(status == 431 || status == 413 || status == 0); /* or it is cut */
	buf_done(&all);
	fd = raw_open(web);
	raw_text(fd, "GET /");
	for (int i = 0; i < 100; i++) raw_text(fd, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	raw_text(fd, " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	status = raw_status(raw_read(web, fd), 0);
	assert_true(status == 431 || status == 414 || status == 0 || status == 404);
	lives();
}

static void chunks_send(int fd, size_t chunk, size_t count)
{
	char *bytes = malloc(chunk + 32);
	int head = snprintf(bytes, 32, "%zx\r\n", chunk);
	memset(bytes + head, 'a', chunk);
	memcpy(bytes + head + chunk, "\r\n", 2);
	for (size_t i = 0; i < count; i++) raw_send(fd, bytes, (size_t)head + chunk + 2);
	free(bytes);
}

#define CHUNKED HEAD("POST /login", "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n")

static void wire__chunked_bodies_have_the_same_limit(void **state)
{
	(void)state;
	int fd = raw_open(web);
	raw_text(fd, CHUNKED);
	chunks_send(fd, 3, 5);
	raw_text(fd, "0\r\n\r\n");
	assert_int_equal(raw_status(raw_read(web, fd), 0), 403);
	fd = raw_open(web);
	raw_text(fd, CHUNKED);
	chunks_send(fd, 10000, 100); /* a megabyte: read and dropped, and told so */
	raw_text(fd, "0\r\n\r\n");
	assert_int_equal(raw_status(raw_read(web, fd), 0), 413);
	fd = raw_open(web);
	raw_text(fd, CHUNKED);
	chunks_send(fd, 65536, 1000); /* without end: cut */
	assert_int_equal(raw_status(raw_read(web, fd), 0), 0);
	lives();
}

static void wire__somebody_hangs_up(void **state)
{
	static const char *const begun[] = {
		"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: x\r\n", "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
		"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nlogin=a", HEAD("GET /login"),
		"POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "GET / HTTP/1.1\r\nHost: x\r\nBad header\r\n\r\n",
	};
	(void)state;
	for (int round = 0; round < 60; round++)
		for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
			int fd = raw_open(web);
			raw_text(fd, begun[i]);
			if (round % 2) raw_reset(fd);
			else close(fd);
		}
	lives();
}

/* While the connection sleeps: the writer or a slow thread has the exchange then. */
static void wire__somebody_hangs_up_while_he_waits(void **state)
{
	(void)state;
	const char *csrf = answer_text(web_get(web, &web->manager, AS_JSON, "/session"), "csrf");
	struct person stranger = {0};
	web_get(web, &stranger, AS_PAGE, "/login");
	const char *write = web_path(web, "POST /me HTTP/1.1\r\nHost: x\r\nCookie: sturgeon=%s\r\nX-CSRF-Token: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
				    "Content-Length: 30\r\n\r\nname=M&language=uk&theme=auto  ", web->manager.session, csrf);
	const char *slow = web_path(web, "POST /login HTTP/1.1\r\nHost: x\r\nCookie: sturgeon_form=%s\r\nX-CSRF-Token: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
				    "Content-Length: 19\r\n\r\nlogin=nb&password=p", stranger.form, stranger.form);
	for (int i = 0; i < 200; i++) {
		int fd = raw_open(web);
		raw_text(fd, i % 20 ? write : slow);
		if (i % 3) usleep((unsigned)(i * 37 % 2000));
		if (i % 2) raw_reset(fd);
		else close(fd);
	}
	lives();
	assert_string_equal(answer_text(web_get(web, &web->manager, AS_JSON, "/me"), "form.name"), "M");
}

static void wire__very_many_fields(void **state)
{
	struct buf body;
	(void)state;
	buf_init(&body, 1 << 20);
	for (int i = 0; i < 1100; i++) buf_printf(&body, "f%d=1&", i);
	const char *csrf = answer_text(web_get(web, &web->manager, AS_JSON, "/session"), "csrf");
	struct raw *raw = raw_ask(web, web_path(web, HEAD("POST /me", "Cookie: sturgeon=%s\r\nX-CSRF-Token: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n") "%s",
						web->manager.session, csrf, body.used, body.bytes));
	assert_int_equal(raw_status(raw, 0), 413);
	buf_done(&body);
	lives();
}

static void wire__cookies_twice_and_nonsense(void **state)
{
	static const char *const cookies[] = {
		"sturgeon=%s; sturgeon=b", "sturgeon=a; sturgeon=%s", "sturgeon=\"%s", "sturgeon", "=;=;;;", "sturgeon=; sturgeon_form=\xff\xfe; sturgeon_flash=\xff",
		"sturgeon_flash=no_such_word; a=%s", "sturgeon_flash=<script>alert(1)</script>", "sturgeon_form=1234567890123456789012345678901234567890\"><x",
	};
	(void)state;
	for (size_t i = 0; i < sizeof cookies / sizeof *cookies; i++) {
		const char *cookie = strchr(cookies[i], '%') ? arena_printf(web->arena, "%.*s%s%s", (int)(strchr(cookies[i], '%') - cookies[i]), cookies[i], web->manager.session, strchr(cookies[i], '%') + 2) : cookies[i];
		struct raw *raw = raw_ask(web, web_path(web, HEAD("GET /me", "Cookie: %s\r\n"), cookie));
		int status = raw_status(raw, 0);
		if (status != (i == 0 ? 200 : 303)) fail_msg("row %zu is answered %d", i, status);
		raw = raw_ask(web, web_path(web, HEAD("GET /login", "Cookie: %s\r\n"), cookie));
		if (strstr(raw->bytes, "<script>alert") || strstr(raw->bytes, "no_such_word") || strstr(raw->bytes, "\"><x")) fail_msg("a cookie is shown: %s", raw->bytes);
	}
	lives();
}

static void wire__a_body_of_no_type_brings_nothing(void **state)
{
	(void)state;
	const char *csrf = answer_text(web_get(web, &web->manager, AS_JSON, "/session"), "csrf");
	struct raw *raw = raw_ask(web, web_path(web, HEAD("POST /me", "Cookie: sturgeon=%s\r\nX-CSRF-Token: %s\r\nAccept: application/json\r\nContent-Length: 29\r\n") "name=X&language=uk&theme=auto",
						web->manager.session, csrf));
	assert_int_equal(raw_status(raw, 0), 422);
	raw = raw_ask(web, web_path(web, HEAD("POST /me", "Cookie: sturgeon=%s\r\nX-CSRF-Token: %s\r\nContent-Type: multipart/form-data\r\nContent-Length: 5\r\n") "--x--",
				    web->manager.session, csrf));
	assert_int_equal(raw_status(raw, 0), 400);
	lives();
}

static long requests_open(void)
{
	const char *line = strstr(raw_ask(web, HEAD("GET /metrics"))->bytes, "\nsturgeon_requests_open ");
	assert_non_null(line);
	return strtol(line + strlen("\nsturgeon_requests_open "), NULL, 10);
}

static void wire__a_head_that_breaks_off_leaves_nothing(void **state)
{
	struct buf query;
	(void)state;
	long before = requests_open();
	buf_init(&query, 1 << 20);
	for (int i = 0; i < 1100; i++) buf_printf(&query, "f%d=1&", i); /* more than the library has room for */
	for (int i = 0; i < 30; i++) {
		int fd = raw_open(web);
		raw_text(fd, web_path(web, "GET /login?%s HTTP/1.1\r\nHost: x\r\n\r\n", query.bytes));
		usleep(10000);
		raw_reset(fd);
	}
	buf_done(&query);
	assert_true(requests_open() <= before);
}

/* Both lengths at once, as a smuggler sends them; HTTP without a host; lines that are none. */
static void wire__two_lengths(void **state)
{
	(void)state;
	int fd = raw_open(web);
	raw_text(fd, "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	struct raw *raw = raw_read(web, fd);
	int status = raw_status(raw, 0);
	assert_true(status == 400 || status == 403);
	assert_int_equal(raw_status(raw_ask(web, "GET /login HTTP/1.1\r\nConnection: close\r\n\r\n"), 0), 400);
	static const char tls[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n";
	fd = raw_open(web);
	raw_send(fd, tls, sizeof tls - 1);
	assert_int_not_equal(raw_status(raw_read(web, fd), 0), 200);
	raw_ask(web, "\r\n\r\n\r\nGET  /  HTTP/9.9\r\n\r\n");
	lives();
}

static void wire__every_kind_of_reply_is_safe(void **state)
{
	static const char *const names[] = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "Cross-Origin-Opener-Policy"};
	(void)state;
	const char *asset = strstr(raw_ask(web, HEAD("GET /login"))->bytes, "/assets/");
	asset = arena_strndup(web->arena, asset, strcspn(asset, "\""));
	const char *const asked[] = {
		HEAD("GET /login"), HEAD("GET /nowhere"), HEAD("GET /logout"), HEAD("GET /team"), HEAD("GET /healthz"), HEAD("GET /openapi.json"), HEAD("GET /\xff"),
		HEAD("GET /team", "Accept: application/json\r\n"), HEAD("GET /nowhere", "HX-Request: true\r\n"), HEAD("POST /login", "Content-Length: 0\r\n"),
		web_path(web, HEAD("GET %s"), asset),
	};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct raw *raw = raw_ask(web, asked[i]);
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			if (!raw_header(web, raw, names[k])) fail_msg("no %s in the answer to %s: %.500s", names[k], asked[i], raw->bytes);
		assert_non_null(strstr(raw_header(web, raw, "Content-Security-Policy"), "default-src 'none'"));
		assert_null(strstr(raw_header(web, raw, "Content-Security-Policy"), "unsafe-inline"));
		assert_non_null(raw_header(web, raw, "Content-Type"));
	}
}

/* What the browser says it takes decides how an asset is packed. */
static void wire__an_asset_comes_as_the_browser_takes_it(void **state)
{
	static const struct {
		const char *accepts, *coding;
	} cases[] = {
		{"", NULL}, {"Accept-Encoding: identity\r\n", NULL}, {"Accept-Encoding: gzip\r\n", "gzip"}, {"Accept-Encoding: gzip, deflate, br, zstd\r\n", "br"},
		{"Accept-Encoding: BR\r\n", "br"}, {"Accept-Encoding: gzip, br;q=0\r\n", "gzip"}, {"Accept-Encoding: br;q=0.0, gzip; q=0\r\n", NULL}, {"Accept-Encoding: br;q=0.01\r\n", "br"},
		{"Accept-Encoding: brotli, x-br, gzipped\r\n", NULL}, {"Accept-Encoding: ,,\r\n", NULL},
	};
	(void)state;
	const char *asset = strstr(raw_ask(web, HEAD("GET /login"))->bytes, "/assets/app.");
	asset = arena_strndup(web->arena, asset, strcspn(asset, "\""));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct raw *raw = raw_ask(web, arena_printf(web->arena, "GET %s HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n\r\n", asset, cases[i].accepts));
		const char *coding = raw_header(web, raw, "Content-Encoding");
		assert_int_equal(raw_status(raw, 0), 200);
		if (!coding != !cases[i].coding || (coding && strcmp(coding, cases[i].coding) != 0)) fail_msg("%s was answered with %s", cases[i].accepts, coding ? coding : "nothing");
		assert_string_equal(raw_header(web, raw, "Vary"), "Accept-Encoding");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire__an_address_that_is_no_text),
		cmocka_unit_test(wire__odd_addresses_find_nothing),
		cmocka_unit_test(wire__ids_out_of_range),
		cmocka_unit_test(wire__head_has_no_body),
		cmocka_unit_test(wire__other_methods_are_told_what_there_is),
		cmocka_unit_test(wire__pipelined_requests_are_answered_in_order),
		cmocka_unit_test(wire__expect_continue),
		cmocka_unit_test(wire__headers_have_a_limit),
		cmocka_unit_test(wire__chunked_bodies_have_the_same_limit),
		cmocka_unit_test(wire__somebody_hangs_up),
		cmocka_unit_test(wire__somebody_hangs_up_while_he_waits),
		cmocka_unit_test(wire__very_many_fields),
		cmocka_unit_test(wire__cookies_twice_and_nonsense),
		cmocka_unit_test(wire__a_body_of_no_type_brings_nothing),
		cmocka_unit_test(wire__a_head_that_breaks_off_leaves_nothing),
		cmocka_unit_test(wire__two_lengths),
		cmocka_unit_test(wire__every_kind_of_reply_is_safe),
		cmocka_unit_test(wire__an_asset_comes_as_the_browser_takes_it),
	};
	return cmocka_run_group_tests(tests, open_web, close_web);
}
