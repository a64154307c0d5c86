/* Moderate: hide, ban, merge; every act with its reason in a public log, and with what it did to the rating (old and new figures).
 *
 * Who: a community's moderators for its posts, their comments and bans in it; the company's leads and administrators everywhere, and they alone for posts outside of
 * communities and bans everywhere. Nobody moderates while he is banned, nor bans himself or one who may moderate there.
 * An act on what counts (posts, votes) asks for a run of the top from the first vote concerned; the keeper then writes act.effect. */
#ifndef STURGEON_APP_MODERATE_H
#define STURGEON_APP_MODERATE_H

#include "app/use.h"
#include "store/store.h"

enum { MODERATE_REASON_LONGEST = 500, MODERATE_ROWS = 30, MODERATE_EFFECTS = 3 };

/* What was so already is DONE and no act. Mistake: reason (empty). */
enum outcome moderate_post(struct use *use, int64_t post_id, bool hide, const char *reason);
enum outcome moderate_comment(struct use *use, int64_t post_id, int64_t comment_id, bool hide, const char *reason);
/* into: a post's id or address. Mistakes: into (there is none such; itself; it was merged itself; something was merged into this one), reason. into NULL: undone. */
enum outcome moderate_merge(struct use *use, int64_t post_id, const char *into, const char *reason);
/* community_id 0: everywhere. until_day 0: until it is lifted. Mistakes: member (himself, a moderator), until, reason. */
enum outcome moderate_ban(struct use *use, int64_t member_id, int64_t community_id, int32_t until_day, const char *reason);
enum outcome moderate_unban(struct use *use, int64_t member_id, int64_t community_id, const char *reason);

/* post {id, title, …}, state, may_…: the forms of a post's moderation. ABSENT, REFUSED. */
enum outcome moderate_post_page(struct use *use, int64_t post_id, json_t **ret_model);
enum outcome moderate_comment_page(struct use *use, int64_t post_id, int64_t comment_id, json_t **ret_model);
/* journal, places [{community {id, name} or null (everywhere), ban or null}]: where the one who asks may ban this person. */
enum outcome moderate_ban_page(struct use *use, int64_t member_id, json_t **ret_model);
/* Of a published post that a moderator hid: {id, at, by {id, name}, reason}, for who has its link and may not read it. ABSENT where it is not so. */
enum outcome moderate_hidden(struct use *use, int64_t post_id, json_t **ret_model);
/* The log: acts, filter {community, journal}, next. For every reader. */
enum outcome moderation_page(struct use *use, int64_t community_id, int64_t journal_id, const char *after, json_t **ret_model);

/* Bans whose end has come: their votes count again. One transaction of its own; cheap where there is none. */
enum err moderate_work(struct store *store, int64_t now, struct error *err) MUST_CHECK;

#endif
