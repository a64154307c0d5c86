/* The order in which a day's conversations pay. */
#include "core/desk/agenda.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "check.h"

#define MINUTE (INT64_C(60) * 1000000)
#define DAY (24 * 60 * MINUTE)
#define NOW (INT64_C(20000) * DAY + 10 * 60 * MINUTE)

static struct agenda_talk at_hour(int64_t minutes_from_now, int64_t value)
{
	return (struct agenda_talk){.planned_at = NOW + minutes_from_now * MINUTE, .value_minor = value};
}

static struct agenda_talk any_time(int64_t value, double logit)
{
	return (struct agenda_talk){.planned_at = NOW - NOW % DAY, .any_hour = true, .value_minor = value, .logit = logit};
}

static void ordered(const struct agenda_talk *talks, int n, const int *wanted)
{
	int order[64];
	double worth[64];
	agenda_order(talks, n, NOW, order, worth);
	for (int i = 0; i < n; i++) assert_int_equal(order[i], wanted[i]);
}

static void agenda_worth__is_value_times_what_a_talk_changes(void **state)
{
	(void)state;
	/* 1/(1+e^-0.9) - 1/2 = 0.2109495 */
	struct agenda_talk talk = any_time(100000, 0);
	assert_true(fabs(agenda_worth(&talk, NOW) - 21094.95) < 0.01);
	talk.promised = true; /* + 1/2 - 1/(1+e^0.8) */
	talk.planned_at = NOW;
	assert_true(fabs(agenda_worth(&talk, NOW) - (21094.95 + 18997.45)) < 0.01);
	talk.planned_at = NOW - 7 * DAY; /* half of the promise is gone: stake 0.4 */
	assert_true(fabs(agenda_worth(&talk, NOW) - (21094.95 + 9868.77)) < 0.01);
	talk.promised = false;
	talk.silent_days = 7; /* half way to what counts as silence: stake 0.3 */
	assert_true(fabs(agenda_worth(&talk, NOW) - (21094.95 + 7444.25)) < 0.01);
	talk.silent_days = 20; /* broken: rise 0.9 + 0.6 */
	assert_true(fabs(agenda_worth(&talk, NOW) - 31757.45) < 0.01);
}

static void agenda_worth__is_most_where_the_client_is_undecided(void **state)
{
	(void)state;
	struct agenda_talk undecided = any_time(1000, -0.45), sure = any_time(1000, 4), hopeless = any_time(1000, -5);
	assert_true(agenda_worth(&undecided, NOW) > 4 * agenda_worth(&sure, NOW));
	assert_true(agenda_worth(&undecided, NOW) > 4 * agenda_worth(&hopeless, NOW));
	assert_true(agenda_worth(&hopeless, NOW) > 0);
}

static void agenda_order__keeps_an_agreed_hour_whatever_else_pays(void **state)
{
	(void)state;
	struct agenda_talk talks[] = {any_time(90000000, 0), at_hour(4, 100), at_hour(120, 100), any_time(50, 0)};
	ordered(talks, 4, (const int[]){1, 0, 3, 2});
}

static void agenda_order__fills_the_time_between_with_what_pays_most(void **state)
{
	(void)state;
	struct agenda_talk talks[] = {at_hour(40, 100), any_time(100, 0), any_time(900, 0), any_time(500, 0)};
	ordered(talks, 4, (const int[]){2, 3, 0, 1}); /* two talks of a quarter of an hour fit before the agreed one */
}

static void agenda_order__of_hours_due_at_once_takes_the_one_worth_most(void **state)
{
	(void)state;
	struct agenda_talk talks[] = {at_hour(0, 100), at_hour(3, 900), at_hour(-20, 300)};
	ordered(talks, 3, (const int[]){1, 2, 0});
}

static void agenda_order__a_missed_hour_binds_no_more(void **state)
{
	(void)state;
	struct agenda_talk talks[] = {at_hour(-61, 100), any_time(900, 0), at_hour(-59, 100)};
	ordered(talks, 3, (const int[]){2, 1, 0});
}

static bool keeps_hour(const struct agenda_talk *talk)
{
	return !talk->any_hour && talk->planned_at + AGENDA_GRACE >= NOW;
}

static void agenda_order__is_a_permutation_and_delays_no_agreed_hour(void **state)
{
	(void)state;
	struct rng rng;
	rng_init(&rng, 7);
	for (int round = 0; round < 300; round++) {
		struct agenda_talk talks[64];
		int n = (int)rng_below(&rng, 64), order[64], again[64], seen[64] = {0};
		double worth[64];
		for (int i = 0; i < n; i++)
			talks[i] = (struct agenda_talk){.planned_at = NOW + ((int64_t)rng_below(&rng, 2000) - 1000) * MINUTE, .any_hour = rng_below(&rng, 3) == 0,
							.promised = rng_below(&rng, 2), .value_minor = 1 + (int64_t)rng_below(&rng, 5) * 1000,
							.logit = (double)rng_below(&rng, 9) - 4, .silent_days = (int)rng_below(&rng, 30)};
		agenda_order(talks, n, NOW, order, worth);
		agenda_order(talks, n, NOW, again, worth);
		int64_t at = NOW;
		double last = INFINITY; /* worth of the last without an hour: they never grow */
		for (int k = 0; k < n; k++) {
			const struct agenda_talk *talk = &talks[order[k]];
			assert_int_equal(seen[order[k]]++, 0);
			assert_int_equal(order[k], again[k]);
			if (keeps_hour(talk)) {
				if (talk->planned_at > at) at = talk->planned_at;
			} else {
				assert_true(worth[order[k]] <= last);
				last = worth[order[k]];
				for (int later = k + 1; later < n; later++)
					if (keeps_hour(&talks[order[later]])) assert_true(talks[order[later]].planned_at >= at + AGENDA_TALK);
			}
			at += AGENDA_TALK;
		}
	}
}

static void agenda_value_otherwise__is_the_median_of_what_is_known(void **state)
{
	(void)state;
	int64_t some[] = {0, 500, 0, 100, 300}, none[] = {0, 0};
	assert_int_equal(agenda_value_otherwise(some, 5), 300);
	assert_int_equal(agenda_value_otherwise(none, 2), 1);
	assert_int_equal(agenda_value_otherwise(none, 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agenda_worth__is_value_times_what_a_talk_changes),
		cmocka_unit_test(agenda_worth__is_most_where_the_client_is_undecided),
		cmocka_unit_test(agenda_order__keeps_an_agreed_hour_whatever_else_pays),
		cmocka_unit_test(agenda_order__fills_the_time_between_with_what_pays_most),
		cmocka_unit_test(agenda_order__of_hours_due_at_once_takes_the_one_worth_most),
		cmocka_unit_test(agenda_order__a_missed_hour_binds_no_more),
		cmocka_unit_test(agenda_order__is_a_permutation_and_delays_no_agreed_hour),
		cmocka_unit_test(agenda_value_otherwise__is_the_median_of_what_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
