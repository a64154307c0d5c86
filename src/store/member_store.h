/* Member store: the company, its teams, members, how they log in, sessions, invitations. */
#ifndef STURGEON_STORE_MEMBER_STORE_H
#define STURGEON_STORE_MEMBER_STORE_H

#include "base/arena.h"
#include "store/db.h"

enum err company_insert(struct db *db, const char *name, const char *zone, const char *currency, const char *country, const char *language,
			int64_t now, struct error *err) MUST_CHECK;
enum err company_load(struct db *db, json_t **ret_company, struct error *err) MUST_CHECK; /* NULL before there is one */
enum err company_update(struct db *db, const char *name, const char *zone, const char *currency, const char *country, struct error *err) MUST_CHECK;

enum err team_insert(struct db *db, int64_t team_id, const char *name, int64_t now, struct error *err) MUST_CHECK;
enum err team_list(struct db *db, json_t **ret_teams, struct error *err) MUST_CHECK; /* id, name, members */
enum err team_load(struct db *db, int64_t team_id, json_t **ret_team, struct error *err) MUST_CHECK;

/* ERR_CONFLICT where the login is taken. login is folded by the caller; NULL: he cannot log in. */
enum err member_insert(struct db *db, int64_t team_id, int64_t member_id, const char *name, const char *role, const char *language,
		       const char *login, const char *password_hash, int64_t now, struct error *err) MUST_CHECK;
enum err member_list(struct db *db, int64_t team_id, json_t **ret_members, struct error *err) MUST_CHECK;
enum err member_load(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_member, struct error *err) MUST_CHECK;
enum err member_count(struct db *db, int64_t team_id, const char *role, int64_t *ret_count, struct error *err) MUST_CHECK; /* not retired */
enum err member_role_set(struct db *db, int64_t team_id, int64_t member_id, const char *role, struct error *err) MUST_CHECK;
enum err member_taste_set(struct db *db, int64_t team_id, int64_t member_id, const char *name, const char *language, const char *theme,
			  struct error *err) MUST_CHECK;
/* Retires (at) or brings back (at 0); a retired member's sessions end. */
enum err member_retire(struct db *db, int64_t team_id, int64_t member_id, int64_t at, struct error *err) MUST_CHECK;
enum err member_password_set(struct db *db, int64_t team_id, int64_t member_id, const char *password_hash, struct error *err) MUST_CHECK;

struct login {
	int64_t team_id, member_id;     /* member_id 0: there is no such login, or it is retired */
	char password[160];
};
enum err login_find(struct db *db, const char *login, struct login *ret_login, struct error *err) MUST_CHECK;
enum err login_of(struct db *db, int64_t team_id, int64_t member_id, struct login *ret_login, struct error *err) MUST_CHECK;

struct session_row {
	int64_t team_id, member_id;     /* member_id 0: no such session, or over */
	int64_t created_at, turned_at, expires_at;
	char csrf[64], role[16], name[260], language[8], theme[8];
};
enum err session_find(struct db *db, const char *token_hash, int64_t now, struct session_row *ret_session, struct error *err) MUST_CHECK;
enum err session_insert(struct db *db, const char *token_hash, int64_t team_id, int64_t member_id, const char *csrf, int64_t created_at,
			int64_t turned_at, int64_t expires_at, struct error *err) MUST_CHECK;
enum err session_expire(struct db *db, const char *token_hash, int64_t at, struct error *err) MUST_CHECK;
enum err session_end(struct db *db, int64_t team_id, int64_t member_id, const char *csrf, struct error *err) MUST_CHECK; /* one log-in: its tokens share the csrf */
enum err session_end_all(struct db *db, int64_t team_id, int64_t member_id, const char *but_token_hash, struct error *err) MUST_CHECK;
enum err session_sweep(struct db *db, int64_t now, struct error *err) MUST_CHECK; /* drops what is over */

/* The key by which a member's reader of feeds reads ours; a retired member's is none. */
enum err feed_key_put(struct db *db, int64_t team_id, int64_t member_id, const char *token_hash, int64_t now, struct error *err) MUST_CHECK;
enum err feed_key_good(struct db *db, const char *token_hash, bool *ret_good, struct error *err) MUST_CHECK;

enum err invitation_insert(struct db *db, const char *token_hash, int64_t team_id, int64_t invitation_id, const char *name, const char *role,
			   int64_t by_team, int64_t by_member, int64_t now, int64_t expires_at, struct error *err) MUST_CHECK;
enum err invitation_find(struct db *db, const char *token_hash, int64_t now, json_t **ret_invitation, struct error *err) MUST_CHECK; /* open ones only */
enum err invitation_use(struct db *db, const char *token_hash, int64_t member_id, struct error *err) MUST_CHECK;
enum err invitation_list(struct db *db, int64_t team_id, int64_t now, json_t **ret_invitations, struct error *err) MUST_CHECK;
enum err invitation_drop(struct db *db, int64_t team_id, int64_t invitation_id, struct error *err) MUST_CHECK; /* unused ones */

#endif
