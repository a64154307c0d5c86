/* Cards of calls that are posts (L4): offered, used, counted and voted for once, written with one key, and never with a client's name. */
#include <string.h>

#include "app/content_seed.h"
#include "base/id.h"
#include "base/moment.h"
#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t client_id, deal_id, call_id, objection, opener;
static const char *path;

static int64_t number(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int64_t number(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *sql = arena_vprintf(web->arena, format, args);
	va_end(args);
	return fixture_number(web, sql);
}

static void seed(struct use *use, void *arg)
{
	(void)arg;
	if (content_seed(use)) fail();
}

static void sql_run(struct use *use, void *arg)
{
	struct error error;
	if (db_exec(use->db, &error, arg, "")) fail_msg("%s: %s", (const char *)arg, error.text);
}

static void sql(const char *text)
{
	web_do(web, web_actor(&web->lead, ROLE_LEAD), sql_run, (void *)(uintptr_t)text);
}

static int64_t item(const char *key)
{
	return number("SELECT i.item_id FROM item i JOIN playbook p ON p.team_id = i.team_id AND p.playbook_id = i.playbook_id WHERE i.team_id = %lld AND p.key = 'card' AND i.key = '%s'",
		      (long long)web->team_id, key);
}

static void call_make(void)
{
	static int calls;
	client_id = fixture_client(web, &web->manager, web_path(web, "Соломія Перебийніс %d", ++calls), "b2c");
	deal_id = fixture_deal(web, &web->manager, client_id, "Картка", 30000, "new", -1);
	sql("UPDATE deal SET product_id = (SELECT product_id FROM product WHERE key = 'card' LIMIT 1)");
	call_id = fixture_call(web, &web->manager, client_id, deal_id, 1, moment_now(), 0, "", "");
	path = web_path(web, "/calls/%lld", (long long)call_id);
}

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	web_do(web, web_actor(&web->admin, ROLE_ADMIN), seed, NULL);
	call_make();
	objection = item("expensive");
	opener = item("weekend");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static int64_t id_in(const char *location)
{
	return strtoll(strrchr(location, '/') + 1, NULL, 10);
}

static struct answer *post(struct person *who, const char *kind, const char *line, const char *body)
{
	return web_post(web, who, AS_JSON, "/posts/new", FORM("kind", kind, "title", "Як я це кажу", "body", body, "line", line, "objection", strcmp(kind, "answer") ? "" : "card/expensive",
		"playbook", "card", "level", "specifying", "question_type", "open", "variety", "small_talk", "family", "service", "motives", "economy", "tags", ""));
}

static int64_t card(struct person *who, const char *kind, const char *line)
{
	struct answer *a = post(who, kind, line, "Сказане так відповідає на все.");
	if (a->status != 200) fail_msg("%s is not published: %d %s", line, a->status, a->body);
	return id_in(a->location);
}

static const char *event(const char *id, const char *kind, int64_t item_id, int64_t value)
{
	return web_path(web, "{\"id\": \"%s\", \"kind\": \"%s\", \"item\": %lld, \"value\": %lld, \"text\": \"так\"}", id, kind, (long long)item_id, (long long)value);
}

static void sent(const char *events)
{
	struct answer *a = web_post_json(web, &web->manager, web_path(web, "%s/events", path), web_path(web, "{\"after\": -1, \"events\": [%s]}", events));
	const char *wrong;
	size_t i;
	json_t *result;
	assert_int_equal(a->status, 200);
	json_array_foreach(answer_at(a, "results"), i, result) {
		wrong = json_string_value(json_object_get(result, "result"));
		if (strcmp(wrong, "applied")) fail_msg("event %zu: %s", i, wrong);
	}
}

static json_t *offered(const char *text)
{
	struct answer *a = web_get(web, &web->manager, AS_JSON, path);
	json_t *columns = answer_at(a, "engine.items"), *column, *found = json_object();
	const char *field;
	for (size_t i = 0; i < json_array_size(json_object_get(columns, "text")); i++) {
		const char *is = json_string_value(json_array_get(json_object_get(columns, "text"), i));
		if (!is || strcmp(is, text)) continue;
		json_object_foreach(columns, field, column) json_object_set(found, field, json_array_get(column, i));
		return found;
	}
	json_decref(found);
	return NULL;
}

static const char *field(json_t *card_item, const char *name)
{
	const char *text = json_string_value(json_object_get(card_item, name));
	return text ? text : "";
}

/* The objection is raised, answered by the card, taken; and the call ends with a next talk. */
static void used(int64_t answer, bool taken, int64_t outcome)
{
	sent(web_path(web, "%s, %s, %s, %s, %s, %s", event("u1", "began", 0, 0), event("u2", "step", 0, 5), event("u3", "objection", objection, 0), event("u4", "objection_part", answer, 2),
		      event("u5", taken ? "objection_closed" : "objection_left", objection, 0), event("u6", "planned", 0, 4000000000000000)));
	sent(event("u7", "ended", 0, outcome));
}

static int64_t votes(int64_t post_id, const char *kind)
{
	return number("SELECT count(*) FROM vote WHERE post_id = %lld AND kind = '%s'", (long long)post_id, kind);
}

static int64_t counted(int64_t post_id)
{
	return number("SELECT coalesce((SELECT used * 10 + went_on FROM card_count WHERE post_id = %lld), 0)", (long long)post_id);
}

/* ---- Offered ---- */

static void card__stands_in_its_place(void **state)
{
	(void)state;
	card(&web->lead, "answer", "Двадцять п’ять гривень на місяць");
	card(&web->lead, "question", "Хто у вас рахує витрати?");
	card(&web->lead, "opener", "Бачу, у вас повні руки!");
	card(&web->lead, "story", "Торік загубили рукавичку");
	card(&web->lead, "argument", "Окупиться до другого пакета");
	card(&web->lead, "concession", "Завтра без черги");
	json_t *one = offered("Двадцять п’ять гривень на місяць");
	assert_non_null(one);
	assert_string_equal(field(one, "kind"), "answer");
	assert_int_equal(json_integer_value(json_object_get(one, "objection_id")), objection);
	assert_true(*field(one, "author"));
	json_decref(one);
	static const struct {
		const char *text, *kind, *variety, *level;
	} others[] = {
		{"Хто у вас рахує витрати?", "question", "", "specifying"}, {"Бачу, у вас повні руки!", "opener", "small_talk", ""}, {"Торік загубили рукавичку", "opener", "story", ""},
		{"Окупиться до другого пакета", "point", "", ""}, {"Завтра без черги", "concession", "", ""},
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		one = offered(others[i].text);
		if (!one) fail_msg("%s is not offered", others[i].text);
		assert_string_equal(field(one, "kind"), others[i].kind);
		assert_string_equal(field(one, "variety"), others[i].variety);
		assert_string_equal(field(one, "level"), others[i].level);
		json_decref(one);
	}
}

static void card__of_another_team_is_offered_from_the_top(void **state)
{
	(void)state;
	struct person far = web_person(web, web_team(web, "Львів"), "Далека Дарія", "manager");
	int64_t id = card(&far, "answer", "Скажу здалеку");
	assert_null(offered("Скажу здалеку"));
	sql(web_path(web, "INSERT INTO tenure (post_id, from_at, position, run) VALUES (%lld, 1, 7, 0)", (long long)id));
	json_t *one = offered("Скажу здалеку");
	assert_non_null(one);
	assert_int_equal(json_integer_value(json_object_get(one, "top")), 7);
	json_decref(one);
	sql(web_path(web, "UPDATE post SET hidden_at = 1 WHERE post_id = %lld", (long long)id));
	assert_null(offered("Скажу здалеку"));
}

static void card__of_another_language_or_product_is_not_offered(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "opener", "Іншою мовою");
	sql(web_path(web, "UPDATE post SET language = 'pl' WHERE post_id = %lld", (long long)id));
	assert_null(offered("Іншою мовою"));
	id = card(&web->lead, "opener", "Про інше");
	sql(web_path(web, "UPDATE post_card SET playbook_key = 'crm' WHERE post_id = %lld", (long long)id));
	assert_null(offered("Про інше"));
}

