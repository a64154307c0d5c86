/* What is offered first in each place of a call. */
#include "check.h"

#include <string.h>

#include "app/call_order.h"

enum { ITEMS = 12 };

static struct arena *arena;
static struct playbook_item items[ITEMS];
static json_t *words;
static int n;

static void add(struct playbook_item item, int64_t used, int64_t worked, const char *author, bool own, int64_t top, bool named)
{
	json_t *word = json_pack("{sI sI sI}", "id", (json_int_t)item.id, "used", (json_int_t)used, "worked", (json_int_t)worked);
	if (author) json_object_update_new(word, json_pack("{ss si sI si}", "author", author, "own", (int)own, "top", (json_int_t)top, "named", (int)named));
	json_array_append_new(words, word);
	items[n++] = item;
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	words = json_array();
	n = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	json_decref(words);
	arena_free(arena);
	return 0;
}

static int32_t order_of(int64_t id)
{
	for (int i = 0; i < n; i++)
		if (items[i].id == id) return items[i].order;
	return -1;
}

static bool there(int64_t id)
{
	bool is = false;
	for (int i = 0; i < n; i++) {
		is |= items[i].id == id;
		assert_int_equal(json_integer_value(json_object_get(json_array_get(words, (size_t)i), "id")), items[i].id); /* both lists keep step */
	}
	return is;
}

static struct playbook_item answer(int64_t id, int32_t place)
{
	return (struct playbook_item){.id = id, .kind = ITEM_ANSWER, .objection = 90, .order = place};
}

static void call_order__puts_first_what_worked(void **state)
{
	(void)state;
	add(answer(1, 1), 1000, 100, NULL, true, 0, false);
	add(answer(2, 2), 1000, 900, NULL, true, 0, false);
	add(answer(3, 0), 1000, 500, "Олена", true, 0, false);
	n = call_order(arena, items, words, n, 7);
	assert_true(order_of(2) < order_of(3) && order_of(3) < order_of(1));
}

/* An untried card is first now and then, and the same call shows the same order whenever it is opened. */
static void call_order__lets_the_untried_prove_itself(void **state)
{
	int first = 0;
	(void)state;
	for (int64_t call = 1; call <= 200; call++) {
		int32_t order = 0;
		for (int again = 0; again < 2; again++) {
			json_array_clear(words);
			n = 0;
			add(answer(1, 1), 40, 24, NULL, true, 0, false);
			add(answer(2, 0), 0, 0, "Олена", true, 0, false);
			n = call_order(arena, items, words, n, call);
			if (again) assert_int_equal(order_of(2), order);
			order = order_of(2);
		}
		first += order < order_of(1);
	}
	assert_in_range(first, 50, 110); /* P(uniform > Beta(25, 17)) is some 0.4 */
}

static void call_order__keeps_the_order_of_places(void **state)
{
	(void)state;
	add((struct playbook_item){.id = 1, .kind = ITEM_OPENER, .opener = OPENER_STORY, .order = -3}, 0, 0, NULL, true, 0, false); /* the client's own */
	add((struct playbook_item){.id = 2, .kind = ITEM_OPENER, .opener = OPENER_STORY, .order = 1}, 0, 0, NULL, true, 0, false);
	add((struct playbook_item){.id = 3, .kind = ITEM_OPENER, .opener = OPENER_STORY}, 1000, 999, "Олена", true, 0, false);
	add((struct playbook_item){.id = 4, .kind = ITEM_TERM, .order = 5}, 0, 0, NULL, true, 0, false);
	add((struct playbook_item){.id = 5, .kind = ITEM_TERM, .order = 4}, 0, 0, NULL, true, 0, false);
	n = call_order(arena, items, words, n, 7);
	assert_true(order_of(1) < order_of(3) && order_of(3) < order_of(2));
	assert_true(order_of(5) < order_of(4));
}

/* A question to a motive that the playbook does not ask about at this level stands among those of the level, never among another's. */
static void call_order__finds_the_nearest_place(void **state)
{
	(void)state;
	add((struct playbook_item){.id = 1, .kind = ITEM_QUESTION, .level = LEVEL_SITUATIONAL, .motives = 1, .order = 1}, 1000, 900, NULL, true, 0, false);
	add((struct playbook_item){.id = 2, .kind = ITEM_QUESTION, .level = LEVEL_SPECIFYING, .motives = 1, .order = 2}, 0, 0, NULL, true, 0, false);
	add((struct playbook_item){.id = 3, .kind = ITEM_QUESTION, .level = LEVEL_SITUATIONAL, .motives = 4}, 1000, 100, "Олена", true, 0, false);
	n = call_order(arena, items, words, n, 7);
	assert_true(order_of(1) < order_of(3) && order_of(3) < order_of(2));
}

static void call_order__others_come_after_by_the_top_and_few(void **state)
{
	(void)state;
	add(answer(1, 1), 1000, 1, NULL, true, 0, false);
	add(answer(2, 0), 1000, 999, "Інша команда", false, 9, false);
	add(answer(3, 0), 0, 0, "Ще інша", false, 3, false);
	for (int i = 0; i < 4; i++) add(answer(10 + i, 0), 1000, 200 * (i + 1), "Олена", true, 0, false);
	add(answer(20, 0), 0, 0, "Сказано вже", false, 0, true);
	n = call_order(arena, items, words, n, 7);
	assert_true(there(3) && !there(2));                     /* one of others, the highest */
	assert_true(there(12) && there(13) && !there(10) && !there(11)); /* two of ours, by what they may be worth */
	assert_true(there(20) && there(1));                     /* what was said in this call stays */
	assert_true(order_of(13) < order_of(12) && order_of(12) < order_of(1) && order_of(1) < order_of(3));
}

static void call_order__without_a_call_is_the_playbooks(void **state)
{
	(void)state;
	add(answer(1, 2), 1000, 999, NULL, true, 0, false);
	add(answer(2, 1), 1000, 0, NULL, true, 0, false);
	n = call_order(arena, items, words, n, 0);
	assert_true(order_of(2) < order_of(1));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(call_order__puts_first_what_worked),
		TEST(call_order__lets_the_untried_prove_itself),
		TEST(call_order__keeps_the_order_of_places),
		TEST(call_order__finds_the_nearest_place),
		TEST(call_order__others_come_after_by_the_top_and_few),
		TEST(call_order__without_a_call_is_the_playbooks),
	};
	return cmocka_run_group_tests_name("app/call_order", tests, NULL, NULL);
}
