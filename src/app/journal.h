/* Journal: whose journal is whose, and who may write in which. A member's journal_id is his member_id; it is made when he first writes, answers or votes. */
#ifndef STURGEON_APP_JOURNAL_H
#define STURGEON_APP_JOURNAL_H

#include "app/use.h"

/* Makes sure that a member has a journal (writes only where he has none). Its id is member_id. */
enum outcome journal_of_member(struct use *use, int64_t team_id, int64_t member_id);

/* Is the one who asks banned, everywhere or in this community (0: everywhere)? */
enum outcome journal_banned(struct use *use, int64_t community_id, bool *ret_banned);

/* May he write in this community (0: in his own journal alone)? Not where he is banned, no member of it, or it is closed. */
enum outcome journal_may_write(struct use *use, int64_t community_id, bool *ret_may);

/* Is he a moderator of this community; or of the company, which leads and administrators are? community_id 0: of the company. */
enum outcome journal_moderates(struct use *use, int64_t community_id, bool *ret_moderates);

#endif
