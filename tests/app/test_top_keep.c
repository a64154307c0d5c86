/* The keeper: what it writes a little at a time is what one run over all votes would write, whatever was taken back, hidden or banned meanwhile. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/top_keep.h"
#include "app/top_work.h"
#include "app/vote.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/rng.h"
#include "store/ban_store.h"
#include "store/migrate.h"
#include "store/tenure_store.h"
#include "store/vote_store.h"

#define START INT64_C(1790000000000000)
enum { BLOGGERS = 6, COMMUNITIES = 3, READERS = 12 };

static char path[64];
static struct db *db;
static struct arena *arena;
static int64_t now;
static struct error error;

static void must(enum err kind)
{
	if (kind) fail_msg("%s", error.text);
}

static struct use as(int64_t member_id)
{
	struct use use;
	use_init(&use, arena, db, (struct actor){1, member_id, ROLE_MANAGER, "uk"}, now);
	return use;
}

static int64_t number(const char *sql)
{
	int64_t n;
	must(db_query_int(db, &error, -1, &n, sql, ""));
	return n;
}

static int set_up(void **state)
{
	(void)state;
	int applied;
	snprintf(path, sizeof path, "/tmp/sturgeon-keep-XXXXXX");
	int fd = mkstemp(path);
	if (fd < 0) return -1;
	close(fd);
	now = START;
	must(db_open(path, DB_WRITE, &error, &db));
	must(migrate_run(db, START, &error, &applied));
	arena = arena_new(64 << 20);
	must(db_exec(db, &error, "INSERT INTO team (team_id, name, created_at) VALUES (1, 't', 1)", ""));
	for (int64_t i = 1; i <= BLOGGERS; i++)
		must(db_exec(db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, 'blogger', 'b', 'b', 1)", "i", i));
	for (int64_t i = 1; i <= COMMUNITIES; i++)
		must(db_exec(db, &error, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES ($1, 'community', 'c', 'c', 1)", "i", 100 + i));
	must(db_begin(db, &error));
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char file[96];
	(void)state;
	must(db_commit(db, &error));
	db_close(db);
	arena_free(arena);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		unlink(file);
	}
	return 0;
}

static void post_make(int64_t post_id, int64_t author_id, int64_t community_id)
{
	must(db_exec(db, &error, "INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, created_at, changed_at, published_at)"
				 " VALUES ($1, $2, NULLIF($3, 0), 'article', 'uk', 't', 'b', 'markdown', $4, $4, $4)", "iiii", post_id, author_id, community_id, now));
}

static void vote(int64_t reader, int64_t post_id, bool back)
{
	struct use use = as(reader);
	enum outcome outcome = vote_cast(&use, post_id, back);
	if (outcome == FAILED) fail_msg("%s", use.error.text);
}

static int64_t keep(void)
{
	int64_t due;
	bool changed;
	must(top_keep(db, now, &due, &changed, &error));
	return due;
}

static void assert_true_to_votes(void)
{
	bool equal = false;
	char detail[120] = "";
	must(top_rebuild(db, &equal, detail, &error));
	if (!equal) fail_msg("not what the votes say: %s", detail);
}

static void top_keep__a_post_enters_with_its_second_vote_and_leaves_to_the_microsecond(void **state)
{
	(void)state;
	const int64_t hour = MOMENT_HOUR;
	post_make(1000, 1, 0);
	now += hour;
	vote(11, 1000, false);
	assert_int_equal(keep(), INT64_MAX);
	now += hour;
	vote(12, 1000, false); /* 2^(−1/12) + 1 fresh votes: below the floor of 2 */
	keep();
	assert_int_equal(number("SELECT count(*) FROM tenure"), 0);
	now += hour;
	vote(13, 1000, false);
	int64_t entered = now, due = keep();
	double heat = 1 + exp2(-1.0 / 12) + exp2(-2.0 / 12);
	assert_true(llabs(due - (entered + (int64_t)llround(12.0 * (double)hour * log2(heat / 2)))) <= 1);
	assert_int_equal(number("SELECT from_at FROM tenure WHERE position = 1 AND to_at IS NULL"), entered);
	now = due;
	keep(); /* at that very microsecond it is still there */
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE to_at IS NULL"), 1);
	now += 100 * hour; /* long after: the moment stays exact */
	assert_int_equal(keep(), INT64_MAX);
	assert_int_equal(number("SELECT to_at FROM tenure"), due);
	assert_true_to_votes();
}

static void top_keep__a_vote_weighs_by_how_often_its_reader_votes_for_that_author(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 3; i++) {
		post_make(2000 + i, 2, 0);
		now += MOMENT_SECOND;
		vote(11, 2000 + i, false);
	}
	vote(2, 2000, false); /* his own */
	keep();
	assert_int_equal(number("SELECT nth FROM vote WHERE post_id = 2002"), 3);
	assert_int_equal(number("SELECT nth FROM vote WHERE voter_id = 2"), 0);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = 2000"), 1);
	vote(11, 2000, true); /* the first taken back: the third is the second now */
	now += MOMENT_SECOND;
	keep();
	assert_int_equal(number("SELECT nth FROM vote WHERE post_id = 2002"), 2);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = 2000"), 0);
	vote(11, 2001, false); /* twice is once */
	assert_int_equal(number("SELECT count(*) FROM vote WHERE post_id = 2001"), 1);
	assert_true_to_votes();
}

