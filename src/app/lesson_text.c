#include "app/lesson_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/err.h"

enum { WORDS_A_MINUTE = 170 };

struct reading {
	struct arena *arena;
	const char *at;        /* the line to be read next */
	int line;              /* its number less one */
	const char *mistake;
};

/* The next line without white space at its end, and how far it is indented; NULL at the end. */
static const char *line_read(struct reading *r, size_t *ret_indent)
{
	if (!*r->at) return NULL;
	size_t n = strcspn(r->at, "\n"), indent = strspn(r->at, " \t");
	const char *begin = r->at;
	r->at += r->at[n] ? n + 1 : n;
	r->line++;
	while (n && strchr(" \t\r", begin[n - 1])) n--;
	*ret_indent = indent < n ? indent : n;
	return arena_strndup(r->arena, begin + *ret_indent, n - *ret_indent);
}

static bool wrong(struct reading *r, const char *mistake)
{
	if (!r->mistake) r->mistake = mistake;
	return false;
}

static const char *after(const char *line, const char *begin)
{
	size_t n = strlen(begin);
	return strncmp(line, begin, n) ? NULL : line + n + strspn(line + n, " \t");
}

static void methods_read(struct arena *arena, const char *list, struct lesson *lesson)
{
	while (*list && lesson->n_methods < LESSON_METHODS) {
		size_t n = strcspn(list, ", ");
		if (n) lesson->methods[lesson->n_methods++] = arena_strndup(arena, list, n);
		list += n + strspn(list + n, ", ");
	}
}

/* Title, then "Field: value" lines up to the first empty one. */
static bool head_read(struct reading *r, struct lesson *lesson)
{
	size_t indent;
	const char *line = line_read(r, &indent), *value;
	if (!line || !(value = after(line, "# ")) || !*value) return wrong(r, N_("A lesson begins with its title: “# Title”"));
	lesson->title = value;
	while ((line = line_read(r, &indent)) && *line) {
		if ((value = after(line, "Summary:"))) lesson->summary = value;
		else if ((value = after(line, "Method:"))) methods_read(r->arena, value, lesson);
		else if ((value = after(line, "Mode:"))) lesson->mode = value;
		else if ((value = after(line, "Practice:"))) lesson->scenario = value;
		else return wrong(r, N_("Here stand only Summary, Method, Mode and Practice, then an empty line"));
	}
	if (!*lesson->summary) return wrong(r, N_("A lesson has a summary: “Summary: one sentence”"));
	if (*lesson->mode && strcmp(lesson->mode, "sale") && strcmp(lesson->mode, "negotiation")) return wrong(r, N_("Mode is sale or negotiation"));
	return true;
}

static int words_count(const char *text)
{
	int n = 0;
	for (text += strspn(text, " \n\t"); *text; n++) {
		text += strcspn(text, " \n\t");
		text += strspn(text, " \n\t");
	}
	return n;
}