/* ---- Used ---- */

static void card_use__votes_once(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "answer", "Це двадцять п’ять на місяць");
	used(id, true, 3);
	assert_int_equal(votes(id, "use"), 1);
	assert_int_equal(votes(id, "well"), 1);
	assert_int_equal(counted(id), 11);
	assert_int_equal(number("SELECT count(*) FROM vote WHERE post_id = %lld AND voter_id = %lld AND base = CASE kind WHEN 'use' THEN 1 ELSE 2 END", (long long)id,
			 (long long)web->manager.member_id), 2);
	assert_int_equal(number("SELECT CAST(round(1000 * sum(weight)) AS INTEGER) FROM vote WHERE post_id = %lld", (long long)id), 2000); /* 1 and, the second for this author, 2/2 */
	sent(event("u7", "ended", 0, 3)); /* sent again */
	assert_true(fixture_rebuild(web));
	assert_int_equal(votes(id, "use") + votes(id, "well"), 2);
	assert_int_equal(counted(id), 11);
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld", (long long)id));
	assert_int_equal(answer_int(a, "uses.n"), 1);
	assert_int_equal(answer_int(a, "uses.worked"), 1);
	assert_true(answer_has(a, "uses.few"));
	assert_string_equal(answer_text(a, "card.line"), "Це двадцять п’ять на місяць");
}

