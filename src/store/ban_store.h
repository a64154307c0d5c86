/* Ban store: who may not write, comment or vote, in one community (community_id) or everywhere (0); and whose votes do not count meanwhile.
 *
 * Two questions, answered apart so that a run of the top is a function of what is stored and never of the clock:
 * - may he act? By the clock: a ban ends at until_at (ban_active);
 * - do his votes count? By the row: not while lifted_at is NULL (BAN_COUNTS_OUT). When until_at has come, ban_work (app/moderate.h) writes lifted_at and has the
 *   top run again. A ban everywhere takes all his votes out, those before it too; one in a community his votes on its posts.
 *
 * At most one ban of a member stands in a place (ban_insert lifts the one before it). ban_id is the id of the act that set it: its reason stands there. */
#ifndef STURGEON_STORE_BAN_STORE_H
#define STURGEON_STORE_BAN_STORE_H

#include <jansson.h>
#include <stdbool.h>

#include "store/db.h"

/* SQL condition: the votes of `member` on a post of `community` (may be NULL) do not count. Both are SQL expressions: BAN_COUNTS_OUT("v.voter_id", "p.community_id"). */
#define BAN_COUNTS_OUT(member, community) \
	"EXISTS (SELECT 1 FROM ban b WHERE b.member_id = " member " AND b.lifted_at IS NULL AND b.community_id IN (0, COALESCE(" community ", 0)))"

/* The ban that keeps a member from acting in a community (0: outside of any) now: id, everywhere (boolean), community {id, name} or null, at, until_at, reason. That
 * which ends last, where there are two. *ret_ban NULL: he may act. */
enum err ban_active(struct db *db, int64_t member_id, int64_t community_id, int64_t now, json_t **ret_ban, struct error *err) MUST_CHECK;
/* The same of one place alone (0: everywhere). */
enum err ban_active_in(struct db *db, int64_t member_id, int64_t community_id, int64_t now, json_t **ret_ban, struct error *err) MUST_CHECK;

/* until 0: until it is lifted. */
enum err ban_insert(struct db *db, int64_t ban_id, int64_t member_id, int64_t community_id, int64_t at, int64_t until, struct error *err) MUST_CHECK;
enum err ban_lift(struct db *db, int64_t member_id, int64_t community_id, int64_t at, struct error *err) MUST_CHECK; /* db_changed tells whether there was one */
/* Bans that stand in a community (0: everywhere): journal {id, name}, at, until_at, reason. */
enum err ban_list(struct db *db, int64_t community_id, int64_t now, json_t **ret_bans, struct error *err) MUST_CHECK;

/* Bans whose end has come and is not written yet. */
struct ban_due {
	int64_t ban_id, member_id, community_id;
};
enum err ban_due_next(struct db *db, int64_t now, struct ban_due *ret_due, struct error *err) MUST_CHECK; /* ban_id 0: none */
enum err ban_run_out(struct db *db, int64_t ban_id, struct error *err) MUST_CHECK;                        /* lifted_at = until_at */
/* When the next ban will end; INT64_MAX where none will. */
enum err ban_next_end(struct db *db, int64_t *ret_at, struct error *err) MUST_CHECK;

/* The earliest vote that a ban (or its end) concerns: of a member on a community's posts (0: on any); INT64_MAX where he has none. */
enum err ban_first_vote(struct db *db, int64_t member_id, int64_t community_id, int64_t *ret_at, struct error *err) MUST_CHECK;

#endif
