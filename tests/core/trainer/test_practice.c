#include "check.h"

#include <string.h>

#include "app/practice_file.h"
#include "core/trainer/drill.h"

/* On the scenarios as they are. */
static struct arena *arena;
static struct practice practice;
static struct acts reply;
static const struct practice_file *file;
static int64_t now;

static void begins(const char *scenario, uint64_t seed)
{
	now = 1000;
	file = practice_file_load(arena, scenario);
	practice_make(&practice, &file->scenario, &file->book, seed, arena);
	assert_int_equal(practice_event(&practice, EVENT_BEGAN, 0, file->scenario.mode, now, &reply), TALK_APPLIED);
	assert_true(reply.n >= 1);
	assert_int_equal(reply.acts[0].kind, ACT_GREETS);
}

static enum talk_result happens(enum call_event_kind kind, int64_t item, int64_t value)
{
	return practice_event(&practice, kind, item, value, ++now, &reply);
}

static int64_t first(enum item_kind kind)
{
	for (int i = 0; i < file->book.n_items; i++)
		if (file->book.items[i].kind == kind) return file->book.items[i].id;
	fail_msg("no item of kind %d", kind);
	return 0;
}

static int64_t answer_to(int64_t objection)
{
	for (int i = 0; i < file->book.n_items; i++)
		if (file->book.items[i].kind == ITEM_ANSWER && file->book.items[i].objection == objection) return file->book.items[i].id;
	return 0;
}

static const struct call_event *last(enum call_event_kind kind)
{
	for (int i = practice.talk.n_log - 1; i >= 0; i--)
		if (practice.talk.log[i].kind == kind) return &practice.talk.log[i];
	return NULL;
}

static void practice_event__a_tick_is_silent_and_a_card_is_answered(void **state)
{
	(void)state;
	begins("mall_card", 1);
	assert_int_equal(happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY), TALK_APPLIED);
	assert_int_equal(reply.n, 0);
	assert_int_equal(happens(EVENT_SAID, first(ITEM_OPENER), 0), TALK_APPLIED);
	assert_true(reply.n >= 1);
	assert_int_equal(happens(EVENT_SAID, first(ITEM_OPENER), 0), TALK_SAME); /* not twice, and the client hears it once */
	assert_int_equal(reply.n, 0);
	assert_int_equal(practice.partner.moves, 1);
	assert_int_equal(happens(EVENT_SAID, first(ITEM_PREPARATION), 0), TALK_APPLIED);
	assert_int_equal(practice.partner.moves, 1); /* that is not said to anybody */
}

static void practice_event__what_the_client_does_is_entered(void **state)
{
	(void)state;
	begins("service_contract", 1);
	happens(EVENT_STEP, 0, STEP_MOTIVES);
	for (int i = 0; i < file->book.n_items && !last(EVENT_OBJECTION); i++)
		if (file->book.items[i].kind == ITEM_TERM) happens(EVENT_SAID, file->book.items[i].id, 0);
	const struct call_event *objection = last(EVENT_OBJECTION);
	assert_non_null(objection);
	assert_int_equal(objection->item, practice.partner.in_hand);
	assert_non_null(last(EVENT_ANSWERED));
	/* Whatever is answered, it ends closed or left, as the client takes it. */
	int64_t answer = answer_to(objection->item), position = objection->item;
	assert_int_equal(happens(EVENT_OBJECTION_PART, answer, playbook_part_value(PART_CLARIFY, METHOD_ARGUE)), TALK_APPLIED);
	assert_int_equal(happens(EVENT_OBJECTION_PART, answer, playbook_part_value(PART_ARGUE, METHOD_ARGUE)), TALK_APPLIED);
	bool held = false;
	for (int i = 0; i < reply.n; i++) held |= reply.acts[i].kind == ACT_TAKES;
	assert_true((last(EVENT_OBJECTION_CLOSED) != NULL) == held);
	if (!held) {
		happens(EVENT_SAID, first(ITEM_POINT), 0);
		assert_int_equal(last(EVENT_OBJECTION_LEFT)->item, position);
	}
}

