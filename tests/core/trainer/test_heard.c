#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "app/practice_file.h"
#include "app/practice_heard.h"

/* Of every line of heard.case: what it is and what was heard. The floors are held for each language by itself. */
enum { LINES_MAX = 600, LINES_LEAST = 300 };
#define KIND_FLOOR 0.90   /* of all lines: the right kind */
#define EACH_FLOOR 0.70   /* precision and recall of every kind */
#define DETAIL_FLOOR 0.85 /* of questions heard as such: type, funnel, SPIN; of closings: the form */

static const char *const types[] = {"open", "closed", "alternative", "focused"};
static const char *const levels[] = {"situational", "specifying", "detailing", "situation", "problem", "implication", "direct"};
static const char *const forms[] = {"contract", "payment", "alternative"};

struct tally {
	int said[HEARD_ACTS], heard[HEARD_ACTS], right[HEARD_ACTS];
	int n, n_right;
	int of[4], of_right[4]; /* type, funnel, SPIN, form */
};

static struct arena *arena;
static const struct lexicon *lexicons[LANG_COUNT];

static int find(const char *const *words, int n, const char *word)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(words[i], word)) return i;
	fail_msg("\"%s\" is no such word", word);
	return -1;
}

static int act_find(const char *word)
{
	for (int i = 0; i < HEARD_ACTS; i++)
		if (!strcmp(heard_act_word((enum heard_act)i), word)) return i;
	fail_msg("\"%s\" is no kind", word);
	return -1;
}

static void detail(struct tally *tally, int which, int is, int want, const char *text)
{
	tally->of[which]++;
	tally->of_right[which] += is == want;
	if (is != want && getenv("HEARD_VERBOSE")) printf("# detail %d: %d for %d: %s\n", which, is, want, text);
}

static void line_check(struct tally *tally, char *line, enum lang lang)
{
	char *text = strchr(line, ' '), *words[4] = {0}, *save = NULL;
	int n = 0;
	*text++ = '\0';
	for (char *at = strtok_r(line, ":", &save); at && n < 4; at = strtok_r(NULL, ":", &save)) words[n++] = at;
	int want = act_find(words[0]);
	struct heard heard = heard_words(lexicons[lang], text, arena);
	tally->n++;
	tally->said[want]++;
	tally->heard[heard.act]++;
	tally->n_right += (int)heard.act == want;
	tally->right[want] += (int)heard.act == want;
	if ((int)heard.act != want) {
		if (getenv("HEARD_VERBOSE")) printf("# %s for %s: %s\n", heard_act_word(heard.act), heard_act_word((enum heard_act)want), text);
		return;
	}
	if (want == HEARD_QUESTION) {
		assert_int_equal(n, 4);
		if (strcmp(words[1], "-")) detail(tally, 0, (int)heard.type, find(types, 4, words[1]), text);
		if (strcmp(words[2], "-")) detail(tally, 1, heard.funnel, find(levels, 7, words[2]), text);
		if (strcmp(words[3], "-")) detail(tally, 2, heard.spin, find(levels, 7, words[3]), text);
	} else if (want == HEARD_CLOSING) {
		assert_int_equal(n, 2);
		detail(tally, 3, (int)heard.close, find(forms, 3, words[1]), text);
	}
}

