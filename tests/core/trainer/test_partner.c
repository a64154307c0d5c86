#include "check.h"

#include <math.h>

#include "core/trainer/partner.h"

/* A client made by hand, so that each rule is seen alone: he needs economy and comfort, has two positions with an interest behind each, a table of two variables. */
enum { EXPENSIVE = 1, OTHERS = 2, CUT = 3, CASH = 4, STOP = 5, PAY_ME = 6, SEND = 7, MANY = 2000 };

static const struct playbook_item items[] = {
	{.id = EXPENSIVE, .kind = ITEM_OBJECTION, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)},
	{.id = OTHERS, .kind = ITEM_OBJECTION, .motives = MOTIVE_BIT(MOTIVE_COMFORT)},
	{.id = CUT, .kind = ITEM_OBJECTION, .motives = MOTIVE_BIT(MOTIVE_PRESTIGE), .compliance = true},
	{.id = CASH, .kind = ITEM_INTEREST, .objection = EXPENSIVE, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)},
	{.id = STOP, .kind = ITEM_INTEREST, .objection = OTHERS, .motives = MOTIVE_BIT(MOTIVE_COMFORT)},
	{.id = PAY_ME, .kind = ITEM_INTEREST, .objection = CUT, .compliance = true},
	{.id = SEND, .kind = ITEM_OBJECTION, .motives = MOTIVE_BIT(MOTIVE_SAFETY)},
	{.id = 8, .kind = ITEM_OBJECTION, .negotiation = true, .motives = MOTIVE_ALL},
};
static const struct playbook book = {.items = items, .n_items = sizeof items / sizeof *items};

static const struct option training[] = {{0, 0}, {-200, 900}}, price[] = {{0, 0}, {-500, 500}};
static const struct variable variables[] = {{training, 2, false}, {price, 2, true}};
static const struct bargain bargain = {.variables = variables, .n = 2};
static const int64_t training_ids[] = {1001, 1002}, price_ids[] = {2001, 2002};
static const struct board_variable board_variables[] = {{1000, training_ids}, {2000, price_ids}};
static const struct board board = {.bargain = &bargain, .variables = board_variables, .limit = -400};

static const struct scenario_stress stress[] = {{0, 200}};
static const struct scenario_interest interests[] = {
	{.item = CASH, .position = EXPENSIVE, .percent = 100, .stresses = stress, .n_stresses = 1},
	{.item = STOP, .position = OTHERS, .percent = 100},
	{.item = PAY_ME, .position = CUT, .percent = 0, .compliance = true},
};

static struct arena *arena;

static struct scenario scenario_of(enum call_mode mode)
{
	return (struct scenario){
		.mode = mode, .b2b = true, .wish_mean = mode == MODE_SALE ? 0.0 : 2.0, .wish_sd = 0.0, .patience = {30, 30}, .characters = {[CHARACTER_FRIENDLY] = 1},
		.favours = {[CHARACTER_SEND_ME] = SEND}, .interests = interests, .n_interests = mode == MODE_NEGOTIATION ? 3 : 0,
		.board = mode == MODE_NEGOTIATION ? &board : NULL, .spread = {100, 100}, .rounds = {6, 6}, .their_limit = {300, 300}, .aspiration = 900,
		.strategies = {[HAGGLE_LINEAR] = 1},
	};
}

static struct scenario sale, negotiation;

static struct partner made(const struct scenario *scenario, uint64_t seed)
{
	struct partner partner;
	partner_make(&partner, scenario, &book, seed, arena);
	partner.persona.motives = MOTIVE_BIT(MOTIVE_ECONOMY) | MOTIVE_BIT(MOTIVE_COMFORT);
	partner.persona.candour = 1.0;
	partner.persona.recommended = partner.persona.decides = false;
	return partner;
}

static struct reply_of {
	int n;
	struct act acts[ACTS_MAX];
} reply;

