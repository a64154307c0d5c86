/* What a simulated client says in an outside voice: its words are kept and shown again; what happens is the rules' alone; where it fails, his own words. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/content_seed.h"
#include "check.h"
#include "exchange/wording.h"
#include "deal_fixture.h"

static struct web *web;
static struct wording *wording;
static int listener, port, asked;
static pthread_t thread;
static char request[16384];
static const char *says; /* NULL: 500 */

static void *endpoint(void *arg)
{
	(void)arg;
	for (int client; (client = accept(listener, NULL, NULL)) >= 0;) {
		size_t n = 0;
		ssize_t got;
		while (n < sizeof request - 1 && (got = read(client, request + n, sizeof request - 1 - n)) > 0) {
			n += (size_t)got;
			request[n] = '\0';
			if (strstr(request, "\r\n\r\n") && request[n - 1] == '}') break;
		}
		asked++;
		json_t *body = json_pack("{s[{s{ss}}]}", "choices", "message", "content", says ? says : "");
		char *text = json_dumps(body, 0);
		dprintf(client, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", says ? "200 OK" : "500 No", strlen(text), text);
		free(text);
		json_decref(body);
		shutdown(client, SHUT_WR);
		close(client);
	}
	return NULL;
}

static void seed(struct use *use, void *arg)
{
	(void)arg;
	if (content_seed(use)) fail();
}

static int set_up(void **state)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof to;
	(void)state;
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&to, sizeof to) || listen(listener, 8) || getsockname(listener, (struct sockaddr *)&to, &n)) return -1;
	port = ntohs(to.sin_port);
	if (pthread_create(&thread, NULL, endpoint, NULL)) return -1;
	web = web_open();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	wording_free(wording);
	shutdown(listener, SHUT_RDWR);
	pthread_join(thread, NULL);
	close(listener);
	return 0;
}

static void voice(const char *words)
{
	const char *wrong;
	struct wording *before = wording;
	says = words;
	wording = wording_new(web_path(web, "http://127.0.0.1:%d", port), "m", NULL, &wrong); /* a new one: after a failure it rests */
	web_wording(web, wording);
	wording_free(before);
}

static const char *begun(void)
{
	return web_post(web, &web->manager, AS_PAGE, "/practice", FORM("scenario", "mall_card", "mode", "sale", "seed", "7"))->location;
}

static struct answer *typed(const char *practice, const char *id, const char *text)
{
	return web_post_json(web, &web->manager, web_path(web, "%s/events", practice), web_path(web, "{\"events\": [{\"id\": \"%s\", \"kind\": \"words\", \"text\": \"%s\"}]}", id, text));
}

/* What the client said last, his lines as one; and how many events stand. */
static const char *last_words(struct answer *a)
{
	json_t *talk = answer_at(a, "talk"), *words = json_object_get(json_array_get(talk, json_array_size(talk) - 1), "words"), *word;
	const char *text = "";
	size_t i;
	json_array_foreach(words, i, word) text = web_path(web, "%s|%s", text, json_string_value(word));
	return text;
}

static char *events_of(struct answer *a)
{
	json_t *copy = json_deep_copy(answer_at(a, "events")), *event;
	size_t i;
	json_array_foreach(copy, i, event) json_object_del(event, "at");
	char *text = json_dumps(copy, JSON_SORT_KEYS);
	json_decref(copy);
	return text;
}

static void voice__words_what_he_says_and_decides_nothing(void **state)
{
	(void)state;
	const char *plain_practice = begun();
	struct answer *plain = typed(plain_practice, "a", "Що для вас найважливіше в картці?");
	assert_int_equal(asked, 0); /* off unless the server is told so */
	voice("Та знаєте, по-різному буває.");
	const char *practice = begun();
	struct answer *a = typed(practice, "a", "Що для вас найважливіше в картці?");
	assert_int_equal(a->status, 200);
	assert_true(asked > 0);
	assert_non_null(strstr(last_words(a), "Та знаєте, по-різному буває."));
	assert_string_not_equal(last_words(plain), last_words(a));
	assert_non_null(strstr(request, "Що для вас найважливіше в картці?"));
	assert_null(strstr(request, "Марко Менеджер"));
	char *rules = events_of(plain), *voiced = events_of(a);
	assert_string_equal(rules, voiced);
	free(rules);
	free(voiced);
	/* Kept: shown again as it was said, and the same event again says nothing new. */
	int was = asked;
	says = "Інші слова.";
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, practice)->body, "Та знаєте, по-різному буває."));
	assert_string_equal(last_words(typed(practice, "a", "Що для вас найважливіше в картці?")), last_words(a));
	assert_int_equal(asked, was);
	/* By a form, too. */
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/do", practice), FORM("do", "words", "text", "А як ви зараз платите?", "event", "f"))->status, 303);
	assert_true(asked > was);
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, practice)->body, "Інші слова."));
}

static void voice__his_own_words_where_it_fails_or_brings_a_number(void **state)
{
	(void)state;
	const char *practice = begun();
	voice(NULL);
	const char *own = last_words(typed(practice, "a", "Що для вас найважливіше в картці?"));
	voice("Дам 5000 гривень!");
	practice = begun();
	assert_string_equal(last_words(typed(practice, "a", "Що для вас найважливіше в картці?")), own);
	web_wording(web, NULL);
	practice = begun();
	assert_string_equal(last_words(typed(practice, "a", "Що для вас найважливіше в картці?")), own);
}

static void voice__of_somebody_elses_practice_asks_nothing(void **state)
{
	(void)state;
	voice("Гаразд.");
	const char *practice = begun();
	int was = asked;
	assert_int_equal(web_post_json(web, &web->lead, web_path(web, "%s/events", practice), "{\"events\": [{\"id\": \"z\", \"kind\": \"words\", \"text\": \"Ну що?\"}]}")->status, 403);
	assert_int_equal(web_post_json(web, &web->manager, web_path(web, "%s/events", practice), "{\"events\": 5}")->status, 422);
	assert_int_equal(asked, was);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(voice__words_what_he_says_and_decides_nothing),
		cmocka_unit_test(voice__his_own_words_where_it_fails_or_brings_a_number),
		cmocka_unit_test(voice__of_somebody_elses_practice_asks_nothing),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
