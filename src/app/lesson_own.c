#include "app/lesson_own.h"

#include <string.h>

#include "app/lesson.h"
#include "base/id.h"
#include "base/parse.h"
#include "base/text.h"
#include "exchange/markdown.h"
#include "store/lesson_store.h"

enum { TITLE_MAX = 120, SUMMARY_MAX = 300, OWN_MAX = 200 };

/* "t123" → 123; 0 where it is not the key of an own lesson. */
static int64_t id_of(const char *key)
{
	int64_t id;
	return key[0] == 't' && parse_int(key + 1, &id) && id > 0 ? id : 0;
}

static const struct lesson *lesson_of(struct use *use, const json_t *row)
{
	struct lesson *lesson = ARENA_NEW(use->arena, struct lesson);
	const char *mistake;
	int line;
	lesson->key = arena_printf(use->arena, "t%lld", (long long)json_integer_value(json_object_get(row, "id")));
	if (lesson_text_parse(use->arena, json_string_value(json_object_get(row, "text")), lesson, &line, &mistake)) return lesson;
	err_set(&use->error, ERR_CORRUPT, "the team's lesson %s, line %d: %s", lesson->key, line, mistake);
	return NULL;
}

/* The row of an own lesson that he may see. */
static enum outcome row_load(struct use *use, const char *key, json_t **ret_row)
{
	int64_t id = id_of(key);
	if (!id) return ABSENT;
	if (team_lesson_load(use->db, use->who.team_id, id, ret_row, &use->error)) return FAILED;
	if (!*ret_row) return ABSENT;
	if (use->who.role >= ROLE_LEAD || !json_is_true(json_object_get(*ret_row, "retired"))) return DONE;
	json_decref(*ret_row);
	return ABSENT;
}

enum outcome lesson_own_find(struct use *use, const char *key, const struct lesson **ret_lesson, bool *ret_retired)
{
	json_t *row;
	bool retired = false;
	*ret_lesson = lesson_find(use->arena, lang_parse(use->who.language), key);
	if (!*ret_lesson) {
		enum outcome outcome = row_load(use, key, &row);
		if (outcome) return outcome;
		*ret_lesson = lesson_of(use, row);
		retired = json_is_true(json_object_get(row, "retired"));
		json_decref(row);
	}
	if (ret_retired) *ret_retired = retired;
	return *ret_lesson ? DONE : FAILED;
}

enum outcome lesson_own_list(struct use *use, const struct lesson *const **ret_lessons, int *ret_count, int *ret_working)
{
	json_t *rows, *row;
	size_t i;
	if (team_lesson_list(use->db, use->who.team_id, use->who.role >= ROLE_LEAD, &rows, &use->error)) return FAILED;
	const struct lesson **lessons = ARENA_ARRAY(use->arena, const struct lesson *, json_array_size(rows) + 1);
	*ret_working = 0;
	json_array_foreach(rows, i, row) {
		lessons[i] = lesson_of(use, row);
		if (!lessons[i]) break;
		*ret_working += !json_is_true(json_object_get(row, "retired"));
	}
	bool whole = i == json_array_size(rows);
	*ret_count = (int)json_array_size(rows);
	*ret_lessons = lessons;
	json_decref(rows);
	return whole ? DONE : FAILED;
}

/* The first line that begins so, from 1. */
static int line_of(const char *text, const char *begin)
{
	int line = 1;
	for (; text; text = strchr(text, '\n'), line++) {
		text += *text == '\n';
		if (!strncmp(text, begin, strlen(begin))) return line;
	}
	return 1;
}

static const char *text_begin(enum lang lang)
{
	/* Summary, Method, Mode, Practice are the form's own words, the same in every language. */
	return tr(lang, N_("# Title\nSummary: one sentence: what it gives\nMode: sale\n\nThe text. A paragraph is one line.\n\n> **Olena:** A dialogue is a quotation.\n>\n> **Client:** "
			   "Each line of his own.\n\n## What to do\n\n- a list\n\n# Check yourself\n\n## A question?\n- [x] What is right\n  Why it is.\n- [ ] What is wrong\n  Why it is not.\n"));
}

