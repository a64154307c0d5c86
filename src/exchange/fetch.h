/* Fetch: a file from the web, by GET, for outside feeds; and nothing from the house's own network.
 *
 * http and https alone, ports 80, 443, 8000–8999 and 8443; at most FETCH_REDIRECTS redirects, each held to the same. The address that a name resolved to is looked at when the
 * connection is made (so a name that changes its mind between two looks gains nothing): loopback, private, link-local, carrier-grade, multicast, documentation and
 * reserved ranges of IPv4 and IPv6 are refused, mapped and translated (NAT64, 6to4, Teredo) ones by what they hold. No proxy of the environment is used.
 * At most `most` bytes unpacked, `seconds` in all. Blocks its thread; `stopping` (may be NULL) is asked about once a second. */
#ifndef STURGEON_EXCHANGE_FETCH_H
#define STURGEON_EXCHANGE_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct sockaddr;

enum { FETCH_REDIRECTS = 5, FETCH_SECONDS = 30 };

enum fetch_end {
	FETCH_GOT,
	FETCH_SAME,             /* 304: not changed since */
	FETCH_BAD_ADDRESS,      /* not http(s), another port, no host */
	FETCH_PRIVATE,          /* leads into a network that is not the web */
	FETCH_NO_HOST,          /* the name does not resolve */
	FETCH_NO_ANSWER,        /* no connection, too slow, cut */
	FETCH_TOO_LARGE,
	FETCH_TOO_MANY_REDIRECTS,
	FETCH_NOT_THERE,        /* 404, 410 */
	FETCH_REFUSED,          /* 401, 403, 429, other 4xx */
	FETCH_FAILED,           /* 5xx */
	FETCH_ENDS,
};

struct fetch_ask {
	const char *url;
	const char *etag, *last_modified; /* of the time before; "" */
	size_t most;
	int seconds;            /* in all; 0: FETCH_SECONDS */
	bool loopback_too;      /* for tests alone: 127.0.0.1, any port */
	bool (*stopping)(void *arg);
	void *arg;
};

struct fetched {
	const char *bytes, *content_type, *etag, *last_modified;
	size_t n;
	const char *url;        /* where it was found after redirects */
	int status;
	int64_t retry_after_s;  /* what the server asks to wait; 0 */
	char detail[120];
};

void fetch_begin(void);     /* once in a process, before any thread fetches */
enum fetch_end fetch(struct arena *arena, const struct fetch_ask *ask, struct fetched *ret);
const char *fetch_words(enum fetch_end end); /* a msgid; "" for what was got */

bool fetch_private(const struct sockaddr *address); /* of IPv4 or IPv6; anything else is private */

#endif
