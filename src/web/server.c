#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/member.h"
#include "app/secret.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/tr.h"
#include "store/member_store.h"
#include "web/asset.h"
#include "web/metrics.h"
#include "web/params.h"
#include "web/render.h"
#include "web/session.h"
#include "web/squeeze.h"

enum { ARENA_MAX = 256 << 20, SLOW_THREADS = 2, SLOW_WAITING = 64, STOP_WAIT_MS = 10000 };

enum phase { READING, WAITING, READY };

struct exchange {
	struct write write;             /* first: the writer hands it back */
	struct server *server;
	struct MHD_Connection *connection;
	struct request request;
	struct arena *arena;
	struct route_match match;
	struct buf body;
	struct db *reader;
	struct exchange *next_slow;
	enum phase phase;
	bool known_method, too_large, turning, raw_asset;
	char *uri;
	int64_t started;
	int status;
};

struct server {
	struct store *store;
	struct server_options options;
	struct MHD_Daemon *daemon;
	atomic_bool stopping;
	atomic_int open;                /* exchanges that are not over */
	int port;
	pthread_t slow_threads[SLOW_THREADS];
	pthread_mutex_t slow_lock;
	pthread_cond_t slow_arrived;
	struct exchange *slow_first, **slow_last;
	int slow_waiting;
	bool slow_end;
};

static const char *header(struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static const char *cookie(struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, name);
}

/* ---- Sending ---- */

static const char CSP[] = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
			  "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	if (MHD_add_response_header(response, name, value) != MHD_YES) log_line(LOG_WARNING, "header_refused", "s", "name", name);
}

static void cookie_add(struct exchange *x, struct MHD_Response *response, const char *name, const char *value, int64_t seconds, const char *same_site)
{
	char line[256];
	snprintf(line, sizeof line, "%s=%s; Path=/; HttpOnly; SameSite=%s; Max-Age=%lld%s", name, value, same_site, (long long)seconds,
		 x->request.secure ? "; Secure" : "");
	add(response, "Set-Cookie", line);
}

static void cookies_add(struct exchange *x, struct MHD_Response *response, const char *flash_shown, const char *fresh_form_token)
{
	struct request *r = &x->request;
	if (r->set_session) cookie_add(x, response, "sturgeon", r->set_session, *r->set_session ? 14 * 86400 : 0, "Lax");
	if (fresh_form_token) cookie_add(x, response, "sturgeon_form", fresh_form_token, 86400, "Strict");
	if (r->reply.flash && r->reply.kind == REPLY_REDIRECT) cookie_add(x, response, "sturgeon_flash", r->reply.flash, 30, "Lax");
	else if (flash_shown) cookie_add(x, response, "sturgeon_flash", "", 0, "Lax");
}

