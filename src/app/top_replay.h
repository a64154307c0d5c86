/* Top replay: the main top of a table of votes, or of a table of observed tops, from its first row to its last (`sturgeon top replay`, `top observe`; T1–T8).
 *
 * Replay. What comes out is a function of the votes that remain: rows count in the order of time, then of the file, wherever they stand in it. A weight of −1
 * takes back what that voter gave that post last and still stands: both are as if they had never been; where nothing stands it is passed over. A row without a
 * weight is weighed by T8 (core/top/weigher.h) or, with `plain`, is 1; one with a weight counts as it says. A post that tells no publication was published with
 * its first vote that remains.
 *
 * Observe. A snapshot is all rows of one time. A post holds its position from a snapshot to the next one, at most `gap`; the last snapshot 0: who is
 * first seen in it has a tenure without time, and so has entered. A post that keeps its position from one snapshot to the next without a hole has one tenure. A row
 * that stands twice in a snapshot is one; positions beyond rules.places are no part of the top (of the rules it is the only one that matters here: what was seen is not reckoned); a position that two posts hold in it, or a post that holds two, is refused with its line. */
#ifndef STURGEON_APP_TOP_REPLAY_H
#define STURGEON_APP_TOP_REPLAY_H

#include "app/top_out.h"
#include "app/top_table.h"
#include "core/top/top.h"

struct top_replay_options {
	struct top_rules rules;
	bool plain;                     /* every vote without a weight is 1 */
	int64_t gap_us;                 /* of observed tops */
	int64_t from, to;               /* INT64_MIN, INT64_MAX: all of it; `to` is then the last event */
};

struct top_replayed {
	struct top_history history;     /* its names are the table's */
	struct tenure *tenures;
	size_t room;
	int64_t ignored;                /* rows that counted for nothing: second votes, and taking back what was not there */
	int64_t last;                   /* the last event */
};

enum err top_replay(const struct top_table *table, const struct top_replay_options *options, struct top_replayed *ret, struct error *err) MUST_CHECK;
enum err top_observe(const struct top_table *table, const struct top_replay_options *options, struct top_replayed *ret, struct error *err) MUST_CHECK;
void top_replayed_done(struct top_replayed *replayed);

#endif
