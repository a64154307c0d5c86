/* The rubric on a real call: its playbook, its table, its events. */
#include "check.h"

#include <string.h>

#include "app/call_score.h"
#include "base/moment.h"
#include "plain_db.h"

enum { OPENER = 1, QUESTION = 2, POINT = 3, CLOSE = 4, TRAINING = 10, TRAINING_NO = 101, TRAINING_YES = 102, PRICE = 11, PRICE_FULL = 111, PRICE_LESS = 112, TERM = 12, TERM_ONE = 121, TERM_TWO = 122 };

static struct arena *arena;
static struct use use;
static struct talk talk;
static int64_t now;

static const struct playbook_item items[] = {
	{.id = OPENER, .kind = ITEM_OPENER}, {.id = QUESTION, .kind = ITEM_QUESTION}, {.id = POINT, .kind = ITEM_POINT, .motives = MOTIVE_ALL}, {.id = CLOSE, .kind = ITEM_CLOSE},
};

static struct call_book book_made(void)
{
	struct call_book book = {.book = {.items = items, .n_items = 4}};
	book.items = json_pack("[{sI ss ss} {sI ss ss} {sI ss ss} {sI ss ss}]", "item_id", (json_int_t)OPENER, "kind", "opener", "text", "Добрий день!", "item_id", (json_int_t)QUESTION, "kind",
			       "question", "text", "Як у вас зараз?", "item_id", (json_int_t)POINT, "kind", "point", "text", "Отже, зручно.", "item_id", (json_int_t)CLOSE, "kind", "close", "text",
			       "Підписуємо?");
	return book;
}

static const struct option training[] = {{0, 0}, {-200, 900}}, price[] = {{0, 0}, {-500, 500}}, term[] = {{0, 0}, {600, -100}};
static const struct variable variables[] = {{training, 2, false}, {price, 2, true}, {term, 2, false}};
static const struct bargain_variable_row rows[] = {{.id = TRAINING, .name = "навчання"}, {.id = PRICE, .name = "ціна", .price = true}, {.id = TERM, .name = "строк"}};
static const struct table_option training_options[] = {{.value = TRAINING_NO, .name = "без"}, {.value = TRAINING_YES, .name = "два дні"}},
				 price_options[] = {{.value = PRICE_FULL, .name = "повна"}, {.value = PRICE_LESS, .name = "менша"}},
				 term_options[] = {{.value = TERM_ONE, .name = "рік"}, {.value = TERM_TWO, .name = "два"}};
static const struct table_variable table_variables[] = {{.row = &rows[0], .options = training_options}, {.row = &rows[1], .options = price_options}, {.row = &rows[2], .options = term_options}};

static void happens(enum call_event_kind kind, int64_t item, int64_t value, int64_t amount)
{
	struct call_event event = {.seq = talk.n_log + 1, .at = ++now, .item = item, .value = value, .amount = amount, .kind = kind};
	assert_int_equal(talk_apply(&talk, &event), TALK_APPLIED);
}

/* As its page has it, over a time line that has every event but the last. */
static json_t *shown(const struct call_book *book, const struct call_trade *trade)
{
	static const struct call_row row = {.there = true, .client_id = 7};
	struct call_scored scored = {.call_id = 1, .row = &row, .book = book, .trade = trade, .talk = &talk};
	json_t *lines = json_array(), *score;
	for (int i = 0; i + 1 < talk.n_log; i++) json_array_append_new(lines, json_pack("{sI}", "seq", (json_int_t)talk.log[i].seq));
	json_t *steps = json_pack("[{so}]", "lines", lines);
	assert_int_equal(call_score_page(&use, &scored, steps, &score), DONE);
	json_decref(steps);
	return score;
}

static void call_score__says_what_it_rests_on_and_what_was_left(void **state)
{
	(void)state;
	struct call_book book = book_made();
	struct bargain_table table = {.bargain = {.variables = variables, .n = 3}, .variables = table_variables, .head = {.there = true, .limit = -300}};
	struct call_trade trade = {.table = &table};
	talk_init(&talk);
	now = 5000;
	happens(EVENT_BEGAN, 0, MODE_NEGOTIATION, 0);
	happens(EVENT_STEP, 0, STEP_CLOSING, 0);
	happens(EVENT_PUT, PRICE, PRICE_LESS, -500);
	happens(EVENT_PUT, TERM, TERM_TWO, 600);
	happens(EVENT_OFFERED, 0, 0, 0);
	happens(EVENT_CONTRACT, 0, 1, 0);
	json_t *score = shown(&book, &trade), *mark, *trading = NULL, *person = NULL;
	size_t i;
	json_array_foreach(json_object_get(score, "marks"), i, mark) {
		const char *criterion = json_string_value(json_object_get(mark, "criterion"));
		if (!strcmp(criterion, "trade")) trading = mark;
		if (!strcmp(criterion, "person")) person = mark;
		assert_in_range(json_integer_value(json_object_get(mark, "mark")), 1, 5);
	}
	assert_int_equal(json_integer_value(json_object_get(trading, "mark")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(trading, "moment"), "seq")), 3);
	assert_string_equal(json_string_value(json_object_get(trading, "says")), "trade_2");
	assert_int_equal(json_array_size(json_object_get(trading, "scale")), 5);
	assert_int_equal(json_array_size(json_object_get(person, "scale")), 3); /* the rubric gives no 2 and no 3 for it */
	assert_int_equal(json_integer_value(json_object_get(person, "mark")), 1);
	/* 100 for us and 400 for them; with the training in place of the price 400 and 800. */
	assert_int_equal(json_integer_value(json_object_get(score, "left_minor")), 300);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(score, "best"), 0), "option")), "два дні");
	assert_false(json_is_true(json_object_get(score, "failed")));
	json_decref(score);
	json_decref(book.items);
}

static void call_score__a_sale_and_a_table_without_a_limit(void **state)
{
	(void)state;
	struct call_book book = book_made();
	struct bargain_table table = {.bargain = {.variables = variables, .n = 3}, .variables = table_variables, .head = {.limit = BARGAIN_NONE}};
	struct call_trade trade = {.table = &table};
	struct board board;
	assert_false(call_score_board(&use, &trade, &board));
	assert_false(call_score_board(&use, NULL, &board));
	talk_init(&talk);
	happens(EVENT_BEGAN, 0, MODE_SALE, 0);
	happens(EVENT_SAID, QUESTION, 0, 0);
	json_t *score = shown(&book, NULL), *contact = json_array_get(json_object_get(score, "marks"), 0);
	assert_string_equal(json_string_value(json_object_get(contact, "criterion")), "contact");
	assert_int_equal(json_integer_value(json_object_get(contact, "mark")), 1);
	assert_string_equal(json_string_value(json_object_get(json_object_get(contact, "better"), "text")), "Добрий день!"); /* what was offered then */
	assert_false(json_is_true(json_object_get(score, "agreed")));
	json_decref(score);
	json_decref(book.items);
}

static struct plain_db *plain;

static int set_up(void **state)
{
	(void)state;
	plain = plain_open();
	arena = arena_new((size_t)64 << 20);
	use_init(&use, arena, plain->db, (struct actor){.team_id = 1, .language = "uk"}, moment_now());
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	plain_close(plain);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(call_score__says_what_it_rests_on_and_what_was_left),
		cmocka_unit_test(call_score__a_sale_and_a_table_without_a_limit),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
