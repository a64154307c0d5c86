/* Request: what a handler is given, and what it answers.
 *
 * A handler reads its parameters (already checked against routes.def), calls src/app with &request->use, and says one reply_…:
 *
 *   void client_show(struct request *r)
 *   {
 *           json_t *model;
 *           if (reply_outcome(r, client_load(&r->use, request_id(r, "client"), &model))) reply_page(r, "client", model);
 *   }
 *
 * GET handlers run on a read snapshot, POST handlers on the single writer's thread in a savepoint: what they answer is sent
 * after the commit. The same model goes as HTML to a browser and as JSON to `Accept: application/json`. */
#ifndef STURGEON_WEB_REQUEST_H
#define STURGEON_WEB_REQUEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/use.h"
#include "web/route.h"

struct value {
	bool there;
	int64_t number;                 /* id, int, flag, day, moment, money */
	double real;
	const char *text;               /* text, lines, secret, choice; a file's name */
	const char *bytes;              /* a file's content */
	size_t bytes_count;
	const char *const *list;        /* list: its texts, closed by NULL */
	json_t *json;                   /* borrowed */
};

enum reply_kind { REPLY_NONE, REPLY_PAGE, REPLY_REDIRECT, REPLY_BYTES, REPLY_STREAM, REPLY_PROBLEM };

struct reply {
	enum reply_kind kind;
	int status;
	const char *template;           /* of the whole page */
	const char *fragment;           /* what an htmx request gets instead; NULL: the whole page */
	json_t *model;                  /* owned */
	const char *location;
	const char *flash;              /* key of labels.def, shown once on the next page */
	const char *etag;               /* NULL: none */
	const char *content_type, *file_name;
	const char *bytes;
	size_t bytes_count;
	bool forever;                   /* these bytes stay what they are: whoever got them may keep them */
};

struct request {
	struct arena *arena;
	struct use use;
	const struct route *route;
	const char *path;               /* without query */
	const char *query;              /* raw, "" where there is none */
	const char *address;            /* of the client */
	const char *host;               /* what the client calls this server; "" */
	const char *if_none_match;      /* an ETag that it has already; NULL */
	bool wants_json;                /* Accept: application/json */
	bool wants_stream;              /* Accept: text/event-stream */
	bool htmx;                      /* HX-Request */
	bool secure;                    /* came by https (the proxy says) */
	bool feeds_at_home;             /* the server's option */
	struct wording *wording;        /* the server's option; NULL: none. Asked in a route's slow part alone: it may take three seconds */
	struct value values[ROUTE_PARAMS];
	json_t *typed;                  /* object: form fields as they came, secrets left out */
	const json_t *again;            /* to a form's page that is shown again: what was typed there; NULL otherwise */
	struct reply reply;
	struct server *server;
	const char *session_token;      /* of the cookie; NULL */
	const char *set_session;        /* a token to put into the cookie; "" clears it; NULL leaves it */
	const char *csrf;               /* of the session, or of the stranger's cookie */
	const char *theme;
	const char *member_name;
	json_t *company;                /* name, currency, zone, country; NULL before there is one */
	void *prepared;                 /* what the route's slow part found (passwords) */
};

/* Parameters by their name in routes.def; asking for a name or type that is not there is a BUG. */
bool request_has(const struct request *request, const char *name);
int64_t request_id(const struct request *request, const char *name);           /* 0 where it did not come */
int64_t request_int(const struct request *request, const char *name, int64_t otherwise); /* int, day, moment, money too */
double request_real(const struct request *request, const char *name, double otherwise);
const char *request_text(const struct request *request, const char *name);      /* "" where it did not come */
bool request_flag(const struct request *request, const char *name);
const char *const *request_list(const struct request *request, const char *name); /* closed by NULL; never NULL itself */
json_t *request_json(const struct request *request);                            /* borrowed */
const struct value *request_file(const struct request *request, const char *name);

/* Answers; the last one said counts. model is taken over. */
void reply_page(struct request *request, const char *template, json_t *model);
void reply_fragment(struct request *request, const char *template, const char *fragment, json_t *model); /* htmx gets the fragment */
/* 303, to a path of this program: what leads elsewhere becomes "/", what no address may hold is %-encoded. */
void reply_redirect(struct request *request, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool reply_leads_home(const char *location); /* it is a path of this program: a link from outside cannot lead elsewhere by it */
void reply_flash(struct request *request, const char *key);
void reply_bytes(struct request *request, const char *content_type, const char *file_name, const char *bytes, size_t n); /* bytes live in the arena; file_name may be NULL: shown in place */
void reply_stream(struct request *request); /* the connection stays open and is told the state of the top whenever it changes (stream.h) */
void reply_forever(struct request *request);             /* what was replied never changes */
/* What was replied has this tag: whoever has it already is told so (304) instead. */
void reply_etag(struct request *request, const char *etag);
void reply_status(struct request *request, int status);  /* of what was replied: 201, 422, … */
void reply_problem(struct request *request, int status); /* a page that says what this status means here */

/* DONE → true. Otherwise says the right problem (404, 403, 422 with the form again, 500 logged) and false. */
bool reply_outcome(struct request *request, enum outcome outcome);

#endif