static void cases_read(struct tally tallies[LANG_COUNT])
{
	char path[512], line[1000];
	snprintf(path, sizeof path, "%s/core/trainer/heard.case", getenv("STURGEON_TESTS"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#') continue;
		enum lang lang = !strncmp(line, "uk ", 3) ? LANG_UK : LANG_EN;
		line_check(&tallies[lang], line + 3, lang);
	}
	fclose(file);
}

static double share(int part, int all)
{
	return all > 0 ? (double)part / all : 1.0;
}

static void heard_words__lines_of_both_languages_are_heard_as_what_they_are(void **state)
{
	static const char *const details[] = {"type", "funnel", "spin", "form"};
	struct tally tallies[LANG_COUNT] = {0};
	(void)state;
	cases_read(tallies);
	assert_true(tallies[LANG_UK].n + tallies[LANG_EN].n >= LINES_LEAST);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct tally *tally = &tallies[lang];
		printf("# %s: %d lines, the right kind %.1f %%\n", lang_code((enum lang)lang), tally->n, 100.0 * share(tally->n_right, tally->n));
		for (int i = 0; i < HEARD_ACTS; i++)
			printf("#   %-14s %3d lines, precision %.2f, recall %.2f\n", heard_act_word((enum heard_act)i), tally->said[i], share(tally->right[i], tally->heard[i]),
			       share(tally->right[i], tally->said[i]));
		for (int i = 0; i < 4; i++) printf("#   %-14s %3d, right %.2f\n", details[i], tally->of[i], share(tally->of_right[i], tally->of[i]));
		assert_true(share(tally->n_right, tally->n) >= KIND_FLOOR);
		for (int i = 0; i < HEARD_ACTS; i++) {
			assert_true(share(tally->right[i], tally->heard[i]) >= EACH_FLOOR);
			assert_true(share(tally->right[i], tally->said[i]) >= EACH_FLOOR);
		}
		for (int i = 0; i < 4; i++) assert_true(share(tally->of_right[i], tally->of[i]) >= DETAIL_FLOOR);
	}
}

/* Lines that the patterns were not made for: those of the playbooks. What is said exactly as a card is the card (heard_alike); this shows how far the patterns carry alone. */
static void line_of(struct tally *tally, const char *text, int want, int type, int level, enum lang lang)
{
	struct heard heard = heard_words(lexicons[lang], text, arena);
	if (!*text) return;
	tally->n++;
	tally->said[want]++;
	tally->heard[heard.act]++;
	tally->n_right += (int)heard.act == want;
	tally->right[want] += (int)heard.act == want;
	if ((int)heard.act != want && getenv("HEARD_VERBOSE")) printf("# %s for %s: %s\n", heard_act_word(heard.act), heard_act_word((enum heard_act)want), text);
	if (heard.act != HEARD_QUESTION || want != HEARD_QUESTION) return;
	if (type >= 0) detail(tally, 0, (int)heard.type, type, text);
	if (level >= LEVEL_SITUATION) detail(tally, 2, heard.spin < 0 ? LEVEL_SITUATION : heard.spin, level, text);
	else if (level >= 0) detail(tally, 1, heard.funnel < 0 ? LEVEL_SITUATIONAL : heard.funnel, level, text);
}

static void playbook_lines(struct tally *tally, const struct practice_file *file, enum lang lang)
{
	for (int i = 0; i < file->book.n_items; i++) {
		const struct playbook_item *item = &file->book.items[i];
		const char *text = practice_file_text(file, item->id, NULL, lang);
		switch (item->kind) {
		case ITEM_OPENER: line_of(tally, text, HEARD_SMALL_TALK, -1, -1, lang); break;
		case ITEM_QUESTION: line_of(tally, text, HEARD_QUESTION, (int)item->type, (int)item->level, lang); break;
		case ITEM_SPIN: line_of(tally, text, HEARD_QUESTION, -1, (int)item->level, lang); break;
		case ITEM_PROBE:
		case ITEM_TERM: line_of(tally, text, HEARD_QUESTION, -1, -1, lang); break;
		case ITEM_CLOSE: line_of(tally, text, HEARD_CLOSING, -1, -1, lang); break;
		case ITEM_ANSWER: line_of(tally, text, HEARD_ARGUMENT, -1, -1, lang); break;
		case ITEM_OBJECTION:
			line_of(tally, practice_file_text(file, item->id, "clarify", lang), HEARD_QUESTION, -1, -1, lang);
			line_of(tally, practice_file_text(file, item->id, "agree", lang), HEARD_AGREE_OPINION, -1, -1, lang);
			break;
		default: break;
		}
	}
}

