/* The rating on histories small enough to sum by hand. */
#include "core/rating/rating.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

#define HOUR INT64_C(3600000000)

/* In hours, which are easy to sum. */
static struct tenure held(uint32_t post, int position, int64_t from_h, int64_t to_h)
{
	return (struct tenure){from_h * HOUR, to_h < 0 ? TENURE_OPEN : to_h * HOUR, post, (uint16_t)position};
}

static struct rating_span hours(int64_t from_h, int64_t to_h)
{
	return (struct rating_span){from_h * HOUR, to_h * HOUR};
}

static void put(struct rating *rating, struct tenure tenure)
{
	assert_true(rating_put(rating, &tenure));
}

/* Posts 0 and 1 are author 0's, 2 author 1's and community 0's.
 *
 *     post 0   [0, 2) at 1, [2, 3) at 3; away; [5, 6) at 2
 *     post 1   [2, 4) at 1
 *     post 2   [4, …  at 1 */
static struct rating *small(void)
{
	struct rating *rating = rating_new();
	rating_post(rating, 0, 0, RATING_NOBODY);
	rating_post(rating, 1, 0, RATING_NOBODY);
	rating_post(rating, 2, 1, 0);
	put(rating, held(0, 1, 0, 2));
	put(rating, held(0, 3, 2, 3));
	put(rating, held(1, 1, 2, 4));
	put(rating, held(0, 2, 5, 6));
	put(rating, held(2, 1, 4, -1));
	return rating;
}

static void rating_weight__is_the_discount_of_dcg(void **state)
{
	(void)state;
	assert_true(rating_weight(1) == 1);
	assert_true(fabs(rating_weight(2) - 0.63092975357145743710) < 1e-15);
	assert_true(rating_weight(3) == 0.5);
	assert_true(rating_weight(1023) == 0.1);
}

static void rating_of__sums_posts_time_and_place(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_figure all = rating_of(rating, RATING_AUTHORS, 0, hours(0, 10));
	assert_int_equal(all.posts, 2);
	assert_int_equal(all.entered, 2);
	assert_int_equal(all.now, 0);
	assert_int_equal(all.best, 1);
	assert_int_equal(all.time_us, 6 * HOUR);
	assert_int_equal(all.longest_us, 3 * HOUR);
	/* 2 h at 1, 1 h at 3, 1 h at 2; 2 h at 1 */
	assert_true(fabs(rating_hours(all.place) - (4 + 0.5 + 0.63092975357145743710)) < 1e-12);
	assert_true(fabs(rating_points(&all) - (2 + 4 + 0.5 + 0.63092975357145743710)) < 1e-12);
	assert_true(fabs(rating_mean_position(&all) - (4 * 1 + 3 + 2) / 6.0) < 1e-15);
	struct rating_figure other = rating_of(rating, RATING_AUTHORS, 1, hours(0, 10));
	assert_int_equal(other.time_us, 6 * HOUR);
	assert_int_equal(other.now, 1);
	assert_true(rating_points(&other) == 7);
	rating_free(rating);
}

static void rating_of__cuts_to_the_span(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_figure some = rating_of(rating, RATING_AUTHORS, 0, (struct rating_span){HOUR + 1, 2 * HOUR + 5});
	assert_int_equal(some.posts, 2);
	assert_int_equal(some.entered, 1); /* post 1 at 2 h; post 0 came before */
	assert_int_equal(some.time_us, HOUR + 4 + 5);
	assert_int_equal(some.longest_us, HOUR + 4);
	assert_int_equal(some.now, 2);
	struct rating_figure nothing = rating_of(rating, RATING_AUTHORS, 1, hours(0, 3));
	assert_int_equal(nothing.posts, 0);
	assert_int_equal(nothing.best, 0);
	assert_true(rating_points(&nothing) == 0 && rating_mean_position(&nothing) == 0);
	/* between its stays post 0 is nowhere */
	assert_int_equal(rating_of_post(rating, 0, (struct rating_span){3 * HOUR, 5 * HOUR - 1}).posts, 0);
	rating_free(rating);
}

