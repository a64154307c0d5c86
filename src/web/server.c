#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/secret.h"
#include "app/top_live.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/text.h"
#include "store/member_store.h"
#include "web/asset.h"
#include "web/deliver.h"
#include "web/exchange.h"
#include "web/metrics.h"
#include "web/slow.h"
#include "web/stream.h"
#include "web/wire.h"

enum {
	ARENA_MAX = 256 << 20,
	CONNECTIONS = 4000,             /* and no more than the system lets this process have open */
	FILES_KEPT = 128,               /* for data, readers, the log */
	IDLE_S = 60,                    /* a connection on which nothing comes for so long is cut */
	HEADERS_MAX = 16 * 1024,        /* of a request, with what the library needs for it: resident for each open connection */
	DRAIN_MAX = 8 << 20,            /* of a body that is too large: read and dropped, so that the answer reaches who sends it */
	PATIENCE_MS = 10000,
};

struct server {
	struct store *store;
	struct server_options options;
	struct MHD_Daemon *daemon;
	struct slow *slow;
	struct streams *streams;
	atomic_bool stopping;
	atomic_int open;                /* exchanges that are not over */
	atomic_int asleep;              /* of them, those whose connection is suspended */
	int port;
};

/* ---- What an exchange asks of its server ---- */

const char *wire_header(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

const char *wire_cookie(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, name);
}

struct store *wire_store(const struct exchange *x)
{
	return x->server->store;
}

struct slow *wire_slow(const struct exchange *x)
{
	return x->server->slow;
}

struct streams *wire_streams(const struct exchange *x)
{
	return x->server->streams;
}

bool wire_stopping(const struct exchange *x)
{
	return atomic_load(&x->server->stopping);
}

/* Counted before it is asked whether the server stops: so server_stop sees the sleeper, or the sleeper sees the stop. */
bool wire_sleep(struct exchange *x)
{
	atomic_fetch_add(&x->server->asleep, 1);
	if (wire_stopping(x)) {
		atomic_fetch_sub(&x->server->asleep, 1);
		return false;
	}
	MHD_suspend_connection(x->connection);
	return true;
}

void wire_wake(struct exchange *x)
{
	struct server *server = x->server; /* the exchange may be over as soon as it is resumed; the server is not before it is counted off */
	MHD_resume_connection(x->connection);
	atomic_fetch_sub(&server->asleep, 1);
}

/* ---- libmicrohttpd's callbacks ---- */

static enum MHD_Result last_take(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	const char **last = cls;
	(void)kind;
	if (value && !strcasecmp(name, "X-Forwarded-For")) *last = value;
	return MHD_YES;
}

/* Whom our own proxy saw: the last address of the last such header (a proxy adds to what was sent, or a line of its own). NULL where it is none. */
static const char *address_forwarded(struct exchange *x)
{
	const char *list = NULL;
	struct in6_addr any;
	MHD_get_connection_values(x->connection, MHD_HEADER_KIND, last_take, &list);
	if (!list) return NULL;
	const char *last = strrchr(list, ',');
	last = last ? last + 1 : list;
	last += strspn(last, " \t");
	char *text = arena_strndup(x->arena, last, strcspn(last, " \t"));
	return inet_pton(AF_INET, text, &any) == 1 || inet_pton(AF_INET6, text, &any) == 1 ? text : NULL;
}

static void address_read(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *forwarded = x->server->options.behind_proxy ? address_forwarded(x) : NULL;
	if (forwarded)
		snprintf(x->address, sizeof x->address, "%s", forwarded);
	else if (info && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, x->address, sizeof x->address);
	else if (info)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, x->address, sizeof x->address);
	x->request.address = x->address;
}

/* The raw address of the request that a connection is at: the library tells it before the head is read, and then decodes it in place. Kept with the
 * connection and not in an exchange, because a head that turns out to be broken ends without a word to us: an exchange is born when the head is whole. */
struct line {
	char *uri;
};

static void connection_changed(void *cls, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
	struct line *line = *context;
	(void)cls, (void)connection;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = calloc(1, sizeof *line);
		if (!*context) abort();
	} else if (line) {
		free(line->uri);
		free(line);
		*context = NULL;
	}
}

