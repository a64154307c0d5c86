/* How a talk was led: its score on the page, a lead's own mark, who may, and what is kept of it. */
#include <string.h>

#include "app/content_seed.h"
#include "app/score_keep.h"
#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t call_id;
static const char *path, *mark_path;

static void seed(struct use *use, void *arg)
{
	(void)arg;
	if (content_seed(use)) fail();
}

static int64_t of_card(const char *kind)
{
	return fixture_number(web, web_path(web, "SELECT i.item_id FROM item i JOIN playbook p ON p.team_id = i.team_id AND p.playbook_id = i.playbook_id WHERE p.key = 'card' AND i.kind = '%s' "
					    "ORDER BY i.place, i.item_id LIMIT 1", kind));
}

/* A sale of one opener and one question, ended by the next moment. */
static void call_lead(void)
{
	int64_t client_id = fixture_client(web, &web->manager, "Олена Гнатюк", "b2c");
	int64_t deal_id = fixture_deal(web, &web->manager, client_id, "Картка", 30000, "new", -1);
	call_id = fixture_call(web, &web->manager, client_id, deal_id, 1, moment_now(), 0, "", "");
	path = web_path(web, "/calls/%lld", (long long)call_id);
	mark_path = web_path(web, "%s/mark", path);
	struct answer *a = web_post_json(web, &web->manager, web_path(web, "%s/events", path),
		web_path(web, "{\"after\": 0, \"events\": [{\"id\": \"a\", \"kind\": \"began\"}, {\"id\": \"b\", \"kind\": \"said\", \"item\": %lld}, "
			      "{\"id\": \"c\", \"kind\": \"said\", \"item\": %lld}, {\"id\": \"d\", \"kind\": \"ended\", \"value\": 2, \"text\": \"дорого\"}]}",
			 (long long)of_card("opener"), (long long)of_card("question")));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "results.3.result"), "applied");
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	call_lead();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *mark(struct person *who, const char *criterion, const char *value, const char *reason)
{
	return web_post(web, who, AS_PAGE, mark_path, FORM("criterion", criterion, "mark", value, "reason", reason));
}

/* The mark of a criterion on the page. */
static const char *at(const char *criterion, const char *field)
{
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	json_t *row;
	size_t i;
	json_array_foreach(answer_at(a, "score.marks"), i, row)
		if (!strcmp(json_string_value(json_object_get(row, "criterion")), criterion)) return web_path(web, "score.marks.%zu.%s", i, field);
	fail_msg("no criterion %s", criterion);
	return "";
}

static int64_t kept(const char *column)
{
	return fixture_number(web, web_path(web, "SELECT %s FROM call_score WHERE call_id = %lld", column, (long long)call_id));
}

static void score__stands_on_the_page_with_its_moments(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	assert_int_equal(answer_int(a, at("contact", "mark")), 5);
	assert_int_equal(answer_int(a, at("contact", "moment.seq")), 2);
	assert_int_equal(answer_int(a, at("funnel", "mark")), 2);
	assert_string_equal(answer_text(a, at("funnel", "says")), "funnel_2");
	assert_string_equal(answer_text(a, at("funnel", "better.kind")), "item"); /* a question of a level that was missing */
	assert_true(json_is_false(answer_at(a, "score.may")));
	assert_int_equal(answer_int(a, "score.tenths"), kept("tenths"));
	assert_int_equal(kept("tenths"), kept("rubric"));
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 200);
}

static void score__none_where_nobody_was_reached(void **state)
{
	(void)state;
	int64_t before = fixture_number(web, "SELECT count(*) FROM call_score");
	int64_t client_id = fixture_client(web, &web->manager, "Інший", "b2c"), deal_id = fixture_deal(web, &web->manager, client_id, "Інша", 1, "new", -1);
	int64_t missed = fixture_call(web, &web->manager, client_id, deal_id, 1, moment_now(), 0, "", "");
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "/calls/%lld/end", (long long)missed), FORM("outcome", "no_answer", "event", "x"))->status, 303);
	assert_true(json_is_null(answer_at(web_get(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld", (long long)missed)), "score")));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM call_score"), before);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, web_path(web, "/calls/%lld/mark", (long long)missed), FORM("criterion", "funnel", "mark", "4", "reason", "так"))->status, 404);
}

