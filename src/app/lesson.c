#include "app/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "app/lesson_own.h"
#include "app/lesson_text.h"
#include "app/practice_file.h"
#include "base/digest.h"
#include "base/id.h"
#include "base/tr.h"
#include "exchange/markdown.h"
#include "store/lesson_store.h"

/* What is chosen of each question, as a mask of its choices. */
struct answers {
	unsigned chosen[LESSON_QUESTIONS];
};

static bool answers_read(const struct lesson *lesson, const char *const *chosen, struct answers *ret)
{
	*ret = (struct answers){{0}};
	for (; chosen && *chosen; chosen++) {
		char *end;
		long question = strtol(*chosen, &end, 10), choice = *end == ':' ? strtol(end + 1, &end, 10) : 0;
		if (*end || question < 1 || question > lesson->n_questions || choice < 1 || choice > lesson->questions[question - 1].n_choices) return false;
		ret->chosen[question - 1] |= 1u << (choice - 1);
	}
	return true;
}

static unsigned right_mask(const struct lesson_question *question)
{
	unsigned mask = 0;
	for (int i = 0; i < question->n_choices; i++) mask |= (unsigned)question->choices[i].right << i;
	return mask;
}

static json_t *answers_json(const struct lesson *lesson, const struct answers *answers)
{
	json_t *list = json_array();
	for (int q = 0; q < lesson->n_questions; q++) {
		json_t *places = json_array();
		for (int c = 0; c < lesson->questions[q].n_choices; c++)
			if (answers->chosen[q] >> c & 1) json_array_append_new(places, json_integer(c + 1));
		json_array_append_new(list, places);
	}
	return list;
}

static void answers_load(const struct lesson *lesson, const json_t *list, struct answers *ret)
{
	size_t i;
	json_t *place;
	*ret = (struct answers){{0}};
	for (int q = 0; q < lesson->n_questions; q++)
		json_array_foreach(json_array_get(list, (size_t)q), i, place) {
			json_int_t at = json_integer_value(place);
			if (at >= 1 && at <= lesson->questions[q].n_choices) ret->chosen[q] |= 1u << (at - 1);
		}
}

static json_t *choice_json(const struct lesson_choice *choice, int question, int place, bool chosen, bool told)
{
	char value[16];
	snprintf(value, sizeof value, "%d:%d", question, place);
	json_t *json = json_pack("{si si ss ss sb}", "question", question, "place", place, "value", value, "text", choice->text, "chosen", chosen);
	if (!told) return json;
	json_object_set_new(json, "right", json_boolean(choice->right));
	json_object_set_new(json, "why", json_string(choice->why));
	return json;
}

static json_t *questions_json(const struct lesson *lesson, const struct answers *answers, bool told)
{
	json_t *list = json_array();
	for (int q = 0; q < lesson->n_questions; q++) {
		const struct lesson_question *question = &lesson->questions[q];
		json_t *choices = json_array();
		for (int c = 0; c < question->n_choices; c++)
			json_array_append_new(choices, choice_json(&question->choices[c], q + 1, c + 1, answers->chosen[q] >> c & 1, told));
		json_t *json = json_pack("{si ss sb so}", "place", q + 1, "text", question->text, "several", question->n_right > 1, "choices", choices);
		if (told) json_object_set_new(json, "good", json_boolean(answers->chosen[q] == right_mask(question)));
		json_array_append_new(list, json);
	}
	return list;
}

json_t *lesson_told(struct arena *arena, const struct lesson *lesson)
{
	const struct answers none = {{0}};
	json_t *told = json_pack("{ss ss ss si ss so}", "title", lesson->title, "summary", lesson->summary, "mode", lesson->mode, "minutes", lesson->minutes, "body_html",
				 markdown_html(arena, lesson->body), "questions", questions_json(lesson, &none, true));
	MUST(told);
	return told;
}

static void neighbours_put(struct use *use, const struct lesson *lesson, json_t *model)
{
	const struct lesson *const *all;
	int n = lesson_list(use->arena, lang_parse(use->who.language), &all);
	json_object_set_new(model, "lessons", json_integer(n));
	for (int i = 0; lesson->place && i < n; i++) {
		const char *which = all[i]->place == lesson->place - 1 ? "before" : all[i]->place == lesson->place + 1 ? "after" : NULL;
		if (which) json_object_set_new(model, which, json_pack("{ss ss si}", "key", all[i]->key, "title", all[i]->title, "place", all[i]->place));
	}
}

json_t *lesson_scenario_at(int place, enum lang lang)
{
	json_error_t error;
	if (place < 0 || place >= scenario_files_count) return NULL;
	json_t *file = json_loads(scenario_files[place].json, 0, &error), *scenario = json_object();
	if (!file) BUG("scenario %s, line %d: %s", scenario_files[place].name, error.line, error.text);
	static const char *const said[] = {"name", "about", "person"};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		json_object_set(scenario, said[i], json_object_get(json_object_get(file, said[i]), content_languages[lang]));
	json_object_set(scenario, "key", json_object_get(file, "key"));
	json_object_set(scenario, "mode", json_object_get(file, "mode"));
	json_decref(file);
	return scenario;
}

json_t *lesson_scenario(const char *key, enum lang lang)
{
	for (int i = 0; i < scenario_files_count; i++)
		if (!strcmp(scenario_files[i].name, key)) return lesson_scenario_at(i, lang);
	return NULL;
}

/* What he has done with it so far. */
static enum outcome progress_put(struct use *use, const struct lesson *lesson, json_t *model)
{
	json_t *rows, *row;
	size_t i;
	if (lesson_progress(use->db, use->who.team_id, use->who.member_id, &rows, &use->error)) return FAILED;
	json_array_foreach(rows, i, row) {
		if (strcmp(json_string_value(json_object_get(row, "lesson")), lesson->key)) continue;
		json_object_del(row, "member_id");
		json_object_set(model, "progress", row);
	}
	json_decref(rows);
	return DONE;
}

