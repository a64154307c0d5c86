/* Lesson store: who has read which lesson, every try at a quiz; and beside them what a member has practised and which conversations he led (L1). Every function
 * takes team_id and sees that team alone; member_id 0: all of its members. */
#ifndef STURGEON_STORE_LESSON_STORE_H
#define STURGEON_STORE_LESSON_STORE_H

#include "store/db.h"

enum err lesson_read_add(struct db *db, int64_t team_id, int64_t member_id, const char *lesson, int64_t at, struct error *err) MUST_CHECK; /* the first time counts */
enum err quiz_try_add(struct db *db, int64_t team_id, int64_t try_id, int64_t member_id, const char *lesson, int64_t quiz, int64_t at, const char *answers,
		      int64_t n_right, int64_t n, struct error *err) MUST_CHECK;

/* id, quiz, at, answers (JSON), n_right, n; NULL where that member has no such try at that lesson. */
enum err quiz_try_load(struct db *db, int64_t team_id, int64_t member_id, const char *lesson, int64_t try_id, json_t **ret_try, struct error *err) MUST_CHECK;

/* member_id, lesson, read_at (may be null), tries, last_at, best (share of right answers), passed_at (the first that was good enough; may be null); one row for each
 * lesson that a member has begun. */
enum err lesson_progress(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_rows, struct error *err) MUST_CHECK;

/* member_id, scenario, times, best_tenths, last_tenths, last_at: of practices that have ended with a score, the last practised first. */
enum err lesson_practised(struct db *db, int64_t team_id, int64_t member_id, json_t **ret_rows, struct error *err) MUST_CHECK;

/* A team's own lessons: id, text, retired__bool; those put away come last. */
enum err team_lesson_list(struct db *db, int64_t team_id, bool retired, json_t **ret_rows, struct error *err) MUST_CHECK; /* retired: those, too */
enum err team_lesson_load(struct db *db, int64_t team_id, int64_t lesson_id, json_t **ret_row, struct error *err) MUST_CHECK; /* NULL: there is none */
enum err team_lesson_add(struct db *db, int64_t team_id, int64_t lesson_id, int64_t member_id, const char *text, int64_t at, struct error *err) MUST_CHECK;
enum err team_lesson_change(struct db *db, int64_t team_id, int64_t lesson_id, int64_t member_id, const char *text, int64_t at, struct error *err) MUST_CHECK;
enum err team_lesson_retire(struct db *db, int64_t team_id, int64_t lesson_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: back */

/* id, name of those who work. */
enum err lesson_members(struct db *db, int64_t team_id, json_t **ret_rows, struct error *err) MUST_CHECK;

/* Of conversations that took place since then: how many ended as a sale and as a negotiation. */
enum err lesson_modes(struct db *db, int64_t team_id, int64_t member_id, int64_t since, int64_t *ret_sales, int64_t *ret_negotiations, struct error *err) MUST_CHECK;

#endif
