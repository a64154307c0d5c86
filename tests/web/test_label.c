#include "check.h"

#include <string.h>

#include "web/label.h"

struct row {
	const char *key;
};

static const struct row rows[] = {
#define LABEL(key, msgid) {key},
#define LABEL_C(key, context, msgid) {key},
#include "web/labels.def"
#undef LABEL
#undef LABEL_C
};
enum { ROWS = sizeof rows / sizeof *rows };

static void labels_def__is_sorted(void **state)
{
	(void)state;
	for (int i = 1; i < ROWS; i++) {
		if (strcmp(rows[i - 1].key, rows[i].key) >= 0) fail_msg("%s stands after %s", rows[i].key, rows[i - 1].key);
	}
}

static void label_find__knows_every_row(void **state)
{
	(void)state;
	for (int i = 0; i < ROWS; i++) {
		char group[64];
		size_t n = strcspn(rows[i].key, ".");
		memcpy(group, rows[i].key, n);
		group[n] = '\0';
		assert_true(*label_find(LANG_EN, group, rows[i].key + n + 1));
		assert_int_equal(label_unknown(NULL), 0);
	}
}

static void label_find__speaks_both_languages(void **state)
{
	(void)state;
	assert_string_equal(label_find(LANG_UK, "mode", "sale"), "ПРОДАЖ");
	assert_string_equal(label_find(LANG_EN, "mode", "sale"), "SALE");
	assert_string_equal(label_find(LANG_UK, "question_type", "open"), "відкрите");
}

static void label_find__shows_and_counts_what_it_does_not_know(void **state)
{
	(void)state;
	int before = label_unknown(NULL);
	assert_string_equal(label_find(LANG_UK, "mode", "theft"), "theft");
	assert_string_equal(label_find(LANG_UK, "mod", "sale"), "sale");
	assert_string_equal(label_find(LANG_UK, "mode.sale", ""), "");
	const char *first;
	assert_int_equal(label_unknown(&first), before + 3);
	assert_string_equal(first, "mode.theft");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_def__is_sorted),
		cmocka_unit_test(label_find__knows_every_row),
		cmocka_unit_test(label_find__speaks_both_languages),
		cmocka_unit_test(label_find__shows_and_counts_what_it_does_not_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
