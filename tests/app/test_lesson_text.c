/* Lessons as teachers write them (L1): the form, what is told of a mistake, and the course itself in both languages. */
#include <string.h>

#include "app/lesson_text.h"
#include "check.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define HEAD "# Дві розмови\nSummary: коротко\nMethod: C1, C2\nMode: sale\nPractice: mall_card\n\n"
#define BODY "Перший абзац.\n\n## Далі\n\nДругий.\n\n"
#define QUIZ "# Перевірте себе\n\n## Що?\n- [x] Це\n  Бо так\n  і є.\n- [ ] Не це\n  Бо ні.\n\n## А ще?\n- [x] Раз\n  Так.\n- [x] Два\n  Так.\n"

static const char *mistake_of(const char *text, int *ret_line)
{
	struct lesson lesson = {0};
	const char *mistake = NULL;
	assert_false(lesson_text_parse(arena, text, &lesson, ret_line, &mistake));
	assert_non_null(mistake);
	return mistake;
}

static void lesson_text__reads_all_of_a_lesson(void **state)
{
	(void)state;
	struct lesson lesson = {.place = 3, .key = "two"};
	int line;
	const char *mistake;
	assert_true(lesson_text_parse(arena, HEAD BODY QUIZ, &lesson, &line, &mistake));
	assert_int_equal(lesson.place, 3);
	assert_string_equal(lesson.key, "two");
	assert_string_equal(lesson.title, "Дві розмови");
	assert_string_equal(lesson.summary, "коротко");
	assert_string_equal(lesson.mode, "sale");
	assert_string_equal(lesson.scenario, "mall_card");
	assert_int_equal(lesson.n_methods, 2);
	assert_string_equal(lesson.methods[1], "C2");
	assert_string_equal(lesson.body, "Перший абзац.\n\n## Далі\n\nДругий.\n");
	assert_int_equal(lesson.minutes, 1);
	assert_int_equal(lesson.n_questions, 2);
	assert_string_equal(lesson.questions[0].text, "Що?");
	assert_int_equal(lesson.questions[0].n_right, 1);
	assert_string_equal(lesson.questions[0].choices[0].why, "Бо так і є.");
	assert_false(lesson.questions[0].choices[1].right);
	assert_int_equal(lesson.questions[1].n_right, 2);
}

static void lesson_text__reads_lines_of_windows(void **state)
{
	(void)state;
	struct lesson lesson = {0};
	int line;
	const char *mistake;
	assert_true(lesson_text_parse(arena, "# T\r\nSummary: s\r\n\r\nText.\r\n\r\n# Quiz\r\n\r\n## Q?\r\n- [x] a\r\n  yes\r\n- [ ] b\r\n  no\r\n", &lesson, &line, &mistake));
	assert_string_equal(lesson.title, "T");
	assert_string_equal(lesson.questions[0].choices[1].why, "no");
}

static void lesson_text__tells_what_is_wrong_and_where(void **state)
{
	static const struct {
		const char *text;
		int line;
	} cases[] = {
		{"", 0},
		{"Текст без назви\n", 1},
		{"# Назва\nАвтор: хтось\n\n", 2},
		{"# Назва\n\nТекст\n", 2},
		{"# Назва\nSummary: с\nMode: both\n\nТекст\n\n# Т\n", 4},
		{HEAD BODY, 12},
		{HEAD "# Перевірте себе\n\n## Що?\n", 6},
		{HEAD BODY "# Т\n", 13},
		{HEAD BODY "# Т\n- [x] Без запитання\n", 14},
		{HEAD BODY "# Т\n## Що?\n- [x] Одна\n  бо\n", 16},
		{HEAD BODY "# Т\n## Що?\n- [ ] Одна\n  бо\n- [ ] Друга\n  бо\n", 18},
		{HEAD BODY "# Т\n## Що?\n- [x] Одна\n- [ ] Друга\n  бо\n", 17},
		{HEAD BODY "# Т\n## Що?\nпросто рядок\n", 15},
		{HEAD BODY "# Т\n## Що?\n- [x] 1\n- [x] 2\n- [x] 3\n- [x] 4\n- [x] 5\n- [x] 6\n- [x] 7\n", 21},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int line = -1;
		mistake_of(cases[i].text, &line);
		if (line != cases[i].line) fail_msg("case %zu: line %d, not %d", i, line, cases[i].line);
	}
}

