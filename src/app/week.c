#include "app/week.h"

#include <stdio.h>
#include <string.h>

#include "app/advise_facts.h"
#include "base/moment.h"
#include "store/plan_store.h"

/* Hours of work are always there; others where something happens in them. An hour of a week shows so many conversations, a day alone all of them. */
enum { TIMES_MAX = 3000, FIRST_HOUR = 9, LAST_HOUR = 17, HOURS = 25, ANY = 0, CELL_SHOWN = 3, DAY_SHOWN = 200 };

/* The Monday of the ISO week of a day. */
static int32_t monday_of(int32_t day)
{
	return day - (day_weekday(day) - 1);
}

bool week_parse(const char *text, int32_t *ret_monday)
{
	int year, week, used = 0;
	if (sscanf(text, "%4d-W%2d%n", &year, &week, &used) != 2 || text[used] || year < 1970 || year > 2200 || week < 1 || week > 53) return false;
	*ret_monday = monday_of(day_from_date(year, 1, 4)) + 7 * (week - 1); /* the first week is that of 4 January */
	return true;
}

const char *week_text(struct use *use, int32_t monday)
{
	int year, month, date;
	day_to_date(monday + 3, &year, &month, &date); /* the year of its Thursday */
	return arena_printf(use->arena, "%04d-W%02d", year, (monday - monday_of(day_from_date(year, 1, 4))) / 7 + 1);
}

struct week {
	struct use *use;
	int32_t first;                  /* day */
	int days;                       /* 1, 5 or 7 */
	bool alone;                     /* one day, whole */
	int64_t owner_id;               /* 0: the team's */
	struct plan_time *times;
	int n;
	int count[7][HOURS];            /* of each day, in no hour (ANY) and in each hour + 1 */
	int row[HOURS];                 /* of the table; 0: not shown */
	int rows;                       /* the last one */
};

/* Which cell a conversation stands in; false where it is not in the span. */
static bool cell_of(const struct week *week, const struct plan_time *time, int *ret_day, int *ret_hour)
{
	int32_t day = day_of(time->at);
	*ret_day = day - week->first;
	*ret_hour = !time->ended && time->at == day_start(day) ? ANY : moment_local(time->at).hour + 1;
	return *ret_day >= 0 && *ret_day < 7;
}

static void week_count(struct week *week)
{
	int day, hour, row = 2; /* the first is the days' names */
	bool busy[HOURS] = {false};
	for (int i = 0; i < week->n; i++) {
		if (!cell_of(week, &week->times[i], &day, &hour)) continue;
		week->count[day][hour]++;
		busy[hour] = true;
		if (day >= 5 && !week->alone) week->days = 7;
	}
	for (hour = 0; hour < HOURS; hour++)
		if (busy[hour] || (hour > FIRST_HOUR && hour <= LAST_HOUR + 1)) week->row[hour] = week->rows = row++;
}

/* A conversation that is shown, and where. */
struct slot {
	const struct plan_time *time;
	int day, hour;
};

static int slots_choose(const struct week *week, struct slot *slots, int max)
{
	int taken[7][HOURS] = {{0}}, n = 0, limit = week->alone ? DAY_SHOWN : CELL_SHOWN;
	for (int i = 0; i < week->n && n < max; i++) {
		struct slot slot = {.time = &week->times[i]};
		if (!cell_of(week, slot.time, &slot.day, &slot.hour) || taken[slot.day][slot.hour]++ >= limit) continue;
		slots[n++] = slot;
	}
	return n;
}

static json_t *slot_complete(const struct week *week, const struct advise_team *advisor, const struct slot *slot, const struct facts *facts, json_t *row)
{
	char at[32];
	const struct plan_time *time = slot->time;
	int64_t due = slot->hour == ANY ? day_start(day_of(week->use->now)) : week->use->now - MOMENT_HOUR;
	moment_iso(time->at, at);
	json_object_set_new(row, "at", json_string(at));
	json_object_set_new(row, "any_hour", json_boolean(slot->hour == ANY));
	json_object_set_new(row, "ended", json_boolean(time->ended));
	json_object_set_new(row, "late", json_boolean(!time->ended && time->at < due));
	if (!time->ended && json_is_null(json_object_get(row, "mode"))) {
		json_t *advice = advise_facts_model(advisor, facts, week->use->now, 0);
		json_object_set(row, "mode", json_object_get(advice, "mode"));
		json_decref(advice);
	}
	return row;
}

