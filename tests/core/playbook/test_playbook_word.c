#include "check.h"

#include "core/playbook/playbook_word.h"

static void playbook_word__every_value_has_one_and_comes_back(void **state)
{
	static const int counts[WORD_KINDS] = {
		[WORD_EVENT] = EVENT_KINDS, [WORD_ITEM] = ITEM_KINDS, [WORD_LEVEL] = LEVEL_DIRECT + 1, [WORD_QUESTION] = QUESTION_FOCUSED + 1,
		[WORD_METHOD] = METHOD_COUNT, [WORD_PART] = PART_COUNT, [WORD_CLOSE] = CLOSE_ALTERNATIVE + 1, [WORD_MODE] = MODE_NEGOTIATION + 1,
		[WORD_MOTIVE] = MOTIVE_COUNT, [WORD_OUTCOME] = OUTCOME_COUNT, [WORD_STEP] = STEP_COUNT, [WORD_HINT] = HINT_KINDS,
		[WORD_RESULT] = TALK_RESULTS, [WORD_OBJECTION] = OBJECTION_STATES, [WORD_SAID] = SAID_ANSWERED + 1, [WORD_OPENER] = OPENER_ASSOCIATION + 1,
	};
	(void)state;
	for (int of = 0; of < WORD_KINDS; of++)
		for (int i = 0; i < counts[of]; i++) {
			int value = -1;
			assert_true(playbook_value((enum word_of)of, playbook_word((enum word_of)of, i), &value));
			assert_int_equal(value, i);
		}
}

static void playbook_value__refuses_what_is_no_word(void **state)
{
	int value = 7;
	(void)state;
	assert_false(playbook_value(WORD_EVENT, "", &value));
	assert_false(playbook_value(WORD_EVENT, NULL, &value));
	assert_false(playbook_value(WORD_MODE, "Sale", &value));
	assert_int_equal(value, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(playbook_word__every_value_has_one_and_comes_back),
		cmocka_unit_test(playbook_value__refuses_what_is_no_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
