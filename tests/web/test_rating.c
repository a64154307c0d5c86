/* The pages of the rating: who stands where and why, over any span; a figure opened down to the stays, each level summing to the one above as it is shown. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moment.h"
#include "core/rating/rating.h"
#include "top_fixture.h"

static struct web *web;
static int64_t now, lida, admin, club, first, second;

/* first (Lida's)    [−4 h, −1 h) at 1, then at 2
 * second (the admin's, in the club)    [−3 h, −1 h) at 2, then at 1 */
static int set_up(void **state)
{
	(void)state;
	web = web_open();
	now = moment_now();
	now -= now % MOMENT_SECOND;
	lida = fixture_blogger(web, web->lead.member_id, "Ліда Лідерка");
	admin = fixture_blogger(web, web->admin.member_id, "Адміністратор");
	club = fixture_community(web, "Холодні дзвінки");
	first = fixture_post(web, lida, 0, "Перший", now - 5 * MOMENT_HOUR);
	second = fixture_post(web, admin, club, "Другий", now - 5 * MOMENT_HOUR);
	fixture_votes(web, first, 6, now - 4 * MOMENT_HOUR);
	fixture_votes(web, second, 3, now - 3 * MOMENT_HOUR);
	fixture_votes(web, second, 6, now - MOMENT_HOUR);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *get(const char *path)
{
	fixture_keep(web); /* nothing to do the second time: what a test adds it adds before it asks */
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	if (a->status != 200) fail_msg("%s: %d %s", path, a->status, a->body);
	return a;
}

static const char *iso(int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return web_path(web, "%s", text);
}

static const char *ended(const char *path, const char *span, int64_t to)
{
	return web_path(web, "%s%cspan=%s&to=%s", path, strchr(path, '?') ? '&' : '?', span, iso(to));
}

static double real(const struct answer *a, const char *path)
{
	json_t *value = answer_at(a, path);
	assert_true(json_is_number(value));
	return json_number_value(value);
}

static int64_t thousandths(const json_t *value)
{
	double units = json_number_value(value) * 1000;
	assert_true(fabs(units - round(units)) < 1e-6);
	return llround(units);
}

static int64_t sum(const struct answer *a, const char *list, const char *key)
{
	int64_t sum = 0;
	json_t *item;
	size_t i;
	json_array_foreach(answer_at(a, list), i, item) sum += thousandths(json_object_get(item, key));
	return sum;
}

/* ---- The list ---- */

static void rating__is_what_the_formula_says(void **state)
{
	(void)state;
	struct answer *a = get(ended("/rating", "day", now));
	assert_int_equal(answer_int(a, "total"), 2);
	assert_int_equal(answer_int(a, "rows.0.id"), lida);
	assert_string_equal(answer_text(a, "rows.0.name"), "Ліда Лідерка");
	assert_true(fabs(real(a, "rows.0.rating") - (1 + 3 + rating_weight(2))) < 1e-12);
	assert_true(fabs(real(a, "rows.1.rating") - (1 + 1 + 2 * rating_weight(2))) < 1e-12);
	assert_int_equal(answer_int(a, "rows.0.posts"), 1);
	assert_int_equal(answer_int(a, "rows.0.entered"), 1);
	assert_int_equal(answer_int(a, "rows.0.now"), 1);
	assert_int_equal(answer_int(a, "rows.0.time_us"), 4 * MOMENT_HOUR);
	assert_int_equal(answer_int(a, "rows.0.best"), 1);
	assert_true(fabs(real(a, "rows.0.mean") - 1.25) < 1e-12);
	assert_string_equal(answer_text(a, "rows.0.positions"), "M0 0h2v24h-2zM3 16h2v8h-2z"); /* three hours beside one */
	assert_string_equal(answer_text(a, "rows.0.address"), web_path(web, "/rating/%lld?span=day&to=%s", (long long)lida, iso(now)));
	a = get(ended("/rating?who=communities", "day", now));
	assert_int_equal(answer_int(a, "total"), 1);
	assert_int_equal(answer_int(a, "rows.0.id"), club);
	assert_true(fabs(real(a, "rows.0.rating") - (2 + 2 * rating_weight(2))) < 1e-12);
}

static void rating__is_sorted_by_each_of_its_keys(void **state)
{
	(void)state;
	fixture_votes(web, fixture_post(web, admin, 0, "Третій", now - 2 * MOMENT_HOUR), 3, now - MOMENT_MINUTE);
	assert_int_equal(answer_int(get(ended("/rating?sort=rating", "day", now)), "rows.0.id"), lida);
	assert_int_equal(answer_int(get(ended("/rating?sort=place", "day", now)), "rows.0.id"), lida);
	assert_int_equal(answer_int(get(ended("/rating?sort=posts", "day", now)), "rows.0.id"), admin);
	assert_int_equal(answer_int(get(ended("/rating?sort=time", "day", now)), "rows.0.id"), lida);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/rating?sort=luck")->status, 422);
}

static void rating__is_exact_to_the_second_over_any_span(void **state)
{
	(void)state;
	const char *any = web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - MOMENT_HOUR - 2 * MOMENT_SECOND), iso(now - MOMENT_HOUR + MOMENT_SECOND));
	struct answer *a = get(any);
	assert_int_equal(answer_int(a, "rows.0.id"), lida); /* two seconds at 1 and one at 2; the other the other way round */
	assert_true(fabs(real(a, "rows.0.place_h") * 3600 - (2 + rating_weight(2))) < 1e-9);
	assert_true(fabs(real(a, "rows.1.place_h") * 3600 - (1 + 2 * rating_weight(2))) < 1e-9);
	assert_int_equal(answer_int(a, "rows.0.entered"), 0);
	assert_int_equal(answer_int(a, "rows.0.time_us"), 3 * MOMENT_SECOND);
	const char *turned = web_path(web, "/rating?span=any&to=%s&from=%s", iso(now - MOMENT_HOUR - 2 * MOMENT_SECOND), iso(now - MOMENT_HOUR + MOMENT_SECOND));
	struct answer *b = get(turned);
	assert_true(json_equal(answer_at(a, "rows"), answer_at(b, "rows")));
	assert_string_equal(answer_text(a, "span.name"), "any");
	a = get(web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - 9 * MOMENT_HOUR), iso(now - 5 * MOMENT_HOUR)));
	assert_int_equal(answer_int(a, "total"), 0);
	assert_true(json_is_true(answer_at(a, "ever")));
	a = get(web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - MOMENT_HOUR), iso(now + 99 * MOMENT_DAY))); /* not in the future */
	assert_true(answer_int(a, "rows.0.time_us") < MOMENT_HOUR + 5 * MOMENT_MINUTE);
}