static struct line *line_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void *uri_read(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct line *line = line_of(connection);
	(void)cls;
	free(line->uri);
	line->uri = strdup(uri);
	if (!line->uri) abort();
	return NULL;
}

static struct exchange *exchange_new(struct server *server, struct MHD_Connection *connection)
{
	const char *uri = line_of(connection)->uri;
	struct exchange *x = calloc(1, sizeof *x);
	if (!x) abort();
	x->server = server;
	x->connection = connection;
	x->arena = arena_new(ARENA_MAX);
	x->readable = text_valid(uri, strlen(uri));
	x->request = (struct request){.arena = x->arena, .path = "", .query = "", .server = server, .theme = "auto"};
	if (x->readable) {
		size_t path = strcspn(uri, "?");
		x->request.path = arena_strndup(x->arena, uri, path);
		if (uri[path]) x->request.query = arena_strdup(x->arena, uri + path + 1);
	}
	atomic_fetch_add(&server->open, 1);
	return x;
}

static void head_read(struct exchange *x, const char *method)
{
	struct request *r = &x->request;
	bool get = !strcmp(method, "GET") || !strcmp(method, "HEAD"), post = !strcmp(method, "POST");
	const char *accept = wire_header(x, "Accept"), *proto = x->server->options.behind_proxy ? wire_header(x, "X-Forwarded-Proto") : NULL;
	use_init(&r->use, x->arena, NULL, (struct actor){.language = "uk"}, moment_now());
	address_read(x);
	r->wants_json = accept && strstr(accept, "application/json");
	r->wants_stream = accept && strstr(accept, "text/event-stream");
	r->htmx = wire_header(x, "HX-Request") != NULL;
	r->feeds_at_home = x->server->options.feeds_at_home;
	r->wording = x->server->options.wording;
	const char *host = wire_header(x, "Host");
	r->host = host && strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == strlen(host) ? arena_strdup(x->arena, host) : "";
	const char *tag = wire_header(x, "If-None-Match");
	r->if_none_match = tag ? arena_strdup(x->arena, tag) : NULL;
	r->secure = proto && !strcmp(proto, "https");
	x->known_method = get || post;
	x->asset = get ? asset_find(r->path) : NULL;
	if (x->known_method && !x->asset) x->match = route_find(get ? GET : POST, r->path);
	r->route = x->match.route;
	x->body_max = r->route ? route_body_max(r->route) : 0;
	buf_init(&x->body, x->body_max);
	x->phase = READING;
	x->started = moment_steady();
}

/* Who asks first whether to send so much is told at once, and need not. */
static bool refused_beforehand(struct exchange *x)
{
	const char *expect = wire_header(x, "Expect"), *length = wire_header(x, "Content-Length");
	int64_t n;
	if (!expect || !length || strcasecmp(expect, "100-continue") || !parse_int(length, &n) || n < 0 || (uint64_t)n <= x->body_max) return false;
	x->drained = 1;
	return true;
}

static void body_read(struct exchange *x, const char *bytes, size_t n)
{
	if (!x->drained && n <= x->body_max - x->body.used) {
		buf_add(&x->body, bytes, n);
		return;
	}
	if (!x->drained) buf_done(&x->body);
	x->drained += n;
}

/* Who comes when the server stops is hung up on. (MHD_quiesce_daemon would close the door instead, but it and a thread that is just waking may both take the socket
 * out of that thread's epoll set, and the second of them aborts.) */
static enum MHD_Result accept_or_not(void *cls, const struct sockaddr *address, socklen_t bytes)
{
	const struct server *server = cls;
	(void)address, (void)bytes;
	return atomic_load(&server->stopping) ? MHD_NO : MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **con_cls)
{
	struct exchange *x = *con_cls;
	(void)url, (void)version;
	if (!x) { /* the head only: the body may follow */
		*con_cls = x = exchange_new(cls, connection);
		head_read(x, method);
		if (!refused_beforehand(x)) return MHD_YES;
	} else if (*upload_size) {
		body_read(x, upload, *upload_size);
		*upload_size = 0;
		return x->drained > DRAIN_MAX ? MHD_NO : MHD_YES;
	}
	if (x->asset) return deliver_asset(x) ? MHD_YES : MHD_NO;
	bool said = x->phase == READING ? exchange_work(x) : exchange_go_on(x);
	return !said || deliver_reply(x) ? MHD_YES : MHD_NO;
}

