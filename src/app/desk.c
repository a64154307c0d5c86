#include "app/desk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/advise_facts.h"
#include "app/crib.h"
#include "base/moment.h"
#include "core/desk/agenda.h"
#include "store/deal_store.h"
#include "store/plan_store.h"

/* A day is weighed whole and shown in part: the first lines of today and of what is overdue. Of what is overdue the latest is weighed. */
enum { TODAY_MAX = 300, LATE_WEIGHED = 20, LATE_MAX = 200, TODAY_SHOWN = 10, LATE_SHOWN = 6, CANDIDATES = 30, SUGGESTED = 5 };

static bool any_hour(int64_t planned_at)
{
	return planned_at == day_start(day_of(planned_at));
}

struct desk {
	struct use *use;
	struct advise_team *advisor;
	int64_t owner_id;               /* 0: the team's */
	int64_t today;                  /* its first moment */
	struct plan_light *talks;       /* today's and overdue */
	int n, *order;
	double *worth;
};

static struct agenda_talk talk_of(const struct desk *desk, const struct plan_light *light, int64_t value_otherwise)
{
	struct evidence evidence;
	struct agenda_talk talk = {.planned_at = light->planned_at, .value_minor = light->value_minor > 0 ? light->value_minor : value_otherwise};
	advise_facts_evidence(desk->advisor, &light->facts, desk->use->now, &evidence);
	talk.logit = belief_score(&desk->advisor->belief, evidence.x).logit;
	talk.any_hour = any_hour(light->planned_at);
	talk.promised = light->facts.held > 0 && (!talk.any_hour || light->purpose);
	if (light->facts.held_at && light->facts.held_at < desk->use->now) talk.silent_days = (int)((desk->use->now - light->facts.held_at) / MOMENT_DAY);
	if (!desk->owner_id) talk.any_hour = true; /* a team's people talk at the same time: only worth counts */
	return talk;
}

static void desk_weigh(struct desk *desk)
{
	struct arena *arena = desk->use->arena;
	int n = desk->n;
	struct agenda_talk *talks = ARENA_ARRAY(arena, struct agenda_talk, n + 1);
	int64_t *values = ARENA_ARRAY(arena, int64_t, n + 1);
	desk->order = ARENA_ARRAY(arena, int, n + 1);
	desk->worth = ARENA_ARRAY(arena, double, n + 1);
	for (int i = 0; i < n; i++) values[i] = desk->talks[i].value_minor;
	int64_t otherwise = agenda_value_otherwise(values, n);
	for (int i = 0; i < n; i++) talks[i] = talk_of(desk, &desk->talks[i], otherwise);
	agenda_order(talks, n, desk->use->now, desk->order, desk->worth);
}

/* Reads today's, then the latest of what is overdue. */
static enum outcome desk_read(struct desk *desk, bool all)
{
	struct use *use = desk->use;
	struct plan_light *late;
	int n_late, late_max = all ? LATE_MAX : LATE_WEIGHED;
	if (plan_light_list(use->db, use->arena, use->who.team_id, desk->owner_id, desk->today, day_start(day_of(use->now) + 1), TODAY_MAX, &desk->talks, &desk->n, &use->error) ||
	    plan_light_list(use->db, use->arena, use->who.team_id, desk->owner_id, INT64_MIN, desk->today, late_max, &late, &n_late, &use->error))
		return FAILED;
	struct plan_light *talks = ARENA_ARRAY(use->arena, struct plan_light, desk->n + n_late + 1);
	memcpy(talks, desk->talks, sizeof *talks * (size_t)desk->n);
	memcpy(talks + desk->n, late, sizeof *talks * (size_t)n_late);
	desk->talks = talks;
	desk->n += n_late;
	return DONE;
}

/* Two digits and zeros: what is computed from a chance is no truer than that. */
static int64_t roughly(double minor)
{
	int64_t step = 1;
	while (minor / (double)step >= 100) step *= 10;
	return llround(minor / (double)step) * step;
}

