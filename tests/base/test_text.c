#include "check.h"

#include "base/text.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void text_fold__case_and_apostrophes(void **state)
{
	(void)state;
	assert_string_equal(text_fold(arena, "Дем’янчук"), text_fold(arena, "ДЕМ'ЯНЧУК"));
	assert_string_equal(text_fold(arena, "Демʼянчук"), "демянчук");
	assert_string_equal(text_fold(arena, "  ТОВ   «Їжак» "), "тов «їжак»");
	assert_string_equal(text_fold(arena, "Straße"), "strasse");
	assert_string_equal(text_fold(arena, "Івано-Франківськ"), "івано франківськ");
	assert_string_equal(text_fold(arena, ""), "");
}

static void text_phone_digits__one_form(void **state)
{
	(void)state;
	static const char *const same[] = {"+38 (067) 123-45-67", "067 123 45 67", "0671234567", "00380671234567", "380671234567", "(067)123-4567 доб. 12", "067\u2011123\u201145\u201167"};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_string_equal(text_phone_digits(arena, same[i], "380"), "380671234567");
	assert_string_equal(text_phone_digits(arena, "+1 202 555 0100", "380"), "12025550100");
	assert_string_equal(text_phone_digits(arena, "12", "380"), "");
}

static void text_clean__trims_and_keeps_lines(void **state)
{
	(void)state;
	assert_string_equal(text_clean(arena, "  a \t b \n\n  c\x01 \n"), "a b\n\nc");
	assert_int_equal(text_length("Їжак"), 4);
	assert_false(text_valid("\xff", 1));
}

static void text_written__keeps_what_markdown_needs(void **state)
{
	(void)state;
	assert_string_equal(text_written(arena, "\r\n \n    code  \r\n\ta\x01" "b  c\n\n- one\r  - two \n \n"), "    code\n\tab  c\n\n- one\n  - two");
	assert_string_equal(text_written(arena, " \n\t \r\n"), "");
	assert_string_equal(text_written(arena, ""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_fold__case_and_apostrophes),
		cmocka_unit_test(text_phone_digits__one_form),
		cmocka_unit_test(text_clean__trims_and_keeps_lines),
		cmocka_unit_test(text_written__keeps_what_markdown_needs),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
