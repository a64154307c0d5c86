/* A call as the browser leads it: events in order and once, undo, the end and what it leaves; and the same by forms alone. */
#include <string.h>

#include "app/content_seed.h"
#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t client_id, deal_id, call_id;
static const char *path, *events_path;
static int64_t opener, opener_next, question, objection, answer_item, asked_contract;

static int64_t number(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int64_t number(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *sql = arena_vprintf(web->arena, format, args);
	va_end(args);
	return fixture_number(web, sql);
}

static int64_t team(void)
{
	return web->team_id;
}

static void seed(struct use *use, void *arg)
{
	(void)arg;
	if (content_seed(use)) fail();
}

static int64_t item(const char *key)
{
	return number("SELECT i.item_id FROM item i JOIN playbook p ON p.team_id = i.team_id AND p.playbook_id = i.playbook_id WHERE i.team_id = %lld AND p.key = 'card' "
		      "AND i.key = '%s'", (long long)team(), key);
}

static int64_t first_of(const char *kind, int after)
{
	return number("SELECT i.item_id FROM item i JOIN playbook p ON p.team_id = i.team_id AND p.playbook_id = i.playbook_id WHERE i.team_id = %lld AND p.key = 'card' "
		      "AND i.kind = '%s' ORDER BY i.place, i.item_id LIMIT 1 OFFSET %d", (long long)team(), kind, after);
}

static void deal_product(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE deal SET product_id = (SELECT product_id FROM product WHERE team_id = $1 AND key = 'card') WHERE team_id = $1", "i",
		    use->who.team_id))
		fail_msg("%s", error.text);
}

static void call_make(const char *segment)
{
	client_id = fixture_client(web, &web->manager, "Олена Гнатюк", segment);
	deal_id = fixture_deal(web, &web->manager, client_id, "Картка", 30000, "new", -1);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), deal_product, NULL);
	call_id = fixture_call(web, &web->manager, client_id, deal_id, 1, moment_now(), 0, "", "");
	path = web_path(web, "/calls/%lld", (long long)call_id);
	events_path = web_path(web, "%s/events", path);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	call_make("b2c");
	opener = first_of("opener", 0);
	opener_next = first_of("opener", 1);
	question = first_of("question", 0);
	objection = item("expensive");
	answer_item = item("expensive_monthly");
	asked_contract = number("SELECT signal_id FROM signal WHERE team_id = %lld AND key = 'asked_contract'", (long long)team());
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *send(const char *events)
{
	return web_post_json(web, &web->manager, events_path, web_path(web, "{\"after\": 0, \"events\": [%s]}", events));
}

/* "kind item value text" → an event with the id given. */
static const char *event(const char *id, const char *kind, int64_t item_id, int64_t value, const char *text)
{
	return web_path(web, "{\"id\": \"%s\", \"kind\": \"%s\", \"item\": %lld, \"value\": %lld%s%s%s}", id, kind, (long long)item_id, (long long)value,
			text ? ", \"text\": \"" : "", text ? text : "", text ? "\"" : "");
}

static const char *both(const char *a, const char *b)
{
	return web_path(web, "%s, %s", a, b);
}

static int64_t event_count(void)
{
	return number("SELECT count(*) FROM call_event WHERE call_id = %lld", (long long)call_id);
}

static struct answer *show(void)
{
	return web_get(web, &web->manager, AS_JSON, path);
}

static void call_events__are_taken_in_order_and_once(void **state)
{
	(void)state;
	const char *batch = both(event("a1", "began", 0, 0, NULL), event("a2", "said", opener, 0, NULL));
	struct answer *a = send(batch);
	assert_int_equal(a->status, 200);
	assert_int_equal(answer_int(a, "seq"), 2);
	assert_string_equal(answer_text(a, "results.1.result"), "applied");
	a = send(batch); /* the answer was lost: it is sent again */
	assert_int_equal(answer_int(a, "seq"), 2);
	assert_int_equal(answer_int(a, "results.0.seq"), 1);
	a = send(both(event("a2", "said", opener, 0, NULL), event("a3", "step", 0, 3, NULL))); /* part of it was */
	assert_int_equal(answer_int(a, "seq"), 3);
	assert_int_equal(event_count(), 3);
	assert_int_equal(json_array_size(answer_at(a, "events")), 3); /* all since `after` */
	assert_string_equal(answer_text(show(), "view.step"), "motives");
}

static void call_events__refuse_one_and_take_the_rest(void **state)
{
	(void)state;
	struct answer *a = send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "payment", 0, 5000, NULL)), event("a3", "motive_on", 0, 1, NULL)));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "results.1.result"), "no_contract");
	assert_int_equal(answer_int(a, "results.1.seq"), 0);
	assert_string_equal(answer_text(a, "results.2.result"), "applied");
	assert_int_equal(event_count(), 2);
}

static void call_events__nothing_of_a_batch_that_is_none(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"{\"id\": \"\", \"kind\": \"began\"}", "{\"id\": \"a b\", \"kind\": \"began\"}", "{\"kind\": \"began\"}", "{\"id\": \"a2\", \"kind\": \"nonsense\"}",
		"{\"id\": \"a2\"}", "{\"id\": \"a2\", \"kind\": \"said\", \"item\": \"7\"}", "{\"id\": \"a2\", \"kind\": \"said\", \"item\": -7}", "7", "null",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct answer *a = send(both(event("a1", "began", 0, 0, NULL), bad[i]));
		if (a->status != 422) fail_msg("%s is answered %d", bad[i], a->status);
		assert_int_equal(event_count(), 0); /* the good one before it is undone with it */
	}
	assert_int_equal(web_post_json(web, &web->manager, events_path, "{}")->status, 422);
	assert_int_equal(web_post_json(web, &web->manager, events_path, "{\"events\": {}}")->status, 422);
	/* The call goes on as if they had never been. */
	assert_int_equal(answer_int(send(event("a1", "began", 0, 0, NULL)), "seq"), 1);
}

