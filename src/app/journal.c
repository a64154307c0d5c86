#include "app/journal.h"

#include "store/ban_store.h"
#include "store/journal_store.h"

enum outcome journal_of_member(struct use *use, int64_t team_id, int64_t member_id)
{
	return use_done(journal_member_put(use->db, team_id, member_id, use->now, &use->error));
}

enum outcome journal_banned(struct use *use, int64_t community_id, bool *ret_banned)
{
	json_t *ban;
	if (ban_active(use->db, use->who.member_id, community_id, use->now, &ban, &use->error)) return FAILED;
	*ret_banned = ban != NULL;
	json_decref(ban);
	return DONE;
}

enum outcome journal_may_write(struct use *use, int64_t community_id, bool *ret_may)
{
	bool banned, member = true, moderator;
	*ret_may = false;
	if (use->who.role == ROLE_NONE) return DONE;
	enum outcome outcome = journal_banned(use, community_id, &banned);
	if (outcome) return outcome;
	if (community_id && journal_member_of(use->db, community_id, use->who.member_id, &member, &moderator, &use->error)) return FAILED;
	*ret_may = !banned && member;
	return DONE;
}

enum outcome journal_moderates(struct use *use, int64_t community_id, bool *ret_moderates)
{
	bool banned, member;
	*ret_moderates = false;
	if (use->who.role == ROLE_NONE) return DONE;
	if (journal_banned(use, community_id, &banned)) return FAILED;
	if (banned) return DONE;
	*ret_moderates = use->who.role >= ROLE_LEAD;
	if (*ret_moderates || !community_id) return DONE;
	return use_done(journal_member_of(use->db, community_id, use->who.member_id, &member, ret_moderates, &use->error));
}