static void rating__says_what_changed_against_the_span_before(void **state)
{
	(void)state;
	/* the day that ended an hour and a half ago, seen from inside: neither was there before */
	struct answer *a = get(ended("/rating", "day", now));
	assert_true(json_is_false(answer_at(a, "span.compared")));
	assert_false(answer_has(a, "rows.0.change"));
	/* any hour has an hour before: Lida led, now the admin does */
	a = get(web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - MOMENT_HOUR), iso(now)));
	assert_int_equal(answer_int(a, "rows.0.id"), admin);
	assert_string_equal(answer_text(a, "rows.0.change.way"), "up");
	assert_int_equal(answer_int(a, "rows.0.change.by"), 1);
	assert_int_equal(answer_int(a, "rows.0.change.was_rank"), 2);
	assert_true(fabs(real(a, "rows.0.change.points") - (1 - rating_weight(2))) < 1e-9);
	assert_string_equal(answer_text(a, "rows.1.change.way"), "down");
	/* from just before he came */
	a = get(web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - 3 * MOMENT_HOUR - 1), iso(now - 2 * MOMENT_HOUR)));
	assert_int_equal(answer_int(a, "rows.0.id"), admin); /* a point for entering */
	assert_string_equal(answer_text(a, "rows.0.change.way"), "new");
	assert_string_equal(answer_text(a, "rows.1.change.way"), "down");
}