static void mark__a_lead_overrules_with_a_reason_and_takes_it_back(void **state)
{
	(void)state;
	int64_t was = kept("tenths");
	assert_int_equal(mark(&web->lead, "funnel", "4", "клієнт сам усе розповів")->status, 303);
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	assert_int_equal(answer_int(a, at("funnel", "mark")), 4);
	assert_int_equal(answer_int(a, at("funnel", "rubric")), 2);
	assert_string_equal(answer_text(a, at("funnel", "lead.reason")), "клієнт сам усе розповів");
	assert_true(answer_int(a, "score.tenths") > was);
	assert_int_equal(kept("tenths"), answer_int(a, "score.tenths"));
	assert_int_equal(kept("rubric"), was);
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, path)->body, "клієнт сам усе розповів"));
	/* The last one counts. */
	assert_int_equal(mark(&web->lead, "funnel", "1", "передумала")->status, 303);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, path), at("funnel", "mark")), 1);
	assert_true(kept("tenths") < was);
	/* The rubric's own again, and nothing of what was is lost. */
	assert_int_equal(mark(&web->lead, "funnel", "", "")->status, 303);
	a = web_get(web, &web->manager, AS_JSON, path);
	assert_int_equal(answer_int(a, at("funnel", "mark")), 2);
	assert_true(json_is_null(answer_at(a, at("funnel", "lead"))));
	assert_true(json_is_false(answer_at(a, "score.overruled")));
	assert_int_equal(kept("tenths"), was);
	assert_int_equal(fixture_number(web, web_path(web, "SELECT count(*) FROM mark WHERE call_id = %lld", (long long)call_id)), 3);
}

static void mark__not_by_a_manager_not_of_another_team_not_without_a_reason(void **state)
{
	(void)state;
	int64_t was = kept("tenths"), marks = fixture_number(web, "SELECT count(*) FROM mark");
	assert_int_equal(mark(&web->manager, "funnel", "5", "я старався")->status, 403);
	int64_t other = web_team(web, "Інша");
	struct person lead = web_person(web, other, "Чужа керівниця", "lead");
	assert_int_equal(mark(&lead, "funnel", "5", "так")->status, 404);
	struct answer *a = mark(&web->lead, "funnel", "5", "");
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "aria-invalid"));
	assert_int_equal(mark(&web->lead, "trade", "5", "так")->status, 422); /* a sale has no such criterion */
	assert_int_equal(mark(&web->lead, "charm", "5", "так")->status, 422);
	assert_int_equal(mark(&web->lead, "funnel", "6", "так")->status, 422);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM mark"), marks);
	assert_int_equal(kept("tenths"), was);
}

static void mark__of_a_practice_as_of_a_call(void **state)
{
	(void)state;
	struct person other = web_person(web, web->team_id, "Ще менеджер", "manager"), stranger = web_person(web, web_team(web, "Четверта"), "Чужий", "lead");
	const char *practice = web_post(web, &web->manager, AS_PAGE, "/practice", FORM("scenario", "mall_card", "mode", "sale", "seed", "7"))->location;
	const char *marking = web_path(web, "%s/mark", practice);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, marking, FORM("criterion", "contact", "mark", "4", "reason", "так"))->status, 404); /* it runs */
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/end", practice), FORM("x", ""))->status, 303);
	struct answer *a = web_get(web, &web->manager, AS_JSON, practice);
	int64_t was = answer_int(a, "score.tenths");
	assert_string_equal(answer_text(a, "score.path"), practice);
	assert_int_equal(answer_int(a, "practice.tenths"), was);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, practice)->status, 200);
	assert_string_equal(answer_text(a, "score.marks.0.criterion"), "contact");
	assert_int_equal(answer_int(a, "score.marks.0.mark"), 1);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, marking, FORM("criterion", "contact", "mark", "5", "reason", "так"))->status, 403);
	assert_int_equal(web_post(web, &other, AS_PAGE, marking, FORM("criterion", "contact", "mark", "5", "reason", "так"))->status, 403);
	assert_int_equal(web_post(web, &stranger, AS_PAGE, marking, FORM("criterion", "contact", "mark", "5", "reason", "так"))->status, 404);
	a = web_post(web, &web->lead, AS_PAGE, marking, FORM("criterion", "contact", "mark", "5", "reason", ""));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "aria-invalid"));
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, marking, FORM("criterion", "contact", "mark", "5", "reason", "почав тепло"))->status, 303);
	a = web_get(web, &web->manager, AS_JSON, practice);
	assert_int_equal(answer_int(a, "score.marks.0.mark"), 5);
	assert_true(answer_int(a, "score.tenths") > was);
	assert_int_equal(answer_int(a, "practice.tenths"), answer_int(a, "score.tenths")); /* what lists show */
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, marking, FORM("criterion", "contact", "mark", "", "reason", ""))->status, 303);
	assert_int_equal(answer_int(web_get(web, &web->manager, AS_JSON, practice), "practice.tenths"), was);
}

static void rebuild(struct use *use, void *arg)
{
	char detail[120];
	if (score_rebuild(use->db, arg, detail, &use->error)) fail_msg("%s", use->error.text);
}

