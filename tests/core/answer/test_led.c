#include "check.h"
#include "core/answer/led.h"

static struct talk talk;

static void happens(int64_t at, enum call_event_kind kind, int64_t value)
{
	struct call_event event = {.at = at, .kind = kind, .value = value, .item = kind == EVENT_SAID ? value : 0};
	assert_int_equal(talk_apply(&talk, &event), TALK_APPLIED);
}

static void ends(int64_t at)
{
	happens(at, EVENT_PLANNED, at + 100);
	happens(at, EVENT_ENDED, OUTCOME_NEXT);
}

static int begin(void **state)
{
	(void)state;
	talk_init(&talk);
	happens(100, EVENT_BEGAN, MODE_SALE);
	return 0;
}

static void led_mode__is_that_of_most_of_the_time(void **state)
{
	(void)state;
	happens(110, EVENT_MODE_PROPOSED, MODE_NEGOTIATION);
	happens(120, EVENT_MODE_ACCEPTED, 0);
	ends(200);
	assert_int_equal(led_mode(&talk), MODE_NEGOTIATION);
}

static void led_mode__is_not_the_last_where_that_was_short(void **state)
{
	(void)state;
	happens(180, EVENT_MODE_SET, MODE_NEGOTIATION);
	ends(200);
	assert_int_equal(led_mode(&talk), MODE_SALE);
}

static void led_mode__of_equal_times_is_the_last(void **state)
{
	(void)state;
	happens(150, EVENT_MODE_SET, MODE_NEGOTIATION);
	ends(200);
	assert_int_equal(led_mode(&talk), MODE_NEGOTIATION);
}

static void led_mode__takes_no_account_of_what_was_taken_back(void **state)
{
	(void)state;
	happens(110, EVENT_MODE_SET, MODE_NEGOTIATION);
	happens(112, EVENT_UNDONE, 0);
	ends(200);
	assert_int_equal(led_mode(&talk), MODE_SALE);
}

static void led_step__is_the_furthest_not_the_last(void **state)
{
	(void)state;
	assert_int_equal(led_step(&talk.state), STEP_CONTACT);
	happens(110, EVENT_STEP, STEP_PRESENTATION);
	happens(120, EVENT_STEP, STEP_MOTIVES);
	happens(130, EVENT_STEP, STEP_PREPARATION);
	assert_int_equal(led_step(&talk.state), STEP_PRESENTATION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(led_mode__is_that_of_most_of_the_time, begin),
		cmocka_unit_test_setup(led_mode__is_not_the_last_where_that_was_short, begin),
		cmocka_unit_test_setup(led_mode__of_equal_times_is_the_last, begin),
		cmocka_unit_test_setup(led_mode__takes_no_account_of_what_was_taken_back, begin),
		cmocka_unit_test_setup(led_step__is_the_furthest_not_the_last, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
