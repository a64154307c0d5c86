/* The table of a deal: laid by its owner, the limit that holds, what is refused and why, amounts as people type them (N1, N6, N7, N9). */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t client_id, deal_id;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	client_id = fixture_client(web, &web->manager, "Агро Поділля", "b2b");
	deal_id = fixture_deal(web, &web->manager, client_id, "CRM", 12000000, "offer", -1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static const char *path(const char *rest)
{
	return web_path(web, "/deals/%lld/bargain%s", (long long)deal_id, rest);
}

static struct answer *show(void)
{
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_int_equal(a->status, 200);
	return a;
}

#define LINE(name, ours, low, high) "option", "", "option_name", name, "ours", ours, "low", low, "high", high

static void lay(void)
{
	struct answer *a = web_post(web, &web->manager, AS_JSON, path("/variables/new"), FORM("name", "ціна", "family", "cost", "price", "1", "step", "5", "unit", "тис. ₴", "starts", "1",
										       LINE("100", "100 тис.", "−100к", ""), LINE("120", "120 000", "−120 тис.", "")));
	assert_int_equal(a->status, 200);
	a = web_post(web, &web->manager, AS_JSON, path("/variables/new"), FORM("name", "строк", "family", "deadline", "hint", "відкриваються в січні", LINE("30 днів", "", "", ""), LINE("14 днів", "−2k", "8 тис.", "10 тис."),
									   LINE("", "7", "7", "7")));
	assert_int_equal(a->status, 200);
	a = web_post(web, &web->manager, AS_JSON, path("/variables/new"), FORM("name", "оплата", "family", "cost", LINE("після", "0", "0", ""), LINE("наперед", "5 %", "−3 тис.", "")));
	assert_int_equal(a->status, 200);
}

static json_t *variable(struct answer *a, const char *name)
{
	size_t i;
	json_t *v;
	json_array_foreach(answer_at(a, "variables"), i, v)
		if (!strcmp(json_string_value(json_object_get(v, "name")), name)) return v;
	fail_msg("there is no variable %s: %s", name, a->body);
	return NULL;
}

static json_t *option(const char *name, const char *option_name)
{
	size_t i;
	json_t *o;
	json_array_foreach(json_object_get(variable(show(), name), "options"), i, o)
		if (!strcmp(json_string_value(json_object_get(o, "option")), option_name)) return o;
	fail_msg("%s has no option %s", name, option_name);
	return NULL;
}

static const char *put(const char *name, const char *option_name)
{
	return json_string_value(json_object_get(option(name, option_name), "put"));
}

static int64_t id_of(const char *name)
{
	return json_integer_value(json_object_get(variable(show(), name), "id"));
}

static const char *now(const char *name)
{
	return json_string_value(json_object_get(variable(show(), name), "now"));
}

static int limits(struct person *who, const char *limit, const char *reason)
{
	return web_post(web, who, AS_JSON, path("/limits"), FORM("limit", limit, "target", "", "their_limit", "−119k", "reason", reason))->status;
}

static void table__is_laid_with_amounts_as_people_type_them(void **state)
{
	(void)state;
	assert_int_equal(json_array_size(answer_at(show(), "variables")), 0);
	lay();
	assert_int_equal(json_array_size(answer_at(show(), "variables")), 3);
	json_t *price = variable(show(), "ціна");
	assert_int_equal(json_integer_value(json_object_get(price, "index")), 2); /* laid first, stands last */
	assert_string_equal(now("ціна"), "120\u00a0тис. ₴");
	assert_int_equal(json_array_size(json_object_get(price, "options")), 5);
	json_t *soon = option("строк", "14 днів");
	assert_int_equal(json_integer_value(json_object_get(soon, "ours")), -200000);
	assert_int_equal(json_integer_value(json_object_get(soon, "theirs")), 900000);
	assert_int_equal(json_integer_value(json_object_get(option("оплата", "наперед"), "ours")), 600000); /* 5 % of the deal */
	assert_int_equal(answer_int(show(), "now.ours"), 12000000);
	assert_string_equal(answer_text(show(), "events.0.kind"), "variable_added");
}

static void table__refuses_what_is_no_variable(void **state)
{
	static const struct {
		const char *name, *step, *first, *second, *ours, *field;
	} bad[] = {
		{"строк", "", "30 днів", "", "1", "options"},           /* one option is nothing to trade */
		{"строк", "", "30 днів", "14 днів", "багато", "options"},
		{"строк", "5", "30", "28", "1", "options"},              /* they rise */
		{"строк", "5", "30", "32", "1", "options"},              /* whole steps */
		{"строк", "5", "-5", "30", "1", "options"},
		{"строк", "5", "0,5", "30", "1", "options"},
		{"строк", "x", "30", "40", "1", "step"},
		{"строк", "1", "1", "5000", "1", "step"},
		{"Відкат директору", "", "ні", "5 %", "1", "name"},
		{"подяка", "", "ні", "kickback", "1", "options"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct answer *a = web_post(web, &web->manager, AS_JSON, path("/variables/new"), FORM("name", bad[i].name, "family", "deadline", "step", bad[i].step, LINE(bad[i].first, bad[i].ours, "0", ""),
												       LINE(bad[i].second, "2", "0", "")));
		if (a->status != 422 || !answer_has(a, web_path(web, "mistakes.%s", bad[i].field))) fail_msg("row %zu: %d %s", i, a->status, a->body);
	}
	assert_int_equal(json_array_size(answer_at(show(), "variables")), 0);
	struct answer *a = web_post(web, &web->manager, AS_PAGE, path("/variables/new"), FORM("name", "Відкат", "family", "cost", LINE("так", "1", "2", ""), LINE("ні", "0", "0", "")));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "This reads as a personal cut"));
	assert_non_null(strstr(a->body, "value=\"так\"")); /* what was typed is not lost */
}