static bool said(enum act_kind kind)
{
	for (int i = 0; i < reply.n; i++)
		if (reply.acts[i].kind == kind) return true;
	return false;
}

static double hears(struct partner *partner, struct move move)
{
	double before = partner->persona.wish;
	reply.n = partner_hears(partner, &move, reply.acts);
	assert_true(reply.n >= 1 && reply.n <= ACTS_MAX);
	return partner->persona.wish - before;
}

static double number(enum wish_rule rule)
{
	return wish_rules[rule].logits;
}

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void in_hand(struct partner *partner, int64_t objection)
{
	partner->in_hand = objection;
	partner->steps = 1;
	partner->said[partner->n_said++] = objection;
}

/* ---- Every rule of the wish has its number ---- */

static void wish__listened_and_served_and_not_for_him(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)}), number(WISH_LISTENED));
	assert_true(said(ACT_MOTIVE) && reply.acts[0].value == MOTIVE_ECONOMY);
	assert_near(hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)}), 0.0); /* told already */
	assert_near(hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_BIT(MOTIVE_PRESTIGE)}), 0.0);
	assert_true(said(ACT_VAGUE));
	partner.objections = PARTNER_OBJECTIONS; /* he has said them all */
	assert_near(hears(&partner, (struct move){.kind = MOVE_POINT, .motives = MOTIVE_BIT(MOTIVE_ECONOMY) | MOTIVE_BIT(MOTIVE_COMFORT)}), number(WISH_SERVED)); /* comfort was not told */
	assert_true(said(ACT_LIKES));
	assert_near(hears(&partner, (struct move){.kind = MOVE_POINT, .motives = MOTIVE_BIT(MOTIVE_SAFETY)}), number(WISH_NOT_FOR_HIM));
	assert_true(said(ACT_SHRUGS));
}

static void wish__convinced_unanswered_contradicted(void **state)
{
	(void)state;
	int taken = 0;
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct partner partner = made(&sale, seed);
		in_hand(&partner, EXPENSIVE);
		assert_near(hears(&partner, (struct move){.kind = MOVE_AGREE_OPINION}), 0.0);
		double by = hears(&partner, (struct move){.kind = MOVE_ARGUE, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)});
		assert_near(by, said(ACT_TAKES) ? number(WISH_CONVINCED) : 0.0);
		taken += said(ACT_TAKES);
		if (!said(ACT_TAKES)) assert_near(hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_BIT(MOTIVE_PRESTIGE)}), number(WISH_UNANSWERED));
		partner = made(&sale, seed);
		in_hand(&partner, EXPENSIVE);
		by = hears(&partner, (struct move){.kind = MOVE_ARGUE, .motives = MOTIVE_BIT(MOTIVE_SAFETY)});
		assert_near(by, number(WISH_CONTRADICTED) + (said(ACT_TAKES) ? number(WISH_CONVINCED) : 0.0));
	}
	assert_true(taken > 5 && taken < 50);
}

static void wish__agreed_with_the_fact(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	in_hand(&partner, EXPENSIVE);
	assert_near(hears(&partner, (struct move){.kind = MOVE_AGREE_FACT}), number(WISH_AGREED_FACT));
	assert_true(said(ACT_STANDS));
}

static void wish__persuaded_bargained_and_asked_for_terms(void **state)
{
	(void)state;
	struct partner wants = made(&negotiation, 1), wants_not = made(&sale, 1);
	wants_not.persona.wish = 0.0;
	double before = wants.persona.wish;
	partner_led(&wants, MODE_SALE);
	assert_near(wants.persona.wish - before, number(WISH_PERSUADED));
	partner_led(&wants_not, MODE_NEGOTIATION);
	assert_near(wants_not.persona.wish, number(WISH_BARGAINED));
	wants_not.objections = PARTNER_OBJECTIONS;
	assert_near(hears(&wants_not, (struct move){.kind = MOVE_TERM}), number(WISH_TERMS));
	before = wants.persona.wish = 2.0;
	partner_led(&wants, MODE_NEGOTIATION);
	assert_near(wants.persona.wish, before);
}

