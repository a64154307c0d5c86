#include "check.h"

#include <math.h>

#include "core/advisor/calibration.h"

static void calibration_of__worked_by_hand(void **state)
{
	(void)state;
	struct calibration_pair pairs[] = {{0.9, true}, {0.2, false}, {0.2, true}, {0.6, false}};
	struct calibration c = calibration_of(pairs, 4);
	assert_int_equal(c.n, 4);
	assert_int_equal(c.happened, 2);
	assert_true(fabs(c.log_loss - -(log(0.9) + log(0.8) + log(0.2) + log(0.4)) / 4) < 1e-12);
	assert_true(fabs(c.brier - (0.01 + 0.04 + 0.64 + 0.36) / 4) < 1e-12);
	assert_true(c.auc_known && fabs(c.auc - 2.5 / 4) < 1e-12); /* 0.9 beats both; 0.2 ties one, loses to the other */
	assert_int_equal(c.bins[2].happened.n, 2);
	assert_int_equal(c.bins[2].happened.yes, 1);
	assert_true(fabs(c.bins[2].predicted - 0.2) < 1e-12);
	assert_int_equal(c.bins[9].happened.n, 1);
	assert_int_equal(c.bins[0].happened.n, 0);
}

static void calibration_of__bears_the_ends_and_nothing(void **state)
{
	(void)state;
	struct calibration_pair sure[] = {{0, true}, {1, false}, {1, true}};
	struct calibration c = calibration_of(sure, 3), none = calibration_of(NULL, 0);
	assert_true(isfinite(c.log_loss) && c.log_loss > 20);
	assert_int_equal(c.bins[9].happened.n, 2);
	assert_false(none.auc_known);
	assert_true(none.auc == 0.5);
}

static void calibration_of__one_kind_of_outcome_has_no_auc(void **state)
{
	(void)state;
	struct calibration_pair pairs[] = {{0.1, true}, {0.7, true}};
	assert_false(calibration_of(pairs, 2).auc_known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calibration_of__worked_by_hand),
		cmocka_unit_test(calibration_of__bears_the_ends_and_nothing),
		cmocka_unit_test(calibration_of__one_kind_of_outcome_has_no_auc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
