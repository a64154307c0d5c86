#include "app/advise_deal.h"

#include <string.h>

#include "base/moment.h"
#include "store/call_store.h"

enum { REPLAY_ARENA = 16 << 20 };

static void shown_take(const struct advise_team *team, const json_t *shown, struct evidence *evidence)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)shown, key, value) {
		int index = evidence_find(team->defs, team->n, key);
		if (index > EVIDENCE_BIAS) evidence_set(evidence, team->defs, index, json_number_value(value));
	}
}

enum outcome advise_deal_known(struct use *use, const struct advise_team *team, int64_t deal_id, int64_t at, struct advise_known *ret_known)
{
	struct advised_row deal;
	struct shown_row shown;
	if (advised_load(use->db, use->who.team_id, deal_id, &deal, &use->error)) return FAILED;
	if (!deal.there) return ABSENT;
	if (shown_load(use->db, use->who.team_id, deal_id, at, &shown, &use->error)) return FAILED;
	*ret_known = (struct advise_known){.deal_id = deal_id, .wish_sell = deal.wish_sell};
	struct evidence *evidence = &ret_known->evidence;
	evidence_init(evidence, team->n);
	shown_take(team, shown.shown, evidence);
	bool long_closed = !shown.shown && deal.finished && deal.closed_at && day_of(deal.closed_at) > day_of(deal.created_at);
	evidence_set(evidence, team->defs, EVIDENCE_B2B, deal.b2b);
	evidence_set(evidence, team->defs, EVIDENCE_SECOND_CALL, shown.held > 0 || long_closed);
	evidence_set(evidence, team->defs, EVIDENCE_MISSED, shown.missed);
	evidence_set(evidence, team->defs, EVIDENCE_SILENCE, shown.held_at && at - shown.held_at >= ADVISE_SILENCE_DAYS * MOMENT_DAY);
	json_decref(shown.shown);
	return DONE;
}

enum outcome advise_call_known(struct use *use, const struct advise_team *team, int64_t call_id, struct advise_known *ret_known)
{
	struct advised_call call;
	if (advised_call_load(use->db, use->who.team_id, call_id, &call, &use->error)) return FAILED;
	if (!call.there) return ABSENT;
	return advise_deal_known(use, team, call.deal_id, call.began_at ? call.began_at : use->now, ret_known);
}

enum outcome advise_deals_put(struct use *use, const struct advise_team *team, json_t *deals, const char *key)
{
	struct advise_known known;
	size_t i;
	json_t *deal;
	json_array_foreach(deals, i, deal) {
		enum outcome outcome = advise_deal_known(use, team, json_integer_value(json_object_get(deal, key)), use->now, &known);
		if (outcome == FAILED) return outcome;
		if (outcome == DONE) json_object_set_new(deal, "advice", advise_team_model(team, known.evidence.x, known.wish_sell));
	}
	return DONE;
}

/* What stood before, with this conversation's ticks over it; taken-off ticks leave it. */
static json_t *shown_add(const struct advise_team *team, json_t *before, const struct talk_state *state)
{
	json_t *shown = before ? before : json_object();
	for (int i = 0; i < team->n; i++) {
		int on = team->signal[i].signal_id ? talk_signal(state, team->signal[i].signal_id) : -1;
		if (on > 0) json_object_set_new(shown, team->defs[i].key, json_integer(1));
		if (on == 0) json_object_del(shown, team->defs[i].key);
	}
	const char *objections = team->defs[EVIDENCE_OBJECTION_UNANSWERED].key;
	json_int_t standing = json_integer_value(json_object_get(shown, objections)) + talk_unanswered(state);
	if (standing > 0) json_object_set_new(shown, objections, json_integer(standing < EVIDENCE_COUNT_MAX ? standing : EVIDENCE_COUNT_MAX));
	return shown;
}

