/* The laws of a sale, on random events: most of them sensible, some senseless, as fingers and networks are. */
#include "check.h"

#include <string.h>

#include "base/rng.h"
#include "core/playbook/sale.h"

#define RUNS 400
#define EVENTS 220
#define ITEMS 60

static struct playbook_item items[ITEMS];
static int64_t heard[8];
static struct playbook book = {items, ITEMS, heard, 0};

static void book_make(struct rng *rng)
{
	book.n_heard = 0;
	memset(items, 0, sizeof items);
	for (int i = 0; i < ITEMS; i++) {
		items[i].id = 100 + i;
		items[i].kind = (enum item_kind)rng_below(rng, ITEM_KINDS);
		items[i].level = (enum question_level)rng_below(rng, 3);
		items[i].close = (enum close_kind)rng_below(rng, 3);
		items[i].motives = (uint32_t)rng_below(rng, MOTIVE_ALL + 1);
		items[i].order = (int32_t)rng_below(rng, 5);
		if (items[i].kind == ITEM_OPENER && book.n_heard < 8 && rng_below(rng, 3) == 0) heard[book.n_heard++] = items[i].id;
	}
}

/* Half of the time what is proposed is done; else anything at all. */
static struct call_event event_make(struct rng *rng, const struct sale_state *state, int64_t at)
{
	struct call_event event = {.at = at + rng_between(rng, -2000000, 9000000), .item = 100 + (int64_t)rng_below(rng, ITEMS + 2)};
	event.kind = (enum call_event_kind)rng_below(rng, EVENT_KINDS + 1);
	event.value = rng_between(rng, -1, 8);
	if (event.kind == EVENT_ENDED && rng_below(rng, 12) != 0) event.kind = EVENT_UNDONE;
	if (rng_below(rng, 8) == 0) event.item = 0;
	if (state->in_hand && rng_below(rng, 2) == 0) event.item = state->objections[state->in_hand - 1].item;
	if (event.kind == EVENT_OBJECTION_PART) event.value = playbook_part_value((enum answer_part)rng_below(rng, 5), (enum answer_method)rng_below(rng, 4));
	if (state->began_at == 0) event.kind = EVENT_BEGAN;
	return event;
}

static const struct playbook_item *item_of(int64_t id)
{
	for (int i = 0; i < ITEMS; i++)
		if (items[i].id == id) return &items[i];
	return NULL;
}

static void hints_check(const struct sale_state *state)
{
	struct sale_hint hints[SALE_HINTS];
	int n = sale_next(state, &book, hints);
	assert_true(n >= 0 && n <= SALE_HINTS);
	assert_int_equal(n == 0, state->step == STEP_ENDED); /* while a call runs there is always something to do */
	for (int i = 0; i < n; i++) {
		if (hints[i].kind != HINT_ITEM) continue;
		const struct playbook_item *item = item_of(hints[i].item);
		assert_non_null(item);
		for (int j = 0; j < state->n_said; j++) assert_true(state->said[j].item != item->id);
		for (int j = 0; j < i; j++) assert_false(hints[j].kind == HINT_ITEM && hints[j].item == item->id);
		if (item->kind == ITEM_OPENER)
			for (int j = 0; j < book.n_heard; j++) assert_true(book.heard[j] != item->id);
		if (item->kind == ITEM_POINT) assert_true((item->motives & state->motives) != 0);
	}
}

static struct sale sale, replayed;
static struct call_event given[EVENTS];

