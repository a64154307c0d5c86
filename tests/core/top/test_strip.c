/* The line of a post's positions: where it goes, that nothing is lost, that it stays short. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "check.h"
#include "core/top/strip.h"

#define HOUR (INT64_C(3600) * 1000000)

static const struct strip day = {.from = 0, .to = 24 * HOUR, .places = 50, .width = 240, .height = 100};

static char *line_of(const struct strip *strip, const struct tenure *tenures, size_t n, bool area)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	bool any = area ? strip_area(strip, tenures, n, &out) : strip_line(strip, tenures, n, &out);
	assert_int_equal(any, out.used > 0);
	assert_false(out.overflow);
	if (!out.bytes) buf_text(&out, "");
	return buf_take(&out);
}

static void draws(const struct strip *strip, const struct tenure *tenures, size_t n, const char *wanted)
{
	char *path = line_of(strip, tenures, n, false);
	assert_string_equal(path, wanted);
	free(path);
}

#define DRAWS(wanted, ...) draws(&day, (const struct tenure[]){__VA_ARGS__}, sizeof((const struct tenure[]){__VA_ARGS__}) / sizeof(struct tenure), wanted)

static void strip_y__goes_by_the_logarithm(void **state)
{
	(void)state;
	assert_int_equal(strip_y(&day, 1), 0);
	assert_int_equal(strip_y(&day, 50), 100);
	assert_int_equal(strip_y(&day, 51), 100);
	assert_int_equal(strip_y(&day, 2), 18);
	assert_int_equal(strip_y(&day, 20) - strip_y(&day, 10), 18);
	for (int p = 1; p < 50; p++) assert_true(strip_y(&day, p) <= strip_y(&day, p + 1));
	struct strip one = day;
	one.places = 1;
	assert_int_equal(strip_y(&one, 1), 0);
	assert_int_equal(strip_y(&one, 2), 100);
}

static void strip_x__keeps_to_the_picture(void **state)
{
	(void)state;
	assert_int_equal(strip_x(&day, -1), 0);
	assert_int_equal(strip_x(&day, 0), 0);
	assert_int_equal(strip_x(&day, 12 * HOUR), 120);
	assert_int_equal(strip_x(&day, 24 * HOUR), 240);
	assert_int_equal(strip_x(&day, TENURE_OPEN), 240);
	struct strip long_ago = {.from = -(INT64_C(1) << 61), .to = INT64_C(1) << 61, .places = 50, .width = 100, .height = 10};
	assert_int_equal(strip_x(&long_ago, 0), 50);
}

static void strip_line__draws_stays_moves_and_gaps(void **state)
{
	(void)state;
	DRAWS("M20 0h40", {2 * HOUR, 6 * HOUR, 0, 1});
	DRAWS("M20 18v-18h40v100h60", {2 * HOUR, 2 * HOUR + 1, 0, 2}, {2 * HOUR + 1, 6 * HOUR, 0, 1}, {6 * HOUR, 12 * HOUR, 0, 50});
	DRAWS("M20 0h40M100 0h140", {2 * HOUR, 6 * HOUR, 0, 1}, {10 * HOUR, TENURE_OPEN, 0, 1});
}

static void strip_line__is_cut_to_the_picture(void **state)
{
	(void)state;
	DRAWS("M0 0h60", {-5 * HOUR, 6 * HOUR, 0, 1});
	DRAWS("M230 0h10", {23 * HOUR, 30 * HOUR, 0, 1});
	DRAWS("", {-5 * HOUR, 0, 0, 1});
	DRAWS("", {24 * HOUR, TENURE_OPEN, 0, 1});
	draws(&day, NULL, 0, "");
}

static void strip_line__shows_what_is_shorter_than_a_unit(void **state)
{
	(void)state;
	DRAWS("M20 0h1", {2 * HOUR, 2 * HOUR + 1, 0, 1});
	DRAWS("M240 0h-1", {24 * HOUR - 1, TENURE_OPEN, 0, 1});
	DRAWS("M20 0h1M40 100h1", {2 * HOUR, 2 * HOUR + 1, 0, 1}, {4 * HOUR, 4 * HOUR + 1, 0, 50});
	/* up and down again within one unit, between two stays at 20: the highest of it is there */
	DRAWS("M20 77h20v-77v77h20", {2 * HOUR, 4 * HOUR, 0, 20}, {4 * HOUR, 4 * HOUR + 1, 0, 1}, {4 * HOUR + 1, 6 * HOUR, 0, 20});
}

