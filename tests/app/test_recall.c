/* What is kept of answers: the same while it stands, nothing afterwards, and no more than there is room for. */
#include "check.h"

#include <string.h>

#include "app/recall.h"

static void keep(struct recall *recall, int64_t question, int64_t run, int64_t answer)
{
	recall_keep(recall, &question, sizeof question, run, &answer, sizeof answer);
}

/* 0: nothing. */
static int64_t find(struct recall *recall, int64_t question, int64_t run)
{
	static char answer[RECALL_BYTES];
	size_t bytes;
	int64_t found;
	if (!recall_find(recall, &question, sizeof question, run, answer, &bytes)) return 0;
	assert_int_equal(bytes, sizeof found);
	memcpy(&found, answer, sizeof found);
	return found;
}

static void recall_find__gives_what_stands(void **state)
{
	(void)state;
	struct recall *recall = recall_new(4);
	assert_int_equal(find(recall, 1, 7), 0);
	keep(recall, 1, 7, 100);
	keep(recall, 2, RECALL_ALWAYS, 200);
	assert_int_equal(find(recall, 1, 7), 100);
	assert_int_equal(find(recall, 1, 8), 0); /* of another run */
	assert_int_equal(find(recall, 2, 8), 200);
	keep(recall, 1, 8, 101);
	assert_int_equal(find(recall, 1, 8), 101);
	recall_forget(recall);
	assert_int_equal(find(recall, 2, 8), 0);
	recall_free(recall);
}

static void recall_keep__lets_the_least_used_go(void **state)
{
	(void)state;
	struct recall *recall = recall_new(3);
	for (int64_t q = 1; q <= 3; q++) keep(recall, q, 1, q * 10);
	assert_int_equal(find(recall, 1, 1), 10);
	keep(recall, 4, 1, 40);
	assert_int_equal(find(recall, 2, 1), 0);
	assert_int_equal(find(recall, 1, 1), 10);
	assert_int_equal(find(recall, 3, 1), 30);
	assert_int_equal(find(recall, 4, 1), 40);
	recall_free(recall);
}

static void recall_keep__leaves_what_is_too_long(void **state)
{
	(void)state;
	static char long_answer[RECALL_BYTES], answer[RECALL_BYTES];
	struct recall *recall = recall_new(2);
	size_t bytes;
	recall_keep(recall, "q", 1, 1, long_answer, sizeof long_answer);
	assert_false(recall_find(recall, "q", 1, 1, answer, &bytes));
	recall_keep(recall, "q", 1, 1, long_answer, sizeof long_answer - 1);
	assert_true(recall_find(recall, "q", 1, 1, answer, &bytes));
	assert_int_equal(bytes, sizeof long_answer - 1);
	recall_free(recall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recall_find__gives_what_stands),
		cmocka_unit_test(recall_keep__lets_the_least_used_go),
		cmocka_unit_test(recall_keep__leaves_what_is_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