static void call_events__only_what_the_team_has_can_be_said(void **state)
{
	(void)state;
	struct answer *a = send(both(event("a1", "began", 0, 0, NULL), event("a2", "said", 12345, 0, NULL)));
	assert_string_equal(answer_text(a, "results.1.result"), "malformed");
	a = send(event("a3", "signal_on", question, 0, NULL));
	assert_string_equal(answer_text(a, "results.0.result"), "malformed");
}

static void call_events__come_with_the_clock_of_the_browser(void **state)
{
	(void)state;
	char near[32], far[32];
	int64_t now = moment_now();
	moment_iso(now - 90 * MOMENT_SECOND, near);
	moment_iso(now + 2 * MOMENT_DAY, far);
	send(both(web_path(web, "{\"id\": \"a1\", \"kind\": \"began\", \"value\": 0, \"at\": \"%s\"}", near),
		  web_path(web, "{\"id\": \"a2\", \"kind\": \"note\", \"text\": \"x\", \"at\": \"%s\"}", far)));
	assert_int_equal(number("SELECT at FROM call_event WHERE seq = 1"), now - 90 * MOMENT_SECOND);
	assert_true(number("SELECT at FROM call_event WHERE seq = 2") < now + MOMENT_MINUTE); /* a clock two days ahead is not believed */
}

static void call_events__undo_marks_what_it_took_back(void **state)
{
	(void)state;
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "promised", 0, 0, "надіслати розрахунок")),
		  both(event("a3", "promised", 0, 0, "передзвонити в четвер"), event("a4", "undone", 0, 0, NULL))));
	assert_int_equal(number("SELECT seq FROM call_event WHERE undone = 1"), 3);
	assert_string_equal(answer_text(show(), "call.promised"), "надіслати розрахунок");
	send(event("a5", "undone", 0, 0, NULL));
	assert_string_equal(answer_text(show(), "call.promised"), "");
	assert_int_equal(event_count(), 5); /* what happened stays in the record */
}

static void call_page__shows_what_to_say_and_what_was_said(void **state)
{
	(void)state;
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.mode"), "sale");
	assert_string_equal(answer_text(a, "view.ask.kind"), "begin");
	assert_int_equal(answer_int(a, "view.wish_buy"), 20); /* C4: a private client's first talk */
	assert_int_equal(answer_int(a, "view.threshold"), 65);
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "step", 0, 3, NULL)),
		  both(event("a3", "said", question, 0, NULL), event("a4", "answered", question, 0, "дві картки"))));
	a = show();
	assert_string_equal(answer_text(a, "view.said.0.answer"), "дві картки");
	assert_string_equal(answer_text(a, "view.ask.kind"), "item");
	assert_string_equal(answer_text(a, "view.ask.item.level"), "specifying"); /* S3: the funnel goes on */
	assert_int_equal(json_array_size(answer_at(a, "view.after")), 2);
	a = web_get(web, &web->manager, AS_PAGE, path);
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "дві картки"));
	/* When it is over, each answer stands under its question. */
	send(event("a5", "ended", 0, 2, "не зараз"));
	a = show();
	assert_string_equal(answer_text(a, "told.steps.1.key"), "motives");
	assert_string_equal(answer_text(a, "told.steps.1.lines.0.words"), "дві картки");
	assert_int_equal(json_array_size(answer_at(a, "told.steps.1.lines")), 2);
}

static void call_page__presents_only_for_motives_found(void **state)
{
	(void)state;
	send(both(event("a1", "began", 0, 0, NULL), event("a2", "step", 0, 4, NULL)));
	assert_string_equal(answer_text(show(), "view.ask.kind"), "no_motive"); /* S4: it says so, and leads back */
	assert_string_equal(answer_text(show(), "view.ask.do"), "step 0 3");
	send(event("a3", "motive_on", 0, 0, NULL));
	struct answer *a = show();
	assert_true(answer_has(a, "view.ask.item.benefit"));
	assert_string_equal(answer_text(a, "view.ask.motives.0"), "safety");
}

/* What of the openers worked how often is known so well that nothing is left to chance. */
static void openers_known(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "INSERT INTO item_use (team_id, item_id, method, used, worked) SELECT team_id, item_id, '', 100000, CASE item_id WHEN $2 THEN 99999 WHEN $3 THEN 90000 "
		    "ELSE 0 END FROM item WHERE team_id = $1 AND kind = 'opener'", "iii", use->who.team_id, opener, opener_next))
		fail_msg("%s", error.text);
}

static void call_page__no_opener_twice_to_one_client(void **state)
{
	(void)state;
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), openers_known, NULL);
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "said", opener, 0, NULL)), event("a3", "ended", 0, 2, "не зараз")));
	int64_t again = fixture_deal(web, &web->manager, client_id, "Ще раз", 30000, "new", -1);
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), deal_product, NULL);
	int64_t second = fixture_call(web, &web->manager, client_id, again, 1, moment_now(), 0, "", "");
	const char *there = web_path(web, "/calls/%lld", (long long)second);
	web_post_json(web, &web->manager, web_path(web, "%s/events", there), web_path(web, "{\"events\": [%s]}", event("b1", "began", 0, 0, NULL)));
	struct answer *a = web_get(web, &web->manager, AS_JSON, there);
	assert_int_equal(answer_int(a, "view.ask.item.id"), opener_next);
	assert_true(answer_has(a, "strip.told.0"));
	assert_string_equal(answer_text(a, "strip.earlier.0.outcome"), "lost");
	/* Another client has heard nothing. */
	call_make("b2c");
	send(event("c1", "began", 0, 0, NULL));
	assert_int_equal(answer_int(show(), "view.ask.item.id"), opener);
}

