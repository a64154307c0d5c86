#include "app/call_trade.h"

#include <string.h>

#include "base/say.h"
#include "core/bargain/frontier.h"
#include "core/bargain/ladder.h"
#include "core/bargain/trade.h"
#include "core/playbook/playbook_word.h"

enum { QUICK = 9, LADDER = 10, TRADES = 3 };
static const char letters[] = "ABCDEFGHIJKLOPQRSTVWXYZ"; /* less those that note, undo and change the mode */

/* ---- Where the talk stands ---- */

void call_trade_follow(struct call_trade *trade, const struct talk_state *state)
{
	trade->stands = trade->table->now;
	for (int i = 0; i < state->n_terms; i++) {
		const struct talk_term *term = &state->terms[i];
		int v = bargain_table_variable(trade->table, term->variable), o = v < 0 || !term->stands ? -1 : bargain_table_option(trade->table, v, term->stands);
		if (o >= 0) trade->stands.choice[v] = (uint16_t)o;
	}
	trade->draft = trade->stands;
	trade->open = talk_draft_open(state);
	for (int i = 0; i < state->n_terms; i++) {
		const struct talk_term *term = &state->terms[i];
		int v = bargain_table_variable(trade->table, term->variable), o = v < 0 || !term->draft ? -1 : bargain_table_option(trade->table, v, term->draft);
		if (o >= 0) trade->draft.choice[v] = (uint16_t)o;
	}
}

enum outcome call_trade_load(struct use *use, int64_t call_id, int64_t deal_id, const struct talk_state *state, struct call_trade **ret_trade)
{
	struct call_trade *trade = ARENA_NEW(use->arena, struct call_trade);
	struct bargain_table *table;
	enum outcome outcome = bargain_table_load(use, deal_id, call_id, &table);
	if (outcome) return outcome;
	trade->table = table;
	call_trade_follow(trade, state);
	*ret_trade = trade;
	return DONE;
}

void call_trade_terms(struct use *use, const struct call_trade *trade, struct playbook *book)
{
	const struct bargain_table *table = trade->table;
	struct playbook_term *terms = ARENA_ARRAY(use->arena, struct playbook_term, table->bargain.n + 1);
	for (int v = 0; v < table->bargain.n; v++) {
		const struct table_variable *variable = &table->variables[v];
		terms[v] = (struct playbook_term){.variable = variable->row->id, .stands = variable->options[table->now.choice[v]].value,
			.asked = variable->waits && variable->asked >= 0 ? variable->options[variable->asked].value : 0};
	}
	book->terms = terms;
	book->n_terms = table->head.limit == BARGAIN_NONE ? 0 : table->bargain.n; /* without a limit nothing is traded yet */
	book->offers = table->offers_ours + table->offers_theirs;
}

bool call_trade_amount(const struct call_trade *trade, const struct call_event *event, int64_t *ret_amount)
{
	*ret_amount = 0;
	bool speaks = event->kind == EVENT_ASKED || event->kind == EVENT_REFUSED || event->kind == EVENT_PUT || event->kind == EVENT_DECLINED;
	if (!speaks) return true;
	int v = bargain_table_variable(trade->table, event->item);
	if (v < 0 || event->kind == EVENT_DECLINED || !event->value) return v >= 0;
	int o = bargain_table_option(trade->table, v, event->value);
	if (o < 0) return false;
	const struct table_option *options = trade->table->variables[v].options;
	*ret_amount = options[o].ours - options[trade->stands.choice[v]].ours;
	return true;
}

bool call_trade_may_offer(const struct call_trade *trade)
{
	struct table_below below;
	return trade->table->head.limit != BARGAIN_NONE && !bargain_table_below(trade->table, &trade->draft, &below);
}

int64_t call_trade_price(const struct call_trade *trade, int64_t value_minor, int64_t otherwise_minor)
{
	const struct bargain_table *table = trade->table;
	int64_t conceded = 0, price = 0;
	for (int v = 0; v < table->bargain.n; v++) {
		const struct table_variable *variable = &table->variables[v];
		if (!variable->row->price) continue;
		price += variable->options[trade->stands.choice[v]].ours;
		conceded += variable->options[trade->stands.choice[v]].ours - variable->options[variable->starts].ours;
	}
	if (value_minor) return value_minor + conceded > 0 ? value_minor + conceded : 0;
	return price > 0 ? price : otherwise_minor;
}

/* ---- In words ---- */

