/* Practice on the web: events taken once and answered with what the client does, by forms too; whose it is; the same events give the same words; nothing of it is a call. */
#include <string.h>

#include "app/content_seed.h"
#include "base/buf.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static const char *path, *events_path;
static int sent;

static void seed(struct use *use, void *arg)
{
	(void)arg;
	if (content_seed(use)) fail();
}

static const char *started(struct person *who, const char *scenario, const char *mode, const char *seed_text)
{
	struct answer *a = web_post(web, who, AS_JSON, "/practice", FORM("scenario", scenario, "mode", mode, "seed", seed_text));
	assert_int_equal(a->status, 200);
	return a->location;
}

static void begins(const char *scenario, const char *mode, const char *seed_text)
{
	path = started(&web->manager, scenario, mode, seed_text);
	events_path = web_path(web, "%s/events", path);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	sent = 0;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static struct answer *send_to(const char *where, const char *kind, int64_t item, int64_t value, const char *text)
{
	return web_post_json(web, &web->manager, where, web_path(web, "{\"after\": 0, \"events\": [{\"id\": \"e%d\", \"kind\": \"%s\", \"item\": %lld, \"value\": %lld%s%s%s}]}", ++sent, kind,
		(long long)item, (long long)value, text ? ", \"text\": \"" : "", text ? text : "", text ? "\"" : ""));
}

static struct answer *send(const char *kind, int64_t item, int64_t value, const char *text)
{
	return send_to(events_path, kind, item, value, text);
}

static struct answer *show(void)
{
	return web_get(web, &web->manager, AS_JSON, path);
}

static const char *result(const struct answer *a)
{
	return answer_text(a, "results.0.result");
}

static json_t *last_line(const struct answer *a)
{
	json_t *talk = answer_at(a, "talk");
	return json_array_get(talk, json_array_size(talk) - 1);
}

static const char *of(json_t *line, const char *field)
{
	return json_string_value(json_object_get(line, field));
}

/* The card that the screen offers now. */
static int64_t card(void)
{
	return answer_int(show(), "view.ask.item.id");
}

static void practice__begins_with_his_voice_and_is_no_call(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	struct answer *a = show();
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "view.mode"), "sale");
	assert_true(strlen(answer_text(a, "says.0")) > 0);
	assert_string_equal(answer_text(a, "practice.scenario"), "mall_card");
	assert_int_equal(answer_int(a, "practice.seed"), 7);
	assert_true(card() > 0);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM call"), 0);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM call_event"), 0);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 200);
}

/* What the talks before have shown is known from the first word: of every scenario the advisor says at once which conversation it is. */
static void practice__the_advisor_knows_what_was_known(void **state)
{
	static const char *const scenarios[][2] = {{"mall_card", "sale"}, {"crm_phone", "sale"}, {"crm_three", "negotiation"}, {"service_contract", "negotiation"}, {"own_share", "negotiation"}};
	(void)state;
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		begins(scenarios[i][0], "sale", "7");
		assert_string_equal(answer_text(show(), "view.advised"), scenarios[i][1]);
	}
}

static void practice_events__are_answered_at_once_and_taken_once(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	int64_t opener = card();
	struct answer *a = send("said", opener, 0, NULL);
	assert_string_equal(result(a), "applied");
	assert_string_equal(of(last_line(a), "who"), "client");
	assert_int_equal(json_array_size(answer_at(a, "talk")), 3); /* his voice, ours, his */
	sent--;
	a = send("said", opener, 0, NULL); /* the same id */
	assert_string_equal(result(a), "applied");
	assert_int_equal(json_array_size(answer_at(a, "talk")), 3);
	a = send("said", opener, 0, NULL); /* the same words */
	assert_string_equal(result(a), "same");
	assert_int_equal(json_array_size(answer_at(a, "talk")), 3);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event"), 2);
	/* Twice in one batch is once, too. */
	a = web_post_json(web, &web->manager, events_path, "{\"events\": [{\"id\": \"b\", \"kind\": \"motive_on\", \"value\": 1}, {\"id\": \"b\", \"kind\": \"motive_on\", \"value\": 1}]}");
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "results.1.result"), "applied");
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event"), 3);
	assert_int_equal(web_post_json(web, &web->manager, events_path, "{\"events\": [{\"id\": \"c\", \"kind\": \"sung\"}]}")->status, 422);
}

