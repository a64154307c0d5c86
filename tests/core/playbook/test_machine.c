#include "check.h"

#include "core/playbook/machine.h"
#include "core/playbook/talk.h"

static void machine_may__only_what_the_mask_says(void **state)
{
	static const uint32_t next[] = {MACHINE_BIT(1), MACHINE_BIT(0) | MACHINE_BIT(2), 0};
	const struct machine machine = {3, next};
	(void)state;
	assert_true(machine_may(&machine, 0, 1));
	assert_false(machine_may(&machine, 0, 2));
	assert_false(machine_may(&machine, 0, 0));
	assert_true(machine_may(&machine, 1, 0));
	assert_true(machine_final(&machine, 2));
	assert_false(machine_final(&machine, 1));
	assert_int_equal(machine_reach(&machine, 0), 7);
	assert_int_equal(machine_reach(&machine, 2), 4);
}

static void machine_may__refuses_states_it_does_not_have(void **state)
{
	static const uint32_t next[] = {UINT32_MAX, UINT32_MAX};
	const struct machine machine = {2, next};
	(void)state;
	assert_false(machine_may(&machine, -1, 0));
	assert_false(machine_may(&machine, 0, 2));
	assert_false(machine_may(&machine, 0, 31));
	assert_false(machine_final(&machine, 7));
	assert_int_equal(machine_reach(&machine, 9), 0);
}

static void talk_steps__every_step_is_reached_and_only_the_end_is_final(void **state)
{
	(void)state;
	assert_int_equal(machine_reach(&talk_steps, STEP_PLANNED), MACHINE_BIT(STEP_COUNT) - 1);
	for (int step = 0; step < STEP_COUNT; step++) {
		assert_int_equal(machine_final(&talk_steps, step), step == STEP_ENDED);
		assert_int_equal(machine_may(&talk_steps, step, STEP_ENDED), step != STEP_ENDED);
		assert_false(machine_may(&talk_steps, step, STEP_PLANNED));
		assert_false(machine_may(&talk_steps, step, step));
	}
}

static void talk_objection_states__the_algorithm_runs_forwards(void **state)
{
	(void)state;
	assert_false(machine_may(&talk_objection_states, OBJECTION_RAISED, OBJECTION_COMPLETED));
	assert_false(machine_may(&talk_objection_states, OBJECTION_RAISED, OBJECTION_ANSWERED));
	assert_false(machine_may(&talk_objection_states, OBJECTION_AGREED, OBJECTION_CLARIFIED));
	assert_false(machine_may(&talk_objection_states, OBJECTION_ARGUED, OBJECTION_AGREED));
	for (int from = 0; from < OBJECTION_ANSWERED; from++) {
		assert_true(machine_may(&talk_objection_states, from, OBJECTION_LEFT));
		assert_int_equal(machine_reach(&talk_objection_states, from), MACHINE_BIT(OBJECTION_STATES) - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machine_may__only_what_the_mask_says),
		cmocka_unit_test(machine_may__refuses_states_it_does_not_have),
		cmocka_unit_test(talk_steps__every_step_is_reached_and_only_the_end_is_final),
		cmocka_unit_test(talk_objection_states__the_algorithm_runs_forwards),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