static void table__is_its_owners_and_the_leads(void **state)
{
	(void)state;
	lay();
	struct person other = web_person(web, web->team_id, "Інший", "manager"), stranger = web_person(web, web_team(web, "Друга"), "Чужий", "lead");
	assert_int_equal(web_get(web, &other, AS_JSON, path(""))->status, 200);
	assert_false(json_is_true(answer_at(web_get(web, &other, AS_JSON, path("")), "may_change")));
	assert_int_equal(limits(&other, "1", ""), 403);
	assert_int_equal(web_post(web, &other, AS_JSON, path(""), FORM("put", put("строк", "14 днів")))->status, 403);
	assert_int_equal(web_get(web, &stranger, AS_JSON, path(""))->status, 404);
	assert_int_equal(limits(&stranger, "1", ""), 404);
	assert_int_equal(limits(&web->lead, "100 тис.", ""), 200);
}

static void limit__is_set_before_the_talk_and_moved_after_it_by_a_lead_alone(void **state)
{
	(void)state;
	lay();
	assert_int_equal(limits(&web->manager, "115к", ""), 200);
	assert_int_equal(limits(&web->manager, "112 тис.", ""), 200); /* the talk has not begun: it may be thought over */
	assert_int_equal(answer_int(show(), "limits.limit_minor"), 11200000);
	assert_int_equal(limits(&web->manager, "дванадцять", ""), 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/limits"), FORM("limit", "112k", "target", "90k", "their_limit", ""))->status, 422); /* the target is below */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("строк", "14 днів"), "put", put("оплата", "наперед")))->status, 200);
	assert_int_equal(limits(&web->manager, "110k", "клієнт тисне"), 422);
	struct answer *a = web_post(web, &web->manager, AS_PAGE, path("/limits"), FORM("limit", "110k", "target", "", "their_limit", "", "reason", "тисне"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "Only a lead can move it"));
	assert_int_equal(answer_int(show(), "limits.limit_minor"), 11200000);
	assert_int_equal(limits(&web->manager, "112k", ""), 200); /* the same limit, another guess of theirs: that is his */
	assert_int_equal(limits(&web->lead, "110k", ""), 422);    /* why? */
	assert_int_equal(limits(&web->lead, "110k", "Стратегічний клієнт"), 200);
	assert_int_equal(answer_int(show(), "limits.limit_minor"), 11000000);
	assert_string_equal(answer_text(show(), "limits.limit_reason"), "Стратегічний клієнт");
	assert_true(json_is_true(answer_at(show(), "limits.late")));
	assert_string_equal(answer_text(show(), "events.0.kind"), "limit");
	assert_string_equal(answer_text(show(), "events.0.was"), "11200000");
	assert_string_equal(answer_text(show(), "events.0.became"), "11000000");
}

static void offer__below_the_limit_is_refused_with_the_way_back(void **state)
{
	(void)state;
	lay();
	assert_int_equal(limits(&web->manager, "112k", ""), 200);
	struct answer *a = web_post(web, &web->manager, AS_JSON, path(""), FORM("put.0", put("строк", "14 днів"), "put.2", put("ціна", "110\u00a0тис. ₴"), "side", "ours"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.limit"));
	assert_int_equal(answer_int(a, "refusal.shortfall"), 400000);
	assert_string_equal(answer_text(a, "refusal.changes.0.change.option"), "наперед"); /* 3 000 of theirs: cheaper than 5 000 of the price */
	const char *also = answer_text(a, "refusal.changes.0.also");
	assert_int_equal(json_array_size(answer_at(show(), "log")), 0); /* nothing was offered */
	a = web_post(web, &web->manager, AS_PAGE, path(""), FORM("put.0", put("строк", "14 днів"), "put.2", put("ціна", "110\u00a0тис. ₴"), "side", "ours"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "Below your limit by ₴4,000"));
	a = web_post(web, &web->manager, AS_JSON, path(""), FORM("put.0", put("строк", "14 днів"), "put.2", put("ціна", "110\u00a0тис. ₴"), "also", also));
	assert_int_equal(a->status, 200);
	assert_string_equal(now("оплата"), "наперед");
	assert_string_equal(now("строк"), "14 днів");
	assert_int_equal(answer_int(show(), "now.ours"), 11400000);
	assert_string_equal(answer_text(show(), "log.0.who"), "ours");
	assert_int_equal(answer_int(show(), "log.0.amount"), -600000);
}

/* 0 is a number like any other: the days given are taken back, and they ask for none. */
static void offer__goes_back_to_zero_of_a_range(void **state)
{
	(void)state;
	lay();
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/variables/new"), FORM("name", "відстрочка", "family", "cost", "step", "15", "unit", "днів", "starts", "0", LINE("0", "", "", ""),
		LINE("30", "−3k", "5k", "")))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("відстрочка", "30\u00a0днів"), "nothing", "1"))->status, 200);
	assert_string_equal(now("відстрочка"), "30\u00a0днів");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("відстрочка", "0\u00a0днів"), "side", "theirs"))->status, 200);
	assert_string_equal(json_string_value(json_object_get(variable(show(), "відстрочка"), "asked")), "0\u00a0днів");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("відстрочка", "0\u00a0днів")))->status, 200);
	assert_string_equal(now("відстрочка"), "0\u00a0днів");
	assert_int_equal(answer_int(show(), "now.ours"), 12000000);
}

