/* Session: who a request is from, by its cookie; and whether what it posts was meant (CSRF).
 *
 * Cookie `sturgeon` holds a random token (HttpOnly, SameSite=Lax, Secure by https); the data file holds its hash. Every half a day the token is
 * turned. A stranger gets a cookie `sturgeon_form` whose value his forms must repeat. */
#ifndef STURGEON_WEB_SESSION_H
#define STURGEON_WEB_SESSION_H

#include "web/form.h"
#include "web/request.h"

/* Fills request->use.who, ->csrf, ->theme, ->member_name from the data (request->use.db is a reader). ret_turn: the token is due to be turned. */
enum err session_read(struct request *request, const char *cookie, const char *form_cookie, const char *accept_language, bool *ret_turn, struct error *err) MUST_CHECK;

/* A POST was meant by its sender: the token in the header or the body's field is the session's (one in an address does not count: addresses are
 * logged and passed on), and the browser does not say that it came from another site. */
bool session_meant(const struct request *request, const struct form *form, const char *header_token, const char *fetch_site);

#endif