static void heard_words__the_playbooks_own_lines(void **state)
{
	static const char *const scenarios[] = {"mall_card", "crm_three", "service_contract"};
	static const double recall[HEARD_ACTS] = {[HEARD_QUESTION] = 0.9, [HEARD_SMALL_TALK] = 0.25, [HEARD_ARGUMENT] = 0.25, [HEARD_AGREE_OPINION] = 0.7, [HEARD_CLOSING] = 0.6};
	static const double right[3] = {0.65, 0.65, 0.65};
	struct tally tallies[LANG_COUNT] = {0};
	(void)state;
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		const struct practice_file *file = practice_file_load(arena, scenarios[i]);
		for (int lang = 0; lang < LANG_COUNT; lang++) playbook_lines(&tallies[lang], file, (enum lang)lang);
	}
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		const struct tally *tally = &tallies[lang];
		printf("# %s: %d lines of the playbooks, not understood %d\n", lang_code((enum lang)lang), tally->n, tally->heard[HEARD_NOTHING]);
		for (int i = 0; i < HEARD_ACTS; i++)
			if (tally->said[i] || tally->heard[i])
				printf("#   %-14s %3d lines, precision %.2f, recall %.2f\n", heard_act_word((enum heard_act)i), tally->said[i], share(tally->right[i], tally->heard[i]),
				       share(tally->right[i], tally->said[i]));
		printf("#   type %.2f, funnel %.2f, SPIN %.2f\n", share(tally->of_right[0], tally->of[0]), share(tally->of_right[1], tally->of[1]), share(tally->of_right[2], tally->of[2]));
		assert_true(share(tally->right[HEARD_QUESTION], tally->heard[HEARD_QUESTION]) >= 0.9);
		for (int i = 0; i < HEARD_ACTS; i++) assert_true(share(tally->right[i], tally->said[i]) >= recall[i]);
		for (int i = 0; i < 3; i++) assert_true(share(tally->of_right[i], tally->of[i]) >= right[i]);
	}
}

static void heard_words__apostrophes_case_and_marks_change_nothing(void **state)
{
	static const char *const same[] = {"Розумію вас, це здається дорого.", "РОЗУМІЮ ВАС — ЦЕ ЗДАЄТЬСЯ ДОРОГО", "«розумію вас»… це здається дорого!"};
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_int_equal(heard_words(lexicons[LANG_UK], same[i], arena).act, HEARD_AGREE_OPINION);
	assert_int_equal(heard_words(lexicons[LANG_UK], "зв’язку", arena).act, heard_words(lexicons[LANG_UK], "зв'язку", arena).act);
}

static void heard_words__what_is_no_sentence_is_not_understood(void **state)
{
	char long_text[20000];
	(void)state;
	memset(long_text, 'x', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	static const char *const nothing[] = {"", " ", "...", "\xff\xfe", "%", "ґґґ"};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
		struct heard heard = heard_words(lexicons[LANG_UK], nothing[i], arena);
		assert_int_equal(heard.act, HEARD_NOTHING);
		assert_int_equal(heard_move(&heard, MODE_SALE, false).kind, MOVE_UNKNOWN);
	}
	assert_int_equal(heard_words(lexicons[LANG_EN], long_text, arena).act, HEARD_NOTHING);
	for (size_t i = 0; i + 2 < sizeof long_text; i += 2) long_text[i] = ' ';
	assert_int_equal(heard_words(lexicons[LANG_EN], long_text, arena).act, HEARD_NOTHING);
}

static void heard_words__motives_are_touched_by_their_words(void **state)
{
	(void)state;
	assert_int_equal(heard_words(lexicons[LANG_UK], "Скільки грошей ви втрачаєте щомісяця?", arena).motives & MOTIVE_BIT(MOTIVE_ECONOMY), MOTIVE_BIT(MOTIVE_ECONOMY));
	assert_int_equal(heard_words(lexicons[LANG_EN], "How safe is your database?", arena).motives, MOTIVE_BIT(MOTIVE_SAFETY));
}