void call_trade_names(struct use *use, const struct call_trade *trade, int64_t variable_id, int64_t value, const char **ret_variable, const char **ret_option)
{
	const struct bargain_table *table = trade->table;
	const struct bargain_variable_row *row = NULL;
	*ret_variable = *ret_option = "";
	for (int i = 0; i < table->n_rows; i++)
		if (table->rows[i].id == variable_id) row = &table->rows[i];
	if (!row) return;
	*ret_variable = row->name;
	int v = bargain_table_variable(table, variable_id), o = v < 0 ? -1 : bargain_table_option(table, v, value);
	if (o >= 0) *ret_option = table->variables[v].options[o].name;
	else if (row->step) *ret_option = arena_printf(use->arena, "%lld %s", (long long)value, row->unit);
	for (int i = 0; o < 0 && i < table->n_options; i++)
		if (table->options[i].variable_id == variable_id && table->options[i].id == value) *ret_option = table->options[i].name;
}

static const char *words(struct use *use, const struct call_trade *trade, int64_t variable, int64_t value)
{
	const char *name, *option;
	call_trade_names(use, trade, variable, value, &name, &option);
	return *option ? arena_printf(use->arena, "%s: %s", name, option) : name;
}

static void story_put(struct trade_story *story, const struct call_event *event)
{
	int i = 0;
	while (i < story->n && story->puts[i].variable != event->item) i++;
	if (event->value && (i < story->n || story->n < TALK_TERMS_MAX)) {
		story->puts[i] = (struct trade_put){event->item, event->value, event->amount};
		if (i == story->n) story->n++;
	} else if (!event->value && i < story->n) {
		memmove(&story->puts[i], &story->puts[i + 1], sizeof *story->puts * (size_t)(--story->n - i));
	}
}

bool call_trade_tell(struct use *use, const struct call_trade *trade, struct trade_story *story, const struct call_event *event, const char **ret_text, int64_t *ret_amount)
{
	*ret_text = "";
	*ret_amount = event->amount;
	switch (event->kind) {
	case EVENT_PUT: story_put(story, event); return false;
	case EVENT_ASKED:
	case EVENT_REFUSED: *ret_text = words(use, trade, event->item, event->value); return true;
	case EVENT_DECLINED: *ret_text = words(use, trade, event->item, 0); return true;
	case EVENT_OFFERED:
		*ret_amount = 0;
		for (int i = 0; i < story->n; i++) {
			*ret_text = arena_printf(use->arena, "%s%s%s", *ret_text, i ? "; " : "", words(use, trade, story->puts[i].variable, story->puts[i].value));
			*ret_amount += story->puts[i].amount;
		}
		story->n = 0;
		return true;
	default: return false;
	}
}

/* ---- For the screen ---- */

static json_t *by(const struct call_trade *trade, int v, int o)
{
	const struct table_variable *variable = &trade->table->variables[v];
	return json_pack("{ss ss}", "variable", variable->row->name, "option", variable->options[o].name);
}

static const char *letter(struct use *use, int v)
{
	return v < (int)sizeof letters - 1 ? arena_printf(use->arena, "%c", letters[v]) : "";
}

static const char *doing(struct use *use, const struct call_trade *trade, enum call_event_kind kind, int v, int o)
{
	const struct table_variable *variable = &trade->table->variables[v];
	return arena_printf(use->arena, "%s %lld %lld", playbook_word(WORD_EVENT, (int)kind), (long long)variable->row->id, (long long)(o < 0 ? 0 : variable->options[o].value));
}

/* The options that have digits: all, or of many nine that stand evenly; which of them, 0 none. */
static int quick(int n, int o)
{
	if (n <= QUICK) return o + 1;
	for (int i = 0; i < QUICK; i++)
		if ((i * (n - 1) + (QUICK - 1) / 2) / (QUICK - 1) == o) return i + 1;
	return 0;
}

static const struct talk_term *term_of(const struct call_trade *trade, const struct talk_state *state, int v)
{
	return talk_term(state, trade->table->variables[v].row->id);
}

/* The option that they ask for now and that is not answered; −1. What an earlier talk left open waits until we offer. */
static int asked_option(const struct call_trade *trade, const struct talk_state *state, int v)
{
	const struct table_variable *variable = &trade->table->variables[v];
	const struct talk_term *term = term_of(trade, state, v);
	int o = -1;
	if (term && term->asked) o = term->waits ? bargain_table_option(trade->table, v, term->asked) : -1;
	else if (!term && variable->waits && !state->n_offered) o = variable->asked;
	return o == (int)trade->stands.choice[v] ? -1 : o;
}

