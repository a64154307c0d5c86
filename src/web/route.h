/* Route: what the program answers to, one row of routes.def each.
 *
 * From a row come dispatch, the checking of parameters, the OpenAPI document and the test that no route is untested.
 *
 *   ROUTE(method, path, handler, who, section, PARAMS(…), help)
 *   ROUTE_SLOW(method, path, handler, slow, who, section, PARAMS(…), help)
 *
 * method: GET (reads a snapshot) or POST (writes). path: segments, `{name}` takes one. handler: `void handler(struct request *)`.
 * who: may call it. section: the item of the menu that is lit. The page of a form is the GET of the same path as its POST: where
 * a POST meets mistakes, that page is shown again with what was typed (model.form) and what is wrong (model.mistakes), status 422. slow: `void slow(struct request *)`
 * runs before the handler on a thread of its own, with a read snapshot: what takes long (passwords) must not hold the writer up. */
#ifndef STURGEON_WEB_ROUTE_H
#define STURGEON_WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;

enum method { GET, POST };

enum who {
	WHO_ANYONE,
	WHO_STRANGER,   /* only somebody who is not logged in: the rest are sent to the desk */
	WHO_FIRST,      /* only while there is no company yet */
	WHO_LOCAL,      /* only from this machine, not through a proxy */
	WHO_READER,     /* a member; anyone at all where the company lets anyone read its journals. GET only */
	WHO_MEMBER,
	WHO_LEAD,
	WHO_ADMIN,
};

enum param_type {
	PARAM_END,
	PARAM_ID,       /* a record's id, > 0 */
	PARAM_INT,      /* min … max */
	PARAM_REAL,     /* min … max; a decimal comma is read too */
	PARAM_TEXT,     /* one line, at most max characters, trimmed */
	PARAM_LINES,    /* several lines, at most max characters, trimmed */
	PARAM_WRITTEN,  /* Markdown: at most max characters, its indentation kept */
	PARAM_SECRET,   /* kept exactly; never shown again */
	PARAM_FLAG,     /* there and not "0" */
	PARAM_DAY,      /* "2026-11-25" */
	PARAM_MOMENT,   /* ISO 8601; local time where it has no zone */
	PARAM_MONEY,    /* an amount as people type it → minor units */
	PARAM_CHOICE,   /* one of the words in `words`, which are parted by | */
	PARAM_LIST,     /* texts: the same name several times, or with a number ("put.0": groups of radio buttons); at most 256 of max characters */
	PARAM_FILE,     /* an uploaded file of at most max bytes */
	PARAM_JSON,     /* the body is JSON of at most max bytes */
};

enum param_need { MAY, MUST_HAVE };

struct param {
	enum param_type type;
	const char *name;
	enum param_need need;
	int64_t min, max;
	const char *words;
	bool in_path;
};

#define PATH_ID(name) {PARAM_ID, name, MUST_HAVE, 1, INT64_MAX, NULL, true}
#define PATH_TEXT(name, max) {PARAM_TEXT, name, MUST_HAVE, 0, max, NULL, true}
#define ID(name, need) {PARAM_ID, name, need, 1, INT64_MAX, NULL, false}
#define INT(name, need, min, max) {PARAM_INT, name, need, min, max, NULL, false}
#define REAL(name, need, min, max) {PARAM_REAL, name, need, min, max, NULL, false}
#define TEXT(name, need, max) {PARAM_TEXT, name, need, 0, max, NULL, false}
#define LINES(name, need, max) {PARAM_LINES, name, need, 0, max, NULL, false}
#define WRITTEN(name, need, max) {PARAM_WRITTEN, name, need, 0, max, NULL, false}
#define SECRET(name, min, max) {PARAM_SECRET, name, MUST_HAVE, min, max, NULL, false}
#define FLAG(name) {PARAM_FLAG, name, MAY, 0, 0, NULL, false}
#define DAY(name, need) {PARAM_DAY, name, need, 0, 0, NULL, false}
#define MOMENT(name, need) {PARAM_MOMENT, name, need, 0, 0, NULL, false}
#define MONEY(name, need) {PARAM_MONEY, name, need, 0, 0, NULL, false}
#define CHOICE(name, need, words) {PARAM_CHOICE, name, need, 0, 0, words, false}
#define LIST(name, max) {PARAM_LIST, name, MAY, 0, max, NULL, false}
#define UPLOAD(name, max) {PARAM_FILE, name, MUST_HAVE, 0, max, NULL, false}
#define JSON_BODY(max) {PARAM_JSON, "", MUST_HAVE, 0, max, NULL, false}
#define PARAMS(...) {__VA_ARGS__ __VA_OPT__(,) {.type = PARAM_END}}

enum { ROUTE_PARAMS = 32 };

struct route {
	enum method method;
	const char *path, *handler_name, *section, *help;
	enum who who;
	void (*handle)(struct request *request);
	void (*slow)(struct request *request); /* NULL: none */
	struct param params[ROUTE_PARAMS];
};

extern const struct route routes[];
extern const size_t routes_count;

struct route_match {
	const struct route *route;      /* NULL: nothing there; or another method is (allowed tells) */
	unsigned allowed;               /* bit GET, bit POST: methods the path has */
	int taken;                      /* segments in `{}`, in order */
	const char *start[4];
	size_t bytes[4];
};

/* Finds the route of a path (without query). Literal segments win over `{}`. Cost: O(log routes + segments) would be nice; it
 * is one pass over some hundred rows, a few microseconds. */
struct route_match route_find(enum method method, const char *path);

/* The page of the form behind a POST; NULL where there is none. */
const struct route *route_form(const struct route *post);

size_t route_body_max(const struct route *route); /* bytes that a request's body may have */

#endif
