#include "app/learn_page.h"

#include <string.h>

#include "app/lesson.h"
#include "app/lesson_own.h"
#include "app/lesson_text.h"
#include "app/score_team.h"
#include "base/moment.h"
#include "store/lesson_store.h"
#include "store/product_store.h"

enum { MODES_DAYS = 30 };

static bool same(const json_t *row, const char *field, const char *text)
{
	const char *value = json_string_value(json_object_get(row, field));
	return value && !strcmp(value, text);
}

static int64_t whole(const json_t *row, const char *field)
{
	return json_integer_value(json_object_get(row, field));
}

/* The row of one member's lesson or scenario; NULL where he has not begun it. Borrowed. */
static json_t *row_of(const json_t *rows, int64_t member_id, const char *field, const char *key)
{
	size_t i;
	json_t *row;
	json_array_foreach(rows, i, row)
		if (whole(row, "member_id") == member_id && same(row, field, key)) return row;
	return NULL;
}

static const char *state_of(const json_t *row)
{
	if (!row) return "open";
	return json_is_string(json_object_get(row, "passed_at")) ? "passed" : "read";
}

struct standing {
	json_t *lessons;
	int n, passed, read, next; /* next: index of the first lesson that is not passed; −1: all are */
};

/* Each lesson with how one member stands in it. told: with its summary. */
static struct standing standing_of(const struct lesson *const *lessons, int n, const json_t *rows, int64_t member_id, bool told)
{
	struct standing standing = {json_array(), n, 0, 0, -1};
	for (int i = 0; i < n; i++) {
		const struct lesson *lesson = lessons[i];
		json_t *row = row_of(rows, member_id, "lesson", lesson->key);
		json_t *json = json_pack("{si ss ss ss si ss}", "place", lesson->place, "key", lesson->key, "title", lesson->title, "mode", lesson->mode, "minutes",
					 lesson->minutes, "state", state_of(row));
		if (told) json_object_set_new(json, "summary", json_string(lesson->summary));
		for (size_t f = 0; row && f < 4; f++) {
			static const char *const fields[] = {"read_at", "passed_at", "best", "tries"};
			json_object_set(json, fields[f], json_object_get(row, fields[f]));
		}
		bool passed = !strcmp(state_of(row), "passed");
		standing.passed += passed;
		standing.read += row != NULL;
		if (!passed && standing.next < 0) {
			standing.next = i;
			json_object_set_new(json, "next", json_true());
		}
		json_array_append_new(standing.lessons, json);
	}
	return standing;
}

/* All scenarios, each with what one member has done in it. */
static json_t *scenarios_of(const json_t *rows, int64_t member_id, enum lang lang)
{
	json_t *list = json_array(), *scenario;
	for (int i = 0; (scenario = lesson_scenario_at(i, lang)); i++) {
		json_t *row = row_of(rows, member_id, "scenario", json_string_value(json_object_get(scenario, "key")));
		json_object_del(scenario, "about");
		json_object_del(scenario, "person");
		if (row) {
			json_object_set(scenario, "times", json_object_get(row, "times"));
			json_object_set_new(scenario, "best", json_real((double)whole(row, "best_tenths") / 10));
			json_object_set_new(scenario, "last", json_real((double)whole(row, "last_tenths") / 10));
			json_object_set(scenario, "last_at", json_object_get(row, "last_at"));
		}
		json_array_append_new(list, scenario);
	}
	return list;
}

static enum outcome products_put(struct use *use, json_t *model)
{
	json_t *products, *product, *list = json_array();
	size_t i;
	json_object_set_new(model, "products", list);
	if (product_list(use->db, use->who.team_id, use->who.member_id, false, &products, &use->error)) return FAILED;
	json_array_foreach(products, i, product)
		if (whole(product, "subjects"))
			json_array_append_new(list, json_pack("{sO sO sO sO sb}", "id", json_object_get(product, "id"), "name", json_object_get(product, "name"), "subjects",
							      json_object_get(product, "subjects"), "studied", json_object_get(product, "studied"), "learnt",
							      whole(product, "subjects") == whole(product, "studied")));
	json_decref(products);
	return DONE;
}

/* How many conversations of late were sales, how many negotiations: his own; to a lead, the team's. */
static enum outcome modes_put(struct use *use, json_t *model)
{
	int64_t sales, negotiations;
	bool team = use->who.role >= ROLE_LEAD;
	if (lesson_modes(use->db, use->who.team_id, team ? 0 : use->who.member_id, use->now - MODES_DAYS * MOMENT_DAY, &sales, &negotiations, &use->error)) return FAILED;
	json_object_set_new(model, "modes", json_pack("{sb si sI sI sI sf}", "team", team, "days", MODES_DAYS, "total", (json_int_t)(sales + negotiations), "sales", (json_int_t)sales, "negotiations",
						      (json_int_t)negotiations, "share", sales + negotiations ? 100.0 * (double)sales / (double)(sales + negotiations) : 0));
	return DONE;
}

