#include "app/bargain_advice.h"

#include <stdlib.h>
#include <string.h>

#include "app/bargain_picture.h"
#include "base/money.h"
#include "core/bargain/ladder.h"
#include "core/bargain/learn.h"
#include "core/bargain/meso.h"
#include "core/bargain/pie.h"
#include "core/bargain/trade.h"

enum { STEPS_READ = 400, RETURNS = 2, FEW_POINTS = 120, NEAR = 5, VALUED = 4 };

/* A concession with the ways to be paid for it. */
static json_t *with_returns(struct use *use, const struct bargain_table *table, int v, int to)
{
	struct trade trades[RETURNS];
	int n = trade_for(&table->bargain, &table->now, v, to, RETURNS, use->arena, trades);
	json_t *returns = json_array();
	for (int i = 0; i < n; i++) {
		struct package package = table->now;
		package.choice[v] = (uint16_t)to;
		for (int k = 0; k < trades[i].n; k++) package.choice[trades[i].variable[k]] = trades[i].to[k];
		json_array_append_new(returns, bargain_words_package(use->arena, table, &package));
	}
	return json_pack("{so so}", "give", bargain_words_change(table, &table->now, v, to), "returns", returns);
}

static json_t *ladder_json(struct use *use, const struct bargain_table *table)
{
	struct step *steps = ARENA_ARRAY(use->arena, struct step, STEPS_READ);
	int n = ladder_steps(&table->bargain, &table->now, STEPS_READ, steps), prices = 0;
	json_t *ladder = json_array();
	for (int i = 0; i < n && i < STEPS_READ; i++) {
		bool price = table->bargain.variables[steps[i].variable].price;
		if (price ? prices++ : json_array_size(ladder) >= ADVICE_STEPS) continue; /* of the price one step is enough: the last */
		json_array_append_new(ladder, with_returns(use, table, steps[i].variable, steps[i].to));
	}
	return ladder;
}

static json_t *answers_json(struct use *use, const struct bargain_table *table)
{
	json_t *answers = json_array();
	for (int v = 0; v < table->bargain.n; v++) {
		const struct table_variable *variable = &table->variables[v];
		if (!variable->waits || variable->asked < 0 || variable->asked == table->now.choice[v]) continue;
		const struct option *options = table->bargain.variables[v].options;
		if (options[variable->asked].ours < options[table->now.choice[v]].ours) json_array_append_new(answers, with_returns(use, table, v, variable->asked));
	}
	return answers;
}

static json_t *offers_json(struct use *use, const struct bargain_table *table, const struct frontier *frontier)
{
	struct meso meso;
	json_t *offers = json_array();
	int64_t limit = table->head.limit, aim = package_value(&table->bargain, &table->now).ours;
	int nash = bargain_picture_nash(table, frontier);
	if (limit == BARGAIN_NONE || !frontier->n) return offers;
	if (aim < limit) aim = nash >= 0 ? frontier->points[nash].ours : limit;
	meso_offers(frontier, limit, aim, ADVICE_OFFERS, use->arena, &meso);
	for (int i = 0; i < meso.n; i++) json_array_append_new(offers, bargain_words_package(use->arena, table, &meso.offers[i]));
	return offers;
}

/* Of a long frontier what matters are the packages near the one that is fair, or near where we stand: each point costs as many frontiers as there are variables. */
static json_t *questions_json(const struct bargain_table *table, const struct frontier *frontier)
{
	struct question questions[PACKAGE_VARIABLES];
	json_t *list = json_array();
	int from = 0, to = frontier->n;
	if (!frontier->n) return list;
	if (frontier->n > FEW_POINTS) {
		int nash = bargain_picture_nash(table, frontier), near = nash >= 0 ? nash : frontier_last_ours(frontier, package_value(&table->bargain, &table->now).ours);
		from = near > NEAR ? near - NEAR : 0;
		to = from + 2 * NEAR < frontier->n ? from + 2 * NEAR : frontier->n;
	}
	int n = learn_questions(&table->learn, frontier, from, to, questions);
	for (int i = 0; i < n && i < ADVICE_QUESTIONS; i++) {
		if (!questions[i].settles && !questions[i].doubt) break;
		const struct table_variable *variable = &table->variables[questions[i].variable];
		json_array_append_new(list, json_pack("{ss ss si sI}", "variable", variable->row->name, "family", variable->row->family, "settles", questions[i].settles, "doubt",
						      (json_int_t)questions[i].doubt));
	}
	return list;
}

