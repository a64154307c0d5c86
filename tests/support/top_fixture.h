/* Top fixture: posts and votes of any moment, written straight into the data, and the keeper of the top, called by hand: for tests of pages about the top and the rating.
 *
 *   int64_t post = fixture_post(web, web->lead.member_id, 0, "Про ціну", moment_now() - 2 * MOMENT_HOUR);
 *   fixture_votes(web, post, 5, moment_now() - MOMENT_HOUR);
 *   fixture_keep(web);
 */
#ifndef STURGEON_TESTS_TOP_FIXTURE_H
#define STURGEON_TESTS_TOP_FIXTURE_H

#include "web_fixture.h"

int64_t fixture_blogger(struct web *web, int64_t journal_id, const char *name); /* the journal of a member, or (0) of a feed; its id */
int64_t fixture_community(struct web *web, const char *name);
/* A published article; its author's journal must be there. community_id 0: none. */
int64_t fixture_post(struct web *web, int64_t author_id, int64_t community_id, const char *title, int64_t published_at);

/* A vote of anybody, at a moment not before those that fixture_keep has taken in; the top knows of it after the next. voter_id 0: a reader who votes only this once. */
void fixture_vote(struct web *web, int64_t post_id, int64_t voter_id, int64_t at);
void fixture_votes(struct web *web, int64_t post_id, int n, int64_t at); /* of n readers, each this once */

void fixture_keep(struct web *web); /* what the server's work does a quarter of a second later */

#endif
