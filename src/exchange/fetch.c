#include "exchange/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/tr.h"

static const char *const words[FETCH_ENDS] = {
	[FETCH_GOT] = "",
	[FETCH_SAME] = "",
	[FETCH_BAD_ADDRESS] = N_("This is no web address: it begins with http:// or https://"),
	[FETCH_PRIVATE] = N_("This address leads into a private network: only the web is read"),
	[FETCH_NO_HOST] = N_("There is no such site"),
	[FETCH_NO_ANSWER] = N_("The site does not answer"),
	[FETCH_TOO_LARGE] = N_("What it sends is too large"),
	[FETCH_TOO_MANY_REDIRECTS] = N_("It leads from one address to the next without an end"),
	[FETCH_NOT_THERE] = N_("The site has nothing at this address"),
	[FETCH_REFUSED] = N_("The site does not let it be read"),
	[FETCH_FAILED] = N_("The site has failed"),
};

const char *fetch_words(enum fetch_end end)
{
	return words[end];
}

/* ---- Addresses ---- */

static const struct {
	uint32_t net;
	int bits;
} closed4[] = {
	{0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10}, {0x7f000000, 8}, {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24},
	{0xc0a80000, 16}, {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3}, /* multicast, reserved, broadcast */
};

static bool private4(uint32_t address)
{
	for (size_t i = 0; i < sizeof closed4 / sizeof *closed4; i++)
		if (address >> (32 - closed4[i].bits) == closed4[i].net >> (32 - closed4[i].bits)) return true;
	return false;
}

static uint32_t four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool private6(const unsigned char *p)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff}, nat64[12] = {0, 0x64, 0xff, 0x9b}, zero[12] = {0};
	if (!memcmp(p, mapped, 12) || !memcmp(p, zero, 12)) return private4(four(p + 12)); /* ::ffff:a.b.c.d, ::a.b.c.d, ::1, :: */
	if (!memcmp(p, nat64, 12)) return private4(four(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02) return private4(four(p + 2)); /* 6to4 */
	if (p[0] == 0x20 && p[1] == 0x01 && p[2] == 0 && p[3] == 0) return true; /* Teredo */
	if (p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0d && p[3] == 0xb8) return true; /* documentation */
	return (p[0] & 0xe0) != 0x20; /* only 2000::/3 is the web: not fc00::/7, fe80::/10, ff00::/8, 64:ff9b:1::/48 … */
}

bool fetch_private(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) return private4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
	if (address->sa_family == AF_INET6) return private6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
	return true;
}

static bool port_good(int port)
{
	return port == 80 || port == 443 || (port >= 8000 && port <= 8999);
}

/* ---- One fetch ---- */

struct going {
	struct arena *arena;
	const struct fetch_ask *ask;
	struct fetched *ret;
	struct buf body;
	bool was_private, too_large;
};