static void call_end__won_on_the_spot(void **state)
{
	(void)state;
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "signal_on", asked_contract, 0, NULL)),
		  both(event("a3", "contract", 0, 30000, NULL), event("a4", "payment", 0, 30000, NULL))));
	send(event("a5", "ended", 0, 1, NULL));
	struct answer *a = show();
	assert_true(json_is_true(answer_at(a, "over")));
	assert_string_equal(answer_text(a, "call.outcome"), "won");
	assert_string_equal(answer_text(a, "call.deal.stage"), "won");
	assert_int_equal(answer_int(a, "view.payment.minor"), 30000); /* C7: inside the call */
	assert_int_equal(number("SELECT outcome FROM prediction WHERE deal_id = %lld", (long long)deal_id), 1); /* it taught the advisor */
	assert_int_equal(number("SELECT count(*) FROM prediction WHERE deal_id = %lld AND evidence LIKE '%%asked_contract%%'", (long long)deal_id), 1);
	a = send(event("a6", "note", 0, 0, "пізно"));
	assert_string_equal(answer_text(a, "results.0.result"), "over");
	a = web_get(web, &web->manager, AS_PAGE, path);
	assert_int_equal(a->status, 200);
	assert_non_null(strstr(a->body, "polyline"));
}

static void call_end__lost_for_a_reason(void **state)
{
	(void)state;
	struct answer *a = send(both(event("a1", "began", 0, 0, NULL), event("a2", "ended", 0, 2, NULL)));
	assert_string_equal(answer_text(a, "results.1.result"), "malformed");
	send(event("a3", "ended", 0, 2, "взяли в іншого банку"));
	a = show();
	assert_string_equal(answer_text(a, "call.reason"), "взяли в іншого банку");
	assert_string_equal(answer_text(a, "call.deal.stage"), "lost");
	assert_int_equal(number("SELECT outcome FROM prediction WHERE deal_id = %lld", (long long)deal_id), 0);
}

static void call_end__next_plans_the_next_conversation(void **state)
{
	(void)state;
	int64_t next_at = moment_now() + MOMENT_DAY;
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "said", opener, 0, NULL)),
		  both(event("a3", "promised", 0, 0, "надіслати умови"), event("a4", "planned", 0, next_at, NULL))));
	send(event("a5", "ended", 0, 3, NULL));
	int64_t next = number("SELECT next_call_id FROM call WHERE call_id = %lld", (long long)call_id);
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/calls/%lld", (long long)next));
	assert_int_equal(answer_int(a, "call.number"), 2);
	assert_string_equal(answer_text(a, "call.purpose"), "надіслати умови");
	assert_string_equal(answer_text(a, "strip.promised"), ""); /* said once: it is what this call is about */
	assert_int_equal(answer_int(a, "view.wish_buy"), 44); /* C5: a second call */
	assert_int_equal(number("SELECT planned_at FROM call WHERE call_id = %lld", (long long)next), next_at);
	assert_string_equal(answer_text(show(), "call.deal.stage"), "contact");
	/* Sent again, it plans no other. */
	send(event("a5", "ended", 0, 3, NULL));
	assert_int_equal(number("SELECT count(*) FROM call WHERE deal_id = %lld", (long long)deal_id), 2);
}

static void call_end__no_answer_before_it_began(void **state)
{
	(void)state;
	send(both(event("a1", "planned", 0, moment_now() + MOMENT_DAY, NULL), event("a2", "ended", 0, 4, NULL)));
	assert_string_equal(answer_text(show(), "call.outcome"), "no_answer");
	assert_int_equal(number("SELECT count(*) FROM call WHERE deal_id = %lld AND ended_at IS NULL", (long long)deal_id), 1);
	assert_string_equal(answer_text(show(), "call.deal.stage"), "new");
}

static void raise(const char *id, int64_t value)
{
	send(both(both(event(web_path(web, "%s1", id), "objection", objection, 0, NULL), event(web_path(web, "%s2", id), "objection_part", answer_item, 0, NULL)),
		  both(event(web_path(web, "%s3", id), "objection_part", answer_item, 2, NULL), event(web_path(web, "%s4", id), value ? "objection_closed" : "objection_left", objection, 0, NULL))));
}

static void call_end__counts_which_answers_worked(void **state)
{
	(void)state;
	send(event("a1", "began", 0, 0, NULL));
	raise("o", 1);
	send(both(event("a5", "contract", 0, 30000, NULL), event("a6", "ended", 0, 1, NULL)));
	call_make("b2c");
	send(event("b1", "began", 0, 0, NULL));
	raise("p", 0);
	send(event("b6", "ended", 0, 2, "дорого"));
	assert_int_equal(number("SELECT used * 10 + worked FROM item_use WHERE item_id = %lld AND method = ''", (long long)answer_item), 21);
	/* One such deal was won: a similar past case is true now, and told with its numbers (S5). That everyone does it is not. */
	call_make("b2c");
	struct answer *a = show();
	bool similar = false;
	size_t i;
	json_t *one;
	json_array_foreach(answer_at(a, "cases"), i, one) {
		assert_string_equal(json_string_value(json_object_get(one, "method")), "similar_case");
		similar |= json_integer_value(json_object_get(one, "objection_id")) == objection && json_integer_value(json_object_get(one, "won")) == 1 &&
			   json_integer_value(json_object_get(one, "finished")) == 2;
	}
	assert_true(similar);
	/* Another segment has no such case. */
	call_make("b2b");
	assert_int_equal(json_array_size(answer_at(show(), "cases")), 0);
}

static void spoil(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE item_use SET used = used + 1", "") || db_exec(use->db, &error, "DELETE FROM item_heard", "") ||
	    db_exec(use->db, &error, "UPDATE call SET promised = 'x'", ""))
		fail_msg("%s", error.text);
}

