/* What must hold of the rating for any history: many are drawn, and each figure is held to a sum over all tenures that knows nothing of the index. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "core/rating/rating.h"

enum { AUTHORS = 7, COMMUNITIES = 3, POSTS = 40, TENURES = 4000, HISTORIES = 60 };

/* A history of posts that come, move, leave and come again; moments are few, so that borders are met exactly. */
struct history {
	uint32_t author[POSTS], community[POSTS];
	struct tenure tenure[TENURES];
	size_t n;
};

static void history_draw(struct rng *rng, struct history *history)
{
	int64_t grain = rng_below(rng, 2) ? 1000000 : 37;
	history->n = 0;
	for (uint32_t post = 0; post < POSTS; post++) {
		history->author[post] = rng_below(rng, 10) ? (uint32_t)rng_below(rng, AUTHORS) : RATING_NOBODY;
		history->community[post] = rng_below(rng, 2) ? (uint32_t)rng_below(rng, COMMUNITIES) : RATING_NOBODY;
		int64_t at = rng_between(rng, 0, 60);
		uint64_t tenures = rng_below(rng, 30);
		for (uint64_t i = 0; i < tenures; i++) {
			if (rng_below(rng, 4) == 0) at += rng_between(rng, 1, 12);
			int64_t us = rng_between(rng, rng_below(rng, 20) ? 1 : 0, 8);
			bool open = i + 1 == tenures && rng_below(rng, 3) == 0;
			uint16_t position = (uint16_t)(1 + rng_below(rng, rng_below(rng, 5) ? 12 : TOP_MOST));
			history->tenure[history->n++] = (struct tenure){at * grain, open ? TENURE_OPEN : (at + us) * grain, post, position};
			at += us + (us == 0); /* an empty one is not followed by another of its moment */
		}
	}
}

static struct rating *rating_made(const struct history *history, bool load)
{
	struct rating *rating = rating_new();
	for (uint32_t post = 0; post < POSTS; post++) rating_post(rating, post, history->author[post], history->community[post]);
	if (load) assert_int_equal(rating_load(rating, history->tenure, history->n), history->n);
	else for (size_t i = 0; i < history->n; i++) assert_true(rating_put(rating, &history->tenure[i]));
	assert_int_equal(rating_tenures(rating), history->n);
	return rating;
}

static bool belongs(const struct history *history, uint32_t post, enum rating_by by, uint32_t who)
{
	return (by == RATING_AUTHORS ? history->author : history->community)[post] == who;
}

struct plain {
	uint32_t posts, entered, now;
	int best;
	int64_t time_us, longest_us;
	long double place_h, weighed;
};

/* The definition, post by post, tenure by tenure. */
static struct plain plain_of(const struct history *history, enum rating_by by, uint32_t who, struct rating_span span)
{
	struct plain plain = {0};
	for (uint32_t post = 0; post < POSTS; post++) {
		int64_t first = INT64_MAX, ended = INT64_MIN, stay = 0;
		bool there = false;
		if (!belongs(history, post, by, who)) continue;
		for (size_t i = 0; i < history->n; i++) {
			const struct tenure *t = &history->tenure[i];
			if (t->post != post) continue;
			if (t->from < first) first = t->from;
			int64_t from = t->from > span.from ? t->from : span.from, to = t->to < span.to ? t->to : span.to;
			if (t->from > span.to || t->to <= span.from) continue;
			there = true;
			plain.now += t->to > span.to;
			if (!plain.best || t->position < plain.best) plain.best = t->position;
			plain.time_us += to - from;
			plain.place_h += (long double)(to - from) / 3.6e9L / log2l(t->position + 1.0L);
			plain.weighed += (long double)(to - from) * t->position;
			stay = t->from == ended ? stay + to - from : to - from;
			ended = t->to;
			if (stay > plain.longest_us) plain.longest_us = stay;
		}
		plain.posts += there;
		plain.entered += first >= span.from && first <= span.to && there;
	}
	return plain;
}

static struct rating_span span_draw(struct rng *rng, const struct history *history)
{
	int64_t a, b;
	if (!history->n || rng_below(rng, 8) == 0) return (struct rating_span){RATING_ALL_TIME, 1000 * 1000000};
	const struct tenure *one = &history->tenure[rng_below(rng, history->n)], *two = &history->tenure[rng_below(rng, history->n)];
	a = rng_below(rng, 2) ? one->from : one->from + rng_between(rng, -20, 20);
	b = rng_below(rng, 2) || two->to == TENURE_OPEN ? two->from : two->to + rng_between(rng, -1, 1);
	return a <= b ? (struct rating_span){a, b} : (struct rating_span){b, a};
}

