/* The page of the main top: order, arrows, votes and lines of positions, now and as of any moment; what is new to whom; why a post is where it is; its life there. */
#include "check.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "store/tenure_store.h"
#include "store/top_store.h"
#include "top_fixture.h"

static struct web *web;
#define OVERTOOK (36 * MOMENT_MINUTE)

static int64_t now, calm, hot, late, club;

/* hot overtakes calm OVERTOOK ago; late comes in a quarter of an hour ago. */
static int set_up(void **state)
{
	(void)state;
	web = web_open();
	now = moment_now();
	fixture_blogger(web, web->lead.member_id, "Ліда Лідерка");
	fixture_blogger(web, web->admin.member_id, "Адміністратор");
	club = fixture_community(web, "Холодні дзвінки");
	calm = fixture_post(web, web->lead.member_id, 0, "Спокійний", now - 5 * MOMENT_HOUR);
	hot = fixture_post(web, web->lead.member_id, club, "Гарячий", now - 4 * MOMENT_HOUR);
	late = fixture_post(web, web->admin.member_id, 0, "Новий", now - 3 * MOMENT_HOUR);
	fixture_votes(web, calm, 6, now - 4 * MOMENT_HOUR);
	fixture_votes(web, hot, 3, now - 2 * MOMENT_HOUR);
	fixture_votes(web, hot, 6, now - OVERTOOK);
	fixture_votes(web, late, 3, now - 15 * MOMENT_MINUTE);
	fixture_keep(web);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *get(struct person *who, const char *path)
{
	struct answer *a = web_get(web, who, AS_JSON, path);
	if (a->status != 200) fail_msg("%s: %d %s", path, a->status, a->body);
	return a;
}

static const char *as_of(const char *path, int64_t at)
{
	char text[32];
	moment_iso(at, text);
	return web_path(web, "%s?as_of=%s", path, web_escape(web, text));
}

/* ---- The page ---- */

static void top__is_in_order_and_says_what_moved(void **state)
{
	(void)state;
	struct answer *a = get(&web->manager, "/top");
	assert_int_equal(answer_int(a, "count"), 3);
	assert_int_equal(answer_int(a, "rows.0.id"), hot);
	assert_int_equal(answer_int(a, "rows.1.id"), calm);
	assert_int_equal(answer_int(a, "rows.2.id"), late);
	assert_int_equal(answer_int(a, "rows.0.hour_ago"), 2);
	assert_string_equal(answer_text(a, "rows.0.move.way"), "up");
	assert_int_equal(answer_int(a, "rows.0.move.by"), 1);
	assert_string_equal(answer_text(a, "rows.1.move.way"), "down");
	assert_string_equal(answer_text(a, "rows.2.move.way"), "in");
	assert_int_equal(answer_int(a, "rows.0.vote.votes"), 9);
	assert_string_equal(answer_text(a, "rows.0.community.name"), "Холодні дзвінки");
	assert_string_equal(answer_text(a, "rows.0.author.name"), "Ліда Лідерка");
	assert_true(answer_int(a, "rows.0.in_top_s") >= 2 * 3600 && answer_int(a, "rows.0.in_top_s") < 2 * 3600 + 60);
	assert_string_equal(answer_text(a, "rows.0.strip"), "M110 5h7v-5h3"); /* in at the second place two hours ago, then the first */
	assert_true(json_is_null(answer_at(a, "as_of")));
	assert_true(json_is_null(answer_at(a, "rows.0.visit_ago"))); /* his first visit: nothing is new to him */
	assert_true(json_is_false(answer_at(a, "rows.0.new")));
}

static void top__is_what_it_was(void **state)
{
	(void)state;
	struct answer *a = get(&web->manager, as_of("/top", now - MOMENT_HOUR));
	assert_int_equal(answer_int(a, "count"), 2);
	assert_int_equal(answer_int(a, "rows.0.id"), calm);
	assert_int_equal(answer_int(a, "rows.1.id"), hot);
	assert_int_equal(answer_int(a, "rows.0.vote.votes"), 6);
	assert_int_equal(answer_int(a, "rows.1.vote.votes"), 3);
	assert_string_equal(answer_text(a, "rows.0.move.way"), "same");
	assert_int_equal(answer_int(a, "rows.1.in_top_s"), 3600);
	assert_false(json_is_null(answer_at(a, "steps.hour_back")));
	assert_true(json_is_null(answer_at(a, "steps.day_on")));
	a = get(&web->manager, as_of("/top", now - 6 * MOMENT_HOUR));
	assert_true(json_is_true(answer_at(a, "empty")));
	a = get(&web->manager, as_of("/top", now + MOMENT_DAY)); /* what has not come is now */
	assert_true(json_is_null(answer_at(a, "as_of")));
	assert_int_equal(answer_int(a, "count"), 3);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, as_of("/top", now - MOMENT_HOUR))->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/top?as_of=nonsense")->status, 422);
}