static void rating__goes_back_and_on_through_spans(void **state)
{
	(void)state;
	struct answer *a = get("/rating?span=week");
	assert_false(answer_has(a, "step_earlier")); /* the history began within it */
	assert_false(answer_has(a, "step_later"));
	a = get(ended("/rating", "day", now - 90 * MOMENT_MINUTE));
	assert_true(json_is_true(answer_at(a, "span.past")));
	assert_int_equal(answer_int(a, "rows.0.time_us"), 150 * MOMENT_MINUTE);
	a = get(answer_text(a, "step_later")); /* there is no more of it than until now */
	assert_true(json_is_false(answer_at(a, "span.past")));
	a = get(answer_text(get(web_path(web, "/rating?span=day&to=%s", iso(now + MOMENT_DAY))), "rows.0.address"));
	assert_string_equal(answer_text(a, "name"), "Ліда Лідерка");
}

static void rating__draws_how_the_first_came_to_their_places(void **state)
{
	(void)state;
	struct answer *a = get(web_path(web, "/rating?span=any&from=%s&to=%s", iso(now - 4 * MOMENT_HOUR), iso(now)));
	size_t n = json_array_size(answer_at(a, "chart.samples"));
	assert_true(n >= 5 && n <= 18);
	assert_int_equal(json_array_size(answer_at(a, "chart.lines")), 2);
	assert_string_equal(answer_text(a, "chart.lines.0.name"), "Ліда Лідерка");
	assert_int_equal(json_integer_value(json_array_get(answer_at(a, "chart.lines.0.ranks"), n - 1)), 1); /* they end as the table stands */
	assert_int_equal(json_integer_value(json_array_get(answer_at(a, "chart.lines.1.ranks"), n - 1)), 2);
	assert_true(json_is_null(json_array_get(answer_at(a, "chart.lines.1.ranks"), 0))); /* he was not there yet */
	struct answer *page = web_get(web, &web->manager, AS_PAGE, "/rating?span=day");
	assert_int_equal(page->status, 200);
	assert_non_null(strstr(page->body, "bump-line bump-2"));
	a = get(ended("/rating?who=communities", "day", now));
	assert_false(answer_has(a, "chart")); /* of one there is nothing to compare */
}

/* ---- Opened ---- */

static void opened__fills_the_formula_in(void **state)
{
	(void)state;
	struct answer *a = get(ended(web_path(web, "/rating/%lld", (long long)lida), "day", now));
	assert_int_equal(thousandths(answer_at(a, "figure.rating")), 4631);
	assert_int_equal(thousandths(answer_at(a, "figure.place_h")), 3631);
	assert_int_equal(answer_int(a, "figure.entered"), 1);
	assert_int_equal(answer_int(a, "figure.rank"), 1);
	assert_int_equal(answer_int(a, "figure.exact.time_us"), 4 * MOMENT_HOUR);
	assert_int_equal(answer_int(a, "posts.0.id"), first);
	assert_int_equal(answer_int(a, "posts.0.stays"), 1);
	assert_int_equal(answer_int(a, "posts.0.parts"), 2);
	struct answer *stays = get(answer_text(a, "posts.0.address"));
	assert_int_equal(answer_int(stays, "parts.0.position"), 1);
	assert_string_equal(answer_text(stays, "parts.0.from"), iso(now - 4 * MOMENT_HOUR));
	assert_string_equal(answer_text(stays, "parts.0.to"), iso(now - MOMENT_HOUR));
	assert_int_equal(answer_int(stays, "parts.0.time_s"), 3 * 3600);
	assert_int_equal(thousandths(answer_at(stays, "parts.0.place_h")), 3000);
	assert_int_equal(answer_int(stays, "parts.0.stay.number"), 1);
	assert_int_equal(thousandths(answer_at(stays, "parts.0.stay.place_h")), 3631);
	assert_true(json_is_null(answer_at(stays, "parts.1.stay")));
	assert_true(json_is_true(answer_at(stays, "parts.1.held")));
	assert_int_equal(answer_int(stays, "parts.1.exact.time_us"), MOMENT_HOUR);
	assert_int_equal(thousandths(answer_at(stays, "place_h")), 3631);
	a = get(ended(web_path(web, "/rating/%lld", (long long)club), "day", now));
	assert_string_equal(answer_text(a, "who"), "communities");
	assert_string_equal(answer_text(a, "posts.0.author.name"), "Адміністратор");
	struct answer *page = web_get(web, &web->manager, AS_PAGE, ended(web_path(web, "/rating/%lld", (long long)lida), "day", now));
	assert_true(strstr(page->body, "4,631") || strstr(page->body, "4.631"));
}

