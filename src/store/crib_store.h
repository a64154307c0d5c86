/* Crib store: what is known of a client as a person (N2), and which interests stand behind his positions (N3).
 *
 * The crib is written by managers. client_interest is derived from the events of calls that are over (app/call_finish.h). What was told stands in item_heard, the
 * crib's own lines among it: told once, it is offered no more. Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_CRIB_STORE_H
#define STURGEON_STORE_CRIB_STORE_H

#include <stdbool.h>

#include "store/db.h"

enum { CRIB_MOST = 60 }; /* lines of a client that stand */

enum err crib_insert(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, const char *variety, const char *text, int64_t member_id, int64_t at,
		     struct error *err) MUST_CHECK;
/* at 0: puts it back. *ret_there: this client has such a line. */
enum err crib_remove(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, int64_t at, bool *ret_there, struct error *err) MUST_CHECK;
enum err crib_count(struct db *db, int64_t team_id, int64_t client_id, int64_t *ret_count, struct error *err) MUST_CHECK;
enum err crib_exists(struct db *db, int64_t team_id, int64_t client_id, int64_t crib_id, bool *ret_exists, struct error *err) MUST_CHECK;

/* The lines that stand, those not told first: id, variety, text, told_at, told_call (null while not told), and removed ones where `all`. */
enum err crib_list(struct db *db, int64_t team_id, int64_t client_id, bool all, json_t **ret_lines, struct error *err) MUST_CHECK;
/* Personal openers of the playbooks that this client has heard, the last first: variety, text, told_at, told_call. */
enum err crib_told(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_lines, struct error *err) MUST_CHECK;

/* ---- Positions and interests ---- */

enum err interest_found_add(struct db *db, int64_t team_id, int64_t client_id, int64_t interest_id, int64_t position_id, int64_t call_id, int64_t at,
			    struct error *err) MUST_CHECK;
/* Positions that the client voiced, the last first: id, playbook_id, variety, text, at, call_id, times. */
enum err interest_positions(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_positions, struct error *err) MUST_CHECK;
/* What was found in him: id, position_id, call_id, at, motives, compliance__bool, playbook_id, text, client (in words that he may read; "" for a personal cut), say. */
enum err interest_found(struct db *db, int64_t team_id, int64_t client_id, const char *language, json_t **ret_found, struct error *err) MUST_CHECK;
/* Points of products that were told him: text (the benefit), motives, playbook_id, at. The last first. */
enum err interest_points_told(struct db *db, int64_t team_id, int64_t client_id, json_t **ret_points, struct error *err) MUST_CHECK;
/* The playbook to speak by: that of his youngest open deal's product; 0: none. */
enum err interest_playbook(struct db *db, int64_t team_id, int64_t client_id, int64_t *ret_playbook, struct error *err) MUST_CHECK;

/* Personal cuts found in clients with an open deal, the last first: client_id, client, call_id, at, deal_id, member, text. */
enum err interest_cuts(struct db *db, int64_t team_id, const char *language, json_t **ret_cuts, struct error *err) MUST_CHECK;
/* To whom such a thing is taken: the team's lead (an administrator where it has none): id, name; NULL where it has neither. */
enum err interest_lead(struct db *db, int64_t team_id, json_t **ret_lead, struct error *err) MUST_CHECK;

#endif