static void top__a_vote_s_moment_is_its_own(void **state)
{
	(void)state;
	/* the very instant of a change belongs to what it changed to */
	assert_int_equal(answer_int(get(&web->manager, as_of("/top", now - OVERTOOK)), "rows.0.id"), hot);
	assert_int_equal(answer_int(get(&web->manager, as_of("/top", now - OVERTOOK - 1)), "rows.0.id"), calm);
}

static void edit(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "INSERT INTO post_version (post_id, version, at, title, body) VALUES ($1, 1, $2, 'Теплий', '')", "ii", hot, now - 4 * MOMENT_HOUR) ||
	    db_exec(use->db, &error, "UPDATE post SET version = 2, changed_at = $2 WHERE post_id = $1", "ii", hot, now - 20 * MOMENT_MINUTE))
		fail_msg("%s", error.text);
}

static void top__shows_the_title_of_then(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), edit, NULL);
	assert_string_equal(answer_text(get(&web->manager, "/top"), "rows.0.title"), "Гарячий");
	assert_string_equal(answer_text(get(&web->manager, as_of("/top", now - MOMENT_HOUR)), "rows.1.title"), "Теплий");
	assert_string_equal(answer_text(get(&web->manager, as_of("/top", now - 10 * MOMENT_MINUTE)), "rows.0.title"), "Гарячий");
}

static void top__knows_whose_vote_it_is(void **state)
{
	(void)state;
	fixture_vote(web, late, web->manager.member_id, moment_now());
	struct answer *a = get(&web->manager, "/top");
	assert_true(json_is_true(answer_at(a, "rows.2.vote.mine")));
	assert_true(json_is_false(answer_at(a, "rows.2.vote.own")));
	a = get(&web->admin, "/top");
	assert_true(json_is_true(answer_at(a, "rows.2.vote.own")));
	struct answer *page = web_get(web, &web->manager, AS_PAGE, "/top");
	assert_non_null(strstr(page->body, web_path(web, "action=\"/posts/%lld/vote\"", (long long)late)));
	page = web_get(web, &web->admin, AS_PAGE, "/top");
	assert_null(strstr(page->body, web_path(web, "action=\"/posts/%lld/vote\"", (long long)late)));
}

/* ---- Since the last visit ---- */

static void looked(struct use *use, void *arg)
{
	struct error error;
	const int64_t *at = arg;
	if (db_exec(use->db, &error, "INSERT INTO top_visit (member_id, at, before_at) VALUES ($1, $2, NULLIF($3, 0)) ON CONFLICT (member_id) DO UPDATE SET at = $2, before_at = NULLIF($3, 0)",
		    "iii", use->who.member_id, at[0], at[1]))
		fail_msg("%s", error.text);
}

static void visits_were(int64_t at, int64_t before)
{
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), looked, (int64_t[]){at, before});
}

static void top__marks_what_came_since_the_last_visit(void **state)
{
	(void)state;
	visits_were(now - 45 * MOMENT_MINUTE, 0); /* another visit: half an hour is over */
	struct answer *a = get(&web->manager, "/top");
	assert_true(json_is_true(answer_at(a, "rows.2.new")));
	assert_true(json_is_false(answer_at(a, "rows.0.new")));
	assert_int_equal(answer_int(a, "rows.0.visit_ago"), 2);
	assert_string_equal(answer_text(a, "since"), "hour");
	a = get(&web->manager, "/top?since=visit");
	assert_string_equal(answer_text(a, "since"), "visit");
	assert_string_equal(answer_text(a, "rows.0.move.way"), "up");
	/* the same visit goes on: compared is the one before it */
	visits_were(now - 5 * MOMENT_MINUTE, now - 3 * MOMENT_HOUR);
	a = get(&web->manager, "/top?since=visit");
	assert_true(json_is_true(answer_at(a, "rows.0.new")));
	assert_true(json_is_false(answer_at(a, "rows.1.new")));
	assert_true(json_is_null(answer_at(get(&web->lead, "/top"), "visit_at"))); /* another's visits are his */
}

static int64_t visit_noted(void)
{
	int64_t at = 0, before;
	struct error error;
	for (int tries = 0; !at && tries < 100; tries++) {
		struct db *db = store_reader_take(web->store, &error);
		if (!db || top_visit_load(db, web->manager.member_id, &at, &before, &error)) fail_msg("%s", error.text);
		store_reader_give(web->store, db);
		usleep(10000);
	}
	return at;
}