static void opened__is_of_what_is_there(void **state)
{
	(void)state;
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/rating/123")->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, web_path(web, "/rating/%lld/posts/%lld", (long long)lida, (long long)second))->status, 404); /* not hers */
	int64_t quiet = fixture_blogger(web, web->manager.member_id, "Мирон");
	struct answer *a = get(web_path(web, "/rating/%lld", (long long)quiet));
	assert_int_equal(answer_int(a, "total"), 0);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/rating/%lld", (long long)quiet))->status, 200);
}

/* Seventy posts of odd lengths: two pages, and whatever is shown of them, with the line about the other page, is the figure. */
static void opened__posts_sum_to_the_figure_on_every_page(void **state)
{
	(void)state;
	for (int i = 0; i < 70; i++)
		fixture_votes(web, fixture_post(web, lida, i % 3 ? 0 : club, "Ще один", now - MOMENT_HOUR), 3 + i % 3, now - 50 * MOMENT_MINUTE + i * 37 * MOMENT_SECOND + i * 12347);
	struct answer *whole = NULL;
	for (int page = 1; page <= 2; page++) {
		struct answer *a = get(ended(web_path(web, "/rating/%lld?page=%d", (long long)lida, page), "day", now));
		static const char *const keys[][2] = {{"points", "rating"}, {"place_h", "place_h"}, {"time_s", "time_s"}};
		for (int k = 0; k < 3; k++)
			assert_int_equal(sum(a, "posts", keys[k][0]) + thousandths(answer_at(a, web_path(web, "rest.%s", keys[k][0]))),
					 thousandths(answer_at(a, web_path(web, "figure.%s", keys[k][1]))));
		assert_int_equal(answer_int(a, "rest.posts") + (int64_t)json_array_size(answer_at(a, "posts")), answer_int(a, "total"));
		assert_true(fabs(real(a, "figure.rating") - real(a, "figure.exact.rating")) <= 0.0005 + 1e-9);
		assert_true(page == 1 ? answer_has(a, "after") : answer_has(a, "before"));
		if (whole) assert_true(json_equal(answer_at(whole, "figure"), answer_at(a, "figure")));
		whole = a;
	}
}

