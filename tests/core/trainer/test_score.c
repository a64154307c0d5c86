#include "check.h"

#include "core/trainer/score.h"

enum { OPENER = 1, Q_OPEN = 2, Q_SPEC = 3, Q_DETAIL = 4, POINT_E = 5, POINT_P = 6, DEAR = 7, ANSWER = 8, ANSWER2 = 9, CLOSE = 10, CUT = 11, NO_CUT = 12, CASH = 13, SPIN_S = 14,
	SPIN_P = 15, SPIN_I = 16, SPIN_D = 17, STORY = 18, Q_MORE = 19 };

#define E MOTIVE_BIT(MOTIVE_ECONOMY)
#define P MOTIVE_BIT(MOTIVE_PRESTIGE)
static const struct playbook_item items[] = {
	{.id = OPENER, .kind = ITEM_OPENER},
	{.id = Q_OPEN, .kind = ITEM_QUESTION, .level = LEVEL_SITUATIONAL, .type = QUESTION_OPEN, .motives = E},
	{.id = Q_SPEC, .kind = ITEM_QUESTION, .level = LEVEL_SPECIFYING, .type = QUESTION_CLOSED, .motives = E},
	{.id = Q_DETAIL, .kind = ITEM_QUESTION, .level = LEVEL_DETAILING, .type = QUESTION_FOCUSED, .motives = E},
	{.id = Q_MORE, .kind = ITEM_QUESTION, .level = LEVEL_SITUATIONAL, .type = QUESTION_CLOSED, .motives = P},
	{.id = POINT_E, .kind = ITEM_POINT, .motives = E},
	{.id = POINT_P, .kind = ITEM_POINT, .motives = P},
	{.id = DEAR, .kind = ITEM_OBJECTION, .motives = E},
	{.id = ANSWER, .kind = ITEM_ANSWER, .objection = DEAR, .motives = E},
	{.id = ANSWER2, .kind = ITEM_ANSWER, .objection = DEAR, .motives = P},
	{.id = CLOSE, .kind = ITEM_CLOSE},
	{.id = CUT, .kind = ITEM_OBJECTION, .compliance = true},
	{.id = NO_CUT, .kind = ITEM_ANSWER, .objection = CUT},
	{.id = CASH, .kind = ITEM_INTEREST, .objection = DEAR, .motives = E},
	{.id = SPIN_S, .kind = ITEM_SPIN, .objection = DEAR, .level = LEVEL_SITUATION},
	{.id = SPIN_P, .kind = ITEM_SPIN, .objection = DEAR, .level = LEVEL_PROBLEM},
	{.id = SPIN_I, .kind = ITEM_SPIN, .objection = DEAR, .level = LEVEL_IMPLICATION},
	{.id = SPIN_D, .kind = ITEM_SPIN, .objection = DEAR, .level = LEVEL_DIRECT},
	{.id = STORY, .kind = ITEM_OPENER, .opener = OPENER_STORY},
};
static const struct playbook book = {.items = items, .n_items = sizeof items / sizeof *items};

static const struct option training[] = {{0, 0}, {-200, 900}}, term[] = {{0, 0}, {600, -100}}, price[] = {{0, 0}, {-500, 500}};
static const struct variable variables[] = {{training, 2, false}, {term, 2, false}, {price, 2, true}};
static const struct bargain bargain = {.variables = variables, .n = 3};
static const int64_t training_ids[] = {101, 102}, term_ids[] = {201, 202}, price_ids[] = {301, 302};
static const struct board_variable board_variables[] = {{100, training_ids}, {200, term_ids}, {300, price_ids}};
static const struct board board = {.bargain = &bargain, .variables = board_variables, .limit = -300};

static struct arena *arena;
static struct talk talk;
static struct score score;
static int64_t now;

static void begins(enum call_mode mode)
{
	talk_init(&talk);
	now = 1000;
	struct call_event event = {.seq = 1, .at = now, .kind = EVENT_BEGAN, .value = mode};
	assert_int_equal(talk_apply(&talk, &event), TALK_APPLIED);
}

static int64_t happens(enum call_event_kind kind, int64_t item, int64_t value, int64_t amount)
{
	struct call_event event = {.seq = talk.n_log + 1, .at = ++now, .item = item, .value = value, .amount = amount, .kind = kind};
	assert_int_equal(talk_apply(&talk, &event), TALK_APPLIED);
	return event.seq;
}
#define SAYS(item) happens(EVENT_SAID, item, 0, 0)
#define PART(item, part) happens(EVENT_OBJECTION_PART, item, playbook_part_value(part, METHOD_ARGUE), 0)

