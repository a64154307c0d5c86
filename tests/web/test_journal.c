/* A blogger's and a community's page: what they did in the top is what the rating says of them; best moments, best posts, with whom. */
#include "check.h"

#include <math.h>

#include "base/moment.h"
#include "core/rating/rating.h"
#include "top_fixture.h"

static struct web *web;
static int64_t now, lida, admin, club, quiet, first, second, third;

/* first (Lida's)              [−50 h, −49 h) at 1, [−49 h, −48 h) at 2; below the floor some time after
 * second (Lida's, the club's) [−49 h, … at 1
 * third (the admin's, the club's) [−2 h, … alone */
static int set_up(void **state)
{
	(void)state;
	web = web_open();
	now = moment_now();
	lida = fixture_blogger(web, web->lead.member_id, "Ліда Лідерка");
	admin = fixture_blogger(web, web->admin.member_id, "Адміністратор");
	quiet = fixture_blogger(web, web->manager.member_id, "Мирон Менеджер");
	club = fixture_community(web, "Холодні дзвінки");
	first = fixture_post(web, lida, 0, "Перший", now - 51 * MOMENT_HOUR);
	second = fixture_post(web, lida, club, "Другий", now - 50 * MOMENT_HOUR);
	third = fixture_post(web, admin, club, "Третій", now - 3 * MOMENT_HOUR);
	fixture_votes(web, first, 3, now - 50 * MOMENT_HOUR);
	fixture_votes(web, second, 6, now - 49 * MOMENT_HOUR);
	fixture_votes(web, third, 4, now - 2 * MOMENT_HOUR);
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

static struct answer *journal(int64_t id, const char *query)
{
	return get(&web->manager, web_path(web, "/journals/%lld%s", (long long)id, query));
}

static double real(const struct answer *a, const char *path)
{
	return json_number_value(answer_at(a, path));
}

static void journal__says_what_the_rating_says(void **state)
{
	(void)state;
	struct answer *a = journal(lida, "?span=week");
	struct answer *figure = get(&web->manager, answer_text(a, "figure.address"));
	assert_true(fabs(real(a, "figure.rating") - real(figure, "figure.exact.rating")) < 1e-9);
	assert_int_equal(answer_int(a, "figure.rank"), 1);
	assert_int_equal(answer_int(a, "figure.posts"), 2);
	assert_int_equal(answer_int(a, "figure.best"), 1);
	assert_int_equal(answer_int(a, "figure.now"), 0); /* six votes are below two after 19 hours */
	assert_int_equal(answer_int(journal(club, ""), "figure.now"), 1);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/journals/%lld", (long long)lida))->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/journals/%lld?span=all&sort=best", (long long)club))->status, 200);
}

static void journal__weeks_are_all_of_the_time(void **state)
{
	(void)state;
	struct answer *a = journal(lida, "?span=all");
	json_t *bar;
	size_t i;
	double hours = 0, tallest = 0;
	json_array_foreach(answer_at(a, "weeks.bars"), i, bar) {
		hours += json_number_value(json_object_get(bar, "hours"));
		double height = json_number_value(json_object_get(bar, "height"));
		if (height > tallest) tallest = height;
	}
	assert_int_equal(json_array_size(answer_at(a, "weeks.bars")), 12);
	assert_true(fabs(hours - real(a, "figure.place_h")) < 1e-9);
	assert_true(tallest == 100);
	struct answer *week = get(&web->manager, answer_text(a, "weeks.bars.11.address"));
	assert_true(fabs(real(week, "figure.exact.place_h") - real(a, "weeks.bars.11.hours")) < 1e-9);
}

static void journal__best_moments_are_the_longest_at_the_highest(void **state)
{
	(void)state;
	struct answer *a = journal(lida, "?span=week");
	assert_int_equal(json_array_size(answer_at(a, "best")), 2);
	assert_int_equal(answer_int(a, "best.0.post.id"), second); /* 19 hours at 1 */
	assert_int_equal(answer_int(a, "best.0.position"), 1);
	assert_int_equal(answer_int(a, "best.1.post.id"), first); /* an hour at 1 */
	assert_true(real(a, "best.1.seconds") == 3600);
	char text[32];
	moment_iso(now - 50 * MOMENT_HOUR, text);
	assert_string_equal(answer_text(a, "best.1.from"), text);
	assert_int_equal(answer_int(get(&web->manager, answer_text(a, "best.1.address")), "post.id"), first);
}

