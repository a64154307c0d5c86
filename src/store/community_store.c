#include "store/community_store.h"

#include <string.h>

#include "base/text.h"
#include "store/like.h"
#include "store/post_store.h"

static enum err given(json_t *list, const struct error *err, json_t **ret)
{
	*ret = list;
	return list ? ERR_NONE : err->kind;
}

enum err community_insert(struct db *db, struct arena *arena, int64_t community_id, const struct community_fields *f, int64_t founder_id, int64_t now,
			  struct error *err)
{
	return db_exec(db, err,
		       "INSERT INTO journal (journal_id, kind, name, name_fold, about, rules, created_at, founder_id) VALUES ($1, 'community', $2, $3, $4, $5, $6, $7)",
		       "ittttii", community_id, f->name, text_fold(arena, f->name), f->about, f->rules, now, founder_id);
}

enum err community_update(struct db *db, struct arena *arena, int64_t community_id, const struct community_fields *f, struct error *err)
{
	return db_exec(db, err, "UPDATE journal SET name = $2, name_fold = $3, about = $4, rules = $5 WHERE journal_id = $1 AND kind = 'community'", "itttt", community_id,
		       f->name, text_fold(arena, f->name), f->about, f->rules);
}

enum err journal_about_set(struct db *db, int64_t journal_id, const char *about, struct error *err)
{
	return db_exec(db, err, "UPDATE journal SET about = $2 WHERE journal_id = $1", "it", journal_id, about);
}

enum err community_close(struct db *db, int64_t community_id, int64_t at, struct error *err)
{
	return db_exec(db, err, "UPDATE journal SET closed_at = NULLIF($2, 0) WHERE journal_id = $1 AND kind = 'community'", "ii", community_id, at);
}

enum err community_named(struct db *db, struct arena *arena, const char *name, int64_t but_id, bool *ret_there, struct error *err)
{
	int64_t one;
	enum err kind = db_query_int(db, err, 0, &one, "SELECT 1 FROM journal WHERE kind = 'community' AND name_fold = $1 AND journal_id <> $2", "ti",
				     text_fold(arena, name), but_id);
	*ret_there = one;
	return kind;
}

/* ---- Members ---- */

static const char *const roles[] = {[COMMUNITY_MEMBER] = "member", [COMMUNITY_MODERATOR] = "moderator"};

enum err community_role_load(struct db *db, int64_t community_id, int64_t member_id, enum community_role *ret_role, struct error *err)
{
	int64_t role;
	enum err kind = db_query_int(db, err, COMMUNITY_STRANGER, &role,
				     "SELECT CASE role WHEN 'moderator' THEN 2 ELSE 1 END FROM community_member WHERE journal_id = $1 AND member_id = $2", "ii", community_id,
				     member_id);
	*ret_role = (enum community_role)role;
	return kind;
}

enum err community_role_set(struct db *db, int64_t community_id, int64_t member_id, enum community_role role, int64_t now, struct error *err)
{
	if (role == COMMUNITY_STRANGER)
		return db_exec(db, err, "DELETE FROM community_member WHERE journal_id = $1 AND member_id = $2", "ii", community_id, member_id);
	return db_exec(db, err,
		       "INSERT INTO community_member (journal_id, member_id, role, joined_at) VALUES ($1, $2, $3, $4) "
		       "ON CONFLICT (journal_id, member_id) DO UPDATE SET role = excluded.role",
		       "iiti", community_id, member_id, roles[role], now);
}

enum err community_all(struct db *db, json_t **ret_communities, struct error *err)
{
	return given(db_query_json(db, err, "SELECT journal_id AS id, name FROM journal WHERE kind = 'community' ORDER BY name_fold, journal_id", ""), err, ret_communities);
}

#define PEOPLE                                                                                                 \
	"FROM community_member c JOIN journal j ON j.journal_id = c.member_id "                                   \
	"LEFT JOIN member m ON m.team_id = j.team_id AND m.member_id = c.member_id WHERE c.journal_id = $1 "

