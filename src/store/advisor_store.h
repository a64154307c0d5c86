/* Advisor store: a team's signals, what its calls have shown, what was predicted of its deals, and what it believes.
 *
 * Truth: signal, signal_text, prediction. Derived: call_evidence (from a call's events), belief (from the predictions, in order of place). */
#ifndef STURGEON_STORE_ADVISOR_STORE_H
#define STURGEON_STORE_ADVISOR_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

struct signal_row {
	int64_t signal_id, place, created_at, retired_at; /* retired_at 0: offered */
	double mean, sd;
	const char *key, *hotkey;
	const char *name, *why, *absent; /* in the language asked for, else in another; "" where there is none */
};

/* In order of signal_id, retired ones too. */
enum err signal_list(struct db *db, struct arena *arena, int64_t team_id, const char *language, struct signal_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;
enum err signal_insert(struct db *db, int64_t team_id, const struct signal_row *row, struct error *err) MUST_CHECK; /* without its words; ERR_CONFLICT: the key is taken */
enum err signal_text_insert(struct db *db, int64_t team_id, int64_t signal_id, const char *language, const char *name, const char *why, const char *absent,
			    struct error *err) MUST_CHECK;
enum err signal_retire(struct db *db, int64_t team_id, int64_t signal_id, int64_t at, struct error *err) MUST_CHECK; /* 0: offers it again; db_changed tells whether there is one */

/* What a deal's conversations that ended before a moment have shown. */
struct shown_row {
	int64_t held, held_at;          /* held_at 0: none was held */
	bool missed;
	json_t *shown;                  /* a new reference; NULL where no conversation ended */
};
enum err shown_load(struct db *db, int64_t team_id, int64_t deal_id, int64_t before, struct shown_row *ret_row, struct error *err) MUST_CHECK;
enum err shown_save(struct db *db, int64_t team_id, int64_t call_id, int64_t deal_id, int64_t ended_at, const struct shown_row *row, struct error *err) MUST_CHECK;

/* For the rebuild: the calls that ended, by deal and in order; those of one deal that ended after a moment; rows of those that did not are dropped and counted; a row as one text, "" where there is none. */
#define SHOWN_DIGEST 8192
enum err ended_calls_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_calls, int *ret_n, struct error *err) MUST_CHECK;
enum err later_calls_list(struct db *db, struct arena *arena, int64_t team_id, int64_t deal_id, int64_t after, int64_t **ret_calls, int *ret_n, struct error *err) MUST_CHECK;
enum err shown_delete_stale(struct db *db, int64_t team_id, int64_t *ret_n, struct error *err) MUST_CHECK;
enum err shown_digest(struct db *db, int64_t team_id, int64_t call_id, char ret_digest[SHOWN_DIGEST], struct error *err) MUST_CHECK;

/* What the advisor needs of a deal. */
struct advised_row {
	bool there, b2b, finished, won;
	int64_t created_at, closed_at;  /* closed_at 0: open */
	double wish_sell;
};
enum err advised_load(struct db *db, int64_t team_id, int64_t deal_id, struct advised_row *ret_row, struct error *err) MUST_CHECK;
struct advised_call {
	bool there, ended, unanswered;  /* unanswered: nobody came */
	int64_t deal_id, began_at, ended_at; /* 0: not yet */
};
enum err advised_call_load(struct db *db, int64_t team_id, int64_t call_id, struct advised_call *ret_row, struct error *err) MUST_CHECK;
/* When the deal's last conversation began, if that one ended it (won or lost); otherwise 0. */
enum err closing_call_load(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_began_at, struct error *err) MUST_CHECK;
/* Finished deals that were not learnt yet, the first closed first. */
enum err unlearnt_list(struct db *db, struct arena *arena, int64_t team_id, int64_t **ret_deals, int *ret_n, struct error *err) MUST_CHECK;

/* Predictions. outcome −1 from prediction_outcome: the deal was never predicted. */
enum err prediction_insert(struct db *db, int64_t team_id, int64_t deal_id, int64_t at, const char *evidence, double probability, bool bought, struct error *err) MUST_CHECK;
enum err prediction_outcome(struct db *db, int64_t team_id, int64_t deal_id, int *ret_outcome, struct error *err) MUST_CHECK;
enum err prediction_correct(struct db *db, int64_t team_id, int64_t deal_id, bool bought, struct error *err) MUST_CHECK;
enum err prediction_delete(struct db *db, int64_t team_id, int64_t deal_id, struct error *err) MUST_CHECK;
enum err prediction_count(struct db *db, int64_t team_id, int64_t *ret_n, struct error *err) MUST_CHECK;
/* In order of place: evidence (text), probability, outcome. For rows_next. */
struct rows *prediction_rows(struct db *db, int64_t team_id);

/* The belief's bytes; *ret_bytes NULL where nothing was learnt yet. */
enum err belief_row_load(struct db *db, struct arena *arena, int64_t team_id, unsigned char **ret_bytes, size_t *ret_n, struct error *err) MUST_CHECK;
enum err belief_row_save(struct db *db, struct arena *arena, int64_t team_id, int64_t learnt, const unsigned char *bytes, size_t n, struct error *err) MUST_CHECK;
enum err belief_row_delete(struct db *db, int64_t team_id, struct error *err) MUST_CHECK;

enum err advisor_teams(struct db *db, struct arena *arena, int64_t **ret_teams, int *ret_n, struct error *err) MUST_CHECK; /* every team, for `sturgeon check` */

#endif