/* What they probably value most: of each variable the span between its best and its worst option for them. */
struct worth {
	int v, o;
	int64_t span;
};

static int worth_compare(const void *a, const void *b)
{
	const struct worth *x = a, *y = b;
	return x->span != y->span ? (x->span < y->span ? 1 : -1) : x->v - y->v;
}

static json_t *valued_json(const struct bargain_table *table)
{
	struct worth list[PACKAGE_VARIABLES];
	json_t *json = json_array();
	for (int v = 0; v < table->bargain.n; v++) {
		const struct option *options = table->bargain.variables[v].options;
		int64_t least = options[0].theirs;
		list[v] = (struct worth){v, 0, 0};
		for (int o = 1; o < table->bargain.variables[v].n; o++) {
			if (options[o].theirs > options[list[v].o].theirs) list[v].o = o;
			if (options[o].theirs < least) least = options[o].theirs;
		}
		list[v].span = options[list[v].o].theirs - least;
	}
	qsort(list, (size_t)table->bargain.n, sizeof *list, worth_compare);
	for (int i = 0; i < table->bargain.n && i < VALUED && list[i].span; i++) {
		const struct table_variable *variable = &table->variables[list[i].v];
		const struct table_option *option = &variable->options[list[i].o];
		json_array_append_new(json, json_pack("{ss ss ss sI sI sI sb}", "variable", variable->row->name, "family", variable->row->family, "option", option->name, "low",
						      (json_int_t)option->theirs_low, "high", (json_int_t)option->theirs_high, "span", (json_int_t)list[i].span, "sure",
						      option->theirs_low == option->theirs_high));
	}
	return json;
}

void bargain_advice_put(struct use *use, const struct bargain_table *table, const struct frontier *frontier, json_t *model)
{
	json_object_set_new(model, "ladder", ladder_json(use, table));
	json_object_set_new(model, "answers", answers_json(use, table));
	json_object_set_new(model, "offers", offers_json(use, table, frontier));
	json_object_set_new(model, "questions", questions_json(table, frontier));
	json_object_set_new(model, "valued", valued_json(table));
}

/* ---- The library beside the table ---- */

static int64_t priced(int64_t minor, int64_t share, int64_t deal_value_minor)
{
	return minor + (deal_value_minor > 0 ? money_share(deal_value_minor, share) : 0);
}

struct bargain_option_row bargain_advice_priced(const struct trade_option_row *option, int64_t value)
{
	return (struct bargain_option_row){
		.x = option->x == TRADE_NO_X ? BARGAIN_NONE : option->x,
		.name = option->name,
		.starts = option->starts,
		.ours = priced(option->ours_minor, option->ours_share, value),
		.theirs_low = priced(option->low_minor, option->low_share, value),
		.theirs_high = priced(option->high_minor, option->high_share, value),
	};
}

void bargain_advice_price(struct bargain_option_row *options, int n, int64_t value)
{
	for (int o = 0; o < n; o++)
		if (options[o].starts && (options[o].ours || options[o].theirs_low || options[o].theirs_high)) return; /* it counts from somewhere else already */
	for (int o = 0; o < n && value > 0; o++) {
		options[o].ours += value;
		options[o].theirs_low -= value;
		options[o].theirs_high -= value;
	}
}

