#include "app/journal.h"

#include "store/ban_store.h"
#include "store/journal_store.h"

enum outcome journal_of_member(struct use *use, int64_t team_id, int64_t member_id)
{
	return use_done(journal_member_put(use->db, team_id, member_id, use->now, &use->error));
}

static void json_close(void *json)
{
	json_decref(json);
}

enum outcome journal_ban(struct use *use, int64_t community_id, json_t **ret_ban)
{
	if (ban_active(use->db, use->who.member_id, community_id, use->now, ret_ban, &use->error)) return FAILED;
	if (*ret_ban) arena_defer(use->arena, json_close, *ret_ban);
	return DONE;
}

enum outcome journal_unbanned(struct use *use, int64_t community_id)
{
	enum outcome outcome = journal_ban(use, community_id, &use->ban);
	return outcome ? outcome : use->ban ? REFUSED : DONE;
}

enum outcome journal_may_write(struct use *use, int64_t community_id, bool *ret_may)
{
	bool member = true, moderator;
	json_t *ban;
	*ret_may = false;
	if (use->who.role == ROLE_NONE) return DONE;
	enum outcome outcome = journal_ban(use, community_id, &ban);
	if (outcome) return outcome;
	if (community_id && journal_member_of(use->db, community_id, use->who.member_id, &member, &moderator, &use->error)) return FAILED;
	*ret_may = !ban && member;
	return DONE;
}

enum outcome journal_moderates(struct use *use, int64_t community_id, bool *ret_moderates)
{
	bool member;
	json_t *ban;
	*ret_moderates = false;
	if (use->who.role == ROLE_NONE) return DONE;
	if (journal_ban(use, community_id, &ban)) return FAILED;
	if (ban) return DONE;
	*ret_moderates = use->who.role >= ROLE_LEAD;
	if (*ret_moderates || !community_id) return DONE;
	return use_done(journal_member_of(use->db, community_id, use->who.member_id, &member, ret_moderates, &use->error));
}