enum outcome advise_call_shown(struct use *use, const struct advise_team *team, int64_t call_id, const struct talk_state *state, struct advised_call *ret_call)
{
	struct shown_row shown;
	if (advised_call_load(use->db, use->who.team_id, call_id, ret_call, &use->error)) return FAILED;
	if (!ret_call->there || !ret_call->ended) return ABSENT;
	if (shown_load(use->db, use->who.team_id, ret_call->deal_id, ret_call->ended_at, &shown, &use->error)) return FAILED;
	shown.shown = shown_add(team, shown.shown, state);
	shown.missed = ret_call->unanswered && shown.held > 0;
	if (!ret_call->unanswered) {
		shown.held++;
		shown.held_at = ret_call->ended_at;
	}
	enum err kind = shown_save(use->db, use->who.team_id, call_id, ret_call->deal_id, ret_call->ended_at, &shown, &use->error);
	json_decref(shown.shown);
	return use_done(kind);
}

enum outcome advise_call_ended(struct use *use, const struct advise_team *team, int64_t call_id, const struct talk_state *state)
{
	struct advised_call call;
	int64_t *later;
	int n;
	enum outcome outcome = advise_call_shown(use, team, call_id, state, &call);
	if (outcome) return outcome;
	if (later_calls_list(use->db, use->arena, use->who.team_id, call.deal_id, call.ended_at, &later, &n, &use->error)) return FAILED;
	if (!n) return DONE;
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	for (int i = 0; i < n && !outcome; i++) {
		outcome = advise_call_replay(use, later[i], talk);
		if (!outcome) outcome = advise_call_shown(use, team, later[i], &talk->state, &call);
	}
	return outcome;
}

enum outcome advise_call_replay(struct use *use, int64_t call_id, struct talk *talk)
{
	struct arena *arena = arena_new(REPLAY_ARENA);
	struct call_event_row *rows;
	int n = 0;
	enum err kind = call_event_list(use->db, arena, use->who.team_id, call_id, &rows, &n, &use->error);
	talk_init(talk);
	for (int i = 0; i < n && !kind; i++) talk_apply(talk, &rows[i].event);
	arena_free(arena);
	return use_done(kind);
}

/* The evidence but for the bias, as it is kept with a prediction; the caller frees. */
static char *evidence_text(const struct advise_team *team, const struct evidence *evidence)
{
	json_t *json = json_object();
	for (int i = EVIDENCE_BIAS + 1; i < team->n; i++)
		if (evidence->x[i] != 0) json_object_set_new(json, team->defs[i].key, json_real(evidence->x[i]));
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(json);
	return text;
}

enum outcome advise_belief_save(struct use *use, const struct advise_team *team)
{
	size_t size = belief_bytes(team->n);
	unsigned char *bytes = arena_alloc(use->arena, size);
	belief_encode(&team->belief, bytes);
	return use_done(belief_row_save(use->db, use->arena, use->who.team_id, team->belief.taught, bytes, size, &use->error));
}

/* What was known when the deal was closed. Closed in a conversation: whether it was the second and whether he had been silent is as it was when that one began,
 * what was shown is as it was when it ended. Closed without one: as for a next conversation at that moment. */
static enum outcome closing_known(struct use *use, const struct advise_team *team, int64_t deal_id, int64_t closed_at, struct advise_known *ret_known)
{
	struct shown_row shown;
	int64_t began_at;
	if (closing_call_load(use->db, use->who.team_id, deal_id, &began_at, &use->error)) return FAILED;
	enum outcome outcome = advise_deal_known(use, team, deal_id, began_at ? began_at : closed_at, ret_known);
	if (outcome || !began_at) return outcome;
	if (shown_load(use->db, use->who.team_id, deal_id, INT64_MAX, &shown, &use->error)) return FAILED;
	for (int i = EVIDENCE_BIAS + 1; i < team->n; i++)
		if (team->defs[i].source == EVIDENCE_SIGNAL || i == EVIDENCE_OBJECTION_UNANSWERED) ret_known->evidence.x[i] = 0;
	shown_take(team, shown.shown, &ret_known->evidence);
	json_decref(shown.shown);
	return DONE;
}

