#include "app/call_finish.h"

#include <string.h>

#include "app/advise_deal.h"
#include "app/call_fact.h"
#include "app/card.h"
#include "app/deal.h"
#include "app/deal_finish.h"
#include "app/score_keep.h"
#include "base/id.h"
#include "core/playbook/playbook_word.h"
#include "store/client_store.h"
#include "store/crib_store.h"

enum outcome call_progress(struct use *use, int64_t call_id, const struct talk_state *state)
{
	struct call_derived derived = {
		.began_at = state->began_at,
		.ended_at = state->ended_at,
		.mode = state->began_at ? playbook_word(WORD_MODE, (int)state->mode) : NULL,
		.outcome = state->outcome ? playbook_word(WORD_OUTCOME, (int)state->outcome) : NULL,
		.reason = "",
	};
	if (call_promises(use->db, use->arena, use->who.team_id, call_id, &derived.promised, &use->error)) return FAILED;
	if (state->outcome == OUTCOME_LOST && call_reason(use->db, use->arena, use->who.team_id, call_id, &derived.reason, &use->error)) return FAILED;
	return use_done(call_derive(use->db, use->who.team_id, call_id, &derived, &use->error));
}

/* Did the call go on after it? */
static bool went_on(const struct talk_state *state)
{
	return state->outcome == OUTCOME_WON || state->outcome == OUTCOME_NEXT;
}

/* Where an objection was raised last, in the log; −1 where it is not in it. */
static int raised_last(const struct talk *talk, int64_t objection)
{
	int at = talk->n_log - 1;
	while (at >= 0 && !(talk->log[at].kind == EVENT_OBJECTION && talk->log[at].item == objection)) at--;
	return at;
}

/* What was argued against each objection since it was raised last, and whether the client took it. */
static enum err answers_count(struct use *use, const struct talk *talk)
{
	const struct talk_state *state = &talk->state;
	for (int i = 0; i < state->n_objections; i++) {
		const struct talk_objection *objection = &state->objections[i];
		bool worked = objection->state == OBJECTION_ANSWERED && went_on(state);
		for (int j = raised_last(talk, objection->item) + 1; j < talk->n_log; j++) {
			const struct call_event *event = &talk->log[j];
			if (event->kind == EVENT_OBJECTION_CLOSED || event->kind == EVENT_OBJECTION_LEFT) break;
			if (event->kind != EVENT_OBJECTION_PART || event->value % 8 != PART_ARGUE) continue;
			enum answer_method method = (enum answer_method)(event->value / 8);
			bool composed = method == METHOD_SIMILAR_CASE || method == METHOD_EVERYONE;
			enum err kind = item_use_add(use->db, use->who.team_id, event->item, composed ? playbook_word(WORD_METHOD, (int)method) : "", worked, &use->error);
			if (kind) return kind;
		}
	}
	return ERR_NONE;
}

enum err call_finish_derive(struct use *use, int64_t call_id, const struct call_row *call, const struct talk *talk)
{
	const struct talk_state *state = &talk->state;
	const int64_t team_id = use->who.team_id;
	enum err kind = ERR_NONE;
	for (int i = 0; !kind && i < state->n_said; i++) {
		if (state->said[i].as == SAID_SKIPPED) continue;
		kind = item_use_add(use->db, team_id, state->said[i].item, "", went_on(state), &use->error);
		if (!kind) kind = item_heard_add(use->db, team_id, call->client_id, state->said[i].item, call_id, &use->error);
	}
	for (int i = 0; !kind && i < state->n_interests; i++)
		kind = interest_found_add(use->db, team_id, call->client_id, state->interests[i].item, state->interests[i].position, call_id, state->interests[i].at,
			&use->error);
	for (int i = 0; !kind && i < state->n_objections; i++)
		kind = objection_deal_add(use->db, team_id, state->objections[i].item, call->deal_id, &use->error);
	if (!kind) kind = card_derive(use, call, talk);
	return kind ? kind : answers_count(use, talk);
}

/* The deal follows the call: finished, or as far along as the call came. Whoever leads a call may do that to its deal. */
static enum outcome deal_follow(struct use *use, const struct call_row *call, const struct talk_state *state, const char *reason)
{
	struct use lead = *use;
	lead.who.role = use->who.role < ROLE_LEAD ? ROLE_LEAD : use->who.role;
	enum outcome outcome = DONE;
	if (call->deal_closed_at) return DONE; /* finished meanwhile, on the board */
	if (state->outcome == OUTCOME_WON) outcome = deal_finish(&lead, call->deal_id, true, "", state->ended_at);
	else if (state->outcome == OUTCOME_LOST) outcome = deal_finish(&lead, call->deal_id, false, reason, state->ended_at);
	else if (state->began_at) {
		static const char *const stages[] = {"new", "contact", "offer", "contract"};
		int was = 0, is = state->contract_at ? 3 : state->visited & MACHINE_BIT(STEP_PRESENTATION) ? 2 : state->n_said > 0 ? 1 : 0;
		while (was < 3 && strcmp(stages[was], call->stage) != 0) was++;
		if (is > was) outcome = deal_stage_move(&lead, call->deal_id, stages[is]);
	}
	use->error = lead.error;
	return outcome;
}

static enum outcome next_plan(struct use *use, int64_t call_id, const struct call_row *call, const struct talk_state *state, const char *promised)
{
	if (!state->next_at || state->outcome == OUTCOME_WON || state->outcome == OUTCOME_LOST || call->deal_closed_at) return DONE;
	struct call_plan plan = {
		.call_id = id_new(use->now), .client_id = call->client_id, .deal_id = call->deal_id, .owner_id = call->owner_id,
		.planned_at = state->next_at, .purpose = promised,
	};
	if (call_insert(use->db, use->who.team_id, &plan, &use->error)) return FAILED;
	return use_done(call_next_set(use->db, use->who.team_id, call_id, plan.call_id, &use->error));
}

enum outcome call_finish(struct use *use, int64_t call_id, const struct call_row *call, const struct talk *talk)
{
	const char *reason = "", *promised = "";
	enum outcome outcome = call_progress(use, call_id, &talk->state);
	if (outcome) return outcome;
	if (call_reason(use->db, use->arena, use->who.team_id, call_id, &reason, &use->error)) return FAILED;
	if (call_promises(use->db, use->arena, use->who.team_id, call_id, &promised, &use->error)) return FAILED;
	if (call_finish_derive(use, call_id, call, talk)) return FAILED;
	outcome = score_keep(use, &(struct call_scored){.call_id = call_id, .row = call, .talk = talk});
	if (outcome) return outcome;
	if (client_touch(use->db, use->who.team_id, call->client_id, use->now, &use->error)) return FAILED;
	if (talk->state.outcome == OUTCOME_WON) outcome = call_fact_signed(use, call->deal_id, call_id, &talk->state);
	if (!outcome) outcome = call_fact_deal(use, call->deal_id);
	if (outcome) return outcome;
	struct advise_team *team;
	outcome = advise_team_load(use, &team);
	if (!outcome) outcome = advise_call_ended(use, team, call_id, &talk->state);
	if (!outcome) outcome = card_call_ended(use, call_id);
	if (!outcome) outcome = deal_follow(use, call, &talk->state, reason);
	return outcome ? outcome : next_plan(use, call_id, call, &talk->state, promised);
}
