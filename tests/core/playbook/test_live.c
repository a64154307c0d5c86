#include "check.h"

#include <string.h>

#include "base/rng.h"
#include "core/playbook/live.h"

#define SIGNAL(index) (900 + (index))

static double storage[BELIEF_DOUBLES(EVIDENCE_BUILTIN)];
static struct belief belief;
static struct live_signal signals[EVIDENCE_BUILTIN];
static struct live_known known;
static struct live live;
static int64_t at;

static void call_of(bool b2b, bool second)
{
	belief_init(&belief, evidence_builtin, EVIDENCE_BUILTIN, EVIDENCE_BUILTIN, storage);
	known = (struct live_known){.belief = &belief, .defs = evidence_builtin, .signals = signals, .wish_sell = ADVISE_WISH_SELL};
	for (int i = EVIDENCE_ASKED_CONTRACT; i <= EVIDENCE_NO_NEED; i++) signals[known.n_signals++] = (struct live_signal){SIGNAL(i), i};
	evidence_init(&known.before, EVIDENCE_BUILTIN);
	evidence_set(&known.before, evidence_builtin, EVIDENCE_B2B, b2b);
	evidence_set(&known.before, evidence_builtin, EVIDENCE_SECOND_CALL, second);
	live_init(&live, &known);
	at = INT64_C(1790000000000000);
}

static void happens(enum call_event_kind kind, int64_t item, int64_t value)
{
	struct call_event event = {.at = at += 1000000, .kind = kind, .item = item, .value = value};
	assert_int_equal(live_apply(&live, &event), TALK_APPLIED);
}

static void live_apply__proposes_the_other_mode_when_the_wishes_cross(void **state)
{
	(void)state;
	call_of(false, false);
	assert_int_equal(live_advised(&live), MODE_SALE);
	happens(EVENT_BEGAN, 0, MODE_SALE);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_ASKED_CONTRACT), 0);
	assert_int_equal(live.propose, 0);                   /* 53: not yet */
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_NAMED_DEADLINE), 0);
	assert_int_equal(live.propose, 1 + MODE_NEGOTIATION); /* 73 ≥ 65 */
	happens(EVENT_MODE_PROPOSED, 0, MODE_NEGOTIATION);
	assert_int_equal(live.propose, 0);                   /* once */
	happens(EVENT_MODE_ACCEPTED, 0, 0);
	assert_int_equal(live.talk.state.mode, MODE_NEGOTIATION);
	assert_int_equal(live.propose, 0);
	happens(EVENT_SIGNAL_OFF, SIGNAL(EVIDENCE_ASKED_CONTRACT), 0);
	assert_int_equal(live.propose, 1 + MODE_SALE);        /* C1: in either direction */
}

static void live_proposed__stands_only_while_the_advice_does(void **state)
{
	(void)state;
	call_of(false, false);
	happens(EVENT_BEGAN, 0, MODE_SALE);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_ASKED_CONTRACT), 0);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_NAMED_DEADLINE), 0);
	happens(EVENT_MODE_PROPOSED, 0, MODE_NEGOTIATION);
	assert_int_equal(live_proposed(&live), 1 + MODE_NEGOTIATION);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_NO_NEED), 0);
	assert_int_equal(live_proposed(&live), 0);
	assert_int_equal(live.propose, 0);
	happens(EVENT_SIGNAL_OFF, SIGNAL(EVIDENCE_NO_NEED), 0);
	assert_int_equal(live_proposed(&live), 1 + MODE_NEGOTIATION);
}

static void live_apply__does_not_insist_when_the_mode_was_kept(void **state)
{
	(void)state;
	call_of(false, false);
	happens(EVENT_BEGAN, 0, MODE_SALE);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_ASKED_CONTRACT), 0);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_NAMED_DEADLINE), 0);
	happens(EVENT_MODE_PROPOSED, 0, MODE_NEGOTIATION);
	happens(EVENT_MODE_KEPT, 0, 0);
	assert_int_equal(live.propose, 0);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY);
	assert_int_equal(live.propose, 0);
	happens(EVENT_SIGNAL_ON, SIGNAL(EVIDENCE_COMPARES_SUPPLIERS), 0); /* the case has grown */
	assert_int_equal(live.propose, 1 + MODE_NEGOTIATION);
}