static void heard_alike__the_same_words_with_other_endings_are_the_same_line(void **state)
{
	(void)state;
	assert_int_equal(heard_alike("На якому кроці угоди губляться найчастіше?", "на якому кроці угоди губляться найчастіше", arena), 100);
	assert_true(heard_alike("На якому кроці угоди губляться найчастіше?", "На якому кроці у вас найчастіше губляться угоди?", arena) >= 70);
	assert_true(heard_alike("На якому кроці угоди губляться найчастіше?", "Що вас ще стримує від старту?", arena) < 30);
	assert_int_equal(heard_alike("", "", arena), 0);
	assert_int_equal(heard_alike("Так", "", arena), 0);
}

static void heard_move__the_same_question_serves_the_talk_it_is_asked_in(void **state)
{
	(void)state;
	struct heard heard = heard_words(lexicons[LANG_UK], "Що вас у цьому турбує?", arena);
	assert_int_equal(heard_move(&heard, MODE_SALE, false).kind, MOVE_QUESTION);
	assert_int_equal(heard_move(&heard, MODE_SALE, false).level, LEVEL_SPECIFYING);
	assert_int_equal(heard_move(&heard, MODE_SALE, true).kind, MOVE_CLARIFY);
	assert_int_equal(heard_move(&heard, MODE_NEGOTIATION, true).kind, MOVE_SPIN);
	assert_int_equal(heard_move(&heard, MODE_NEGOTIATION, true).level, LEVEL_PROBLEM);
}

static void heard_learn__what_is_no_pattern_is_refused(void **state)
{
	struct lexicon lexicon;
	(void)state;
	heard_lexicon(&lexicon, arena, 3, 1);
	assert_false(heard_learn(&lexicon, "act", "pressure", "без ваги"));
	assert_false(heard_learn(&lexicon, "act", "shouting", "2 слово"));
	assert_false(heard_learn(&lexicon, "deed", "pressure", "2 слово"));
	assert_false(heard_learn(&lexicon, "act", "pressure", "2 слово ^посередині"));
	assert_false(heard_learn(&lexicon, "act", "pressure", "2 одне||друге"));
	assert_false(heard_learn(&lexicon, "act", "pressure", "2  "));
	assert_true(heard_learn(&lexicon, "act", "pressure", "2 ^рання пташ* .. ?"));
	assert_int_equal(heard_words(&lexicon, "Рання пташка вже не спить?", arena).act, HEARD_QUESTION); /* 2 against the 2 of a question: a question */
	assert_true(heard_learn(&lexicon, "act", "pressure", "1 спить"));
	assert_int_equal(heard_words(&lexicon, "Рання пташка вже не спить?", arena).act, HEARD_PRESSURE);
	assert_int_equal(heard_words(&lexicon, "Де рання пташка? Спить.", arena).act, HEARD_QUESTION);
	assert_true(heard_filler(&lexicon, "Ну"));
	assert_false(heard_filler(&lexicon, "от"));
}

int main(void)
{
	arena = arena_new((size_t)1 << 30);
	for (int lang = 0; lang < LANG_COUNT; lang++) lexicons[lang] = practice_heard_load(arena, (enum lang)lang);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heard_words__lines_of_both_languages_are_heard_as_what_they_are),
		cmocka_unit_test(heard_words__the_playbooks_own_lines),
		cmocka_unit_test(heard_words__apostrophes_case_and_marks_change_nothing),
		cmocka_unit_test(heard_words__what_is_no_sentence_is_not_understood),
		cmocka_unit_test(heard_words__motives_are_touched_by_their_words),
		cmocka_unit_test(heard_alike__the_same_words_with_other_endings_are_the_same_line),
		cmocka_unit_test(heard_move__the_same_question_serves_the_talk_it_is_asked_in),
		cmocka_unit_test(heard_learn__what_is_no_pattern_is_refused),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
