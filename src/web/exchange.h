/* Exchange: one request and its reply, from its whole head to the last byte of its reply; what exchange.c, deliver.c and server.c share.
 *
 * Life: server.c makes it and fills in what the head says; exchange_work runs when all of the body is there. Either a reply is
 * said at once, or the exchange sleeps (its connection suspended) while a thread of its own or the writer works on it, and is woken with the
 * reply said. It belongs to one thread at a time: from server_sleep to server_wake to whoever works on it, otherwise to its connection's. */
#ifndef STURGEON_WEB_EXCHANGE_H
#define STURGEON_WEB_EXCHANGE_H

#include "base/buf.h"
#include "store/store.h"
#include "web/asset.h"
#include "web/form.h"
#include "web/request.h"

struct MHD_Connection;

enum phase { READING, ASLEEP, READY };

struct exchange {
	struct write write;             /* first: the writer hands it back */
	struct server *server;
	struct MHD_Connection *connection;
	struct request request;
	struct arena *arena;
	const struct asset *asset;      /* it asks for one of these: nothing else is looked at */
	struct route_match match;
	struct form form;
	struct buf body;
	size_t body_max, drained;       /* bytes that it may have; bytes that came beyond them and were dropped */
	struct db *reader;
	struct stream *stream;          /* it listens (stream.h); closed when the exchange is over */
	enum phase phase;
	bool known_method, readable;    /* GET, HEAD or POST; the address is text */
	bool turning;                   /* asleep only to have its session's token turned */
	char address[48];               /* of the client */
	int64_t started;                /* when all of it had come */
	int status;
};

/* All of the request is there. true: the reply is said. false: it sleeps; when it has been woken, exchange_go_on does the rest. */
bool exchange_work(struct exchange *x);
bool exchange_go_on(struct exchange *x);

void exchange_log_failure(const struct exchange *x, const struct error *error);

#endif