/* What is shown of a talk besides its row; because: how many reasons there is room for. */
static void row_complete(const struct desk *desk, int place, int because, json_t *row)
{
	const struct plan_light *light = &desk->talks[place];
	json_object_set_new(row, "any_hour", json_boolean(any_hour(light->planned_at)));
	json_object_set_new(row, "late", json_boolean(light->planned_at < desk->today));
	if (json_equal(json_object_get(row, "purpose"), json_object_get(row, "promised"))) json_object_set_new(row, "purpose", json_string("")); /* said once */
	/* Counted with a value of others it is good for an order, not for showing. */
	json_object_set_new(row, "worth_minor", light->value_minor > 0 ? json_integer(roughly(desk->worth[place])) : json_null());
	json_object_set_new(row, "advice", advise_facts_model(desk->advisor, &light->facts, desk->use->now, because));
}

/* The rows of talks by their places, in chunks; each is appended to its list. That of `first` says the most. */
static enum outcome rows_put(const struct desk *desk, const int *places, json_t *const *lists, int n, const json_t *first)
{
	for (int from = 0; from < n; from += PLAN_ROWS) {
		int64_t ids[PLAN_ROWS];
		json_t *rows[PLAN_ROWS];
		int count = n - from < PLAN_ROWS ? n - from : PLAN_ROWS;
		for (int i = 0; i < count; i++) ids[i] = desk->talks[places[from + i]].call_id;
		enum err kind = plan_rows(desk->use->db, desk->use->who.team_id, ids, count, rows, &desk->use->error);
		for (int i = 0; i < count; i++) {
			if (!rows[i]) continue;
			row_complete(desk, places[from + i], lists[from + i] == first ? ADVISE_REASONS : 1, rows[i]);
			json_array_append_new(lists[from + i], rows[i]);
		}
		if (kind) return FAILED;
	}
	return DONE;
}

/* Which talks are shown, and in which list: under way, the next, later today, overdue. */
static enum outcome desk_show_rows(const struct desk *desk, bool all, json_t *model, int *ret_today, int *ret_hidden_today, int *ret_shown_late)
{
	json_t *running = json_array(), *next = json_array(), *today = json_array(), *overdue = json_array();
	int *places = ARENA_ARRAY(desk->use->arena, int, desk->n + 1), n = 0, n_today = 0, n_today_shown = 0, n_late = 0, hidden = 0;
	json_t **lists = ARENA_ARRAY(desk->use->arena, json_t *, desk->n + 1);
	bool have_next = false;
	for (int i = 0; i < desk->n; i++) {
		const struct plan_light *light = &desk->talks[desk->order[i]];
		bool late = light->planned_at < desk->today;
		json_t *list = late ? overdue : today;
		n_today += !late;
		if (light->running) list = running;
		else if (!have_next && desk->owner_id) list = next;
		else if (!all && (late ? n_late >= LATE_SHOWN : n_today_shown >= TODAY_SHOWN)) {
			hidden += !late;
			continue;
		}
		have_next = have_next || list == next;
		n_late += late;
		n_today_shown += list == today;
		places[n] = desk->order[i];
		lists[n++] = list;
	}
	enum outcome outcome = rows_put(desk, places, lists, n, next);
	json_object_set(model, "next", json_array_size(next) ? json_array_get(next, 0) : json_null());
	json_decref(next);
	json_object_set_new(model, "running", running);
	json_object_set_new(model, "today", today);
	json_object_set_new(model, "overdue", overdue);
	*ret_today = n_today;
	*ret_hidden_today = hidden;
	*ret_shown_late = n_late;
	return outcome;
}

static enum outcome span_count(const struct desk *desk, int64_t from, int64_t until, int64_t *ret)
{
	return use_done(plan_count(desk->use->db, desk->use->who.team_id, desk->owner_id, from, until, ret, &desk->use->error));
}

/* What an empty desk needs to say what to do first. */
static enum outcome stock_put(struct use *use, json_t *model)
{
	struct plan_stock stock;
	if (plan_stock_of(use->db, use->who.team_id, &stock, &use->error)) return FAILED;
	json_object_set_new(model, "stock", json_pack("{sb sb sb sb}", "clients", stock.clients, "products", stock.products, "deals", stock.deals, "calls", stock.calls));
	return DONE;
}

static void count_put(json_t *model, const char *name, int64_t count)
{
	json_object_set_new(model, name, json_integer(count > 0 ? count : 0));
}

static bool has_client(const json_t *deals, const json_t *client_id)
{
	size_t i;
	json_t *deal;
	json_array_foreach((json_t *)deals, i, deal) {
		if (json_equal(json_object_get(deal, "client_id"), client_id)) return true;
	}
	return false;
}