/* The course by its parts: what is of both conversations, the sale, the negotiation; in the order of the lessons. */
static json_t *parts_of(json_t *lessons)
{
	json_t *parts = json_array(), *lesson, *part = NULL;
	size_t i;
	json_array_foreach(lessons, i, lesson) {
		const char *mode = json_string_value(json_object_get(lesson, "mode"));
		if (!*mode) mode = "both";
		if (!part || !same(part, "mode", mode)) {
			part = json_pack("{ss s[]}", "mode", mode, "lessons");
			json_array_append_new(parts, part);
		}
		json_array_append(json_object_get(part, "lessons"), lesson);
	}
	return parts;
}

/* The team's own lessons, with how he stands in each. */
static enum outcome own_put(struct use *use, const json_t *rows, json_t *model)
{
	const struct lesson *const *lessons;
	int n, working;
	enum outcome outcome = lesson_own_list(use, &lessons, &n, &working);
	if (outcome) return outcome;
	struct standing standing = standing_of(lessons, n, rows, use->who.member_id, true);
	for (int i = 0; i < n; i++) {
		json_t *lesson = json_array_get(standing.lessons, (size_t)i);
		json_object_del(lesson, "next");
		json_object_set_new(lesson, "retired", json_boolean(i >= working));
	}
	json_object_set_new(model, "own", standing.lessons);
	return DONE;
}

enum outcome learn_page(struct use *use, json_t **ret_model)
{
	enum lang lang = lang_parse(use->who.language);
	const struct lesson *const *lessons;
	int n = lesson_list(use->arena, lang, &lessons);
	json_t *rows, *practised;
	if (lesson_progress(use->db, use->who.team_id, use->who.member_id, &rows, &use->error)) return FAILED;
	struct standing standing = standing_of(lessons, n, rows, use->who.member_id, true);
	json_t *model = json_pack("{so si si si sb}", "lessons", standing.lessons, "n", standing.n, "passed", standing.passed, "read", standing.read, "may_team",
				  use->who.role >= ROLE_LEAD);
	json_object_set_new(model, "parts", parts_of(standing.lessons));
	if (standing.next >= 0) json_object_set(model, "next", json_array_get(standing.lessons, (size_t)standing.next));
	enum outcome outcome = own_put(use, rows, model);
	json_decref(rows);
	if (!outcome) outcome = use_done(lesson_practised(use->db, use->who.team_id, use->who.member_id, &practised, &use->error));
	if (!outcome) {
		json_object_set_new(model, "scenarios", scenarios_of(practised, use->who.member_id, lang));
		json_decref(practised);
		outcome = products_put(use, model);
	}
	if (!outcome) outcome = modes_put(use, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

/* When somebody last read or answered, ISO texts of one form; null: never. A new reference. */
static json_t *learnt_at(const json_t *rows, int64_t member_id)
{
	size_t i;
	json_t *row, *last = NULL;
	json_array_foreach(rows, i, row) {
		json_t *at = json_object_get(row, "last_at");
		if (whole(row, "member_id") == member_id && (!last || strcmp(json_string_value(at), json_string_value(last)) > 0)) last = at;
	}
	return last ? json_incref(last) : json_null();
}

static void member_put(json_t *member, const struct lesson *const *lessons, int n, const json_t *rows)
{
	int64_t id = whole(member, "id");
	struct standing standing = standing_of(lessons, n, rows, id, false);
	json_object_set_new(member, "lessons", standing.lessons);
	json_object_set_new(member, "passed", json_integer(standing.passed));
	json_object_set_new(member, "read", json_integer(standing.read));
	json_object_set_new(member, "learnt_at", learnt_at(rows, id));
}

static enum outcome lessons_put(struct use *use, int64_t member_id, json_t *model)
{
	const struct lesson *const *lessons, *const *own;
	int n = lesson_list(use->arena, lang_parse(use->who.language), &lessons), n_own, working;
	json_t *rows, *member, *one = json_object_get(model, "one");
	size_t i;
	enum outcome outcome = lesson_own_list(use, &own, &n_own, &working);
	if (outcome) return outcome;
	if (lesson_progress(use->db, use->who.team_id, member_id, &rows, &use->error)) return FAILED;
	json_object_set_new(model, "course", json_integer(n));
	json_array_foreach(json_object_get(model, "members"), i, member) member_put(member, lessons, n, rows);
	if (one) {
		member_put(one, lessons, n, rows);
		json_object_set_new(one, "own", standing_of(own, working, rows, member_id, false).lessons);
	}
	json_decref(rows);
	return DONE;
}

enum outcome learn_team_page(struct use *use, int64_t member_id, json_t **ret_model)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = score_team_page(use, member_id, ret_model);
	if (outcome) return outcome;
	outcome = lessons_put(use, member_id, *ret_model);
	if (outcome) json_decref(*ret_model);
	return outcome;
}
