#include "app/bargain_page.h"

#include <string.h>

#include "app/bargain_advice.h"
#include "app/bargain_log.h"
#include "app/bargain_picture.h"
#include "app/bargain_words.h"
#include "app/deal.h"
#include "app/deal_offer.h"
#include "base/moment.h"
#include "base/parse.h"
#include "store/member_store.h"

enum { EVENTS_SHOWN = 60, WALK = 40, CHANGES_LOOKED = 24, CHANGES_SHOWN = 4 };

static json_t *minor_json(int64_t minor)
{
	return minor == BARGAIN_NONE ? json_null() : json_integer(minor);
}

static json_t *moment_json(int64_t at)
{
	char iso[32];
	if (!at) return json_null();
	moment_iso(at, iso);
	return json_string(iso);
}

static const char *amount_text(struct arena *arena, int64_t minor)
{
	if (minor == BARGAIN_NONE) return "";
	const char *plain = deal_amount(arena, minor < 0 ? -minor : minor);
	return minor < 0 ? arena_printf(arena, "-%s", plain) : plain;
}

/* Names of the team's leads: whom to ask. */
static enum outcome leads_put(struct use *use, json_t *model)
{
	json_t *members, *member, *leads = json_array();
	size_t i;
	json_object_set_new(model, "leads", leads);
	if (member_list(use->db, use->who.team_id, &members, &use->error)) return FAILED;
	json_array_foreach(members, i, member) {
		const char *role = json_string_value(json_object_get(member, "role"));
		if (json_is_null(json_object_get(member, "retired_at")) && role && (!strcmp(role, "lead") || !strcmp(role, "admin"))) json_array_append(leads, json_object_get(member, "name"));
	}
	json_decref(members);
	return DONE;
}

/* What every page of a table begins with. */
static enum outcome begin(struct use *use, int64_t deal_id, struct bargain_table **ret_table, json_t **ret_model)
{
	enum outcome outcome = bargain_table_load(use, deal_id, 0, ret_table);
	if (outcome) return outcome;
	const struct bargain_table *table = *ret_table;
	const struct bargain_head *head = &table->head;
	const struct deal_fields *f = &table->deal.fields;
	bool may = deal_may(use, f->owner_id), open = !table->deal.closed_at;
	json_t *deal = json_pack("{sI ss ss sI so}", "id", (json_int_t)deal_id, "name", f->title, "client", table->deal.client, "client_id", (json_int_t)f->client_id, "value_minor",
				 f->value_minor < 0 ? json_null() : json_integer(f->value_minor));
	json_t *limits = json_pack("{so so so so ss ss so sb sb}", "limit_minor", minor_json(head->limit), "target_minor", minor_json(head->target), "their_limit_minor", minor_json(head->their_limit),
				   "limit_at", moment_json(head->limit_at), "limit_by", head->limit_by, "limit_reason", head->limit_reason, "began_at", moment_json(table->began_at), "late",
				   table->began_at && head->limit_at > table->began_at, "fixed", table->began_at && head->limit != BARGAIN_NONE && use->who.role < ROLE_LEAD);
	*ret_model = json_pack("{so so sb sb sb so}", "deal", deal, "limits", limits, "may_change", may && open, "open", open, "may_set_limit", may && open, "table", bargain_table_json(table));
	return DONE;
}

static enum outcome given(enum outcome outcome, json_t **model)
{
	if (outcome) json_decref(*model);
	return outcome;
}

/* ---- The table ---- */

