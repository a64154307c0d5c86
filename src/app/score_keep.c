#include "app/score_keep.h"

#include <stdio.h>

#include "app/check.h"
#include "app/score_page.h"
#include "core/playbook/playbook_word.h"

enum { CALL_ARENA = 16 << 20 };

enum outcome score_keep(struct use *use, const struct call_scored *scored)
{
	const struct talk_state *state = &scored->talk->state;
	struct call_scored whole = *scored;
	struct score score;
	if (state->step != STEP_ENDED || !state->began_at) return DONE;
	enum outcome outcome = whole.book ? DONE : call_score_load(use, &whole);
	if (!outcome) outcome = call_score(use, &whole, &score);
	if (outcome || score.n == 0) return outcome;
	struct call_score_row row = {.call_id = whole.call_id, .member_id = whole.row->owner_id, .ended_at = state->ended_at, .mode = playbook_word(WORD_MODE, (int)state->mode), .rubric = score.tenths};
	outcome = score_overruled(use, (struct mark_of){.call_id = whole.call_id}, &score, NULL);
	if (outcome) return outcome;
	row.tenths = score.tenths;
	return use_done(call_score_put(use->db, use->who.team_id, &row, &use->error));
}

static enum outcome call_again(struct use *use, int64_t call_id)
{
	struct call_scored scored;
	enum outcome outcome = call_score_find(use, call_id, &scored);
	return outcome == ABSENT ? DONE : outcome ? outcome : score_keep(use, &scored);
}

static enum outcome team_again(struct use *use, int64_t *ret_wrong)
{
	uint64_t before, after;
	int64_t *calls;
	int n;
	enum outcome outcome = DONE;
	if (call_score_digest(use->db, use->who.team_id, &before, &use->error) || call_score_drop(use->db, use->who.team_id, &use->error) ||
	    call_led_list(use->db, use->arena, use->who.team_id, &calls, &n, &use->error))
		return FAILED;
	for (int i = 0; i < n && !outcome; i++) {
		struct arena *arena = arena_new(CALL_ARENA);
		struct use own;
		use_init(&own, arena, use->db, use->who, use->now);
		outcome = call_again(&own, calls[i]);
		use->error = own.error;
		arena_free(arena);
	}
	if (outcome) return outcome;
	if (call_score_digest(use->db, use->who.team_id, &after, &use->error)) return FAILED;
	*ret_wrong = before != after;
	return DONE;
}

static enum outcome team_lacks(struct use *use, int64_t *ret_lacks)
{
	bool lacking;
	if (call_score_lacking(use->db, use->who.team_id, &lacking, &use->error)) return FAILED;
	*ret_lacks = lacking;
	return DONE;
}

static enum outcome team_upgrade(struct use *use, int64_t *ret_wrong)
{
	int64_t lacks;
	enum outcome outcome = team_lacks(use, &lacks);
	*ret_wrong = 0;
	return outcome || !lacks ? outcome : team_again(use, ret_wrong);
}

static enum err upgrade_in(struct db *db, void *arg, struct error *err)
{
	int64_t wrong;
	(void)arg;
	return check_each_team(db, team_upgrade, &wrong, err);
}

enum err score_upgrade(struct store *store, struct error *err)
{
	int64_t lacks = 0;
	struct db *db = store_reader_take(store, err);
	if (!db) return err->kind;
	enum err kind = check_each_team(db, team_lacks, &lacks, err);
	store_reader_give(store, db);
	return kind || !lacks ? kind : store_write(store, upgrade_in, NULL, err);
}

enum err score_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t wrong;
	enum err kind = check_each_team(db, team_again, &wrong, err);
	*ret_equal = !wrong;
	if (wrong) snprintf(detail, 120, "teams put right: %lld", (long long)wrong);
	return kind;
}
