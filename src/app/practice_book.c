#include "app/practice_book.h"

#include "base/moment.h"
#include "core/playbook/playbook_word.h"

enum { WISH_SELL = 80 };

static void json_close(void *json)
{
	json_decref(json);
}

/* ---- The playbook ---- */

static const char *variety(const struct playbook_item *item)
{
	switch (item->kind) {
	case ITEM_OPENER: return playbook_word(WORD_OPENER, (int)item->opener);
	case ITEM_CLOSE: return playbook_word(WORD_CLOSE, (int)item->close);
	case ITEM_OBJECTION: return item->negotiation ? "argument" : item->compliance ? "compliance" : ""; /* an argument is heard in negotiations alone */
	case ITEM_PREPARATION: return item->negotiation ? "negotiation" : "";
	case ITEM_INTEREST: return item->compliance ? "compliance" : "";
	default: return "";
	}
}

static void part_put(json_t *json, const struct practice_run *run, int64_t item, const char *part)
{
	const char *text = practice_file_text(run->file, item, part, run->lang);
	if (*text) json_object_set_new(json, part, json_string(text));
}

/* As call_items has it (store/call_store.h). */
static json_t *item_json(const struct practice_run *run, const struct playbook_item *item)
{
	static const char *const parts[] = {"clarify", "agree", "complete", "say", "characteristic", "advantage", "benefit"};
	bool level = item->kind == ITEM_QUESTION || item->kind == ITEM_SPIN;
	json_t *json = json_pack("{sI ss ss ss ss sI sI si si si}", "id", (json_int_t)item->id, "kind", playbook_word(WORD_ITEM, (int)item->kind), "variety", variety(item), "level",
		level ? playbook_word(WORD_LEVEL, (int)item->level) : "", "question_type", item->kind == ITEM_QUESTION ? playbook_word(WORD_QUESTION, (int)item->type) : "", "motives",
		(json_int_t)item->motives, "objection_id", (json_int_t)item->objection, "order", (int)item->order, "used", 0, "worked", 0);
	if (item->kind != ITEM_POINT) json_object_set_new(json, "text", json_string(practice_file_text(run->file, item->id, NULL, run->lang)));
	for (size_t i = 0; item->kind != ITEM_ANSWER && i < sizeof parts / sizeof *parts; i++) part_put(json, run, item->id, parts[i]);
	return json;
}

static struct call_book *book_make(struct use *use, const struct practice_run *run)
{
	struct call_book *book = ARENA_NEW(use->arena, struct call_book);
	book->book = run->file->book;
	book->items = json_array();
	arena_defer(use->arena, json_close, book->items);
	for (int i = 0; i < book->book.n_items; i++) json_array_append_new(book->items, item_json(run, &book->book.items[i]));
	return book;
}

/* ---- The table ---- */

static struct table_option *options_make(struct use *use, const struct practice_run *run, int v)
{
	const struct board *board = run->file->scenario.board;
	const struct variable *plain = &board->bargain->variables[v];
	struct table_option *options = ARENA_ARRAY(use->arena, struct table_option, plain->n);
	for (int o = 0; o < plain->n; o++) {
		int64_t middle = plain->options[o].theirs, one = middle * run->file->scenario.spread.low / 100, other = middle * run->file->scenario.spread.high / 100;
		options[o] = (struct table_option){.value = board->variables[v].options[o], .name = practice_file_option(run->file, v, o, run->lang), .ours = plain->options[o].ours,
			.theirs_low = one < other ? one : other, .theirs_high = one < other ? other : one};
	}
	return options;
}

static struct bargain_table *table_make(struct use *use, const struct practice_run *run)
{
	const struct board *board = run->file->scenario.board;
	struct bargain_table *table = ARENA_NEW(use->arena, struct bargain_table);
	*table = (struct bargain_table){.deal = {.fields = {.value_minor = DEAL_NO_VALUE}}, .head = {.limit = BARGAIN_NONE, .target = BARGAIN_NONE, .their_limit = BARGAIN_NONE}};
	if (!board) return table;
	int n = board->bargain->n;
	struct table_variable *variables = ARENA_ARRAY(use->arena, struct table_variable, n);
	struct bargain_variable_row *rows = ARENA_ARRAY(use->arena, struct bargain_variable_row, n);
	for (int v = 0; v < n; v++) {
		rows[v] = (struct bargain_variable_row){.id = board->variables[v].id, .family = "", .name = practice_file_variable(run->file, v, run->lang), .unit = "", .hint = "",
			.price = board->bargain->variables[v].price};
		variables[v] = (struct table_variable){.row = &rows[v], .options = options_make(use, run, v), .starts = board->start.choice[v], .asked = -1, .refused = -1};
	}
	table->head.there = true;
	table->head.limit = board->limit;
	table->bargain = *board->bargain;
	table->variables = variables;
	table->now = board->start;
	table->began_at = run->row.created_at;
	table->rows = rows;
	table->n_rows = n;
	return table;
}

static struct call_trade *trade_make(struct use *use, const struct practice_run *run)
{
	struct call_trade *trade = ARENA_NEW(use->arena, struct call_trade);
	trade->table = table_make(use, run);
	call_trade_follow(trade, &run->practice.talk.state);
	return trade;
}

/* ---- What the advisor knows ---- */

static struct call_live *live_make(struct use *use, struct advise_team *team, const struct practice_run *run)
{
	struct advise_known known = {.wish_sell = WISH_SELL};
	evidence_init(&known.evidence, team->n);
	evidence_set(&known.evidence, team->defs, EVIDENCE_B2B, run->file->scenario.b2b);
	evidence_set(&known.evidence, team->defs, EVIDENCE_SECOND_CALL, run->file->talk > 1);
	for (int i = 0; i < team->n; i++)
		if (practice_file_known(run->file, team->defs[i].key)) evidence_set(&known.evidence, team->defs, i, 1);
	return call_live_make(use, team, &known, run->practice.talk.log, run->practice.talk.n_log);
}

enum outcome practice_side_load(struct use *use, const struct practice_run *run, struct practice_side **ret_side)
{
	struct practice_side *side = *ret_side = ARENA_NEW(use->arena, struct practice_side);
	struct advise_team *team;
	enum outcome outcome = advise_team_load(use, &team);
	if (outcome) return outcome;
	int64_t price = json_integer_value(json_object_get(run->file->product, "price_minor"));
	side->call = (struct call_row){.there = true, .owner_id = run->row.member_id, .number = run->file->talk, .planned_at = run->row.created_at, .began_at = run->row.created_at,
		.ended_at = run->row.ended_at, .price_minor = price, .wish_sell = WISH_SELL, .b2b = run->file->scenario.b2b};
	side->book = book_make(use, run);
	side->trade = trade_make(use, run);
	side->live = live_make(use, team, run);
	call_trade_terms(use, side->trade, &side->book->book);
	return DONE;
}
