#include "store/member_store.h"

#include <string.h>

#include "store/journal_store.h"

enum err company_insert(struct db *db, const char *name, const char *zone, const char *currency, const char *country, const char *language,
			int64_t now, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO company (company_id, name, zone, currency, country, language, created_at) VALUES (1, $1, $2, $3, $4, $5, $6)",
		       "ttttti", name, zone, currency, country, language, now);
}

enum err company_load(struct db *db, json_t **ret_company, struct error *err)
{
	return db_query_row(db, err, ret_company, "SELECT c.name, c.zone, c.currency, c.country, c.language, r.open_reading AS open_reading__bool"
						 " FROM company c JOIN journal_rules r ON r.company_id = c.company_id WHERE c.company_id = 1", "");
}

enum err company_update(struct db *db, const char *name, const char *zone, const char *currency, const char *country, struct error *err)
{
	return db_exec(db, err, "UPDATE company SET name = $1, zone = $2, currency = $3, country = $4 WHERE company_id = 1", "tttt", name, zone,
		       currency, country);
}

enum err team_insert(struct db *db, int64_t team_id, const char *name, int64_t now, struct error *err)
{
	return db_exec(db, err, "INSERT INTO team (team_id, name, created_at) VALUES ($1, $2, $3)", "iti", team_id, name, now);
}

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err team_list(struct db *db, json_t **ret_teams, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT t.team_id AS id, t.name, (SELECT count(*) FROM member m WHERE m.team_id = t.team_id AND m.retired_at IS NULL) AS members "
				   "FROM team t ORDER BY t.team_id", ""),
		     err, ret_teams);
}

enum err team_load(struct db *db, int64_t team_id, json_t **ret_team, struct error *err)
{
	return db_query_row(db, err, ret_team, "SELECT team_id AS id, name FROM team WHERE team_id = $1", "i", team_id);
}

enum err member_insert(struct db *db, int64_t team_id, int64_t member_id, const char *name, const char *role, const char *language,
		       const char *login, const char *password_hash, int64_t now, struct error *err)
{
	enum err kind = db_exec(db, err, "INSERT INTO member (team_id, member_id, name, role, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
				"iittti", team_id, member_id, name, role, language, now);
	if (kind || !login) return kind;
	return db_exec(db, err, "INSERT INTO login (login, team_id, member_id, password) VALUES ($1, $2, $3, $4)", "tiit", login, team_id, member_id,
		       password_hash);
}

#define MEMBER_COLUMNS "m.member_id AS id, m.name, m.role, m.language, m.theme, l.login, m.created_at, m.retired_at"

enum err member_list(struct db *db, int64_t team_id, json_t **ret_members, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT " MEMBER_COLUMNS " FROM member m LEFT JOIN login l ON l.team_id = m.team_id AND l.member_id = m.member_id "
				   "WHERE m.team_id = $1 ORDER BY m.retired_at IS NOT NULL, m.created_at, m.member_id",
				   "i", team_id),
		     err, ret_members);
}

enum err member_load(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_member, struct error *err)
{
	return db_query_row(db, err, ret_member,
			    "SELECT " MEMBER_COLUMNS " FROM member m LEFT JOIN login l ON l.team_id = m.team_id AND l.member_id = m.member_id "
			    "WHERE m.team_id = $1 AND m.member_id = $2",
			    "ii", team_id, member_id);
}

enum err member_count(struct db *db, int64_t team_id, const char *role, int64_t *ret_count, struct error *err)
{
	return db_query_int(db, err, 0, ret_count, "SELECT count(*) FROM member WHERE team_id = $1 AND role = $2 AND retired_at IS NULL", "it", team_id,
			    role);
}

enum err member_role_set(struct db *db, int64_t team_id, int64_t member_id, const char *role, struct error *err)
{
	return db_exec(db, err, "UPDATE member SET role = $1 WHERE team_id = $2 AND member_id = $3", "tii", role, team_id, member_id);
}