static json_t *variable_json(struct use *use, const struct bargain_table *table, const struct package *draft, int v)
{
	const struct table_variable *variable = &table->variables[v];
	const struct bargain_variable_row *row = variable->row;
	int n = table->bargain.variables[v].n, now = table->now.choice[v];
	json_t *options = json_array();
	for (int o = 0; o < n; o++) {
		json_t *option = bargain_words_change(table, &table->now, v, o);
		json_object_set_new(option, "put", json_string(arena_printf(use->arena, "%lld:%lld", (long long)row->id, (long long)variable->options[o].value)));
		json_object_set_new(option, "now", json_boolean(o == now));
		json_object_set_new(option, "chosen", json_boolean(o == draft->choice[v]));
		json_object_set_new(option, "asked", json_boolean(o == variable->asked));
		json_object_set_new(option, "refused", json_boolean(o == variable->refused));
		json_array_append_new(options, option);
	}
	return json_pack("{sI si ss ss ss sb sb ss sb so ss so sb sb}", "id", (json_int_t)row->id, "index", v, "name", row->name, "unit", row->unit, "family", row->family, "price", row->price,
			 "range", row->step != 0, "hint", row->hint, "hinted", row->hinted, "options", options, "now", variable->options[now].name, "asked",
			 variable->asked < 0 ? json_null() : json_string(variable->options[variable->asked].name), "waits", variable->waits && variable->asked != now, "changed",
			 draft->choice[v] != now);
}

static json_t *removed_json(const struct bargain_table *table)
{
	json_t *list = json_array();
	for (int i = 0; i < table->n_rows; i++)
		if (table->rows[i].removed) json_array_append_new(list, json_pack("{sI ss ss}", "id", (json_int_t)table->rows[i].id, "name", table->rows[i].name, "family", table->rows[i].family));
	return list;
}

static json_t *pairs_json(struct use *use, const struct bargain_table *table)
{
	json_t *pairs = json_array();
	for (int i = 0; i < table->bargain.n_forbidden; i++) {
		const struct forbidden *f = &table->bargain.forbidden[i];
		json_t *pair = json_object();
		for (int side = 0; side < 2; side++) {
			const struct table_variable *variable = &table->variables[f->variable[side]];
			const struct table_option *option = &variable->options[f->option[side]];
			json_object_set_new(pair, side ? "other" : "one", json_string(arena_printf(use->arena, "%s: %s", variable->row->name, option->name)));
			json_object_set_new(pair, side ? "other_put" : "one_put",
					    json_string(arena_printf(use->arena, "%lld:%lld", (long long)variable->row->id, (long long)option->value)));
		}
		json_array_append_new(pairs, pair);
	}
	return pairs;
}

/* Where they ask us to go: what they asked of each variable and have not taken back, otherwise what stands. */
static const struct package *asked_of(struct use *use, const struct bargain_table *table)
{
	struct package *asked = ARENA_NEW(use->arena, struct package);
	bool any = false;
	*asked = table->now;
	for (int v = 0; v < table->bargain.n; v++) {
		if (table->variables[v].asked < 0) continue;
		any = any || table->variables[v].asked != table->now.choice[v];
		asked->choice[v] = (uint16_t)table->variables[v].asked;
	}
	return any ? asked : NULL;
}

/* ---- A draft that was not offered ---- */

static const char *put_text(struct use *use, const struct bargain_table *table, int v, int o)
{
	return arena_printf(use->arena, "%lld:%lld", (long long)table->variables[v].row->id, (long long)table->variables[v].options[o].value);
}

/* The cheapest ways to bring what the draft is worth up to `least`; what it gives is not taken back where something is to be asked for it. */
static void ways_put(struct use *use, const struct bargain_table *table, const struct package *draft, int64_t least, bool ask, json_t *refusal)
{
	struct change changes[CHANGES_LOOKED], together[PACKAGE_VARIABLES];
	json_t *list = json_array(), *all = json_array();
	const char *also = "";
	uint64_t seen = 0;
	int n = limit_changes(&table->bargain, draft, least, CHANGES_LOOKED, changes);
	for (int i = 0; i < n && json_array_size(list) < CHANGES_SHOWN; i++) {
		bool takes_back = draft->choice[changes[i].variable] != table->now.choice[changes[i].variable];
		if ((ask && takes_back) || (seen >> changes[i].variable & 1)) continue; /* of a price one number is enough: the cheapest for them */
		seen |= UINT64_C(1) << changes[i].variable;
		json_array_append_new(list, json_pack("{so ss}", "change", bargain_words_change(table, draft, changes[i].variable, changes[i].to), "also",
						      put_text(use, table, changes[i].variable, changes[i].to)));
	}
	n = json_array_size(list) ? 0 : limit_restore(&table->bargain, draft, least, together);
	for (int i = 0; i < n; i++) {
		json_array_append_new(all, bargain_words_change(table, draft, together[i].variable, together[i].to));
		also = arena_printf(use->arena, "%s%s%s", also, *also ? " " : "", put_text(use, table, together[i].variable, together[i].to));
	}
	json_object_set_new(refusal, "changes", list);
	json_object_set_new(refusal, "together", all);
	json_object_set_new(refusal, "together_also", json_string(also));
}