enum err community_moderators_but(struct db *db, int64_t community_id, int64_t but_id, int64_t *ret_n, struct error *err)
{
	return db_query_int(db, err, 0, ret_n, "SELECT count(*) " PEOPLE "AND c.role = 'moderator' AND c.member_id <> $2 AND m.retired_at IS NULL", "ii", community_id, but_id);
}

enum err community_moderators(struct db *db, int64_t community_id, json_t **ret_moderators, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.member_id AS id, j.name, m.retired_at IS NOT NULL AS left__bool " PEOPLE
				   "AND c.role = 'moderator' ORDER BY j.name_fold, c.member_id LIMIT 100",
				   "i", community_id),
		     err, ret_moderators);
}

enum err community_members(struct db *db, struct arena *arena, int64_t community_id, const char *words, const char *after_key, int64_t after_id, int limit, int64_t now,
			   json_t **ret_members, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT c.member_id AS id, j.name, c.joined_at, m.retired_at IS NOT NULL AS left__bool, EXISTS (SELECT 1 FROM ban b WHERE b.member_id = c.member_id "
				   "AND b.community_id IN (0, $1) AND b.lifted_at IS NULL AND (b.until_at IS NULL OR b.until_at > $6)) AS banned__bool, j.name_fold AS key " PEOPLE
				   "AND c.role = 'member' AND j.name_fold LIKE $2 ESCAPE '\\' AND ($4 = 0 OR (j.name_fold, c.member_id) > ($3, $4)) "
				   "ORDER BY j.name_fold, c.member_id LIMIT $5",
				   "ittiii", community_id, like_anywhere(arena, text_fold(arena, words)), after_key, after_id, (int64_t)limit, now),
		     err, ret_members);
}

enum err journal_figures(struct db *db, int64_t journal_id, json_t **ret_figures, struct error *err)
{
	return db_query_row(db, err, ret_figures,
			    "SELECT (SELECT count(*) FROM community_member WHERE journal_id = $1) AS members, (SELECT count(*) FROM follow WHERE journal_id = $1) AS followers, "
			    "(SELECT count(*) FROM post p WHERE (p.author_id = $1 OR p.community_id = $1) AND " POST_READABLE ") AS posts",
			    "i", journal_id);
}

enum err journal_tags(struct db *db, int64_t journal_id, int limit, json_t **ret_tags, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT min(g.tag) AS tag, count(*) AS count FROM post p CROSS JOIN post_tag g WHERE (p.author_id = $1 OR p.community_id = $1) AND " POST_READABLE
				   " AND g.post_id = p.post_id GROUP BY g.tag_fold ORDER BY count(*) DESC, g.tag_fold LIMIT $2",
				   "ii", journal_id, (int64_t)limit),
		     err, ret_tags);
}

/* ---- Following ---- */

enum err follow_list(struct db *db, int64_t journal_id, int limit, json_t **ret_followers, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT j.journal_id AS id, j.name FROM follow f JOIN journal j ON j.journal_id = f.member_id WHERE f.journal_id = $1 ORDER BY f.at DESC, f.member_id LIMIT $2",
				   "ii", journal_id, (int64_t)limit),
		     err, ret_followers);
}

enum err follow_set(struct db *db, int64_t member_id, int64_t journal_id, bool follow, int64_t now, struct error *err)
{
	if (!follow) return db_exec(db, err, "DELETE FROM follow WHERE member_id = $1 AND journal_id = $2", "ii", member_id, journal_id);
	return db_exec(db, err, "INSERT INTO follow (member_id, journal_id, at) VALUES ($1, $2, $3) ON CONFLICT (member_id, journal_id) DO NOTHING", "iii", member_id,
		       journal_id, now);
}

enum err follow_is(struct db *db, int64_t member_id, int64_t journal_id, bool *ret_follows, struct error *err)
{
	int64_t one;
	enum err kind = db_query_int(db, err, 0, &one, "SELECT 1 FROM follow WHERE member_id = $1 AND journal_id = $2", "ii", member_id, journal_id);
	*ret_follows = one;
	return kind;
}

