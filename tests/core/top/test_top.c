/* The main top: who holds which position, from when to when (T1, T5, T6). */
#include "core/top/top.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"

#define S INT64_C(1000000)
#define HOUR (3600 * S)
#define NOW (INT64_C(1760000000) * S)

enum { MOST = 64 };

struct told {
	struct tenure tenure[MOST];
	bool there[MOST];
	uint64_t n;
};

static void told(void *arg, uint64_t number, const struct tenure *tenure)
{
	struct told *t = arg;
	assert_true(number < MOST && !t->there[number]);
	assert_true(tenure->from < tenure->to);
	t->tenure[number] = *tenure;
	t->there[number] = true;
	if (number >= t->n) t->n = number + 1;
}

static struct top *fresh(struct told *t, int places, int community_most)
{
	struct top_rules rules = top_rules_default;
	rules.places = places;
	rules.community_most = community_most;
	memset(t, 0, sizeof *t);
	return top_new(&rules, told, t);
}

static void posts(struct top *top, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) top_post(top, i, 100 + i, NOW + i * S, 0, (struct heat){0});
}

static void votes(struct top *top, uint32_t post, int64_t at, int n)
{
	while (n--) top_vote(top, post, at, 1);
}

static void shows(const struct told *t, uint64_t number, uint32_t post, int position, int64_t from, int64_t to)
{
	assert_true(number < t->n && t->there[number]);
	assert_int_equal(t->tenure[number].post, post);
	assert_int_equal(t->tenure[number].position, position);
	assert_true(t->tenure[number].from == from);
	assert_true(t->tenure[number].to == to);
}

static void top_vote__enters_at_the_floor_and_leaves_to_the_microsecond(void **state)
{
	(void)state;
	struct told t;
	struct top *top = fresh(&t, 50, 0);
	posts(top, 1);
	votes(top, 0, NOW, 1);
	assert_int_equal(top_length(top), 0);
	votes(top, 0, NOW + HOUR, 2); /* 2 + 2^(−1/12) */
	assert_int_equal(top_length(top), 1);
	int64_t left = NOW + HOUR + (int64_t)llroundl(43200e6L * (log2l(2 + exp2l(-1.0L / 12)) - 1));
	assert_true(top_due(top) == left);
	top_until(top, left);
	assert_int_equal(top_length(top), 1);
	top_until(top, left + 1);
	assert_int_equal(top_length(top), 0);
	assert_true(top_due(top) == INT64_MAX);
	top_end(top, left + HOUR);
	assert_int_equal(t.n, 1);
	shows(&t, 0, 0, 1, NOW + HOUR, left);
	top_free(top);
}

static void top_vote__pushes_down_whom_it_passes(void **state)
{
	(void)state;
	struct told t;
	int64_t since;
	struct top *top = fresh(&t, 3, 0);
	posts(top, 4);
	votes(top, 0, NOW, 5);
	votes(top, 1, NOW + 1, 4);
	votes(top, 2, NOW + 2, 3);
	votes(top, 3, NOW + 3, 8);
	assert_int_equal(top_at(top, 1, &since), 3);
	assert_true(since == NOW + 3);
	assert_int_equal(top_at(top, 3, &since), 1);
	assert_int_equal(top_length(top), 3);
	top_end(top, NOW + 10);
	shows(&t, 0, 0, 1, NOW, NOW + 3);
	shows(&t, 1, 1, 2, NOW + 1, NOW + 3);
	shows(&t, 2, 2, 3, NOW + 2, NOW + 3);
	shows(&t, 3, 3, 1, NOW + 3, NOW + 10);
	shows(&t, 4, 0, 2, NOW + 3, NOW + 10);
	shows(&t, 5, 1, 3, NOW + 3, NOW + 10);
	assert_int_equal(t.n, 6);
	top_free(top);
}

