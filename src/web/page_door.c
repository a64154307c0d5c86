/* The door: first start, log-in, invitations, and what machines ask (health, figures, the list of routes). */
#include <string.h>

#include "app/member.h"
#include "app/secret.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/member_store.h"
#include "web/limiter.h"
#include "web/metrics.h"
#include "web/openapi.h"
#include "web/pages.h"
#include "web/server.h"

void home_show(struct request *r)
{
	const char *stranger = json_is_true(json_object_get(r->company, "open_reading")) ? "/top" : "/login";
	reply_redirect(r, "%s", !r->company ? "/start" : r->use.who.role ? "/desk" : stranger);
}

/* ---- First start ---- */

void start_show(struct request *r)
{
	reply_page(r, "start", json_pack("{s{ss ss ss ss}}", "form", "zone", "Europe/Kyiv", "currency", "UAH", "country", "380", "team", ""));
}

/* The slow part of every form that sets a password. */
void password_make(struct request *r)
{
	char *hash = arena_alloc(r->arena, SECRET_HASH);
	secret_password_hash(request_text(r, "password"), hash);
	r->prepared = hash;
}

static bool log_in(struct request *r, int64_t team_id, int64_t member_id)
{
	char token[SECRET_TOKEN];
	if (!reply_outcome(r, session_start(&r->use, team_id, member_id, token))) return false;
	r->set_session = arena_strdup(r->arena, token);
	return true;
}

void start_make(struct request *r)
{
	enum outcome outcome = company_start(&r->use, request_text(r, "company"), request_text(r, "zone"), request_text(r, "currency"),
					     request_text(r, "country"), request_text(r, "team"), request_text(r, "name"), request_text(r, "login"),
					     r->prepared, r->use.who.language);
	if (reply_outcome(r, outcome) && log_in(r, r->use.who.team_id, r->use.who.member_id)) reply_redirect(r, "/desk");
}

/* ---- Log-in ---- */

void login_show(struct request *r)
{
	reply_page(r, "login", json_pack("{s{ss ss}}", "form", "login", "", "next", request_text(r, "next")));
}

void login_check(struct request *r)
{
	const char *password = request_text(r, "password");
	char *fold = text_fold(r->arena, request_text(r, "login"));
	struct login *login = ARENA_NEW(r->arena, struct login);
	if (limiter_wait(fold, r->address, r->use.now)) {
		use_mistake(&r->use, "login", N_("Too many wrong tries. Wait a few minutes and try again"));
		reply_problem(r, 422);
		return;
	}
	if (login_find(r->use.db, fold, login, &r->use.error)) {
		reply_problem(r, 500);
		return;
	}
	bool right = false;
	if (login->member_id) right = secret_password_check(login->password, password);
	else secret_password_waste(password); /* a name that does not exist takes as long */
	if (right) {
		limiter_right(fold, r->address, r->use.now);
		r->prepared = login;
		return;
	}
	limiter_wrong(fold, r->address, r->use.now);
	use_mistake(&r->use, "password", N_("Name or password is wrong"));
	reply_problem(r, 422);
}

void login_do(struct request *r)
{
	const struct login *login = r->prepared;
	if (log_in(r, login->team_id, login->member_id)) reply_redirect(r, "%s", reply_leads_home(request_text(r, "next")) ? request_text(r, "next") : "/desk");
}

void logout_do(struct request *r)
{
	if (!reply_outcome(r, session_stop(&r->use, r->session_token))) return;
	r->set_session = "";
	reply_redirect(r, "/login");
}

void session_show(struct request *r)
{
	const struct actor *who = &r->use.who;
	json_t *model = json_pack("{sI ss ss ss ss}", "member", (json_int_t)who->member_id, "name", r->member_name, "role", role_name(who->role), "language",
				  who->language, "csrf", r->csrf);
	r->wants_json = true; /* there is nothing to look at */
	reply_page(r, "problem", model);
}

/* ---- Invitations ---- */

void join_show(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, invitation_page(&r->use, request_text(r, "token"), &model))) return;
	json_object_set_new(model, "form", json_pack("{ss*}", "name", json_string_value(json_object_get(model, "name"))));
	json_object_del(model, "team_id");
	reply_page(r, "join", model);
}

/* A link that opens nothing is told so before a password is made: that takes long, and anybody could ask for it. */
void join_check(struct request *r)
{
	json_t *model;
	if (!reply_outcome(r, invitation_page(&r->use, request_text(r, "token"), &model))) return;
	json_decref(model);
	password_make(r);
}

void join_do(struct request *r)
{
	int64_t team_id, member_id;
	enum outcome outcome = invitation_accept(&r->use, request_text(r, "token"), request_text(r, "name"), request_text(r, "login"), r->prepared,
						 r->use.who.language, &team_id, &member_id);
	if (reply_outcome(r, outcome) && log_in(r, team_id, member_id)) reply_redirect(r, "/desk");
}

/* ---- Machines ---- */

static void text_reply(struct request *r, const char *type, struct buf *text)
{
	size_t n = text->used;
	char *bytes = arena_strndup(r->arena, text->bytes ? text->bytes : "", n);
	buf_done(text);
	reply_bytes(r, type, NULL, bytes, n);
}

void healthz_show(struct request *r)
{
	reply_bytes(r, "text/plain; charset=utf-8", NULL, "ok\n", 3); /* the session and the company were read on the way here */
}

void metrics_show(struct request *r)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	metrics_render(&out, server_store(r->server), server_streams(r->server), server_open(r->server));
	text_reply(r, "text/plain; version=0.0.4", &out);
}

void openapi_show(struct request *r)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	openapi_render(&out);
	text_reply(r, "application/json", &out);
}