static void offer__nothing_is_given_without_asking_but_on_purpose(void **state)
{
	(void)state;
	lay();
	struct answer *a = web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("строк", "14 днів")));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.return"));
	assert_true(json_is_true(answer_at(a, "refusal.only_gives")));
	assert_string_equal(answer_text(a, "refusal.changes.0.change.option"), "наперед");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("строк", "14 днів"), "nothing", "1", "note", "лист"))->status, 200);
	assert_true(json_is_true(answer_at(show(), "log.0.nothing")));
	assert_string_equal(answer_text(show(), "log.0.reason"), "лист");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("строк", "14 днів")))->status, 422); /* it stands already */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", "1:2"))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", "казна-що"))->status, 422);
}

static void offer__theirs_waits_for_an_answer(void **state)
{
	(void)state;
	lay();
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("side", "theirs"))->status, 422); /* nothing was chosen */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put.0", put("строк", "14 днів"), "side", "theirs", "note", "зустріч"))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("оплата", "наперед"), "side", "refused"))->status, 200);
	assert_true(json_is_true(json_object_get(variable(show(), "строк"), "waits")));
	assert_string_equal(now("строк"), "30 днів");
	assert_true(json_is_true(json_object_get(option("оплата", "наперед"), "refused")));
	assert_string_equal(answer_text(show(), "answers.0.give.option"), "14 днів");
	assert_string_equal(answer_text(show(), "answers.0.returns.0.takes.0.option"), "наперед");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", put("строк", "14 днів"), "put", put("оплата", "наперед")))->status, 200);
	assert_false(json_is_true(json_object_get(variable(show(), "строк"), "waits")));
	assert_int_equal(json_array_size(answer_at(show(), "log")), 3);
	assert_int_equal(json_array_size(answer_at(show(), "dance.dots")), 2);
}

