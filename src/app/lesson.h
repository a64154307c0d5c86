/* Lesson: reading one, and its quiz (L1). Everyone's own: what somebody else has read and answered is not told here. */
#ifndef STURGEON_APP_LESSON_H
#define STURGEON_APP_LESSON_H

#include "app/lesson_text.h"
#include "app/use.h"
#include "base/tr.h"

/* try_id 0: the quiz to be answered; otherwise that own try, with what was right and why. chosen (closed by NULL; may be NULL): what is ticked already, "question:choice"
 * from 1, and quiz: of which questions (as in lesson_quiz). ABSENT: no such lesson, or no such try of his.
 * A try at questions that have been changed since is told by its figures alone (try.changed). */
enum outcome lesson_page(struct use *use, const char *key, int64_t try_id, const char *quiz, const char *const *chosen, json_t **ret_model);

enum outcome lesson_tick(struct use *use, const char *key); /* he has read it */

/* Answers "question:choice". quiz: of the model of the page on which it was answered ("": whatever it was); where its questions have been changed since, nothing is
 * kept. Every question must be answered; then the try is kept, whatever came of it, and the lesson counts as read. */
enum outcome lesson_quiz(struct use *use, const char *key, const char *quiz, const char *const *chosen, int64_t *ret_try_id);

/* As it will look, answers told: {title, summary, mode, minutes, body_html, questions}. */
json_t *lesson_told(struct arena *arena, const struct lesson *lesson);

/* What is said of a scenario of practice before one begins it: {key, mode, name, about, person}. A new reference; NULL: there is none of that key, or none more. */
json_t *lesson_scenario(const char *key, enum lang lang);
json_t *lesson_scenario_at(int place, enum lang lang); /* from 0 */

#endif
