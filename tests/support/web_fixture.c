#include "web_fixture.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/member.h"
#include "base/buf.h"
#include "base/id.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/text.h"
#include "check.h"
#include "store/member_store.h"
#include "web/label.h"
#include "web/server.h"

#define WORKS(call, error)                                                            \
	do {                                                                          \
		if (call) fail_msg("%s:%d: %s: %s", __FILE__, __LINE__, #call, (error).text); \
	} while (0)

/* ---- Beginning and end ---- */

static struct web *open_dir(void)
{
	struct arena *arena = arena_new(1 << 30);
	struct web *web = ARENA_NEW(arena, struct web);
	struct error error;
	web->arena = arena;
	snprintf(web->dir, sizeof web->dir, "/tmp/sturgeon-web-XXXXXX");
	if (!mkdtemp(web->dir)) fail_msg("no folder for the data file");
	WORKS(store_open(arena_printf(arena, "%s/data.db", web->dir), &error, &web->store), error);
	return web;
}

static void serve(struct web *web)
{
	struct server_options options = {.address = "127.0.0.1", .threads = 2, .feeds_at_home = true, .wording = web->wording, .patience_ms = 300};
	struct error error;
	WORKS(server_start(web->store, &options, &error, &web->server), error);
	web->port = server_port(web->server);
}

void web_wording(struct web *web, struct wording *wording)
{
	server_stop(web->server);
	web->wording = wording;
	serve(web);
}

struct web *web_open_empty(void)
{
	struct web *web = open_dir();
	serve(web);
	return web;
}

struct doing {
	struct web *web;
	struct actor who;
	void (*does)(struct use *use, void *arg);
	void *arg;
};

static enum err do_it(struct db *db, void *arg, struct error *err)
{
	struct doing *doing = arg;
	struct use use;
	(void)err;
	use_init(&use, doing->web->arena, db, doing->who, moment_now());
	doing->does(&use, doing->arg);
	return ERR_NONE;
}

void web_do(struct web *web, struct actor who, void (*does)(struct use *use, void *arg), void *arg)
{
	struct doing doing = {web, who, does, arg};
	struct error error;
	WORKS(store_write(web->store, do_it, &doing, &error), error);
}

static void company_make(struct use *use, void *arg)
{
	struct web *web = arg;
	char token[48];
	if (company_start(use, "Осетер", "Europe/Kyiv", "UAH", "380", "Північ", "Адміністратор", "admin", "no password", "en")) fail_msg("no company");
	if (session_start(use, use->who.team_id, use->who.member_id, token)) fail_msg("no session");
	web->team_id = web->admin.team_id = use->who.team_id;
	web->admin.member_id = use->who.member_id;
	snprintf(web->admin.session, sizeof web->admin.session, "%s", token);
}

struct web *web_open(void)
{
	struct web *web = open_dir();
	web_do(web, (struct actor){.language = "en"}, company_make, web);
	web->lead = web_person(web, web->team_id, "Ліда Лідерка", "lead");
	web->manager = web_person(web, web->team_id, "Марко Менеджер", "manager");
	serve(web);
	return web;
}

void web_close(struct web *web)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	server_stop(web->server);
	const char *word;
	if (label_unknown(&word)) fail_msg("labels.def does not have %s", word);
	store_close(web->store);
	for (int i = 0; i < 3; i++) unlink(arena_printf(web->arena, "%s/data.db%s", web->dir, ends[i]));
	rmdir(web->dir);
	arena_free(web->arena);
}

/* ---- People ---- */

struct newcomer {
	const char *name, *role;
	struct person *person;
};

static void team_add(struct use *use, void *arg)
{
	const char *name = arg;
	use->who.role = ROLE_ADMIN;
	if (team_make(use, name, &use->who.team_id)) fail_msg("no team %s", name);
}

struct teaming {
	const char *name;
	int64_t team_id;
};

static void team_add_id(struct use *use, void *arg)
{
	struct teaming *teaming = arg;
	team_add(use, (void *)(uintptr_t)teaming->name);
	teaming->team_id = use->who.team_id;
}

int64_t web_team(struct web *web, const char *name)
{
	struct teaming teaming = {name, 0};
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), team_add_id, &teaming);
	return teaming.team_id;
}

static void person_add(struct use *use, void *arg)
{
	struct newcomer *newcomer = arg;
	struct person *p = newcomer->person;
	struct error error;
	char token[48];
	p->member_id = id_new(use->now);
	const char *login = arena_printf(use->arena, "%s %lld", text_fold(use->arena, newcomer->name), (long long)p->member_id);
	WORKS(member_insert(use->db, p->team_id, p->member_id, newcomer->name, newcomer->role, "en", login, "no password", use->now, &error), error);
	if (session_start(use, p->team_id, p->member_id, token)) fail_msg("no session");
	snprintf(p->session, sizeof p->session, "%s", token);
}