static void completed(void *cls, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *con_cls;
	(void)cls, (void)connection, (void)code;
	if (!x) return;
	struct server *server = x->server;
	struct request *r = &x->request;
	int64_t us = moment_steady() - x->started;
	if (x->stream) stream_close(x->stream);
	else if (!x->asset) metrics_request(r->route ? (int)(r->route - routes) : -1, x->status, us);
	if (server->options.log_requests && !x->asset)
		log_line(LOG_INFO, "request", "ssiis", "method", r->route && r->route->method == POST ? "POST" : "GET", "path", r->route ? r->route->path : "", "status",
			 (int64_t)x->status, "us", us, "address", r->address ? r->address : "");
	json_decref(r->reply.model);
	buf_done(&x->body);
	arena_free(x->arena);
	free(x);
	atomic_fetch_sub(&server->open, 1);
	*con_cls = NULL;
}

/* What clients do wrong is worth a line now and then, not one each time: they could fill the disk with it. */
static void mhd_log(void *cls, const char *format, va_list args)
{
	static _Atomic int64_t last, unsaid;
	char text[200];
	(void)cls;
	int64_t now = moment_steady(), before = atomic_load(&last);
	if ((before && now - before < MOMENT_SECOND) || !atomic_compare_exchange_strong(&last, &before, now)) {
		atomic_fetch_add(&unsaid, 1);
		return;
	}
	vsnprintf(text, sizeof text, format, args);
	text[strcspn(text, "\n")] = '\0';
	log_line(LOG_WARNING, "http", "si", "text", text, "unsaid_before", atomic_exchange(&unsaid, 0));
}

/* ---- Beginning and end ---- */

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

/* How many connections there may be: as many files as the system lets this process open, but for those it needs itself. */
static unsigned connections_most(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files)) return 512;
	rlim_t wanted = CONNECTIONS + FILES_KEPT;
	if (files.rlim_cur < wanted) {
		files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur >= wanted) return CONNECTIONS;
	return files.rlim_cur > 2 * FILES_KEPT ? (unsigned)files.rlim_cur - FILES_KEPT : FILES_KEPT;
}

static unsigned threads_best(int wanted)
{
	long cores = wanted ? wanted : sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 2 ? 2 : cores > 8 ? 8 : (unsigned)cores;
}

bool server_address_good(const char *address)
{
	struct in6_addr any;
	return inet_pton(AF_INET, address, &any) == 1 || inet_pton(AF_INET6, address, &any) == 1;
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
	server->slow = slow_new();
	server->streams = streams_new(store, (int)connections_most() / 2, top_live_state);
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME | (is_v4 ? 0u : MHD_USE_DUAL_STACK), 0, accept_or_not, server, handle, server,
		MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL, MHD_OPTION_SOCK_ADDR, is_v4 ? (void *)&v4 : (void *)&v6, MHD_OPTION_THREAD_POOL_SIZE,
		threads_best(options->threads), MHD_OPTION_URI_LOG_CALLBACK, uri_read, NULL, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, NULL, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_LIMIT, connections_most(), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)HEADERS_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (!server->daemon) {
		kind = err_set(err, ERR_IO, "cannot listen on %s port %d: %s", options->address, options->port, strerror(errno));
		streams_end(server->streams);
		streams_free(server->streams);
		slow_free(server->slow);
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

int server_open(const struct server *server)
{
	return atomic_load(&server->open);
}

struct streams *server_streams(const struct server *server)
{
	return server->streams;
}

struct store *server_store(const struct server *server)
{
	return server->store;
}

void server_stop(struct server *server)
{
	if (!server) return;
	atomic_store(&server->stopping, true);
	streams_end(server->streams);
	/* What has been read is answered, however long its commit takes; who is still sending gets some seconds; then connections are cut. */
	int waited = 0, patience = server->options.patience_ms ? server->options.patience_ms : PATIENCE_MS;
	while ((atomic_load(&server->open) && waited < patience) || atomic_load(&server->asleep)) {
		usleep(5000);
		waited += 5;
	}
	MHD_stop_daemon(server->daemon);
	while (atomic_load(&server->asleep)) usleep(100); /* who woke the last one has still to count it */
	streams_free(server->streams);
	slow_free(server->slow);
	free(server);
}