static void spoil(struct use *use, void *arg)
{
	(void)arg;
	if (db_exec(use->db, &use->error, "UPDATE call_score SET tenths = 10", "")) fail();
}

static void score_rebuild__equals_what_was_kept(void **state)
{
	(void)state;
	bool equal;
	mark(&web->lead, "contact", "3", "задовге вітання");
	int64_t was = kept("tenths");
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), rebuild, &equal);
	assert_true(equal);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), spoil, NULL);
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), rebuild, &equal);
	assert_false(equal);
	assert_int_equal(kept("tenths"), was);
}

/* The row of a member in a lead's table. */
static json_t *member_row(struct answer *a, int64_t id)
{
	json_t *row;
	size_t i;
	json_array_foreach(answer_at(a, "members"), i, row)
		if (json_integer_value(json_object_get(row, "id")) == id) return row;
	return NULL;
}

static void practise(struct use *use, void *arg)
{
	const struct person *who = arg;
	if (db_exec(use->db, &use->error, "INSERT INTO practice (team_id, practice_id, member_id, scenario, seed, language, mode, created_at, ended_at, tenths, won, failed) "
		"VALUES ($1, 71, $2, 'mall_card', 1, 'uk', 'sale', $3, $3 + 1, 37, 1, 0), ($1, 72, $2, 'mall_card', 2, 'uk', 'sale', $3 + 2, $3 + 3, 31, 0, 1)", "iii", who->team_id, who->member_id, use->now))
		fail_msg("%s", use->error.text);
}

static void score_team__a_lead_sees_everybody_a_manager_himself(void **state)
{
	(void)state;
	struct person other = web_person(web, web->team_id, "Інший", "manager"), stranger = web_person(web, web_team(web, "Ще одна"), "Чужа", "lead");
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), practise, &web->manager);
	struct answer *a = web_get(web, &web->lead, AS_JSON, "/learn/team");
	json_t *row = member_row(a, web->manager.member_id);
	assert_non_null(row);
	assert_int_equal(json_integer_value(json_object_get(row, "n")), 1);
	assert_true(json_is_true(json_object_get(row, "few")));
	assert_true(json_is_null(json_object_get(row, "change")));
	assert_float_equal(json_number_value(json_object_get(row, "mean")), (double)kept("tenths") / 10, 0.001);
	assert_int_equal(json_integer_value(json_object_get(row, "practised")), 3); /* and the one above */
	assert_float_equal(json_number_value(json_object_get(row, "best")), 3.7, 0.001);
	assert_float_equal(json_number_value(json_object_get(row, "last")), 3.1, 0.001);
	assert_int_equal(json_integer_value(json_object_get(member_row(a, other.member_id), "n")), 0);
	const char *one = web_path(web, "/practice/team?member=%lld", (long long)web->manager.member_id);
	const char *of_team = web_path(web, "/learn/team?member=%lld", (long long)web->manager.member_id);
	assert_string_equal(web_get(web, &web->lead, AS_PAGE, "/practice/team")->location, "/learn/team"); /* one place for a lead */
	assert_string_equal(web_get(web, &web->lead, AS_PAGE, one)->location, of_team);
	a = web_get(web, &web->lead, AS_JSON, of_team);
	assert_int_equal(answer_int(a, "one.calls.0.id"), call_id);
	assert_int_equal(answer_int(a, "one.practices.0.id"), 72);
	assert_true(json_is_true(answer_at(a, "one.practices.0.failed")));
	assert_int_equal(answer_int(a, "one.scenarios.0.times"), 3);
	/* A manager: himself, whether he asks so or not; nobody else. */
	a = web_get(web, &web->manager, AS_JSON, "/practice/team");
	assert_int_equal(json_array_size(answer_at(a, "members")), 0);
	assert_int_equal(answer_int(a, "one.id"), web->manager.member_id);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/practice/team")->status, 200);
	assert_int_equal(web_get(web, &other, AS_JSON, one)->status, 403);
	assert_int_equal(web_get(web, &stranger, AS_JSON, of_team)->status, 404);
	assert_null(member_row(web_get(web, &stranger, AS_JSON, "/learn/team"), web->manager.member_id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(score__stands_on_the_page_with_its_moments),
		cmocka_unit_test(score__none_where_nobody_was_reached),
		cmocka_unit_test(mark__a_lead_overrules_with_a_reason_and_takes_it_back),
		cmocka_unit_test(mark__not_by_a_manager_not_of_another_team_not_without_a_reason),
		cmocka_unit_test(mark__of_a_practice_as_of_a_call),
		cmocka_unit_test(score_team__a_lead_sees_everybody_a_manager_himself),
		cmocka_unit_test(score_rebuild__equals_what_was_kept),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
