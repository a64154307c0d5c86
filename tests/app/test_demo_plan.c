#include "check.h"

#include <string.h>

#include "app/demo_plan.h"
#include "base/moment.h"

static struct arena *arena;
static struct demo_text *text;
static struct demo_plan *plan;
static int64_t now;
static int32_t first;

static void plan_for(const char *at, uint64_t seed)
{
	struct rng rng;
	arena = arena_new((size_t)64 << 20);
	assert_true(moment_zone_set("Europe/Kyiv"));
	assert_true(moment_parse(at, &now));
	first = day_of(now) - 91;
	rng_init(&rng, seed);
	text = demo_text_load(arena);
	plan = demo_plan_make(arena, text, &rng, first, now);
}

static const char *const nows[] = {"2026-11-25T08:30:00Z", "2026-07-05T10:00:00Z", "2026-03-30T23:40:00Z", "2026-01-01T00:05:00Z"};
enum { NOWS = sizeof nows / sizeof *nows, SEEDS = 5 };

/* What must be so of any plan. */
static void deeds_are_possible(void)
{
	bool published[DEMO_POSTS_MAX] = {false}, commented[DEMO_POSTS_MAX][DEMO_COMMENTS_MAX] = {{false}}, hidden[DEMO_POSTS_MAX] = {false};
	static bool voted[DEMO_PEOPLE_MAX][DEMO_POSTS_MAX], answered[DEMO_PEOPLE_MAX][DEMO_POSTS_MAX], in[DEMO_PEOPLE_MAX][DEMO_CLUBS_MAX];
	int64_t last = 0, ban_from = 0;
	memset(voted, 0, sizeof voted);
	memset(answered, 0, sizeof answered);
	memset(in, 0, sizeof in);
	for (int i = 0; i < plan->n; i++) {
		const struct demo_deed *d = &plan->deeds[i];
		const struct demo_post *post = &text->posts[d->post];
		assert_true(d->at >= last);
		last = d->at;
		assert_true(d->at >= day_start(first));
		if (ban_from && d->who == text->banned) assert_true(d->at > ban_from + (int64_t)text->ban_days * MOMENT_DAY);
		switch (d->kind) {
		case DEED_JOIN:
			assert_false(in[d->who][d->post]);
			in[d->who][d->post] = true;
			break;
		case DEED_PUBLISH: {
			const char *at = post->body, *from;
			for (int to; (to = demo_text_link(text, &at, &from)) >= 0;) assert_true(published[to]);
			assert_true(post->club < 0 || in[d->who][post->club]);
			assert_int_equal(d->who, post->author);
			published[d->post] = true;
			break;
		}
		case DEED_EDIT: assert_true(published[d->post]); break;
		case DEED_HIDE: hidden[d->post] = true; break;
		case DEED_BAN: ban_from = d->at; break;
		case DEED_COMMENT:
			assert_true(published[d->post] && !hidden[d->post]);
			assert_true(post->comments[d->place].parent < 0 || commented[d->post][post->comments[d->place].parent]);
			assert_true(moment_local(d->at).hour >= 8);
			commented[d->post][d->place] = true;
			break;
		case DEED_VOTE:
			assert_true(published[d->post] && !hidden[d->post] && !voted[d->who][d->post]);
			assert_true(post->author != d->who);
			voted[d->who][d->post] = true;
			break;
		case DEED_ANSWER:
			assert_true(published[d->post] && !answered[d->who][d->post]);
			assert_in_range(d->place, 1, post->n_options);
			answered[d->who][d->post] = true;
			break;
		case DEED_FOLLOW: assert_true(d->who != d->post); break;
		}
	}
	for (int i = 0; i < text->n_posts; i++) assert_true(published[i]);
	assert_true(ban_from > 0);
}

static void demo_plan_make__asks_nothing_impossible_whenever_it_is_made(void **state)
{
	(void)state;
	for (int i = 0; i < NOWS; i++) {
		for (uint64_t seed = 1; seed <= SEEDS; seed++) {
			plan_for(nows[i], seed);
			deeds_are_possible();
			assert_true(plan->deeds[plan->n - 1].at <= now + 10 * MOMENT_MINUTE);
			arena_free(arena);
		}
	}
}

static void demo_plan_make__the_same_seed_gives_the_same(void **state)
{
	(void)state;
	plan_for(nows[0], 7);
	struct arena *arenas[2] = {arena};
	struct demo_plan *one = plan;
	plan_for(nows[0], 7);
	arenas[1] = arena;
	assert_int_equal(plan->n, one->n);
	for (int i = 0; i < plan->n; i++) {
		const struct demo_deed *a = &plan->deeds[i], *b = &one->deeds[i];
		assert_true(a->at == b->at && a->kind == b->kind && a->who == b->who && a->post == b->post && a->place == b->place && !strcmp(a->reason, b->reason));
	}
	for (int i = 0; i < 2; i++) arena_free(arenas[i]);
	plan_for(nows[0], 8);
	assert_true(plan->n > 1000);
	arena_free(arena);
}

/* More with every week; at week-ends less is written, and by far not as much. */
static void demo_plan_make__grows_and_rests(void **state)
{
	(void)state;
	int early = 0, late = 0, posts = 0, resting = 0;
	plan_for(nows[0], 1);
	for (int i = 0; i < plan->n; i++) {
		const struct demo_deed *d = &plan->deeds[i];
		int32_t day = day_of(d->at);
		if (d->kind == DEED_VOTE) *(day < first + 45 ? &early : &late) += 1;
		if (d->kind != DEED_PUBLISH) continue;
		posts++;
		resting += day_weekday(day) > 5;
	}
	assert_true(2 * late > 3 * early);
	assert_in_range(resting, 1, posts / 7);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(demo_plan_make__asks_nothing_impossible_whenever_it_is_made),
		cmocka_unit_test(demo_plan_make__the_same_seed_gives_the_same),
		cmocka_unit_test(demo_plan_make__grows_and_rests),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