static json_t *refusal_json(struct use *use, const struct bargain_table *table, const struct package *draft)
{
	struct table_below below;
	bool allowed = package_allowed(&table->bargain, draft);
	int64_t now = package_value(&table->bargain, &table->now).ours;
	bargain_table_below(table, draft, &below);
	bool only_gives = deal_offer_only_gives(table, draft);
	json_t *refusal = json_pack("{sI sb sb}", "shortfall", (json_int_t)below.shortfall, "only_gives", only_gives && !below.shortfall && allowed, "forbidden", !allowed);
	if (allowed && (below.shortfall || only_gives)) ways_put(use, table, draft, below.shortfall ? table->head.limit : now, !below.shortfall, refusal);
	return refusal;
}

/* ---- All of it ---- */

/* The frontier in words, for who reads rather than looks: what both could accept, at most WALK evenly taken. */
static json_t *walk_json(struct use *use, const struct bargain_table *table, const struct frontier *frontier)
{
	json_t *walk = json_array();
	int last = table->head.limit == BARGAIN_NONE ? frontier->n - 1 : frontier_last_ours(frontier, table->head.limit);
	int step = last / WALK + 1;
	for (int i = 0; i <= last; i += step) {
		struct package package;
		if (frontier_packages(frontier, i, 1, &package)) json_array_append_new(walk, bargain_words_package(use->arena, table, &package));
	}
	return walk;
}

static json_t *count_json(const struct frontier *frontier)
{
	char count[PACKAGE_COUNT];
	int64_t n;
	frontier_count(frontier, count);
	return parse_int(count, &n) ? json_integer(n) : json_string(count);
}

/* Where we stand is not efficient: a package that gives both at least as much, and them more. */
static json_t *better_json(struct use *use, const struct bargain_table *table, const struct frontier *frontier)
{
	struct option now = package_value(&table->bargain, &table->now);
	struct package package;
	int i = frontier_last_ours(frontier, now.ours);
	if (i < 0 || (frontier->points[i].theirs <= now.theirs && frontier->points[i].ours <= now.ours) || frontier->points[i].theirs < now.theirs) return json_null();
	return frontier_packages(frontier, i, 1, &package) ? bargain_words_package(use->arena, table, &package) : json_null();
}

static void solved_put(struct use *use, const struct bargain_table *table, const struct package *draft, json_t *model)
{
	struct frontier frontier;
	struct package package;
	if (!frontier_make(&table->bargain, FRONTIER_MOST, use->arena, &frontier)) {
		json_object_set_new(model, "tied", json_true()); /* the forbidden pairs tie too much together */
		return;
	}
	bool drafted = memcmp(draft->choice, table->now.choice, sizeof draft->choice) != 0;
	int nash = bargain_picture_nash(table, &frontier);
	json_object_set_new(model, "picture", bargain_picture(table, &frontier, drafted ? draft : NULL, asked_of(use, table)));
	bool fair = nash >= 0 && frontier_packages(&frontier, nash, 1, &package);
	json_object_set_new(model, "nash", fair ? bargain_words_package(use->arena, table, &package) : json_null());
	/* What the options are worth to them is a range: does the star shine whatever the truth in it is? */
	if (fair && learn_efficient(&table->learn, &package, FRONTIER_MOST, use->arena, NULL) == LEARN_SURELY) json_object_set_new(json_object_get(model, "nash"), "surely", json_true());
	json_object_set_new(model, "walk", walk_json(use, table, &frontier));
	json_object_set_new(model, "packages", count_json(&frontier));
	json_object_set_new(model, "frontier_points", json_integer(frontier.n));
	json_object_set_new(model, "epsilon", frontier.epsilon ? json_integer(frontier.epsilon) : json_null());
	json_object_set_new(model, "better", better_json(use, table, &frontier));
	bargain_advice_put(use, table, &frontier, model);
}