/* Two posts that overtake each other a hundred times: pages of stretches, each with what the others give, sum to the post as the list shows it. */
static void opened__stays_sum_to_the_post_on_every_page(void **state)
{
	(void)state;
	for (int i = 0; i < 120; i++) fixture_votes(web, i % 2 ? second : first, 8, now - 55 * MOMENT_MINUTE + i * 23 * MOMENT_SECOND + i * 1237);
	struct answer *list = get(ended(web_path(web, "/rating/%lld", (long long)lida), "day", now));
	const char *address = answer_text(list, "posts.0.address");
	int64_t parts = answer_int(list, "posts.0.parts"), seen = 0;
	assert_true(parts > 100);
	for (int page = 1; page <= 2; page++) {
		struct answer *a = get(web_path(web, "%s&page=%d", address, page));
		int64_t others_place = 0, others_time = 0, others = 0;
		static const char *const sides[] = {"earlier", "later"};
		for (int side = 0; side < 2; side++) {
			if (json_is_null(answer_at(a, sides[side]))) continue;
			others_place += thousandths(answer_at(a, web_path(web, "%s.place_h", sides[side])));
			others_time += answer_int(a, web_path(web, "%s.time_s", sides[side]));
			others += answer_int(a, web_path(web, "%s.parts", sides[side]));
		}
		assert_int_equal(sum(a, "parts", "place_h") + others_place, thousandths(answer_at(list, "posts.0.place_h")));
		assert_int_equal(sum(a, "parts", "time_s") / 1000 + others_time, answer_int(list, "posts.0.time_s"));
		assert_int_equal(thousandths(answer_at(a, "points")), thousandths(answer_at(list, "posts.0.points")));
		assert_false(json_is_null(answer_at(a, "parts.0.stay"))); /* a page says whose stay it goes on with */
		seen += (int64_t)json_array_size(answer_at(a, "parts"));
		assert_int_equal(others + (int64_t)json_array_size(answer_at(a, "parts")), parts);
		/* in place: whole the first time, rows alone afterwards */
		struct answer *piece = web_get(web, &web->manager, AS_HTMX, web_path(web, "%s&page=%d", address, page));
		assert_int_equal(piece->status, 200);
		assert_int_equal(strstr(piece->body, "<table") != NULL, page == 1);
		assert_null(strstr(piece->body, "<html"));
	}
	assert_int_equal(seen, parts);
}

/* A post that left and came back: two stays, each summing by itself. */
static void opened__stays_are_told_apart(void **state)
{
	(void)state;
	int64_t restless = fixture_post(web, lida, 0, "Неспокійний", now - 40 * MOMENT_HOUR);
	fixture_votes(web, restless, 3, now - 39 * MOMENT_HOUR); /* below 2 after 7 hours */
	fixture_votes(web, restless, 3, now - 30 * MOMENT_MINUTE);
	struct answer *list = get(ended(web_path(web, "/rating/%lld", (long long)lida), "week", now));
	assert_int_equal(answer_int(list, "total"), 2);
	assert_int_equal(answer_int(list, "posts.0.id"), restless); /* seven hours alone */
	assert_int_equal(answer_int(list, "posts.0.stays"), 2);
	struct answer *a = get(answer_text(list, "posts.0.address"));
	assert_int_equal(answer_int(a, "stays"), 2);
	assert_int_equal(answer_int(a, "parts.0.stay.number"), 1);
	assert_int_equal(answer_int(a, "parts.0.position"), 1);
	assert_true(llabs(answer_int(a, "parts.0.exact.time_us") - (int64_t)(12 * log2(1.5) * 3.6e9)) <= 2); /* h · (k − log2 θ) */
	assert_true(json_is_false(answer_at(a, "parts.0.stay.held")));
	int64_t stays_h = 0, stays_s = 0;
	json_t *part;
	size_t i;
	json_array_foreach(answer_at(a, "parts"), i, part) {
		json_t *stay = json_object_get(part, "stay");
		if (json_is_null(stay)) continue;
		stays_h += thousandths(json_object_get(stay, "place_h"));
		stays_s += json_integer_value(json_object_get(stay, "time_s"));
	}
	assert_int_equal(stays_h, thousandths(answer_at(list, "posts.0.place_h")));
	assert_int_equal(stays_s, answer_int(list, "posts.0.time_s"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(rating__is_what_the_formula_says),
		TEST(rating__is_sorted_by_each_of_its_keys),
		TEST(rating__is_exact_to_the_second_over_any_span),
		TEST(rating__says_what_changed_against_the_span_before),
		TEST(rating__goes_back_and_on_through_spans),
		TEST(rating__draws_how_the_first_came_to_their_places),
		TEST(opened__fills_the_formula_in),
		TEST(opened__is_of_what_is_there),
		TEST(opened__posts_sum_to_the_figure_on_every_page),
		TEST(opened__stays_sum_to_the_post_on_every_page),
		TEST(opened__stays_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
