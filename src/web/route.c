#include "web/route.h"

#include <string.h>

#include "web/pages.h"

const struct route routes[] = {
#define ROUTE(method, path, handler, who, section, params, help) {method, path, #handler, section, help, who, handler, NULL, params},
#define ROUTE_SLOW(method, path, handler, slow, who, section, params, help) {method, path, #handler, section, help, who, handler, slow, params},
#include "web/routes.def"
#undef ROUTE
#undef ROUTE_SLOW
};

const size_t routes_count = sizeof routes / sizeof *routes;

/* How well a path fits a row's: −1 not at all, else the number of literal segments. */
static int fit(const char *pattern, const char *path, struct route_match *match)
{
	int literal = 0;
	match->taken = 0;
	for (;;) {
		if (*pattern != '/' || *path != '/') return *pattern || *path ? -1 : literal;
		pattern++;
		path++;
		size_t p = strcspn(pattern, "/"), n = strcspn(path, "/");
		if (*pattern == '{') {
			if (!n || match->taken == 4) return -1;
			match->start[match->taken] = path;
			match->bytes[match->taken++] = n;
		} else if (p != n || memcmp(pattern, path, n)) {
			return -1;
		} else {
			literal++;
		}
		pattern += p;
		path += n;
	}
}

struct route_match route_find(enum method method, const char *path)
{
	struct route_match best = {0};
	int best_fit = -1;
	unsigned allowed = 0;
	for (size_t i = 0; i < routes_count; i++) {
		struct route_match match = {0};
		int literal = fit(routes[i].path, path, &match);
		if (literal < 0) continue;
		allowed |= 1u << routes[i].method;
		if (routes[i].method != method || literal <= best_fit) continue;
		match.route = &routes[i];
		best = match;
		best_fit = literal;
	}
	best.allowed = allowed;
	return best;
}

const struct route *route_form(const struct route *post)
{
	for (size_t i = 0; i < routes_count; i++)
		if (routes[i].method == GET && !strcmp(routes[i].path, post->path)) return &routes[i];
	return NULL;
}

size_t route_body_max(const struct route *route)
{
	size_t max = 64 * 1024;
	for (const struct param *p = route->params; p->type; p++) {
		if (p->type == PARAM_WRITTEN) max += (size_t)p->max * 12; /* four bytes a character, each as %XX */
		if ((p->type == PARAM_FILE || p->type == PARAM_JSON) && (size_t)p->max + 16 * 1024 > max) max = (size_t)p->max + 16 * 1024;
	}
	return max;
}
