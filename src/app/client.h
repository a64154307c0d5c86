/* Client: companies and people: the list and its search, one client's page, making and changing, notes, the team's own fields.
 *
 * Every client of the team is everybody's of the team to see and to change; the team's own fields are the lead's. */
#ifndef STURGEON_APP_CLIENT_H
#define STURGEON_APP_CLIENT_H

#include "app/use.h"
#include "store/client_store.h"

enum { CLIENT_PAGE = 30, CLIENT_COUNT_MOST = 500 }; /* a page and one more are CLIENT_LINES_MAX */

/* What a reader wants to see. "": no matter. */
struct client_query {
	const char *words;              /* as typed */
	const char *whose;              /* "mine", "team" (also "") */
	const char *segment;            /* "b2b", "b2c" */
	const char *tag;
	bool archived;
	const char *after;              /* where the page before ended, as its model.next says */
};

/* query {words, whose, segment, tag, archived}, clients (client_line's, with dial), count, more (count is a floor), next (or absent), tags (to choose
 * from), narrowed (anything of the query is asked for), none (the team has no client at all). */
enum outcome client_list_page(struct use *use, const struct client_query *query, json_t **ret_model);

/* companies {id, name} that the words find, a few: what is offered while a person's company is typed. */
enum outcome client_companies(struct use *use, const char *typed, json_t **ret_model);

/* client (client_load's, with phones as {phone, dial} and emails as {email, write}), people, deals (open ones), planned, next (the first planned, with the advisor's advice; or null),
 * promised {text, at, call} or null, motives (those known), history (talks, notes, finished deals, the day he came: {what, at, …}, the last first). */
enum outcome client_page(struct use *use, int64_t client_id, json_t **ret_model);

/* What was typed into the form; lists closed by NULL. */
struct client_form {
	const char *kind, *segment, *name, *position, *source;
	const char *company;            /* its name: one that is there, or a new one */
	int64_t owner_id;               /* 0: as it is; oneself for a new one */
	const char *const *phones, *const *emails;
	const char *tags;               /* parted by commas */
	const char *const *field_ids, *const *field_values; /* in step */
	bool anyway;                    /* a client like this is there: make it all the same */
};

/* form: of a new client (client_id 0; company_id may be known), or of one that is there. typed: what was typed and refused, or NULL: then
 * form has the own fields' values out of it, and twins (who is like this) are found. */
enum outcome client_form_page(struct use *use, int64_t client_id, int64_t company_id, const char *kind, const json_t *typed, json_t **ret_model);

/* Mistakes: name, phone, email, tags, company, owner, value; anyway: where somebody like this is there already. */
enum outcome client_make(struct use *use, const struct client_form *form, int64_t *ret_client_id);
enum outcome client_change(struct use *use, int64_t client_id, const struct client_form *form);
enum outcome client_archive_or_return(struct use *use, int64_t client_id, bool archive);
enum outcome client_note(struct use *use, int64_t client_id, const char *text);

/* ---- Own fields: a lead's ---- */

enum outcome field_page(struct use *use, json_t **ret_model);
enum outcome field_make(struct use *use, const char *name, int64_t *ret_field_id); /* mistake: name, where there is one already, or too many */
enum outcome field_change(struct use *use, int64_t field_id, const char *name);
enum outcome field_retire_or_return(struct use *use, int64_t field_id, bool retire);

/* ---- For the import ---- */

/* Good enough to be dialled, or written to? */
bool client_phone_good(const char *phone);
bool client_email_good(const char *email);
/* The company's own phone code; lives in use->arena. */
enum outcome client_country(struct use *use, const char **ret_country);

#endif
