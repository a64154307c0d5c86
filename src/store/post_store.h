/* Post store: posts, what they were before they were edited, their tags, lists of them.
 *
 * A post can be read where it is published, and not hidden, deleted or merged into another (POST_READABLE). Whatever changes whether it can be read, or what it
 * says, writes its row of post_words in the same write (post_words.h). */
#ifndef STURGEON_STORE_POST_STORE_H
#define STURGEON_STORE_POST_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

enum { POST_TAGS = 8, POST_LINES_MAX = 51 };

/* A condition on post p. */
#define POST_READABLE "p.published_at IS NOT NULL AND p.hidden_at IS NULL AND p.deleted_at IS NULL AND p.merged_into IS NULL"

struct post_fields {
	int64_t author_id, community_id;  /* journals, at least one of them; 0: none. A vote of the author's own counts for nothing. */
	const char *kind;                 /* article, opener, question, answer, argument, story, concession */
	const char *language;             /* "uk", "en", …: two letters */
	const char *title, *body;
	const char *format;               /* "markdown"; "html" of an outside feed, cleaned already; NULL: markdown */
	const char *plain;                /* the body as plain text, for lists and searching */
	const char *link, *byline;        /* of an outside feed's entry; NULL: none */
	const char *tags[POST_TAGS + 1];  /* as written; closed by NULL; the same tag twice is one */
};

/* created_at; published_at 0: a draft. */
enum err post_insert(struct db *db, int64_t post_id, const struct post_fields *fields, int64_t created_at, int64_t published_at, struct error *err) MUST_CHECK;
/* Writes what it says anew. Of a published one the text before is kept as a version, where title or body differ. */
enum err post_update(struct db *db, int64_t post_id, const struct post_fields *fields, int64_t at, struct error *err) MUST_CHECK;
enum err post_publish_at(struct db *db, int64_t post_id, int64_t at, struct error *err) MUST_CHECK; /* a draft */
/* Its text goes, with that of its versions, its tags, its poll; that it was, when and by whom stays. */
enum err post_erase(struct db *db, int64_t post_id, int64_t at, struct error *err) MUST_CHECK;
enum err post_forget(struct db *db, int64_t post_id, struct error *err) MUST_CHECK; /* a draft: all of it */

/* The pictures that its text shows, instead of those it showed. Closed by 0; only its author's own count: nobody shows
 * others what somebody else keeps in a draft. */
enum err post_pictures_put(struct db *db, int64_t post_id, const int64_t *picture_ids, struct error *err) MUST_CHECK;

/* The pictures that are noted for its text: in the order of their ids, closed by 0; in the arena. */
enum err post_pictures_load(struct db *db, struct arena *arena, int64_t post_id, const int64_t **ret_ids, struct error *err) MUST_CHECK;
/* Every post's text, the deleted ones' too. `each` may write. Stops at its first failure. */
enum err post_each_body(struct db *db, enum err (*each)(struct db *db, int64_t post_id, const char *format, const char *body, void *arg, struct error *err), void *arg,
			struct error *err) MUST_CHECK;

/* What may be done with a post hangs on these. found false: there is none. 0: not so. */
struct post_state {
	bool found, markdown;
	int64_t author_id, community_id;
	int64_t published_at, hidden_at, deleted_at, merged_into;
	int64_t changed_at, version, comments;
	char kind[16];
};
enum err post_state_load(struct db *db, int64_t post_id, struct post_state *ret_state, struct error *err) MUST_CHECK;
bool post_state_readable(const struct post_state *state); /* as POST_READABLE */

/* All of a post: a line's (below) and body, format, link, byline, created_at, changed_at, hidden_at, deleted_at, merged_into, version. NULL where there is none. */
enum err post_load(struct db *db, int64_t post_id, json_t **ret_post, struct error *err) MUST_CHECK;

/* What it was, the latest (its own text) first: version, at, title, body; at most 100. */
enum err post_versions(struct db *db, int64_t post_id, json_t **ret_versions, struct error *err) MUST_CHECK;

/* ---- Lists ---- */

/* A line: id, title, excerpt, kind, language, author {id, name} or null, community {id, name} or null, byline, published_at, comments, votes, position (in the top now) or
 * null, tags; and key, by which the next page begins: published_at in microseconds, or where it stands by heat. */

struct post_scope {
	int64_t author_id, community_id;  /* 0: any */
	const char *kind, *language, *tag; /* "": any */
};

/* Readable posts, the last published first, from after a place on (after_id 0: the first). limit ≤ POST_LINES_MAX. */
enum err post_list(struct db *db, struct arena *arena, const struct post_scope *scope, int64_t after_at, int64_t after_id, int limit, json_t **ret_lines,
		   struct error *err) MUST_CHECK;
/* The hottest first: those that ever had a vote, among the POST_HOT_MOST hottest. skip: how many came before. */
enum { POST_HOT_MOST = 2000 };
enum err post_list_hot(struct db *db, struct arena *arena, const struct post_scope *scope, int skip, int limit, json_t **ret_lines, struct error *err) MUST_CHECK;
/* These, in this order; what cannot be read is left out. n ≤ POST_LINES_MAX. */
enum err post_list_these(struct db *db, const int64_t *ids, int n, json_t **ret_lines, struct error *err) MUST_CHECK;
/* An author's drafts, the last changed first: id, title, excerpt, kind, language, community, changed_at, call_id (from which call it was written, or null). */
enum err post_drafts(struct db *db, int64_t author_id, json_t **ret_drafts, struct error *err) MUST_CHECK;
/* The tags of readable posts, the most used of the last 2000 posts first: tag, count. */
enum err post_tags(struct db *db, int limit, json_t **ret_tags, struct error *err) MUST_CHECK;

#endif