static void card_use__that_failed_is_a_use_alone(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "answer", "Не переконує");
	used(id, false, 3);
	assert_int_equal(votes(id, "use"), 1);
	assert_int_equal(votes(id, "well"), 0);
	assert_int_equal(counted(id), 10);
}

static void card_use__taken_back_counts_nothing(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "opener", "Мороз надворі!");
	sent(web_path(web, "%s, %s, %s, %s, %s", event("a1", "began", 0, 0), event("a2", "said", id, 0), event("a3", "undone", 0, 0), event("a4", "step", 0, 3), event("a5", "ended", 0, 2)));
	assert_int_equal(votes(id, "use"), 0);
	assert_int_equal(counted(id), 0);
	assert_true(fixture_rebuild(web));
}

/* The step went forward after it and the call ended well; of two openers that stayed in the contact of a lost call neither. */
static void card_use__went_on_with_the_step(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "opener", "Мороз надворі!");
	sent(web_path(web, "%s, %s, %s, %s, %s", event("a1", "began", 0, 0), event("a2", "said", id, 0), event("a3", "step", 0, 3), event("a4", "planned", 0, 4000000000000000),
		      event("a5", "ended", 0, 3)));
	assert_int_equal(counted(id), 11);
	call_make();
	sent(web_path(web, "%s, %s, %s, %s", event("b1", "began", 0, 0), event("b2", "said", id, 0), event("b3", "step", 0, 3), event("b4", "ended", 0, 2)));
	assert_int_equal(counted(id), 21);
	call_make();
	sent(web_path(web, "%s, %s, %s, %s", event("c1", "began", 0, 0), event("c2", "said", id, 0), event("c3", "planned", 0, 4000000000000000), event("c4", "ended", 0, 3)));
	assert_int_equal(counted(id), 31);
	assert_int_equal(votes(id, "use"), 3);
	assert_int_equal(votes(id, "well"), 1);
	assert_true(fixture_rebuild(web));
}

static void card_use__of_ones_own_weighs_nothing(void **state)
{
	(void)state;
	int64_t id = card(&web->manager, "answer", "Моє власне");
	used(id, true, 3);
	assert_int_equal(counted(id), 11);
	assert_int_equal(number("SELECT count(*) FROM vote WHERE post_id = %lld AND weight = 0 AND nth = 0 AND adds = 0", (long long)id), 2);
	assert_int_equal(number("SELECT count(*) FROM post_heat WHERE post_id = %lld AND votes > 0", (long long)id), 0);
}

static void card_use__a_deal_won_is_well_once(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "answer", "Не взяли, а купили"), other = card(&web->lead, "opener", "Гарний день!");
	sent(web_path(web, "%s, %s, %s", event("v1", "began", 0, 0), event("v2", "said", other, 0), event("v3", "step", 0, 5)));
	sent(web_path(web, "%s, %s, %s, %s, %s", event("u3", "objection", objection, 0), event("u4", "objection_part", id, 2), event("u5", "objection_left", objection, 0),
		      event("u6", "planned", 0, 4000000000000000), event("u7", "ended", 0, 3)));
	assert_int_equal(votes(id, "well"), 0);
	assert_int_equal(votes(other, "well"), 1);
	struct answer *a = web_post(web, &web->manager, AS_JSON, web_path(web, "/deals/%lld/finish", (long long)deal_id), FORM("stage", "won"));
	if (a->status != 200) fail_msg("%d %s", a->status, a->body);
	assert_int_equal(votes(id, "well"), 1);
	assert_int_equal(votes(other, "well"), 1);
	assert_int_equal(counted(id), 10); /* whether the call went on is the call's */
	assert_true(fixture_rebuild(web));
	assert_int_equal(votes(id, "well"), 1);
}