static bool on_table(const struct bargain_table *table, int64_t library_id)
{
	for (int v = 0; v < table->bargain.n; v++)
		if (table->variables[v].row->library_id == library_id) return true;
	return false;
}

/* Its options against the one it starts from; and where some option adds to both, the best such. */
static json_t *library_variable(struct use *use, const struct bargain_table *table, const struct trade_variable_row *row, struct slice *ret_slice, int *ret_adds)
{
	struct option *values = ARENA_ARRAY(use->arena, struct option, row->n);
	int starts = 0;
	json_t *options = json_array();
	for (int o = 0; o < row->n; o++) {
		struct bargain_option_row option = bargain_advice_priced(&row->options[o], table->deal.fields.value_minor);
		values[o] = (struct option){option.ours, learn_middle((struct learn_range){option.theirs_low, option.theirs_high})};
		if (option.starts) starts = o;
	}
	struct option base = row->n ? values[starts] : (struct option){0, 0};
	for (int o = 0; o < row->n; o++) {
		values[o] = (struct option){values[o].ours - base.ours, values[o].theirs - base.theirs};
		const char *name = row->step ? arena_printf(use->arena, "%lld %s", (long long)row->options[o].x, row->unit) : row->options[o].name;
		if (o != starts) json_array_append_new(options, json_pack("{ss sI sI}", "name", name, "ours", (json_int_t)values[o].ours, "theirs", (json_int_t)values[o].theirs));
	}
	struct variable variable = {values, row->n, row->price};
	*ret_adds = row->n ? pie_slices(&variable, 1, 1, ret_slice) : 0;
	json_t *adds = *ret_adds ? json_pack("{ss sI sI}", "option", row->options[ret_slice->option].name, "ours", (json_int_t)ret_slice->ours, "theirs", (json_int_t)ret_slice->theirs) : json_null();
	return json_pack("{sI ss ss ss sb so so}", "id", (json_int_t)row->variable_id, "name", row->name, "family", row->family, "hint", row->hint, "price", row->price, "options", options, "adds",
			 adds);
}

static int64_t sum_of(const json_t *variable)
{
	const json_t *adds = json_object_get(variable, "adds");
	return json_integer_value(json_object_get(adds, "ours")) + json_integer_value(json_object_get(adds, "theirs"));
}

static void pie_insert(json_t *pie, json_t *variable)
{
	size_t i = 0;
	while (i < json_array_size(pie) && sum_of(json_array_get(pie, i)) >= sum_of(variable)) i++;
	json_array_insert(pie, i, variable);
}

enum outcome bargain_advice_library(struct use *use, const struct bargain_table *table, json_t *model)
{
	static const char *const families[] = {"deadline", "service", "extra_service", "free_product", "cost"};
	struct trade_filter filter = {.language = use->who.language};
	struct trade_variable_row *rows;
	int n;
	json_t *groups = json_array(), *pie = json_array();
	json_object_set_new(model, "library", groups);
	json_object_set_new(model, "pie", pie);
	if (trade_playbook_of(use->db, use->who.team_id, table->deal.deal_id, &filter.playbook_id, &use->error)) return FAILED;
	if (trade_list(use->db, use->arena, use->who.team_id, &filter, &rows, &n, &use->error)) return FAILED;
	for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
		json_t *variables = json_array();
		for (int i = 0; i < n; i++) {
			struct slice slice;
			int adds;
			if (strcmp(rows[i].family, families[f]) || !rows[i].n || on_table(table, rows[i].variable_id)) continue;
			json_t *variable = library_variable(use, table, &rows[i], &slice, &adds);
			json_array_append_new(variables, variable);
			if (adds) pie_insert(pie, variable);
		}
		if (json_array_size(variables)) json_array_append_new(groups, json_pack("{ss so}", "family", families[f], "variables", variables));
		else json_decref(variables);
	}
	json_object_set_new(model, "library_size", json_integer(n));
	return DONE;
}