static void practice_event__no_contract_and_no_payment_without_the_client(void **state)
{
	(void)state;
	begins("mall_card", 1);
	practice.partner.persona.wish = -6.0;
	assert_int_equal(happens(EVENT_CONTRACT, 0, 30000), TALK_ORDER);
	assert_true(reply.n >= 1); /* he was asked, and said what he thinks */
	assert_int_equal(practice.talk.state.contract_at, 0);
	begins("mall_card", 2);
	practice.partner.persona.wish = 6.0;
	practice.partner.short_of_money = false;
	practice.partner.objections = PARTNER_OBJECTIONS;
	practice.partner.character = CHARACTER_FRIENDLY;
	for (int i = 0; i < 3 && practice.partner.end != PARTNER_SIGNED; i++) happens(EVENT_CONTRACT, 0, 30000);
	assert_int_equal(practice.partner.end, PARTNER_SIGNED);
	assert_true(practice.talk.state.contract_at != 0 && practice_won(&practice));
	assert_int_equal(happens(EVENT_PAYMENT, 0, 30000), TALK_APPLIED);
	assert_true(practice.partner.paid && practice.talk.state.paid_at != 0);
}

static void practice_event__an_offer_below_the_limit_is_not_made(void **state)
{
	(void)state;
	begins("crm_three", 1);
	const struct board *board = file->scenario.board;
	int heard = practice.partner.haggle.heard;
	for (int v = 0; v < board->bargain->n; v++) {
		int worst = 0;
		for (int o = 1; o < board->bargain->variables[v].n; o++)
			if (board->bargain->variables[v].options[o].ours < board->bargain->variables[v].options[worst].ours) worst = o;
		if (worst != board->start.choice[v]) {
			assert_int_equal(happens(EVENT_PUT, board->variables[v].id, board->variables[v].options[worst]), TALK_APPLIED);
			assert_int_equal(last(EVENT_PUT)->amount, board->bargain->variables[v].options[worst].ours - board->bargain->variables[v].options[board->start.choice[v]].ours);
		}
	}
	assert_int_equal(happens(EVENT_OFFERED, 0, 1), TALK_BELOW_LIMIT);
	assert_int_equal(reply.n, 0);
	assert_int_equal(practice.partner.haggle.heard, heard);
	assert_null(last(EVENT_OFFERED));
}

static void practice_event__an_offer_is_answered_and_what_he_asks_waits_at_the_table(void **state)
{
	(void)state;
	begins("crm_three", 1);
	const struct board *board = file->scenario.board;
	assert_int_equal(happens(EVENT_PUT, board->variables[1].id, board->variables[1].options[1]), TALK_APPLIED);
	assert_int_equal(happens(EVENT_OFFERED, 0, 0), TALK_NO_RETURN); /* in return for what? */
	assert_int_equal(reply.n, 0);
	assert_int_equal(happens(EVENT_PUT, board->variables[5].id, board->variables[5].options[1]), TALK_APPLIED);
	assert_int_equal(happens(EVENT_OFFERED, 0, 0), TALK_APPLIED);
	assert_int_equal(practice.partner.haggle.heard, 1);
	const struct call_event *asked = last(EVENT_ASKED);
	assert_non_null(asked);
	int v, o;
	assert_true(board_find(board, asked->item, asked->value, &v, &o));
	struct package stands = board_stands(board, &practice.talk.state);
	assert_int_equal(asked->amount, board->bargain->variables[v].options[o].ours - board->bargain->variables[v].options[stands.choice[v]].ours);
}

static void practice_says__own_words_become_the_nearest_card(void **state)
{
	(void)state;
	begins("mall_card", 3);
	struct move move = {.kind = MOVE_QUESTION, .level = LEVEL_SPECIFYING, .type = QUESTION_CLOSED, .motives = MOTIVE_BIT(MOTIVE_COMFORT)};
	assert_int_equal(practice_says(&practice, move, ++now, &reply), TALK_APPLIED);
	const struct call_event *said = last(EVENT_SAID);
	assert_non_null(said);
	struct move card = practice_card(&file->book, said->item);
	assert_int_equal(card.kind, MOVE_QUESTION);
	assert_int_equal(card.level, LEVEL_SPECIFYING);
	assert_true(card.motives & MOTIVE_BIT(MOTIVE_COMFORT));
	int64_t one = said->item;
	practice_says(&practice, move, ++now, &reply);
	assert_true(last(EVENT_SAID)->item != one); /* not said twice: the next nearest */
	practice_says(&practice, (struct move){.kind = MOVE_PRESSURE}, ++now, &reply);
	assert_int_equal(practice.talk.log[practice.talk.n_log - 1].kind, EVENT_NOTE); /* there is no card for that */
	assert_int_equal(reply.acts[0].kind, ACT_ANNOYED);
}