static void wish__silence(void **state)
{
	(void)state;
	struct rng a, b;
	rng_init(&a, 5);
	rng_init(&b, 5);
	struct persona one = {.talks = 1}, other = {.talks = 1};
	persona_again(&one, 13.0, true, &a);
	persona_again(&other, 14.0, true, &b);
	assert_near(other.wish - one.wish, number(WISH_SILENCE));
}

static void wish__warmed_and_held_up_by_small_talk(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_SMALL_TALK}), number(WISH_WARMED));
	assert_near(hears(&partner, (struct move){.kind = MOVE_SMALL_TALK}), number(WISH_WARMED));
	int patience = partner.patience;
	assert_near(hears(&partner, (struct move){.kind = MOVE_SMALL_TALK}), number(WISH_HELD_UP)); /* it is enough */
	assert_true(said(ACT_HURRIES));
	assert_int_equal(partner.patience, patience - 2);
	partner = made(&sale, 1);
	partner.character = CHARACTER_HURRIED;
	assert_near(hears(&partner, (struct move){.kind = MOVE_SMALL_TALK}), 0.0);
	assert_near(hears(&partner, (struct move){.kind = MOVE_SMALL_TALK}), number(WISH_HELD_UP));
}

static void wish__pressed_once_and_twice_where_he_is_suspicious(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_PRESSURE}), number(WISH_PRESSED));
	assert_true(said(ACT_ANNOYED));
	partner.character = CHARACTER_SUSPICIOUS;
	assert_near(hears(&partner, (struct move){.kind = MOVE_PRESSURE}), 2.0 * number(WISH_PRESSED));
}

static void wish__puzzled(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_UNKNOWN}), number(WISH_PUZZLED));
	assert_true(said(ACT_PUZZLED));
}

static void wish__too_early(void **state)
{
	(void)state;
	struct partner partner = made(&negotiation, 1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_CLOSE}), number(WISH_TOO_EARLY));
	assert_true(said(ACT_TERMS_FIRST) && said(ACT_ASKS));
	partner = made(&sale, 1);
	partner.objections = PARTNER_OBJECTIONS;
	partner.persona.wish = 0.0;
	partner.closes = 1; /* said no once */
	assert_near(hears(&partner, (struct move){.kind = MOVE_CLOSE, .close = CLOSE_ALTERNATIVE}), number(WISH_TOO_EARLY));
}

static void spin_to(struct partner *partner, enum question_level level)
{
	for (int at = LEVEL_SITUATION; at <= (int)level; at++) hears(partner, (struct move){.kind = MOVE_SPIN, .level = (enum question_level)at});
}

static void wish__felt_and_named(void **state)
{
	(void)state;
	struct partner partner = made(&negotiation, 1);
	hears(&partner, (struct move){.kind = MOVE_TERM});
	assert_true(said(ACT_OBJECTS));
	spin_to(&partner, LEVEL_PROBLEM);
	assert_true(said(ACT_PROBLEM));
	assert_near(hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_IMPLICATION}), number(WISH_FELT));
	assert_true(said(ACT_FEELS));
	assert_near(hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_IMPLICATION}), 0.0); /* felt once */
	int patience = partner.patience;
	double by = 0.0;
	for (int i = 0; i < 8 && !said(ACT_INTEREST); i++) {
		patience = partner.patience;
		by = hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_DIRECT});
	}
	assert_true(said(ACT_INTEREST));
	assert_near(by, number(WISH_NAMED));
	assert_int_equal(partner.patience, patience - 1 + PARTNER_PATIENCE_BACK);
	assert_null(partner_open(&partner, EXPENSIVE));
}

