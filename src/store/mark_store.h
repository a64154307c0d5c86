/* Mark store: the marks that leads gave instead of the rubric's, and how conversations were scored (L1).
 *
 * A mark is never changed: the last one of a criterion counts, and one without a number gives the criterion back to the rubric. call_score is derived from events, marks and the
 * playbook (app/score_keep.h). Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_MARK_STORE_H
#define STURGEON_STORE_MARK_STORE_H

#include <stdbool.h>

#include "store/db.h"

/* Of one conversation, real or practised: one of the two ids, the other 0. */
struct mark_of {
	int64_t call_id, practice_id;
};

struct mark_new {
	int64_t mark_id;
	struct mark_of of;
	const char *criterion;
	int mark;                       /* 1 … 5; 0: the rubric's own again */
	const char *reason;
	int64_t member_id, at;
};
enum err mark_insert(struct db *db, int64_t team_id, const struct mark_new *mark, struct error *err) MUST_CHECK;

/* The last of each criterion, where it has a number: [{criterion, mark, reason, name (who), at}]. */
enum err mark_list(struct db *db, int64_t team_id, struct mark_of of, json_t **ret_marks, struct error *err) MUST_CHECK;

/* How a conversation that took place was scored. */
struct call_score_row {
	int64_t call_id, member_id, ended_at;
	const char *mode;
	int tenths, rubric;             /* with the leads' marks; without */
};
enum err call_score_put(struct db *db, int64_t team_id, const struct call_score_row *row, struct error *err) MUST_CHECK; /* in place of what was there */
enum err call_score_digest(struct db *db, int64_t team_id, uint64_t *ret_digest, struct error *err) MUST_CHECK; /* all of a team's as one number */
enum err call_score_drop(struct db *db, int64_t team_id, struct error *err) MUST_CHECK;

enum err call_score_lacking(struct db *db, int64_t team_id, bool *ret_lacking, struct error *err) MUST_CHECK; /* conversations took place, and no row is there */

/* Since a moment, by spans of so many microseconds from it: [{member_id, span (from 0), n, tenths (their sum)}]. member_id 0: everybody's. */
enum err call_score_spans(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int64_t span, json_t **ret_rows, struct error *err) MUST_CHECK;
/* A member's since a moment, the last first: [{id, client, mode, outcome, ended_at, at_us (the same as a number), tenths, rubric}]. */
enum err call_score_list(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int limit, json_t **ret_rows, struct error *err) MUST_CHECK;
/* His practices that have ended, the last first: [{id, scenario, mode, ended_at, tenths, failed}]. */
enum err practice_score_list(struct db *db, int64_t team_id, int64_t member_id, int limit, json_t **ret_rows, struct error *err) MUST_CHECK;

/* The practice's row repeats its score once it has ended. */
enum err practice_tenths_set(struct db *db, int64_t team_id, int64_t practice_id, int tenths, struct error *err) MUST_CHECK;

#endif
