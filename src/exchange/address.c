#include "exchange/address.h"

#include <string.h>
#include <strings.h>

/* Parts as they stand in the text; a part that is absent has from NULL. */
struct part {
	const char *from;
	size_t n;
};
struct parts {
	struct part scheme, host, path, query, fragment;
};

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct parts take_apart(const char *p)
{
	struct parts parts = {0};
	size_t n = 0;
	if (letter(p[0])) {
		while (letter(p[n]) || (p[n] >= '0' && p[n] <= '9') || p[n] == '+' || p[n] == '-' || p[n] == '.') n++;
		if (p[n] == ':') {
			parts.scheme = (struct part){p, n};
			p += n + 1;
		}
	}
	if (p[0] == '/' && p[1] == '/') {
		p += 2;
		parts.host = (struct part){p, strcspn(p, "/?#")};
		p += parts.host.n;
	}
	parts.path = (struct part){p, strcspn(p, "?#")};
	p += parts.path.n;
	if (*p == '?') {
		parts.query = (struct part){p, strcspn(p, "#")};
		p += parts.query.n;
	}
	if (*p == '#') parts.fragment = (struct part){p, strlen(p)};
	return parts;
}

bool address_web(const char *address)
{
	struct parts parts = take_apart(address);
	bool web = (parts.scheme.n == 4 && strncasecmp(parts.scheme.from, "http", 4) == 0) || (parts.scheme.n == 5 && strncasecmp(parts.scheme.from, "https", 5) == 0);
	return web && parts.host.n && parts.host.from[0] != ':' && parts.host.from[0] != '@';
}

static char *bare(struct arena *arena, const char *address)
{
	size_t n = strlen(address), used = 0;
	char *out = arena_alloc(arena, n + 1);
	while (n && (unsigned char)*address <= ' ') address++, n--;
	while (n && (unsigned char)address[n - 1] <= ' ') n--;
	for (size_t i = 0; i < n; i++) {
		if (!strchr("\t\n\r", address[i])) out[used++] = address[i];
	}
	out[used] = '\0';
	return out;
}

static char *print_part(char *to, struct part part)
{
	if (part.n) memcpy(to, part.from, part.n);
	return to + part.n;
}

/* "." and ".." leave a path; it stays no longer than it was. */
static size_t path_tidy(char *path, size_t n)
{
	size_t used = 0;
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;
		while (end < n && path[end] != '/') end++;
		size_t m = end - i;
		bool here = m == 2 && path[i + 1] == '.', up = m == 3 && path[i + 1] == '.' && path[i + 2] == '.';
		if (up) {
			while (used && path[--used] != '/') {}
		}
		if (here || up) {
			if (end == n) path[used++] = '/';
		} else {
			memmove(path + used, path + i, m);
			used += m;
		}
		i = end;
	}
	return used;
}

char *address_join(struct arena *arena, const char *base, const char *address)
{
	char *text = bare(arena, address);
	struct parts of = take_apart(text);
	if (of.scheme.from) return text;
	if (strcspn(text, ":") < strcspn(text, "/?#")) return NULL; /* a scheme that is none: RFC 3986, 4.2, has no such reference */
	if (!base) return NULL;
	char *base_text = bare(arena, base);
	if (!address_web(base_text)) return NULL;
	struct parts from = take_apart(base_text);
	char *out = arena_alloc(arena, strlen(base_text) + strlen(text) + 8), *to = print_part(out, from.scheme);
	to = print_part(to, (struct part){"://", 3});
	to = print_part(to, of.host.from ? of.host : from.host);
	char *path = to;
	if (of.host.from || (of.path.n && of.path.from[0] == '/')) {
		to = print_part(to, of.path);
	} else if (of.path.n) {
		struct part folder = from.path;
		while (folder.n && folder.from[folder.n - 1] != '/') folder.n--;
		to = print_part(to, folder.n ? folder : (struct part){"/", 1});
		to = print_part(to, of.path);
	} else {
		to = print_part(to, from.path);
		if (!of.query.from) of.query = from.query;
	}
	if (path < to && *path == '/') to = path + path_tidy(path, (size_t)(to - path));
	to = print_part(to, of.query);
	to = print_part(to, of.fragment);
	*to = '\0';
	return out;
}

char *address_host(struct arena *arena, const char *address)
{
	struct part host = take_apart(address).host;
	const char *user = host.n ? memrchr(host.from, '@', host.n) : NULL;
	if (user) host = (struct part){user + 1, host.n - (size_t)(user + 1 - host.from)};
	const char *port = host.n ? memrchr(host.from, ':', host.n) : NULL;
	if (port && strspn(port + 1, "0123456789") >= host.n - (size_t)(port + 1 - host.from)) host.n = (size_t)(port - host.from);
	if (host.n > 4 && strncasecmp(host.from, "www.", 4) == 0) host = (struct part){host.from + 4, host.n - 4};
	return arena_strndup(arena, host.n ? host.from : "", host.n);
}