static struct partner greedy(uint64_t seed)
{
	struct partner partner = made(&negotiation, seed);
	partner.expects_cut = true;
	partner.interests[0].spoken = partner.interests[1].spoken = true;
	for (int i = 0; i < PARTNER_HINT; i++) hears(&partner, (struct move){.kind = MOVE_SMALL_TALK});
	return partner;
}

static void wish__a_cut_ignored_and_refused(void **state)
{
	(void)state;
	struct partner partner = greedy(1);
	assert_true(said(ACT_HINTS_CUT));
	assert_int_equal(partner.in_hand, CUT);
	double before = partner.persona.wish;
	hears(&partner, (struct move){.kind = MOVE_PROBE});
	assert_near(partner.persona.wish - before, number(WISH_CUT_IGNORED));
	partner = greedy(1);
	assert_near(hears(&partner, (struct move){.kind = MOVE_CLARIFY}), 0.0);
	assert_near(hears(&partner, (struct move){.kind = MOVE_REFUSE_CUT}), number(WISH_CUT_REFUSED));
	assert_true(said(ACT_DROPS_CUT));
	assert_int_equal(partner.in_hand, 0);
	for (int i = 0; i < 6; i++) {
		hears(&partner, (struct move){.kind = MOVE_TERM});
		assert_false(said(ACT_HINTS_CUT));
	}
}

static void wish__stays_within_bounds_and_every_rule_is_told(void **state)
{
	(void)state;
	struct persona persona = {.wish = 0.0};
	for (int rule = 0; rule < WISH_RULES; rule++) {
		assert_true(wish_rules[rule].key && wish_rules[rule].when && wish_rules[rule].logits != 0.0);
		for (int i = 0; i < 1000; i++) persona_moved(&persona, (enum wish_rule)rule);
		assert_true(fabs(persona.wish) == PERSONA_WISH_MAX);
		assert_true(persona_wish(&persona) > 0.0 && persona_wish(&persona) < 100.0);
	}
}

/* ---- The other rules ---- */

static int named(enum question_level first, int times)
{
	int n = 0;
	for (uint64_t seed = 0; seed < MANY; seed++) {
		struct partner partner = made(&negotiation, seed);
		partner.persona.candour = 0.75; /* 0.55 + 0.6 · 0.75 = 1: the chance as it stands */
		hears(&partner, (struct move){.kind = MOVE_TERM});
		for (int i = 0; i < times; i++) hears(&partner, (struct move){.kind = MOVE_SPIN, .level = (enum question_level)((int)first + i)});
		hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_DIRECT});
		n += said(ACT_INTEREST);
	}
	return 100 * n / MANY;
}

static void spin__an_interest_is_named_the_likelier_the_deeper_one_asked_in_order(void **state)
{
	(void)state;
	for (int depth = 0; depth < PARTNER_DEPTHS; depth++) assert_in_range(named(LEVEL_SITUATION, depth) + 4, partner_spin[depth], partner_spin[depth] + 8);
	assert_in_range(named(LEVEL_IMPLICATION, 1) + 4, partner_spin[0], partner_spin[0] + 8); /* out of order: as if it had not been asked */
	assert_in_range(named(LEVEL_PROBLEM, 2) + 4, partner_spin[0], partner_spin[0] + 8);
}

static void spin__situation_is_asked_once_for_all(void **state)
{
	(void)state;
	struct partner partner = made(&negotiation, 3);
	hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_SITUATION});
	assert_true(said(ACT_SITUATION) && said(ACT_OBJECTS));
	hears(&partner, (struct move){.kind = MOVE_SPIN, .level = LEVEL_PROBLEM});
	assert_true(said(ACT_PROBLEM));
}

static void spin__other_questions_never_bring_an_interest(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct partner partner = made(&negotiation, seed);
		hears(&partner, (struct move){.kind = MOVE_TERM});
		for (int i = 0; i < 6; i++) {
			hears(&partner, (struct move){.kind = MOVE_SPIN, .level = (enum question_level)((int)LEVEL_SITUATION + i % 3)});
			assert_false(said(ACT_INTEREST));
			hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_ALL});
			assert_false(said(ACT_INTEREST));
		}
	}
}