static void top_vote__tells_only_what_outlasts_an_instant(void **state)
{
	(void)state;
	struct told t;
	int64_t since;
	struct top *top = fresh(&t, 2, 0);
	posts(top, 3);
	votes(top, 0, NOW, 4);
	votes(top, 1, NOW, 3);
	votes(top, 1, NOW + S, 2); /* passes 0 … */
	assert_int_equal(top_at(top, 1, &since), 1);
	assert_true(since == NOW + S);
	votes(top, 0, NOW + S, 2); /* … and is passed again at once */
	assert_int_equal(top_at(top, 1, &since), 0);
	assert_true(since == NOW);
	top_until(top, NOW + 2 * S);
	assert_int_equal(t.n, 0);
	votes(top, 2, NOW + 3 * S, 2); /* not hotter than the last of a full top */
	top_end(top, NOW + 4 * S);
	assert_int_equal(t.n, 2);
	shows(&t, 0, 0, 1, NOW, NOW + 4 * S);
	shows(&t, 1, 1, 2, NOW, NOW + 4 * S);
	top_free(top);
}

static void top_vote__two_votes_at_once_hold_for_no_time(void **state)
{
	(void)state;
	struct told t;
	struct top *top = fresh(&t, 2, 0);
	posts(top, 2);
	votes(top, 0, NOW, 2); /* exactly 2 fresh votes, now and never after */
	assert_int_equal(top_length(top), 1);
	top_until(top, NOW + 1);
	assert_int_equal(top_length(top), 0);
	assert_int_equal(t.n, 0);
	votes(top, 1, NOW + S, 2);
	votes(top, 1, NOW + S, 2); /* at the same instant: 4 of them hold a half-life */
	top_until(top, NOW + 20 * HOUR);
	assert_int_equal(t.n, 1);
	shows(&t, 0, 1, 1, NOW + S, NOW + S + 12 * HOUR);
	top_free(top);
}

static void top_vote__at_the_very_end_of_a_stay_prolongs_it(void **state)
{
	(void)state;
	struct told t;
	struct top *top = fresh(&t, 2, 0);
	posts(top, 1);
	votes(top, 0, NOW, 4);
	assert_true(top_due(top) == NOW + 12 * HOUR);
	votes(top, 0, NOW + 12 * HOUR, 2);
	top_end(top, NOW + 48 * HOUR);
	assert_int_equal(t.n, 1);
	shows(&t, 0, 0, 1, NOW, NOW + 24 * HOUR);
	top_free(top);
}

static void top_vote__equal_heat_is_told_apart_by_publication_then_id(void **state)
{
	(void)state;
	struct told t;
	int64_t since;
	struct top *top = fresh(&t, 3, 0);
	top_post(top, 0, 9, NOW - 1, 0, (struct heat){0});
	top_post(top, 1, 8, NOW - 1, 0, (struct heat){0});
	top_post(top, 2, 99, NOW - 2, 0, (struct heat){0});
	top_post(top, 3, 7, NOW - 1, 0, (struct heat){0});
	for (uint32_t i = 0; i < 4; i++) votes(top, i, NOW, 3);
	assert_int_equal(top_at(top, 1, &since), 2);
	assert_int_equal(top_at(top, 2, &since), 3);
	assert_int_equal(top_at(top, 3, &since), 1);
	top_free(top);
}

static void top_vote__late_adds_no_heat(void **state)
{
	(void)state;
	struct told t;
	struct top *top = fresh(&t, 3, 0);
	top_post(top, 0, 1, NOW, 0, (struct heat){0});
	int64_t last = NOW + 7 * 24 * HOUR;
	votes(top, 0, last, 1);
	struct heat heat = top_heat(top, 0);
	votes(top, 0, last + 1, 5);
	top_vote(top, 0, last + 2, 0);
	top_vote(top, 0, last + 2, -1);
	struct heat after = top_heat(top, 0);
	assert_int_equal(heat_compare(&heat, &after), 0);
	assert_int_equal(top_length(top), 0);
	top_free(top);
}