static const struct score_mark *scored(enum score_criterion criterion, const struct score_known *known)
{
	score_talk(&talk, known, arena, &score);
	for (int i = 0; i < score.n; i++)
		if (score.marks[i].criterion == criterion) return &score.marks[i];
	return NULL;
}

static const struct score_known plain = {.book = &book}, tabled = {.book = &book, .board = &board};

#define MARK(criterion, known) (scored(criterion, known)->mark)

static void sale_by_the_book(void)
{
	begins(MODE_SALE);
	SAYS(OPENER);
	SAYS(Q_OPEN);
	SAYS(Q_SPEC);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY, 0);
	SAYS(Q_DETAIL);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_PRESTIGE, 0);
	SAYS(POINT_E);
	SAYS(POINT_P);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	PART(ANSWER, PART_CLARIFY);
	PART(ANSWER, PART_AGREE);
	PART(ANSWER, PART_ARGUE);
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	SAYS(CLOSE);
	happens(EVENT_CONTRACT, 0, 100, 0);
	happens(EVENT_ENDED, 0, OUTCOME_WON, 0);
}

static void sale__by_the_book_is_five_throughout(void **state)
{
	(void)state;
	sale_by_the_book();
	score_talk(&talk, &plain, arena, &score);
	assert_int_equal(score.n, 6);
	for (int i = 0; i < score.n; i++) assert_int_equal(score.marks[i].mark, 5);
	assert_int_equal(score.tenths, 50);
	assert_false(score.failed || score.agreed);
}

static void contact__before_the_matter(void **state)
{
	(void)state;
	begins(MODE_SALE);
	int64_t first = SAYS(Q_OPEN);
	assert_int_equal(MARK(SCORE_CONTACT, &plain), 1);
	const struct score_mark *mark = scored(SCORE_CONTACT, &plain);
	assert_int_equal(mark->seq, first);
	assert_int_equal(mark->better.kind, HINT_ITEM); /* at that moment an opener was offered */
	assert_int_equal(mark->better.item, OPENER);
	SAYS(OPENER);
	assert_int_equal(MARK(SCORE_CONTACT, &plain), 3);
}

static void funnel__three_questions_through_three_levels(void **state)
{
	(void)state;
	begins(MODE_SALE);
	assert_int_equal(MARK(SCORE_FUNNEL, &plain), 1);
	SAYS(Q_SPEC);
	assert_int_equal(MARK(SCORE_FUNNEL, &plain), 2);
	SAYS(Q_MORE);
	assert_int_equal(MARK(SCORE_FUNNEL, &plain), 2);
	SAYS(Q_DETAIL);
	assert_int_equal(MARK(SCORE_FUNNEL, &plain), 4); /* three levels, none of them open */
	SAYS(Q_OPEN);
	assert_int_equal(MARK(SCORE_FUNNEL, &plain), 5);
}

static void motives__before_the_presentation_and_those_that_are_there(void **state)
{
	(void)state;
	begins(MODE_SALE);
	assert_int_equal(MARK(SCORE_MOTIVES, &plain), 1);
	int64_t point = SAYS(POINT_E);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY, 0);
	assert_int_equal(MARK(SCORE_MOTIVES, &plain), 2);
	assert_int_equal(scored(SCORE_MOTIVES, &plain)->seq, point);
	begins(MODE_SALE);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY, 0);
	SAYS(POINT_E);
	assert_int_equal(MARK(SCORE_MOTIVES, &plain), 4);
	struct score_known truth = {.book = &book, .motives = P};
	assert_int_equal(MARK(SCORE_MOTIVES, &truth), 3); /* it is not what he needs */
	truth.motives = E;
	assert_int_equal(MARK(SCORE_MOTIVES, &truth), 4);
}

static void presentation__only_on_what_was_found(void **state)
{
	(void)state;
	begins(MODE_SALE);
	assert_int_equal(MARK(SCORE_PRESENTATION, &plain), 1);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY, 0);
	SAYS(POINT_E);
	assert_int_equal(MARK(SCORE_PRESENTATION, &plain), 5);
	int64_t miss = SAYS(POINT_P);
	assert_int_equal(MARK(SCORE_PRESENTATION, &plain), 3);
	assert_int_equal(scored(SCORE_PRESENTATION, &plain)->seq, miss);
}