static void draft_read(const struct bargain_table *table, const char *const *puts, struct package *draft)
{
	int v, o;
	*draft = table->now;
	for (; *puts; puts++)
		if (bargain_words_put(table, *puts, &v, &o)) draft->choice[v] = (uint16_t)o;
}

/* Amounts of changed limits as numbers. */
static void events_signs_put(json_t *events)
{
	size_t i;
	json_t *event;
	json_array_foreach(events, i, event) {
		const char *kind = json_string_value(json_object_get(event, "kind"));
		int64_t minor;
		bool amount = !strcmp(kind, "limit") || !strcmp(kind, "target") || !strcmp(kind, "their_limit");
		json_object_set_new(event, "amount", json_boolean(amount));
		if (!amount) continue;
		json_object_set_new(event, "was_minor", parse_int(json_string_value(json_object_get(event, "was")), &minor) ? json_integer(minor) : json_null());
		json_object_set_new(event, "became_minor", parse_int(json_string_value(json_object_get(event, "became")), &minor) ? json_integer(minor) : json_null());
	}
}

enum outcome bargain_page(struct use *use, int64_t deal_id, const char *const *puts, bool refused, json_t **ret_model)
{
	struct bargain_table *table;
	struct package draft;
	json_t *events;
	enum outcome outcome = begin(use, deal_id, &table, ret_model);
	if (outcome) return outcome;
	json_t *model = *ret_model, *variables = json_array();
	draft_read(table, puts, &draft);
	for (int v = 0; v < table->bargain.n; v++) json_array_append_new(variables, variable_json(use, table, &draft, v));
	json_object_set_new(model, "variables", variables);
	json_object_set_new(model, "removed", removed_json(table));
	json_object_set_new(model, "pairs", pairs_json(use, table));
	json_object_set_new(model, "offered", json_boolean(table->offers_ours > 0));
	if (table->bargain.n) {
		json_object_set_new(model, "now", bargain_words_package(use->arena, table, &table->now));
		json_object_set_new(model, "draft", bargain_words_package(use->arena, table, &draft));
		solved_put(use, table, &draft, model);
		if (refused) json_object_set_new(model, "refusal", refusal_json(use, table, &draft));
	}
	bargain_log_put(use, table, model);
	outcome = bargain_advice_library(use, table, model);
	if (!outcome) outcome = leads_put(use, model);
	if (!outcome) outcome = use_done(bargain_event_list(use->db, use->who.team_id, deal_id, EVENTS_SHOWN, &events, &use->error));
	if (!outcome) {
		events_signs_put(events);
		json_object_set_new(model, "events", events);
	}
	return given(outcome, ret_model);
}

/* ---- Forms ---- */

/* Beside a form stands the picture of the table as it is. */
static void picture_put(struct use *use, const struct bargain_table *table, json_t *model)
{
	struct frontier frontier;
	if (!table->bargain.n || !frontier_make(&table->bargain, FRONTIER_MOST, use->arena, &frontier)) return;
	json_object_set_new(model, "picture", bargain_picture(table, &frontier, NULL, asked_of(use, table)));
}

enum outcome bargain_limits_page(struct use *use, int64_t deal_id, json_t **ret_model)
{
	struct bargain_table *table;
	enum outcome outcome = begin(use, deal_id, &table, ret_model);
	if (outcome) return outcome;
	const struct bargain_head *head = &table->head;
	json_object_set_new(*ret_model, "form", json_pack("{ss ss ss ss}", "limit", amount_text(use->arena, head->limit), "target", amount_text(use->arena, head->target), "their_limit",
							  amount_text(use->arena, head->their_limit), "reason", ""));
	if (table->bargain.n) json_object_set_new(*ret_model, "now", bargain_words_package(use->arena, table, &table->now));
	picture_put(use, table, *ret_model);
	return given(leads_put(use, *ret_model), ret_model);
}