static void card_use__of_a_post_that_went_away_is_told_still(void **state)
{
	(void)state;
	int64_t id = card(&web->lead, "answer", "Скоро зникне");
	sent(web_path(web, "%s, %s, %s, %s", event("u1", "began", 0, 0), event("u2", "step", 0, 5), event("u3", "objection", objection, 0), event("u4", "objection_part", id, 2)));
	web_post(web, &web->lead, AS_JSON, web_path(web, "/posts/%lld/delete", (long long)id), FORM("x", ""));
	sent(web_path(web, "%s, %s, %s", event("u5", "objection_closed", objection, 0), event("u6", "planned", 0, 4000000000000000), event("u7", "ended", 0, 3)));
	assert_int_equal(votes(id, "use"), 0); /* nobody can vote for what is gone */
	assert_int_equal(counted(id), 11);
	struct answer *a = web_get(web, &web->manager, AS_PAGE, path);
	if (!strstr(a->body, "картка, яку видалено") && !strstr(a->body, "a card that was deleted")) fail_msg("%s", a->body);
}

/* ---- Written ---- */

static void card_worked__makes_a_draft_with_one_key(void **state)
{
	(void)state;
	const char *there = web_path(web, "%s/worked", path);
	struct answer *a = web_post(web, &web->manager, AS_JSON, there, FORM("text", ""));
	assert_int_equal(a->status, 422); /* nothing was said */
	sent(web_path(web, "%s, %s", event("a1", "began", 0, 0), event("a2", "said", opener, 0)));
	a = web_post(web, &web->manager, AS_JSON, there, FORM("text", ""));
	assert_string_equal(answer_text(a, "done"), "drafted");
	struct answer *form = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/edit", (long long)answer_int(a, "draft")));
	assert_string_equal(answer_text(form, "form.kind"), "opener");
	assert_string_equal(answer_text(form, "form.variety"), "small_talk");
	assert_string_equal(answer_text(form, "form.playbook"), "card");
	assert_non_null(strstr(answer_text(form, "form.line"), "weekend"));
	assert_int_equal(answer_int(form, "form.call"), call_id);
	/* Words of his own, while an objection is in hand: an answer to it. */
	sent(web_path(web, "%s, %s", event("a3", "step", 0, 5), event("a4", "objection", objection, 0)));
	a = web_post(web, &web->manager, AS_JSON, there, FORM("text", "А скільки коштує черга?"));
	form = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/edit", (long long)answer_int(a, "draft")));
	assert_string_equal(answer_text(form, "form.kind"), "answer");
	assert_string_equal(answer_text(form, "form.objection"), "expensive");
	assert_string_equal(answer_text(form, "form.line"), "А скільки коштує черга?");
	a = web_get(web, &web->manager, AS_JSON, "/drafts");
	assert_int_equal(json_array_size(answer_at(a, "drafts")), 2);
	assert_int_equal(answer_int(a, "drafts.0.call_id"), call_id);
	/* Not another's call. */
	struct person other = web_person(web, web->team_id, "Інший Ілля", "manager");
	assert_int_equal(web_post(web, &other, AS_JSON, there, FORM("text", "моє"))->status, 403);
}

static void card_worked__thanks_the_author_of_a_card(void **state)
{
	(void)state;
	const char *there = web_path(web, "%s/worked", path);
	int64_t id = card(&web->lead, "opener", "Добридень, сусіде!"), own = card(&web->manager, "opener", "Вітаю!");
	sent(web_path(web, "%s, %s", event("a1", "began", 0, 0), event("a2", "said", id, 0)));
	assert_string_equal(answer_text(web_post(web, &web->manager, AS_JSON, there, FORM("text", "")), "done"), "voted");
	assert_string_equal(answer_text(web_post(web, &web->manager, AS_JSON, there, FORM("text", "")), "done"), "voted");
	assert_int_equal(votes(id, "up"), 1);
	sent(event("a3", "said", own, 0));
	assert_string_equal(answer_text(web_post(web, &web->manager, AS_JSON, there, FORM("text", "")), "done"), "own");
	assert_int_equal(votes(own, "up"), 0);
}