static void call_rebuild__equals_what_was_kept_step_by_step(void **state)
{
	(void)state;
	send(both(both(event("a1", "began", 0, 0, NULL), event("a2", "said", opener, 0, NULL)), both(event("a3", "promised", 0, 0, "так"), event("a4", "undone", 0, 0, NULL))));
	raise("o", 1);
	send(both(event("a5", "contract", 0, 30000, NULL), event("a6", "ended", 0, 1, NULL)));
	assert_true(fixture_rebuild(web));
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), spoil, NULL);
	assert_false(fixture_rebuild(web)); /* said, and put right */
	assert_true(fixture_rebuild(web));
	assert_string_equal(answer_text(show(), "call.promised"), "");
}

static void call__is_its_managers_and_his_leads(void **state)
{
	(void)state;
	struct person other = web_person(web, web->team_id, "Інший", "manager");
	const char *began = web_path(web, "{\"events\": [%s]}", event("a1", "began", 0, 0, NULL));
	assert_int_equal(web_post_json(web, &other, events_path, began)->status, 403);
	assert_int_equal(event_count(), 0);
	struct answer *a = web_get(web, &other, AS_JSON, path); /* he may look */
	assert_int_equal(a->status, 200);
	assert_true(json_is_false(answer_at(a, "may")));
	assert_int_equal(web_get(web, &other, AS_PAGE, path)->status, 200);
	assert_int_equal(web_post_json(web, &web->lead, events_path, began)->status, 200);
}

/* ---- A negotiation ---- */

struct added {
	int64_t id, objection;
	const char *kind, *variety, *level, *text, *say;
	int motives;
};

static void item_insert(struct use *use, void *arg)
{
	const struct added *added = arg;
	struct error error;
	const int64_t team_id = use->who.team_id;
	if (db_exec(use->db, &error, "INSERT INTO item (team_id, item_id, playbook_id, key, kind, place, variety, level, motives, objection_id) "
		    "SELECT $1, $2, playbook_id, $3, $4, 1000, $5, $6, $7, CASE WHEN $8 = 0 THEN NULL ELSE $8 END FROM playbook WHERE team_id = $1 AND key = 'card'",
		    "iittttii", team_id, added->id, added->text, added->kind, added->variety, added->level, (int64_t)added->motives, added->objection) ||
	    db_exec(use->db, &error, "INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ($1, $2, 'uk', 'text', $3)", "iit", team_id, added->id, added->text) ||
	    (added->say && db_exec(use->db, &error, "INSERT INTO item_text (team_id, item_id, language, part, text) VALUES ($1, $2, 'uk', 'say', $3)", "iit", team_id, added->id,
				   added->say)))
		fail_msg("%s", error.text);
}

enum { CAPITAL = 801, CUT, ARGUMENT, SITUATION, PROBLEM, DIRECT };

/* A position with two interests behind it, one of them a personal cut; three SPIN questions; an argument. */
/* What the starting content puts behind the objection makes room for what the tests speak of. */
static void seeded_retire(struct use *use, void *arg)
{
	struct error error;
	(void)arg;
	if (db_exec(use->db, &error, "UPDATE item SET retired_at = 1 WHERE team_id = $1 AND kind IN ('interest', 'spin')", "i", use->who.team_id)) fail_msg("%s", error.text);
}

static void playbook_of_negotiation(void)
{
	struct added added[] = {
		{CAPITAL, objection, "interest", "", "", "Немає обігових", NULL, 2}, {CUT, objection, "interest", "compliance", "", "Чекає на відкат", "Ми працюємо лише через договір", 0},
		{ARGUMENT, 0, "objection", "argument", "", "Інші дають знижку", NULL, 0}, {SITUATION, 0, "spin", "", "situation", "Як платите зараз?", NULL, 0},
		{PROBLEM, objection, "spin", "", "problem", "Чого бракує?", NULL, 0}, {DIRECT, 0, "spin", "", "direct", "Що дало б вам більше?", NULL, 0},
	};
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seeded_retire, NULL);
	for (size_t i = 0; i < sizeof added / sizeof *added; i++) web_do(web, web_actor(&web->admin, ROLE_ADMIN), item_insert, &added[i]);
}

static bool heard_of(struct answer *a, int64_t id)
{
	size_t i;
	json_t *one;
	json_array_foreach(answer_at(a, "view.objections"), i, one)
		if (json_integer_value(json_object_get(one, "id")) == id) return true;
	return false;
}

static void call_page__is_one_screen_for_both_modes(void **state)
{
	(void)state;
	playbook_of_negotiation();
	send(both(event("a1", "began", 0, 0, NULL), event("a2", "motive_on", 0, 1, NULL)));
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.steps.2.words"), "motives");
	assert_false(heard_of(a, ARGUMENT)); /* an argument is heard in negotiations alone */
	assert_false(answer_has(a, "view.position"));
	send(both(both(event("a3", "objection", objection, 0, NULL), event("a4", "objection_left", objection, 0, NULL)), both(event("a5", "step", 0, 3, NULL), event("a6", "mode_set", 0, 1, NULL))));
	a = show();
	assert_string_equal(answer_text(a, "view.steps.0.words"), "terms");
	assert_string_equal(answer_text(a, "view.steps.2.words"), "interests");
	assert_true(json_is_true(answer_at(a, "view.steps.2.current"))); /* its place is kept, and what was found */
	assert_true(json_is_true(answer_at(a, "view.motives.1.on")));
	assert_true(heard_of(a, ARGUMENT));
	assert_int_equal(answer_int(a, "view.interests.0.id"), CAPITAL); /* behind the position that was raised in the sale */
	assert_int_equal(answer_int(a, "view.ask.item.id"), SITUATION);
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, path)->body, "Justification"));
	send(both(event("a7", "interest_on", CAPITAL, objection, NULL), event("a8", "mode_set", 0, 0, NULL)));
	a = show();
	assert_string_equal(answer_text(a, "view.steps.2.words"), "motives");
	send(event("a9", "mode_set", 0, 1, NULL));
	a = show();
	assert_true(json_is_true(answer_at(a, "view.interests.0.on")));
	send(both(event("b1", "step", 0, 4, NULL), event("b2", "ended", 0, 2, "потім")));
	a = show();
	assert_string_equal(answer_text(a, "told.steps.1.words"), "motives"); /* told as it was at the time */
	assert_string_equal(answer_text(a, "told.steps.2.words"), "justification");
}