static void sale__keeps_its_laws(void **unused)
{
	struct rng rng;
	int applied = 0, refused = 0, undone = 0, ended = 0;
	(void)unused;
	rng_init(&rng, 20261125);
	for (int run = 0; run < RUNS; run++) {
		int64_t at = INT64_C(1790000000000000);
		book_make(&rng);
		sale_init(&sale);
		for (int i = 0; i < EVENTS; i++) {
			struct sale_state before = sale.state;
			struct call_event event = given[i] = event_make(&rng, &sale.state, at);
			if (event.at > at) at = event.at;
			enum sale_result result = sale_apply(&sale, &event);
			assert_true(sale_sound(&sale.state));
			if (result != SALE_APPLIED) {
				refused++;
				assert_memory_equal(&before, &sale.state, sizeof before); /* a refused event changes nothing */
			} else {
				applied++;
			}
			if (before.step == STEP_ENDED) assert_int_equal(result, SALE_OVER); /* the end is final */
			for (int s = 0; s < STEP_COUNT; s++)
				if (event.kind != EVENT_UNDONE) assert_true(sale.state.spent[s] >= before.spent[s]);
			if (result == SALE_APPLIED && sale_is_tick(event.kind)) {
				struct call_event back = {.at = event.at + 1, .kind = EVENT_UNDONE};
				struct sale undo = sale;
				assert_int_equal(sale_apply(&undo, &back), SALE_APPLIED);
				assert_memory_equal(&before, &undo.state, sizeof before); /* undo of the last tick restores what stood before */
				undone++;
			}
			hints_check(&sale.state);
		}
		sale_replay(&replayed, given, EVENTS);
		assert_memory_equal(&sale, &replayed, sizeof sale); /* replay equals the incremental */
		sale_replay(&replayed, sale.log, sale.n_log);
		assert_memory_equal(&sale, &replayed, sizeof sale); /* what stands alone makes the same */
		ended += sale.state.step == STEP_ENDED;
	}
	/* The stream is not vacuous. */
	assert_true(applied > 20000 && refused > 5000 && undone > 10000 && ended > 50 && ended < RUNS);
}

/* Whoever does only what is proposed, and tags a motive when asked to, comes to the end of the sale. */
static void sale_next__followed_always_leads_to_an_end(void **unused)
{
	struct rng rng;
	(void)unused;
	rng_init(&rng, 7);
	for (int run = 0; run < RUNS; run++) {
		int64_t at = 1;
		struct sale_hint hints[SALE_HINTS];
		book_make(&rng);
		sale_init(&sale);
		for (int i = 0; sale.state.step != STEP_ENDED; i++) {
			assert_true(i < 3 * ITEMS);
			assert_true(sale_next(&sale.state, &book, hints) > 0);
			struct call_event event = {.at = ++at, .item = hints[0].item, .value = hints[0].value};
			bool other = rng_below(&rng, 3) == 0;
			switch (hints[0].kind) {
			case HINT_BEGIN: event.kind = EVENT_BEGAN; break;
			case HINT_ITEM: event.kind = other ? EVENT_SKIPPED : EVENT_SAID; break;
			case HINT_STEP:
			case HINT_NO_POINT: event.kind = EVENT_STEP; break;
			case HINT_NO_MOTIVE:
				event.kind = hints[0].value ? EVENT_STEP : EVENT_MOTIVE_ON;
				if (!hints[0].value) event.value = (int64_t)rng_below(&rng, MOTIVE_COUNT);
				break;
			case HINT_OBJECTION: event.kind = EVENT_OBJECTION; break;
			case HINT_CONTRACT:
			case HINT_PAYMENT:
				event.kind = other ? EVENT_SKIPPED : hints[0].kind == HINT_PAYMENT ? EVENT_PAYMENT : EVENT_CONTRACT;
				break;
			case HINT_ALTERNATIVE:
				event.kind = EVENT_PLANNED;
				event.value = at + 86400000000;
				break;
			case HINT_END: event.kind = EVENT_ENDED; break;
			case HINT_NONE:
			case HINT_KINDS: fail();
			}
			assert_int_equal(sale_apply(&sale, &event), SALE_APPLIED);
			if (sale.state.step == STEP_MOTIVES && rng_below(&rng, 3) == 0) {
				struct call_event heard_one = {.at = ++at, .kind = EVENT_MOTIVE_ON, .value = (int64_t)rng_below(&rng, MOTIVE_COUNT)};
				sale_apply(&sale, &heard_one);
			}
		}
		assert_true(sale.state.outcome == OUTCOME_WON || sale.state.outcome == OUTCOME_NEXT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sale__keeps_its_laws),
		cmocka_unit_test(sale_next__followed_always_leads_to_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
