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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(score__stands_on_the_page_with_its_moments),
		cmocka_unit_test(score__none_where_nobody_was_reached),
		cmocka_unit_test(mark__a_lead_overrules_with_a_reason_and_takes_it_back),
		cmocka_unit_test(mark__not_by_a_manager_not_of_another_team_not_without_a_reason),
		cmocka_unit_test(score_rebuild__equals_what_was_kept),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
