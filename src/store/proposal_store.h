/* Proposal store: what a manager adds to the proposal of a deal in his own words (N4). All else in it is put together when it is looked at. */
#ifndef STURGEON_STORE_PROPOSAL_STORE_H
#define STURGEON_STORE_PROPOSAL_STORE_H

#include "store/db.h"

/* opening, next_step, valid_until (a day); NULL where nothing was added. */
enum err proposal_load(struct db *db, int64_t team_id, int64_t deal_id, json_t **ret_words, struct error *err) MUST_CHECK;
enum err proposal_put(struct db *db, int64_t team_id, int64_t deal_id, const char *opening, const char *next_step, int64_t valid_until, int64_t member_id, int64_t at,
		      struct error *err) MUST_CHECK;

#endif