static curl_socket_t opened(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct going *going = arg;
	const struct sockaddr *to = &address->addr;
	(void)purpose;
	bool loopback = to->sa_family == AF_INET && ntohl(((const struct sockaddr_in *)(const void *)to)->sin_addr.s_addr) >> 24 == 127;
	int port = to->sa_family == AF_INET ? ntohs(((const struct sockaddr_in *)(const void *)to)->sin_port) : ntohs(((const struct sockaddr_in6 *)(const void *)to)->sin6_port);
	if (!(going->ask->loopback_too && loopback) && (fetch_private(to) || !port_good(port))) {
		going->was_private = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t body_took(char *bytes, size_t size, size_t n, void *arg)
{
	struct going *going = arg;
	if (going->body.used + size * n > going->ask->most) {
		going->too_large = true;
		return 0;
	}
	buf_add(&going->body, bytes, size * n);
	return size * n;
}

static bool header_is(const char *line, size_t n, const char *name)
{
	size_t m = strlen(name);
	return n > m && !strncasecmp(line, name, m) && line[m] == ':';
}

static const char *header_value(struct arena *arena, const char *line, size_t n, size_t name)
{
	const char *from = line + name + 1, *end = line + n;
	while (from < end && (*from == ' ' || *from == '\t')) from++;
	while (end > from && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' ')) end--;
	return end - from > 500 ? "" : arena_strndup(arena, from, (size_t)(end - from));
}

static size_t header_took(char *line, size_t size, size_t n, void *arg)
{
	struct going *going = arg;
	size_t length = size * n;
	if (length > 5 && !strncmp(line, "HTTP/", 5)) { /* another reply: of a redirect's end */
		buf_done(&going->body);
		buf_init(&going->body, going->ask->most + 1);
		going->ret->etag = going->ret->last_modified = "";
	}
	if (header_is(line, length, "etag")) going->ret->etag = header_value(going->arena, line, length, 4);
	if (header_is(line, length, "last-modified")) going->ret->last_modified = header_value(going->arena, line, length, 13);
	if (header_is(line, length, "retry-after")) {
		int64_t seconds = strtoll(header_value(going->arena, line, length, 11), NULL, 10);
		going->ret->retry_after_s = seconds > 0 && seconds < 30 * 24 * 3600 ? seconds : 0;
	}
	return length;
}

static int asked(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct going *going = arg;
	(void)a, (void)b, (void)c, (void)d;
	return going->ask->stopping && going->ask->stopping(going->ask->arg);
}

static enum fetch_end end_of(const struct going *going, CURLcode code, long status)
{
	if (going->was_private) return FETCH_PRIVATE;
	if (going->too_large || code == CURLE_FILESIZE_EXCEEDED) return FETCH_TOO_LARGE;
	switch (code) {
	case CURLE_OK: break;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT: return FETCH_BAD_ADDRESS;
	case CURLE_COULDNT_RESOLVE_HOST: return FETCH_NO_HOST;
	case CURLE_TOO_MANY_REDIRECTS: return FETCH_TOO_MANY_REDIRECTS;
	default: return FETCH_NO_ANSWER;
	}
	if (status == 304) return FETCH_SAME;
	if (status >= 200 && status < 300) return FETCH_GOT;
	if (status == 404 || status == 410) return FETCH_NOT_THERE;
	return status >= 500 ? FETCH_FAILED : FETCH_REFUSED;
}

static struct curl_slist *header_add(struct arena *arena, struct curl_slist *list, const char *name, const char *value)
{
	if (!*value) return list;
	struct curl_slist *longer = curl_slist_append(list, arena_printf(arena, "%s: %s", name, value));
	return longer ? longer : list;
}

static void set_up(CURL *curl, struct going *going, struct curl_slist *headers, char story[CURL_ERROR_SIZE])
{
	curl_easy_setopt(curl, CURLOPT_URL, going->ask->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, going->ask->seconds ? (long)going->ask->seconds : (long)FETCH_SECONDS);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 100L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 15L);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Sturgeon/" STURGEON_VERSION " (feed reader)");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, opened);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, going);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, body_took);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, going);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header_took);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, going);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, asked);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, going);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, story);
}

enum fetch_end fetch(struct arena *arena, const struct fetch_ask *ask, struct fetched *ret)
{
	char story[CURL_ERROR_SIZE] = "";
	struct going going = {.arena = arena, .ask = ask, .ret = ret};
	char *type = NULL, *url = NULL;
	long status = 0;
	*ret = (struct fetched){.bytes = "", .content_type = "", .etag = "", .last_modified = "", .url = ask->url};
	CURL *curl = curl_easy_init();
	if (!curl) return FETCH_NO_ANSWER;
	buf_init(&going.body, ask->most + 1);
	struct curl_slist *headers = header_add(arena, NULL, "If-None-Match", ask->etag);
	headers = header_add(arena, headers, "If-Modified-Since", ask->last_modified);
	headers = header_add(arena, headers, "Accept", "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1");
	set_up(curl, &going, headers, story);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &url);
	ret->status = (int)status;
	if (type) ret->content_type = arena_strdup(arena, type);
	if (url) ret->url = arena_strdup(arena, url);
	if (going.body.used) {
		ret->bytes = arena_strndup(arena, going.body.bytes, going.body.used);
		ret->n = going.body.used;
	}
	enum fetch_end end = end_of(&going, code, status);
	if (code) snprintf(ret->detail, sizeof ret->detail, "%s", *story ? story : curl_easy_strerror(code));
	else if (status >= 400) snprintf(ret->detail, sizeof ret->detail, "HTTP %ld", status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	buf_done(&going.body);
	return end;
}

static void begin_once(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

void fetch_begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, begin_once);
}
