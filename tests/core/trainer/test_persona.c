#include "check.h"

#include "core/trainer/persona.h"

enum { MANY = 4000 };

static struct rng seeded(uint64_t seed)
{
	struct rng rng;
	rng_init(&rng, seed);
	return rng;
}

static struct persona of_wish(double wish)
{
	return (struct persona){.wish = wish, .candour = 0.8, .motives = MOTIVE_BIT(MOTIVE_ECONOMY), .b2b = true, .talks = 2};
}

static int shown(double wish, enum persona_sign sign)
{
	struct rng rng = seeded(1);
	struct persona persona = of_wish(wish);
	int n = 0;
	for (int i = 0; i < MANY; i++) n += persona_shows(&persona, sign, &rng);
	return n;
}

static int bought(double wish, int talks)
{
	struct rng rng = seeded(2);
	struct persona persona = of_wish(wish);
	int n = 0;
	persona.talks = talks;
	for (int i = 0; i < MANY; i++) n += persona_closed(&persona, &rng) == PERSONA_BUYS;
	return n;
}

static void persona_make__has_a_need_and_the_same_stream_gives_the_same(void **state)
{
	(void)state;
	struct rng a = seeded(7), b = seeded(7);
	for (int i = 0; i < MANY; i++) {
		struct persona one, other;
		persona_make(&one, i % 2, &a);
		persona_make(&other, i % 2, &b);
		assert_true(one.motives != 0 && (one.motives & ~MOTIVE_ALL) == 0);
		assert_true(one.candour > 0.0 && one.candour < 1.0);
		assert_true(one.b2b || !one.wants_cut);
		assert_true(one.wish == other.wish && one.motives == other.motives && one.chooses == other.chooses);
	}
}

static void persona_shows__tells_the_wish(void **state)
{
	(void)state;
	assert_true(shown(2.0, PERSONA_ASKS_CONTRACT) > 3 * shown(-1.0, PERSONA_ASKS_CONTRACT));
	assert_true(shown(-2.0, PERSONA_NO_NEED) > 3 * shown(1.0, PERSONA_NO_NEED));
	assert_true(shown(-2.0, PERSONA_SEND) > 3 * shown(1.0, PERSONA_SEND));
	assert_true(shown(0.0, PERSONA_ASKS_CONTRACT) > 0);
}

static void persona_closed__who_wants_to_buys_and_a_company_not_at_the_first_talk(void **state)
{
	(void)state;
	assert_true(bought(2.0, 4) > MANY * 8 / 10);
	assert_true(bought(-2.0, 4) < MANY / 10);
	assert_true(bought(1.5, 1) < bought(1.5, 2) && bought(1.5, 2) < bought(1.5, 4));
}

static void persona_asked__speaks_only_of_what_he_needs_and_was_asked(void **state)
{
	(void)state;
	struct rng rng = seeded(3);
	int heard = 0;
	for (int i = 0; i < MANY; i++) {
		struct persona persona = of_wish(0.0);
		assert_int_equal(persona_asked(&persona, MOTIVE_BIT(MOTIVE_PRESTIGE), &rng), -1);
		assert_int_equal(persona.revealed, 0);
		int motive = persona_asked(&persona, MOTIVE_BIT(MOTIVE_ECONOMY) | MOTIVE_BIT(MOTIVE_COMFORT), &rng);
		assert_true(motive == -1 || motive == MOTIVE_ECONOMY);
		heard += motive >= 0;
	}
	assert_true(heard > MANY * 7 / 10 && heard < MANY * 9 / 10);
}

static void persona_shown__what_serves_a_need_found_raises_the_wish_once(void **state)
{
	(void)state;
	struct persona persona = of_wish(0.0);
	persona_shown(&persona, MOTIVE_BIT(MOTIVE_ECONOMY));
	assert_true(persona.wish < 0.0); /* not found yet: he does not know that it is for him */
	persona.revealed = persona.motives;
	persona.wish = 0.0;
	persona_shown(&persona, MOTIVE_BIT(MOTIVE_ECONOMY));
	double once = persona.wish;
	assert_true(once > 0.3);
	persona_shown(&persona, MOTIVE_BIT(MOTIVE_ECONOMY));
	assert_true(persona.wish < once);
}