static void rating_of__both_ends_belong_to_the_span(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_figure at_end = rating_of(rating, RATING_AUTHORS, 1, hours(0, 4));
	assert_int_equal(at_end.posts, 1);
	assert_int_equal(at_end.entered, 1);
	assert_int_equal(at_end.now, 1);
	assert_int_equal(at_end.best, 1);
	assert_int_equal(at_end.time_us, 0);
	assert_true(rating_points(&at_end) == 1);
	assert_true(rating_mean_position(&at_end) == 1);
	struct rating_figure at_begin = rating_of(rating, RATING_AUTHORS, 1, hours(4, 5));
	assert_int_equal(at_begin.entered, 1);
	assert_int_equal(at_begin.time_us, HOUR);
	/* what ended at its beginning was not held then */
	assert_int_equal(rating_of_post(rating, 1, hours(4, 5)).posts, 0);
	/* and a tenure's last instant is its neighbour's */
	assert_int_equal(rating_of_post(rating, 1, hours(3, 4)).now, 0);
	rating_free(rating);
}

static void rating_mean_position__without_time_is_the_plain_mean(void **state)
{
	(void)state;
	struct rating *rating = rating_new();
	for (uint32_t i = 0; i < 2; i++) rating_post(rating, i, 0, RATING_NOBODY);
	put(rating, held(0, 3, 7, -1));
	put(rating, held(1, 10, 7, 7));
	struct rating_figure figure = rating_of(rating, RATING_AUTHORS, 0, hours(0, 7));
	assert_int_equal(figure.posts, 2);
	assert_int_equal(figure.now, 1); /* an empty tenure is never held */
	assert_int_equal(figure.time_us, 0);
	assert_true(rating_mean_position(&figure) == 6.5);
	rating_free(rating);
}

static void rating_all__groups_by_community_too(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_figure figures[2];
	assert_int_equal(rating_groups(rating, RATING_AUTHORS), 2);
	assert_int_equal(rating_groups(rating, RATING_COMMUNITIES), 1);
	assert_int_equal(rating_all(rating, RATING_AUTHORS, hours(0, 3), figures), 1);
	assert_int_equal(figures[0].who, 0);
	assert_int_equal(rating_all(rating, RATING_AUTHORS, hours(4, 5), figures), 2);
	assert_int_equal(figures[1].who, 1);
	assert_int_equal(rating_all(rating, RATING_AUTHORS, (struct rating_span){6 * HOUR, 7 * HOUR}, figures), 1);
	assert_int_equal(figures[0].who, 1);
	assert_int_equal(rating_all(rating, RATING_COMMUNITIES, hours(0, 10), figures), 1);
	assert_int_equal(figures[0].time_us, 6 * HOUR);
	rating_free(rating);
}

static void rating_put__refuses_what_overlaps_and_what_is_no_tenure(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_figure before = rating_of(rating, RATING_AUTHORS, 0, hours(0, 10));
	const struct tenure wrong[] = {held(0, 1, 4, 7), held(1, 1, 3, 5), held(2, 2, 5, 6), held(0, 0, 8, 9), held(0, 1001, 8, 9), held(0, 1, 9, 8)};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(rating_put(rating, &wrong[i]));
	struct rating_figure after = rating_of(rating, RATING_AUTHORS, 0, hours(0, 10));
	assert_memory_equal(&before, &after, sizeof before);
	assert_int_equal(rating_tenures(rating), 5);
	rating_free(rating);
}