static void live_apply__a_signal_of_an_earlier_call_can_be_taken_off(void **state)
{
	(void)state;
	call_of(true, true);
	evidence_set(&known.before, evidence_builtin, EVIDENCE_HAS_BUDGET, 1);
	live_init(&live, &known);
	double wish = live.advice.wish_buy;
	happens(EVENT_BEGAN, 0, MODE_NEGOTIATION);
	happens(EVENT_SIGNAL_OFF, SIGNAL(EVIDENCE_HAS_BUDGET), 0);
	assert_true(live.advice.wish_buy < wish - 5);
	happens(EVENT_UNDONE, 0, 0);
	assert_true(live.advice.wish_buy == wish);
}

static void live_apply__an_objection_left_lowers_the_wish(void **state)
{
	(void)state;
	call_of(true, false);
	happens(EVENT_BEGAN, 0, MODE_SALE);
	double wish = live.advice.wish_buy;
	happens(EVENT_OBJECTION, 61, 0);
	assert_true(live.advice.wish_buy == wish); /* in hand: not yet unanswered */
	happens(EVENT_OBJECTION_LEFT, 61, 0);
	assert_true(live.advice.wish_buy < wish - 10);
	happens(EVENT_OBJECTION, 61, 0);
	happens(EVENT_OBJECTION_PART, 71, playbook_part_value(PART_ARGUE, METHOD_ARGUE));
	happens(EVENT_OBJECTION_CLOSED, 61, 0);
	assert_true(live.advice.wish_buy == wish);
}

/* Undo restores the advice, the watch and the proposal too; replay gives the same. */
static void live__keeps_its_laws(void **state)
{
	static struct live replayed;
	struct rng rng;
	int undone = 0, proposed = 0;
	(void)state;
	rng_init(&rng, 3);
	for (int run = 0; run < 150; run++) {
		call_of(rng_below(&rng, 2), rng_below(&rng, 2));
		happens(EVENT_BEGAN, 0, live_advised(&live));
		for (int i = 0; i < 60; i++) {
			static const enum call_event_kind kinds[] = {EVENT_SIGNAL_ON, EVENT_SIGNAL_ON, EVENT_SIGNAL_OFF, EVENT_MODE_KEPT, EVENT_MODE_ACCEPTED,
				EVENT_MODE_SET, EVENT_OBJECTION, EVENT_OBJECTION_LEFT, EVENT_NOTE, EVENT_UNDONE, EVENT_MOTIVE_ON};
			struct call_event event = {.at = at += 1000000, .value = (int64_t)rng_below(&rng, 2)};
			event.kind = kinds[rng_below(&rng, sizeof kinds / sizeof *kinds)];
			event.item = event.kind == EVENT_OBJECTION || event.kind == EVENT_OBJECTION_LEFT
				? 61 : SIGNAL(EVIDENCE_ASKED_CONTRACT + (int)rng_below(&rng, 9));
			if (live.propose != 0) {
				event.kind = EVENT_MODE_PROPOSED;
				event.value = live.propose - 1;
				proposed++;
			}
			struct live before = live;
			if (live_apply(&live, &event) != TALK_APPLIED) continue;
			if (talk_is_tick(event.kind)) {
				struct call_event back = {.at = at, .kind = EVENT_UNDONE};
				struct live undo = live;
				assert_int_equal(live_apply(&undo, &back), TALK_APPLIED);
				assert_memory_equal(&undo.talk, &before.talk, sizeof before.talk);
				assert_true(undo.propose == before.propose && undo.advice.z == before.advice.z);
				assert_true(undo.watch.running == before.watch.running && undo.watch.kept == before.watch.kept &&
					    undo.watch.kept_z == before.watch.kept_z);
				undone++;
			}
		}
		live_init(&replayed, &known);
		for (int i = 0; i < live.talk.n_log; i++) assert_int_equal(live_apply(&replayed, &live.talk.log[i]), TALK_APPLIED);
		assert_memory_equal(&replayed.talk, &live.talk, sizeof live.talk);
		assert_true(replayed.propose == live.propose && replayed.advice.z == live.advice.z);
	}
	assert_true(undone > 1000 && proposed > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(live_apply__proposes_the_other_mode_when_the_wishes_cross),
		cmocka_unit_test(live_proposed__stands_only_while_the_advice_does),
		cmocka_unit_test(live_apply__does_not_insist_when_the_mode_was_kept),
		cmocka_unit_test(live_apply__a_signal_of_an_earlier_call_can_be_taken_off),
		cmocka_unit_test(live_apply__an_objection_left_lowers_the_wish),
		cmocka_unit_test(live__keeps_its_laws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