static void practice_events__what_the_client_does_nobody_enters_for_him(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	static const char *const theirs[] = {"objection", "objection_closed", "asked", "refused", "answered", "note", "began", "ended"};
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++) assert_string_equal(result(send(theirs[i], 60, 1, NULL)), "malformed");
	assert_string_equal(result(send("signal_on", 1, 0, NULL)), "malformed"); /* no signal of this team */
	assert_string_equal(result(send("interest_on", 1, 0, NULL)), "malformed"); /* no interest */
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event"), 1);
}

static void practice_events__own_words_are_heard_or_honestly_not(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	struct answer *a = send("words", 0, 0, "What matters most to you when you pay in a shop?");
	json_t *line = json_array_get(answer_at(a, "talk"), 1), *heard = json_object_get(line, "heard");
	assert_string_equal(of(line, "who"), "me");
	assert_string_equal(of(heard, "act"), "question");
	assert_string_equal(of(heard, "type"), "open");
	a = send("words", 0, 0, "lemonade cactus evening");
	line = json_array_get(answer_at(a, "talk"), 3);
	assert_string_equal(of(json_object_get(line, "heard"), "act"), "none");
	assert_string_equal(of(last_line(a), "who"), "client"); /* he says that he did not understand */
	assert_true(json_equal(answer_at(a, "talk"), answer_at(show(), "engine.talk"))); /* how they were heard is kept with them: it stands the same when the talk is led again */
	assert_string_equal(result(send("words", 0, 0, NULL)), "malformed");
	/* What a browser says of it counts for nothing. */
	a = send("words", 12, 99, "And what do you pay with now?");
	assert_string_equal(of(json_object_get(json_array_get(answer_at(a, "talk"), 5), "heard"), "act"), "question");
	assert_true(json_equal(answer_at(a, "talk"), answer_at(show(), "engine.talk")));
}

static void practice_events__undo_takes_back_ticks_and_never_words(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	assert_string_equal(result(send("undone", 0, 0, NULL)), "nothing");
	send("motive_on", 0, 1, NULL);
	send("motive_on", 0, 2, NULL);
	send("said", card(), 0, NULL);
	assert_string_equal(result(send("undone", 0, 0, NULL)), "applied");
	assert_true(json_is_true(answer_at(show(), "view.motives.1.on")));
	assert_false(json_is_true(answer_at(show(), "view.motives.2.on")));
	assert_string_equal(result(send("undone", 0, 0, NULL)), "applied");
	assert_false(json_is_true(answer_at(show(), "view.motives.1.on")));
	assert_string_equal(result(send("undone", 0, 0, NULL)), "nothing");
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event WHERE kind = 'said'"), 1);
	/* What was taken back and ticked anew can be taken back again. */
	send("motive_on", 0, 3, NULL);
	assert_string_equal(result(send("undone", 0, 0, NULL)), "applied");
	assert_false(json_is_true(answer_at(show(), "view.motives.3.on")));
}

/* Plays what the screen offers, a fixed number of times; the words of the talk. */
static const char *played(const char *seed_text)
{
	begins("service_contract", "negotiation", seed_text);
	struct answer *a = NULL;
	for (int i = 0; i < 12; i++) {
		json_t *ask = answer_at(show(), "view.ask");
		const char *does = of(ask, "do"), *kind = of(ask, "kind");
		long long item = 0, value = 0;
		char event[32] = "";
		if (!does || sscanf(does, "%31s %lld %lld", event, &item, &value) != 3) {
			json_t *skip = json_object_get(ask, "skip");
			if (!json_is_string(skip)) fail_msg("nothing to do at \"%s\"", kind);
			sscanf(json_string_value(skip), "%31s %lld %lld", event, &item, &value);
		}
		a = send(event, item, value, NULL);
	}
	json_t *talk = json_copy(answer_at(a, "talk")), *line;
	struct buf text;
	size_t i;
	buf_init(&text, 1 << 20);
	json_array_foreach(talk, i, line) {
		size_t w;
		json_t *word;
		buf_printf(&text, "%s %s %s\n", of(line, "who"), of(line, "what"), of(line, "text") ? of(line, "text") : "");
		json_array_foreach(json_object_get(line, "words"), w, word) buf_printf(&text, "  %s\n", json_string_value(word));
	}
	json_decref(talk);
	const char *copy = arena_strdup(web->arena, text.bytes);
	buf_done(&text);
	return copy;
}