/* Of the course's quizzes both languages count: what was answered in one is shown in the other. */
static int64_t quiz_of(struct use *use, const struct lesson *lesson)
{
	uint64_t digests[LANG_COUNT] = {0};
	if (!lesson->place) return (int64_t)lesson_quiz_digest(use->arena, lesson);
	for (enum lang lang = 0; lang < LANG_COUNT; lang++) digests[lang] = lesson_quiz_digest(use->arena, lesson_find(use->arena, lang, lesson->key));
	return (int64_t)digest_bytes(digests, sizeof digests);
}

static const char *quiz_name(struct use *use, int64_t quiz)
{
	return arena_printf(use->arena, "%016llx", (unsigned long long)quiz);
}

static enum outcome quiz_put(struct use *use, const struct lesson *lesson, int64_t try_id, const char *typed, const char *const *chosen, json_t *model)
{
	struct answers answers;
	json_t *tried = NULL;
	if (try_id && quiz_try_load(use->db, use->who.team_id, use->who.member_id, lesson->key, try_id, &tried, &use->error)) return FAILED;
	if (try_id && !tried) return ABSENT;
	int64_t quiz = quiz_of(use, lesson);
	const char *name = quiz_name(use, quiz);
	if (!tried) {
		if ((*typed && strcmp(typed, name)) || !answers_read(lesson, chosen, &answers)) answers = (struct answers){{0}};
		json_object_set_new(model, "quiz", json_string(name));
		json_object_set_new(model, "questions", questions_json(lesson, &answers, false));
		return DONE;
	}
	bool changed = json_integer_value(json_object_get(tried, "quiz")) != quiz;
	json_object_del(tried, "quiz");
	json_object_set_new(tried, "changed", json_boolean(changed));
	answers_load(lesson, json_object_get(tried, "answers"), &answers);
	json_object_del(tried, "answers");
	json_object_set_new(tried, "passed", json_boolean(lesson_passed(json_integer_value(json_object_get(tried, "n_right")), json_integer_value(json_object_get(tried, "n")))));
	json_object_set_new(model, "try", tried);
	json_object_set_new(model, "questions", changed ? json_array() : questions_json(lesson, &answers, true));
	return DONE;
}

enum outcome lesson_page(struct use *use, const char *key, int64_t try_id, const char *quiz, const char *const *chosen, json_t **ret_model)
{
	const struct lesson *lesson;
	bool retired;
	enum outcome outcome = lesson_own_find(use, key, &lesson, &retired);
	if (outcome) return outcome;
	json_t *methods = json_array();
	for (int i = 0; i < lesson->n_methods; i++) json_array_append_new(methods, json_string(lesson->methods[i]));
	json_t *model = json_pack("{s{ss si ss ss so ss si ss}}", "lesson", "key", lesson->key, "place", lesson->place, "title", lesson->title, "summary", lesson->summary,
				  "methods", methods, "mode", lesson->mode, "minutes", lesson->minutes, "body_html", markdown_html(use->arena, lesson->body));
	MUST(model);
	neighbours_put(use, lesson, model);
	if (*lesson->scenario) json_object_set_new(model, "scenario", lesson_scenario(lesson->scenario, lang_parse(use->who.language)));
	if (!lesson->place) json_object_set_new(model, "own", json_pack("{sb sb}", "retired", retired, "may_change", use->who.role >= ROLE_LEAD));
	outcome = progress_put(use, lesson, model);
	if (!outcome) outcome = quiz_put(use, lesson, try_id, quiz, chosen, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

enum outcome lesson_tick(struct use *use, const char *key)
{
	const struct lesson *lesson;
	enum outcome outcome = lesson_own_find(use, key, &lesson, NULL);
	if (outcome) return outcome;
	return use_done(lesson_read_add(use->db, use->who.team_id, use->who.member_id, lesson->key, use->now, &use->error));
}

enum outcome lesson_quiz(struct use *use, const char *key, const char *quiz, const char *const *chosen, int64_t *ret_try_id)
{
	const struct lesson *lesson;
	struct answers answers;
	int n_right = 0, missing = 0;
	enum outcome outcome = lesson_own_find(use, key, &lesson, NULL);
	if (outcome) return outcome;
	int64_t now_quiz = quiz_of(use, lesson);
	if (*quiz && strcmp(quiz, quiz_name(use, now_quiz))) return use_mistake(use, "answer", N_("The questions have been changed meanwhile: these are the new ones"));
	if (!answers_read(lesson, chosen, &answers)) return use_mistake(use, "answer", N_("There is no such answer"));
	for (int q = 0; q < lesson->n_questions; q++) {
		missing += !answers.chosen[q];
		n_right += answers.chosen[q] == right_mask(&lesson->questions[q]);
	}
	if (missing) return use_mistake(use, "answer", N_("Answer every question: only then is it seen what was right"));
	json_t *list = answers_json(lesson, &answers);
	char *text = json_dumps(list, JSON_COMPACT);
	json_decref(list);
	MUST(text);
	int64_t try_id = id_new(use->now);
	enum err kind = quiz_try_add(use->db, use->who.team_id, try_id, use->who.member_id, lesson->key, now_quiz, use->now, text, n_right, lesson->n_questions, &use->error);
	free(text);
	if (!kind) kind = lesson_read_add(use->db, use->who.team_id, use->who.member_id, lesson->key, use->now, &use->error);
	*ret_try_id = try_id;
	return use_done(kind);
}
