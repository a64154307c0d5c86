#include "exchange/wording.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/moment.h"
#include "base/text.h"
#include "exchange/fetch.h"

enum { NUMBERS = 64, DIGITS = 32 };

struct wording {
	char *address, *model, *authorization; /* authorization: the header; NULL */
	pthread_mutex_t lock;
	bool busy;
	int64_t rests_until;
};

/* ---- May it stand? ---- */

struct numbers {
	int n;
	char list[NUMBERS][DIGITS];
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool three(const char *p)
{
	return digit(p[0]) && digit(p[1]) && digit(p[2]) && !digit(p[3]);
}

/* Bytes of what groups digits by threes: space, no-break space, narrow no-break space, apostrophe. */
static size_t grouping(const char *p)
{
	if (*p == ' ' || *p == '\'') return 1;
	if (!strncmp(p, "\u00a0", 2)) return 2;
	if (!strncmp(p, "\u202f", 3) || !strncmp(p, "\u2009", 3) || !strncmp(p, "\u2019", 3)) return 3;
	return 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* All numbers of a text in one spelling, sorted: 2 900 and 2900 are one, 1,5 and 1.5. false: more than can be looked at, or digits of another script. */
static bool numbers_of(const char *text, struct numbers *numbers)
{
	numbers->n = 0;
	for (const char *p = text; *p;) {
		ucs4_t c;
		int bytes = u8_strmbtouc(&c, (const uint8_t *)p);
		if (bytes <= 0) return false;
		if (!digit(*p)) {
			if (uc_is_property_numeric(c)) return false; /* ½, ², ٣ … */
			p += bytes;
			continue;
		}
		if (numbers->n == NUMBERS) return false;
		char *to = numbers->list[numbers->n++];
		size_t used = 0;
		while (digit(*p) || (grouping(p) && three(p + grouping(p))) || ((*p == '.' || *p == ',') && digit(p[1]))) {
			if (used + 2 > DIGITS) return false;
			if (digit(*p)) to[used++] = *p++;
			else if (grouping(p)) p += grouping(p);
			else to[used++] = '.', p++;
		}
		to[used] = '\0';
	}
	qsort(numbers->list, (size_t)numbers->n, DIGITS, by_text);
	return true;
}

static bool same_numbers(const char *plain, const char *words)
{
	struct numbers ours, theirs;
	if (!numbers_of(plain, &ours) || !numbers_of(words, &theirs) || ours.n != theirs.n) return false;
	for (int i = 0; i < ours.n; i++)
		if (strcmp(ours.list[i], theirs.list[i]) != 0) return false;
	return true;
}

static bool markup(const char *text)
{
	static const char *const marks[] = {"<", ">", "`", "**", "__", "](", "://", "#", "{", "}"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strstr(text, marks[i])) return true;
	return false;
}

const char *wording_check(struct arena *arena, const char *plain, const char *words)
{
	if (!text_valid(words, strlen(words))) return NULL;
	const char *line = words;
	size_t n = strlen(words);
	while (n && strchr(" \t\r\n", line[0])) line++, n--;
	while (n && strchr(" \t\r\n", line[n - 1])) n--;
	char *text = arena_strndup(arena, line, n);
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f) return NULL;
	if (!n || text_length(text) > WORDING_CHARACTERS || markup(text) || !same_numbers(plain, text)) return NULL;
	return text;
}

/* ---- Asking ---- */

static bool begins(const char *text, const char *with)
{
	return !strncasecmp(text, with, strlen(with));
}

/* This machine itself, by its usual names. */
static bool at_home(CURLU *parts)
{
	char *host = NULL;
	if (curl_url_get(parts, CURLUPART_HOST, &host, 0)) return false;
	struct in_addr four;
	bool home = !strcasecmp(host, "localhost") || !strcmp(host, "[::1]") || (inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127);
	curl_free(host);
	return home;
}

static const char *wrong(const char *base, const char *key)
{
	const char *why = NULL;
	char *user = NULL, *query = NULL, *fragment = NULL;
	CURLU *parts = curl_url();
	if (!parts) abort();
	if ((!begins(base, "http://") && !begins(base, "https://")) || curl_url_set(parts, CURLUPART_URL, base, 0)) why = "its address begins with http:// or https://";
	else if (!curl_url_get(parts, CURLUPART_USER, &user, 0)) why = "no name and password stand in its address: a key comes from the environment";
	else if (!curl_url_get(parts, CURLUPART_QUERY, &query, 0) || !curl_url_get(parts, CURLUPART_FRAGMENT, &fragment, 0)) why = "its address is a base to which /chat/completions is added";
	else if (key && begins(base, "http://") && !at_home(parts)) why = "a key is sent only over https, or to this machine";
	else if (key && strpbrk(key, "\r\n")) why = "its key has a line break in it";
	curl_free(user);
	curl_free(query);
	curl_free(fragment);
	curl_url_cleanup(parts);
	return why;
}

static char *joined(const char *a, size_t n, const char *b)
{
	char *both = malloc(n + strlen(b) + 1);
	if (!both) abort();
	memcpy(both, a, n);
	memcpy(both + n, b, strlen(b) + 1);
	return both;
}

struct wording *wording_new(const char *base, const char *model, const char *key, const char **ret_wrong)
{
	if (key && !*key) key = NULL;
	fetch_begin();
	*ret_wrong = !*model ? "it needs the name of a model" : wrong(base, key);
	if (*ret_wrong) return NULL;
	struct wording *wording = calloc(1, sizeof *wording);
	if (!wording) abort();
	size_t n = strlen(base);
	while (n && base[n - 1] == '/') n--;
	wording->address = joined(base, n, "/chat/completions");
	wording->model = joined("", 0, model);
	if (key) wording->authorization = joined("Authorization: Bearer ", strlen("Authorization: Bearer "), key);
	pthread_mutex_init(&wording->lock, NULL);
	return wording;
}

void wording_free(struct wording *wording)
{
	if (!wording) return;
	if (wording->authorization) explicit_bzero(wording->authorization, strlen(wording->authorization));
	free(wording->authorization);
	free(wording->address);
	free(wording->model);
	pthread_mutex_destroy(&wording->lock);
	free(wording);
}

static bool take(struct wording *wording)
{
	pthread_mutex_lock(&wording->lock);
	bool mine = !wording->busy && moment_now() >= wording->rests_until;
	if (mine) wording->busy = true;
	pthread_mutex_unlock(&wording->lock);
	return mine;
}

static void give(struct wording *wording, bool answered)
{
	pthread_mutex_lock(&wording->lock);
	wording->busy = false;
	if (!answered) wording->rests_until = moment_now() + WORDING_REST_S * MOMENT_SECOND;
	pthread_mutex_unlock(&wording->lock);
}

static char *question(const struct wording *wording, const struct wording_ask *ask)
{
	struct buf system, user;
	buf_init(&system, 8192);
	buf_init(&user, 8192);
	buf_printf(&system, "You voice a client in a sales training. Language of the answer: %s. The client: %s\n"
		"Say the client's line again in his own manner, as one short spoken line of plain text. Keep its meaning exactly: agree to nothing, refuse nothing, ask for nothing and reveal nothing "
		"that the line does not. Keep every number as digits, and add no number. No quotation marks around it, no markup, no explanations.",
		!strcmp(ask->language, "uk") ? "Ukrainian" : "English", ask->person);
	buf_printf(&user, "The manager said: %s\nThe client's line: %s", ask->manager, ask->plain);
	json_t *body = json_pack("{ss s[{ss ss} {ss ss}] si sf sb}", "model", wording->model, "messages", "role", "system", "content", system.bytes ? system.bytes : "", "role", "user", "content",
				 user.bytes ? user.bytes : "", "max_tokens", 300, "temperature", 0.7, "stream", 0);
	char *text = system.overflow || user.overflow || !body ? NULL : json_dumps(body, JSON_COMPACT);
	json_decref(body);
	buf_done(&system);
	buf_done(&user);
	return text;
}

struct taking {
	char *bytes;
	size_t n;
};

static size_t took(char *bytes, size_t size, size_t n, void *arg)
{
	struct taking *taking = arg;
	if (size * n > WORDING_BYTES - taking->n) return 0; /* too much: the transfer ends */
	memcpy(taking->bytes + taking->n, bytes, size * n);
	taking->n += size * n;
	return size * n;
}

/* What came back, as JSON; NULL where it did not, or is none. */
static json_t *asked(struct arena *arena, struct wording *wording, const char *body, long ms)
{
	struct taking taking = {arena_alloc(arena, WORDING_BYTES), 0};
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	CURL *curl = curl_easy_init();
	long status = 0;
	if (!curl || !headers) abort();
	if (wording->authorization) headers = curl_slist_append(headers, wording->authorization);
	curl_easy_setopt(curl, CURLOPT_URL, wording->address);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, ms);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Sturgeon/" STURGEON_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, took);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taking);
	bool came = !curl_easy_perform(curl) && !curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status) && status == 200;
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return came ? json_loadb(taking.bytes, taking.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

const char *wording_of(struct arena *arena, struct wording *wording, const struct wording_ask *ask)
{
	if (!wording || !*ask->plain || strlen(ask->plain) > WORDING_LINE_BYTES || strlen(ask->manager) > WORDING_LINE_BYTES || !take(wording)) return NULL;
	char *body = question(wording, ask);
	json_t *answer = body ? asked(arena, wording, body, ask->ms > 0 && ask->ms < WORDING_MS ? ask->ms : WORDING_MS) : NULL;
	free(body);
	give(wording, answer != NULL);
	const json_t *choice = json_array_get(json_object_get(answer, "choices"), 0);
	const char *words = json_string_value(json_object_get(json_object_get(choice, "message"), "content"));
	const char *taken = words ? wording_check(arena, ask->plain, words) : NULL;
	json_decref(answer);
	return taken;
}