static json_t *line_json(int place, const char *id, const char *name, const char *ours, const char *low, const char *high, bool starts)
{
	return json_pack("{si ss ss ss ss ss sb}", "zero", place, "id", id, "name", name, "ours", ours, "low", low, "high", high, "starts", starts);
}

static const char *typed_at(const json_t *typed, const char *key, size_t i)
{
	const char *text = json_string_value(json_array_get(json_object_get(typed, key), i));
	return text ? text : "";
}

/* The lines of the form: as typed, otherwise what is there; and a few empty ones. */
static json_t *lines_json(struct use *use, const struct bargain_table *table, int64_t variable_id, const json_t *typed)
{
	json_t *lines = json_array();
	int64_t starts = 0;
	const char *first = json_string_value(json_object_get(typed, "starts"));
	if (first) parse_int(first, &starts);
	else starts = json_integer_value(json_object_get(typed, "starts"));
	for (size_t i = 0; typed && i < json_array_size(json_object_get(typed, "option")); i++)
		json_array_append_new(lines, line_json((int)i, typed_at(typed, "option", i), typed_at(typed, "option_name", i), typed_at(typed, "ours", i), typed_at(typed, "low", i),
						       typed_at(typed, "high", i), (int64_t)i == starts));
	for (int i = 0; !typed && i < table->n_options; i++) {
		const struct bargain_option_row *o = &table->options[i];
		if (o->variable_id != variable_id || o->removed) continue;
		const char *high = o->theirs_high == o->theirs_low ? "" : amount_text(use->arena, o->theirs_high);
		json_array_append_new(lines, line_json((int)json_array_size(lines), arena_printf(use->arena, "%lld", (long long)o->id), o->x == BARGAIN_NONE ? o->name : arena_printf(use->arena, "%lld", (long long)o->x),
						       amount_text(use->arena, o->ours), amount_text(use->arena, o->theirs_low), high, o->starts));
	}
	size_t n = json_array_size(lines), want = typed ? n : n + (n ? 2 : 3);
	while (json_array_size(lines) < want && json_array_size(lines) < BARGAIN_OPTIONS) json_array_append_new(lines, line_json((int)json_array_size(lines), "", "", "", "", "", !json_array_size(lines)));
	return lines;
}

enum outcome bargain_variable_page(struct use *use, int64_t deal_id, int64_t variable_id, const json_t *typed, json_t **ret_model)
{
	struct bargain_table *table;
	const struct bargain_variable_row *row = NULL, none = {.family = "service", .name = "", .unit = "", .hint = ""};
	enum outcome outcome = begin(use, deal_id, &table, ret_model);
	if (outcome) return outcome;
	for (int i = 0; i < table->n_rows; i++)
		if (table->rows[i].id == variable_id) row = &table->rows[i];
	if (variable_id && !row) return given(ABSENT, ret_model);
	const struct bargain_variable_row *shown = row ? row : &none;
	json_object_set_new(*ret_model, "variable", row ? json_integer(variable_id) : json_null());
	json_object_set_new(*ret_model, "index", json_integer(row ? bargain_table_variable(table, variable_id) : -1));
	json_object_set_new(*ret_model, "removed", json_boolean(row && row->removed));
	json_object_set_new(*ret_model, "form", json_pack("{ss ss ss ss ss sb}", "name", shown->name, "family", shown->family, "unit", shown->unit, "hint", shown->hint, "step",
							  shown->step ? arena_printf(use->arena, "%lld", (long long)shown->step) : "", "price", shown->price));
	json_object_set_new(*ret_model, "lines", lines_json(use, table, variable_id, typed));
	picture_put(use, table, *ret_model);
	return DONE;
}
