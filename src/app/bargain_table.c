#include "app/bargain_table.h"

#include <string.h>

#include "base/say.h"
#include "core/bargain/range.h"

/* ---- What an option is worth to them ---- */

/* The hint: the half of the range that lies away from 0. */
static void hint_apply(struct table_option *option)
{
	int64_t mid = learn_middle((struct learn_range){option->theirs_low, option->theirs_high});
	if (mid >= 0) option->theirs_low = mid;
	else option->theirs_high = mid;
}

/* ---- Variables and their options ---- */

static const char *number_name(struct use *use, int64_t x, const char *unit)
{
	struct buf text;
	buf_init(&text, 64);
	say_number(&text, lang_parse(use->who.language), x);
	const char *name = *unit ? arena_printf(use->arena, "%s\u00a0%s", text.bytes, unit) : arena_strdup(use->arena, text.bytes);
	buf_done(&text);
	return name;
}

/* All numbers of a range, from its first break point to its last. 0: it is none that can be computed with. */
static int range_fill(struct use *use, const struct bargain_variable_row *row, const struct bargain_option_row *const *points, int n_points, struct table_option **ret_options)
{
	struct range_point *low = ARENA_ARRAY(use->arena, struct range_point, n_points), *high = ARENA_ARRAY(use->arena, struct range_point, n_points);
	for (int p = 0; p < n_points; p++) {
		low[p] = (struct range_point){points[p]->x, {points[p]->ours, points[p]->theirs_low}};
		high[p] = (struct range_point){points[p]->x, {points[p]->ours, points[p]->theirs_high}};
	}
	struct range lows = {low[0].at, low[n_points - 1].at, row->step, low, n_points}, highs = lows;
	highs.points = high;
	if (range_check(&lows) || range_options(&lows) > BARGAIN_NUMBERS) return 0;
	int n = range_options(&lows);
	struct option *at_low = ARENA_ARRAY(use->arena, struct option, n), *at_high = ARENA_ARRAY(use->arena, struct option, n);
	range_values(&lows, at_low);
	range_values(&highs, at_high);
	*ret_options = ARENA_ARRAY(use->arena, struct table_option, n);
	for (int i = 0; i < n; i++) {
		int64_t x = range_number(&lows, i);
		(*ret_options)[i] = (struct table_option){bargain_number_value(x), number_name(use, x, row->unit), at_low[i].ours, at_low[i].theirs, at_high[i].theirs};
	}
	return n;
}

static int starts_at(const struct table_option *options, int n, const struct bargain_option_row *const *points, int n_points, bool range)
{
	for (int p = 0; p < n_points; p++)
		for (int o = 0; points[p]->starts && o < n; o++)
			if (options[o].value == (range ? bargain_number_value(points[p]->x) : points[p]->id)) return o;
	return 0;
}

/* One variable of the table; false where nothing of it is left to choose from. */
static bool variable_fill(struct use *use, const struct bargain_table *table, const struct bargain_variable_row *row, struct table_variable *variable, struct variable *plain,
			  struct table_option **ret_options)
{
	const struct bargain_option_row **points = ARENA_ARRAY(use->arena, const struct bargain_option_row *, table->n_options + 1);
	struct table_option *options;
	int n_points = 0, n;
	for (int i = 0; i < table->n_options; i++)
		if (table->options[i].variable_id == row->id && !table->options[i].removed) points[n_points++] = &table->options[i];
	if (!n_points) return false;
	if (row->step) {
		n = range_fill(use, row, points, n_points, &options);
		if (!n) return false;
	} else {
		n = n_points;
		options = ARENA_ARRAY(use->arena, struct table_option, n);
		for (int o = 0; o < n; o++) options[o] = (struct table_option){points[o]->id, points[o]->name, points[o]->ours, points[o]->theirs_low, points[o]->theirs_high};
	}
	for (int o = 0; row->hinted && o < n; o++) hint_apply(&options[o]);
	*variable = (struct table_variable){.row = row, .options = options, .starts = starts_at(options, n, points, n_points, row->step != 0), .asked = -1, .refused = -1};
	*plain = (struct variable){.n = n, .price = row->price};
	*ret_options = options;
	return true;
}

int bargain_table_variable(const struct bargain_table *table, int64_t variable_id)
{
	for (int v = 0; v < table->bargain.n; v++)
		if (table->variables[v].row->id == variable_id) return v;
	return -1;
}

int bargain_table_option(const struct bargain_table *table, int v, int64_t value)
{
	const struct table_variable *variable = &table->variables[v];
	if (!value) return variable->starts;
	for (int o = 0; o < table->bargain.variables[v].n; o++)
		if (variable->options[o].value == value) return o;
	return -1;
}