static void lesson_passed__from_four_of_five(void **state)
{
	(void)state;
	assert_true(lesson_passed(5, 5));
	assert_true(lesson_passed(4, 5));
	assert_false(lesson_passed(3, 4));
	assert_false(lesson_passed(2, 3));
	assert_true(lesson_passed(3, 3));
	assert_false(lesson_passed(0, 0));
}

static void lesson_list__is_the_same_course_in_both_languages(void **state)
{
	(void)state;
	const struct lesson *const *lessons[LANG_COUNT];
	int n = lesson_list(arena, LANG_UK, &lessons[LANG_UK]);
	assert_int_equal(lesson_list(arena, LANG_EN, &lessons[LANG_EN]), n);
	for (int i = 0; i < n; i++) {
		const struct lesson *uk = lessons[LANG_UK][i], *en = lessons[LANG_EN][i];
		assert_int_equal(uk->place, i + 1);
		assert_string_equal(uk->key, en->key);
		assert_string_equal(uk->mode, en->mode);
		assert_string_equal(uk->scenario, en->scenario);
		assert_int_equal(uk->n_methods, en->n_methods);
		assert_int_equal(uk->n_questions, en->n_questions);
		for (int q = 0; q < uk->n_questions; q++) {
			assert_int_equal(uk->questions[q].n_choices, en->questions[q].n_choices);
			for (int c = 0; c < uk->questions[q].n_choices; c++)
				if (uk->questions[q].choices[c].right != en->questions[q].choices[c].right) fail_msg("%s: question %d, answer %d", uk->key, q + 1, c + 1);
		}
		const struct lesson *found = lesson_find(arena, LANG_EN, uk->key);
		assert_non_null(found);
		assert_string_equal(found->title, en->title);
	}
	assert_null(lesson_find(arena, LANG_UK, "no_such"));
	assert_null(lesson_find(arena, LANG_UK, "two_talk"));
	assert_null(lesson_find(arena, LANG_UK, ""));
}

static uint64_t digest_of(const char *text)
{
	struct lesson lesson = {0};
	int line;
	const char *mistake;
	assert_true(lesson_text_parse(arena, text, &lesson, &line, &mistake));
	return lesson_quiz_digest(arena, &lesson);
}

static void lesson_quiz_digest__changes_with_what_was_asked_alone(void **state)
{
	(void)state;
	uint64_t digest = digest_of(HEAD BODY "# Т\n## Що?\n- [x] Це\n  Бо так.\n- [ ] Те\n  Бо ні.\n");
	assert_true(digest == digest_of(HEAD "Інший текст.\n\n# Тест\n## Що?\n- [x] Це\n  Інакше.\n- [ ] Те\n  Бо ні.\n"));
	assert_true(digest != digest_of(HEAD BODY "# Т\n## Що?\n- [ ] Це\n  Бо так.\n- [x] Те\n  Бо ні.\n"));
	assert_true(digest != digest_of(HEAD BODY "# Т\n## Що?\n- [ ] Те\n  Бо ні.\n- [x] Це\n  Бо так.\n"));
	assert_true(digest != digest_of(HEAD BODY "# Т\n## Що ж?\n- [x] Це\n  Бо так.\n- [ ] Те\n  Бо ні.\n"));
	assert_true(digest != digest_of(HEAD BODY "# Т\n## Що?\n- [x] Це\n  Бо так.\n- [ ] Те\n  Бо ні.\n- [ ] Оте\n  Ні.\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lesson_text__reads_all_of_a_lesson, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson_text__reads_lines_of_windows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson_text__tells_what_is_wrong_and_where, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson_quiz_digest__changes_with_what_was_asked_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson_passed__from_four_of_five, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lesson_list__is_the_same_course_in_both_languages, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