enum err member_taste_set(struct db *db, int64_t team_id, int64_t member_id, const char *name, const char *language, const char *theme,
			  struct error *err)
{
	enum err kind = db_exec(db, err, "UPDATE member SET name = $1, language = $2, theme = $3 WHERE team_id = $4 AND member_id = $5", "tttii", name, language,
				theme, team_id, member_id);
	return kind ? kind : journal_member_rename(db, member_id, name, err);
}

enum err member_retire(struct db *db, int64_t team_id, int64_t member_id, int64_t at, struct error *err)
{
	enum err kind = at ? db_exec(db, err, "UPDATE member SET retired_at = $1 WHERE team_id = $2 AND member_id = $3", "iii", at, team_id, member_id)
			   : db_exec(db, err, "UPDATE member SET retired_at = NULL WHERE team_id = $1 AND member_id = $2", "ii", team_id, member_id);
	if (kind || !at) return kind;
	return session_end_all(db, team_id, member_id, "", err);
}

enum err member_password_set(struct db *db, int64_t team_id, int64_t member_id, const char *password_hash, struct error *err)
{
	return db_exec(db, err, "UPDATE login SET password = $1 WHERE team_id = $2 AND member_id = $3", "tii", password_hash, team_id, member_id);
}

static enum err login_read(struct rows *rows, struct login *ret_login, struct error *err)
{
	*ret_login = (struct login){0};
	if (rows_next(rows)) {
		ret_login->team_id = rows_int(rows, 0);
		ret_login->member_id = rows_int(rows, 1);
		snprintf(ret_login->password, sizeof ret_login->password, "%s", rows_text(rows, 2));
	}
	return rows_done(rows, err);
}

enum err login_find(struct db *db, const char *login, struct login *ret_login, struct error *err)
{
	return login_read(db_query(db,
				   "SELECT l.team_id, l.member_id, l.password FROM login l JOIN member m ON m.team_id = l.team_id AND m.member_id = l.member_id "
				   "WHERE l.login = $1 AND m.retired_at IS NULL",
				   "t", login),
			  ret_login, err);
}

enum err login_of(struct db *db, int64_t team_id, int64_t member_id, struct login *ret_login, struct error *err)
{
	return login_read(db_query(db, "SELECT team_id, member_id, password FROM login WHERE team_id = $1 AND member_id = $2", "ii", team_id, member_id),
			  ret_login, err);
}

#define COPY(field, column) snprintf(s->field, sizeof s->field, "%s", rows_text(rows, column))

enum err session_find(struct db *db, const char *token_hash, int64_t now, struct session_row *s, struct error *err)
{
	*s = (struct session_row){0};
	struct rows *rows = db_query(db,
				     "SELECT s.team_id, s.member_id, s.created_at, s.turned_at, s.expires_at, s.csrf, m.role, m.name, m.language, m.theme "
				     "FROM session s JOIN member m ON m.team_id = s.team_id AND m.member_id = s.member_id "
				     "WHERE s.token = $1 AND s.expires_at > $2 AND m.retired_at IS NULL",
				     "ti", token_hash, now);
	if (rows_next(rows)) {
		s->team_id = rows_int(rows, 0);
		s->member_id = rows_int(rows, 1);
		s->created_at = rows_int(rows, 2);
		s->turned_at = rows_int(rows, 3);
		s->expires_at = rows_int(rows, 4);
		COPY(csrf, 5);
		COPY(role, 6);
		COPY(name, 7);
		COPY(language, 8);
		COPY(theme, 9);
	}
	return rows_done(rows, err);
}

enum err session_insert(struct db *db, const char *token_hash, int64_t team_id, int64_t member_id, const char *csrf, int64_t created_at,
			int64_t turned_at, int64_t expires_at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO session (token, team_id, member_id, csrf, created_at, turned_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		       "tiitiii", token_hash, team_id, member_id, csrf, created_at, turned_at, expires_at);
}

