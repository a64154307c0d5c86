#include "check.h"

#include "base/tr.h"

static void lang_parse__takes_what_browsers_say(void **state)
{
	(void)state;
	assert_int_equal(lang_parse("uk"), LANG_UK);
	assert_int_equal(lang_parse("en"), LANG_EN);
	assert_int_equal(lang_parse("en-GB"), LANG_EN);
	assert_int_equal(lang_parse("eng"), LANG_UK);
	assert_int_equal(lang_parse(""), LANG_UK);
	assert_int_equal(lang_parse(NULL), LANG_UK);
	assert_string_equal(lang_code(LANG_UK), "uk");
	assert_string_equal(lang_code(LANG_EN), "en");
}

static void tr__speaks_both_languages(void **state)
{
	(void)state;
	assert_string_equal(tr(LANG_UK, "Prestige"), "Престиж");
	assert_string_equal(tr(LANG_EN, "Prestige"), "Prestige");
	assert_string_equal(tr(LANG_UK, "No such message"), "No such message");
	assert_string_equal(tr(LANG_UK, ""), ""); /* and not the catalogue's header */
}

static void tr_c__tells_meanings_apart(void **state)
{
	(void)state;
	assert_string_equal(tr_c(LANG_UK, "stage", "Contact"), "Знайомство");
	assert_string_equal(tr_c(LANG_UK, "step", "Contact"), "Контакт");
	assert_string_equal(tr_c(LANG_EN, "step", "Contact"), "Contact");
	assert_string_equal(tr(LANG_UK, "Motives"), "Motives"); /* it has a context: without, it is another message */
	assert_string_equal(tr_c(LANG_UK, "ste", "Contact"), "Contact");
	assert_string_equal(tr_c(LANG_UK, "stepp", "Contact"), "Contact");
}

static void tr_plural__knows_the_teens(void **state)
{
	(void)state;
	const int64_t one[] = {1, 21, 101, 1001, -1, -21}, few[] = {2, 3, 4, 22, 104, -2}, many[] = {0, 5, 11, 12, 14, 20, 111, 112, 114, 1000, -11, INT64_MIN};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) assert_int_equal(tr_plural(LANG_UK, one[i]), 0);
	for (size_t i = 0; i < sizeof few / sizeof *few; i++) assert_int_equal(tr_plural(LANG_UK, few[i]), 1);
	for (size_t i = 0; i < sizeof many / sizeof *many; i++) assert_int_equal(tr_plural(LANG_UK, many[i]), 2);
	assert_int_equal(tr_plural(LANG_EN, 1), 0);
	assert_int_equal(tr_plural(LANG_EN, 0), 1);
	assert_int_equal(tr_plural(LANG_EN, 21), 1);
}

static void tr_n__falls_back_to_English(void **state)
{
	(void)state;
	assert_string_equal(tr_n(LANG_EN, "a thing", "things", 1), "a thing");
	assert_string_equal(tr_n(LANG_EN, "a thing", "things", 21), "things");
	assert_string_equal(tr_n(LANG_UK, "a thing", "things", 21), "things"); /* not in the catalogue: English, by its own rule */
}

static void tr_n__takes_the_right_form(void **state)
{
	(void)state;
	assert_string_equal(tr_n(LANG_UK, "{n} day ago", "{n} days ago", 21), "{n} день тому");
	assert_string_equal(tr_n(LANG_UK, "{n} day ago", "{n} days ago", 3), "{n} дні тому");
	assert_string_equal(tr_n(LANG_UK, "{n} day ago", "{n} days ago", 11), "{n} днів тому");
	assert_string_equal(tr_n(LANG_EN, "{n} day ago", "{n} days ago", 11), "{n} days ago");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lang_parse__takes_what_browsers_say),
		cmocka_unit_test(tr__speaks_both_languages),
		cmocka_unit_test(tr_c__tells_meanings_apart),
		cmocka_unit_test(tr_plural__knows_the_teens),
		cmocka_unit_test(tr_n__falls_back_to_English),
		cmocka_unit_test(tr_n__takes_the_right_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
