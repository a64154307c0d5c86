#include "web/session.h"

#include <string.h>

#include "app/secret.h"
#include "base/moment.h"
#include "store/member_store.h"

static const int64_t TURN_AFTER = 12 * MOMENT_HOUR;

/* A stranger's language: the first of his browser's that we speak; Ukrainian otherwise. */
static const char *language_guess(const char *accept_language)
{
	const char *uk = accept_language ? strstr(accept_language, "uk") : NULL, *en = accept_language ? strstr(accept_language, "en") : NULL;
	return en && (!uk || en < uk) ? "en" : "uk";
}

enum err session_read(struct request *request, const char *cookie, const char *form_cookie, const char *accept_language, bool *ret_turn, struct error *err)
{
	*ret_turn = false;
	request->theme = "auto";
	request->use.who = (struct actor){.language = language_guess(accept_language)};
	request->csrf = form_cookie && strlen(form_cookie) == 43 ? form_cookie : NULL;
	if (!cookie || strlen(cookie) != 43) return ERR_NONE;
	char hash[SECRET_TOKEN_HASH];
	struct session_row s;
	secret_token_hash(cookie, hash);
	enum err kind = session_find(request->use.db, hash, request->use.now, &s, err);
	if (kind || !s.member_id) return kind;
	request->use.who = (struct actor){s.team_id, s.member_id, role_parse(s.role), strcmp(s.language, "en") ? "uk" : "en"};
	request->csrf = arena_strdup(request->arena, s.csrf);
	request->theme = arena_strdup(request->arena, s.theme);
	request->member_name = arena_strdup(request->arena, s.name);
	request->session_token = cookie;
	*ret_turn = request->use.now - s.turned_at > TURN_AFTER && s.expires_at - request->use.now > MOMENT_HOUR;
	return ERR_NONE;
}

bool session_meant(const struct request *request, const struct form *form, const char *header_token, const char *fetch_site)
{
	if (fetch_site && strcmp(fetch_site, "same-origin") && strcmp(fetch_site, "none")) return false;
	const struct field *field = form_find_in_body(form, "csrf");
	const char *given = header_token ? header_token : field ? field->text : NULL;
	return given && request->csrf && secret_equal(given, request->csrf);
}