static void practice__same_seed_and_events_give_the_same_words(void **state)
{
	(void)state;
	const char *one = played("11"), *again = played("11"), *other = played("12");
	assert_string_equal(one, again);
	assert_string_not_equal(one, other);
	assert_non_null(strstr(one, "client"));
}

static void practice__is_its_managers_and_the_lead_may_look(void **state)
{
	(void)state;
	struct person colleague = web_person(web, web->team_id, "Інший", "manager");
	begins("mall_card", "sale", "7");
	assert_int_equal(web_get(web, &colleague, AS_JSON, path)->status, 404);
	assert_int_equal(web_post_json(web, &colleague, events_path, "{\"events\": []}")->status, 404);
	assert_int_equal(web_post(web, &colleague, AS_JSON, web_path(web, "%s/end", path), FORM())->status, 404);
	assert_int_equal(web_get(web, &web->lead, AS_JSON, path)->status, 200);
	assert_int_equal(web_post_json(web, &web->lead, events_path, "{\"events\": []}")->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/end", path), FORM())->status, 403);
	struct answer *a = web_get(web, &colleague, AS_JSON, "/practice");
	assert_true(json_is_null(answer_at(a, "running")));
}

static void practice_end__scores_it_once_and_shows_what_was_hidden(void **state)
{
	(void)state;
	begins("crm_three", "sale", "7");
	send("said", card(), 0, NULL);
	const char *end = web_path(web, "%s/end", path);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, end, FORM())->status, 200);
	int64_t ended_at = fixture_number(web, "SELECT ended_at FROM practice"), events = fixture_number(web, "SELECT count(*) FROM practice_event");
	assert_true(ended_at > 0);
	assert_in_range(fixture_number(web, "SELECT tenths FROM practice"), 10, 25); /* the other conversation was led */
	assert_int_equal(fixture_number(web, "SELECT won FROM practice"), 0);
	assert_int_equal(fixture_number(web, "SELECT left_minor IS NULL FROM practice"), 1);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, end, FORM())->status, 200);
	assert_int_equal(fixture_number(web, "SELECT ended_at FROM practice"), ended_at);
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event"), events);
	assert_string_equal(result(send("motive_on", 0, 1, NULL)), "over");
	struct answer *a = show();
	assert_false(json_is_true(answer_at(a, "practice.right")));
	assert_true(json_array_size(answer_at(a, "hidden.interests")) > 0);
	assert_true(strlen(answer_text(a, "curve.real")) > 0 && strlen(answer_text(a, "curve.advisor")) > 0);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path)->status, 200);
	a = web_get(web, &web->manager, AS_JSON, "/practice");
	assert_true(json_is_null(answer_at(a, "running")));
	assert_string_equal(answer_text(a, "scenarios.2.key"), "crm_three");
	assert_int_equal(answer_int(a, "scenarios.2.tries"), 1);
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, "/practice")->status, 200);
}

static void practice__a_personal_cut_offered_fails_it(void **state)
{
	(void)state;
	begins("own_share", "negotiation", "7");
	struct answer *a = send("words", 0, 0, "This is for you personally and stays between us: you get your share in an envelope");
	assert_string_equal(of(json_object_get(json_array_get(answer_at(a, "talk"), 1), "heard"), "act"), "offer_cut");
	assert_true(json_is_true(answer_at(a, "over")));
	assert_int_equal(fixture_number(web, "SELECT failed FROM practice"), 1);
	assert_int_equal(fixture_number(web, "SELECT tenths FROM practice"), 10);
	assert_string_equal(answer_text(show(), "practice.end"), "broken");
}

