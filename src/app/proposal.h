/* Proposal: what is sent to a client, tied to what matters to him (N4).
 *
 * Put together from what is known when it is looked at: the interests found in him, in words that he may read, and to each what of the product serves it; the
 * package that is on the table now, in words, and its price. Never in it: a personal cut, what we think of him, values, limits, anything of ours alone.
 * The deal's owner and the lead may add an opening, a next step and a day until which it holds. */
#ifndef STURGEON_APP_PROPOSAL_H
#define STURGEON_APP_PROPOSAL_H

#include "app/use.h"

enum { PROPOSAL_DAYS = 14 };

/* In use->who.language: deal, to {name, position, company}, product {name, summary} or null, interests [{text, points [{characteristic, advantage, benefit}]}],
 * by_motives (none was found: built on the motives ticked), terms [{name, value}], price_minor or null, opening, next_step, next_at or null, valid_until, at,
 * form, may_change. */
enum outcome proposal_page(struct use *use, int64_t deal_id, json_t **ret_model);
/* Mistakes: valid_until (past). */
enum outcome proposal_write(struct use *use, int64_t deal_id, const char *opening, const char *next_step, int32_t valid_until);

#endif
