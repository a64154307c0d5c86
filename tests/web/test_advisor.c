/* The advisor's page: what it shows before and after deals, and whose the signals are. */
#include <string.h>

#include "app/advise_deal.h"
#include "base/id.h"
#include "base/moment.h"
#include "check.h"
#include "web_fixture.h"

static struct web *web;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

/* n finished deals of a company: those of odd number are won. */
static void deals_make(struct use *use, void *arg)
{
	struct error err;
	int n = *(int *)arg, learnt;
	int64_t client = id_new(use->now), team = use->who.team_id, member = use->who.member_id;
	if (db_exec(use->db, &err, "INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, owner_id, created_at, changed_at) "
		"VALUES ($1, $2, 'company', 'b2b', 'c', 'c', $3, 1, 1)", "iii", team, client, member)) fail_msg("%s", err.text);
	for (int i = 0; i < n; i++)
		if (db_exec(use->db, &err, "INSERT INTO deal (team_id, deal_id, client_id, owner_id, stage, created_at, changed_at, closed_at) "
			"VALUES ($1, $2, $3, $4, $5, $6, $6, $6)", "iiiiti", team, id_new(use->now), client, member, i % 2 ? "won" : "lost",
			use->now + i * MOMENT_SECOND)) fail_msg("%s", err.text);
	if (advise_deals_finished(use, &learnt)) fail_msg("%s", use->error.text);
	assert_int_equal(learnt, n);
}

static json_t *signal_of(const struct answer *a, const char *field, const char *value)
{
	size_t i;
	json_t *row, *list = answer_at(a, "signals");
	json_array_foreach(list, i, row)
		if (!strcmp(json_string_value(json_object_get(row, field)), value)) return row;
	return NULL;
}

static void advisor__says_what_the_method_says_before_any_deal(void **state)
{
	(void)state;
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/advisor");
	assert_int_equal(a->status, 200);
	assert_int_equal(answer_int(a, "learnt"), 0);
	assert_true(json_is_null(answer_at(a, "calibration")));
	static const int wishes[] = {20, 44, 50, 76};
	for (int i = 0; i < 4; i++) assert_int_equal(answer_int(a, web_path(web, "starts.%d.wish_buy", i)), wishes[i]);
	assert_string_equal(answer_text(a, "starts.2.mode"), "sale");
	assert_string_equal(answer_text(a, "starts.3.mode"), "negotiation");
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/advisor")->status, 200);
}

static void advisor__shows_how_true_it_was(void **state)
{
	int n = 40;
	(void)state;
	web_do(web, web_actor(&web->lead, ROLE_LEAD), deals_make, &n);
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/advisor");
	assert_int_equal(answer_int(a, "learnt"), 40);
	assert_int_equal(answer_int(a, "calibration.n"), 40);
	assert_true(json_number_value(answer_at(a, "calibration.happened")) == 0.5);
	int64_t in_bins = 0;
	for (size_t i = 0; i < json_array_size(answer_at(a, "calibration.bins")); i++) in_bins += answer_int(a, web_path(web, "calibration.bins.%zu.n", i));
	assert_int_equal(in_bins, 40);
	assert_int_equal(json_integer_value(json_object_get(signal_of(a, "key", "b2b"), "seen")), 40);
	assert_int_equal(json_integer_value(json_object_get(signal_of(a, "key", "silence"), "seen")), 0);
	a = web_get(web, &web->manager, AS_PAGE, "/advisor");
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "<circle class=\"point\""));
}

static void advisor_signal__is_the_leads_to_add_and_retire(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/advisor", FORM("name", "Бачив демо", "pull", "for"))->status, 403);
	struct answer *a = web_post(web, &web->lead, AS_PAGE, "/advisor", FORM("name", "Бачив демо", "why", "бачив, як це працює", "pull", "strongly_for"));
	assert_int_equal(a->status, 303);
	a = web_get(web, &web->manager, AS_JSON, "/advisor");
	json_t *own = signal_of(a, "name", "Бачив демо");
	assert_non_null(own);
	assert_true(json_is_true(json_object_get(own, "own")) && json_is_false(json_object_get(own, "retired")));
	assert_true(json_real_value(json_object_get(own, "points")) > 31.7 && json_real_value(json_object_get(own, "points")) < 31.8); /* 100·σ(1.5) − 50 */
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/advisor", FORM("name", "бачив  ДЕМО", "pull", "for"))->status, 422);
	int64_t id = json_integer_value(json_object_get(own, "id"));
	const char *path = web_path(web, "/advisor/signals/%lld/retire", (long long)id);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path, FORM())->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, path, FORM())->status, 303);
	a = web_get(web, &web->manager, AS_JSON, "/advisor");
	assert_true(json_is_true(json_object_get(signal_of(a, "name", "Бачив демо"), "retired")));
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, path, FORM("back", "1"))->status, 303);
	a = web_get(web, &web->manager, AS_JSON, "/advisor");
	assert_true(json_is_false(json_object_get(signal_of(a, "name", "Бачив демо"), "retired")));
}

static void advisor_signal__has_a_limit_and_its_mistakes_are_told(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, "/advisor", FORM("name", "", "pull", "for"))->status, 422);
	assert_int_equal(web_post(web, &web->lead, AS_PAGE, "/advisor", FORM("name", "Х", "pull", "sometimes"))->status, 422);
	int status = 303;
	for (int i = 0; i < 60 && status == 303; i++) status = web_post(web, &web->lead, AS_PAGE, "/advisor", FORM("name", web_path(web, "Ознака %d", i), "pull", "for"))->status;
	assert_int_equal(status, 422);
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, "/advisor")->status, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(advisor__says_what_the_method_says_before_any_deal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(advisor__shows_how_true_it_was, set_up, tear_down),
		cmocka_unit_test_setup_teardown(advisor_signal__is_the_leads_to_add_and_retire, set_up, tear_down),
		cmocka_unit_test_setup_teardown(advisor_signal__has_a_limit_and_its_mistakes_are_told, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