/* ---- The directory ---- */

/* Of journal j: when its last post came. Each half goes by its index and stops at the first that can be read. */
#define LAST_POST                                                                                                                                             \
	"CASE j.kind WHEN 'community' THEN (SELECT p.published_at FROM post p WHERE p.community_id = j.journal_id AND " POST_READABLE " ORDER BY p.published_at DESC LIMIT 1) " \
	"ELSE (SELECT p.published_at FROM post p WHERE p.author_id = j.journal_id AND " POST_READABLE " ORDER BY p.published_at DESC LIMIT 1) END"
#define POSTS                                                                                                              \
	"CASE j.kind WHEN 'community' THEN (SELECT count(*) FROM post p WHERE p.community_id = j.journal_id AND " POST_READABLE ") "   \
	"ELSE (SELECT count(*) FROM post p WHERE p.author_id = j.journal_id AND " POST_READABLE ") END"

/* A blogger is who wrote something that can be read; a journal of who only voted is none. */
#define WRITES                                                                                       \
	"(EXISTS (SELECT 1 FROM post p WHERE p.author_id = j.journal_id AND " POST_READABLE ") OR "   \
	"EXISTS (SELECT 1 FROM comment c WHERE c.author_id = j.journal_id AND c.hidden_at IS NULL))"

enum err directory_list(struct db *db, struct arena *arena, const struct directory_query *q, int limit, json_t **ret_lines, struct error *err)
{
	return given(db_query_json(db, err,
				   "SELECT j.journal_id AS id, j.kind, j.name, j.about, j.closed_at, (SELECT count(*) FROM follow f WHERE f.journal_id = j.journal_id) AS followers, "
				   "(SELECT count(*) FROM community_member c WHERE c.journal_id = j.journal_id) AS members, " POSTS " AS posts, NULLIF(x.last, 0) AS last_at, "
				   "EXISTS (SELECT 1 FROM follow f WHERE f.member_id = $3 AND f.journal_id = j.journal_id) AS followed__bool, "
				   "(SELECT c.role FROM community_member c WHERE c.member_id = $3 AND c.journal_id = j.journal_id) AS role, x.last AS key "
				   "FROM (SELECT j.journal_id AS id, COALESCE(" LAST_POST ", 0) AS last FROM journal j WHERE j.kind IN ($1, $2) AND j.name_fold LIKE $4 ESCAPE '\\' "
				   "AND CASE WHEN $5 = 1 THEN EXISTS (SELECT 1 FROM follow f WHERE f.member_id = $3 AND f.journal_id = j.journal_id) "
				   "ELSE j.kind = 'community' OR " WRITES " END) x "
				   "JOIN journal j ON j.journal_id = x.id WHERE $7 = 0 OR (x.last, x.id) < ($6, $7) ORDER BY x.last DESC, x.id DESC LIMIT $8",
				   "ttit" "iiii", *q->kind ? q->kind : "blogger", *q->kind ? q->kind : "community", q->reader_id,
				   like_anywhere(arena, text_fold(arena, q->words)), (int64_t)q->followed, q->after_at, q->after_id, (int64_t)limit),
		     err, ret_lines);
}

enum err directory_count(struct db *db, int64_t reader_id, int64_t *ret_bloggers, int64_t *ret_communities, int64_t *ret_followed, struct error *err)
{
	enum err kind = db_query_int(db, err, 0, ret_bloggers, "SELECT count(*) FROM journal j WHERE j.kind = 'blogger' AND " WRITES, "");
	if (!kind) kind = db_query_int(db, err, 0, ret_communities, "SELECT count(*) FROM journal WHERE kind = 'community'", "");
	if (!kind) kind = db_query_int(db, err, 0, ret_followed, "SELECT count(*) FROM follow WHERE member_id = $1", "i", reader_id);
	return kind;
}