static void objections__by_the_algorithm(void **state)
{
	(void)state;
	begins(MODE_SALE);
	assert_null(scored(SCORE_OBJECTIONS, &plain)); /* nothing was objected */
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	PART(ANSWER, PART_ARGUE);
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_OBJECTIONS, &plain), 3);
	begins(MODE_SALE);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	PART(ANSWER, PART_AGREE);
	PART(ANSWER, PART_ARGUE);
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_OBJECTIONS, &plain), 4);
	begins(MODE_SALE);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	happens(EVENT_OBJECTION_LEFT, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_OBJECTIONS, &plain), 1);
	begins(MODE_SALE);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	PART(DEAR, METHOD_EVERYONE * 8 + PART_ARGUE); /* composed from the team's records: no answer of the playbook */
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_OBJECTIONS, &plain), 3);
}

static struct talk_hint better(enum score_criterion criterion, const struct score_known *known)
{
	return scored(criterion, known)->better;
}

static void better__is_of_the_criterion_itself(void **state)
{
	(void)state;
	begins(MODE_SALE);
	SAYS(Q_OPEN);
	SAYS(POINT_E);
	assert_int_equal(better(SCORE_FUNNEL, &plain).item, Q_SPEC); /* the level that was missing */
	assert_int_equal(better(SCORE_MOTIVES, &plain).item, Q_SPEC);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	PART(ANSWER, PART_CLARIFY);
	PART(ANSWER, PART_ARGUE);
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	struct talk_hint hint = better(SCORE_OBJECTIONS, &plain);
	assert_int_equal(hint.kind, HINT_OBJECTION);
	assert_int_equal(hint.item, DEAR);
	assert_int_equal(hint.value, 1 + PART_AGREE);
	begins(MODE_NEGOTIATION);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	assert_int_equal(better(SCORE_INTERESTS, &plain).item, SPIN_S);
	SAYS(SPIN_S);
	assert_int_equal(better(SCORE_INTERESTS, &plain).item, SPIN_P);
	PART(ANSWER, PART_ARGUE);
	assert_int_equal(better(SCORE_ARGUMENTS, &plain).item, ANSWER2); /* the second of two */
	assert_int_equal(better(SCORE_TRADE, &tabled).kind, HINT_OFFER);
}

/* A talk that was a sale until late has looked for motives, not for interests. */
static void interests__left_out_where_motives_were_found_and_nothing_was_said(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 1);
	happens(EVENT_MOTIVE_ON, 0, MOTIVE_ECONOMY, 0);
	assert_null(scored(SCORE_INTERESTS, &plain));
}

static void overrule__counts_in_the_score_and_keeps_its_caps(void **state)
{
	(void)state;
	struct score_known negotiation = {.book = &book, .mode = 1 + MODE_NEGOTIATION}, bribed = {.book = &book, .bribed = true};
	begins(MODE_SALE);
	SAYS(Q_OPEN);
	SAYS(CLOSE);
	score_talk(&talk, &plain, arena, &score);
	int before = score.tenths, was = MARK(SCORE_CONTACT, &plain);
	assert_true(score_overrule(&score, SCORE_CONTACT, was + 4));
	assert_int_equal(score.tenths, (20 * (before * score.n / 10 + 4) + score.n) / (2 * score.n));
	assert_true(score_overrule(&score, SCORE_CONTACT, was));
	assert_int_equal(score.tenths, before);
	assert_false(score_overrule(&score, SCORE_TRADE, 5)); /* a sale has no such thing */
	sale_by_the_book();
	score_talk(&talk, &negotiation, arena, &score);
	assert_int_equal(score.tenths, SCORE_WRONG);
	score_overrule(&score, SCORE_CONTACT, 5);
	assert_int_equal(score.tenths, SCORE_WRONG); /* still the other conversation */
	score_overrule(&score, SCORE_MODE, 5);
	assert_int_equal(score.tenths, 50);
	score_talk(&talk, &bribed, arena, &score);
	score_overrule(&score, SCORE_COMPLIANCE, 5);
	assert_int_equal(score.tenths, 10); /* that a cut was offered stays so */
}

static void names__there_and_back(void **state)
{
	(void)state;
	enum score_criterion found;
	for (int i = 0; i < SCORE_CRITERIA; i++) {
		assert_true(score_named(score_word((enum score_criterion)i), &found));
		assert_int_equal(found, i);
	}
	assert_false(score_named("charm", &found));
}

