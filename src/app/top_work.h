/* Top work: what the keeper of the top is asked to do, noted with the facts that ask for it (in their transaction). */
#ifndef STURGEON_APP_TOP_WORK_H
#define STURGEON_APP_TOP_WORK_H

#include "store/db.h"

/* A new vote is to be taken in. */
enum err top_work_vote(struct db *db, int64_t vote_id, int64_t at, struct error *err) MUST_CHECK;
/* What was counted from `at` on counts no more, or counts again: a vote taken back, a post hidden or shown, a ban, a merge, other rules. History is
 * written anew from there. INT64_MAX (there was nothing to count) asks for nothing. */
enum err top_work_again(struct db *db, int64_t at, struct error *err) MUST_CHECK;

#endif