static void same_as_plain(const struct rating_figure *figure, const struct plain *plain)
{
	assert_int_equal(figure->posts, plain->posts);
	assert_int_equal(figure->entered, plain->entered);
	assert_int_equal(figure->now, plain->now);
	assert_int_equal(figure->best, plain->best);
	assert_int_equal(figure->time_us, plain->time_us);
	assert_int_equal(figure->longest_us, plain->longest_us);
	double wanted = (double)plain->place_h;
	assert_true(fabs(rating_hours(figure->place) - wanted) <= 1e-14 * wanted);
	assert_true(fabs(rating_points(figure) - (plain->entered + wanted)) <= 1e-14 * (plain->entered + wanted));
	if (plain->time_us) assert_true(fabs(rating_mean_position(figure) - (double)(plain->weighed / plain->time_us)) < 1e-12);
}

static void rating__equals_the_sum_over_all_tenures(void **state)
{
	(void)state;
	static struct history history;
	struct rng rng;
	int looked = 0;
	rng_init(&rng, 1);
	for (int round = 0; round < HISTORIES; round++) {
		history_draw(&rng, &history);
		struct rating *rating = rating_made(&history, round % 2);
		for (int k = 0; k < 40; k++) {
			struct rating_span span = span_draw(&rng, &history);
			enum rating_by by = k % 2 ? RATING_COMMUNITIES : RATING_AUTHORS;
			struct rating_figure all[AUTHORS + COMMUNITIES];
			size_t n = rating_all(rating, by, span, all), met = 0;
			for (uint32_t who = 0; who < rating_groups(rating, by); who++) {
				struct rating_figure figure = rating_of(rating, by, who, span);
				struct plain plain = plain_of(&history, by, who, span);
				same_as_plain(&figure, &plain);
				looked += figure.posts > 0;
				if (met < n && all[met].who == who) assert_memory_equal(&all[met++], &figure, sizeof figure);
				else assert_int_equal(figure.posts, 0);
			}
			assert_int_equal(met, n);
		}
		rating_free(rating);
	}
	assert_true(looked > 5000);
}

/* T7: posts sum to the figure, stretches to their post, to the bit. */
static void rating_explain__sums_exactly_to_the_figure(void **state)
{
	(void)state;
	static struct history history;
	static struct rating_part parts[TENURES];
	struct rng rng;
	rng_init(&rng, 2);
	for (int round = 0; round < HISTORIES; round++) {
		history_draw(&rng, &history);
		struct rating *rating = rating_made(&history, true);
		for (int k = 0; k < 30; k++) {
			struct rating_span span = span_draw(&rng, &history);
			uint32_t who = (uint32_t)rng_below(&rng, AUTHORS);
			struct rating_figure figure = rating_of(rating, RATING_AUTHORS, who, span), sum = {.who = who}, posts[POSTS];
			size_t n = rating_explain(rating, RATING_AUTHORS, who, span, posts, POSTS);
			for (size_t i = 0; i < n; i++) {
				const struct rating_figure *post = &posts[i];
				sum.posts += post->posts;
				sum.entered += post->entered;
				sum.now += post->now;
				sum.time_us += post->time_us;
				sum.place += post->place;
				sum.weighed += post->weighed;
				sum.instant += post->instant;
				sum.instants += post->instants;
				if (!sum.best || post->best < sum.best) sum.best = post->best;
				if (post->longest_us > sum.longest_us) sum.longest_us = post->longest_us;

				rating_place place = 0;
				int64_t time_us = 0, longest_us = 0, stay_us = 0;
				size_t pieces = rating_explain_post(rating, post->who, span, parts, TENURES);
				for (size_t p = 0; p < pieces; p++) {
					const struct rating_part *part = &parts[p];
					assert_true(part->from >= span.from && part->from <= part->to && part->to <= span.to);
					assert_true(part->stay_from <= part->from && part->to <= part->stay_to);
					if (p) assert_true(part->stay == part[-1].stay ? part->from == part[-1].to : part->stay == part[-1].stay + 1 && part->from > part[-1].to);
					double points = rating_weight(part->position) * (double)(part->to - part->from) / 3.6e9;
					assert_true(fabs(points - rating_hours(part->place)) <= 1e-15 * points);
					place += part->place;
					time_us += part->to - part->from;
					stay_us = p && part->stay == part[-1].stay ? stay_us + part->to - part->from : part->to - part->from;
					if (stay_us > longest_us) longest_us = stay_us;
					assert_int_equal(part->held, part->stay_to > span.to && p + 1 == pieces);
				}
				assert_true(place == post->place);
				assert_int_equal(time_us, post->time_us);
				assert_int_equal(longest_us, post->longest_us);
			}
			assert_memory_equal(&sum, &figure, sizeof sum);
			int64_t us[TOP_MOST + 1] = {0}, in_all = 0;
			rating_positions(rating, RATING_AUTHORS, who, span, us);
			for (int p = 0; p <= TOP_MOST; p++) in_all += us[p];
			assert_int_equal(in_all, figure.time_us);
		}
		rating_free(rating);
	}
}

