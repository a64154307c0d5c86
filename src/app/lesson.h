/* Lesson: reading one, and its quiz (L1). Everyone's own: what somebody else has read and answered is not told here. */
#ifndef STURGEON_APP_LESSON_H
#define STURGEON_APP_LESSON_H

#include "app/use.h"
#include "base/tr.h"

/* try_id 0: the quiz to be answered; otherwise that own try, with what was right and why. chosen (closed by NULL; may be NULL): what is ticked already, "question:choice"
 * from 1. ABSENT: no such lesson, or no such try of his. */
enum outcome lesson_page(struct use *use, const char *key, int64_t try_id, const char *const *chosen, json_t **ret_model);

enum outcome lesson_tick(struct use *use, const char *key); /* he has read it */

/* Answers "question:choice". Every question must be answered; then the try is kept, whatever came of it, and the lesson counts as read. */
enum outcome lesson_quiz(struct use *use, const char *key, const char *const *chosen, int64_t *ret_try_id);

/* What is said of a scenario of practice before one begins it: {key, mode, name, about, person}. A new reference; NULL: there is none of that key, or none more. */
json_t *lesson_scenario(const char *key, enum lang lang);
json_t *lesson_scenario_at(int place, enum lang lang); /* from 0 */

#endif
