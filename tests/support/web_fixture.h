/* Web fixture: the server on a data file of its own, at a free port, with people who ask it for pages as a browser would.
 *
 *   struct web *web = web_open();
 *   struct answer *a = web_get(web, &web->manager, AS_JSON, "/clients");
 *   assert_int_equal(a->status, 200);
 *   assert_string_equal(answer_text(a, "clients.0.name"), "Кава Поруч");
 *   web_close(web);
 *
 * What fails here fails the test. Everything handed out lives until web_close. People's sessions are made in the data, not by the log-in form, whose
 * password takes a tenth of a second; a stranger logs in by the form as anybody does. */
#ifndef STURGEON_TESTS_WEB_FIXTURE_H
#define STURGEON_TESTS_WEB_FIXTURE_H

#include <jansson.h>
#include <stdint.h>

#include "app/use.h"
#include "store/store.h"

struct server;
struct wording;

/* Who asks. One with empty cookies is a stranger; what the server sets is kept and sent, as a browser does. */
struct person {
	int64_t team_id, member_id;
	char session[64], form[64], csrf[64], flash[64];
};

struct web {
	struct arena *arena;
	struct store *store;
	struct server *server;
	char dir[40];
	int port;
	int64_t team_id;
	struct person admin, lead, manager; /* of that team */
	struct wording *wording;
};

enum as { AS_PAGE, AS_HTMX, AS_JSON };

struct answer {
	int status;
	const char *type;     /* Content-Type, "" where there is none */
	const char *location; /* of a redirect: Location, HX-Redirect or the JSON's */
	const char *body;     /* NUL-closed */
	size_t bytes;
	json_t *json;         /* NULL where it is none */
};

struct web *web_open(void);                 /* a company «Осетер» (Europe/Kyiv, UAH, 380), a team, an admin, a lead, a manager */
struct web *web_open_empty(void);           /* before the first start */
void web_wording(struct web *web, struct wording *wording); /* the server anew, with an endpoint that words what simulated clients say; NULL: none */
void web_close(struct web *web);

int64_t web_team(struct web *web, const char *name);
struct person web_person(struct web *web, int64_t team_id, const char *name, const char *role);
struct actor web_actor(const struct person *person, enum role role);

/* Writes by a function of the application's, as that person: for what a test must find there. */
void web_do(struct web *web, struct actor who, void (*does)(struct use *use, void *arg), void *arg);

const char *web_path(struct web *web, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *web_escape(struct web *web, const char *text); /* for a query string */

struct answer *web_get(struct web *web, struct person *who, enum as as, const char *path);

/* A form: names and values in turn. */
#define FORM(...) ((const char *const[]){__VA_ARGS__ __VA_OPT__(,) NULL})
struct answer *web_post(struct web *web, struct person *who, enum as as, const char *path, const char *const *form);
struct answer *web_post_json(struct web *web, struct person *who, const char *path, const char *json);
/* A form with one file in the field `field`. */
struct answer *web_upload(struct web *web, struct person *who, enum as as, const char *path, const char *const *form, const char *field, const char *file_name,
			  const void *bytes, size_t n);

/* What stands in the answer's JSON at a path as "clients.0.name"; that it is there is part of the test. */
json_t *answer_at(const struct answer *answer, const char *path);
const char *answer_text(const struct answer *answer, const char *path);
int64_t answer_int(const struct answer *answer, const char *path);
bool answer_has(const struct answer *answer, const char *path);

#endif
