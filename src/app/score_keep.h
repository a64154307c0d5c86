/* Score keep: how every conversation was scored, held in a table of its own (call_score), so that a look over many of them reads rows and replays nothing.
 *
 * Derived from events, marks, the playbook and the table: written when a call ends and when a lead marks it, and made anew by `sturgeon check`. */
#ifndef STURGEON_APP_SCORE_KEEP_H
#define STURGEON_APP_SCORE_KEEP_H

#include "app/call_score.h"
#include "store/store.h"

/* Writes the row of a conversation that has ended; one that did not take place has none. Book and trade are read where they are not there. */
enum outcome score_keep(struct use *use, const struct call_scored *scored);

/* Before the program serves: teams whose conversations ended before scores were kept get them. */
enum err score_upgrade(struct store *store, struct error *err) MUST_CHECK;

/* For `sturgeon check`. Equal, or put right. */
enum err score_rebuild(struct db *db, bool *ret_equal, char detail[120], struct error *err) MUST_CHECK;

#endif
