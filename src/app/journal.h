/* Journal: whose journal is whose, and who may write in which. A member's journal_id is his member_id; it is made when he first writes, answers or votes. */
#ifndef STURGEON_APP_JOURNAL_H
#define STURGEON_APP_JOURNAL_H

#include "app/use.h"

/* Makes sure that a member has a journal (writes only where he has none). Its id is member_id. */
enum outcome journal_of_member(struct use *use, int64_t team_id, int64_t member_id);

/* The ban that the one who asks is under, everywhere or in this community (0: everywhere): ban_active's, freed with the arena; NULL: none. */
enum outcome journal_ban(struct use *use, int64_t community_id, json_t **ret_ban);
/* REFUSED where there is such a ban; use->ban is it, so that the answer says so. */
enum outcome journal_unbanned(struct use *use, int64_t community_id);

/* May he write in this community (0: in his own journal alone)? Not where he is banned, no member of it, or it is closed. */
enum outcome journal_may_write(struct use *use, int64_t community_id, bool *ret_may);

/* Is he a moderator of this community; or of the company, which leads and administrators are? community_id 0: of the company. */
enum outcome journal_moderates(struct use *use, int64_t community_id, bool *ret_moderates);

#endif
