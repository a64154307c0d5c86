#include "core/trainer/board.h"

bool board_find(const struct board *board, int64_t variable, int64_t option, int *ret_variable, int *ret_option)
{
	for (int v = 0; v < board->bargain->n; v++) {
		if (board->variables[v].id != variable) continue;
		*ret_variable = v;
		*ret_option = -1;
		for (int o = 0; o < board->bargain->variables[v].n; o++)
			if (board->variables[v].options[o] == option) *ret_option = o;
		return option == 0 || *ret_option >= 0;
	}
	return false;
}

static void lay(const struct board *board, struct package *package, int64_t variable, int64_t option)
{
	int v, o;
	if (option != 0 && board_find(board, variable, option, &v, &o)) package->choice[v] = (uint16_t)o;
}

struct package board_stands(const struct board *board, const struct talk_state *state)
{
	struct package package = board->start;
	for (int i = 0; i < state->n_terms; i++) lay(board, &package, state->terms[i].variable, state->terms[i].stands);
	return package;
}

struct package board_draft(const struct board *board, const struct talk_state *state)
{
	struct package package = board_stands(board, state);
	for (int i = 0; i < state->n_terms; i++) lay(board, &package, state->terms[i].variable, state->terms[i].draft);
	return package;
}