static enum outcome forbidden_load(struct use *use, struct bargain_table *table)
{
	struct bargain_pair_row *pairs;
	int n;
	if (bargain_pair_list(use->db, use->arena, use->who.team_id, table->deal.deal_id, &pairs, &n, &use->error)) return FAILED;
	struct forbidden *list = ARENA_ARRAY(use->arena, struct forbidden, n + 1);
	table->bargain.forbidden = list;
	for (int i = 0; i < n; i++) {
		int a = bargain_table_variable(table, pairs[i].variable_id), b = bargain_table_variable(table, pairs[i].other_variable_id);
		int ao = a < 0 ? -1 : bargain_table_option(table, a, pairs[i].option_id), bo = b < 0 ? -1 : bargain_table_option(table, b, pairs[i].other_option_id);
		if (ao < 0 || bo < 0 || a == b) continue; /* one of them is on the table no more */
		list[table->bargain.n_forbidden++] = (struct forbidden){{(uint16_t)a, (uint16_t)b}, {(uint16_t)ao, (uint16_t)bo}};
	}
	return DONE;
}

/* ---- What was offered ---- */

/* The name of a variable or an option, also of one that is on the table no more. */
static void move_name(struct use *use, const struct bargain_table *table, struct table_move *move)
{
	const struct bargain_variable_row *row = NULL;
	for (int i = 0; i < table->n_rows; i++)
		if (table->rows[i].id == move->move->variable_id) row = &table->rows[i];
	if (!row) return;
	move->variable = row->name;
	move->v = bargain_table_variable(table, row->id);
	move->o = move->v < 0 ? -1 : bargain_table_option(table, move->v, move->move->value);
	if (move->o >= 0) {
		move->option = table->variables[move->v].options[move->o].name;
		return;
	}
	if (row->step && move->move->value) move->option = number_name(use, move->move->value - bargain_number_value(0), row->unit);
	for (int i = 0; i < table->n_options; i++)
		if (table->options[i].variable_id == row->id && table->options[i].id == move->move->value) move->option = table->options[i].name;
}

/* The draft of each source (one conversation, or outside all): what was put since its last offer. An index of an option, −1 where nothing. */
struct drafts {
	int64_t call_id;
	int option[PACKAGE_VARIABLES];
};

static void drafts_clear(struct drafts *drafts, int64_t call_id)
{
	drafts->call_id = call_id;
	for (int v = 0; v < PACKAGE_VARIABLES; v++) drafts->option[v] = -1;
}

/* What a load works on before it is handed out. */
struct loading {
	struct bargain_table *table;
	struct table_variable variables[PACKAGE_VARIABLES];
	struct variable plain[PACKAGE_VARIABLES];
	struct table_option *options[PACKAGE_VARIABLES];
	struct option *values[PACKAGE_VARIABLES];
	struct learn_range *ranges[PACKAGE_VARIABLES];
	struct learn learn;
	bool learns;
	struct package round;           /* what they ask since our last offer, on top of what stands */
	bool asks;                      /* they asked something in this round */
};

/* Their asks since our last offer are one offer of theirs. */
static void round_end(struct loading *l)
{
	if (l->asks && l->learns) learn_offered(&l->learn, &l->table->now, &l->round);
	l->asks = false;
}

static void asked_apply(struct loading *l, const struct table_move *move)
{
	l->table->offers_theirs++;
	if (move->o < 0) return;
	l->variables[move->v].asked = move->o;
	l->variables[move->v].waits = true;
	if (!l->asks) l->round = l->table->now;
	l->round.choice[move->v] = (uint16_t)move->o;
	l->asks = true;
}

static void refused_apply(struct loading *l, const struct table_move *move)
{
	if (move->o < 0) return;
	l->variables[move->v].refused = move->o;
	struct package ours = l->table->now;
	ours.choice[move->v] = (uint16_t)move->o;
	if (l->learns) learn_refused(&l->learn, &ours);
}

static void offered_apply(struct loading *l, struct drafts *drafts)
{
	round_end(l);
	l->table->offers_ours++;
	for (int v = 0; v < l->table->bargain.n; v++) {
		l->variables[v].waits = false;
		if (drafts->option[v] >= 0) l->table->now.choice[v] = (uint16_t)drafts->option[v];
	}
	drafts_clear(drafts, drafts->call_id);
}

