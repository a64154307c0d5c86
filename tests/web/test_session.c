/* Sessions and what guards them: cookies, fixation, every way in which a session ends, proxies that are and are not, where a redirect may lead. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/moment.h"
#include "raw.h"
#include "store/db.h"
#include "web/deliver.h"
#include "web/request.h"
#include "web/server.h"

static struct web *web;
static struct person olena; /* one who has a password */

#define PASSWORD "осетер-2026"

static void company_start_by_form(void)
{
	web_get(web, &olena, AS_PAGE, "/start");
	struct answer *a = web_post(web, &olena, AS_PAGE, "/start", FORM("company", "О", "team", "К", "name", "Олена", "login", "olena", "password", PASSWORD, "zone",
									  "Europe/Kyiv", "currency", "UAH", "country", "380"));
	assert_int_equal(a->status, 303);
}

static int set_up(void **state)
{
	(void)state;
	olena = (struct person){0};
	web = web_open_empty();
	company_start_by_form();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *log_in(struct person *p, const char *password)
{
	if (!*p->form) web_get(web, p, AS_PAGE, "/login");
	return web_post(web, p, AS_PAGE, "/login", FORM("login", "olena", "password", password));
}

static int me(struct person *p)
{
	return web_get(web, p, AS_JSON, "/me")->status;
}

#define HEAD(first, ...) first " HTTP/1.1\r\nHost: x\r\n" __VA_ARGS__ "Connection: close\r\n\r\n"

/* A log-in by hand, with headers more; its reply. */
static struct raw *log_in_raw(const char *cookie, const char *headers, const char *password)
{
	struct person p = {0};
	web_get(web, &p, AS_PAGE, "/login");
	const char *body = web_path(web, "csrf=%s&login=olena&password=%s", p.form, web_escape(web, password));
	return raw_ask(web, web_path(web, HEAD("POST /login", "Cookie: sturgeon_form=%s%s\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n") "%s", p.form,
				     cookie, headers, strlen(body), body));
}

static void session__the_cookie_is_for_this_program_alone(void **state)
{
	(void)state;
	const char *cookie = raw_header(web, log_in_raw("", "", PASSWORD), "Set-Cookie");
	assert_non_null(cookie);
	assert_memory_equal(cookie, "sturgeon=", 9);
	assert_non_null(strstr(cookie, "; HttpOnly"));
	assert_non_null(strstr(cookie, "; SameSite=Lax"));
	assert_non_null(strstr(cookie, "; Path=/"));
	assert_null(strstr(cookie, "; Secure")); /* by http it would not come back */
	cookie = raw_header(web, raw_ask(web, HEAD("GET /login")), "Set-Cookie");
	assert_memory_equal(cookie, "sturgeon_form=", 14);
	assert_non_null(strstr(cookie, "; HttpOnly"));
	assert_non_null(strstr(cookie, "; SameSite=Strict"));
}

static void session__is_never_one_that_came_before_the_log_in(void **state)
{
	(void)state;
	const char *planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	const char *cookie = raw_header(web, log_in_raw(web_path(web, "; sturgeon=%s", planted), "", PASSWORD), "Set-Cookie");
	assert_memory_equal(cookie, "sturgeon=", 9);
	assert_null(strstr(cookie, planted));
	struct person attacker = {0};
	snprintf(attacker.session, sizeof attacker.session, "%s", planted);
	assert_int_equal(me(&attacker), 401);
	struct person first = {0}, second = {0};
	log_in(&first, PASSWORD);
	log_in(&second, PASSWORD);
	assert_string_not_equal(first.session, second.session);
}

static void age(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	assert_int_equal(db_exec(use->db, &error, "UPDATE session SET turned_at = turned_at - $1", "i", 13 * MOMENT_HOUR), 0);
}

static void session__logging_out_ends_every_token_it_had(void **state)
{
	(void)state;
	web_do(web, (struct actor){0}, age, NULL);
	struct person old = olena;
	assert_int_equal(web_get(web, &olena, AS_PAGE, "/me")->status, 200);
	assert_string_not_equal(old.session, olena.session); /* turned: the old one goes on for a minute */
	assert_int_equal(me(&old), 200);
	struct person elsewhere = {0};
	log_in(&elsewhere, PASSWORD);
	struct person gone = olena;
	assert_int_equal(web_post(web, &olena, AS_PAGE, "/logout", FORM())->status, 303);
	assert_string_equal(olena.session, "");
	assert_int_equal(me(&gone), 401);
	assert_int_equal(me(&old), 401);
	assert_int_equal(me(&elsewhere), 200); /* another log-in is another session */
}

static void session__a_new_password_ends_the_others(void **state)
{
	struct person phone = {0}, again = {0};
	(void)state;
	log_in(&phone, PASSWORD);
	assert_int_equal(web_post(web, &olena, AS_JSON, "/me/password", FORM("old", "not this one", "password", "інший пароль"))->status, 422);
	assert_int_equal(me(&phone), 200);
	assert_int_equal(web_post(web, &olena, AS_PAGE, "/me/password", FORM("old", PASSWORD, "password", "інший пароль"))->status, 303);
	assert_int_equal(me(&olena), 200);
	assert_int_equal(me(&phone), 401);
	assert_int_equal(log_in(&again, PASSWORD)->status, 422);
	assert_int_equal(log_in(&again, "інший пароль")->status, 303);
}

static void session__old_passwords_cannot_be_tried_for_ever(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) assert_int_equal(web_post(web, &olena, AS_JSON, "/me/password", FORM("old", "wrong", "password", "інший пароль"))->status, 422);
	struct answer *a = web_post(web, &olena, AS_JSON, "/me/password", FORM("old", PASSWORD, "password", "інший пароль"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(answer_text(a, "mistakes.old"), "Забагато"));
}

static void session__a_post_from_a_neighbouring_site_is_refused(void **state)
{
	static const struct {
		const char *site;
		int status;
	} rows[] = {{"same-origin", 303}, {"none", 303}, {"same-site", 403}, {"cross-site", 403}, {"", 403}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int status = raw_status(log_in_raw("", web_path(web, "Sec-Fetch-Site: %s\r\n", rows[i].site), PASSWORD), 0);
		if (status != rows[i].status) fail_msg("a post from %s is answered %d", rows[i].site, status);
	}
}

static void session__a_token_in_the_address_does_not_count(void **state)
{
	(void)state;
	const char *csrf = answer_text(web_get(web, &olena, AS_JSON, "/session"), "csrf");
	struct raw *raw = raw_ask(web, web_path(web, HEAD("POST /team/teams?csrf=%s&name=X", "Cookie: sturgeon=%s\r\nContent-Length: 0\r\n"), csrf, olena.session));
	assert_int_equal(raw_status(raw, 0), 403);
}

/* Nobody is local because he says so. */
static void proxy__headers_are_not_believed_where_there_is_none(void **state)
{
	static const char *const headers[] = {"X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "Via: 1.1 x", "X-Real-IP: 127.0.0.1"};
	(void)state;
	assert_int_equal(raw_status(raw_ask(web, HEAD("GET /metrics")), 0), 200);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		assert_int_equal(raw_status(raw_ask(web, web_path(web, HEAD("GET /metrics", "%s\r\n"), headers[i])), 0), 403);
	assert_null(strstr(raw_header(web, log_in_raw("", "X-Forwarded-Proto: https\r\n", PASSWORD), "Set-Cookie"), "Secure"));
	/* Thirty wrong tries from one machine are thirty, whatever they say of where they come from. */
	for (int i = 0; i < 30; i++) {
		struct person p = {0};
		web_get(web, &p, AS_PAGE, "/login");
		const char *body = web_path(web, "csrf=%s&login=nobody%d&password=x", p.form, i);
		raw_ask(web, web_path(web, HEAD("POST /login", "Cookie: sturgeon_form=%s\r\nX-Forwarded-For: 203.0.113.%d\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n") "%s",
				      p.form, i, strlen(body), body));
	}
	struct person p = {0};
	assert_int_equal(log_in(&p, PASSWORD)->status, 422);
}

static void proxy__the_last_address_of_the_last_header_counts(void **state)
{
	struct server_options options = {.address = "127.0.0.1", .threads = 2, .behind_proxy = true, .patience_ms = 300};
	struct error error;
	(void)state;
	server_stop(web->server);
	assert_int_equal(server_start(web->store, &options, &error, &web->server), ERR_NONE);
	web->port = server_port(web->server);
	for (int i = 0; i < 30; i++) {
		struct person p = {0};
		web_get(web, &p, AS_PAGE, "/login");
		const char *body = web_path(web, "csrf=%s&login=nobody%d&password=x", p.form, i);
		/* One line of the client's own, one that the proxy adds. */
		raw_ask(web, web_path(web, HEAD("POST /login", "X-Forwarded-For: 198.51.100.%d, 10.0.0.1\r\nX-Forwarded-For: 1.1.1.1, 192.0.2.55\r\nCookie: sturgeon_form=%s\r\n"
									 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n") "%s", i, p.form, strlen(body), body));
	}
	assert_int_equal(raw_status(log_in_raw("", "X-Forwarded-For: 192.0.2.55\r\n", PASSWORD), 0), 422);
	assert_int_equal(raw_status(log_in_raw("", "X-Forwarded-For: 192.0.2.55, 192.0.2.56\r\n", PASSWORD), 0), 303);
	assert_int_equal(raw_status(log_in_raw("", "X-Forwarded-For: <b>\xff\r\n", PASSWORD), 0), 303);
	const char *cookie = raw_header(web, log_in_raw("", "X-Forwarded-For: 192.0.2.57\r\nX-Forwarded-Proto: https\r\n", PASSWORD), "Set-Cookie");
	assert_non_null(strstr(cookie, "; Secure"));
	assert_int_equal(raw_status(raw_ask(web, HEAD("GET /metrics", "X-Forwarded-For: 127.0.0.1\r\n")), 0), 403);
}

static void redirect__leads_home_and_is_one_line(void **state)
{
	static const struct {
		const char *to, *location;
	} rows[] = {
		{"/desk", "/desk"}, {"/clients?q=Іван", "/clients?q=%D0%86%D0%B2%D0%B0%D0%BD"}, {"/a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie:%20x=1"}, {"//evil.example", "/"},
		{"/\\evil.example", "/"}, {"https://evil.example", "/"}, {"", "/"}, {"/\t/evil.example", "/%09/evil.example"}, {"/a\"><b>", "/a%22%3E%3Cb%3E"},
	};
	(void)state;
	struct request r = {.arena = web->arena};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		reply_redirect(&r, "%s", rows[i].to);
		assert_string_equal(r.reply.location, rows[i].location);
	}
	/* The whole way through the log-in, with a query. */
	struct person p = {0};
	struct answer *a = web_get(web, &p, AS_PAGE, "/team?a=%D0%86&b=%26");
	assert_string_equal(a->location, "/login?next=/team%3Fa%3D%25D0%2586%26b%3D%2526");
	web_get(web, &p, AS_PAGE, "/login");
	a = web_post(web, &p, AS_PAGE, "/login", FORM("login", "olena", "password", PASSWORD, "next", "/team?a=%D0%86&b=%26"));
	assert_string_equal(a->location, "/team?a=%D0%86&b=%26");
}

static void disposition__every_name_gets_through(void **state)
{
	static const struct {
		const char *name, *line;
	} rows[] = {
		{"clients.csv", "attachment; filename=\"clients.csv\"; filename*=UTF-8''clients.csv"},
		{"Клієнти.csv", "attachment; filename=\"_______.csv\"; filename*=UTF-8''%D0%9A%D0%BB%D1%96%D1%94%D0%BD%D1%82%D0%B8.csv"},
		{"a\"b\\c\r\nX: y/;.csv", "attachment; filename=\"a_b_c__X: y_;.csv\"; filename*=UTF-8''a%22b%5Cc%0D%0AX%3A%20y%2F%3B.csv"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_string_equal(deliver_disposition(web->arena, rows[i].name), rows[i].line);
}

/* A name that nobody has costs as much as one that somebody has: medians of several tries, in the processor's time, which does not depend on what else
 * the machine is doing. */
static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

enum { TRIES = 3 }; /* five would close the name */

static int64_t processor_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t median_us(const char *login)
{
	int64_t took[TRIES];
	for (int i = 0; i < TRIES; i++) {
		struct person p = {0};
		web_get(web, &p, AS_PAGE, "/login");
		int64_t from = processor_us();
		assert_int_equal(web_post(web, &p, AS_JSON, "/login", FORM("login", login, "password", "wrong"))->status, 422);
		took[i] = processor_us() - from;
	}
	qsort(took, TRIES, sizeof *took, by_size);
	return took[TRIES / 2];
}

static void login__an_unknown_name_takes_as_long(void **state)
{
	(void)state;
	double known = (double)median_us("olena"), unknown = (double)median_us("nobody at all");
	if (unknown < known * 0.5 || unknown > known * 2) fail_msg("a known name takes %.0f us, an unknown one %.0f us", known, unknown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(login__an_unknown_name_takes_as_long, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__the_cookie_is_for_this_program_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__is_never_one_that_came_before_the_log_in, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__logging_out_ends_every_token_it_had, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__a_new_password_ends_the_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__old_passwords_cannot_be_tried_for_ever, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__a_post_from_a_neighbouring_site_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(session__a_token_in_the_address_does_not_count, set_up, tear_down),
		cmocka_unit_test_setup_teardown(redirect__leads_home_and_is_one_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(disposition__every_name_gets_through, set_up, tear_down),
		/* The last two: what they spoil for this machine's address stays in the limiter. */
		cmocka_unit_test_setup_teardown(proxy__the_last_address_of_the_last_header_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(proxy__headers_are_not_believed_where_there_is_none, set_up, tear_down),
	};
	log_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
