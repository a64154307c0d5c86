#include "app/member.h"

#include <string.h>

#include "app/content_seed.h"
#include "app/secret.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/member_store.h"

static const int64_t SESSION_IDLE = 14 * MOMENT_DAY, SESSION_LONGEST = 90 * MOMENT_DAY, INVITATION_OPEN = 7 * MOMENT_DAY;

static enum outcome login_insert(struct use *use, int64_t team_id, int64_t member_id, const char *name, const char *role, const char *language,
				 const char *login, const char *password_hash)
{
	char *fold = text_fold(use->arena, login);
	if (strlen(fold) < 3) return use_mistake(use, "login", N_("At least three characters"));
	enum err kind = member_insert(use->db, team_id, member_id, name, role, language, fold, password_hash, use->now, &use->error);
	if (kind == ERR_CONFLICT) return use_mistake(use, "login", N_("This name is taken: choose another"));
	return use_done(kind);
}

static enum outcome zone_check(struct use *use, const char *zone)
{
	return moment_zone_known(zone) ? DONE : use_mistake(use, "zone", N_("There is no such time zone; write one as Europe/Kyiv"));
}

static bool country_good(const char *country)
{
	size_t n = strlen(country);
	return n >= 1 && n <= 3 && strspn(country, "0123456789") == n;
}

enum outcome company_start(struct use *use, const char *company, const char *zone, const char *currency, const char *country, const char *team,
			   const char *name, const char *login, const char *password_hash, const char *language)
{
	json_t *there;
	if (company_load(use->db, &there, &use->error)) return FAILED;
	if (there) {
		json_decref(there);
		return REFUSED;
	}
	enum outcome outcome = zone_check(use, zone);
	if (!country_good(country)) outcome = use_mistake(use, "country", N_("One to three digits, such as 380"));
	if (outcome) return outcome;
	int64_t team_id = id_new(use->now), member_id = id_new(use->now);
	if (company_insert(use->db, company, zone, currency, country, language, use->now, &use->error) ||
	    team_insert(use->db, team_id, team, use->now, &use->error))
		return FAILED;
	outcome = login_insert(use, team_id, member_id, name, "admin", language, login, password_hash);
	if (outcome) return outcome;
	use->who = (struct actor){team_id, member_id, ROLE_ADMIN, language};
	return content_seed(use);
}

enum outcome session_start(struct use *use, int64_t team_id, int64_t member_id, char token[48])
{
	char hash[SECRET_TOKEN_HASH], csrf[SECRET_TOKEN];
	secret_token(token);
	secret_token_hash(token, hash);
	secret_token(csrf);
	if (session_sweep(use->db, use->now, &use->error)) return FAILED;
	return use_done(session_insert(use->db, hash, team_id, member_id, csrf, use->now, use->now, use->now + SESSION_IDLE, &use->error));
}

enum outcome session_turn(struct use *use, const char *old_token, char token[48])
{
	char old_hash[SECRET_TOKEN_HASH], hash[SECRET_TOKEN_HASH];
	struct session_row s;
	secret_token_hash(old_token, old_hash);
	if (session_find(use->db, old_hash, use->now, &s, &use->error)) return FAILED;
	if (!s.member_id) return ABSENT;
	int64_t expires_at = use->now + SESSION_IDLE;
	if (expires_at > s.created_at + SESSION_LONGEST) expires_at = s.created_at + SESSION_LONGEST;
	secret_token(token);
	secret_token_hash(token, hash);
	if (session_expire(use->db, old_hash, use->now + MOMENT_MINUTE, &use->error)) return FAILED;
	return use_done(session_insert(use->db, hash, s.team_id, s.member_id, s.csrf, s.created_at, use->now, expires_at, &use->error));
}

enum outcome session_stop(struct use *use, const char *token)
{
	char hash[SECRET_TOKEN_HASH];
	struct session_row s;
	secret_token_hash(token, hash);
	if (session_find(use->db, hash, use->now, &s, &use->error)) return FAILED;
	return s.member_id ? use_done(session_end(use->db, s.team_id, s.member_id, s.csrf, &use->error)) : DONE;
}

enum outcome team_page(struct use *use, json_t **ret_model)
{
	json_t *team, *members, *invitations, *teams = NULL;
	if (team_load(use->db, use->who.team_id, &team, &use->error) || member_list(use->db, use->who.team_id, &members, &use->error) ||
	    invitation_list(use->db, use->who.team_id, use->now, &invitations, &use->error))
		return FAILED;
	if (use->who.role == ROLE_ADMIN && team_list(use->db, &teams, &use->error)) return FAILED;
	size_t i;
	json_t *member;
	json_array_foreach(members, i, member) {
		json_object_set_new(member, "me", json_boolean(json_integer_value(json_object_get(member, "id")) == use->who.member_id));
	}
	*ret_model = json_pack("{so so so so? sb sb}", "team", team, "members", members, "invitations", invitations, "teams", teams, "may_invite",
			       use->who.role >= ROLE_LEAD, "may_all", use->who.role == ROLE_ADMIN);
	return DONE;
}

enum outcome invitation_make(struct use *use, int64_t team_id, const char *name, const char *role, char token[48])
{
	char hash[SECRET_TOKEN_HASH];
	enum role wanted = role_parse(role);
	if (use->who.role < ROLE_LEAD || wanted > use->who.role) return REFUSED;
	if (!team_id) team_id = use->who.team_id;
	if (team_id != use->who.team_id) {
		json_t *team;
		if (use->who.role != ROLE_ADMIN) return REFUSED;
		if (team_load(use->db, team_id, &team, &use->error)) return FAILED;
		if (!team) return use_mistake(use, "team", N_("There is no such team"));
		json_decref(team);
	}
	secret_token(token);
	secret_token_hash(token, hash);
	return use_done(invitation_insert(use->db, hash, team_id, id_new(use->now), name, role, use->who.team_id, use->who.member_id, use->now,
					  use->now + INVITATION_OPEN, &use->error));
}