static void top_keep__a_late_vote_counts_and_adds_no_heat(void **state)
{
	(void)state;
	post_make(3000, 3, 0);
	now += 7 * MOMENT_DAY;
	vote(11, 3000, false);
	now += 1;
	for (int64_t reader = 12; reader < 20; reader++) vote(reader, 3000, false);
	keep();
	assert_int_equal(number("SELECT count(*) FROM vote WHERE post_id = 3000 AND adds = 1"), 1);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = 3000"), 9);
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE post_id = 3000"), 0);
	assert_true_to_votes();
}

static void hide(int64_t post_id, bool back)
{
	int64_t first;
	must(db_exec(db, &error, back ? "UPDATE post SET hidden_at = NULL WHERE post_id = $1" : "UPDATE post SET hidden_at = 5 WHERE post_id = $1", "i", post_id));
	must(vote_first_of_post(db, post_id, &first, &error));
	must(top_work_again(db, first, &error));
	must(db_exec(db, &error, "INSERT INTO act (act_id, at, member_id, kind, post_id, reason) VALUES ($1, $2, 1, 'hide', $3, 'r')", "iii", id_new(now), now, post_id));
}

static void ban(int64_t member_id, int64_t community_id, bool back)
{
	int64_t first;
	if (back) must(db_exec(db, &error, "UPDATE ban SET lifted_at = $2 WHERE member_id = $1 AND community_id = $3 AND lifted_at IS NULL", "iii", member_id, now, community_id));
	else must(db_exec(db, &error, "INSERT INTO ban (ban_id, member_id, community_id, at) VALUES ($1, $2, $3, $4)", "iiii", id_new(now), member_id, community_id, now));
	must(ban_first_vote(db, member_id, community_id, &first, &error));
	must(top_work_again(db, first, &error));
}

/* A week at random: posts, votes (some in one microsecond), votes taken back, posts hidden and shown, readers banned and forgiven, the keeper now and then. */
static void live(uint64_t seed, int places, int community_most)
{
	struct rng rng;
	int64_t posts = 0;
	rng_init(&rng, seed);
	must(db_exec(db, &error, "UPDATE journal_rules SET places = $1, community_most = $2", "ii", (int64_t)places, (int64_t)community_most));
	for (int i = 0; i < 700; i++) {
		uint64_t dice = rng_below(&rng, 100);
		if (rng_below(&rng, 4)) now += rng_between(&rng, 0, 40 * MOMENT_MINUTE);
		int64_t post_id = 5000 + (posts ? posts - 1 - rng_between(&rng, 0, posts > 8 ? 7 : posts - 1) : 0);
		int64_t reader = rng_between(&rng, 1, READERS);
		if (!posts || dice < 8) post_make(5000 + posts++, rng_between(&rng, 1, BLOGGERS), rng_below(&rng, 2) ? 100 + rng_between(&rng, 1, COMMUNITIES) : 0);
		else if (dice < 75) vote(reader, post_id, false);
		else if (dice < 83) vote(reader, post_id, true);
		else if (dice < 85) hide(post_id, rng_below(&rng, 2));
		else if (dice < 87) ban(reader, rng_below(&rng, 2) ? 0 : 101, rng_below(&rng, 3));
		else keep();
	}
	keep();
	assert_int_equal(number("SELECT count(*) FROM act WHERE effect IS NULL"), 0);
	assert_int_equal(number("SELECT count(*) FROM top_work"), 0);
	assert_true(number("SELECT count(*) FROM tenure") > 20);
	assert_true_to_votes();
	assert_true_to_votes(); /* and a rebuild leaves what a rebuild finds equal */
}

static void top_keep__says_what_one_run_over_all_votes_would_say(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		must(db_exec(db, &error, "DELETE FROM act", ""));
		must(db_exec(db, &error, "DELETE FROM ban", ""));
		must(db_exec(db, &error, "DELETE FROM vote", ""));
		must(db_exec(db, &error, "DELETE FROM tenure", ""));
		must(db_exec(db, &error, "DELETE FROM post_heat", ""));
		must(db_exec(db, &error, "DELETE FROM post", ""));
		live(seed, seed % 2 ? 50 : 4, seed % 3 == 0 ? 1 : 0);
	}
}

static void top_keep__tells_what_an_act_did_to_the_rating(void **state)
{
	(void)state;
	post_make(6000, 1, 101);
	for (int64_t reader = 11; reader < 16; reader++) vote(reader, 6000, false);
	now += MOMENT_HOUR;
	keep();
	hide(6000, false);
	now += MOMENT_SECOND;
	keep();
	json_t *acts = db_query_json(db, &error, "SELECT effect AS effect__json FROM act", "");
	json_t *effect = json_object_get(json_array_get(acts, 0), "effect");
	assert_int_equal(json_array_size(effect), 2); /* the blogger and the community */
	assert_true(fabs(json_number_value(json_object_get(json_array_get(effect, 0), "was")) - 2) < 0.01); /* one post, an hour at position 1 */
	assert_true(json_number_value(json_object_get(json_array_get(effect, 0), "now")) == 0);
	json_decref(acts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(top_keep__a_post_enters_with_its_second_vote_and_leaves_to_the_microsecond, set_up, tear_down),
		cmocka_unit_test_setup_teardown(top_keep__a_vote_weighs_by_how_often_its_reader_votes_for_that_author, set_up, tear_down),
		cmocka_unit_test_setup_teardown(top_keep__a_late_vote_counts_and_adds_no_heat, set_up, tear_down),
		cmocka_unit_test_setup_teardown(top_keep__says_what_one_run_over_all_votes_would_say, set_up, tear_down),
		cmocka_unit_test_setup_teardown(top_keep__tells_what_an_act_did_to_the_rating, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
