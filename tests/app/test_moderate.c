/* Moderation: who may do what, what stands in the log, what it does to the top; merging and undoing it leaves everything as it was. */
#include "check.h"

#include "app/community.h"
#include "app/journal.h"
#include "app/moderate.h"
#include "app/post.h"
#include "app/top_keep.h"
#include "app/vote.h"
#include "base/moment.h"
#include "store/comment_store.h"
#include "store/journal_store.h"
#include "store/tenure_store.h"
#include "web_fixture.h"

static struct web *web;
static struct person founder, writer, reader[6];
static int64_t community, first, second;

struct did {
	struct person *who;
	enum role role;
	enum outcome (*does)(struct use *use);
	enum outcome outcome;
	const char *mistake;
};

static void do_it(struct use *use, void *arg)
{
	struct did *did = arg;
	did->outcome = did->does(use);
	if (did->outcome == FAILED) fail_msg("%s", use->error.text);
	if (use->mistakes && json_object_size(use->mistakes)) did->mistake = arena_strdup(web->arena, json_object_iter_key(json_object_iter(use->mistakes)));
}

static struct did as(struct person *who, enum role role, enum outcome (*does)(struct use *use))
{
	struct did did = {who, role, does, DONE, ""};
	web_do(web, web_actor(who, role), do_it, &did);
	return did;
}

static enum outcome found_it(struct use *use)
{
	struct community_fields fields = {"Розбір польотів", "Про розмови", "1. Без імен"};
	return community_found(use, &fields, &community);
}

static enum outcome join(struct use *use)
{
	return community_join_or_leave(use, community, true);
}

static enum outcome write_two(struct use *use)
{
	struct post_fields fields = {.author_id = use->who.member_id, .community_id = community, .kind = "article", .language = "uk", .title = "Перша", .body = "текст"};
	enum outcome outcome = post_new(use, &fields, use->now - 5 * MOMENT_HOUR, &first);
	fields.title = "Те саме";
	return outcome ? outcome : post_new(use, &fields, use->now - 4 * MOMENT_HOUR, &second);
}

static enum outcome vote_first(struct use *use)
{
	use->now -= 3 * MOMENT_HOUR;
	return vote_cast(use, first, false);
}

static enum outcome vote_second(struct use *use)
{
	use->now -= 2 * MOMENT_HOUR;
	return vote_cast(use, second, false);
}

static enum outcome keep(struct use *use)
{
	int64_t due;
	bool changed;
	return use_done(top_keep(use->db, use->now, &due, &changed, &use->error));
}