static void rating__of_adjoining_spans_adds_up(void **state)
{
	(void)state;
	static struct history history;
	struct rng rng;
	rng_init(&rng, 3);
	for (int round = 0; round < HISTORIES; round++) {
		history_draw(&rng, &history);
		struct rating *rating = rating_made(&history, true);
		for (int k = 0; k < 50; k++) {
			struct rating_span span = span_draw(&rng, &history);
			int64_t border = rng_between(&rng, span.from, span.to);
			uint32_t who = (uint32_t)rng_below(&rng, AUTHORS);
			struct rating_figure whole = rating_of(rating, RATING_AUTHORS, who, span);
			struct rating_figure one = rating_of(rating, RATING_AUTHORS, who, (struct rating_span){span.from, border});
			struct rating_figure two = rating_of(rating, RATING_AUTHORS, who, (struct rating_span){border, span.to});
			struct rating_figure instant = rating_of(rating, RATING_AUTHORS, who, (struct rating_span){border, border});
			assert_int_equal(one.time_us + two.time_us, whole.time_us);
			assert_true(one.place + two.place == whole.place);
			assert_true(one.weighed + two.weighed == whole.weighed);
			/* the border itself is of both */
			assert_int_equal(one.entered + two.entered - instant.entered, whole.entered);
			assert_true(instant.time_us == 0 && instant.posts == instant.now);
			assert_int_equal(two.now, whole.now);
		}
		rating_free(rating);
	}
}

/* A history that is put as it happens (held still, then ended), cut somewhere and put anew, is that of one that was loaded at once. */
static void rating_cut__and_put_anew_gives_the_same(void **state)
{
	(void)state;
	static struct history history;
	struct rng rng;
	rng_init(&rng, 4);
	for (int round = 0; round < HISTORIES; round++) {
		history_draw(&rng, &history);
		struct rating *whole = rating_made(&history, true), *live = rating_new();
		for (uint32_t post = 0; post < POSTS; post++) rating_post(live, post, history.author[post], history.community[post]);
		for (int again = 0; again < 4; again++) {
			/* The first time everything; then what ended at the cut or later. */
			int64_t cut = !again ? INT64_MIN : history.n ? history.tenure[rng_below(&rng, history.n)].from + rng_between(&rng, -1, 1) : 0;
			rating_cut(live, cut);
			for (size_t i = 0; i < history.n; i++) {
				struct tenure open = history.tenure[i];
				open.to = TENURE_OPEN;
				if (history.tenure[i].to < cut) continue;
				if (rng_below(&rng, 2)) assert_true(rating_put(live, &open));
				assert_true(rating_put(live, &history.tenure[i]));
			}
			assert_int_equal(rating_tenures(live), history.n);
			for (int k = 0; k < 10; k++) {
				struct rating_span span = span_draw(&rng, &history);
				struct rating_figure a[AUTHORS], b[AUTHORS];
				size_t n = rating_all(whole, RATING_AUTHORS, span, a);
				assert_int_equal(rating_all(live, RATING_AUTHORS, span, b), n);
				assert_memory_equal(a, b, n * sizeof *a);
			}
		}
		rating_free(whole);
		rating_free(live);
	}
}

/* A page of a ranking is that page of the whole ranking, wherever it is cut out; equals are many. */
static void rating_rank_part__is_a_part_of_rating_rank(void **state)
{
	(void)state;
	enum { MANY = 3000 };
	static struct rating_figure all[MANY], part[MANY];
	static uint32_t order[MANY];
	struct rng rng;
	rng_init(&rng, 11);
	for (int round = 0; round < 200; round++) {
		size_t n = rng_below(&rng, round % 4 ? 200 : MANY);
		uint64_t kinds = 1 + rng_below(&rng, round % 3 ? 5 : 100000);
		for (size_t i = 0; i < n; i++) {
			all[i] = (struct rating_figure){.who = (uint32_t)i, .posts = 1 + (uint32_t)rng_below(&rng, kinds), .time_us = (int64_t)rng_below(&rng, kinds), .place = rng_below(&rng, kinds)};
			if (round % 5 == 0) all[i].posts = (uint32_t)(round % 2 ? i : n - i); /* in order already, or the other way round */
			order[i] = (uint32_t)(n - i);
		}
		memcpy(part, all, n * sizeof *all);
		enum rating_key key = (enum rating_key)rng_below(&rng, RATING_KEYS);
		size_t from = rng_below(&rng, n + 1), to = from + rng_below(&rng, n + 1 - from);
		rating_rank(all, n, key, order);
		rating_rank_part(part, n, key, order, from, to);
		for (size_t i = from; i < to; i++) assert_int_equal(part[i].who, all[i].who);
		uint64_t sum = 0;
		for (size_t i = 0; i < n; i++) sum += part[i].who;
		assert_int_equal(sum, n * (n - (n > 0)) / 2); /* nobody is lost */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rating__equals_the_sum_over_all_tenures),
		cmocka_unit_test(rating_explain__sums_exactly_to_the_figure),
		cmocka_unit_test(rating__of_adjoining_spans_adds_up),
		cmocka_unit_test(rating_cut__and_put_anew_gives_the_same),
		cmocka_unit_test(rating_rank_part__is_a_part_of_rating_rank),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
