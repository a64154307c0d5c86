/* Digest store: what of a team's week is no count of conversations: what is overdue, deals that moved, personal cuts, cards, the top, practice (the lead's week, L2). */
#ifndef STURGEON_STORE_DIGEST_STORE_H
#define STURGEON_STORE_DIGEST_STORE_H

#include "store/db.h"

/* Planned, not begun, and its time is over: id, planned_at, purpose, client_id, client, owner; the longest overdue first. And how many. */
enum err digest_overdue(struct db *db, int64_t team_id, int64_t before, int limit, json_t **ret_rows, int64_t *ret_n, struct error *err) MUST_CHECK;
/* Deals that were won, lost or changed their stage in [from, to): id, name, client, kind, was, became, at, owner, value_minor (may be null); what is worth most first. */
enum err digest_moves(struct db *db, int64_t team_id, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err) MUST_CHECK;
/* Personal cuts heard: client_id, client, call_id, at, owner. */
enum err digest_cuts(struct db *db, int64_t team_id, int64_t from, int64_t to, json_t **ret_rows, struct error *err) MUST_CHECK;
/* Cards of the team's calls: id, title, kind, used, went_on; the most used first. */
enum err digest_cards(struct db *db, int64_t team_id, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err) MUST_CHECK;
/* Posts that came into the main top: id, title, author, position (the best it held); the best first. The whole company's. */
enum err digest_rose(struct db *db, int64_t from, int64_t to, int limit, json_t **ret_rows, struct error *err) MUST_CHECK;
/* Practice that ended: member, talks, won, tenths (on average). */
enum err digest_practice(struct db *db, int64_t team_id, int64_t from, int64_t to, json_t **ret_rows, struct error *err) MUST_CHECK;

#endif