struct person web_person(struct web *web, int64_t team_id, const char *name, const char *role)
{
	struct person person = {.team_id = team_id};
	struct newcomer newcomer = {name, role, &person};
	web_do(web, (struct actor){team_id, 0, ROLE_ADMIN, "en"}, person_add, &newcomer);
	return person;
}

struct actor web_actor(const struct person *person, enum role role)
{
	return (struct actor){person->team_id, person->member_id, role, "en"};
}

/* ---- Asking ---- */

const char *web_path(struct web *web, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *path = arena_vprintf(web->arena, format, args);
	va_end(args);
	return path;
}

const char *web_escape(struct web *web, const char *text)
{
	char *escaped = curl_easy_escape(NULL, text, 0);
	const char *kept = arena_strdup(web->arena, escaped);
	curl_free(escaped);
	return kept;
}

struct asking {
	struct web *web;
	struct person *who;
	struct answer *answer;
	struct buf body;
};

static size_t body_take(char *bytes, size_t size, size_t n, void *arg)
{
	struct asking *asking = arg;
	buf_add(&asking->body, bytes, size * n);
	return size * n;
}

/* Set-Cookie: name=value; …  → out, where it is that name's. */
static void cookie_take(const char *line, const char *name, char out[64])
{
	size_t n = strlen(name);
	if (strncmp(line, name, n) || line[n] != '=') return;
	snprintf(out, 64, "%.*s", (int)strcspn(line + n + 1, ";\r\n"), line + n + 1);
}

static const char *header_value(const char *line, size_t n, const char *name, struct arena *arena)
{
	size_t m = strlen(name);
	if (n <= m || strncasecmp(line, name, m) || line[m] != ':') return NULL;
	const char *at = line + m + 1, *end = line + n;
	while (at < end && *at == ' ') at++;
	while (end > at && (end[-1] == '\n' || end[-1] == '\r')) end--;
	return arena_strndup(arena, at, (size_t)(end - at));
}

static size_t header_take(char *line, size_t size, size_t n, void *arg)
{
	struct asking *asking = arg;
	struct arena *arena = asking->web->arena;
	const char *value;
	(void)size;
	if ((value = header_value(line, n, "Content-Type", arena))) asking->answer->type = value;
	if ((value = header_value(line, n, "Location", arena)) || (value = header_value(line, n, "HX-Redirect", arena))) asking->answer->location = value;
	if ((value = header_value(line, n, "Set-Cookie", arena))) {
		cookie_take(value, "sturgeon", asking->who->session);
		cookie_take(value, "sturgeon_form", asking->who->form);
		cookie_take(value, "sturgeon_flash", asking->who->flash);
	}
	return n;
}

static CURL *curl_for(struct asking *asking, const char *path, enum as as, struct curl_slist **headers)
{
	struct person *who = asking->who;
	struct arena *arena = asking->web->arena;
	CURL *curl = curl_easy_init();
	if (!curl) fail_msg("libcurl does not start");
	*headers = curl_slist_append(NULL, as == AS_JSON ? "Accept: application/json" : "Accept: text/html");
	if (as == AS_HTMX) *headers = curl_slist_append(*headers, "HX-Request: true");
	*headers = curl_slist_append(*headers, "Expect:");
	curl_easy_setopt(curl, CURLOPT_URL, arena_printf(arena, "http://127.0.0.1:%d%s", asking->web->port, path));
	curl_easy_setopt(curl, CURLOPT_COOKIE, arena_printf(arena, "%s%s; %s%s; %s%s", *who->session ? "sturgeon=" : "a=", who->session,
							    *who->form ? "sturgeon_form=" : "b=", who->form, *who->flash ? "sturgeon_flash=" : "c=", who->flash));
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, body_take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, asking);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header_take);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, asking);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	return curl;
}

static void json_close(void *json)
{
	json_decref(json);
}

static struct answer *ask(struct asking *asking, CURL *curl, struct curl_slist *headers)
{
	struct answer *a = asking->answer;
	long status;
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	CURLcode code = curl_easy_perform(curl);
	if (code) fail_msg("the server does not answer: %s", curl_easy_strerror(code));
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	a->status = (int)status;
	a->bytes = asking->body.used;
	a->body = arena_strndup(asking->web->arena, asking->body.bytes ? asking->body.bytes : "", asking->body.used);
	buf_done(&asking->body);
	if (strncmp(a->type, "application/json", 16)) return a;
	a->json = json_loadb(a->body, a->bytes, JSON_DECODE_ANY, NULL);
	if (!a->json) fail_msg("what should be JSON is not: %s", a->body);
	arena_defer(asking->web->arena, json_close, a->json);
	const char *location = json_string_value(json_object_get(a->json, "location"));
	if (location) a->location = location;
	return a;
}

