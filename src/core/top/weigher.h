/* Weigher: which vote of a reader for an author it is (T8, vote_weight.h), for a stream of millions of votes in the order of time.
 *
 * Voters and authors are the caller's numbers out of one row (so one's own post is known by equality), posts his numbers out of another; all below UINT32_MAX.
 *
 * Cost: two places of memory a vote, whatever has been before (weigher_expect fetches them meanwhile). Memory: 8 to 24 bytes a vote for "one per reader and
 * post", 16 to 48 a pair of reader and author, 16 for each vote that is at most 30 days old (or was, when that pair was last met). */
#ifndef STURGEON_CORE_TOP_WEIGHER_H
#define STURGEON_CORE_TOP_WEIGHER_H

#include <stdint.h>

enum {
	WEIGHER_AGAIN = -1, /* the reader has voted for this post: nothing, as if it had not been given */
	WEIGHER_OWN = 0,    /* his own post: weighs 0 */
};

struct weigher;

struct weigher *weigher_new(void);
void weigher_free(struct weigher *weigher);

/* n ≥ 1: the n-th vote of this voter for this author within 30 days; or one of the above. at: not before any earlier call's. */
int weigher_vote(struct weigher *weigher, uint32_t voter, uint32_t post, uint32_t author, int64_t at);
/* Says that this vote comes soon. */
void weigher_expect(const struct weigher *weigher, uint32_t voter, uint32_t post, uint32_t author);

#endif