static void top__notes_a_look_of_the_page_alone(void **state)
{
	(void)state;
	get(&web->manager, "/top");
	web_get(web, &web->manager, AS_PAGE, as_of("/top", now - MOMENT_HOUR));
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/top")->status, 200);
	int64_t at = visit_noted();
	assert_true(at >= now);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/top")->status, 200); /* within the minute: not again */
	assert_int_equal(visit_noted(), at);
}

/* ---- Strangers ---- */

static void reading_open(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE journal_rules SET open_reading = 1", "")) fail_msg("%s", error.text);
}

static void top__strangers_read_where_they_may(void **state)
{
	struct person nobody = {0};
	(void)state;
	assert_int_equal(web_get(web, &nobody, AS_JSON, "/top")->status, 401);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), reading_open, NULL);
	struct answer *a = get(&nobody, "/top");
	assert_int_equal(answer_int(a, "count"), 3);
	assert_true(json_is_null(answer_at(a, "visit_at")));
	struct answer *page = web_get(web, &nobody, AS_PAGE, "/top");
	assert_int_equal(page->status, 200);
	assert_null(strstr(page->body, "action=\"/posts/"));
	assert_non_null(strstr(page->body, "/login?next=%2Ftop"));
	assert_int_equal(web_get(web, &nobody, AS_PAGE, web_path(web, "/posts/%lld/heat", (long long)hot))->status, 200);
}

static void top__empty_says_what_to_do_first(void **state)
{
	(void)state;
	struct web *empty = web_open();
	struct answer *a = web_get(empty, &empty->manager, AS_PAGE, "/top");
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "/posts/new"));
	a = web_get(empty, &empty->manager, AS_JSON, "/top");
	assert_true(json_is_true(answer_at(a, "empty")));
	assert_true(json_is_false(answer_at(a, "any_post")));
	web_close(empty);
}

/* ---- Why here ---- */

static double real_at(const struct answer *a, const char *path)
{
	return json_number_value(answer_at(a, path));
}

static void sums(const struct answer *a)
{
	double sum = json_is_null(answer_at(a, "earlier")) ? 0 : real_at(a, "earlier.left");
	size_t i;
	json_t *vote;
	json_array_foreach(answer_at(a, "votes"), i, vote) {
		double weight = json_number_value(json_object_get(vote, "weight")), decay = json_number_value(json_object_get(vote, "decay")),
		       heat = json_number_value(json_object_get(vote, "left"));
		assert_true(fabs(weight - json_number_value(json_object_get(vote, "base")) / (double)json_integer_value(json_object_get(vote, "nth"))) < 1e-12);
		assert_true(fabs(heat - (json_is_true(json_object_get(vote, "adds")) ? weight * decay : 0)) < 1e-12);
		sum += heat;
	}
	double heat = real_at(a, "heat");
	if (fabs(sum - heat) > 1e-9 * heat) fail_msg("%.15g is not %.15g", sum, heat);
}

static double kept_heat(int64_t post_id, int64_t at)
{
	struct error error;
	struct heat_row row;
	struct db *db = store_reader_take(web->store, &error);
	if (!db || post_heat_load(db, post_id, &row, &error)) fail_msg("%s", error.text);
	store_reader_give(web->store, db);
	return heat_at(&row.heat, at, 12 * MOMENT_HOUR);
}

static void heat__is_the_sum_of_what_is_left(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) fixture_vote(web, i ? late : hot, web->manager.member_id, moment_now()); /* his second for an author weighs half */
	fixture_keep(web);
	struct answer *a = get(&web->manager, web_path(web, "/posts/%lld/heat", (long long)hot));
	assert_int_equal(answer_int(a, "position"), 1);
	assert_int_equal(answer_int(a, "votes_count"), 10);
	assert_true(json_is_true(answer_at(a, "votes.0.mine")));
	assert_true(json_is_false(answer_at(a, "votes.1.mine")));
	assert_false(answer_has(a, "votes.0.voter_id"));
	sums(a);
	int64_t at;
	assert_true(moment_parse(answer_text(a, "at"), &at));
	assert_true(fabs(kept_heat(hot, at) / real_at(a, "heat") - 1) < 1e-9); /* what the keeper keeps is what the votes say */
	assert_int_equal(json_array_size(answer_at(a, "votes")), 10);
	a = get(&web->manager, web_path(web, "/posts/%lld/heat?few=1", (long long)hot));
	assert_int_equal(json_array_size(answer_at(a, "votes")), 7);
	assert_int_equal(answer_int(a, "earlier.count"), 3);
	sums(a);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/posts/%lld/heat", (long long)hot))->status, 200);
	struct answer *part = web_get(web, &web->manager, AS_HTMX, web_path(web, "/posts/%lld/heat?few=1", (long long)hot));
	assert_null(strstr(part->body, "<html"));
}