static struct asking asking_new(struct web *web, struct person *who)
{
	struct asking asking = {web, who, ARENA_NEW(web->arena, struct answer), {0}};
	asking.answer->type = asking.answer->location = "";
	buf_init(&asking.body, 64 << 20);
	return asking;
}

struct answer *web_get(struct web *web, struct person *who, enum as as, const char *path)
{
	struct curl_slist *headers;
	struct asking asking = asking_new(web, who);
	CURL *curl = curl_for(&asking, path, as, &headers);
	return ask(&asking, curl, headers);
}

/* The token that proves that a form is meant: a member's session has one, a stranger's is his cookie. */
static const char *csrf(struct web *web, struct person *who)
{
	if (!*who->session) {
		if (!*who->form) web_get(web, who, AS_PAGE, "/login");
		if (!*who->form) web_get(web, who, AS_PAGE, "/start");
		return who->form;
	}
	if (!*who->csrf) snprintf(who->csrf, sizeof who->csrf, "%s", answer_text(web_get(web, who, AS_JSON, "/session"), "csrf"));
	return who->csrf;
}

static struct curl_slist *csrf_add(struct web *web, struct person *who, struct curl_slist *headers)
{
	return curl_slist_append(headers, arena_printf(web->arena, "X-CSRF-Token: %s", csrf(web, who)));
}

struct answer *web_post(struct web *web, struct person *who, enum as as, const char *path, const char *const *form)
{
	struct curl_slist *headers;
	struct buf body;
	csrf(web, who);
	struct asking asking = asking_new(web, who);
	buf_init(&body, 16 << 20);
	for (int i = 0; form[i]; i += 2) buf_printf(&body, "%s%s=%s", i ? "&" : "", form[i], web_escape(web, form[i + 1]));
	CURL *curl = curl_for(&asking, path, as, &headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body.used);
	curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.bytes ? body.bytes : "");
	buf_done(&body);
	return ask(&asking, curl, csrf_add(web, who, headers));
}

struct answer *web_post_json(struct web *web, struct person *who, const char *path, const char *json)
{
	struct curl_slist *headers;
	csrf(web, who);
	struct asking asking = asking_new(web, who);
	CURL *curl = curl_for(&asking, path, AS_JSON, &headers);
	headers = curl_slist_append(headers, "Content-Type: application/json");
	curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, json);
	return ask(&asking, curl, csrf_add(web, who, headers));
}

struct answer *web_upload(struct web *web, struct person *who, enum as as, const char *path, const char *const *form, const char *field, const char *file_name,
			  const void *bytes, size_t n)
{
	struct curl_slist *headers;
	csrf(web, who);
	struct asking asking = asking_new(web, who);
	CURL *curl = curl_for(&asking, path, as, &headers);
	curl_mime *mime = curl_mime_init(curl);
	for (int i = 0; form[i]; i += 2) {
		curl_mimepart *part = curl_mime_addpart(mime);
		curl_mime_name(part, form[i]);
		curl_mime_data(part, form[i + 1], CURL_ZERO_TERMINATED);
	}
	curl_mimepart *part = curl_mime_addpart(mime);
	curl_mime_name(part, field);
	curl_mime_filename(part, file_name);
	curl_mime_data(part, bytes, n);
	curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
	struct answer *answer = ask(&asking, curl, csrf_add(web, who, headers));
	curl_mime_free(mime);
	return answer;
}

/* ---- Looking at answers ---- */

static json_t *find(const struct answer *answer, const char *path)
{
	json_t *at = answer->json;
	char name[80];
	while (at && *path) {
		size_t n = strcspn(path, ".");
		snprintf(name, sizeof name, "%.*s", (int)n, path);
		at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10)) : json_object_get(at, name);
		path += n + (path[n] == '.');
	}
	return at;
}

json_t *answer_at(const struct answer *answer, const char *path)
{
	json_t *found = find(answer, path);
	if (!found) fail_msg("there is no %s in: %d %.2000s", path, answer->status, answer->body);
	return found;
}

const char *answer_text(const struct answer *answer, const char *path)
{
	json_t *found = answer_at(answer, path);
	if (!json_is_string(found)) fail_msg("%s is no text in: %.2000s", path, answer->body);
	return json_string_value(found);
}

int64_t answer_int(const struct answer *answer, const char *path)
{
	json_t *found = answer_at(answer, path);
	if (!json_is_integer(found)) fail_msg("%s is no whole number in: %.2000s", path, answer->body);
	return json_integer_value(found);
}

bool answer_has(const struct answer *answer, const char *path)
{
	return find(answer, path) != NULL;
}
