/* The laws of a sale, on random events: most of them sensible, some senseless, as fingers and networks are. */
#include "check.h"

#include <string.h>

#include "base/rng.h"
#include "core/playbook/talk.h"

#define RUNS 400
#define EVENTS 220
#define ITEMS 60
#define TERMS 4

static struct playbook_item items[ITEMS];
static int64_t heard[8];
static const struct playbook_term terms[TERMS] = {{900, 1, 0}, {901, 1, 2}, {902, 1, 0}, {903, 2, 0}};
static struct playbook book = {.items = items, .n_items = ITEMS, .heard = heard, .terms = terms, .n_terms = TERMS};

static void book_make(struct rng *rng)
{
	book.n_heard = 0;
	memset(items, 0, sizeof items);
	for (int i = 0; i < ITEMS; i++) {
		items[i].id = 100 + i;
		items[i].kind = (enum item_kind)rng_below(rng, ITEM_KINDS);
		items[i].level = (enum question_level)rng_below(rng, LEVEL_DIRECT + 1);
		items[i].opener = (enum opener_kind)rng_below(rng, OPENER_ASSOCIATION + 1);
		items[i].compliance = rng_below(rng, 10) == 0;
		if (rng_below(rng, 2)) items[i].objection = 100 + (int64_t)rng_below(rng, ITEMS);
		items[i].close = (enum close_kind)rng_below(rng, 3);
		items[i].motives = (uint32_t)rng_below(rng, MOTIVE_ALL + 1);
		items[i].order = (int32_t)rng_below(rng, 5);
		if (items[i].kind == ITEM_OPENER && book.n_heard < 8 && rng_below(rng, 3) == 0) heard[book.n_heard++] = items[i].id;
	}
}

