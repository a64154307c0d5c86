/* Community store: communities, their members and moderators; who follows which journal; the directory of journals. A person is his journal (journal_id = member_id), so
 * whoever joins has one. */
#ifndef STURGEON_STORE_COMMUNITY_STORE_H
#define STURGEON_STORE_COMMUNITY_STORE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct community_fields {
	const char *name, *about, *rules; /* about and rules are Markdown */
};

enum err community_insert(struct db *db, struct arena *arena, int64_t community_id, const struct community_fields *fields, int64_t founder_id, int64_t now,
			  struct error *err) MUST_CHECK;
enum err community_update(struct db *db, struct arena *arena, int64_t community_id, const struct community_fields *fields, struct error *err) MUST_CHECK;
/* What a blogger says of himself. */
enum err journal_about_set(struct db *db, int64_t journal_id, const char *about, struct error *err) MUST_CHECK;
enum err community_close(struct db *db, int64_t community_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: opens it again */
enum err community_named(struct db *db, struct arena *arena, const char *name, int64_t but_id, bool *ret_there, struct error *err) MUST_CHECK;

enum err community_all(struct db *db, json_t **ret_communities, struct error *err) MUST_CHECK; /* id, name, by name; closed ones too */

/* ---- Members ---- */

enum community_role { COMMUNITY_STRANGER, COMMUNITY_MEMBER, COMMUNITY_MODERATOR };

enum err community_role_load(struct db *db, int64_t community_id, int64_t member_id, enum community_role *ret_role, struct error *err) MUST_CHECK;
/* Joins, leaves (COMMUNITY_STRANGER), becomes a moderator or is one no more. */
enum err community_role_set(struct db *db, int64_t community_id, int64_t member_id, enum community_role role, int64_t now, struct error *err) MUST_CHECK;
/* Moderators who still work in the company, without this one. */
enum err community_moderators_but(struct db *db, int64_t community_id, int64_t but_id, int64_t *ret_n, struct error *err) MUST_CHECK;

/* Those who moderate, by name: id, name, left (boolean: from the company). */
enum err community_moderators(struct db *db, int64_t community_id, json_t **ret_moderators, struct error *err) MUST_CHECK;
/* The others, by name, whose name holds `words`: id, name, joined_at, left, banned (boolean: here or everywhere), key. After a place (after_id 0: the first). */
enum err community_members(struct db *db, struct arena *arena, int64_t community_id, const char *words, const char *after_key, int64_t after_id, int limit, int64_t now,
			   json_t **ret_members, struct error *err) MUST_CHECK;
/* members (moderators among them), followers, posts that can be read. */
enum err journal_figures(struct db *db, int64_t journal_id, json_t **ret_figures, struct error *err) MUST_CHECK;

/* The tags of its posts that can be read, the most used first: tag, count. */
enum err journal_tags(struct db *db, int64_t journal_id, int limit, json_t **ret_tags, struct error *err) MUST_CHECK;

/* ---- Following ---- */

enum err follow_set(struct db *db, int64_t member_id, int64_t journal_id, bool follow, int64_t now, struct error *err) MUST_CHECK;
/* Those of its followers who have a journal themselves, the last to come first: id, name. */
enum err follow_list(struct db *db, int64_t journal_id, int limit, json_t **ret_followers, struct error *err) MUST_CHECK;
enum err follow_is(struct db *db, int64_t member_id, int64_t journal_id, bool *ret_follows, struct error *err) MUST_CHECK;

/* ---- The directory ---- */

enum { DIRECTORY_LINES_MAX = 51 };

struct directory_query {
	const char *kind;               /* "blogger", "community"; "": both */
	const char *words;              /* as typed: names that hold them; "": any */
	int64_t reader_id;              /* 0: a stranger */
	bool followed;                  /* only those that the reader follows */
	int64_t after_at, after_id;     /* where the page before ended (its last line's key and id); after_id 0: the first */
};

/* Communities, and bloggers who wrote a post or a comment that can be read (of those that the reader follows, all). Who published last comes first: id, kind, name,
 * about, closed_at, followers, members, posts, last_at, followed (boolean), role (of the reader in a community: "member", "moderator"; or null), key. Cost: a few index seeks for each journal of the kind. */
enum err directory_list(struct db *db, struct arena *arena, const struct directory_query *query, int limit, json_t **ret_lines, struct error *err) MUST_CHECK;
enum err directory_count(struct db *db, int64_t reader_id, int64_t *ret_bloggers, int64_t *ret_communities, int64_t *ret_followed, struct error *err) MUST_CHECK;

#endif
