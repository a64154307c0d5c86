/* The advisor's one pass beside a batch logistic regression: same table, same prior, same rows, same run.
 *
 *   bench_advisor FILE.csv[.gz] OUTCOME YES [DROP]…
 *
 * With no arguments: the bank's sales calls of $STURGEON_SHARED/data, without `duration`, which is known only after the call. */
#include <stdio.h>

#include "app/advisor_eval.h"
#include "base/moment.h"
#include "batch.h"
#include "core/advisor/belief.h"

static void line_print(const char *name, const struct calibration *c, double seconds)
{
	printf("%-22s AUC %.6f  log-loss %.6f  Brier %.6f  %.3f s\n", name, c->auc, c->log_loss, c->brier, seconds);
}

/* The same belief, taught in another order: how much the order of one pass matters. */
static struct calibration taught_backwards(const struct advisor_table *table)
{
	int n = table->features;
	size_t tested = 0, d = (size_t)n;
	struct evidence_def *defs = calloc(d, sizeof *defs);
	double *storage = calloc(BELIEF_DOUBLES(n), sizeof *storage), *x = calloc(d, sizeof *x);
	struct calibration_pair *pairs = calloc(table->rows, sizeof *pairs);
	struct belief belief;
	MUST(defs && storage && x && pairs);
	for (int i = 0; i < n; i++) defs[i].sd = i ? ADVISOR_EVAL_SD : ADVISOR_EVAL_BIAS_SD;
	belief_init(&belief, defs, n, n, storage);
	for (size_t r = table->rows; r-- > 0;) {
		advisor_table_row(table, r, x);
		if (advisor_table_trains(table, r)) belief_learn(&belief, x, table->happened[r]);
	}
	for (size_t r = 0; r < table->rows; r++) {
		advisor_table_row(table, r, x);
		if (!advisor_table_trains(table, r))
			pairs[tested++] = (struct calibration_pair){belief_sigmoid(belief_score(&belief, x).logit), table->happened[r]};
	}
	struct calibration result = calibration_of(pairs, tested);
	free(defs);
	free(storage);
	free(x);
	free(pairs);
	return result;
}

int main(int argc, char **argv)
{
	const char *shared = getenv("STURGEON_SHARED");
	const char *duration[] = {"duration"};
	char path[4096];
	struct advisor_table table;
	struct error err;
	snprintf(path, sizeof path, "%s/data/calls/bank_calls_even.csv.gz", shared ? shared : "../shared");
	struct advisor_table_spec spec = {.path = path, .outcome = "y", .yes = "yes", .drop = duration, .drops = 1};
	if (argc >= 4) spec = (struct advisor_table_spec){.path = argv[1], .outcome = argv[2], .yes = argv[3], .drop = (const char **)argv + 4, .drops = argc - 4};
	if (advisor_table_read(&spec, &table, &err)) return fprintf(stderr, "%s\n", err.text), 1;
	size_t n;
	int64_t began = moment_steady();
	struct calibration_pair *pairs = advisor_eval_predict(&table, &n);
	struct calibration one_pass = calibration_of(pairs, n);
	double one_pass_s = (double)(moment_steady() - began) / 1e6;
	free(pairs);
	began = moment_steady();
	struct batch batch = batch_train(&table, ADVISOR_EVAL_SD, ADVISOR_EVAL_BIAS_SD);
	pairs = batch_predict(&batch, &table, &n);
	struct calibration at_once = calibration_of(pairs, n);
	double at_once_s = (double)(moment_steady() - began) / 1e6;
	free(pairs);
	printf("%zu rows trained, %zu tested, %d features\n", table.trained, n, table.features - 1);
	line_print("the belief, one pass", &one_pass, one_pass_s);
	line_print("batch L2 logistic", &at_once, at_once_s);
	began = moment_steady();
	struct calibration backwards = taught_backwards(&table);
	line_print("the belief, backwards", &backwards, (double)(moment_steady() - began) / 1e6);
	printf("difference of AUC      %+.6f (goal: within 0.005); batch: %d Newton steps, gradient %.1e\n", one_pass.auc - at_once.auc, batch.steps, batch.gradient);
	free(batch.weight);
	advisor_table_done(&table);
	return 0;
}