/* What is wrong with it, a msgid; NULL: nothing. */
static const char *text_mistake(struct use *use, const char *text, struct lesson *ret_lesson, int *ret_line)
{
	const char *mistake;
	*ret_lesson = (struct lesson){0};
	if (!lesson_text_parse(use->arena, text, ret_lesson, ret_line, &mistake)) return mistake;
	*ret_line = 1;
	if (text_length(ret_lesson->title) > TITLE_MAX) return N_("This title is too long");
	*ret_line = line_of(text, "Summary:");
	if (text_length(ret_lesson->summary) > SUMMARY_MAX) return N_("A summary is one sentence: this one is too long");
	if (strlen(ret_lesson->body) > MARKDOWN_MAX) return N_("This text is too long");
	*ret_line = line_of(text, "Practice:");
	json_t *scenario = *ret_lesson->scenario ? lesson_scenario(ret_lesson->scenario, LANG_EN) : NULL;
	json_decref(scenario);
	return *ret_lesson->scenario && !scenario ? N_("There is no such practice: leave the line out, or write one of those below") : NULL;
}

/* As it will look while it is being written; or, as far as it is none yet, what stands in the way. */
static json_t *preview(struct use *use, const char *text)
{
	struct lesson lesson;
	int line;
	const char *mistake = text_mistake(use, text, &lesson, &line);
	return mistake ? json_pack("{ss si}", "mistake", tr(lang_parse(use->who.language), mistake), "line", line ? line : 1) : lesson_told(use->arena, &lesson);
}

static json_t *scenarios(enum lang lang)
{
	json_t *list = json_array(), *scenario;
	for (int i = 0; (scenario = lesson_scenario_at(i, lang)); i++) json_array_append_new(list, scenario);
	return list;
}

enum outcome lesson_own_form(struct use *use, const char *key, const char *typed, json_t **ret_model)
{
	enum lang lang = lang_parse(use->who.language);
	json_t *row = NULL;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = key ? row_load(use, key, &row) : DONE;
	if (outcome) return outcome;
	const char *text = typed ? typed : row ? json_string_value(json_object_get(row, "text")) : text_begin(lang);
	*ret_model = json_pack("{s{ss} so so}", "form", "text", text, "scenarios", scenarios(lang), "preview", preview(use, text));
	MUST(*ret_model);
	if (typed) json_object_set(*ret_model, "line", json_object_get(json_object_get(*ret_model, "preview"), "line"));
	if (row) {
		json_object_set_new(*ret_model, "key", json_string(key));
		json_object_set(*ret_model, "retired", json_object_get(row, "retired"));
	}
	json_decref(row);
	return DONE;
}

enum outcome lesson_own_preview_page(struct use *use, const char *text, json_t **ret_model)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	*ret_model = json_pack("{so}", "preview", preview(use, text));
	MUST(*ret_model);
	return DONE;
}

/* Every page of learning reads all of them. */
static enum outcome room_for_one(struct use *use)
{
	json_t *rows;
	if (team_lesson_list(use->db, use->who.team_id, true, &rows, &use->error)) return FAILED;
	bool full = json_array_size(rows) >= OWN_MAX;
	json_decref(rows);
	return full ? use_mistake(use, "text", N_("A team has at most 200 lessons: write one of those put away anew")) : DONE;
}

enum outcome lesson_own_save(struct use *use, const char *key, const char *text, const char **ret_key)
{
	struct lesson lesson;
	json_t *row = NULL;
	int line;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = key ? row_load(use, key, &row) : room_for_one(use);
	if (outcome) return outcome;
	json_decref(row);
	const char *mistake = text_mistake(use, text, &lesson, &line);
	if (mistake) return use_mistake(use, "text", mistake);
	int64_t id = key ? id_of(key) : id_new(use->now);
	*ret_key = arena_printf(use->arena, "t%lld", (long long)id);
	if (key) return use_done(team_lesson_change(use->db, use->who.team_id, id, use->who.member_id, text, use->now, &use->error));
	return use_done(team_lesson_add(use->db, use->who.team_id, id, use->who.member_id, text, use->now, &use->error));
}

enum outcome lesson_own_retire(struct use *use, const char *key, bool back)
{
	json_t *row = NULL;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = row_load(use, key, &row);
	if (outcome) return outcome;
	json_decref(row);
	return use_done(team_lesson_retire(use->db, use->who.team_id, id_of(key), back ? 0 : use->now, &use->error));
}