enum outcome invitation_page(struct use *use, const char *token, json_t **ret_model)
{
	char hash[SECRET_TOKEN_HASH];
	secret_token_hash(token, hash);
	if (invitation_find(use->db, hash, use->now, ret_model, &use->error)) return FAILED;
	return *ret_model ? DONE : ABSENT;
}

enum outcome invitation_accept(struct use *use, const char *token, const char *name, const char *login, const char *password_hash,
			       const char *language, int64_t *ret_team, int64_t *ret_member)
{
	char hash[SECRET_TOKEN_HASH];
	json_t *invitation;
	enum outcome outcome = invitation_page(use, token, &invitation);
	if (outcome) return outcome;
	*ret_team = json_integer_value(json_object_get(invitation, "team_id"));
	*ret_member = id_new(use->now);
	outcome = login_insert(use, *ret_team, *ret_member, name, json_string_value(json_object_get(invitation, "role")), language, login, password_hash);
	json_decref(invitation);
	if (outcome) return outcome;
	secret_token_hash(token, hash);
	return use_done(invitation_use(use->db, hash, *ret_member, &use->error));
}

enum outcome invitation_cancel(struct use *use, int64_t invitation_id)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (invitation_drop(use->db, use->who.team_id, invitation_id, &use->error)) return FAILED;
	return db_changed(use->db) ? DONE : ABSENT;
}

enum outcome team_make(struct use *use, const char *name, int64_t *ret_team)
{
	if (use->who.role != ROLE_ADMIN) return REFUSED;
	*ret_team = id_new(use->now);
	if (team_insert(use->db, *ret_team, name, use->now, &use->error)) return FAILED;
	struct use there = *use; /* the new team's content is seeded as its own */
	there.who.team_id = *ret_team;
	enum outcome outcome = content_seed(&there);
	use->error = there.error;
	return outcome;
}

/* Loads a member of one's own team whom one may change. */
static enum outcome changeable(struct use *use, int64_t member_id, char role[16])
{
	json_t *member;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (member_load(use->db, use->who.team_id, member_id, &member, &use->error)) return FAILED;
	if (!member) return ABSENT;
	snprintf(role, 16, "%s", json_string_value(json_object_get(member, "role")));
	json_decref(member);
	return role_parse(role) > use->who.role ? REFUSED : DONE;
}

/* Somebody must be able to let people in. */
static enum outcome last_admin(struct use *use, const char *field)
{
	int64_t admins;
	if (member_count(use->db, use->who.team_id, "admin", &admins, &use->error)) return FAILED;
	return admins > 1 ? DONE : use_mistake(use, field, N_("The last administrator stays one"));
}

enum outcome member_role_change(struct use *use, int64_t member_id, const char *role)
{
	char was[16];
	enum outcome outcome = changeable(use, member_id, was);
	if (!outcome && role_parse(role) > use->who.role) outcome = REFUSED;
	if (!outcome && !strcmp(was, "admin") && strcmp(role, "admin")) outcome = last_admin(use, "role");
	return outcome ? outcome : use_done(member_role_set(use->db, use->who.team_id, member_id, role, &use->error));
}

enum outcome member_retire_or_return(struct use *use, int64_t member_id, bool retire)
{
	char was[16];
	enum outcome outcome = changeable(use, member_id, was);
	if (!outcome && member_id == use->who.member_id) outcome = use_mistake(use, "member", N_("Nobody retires himself"));
	if (!outcome && retire && !strcmp(was, "admin")) outcome = last_admin(use, "member");
	return outcome ? outcome : use_done(member_retire(use->db, use->who.team_id, member_id, retire ? use->now : 0, &use->error));
}

enum outcome member_taste(struct use *use, const char *name, const char *language, const char *theme)
{
	return use_done(member_taste_set(use->db, use->who.team_id, use->who.member_id, name, language, theme, &use->error));
}

enum outcome member_page(struct use *use, json_t **ret_model)
{
	json_t *member;
	if (member_load(use->db, use->who.team_id, use->who.member_id, &member, &use->error)) return FAILED;
	if (!member) return ABSENT;
	*ret_model = json_pack("{so}", "form", member);
	return DONE;
}

enum outcome member_password(struct use *use, const char *password_hash, const char *token)
{
	char hash[SECRET_TOKEN_HASH];
	secret_token_hash(token, hash);
	if (member_password_set(use->db, use->who.team_id, use->who.member_id, password_hash, &use->error)) return FAILED;
	return use_done(session_end_all(use->db, use->who.team_id, use->who.member_id, hash, &use->error));
}

enum outcome company_page(struct use *use, json_t **ret_model)
{
	json_t *company;
	if (company_load(use->db, &company, &use->error)) return FAILED;
	if (!company) return ABSENT;
	*ret_model = json_pack("{so}", "form", company);
	return DONE;
}

enum outcome company_change(struct use *use, const char *name, const char *zone, const char *currency, const char *country)
{
	if (use->who.role != ROLE_ADMIN) return REFUSED;
	if (!country_good(country)) use_mistake(use, "country", N_("One to three digits, such as 380"));
	enum outcome outcome = zone_check(use, zone);
	if (!use_valid(use)) return INVALID;
	return outcome ? outcome : use_done(company_update(use->db, name, zone, currency, country, &use->error));
}