/* Predicts, records, learns; the belief is not saved yet. */
static enum outcome learn(struct use *use, struct advise_team *team, int64_t deal_id, const struct advised_row *deal)
{
	struct advise_known known;
	enum outcome outcome = closing_known(use, team, deal_id, deal->closed_at, &known);
	if (outcome) return outcome;
	char *evidence = evidence_text(team, &known.evidence);
	double probability = belief_sigmoid(belief_score(&team->belief, known.evidence.x).logit);
	enum err kind = prediction_insert(use->db, use->who.team_id, deal_id, use->now, evidence, probability, deal->won, &use->error);
	free(evidence);
	if (kind) return FAILED;
	belief_learn(&team->belief, known.evidence.x, deal->won);
	return DONE;
}

enum outcome advise_relearn(struct use *use, struct advise_team *team)
{
	advise_team_forget(use, team);
	struct rows *rows = prediction_rows(use->db, use->who.team_id);
	bool spoilt = false;
	while (rows_next(rows)) {
		struct evidence evidence;
		json_t *kept = json_loads(rows_text(rows, 0), 0, NULL);
		spoilt |= !json_is_object(kept);
		evidence_init(&evidence, team->n);
		shown_take(team, kept, &evidence);
		json_decref(kept);
		belief_learn(&team->belief, evidence.x, rows_int(rows, 2) != 0);
	}
	if (rows_done(rows, &use->error)) return FAILED;
	if (spoilt) return use_done(err_set(&use->error, ERR_CORRUPT, "the evidence of a prediction is no JSON object"));
	return DONE;
}

static enum outcome relearn_and_save(struct use *use)
{
	struct advise_team *team;
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = advise_relearn(use, team);
	return outcome ? outcome : advise_belief_save(use, team);
}

enum outcome advise_deal_finished(struct use *use, int64_t deal_id)
{
	struct advise_team *team;
	struct advised_row deal;
	int before;
	if (advised_load(use->db, use->who.team_id, deal_id, &deal, &use->error) || prediction_outcome(use->db, use->who.team_id, deal_id, &before, &use->error))
		return FAILED;
	if (!deal.there || !deal.finished || !deal.closed_at) return ABSENT;
	if (before == (int)deal.won) return DONE;
	if (before >= 0) {
		if (prediction_correct(use->db, use->who.team_id, deal_id, deal.won, &use->error)) return FAILED;
		return relearn_and_save(use);
	}
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = learn(use, team, deal_id, &deal);
	return outcome ? outcome : advise_belief_save(use, team);
}

enum outcome advise_deal_reopened(struct use *use, int64_t deal_id)
{
	int before;
	if (prediction_outcome(use->db, use->who.team_id, deal_id, &before, &use->error)) return FAILED;
	if (before < 0) return DONE;
	if (prediction_delete(use->db, use->who.team_id, deal_id, &use->error)) return FAILED;
	return relearn_and_save(use);
}

enum outcome advise_deals_finished(struct use *use, int *ret_learnt)
{
	struct advise_team *team;
	struct advised_row deal;
	int64_t *deals;
	int n;
	*ret_learnt = 0;
	if (unlearnt_list(use->db, use->arena, use->who.team_id, &deals, &n, &use->error)) return FAILED;
	if (!n) return DONE;
	enum outcome outcome = advise_team_load(use, &team);
	for (int i = 0; i < n && !outcome; i++) {
		if (advised_load(use->db, use->who.team_id, deals[i], &deal, &use->error)) return FAILED;
		outcome = learn(use, team, deals[i], &deal);
	}
	if (outcome) return outcome;
	*ret_learnt = n;
	return advise_belief_save(use, team);
}
