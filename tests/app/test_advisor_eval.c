#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/advisor_eval.h"
#include "batch.h"

static char path[] = "/tmp/sturgeon_eval_XXXXXX";

static void table_write(const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static enum err table_read(const char *text, struct advisor_table_spec spec, struct advisor_table *ret, struct error *err)
{
	table_write(text);
	spec.path = path;
	return advisor_table_read(&spec, ret, err);
}

static const struct advisor_table_spec plain = {.outcome = "y", .yes = "1"};

static void advisor_table__standardises_numbers_and_one_hots_words(void **state)
{
	(void)state;
	struct advisor_table table;
	struct error err;
	double x[8];
	/* training rows are 0, 2, 4: n is 1 3 5 (mean 3, sd 1.633), w is b a b; "c" and "7x" only stand in test rows; k never changes */
	assert_int_equal(table_read("n,w,k,y\n1,b,z,0\n7x,c,z,1\n3,a,z,1\n,a,z,0\n5,b,z,0\n9,,q,1\n", plain, &table, &err), ERR_NONE);
	assert_int_equal(table.rows, 6);
	assert_int_equal(table.trained, 3);
	assert_int_equal(table.features, 4);
	static const double expected[6][4] = {{1, -1.22474487, 0, 1}, {1, 0, 0, 0}, {1, 0, 1, 0}, {1, 0, 1, 0}, {1, 1.22474487, 0, 1}, {1, 3.67423461, 0, 0}};
	for (size_t i = 0; i < 6; i++) {
		advisor_table_row(&table, i, x);
		for (int k = 0; k < 4; k++) assert_true(fabs(x[k] - expected[i][k]) < 1e-8);
		assert_int_equal(advisor_table_trains(&table, i), i % 2 == 0);
	}
	assert_true(!table.happened[0] && table.happened[1] && table.happened[2]);
	advisor_table_done(&table);
}

static void advisor_table__takes_decimal_commas_where_they_do_not_separate(void **state)
{
	(void)state;
	struct advisor_table table;
	struct error err;
	assert_int_equal(table_read("n;y\n1,5;0\n2,5;1\n3,5;1\n2;0\n", plain, &table, &err), ERR_NONE);
	assert_int_equal(table.features, 2);
	advisor_table_done(&table);
}

static void advisor_table__passes_over_rows_that_do_not_fit(void **state)
{
	(void)state;
	struct advisor_table table;
	struct error err;
	assert_int_equal(table_read("n,y\n1,0\n1,2,3\n2,1\n4\n3,1\n4,0\n", plain, &table, &err), ERR_NONE);
	assert_int_equal(table.rows, 4);
	assert_int_equal(table.passed_over, 2);
	advisor_table_done(&table);
}

static void advisor_table__says_what_to_change(void **state)
{
	(void)state;
	static const char *const nope[] = {"nope"};
	static const struct { const char *table; struct advisor_table_spec spec; const char *says; } wrong[] = {
		{"a,b\n1,2\n", {.outcome = "y", .yes = "1"}, "there is no column \"y\"; there are: a, b"},
		{"a,y\n1,1\n2,0\n3,1\n", {.outcome = "y", .yes = "1", .drop = nope, .drops = 1}, "there is no column \"nope\""},
		{"a,y\n1,1\n2,0\n3,0\n4,1\n", {.outcome = "y", .yes = "yes"}, "no training row has \"yes\" in the column \"y\" (the first has \"1\")"},
		{"a,y\n1,1\n2,0\n3,1\n4,1\n", {.outcome = "y", .yes = "1"}, "every training row has \"1\""},
		{"a,y\n1,1\n", {.outcome = "y", .yes = "1"}, "1 usable rows are too few"},
		{"a,y\n5,1\n5,0\n5,0\n5,0\n", {.outcome = "y", .yes = "1"}, "no column says anything"},
		{"", {.outcome = "y", .yes = "1"}, "the table is empty"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct advisor_table table;
		struct error err;
		assert_int_equal(table_read(wrong[i].table, wrong[i].spec, &table, &err), ERR_SYNTAX);
		if (!strstr(err.text, wrong[i].says)) fail_msg("it says: %s", err.text);
	}
}

static void advisor_table__refuses_too_many_words(void **state)
{
	(void)state;
	struct advisor_table table;
	struct advisor_table_spec spec = plain;
	struct error err;
	spec.path = path;
	FILE *file = fopen(path, "w");
	fputs("id,y\n", file);
	for (int i = 0; i < 5000; i++) fprintf(file, "no%d,%d\n", i, i / 2 % 2);
	fclose(file);
	assert_int_equal(advisor_table_read(&spec, &table, &err), ERR_LIMIT);
	assert_non_null(strstr(err.text, "\"id\" has 2500 different words"));
}

static void advisor_eval__learns_what_tells_apart(void **state)
{
	(void)state;
	struct advisor_table_spec spec = plain;
	struct advisor_eval eval;
	struct error err;
	spec.path = path;
	spec.train = ADVISOR_TRAIN_FIRST70;
	FILE *file = fopen(path, "w");
	fputs("w;noise;y\n", file);
	for (int i = 0; i < 1000; i++) fprintf(file, "%s;%d;%d\n", i % 3 ? "так" : "ні", i * 7919 % 101, i % 3 ? 1 : 0);
	fclose(file);
	assert_int_equal(advisor_eval(&spec, &eval, &err), ERR_NONE);
	assert_int_equal(eval.rows_trained, 700);
	assert_int_equal(eval.rows_tested, 300);
	assert_int_equal(eval.features, 3);
	assert_true(eval.calibration.auc == 1.0 && eval.calibration.log_loss < 0.1);
}

static void advisor_eval__comes_within_a_half_per_cent_of_a_batch_regression(void **state)
{
	(void)state;
	static const char *const duration[] = {"duration"};
	const char *shared = getenv("STURGEON_SHARED");
	char calls[4096];
	struct advisor_table table;
	struct error err;
	size_t n;
	snprintf(calls, sizeof calls, "%s/data/calls/bank_calls_even.csv.gz", shared ? shared : "");
	if (access(calls, R_OK)) CHECK_LEFT_OUT("%s is not here", calls);
	assert_int_equal(advisor_table_read(&(struct advisor_table_spec){.path = calls, .outcome = "y", .yes = "yes", .drop = duration, .drops = 1}, &table, &err), ERR_NONE);
	struct calibration_pair *pairs = advisor_eval_predict(&table, &n);
	struct calibration one_pass = calibration_of(pairs, n);
	struct batch batch = batch_train(&table, ADVISOR_EVAL_SD, ADVISOR_EVAL_BIAS_SD);
	free(pairs);
	pairs = batch_predict(&batch, &table, &n);
	struct calibration at_once = calibration_of(pairs, n);
	assert_true(batch.gradient < 1e-6);
	assert_int_equal(n, 10297);
	if (fabs(one_pass.auc - at_once.auc) > 0.005) fail_msg("AUC %.4f, batch %.4f", one_pass.auc, at_once.auc);
	if (fabs(one_pass.log_loss - at_once.log_loss) > 0.005) fail_msg("log-loss %.4f, batch %.4f", one_pass.log_loss, at_once.log_loss);
	free(pairs);
	free(batch.weight);
	advisor_table_done(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(advisor_table__standardises_numbers_and_one_hots_words),
		cmocka_unit_test(advisor_table__takes_decimal_commas_where_they_do_not_separate),
		cmocka_unit_test(advisor_table__passes_over_rows_that_do_not_fit),
		cmocka_unit_test(advisor_table__says_what_to_change),
		cmocka_unit_test(advisor_table__refuses_too_many_words),
		cmocka_unit_test(advisor_eval__learns_what_tells_apart),
		cmocka_unit_test(advisor_eval__comes_within_a_half_per_cent_of_a_batch_regression),
	};
	int fd = mkstemp(path);
	if (fd >= 0) close(fd);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