static void positions__come_one_by_one(void **state)
{
	(void)state;
	struct partner partner = made(&negotiation, 1);
	hears(&partner, (struct move){.kind = MOVE_TERM});
	assert_true(said(ACT_OBJECTS));
	assert_int_equal(partner.in_hand, EXPENSIVE);
	hears(&partner, (struct move){.kind = MOVE_TERM});
	assert_false(said(ACT_OBJECTS)); /* the first is in hand */
	partner.interests[0].named = true;
	hears(&partner, (struct move){.kind = MOVE_POINT, .motives = 0});
	assert_int_equal(partner.in_hand, 0);
	hears(&partner, (struct move){.kind = MOVE_TERM});
	assert_int_equal(partner.in_hand, OTHERS);
}

static void positions__a_benefit_for_the_interest_named_answers_it(void **state)
{
	(void)state;
	struct partner partner = made(&negotiation, 1);
	hears(&partner, (struct move){.kind = MOVE_TERM});
	partner.interests[0].named = true;
	partner.persona.revealed = MOTIVE_BIT(MOTIVE_ECONOMY);
	hears(&partner, (struct move){.kind = MOVE_POINT, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)});
	assert_true(said(ACT_TAKES) && partner.interests[0].answered);
}

static void trade__agrees_and_signs_only_what_reaches_him(void **state)
{
	(void)state;
	static const struct package nothing = {{0, 0}}, everything = {{1, 1}};
	struct partner partner = made(&negotiation, 1);
	assert_int_equal(partner.values->variables[0].options[1].theirs, 1800); /* the interest doubles it */
	assert_int_equal(partner.haggle.nature.limit, 2300 * 300 / 1000);
	hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &nothing});
	assert_true(said(ACT_COUNTERS) && said(ACT_ASKS));
	partner = made(&negotiation, 1);
	hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &everything});
	assert_true(said(ACT_ACCEPTS) && partner.agreed);
	hears(&partner, (struct move){.kind = MOVE_CLOSE});
	assert_true(said(ACT_SIGNS));
	assert_int_equal(partner.end, PARTNER_SIGNED);
	hears(&partner, (struct move){.kind = MOVE_CLOSE, .close = CLOSE_PAYMENT});
	assert_true(said(ACT_PAYS) && partner.paid);
}

static void trade__walks_away_at_the_last_below_his_limit(void **state)
{
	(void)state;
	static const struct package little = {{0, 1}}; /* 500, his limit 690 */
	struct partner partner = made(&negotiation, 1);
	for (int i = 0; i < 5; i++) {
		hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &little});
		assert_false(said(ACT_ACCEPTS));
		partner.in_hand = 0;
		partner.persona.wish = 3.0;
	}
	hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &little});
	assert_true(said(ACT_WALKS));
	assert_int_equal(partner.end, PARTNER_WALKED);
}

static void trade__a_position_not_answered_makes_him_want_more(void **state)
{
	(void)state;
	static const struct package offer = {{1, 0}}; /* 1800; after one of six rounds he demands 2070 − 230 = 1840, … */
	struct partner open = made(&negotiation, 1), known = made(&negotiation, 1);
	known.interests[0].named = known.interests[1].named = true;
	open.haggle.heard = known.haggle.heard = 1; /* after two 1610 */
	hears(&known, (struct move){.kind = MOVE_OFFER, .package = &offer});
	assert_true(said(ACT_ACCEPTS));
	hears(&open, (struct move){.kind = MOVE_OFFER, .package = &offer});
	assert_true(said(ACT_COUNTERS)); /* 1610 and twice 8 % of 1380: 1830 */
	assert_true(open.haggle.demand > 1800);
}

