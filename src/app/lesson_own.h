/* Lesson own: a team's own lessons, which a lead writes in the form of lesson_text.h. Everyone of the team reads them and answers their quizzes; what is put away
 * only leads see. */
#ifndef STURGEON_APP_LESSON_OWN_H
#define STURGEON_APP_LESSON_OWN_H

#include "app/lesson_text.h"
#include "app/use.h"

/* A lesson by its key, the program's ("two_talks") or the team's own ("t" and its id; its place is 0). ABSENT: there is none that he may read. *ret_retired may be NULL. */
enum outcome lesson_own_find(struct use *use, const char *key, const struct lesson **ret_lesson, bool *ret_retired);

/* The team's own; to a lead those put away, too, the last of them (*ret_working is how many are not). */
enum outcome lesson_own_list(struct use *use, const struct lesson *const **ret_lessons, int *ret_count, int *ret_working);

/* The form (key NULL: a new one, with a text to begin from). typed: what was typed there before, of which it says the line of its mistake; NULL: nothing. Lead.
 * {form, key, retired, line, scenarios, preview: {what lesson_told says, or mistake (words), line}}. */
enum outcome lesson_own_form(struct use *use, const char *key, const char *typed, json_t **ret_model);
enum outcome lesson_own_preview_page(struct use *use, const char *text, json_t **ret_model);                /* {preview}: of the form's model, too. Lead */
enum outcome lesson_own_save(struct use *use, const char *key, const char *text, const char **ret_key); /* key NULL: a new one. Lead */
enum outcome lesson_own_retire(struct use *use, const char *key, bool back);                            /* lead */

#endif
