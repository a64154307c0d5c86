#include "app/score_team.h"

#include <stdlib.h>
#include <string.h>

#include "app/lesson.h"
#include "base/buf.h"
#include "base/moment.h"
#include "store/lesson_store.h"
#include "store/mark_store.h"

enum { CALLS = 12, PRACTICES = 12, DOTS = 400, STEP_X = 10, HIGH = 40, WIDE = 720, WIDE_HIGH = 160, LINE_BYTES = 4096 };
static const int64_t WEEK = 7 * MOMENT_DAY;

static int64_t whole(const json_t *row, const char *field)
{
	return json_integer_value(json_object_get(row, field));
}

static json_t *score_of(int64_t tenths)
{
	return json_real((double)tenths / 10);
}

/* Scores 1 … 5 from the bottom to the top. */
static double y_of(double score, double high)
{
	return high - (score - 1) * high / 4;
}

/* The weekly means as points of a line; "" where there are no two. */
static const char *line_of(struct use *use, const json_t *weeks, int64_t member_id, double step_x, double high)
{
	struct buf points;
	size_t i;
	json_t *row;
	int n = 0;
	buf_init(&points, LINE_BYTES);
	json_array_foreach(weeks, i, row) {
		if (whole(row, "member_id") != member_id) continue;
		double mean = (double)whole(row, "tenths") / 10 / (double)whole(row, "n");
		buf_printf(&points, "%s%.1f,%.1f", n++ ? " " : "", ((double)whole(row, "span") + 0.5) * step_x, y_of(mean, high));
	}
	const char *line = n > 1 && points.bytes ? arena_strdup(use->arena, points.bytes) : "";
	buf_done(&points);
	return line;
}

/* What is read for all members at once. */
struct read {
	json_t *members, *halves, *weeks, *practised; /* halves: span 0 the days before, 1 the last ones */
};

static void read_done(void *arg)
{
	struct read *read = arg;
	json_decref(read->members);
	json_decref(read->halves);
	json_decref(read->weeks);
	json_decref(read->practised);
}

static enum outcome read_all(struct use *use, int64_t member_id, struct read *read)
{
	const int64_t team_id = use->who.team_id, days = SCORE_DAYS * MOMENT_DAY;
	arena_defer(use->arena, read_done, read);
	if (lesson_members(use->db, team_id, &read->members, &use->error) ||
	    call_score_spans(use->db, team_id, member_id, use->now - 2 * days, days, &read->halves, &use->error) ||
	    call_score_spans(use->db, team_id, member_id, use->now - SCORE_WEEKS * WEEK, WEEK, &read->weeks, &use->error) ||
	    lesson_practised(use->db, team_id, member_id, &read->practised, &use->error))
		return FAILED;
	return DONE;
}

static void half(const json_t *halves, int64_t member_id, int64_t span, int64_t *ret_n, double *ret_mean)
{
	size_t i;
	json_t *row;
	*ret_n = 0;
	*ret_mean = 0;
	json_array_foreach(halves, i, row) {
		if (whole(row, "member_id") != member_id || whole(row, "span") != span) continue;
		*ret_n = whole(row, "n");
		*ret_mean = (double)whole(row, "tenths") / 10 / (double)*ret_n;
	}
}

static void practised_put(const struct read *read, int64_t id, json_t *member)
{
	int64_t times = 0, best = 0;
	size_t i;
	json_t *row, *last = NULL;
	json_array_foreach(read->practised, i, row) {
		if (whole(row, "member_id") != id) continue;
		times += whole(row, "times");
		if (whole(row, "best_tenths") > best) best = whole(row, "best_tenths");
		if (!last) last = row; /* the last practised comes first */
	}
	json_object_set_new(member, "practised", json_integer(times));
	json_object_set_new(member, "best", best ? score_of(best) : json_null());
	json_object_set_new(member, "last", last ? score_of(whole(last, "last_tenths")) : json_null());
	json_object_set(member, "last_at", last ? json_object_get(last, "last_at") : json_null());
}

static json_t *member_json(struct use *use, const struct read *read, const json_t *row)
{
	int64_t id = whole(row, "id"), n, n_before;
	double mean, before;
	half(read->halves, id, 1, &n, &mean);
	half(read->halves, id, 0, &n_before, &before);
	json_t *member = json_pack("{sI sO sI so sb so ss}", "id", (json_int_t)id, "name", json_object_get(row, "name"), "n", (json_int_t)n, "mean", n ? json_real(mean) : json_null(), "few",
		n > 0 && n < SCORE_FEW, "change", n >= SCORE_FEW && n_before >= SCORE_FEW ? json_real(mean - before) : json_null(), "line", line_of(use, read->weeks, id, STEP_X, HIGH));
	practised_put(read, id, member);
	return member;
}