static void call_position__has_what_stands_behind_it(void **state)
{
	(void)state;
	playbook_of_negotiation();
	send(both(event("a1", "began", 0, 1, NULL), event("a2", "objection", objection, 0, NULL)));
	struct answer *a = show();
	assert_true(json_is_true(answer_at(a, "view.position.held")));
	assert_string_equal(answer_text(a, "view.position.interests.0.key"), "A");
	assert_int_equal(json_array_size(answer_at(a, "view.position.spin")), 3);
	assert_true(json_is_true(answer_at(a, "view.position.spin.0.next")));
	assert_int_equal(json_array_size(answer_at(a, "view.position.answers")), 2); /* N5: two of ours */
	assert_true(json_is_null(answer_at(a, "view.position.closed")));
	send(both(event("a3", "said", SITUATION, 0, NULL), event("a4", "interest_on", CAPITAL, objection, NULL)));
	a = show();
	assert_true(json_is_true(answer_at(a, "view.position.spin.0.said")));
	assert_true(json_is_true(answer_at(a, "view.position.spin.2.next"))); /* found: now it must be felt */
	assert_string_equal(answer_text(a, "view.position.interests.0.do"), web_path(web, "interest_off %d %lld", CAPITAL, (long long)objection));
	send(event("a5", "objection_part", answer_int(a, "view.position.answers.0.id"), 2, NULL));
	a = show();
	assert_true(json_is_true(answer_at(a, "view.position.answers.0.said")));
	assert_false(json_is_true(answer_at(a, "view.position.answers.1.said")));
	send(both(event("a6", "undone", 0, 0, NULL), event("a7", "undone", 0, 0, NULL)));
	assert_false(json_is_true(answer_at(show(), "view.position.interests.0.on")));
	/* What is no interest, or stands behind nothing of the team's, is none. */
	a = send(both(event("b1", "interest_on", question, objection, NULL), event("b2", "interest_on", CAPITAL, 12345, NULL)));
	assert_string_equal(answer_text(a, "results.0.result"), "malformed");
	assert_string_equal(answer_text(a, "results.1.result"), "malformed");
	/* It is looked at though it is in hand no more. */
	send(event("b3", "objection_left", objection, 0, NULL));
	assert_true(json_is_null(answer_at(show(), "view.position")));
	a = web_get(web, &web->manager, AS_JSON, web_path(web, "%s?position=%lld", path, (long long)objection));
	assert_false(json_is_true(answer_at(a, "view.position.held")));
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s?position=%lld", path, (long long)objection))->status, 200);
}

static void call_position__a_personal_cut_is_marked_and_served_by_nothing(void **state)
{
	(void)state;
	playbook_of_negotiation();
	send(both(both(event("a1", "began", 0, 1, NULL), event("a2", "objection", objection, 0, NULL)), event("a3", "interest_on", CUT, objection, NULL)));
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.cut.say"), "Ми працюємо лише через договір");
	assert_true(json_is_true(answer_at(a, "view.position.interests.1.cut")));
	a = web_get(web, &web->manager, AS_PAGE, path);
	assert_non_null(strstr(a->body, "tell your lead"));
	assert_non_null(strstr(a->body, "Ми працюємо лише через договір"));
	send(both(event("a4", "objection_left", objection, 0, NULL), event("a5", "step", 0, 4, NULL)));
	a = show();
	assert_string_equal(answer_text(a, "view.ask.kind"), "no_motive"); /* nothing is justified by it */
	assert_string_equal(answer_text(a, "view.ask.words"), "no_interest");
	send(event("a6", "interest_off", CUT, objection, NULL));
	assert_true(json_is_null(answer_at(show(), "view.cut")));
}

/* ---- The trade ---- */

enum { DELIVERY = 901, SELF, OURS, PAYMENT = 911, AFTER, HALF, BEFORE, PRICE = 921, FULL, LESS, HALF_PRICE };
struct deal_table {
	int64_t deal_id, shift, limit; /* limit −1: none */
};

/* Delivery: theirs by themselves, or ours (−2000, +9000); payment after, half before (+3000, −1500) or before (+6000, −4000); the price 30000, 28000, 15000. */
static void table_insert(struct use *use, void *arg)
{
	static const struct {
		int variable, option;
		bool starts;
		const char *name;
		int ours, theirs;
	} options[] = {
		{DELIVERY, SELF, true, "самі", 0, 0}, {DELIVERY, OURS, false, "наша", -2000, 9000}, {PAYMENT, AFTER, true, "після", 0, 0}, {PAYMENT, HALF, false, "половина", 3000, -1500},
		{PAYMENT, BEFORE, false, "наперед", 6000, -4000}, {PRICE, FULL, true, "300", 30000, 0}, {PRICE, LESS, false, "280", 28000, 2000}, {PRICE, HALF_PRICE, false, "150", 15000, 15000},
	};
	const struct deal_table *table = arg;
	const int64_t team_id = use->who.team_id;
	struct error error;
	enum err kind = db_exec(use->db, &error, "INSERT INTO bargain (team_id, deal_id, limit_minor, created_at, changed_at) VALUES ($1, $2, CASE WHEN $3 < 0 THEN NULL ELSE $3 END, 1, 1)", "iii",
		team_id, table->deal_id, table->limit);
	for (int v = DELIVERY; !kind && v <= PRICE; v += 10)
		kind = db_exec(use->db, &error, "INSERT INTO bargain_variable (team_id, deal_id, variable_id, family, price, name, place) VALUES ($1, $2, $3, 'service', $4, $5, $3)", "iiiit", team_id,
			table->deal_id, v + table->shift, (int64_t)(v == PRICE), v == DELIVERY ? "Доставка" : v == PAYMENT ? "Оплата" : "Ціна");
	for (size_t i = 0; !kind && i < sizeof options / sizeof *options; i++)
		kind = db_exec(use->db, &error, "INSERT INTO bargain_option (team_id, deal_id, variable_id, option_id, place, starts, name, ours_minor, theirs_low_minor, theirs_high_minor) "
			"VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $8)", "iiiiitii", team_id, table->deal_id, options[i].variable + table->shift, options[i].option + table->shift,
			(int64_t)options[i].starts, options[i].name, (int64_t)options[i].ours, (int64_t)options[i].theirs);
	if (kind) fail_msg("%s", error.text);
}