static void journal__says_with_whom(void **state)
{
	(void)state;
	struct answer *a = journal(club, "?span=week");
	assert_int_equal(json_array_size(answer_at(a, "peers")), 2);
	assert_int_equal(answer_int(a, "peers.0.id"), lida);
	assert_int_equal(answer_int(a, "peers.0.posts"), 1); /* her other post is not the club's */
	assert_int_equal(answer_int(a, "peers.1.id"), admin);
	assert_true(fabs(real(a, "peers.0.rating") + real(a, "peers.1.rating") - real(a, "figure.rating")) < 1e-9);
	a = journal(lida, "?span=week");
	assert_int_equal(json_array_size(answer_at(a, "peers")), 1);
	assert_int_equal(answer_int(a, "peers.0.id"), club);
}

static void journal__posts_are_the_newest_or_the_best(void **state)
{
	(void)state;
	int64_t unseen = fixture_post(web, admin, club, "Ніким не помічений", now - MOMENT_HOUR);
	struct answer *a = journal(club, "");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 3);
	assert_int_equal(answer_int(a, "posts.0.id"), unseen);
	assert_true(json_is_null(answer_at(a, "posts.0.life")));
	a = journal(club, "?sort=best");
	assert_int_equal(json_array_size(answer_at(a, "posts")), 2);
	assert_int_equal(answer_int(a, "posts.0.id"), second);
	assert_int_equal(answer_int(a, "posts.1.id"), third);
	assert_int_equal(answer_int(a, "posts.0.life.best"), 1);
	struct answer *opened = get(&web->manager, answer_text(a, "posts.0.life.address"));
	assert_true(fabs(real(opened, "exact.rating") - real(a, "posts.0.life.points")) < 1e-9);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, web_path(web, "/journals/%lld?sort=luck", (long long)club))->status, 422);
}

static void journal__that_never_was_there_has_no_figure(void **state)
{
	(void)state;
	struct answer *a = journal(quiet, "");
	assert_false(answer_has(a, "figure"));
	assert_false(answer_has(a, "peers"));
	assert_int_equal(json_array_size(answer_at(journal(quiet, "?sort=best"), "posts")), 0);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "/journals/%lld?sort=best", (long long)quiet))->status, 200);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, "/journals/123")->status, 404);
}

static void open_reading(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE journal_rules SET open_reading = 1", "")) fail_msg("%s", error.text);
}

static void journal__readers_names_are_the_house_s(void **state)
{
	(void)state;
	web_post(web, &web->manager, AS_JSON, web_path(web, "/journals/%lld/follow", (long long)lida), FORM());
	struct answer *a = journal(lida, "");
	assert_int_equal(answer_int(a, "counts.followers"), 1);
	assert_int_equal(answer_int(a, "followers.0.id"), quiet);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), open_reading, NULL);
	struct person stranger = {0};
	a = get(&stranger, web_path(web, "/journals/%lld", (long long)lida));
	assert_int_equal(answer_int(a, "counts.followers"), 1);
	assert_false(answer_has(a, "followers"));
	assert_int_equal(answer_int(a, "figure.posts"), 2);
	assert_int_equal(get(&stranger, "/rating?span=week")->status, 200);
	assert_int_equal(get(&stranger, web_path(web, "/rating/%lld?span=week", (long long)lida))->status, 200);
}

/* ---- The directory ---- */

static const char *named(const struct answer *a)
{
	static char names[400];
	json_t *line;
	size_t i;
	*names = '\0';
	json_array_foreach(answer_at(a, "journals"), i, line)
		snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "", json_string_value(json_object_get(line, "name")));
	return names;
}

static void directory__bloggers_are_who_wrote(void **state)
{
	(void)state;
	struct answer *a = get(&web->lead, "/journals?kind=blogger"); /* not those who only voted */
	assert_string_equal(named(a), "Адміністратор, Ліда Лідерка");
	assert_int_equal(answer_int(a, "counts.bloggers"), 2);
	assert_int_equal(answer_int(a, "counts.communities"), 1);
	assert_string_equal(named(get(&web->lead, "/journals")), "Холодні дзвінки");
	web_post(web, &web->lead, AS_JSON, web_path(web, "/journals/%lld/follow", (long long)quiet), FORM());
	assert_string_equal(named(get(&web->lead, "/journals?kind=followed")), "Мирон Менеджер");
	web_post(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/comments", (long long)first), FORM("text", "Так"));
	a = get(&web->lead, "/journals?kind=blogger");
	assert_string_equal(named(a), "Адміністратор, Ліда Лідерка, Мирон Менеджер");
	assert_int_equal(answer_int(a, "counts.bloggers"), 3);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(journal__says_what_the_rating_says),
		TEST(journal__weeks_are_all_of_the_time),
		TEST(journal__best_moments_are_the_longest_at_the_highest),
		TEST(journal__says_with_whom),
		TEST(journal__posts_are_the_newest_or_the_best),
		TEST(journal__that_never_was_there_has_no_figure),
		TEST(journal__readers_names_are_the_house_s),
		cmocka_unit_test_setup_teardown(directory__bloggers_are_who_wrote, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