static void persona_means__an_objection_mirrors_a_need_not_found(void **state)
{
	(void)state;
	struct persona persona = of_wish(0.0);
	double hidden = persona_means(&persona, MOTIVE_BIT(MOTIVE_ECONOMY));
	assert_true(hidden > 2.0 * persona_means(&persona, MOTIVE_BIT(MOTIVE_PRESTIGE)));
	persona.revealed = persona.motives;
	assert_true(persona_means(&persona, MOTIVE_BIT(MOTIVE_ECONOMY)) < hidden);
}

static int taken(uint32_t motives, int steps, double craft)
{
	struct rng rng = seeded(4);
	int n = 0;
	for (int i = 0; i < MANY; i++) {
		struct persona persona = of_wish(0.0);
		n += persona_takes(&persona, motives, steps, craft, &rng);
	}
	return n;
}

static void persona_takes__his_motive_the_whole_algorithm_and_a_good_line_help(void **state)
{
	(void)state;
	uint32_t his = MOTIVE_BIT(MOTIVE_ECONOMY), other = MOTIVE_BIT(MOTIVE_SAFETY);
	assert_true(taken(his, 4, 0.0) > taken(other, 4, 0.0) + MANY / 10);
	assert_true(taken(his, 4, 0.0) > taken(his, 1, 0.0) + MANY / 20);
	assert_true(taken(his, 1, 1.0) > taken(his, 1, -1.0) + MANY / 10);
}

static void persona_led__the_wrong_conversation_costs_the_wish(void **state)
{
	(void)state;
	struct persona decided = of_wish(2.0), cold = of_wish(-1.0);
	persona_led(&decided, MODE_NEGOTIATION);
	persona_led(&cold, MODE_SALE);
	assert_true(decided.wish == 2.0 && cold.wish == -1.0);
	persona_led(&decided, MODE_SALE);
	persona_led(&cold, MODE_NEGOTIATION);
	assert_true(decided.wish < 2.0 && cold.wish < -1.0);
}

static void persona_decide__wants_to_and_compares(void **state)
{
	(void)state;
	struct persona persona = of_wish(-1.0);
	persona_decide(&persona);
	struct rng rng = seeded(6);
	int asks = 0;
	for (int i = 0; i < MANY; i++) asks += persona_shows(&persona, PERSONA_COMPARES, &rng) || persona_shows(&persona, PERSONA_ASKS_CONTRACT, &rng);
	assert_true(asks > MANY / 2);
	double keen = persona.wish = 3.0;
	persona_decide(&persona);
	assert_true(persona.wish == keen);
}

static void persona_again__broken_promises_and_long_silence_cool(void **state)
{
	(void)state;
	struct rng rng = seeded(5);
	double kept = 0.0, broken = 0.0, silent = 0.0;
	for (int i = 0; i < MANY; i++) {
		struct persona a = of_wish(0.0), b = a, c = a;
		persona_again(&a, 3.0, true, &rng);
		persona_again(&b, 3.0, false, &rng);
		persona_again(&c, 20.0, true, &rng);
		kept += a.wish;
		broken += b.wish;
		silent += c.wish;
	}
	assert_true(kept > silent && silent > broken - MANY * 0.1 && kept > broken + MANY * 0.3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(persona_make__has_a_need_and_the_same_stream_gives_the_same),
		cmocka_unit_test(persona_shows__tells_the_wish),
		cmocka_unit_test(persona_closed__who_wants_to_buys_and_a_company_not_at_the_first_talk),
		cmocka_unit_test(persona_asked__speaks_only_of_what_he_needs_and_was_asked),
		cmocka_unit_test(persona_shown__what_serves_a_need_found_raises_the_wish_once),
		cmocka_unit_test(persona_means__an_objection_mirrors_a_need_not_found),
		cmocka_unit_test(persona_takes__his_motive_the_whole_algorithm_and_a_good_line_help),
		cmocka_unit_test(persona_led__the_wrong_conversation_costs_the_wish),
		cmocka_unit_test(persona_decide__wants_to_and_compares),
		cmocka_unit_test(persona_again__broken_promises_and_long_silence_cool),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