static void top_vote__a_community_cannot_flood(void **state)
{
	(void)state;
	struct told t;
	int64_t since;
	struct top *top = fresh(&t, 4, 2);
	for (uint32_t i = 0; i < 6; i++) top_post(top, i, i, NOW - 10 + i, i < 4 ? 7 : 0, (struct heat){0});
	votes(top, 0, NOW, 9);
	votes(top, 1, NOW, 8);
	votes(top, 2, NOW, 7); /* the third of community 7: passed over */
	votes(top, 4, NOW, 3);
	votes(top, 5, NOW, 4);
	assert_int_equal(top_length(top), 4);
	assert_int_equal(top_at(top, 3, &since), 5);
	votes(top, 2, NOW + S, 2); /* overtakes 1, which leaves; equal to 0 but for a second: above it */
	assert_int_equal(top_at(top, 1, &since), 2);
	assert_int_equal(top_at(top, 2, &since), 0);
	assert_int_equal(top_at(top, 3, &since), 5);
	assert_int_equal(top_length(top), 4);
	top_end(top, NOW + 2 * S);
	shows(&t, 0, 0, 1, NOW, NOW + S);
	shows(&t, 1, 1, 2, NOW, NOW + S);
	shows(&t, 2, 5, 3, NOW, NOW + 2 * S);
	shows(&t, 3, 4, 4, NOW, NOW + 2 * S);
	shows(&t, 4, 2, 1, NOW + S, NOW + 2 * S);
	shows(&t, 5, 0, 2, NOW + S, NOW + 2 * S);
	assert_int_equal(t.n, 6);
	top_free(top);
}

static void top_restore__goes_on_as_if_it_had_never_stopped(void **state)
{
	(void)state;
	struct told whole, part;
	struct top *top = fresh(&whole, 3, 0), *again;
	posts(top, 4);
	votes(top, 0, NOW, 5);
	votes(top, 1, NOW + 1, 4);
	votes(top, 3, NOW + 2, 1);
	top_until(top, NOW + HOUR);
	again = fresh(&part, 3, 0);
	for (uint32_t i = 0; i < 4; i++) top_post(again, i, 100 + i, NOW + i * S, 0, top_heat(top, i));
	for (int p = 1; p <= top_length(top); p++) {
		int64_t since;
		uint32_t post = top_at(top, p, &since);
		top_restore(again, post, since);
	}
	for (int i = 0; i < 2; i++) {
		struct top *both[] = {top, again};
		votes(both[i], 1, NOW + 2 * HOUR, 3);
		votes(both[i], 3, NOW + 3 * HOUR, 9);
		votes(both[i], 2, NOW + 3 * HOUR, 2);
		top_end(both[i], NOW + 400 * HOUR);
	}
	assert_true(whole.n > 6);
	assert_int_equal(whole.n, part.n);
	for (uint64_t i = 0; i < whole.n; i++)
		shows(&part, i, whole.tenure[i].post, whole.tenure[i].position, whole.tenure[i].from, whole.tenure[i].to);
	top_free(top);
	top_free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(top_vote__enters_at_the_floor_and_leaves_to_the_microsecond),
		cmocka_unit_test(top_vote__pushes_down_whom_it_passes),
		cmocka_unit_test(top_vote__tells_only_what_outlasts_an_instant),
		cmocka_unit_test(top_vote__two_votes_at_once_hold_for_no_time),
		cmocka_unit_test(top_vote__at_the_very_end_of_a_stay_prolongs_it),
		cmocka_unit_test(top_vote__equal_heat_is_told_apart_by_publication_then_id),
		cmocka_unit_test(top_vote__late_adds_no_heat),
		cmocka_unit_test(top_vote__a_community_cannot_flood),
		cmocka_unit_test(top_restore__goes_on_as_if_it_had_never_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
