/* Member: people of the company: the first start, logging in, invitations, roles, tastes. */
#ifndef STURGEON_APP_MEMBER_H
#define STURGEON_APP_MEMBER_H

#include "app/use.h"

/* First start: the company, its first team and its first administrator in one step. password_hash is made beforehand (secret.h). REFUSED where
 * there is a company already. Mistakes: login, zone. The new member stands in use->who afterwards. */
enum outcome company_start(struct use *use, const char *company, const char *zone, const char *currency, const char *country, const char *team,
			   const char *name, const char *login, const char *password_hash, const char *language);

/* A new session for a member. token is what the cookie holds. */
enum outcome session_start(struct use *use, int64_t team_id, int64_t member_id, char token[48]);
/* A new token for a going session; the old one is good for a minute more, for requests under way. */
enum outcome session_turn(struct use *use, const char *old_token, char token[48]);
enum outcome session_stop(struct use *use, const char *token); /* with every token that it has had */

/* The page of the team: members, open invitations, teams (admin). */
enum outcome team_page(struct use *use, json_t **ret_model);
/* Lead: into his own team, up to lead; admin: any role, any team (team_id 0: his own). token is the link's secret, shown once. */
enum outcome invitation_make(struct use *use, int64_t team_id, const char *name, const char *role, char token[48]);
enum outcome invitation_page(struct use *use, const char *token, json_t **ret_model); /* whom it is for; ABSENT where it is used or over */
enum outcome invitation_accept(struct use *use, const char *token, const char *name, const char *login, const char *password_hash,
			       const char *language, int64_t *ret_team, int64_t *ret_member);
enum outcome invitation_cancel(struct use *use, int64_t invitation_id);

enum outcome team_make(struct use *use, const char *name, int64_t *ret_team); /* admin */
enum outcome member_role_change(struct use *use, int64_t member_id, const char *role); /* lead: manager ↔ lead; admin: any; the last admin stays one */
enum outcome member_retire_or_return(struct use *use, int64_t member_id, bool retire);
enum outcome member_taste(struct use *use, const char *name, const char *language, const char *theme); /* one's own */
enum outcome member_page(struct use *use, json_t **ret_model); /* one's own settings */
enum outcome member_password(struct use *use, const char *password_hash, const char *token); /* one's own; every other session ends */

enum outcome company_page(struct use *use, json_t **ret_model);
enum outcome company_change(struct use *use, const char *name, const char *zone, const char *currency, const char *country); /* admin */

#endif
