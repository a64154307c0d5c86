#include "check.h"

#include <string.h>

#include "app/practice_play.h"
#include "app/practice_rate.h"

enum { SEEDS = 1000 };

static struct arena *arena;

static void practice_file_load__every_scenario_and_none_of_a_strange_key(void **state)
{
	(void)state;
	assert_null(practice_file_load(arena, "no_such"));
	assert_true(scenario_files_count >= 5);
	int sales = 0;
	for (int f = 0; f < scenario_files_count; f++) {
		const struct practice_file *file = practice_file_load(arena, scenario_files[f].name);
		sales += file->scenario.mode == MODE_SALE;
		assert_int_equal(file->scenario.mode == MODE_NEGOTIATION, file->scenario.board != NULL);
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			for (int i = 0; i < file->book.n_items; i++) {
				const struct playbook_item *item = &file->book.items[i];
				if (!*practice_file_text(file, item->id, NULL, (enum lang)lang)) fail_msg("%s: item %s has no words", file->key, file->items[i].key);
				if (item->kind == ITEM_ANSWER) assert_true(*practice_file_text(file, item->id, "clarify", (enum lang)lang));
			}
			for (int v = 0; file->scenario.board && v < file->scenario.board->bargain->n; v++) {
				assert_true(*practice_file_variable(file, v, (enum lang)lang));
				for (int o = 0; o < file->scenario.board->bargain->variables[v].n; o++) assert_true(*practice_file_option(file, v, o, (enum lang)lang));
			}
		}
		/* What is offered by a table can be agreed by both: the start is not below our limit. */
		if (file->scenario.board) assert_true(package_value(file->scenario.board->bargain, &file->scenario.board->start).ours >= file->scenario.board->limit);
	}
	assert_true(sales >= 2 && scenario_files_count - sales >= 3);
}

static void practice_words_say__every_act_has_words_in_both_languages_and_every_character(void **state)
{
	(void)state;
	struct practice_words words;
	practice_words_init(&words, 1, arena);
	for (int f = 0; f < scenario_files_count; f++) {
		const struct practice_file *file = practice_file_load(arena, scenario_files[f].name);
		int64_t objection = 0, interest = 0;
		for (int i = 0; i < file->book.n_items; i++)
			if (file->book.items[i].kind == ITEM_OBJECTION && !objection) objection = file->book.items[i].id;
		for (int i = 0; i < file->scenario.n_interests; i++)
			if (!file->scenario.interests[i].compliance) interest = file->scenario.interests[i].item;
		for (int kind = ACT_NONE + 1; kind < ACT_KINDS; kind++) {
			bool table = kind == ACT_ASKS, of_interest = kind == ACT_PROBLEM || kind == ACT_FEELS || kind == ACT_INTEREST, motive = kind == ACT_MOTIVE;
			if ((table || of_interest) && file->scenario.mode == MODE_SALE) continue;
			int values = kind == ACT_SIGN ? PERSONA_SIGNS : motive ? MOTIVE_COUNT : 1;
			for (int value = 0; value < values; value++)
				for (int c = 0; c < CHARACTERS; c++)
					for (int lang = 0; lang < LANG_COUNT; lang++) {
						struct act act = {.kind = (enum act_kind)kind, .item = of_interest ? interest : objection, .value = value, .variable = 0, .option = 1};
						struct buf out;
						buf_init(&out, 4000);
						practice_words_say(&words, file, (enum character)c, &act, (enum lang)lang, &out);
						if (!out.used) fail_msg("%s: act %d, value %d has no words in %s", file->key, kind, value, lang_code((enum lang)lang));
						assert_null(strchr(out.bytes, '{'));
						buf_done(&out);
					}
		}
	}
}

/* ---- By hand ---- */

static struct play play;
static struct buf out;
static int64_t now;

static const char *typed(const char *line)
{
	buf_done(&out);
	buf_init(&out, 1 << 20);
	play_line(&play, line, ++now);
	return out.bytes ? out.bytes : "";
}

static void begins(const char *scenario, enum lang lang)
{
	buf_done(&out);
	buf_init(&out, 1 << 20);
	now = 1000;
	const struct practice_file *file = practice_file_load(arena, scenario);
	play_begin(&play, file, file->scenario.mode, 1, lang, now, arena, &out);
}

static void play_line__cards_ticks_words_and_the_end(void **state)
{
	(void)state;
	begins("mall_card", LANG_UK);
	assert_non_null(strstr(out.bytes, "Картка в торговому центрі"));
	assert_non_null(strstr(out.bytes, "  1  "));
	assert_non_null(strstr(typed("1"), "> "));
	assert_int_equal(play.practice.talk.state.n_said, 1);
	assert_non_null(strstr(typed("m 2"), "[мотив: економія]"));
	assert_non_null(strstr(typed("м 2"), "Так уже й є."));
	assert_non_null(strstr(typed("к 3"), "— Мотиви —"));
	typed("Як ви зараз розраховуєтеся в магазинах?");
	assert_int_equal(play.practice.talk.state.n_said, 2); /* heard as a question, taken as the card nearest to it */
	assert_non_null(strstr(typed("зелений слон"), "(Не зрозуміло"));
	assert_non_null(strstr(typed("t"), "столу немає"));
	assert_non_null(strstr(typed("?"), "м N"));
	assert_non_null(strstr(typed("end"), "Оцінка:"));
	assert_true(play.over);
	assert_string_equal(typed("1"), ""); /* nothing more */
}

