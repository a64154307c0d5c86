/* Lesson text: a lesson as a teacher writes it: Markdown, a few lines of what it is above, a quiz below. content/lessons/README.md says the form to people.
 *
 *   # Two talks, not one
 *   Summary: why a good sale can ruin a negotiation
 *   Method: C1, C2, C3
 *   Mode: sale            (or negotiation; left out where the lesson is of both)
 *   Practice: mall_card   (a scenario; may be left out)
 *
 *   Text in Markdown …
 *
 *   # Check yourself
 *
 *   ## A question?
 *   - [x] What is right
 *     Why it is.
 *   - [ ] What is wrong
 *     Why it is not.
 *
 * What is embedded is the program's own: text that does not fit its form is a bug, and a test loads everything. Pure but for the arena. */
#ifndef STURGEON_APP_LESSON_TEXT_H
#define STURGEON_APP_LESSON_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "app/content.h"
#include "base/arena.h"
#include "base/tr.h"

extern const struct content_file lesson_files[]; /* made by tools/content2c.sh from content/lessons/: "01_two_talks.uk", … */
extern const int lesson_files_count;

enum { LESSON_QUESTIONS = 8, LESSON_CHOICES = 6, LESSON_METHODS = 8 };

struct lesson_choice {
	const char *text, *why;
	bool right;
};

struct lesson_question {
	const char *text;
	int n_choices, n_right;
	struct lesson_choice choices[LESSON_CHOICES];
};

struct lesson {
	int place;              /* in the course, from 1 */
	const char *key;        /* "two_talks" */
	const char *title, *summary, *mode, *scenario; /* mode, scenario: "" where there is none */
	int n_methods;
	const char *methods[LESSON_METHODS]; /* rows of the method: "C1" */
	const char *body;       /* Markdown */
	int minutes;            /* that reading takes, without the quiz */
	int n_questions;
	struct lesson_question questions[LESSON_QUESTIONS];
};

/* false: the form does not fit; *ret_line (from 1) and *ret_mistake (a msgid) say what and where. place and key are left alone. */
bool lesson_text_parse(struct arena *arena, const char *text, struct lesson *ret_lesson, int *ret_line, const char **ret_mistake);

/* The course in its order; of each lesson the reader's language. Cost: some 100 KB read through. */
int lesson_list(struct arena *arena, enum lang lang, const struct lesson *const **ret_lessons);
const struct lesson *lesson_find(struct arena *arena, enum lang lang, const char *key); /* NULL: there is no such lesson */

/* Whether a quiz is still the one that was answered: changes with its questions, its answers, their order and which of them are right; not with their “why”. */
uint64_t lesson_quiz_digest(struct arena *arena, const struct lesson *lesson);

/* A quiz is passed with every answer right, or at least four of five. A question counts where exactly its right choices are chosen. */
static inline bool lesson_passed(int64_t n_right, int64_t n)
{
	return n > 0 && n_right * 5 >= n * 4;
}

#endif