static void strip_area__is_closed_at_the_lower_edge(void **state)
{
	(void)state;
	const struct tenure tenures[] = {{2 * HOUR, 6 * HOUR, 0, 1}, {6 * HOUR, 12 * HOUR, 0, 2}, {20 * HOUR, TENURE_OPEN, 0, 50}};
	char *path = line_of(&day, tenures, 3, true);
	assert_string_equal(path, "M20 100V0h40v18h60V100zM200 100V100h40V100z");
	free(path);
}

/* Walks a line's path and marks each unit's highest and lowest point. */
static void walk(const char *path, int *high, int *low)
{
	int x = 0, y = 0;
	for (const char *p = path; *p;) {
		char *end;
		char command = *p++;
		long n = strtol(p, &end, 10);
		if (command == 'M') {
			x = (int)n;
			y = (int)strtol(end, &end, 10);
		}
		int was = x;
		if (command == 'h') x += (int)n;
		if (command == 'v') y += (int)n;
		for (int i = was < x ? was : x; i <= (was < x ? x : was); i++) {
			if (y < high[i]) high[i] = y;
			if (y > low[i]) low[i] = y;
		}
		p = end;
	}
}

/* A post that moved some hundred thousand times: the text is bounded, and in each unit it reaches as high and as low as the post did. */
static void strip_line__loses_no_peak_and_stays_short(void **state)
{
	(void)state;
	enum { N = 100000 };
	struct tenure *tenures = calloc(N, sizeof *tenures);
	struct rng rng;
	int high[241], low[241], wanted_high[241], wanted_low[241];
	rng_init(&rng, 7);
	int64_t at = 0;
	for (int i = 0; i < 241; i++) {
		high[i] = wanted_high[i] = 1000;
		low[i] = wanted_low[i] = -1;
	}
	for (int i = 0; i < N; i++) {
		int64_t lasts = 1 + (int64_t)rng_below(&rng, 2 * 24 * HOUR / N);
		tenures[i] = (struct tenure){at, at + lasts, 0, (uint16_t)(1 + rng_below(&rng, 60))};
		at += lasts;
		if (rng_below(&rng, 1000) == 0) at += HOUR / 4;
		for (int x = strip_x(&day, tenures[i].from); tenures[i].from < day.to && x <= strip_x(&day, tenures[i].to); x++) {
			int y = strip_y(&day, tenures[i].position);
			if (y < wanted_high[x]) wanted_high[x] = y;
			if (y > wanted_low[x]) wanted_low[x] = y;
		}
	}
	char *path = line_of(&day, tenures, N, false);
	assert_true(strlen(path) < 20 * 240);
	walk(path, high, low);
	for (int x = 0; x <= 240; x++) {
		assert_true(high[x] <= wanted_high[x]);
		assert_true(low[x] >= wanted_low[x]);
		if (wanted_low[x] < 0) continue;
		/* no further than the unit itself and the one beside it, from which an upright stroke may come */
		int top = wanted_high[x], bottom = wanted_low[x];
		for (int i = x ? x - 1 : x; i <= x + 1 && i <= 240; i++) {
			if (wanted_high[i] < top) top = wanted_high[i];
			if (wanted_low[i] > bottom) bottom = wanted_low[i];
		}
		assert_true(high[x] >= top && low[x] <= bottom);
	}
	free(path);
	free(tenures);
}

static void strip_levels__are_round_positions_of_the_top(void **state)
{
	int levels[STRIP_LEVELS];
	(void)state;
	assert_int_equal(strip_levels(1, levels), 1);
	assert_int_equal(strip_levels(50, levels), 6);
	assert_int_equal(levels[5], 50);
	assert_int_equal(strip_levels(1000, levels), STRIP_LEVELS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strip_y__goes_by_the_logarithm),
		cmocka_unit_test(strip_x__keeps_to_the_picture),
		cmocka_unit_test(strip_line__draws_stays_moves_and_gaps),
		cmocka_unit_test(strip_line__is_cut_to_the_picture),
		cmocka_unit_test(strip_line__shows_what_is_shorter_than_a_unit),
		cmocka_unit_test(strip_area__is_closed_at_the_lower_edge),
		cmocka_unit_test(strip_line__loses_no_peak_and_stays_short),
		cmocka_unit_test(strip_levels__are_round_positions_of_the_top),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