static void card_worked__opens_the_form_from_a_call_that_is_over(void **state)
{
	(void)state;
	sent(web_path(web, "%s, %s, %s, %s", event("a1", "began", 0, 0), event("a2", "said", opener, 0), event("a3", "step", 0, 3), event("a4", "ended", 0, 2)));
	struct answer *a = web_get(web, &web->manager, AS_JSON, web_path(web, "/posts/new?call=%lld&event=2", (long long)call_id));
	assert_int_equal(a->status, 200);
	assert_string_equal(answer_text(a, "form.kind"), "opener");
	assert_non_null(strstr(answer_text(a, "form.line"), "weekend"));
	assert_non_null(strstr(web_get(web, &web->manager, AS_PAGE, path)->body, web_path(web, "/posts/new?call=%lld&amp;event=2", (long long)call_id)));
	struct person other = web_person(web, web_team(web, "Львів"), "Далека Дарія", "lead");
	assert_int_equal(web_get(web, &other, AS_JSON, web_path(web, "/posts/new?call=%lld&event=2", (long long)call_id))->status, 404);
}

static void post_new__refuses_a_card_that_names_a_client(void **state)
{
	(void)state;
	sql(web_path(web, "INSERT INTO client_phone (team_id, client_id, line, phone, digits) VALUES (%lld, %lld, 1, '+380 67 555 44 33', '380675554433')", (long long)web->team_id,
		     (long long)client_id));
	static const char *const bodies[] = {"Так я сказав Соломії Перебийніс учора.", "Наберіть 67 555-44-33, вона підтвердить.", "Телефон: (067) 555–44–33"};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct answer *a = post(&web->manager, "opener", "Вітаю!", bodies[i]);
		if (a->status != 422) fail_msg("%s: %d", bodies[i], a->status);
		assert_true(answer_has(a, "mistakes.named"));
	}
	struct answer *a = post(&web->manager, "story", "Соломія Перебийніс 1 сміялася", "Довго.");
	assert_int_equal(a->status, 422); /* the line is read, too; a story is a card */
	a = web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "article", "title", "Т", "body", bodies[0], "tags", "", "anyway", "1"));
	assert_int_equal(a->status, 200); /* of an article it is asked only */
	/* Nor does a published one come to name him, not as a "draft" either. */
	assert_int_equal(post(&web->manager, "opener", "Вітаю!", "Добрий день.")->status, 200);
	int64_t published = fixture_number(web, "SELECT post_id FROM post WHERE body = 'Добрий день.'");
	static const char *const ways[] = {"publish", "draft"};
	for (int i = 0; i < 2; i++) {
		a = web_post(web, &web->manager, AS_JSON, web_path(web, "/posts/%lld/edit", (long long)published),
			FORM("kind", "opener", "title", "Вітаю!", "body", bodies[0], "line", "Вітаю!", "variety", "small_talk", "tags", "", "do", ways[i]));
		assert_int_equal(a->status, 422);
	}
	assert_int_equal(fixture_number(web, "SELECT count(*) FROM post WHERE body = 'Добрий день.'"), 1);
	/* A draft keeps everything; an answer says to what. */
	a = web_post(web, &web->manager, AS_JSON, "/posts/new", FORM("kind", "answer", "title", "Т", "body", "Текст", "line", "Так", "tags", ""));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.objection"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(card__stands_in_its_place),
		TEST(card__of_another_team_is_offered_from_the_top),
		TEST(card__of_another_language_or_product_is_not_offered),
		TEST(card_use__votes_once),
		TEST(card_use__that_failed_is_a_use_alone),
		TEST(card_use__taken_back_counts_nothing),
		TEST(card_use__went_on_with_the_step),
		TEST(card_use__of_ones_own_weighs_nothing),
		TEST(card_use__a_deal_won_is_well_once),
		TEST(card_use__of_a_post_that_went_away_is_told_still),
		TEST(card_worked__makes_a_draft_with_one_key),
		TEST(card_worked__thanks_the_author_of_a_card),
		TEST(card_worked__opens_the_form_from_a_call_that_is_over),
		TEST(post_new__refuses_a_card_that_names_a_client),
	};
	return cmocka_run_group_tests_name("web/card", tests, NULL, NULL);
}