/* A member's conversations: those of the picture, and of them the last in words. */
static enum outcome calls_put(struct use *use, int64_t member_id, json_t *one)
{
	int64_t since = use->now - SCORE_WEEKS * WEEK;
	json_t *rows, *row, *dots = json_array(), *calls = json_array();
	size_t i;
	json_object_set_new(one, "dots", dots);
	json_object_set_new(one, "calls", calls);
	if (call_score_list(use->db, use->who.team_id, member_id, since, DOTS, &rows, &use->error)) return FAILED;
	json_array_foreach(rows, i, row) {
		int64_t tenths = whole(row, "tenths");
		double x = (double)(whole(row, "at_us") - since) * WIDE / (double)(SCORE_WEEKS * WEEK);
		json_array_append_new(dots, json_pack("{sf sf sO}", "x", x < 0 ? 0 : x > WIDE ? (double)WIDE : x, "y", y_of((double)tenths / 10, WIDE_HIGH), "mode", json_object_get(row, "mode")));
		if (i >= CALLS) continue;
		json_array_append_new(calls, json_pack("{sO sO sO sO sO so sb}", "id", json_object_get(row, "id"), "client", json_object_get(row, "client"), "mode", json_object_get(row, "mode"),
			"outcome", json_object_get(row, "outcome"), "ended_at", json_object_get(row, "ended_at"), "score", score_of(tenths), "overruled", tenths != whole(row, "rubric")));
	}
	json_decref(rows);
	return DONE;
}

/* A scenario's name, or its key where the program has it no more. */
static json_t *scenario_name(const char *key, enum lang lang)
{
	json_t *scenario = lesson_scenario(key, lang), *name = scenario ? json_incref(json_object_get(scenario, "name")) : json_string(key);
	json_decref(scenario);
	return name;
}

static enum outcome practices_put(struct use *use, const struct read *read, int64_t member_id, json_t *one)
{
	enum lang lang = lang_parse(use->who.language);
	json_t *rows, *row, *scenarios = json_array(), *practices = json_array();
	size_t i;
	json_object_set_new(one, "scenarios", scenarios);
	json_object_set_new(one, "practices", practices);
	json_array_foreach(read->practised, i, row) {
		const char *key = json_string_value(json_object_get(row, "scenario"));
		if (whole(row, "member_id") == member_id)
			json_array_append_new(scenarios, json_pack("{ss so sO so so sO}", "key", key, "name", scenario_name(key, lang), "times", json_object_get(row, "times"), "best",
				score_of(whole(row, "best_tenths")), "last", score_of(whole(row, "last_tenths")), "last_at", json_object_get(row, "last_at")));
	}
	if (practice_score_list(use->db, use->who.team_id, member_id, PRACTICES, &rows, &use->error)) return FAILED;
	json_array_foreach(rows, i, row)
		json_array_append_new(practices, json_pack("{sO so sO sO so sO}", "id", json_object_get(row, "id"), "name", scenario_name(json_string_value(json_object_get(row, "scenario")), lang), "mode",
			json_object_get(row, "mode"), "ended_at", json_object_get(row, "ended_at"), "score", score_of(whole(row, "tenths")), "failed", json_object_get(row, "failed")));
	json_decref(rows);
	return DONE;
}

static enum outcome one_put(struct use *use, const struct read *read, int64_t member_id, json_t *model)
{
	json_t *member, *found = NULL;
	size_t i;
	json_array_foreach(read->members, i, member)
		if (whole(member, "id") == member_id) found = member;
	if (!found) return ABSENT;
	json_t *one = member_json(use, read, found);
	json_object_set_new(model, "one", one);
	json_object_set_new(one, "line_wide", json_string(line_of(use, read->weeks, member_id, (double)WIDE / SCORE_WEEKS, WIDE_HIGH)));
	enum outcome outcome = calls_put(use, member_id, one);
	return outcome ? outcome : practices_put(use, read, member_id, one);
}

enum outcome score_team_page(struct use *use, int64_t member_id, json_t **ret_model)
{
	struct read *read = ARENA_NEW(use->arena, struct read);
	bool lead = use->who.role >= ROLE_LEAD;
	*read = (struct read){0};
	*ret_model = NULL;
	if (!lead && member_id && member_id != use->who.member_id) return REFUSED;
	if (!lead) member_id = use->who.member_id;
	enum outcome outcome = read_all(use, member_id, read);
	if (outcome) return outcome;
	json_t *members = json_array(), *member, *model = json_pack("{si si si sb so}", "days", SCORE_DAYS, "weeks", SCORE_WEEKS, "few_n", SCORE_FEW, "team", lead, "members", members);
	size_t i;
	if (!member_id) json_array_foreach(read->members, i, member) json_array_append_new(members, member_json(use, read, member));
	else outcome = one_put(use, read, member_id, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}
