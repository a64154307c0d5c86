/* Wording by a small endpoint of the test's own: good words, wrong ones, nonsense, slowness; and what may stand for a plain line. */
#include "exchange/wording.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/moment.h"
#include "check.h"
#include "exchange/fetch.h"

#define PLAIN "Дам 2 900 грн, якщо за 14 днів."

static struct arena *arena;
static int listener, port, asked;
static pthread_t thread;
static char request[16384], status[32], says[70000];
static int delay_ms;

static void *serve(void *arg)
{
	(void)arg;
	for (int client; (client = accept(listener, NULL, NULL)) >= 0;) {
		size_t n = 0;
		ssize_t got;
		/* Head and body; the body ends with its last brace. */
		while (n < sizeof request - 1 && (got = read(client, request + n, sizeof request - 1 - n)) > 0) {
			n += (size_t)got;
			request[n] = '\0';
			if (strstr(request, "\r\n\r\n") && request[n - 1] == '}') break;
		}
		asked++;
		usleep((useconds_t)delay_ms * 1000);
		dprintf(client, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nLocation: http://127.0.0.1:%d/elsewhere\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status, port, strlen(says), says);
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
	pthread_join(thread, NULL);
	close(listener);
	arena_free(arena);
	return 0;
}

static struct wording *fresh(const char *key)
{
	const char *wrong;
	char base[64];
	snprintf(base, sizeof base, "http://127.0.0.1:%d/v1/", port);
	struct wording *wording = wording_new(base, "small", key, &wrong);
	assert_null(wrong);
	assert_non_null(wording);
	return wording;
}

static void answers(const char *how, const char *words)
{
	json_t *body = json_pack("{s[{s{ss ss}}]}", "choices", "message", "role", "assistant", "content", words);
	char *text = json_dumps(body, 0);
	snprintf(status, sizeof status, "%s", how);
	snprintf(says, sizeof says, "%s", text);
	free(text);
	json_decref(body);
	delay_ms = 0;
}

static const char *worded(struct wording *wording, int ms)
{
	return wording_of(arena, wording, &(struct wording_ask){"uk", "Олена, власниця кав’ярні, поспішає", "Скільки дасте?", PLAIN, ms});
}

static void wording__good_words_are_taken_and_what_is_sent_is_no_more_than_needed(void **state)
{
	(void)state;
	struct wording *wording = fresh("secret");
	answers("200 OK", "  Ну добре, 2900 грн. Але щоб за 14 днів!\n");
	assert_string_equal(worded(wording, 0), "Ну добре, 2900 грн. Але щоб за 14 днів!");
	assert_non_null(strstr(request, "POST /v1/chat/completions HTTP/1.1"));
	assert_non_null(strstr(request, "Authorization: Bearer secret"));
	json_t *body = json_loads(strstr(request, "\r\n\r\n") + 4, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(body, "model")), "small");
	const char *system = json_string_value(json_object_get(json_array_get(json_object_get(body, "messages"), 0), "content")),
		   *user = json_string_value(json_object_get(json_array_get(json_object_get(body, "messages"), 1), "content"));
	assert_non_null(strstr(system, "Олена, власниця кав’ярні"));
	assert_non_null(strstr(user, "Скільки дасте?"));
	assert_non_null(strstr(user, PLAIN));
	assert_int_equal(json_array_size(json_object_get(body, "messages")), 2);
	json_decref(body);
	wording_free(wording);
	wording = fresh(NULL);
	assert_non_null(worded(wording, 0));
	assert_null(strstr(request, "Authorization"));
	wording_free(wording);
}

static void wording__other_numbers_and_markup_are_not_taken(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"Дам 3 900 грн, якщо за 14 днів.", "Дам 2 900 грн.", "Дам 2 900 грн за 14 днів, і ще 5 згори.", "", "   ", "Дам <b>2 900</b> грн за 14 днів", "2 900 грн за 14 днів\nА ще знижку",
		"**2 900** грн за 14 днів", "[2 900](/x) грн за 14 днів", "2 900 грн за 14 днів, ½ одразу", "2 900 грн за 14 днів і ٣ дні",
	};
	struct wording *wording = fresh(NULL);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		answers("200 OK", bad[i]);
		if (worded(wording, 0)) fail_msg("taken: %s", bad[i]);
	}
	wording_free(wording);
}

