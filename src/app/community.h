/* Community: a journal that several write in: founded by any member, with rules and moderators of its own (L3).
 *
 * A community always has a moderator who works in the company: the last one can neither leave nor give it up. The company's leads and administrators moderate everywhere.
 * Whoever is banned in a community, or everywhere, is not in it for the time: he can neither join nor write. A closed one is read on; nothing new comes. */
#ifndef STURGEON_APP_COMMUNITY_H
#define STURGEON_APP_COMMUNITY_H

#include "app/use.h"
#include "store/community_store.h"

enum { COMMUNITY_NAME_LONGEST = 80, COMMUNITY_ABOUT_LONGEST = 2000, COMMUNITY_RULES_LONGEST = 8000, COMMUNITY_MEMBERS_PAGE = 50 };

/* Mistakes: name (there is one called so), ban. The founder is its first moderator. */
enum outcome community_found(struct use *use, const struct community_fields *fields, int64_t *ret_community_id);
/* Its moderators'. */
enum outcome community_change(struct use *use, int64_t community_id, const struct community_fields *fields);
/* form {name, about, rules}, community {id, name, closed_at}. community_id 0: of a new one, and ban where he may not found any. */
enum outcome community_form_page(struct use *use, int64_t community_id, json_t **ret_model);

/* Mistakes: ban, closed (there is nothing to join), moderator (the last one stays). */
enum outcome community_join_or_leave(struct use *use, int64_t community_id, bool join);
/* Makes a member a moderator, or a moderator a member. Mistakes: moderator. */
enum outcome community_moderator_or_not(struct use *use, int64_t community_id, int64_t member_id, bool moderator);
/* An act of moderation: why stands in the public log. */
enum outcome community_close_or_reopen(struct use *use, int64_t community_id, bool close, const char *reason);

/* community {id, name, closed_at}, moderators, members (a page of community_members), query {words}, next (or absent), bans (where the one who asks moderates), may_moderate, role. */
enum outcome community_members_page(struct use *use, int64_t community_id, const char *words, const char *after, json_t **ret_model);

/* What a blogger says of himself; his own journal's alone. */
enum outcome journal_about_change(struct use *use, const char *about);
enum outcome journal_about_page(struct use *use, json_t **ret_model); /* form {about}, journal {id, name} */

#endif