static void table_make(int64_t deal, int64_t shift, int64_t limit)
{
	struct deal_table table = {deal, shift, limit};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), table_insert, &table);
}

static const char *result_of(const char *one)
{
	return answer_text(send(one), "results.0.result");
}

static int64_t amount_of(const char *id)
{
	return number("SELECT coalesce(amount_minor, 0) FROM call_event WHERE event_id = '%s'", id);
}

static void began(void)
{
	send(both(event("a1", "began", 0, 1, NULL), event("a2", "step", 0, 6, NULL)));
}

static void call_trade__the_server_says_what_an_offer_brings(void **state)
{
	(void)state;
	int64_t other = fixture_deal(web, &web->manager, client_id, "Інша", 100, "new", -1);
	table_make(deal_id, 0, 20000);
	table_make(other, 100, 0);
	began();
	/* Whatever the browser made of it. */
	send(web_path(web, "{\"id\": \"b1\", \"kind\": \"put\", \"item\": %d, \"value\": %d, \"amount\": 999999}", DELIVERY, OURS));
	assert_int_equal(amount_of("b1"), -2000);
	send(event("b2", "asked", PRICE, LESS, NULL));
	assert_int_equal(amount_of("b2"), -2000);
	send(event("b3", "put", PAYMENT, BEFORE, NULL));
	struct answer *a = send(event("b4", "offered", 0, 0, NULL));
	assert_string_equal(answer_text(a, "results.0.result"), "applied");
	assert_int_equal(json_integer_value(json_object_get(json_array_get(answer_at(a, "events"), 2), "amount")), -2000); /* it is told to every window */
	send(event("b5", "asked", PAYMENT, HALF, NULL));
	assert_int_equal(amount_of("b5"), -3000); /* against where we stand now */
	/* Another deal's variables, options that are none, and things that are no variables. */
	assert_string_equal(result_of(event("c1", "put", DELIVERY + 100, OURS + 100, NULL)), "malformed");
	assert_string_equal(result_of(event("c2", "asked", DELIVERY, AFTER, NULL)), "malformed");
	assert_string_equal(result_of(event("c3", "declined", 12345, 0, NULL)), "malformed");
	assert_string_equal(result_of(event("c4", "refused", question, OURS, NULL)), "malformed");
}

static void call_trade__nothing_is_given_without_asking(void **state)
{
	(void)state;
	table_make(deal_id, 0, 20000);
	began();
	assert_string_equal(answer_text(show(), "view.ask.kind"), "offer");
	send(event("b1", "put", DELIVERY, OURS, NULL));
	assert_string_equal(result_of(event("b2", "offered", 0, 0, NULL)), "no_return"); /* N6 */
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.ask.kind"), "return");
	assert_string_equal(answer_text(a, "view.ask.about.option"), "наша");
	assert_true(json_is_true(answer_at(a, "view.trade.draft.gives_only")));
	assert_string_equal(answer_text(a, "view.trade.trades.0.asks.0.option"), "половина"); /* what may be asked for it */
	assert_string_equal(result_of(event("b3", "offered", 0, 1, NULL)), "applied"); /* for nothing, on purpose */
	a = show();
	assert_true(json_is_true(answer_at(a, "view.said.0.nothing")));
	assert_int_equal(answer_int(a, "view.trade.ours_minor"), 28000);
	send(event("b4", "undone", 0, 0, NULL));
	a = show();
	assert_int_equal(answer_int(a, "view.trade.ours_minor"), 30000);
	assert_false(json_is_null(answer_at(a, "view.trade.draft")));
	send(event("b5", "undone", 0, 0, NULL));
	assert_true(json_is_null(answer_at(show(), "view.trade.draft")));
	/* What nothing of theirs makes up for: what brings most is asked. */
	send(event("b6", "put", PRICE, HALF_PRICE, NULL));
	a = show();
	assert_string_equal(answer_text(a, "view.trade.trades.0.asks.0.option"), "наперед");
	assert_int_equal(answer_int(a, "view.trade.trades.0.ours"), -9000);
}

static void call_trade__below_the_limit_is_not_offered(void **state)
{
	(void)state;
	table_make(deal_id, 0, 29500);
	began();
	send(both(event("b1", "put", PRICE, LESS, NULL), event("b2", "put", DELIVERY, OURS, NULL)));
	assert_string_equal(result_of(event("b3", "offered", 0, 1, NULL)), "below_limit"); /* N9: also for nothing */
	send(event("b4", "put", PAYMENT, HALF, NULL));
	assert_string_equal(result_of(event("b5", "offered", 0, 0, NULL)), "below_limit");
	struct answer *a = show();
	assert_int_equal(answer_int(a, "view.trade.draft.below.shortfall"), 500);
	assert_true(json_array_size(answer_at(a, "view.trade.draft.below.changes")) >= 2);
	a = web_get(web, &web->manager, AS_PAGE, web_path(web, "%s?trade=1", path));
	assert_non_null(strstr(a->body, "Below our limit by 5: this is not offered."));
	send(event("b6", "put", PAYMENT, BEFORE, NULL)); /* one of the changes */
	assert_true(json_is_null(answer_at(show(), "view.trade.draft.below")));
	assert_string_equal(result_of(event("b7", "offered", 0, 0, NULL)), "applied");
	assert_int_equal(answer_int(show(), "view.trade.room_minor"), 2500);
}