static void move_apply(struct loading *l, struct drafts *drafts, const struct table_move *move)
{
	const char *kind = move->move->kind;
	if (!strcmp(kind, "offered")) offered_apply(l, drafts);
	else if (!strcmp(kind, "asked")) asked_apply(l, move);
	else if (move->v < 0) return;
	else if (!strcmp(kind, "declined")) l->variables[move->v].waits = false;
	else if (!strcmp(kind, "refused")) refused_apply(l, move);
	else drafts->option[move->v] = move->move->value ? move->o : -1; /* put; 0: out of the draft again */
}

static enum outcome moves_load(struct use *use, int64_t but_call_id, struct loading *l)
{
	struct bargain_table *table = l->table;
	struct bargain_move *moves;
	if (bargain_move_list(use->db, use->arena, use->who.team_id, table->deal.deal_id, but_call_id, &moves, &table->n_moves, &use->error)) return FAILED;
	struct table_move *list = ARENA_ARRAY(use->arena, struct table_move, table->n_moves + 1);
	struct drafts *drafts = ARENA_ARRAY(use->arena, struct drafts, table->n_moves + 1);
	int n_drafts = 0;
	int64_t first = 0;
	table->moves = list;
	for (int i = 0; i < table->n_moves; i++) {
		int d = 0;
		list[i] = (struct table_move){.move = &moves[i], .variable = "", .option = "", .v = -1, .o = -1};
		move_name(use, table, &list[i]);
		while (d < n_drafts && drafts[d].call_id != moves[i].call_id) d++;
		if (d == n_drafts) drafts_clear(&drafts[n_drafts++], moves[i].call_id);
		move_apply(l, &drafts[d], &list[i]);
		if (!first && (!strcmp(moves[i].kind, "offered") || !strcmp(moves[i].kind, "asked"))) first = moves[i].at;
	}
	round_end(l);
	int64_t talk = table->head.talk_began_at;
	table->began_at = first && (!talk || first < talk) ? first : talk;
	return DONE;
}

/* ---- Loading ---- */

static enum outcome rows_load(struct use *use, struct bargain_table *table)
{
	struct bargain_variable_row *rows;
	struct bargain_option_row *options;
	int64_t team_id = use->who.team_id, deal_id = table->deal.deal_id;
	if (bargain_head_find(use->db, use->arena, team_id, deal_id, &table->head, &use->error) ||
	    bargain_variable_list(use->db, use->arena, team_id, deal_id, &rows, &table->n_rows, &use->error) ||
	    bargain_option_list(use->db, use->arena, team_id, deal_id, &options, &table->n_options, &use->error))
		return FAILED;
	table->rows = rows;
	table->options = options;
	return DONE;
}

/* The engine's numbers, and the ranges from which learning begins. */
static void learn_begin(struct use *use, struct loading *l)
{
	const struct bargain *bargain = &l->table->bargain;
	for (int v = 0; v < bargain->n; v++) {
		l->ranges[v] = ARENA_ARRAY(use->arena, struct learn_range, bargain->variables[v].n);
		l->plain[v].options = l->values[v] = ARENA_ARRAY(use->arena, struct option, bargain->variables[v].n);
		for (int o = 0; o < bargain->variables[v].n; o++) {
			const struct table_option *option = &l->options[v][o];
			l->ranges[v][o] = (struct learn_range){option->theirs_low, option->theirs_high};
			l->values[v][o] = (struct option){option->ours, learn_middle(l->ranges[v][o])};
		}
	}
	l->learns = learn_init(&l->learn, bargain, l->ranges);
}

/* What was learnt is what options are worth to them from now on. */
static void learn_end(struct loading *l)
{
	for (int v = 0; v < l->table->bargain.n; v++) {
		for (int o = 0; o < l->plain[v].n; o++) {
			struct learn_range range = l->ranges[v][o];
			l->options[v][o].theirs_low = range.low;
			l->options[v][o].theirs_high = range.high;
			l->values[v][o].theirs = learn_middle(range);
		}
	}
	l->table->learn = l->learn;
}

enum outcome bargain_table_load(struct use *use, int64_t deal_id, int64_t but_call_id, struct bargain_table **ret_table)
{
	struct loading *l = ARENA_NEW(use->arena, struct loading);
	struct bargain_table *table = *ret_table = l->table = ARENA_NEW(use->arena, struct bargain_table);
	if (deal_find(use->db, use->arena, use->who.team_id, deal_id, &table->deal, &use->error)) return FAILED;
	if (!table->deal.there) return ABSENT;
	enum outcome outcome = rows_load(use, table);
	if (outcome) return outcome;
	table->variables = l->variables;
	table->bargain.variables = l->plain;
	for (int i = 0; i < table->n_rows && table->bargain.n < PACKAGE_VARIABLES; i++) {
		int v = table->bargain.n;
		if (table->rows[i].removed || !variable_fill(use, table, &table->rows[i], &l->variables[v], &l->plain[v], &l->options[v])) continue;
		table->now.choice[v] = (uint16_t)l->variables[v].starts;
		table->bargain.n++;
	}
	learn_begin(use, l);
	outcome = forbidden_load(use, table);
	if (!outcome) outcome = moves_load(use, but_call_id, l);
	if (!outcome) learn_end(l);
	return outcome;
}

