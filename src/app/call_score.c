#include "app/call_score.h"

#include "app/call_view.h"
#include "core/playbook/playbook_word.h"

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

static json_t *better(struct use *use, const struct call_book *book, enum call_mode mode, const struct talk_hint *hint)
{
	if (hint->kind == HINT_NONE) return json_null();
	bool step = hint->kind == HINT_STEP || hint->kind == HINT_NO_POINT;
	return json_pack("{ss sI ss ss so}", "kind", playbook_word(WORD_HINT, (int)hint->kind), "item", (json_int_t)hint->item, "text", hint->item ? call_book_text(use, book, hint->item) : "", "step",
			 step ? call_view_step(mode, (enum talk_step)hint->value) : "", "motives", call_view_motives(hint->motives));
}

static json_t *package_json(const struct bargain_table *table, const struct package *package)
{
	json_t *list = json_array();
	for (int v = 0; v < table->bargain.n; v++)
		json_array_append_new(list, json_pack("{ss ss}", "variable", table->variables[v].row->name, "option", table->variables[v].options[package->choice[v]].name));
	return list;
}

json_t *call_score(struct use *use, const struct call_book *book, const struct call_trade *trade, const struct talk *talk)
{
	struct board board;
	struct score_known known = {.book = &book->book};
	struct score score;
	if (call_score_board(use, trade, &board)) known.board = &board;
	score_talk(talk, &known, use->arena, &score);
	json_t *marks = json_array();
	for (int i = 0; i < score.n; i++)
		json_array_append_new(marks, json_pack("{ss si sI so}", "criterion", score_word(score.marks[i].criterion), "mark", score.marks[i].mark, "seq", (json_int_t)score.marks[i].seq, "better",
						       better(use, book, talk->state.mode, &score.marks[i].better)));
	return json_pack("{si sb so so so}", "tenths", score.tenths, "failed", score.failed, "marks", marks, "left_minor", score.agreed ? json_integer(score.left) : json_null(), "best",
			 score.agreed ? package_json(trade->table, &score.best) : json_array());
}