/* The list of a cell, made when it is first wanted. Cells of a day come in the order of their hours, since its times do. */
static json_t *cell_list(const struct week *week, json_t *days, const struct slot *slot)
{
	json_t *hours = json_object_get(json_array_get(days, (size_t)slot->day), "hours"), *cell;
	size_t i;
	json_array_foreach(hours, i, cell) {
		int row = (int)json_integer_value(json_object_get(cell, "row"));
		if (row == week->row[slot->hour]) return json_object_get(cell, "calls");
		if (row > week->row[slot->hour]) break;
	}
	int limit = week->alone ? DAY_SHOWN : CELL_SHOWN, more = week->count[slot->day][slot->hour] - limit;
	cell = json_pack("{si si so}", "row", week->row[slot->hour], "more", more > 0 ? more : 0, "calls", json_array());
	json_array_insert_new(hours, i, cell);
	return json_object_get(cell, "calls");
}

static enum outcome slots_put(struct week *week, json_t *days)
{
	struct use *use = week->use;
	int max = week->alone ? DAY_SHOWN : 7 * HOURS * CELL_SHOWN;
	struct slot *slots = ARENA_ARRAY(use->arena, struct slot, max);
	struct advise_team *advisor = NULL;
	int n = slots_choose(week, slots, max);
	enum outcome outcome = n ? advise_team_load(use, &advisor) : DONE;
	for (int from = 0; from < n && !outcome; from += PLAN_ROWS) {
		int64_t ids[PLAN_ROWS];
		json_t *rows[PLAN_ROWS];
		struct facts facts[PLAN_ROWS];
		int count = n - from < PLAN_ROWS ? n - from : PLAN_ROWS;
		for (int i = 0; i < count; i++) ids[i] = slots[from + i].time->call_id;
		outcome = use_done(plan_slots(use->db, use->arena, use->who.team_id, ids, count, rows, facts, &use->error));
		for (int i = 0; i < count; i++)
			if (rows[i]) json_array_append_new(cell_list(week, days, &slots[from + i]), slot_complete(week, advisor, &slots[from + i], &facts[i], rows[i]));
	}
	return outcome;
}

static json_t *days_make(const struct week *week)
{
	json_t *days = json_array();
	int32_t today = day_of(week->use->now);
	for (int d = 0; d < week->days; d++) {
		char text[16];
		int year, month, date;
		day_iso(week->first + d, text);
		day_to_date(week->first + d, &year, &month, &date);
		json_array_append_new(days, json_pack("{ss si si sb so}", "day", text, "date", date, "place", d + 2, "today", week->first + d == today, "hours", json_array()));
	}
	return days;
}

static json_t *hours_make(const struct week *week)
{
	json_t *hours = json_array();
	for (int hour = 0; hour < HOURS; hour++)
		if (week->row[hour]) json_array_append_new(hours, json_pack("{si si sb}", "row", week->row[hour], "hour", hour - 1, "any", hour == ANY));
	return hours;
}

static const char *day_text(struct use *use, int32_t day)
{
	char text[16];
	day_iso(day, text);
	return arena_strdup(use->arena, text);
}

static json_t *model_make(const struct week *week, json_t *days)
{
	struct use *use = week->use;
	int32_t first = week->first, last = first + week->days - 1, today = day_of(use->now), monday = monday_of(first);
	int step = week->alone ? 1 : 7, count = 0;
	for (int d = 0; d < week->days; d++)
		for (int hour = 0; hour < HOURS; hour++) count += week->count[d][hour];
	json_t *model = json_pack("{ss ss ss ss sb sb si si si so so}", "whose", week->owner_id ? "mine" : "team", "week", week_text(use, monday), "from", day_text(use, first), "until",
				  day_text(use, last), "alone", week->alone, "this", today >= first && today < first + step, "count", count, "columns", week->days, "rows", week->rows, "days", days,
				  "hours", hours_make(week));
	json_object_set_new(model, "before", json_string(week->alone ? day_text(use, first - 1) : week_text(use, first - 7)));
	json_object_set_new(model, "after", json_string(week->alone ? day_text(use, first + 1) : week_text(use, first + 7)));
	return model;
}

enum outcome week_page(struct use *use, const char *text, int32_t day, const char *whose, json_t **ret_model)
{
	int32_t today = day_of(use->now);
	struct week week = {.use = use, .first = day ? day : monday_of(today), .days = day ? 1 : 5, .alone = day != 0, .owner_id = strcmp(whose, "team") ? use->who.member_id : 0};
	if (!day) week_parse(text, &week.first);
	int span = day ? 1 : 7;
	if (plan_times(use->db, use->arena, use->who.team_id, week.owner_id, day_start(week.first), day_start(week.first + span), TIMES_MAX, &week.times, &week.n, &use->error))
		return FAILED;
	if (!day && today - week.first >= 5 && today - week.first < 7) week.days = 7; /* today is seen on a Sunday, too */
	week_count(&week);
	json_t *days = days_make(&week);
	enum outcome outcome = slots_put(&week, days);
	if (outcome) json_decref(days);
	else *ret_model = model_make(&week, days);
	return outcome;
}