/* Everything up to the next heading of the first level. */
static bool body_read(struct reading *r, struct lesson *lesson)
{
	const char *end = strncmp(r->at, "# ", 2) ? strstr(r->at, "\n# ") : r->at;
	if (!end) {
		for (; *r->at; r->at++) r->line += *r->at == '\n' || !r->at[1]; /* the last line may have no end */
		return wrong(r, N_("After the text stands the quiz, under a heading of its own: “# Check yourself”"));
	}
	lesson->body = arena_strndup(r->arena, r->at, (size_t)(end - r->at));
	for (const char *at = r->at; at <= end && *at; at++) r->line += *at == '\n' && at <= end;
	r->at = *end == '\n' ? end + 1 : end;
	int words = words_count(lesson->body);
	if (!words) return wrong(r, N_("A lesson has a text"));
	lesson->minutes = (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
	return true;
}

static bool question_check(struct reading *r, const struct lesson_question *q)
{
	if (q->n_choices < 2) return wrong(r, N_("A question has two answers or more"));
	if (!q->n_right) return wrong(r, N_("A question has a right answer, marked with [x]"));
	for (int i = 0; i < q->n_choices; i++)
		if (!*q->choices[i].why) return wrong(r, N_("Under each answer stands, indented, why it is right or wrong"));
	return true;
}

static bool choice_begin(struct reading *r, struct lesson_question *q, const char *text, bool right)
{
	if (!q) return wrong(r, N_("A question stands above its answers: “## Question?”"));
	if (q->n_choices == LESSON_CHOICES) return wrong(r, N_("A question has at most six answers"));
	q->choices[q->n_choices++] = (struct lesson_choice){text, "", right};
	q->n_right += right;
	return true;
}

static bool quiz_line(struct reading *r, struct lesson *lesson, struct lesson_question **question, const char *line, size_t indent)
{
	struct lesson_question *q = *question;
	const char *text;
	if ((text = after(line, "## "))) {
		if (q && !question_check(r, q)) return false;
		if (lesson->n_questions == LESSON_QUESTIONS) return wrong(r, N_("A quiz has at most eight questions"));
		*question = &lesson->questions[lesson->n_questions++];
		(*question)->text = text;
		return true;
	}
	if ((text = after(line, "- [x] ")) || (text = after(line, "- [X] "))) return choice_begin(r, q, text, true);
	if ((text = after(line, "- [ ] "))) return choice_begin(r, q, text, false);
	if (!indent || !q || !q->n_choices) return wrong(r, N_("In a quiz stand questions (##), answers (- [x] or - [ ]) and, indented, why"));
	struct lesson_choice *choice = &q->choices[q->n_choices - 1];
	choice->why = *choice->why ? arena_printf(r->arena, "%s %s", choice->why, line) : line;
	return true;
}

static bool quiz_read(struct reading *r, struct lesson *lesson)
{
	size_t indent;
	struct lesson_question *question = NULL;
	const char *line = line_read(r, &indent); /* the quiz's heading */
	while ((line = line_read(r, &indent)))
		if (*line && !quiz_line(r, lesson, &question, line, indent)) return false;
	return question ? question_check(r, question) : wrong(r, N_("A quiz has questions"));
}

bool lesson_text_parse(struct arena *arena, const char *text, struct lesson *ret_lesson, int *ret_line, const char **ret_mistake)
{
	struct reading r = {.arena = arena, .at = text};
	*ret_lesson = (struct lesson){.place = ret_lesson->place, .key = ret_lesson->key, .title = "", .summary = "", .mode = "", .scenario = "", .body = ""};
	bool good = head_read(&r, ret_lesson) && body_read(&r, ret_lesson) && quiz_read(&r, ret_lesson);
	*ret_line = r.line;
	*ret_mistake = r.mistake;
	return good;
}

uint64_t lesson_quiz_digest(struct arena *arena, const struct lesson *lesson)
{
	const char *text = "";
	uint64_t digests[LESSON_QUESTIONS * (LESSON_CHOICES + 1)];
	size_t n = 0;
	for (int q = 0; q < lesson->n_questions; q++) {
		const struct lesson_question *question = &lesson->questions[q];
		text = question->text;
		digests[n++] = digest_bytes(text, strlen(text));
		for (int c = 0; c < question->n_choices; c++) {
			text = arena_printf(arena, "%c%s", question->choices[c].right ? 'x' : '-', question->choices[c].text);
			digests[n++] = digest_bytes(text, strlen(text));
		}
	}
	return digest_bytes(digests, n * sizeof *digests);
}

/* "03_contact.uk" → its language; and of that its place and key. */
static bool file_is(const struct content_file *file, enum lang lang)
{
	const char *dot = strrchr(file->name, '.');
	return dot && !strcmp(dot + 1, content_languages[lang]);
}

static const struct lesson *file_load(struct arena *arena, const struct content_file *file)
{
	struct lesson *lesson = ARENA_NEW(arena, struct lesson);
	const char *mistake, *key = strchr(file->name, '_');
	int line;
	MUST(key);
	lesson->place = (int)strtol(file->name, NULL, 10);
	lesson->key = arena_strndup(arena, key + 1, strcspn(key + 1, "."));
	if (!lesson_text_parse(arena, file->json, lesson, &line, &mistake)) BUG("lesson %s, line %d: %s", file->name, line, mistake);
	return lesson;
}

int lesson_list(struct arena *arena, enum lang lang, const struct lesson *const **ret_lessons)
{
	const struct lesson **lessons = ARENA_ARRAY(arena, const struct lesson *, (size_t)lesson_files_count);
	int n = 0;
	for (int i = 0; i < lesson_files_count; i++)
		if (file_is(&lesson_files[i], lang)) lessons[n++] = file_load(arena, &lesson_files[i]);
	*ret_lessons = lessons;
	return n;
}

const struct lesson *lesson_find(struct arena *arena, enum lang lang, const char *key)
{
	for (int i = 0; i < lesson_files_count; i++) {
		const struct content_file *file = &lesson_files[i];
		const char *name = strchr(file->name, '_') + 1;
		size_t n = strlen(key);
		if (file_is(file, lang) && !strncmp(name, key, n) && name[n] == '.') return file_load(arena, file);
	}
	return NULL;
}