static void pair__that_is_forbidden_is_not_offered(void **state)
{
	(void)state;
	lay();
	const char *soon = put("строк", "14 днів"), *before = put("оплата", "наперед");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/forbid"), FORM("one", soon, "other", soon))->status, 422);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/forbid"), FORM("one", soon, "other", before))->status, 200);
	assert_int_equal(json_array_size(answer_at(show(), "pairs")), 1);
	struct answer *a = web_post(web, &web->manager, AS_JSON, path(""), FORM("put", soon, "put", before));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.forbidden"));
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/forbid"), FORM("one", before, "other", soon, "back", "1"))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(""), FORM("put", soon, "put", before))->status, 200);
}

static void variable__is_changed_taken_off_laid_back_and_hinted(void **state)
{
	(void)state;
	lay();
	int64_t term = id_of("строк");
	const char *at = path(web_path(web, "/variables/%lld", (long long)term));
	struct answer *a = web_get(web, &web->manager, AS_JSON, at);
	assert_string_equal(answer_text(a, "lines.1.ours"), "-2000");
	const char *option_id = answer_text(a, "lines.1.id");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, at, FORM("name", "строк запуску", "family", "deadline", "hint", "поспішають", LINE("30 днів", "0", "0", ""), "option", option_id, "option_name", "10 днів", "ours", "−3k",
								      "low", "8k", "high", "12k"))->status, 200);
	assert_int_equal(json_integer_value(json_object_get(option("строк запуску", "10 днів"), "ours")), -300000);
	assert_non_null(strstr(put("строк запуску", "10 днів"), option_id)); /* it is still the same option */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/hint", at), FORM())->status, 200);
	assert_int_equal(json_integer_value(json_object_get(option("строк запуску", "10 днів"), "theirs")), 1100000); /* of 8…12 the upper half */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/hint", at), FORM("off", "1"))->status, 200);
	assert_int_equal(json_integer_value(json_object_get(option("строк запуску", "10 днів"), "theirs")), 1000000);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/remove", at), FORM())->status, 200);
	assert_int_equal(json_array_size(answer_at(show(), "variables")), 2);
	assert_int_equal(json_array_size(answer_at(show(), "removed")), 1);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, web_path(web, "%s/remove", at), FORM("back", "1"))->status, 200);
	assert_int_equal(json_array_size(answer_at(show(), "variables")), 3);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/variables/77/remove"), FORM())->status, 404);
	assert_int_equal(web_get(web, &web->manager, AS_JSON, path("/variables/77"))->status, 404);
}

enum { LISTED_MOST = 200 };

/* Every package of the table that the page embeds, one by one. */
static int listed(struct answer *a, int64_t ours[LISTED_MOST], int64_t theirs[LISTED_MOST])
{
	json_t *variables = answer_at(a, "table.variables"), *variable, *option;
	int n = 1;
	size_t v, o;
	ours[0] = theirs[0] = 0;
	json_array_foreach(variables, v, variable) {
		json_t *options = json_object_get(variable, "options");
		int made = 0, n_options = (int)json_array_size(options);
		int64_t next_ours[LISTED_MOST], next_theirs[LISTED_MOST];
		assert_true(n * n_options <= LISTED_MOST);
		for (int i = 0; i < n; i++) json_array_foreach(options, o, option) {
			next_ours[made] = ours[i] + json_integer_value(json_object_get(option, "ours"));
			next_theirs[made++] = theirs[i] + json_integer_value(json_object_get(option, "theirs"));
		}
		memcpy(ours, next_ours, sizeof *ours * (size_t)made);
		memcpy(theirs, next_theirs, sizeof *theirs * (size_t)made);
		n = made;
	}
	return n;
}

