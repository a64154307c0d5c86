/* Top live: the top as listening pages are told it (web/stream.h): who is where, what moved within an hour, how many votes.
 *
 * One line of JSON: {"top": [[post id, position an hour ago (0: not in the top), votes], …]}, by position from 1. The same top gives the same text. */
#ifndef STURGEON_APP_TOP_LIVE_H
#define STURGEON_APP_TOP_LIVE_H

#include "base/buf.h"
#include "store/db.h"

enum err top_live_state(struct db *db, struct buf *out, struct error *err) MUST_CHECK;

#endif
