#include "app/practice_score.h"

#include "app/score_page.h"

struct speaking {
	struct use *use;
	const struct practice_run *run;
};

static const char *text_of(void *arg, int64_t item, const char *part)
{
	const struct speaking *speaking = arg;
	const struct practice_run *run = speaking->run;
	return part ? practice_file_text(run->file, item, part, run->lang) : practice_said(speaking->use->arena, run->file, item, run->lang);
}

static json_t *package_json(const struct practice_run *run, const struct package *package)
{
	json_t *list = json_array();
	for (int v = 0; v < run->file->scenario.board->bargain->n; v++)
		json_array_append_new(list, json_pack("{ss ss}", "variable", practice_file_variable(run->file, v, run->lang), "option",
			practice_file_option(run->file, v, package->choice[v], run->lang)));
	return list;
}

enum outcome practice_score_page(struct use *use, const struct practice_run *run, json_t **ret_score)
{
	struct score score = practice_score(&run->practice, use->arena);
	struct speaking speaking = {use, run};
	json_t *steps = json_pack("[{sO}]", "lines", run->talk);
	struct score_told told = {.score = &score, .mode = run->practice.talk.state.mode, .of = {.practice_id = run->row.practice_id}, .text = text_of, .arg = &speaking, .steps = steps,
		.best = score.agreed ? package_json(run, &score.best) : NULL};
	enum outcome outcome = score_page(use, &told, ret_score);
	json_decref(steps);
	return outcome;
}