static void picture__and_advice_say_what_a_listing_of_all_packages_says(void **state)
{
	(void)state;
	lay();
	assert_int_equal(limits(&web->manager, "112k", ""), 200);
	struct answer *a = show();
	assert_int_equal(answer_int(a, "packages"), 20);
	assert_true(answer_int(a, "frontier_points") >= 5);
	assert_true(answer_has(a, "picture.wall"));
	assert_true(answer_has(a, "picture.now"));
	int64_t ours[LISTED_MOST], theirs[LISTED_MOST], limit = answer_int(a, "limits.limit_minor"), their_limit = answer_int(a, "limits.their_limit_minor");
	int n = listed(a, ours, theirs), best = -1, points = 0;
	assert_int_equal(n, 20);
	for (int i = 0; i < n; i++) {
		bool bettered = false;
		for (int j = 0; j < n; j++) bettered |= (ours[j] >= ours[i] && theirs[j] > theirs[i]) || (ours[j] > ours[i] && theirs[j] >= theirs[i]) || (j < i && ours[j] == ours[i] && theirs[j] == theirs[i]);
		if (bettered) continue;
		points++;
		if (ours[i] < limit || theirs[i] < their_limit) continue;
		if (best < 0 || (ours[i] - limit) * (theirs[i] - their_limit) > (ours[best] - limit) * (theirs[best] - their_limit)) best = i;
	}
	assert_true(best >= 0);
	assert_int_equal(answer_int(a, "frontier_points"), points);
	assert_int_equal(answer_int(a, "nash.ours"), ours[best]);
	assert_int_equal(answer_int(a, "nash.theirs"), theirs[best]);
	size_t i;
	json_t *offer;
	json_array_foreach(answer_at(a, "offers"), i, offer) assert_true(json_integer_value(json_object_get(offer, "ours")) >= limit); /* N9 */
	json_t *ladder = answer_at(a, "ladder");
	assert_string_equal(json_string_value(json_object_get(json_object_get(json_array_get(ladder, 0), "give"), "variable")), "строк");
	assert_string_equal(json_string_value(json_object_get(json_object_get(json_array_get(ladder, json_array_size(ladder) - 1), "give"), "variable")), "ціна"); /* last, whatever it costs */
	assert_true(json_array_size(answer_at(a, "offers")) > 0);
}

/* Is it among what could be laid on the table: in the pie, or on a shelf? */
static bool offered_by(const char *list, const char *name)
{
	char *text = json_dumps(answer_at(show(), list), 0);
	bool there = strstr(text, web_path(web, "\"name\": \"%s\"", name)) != NULL;
	free(text);
	return there;
}

static int64_t library_id(const char *name)
{
	struct answer *a = web_get(web, &web->manager, AS_JSON, "/library");
	size_t s, v;
	json_t *shelf, *entry;
	json_array_foreach(answer_at(a, "shelves"), s, shelf)
		json_array_foreach(json_object_get(shelf, "variables"), v, entry)
			if (!strcmp(json_string_value(json_object_get(entry, "name")), name)) return json_integer_value(json_object_get(entry, "id"));
	fail_msg("the library has no %s: %s", name, a->body);
	return 0;
}

static void library__is_a_leads_to_write_and_lies_on_a_table_priced_for_the_deal(void **state)
{
	(void)state;
	const char *const *form = FORM("name", "передоплата", "family", "cost", "hint", "мають обігові", LINE("після", "", "", ""), LINE("наперед", "2 тис. + 3 %", "−2,5 %", "-1k"));
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/library/new", form)->status, 403);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", form)->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", FORM("name", "хабар", "family", "cost", LINE("ні", "", "", ""), LINE("так", "1", "1", "")))->status, 422);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", FORM("name", "збори", "family", "cost", LINE("ні", "", "", ""), LINE("так", "щось", "1", "")))->status, 422);
	int64_t id = library_id("передоплата");
	struct answer *a = web_get(web, &web->lead, AS_JSON, web_path(web, "/library/%lld", (long long)id));
	assert_string_equal(answer_text(a, "lines.1.ours"), "2000 + 3\u00a0%");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/add"), FORM("library", web_path(web, "%lld", (long long)id)))->status, 200);
	json_t *paid = option("передоплата", "наперед");
	assert_int_equal(json_integer_value(json_object_get(paid, "ours")), 200000 + 360000); /* 2 000, and 3 % of 120 000 */
	assert_int_equal(json_integer_value(json_object_get(paid, "theirs")), (-300000 - 100000) / 2);
	assert_false(offered_by("library", "передоплата")); /* it lies on the table */
	/* what is changed in the library later does not change the table */
	const char *line = answer_text(a, "lines.1.id");
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/library/%lld", (long long)id),
				  FORM("name", "передоплата", "family", "cost", LINE("після", "", "", ""), "option", line, "option_name", "наперед", "ours", "9 %", "low", "0", "high", ""))->status, 200);
	assert_int_equal(json_integer_value(json_object_get(option("передоплата", "наперед"), "ours")), 560000);
	assert_string_equal(answer_text(web_get(web, &web->lead, AS_JSON, web_path(web, "/library/%lld", (long long)id)), "lines.1.ours"), "9\u00a0%");
	/* taken off and added again it is what it was */
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path(web_path(web, "/variables/%lld/remove", (long long)id_of("передоплата"))), FORM())->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/add"), FORM("library", web_path(web, "%lld", (long long)id)))->status, 200);
	assert_int_equal(json_integer_value(json_object_get(option("передоплата", "наперед"), "ours")), 560000);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "/library/%lld/retire", (long long)id), FORM())->status, 200);
	assert_null(strstr(web_get(web, &web->lead, AS_JSON, "/library")->body, "передоплата"));
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->lead, AS_JSON, "/library?retired=1"), "shelves")), 1);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/add"), FORM("library", web_path(web, "%lld", (long long)id)))->status, 404);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/77/retire", FORM())->status, 404);
}