static void call_trade__ready_answers_and_the_price_that_stands(void **state)
{
	(void)state;
	table_make(deal_id, 0, 20000);
	began();
	send(event("b1", "asked", DELIVERY, OURS, NULL));
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.ask.kind"), "trade");
	assert_string_equal(answer_text(a, "view.ask.about.variable"), "Доставка");
	assert_string_equal(answer_text(a, "view.ask.skip"), web_path(web, "declined %d 0", DELIVERY));
	assert_string_equal(answer_text(a, "view.trade.trades.0.do"), web_path(web, "put %d %d, put %d %d", DELIVERY, OURS, PAYMENT, HALF));
	assert_int_equal(answer_int(a, "view.trade.trades.0.ours"), 1000);
	/* A ready answer is one press of a form, and counts once. */
	const char *trade = answer_text(a, "view.trade.trades.0.do");
	for (int i = 0; i < 2; i++)
		assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/do", path), FORM("event", "f1", "do", trade, "text", ""))->status, 303);
	assert_int_equal(number("SELECT count(*) FROM call_event WHERE kind = 'put'"), 2);
	assert_string_equal(answer_text(show(), "view.ask.kind"), "say_offer");
	send(event("b2", "offered", 0, 0, NULL));
	a = show();
	assert_string_equal(answer_text(a, "view.said.1.text"), "Доставка: наша; Оплата: половина");
	assert_int_equal(answer_int(a, "view.said.1.minor"), 1000);
	assert_int_equal(json_array_size(answer_at(a, "view.trade.asks")), 0);
	assert_int_equal(answer_int(a, "view.amount_minor"), 30000);
	send(both(both(event("b3", "refused", PAYMENT, HALF, NULL), event("b4", "put", PRICE, LESS, NULL)), both(event("b5", "put", PAYMENT, BEFORE, NULL), event("b6", "offered", 0, 0, NULL))));
	a = show();
	assert_int_equal(answer_int(a, "view.amount_minor"), 28000); /* the contract is at the price that stands */
	assert_true(json_is_null(answer_at(a, "view.trade.better"))); /* on the frontier (N7) */
	assert_string_equal(answer_text(a, "view.trade.package.0.option"), "наша");
	/* Told when it is over; and what is derived is what the events say. */
	send(both(event("c1", "contract", 0, 28000, NULL), event("c2", "ended", 0, 1, NULL)));
	a = show();
	assert_int_equal(answer_int(a, "told.trade.offered"), 2);
	assert_int_equal(answer_int(a, "told.trade.asked"), 1);
	assert_int_equal(answer_int(a, "told.trade.nothing"), 0);
	assert_string_equal(answer_text(a, "told.steps.1.lines.0.what"), "asked");
	assert_string_equal(answer_text(a, "told.steps.1.lines.2.text"), "Доставка: наша; Оплата: половина");
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 200);
	assert_true(fixture_rebuild(web));
}

static void call_trade__goes_on_in_the_next_call(void **state)
{
	(void)state;
	table_make(deal_id, 0, 20000);
	began();
	send(both(both(event("b1", "put", DELIVERY, OURS, NULL), event("b2", "put", PAYMENT, HALF, NULL)), event("b3", "offered", 0, 0, NULL)));
	send(both(both(event("b4", "asked", PRICE, LESS, NULL), event("b5", "planned", 0, moment_now() + MOMENT_DAY, NULL)), event("b6", "ended", 0, 3, NULL)));
	int64_t next = number("SELECT next_call_id FROM call WHERE call_id = %lld", (long long)call_id);
	const char *there = web_path(web, "/calls/%lld", (long long)next);
	web_post_json(web, &web->manager, web_path(web, "%s/events", there), web_path(web, "{\"events\": [%s, %s]}", event("n1", "began", 0, 1, NULL), event("n2", "step", 0, 6, NULL)));
	struct answer *a = web_get(web, &web->manager, AS_JSON, there);
	assert_int_equal(answer_int(a, "view.trade.ours_minor"), 31000);
	assert_string_equal(answer_text(a, "view.ask.kind"), "trade"); /* what they asked waits */
	assert_string_equal(answer_text(a, "view.ask.about.option"), "280");
	assert_int_equal(json_array_size(answer_at(a, "view.trade.asks")), 1);
	assert_int_equal(answer_int(a, "engine.offers"), 2);
	web_post_json(web, &web->manager, web_path(web, "%s/events", there), web_path(web, "{\"events\": [%s]}", event("n3", "declined", PRICE, 0, NULL)));
	a = web_get(web, &web->manager, AS_JSON, there);
	assert_int_equal(json_array_size(answer_at(a, "view.trade.asks")), 0);
}

static void call_trade__without_a_table_says_what_to_do_first(void **state)
{
	(void)state;
	began();
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.trade.missing"), "table");
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, path)->body, web_path(web, "/deals/%lld/bargain", (long long)deal_id)));
	assert_string_equal(result_of(event("b1", "put", DELIVERY, OURS, NULL)), "malformed");
	table_make(deal_id, 0, -1);
	assert_string_equal(answer_text(show(), "view.trade.missing"), "limit");
	send(event("b2", "put", PAYMENT, HALF, NULL));
	assert_string_equal(result_of(event("b3", "offered", 0, 0, NULL)), "below_limit"); /* without a limit nothing is offered */
	assert_string_equal(result_of(event("b4", "note", 0, 0, "розмова йде")), "applied");
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s?trade=1", path))->status, 200);
}

/* ---- By forms alone ---- */

static void press(const char *form, const char *what, const char *text)
{
	struct answer *a = web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/do", path), FORM("event", form, "do", what, "text", text));
	assert_int_equal(a->status, 303);
	assert_string_equal(a->location, path);
}