static void practice_book__a_sale_hears_no_arguments(void **state)
{
	(void)state;
	begins("crm_three", "sale", "7");
	json_t *items = answer_at(show(), "engine.items"), *kinds = json_object_get(items, "kind"), *varieties = json_object_get(items, "variety");
	int arguments = 0;
	for (size_t i = 0; i < json_array_size(kinds); i++)
		arguments += !strcmp(json_string_value(json_array_get(kinds, i)), "objection") && !strcmp(json_string_value(json_array_get(varieties, i)), "argument");
	assert_true(arguments > 0); /* the book has them, marked: the screen leaves them out, and so does the client (core/trainer) */
	assert_int_equal(json_array_size(answer_at(show(), "view.objections")), 0); /* nothing was left standing yet */
}

static void practice_trade__below_the_limit_is_not_offered(void **state)
{
	(void)state;
	begins("crm_three", "negotiation", "7");
	json_t *variables = answer_at(show(), "view.trade.variables"), *price = json_array_get(variables, json_array_size(variables) - 1), *options = json_object_get(price, "options");
	int64_t id = json_integer_value(json_object_get(price, "id")), lowest = json_integer_value(json_object_get(json_array_get(options, json_array_size(options) - 1), "value"));
	assert_string_equal(result(send("put", id, lowest, NULL)), "applied");
	assert_string_equal(result(send("offered", 0, 1, NULL)), "below_limit");
	assert_true(json_is_object(answer_at(show(), "view.trade.draft.below")));
	assert_string_equal(result(send("put", id, 0, NULL)), "applied");
}

static void practice_do__is_led_by_forms_alone(void **state)
{
	(void)state;
	begins("mall_card", "sale", "7");
	const char *does = web_path(web, "%s/do", path);
	struct answer *a = web_post(web, &web->manager, AS_PAGE, does, FORM("do", answer_text(show(), "view.ask.do"), "event", "f1"));
	assert_int_equal(a->status, 303);
	a = web_post(web, &web->manager, AS_PAGE, does, FORM("do", "words", "text", "And how do you pay now?", "event", "f2"));
	assert_int_equal(a->status, 303);
	web_post(web, &web->manager, AS_PAGE, does, FORM("do", "words", "text", "And how do you pay now?", "event", "f2"));
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM practice_event"), 3);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, does, FORM("do", "nonsense", "event", "f3"))->status, 422);
	a = web_get(web, &web->manager, AS_PAGE, path);
	assert_non_null(strstr(a->body, "And how do you pay now?"));
	for (const char *const *with = (const char *const[]){"?objections=1", "?trade=1", "?position=60", NULL}; *with; with++)
		assert_int_equal(web_get(web, &web->manager, AS_PAGE, web_path(web, "%s%s", path, *with))->status, 200);
}

static void practice_start__refuses_what_is_none(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/practice", FORM("scenario", "nobody", "mode", "sale"))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/practice", FORM("scenario", "mall_card", "mode", "war"))->status, 422);
	/* Another client each time. */
	started(&web->manager, "mall_card", "sale", "");
	started(&web->manager, "mall_card", "sale", "");
	assert_int_equal(fixture_number(web, "SELECT count(DISTINCT seed) FROM practice"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(practice__begins_with_his_voice_and_is_no_call),
		TEST(practice__the_advisor_knows_what_was_known),
		TEST(practice_events__are_answered_at_once_and_taken_once),
		TEST(practice_events__what_the_client_does_nobody_enters_for_him),
		TEST(practice_events__own_words_are_heard_or_honestly_not),
		TEST(practice_events__undo_takes_back_ticks_and_never_words),
		TEST(practice__same_seed_and_events_give_the_same_words),
		TEST(practice__is_its_managers_and_the_lead_may_look),
		TEST(practice_end__scores_it_once_and_shows_what_was_hidden),
		TEST(practice__a_personal_cut_offered_fails_it),
		TEST(practice_book__a_sale_hears_no_arguments),
		TEST(practice_trade__below_the_limit_is_not_offered),
		TEST(practice_do__is_led_by_forms_alone),
		TEST(practice_start__refuses_what_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