static void trade__below_the_threshold_he_is_a_sale_again(void **state)
{
	(void)state;
	static const struct package everything = {{1, 1}};
	struct partner partner = made(&negotiation, 1);
	partner.persona.wish = PARTNER_SIGNS - 0.1;
	hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &everything});
	assert_true(said(ACT_COOLS) && said(ACT_SIGN) && !said(ACT_ACCEPTS));
	partner.persona.wish = PARTNER_SIGNS + 0.1;
	hears(&partner, (struct move){.kind = MOVE_OFFER, .package = &everything});
	assert_true(said(ACT_ACCEPTS));
}

static void cut__nothing_is_signed_while_it_hangs_and_offering_it_ends_all(void **state)
{
	(void)state;
	struct partner partner = greedy(1);
	partner.agreed = true;
	partner.patience = 20;
	hears(&partner, (struct move){.kind = MOVE_CLOSE});
	assert_true(said(ACT_HINTS_CUT) && !said(ACT_SIGNS));
	hears(&partner, (struct move){.kind = MOVE_REFUSE_CUT});
	hears(&partner, (struct move){.kind = MOVE_CLOSE});
	assert_true(said(ACT_SIGNS));
	struct partner other = made(&sale, 1);
	hears(&other, (struct move){.kind = MOVE_OFFER_CUT});
	assert_true(said(ACT_TAKES_CUT) && reply.acts[0].ends);
	assert_int_equal(other.end, PARTNER_BROKEN);
	hears(&partner, (struct move){.kind = MOVE_OFFER_CUT}); /* signed does not save it */
	assert_int_equal(partner.end, PARTNER_BROKEN);
}

static void sale__short_of_money_he_signs_only_after_an_answer(void **state)
{
	(void)state;
	int signed_ = 0;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct partner partner = made(&sale, seed);
		partner.short_of_money = true;
		partner.persona.wish = 4.0;
		hears(&partner, (struct move){.kind = MOVE_CLOSE});
		assert_true(said(ACT_OBJECTS) && !said(ACT_SIGNS));
		assert_int_equal(partner.in_hand, EXPENSIVE);
		hears(&partner, (struct move){.kind = MOVE_AGREE_OPINION});
		hears(&partner, (struct move){.kind = MOVE_ARGUE, .motives = MOTIVE_BIT(MOTIVE_ECONOMY)});
		bool taken = said(ACT_TAKES);
		hears(&partner, (struct move){.kind = MOVE_CLOSE});
		if (!taken) assert_false(said(ACT_SIGNS));
		signed_ += said(ACT_SIGNS);
	}
	assert_true(signed_ > 100);
}

static void sale__send_me_something_is_said_at_the_first_close(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	partner.character = CHARACTER_SEND_ME;
	partner.persona.wish = 4.0;
	hears(&partner, (struct move){.kind = MOVE_CLOSE});
	assert_true(said(ACT_OBJECTS));
	assert_int_equal(partner.in_hand, SEND);
}

static void sale__asked_what_he_means_he_may_tell_the_motive_that_it_mirrors(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	in_hand(&partner, EXPENSIVE);
	hears(&partner, (struct move){.kind = MOVE_CLARIFY});
	assert_true(said(ACT_CLARIFIES) && said(ACT_MOTIVE));
	assert_true(partner.persona.revealed & MOTIVE_BIT(MOTIVE_ECONOMY));
}

static void sale__what_only_negotiations_hear_is_not_said(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct partner partner = made(&sale, seed);
		partner.persona.wish = -2.0;
		for (int i = 0; i < 4; i++) {
			hears(&partner, (struct move){.kind = MOVE_PROBE});
			assert_true(partner.in_hand != 8 && partner.in_hand != CUT);
		}
	}
}