static int refused_option(const struct call_trade *trade, const struct talk_state *state, int v)
{
	const struct talk_term *term = term_of(trade, state, v);
	return term && term->refused ? bargain_table_option(trade->table, v, term->refused) : trade->table->variables[v].refused;
}

static json_t *variable_json(struct use *use, const struct call_trade *trade, const struct talk_state *state, int v)
{
	const struct table_variable *variable = &trade->table->variables[v];
	const struct variable *plain = &trade->table->bargain.variables[v];
	const int stands = trade->stands.choice[v], draft = trade->draft.choice[v], asked = asked_option(trade, state, v), refused = refused_option(trade, state, v);
	json_t *options = json_array();
	for (int o = 0; o < plain->n; o++) {
		int n = quick(plain->n, o);
		if (!variable->options[o].value || (!n && o != stands && o != draft && o != asked)) continue;
		bool drafted = o == draft && draft != stands;
		json_array_append_new(options, json_pack("{sI si ss sI sI sb sb sb sb ss ss}", "value", (json_int_t)variable->options[o].value, "n", n, "name", variable->options[o].name, "ours",
			(json_int_t)(plain->options[o].ours - plain->options[stands].ours), "theirs", (json_int_t)(plain->options[o].theirs - plain->options[stands].theirs), "stands",
			o == stands, "draft", drafted, "asked", o == asked, "refused", o == refused, "put_do",
			doing(use, trade, EVENT_PUT, v, drafted || o == stands ? -1 : o), "ask_do", doing(use, trade, EVENT_ASKED, v, o)));
	}
	return json_pack("{sI ss ss sb sb so so so}", "id", (json_int_t)variable->row->id, "letter", letter(use, v), "name", variable->row->name, "price", plain->price, "range",
		variable->row->step != 0, "options", options, "decline_do", asked >= 0 ? json_string(doing(use, trade, EVENT_DECLINED, v, -1)) : json_null(), "refuse_do",
		json_string(doing(use, trade, EVENT_REFUSED, v, stands)));
}

static json_t *ladder_json(struct use *use, const struct call_trade *trade, int64_t room)
{
	const struct bargain *bargain = &trade->table->bargain;
	struct step *steps = ARENA_ARRAY(use->arena, struct step, 256);
	int n = ladder_steps(bargain, &trade->stands, 256, steps), prices = 0;
	json_t *list = json_array();
	for (int i = 0; i < n && i < 256; i++) {
		int v = steps[i].variable, digit = quick(bargain->variables[v].n, steps[i].to);
		bool price = bargain->variables[v].price;
		if (!digit || (price ? ++prices > 2 : (int)json_array_size(list) >= LADDER)) continue;
		json_array_append_new(list, json_pack("{ss si so sI sI sb sb ss}", "letter", letter(use, v), "n", digit, "by", by(trade, v, steps[i].to), "cost", (json_int_t)steps[i].cost, "worth",
			(json_int_t)steps[i].worth, "price", price, "over", steps[i].cost > room, "do", doing(use, trade, EVENT_PUT, v, steps[i].to)));
	}
	return list;
}

/* Nothing they have makes up for it: then what brings us most, one by one. */
static json_t *returns_json(struct use *use, const struct call_trade *trade, int v, int o)
{
	const struct bargain *bargain = &trade->table->bargain;
	struct {
		int v, o;
		struct option value;
	} best[TRADES];
	int n = 0;
	for (int w = 0; w < bargain->n; w++) {
		const struct option *was = &bargain->variables[w].options[trade->stands.choice[w]];
		for (int p = 0; w != v && p < bargain->variables[w].n; p++) {
			struct option value = {bargain->variables[w].options[p].ours - was->ours, bargain->variables[w].options[p].theirs - was->theirs};
			int at = n < TRADES ? n : TRADES;
			if (value.ours <= 0 || !trade->table->variables[w].options[p].value) continue;
			while (at > 0 && (value.ours > best[at - 1].value.ours || (value.ours == best[at - 1].value.ours && value.theirs > best[at - 1].value.theirs))) {
				if (at < TRADES) best[at] = best[at - 1];
				at--;
			}
			if (at == TRADES) continue;
			best[at].v = w;
			best[at].o = p;
			best[at].value = value;
			if (n < TRADES) n++;
		}
	}
	const struct option *options = bargain->variables[v].options, *was = &options[trade->stands.choice[v]];
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{si so s[o] sI sI ss}", "n", i + 1, "gives", by(trade, v, o), "asks", by(trade, best[i].v, best[i].o), "ours",
			(json_int_t)(options[o].ours - was->ours + best[i].value.ours), "theirs", (json_int_t)(options[o].theirs - was->theirs + best[i].value.theirs), "do",
			arena_printf(use->arena, "%s, %s", doing(use, trade, EVENT_PUT, v, o), doing(use, trade, EVENT_PUT, best[i].v, best[i].o))));
	return list;
}