static void wording__nonsense_failures_and_redirects_leave_the_plain_line(void **state)
{
	(void)state;
	static const char *const bodies[] = {"", "words", "{}", "{\"choices\": []}", "{\"choices\": [{\"message\": {\"content\": 5}}]}", "{\"choices\": [{\"message\": {\"content\": \"\\ud800\"}}]}",
		"[1]", "{\"choices\": {\"message\": 1}}"};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct wording *wording = fresh(NULL);
		snprintf(status, sizeof status, "200 OK");
		snprintf(says, sizeof says, "%s", bodies[i]);
		if (worded(wording, 0)) fail_msg("taken: %s", bodies[i]);
		wording_free(wording);
	}
	static const char *const statuses[] = {"500 Broken", "401 Who", "302 Over there"};
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct wording *wording = fresh(NULL);
		answers(statuses[i], PLAIN);
		int was = asked;
		assert_null(worded(wording, 0));
		assert_int_equal(asked, was + 1); /* a redirect is not followed */
		answers("200 OK", PLAIN);
		assert_null(worded(wording, 0)); /* it rests: nothing is asked after a failure */
		assert_int_equal(asked, was + 1);
		wording_free(wording);
	}
	struct wording *wording = fresh(NULL);
	answers("200 OK", PLAIN);
	memset(says + strlen(says), ' ', 60000 - strlen(says)); /* good JSON, but longer than is read */
	says[60000] = '\0';
	assert_null(worded(wording, 0));
	wording_free(wording);
}

static void *in_background(void *arg)
{
	return (void *)(uintptr_t)worded(arg, 1000);
}

static void wording__slow_is_given_up_and_one_is_asked_at_a_time(void **state)
{
	(void)state;
	struct wording *wording = fresh(NULL);
	answers("200 OK", PLAIN);
	delay_ms = 600;
	int64_t began = moment_now();
	assert_null(worded(wording, 100));
	assert_true(moment_now() - began < 400 * MOMENT_SECOND / 1000);
	usleep(700000); /* until the endpoint is through with it */
	wording_free(wording);
	wording = fresh(NULL);
	delay_ms = 300;
	pthread_t first;
	void *words;
	assert_int_equal(pthread_create(&first, NULL, in_background, wording), 0);
	usleep(100000);
	began = moment_now();
	struct arena *own = arena_new(1 << 20);
	assert_null(wording_of(own, wording, &(struct wording_ask){"uk", "він", "так", PLAIN, 0}));
	assert_true(moment_now() - began < 100 * MOMENT_SECOND / 1000);
	pthread_join(first, &words);
	assert_string_equal(words, PLAIN);
	arena_free(own);
	wording_free(wording);
	assert_null(worded(NULL, 0)); /* off */
}

static void wording_check__numbers_in_any_spelling(void **state)
{
	(void)state;
	assert_non_null(wording_check(arena, "12 000,50 грн і 3", "3 рази по 12000.50"));
	assert_non_null(wording_check(arena, "2\u202f900", "2900"));
	assert_null(wording_check(arena, "2 900", "2 і 900"));
	assert_null(wording_check(arena, "5 і 5", "5"));
	assert_non_null(wording_check(arena, "Ні.", "Ой, ні, дякую"));
	char *long_line = arena_alloc(arena, WORDING_CHARACTERS + 2);
	memset(long_line, 'a', WORDING_CHARACTERS + 1);
	long_line[WORDING_CHARACTERS + 1] = '\0';
	assert_null(wording_check(arena, "a", long_line));
	assert_non_null(wording_check(arena, "a", long_line + 1));
	assert_null(wording_check(arena, "a", "\xff"));
}

static void wording_new__wants_an_address_and_keeps_a_key_from_plain_http(void **state)
{
	(void)state;
	static const struct {
		const char *base, *model, *key;
		bool good;
	} asks[] = {
		{"https://api.example.org/v1", "m", "k", true}, {"http://10.0.0.5:8000/v1", "m", NULL, true}, {"http://10.0.0.5:8000/v1", "m", "", true}, {"http://10.0.0.5:8000/v1", "m", "k", false},
		{"http://127.0.0.1:8000", "m", "k", true}, {"http://localhost:8000", "m", "k", true}, {"http://[::1]:8000", "m", "k", true}, {"http://127.evil.example/", "m", NULL, true}, {"http://127.evil.example/", "m", "k", false},
		{"ftp://a", "m", NULL, false}, {"a", "m", NULL, false}, {"", "m", NULL, false}, {"https://", "m", NULL, false}, {"https://u:p@a/", "m", NULL, false}, {"https://a/?q=1", "m", NULL, false},
		{"https://a/#x", "m", NULL, false}, {"https://a/", "", NULL, false}, {"https://a/", "m", "k\r\nHost: b", false},
	};
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
		const char *wrong;
		struct wording *wording = wording_new(asks[i].base, asks[i].model, asks[i].key, &wrong);
		if ((wording != NULL) != asks[i].good || (wrong == NULL) != asks[i].good) fail_msg("%s: %s", asks[i].base, wrong ? wrong : "taken");
		wording_free(wording);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wording__good_words_are_taken_and_what_is_sent_is_no_more_than_needed),
		cmocka_unit_test(wording__other_numbers_and_markup_are_not_taken),
		cmocka_unit_test(wording__nonsense_failures_and_redirects_leave_the_plain_line),
		cmocka_unit_test(wording__slow_is_given_up_and_one_is_asked_at_a_time),
		cmocka_unit_test(wording_check__numbers_in_any_spelling),
		cmocka_unit_test(wording_new__wants_an_address_and_keeps_a_key_from_plain_http),
	};
	return cmocka_run_group_tests(tests, before, after);
}