static enum MHD_Result send_bytes(struct exchange *x, int status, struct MHD_Response *response)
{
	x->status = status;
	enum MHD_Result result = MHD_queue_response(x->connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result send_asset(struct exchange *x)
{
	const struct asset *asset = asset_find(x->request.path);
	if (!asset) return MHD_NO;
	const char *accepts = header(x, "Accept-Encoding");
	bool gzip = asset->gzip_bytes && accepts && strstr(accepts, "gzip");
	const void *bytes = gzip ? asset->gzip : asset->bytes;
	size_t n = gzip ? asset->gzip_bytes : asset->size;
	struct MHD_Response *response = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
	add(response, "Content-Type", asset->content_type);
	add(response, "Cache-Control", asset->forever ? "public, max-age=31536000, immutable" : "public, max-age=3600");
	add(response, "X-Content-Type-Options", "nosniff");
	if (asset->gzip_bytes) add(response, "Vary", "Accept-Encoding");
	if (gzip) add(response, "Content-Encoding", "gzip");
	return send_bytes(x, 200, response);
}

static enum MHD_Result send_reply(struct exchange *x)
{
	struct request *r = &x->request;
	struct rendered rendered = {0};
	char form_token[SECRET_TOKEN];
	const char *fresh = NULL, *flash = NULL;
	bool page = !r->wants_json && !r->htmx && r->reply.kind != REPLY_REDIRECT && r->reply.kind != REPLY_BYTES;
	if (!r->use.who.member_id && !r->csrf && page) {
		secret_token(form_token);
		r->csrf = fresh = form_token;
	}
	if (page && cookie(x, "sturgeon_flash") && *cookie(x, "sturgeon_flash")) flash = cookie(x, "sturgeon_flash");
	render_reply(r, flash ? flash : r->reply.flash, &rendered);
	if (rendered.body.overflow) log_line(LOG_ERROR, "page_too_large", "s", "path", r->path);
	size_t n = rendered.body.used;
	char *bytes = buf_take(&rendered.body), *squeezed;
	const char *accepts = header(x, "Accept-Encoding");
	bool gzip = accepts && strstr(accepts, "gzip") && r->reply.kind != REPLY_BYTES && squeeze(bytes, n, &squeezed, &n);
	if (gzip) {
		free(bytes);
		bytes = squeezed;
	}
	struct MHD_Response *response = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_MUST_FREE);
	add(response, "Content-Type", rendered.content_type);
	add(response, "Content-Security-Policy", CSP);
	add(response, "X-Content-Type-Options", "nosniff");
	add(response, "Referrer-Policy", "same-origin");
	add(response, "Cross-Origin-Opener-Policy", "same-origin");
	add(response, "Cache-Control", "private, no-cache");
	add(response, "Vary", "Accept, Accept-Encoding, Cookie, HX-Request");
	if (gzip) add(response, "Content-Encoding", "gzip");
	if (r->reply.kind == REPLY_REDIRECT) {
		if (r->htmx) {
			add(response, "HX-Redirect", r->reply.location);
			rendered.status = 200;
		} else if (!r->wants_json) {
			add(response, "Location", r->reply.location);
		}
	}
	if (r->reply.kind == REPLY_BYTES && r->reply.file_name) {
		char line[320];
		snprintf(line, sizeof line, "attachment; filename=\"%s\"", r->reply.file_name);
		add(response, "Content-Disposition", line);
	}
	if (rendered.status == 503 || rendered.status == 429) add(response, "Retry-After", "2");
	cookies_add(x, response, flash, fresh);
	return send_bytes(x, rendered.status, response);
}

/* ---- Working ---- */

/* Shows the page of a form again, with what was typed and what is wrong. */
static void form_again(struct exchange *x)
{
	struct request *r = &x->request;
	const struct route *form = route_form(r->route);
	if (r->wants_json || r->htmx || !form) return;
	json_t *typed = json_incref(r->typed), *mistakes = json_incref(r->use.mistakes);
	struct route_match match = x->match;
	match.route = r->route = form;
	memset(r->values, 0, sizeof r->values);
	r->use.mistakes = json_object();
	params_read(r, &match, &(struct body){0});
	json_decref(r->use.mistakes);
	r->use.mistakes = mistakes; /* the arena frees it */
	r->again = typed;
	form->handle(r);
	r->again = NULL;
	if (r->reply.kind == REPLY_PAGE) {
		render_mistakes(r, r->reply.model, typed, mistakes);
		r->reply.status = 422;
	}
	json_decref(mistakes);
	json_decref(typed);
}

static void failure_log(struct exchange *x, const struct error *error)
{
	log_line(LOG_ERROR, "request_failed", "ssss", "path", x->request.route ? x->request.route->path : "", "kind", err_name(error->kind), "text", error->text,
		 "handler", x->request.route ? x->request.route->handler_name : "");
}

static void reader_give(struct exchange *x)
{
	if (x->reader) store_reader_give(x->server->store, x->reader);
	x->reader = NULL;
	x->request.use.db = NULL;
}

static bool reader_take(struct exchange *x)
{
	struct error error;
	x->reader = store_reader_take(x->server->store, &error);
	if (!x->reader) failure_log(x, &error);
	x->request.use.db = x->reader;
	return x->reader != NULL;
}

/* On the writer's thread. */
static enum err write_run(struct write *write, struct db *db, struct error *err)
{
	struct exchange *x = (struct exchange *)write;
	struct request *r = &x->request;
	r->use.db = db;
	if (x->turning) {
		char token[SECRET_TOKEN];
		enum outcome outcome = session_turn(&r->use, r->session_token, token);
		if (outcome == DONE) r->set_session = arena_strdup(x->arena, token);
		if (outcome == FAILED) *err = r->use.error;
		return outcome == FAILED ? err->kind : ERR_NONE;
	}
	r->route->handle(r);
	if (r->reply.kind == REPLY_PROBLEM) {
		if (r->reply.status == 500) {
			*err = r->use.error;
			return err->kind ? err->kind : ERR_STORE;
		}
		db_undo(db); /* nothing half done; then the form is read again from what is there */
		enum err kind = db_savepoint(db, err);
		if (kind) return kind;
		if (r->reply.status == 422) form_again(x);
		write_refuse(write);
	}
	return ERR_NONE;
}

static void wake(struct exchange *x)
{
	x->request.use.db = NULL;
	x->phase = READY;
	MHD_resume_connection(x->connection);
}

static void write_done(struct write *write, enum err kind, const struct error *error)
{
	struct exchange *x = (struct exchange *)write;
	if (kind) {
		failure_log(x, error);
		if (!x->turning) reply_problem(&x->request, kind == ERR_CONFLICT ? 409 : 500);
	}
	wake(x);
}

static void writer_submit(struct exchange *x)
{
	x->write.run = write_run;
	x->write.done = write_done;
	if (!store_submit(x->server->store, &x->write)) {
		reply_problem(&x->request, 503);
		wake(x);
	}
}

static void *slow_main(void *arg)
{
	struct server *server = arg;
	pthread_mutex_lock(&server->slow_lock);
	for (;;) {
		while (!server->slow_first && !server->slow_end) pthread_cond_wait(&server->slow_arrived, &server->slow_lock);
		struct exchange *x = server->slow_first;
		if (!x) break;
		server->slow_first = x->next_slow;
		if (!server->slow_first) server->slow_last = &server->slow_first;
		server->slow_waiting--;
		pthread_mutex_unlock(&server->slow_lock);
		if (reader_take(x)) {
			x->request.route->slow(&x->request);
			bool go_on = x->request.reply.kind == REPLY_NONE;
			if (!go_on && x->request.reply.status == 422) form_again(x);
			reader_give(x);
			if (go_on) writer_submit(x);
			else wake(x);
		} else {
			reply_problem(&x->request, 500);
			wake(x);
		}
		pthread_mutex_lock(&server->slow_lock);
	}
	pthread_mutex_unlock(&server->slow_lock);
	return NULL;
}

static bool slow_submit(struct exchange *x)
{
	struct server *server = x->server;
	pthread_mutex_lock(&server->slow_lock);
	bool taken = server->slow_waiting < SLOW_WAITING;
	if (taken) {
		x->next_slow = NULL;
		*server->slow_last = x;
		server->slow_last = &x->next_slow;
		server->slow_waiting++;
		pthread_cond_signal(&server->slow_arrived);
	}
	pthread_mutex_unlock(&server->slow_lock);
	return taken;
}

/* ---- Who may ---- */

static bool is_loopback(const char *address)
{
	return !strncmp(address, "127.", 4) || !strcmp(address, "::1");
}

static void send_to_login(struct request *r)
{
	if (r->wants_json || r->htmx || r->route->method == POST) {
		reply_problem(r, 401);
		return;
	}
	struct buf next;
	buf_init(&next, 4000);
	for (const char *p = r->path; *p; p++) {
		if (strchr("/-._~", *p) || (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')) buf_char(&next, *p);
		else buf_printf(&next, "%%%02X", (unsigned char)*p);
	}
	if (strcmp(r->path, "/desk")) reply_redirect(r, "/login?next=%s", next.bytes);
	else reply_redirect(r, "/login");
	buf_done(&next);
}

/* Says a reply where the one who asks may not. */
static bool may(struct exchange *x)
{
	struct request *r = &x->request;
	enum who who = r->route->who;
	enum role role = r->use.who.role;
	if (who == WHO_ANYONE) return true;
	if (who == WHO_LOCAL) {
		if (is_loopback(r->address) && !header(x, "X-Forwarded-For")) return true;
		reply_problem(r, 403);
		return false;
	}
	if (who == WHO_FIRST || !r->company) {
		if (who == WHO_FIRST && !r->company) return true;
		reply_redirect(r, r->company ? "/" : "/start");
		return false;
	}
	if (who == WHO_STRANGER) {
		if (!role) return true;
		reply_redirect(r, "/desk");
		return false;
	}
	if (!role) {
		send_to_login(r);
		return false;
	}
	if ((who == WHO_LEAD && role < ROLE_LEAD) || (who == WHO_ADMIN && role < ROLE_ADMIN)) {
		reply_problem(r, 403);
		return false;
	}
	return true;
}

static void json_close(void *json)
{
	json_decref(json);
}

/* Who is asking: fills the request from the cookie. false where the data does not answer. */
static bool identify(struct exchange *x, bool *ret_turn)
{
	struct request *r = &x->request;
	struct error error;
	if (session_read(r, cookie(x, "sturgeon"), cookie(x, "sturgeon_form"), header(x, "Accept-Language"), ret_turn, &error) ||
	    company_load(x->reader, &r->company, &error)) {
		failure_log(x, &error);
		return false;
	}
	if (r->company) arena_defer(x->arena, json_close, r->company);
	return true;
}

/* Lets the connection sleep until wake(). */
static void sleep_until(struct exchange *x, void (*submit)(struct exchange *))
{
	reader_give(x);
	x->phase = WAITING;
	MHD_suspend_connection(x->connection);
	submit(x);
}

static void slow_or_refuse(struct exchange *x)
{
	if (slow_submit(x)) return;
	reply_problem(&x->request, 503);
	wake(x);
}

/* A request whose sender is known: checks it, and lets its handler answer, at once (GET) or after the commit (POST). */
static void answer(struct exchange *x)
{
	struct request *r = &x->request;
	struct body body = {header(x, "Content-Type"), x->body.bytes ? x->body.bytes : "", x->body.used};
	if (!may(x)) return;
	if (r->route->method == POST && !session_meant(r, &body, header(x, "X-CSRF-Token"), header(x, "Sec-Fetch-Site"))) {
		use_mistake(&r->use, "csrf", N_("This form is too old: open the page again and repeat"));
		reply_problem(r, 403);
		return;
	}
	params_read(r, &x->match, &body);
	if (!use_valid(&r->use)) {
		reply_problem(r, 422);
		if (r->route->method == POST) form_again(x);
	} else if (r->route->method == GET) {
		r->route->handle(r);
		if (r->reply.kind == REPLY_PROBLEM && r->reply.status == 500) failure_log(x, &r->use.error);
	} else {
		sleep_until(x, r->route->slow ? slow_or_refuse : writer_submit);
	}
}

static void problem(struct exchange *x, int status)
{
	reply_problem(&x->request, status);
	reader_give(x);
	x->phase = READY;
}

/* All of a request has been read. */
static void work(struct exchange *x)
{
	struct request *r = &x->request;
	bool turn = false;
	if (atomic_load(&x->server->stopping)) {
		problem(x, 503);
		return;
	}
	if (!reader_take(x) || !identify(x, &turn)) {
		problem(x, 500);
		return;
	}
	if (!r->route || x->too_large) {
		problem(x, x->too_large ? 413 : x->known_method && !x->match.allowed ? 404 : 405);
		return;
	}
	if (turn && r->route->method == GET && !r->wants_json && !r->htmx) {
		x->turning = true;
		sleep_until(x, writer_submit);
		return;
	}
	answer(x);
	if (x->phase == READING) {
		reader_give(x);
		x->phase = READY;
	}
}

/* The token is turned (or was not: then the old one goes on); now the page itself. */
static void work_after_turn(struct exchange *x)
{
	x->turning = false;
	x->phase = READING;
	if (!reader_take(x)) {
		problem(x, 500);
		return;
	}
	answer(x);
	reader_give(x);
	x->phase = READY;
}

/* ---- libmicrohttpd's callbacks ---- */

static const char *address_of(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	const char *forwarded = x->server->options.behind_proxy ? header(x, "X-Forwarded-For") : NULL;
	if (forwarded) { /* the last address is the one that our own proxy saw */
		const char *last = strrchr(forwarded, ',');
		last = last ? last + 1 : forwarded;
		while (*last == ' ') last++;
		return arena_strndup(x->arena, last, strnlen(last, 64));
	}
	if (info && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text, sizeof text);
	else if (info)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, sizeof text);
	return arena_strdup(x->arena, text);
}

/* Called with the raw address of a request before anything else of it: here an exchange is born. */
static void *uri_read(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct server *server = cls;
	struct exchange *x = calloc(1, sizeof *x);
	if (!x) abort();
	x->server = server;
	x->connection = connection;
	x->arena = arena_new(ARENA_MAX);
	x->started = moment_steady();
	size_t path = strcspn(uri, "?");
	x->request = (struct request){.arena = x->arena, .path = arena_strndup(x->arena, uri, path), .query = uri[path] ? arena_strdup(x->arena, uri + path + 1) : "",
				      .server = server, .theme = "auto"};
	atomic_fetch_add(&server->open, 1);
	return x;
}

static void head_read(struct exchange *x, const char *method)
{
	struct request *r = &x->request;
	bool get = !strcmp(method, "GET") || !strcmp(method, "HEAD"), post = !strcmp(method, "POST");
	const char *accept = header(x, "Accept"), *proto = x->server->options.behind_proxy ? header(x, "X-Forwarded-Proto") : NULL;
	use_init(&r->use, x->arena, NULL, (struct actor){.language = "uk"}, moment_now());
	r->address = address_of(x);
	r->wants_json = accept && strstr(accept, "application/json");
	r->htmx = header(x, "HX-Request") != NULL;
	r->secure = proto && !strcmp(proto, "https");
	x->known_method = get || post;
	x->raw_asset = get && asset_find(r->path);
	if (x->known_method && !x->raw_asset) x->match = route_find(get ? GET : POST, r->path);
	r->route = x->match.route;
	buf_init(&x->body, r->route ? route_body_max(r->route) : 0);
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **con_cls)
{
	struct exchange *x = *con_cls;
	(void)cls, (void)connection, (void)url, (void)version;
	if (!x->request.use.mistakes) { /* the head only: the body may follow */
		head_read(x, method);
		return MHD_YES;
	}
	if (*upload_size) {
		buf_add(&x->body, upload, *upload_size);
		if (x->body.overflow) x->too_large = true;
		*upload_size = 0;
		return MHD_YES;
	}
	if (x->raw_asset) return send_asset(x);
	if (x->phase == READING) work(x);
	else if (x->phase == READY && x->turning) work_after_turn(x);
	return x->phase == READY ? send_reply(x) : MHD_YES;
}

static void completed(void *cls, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *con_cls;
	(void)cls, (void)connection, (void)code;
	if (!x) return;
	struct server *server = x->server;
	struct request *r = &x->request;
	int64_t us = moment_steady() - x->started;
	if (!x->raw_asset) metrics_request(r->route ? (int)(r->route - routes) : -1, x->status, us);
	if (server->options.log_requests && !x->raw_asset)
		log_line(LOG_INFO, "request", "ssiis", "method", r->route && r->route->method == POST ? "POST" : "GET", "path", r->route ? r->route->path : "", "status",
			 (int64_t)x->status, "us", us, "address", r->address ? r->address : "");
	reader_give(x);
	json_decref(r->reply.model);
	buf_done(&x->body);
	arena_free(x->arena);
	free(x);
	atomic_fetch_sub(&server->open, 1);
	*con_cls = NULL;
}

static void mhd_log(void *cls, const char *format, va_list args)
{
	char text[400];
	(void)cls;
	vsnprintf(text, sizeof text, format, args);
	log_line(LOG_WARNING, "http", "s", "text", text);
}

/* ---- Beginning and end ---- */

static void slow_start(struct server *server)
{
	pthread_mutex_init(&server->slow_lock, NULL);
	pthread_cond_init(&server->slow_arrived, NULL);
	server->slow_last = &server->slow_first;
	for (int i = 0; i < SLOW_THREADS; i++)
		if (pthread_create(&server->slow_threads[i], NULL, slow_main, server)) abort();
}

static void slow_stop(struct server *server)
{
	pthread_mutex_lock(&server->slow_lock);
	server->slow_end = true;
	pthread_cond_broadcast(&server->slow_arrived);
	pthread_mutex_unlock(&server->slow_lock);
	for (int i = 0; i < SLOW_THREADS; i++) pthread_join(server->slow_threads[i], NULL);
	pthread_cond_destroy(&server->slow_arrived);
	pthread_mutex_destroy(&server->slow_lock);
}

static enum err zone_take(struct store *store, struct error *err)
{
	json_t *company;
	struct db *db = store_reader_take(store, err);
	if (!db) return ERR_STORE;
	enum err kind = company_load(db, &company, err);
	if (!kind && company && !moment_zone_set(json_string_value(json_object_get(company, "zone"))))
		kind = err_set(err, ERR_IO, "the system does not know the time zone %s (package tzdata)", json_string_value(json_object_get(company, "zone")));
	if (!kind) json_decref(company);
	store_reader_give(store, db);
	return kind;
}

enum err server_start(struct store *store, const struct server_options *options, struct error *err, struct server **ret_server)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)options->port)};
	bool is_v4 = inet_pton(AF_INET, options->address, &v4.sin_addr) == 1;
	if (!is_v4 && inet_pton(AF_INET6, options->address, &v6.sin6_addr) != 1) return err_set(err, ERR_IO, "%s is no address", options->address);
	enum err kind = zone_take(store, err);
	if (kind) return kind;
	secret_init();
	struct server *server = calloc(1, sizeof *server);
	if (!server) abort();
	server->store = store;
	server->options = *options;
	long cores = options->threads ? options->threads : sysconf(_SC_NPROCESSORS_ONLN);
	unsigned threads = cores < 2 ? 2 : cores > 8 ? 8 : (unsigned)cores;
	slow_start(server);
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME | (is_v4 ? 0u : MHD_USE_IPv6), 0, NULL, NULL, handle, server,
		MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL, MHD_OPTION_SOCK_ADDR, is_v4 ? (void *)&v4 : (void *)&v6, MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_URI_LOG_CALLBACK, uri_read, server,
		MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 60u, MHD_OPTION_CONNECTION_LIMIT, 4000u,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 * 1024, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
		MHD_OPTION_END);
	if (!server->daemon) {
		kind = err_set(err, ERR_IO, "cannot listen on %s port %d: %s", options->address, options->port, strerror(errno));
		slow_stop(server);
		free(server);
		return kind;
	}
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
	server->port = info ? info->port : options->port;
	*ret_server = server;
	return ERR_NONE;
}

int server_port(const struct server *server)
{
	return server->port;
}

struct store *server_store(const struct server *server)
{
	return server->store;
}

void server_stop(struct server *server)
{
	if (!server) return;
	atomic_store(&server->stopping, true);
	int listening = MHD_quiesce_daemon(server->daemon);
	if (listening >= 0) close(listening);
	/* What has been read is answered; then connections that only wait for a next request are cut. */
	for (int waited = 0; atomic_load(&server->open) && waited < STOP_WAIT_MS; waited += 5) usleep(5000);
	MHD_stop_daemon(server->daemon);
	slow_stop(server);
	free(server);
}