static void practice_says__own_words_to_an_objection_are_its_part(void **state)
{
	(void)state;
	begins("mall_card", 3);
	int64_t objection = first(ITEM_OBJECTION);
	practice.partner.in_hand = objection;
	practice.partner.steps = 1;
	struct call_event event = {.at = ++now, .kind = EVENT_OBJECTION, .item = objection};
	assert_int_equal(talk_apply(&practice.talk, &event), TALK_APPLIED);
	practice_says(&practice, (struct move){.kind = MOVE_CLARIFY}, ++now, &reply);
	assert_int_equal(last(EVENT_OBJECTION_PART)->value % 8, PART_CLARIFY);
	practice_says(&practice, (struct move){.kind = MOVE_AGREE_OPINION}, ++now, &reply);
	assert_int_equal(last(EVENT_OBJECTION_PART)->value % 8, PART_AGREE);
	practice_says(&practice, (struct move){.kind = MOVE_ARGUE, .motives = MOTIVE_ALL}, ++now, &reply);
	assert_int_equal(last(EVENT_OBJECTION_PART)->value % 8, PART_ARGUE);
}

static void practice_event__what_was_left_standing_can_be_come_back_to(void **state)
{
	(void)state;
	begins("service_contract", 1);
	happens(EVENT_STEP, 0, STEP_MOTIVES);
	for (int i = 0; i < file->book.n_items && !last(EVENT_OBJECTION); i++)
		if (file->book.items[i].kind == ITEM_TERM) happens(EVENT_SAID, file->book.items[i].id, 0);
	int64_t position = last(EVENT_OBJECTION)->item;
	happens(EVENT_SAID, first(ITEM_POINT), 0);
	assert_int_equal(last(EVENT_OBJECTION_LEFT)->item, position);
	assert_int_equal(practice.partner.in_hand, 0);
	int moves = practice.partner.moves;
	assert_int_equal(happens(EVENT_OBJECTION, position, 0), TALK_APPLIED);
	assert_int_equal(practice.partner.in_hand, position);
	assert_int_equal(reply.n, 0); /* nothing was said by it, and it costs nothing */
	assert_int_equal(practice.partner.moves, moves);
	happens(EVENT_OBJECTION_PART, answer_to(position), playbook_part_value(PART_ARGUE, METHOD_ARGUE));
	assert_true(reply.acts[0].kind == ACT_TAKES || reply.acts[0].kind == ACT_STANDS); /* he knows what it is about */
	/* Not one that he never raised. */
	begins("mall_card", 1);
	happens(EVENT_OBJECTION, first(ITEM_OBJECTION), 0);
	assert_int_equal(practice.partner.in_hand, 0);
}

static struct talk drilled(const char *scenario, uint64_t seed, enum call_mode mode, bool *ret_won)
{
	file = practice_file_load(arena, scenario);
	practice_make(&practice, &file->scenario, &file->book, seed, arena);
	*ret_won = drill_run(&practice, mode, 5000, arena, NULL, NULL);
	return practice.talk;
}

static void drill_run__the_same_seed_is_the_same_talk_and_it_ends(void **state)
{
	(void)state;
	for (int f = 0; f < scenario_files_count; f++)
		for (uint64_t seed = 1; seed <= 10; seed++)
			for (int mode = MODE_SALE; mode <= MODE_NEGOTIATION; mode++) {
				bool one_won, other_won;
				static struct talk one, other;
				one = drilled(scenario_files[f].name, seed, (enum call_mode)mode, &one_won);
				other = drilled(scenario_files[f].name, seed, (enum call_mode)mode, &other_won);
				assert_int_equal(one_won, other_won);
				assert_int_equal(one.n_log, other.n_log);
				for (int i = 0; i < one.n_log; i++) {
					const struct call_event *a = &one.log[i], *b = &other.log[i];
					assert_true(a->seq == b->seq && a->at == b->at && a->kind == b->kind && a->item == b->item && a->value == b->value && a->amount == b->amount);
				}
				assert_true(one.state.ended_at != 0 && talk_sound(&one.state));
				assert_true(one_won == (one.state.outcome == OUTCOME_WON));
				assert_true(practice.partner.end != PARTNER_BROKEN);
			}
}

int main(void)
{
	arena = arena_new((size_t)1 << 30);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(practice_event__a_tick_is_silent_and_a_card_is_answered),
		cmocka_unit_test(practice_event__what_the_client_does_is_entered),
		cmocka_unit_test(practice_event__no_contract_and_no_payment_without_the_client),
		cmocka_unit_test(practice_event__an_offer_below_the_limit_is_not_made),
		cmocka_unit_test(practice_event__an_offer_is_answered_and_what_he_asks_waits_at_the_table),
		cmocka_unit_test(practice_says__own_words_become_the_nearest_card),
		cmocka_unit_test(practice_says__own_words_to_an_objection_are_its_part),
		cmocka_unit_test(practice_event__what_was_left_standing_can_be_come_back_to),
		cmocka_unit_test(drill_run__the_same_seed_is_the_same_talk_and_it_ends),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