static void heat__falls_to_the_floor_when_it_says(void **state)
{
	int64_t leaves, at;
	(void)state;
	struct answer *a = get(&web->manager, web_path(web, "/posts/%lld/heat", (long long)calm));
	assert_true(moment_parse(answer_text(a, "leaves_at"), &leaves));
	assert_true(moment_parse(answer_text(a, "at"), &at));
	assert_true(fabs(kept_heat(calm, leaves) - 2) < 1e-6);
	assert_true(leaves > at);
}

static void heat__is_as_of_then_too(void **state)
{
	(void)state;
	struct answer *a = get(&web->manager, as_of(web_path(web, "/posts/%lld/heat", (long long)hot), now - MOMENT_HOUR));
	assert_int_equal(answer_int(a, "position"), 2);
	assert_int_equal(answer_int(a, "votes_count"), 3);
	assert_true(fabs(real_at(a, "heat") - 3 * exp2(-1.0 / 12)) < 1e-9);
	sums(a);
	a = get(&web->manager, as_of(web_path(web, "/posts/%lld/heat", (long long)late), now - MOMENT_HOUR));
	assert_int_equal(answer_int(a, "position"), 0);
	assert_string_equal(answer_text(a, "outside"), "no_votes");
}

static void hide(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE post SET hidden_at = $2 WHERE post_id = $1", "ii", hot, use->now)) fail_msg("%s", error.text);
}

static void heat__of_what_cannot_be_read_is_not_there(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), hide, NULL);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/heat", (long long)hot))->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/posts/1/heat")->status, 404);
	assert_int_equal(answer_int(get(&web->manager, "/top"), "rows.0.id"), calm); /* and the top does not wait for the keeper */
}

/* ---- A life in the top ---- */

static void life__is_on_the_post_s_page(void **state)
{
	(void)state;
	struct answer *a = get(&web->manager, web_path(web, "/posts/%lld", (long long)hot));
	assert_int_equal(answer_int(a, "life.best"), 1);
	assert_int_equal(answer_int(a, "life.position"), 1);
	assert_int_equal(answer_int(a, "life.moves"), 1);
	assert_int_equal(json_array_size(answer_at(a, "life.stays")), 2);
	assert_int_equal(answer_int(a, "life.stays.0.position"), 2);
	assert_int_equal(answer_int(a, "life.stays.0.seconds"), 84 * 60);
	assert_true(json_is_null(answer_at(a, "life.stays.1.to")));
	assert_int_equal(answer_int(a, "life.votes.count"), 9);
	/* 1.4 hours at the second place, 0.6 at the first */
	double place = 1.4 / log2(3) + 0.6, told = real_at(a, "life.place_h");
	assert_true(told >= place && told < place + 0.02);
	assert_int_equal(strncmp(answer_text(a, "life.line"), "M", 1), 0);
	assert_non_null(strstr(answer_text(a, "life.area"), "z"));
	struct answer *page = web_get(web, &web->manager, AS_PAGE, web_path(web, "/posts/%lld", (long long)hot));
	assert_non_null(strstr(page->body, "class=\"life-line\""));
	assert_non_null(strstr(page->body, "/assets/life."));
	int64_t quiet = fixture_post(web, web->lead.member_id, 0, "Тихий", now);
	assert_true(json_is_null(answer_at(get(&web->manager, web_path(web, "/posts/%lld", (long long)quiet)), "life")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(top__is_in_order_and_says_what_moved),
		TEST(top__is_what_it_was),
		TEST(top__a_vote_s_moment_is_its_own),
		TEST(top__shows_the_title_of_then),
		TEST(top__knows_whose_vote_it_is),
		TEST(top__marks_what_came_since_the_last_visit),
		TEST(top__notes_a_look_of_the_page_alone),
		TEST(top__strangers_read_where_they_may),
		TEST(top__empty_says_what_to_do_first),
		TEST(heat__is_the_sum_of_what_is_left),
		TEST(heat__falls_to_the_floor_when_it_says),
		TEST(heat__is_as_of_then_too),
		TEST(heat__of_what_cannot_be_read_is_not_there),
		TEST(life__is_on_the_post_s_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
