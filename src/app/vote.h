/* Vote: a reader's vote for a post, and taking it back (T8). One per reader and post; the weight is known at once, the heat follows within a second. */
#ifndef STURGEON_APP_VOTE_H
#define STURGEON_APP_VOTE_H

#include "app/use.h"

/* Voting twice, or taking back what is not there, changes nothing and is DONE. ABSENT: no such post to be read. REFUSED: banned. */
enum outcome vote_cast(struct use *use, int64_t post_id, bool back);

/* What a page says of the reader's own vote: {"votes": 41, "mine": true, "own": false, "nth": 3, "weight": 0.333, "late": false}. mine: he has voted;
 * weight: what his vote counts, or would count now; own: it is his own post (weight 0); late: published too long ago for a vote to add heat. A stranger's
 * has votes alone. A new reference. */
enum outcome vote_view(struct use *use, int64_t post_id, json_t **ret_vote);

/* A vote of kind "use" (1) or "well" (2): a card of this post was used in a call, the call went well after it (L4). By the same rule of weight.
 * ABSENT, REFUSED as above. */
enum outcome vote_of_call(struct use *use, int64_t post_id, const char *kind, int64_t *ret_vote_id);

#endif