static void patience__ends_the_talk_and_the_algorithm_costs_none(void **state)
{
	(void)state;
	struct partner partner = made(&sale, 1);
	partner.patience = 2;
	in_hand(&partner, EXPENSIVE);
	hears(&partner, (struct move){.kind = MOVE_CLARIFY});
	hears(&partner, (struct move){.kind = MOVE_AGREE_OPINION});
	assert_int_equal(partner.patience, 2);
	partner.in_hand = 0;
	hears(&partner, (struct move){.kind = MOVE_QUESTION});
	assert_false(partner_over(&partner));
	hears(&partner, (struct move){.kind = MOVE_QUESTION});
	assert_true(said(ACT_TIRED) && partner_over(&partner));
	hears(&partner, (struct move){.kind = MOVE_QUESTION});
	assert_true(said(ACT_LEAVES));
}

static void character__changes_patience_and_candour(void **state)
{
	(void)state;
	for (int c = 0; c < CHARACTERS; c++) {
		struct scenario scenario = sale;
		struct partner partner;
		for (int i = 0; i < CHARACTERS; i++) scenario.characters[i] = i == c;
		partner_make(&partner, &scenario, &book, 9, arena);
		assert_int_equal(partner.character, c);
		assert_int_equal(partner.patience, 30 * partner_natures[c].patience / 100);
	}
	int digressed = 0;
	for (uint64_t seed = 0; seed < MANY; seed++) {
		struct partner partner = made(&sale, seed);
		partner.character = CHARACTER_TALKATIVE;
		hears(&partner, (struct move){.kind = MOVE_QUESTION, .motives = MOTIVE_ALL});
		digressed += said(ACT_DIGRESSES);
	}
	assert_in_range(100 * digressed / MANY, 21, 29);
}

int main(void)
{
	arena = arena_new((size_t)1 << 30);
	sale = scenario_of(MODE_SALE);
	negotiation = scenario_of(MODE_NEGOTIATION);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wish__listened_and_served_and_not_for_him),
		cmocka_unit_test(wish__convinced_unanswered_contradicted),
		cmocka_unit_test(wish__agreed_with_the_fact),
		cmocka_unit_test(wish__persuaded_bargained_and_asked_for_terms),
		cmocka_unit_test(wish__silence),
		cmocka_unit_test(wish__warmed_and_held_up_by_small_talk),
		cmocka_unit_test(wish__pressed_once_and_twice_where_he_is_suspicious),
		cmocka_unit_test(wish__puzzled),
		cmocka_unit_test(wish__too_early),
		cmocka_unit_test(wish__felt_and_named),
		cmocka_unit_test(wish__a_cut_ignored_and_refused),
		cmocka_unit_test(wish__stays_within_bounds_and_every_rule_is_told),
		cmocka_unit_test(spin__an_interest_is_named_the_likelier_the_deeper_one_asked_in_order),
		cmocka_unit_test(spin__situation_is_asked_once_for_all),
		cmocka_unit_test(spin__other_questions_never_bring_an_interest),
		cmocka_unit_test(positions__come_one_by_one),
		cmocka_unit_test(positions__a_benefit_for_the_interest_named_answers_it),
		cmocka_unit_test(trade__agrees_and_signs_only_what_reaches_him),
		cmocka_unit_test(trade__walks_away_at_the_last_below_his_limit),
		cmocka_unit_test(trade__a_position_not_answered_makes_him_want_more),
		cmocka_unit_test(trade__below_the_threshold_he_is_a_sale_again),
		cmocka_unit_test(cut__nothing_is_signed_while_it_hangs_and_offering_it_ends_all),
		cmocka_unit_test(sale__short_of_money_he_signs_only_after_an_answer),
		cmocka_unit_test(sale__send_me_something_is_said_at_the_first_close),
		cmocka_unit_test(sale__asked_what_he_means_he_may_tell_the_motive_that_it_mirrors),
		cmocka_unit_test(sale__what_only_negotiations_hear_is_not_said),
		cmocka_unit_test(patience__ends_the_talk_and_the_algorithm_costs_none),
		cmocka_unit_test(character__changes_patience_and_candour),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
