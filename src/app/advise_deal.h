/* Advise deal: what is known of a deal before its next conversation, and what its end teaches (C4–C8).
 *
 * Evidence of the next conversation at a moment:
 *   b2b                    the client's segment
 *   second_call            a conversation about this deal was held (one where nobody answered does not count). Of a deal that came finished and without any
 *                          conversation, by import: it was closed on a later day than it was opened, so there was more than one talk
 *   signals, objections    what the conversations that ended have shown: a tick stays until a later conversation takes it off; objections left standing add up
 *   missed                 the last conversation was agreed (another had been held before) and the client did not come
 *   silence                the last one held ended 14 days or more ago
 *
 * A finished deal is predicted with what was known at its close (where a conversation closed it: with the ticks of that conversation, but as the first if
 * it was the first) and with the belief that had not seen it; the prediction is
 * kept; then the belief learns it. Once a deal. All of this happens in the transaction of whoever closes the deal. */
#ifndef STURGEON_APP_ADVISE_DEAL_H
#define STURGEON_APP_ADVISE_DEAL_H

#include "app/advise_team.h"
#include "core/playbook/talk.h"

#define ADVISE_SILENCE_DAYS 14

struct advise_known {
	int64_t deal_id;
	double wish_sell;
	struct evidence evidence;
};

/* The deal's next conversation, at a moment (use->now, or when it is planned). ABSENT: no such deal. Two small queries: quick enough for a page of deals. */
enum outcome advise_deal_known(struct use *use, const struct advise_team *team, int64_t deal_id, int64_t at, struct advise_known *ret_known);

/* A conversation as it was when it began, or as it would be now: for struct live_known. */
enum outcome advise_call_known(struct use *use, const struct advise_team *team, int64_t call_id, struct advise_known *ret_known);

/* Gives each object of `deals` (a list of a model) its "advice" as advise_team_model has it, for its next conversation now; `key` names the field that holds the
 * deal's id. One that is no deal of this team gets none. */
enum outcome advise_deals_put(struct use *use, const struct advise_team *team, json_t *deals, const char *key);

/* A conversation has ended (its row has ended_at and outcome already): keeps what it has shown. state is the last of its sale. Repeating it changes nothing.
 * Where conversations about the deal that ended later are known already (this one's events came late, over a bad network), theirs is derived anew. */
enum outcome advise_call_ended(struct use *use, const struct advise_team *team, int64_t call_id, const struct talk_state *state);

/* The same for this conversation alone: a rebuild goes through all of them, in order. */
enum outcome advise_call_shown(struct use *use, const struct advise_team *team, int64_t call_id, const struct talk_state *state, struct advised_call *ret_call);

/* The sale as the recorded events of a conversation left it. */
enum outcome advise_call_replay(struct use *use, int64_t call_id, struct talk *talk);

/* A deal became won or lost (its row says so already, with closed_at; the conversation that closed it has ended, advise_call_ended included): predicts, records, learns. Where it had been learnt with the other outcome, the
 * outcome is corrected and the belief learnt anew from the record. */
enum outcome advise_deal_finished(struct use *use, int64_t deal_id);

/* A finished deal was opened again: what it taught is forgotten. */
enum outcome advise_deal_reopened(struct use *use, int64_t deal_id);

/* Learns every finished deal that was not learnt yet, in the order in which they were closed (after an import). */
enum outcome advise_deals_finished(struct use *use, int *ret_learnt);

/* The belief from the record alone, and how it is kept: for the above and for advise_rebuild. */
enum outcome advise_relearn(struct use *use, struct advise_team *team);
enum outcome advise_belief_save(struct use *use, const struct advise_team *team);

#endif