enum err session_expire(struct db *db, const char *token_hash, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE session SET expires_at = $1 WHERE token = $2 AND expires_at > $1", "it", at, token_hash);
}

enum err session_end(struct db *db, int64_t team_id, int64_t member_id, const char *csrf, struct error *err)
{
	return db_exec(db, err, "DELETE FROM session WHERE team_id = $1 AND member_id = $2 AND csrf = $3", "iit", team_id, member_id, csrf);
}

enum err session_end_all(struct db *db, int64_t team_id, int64_t member_id, const char *but_token_hash, struct error *err)
{
	return db_exec(db, err, "DELETE FROM session WHERE team_id = $1 AND member_id = $2 AND token <> $3", "iit", team_id, member_id, but_token_hash);
}

enum err session_sweep(struct db *db, int64_t now, struct error *err)
{
	return db_exec(db, err, "DELETE FROM session WHERE expires_at <= $1", "i", now);
}

enum err feed_key_put(struct db *db, int64_t team_id, int64_t member_id, const char *token_hash, int64_t now, struct error *err)
{
	return db_exec(db, err, "INSERT INTO feed_key (team_id, member_id, token, created_at) VALUES ($1, $2, $3, $4)"
				" ON CONFLICT (team_id, member_id) DO UPDATE SET token = excluded.token, created_at = excluded.created_at", "iiti", team_id, member_id, token_hash, now);
}

enum err feed_key_good(struct db *db, const char *token_hash, bool *ret_good, struct error *err)
{
	int64_t n;
	enum err kind = db_query_int(db, err, 0, &n, "SELECT count(*) FROM feed_key k JOIN member m ON m.team_id = k.team_id AND m.member_id = k.member_id"
						     " WHERE k.token = $1 AND m.retired_at IS NULL", "t", token_hash);
	*ret_good = n > 0;
	return kind;
}

enum err invitation_insert(struct db *db, const char *token_hash, int64_t team_id, int64_t invitation_id, const char *name, const char *role,
			   int64_t by_team, int64_t by_member, int64_t now, int64_t expires_at, struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO invitation (token, team_id, invitation_id, name, role, invited_by_team, invited_by, created_at, expires_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		       "tiittiiii", token_hash, team_id, invitation_id, name, role, by_team, by_member, now, expires_at);
}

enum err invitation_find(struct db *db, const char *token_hash, int64_t now, json_t **ret_invitation, struct error *err)
{
	return db_query_row(db, err, ret_invitation,
			    "SELECT i.team_id, i.name, i.role, t.name AS team, m.name AS invited_by FROM invitation i JOIN team t ON t.team_id = i.team_id "
			    "JOIN member m ON m.team_id = i.invited_by_team AND m.member_id = i.invited_by AND m.retired_at IS NULL "
			    "WHERE i.token = $1 AND i.used_by IS NULL AND i.expires_at > $2",
			    "ti", token_hash, now);
}

enum err invitation_use(struct db *db, const char *token_hash, int64_t member_id, struct error *err)
{
	return db_exec(db, err, "UPDATE invitation SET used_by = $1 WHERE token = $2", "it", member_id, token_hash);
}

enum err invitation_list(struct db *db, int64_t team_id, int64_t now, json_t **ret_invitations, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT invitation_id AS id, name, role, created_at, expires_at FROM invitation "
				   "WHERE team_id = $1 AND used_by IS NULL AND expires_at > $2 ORDER BY invitation_id",
				   "ii", team_id, now),
		     err, ret_invitations);
}

enum err invitation_drop(struct db *db, int64_t team_id, int64_t invitation_id, struct error *err)
{
	return db_exec(db, err, "DELETE FROM invitation WHERE team_id = $1 AND invitation_id = $2 AND used_by IS NULL", "ii", team_id, invitation_id);
}
