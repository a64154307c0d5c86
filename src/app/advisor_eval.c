#include "app/advisor_eval.h"

#include <stdlib.h>

#include "base/moment.h"
#include "core/advisor/belief.h"

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

struct calibration_pair *advisor_eval_predict(const struct advisor_table *table, size_t *ret_n)
{
	int n = table->features;
	struct evidence_def *defs = must(calloc((size_t)n, sizeof *defs));
	double *storage = must(calloc(BELIEF_DOUBLES(n), sizeof *storage)), *x = must(calloc((size_t)n, sizeof *x));
	struct calibration_pair *pairs = must(calloc(table->rows, sizeof *pairs));
	struct belief belief;
	for (int i = 0; i < n; i++) defs[i].sd = i == EVIDENCE_BIAS ? ADVISOR_EVAL_BIAS_SD : ADVISOR_EVAL_SD;
	belief_init(&belief, defs, n, n, storage);
	for (size_t i = 0; i < table->rows; i++) {
		if (!advisor_table_trains(table, i)) continue;
		advisor_table_row(table, i, x);
		belief_learn(&belief, x, table->happened[i]);
	}
	*ret_n = 0;
	for (size_t i = 0; i < table->rows; i++) {
		if (advisor_table_trains(table, i)) continue;
		advisor_table_row(table, i, x);
		pairs[(*ret_n)++] = (struct calibration_pair){belief_sigmoid(belief_score(&belief, x).logit), table->happened[i]};
	}
	free(x);
	free(storage);
	free(defs);
	return pairs;
}

enum err advisor_eval(const struct advisor_table_spec *spec, struct advisor_eval *ret_eval, struct error *err)
{
	int64_t began = moment_steady();
	struct advisor_table table;
	size_t n;
	enum err failed = advisor_table_read(spec, &table, err);
	if (failed) return failed;
	struct calibration_pair *pairs = advisor_eval_predict(&table, &n);
	*ret_eval = (struct advisor_eval){table.trained, n, table.passed_over, table.features - 1, calibration_of(pairs, n), 0};
	free(pairs);
	advisor_table_done(&table);
	ret_eval->seconds = (double)(moment_steady() - began) / 1e6;
	return ERR_NONE;
}