/* An empty desk offers deals that nobody has planned to talk about: of those of the greatest value, the ones for which a conversation pays most. */
static enum outcome suggested_put(struct desk *desk, json_t *model)
{
	struct use *use = desk->use;
	struct deal_filter filter = {.owner_id = desk->owner_id, .stage = "", .unplanned = true, .words_fold = "", .words_match = "", .sort = DEAL_BY_VALUE, .descending = true,
				     .limit = CANDIDATES};
	struct facts facts[CANDIDATES];
	struct agenda_talk talks[CANDIDATES];
	double worth[CANDIDATES];
	int order[CANDIDATES];
	json_t *deals, *suggested = json_array(), *deal;
	size_t i;
	if (deal_list(use->db, use->arena, use->who.team_id, &filter, &deals, facts, &use->error)) {
		json_decref(suggested);
		return FAILED;
	}
	enum outcome outcome = json_array_size(deals) ? advise_team_load(use, &desk->advisor) : DONE;
	json_array_foreach(deals, i, deal) {
		if (outcome) break;
		int64_t value = json_integer_value(json_object_get(deal, "value_minor"));
		struct plan_light light = {.planned_at = desk->today, .value_minor = value, .facts = facts[i]};
		talks[i] = talk_of(desk, &light, 1);
		json_object_set_new(deal, "advice", advise_facts_model(desk->advisor, &facts[i], use->now, 1));
	}
	int n = outcome ? 0 : (int)json_array_size(deals);
	agenda_order(talks, n, use->now, order, worth);
	for (int k = 0; k < n && json_array_size(suggested) < SUGGESTED; k++) {
		deal = json_array_get(deals, (size_t)order[k]);
		if (!has_client(suggested, json_object_get(deal, "client_id"))) json_array_append(suggested, deal); /* nobody is called twice */
	}
	json_decref(deals);
	json_object_set_new(model, "suggested", suggested);
	return outcome;
}

/* The figures around the lists; what is not shown is counted. */
static enum outcome desk_finish(struct desk *desk, bool all, json_t *model)
{
	int64_t late, tomorrow, end = day_start(day_of(desk->use->now) + 1), next_end = day_start(day_of(desk->use->now) + 2);
	int today, hidden_today, shown_late;
	char day[16];
	enum outcome outcome = desk_show_rows(desk, all, model, &today, &hidden_today, &shown_late);
	if (!outcome) outcome = span_count(desk, INT64_MIN, desk->today, &late);
	if (!outcome) outcome = span_count(desk, end, next_end, &tomorrow);
	if (!outcome && !desk->n) outcome = stock_put(desk->use, model);
	if (!outcome && !desk->n) outcome = suggested_put(desk, model);
	if (outcome) return outcome;
	day_iso(day_of(desk->use->now), day);
	json_object_set_new(model, "whose", json_string(desk->owner_id ? "mine" : "team"));
	json_object_set_new(model, "day", json_string(day));
	json_object_set_new(model, "empty", json_boolean(!desk->n));
	count_put(model, "today_count", today);
	count_put(model, "today_more", hidden_today);
	count_put(model, "overdue_count", late);
	count_put(model, "overdue_more", late - shown_late);
	count_put(model, "tomorrow_count", tomorrow);
	return DONE;
}

/* N3: a personal cut that somebody heard is the lead's to take up. */
static enum outcome cuts_put(struct use *use, json_t *model)
{
	json_t *cuts = NULL;
	enum outcome outcome = use->who.role < ROLE_LEAD ? DONE : crib_cuts(use, &cuts);
	json_object_set_new(model, "cuts", cuts ? cuts : json_array());
	return outcome;
}

enum outcome desk_page(struct use *use, const char *whose, bool all, json_t **ret_model)
{
	struct desk desk = {.use = use, .owner_id = strcmp(whose, "team") ? use->who.member_id : 0, .today = day_start(day_of(use->now))};
	enum outcome outcome = desk_read(&desk, all);
	if (!outcome && !desk.n && !*whose && use->who.role >= ROLE_LEAD) {
		desk.owner_id = 0;
		outcome = desk_read(&desk, all);
	}
	if (!outcome && desk.n) outcome = advise_team_load(use, &desk.advisor);
	if (outcome) return outcome;
	desk_weigh(&desk);
	*ret_model = json_object();
	outcome = desk_finish(&desk, all, *ret_model);
	if (!outcome) outcome = cuts_put(use, *ret_model);
	if (outcome) json_decref(*ret_model);
	return outcome;
}