static void play_line__a_card_typed_out_is_that_card(void **state)
{
	(void)state;
	begins("mall_card", LANG_UK);
	for (int i = 0; i < play.practice.book->n_items; i++) {
		const struct playbook_item *item = &play.practice.book->items[i];
		if (item->kind != ITEM_QUESTION) continue;
		typed(practice_file_text(play.show.file, item->id, NULL, LANG_UK));
		assert_int_equal(play.practice.talk.state.said[play.practice.talk.state.n_said - 1].item, item->id);
		return;
	}
}

static void play_line__the_table(void **state)
{
	(void)state;
	begins("crm_three", LANG_EN);
	assert_non_null(strstr(typed("t"), "our limit:"));
	assert_non_null(strstr(typed("t 2 2"), "[2 a month for one branch]"));
	assert_non_null(strstr(typed("o"), "In return for what?"));
	assert_non_null(strstr(typed("t 6 2"), "[2 two years]"));
	assert_non_null(strstr(typed("o"), "Our offer: trial: a month for one branch; contract term: two years"));
	assert_int_equal(play.practice.partner.haggle.heard, 1);
	typed("t 8 4");
	typed("t 6 1");
	assert_non_null(strstr(typed("o!"), "below our limit"));
	assert_non_null(strstr(typed("We’ll give five per cent off for prepayment."), "lay it on the table"));
	assert_non_null(strstr(typed("t 99 1"), "our limit:")); /* no such variable: the table as it is */
}

static void play_line__offering_a_cut_ends_it_at_once(void **state)
{
	(void)state;
	begins("own_share", LANG_EN);
	const char *said = typed("Let’s say ten per cent to your card.");
	assert_non_null(strstr(said, "A personal cut was offered"));
	assert_true(play.over);
	assert_non_null(strstr(said, "  1  A personal cut refused"));
}

static void play_line__interests_behind_a_position(void **state)
{
	(void)state;
	begins("service_contract", LANG_EN);
	assert_non_null(strstr(typed("i"), "No position"));
	typed("s 3");
	for (int i = 0; i < 12 && talk_position(&play.practice.talk.state) == 0; i++) typed("1");
	assert_true(talk_position(&play.practice.talk.state) != 0);
	assert_non_null(strstr(typed("i"), "  1 "));
	assert_non_null(strstr(typed("i 1"), "[interest: "));
	assert_int_equal(play.practice.talk.state.n_interests, 1);
}

static void play_end__the_input_stops(void **state)
{
	(void)state;
	begins("mall_card", LANG_EN);
	buf_done(&out);
	buf_init(&out, 1 << 20);
	play_end(&play);
	assert_non_null(strstr(out.bytes, "Score:"));
	assert_true(play.practice.talk.state.ended_at != 0);
}

/* ---- The right conversation wins ---- */

static void practice_rate__the_right_conversation_beats_the_wrong_one_clearly(void **state)
{
	(void)state;
	printf("# over %d clients each\n", SEEDS);
	for (int f = 0; f < scenario_files_count; f++) {
		enum call_mode mode = practice_file_load(arena, scenario_files[f].name)->scenario.mode, other = mode == MODE_SALE ? MODE_NEGOTIATION : MODE_SALE;
		struct share right = practice_rate(scenario_files[f].name, mode, 1, SEEDS), wrong = practice_rate(scenario_files[f].name, other, 1, SEEDS);
		printf("# %-18s %-12s right %5.1f %% (%.1f–%.1f)  wrong %5.1f %% (%.1f–%.1f)\n", scenario_files[f].name, mode == MODE_SALE ? "sale" : "negotiation", 100.0 * right.share,
		       100.0 * right.low, 100.0 * right.high, 100.0 * wrong.share, 100.0 * wrong.low, 100.0 * wrong.high);
		assert_true(right.low > 1.5 * wrong.high); /* by half as much again, whatever the luck of the draw */
		assert_true(right.share < 1.0 && wrong.share > 0.0); /* nothing is settled beforehand */
	}
}

int main(void)
{
	arena = arena_new((size_t)1 << 30);
	buf_init(&out, 1 << 20);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(practice_file_load__every_scenario_and_none_of_a_strange_key),
		cmocka_unit_test(practice_words_say__every_act_has_words_in_both_languages_and_every_character),
		cmocka_unit_test(play_line__cards_ticks_words_and_the_end),
		cmocka_unit_test(play_line__a_card_typed_out_is_that_card),
		cmocka_unit_test(play_line__the_table),
		cmocka_unit_test(play_line__offering_a_cut_ends_it_at_once),
		cmocka_unit_test(play_line__interests_behind_a_position),
		cmocka_unit_test(play_end__the_input_stops),
		cmocka_unit_test(practice_rate__the_right_conversation_beats_the_wrong_one_clearly),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	buf_done(&out);
	arena_free(arena);
	return failed;
}