/* Ready answers: giving `o` of `v`, and what may be asked for it. What costs us nothing is simply taken. */
static json_t *trades_json(struct use *use, const struct call_trade *trade, int v, int o)
{
	const struct bargain *bargain = &trade->table->bargain;
	const struct option *options = bargain->variables[v].options;
	struct trade trades[TRADES];
	const int stands = trade->stands.choice[v];
	if (options[o].ours >= options[stands].ours)
		return json_pack("[{si so s[] sI sI ss}]", "n", 1, "gives", by(trade, v, o), "asks", "ours", (json_int_t)(options[o].ours - options[stands].ours), "theirs",
			(json_int_t)(options[o].theirs - options[stands].theirs), "do", doing(use, trade, EVENT_PUT, v, o));
	int n = trade_for(bargain, &trade->stands, v, o, TRADES, use->arena, trades);
	if (!n) return returns_json(use, trade, v, o);
	json_t *list = json_array();
	for (int i = 0; i < n; i++) {
		json_t *asks = json_array();
		const char *act = doing(use, trade, EVENT_PUT, v, o);
		for (int j = 0; j < trades[i].n; j++) {
			json_array_append_new(asks, by(trade, trades[i].variable[j], trades[i].to[j]));
			act = arena_printf(use->arena, "%s, %s", act, doing(use, trade, EVENT_PUT, trades[i].variable[j], trades[i].to[j]));
		}
		json_array_append_new(list, json_pack("{si so so sI sI ss}", "n", i + 1, "gives", by(trade, v, o), "asks", asks, "ours", (json_int_t)trades[i].ours, "theirs",
			(json_int_t)trades[i].theirs, "do", act));
	}
	return list;
}

static json_t *changes_json(struct use *use, const struct call_trade *trade, const struct change *changes, int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{si so sI sI ss}", "n", i + 1, "by", by(trade, changes[i].variable, changes[i].to), "ours", (json_int_t)changes[i].ours, "theirs",
			(json_int_t)changes[i].theirs, "do", doing(use, trade, EVENT_PUT, changes[i].variable,
				changes[i].to == trade->stands.choice[changes[i].variable] ? -1 : (int)changes[i].to)));
	return list;
}

static json_t *draft_json(struct use *use, const struct call_trade *trade, const struct talk_state *state)
{
	const struct bargain *bargain = &trade->table->bargain;
	struct option stands = package_value(bargain, &trade->stands), draft = package_value(bargain, &trade->draft);
	struct table_below below;
	if (!trade->open) return json_null();
	json_t *gives = json_array(), *takes = json_array();
	for (int v = 0; v < bargain->n; v++) {
		int o = trade->draft.choice[v], was = trade->stands.choice[v];
		if (o == was) continue;
		int64_t ours = bargain->variables[v].options[o].ours - bargain->variables[v].options[was].ours, theirs = bargain->variables[v].options[o].theirs -
			bargain->variables[v].options[was].theirs;
		json_array_append_new(ours < 0 || (ours == 0 && theirs > 0) ? gives : takes, by(trade, v, o));
	}
	json_t *under = json_null();
	if (bargain_table_below(trade->table, &trade->draft, &below))
		under = json_pack("{sI sb sb so}", "shortfall", (json_int_t)below.shortfall, "forbidden", !package_allowed(bargain, &trade->draft), "together", below.n_together > 0, "changes",
			below.n_together ? changes_json(use, trade, below.together, below.n_together) : changes_json(use, trade, below.changes, below.n));
	return json_pack("{so so sb sI sI sb so ss ss}", "gives", gives, "takes", takes, "both", json_array_size(gives) && json_array_size(takes), "ours", (json_int_t)(draft.ours - stands.ours), "theirs", (json_int_t)(draft.theirs - stands.theirs),
		"gives_only", talk_draft_gives(state), "below", under, "do", "offered 0 0", "nothing_do", "offered 0 1");
}

static json_t *package_json(const struct call_trade *trade, const struct package *package)
{
	json_t *list = json_array();
	for (int v = 0; v < trade->table->bargain.n; v++) json_array_append_new(list, by(trade, v, package->choice[v]));
	return list;
}

