/* Bans: by the clock for who may act, by the row for whose votes count. */
#include "check.h"
#include "plain_db.h"
#include "store/ban_store.h"

static struct plain_db *plain;
static struct error error;

enum { READER = 5, CATS = 100, DOGS = 101, NOW = 1000 };

static int set_up(void **state)
{
	(void)state;
	plain = plain_open();
	plain_do(plain, "INSERT INTO journal (journal_id, kind, name, name_fold, created_at) VALUES (5, 'blogger', 'Ніна', 'ніна', 1), (6, 'blogger', 'Олег', 'олег', 1), "
			"(100, 'community', 'Коти', 'коти', 1), (101, 'community', 'Пси', 'пси', 1)");
	plain_do(plain, "INSERT INTO act (act_id, at, member_id, kind, reason) VALUES (1, 10, 6, 'ban', 'сварка'), (2, 20, 6, 'ban', 'ще одна')");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	plain_close(plain);
	return 0;
}

static json_t *active(int64_t community_id, int64_t now)
{
	json_t *ban;
	if (ban_active(plain->db, READER, community_id, now, &ban, &error)) fail_msg("%s", error.text);
	return ban;
}

static bool stands(int64_t community_id, int64_t now)
{
	json_t *ban = active(community_id, now);
	bool there = ban != NULL;
	json_decref(ban);
	return there;
}

static int64_t counted_out(int64_t community_id)
{
	return plain_int(plain, "SELECT count(*) FROM (SELECT 5 AS voter, NULLIF(%lld, 0) AS community) x WHERE " BAN_COUNTS_OUT("x.voter", "x.community"),
			 (long long)community_id);
}

static void ban(int64_t act_id, int64_t community_id, int64_t until)
{
	if (ban_insert(plain->db, act_id, READER, community_id, NOW, until, &error)) fail_msg("%s", error.text);
}

static void ban_active__holds_in_its_community_alone(void **state)
{
	(void)state;
	ban(1, CATS, 0);
	assert_true(stands(CATS, NOW));
	assert_false(stands(DOGS, NOW));
	assert_false(stands(0, NOW));
	assert_int_equal(counted_out(CATS), 1);
	assert_int_equal(counted_out(DOGS), 0);
	assert_int_equal(counted_out(0), 0);
}

static void ban_active__everywhere_is_also_in_each_community(void **state)
{
	(void)state;
	ban(1, 0, 0);
	assert_true(stands(0, NOW));
	assert_true(stands(DOGS, NOW));
	assert_int_equal(counted_out(0), 1);
	assert_int_equal(counted_out(CATS), 1);
}

static void ban_active__says_why_where_and_until_when(void **state)
{
	(void)state;
	ban(1, CATS, NOW + 50);
	ban(2, 0, NOW + 60);
	json_t *found = active(CATS, NOW);
	assert_string_equal(json_string_value(json_object_get(found, "reason")), "ще одна"); /* the one that ends last */
	assert_true(json_is_true(json_object_get(found, "everywhere")));
	assert_true(json_is_null(json_object_get(found, "community")));
	json_decref(found);
	found = active(CATS, NOW + 60);
	assert_null(found);
	if (ban_active_in(plain->db, READER, CATS, NOW, &found, &error)) fail_msg("%s", error.text);
	assert_string_equal(json_string_value(json_object_get(json_object_get(found, "community"), "name")), "Коти");
	json_decref(found);
}

static void ban_run_out__his_votes_count_again_only_when_it_is_written(void **state)
{
	struct ban_due due;
	int64_t at;
	(void)state;
	ban(1, CATS, NOW + 50);
	assert_int_equal(ban_next_end(plain->db, &at, &error), 0);
	assert_int_equal(at, NOW + 50);
	assert_int_equal(ban_due_next(plain->db, NOW + 49, &due, &error), 0);
	assert_int_equal(due.ban_id, 0);
	assert_false(stands(CATS, NOW + 50));
	assert_int_equal(counted_out(CATS), 1); /* the clock alone changes no count */
	assert_int_equal(ban_due_next(plain->db, NOW + 50, &due, &error), 0);
	assert_int_equal(due.ban_id, 1);
	assert_int_equal(due.member_id, READER);
	assert_int_equal(due.community_id, CATS);
	assert_int_equal(ban_run_out(plain->db, 1, &error), 0);
	assert_int_equal(counted_out(CATS), 0);
	assert_int_equal(plain_int(plain, "SELECT lifted_at FROM ban WHERE ban_id = 1"), NOW + 50);
	assert_int_equal(ban_next_end(plain->db, &at, &error), 0);
	assert_true(at == INT64_MAX);
}

static void ban_insert__takes_the_place_of_the_one_before(void **state)
{
	(void)state;
	ban(1, CATS, 0);
	ban(2, CATS, NOW + 10);
	assert_int_equal(plain_int(plain, "SELECT count(*) FROM ban WHERE lifted_at IS NULL"), 1);
	assert_false(stands(CATS, NOW + 10));
	assert_int_equal(ban_lift(plain->db, READER, CATS, NOW + 1, &error), 0);
	assert_int_equal(db_changed(plain->db), 1);
	assert_false(stands(CATS, NOW + 1));
	assert_int_equal(ban_lift(plain->db, READER, CATS, NOW + 1, &error), 0);
	assert_int_equal(db_changed(plain->db), 0);
}

static void ban_list__names_those_who_are_banned_there(void **state)
{
	json_t *list;
	(void)state;
	ban(1, CATS, 0);
	assert_int_equal(ban_list(plain->db, CATS, NOW, &list, &error), 0);
	assert_int_equal(json_array_size(list), 1);
	assert_string_equal(json_string_value(json_object_get(json_object_get(json_array_get(list, 0), "journal"), "name")), "Ніна");
	json_decref(list);
	assert_int_equal(ban_list(plain->db, 0, NOW, &list, &error), 0);
	assert_int_equal(json_array_size(list), 0);
	json_decref(list);
}

static void ban_first_vote__is_of_that_community_or_of_any(void **state)
{
	int64_t at;
	(void)state;
	plain_do(plain, "INSERT INTO post (post_id, author_id, community_id, kind, language, title, body, format, created_at, changed_at, published_at) VALUES "
			"(50, 6, NULL, 'article', 'uk', 't', 'b', 'markdown', 1, 1, 1), (51, 6, 100, 'article', 'uk', 't', 'b', 'markdown', 1, 1, 1)");
	plain_do(plain, "INSERT INTO vote (vote_id, post_id, voter_id, author_id, kind, base, at, taken_at) VALUES (1, 50, 5, 6, 'up', 1, 300, NULL), (2, 51, 5, 6, 'up', 1, 400, NULL), "
			"(3, 51, 5, 6, 'use', 1, 200, 250), (4, 51, 6, 6, 'up', 1, 100, NULL)");
	assert_int_equal(ban_first_vote(plain->db, READER, 0, &at, &error), 0);
	assert_int_equal(at, 300);
	assert_int_equal(ban_first_vote(plain->db, READER, CATS, &at, &error), 0);
	assert_int_equal(at, 400);
	assert_int_equal(ban_first_vote(plain->db, READER, DOGS, &at, &error), 0);
	assert_true(at == INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ban_active__holds_in_its_community_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_active__everywhere_is_also_in_each_community, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_active__says_why_where_and_until_when, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_run_out__his_votes_count_again_only_when_it_is_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_insert__takes_the_place_of_the_one_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_list__names_those_who_are_banned_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ban_first_vote__is_of_that_community_or_of_any, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