static void library__a_price_carries_the_deals_value(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", FORM("name", "ціна за прайсом", "family", "cost", "price", "1", LINE("прайс", "", "", ""), LINE("−10 %", "−10 %", "10 %", "")))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/add"), FORM("library", web_path(web, "%lld", (long long)library_id("ціна за прайсом"))))->status, 200);
	assert_int_equal(answer_int(show(), "now.ours"), 12000000);
	assert_int_equal(answer_int(show(), "now.theirs"), -12000000);
	assert_int_equal(json_integer_value(json_object_get(option("ціна за прайсом", "−10 %"), "ours")), -1200000);
}

static void library__says_what_would_add_to_both(void **state)
{
	(void)state;
	lay();
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", FORM("name", "логотип", "family", "free_product", LINE("ні", "", "", ""), LINE("так", "1k", "2k", "")))->status, 200);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, "/library/new", FORM("name", "гарантія", "family", "service", LINE("рік", "", "", ""), LINE("два", "−1k", "2k", "")))->status, 200);
	struct answer *a = show();
	assert_true(offered_by("pie", "логотип"));
	assert_false(offered_by("pie", "гарантія")); /* it costs us */
	assert_true(offered_by("library", "гарантія"));
	int64_t last = INT64_MAX; /* the most for both first */
	size_t i;
	json_t *slice;
	json_array_foreach(answer_at(a, "pie"), i, slice) {
		json_t *adds = json_object_get(slice, "adds");
		int64_t ours = json_integer_value(json_object_get(adds, "ours")), theirs = json_integer_value(json_object_get(adds, "theirs"));
		assert_true(ours > 0 && theirs > 0 && ours + theirs <= last);
		last = ours + theirs;
	}
	struct answer *page = web_get(web, &web->manager, AS_PAGE, "/library");
	assert_non_null(strstr(page->body, "гарантія"));
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, "/library/new")->status, 200);
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, web_path(web, "/library/%lld", (long long)library_id("гарантія")))->status, 200);
}

static void pages__are_shown(void **state)
{
	(void)state;
	assert_int_equal(web_get(web, &web->manager, AS_PAGE, path(""))->status, 200); /* an empty table says what to do first */
	lay();
	const char *const pages[] = {path(""), path("/limits"), path("/variables/new"), path(web_path(web, "/variables/%lld", (long long)id_of("строк"))),
				     path(web_path(web, "?put=%s", put("строк", "14 днів")))};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer *a = web_get(web, &web->manager, AS_PAGE, pages[i]);
		if (a->status != 200 || !strstr(a->body, "Агро Поділля")) fail_msg("%s: %d %s", pages[i], a->status, a->body);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(table__is_laid_with_amounts_as_people_type_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__refuses_what_is_no_variable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__is_its_owners_and_the_leads, set_up, tear_down),
		cmocka_unit_test_setup_teardown(limit__is_set_before_the_talk_and_moved_after_it_by_a_lead_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offer__below_the_limit_is_refused_with_the_way_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offer__nothing_is_given_without_asking_but_on_purpose, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offer__goes_back_to_zero_of_a_range, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offer__theirs_waits_for_an_answer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pair__that_is_forbidden_is_not_offered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(variable__is_changed_taken_off_laid_back_and_hinted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(picture__and_advice_say_what_a_listing_of_all_packages_says, set_up, tear_down),
		cmocka_unit_test_setup_teardown(library__is_a_leads_to_write_and_lies_on_a_table_priced_for_the_deal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(library__a_price_carries_the_deals_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(library__says_what_would_add_to_both, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages__are_shown, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
