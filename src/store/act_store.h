/* Act store: the public log of moderation. An act is written once and never changed, but for its effect on the rating, which is known when the top has run again. */
#ifndef STURGEON_STORE_ACT_STORE_H
#define STURGEON_STORE_ACT_STORE_H

#include <jansson.h>
#include <stdbool.h>

#include "store/db.h"

struct act {
	const char *kind;               /* hide, show, hide_comment, show_comment, ban, unban, merge, unmerge, rules, close, reopen */
	int64_t member_id;              /* who did it */
	int64_t community_id;           /* whose moderators; 0: the company's */
	int64_t post_id, comment_id;    /* what it was done to; 0: nothing of the kind */
	int64_t journal_id;             /* to whom: the author, the banned */
	int64_t into_id;                /* of a merge: the post that stays */
	const char *reason;
	const char *detail;             /* JSON, NULL */
	const char *effect;             /* "[]" where it cannot touch the rating; NULL: the keeper of the top fills it */
};

enum err act_insert(struct db *db, int64_t act_id, const struct act *act, int64_t at, struct error *err) MUST_CHECK;

struct act_query {
	int64_t community_id;           /* of this community; 0: of any and of the company */
	int64_t journal_id;             /* done by this person or to him; 0: by and to anyone */
	int64_t after_at, after_id;     /* where the page before ended; after_id 0: the first */
};

/* The last first: id, at, kind, by {id, name}, community, journal (each {id, name} or null), post {id, title} or null (title null where the post cannot be read), comment_id,
 * into {id, title} or null, until_at (of a ban), reason, detail (JSON or null), effect (a list {journal, name, was, now}; null: not known yet), key. */
enum err act_list(struct db *db, const struct act_query *query, int limit, json_t **ret_acts, struct error *err) MUST_CHECK;
/* The last act of a kind on a post, or on one of its comments (comment_id 0: on the post): at, by {id, name}, reason. NULL where there is none. */
enum err act_last(struct db *db, const char *kind, int64_t post_id, int64_t comment_id, json_t **ret_act, struct error *err) MUST_CHECK;

#endif
