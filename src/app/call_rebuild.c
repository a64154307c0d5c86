#include "app/call_rebuild.h"

#include "app/call_fact.h"
#include "app/call_finish.h"
#include "app/check.h"
#include "store/answer_store.h"
#include "store/card_store.h"

enum { CALL_ARENA = 16 << 20 };

/* Stored events were all allowed when they came: one that is not in the log was taken back, unless it took back. */
static enum err undone_mark(struct use *use, int64_t call_id, const struct talk *talk, const struct call_event_row *rows, int n)
{
	for (int i = 0, j = 0; i < n; i++) {
		if (j < talk->n_log && talk->log[j].seq == rows[i].event.seq) {
			j++;
		} else if (rows[i].event.kind != EVENT_UNDONE) {
			enum err kind = call_event_undo(use->db, use->who.team_id, call_id, rows[i].event.seq, &use->error);
			if (kind) return kind;
		}
	}
	return ERR_NONE;
}

static enum outcome call_again(struct use *use, int64_t call_id, struct talk *talk)
{
	struct call_row call;
	struct call_event_row *rows;
	int n;
	if (call_find(use->db, use->who.team_id, call_id, &call, &use->error) ||
	    call_event_list(use->db, use->arena, use->who.team_id, call_id, &rows, &n, &use->error))
		return FAILED;
	talk_init(talk);
	for (int i = 0; i < n; i++) talk_apply(talk, &rows[i].event);
	if (undone_mark(use, call_id, talk, rows, n)) return FAILED;
	if (talk->state.step == STEP_ENDED && call_finish_derive(use, call_id, &call, talk)) return FAILED;
	return call_progress(use, call_id, &talk->state);
}

static enum outcome team_again(struct use *use, int64_t *ret_wrong)
{
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	uint64_t before, after, facts_before, facts_after;
	int64_t *calls;
	int n;
	enum outcome outcome = DONE;
	if (fact_digest(use->db, use->who.team_id, &facts_before, &use->error) || call_derived_digest(use->db, use->who.team_id, &before, &use->error) || call_derived_drop(use->db, use->who.team_id, &use->error) ||
	    call_led_list(use->db, use->arena, use->who.team_id, &calls, &n, &use->error))
		return FAILED;
	for (int i = 0; i < n && !outcome; i++) {
		struct arena *arena = arena_new(CALL_ARENA);
		struct use own;
		use_init(&own, arena, use->db, use->who, use->now);
		outcome = call_again(&own, calls[i], talk);
		use->error = own.error;
		arena_free(arena);
	}
	if (!outcome) outcome = call_fact_team(use);
	if (outcome) return outcome;
	if (card_use_sweep(use->db, use->who.team_id, &use->error) || call_derived_digest(use->db, use->who.team_id, &after, &use->error) || fact_digest(use->db, use->who.team_id, &facts_after, &use->error)) return FAILED;
	*ret_wrong = before != after || facts_before != facts_after;
	return DONE;
}

enum err call_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t wrong;
	bool counted = false;
	enum err kind = check_each_team(db, team_again, &wrong, err);
	if (!kind) kind = card_recount(db, &counted, err);
	*ret_equal = !wrong && !counted;
	if (counted) snprintf(detail, 120, "uses of cards counted anew");
	if (wrong) snprintf(detail, 120, "teams put right: %lld", (long long)wrong);
	return kind;
}