static void rating_put__ends_what_was_held_still(void **state)
{
	(void)state;
	struct rating *rating = small();
	put(rating, held(2, 1, 4, -1)); /* again: the same */
	put(rating, held(2, 1, 4, 5));
	put(rating, held(2, 2, 5, -1));
	struct rating_figure figure = rating_of(rating, RATING_COMMUNITIES, 0, hours(0, 10));
	assert_int_equal(figure.time_us, 6 * HOUR);
	assert_int_equal(figure.longest_us, 6 * HOUR);
	assert_int_equal(figure.now, 1);
	assert_true(fabs(rating_hours(figure.place) - (1 + 5 * rating_weight(2))) < 1e-12);
	put(rating, held(2, 4, 5, 6)); /* the last one written anew, at another position */
	figure = rating_of(rating, RATING_COMMUNITIES, 0, hours(0, 10));
	assert_int_equal(figure.time_us, 2 * HOUR);
	assert_int_equal(figure.now, 0);
	assert_true(fabs(rating_hours(figure.place) - (1 + rating_weight(4))) < 1e-12);
	assert_int_equal(rating_tenures(rating), 6);
	rating_free(rating);
}

static void rating_cut__takes_back_what_happened_from_then_on(void **state)
{
	(void)state;
	struct rating *rating = small();
	rating_cut(rating, 4 * HOUR); /* post 1 ended then, post 2 entered then */
	assert_int_equal(rating_tenures(rating), 3);
	assert_int_equal(rating_of(rating, RATING_AUTHORS, 1, hours(0, 10)).posts, 0);
	struct rating_figure figure = rating_of(rating, RATING_AUTHORS, 0, hours(0, 10));
	assert_int_equal(figure.now, 1);
	assert_int_equal(figure.time_us, (3 + 8) * HOUR);
	assert_int_equal(figure.longest_us, 8 * HOUR);
	put(rating, held(1, 1, 2, 4));
	put(rating, held(2, 1, 4, -1));
	put(rating, held(0, 2, 5, 6));
	struct rating *whole = small();
	for (uint32_t who = 0; who < 2; who++) {
		struct rating_figure was = rating_of(whole, RATING_AUTHORS, who, hours(0, 10)), is = rating_of(rating, RATING_AUTHORS, who, hours(0, 10));
		assert_memory_equal(&was, &is, sizeof was);
	}
	rating_cut(rating, 0);
	assert_int_equal(rating_tenures(rating), 0);
	assert_int_equal(rating_of(rating, RATING_AUTHORS, 0, hours(0, 10)).posts, 0);
	rating_free(whole);
	rating_free(rating);
}

static void rating_rank__is_by_rating_then_place_then_order(void **state)
{
	(void)state;
	struct rating *rating = rating_new();
	/* author 0: one post for an hour at 1 = 2 points; author 1: the same; author 2: 2 points of place alone, its entry before the span; author 3: 2.5 points by 2 posts */
	const uint32_t author[] = {0, 1, 2, 3, 3};
	for (uint32_t i = 0; i < 5; i++) rating_post(rating, i, author[i], RATING_NOBODY);
	put(rating, held(0, 1, 10, 11));
	put(rating, held(1, 1, 11, 12));
	put(rating, held(2, 1, 5, 12));
	put(rating, held(3, 3, 10, 11));
	put(rating, held(4, 3, 12, -1));
	struct rating_figure figures[4];
	size_t n = rating_all(rating, RATING_AUTHORS, hours(10, 12), figures);
	assert_int_equal(n, 4);
	rating_rank(figures, n, RATING_KEY_POINTS, NULL);
	const uint32_t wanted[] = {3, 2, 0, 1};
	for (int i = 0; i < 4; i++) assert_int_equal(figures[i].who, wanted[i]);
	const uint32_t order[] = {9, 8, 7, 6};
	rating_rank(figures, n, RATING_KEY_POINTS, order);
	const uint32_t named[] = {3, 2, 1, 0};
	for (int i = 0; i < 4; i++) assert_int_equal(figures[i].who, named[i]);
	rating_rank(figures, n, RATING_KEY_TIME, NULL);
	const uint32_t by_time[] = {2, 3, 0, 1};
	for (int i = 0; i < 4; i++) assert_int_equal(figures[i].who, by_time[i]);
	rating_rank(figures, n, RATING_KEY_POSTS, NULL);
	assert_int_equal(figures[0].who, 3);
	rating_rank(figures, n, RATING_KEY_PLACE, NULL);
	assert_int_equal(figures[0].who, 2);
	rating_free(rating);
}