static int64_t number(const char *sql, int64_t id)
{
	struct error error;
	struct db *db = store_reader_take(web->store, &error);
	int64_t n = -1;
	assert_non_null(db);
	if (db_query_int(db, &error, -1, &n, sql, "i", id)) fail_msg("%s", error.text);
	store_reader_give(web->store, db);
	return n;
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	founder = web_person(web, web->team_id, "Засновниця", "manager");
	writer = web_person(web, web->team_id, "Автор", "manager");
	for (int i = 0; i < 6; i++) reader[i] = web_person(web, web->team_id, "Читач", "manager");
	assert_int_equal(as(&founder, ROLE_MANAGER, found_it).outcome, DONE);
	assert_int_equal(as(&writer, ROLE_MANAGER, join).outcome, DONE);
	assert_int_equal(as(&writer, ROLE_MANAGER, write_two).outcome, DONE);
	for (int i = 0; i < 5; i++) assert_int_equal(as(&reader[i], ROLE_MANAGER, vote_first).outcome, DONE);
	for (int i = 3; i < 6; i++) assert_int_equal(as(&reader[i], ROLE_MANAGER, vote_second).outcome, DONE);
	assert_int_equal(as(&founder, ROLE_MANAGER, keep).outcome, DONE);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static enum outcome hide(struct use *use)
{
	return moderate_post(use, first, true, "названо клієнта");
}

static enum outcome show(struct use *use)
{
	return moderate_post(use, first, false, "виправлено");
}

static enum outcome hide_silently(struct use *use)
{
	return moderate_post(use, first, true, "");
}

static void moderate_post__hides_with_a_reason_and_tells_the_ratings_change(void **state)
{
	(void)state;
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE to_at IS NULL AND post_id = $1", first), 1);
	assert_int_equal(as(&reader[0], ROLE_MANAGER, hide).outcome, REFUSED);
	struct did silent = as(&founder, ROLE_MANAGER, hide_silently);
	assert_int_equal(silent.outcome, INVALID);
	assert_string_equal(silent.mistake, "reason");
	assert_int_equal(as(&founder, ROLE_MANAGER, hide).outcome, DONE);
	assert_int_equal(as(&founder, ROLE_MANAGER, hide).outcome, DONE); /* it is so already: no second act */
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE post_id = $1", first), 0);
	assert_int_equal(number("SELECT count(*) FROM act WHERE post_id = $1", first), 1);
	struct answer *log = web_get(web, &reader[0], AS_JSON, "/moderation");
	assert_int_equal(log->status, 200);
	assert_string_equal(answer_text(log, "acts.0.reason"), "названо клієнта");
	assert_true(json_number_value(answer_at(log, "acts.0.effect.0.was")) > json_number_value(answer_at(log, "acts.0.effect.0.now")));
	struct answer *left = web_get(web, &reader[0], AS_PAGE, web_path(web, "/posts/%lld", (long long)first));
	assert_int_equal(left->status, 410);
	assert_non_null(strstr(left->body, "названо клієнта"));
	assert_int_equal(as(&founder, ROLE_MANAGER, show).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE to_at IS NULL AND post_id = $1", first), 1);
}

static enum outcome merge(struct use *use)
{
	return moderate_merge(use, second, arena_printf(use->arena, "http://127.0.0.1/posts/%lld#x", (long long)first), "те саме двічі");
}

static enum outcome merge_itself(struct use *use)
{
	return moderate_merge(use, second, arena_printf(use->arena, "%lld", (long long)second), "те саме");
}

static enum outcome unmerge(struct use *use)
{
	return moderate_merge(use, second, NULL, "різне");
}

static enum outcome comment(struct use *use)
{
	return use_done(comment_insert(use->db, second, 77, 0, founder.member_id, use->now, "так", &use->error));
}

static void moderate_merge__moves_votes_and_comments_and_can_be_undone(void **state)
{
	(void)state;
	as(&founder, ROLE_MANAGER, comment);
	assert_string_equal(as(&founder, ROLE_MANAGER, merge_itself).mistake, "into");
	assert_int_equal(as(&founder, ROLE_MANAGER, merge).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", first), 6); /* five, and the one of three who had not voted for the first */
	assert_int_equal(number("SELECT count(*) FROM comment WHERE post_id = $1", first), 1);
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE post_id = $1", second), 0);
	struct answer *a = web_get(web, &reader[0], AS_PAGE, web_path(web, "/posts/%lld", (long long)second));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, web_path(web, "/posts/%lld", (long long)first));
	assert_int_equal(as(&founder, ROLE_MANAGER, unmerge).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", first), 5);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", second), 3);
	assert_int_equal(number("SELECT count(*) FROM comment WHERE post_id = $1", second), 1);
	assert_int_equal(number("SELECT count(*) FROM vote_moved WHERE vote_id > $1", 0), 0);
}

static enum outcome ban_here(struct use *use)
{
	return moderate_ban(use, reader[0].member_id, community, 0, "кричав");
}

static enum outcome ban_everywhere(struct use *use)
{
	return moderate_ban(use, reader[0].member_id, 0, 0, "кільце");
}

static enum outcome ban_founder(struct use *use)
{
	return moderate_ban(use, founder.member_id, community, 0, "?");
}

static enum outcome unban_here(struct use *use)
{
	return moderate_unban(use, reader[0].member_id, community, "пробачено");
}

static enum outcome journal_make(struct use *use)
{
	return journal_of_member(use, web->team_id, reader[0].member_id);
}

static void moderate_ban__takes_votes_out_and_gives_them_back(void **state)
{
	(void)state;
	as(&reader[0], ROLE_MANAGER, journal_make);
	assert_int_equal(as(&reader[1], ROLE_MANAGER, ban_here).outcome, REFUSED);
	assert_int_equal(as(&founder, ROLE_MANAGER, ban_everywhere).outcome, REFUSED); /* a moderator of one community is nobody elsewhere */
	assert_string_equal(as(&web->lead, ROLE_LEAD, ban_founder).mistake, "member");
	assert_int_equal(as(&founder, ROLE_MANAGER, ban_here).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", first), 4);
	assert_int_equal(as(&reader[0], ROLE_MANAGER, vote_second).outcome, REFUSED);
	assert_int_equal(as(&reader[0], ROLE_MANAGER, join).outcome, INVALID);
	assert_int_equal(as(&founder, ROLE_MANAGER, unban_here).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", first), 5);
	assert_int_equal(as(&web->lead, ROLE_LEAD, ban_everywhere).outcome, DONE);
	as(&founder, ROLE_MANAGER, keep);
	assert_int_equal(number("SELECT votes FROM post_heat WHERE post_id = $1", first), 4);
}

static void journal_pages__say_what_there_is(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &reader[0], AS_JSON, web_path(web, "/journals/%lld?span=all", (long long)community));
	assert_int_equal(a->status, 200);
	assert_int_equal(answer_int(a, "figure.posts"), 1);
	assert_int_equal(answer_int(a, "best.0.position"), 1);
	assert_string_equal(answer_text(a, "posts.0.title"), "Те саме");
	a = web_get(web, &reader[0], AS_JSON, "/rating?span=all");
	assert_string_equal(answer_text(a, "rows.0.name"), "Автор");
	a = web_get(web, &reader[0], AS_JSON, web_path(web, "/rating/%lld?span=all", (long long)writer.member_id));
	double sum = 0;
	json_t *post;
	size_t i;
	json_array_foreach(answer_at(a, "posts"), i, post) sum += json_number_value(json_object_get(post, "points"));
	assert_true(sum > json_number_value(answer_at(a, "figure.rating")) - 1e-9 && sum < json_number_value(answer_at(a, "figure.rating")) + 1e-9);
	a = web_get(web, &reader[0], AS_JSON, web_path(web, "/rating/%lld/posts/%lld?span=all", (long long)writer.member_id, (long long)first));
	assert_int_equal(a->status, 200);
	double hours = 0;
	json_array_foreach(answer_at(a, "parts"), i, post) hours += json_number_value(json_object_get(post, "place_h"));
	assert_true(hours > json_number_value(answer_at(a, "place_h")) - 1e-9 && hours < json_number_value(answer_at(a, "place_h")) + 1e-9);
	assert_int_equal(web_get(web, &reader[0], AS_JSON, web_path(web, "/rating/%lld/posts/%lld?span=all", (long long)founder.member_id, (long long)first))->status, 404);
	struct answer *settings = web_post(web, &web->admin, AS_JSON, "/journals/settings",
					   FORM("places", "5", "half_life_h", "12", "floor", "2", "late_d", "7", "community_most", "1", "open_reading", "1", "reason", "заповнили топ"));
	assert_int_equal(settings->status, 200);
	as(&founder, ROLE_MANAGER, keep);
	struct person stranger = {0};
	a = web_get(web, &stranger, AS_JSON, web_path(web, "/journals/%lld", (long long)community));
	assert_int_equal(a->status, 200);
	assert_true(json_is_true(answer_at(a, "flood.bites")));
	assert_int_equal(number("SELECT count(*) FROM tenure WHERE to_at IS NULL AND position > $1", 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(moderate_post__hides_with_a_reason_and_tells_the_ratings_change, set_up, tear_down),
		cmocka_unit_test_setup_teardown(moderate_merge__moves_votes_and_comments_and_can_be_undone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(moderate_ban__takes_votes_out_and_gives_them_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(journal_pages__say_what_there_is, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
