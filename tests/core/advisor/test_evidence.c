#include "check.h"

#include <string.h>

#include "core/advisor/evidence.h"

static void evidence_builtin__keys_are_valid_and_unique(void **state)
{
	(void)state;
	for (int i = 0; i < EVIDENCE_BUILTIN; i++) {
		assert_true(evidence_key_valid(evidence_builtin[i].key));
		assert_int_equal(evidence_find(evidence_builtin, EVIDENCE_BUILTIN, evidence_builtin[i].key), i);
		assert_true(evidence_builtin[i].sd > 0);
	}
}

static void evidence_key_valid__refuses_what_would_spoil_a_url(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "_a", "1a", "a-b", "A", "ціна", "a b", "a234567890123456789012345678901234567890x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(evidence_key_valid(bad[i]));
	assert_true(evidence_key_valid("a234567890123456789012345678901234567890"));
}

static void evidence_set__holds_to_what_the_kind_allows(void **state)
{
	(void)state;
	struct evidence e;
	evidence_init(&e, EVIDENCE_BUILTIN);
	evidence_set(&e, evidence_builtin, EVIDENCE_B2B, 7);
	evidence_set(&e, evidence_builtin, EVIDENCE_OBJECTION_UNANSWERED, 70);
	evidence_set(&e, evidence_builtin, EVIDENCE_MISSED, -1);
	assert_true(e.x[EVIDENCE_BIAS] == 1 && e.x[EVIDENCE_B2B] == 1 && e.x[EVIDENCE_OBJECTION_UNANSWERED] == EVIDENCE_COUNT_MAX);
	assert_true(e.x[EVIDENCE_MISSED] == 0);
}

static void evidence_own__is_a_flag_within_limits(void **state)
{
	(void)state;
	struct evidence_def own = evidence_own("saw_demo", 99);
	assert_true(own.mean == EVIDENCE_OWN_MEAN_MAX && own.sd == EVIDENCE_SD);
	assert_int_equal(own.kind, EVIDENCE_FLAG);
	assert_int_equal(own.source, EVIDENCE_SIGNAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_builtin__keys_are_valid_and_unique),
		cmocka_unit_test(evidence_key_valid__refuses_what_would_spoil_a_url),
		cmocka_unit_test(evidence_set__holds_to_what_the_kind_allows),
		cmocka_unit_test(evidence_own__is_a_flag_within_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
