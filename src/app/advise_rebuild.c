#include "app/advise_rebuild.h"

#include <string.h>

#include "app/advise_deal.h"
#include "app/check.h"

static enum outcome shown_of_team(struct use *use, int64_t *ret_wrong)
{
	struct advise_team *team;
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	struct advised_call call;
	int64_t *calls, stale;
	int n;
	enum outcome outcome = advise_team_load(use, &team);
	if (outcome) return outcome;
	if (ended_calls_list(use->db, use->arena, use->who.team_id, &calls, &n, &use->error) ||
	    shown_delete_stale(use->db, use->who.team_id, &stale, &use->error))
		return FAILED;
	*ret_wrong = stale;
	for (int i = 0; i < n; i++) {
		char before[SHOWN_DIGEST], after[SHOWN_DIGEST];
		if (shown_digest(use->db, use->who.team_id, calls[i], before, &use->error)) return FAILED;
		outcome = advise_call_replay(use, calls[i], talk);
		if (!outcome) outcome = advise_call_shown(use, team, calls[i], &talk->state, &call);
		if (outcome) return outcome;
		if (shown_digest(use->db, use->who.team_id, calls[i], after, &use->error)) return FAILED;
		*ret_wrong += strcmp(before, after) != 0;
	}
	return DONE;
}

enum err advise_rebuild_shown(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t wrong;
	enum err kind = check_each_team(db, shown_of_team, &wrong, err);
	*ret_equal = !wrong;
	if (wrong) snprintf(detail, 120, "conversations put right: %lld", (long long)wrong);
	return kind;
}

static enum outcome belief_of_team(struct use *use, int64_t *ret_wrong)
{
	struct advise_team *team;
	enum outcome outcome = advise_team_load(use, &team);
	if (outcome == FAILED && use->error.kind == ERR_CORRUPT) {
		*ret_wrong = 1;
		if (belief_row_delete(use->db, use->who.team_id, &use->error)) return FAILED;
		outcome = advise_team_load(use, &team);
	}
	if (outcome) return outcome;
	size_t size = belief_bytes(team->n);
	unsigned char *before = arena_alloc(use->arena, size), *after = arena_alloc(use->arena, size);
	belief_encode(&team->belief, before);
	outcome = advise_relearn(use, team);
	if (outcome) return outcome;
	belief_encode(&team->belief, after);
	if (!memcmp(before, after, size)) return DONE;
	*ret_wrong = 1;
	return advise_belief_save(use, team);
}

enum err advise_rebuild_belief(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t wrong;
	enum err kind = check_each_team(db, belief_of_team, &wrong, err);
	*ret_equal = !wrong;
	if (wrong) snprintf(detail, 120, "teams learnt anew: %lld", (long long)wrong);
	return kind;
}