/* Half of the time what is proposed is done; else anything at all. */
static struct call_event event_make(struct rng *rng, const struct talk_state *state, int64_t at)
{
	struct call_event event = {.at = at + rng_between(rng, -2000000, 9000000), .item = 100 + (int64_t)rng_below(rng, ITEMS + 2)};
	event.kind = (enum call_event_kind)rng_below(rng, EVENT_KINDS + 1);
	event.value = rng_between(rng, -1, 8);
	if (event.kind == EVENT_ENDED && rng_below(rng, 12) != 0) event.kind = EVENT_UNDONE;
	if (rng_below(rng, 8) == 0) event.item = 0;
	if (event.kind >= EVENT_ASKED && event.kind <= EVENT_PUT) event.item = 900 + (int64_t)rng_below(rng, TERMS);
	event.amount = rng_between(rng, -500, 500);
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

static void hints_check(const struct talk_state *state)
{
	struct talk_hint hints[TALK_HINTS];
	int n = talk_next(state, &book, hints);
	assert_true(n >= 0 && n <= TALK_HINTS);
	assert_int_equal(n == 0, state->step == STEP_ENDED); /* while a call runs there is always something to do */
	for (int i = 0; i < n; i++) {
		if (hints[i].kind != HINT_ITEM) continue;
		const struct playbook_item *item = item_of(hints[i].item);
		assert_non_null(item);
		for (int j = 0; j < state->n_said; j++) assert_true(state->said[j].item != item->id);
		for (int j = 0; j < i; j++) assert_false(hints[j].kind == HINT_ITEM && hints[j].item == item->id);
		if (item->kind == ITEM_OPENER)
			for (int j = 0; j < book.n_heard; j++) assert_true(book.heard[j] != item->id);
		if (item->kind == ITEM_POINT) assert_true((item->motives & talk_wanted(state, &book)) != 0);
	}
}

static struct talk talk, replayed;
static struct call_event given[EVENTS];

static void talk__keeps_its_laws(void **unused)
{
	struct rng rng;
	int applied = 0, refused = 0, undone = 0, ended = 0;
	(void)unused;
	rng_init(&rng, 20261125);
	for (int run = 0; run < RUNS; run++) {
		int64_t at = INT64_C(1790000000000000);
		book_make(&rng);
		talk_init(&talk);
		for (int i = 0; i < EVENTS; i++) {
			struct talk_state before = talk.state;
			struct call_event event = given[i] = event_make(&rng, &talk.state, at);
			if (event.at > at) at = event.at;
			enum talk_result result = talk_apply(&talk, &event);
			assert_true(talk_sound(&talk.state));
			if (result != TALK_APPLIED) {
				refused++;
				assert_memory_equal(&before, &talk.state, sizeof before); /* a refused event changes nothing */
			} else {
				applied++;
			}
			if (before.step == STEP_ENDED) assert_int_equal(result, TALK_OVER); /* the end is final */
			for (int s = 0; s < STEP_COUNT; s++)
				if (event.kind != EVENT_UNDONE) assert_true(talk.state.spent[s] >= before.spent[s]);
			if (result == TALK_APPLIED && talk_is_tick(event.kind)) {
				struct call_event back = {.at = event.at + 1, .kind = EVENT_UNDONE};
				struct talk undo = talk;
				assert_int_equal(talk_apply(&undo, &back), TALK_APPLIED);
				assert_memory_equal(&before, &undo.state, sizeof before); /* undo of the last tick restores what stood before */
				undone++;
			}
			hints_check(&talk.state);
		}
		talk_replay(&replayed, given, EVENTS);
		assert_memory_equal(&talk, &replayed, sizeof talk); /* replay equals the incremental */
		talk_replay(&replayed, talk.log, talk.n_log);
		assert_memory_equal(&talk, &replayed, sizeof talk); /* what stands alone makes the same */
		ended += talk.state.step == STEP_ENDED;
	}
	/* The stream is not vacuous. */
	assert_true(applied > 20000 && refused > 5000 && undone > 10000 && ended > 50 && ended < RUNS);
}

/* Whoever does only what is proposed, and tags a motive when asked to, comes to the end of the sale; and so does
 * whoever negotiates, answers what they ask with something given for something taken, for nothing, or with no, and finds an interest or asks on. */
static int64_t interest_of(int64_t position)
{
	for (int i = 0; i < ITEMS; i++)
		if (items[i].kind == ITEM_INTEREST && items[i].objection == position) return items[i].id;
	return 0;
}

static void talk_next__followed_always_leads_to_an_end(void **unused)
{
	struct rng rng;
	int trades = 0, returns = 0;
	(void)unused;
	rng_init(&rng, 7);
	for (int run = 0; run < RUNS; run++) {
		int64_t at = 1;
		struct talk_hint hints[TALK_HINTS];
		book_make(&rng);
		talk_init(&talk);
		for (int i = 0; talk.state.step != STEP_ENDED; i++) {
			assert_true(i < 5 * ITEMS);
			assert_true(talk_next(&talk.state, &book, hints) > 0);
			struct call_event event = {.at = ++at, .item = hints[0].item, .value = hints[0].value};
			bool other = rng_below(&rng, 3) == 0;
			switch (hints[0].kind) {
			case HINT_BEGIN:
				event.kind = EVENT_BEGAN;
				event.value = run % 2;
				break;
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
			case HINT_POSITION:
				event = (struct call_event){.at = at, .item = other ? 0 : interest_of(event.item), .value = other ? 0 : event.item,
					.kind = other ? EVENT_SKIPPED : EVENT_INTEREST_ON};
				break;
			case HINT_OFFER:
				event = (struct call_event){.at = at, .item = other ? 0 : 902, .value = other ? 0 : 3, .amount = rng_between(&rng, -2, 2), .kind = other ? EVENT_SKIPPED : EVENT_PUT};
				break;
			case HINT_TRADE:
				event.kind = other ? EVENT_DECLINED : EVENT_PUT;
				event.amount = -5;
				trades++;
				break;
			case HINT_RETURN:
				event = other ? (struct call_event){.at = at, .value = 1, .kind = EVENT_OFFERED} : (struct call_event){.at = at, .item = 903, .value = 7 + at, .amount = 6, .kind = EVENT_PUT};
				returns++;
				break;
			case HINT_SAY_OFFER: event.kind = EVENT_OFFERED; event.value = 0; break;
			case HINT_NONE:
			case HINT_KINDS: fail();
			}
			if (talk_apply(&talk, &event) != TALK_APPLIED) fail_msg("hint %d, event %d %lld %lld", (int)hints[0].kind, (int)event.kind, (long long)event.item, (long long)event.value);
			if (hints[0].kind == HINT_OBJECTION) { /* what is raised is answered */
				const struct call_event answers[] = {
					{.at = ++at, .kind = EVENT_OBJECTION_PART, .item = 1, .value = PART_ARGUE}, {.at = ++at, .kind = EVENT_OBJECTION_CLOSED, .item = event.item},
				};
				for (size_t j = 0; j < sizeof answers / sizeof *answers; j++) assert_int_equal(talk_apply(&talk, &answers[j]), TALK_APPLIED);
			}
			if (talk.state.step == STEP_MOTIVES && rng_below(&rng, 3) == 0) {
				struct call_event heard_one = {.at = ++at, .kind = EVENT_MOTIVE_ON, .value = (int64_t)rng_below(&rng, MOTIVE_COUNT)};
				talk_apply(&talk, &heard_one);
			}
			if (talk.state.mode != MODE_NEGOTIATION || i > ITEMS || rng_below(&rng, 4) != 0) continue;
			int64_t objection = 100 + (int64_t)rng_below(&rng, ITEMS);
			const struct call_event theirs[] = {
				{.at = ++at, .kind = EVENT_ASKED, .item = 900 + (int64_t)rng_below(&rng, TERMS), .value = 1 + (int64_t)rng_below(&rng, 4)},
				{.at = ++at, .kind = EVENT_OBJECTION, .item = objection}, {.at = ++at, .kind = EVENT_OBJECTION_LEFT, .item = objection},
			};
			for (size_t j = 0; j < sizeof theirs / sizeof *theirs; j++) talk_apply(&talk, &theirs[j]);
		}
		assert_true(talk.state.outcome == OUTCOME_WON || talk.state.outcome == OUTCOME_NEXT);
	}
	assert_true(trades > RUNS / 8 && returns > RUNS / 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talk__keeps_its_laws),
		cmocka_unit_test(talk_next__followed_always_leads_to_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
