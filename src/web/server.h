/* Server: HTTP over libmicrohttpd: epoll threads that never wait for the disk.
 *
 * Life of a request: bytes → route → who is it → parameters → (GET) the handler on a read snapshot, at once; (POST) first the route's
 * slow part, if it has one, on a thread of its own (passwords); then the connection sleeps, the handler runs on the writer's thread in a
 * group, and after the commit the connection wakes and the reply is rendered and sent. A request owns one arena. */
#ifndef STURGEON_WEB_SERVER_H
#define STURGEON_WEB_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct server;
struct streams;

struct wording;

struct server_options {
	const char *address;            /* "127.0.0.1", "::1" …; "::" is every address of both kinds */
	int port;                       /* 0: any free one */
	int threads;                    /* 0: one a core, at most 8 */
	bool behind_proxy;              /* believe X-Forwarded-For and X-Forwarded-Proto */
	bool log_requests;
	bool feeds_at_home;             /* for tests alone: a feed may be read from 127.0.0.1 */
	struct wording *wording;        /* who words what simulated clients say (exchange/wording.h); borrowed; NULL: the rules' own lines */
	int patience_ms;                /* at the end, for who is still sending; 0: ten seconds */
};

bool server_address_good(const char *address);
enum err server_start(struct store *store, const struct server_options *options, struct error *err, struct server **ret_server) MUST_CHECK;
int server_port(const struct server *server);

/* Clean end: takes no more connections, answers what came before and commits it, refuses what comes meanwhile with 503, then returns. The store
 * is still open then. */
void server_stop(struct server *server);

int server_open(const struct server *server); /* requests that are not answered yet, those who listen to a stream among them */
struct streams *server_streams(const struct server *server);
struct store *server_store(const struct server *server);

#endif
