/* Call fact: what a deal's conversations were, as countable facts for the company's answer (L2): derived from their events, for the whole deal at once, since what is found in one
 * counts in those after it, and since their events may come late.
 *
 * The first concession of a deal is the first offer, in a conversation or outside, that gives something; it belongs to the conversation in which it was made. In price: the offer
 * gives price, whatever else. */
#ifndef STURGEON_APP_CALL_FACT_H
#define STURGEON_APP_CALL_FACT_H

#include "app/use.h"
#include "core/playbook/talk.h"
#include "store/store.h"

/* What the advisor says as a conversation begins, at that moment; noted once. */
enum outcome call_fact_advised(struct use *use, int64_t deal_id, int64_t call_id, int64_t began_at);

/* Of a conversation in which a package was signed: what it left on the table; noted once. Nothing where there is no table or no limit. */
enum outcome call_fact_signed(struct use *use, int64_t deal_id, int64_t call_id, const struct talk_state *state);

/* The facts of a deal's conversations that took place, written anew. */
enum outcome call_fact_deal(struct use *use, int64_t deal_id);

/* All of a team's, from nothing. */
enum outcome call_fact_team(struct use *use);

/* Before the program serves: teams whose conversations ended before facts were kept get them. */
enum err call_fact_upgrade(struct store *store, struct error *err) MUST_CHECK;

#endif