static void call_do__leads_a_call_by_forms(void **state)
{
	(void)state;
	press("f1", "began 0 0", "");
	press("f1", "began 0 0", ""); /* sent twice */
	press("f2", answer_text(show(), "view.ask.do"), "");
	press("f3", "note 0 0", "поспішає");
	assert_int_equal(event_count(), 3);
	assert_string_equal(answer_text(show(), "view.said.1.text"), "поспішає");
	press("f4", "undone 0 0", ""); /* the opener, not the note */
	assert_int_equal(json_array_size(answer_at(show(), "view.said")), 1);
	assert_int_equal(web_post(web, &web->manager, AS_PAGE, web_path(web, "%s/do", path), FORM("event", "f5", "do", "nonsense 0 0"))->status, 422);
}

static void call_do__proposes_the_mode_when_the_wishes_cross(void **state)
{
	(void)state;
	int64_t deadline = number("SELECT signal_id FROM signal WHERE team_id = %lld AND key = 'named_deadline'", (long long)team());
	press("f1", "began 0 0", "");
	press("f2", web_path(web, "signal_on %lld 0", (long long)asked_contract), "");
	assert_true(json_is_null(answer_at(show(), "view.proposed")));
	press("f3", web_path(web, "signal_on %lld 0", (long long)deadline), "");
	assert_string_equal(answer_text(show(), "view.proposed"), "negotiation"); /* C6 */
	struct answer *a = web_get(web, &web->manager, AS_PAGE, path);
	assert_non_null(strstr(a->body, "alertdialog"));
	press("f4", "mode_accepted 0 0", "");
	assert_string_equal(answer_text(show(), "view.mode"), "negotiation");
	assert_string_equal(answer_text(show(), "call.mode"), "negotiation");
}

static void call_close__asks_for_what_the_outcome_needs(void **state)
{
	(void)state;
	const char *end = web_path(web, "%s/end", path);
	press("f1", "began 0 0", "");
	struct answer *a = web_post(web, &web->manager, AS_JSON, end, FORM("event", "e1", "outcome", "lost"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.reason"));
	a = web_post(web, &web->manager, AS_PAGE, end, FORM("event", "e1", "outcome", "next"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "call-close")); /* the form again */
	a = web_post(web, &web->manager, AS_JSON, end, FORM("event", "e1", "outcome", "next", "next", "2020-01-01T10:00"));
	assert_true(answer_has(a, "mistakes.next"));
	a = web_post(web, &web->manager, AS_PAGE, end, FORM("event", "e1", "outcome", "won", "contract", "300", "paid", "300", "promised", "активувати сьогодні"));
	assert_int_equal(a->status, 303);
	a = show();
	assert_string_equal(answer_text(a, "call.outcome"), "won");
	assert_int_equal(answer_int(a, "view.contract.minor"), 30000);
	assert_int_equal(answer_int(a, "view.payment.minor"), 30000);
	assert_string_equal(answer_text(a, "call.promised"), "активувати сьогодні");
	/* Twice is once. */
	web_post(web, &web->manager, AS_PAGE, end, FORM("event", "e1", "outcome", "won", "contract", "300", "paid", "300"));
	assert_int_equal(event_count(), 5);
}

static void call_page__every_place_of_it_renders(void **state)
{
	(void)state;
	static const char *const queries[] = {"", "?close=won", "?close=next", "?close=lost", "?close=no_answer", "?close=1", "?objections=1"};
	press("f1", "began 0 0", "");
	press("f2", web_path(web, "objection %lld 0", (long long)objection), "");
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s%s", path, queries[i]))->status, 200);
	struct answer *a = show();
	assert_string_equal(answer_text(a, "view.objection.lines.0.part"), "clarify");
	assert_true(answer_has(a, "view.objection.mirror.0"));
	press("f3", answer_text(a, "view.objection.lines.0.do"), "");
	press("f4", answer_text(show(), "view.objection.lines.1.do"), "");
	press("f5", answer_text(show(), "view.objection.lines.2.do"), "");
	press("f6", answer_text(show(), "view.objection.lines.2.do"), ""); /* complete has taken its place */
	press("f7", answer_text(show(), "view.objection.closed"), "");
	assert_true(json_is_null(answer_at(show(), "view.objection")));
	assert_string_equal(answer_text(show(), "view.said.0.ended"), "answered");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(call_events__are_taken_in_order_and_once),
		TEST(call_events__refuse_one_and_take_the_rest),
		TEST(call_events__nothing_of_a_batch_that_is_none),
		TEST(call_events__only_what_the_team_has_can_be_said),
		TEST(call_events__come_with_the_clock_of_the_browser),
		TEST(call_events__undo_marks_what_it_took_back),
		TEST(call_page__shows_what_to_say_and_what_was_said),
		TEST(call_page__presents_only_for_motives_found),
		TEST(call_page__no_opener_twice_to_one_client),
		TEST(call_page__every_place_of_it_renders),
		TEST(call_end__won_on_the_spot),
		TEST(call_end__lost_for_a_reason),
		TEST(call_end__next_plans_the_next_conversation),
		TEST(call_end__no_answer_before_it_began),
		TEST(call_end__counts_which_answers_worked),
		TEST(call_rebuild__equals_what_was_kept_step_by_step),
		TEST(call__is_its_managers_and_his_leads),
		TEST(call_page__is_one_screen_for_both_modes),
		TEST(call_position__has_what_stands_behind_it),
		TEST(call_position__a_personal_cut_is_marked_and_served_by_nothing),
		TEST(call_trade__the_server_says_what_an_offer_brings),
		TEST(call_trade__nothing_is_given_without_asking),
		TEST(call_trade__below_the_limit_is_not_offered),
		TEST(call_trade__ready_answers_and_the_price_that_stands),
		TEST(call_trade__goes_on_in_the_next_call),
		TEST(call_trade__without_a_table_says_what_to_do_first),
		TEST(call_do__leads_a_call_by_forms),
		TEST(call_do__proposes_the_mode_when_the_wishes_cross),
		TEST(call_close__asks_for_what_the_outcome_needs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