/* N7: what gives both more than what stands; of several the greatest sum. */
static json_t *better_json(struct use *use, const struct call_trade *trade)
{
	const struct bargain *bargain = &trade->table->bargain;
	struct frontier frontier;
	struct package package;
	struct option stands = package_value(bargain, &trade->stands);
	if (!frontier_make(bargain, FRONTIER_MOST, use->arena, &frontier) || !frontier.n) return json_null();
	int best = -1;
	for (int i = 0; i < frontier.n; i++) {
		const struct option *point = &frontier.points[i];
		if (point->ours < stands.ours || point->theirs < stands.theirs) continue;
		if (best < 0 || point->ours + point->theirs > frontier.points[best].ours + frontier.points[best].theirs) best = i;
	}
	if (best < 0 || (frontier.points[best].ours == stands.ours && frontier.points[best].theirs == stands.theirs)) return json_null();
	if (!frontier_packages(&frontier, best, 1, &package)) return json_null();
	json_t *changed = json_array();
	for (int v = 0; v < bargain->n; v++)
		if (package.choice[v] != trade->stands.choice[v]) json_array_append_new(changed, by(trade, v, package.choice[v]));
	return json_pack("{sI sI so}", "ours", (json_int_t)(frontier.points[best].ours - stands.ours), "theirs", (json_int_t)(frontier.points[best].theirs - stands.theirs), "package", changed);
}

/* Of the way from the limit up to the best we have stood at, in hundredths. */
static int share(int64_t ours, int64_t limit, int64_t top)
{
	if (ours <= limit || top <= limit) return 0;
	return ours >= top ? 100 : (int)((double)(ours - limit) / (double)(top - limit) * 100);
}

json_t *call_trade_json(struct use *use, const struct call_trade *trade, const struct talk_state *state)
{
	const struct bargain_table *table = trade->table;
	int flaw_at;
	const char *missing = !table->bargain.n || package_check(&table->bargain, &flaw_at) != PACKAGE_SOUND ? "table" : table->head.limit == BARGAIN_NONE ? "limit" : NULL;
	json_t *json = json_pack("{ss? sI}", "missing", missing, "deal_id", (json_int_t)table->deal.deal_id);
	if (missing) return json;
	struct package start;
	for (int v = 0; v < PACKAGE_VARIABLES; v++) start.choice[v] = v < table->bargain.n ? (uint16_t)table->variables[v].starts : 0;
	struct option stands = package_value(&table->bargain, &trade->stands), draft = package_value(&table->bargain, &trade->draft), began = package_value(&table->bargain, &start);
	int64_t limit = table->head.limit, top = stands.ours > began.ours ? stands.ours : began.ours;
	if (table->head.target != BARGAIN_NONE && table->head.target > top) top = table->head.target;
	json_t *variables = json_array(), *asks = json_array(), *trades = NULL;
	for (int v = 0; v < table->bargain.n; v++) {
		int asked = asked_option(trade, state, v);
		const struct option *options = table->bargain.variables[v].options;
		json_array_append_new(variables, variable_json(use, trade, state, v));
		if (asked < 0) continue;
		json_array_append_new(asks, json_pack("{so sI sI ss}", "by", by(trade, v, asked), "ours", (json_int_t)(options[asked].ours - options[trade->stands.choice[v]].ours), "theirs",
			(json_int_t)(options[asked].theirs - options[trade->stands.choice[v]].theirs), "do", doing(use, trade, EVENT_DECLINED, v, -1)));
		if (!trades && !trade->open) trades = trades_json(use, trade, v, asked);
	}
	for (int v = 0; v < table->bargain.n && talk_draft_gives(state) && !trades; v++) {
		int o = trade->draft.choice[v];
		if (o != (int)trade->stands.choice[v] && table->bargain.variables[v].options[o].ours < table->bargain.variables[v].options[trade->stands.choice[v]].ours)
			trades = trades_json(use, trade, v, o);
	}
	json_t *more = json_pack("{sI sI sI sI si si so so so so so so so}", "limit_minor", (json_int_t)limit, "ours_minor", (json_int_t)stands.ours, "theirs_minor", (json_int_t)stands.theirs,
		"room_minor", (json_int_t)(stands.ours - limit), "room_share", share(stands.ours, limit, top), "draft_share", share(draft.ours, limit, top), "variables", variables,
		"ladder", ladder_json(use, trade, stands.ours - limit), "asks", asks, "trades", trades ? trades : json_array(), "draft", draft_json(use, trade, state), "better",
		better_json(use, trade), "package", package_json(trade, &trade->stands));
	json_object_update(json, more);
	json_decref(more);
	return json;
}