/* ---- Questions ---- */

bool bargain_table_amount(const struct bargain_table *table, int64_t variable_id, int64_t value, int64_t *ret_amount)
{
	int v = bargain_table_variable(table, variable_id), o = v < 0 ? -1 : bargain_table_option(table, v, value);
	*ret_amount = 0;
	if (o < 0) return false;
	const struct table_option *options = table->variables[v].options;
	*ret_amount = options[o].ours - options[table->now.choice[v]].ours;
	return true;
}

bool bargain_table_below(const struct bargain_table *table, const struct package *package, struct table_below *below)
{
	const struct bargain *bargain = &table->bargain;
	*below = (struct table_below){0};
	bool allowed = package_allowed(bargain, package);
	if (table->head.limit == BARGAIN_NONE) return !allowed;
	below->shortfall = limit_shortfall(bargain, package, table->head.limit);
	if (!below->shortfall) return !allowed;
	below->n = limit_changes(bargain, package, table->head.limit, BARGAIN_CHANGES, below->changes);
	if (!below->n) below->n_together = limit_restore(bargain, package, table->head.limit, below->together);
	return true;
}

/* ---- For the browser ---- */

static json_t *index_or_null(int i)
{
	return i < 0 ? json_null() : json_integer(i);
}

static json_t *variable_json(const struct bargain_table *table, int v)
{
	const struct table_variable *variable = &table->variables[v];
	const struct bargain_variable_row *row = variable->row;
	json_t *options = json_array();
	for (int o = 0; o < table->bargain.variables[v].n; o++) {
		const struct table_option *option = &variable->options[o];
		json_array_append_new(options, json_pack("{sI ss sI sI sI sI}", "id", (json_int_t)option->value, "name", option->name, "ours", (json_int_t)option->ours, "theirs",
							 (json_int_t)table->bargain.variables[v].options[o].theirs, "low", (json_int_t)option->theirs_low, "high",
							 (json_int_t)option->theirs_high));
	}
	return json_pack("{sI ss ss sb ss sb so si so so sb}", "id", (json_int_t)row->id, "name", row->name, "unit", row->unit, "price", row->price, "family", row->family, "range",
			 row->step != 0, "options", options, "starts", variable->starts, "asked", index_or_null(variable->asked), "refused", index_or_null(variable->refused), "waits",
			 variable->waits);
}

static json_t *amount_or_null(int64_t minor)
{
	return minor == BARGAIN_NONE ? json_null() : json_integer(minor);
}

json_t *bargain_table_json(const struct bargain_table *table)
{
	const struct bargain_head *head = &table->head;
	json_t *variables = json_array(), *forbidden = json_array(), *now = json_array();
	for (int v = 0; v < table->bargain.n; v++) {
		json_array_append_new(variables, variable_json(table, v));
		json_array_append_new(now, json_integer(table->now.choice[v]));
	}
	for (int i = 0; i < table->bargain.n_forbidden; i++) {
		const struct forbidden *f = &table->bargain.forbidden[i];
		json_t *pair = json_array();
		for (int side = 0; side < 2; side++) {
			const struct table_variable *variable = &table->variables[f->variable[side]];
			json_array_append_new(pair, json_pack("[I I]", (json_int_t)variable->row->id, (json_int_t)variable->options[f->option[side]].value));
		}
		json_array_append_new(forbidden, pair);
	}
	return json_pack("{sI so sI sb so sI sb sb so so so}", "deal", (json_int_t)table->deal.deal_id, "value", table->deal.fields.value_minor < 0 ? json_null() : json_integer(table->deal.fields.value_minor), "limit", (json_int_t)(head->limit == BARGAIN_NONE ? 0 : head->limit), "has_limit",
			 head->limit != BARGAIN_NONE, "target", amount_or_null(head->target), "their_limit", (json_int_t)(head->their_limit == BARGAIN_NONE ? 0 : head->their_limit),
			 "has_their_limit", head->their_limit != BARGAIN_NONE, "began", table->began_at != 0, "variables", variables, "forbidden", forbidden, "now", now);
}