static void closing__proposed_agreed_or_not(void **state)
{
	(void)state;
	begins(MODE_SALE);
	assert_int_equal(MARK(SCORE_CLOSING, &plain), 1);
	happens(EVENT_PLANNED, 0, now + 5000, 0);
	assert_int_equal(MARK(SCORE_CLOSING, &plain), 2);
	SAYS(CLOSE);
	assert_int_equal(MARK(SCORE_CLOSING, &plain), 4);
	happens(EVENT_CONTRACT, 0, 1, 0);
	assert_int_equal(MARK(SCORE_CLOSING, &plain), 5);
	begins(MODE_SALE);
	SAYS(CLOSE);
	assert_int_equal(MARK(SCORE_CLOSING, &plain), 3);
}

static void person__what_is_about_him(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	SAYS(SPIN_S);
	assert_int_equal(MARK(SCORE_PERSON, &plain), 1);
	SAYS(OPENER);
	assert_int_equal(MARK(SCORE_PERSON, &plain), 4);
	struct score_known heard = {.book = &(struct playbook){.items = items, .n_items = book.n_items, .heard = (const int64_t[]){STORY}, .n_heard = 1}};
	assert_int_equal(MARK(SCORE_PERSON, &heard), 5); /* there was nothing new to tell */
	SAYS(STORY);
	assert_int_equal(MARK(SCORE_PERSON, &plain), 5);
}

static void interests__behind_each_position_by_spin(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 1);
	SAYS(SPIN_D); /* a direct question alone asks nothing */
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 1);
	SAYS(SPIN_S);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 1);
	int64_t problem = SAYS(SPIN_P);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 2);
	assert_int_equal(scored(SCORE_INTERESTS, &plain)->seq, problem);
	SAYS(SPIN_I);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 3);
	happens(EVENT_INTEREST_ON, CASH, DEAR, 0);
	assert_int_equal(MARK(SCORE_INTERESTS, &plain), 5);
	assert_int_equal(MARK(SCORE_JUSTIFICATION, &plain), 1);
	SAYS(POINT_E);
	assert_int_equal(MARK(SCORE_JUSTIFICATION, &plain), 5);
}

static void arguments__two_to_each(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	happens(EVENT_OBJECTION, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_ARGUMENTS, &plain), 1);
	PART(ANSWER, PART_ARGUE);
	assert_int_equal(MARK(SCORE_ARGUMENTS, &plain), 3);
	PART(ANSWER2, PART_ARGUE);
	assert_int_equal(MARK(SCORE_ARGUMENTS, &plain), 4);
	happens(EVENT_OBJECTION_CLOSED, DEAR, 0, 0);
	assert_int_equal(MARK(SCORE_ARGUMENTS, &plain), 5);
}

static void trade__nothing_for_nothing_price_last(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	assert_null(scored(SCORE_TRADE, &plain)); /* no table */
	assert_int_equal(MARK(SCORE_TRADE, &tabled), 1);
	happens(EVENT_PUT, 100, 102, -200);
	happens(EVENT_PUT, 200, 202, 600);
	happens(EVENT_OFFERED, 0, 0, 0);
	assert_int_equal(MARK(SCORE_TRADE, &tabled), 5);
	happens(EVENT_PUT, 300, 302, -500);
	int64_t gift = happens(EVENT_OFFERED, 0, 1, 0);
	assert_int_equal(MARK(SCORE_TRADE, &tabled), 4);
	assert_int_equal(scored(SCORE_TRADE, &tabled)->seq, gift);
	begins(MODE_NEGOTIATION);
	happens(EVENT_PUT, 300, 302, -500);
	happens(EVENT_PUT, 200, 202, 600);
	happens(EVENT_OFFERED, 0, 0, 0);
	assert_int_equal(MARK(SCORE_TRADE, &tabled), 2); /* price before what costs less */
}

