#include "app/json_place.h"

#include <stdbool.h>
#include <string.h>

/* Every move stops at the end of the text. */
struct cursor {
	const char *at, *end;
};

static char here(const struct cursor *c)
{
	return c->at < c->end ? *c->at : '\0';
}

static void space_skip(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at)) c->at++;
}

static void string_skip(struct cursor *c)
{
	for (c->at++; c->at < c->end && *c->at != '"'; c->at++)
		if (*c->at == '\\' && c->at + 1 < c->end) c->at++;
	if (c->at < c->end) c->at++;
}

static void value_skip(struct cursor *c)
{
	int depth = 0;
	do {
		char is = here(c);
		if (is == '"') {
			string_skip(c);
			continue;
		}
		if (!depth && (is == ',' || is == '}' || is == ']')) return;
		depth += (is == '{' || is == '[') - (is == '}' || is == ']');
		c->at++;
		if (!depth && (is == '}' || is == ']')) return;
	} while (c->at < c->end);
}

/* To the value of a step; false where there is none. */
static bool step_to(struct cursor *c, const struct json_step *step)
{
	char open = step->key ? '{' : '[';
	size_t length = step->key ? strlen(step->key) : 0;
	if (here(c) != open) return false;
	c->at++;
	for (size_t i = 0;; i++) {
		space_skip(c);
		if (c->at >= c->end || *c->at == '}' || *c->at == ']') return false;
		bool found = !step->key && i == step->index;
		if (step->key) {
			const char *key = c->at + 1;
			string_skip(c);
			found = (size_t)(c->at - key) == length + 1 && !memcmp(key, step->key, length);
			space_skip(c);
			c->at += here(c) == ':';
			space_skip(c);
		}
		if (found) return true;
		value_skip(c);
		space_skip(c);
		c->at += here(c) == ',';
	}
}

int json_place_line(const char *bytes, size_t n, const struct json_step *path, int n_path)
{
	struct cursor cursor = {bytes, bytes + n};
	int line = 1;
	space_skip(&cursor);
	for (int i = 0; i < n_path; i++) {
		struct cursor next = cursor;
		if (!step_to(&next, &path[i])) break;
		cursor = next;
	}
	for (const char *at = bytes; at < cursor.at; at++) line += *at == '\n';
	return line;
}
