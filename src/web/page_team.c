/* Me, the team, the company. */
#include <string.h>

#include "app/member.h"
#include "app/secret.h"
#include "base/tr.h"
#include "store/member_store.h"
#include "web/limiter.h"
#include "web/pages.h"

void me_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, member_page(&r->use, &model))) reply_page(r, "me", model);
}

void me_change(struct request *r)
{
	if (!reply_outcome(r, member_taste(&r->use, request_text(r, "name"), request_text(r, "language"), request_text(r, "theme")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/me");
}

void me_taste(struct request *r)
{
	const char *language = request_has(r, "language") ? request_text(r, "language") : r->use.who.language;
	const char *theme = request_has(r, "theme") ? request_text(r, "theme") : r->theme, *back = request_text(r, "back");
	if (!reply_outcome(r, member_taste(&r->use, r->member_name, language, theme))) return;
	reply_redirect(r, "%s", reply_leads_home(back) ? back : "/desk");
}

void me_password_show(struct request *r)
{
	reply_page(r, "me_password", json_object());
}

void me_password_check(struct request *r)
{
	struct login login;
	/* Who sits at another's open page may not try passwords there either. The line break keeps it apart from every log-in's name. */
	const char *name = arena_printf(r->arena, "\n%lld", (long long)r->use.who.member_id);
	if (limiter_wait(name, r->address, r->use.now)) {
		use_mistake(&r->use, "old", N_("Too many wrong tries. Wait a few minutes and try again"));
		reply_problem(r, 422);
		return;
	}
	if (login_of(r->use.db, r->use.who.team_id, r->use.who.member_id, &login, &r->use.error)) {
		reply_problem(r, 500);
		return;
	}
	if (!secret_password_check(login.password, request_text(r, "old"))) {
		limiter_wrong(name, r->address, r->use.now);
		use_mistake(&r->use, "old", N_("This is not your present password"));
		reply_problem(r, 422);
		return;
	}
	char *hash = arena_alloc(r->arena, SECRET_HASH);
	secret_password_hash(request_text(r, "password"), hash);
	r->prepared = hash;
}

void me_password_change(struct request *r)
{
	if (!reply_outcome(r, member_password(&r->use, r->prepared, r->session_token))) return;
	reply_flash(r, "password_changed");
	reply_redirect(r, "/me");
}

void team_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, team_page(&r->use, &model))) reply_page(r, "team", model);
}

void invitation_new(struct request *r)
{
	char token[SECRET_TOKEN];
	json_t *model;
	if (!reply_outcome(r, invitation_make(&r->use, request_id(r, "team"), request_text(r, "name"), request_text(r, "role"), token)) ||
	    !reply_outcome(r, team_page(&r->use, &model)))
		return;
	json_object_set_new(model, "fresh", json_pack("{ss ss}", "path", arena_printf(r->arena, "/join/%s", token), "name", request_text(r, "name")));
	reply_page(r, "team", model); /* not a redirect: the link's secret is shown this once */
	reply_status(r, 201);
}

void invitation_end(struct request *r)
{
	if (!reply_outcome(r, invitation_cancel(&r->use, request_id(r, "invitation")))) return;
	reply_redirect(r, "/team");
}

void member_role(struct request *r)
{
	if (!reply_outcome(r, member_role_change(&r->use, request_id(r, "member"), request_text(r, "role")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/team");
}

void member_leave(struct request *r)
{
	if (!reply_outcome(r, member_retire_or_return(&r->use, request_id(r, "member"), !request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/team");
}

void team_new(struct request *r)
{
	int64_t team_id;
	if (!reply_outcome(r, team_make(&r->use, request_text(r, "name"), &team_id))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/team");
}

void company_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, company_page(&r->use, &model))) reply_page(r, "company", model);
}

void company_save(struct request *r)
{
	enum outcome outcome = company_change(&r->use, request_text(r, "name"), request_text(r, "zone"), request_text(r, "currency"), request_text(r, "country"));
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/company");
}
