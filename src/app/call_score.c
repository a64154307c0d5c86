#include "app/call_score.h"

#include "app/score_page.h"

bool call_score_board(struct use *use, const struct call_trade *trade, struct board *ret_board)
{
	const struct bargain_table *table = trade ? trade->table : NULL;
	if (!table || table->bargain.n == 0 || table->head.limit == BARGAIN_NONE) return false;
	struct board_variable *variables = ARENA_ARRAY(use->arena, struct board_variable, table->bargain.n);
	for (int v = 0; v < table->bargain.n; v++) {
		int n = table->bargain.variables[v].n;
		int64_t *ids = ARENA_ARRAY(use->arena, int64_t, n);
		for (int o = 0; o < n; o++) ids[o] = table->variables[v].options[o].value;
		variables[v] = (struct board_variable){table->variables[v].row->id, ids};
	}
	*ret_board = (struct board){.bargain = &table->bargain, .variables = variables, .start = table->now, .limit = table->head.limit};
	return true;
}

static json_t *package_json(const struct bargain_table *table, const struct package *package)
{
	json_t *list = json_array();
	for (int v = 0; v < table->bargain.n; v++)
		json_array_append_new(list, json_pack("{ss ss}", "variable", table->variables[v].row->name, "option", table->variables[v].options[package->choice[v]].name));
	return list;
}

enum outcome call_score_load(struct use *use, struct call_scored *scored)
{
	struct call_book *book;
	struct call_trade *trade;
	enum outcome outcome = call_book_load(use, scored->row, true, &book);
	if (!outcome) outcome = call_trade_load(use, scored->call_id, scored->row->deal_id, &scored->talk->state, &trade);
	if (outcome) return outcome;
	call_trade_terms(use, trade, &book->book);
	scored->book = book;
	scored->trade = trade;
	return DONE;
}

enum outcome call_score_find(struct use *use, int64_t call_id, struct call_scored *ret_scored)
{
	struct call_row *row = ARENA_NEW(use->arena, struct call_row);
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	struct call_event_row *events;
	int n;
	if (call_find(use->db, use->who.team_id, call_id, row, &use->error)) return FAILED;
	if (!row->there || !row->began_at || !row->ended_at) return ABSENT;
	if (call_event_list(use->db, use->arena, use->who.team_id, call_id, &events, &n, &use->error)) return FAILED;
	talk_init(talk);
	for (int i = 0; i < n; i++) talk_apply(talk, &events[i].event);
	*ret_scored = (struct call_scored){.call_id = call_id, .row = row, .talk = talk};
	return call_score_load(use, ret_scored);
}

enum outcome call_score(struct use *use, const struct call_scored *scored, struct score *ret_score)
{
	struct playbook then = scored->book->book;
	struct score_known known = {.book = &then};
	struct board board;
	int64_t *heard;
	if (call_heard_before(use->db, use->who.team_id, scored->row->client_id, scored->call_id, use->arena, &heard, &then.n_heard, &use->error)) return FAILED;
	then.heard = heard;
	if (call_score_board(use, scored->trade, &board)) {
		int64_t since;
		if (bargain_limit_since(use->db, use->who.team_id, scored->row->deal_id, &since, &use->error)) return FAILED;
		if (!since || since < scored->talk->state.ended_at) known.board = &board; /* what was laid out only afterwards could not be traded with */
	}
	score_talk(scored->talk, &known, use->arena, ret_score);
	return DONE;
}

struct speaking {
	struct use *use;
	const struct call_book *book;
};

static const char *text_of(void *arg, int64_t item, const char *part)
{
	const struct speaking *speaking = arg;
	const char *text = part ? json_string_value(json_object_get(call_book_item(speaking->book, item), part)) : NULL;
	return part ? (text ? text : "") : call_book_text(speaking->use, speaking->book, item);
}

enum outcome call_score_page(struct use *use, const struct call_scored *scored, const json_t *steps, json_t **ret_score)
{
	struct score score;
	struct speaking speaking = {use, scored->book};
	enum outcome outcome = call_score(use, scored, &score);
	if (outcome) return outcome;
	struct score_told told = {.score = &score, .mode = scored->talk->state.mode, .of = {.call_id = scored->call_id}, .text = text_of, .arg = &speaking, .steps = steps,
		.best = score.agreed ? package_json(scored->trade->table, &score.best) : NULL};
	return score_page(use, &told, ret_score);
}
