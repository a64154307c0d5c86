/* sturgeon advisor eval: how well the advisor's belief would have predicted a table of known outcomes. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/advisor_eval.h"
#include "cli/cli.h"

enum { DROPS_MAX = 512 };

int cmd_advisor_eval(struct cli_args *args);

static json_t *reliability_json(const struct calibration *calibration)
{
	json_t *bins = json_array();
	for (int i = 0; i < CALIBRATION_BINS; i++) {
		const struct calibration_bin *bin = &calibration->bins[i];
		json_t *row = json_pack("{s:f, s:f, s:I}", "from", bin->from, "to", bin->to, "n", (json_int_t)bin->happened.n);
		if (bin->happened.n) {
			json_object_set_new(row, "predicted", json_real(bin->predicted));
			json_object_set_new(row, "happened", json_real(bin->happened.share));
			json_object_set_new(row, "low", json_real(bin->happened.low));
			json_object_set_new(row, "high", json_real(bin->happened.high));
		}
		json_array_append_new(bins, row);
	}
	return bins;
}

static void eval_print(const struct advisor_eval *eval)
{
	const struct calibration *c = &eval->calibration;
	json_t *json = json_pack("{s:I, s:I, s:I, s:i, s:o, s:f, s:f, s:o, s:f}", "rows_trained", (json_int_t)eval->rows_trained, "rows_tested",
		(json_int_t)eval->rows_tested, "rows_passed_over", (json_int_t)eval->rows_passed_over, "features", eval->features, "auc",
		c->auc_known ? json_real(c->auc) : json_null(), "log_loss", c->log_loss, "brier", c->brier, "reliability", reliability_json(c), "seconds",
		eval->seconds);
	json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(json);
}

/* A separator as people write it on a command line. */
static bool separator_read(const char *text, char *ret)
{
	if (!strcmp(text, "tab") || !strcmp(text, "\\t")) *ret = '\t';
	else if (strlen(text) == 1 && (unsigned char)*text < 0x80 && !strchr("\"\r\n", *text)) *ret = *text;
	else return false;
	return true;
}

int cmd_advisor_eval(struct cli_args *args)
{
	const char *drop[DROPS_MAX], *train = "even", *separator = NULL;
	struct advisor_table_spec spec = {.drop = drop};
	struct advisor_eval eval;
	struct error err;
	while (spec.drops < DROPS_MAX && cli_value(args, "--drop", &drop[spec.drops])) spec.drops++;
	cli_value(args, "--outcome", &spec.outcome);
	cli_value(args, "--yes", &spec.yes);
	cli_value(args, "--train", &train);
	cli_value(args, "--sep", &separator);
	spec.path = cli_positional(args);
	if (!cli_rest(args)) return 2;
	if (!spec.path) return cli_usage("which file?");
	if (!spec.outcome || !spec.yes) return cli_usage("--outcome COLUMN and --yes VALUE are needed");
	if (separator && !separator_read(separator, &spec.separator)) return cli_usage("--sep is one character, or tab");
	if (!strcmp(train, "first70")) spec.train = ADVISOR_TRAIN_FIRST70;
	else if (strcmp(train, "even")) return cli_usage("--train is even or first70");
	enum err failed = advisor_eval(&spec, &eval, &err);
	if (failed == ERR_IO) return cli_fail("%s", err.text);
	if (failed) return cli_usage("%s", err.text);
	eval_print(&eval);
	return 0;
}