static void rating_explain_post__tells_stays_position_by_position(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_part part[8];
	assert_int_equal(rating_explain_post(rating, 0, (struct rating_span){HOUR, 5 * HOUR + 7}, part, 8), 3);
	assert_int_equal(part[0].from, HOUR);
	assert_int_equal(part[0].to, 2 * HOUR);
	assert_int_equal(part[0].stay_from, 0);
	assert_int_equal(part[0].stay_to, 3 * HOUR);
	assert_int_equal(part[1].stay, 0);
	assert_int_equal(part[1].position, 3);
	assert_int_equal(part[2].stay, 1);
	assert_int_equal(part[2].to, 5 * HOUR + 7);
	assert_int_equal(part[2].stay_to, 6 * HOUR);
	assert_true(part[2].held);
	assert_false(part[1].held);
	assert_int_equal(rating_explain_post(rating, 0, hours(0, 9), part, 1), 3); /* room for one */
	assert_int_equal(rating_explain_post(rating, 2, hours(0, 9), part, 8), 1);
	assert_int_equal(part[0].stay_to, TENURE_OPEN);
	assert_true(part[0].held);
	struct rating_figure posts[4];
	assert_int_equal(rating_explain(rating, RATING_AUTHORS, 0, hours(0, 9), posts, 4), 2);
	assert_int_equal(posts[0].who, 0);
	assert_int_equal(posts[1].time_us, 2 * HOUR);
	rating_free(rating);
}

static void rating_positions__is_time_at_each(void **state)
{
	(void)state;
	static int64_t us[TOP_MOST + 1];
	struct rating *rating = small();
	rating_positions(rating, RATING_AUTHORS, 0, hours(1, 9), us);
	assert_int_equal(us[1], 3 * HOUR);
	assert_int_equal(us[2], HOUR);
	assert_int_equal(us[3], HOUR);
	assert_int_equal(us[4], 0);
	rating_free(rating);
}

static void rating_top__is_the_top_of_that_moment(void **state)
{
	(void)state;
	struct rating *rating = small();
	struct rating_held top[4];
	assert_int_equal(rating_top(rating, 2 * HOUR, top, 4), 2);
	assert_int_equal(top[0].post, 1);
	assert_int_equal(top[1].post, 0);
	assert_int_equal(top[1].position, 3);
	assert_int_equal(top[1].since, 2 * HOUR);
	assert_int_equal(top[1].stay_from, 0);
	assert_int_equal(top[1].until, 3 * HOUR);
	assert_int_equal(rating_top(rating, 5 * HOUR, top, 1), 2);
	assert_int_equal(top[0].post, 2);
	assert_int_equal(rating_top(rating, -1, top, 4), 0);
	rating_free(rating);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rating_weight__is_the_discount_of_dcg),
		cmocka_unit_test(rating_of__sums_posts_time_and_place),
		cmocka_unit_test(rating_of__cuts_to_the_span),
		cmocka_unit_test(rating_of__both_ends_belong_to_the_span),
		cmocka_unit_test(rating_mean_position__without_time_is_the_plain_mean),
		cmocka_unit_test(rating_all__groups_by_community_too),
		cmocka_unit_test(rating_put__refuses_what_overlaps_and_what_is_no_tenure),
		cmocka_unit_test(rating_put__ends_what_was_held_still),
		cmocka_unit_test(rating_cut__takes_back_what_happened_from_then_on),
		cmocka_unit_test(rating_rank__is_by_rating_then_place_then_order),
		cmocka_unit_test(rating_explain_post__tells_stays_position_by_position),
		cmocka_unit_test(rating_positions__is_time_at_each),
		cmocka_unit_test(rating_top__is_the_top_of_that_moment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