static void package__what_was_left_on_the_table(void **state)
{
	(void)state;
	begins(MODE_NEGOTIATION);
	happens(EVENT_PUT, 100, 102, -200);
	happens(EVENT_PUT, 200, 202, 600);
	happens(EVENT_OFFERED, 0, 0, 0);
	assert_null(scored(SCORE_PACKAGE, &tabled)); /* not agreed yet */
	happens(EVENT_CONTRACT, 0, 1, 0);
	assert_int_equal(MARK(SCORE_PACKAGE, &tabled), 5);
	assert_true(score.agreed && score.left == 0);
	begins(MODE_NEGOTIATION);
	happens(EVENT_PUT, 300, 302, -500);
	happens(EVENT_PUT, 200, 202, 600);
	happens(EVENT_OFFERED, 0, 0, 0);
	happens(EVENT_CONTRACT, 0, 1, 0);
	assert_int_equal(MARK(SCORE_PACKAGE, &tabled), 1);
	/* 100 for us and 400 for them; training and the two years are 400 and 800. */
	assert_int_equal(score.left, 300);
	assert_int_equal(score.best.choice[0], 1);
	assert_int_equal(score.best.choice[1], 1);
	assert_int_equal(score.best.choice[2], 0);
	begins(MODE_NEGOTIATION);
	happens(EVENT_PUT, 300, 302, -500);
	happens(EVENT_OFFERED, 0, 1, 0);
	happens(EVENT_CONTRACT, 0, 1, 0);
	assert_int_equal(MARK(SCORE_PACKAGE, &tabled), 1); /* below the limit */
}

static void mode__the_one_that_it_was(void **state)
{
	(void)state;
	struct score_known negotiation = {.book = &book, .mode = 1 + MODE_NEGOTIATION}, sale = {.book = &book, .mode = 1 + MODE_SALE};
	sale_by_the_book();
	assert_null(scored(SCORE_MODE, &plain)); /* nobody knows, nothing was proposed */
	assert_int_equal(MARK(SCORE_MODE, &negotiation), 1);
	assert_int_equal(score.tenths, SCORE_WRONG); /* by the book, and the wrong book */
	assert_int_equal(MARK(SCORE_MODE, &sale), 5);
	assert_int_equal(score.tenths, 50);
	begins(MODE_SALE);
	happens(EVENT_MODE_PROPOSED, 0, MODE_NEGOTIATION, 0);
	assert_int_equal(MARK(SCORE_MODE, &plain), 2);
	happens(EVENT_MODE_ACCEPTED, 0, 0, 0);
	assert_int_equal(MARK(SCORE_MODE, &plain), 5);
	assert_int_equal(MARK(SCORE_MODE, &negotiation), 1);
	SAYS(SPIN_S);
	assert_int_equal(MARK(SCORE_MODE, &negotiation), 3);
}

static void compliance__refused_heard_or_offered(void **state)
{
	(void)state;
	struct score_known bribed = {.book = &book, .bribed = true};
	begins(MODE_NEGOTIATION);
	assert_null(scored(SCORE_COMPLIANCE, &plain));
	happens(EVENT_OBJECTION, CUT, 0, 0);
	assert_int_equal(MARK(SCORE_COMPLIANCE, &plain), 2);
	PART(NO_CUT, PART_ARGUE);
	assert_int_equal(MARK(SCORE_COMPLIANCE, &plain), 5);
	assert_int_equal(MARK(SCORE_COMPLIANCE, &bribed), 1);
	assert_true(score.failed);
	assert_int_equal(score.tenths, 10);
}

static void score__nothing_happened(void **state)
{
	(void)state;
	talk_init(&talk);
	score_talk(&talk, &plain, arena, &score);
	assert_int_equal(score.n, 0);
	assert_int_equal(score.tenths, 0);
}

int main(void)
{
	arena = arena_new((size_t)1 << 28);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sale__by_the_book_is_five_throughout),
		cmocka_unit_test(contact__before_the_matter),
		cmocka_unit_test(funnel__three_questions_through_three_levels),
		cmocka_unit_test(motives__before_the_presentation_and_those_that_are_there),
		cmocka_unit_test(presentation__only_on_what_was_found),
		cmocka_unit_test(objections__by_the_algorithm),
		cmocka_unit_test(better__is_of_the_criterion_itself),
		cmocka_unit_test(interests__left_out_where_motives_were_found_and_nothing_was_said),
		cmocka_unit_test(overrule__counts_in_the_score_and_keeps_its_caps),
		cmocka_unit_test(names__there_and_back),
		cmocka_unit_test(closing__proposed_agreed_or_not),
		cmocka_unit_test(person__what_is_about_him),
		cmocka_unit_test(interests__behind_each_position_by_spin),
		cmocka_unit_test(arguments__two_to_each),
		cmocka_unit_test(trade__nothing_for_nothing_price_last),
		cmocka_unit_test(package__what_was_left_on_the_table),
		cmocka_unit_test(mode__the_one_that_it_was),
		cmocka_unit_test(compliance__refused_heard_or_offered),
		cmocka_unit_test(score__nothing_happened),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
