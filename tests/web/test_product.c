/* Products: the card, the course, and who has studied it (S1, S4). */
#include <string.h>

#include "check.h"
#include "deal_fixture.h"

static struct web *web;
static int64_t product_id;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	product_id = fixture_product(web, "Еквайринг «Платон»");
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
	return web_path(web, "/products/%lld%s", (long long)product_id, rest);
}

static int64_t feature_add(void)
{
	struct answer *a = web_post(web, &web->lead, AS_JSON, path("/features/new"),
				    FORM("characteristic", "Зарахування вранці", "advantage", "На два дні швидше", "benefit", "Не треба тримати запас", "motives", "economy",
					 "motives", "safety"));
	assert_int_equal(a->status, 200);
	json_t *features = answer_at(web_get(web, &web->lead, AS_JSON, path("")), "features");
	return json_integer_value(json_object_get(json_array_get(features, json_array_size(features) - 1), "id"));
}

static int64_t lesson_add(const char *text)
{
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/lessons"), FORM("text", text))->status, 200);
	json_t *lessons = answer_at(web_get(web, &web->lead, AS_JSON, path("")), "lessons");
	return json_integer_value(json_object_get(json_array_get(lessons, json_array_size(lessons) - 1), "id"));
}

static const char *id(int64_t number)
{
	return web_path(web, "%lld", (long long)number);
}

static void product__is_made_and_changed_by_a_lead(void **state)
{
	(void)state;
	assert_int_equal(web_post(web, &web->manager, AS_JSON, "/products/new", FORM("name", "CRM", "segment", "b2b"))->status, 403);
	struct answer *a = web_post(web, &web->lead, AS_JSON, "/products/new", FORM("name", "CRM", "segment", "b2b", "price", "1,2 тис.", "summary", "Для відділу"));
	assert_int_equal(a->status, 200);
	product_id = strtoll(a->location + strlen("/products/"), NULL, 10);
	a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_string_equal(answer_text(a, "product.name"), "CRM");
	assert_int_equal(answer_int(a, "product.price_minor"), 120000);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/edit"), FORM("name", "CRM 2", "segment", "b2c", "playbook", "77"))->status, 422);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/edit"), FORM("name", "CRM 2", "segment", "b2c"))->status, 200);
	a = web_get(web, &web->lead, AS_JSON, path("/edit"));
	assert_string_equal(answer_text(a, "form.name"), "CRM 2");
	assert_string_equal(answer_text(a, "form.price"), "");
}

static void product__its_card_keeps_motives(void **state)
{
	(void)state;
	int64_t feature = feature_add();
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_string_equal(answer_text(a, "features.0.benefit"), "Не треба тримати запас");
	assert_int_equal(json_array_size(answer_at(a, "features.0.motives")), 2);
	assert_string_equal(answer_text(a, "features.0.motives.0"), "safety");
	const char *at = path(web_path(web, "/features/%lld", (long long)feature));
	a = web_get(web, &web->lead, AS_JSON, at);
	assert_int_equal(json_array_size(answer_at(a, "form.motives")), 2);
	assert_string_equal(answer_text(a, "form.motives.1"), "economy");
	a = web_post(web, &web->lead, AS_JSON, at, FORM("characteristic", "а", "advantage", "б", "benefit", "в"));
	assert_int_equal(a->status, 422);
	assert_true(answer_has(a, "mistakes.motives"));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, at, FORM("characteristic", "а", "advantage", "б", "benefit", "в", "motives", "prestige"))->status, 200);
	a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_string_equal(answer_text(a, "features.0.motives.0"), "prestige");
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/remove", at), FORM())->status, 200);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, path("")), "features")), 0);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, web_path(web, "%s/remove", at), FORM())->status, 404);
}

static void product__everyone_ticks_what_he_studied_and_the_lead_sees(void **state)
{
	(void)state;
	int64_t feature = feature_add(), lesson = lesson_add("Тарифи");
	lesson_add("Чим ми кращі");
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/studied"), FORM("subject", id(feature)))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/studied"), FORM("subject", id(lesson)))->status, 200);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/studied"), FORM("subject", id(lesson)))->status, 200); /* twice is once */
	struct answer *a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_int_equal(answer_int(a, "subjects"), 3);
	assert_int_equal(answer_int(a, "studied"), 2);
	assert_true(json_is_true(answer_at(a, "features.0.studied")));
	assert_false(answer_has(a, "members")); /* how the others do is the lead's to see */
	a = web_get(web, &web->lead, AS_JSON, path(""));
	assert_int_equal(answer_int(a, "studied"), 0);
	json_t *members = answer_at(a, "members"), *member;
	size_t i;
	int64_t his = -1;
	json_array_foreach(members, i, member) {
		if (json_integer_value(json_object_get(member, "id")) == web->manager.member_id) his = json_integer_value(json_object_get(member, "studied"));
	}
	assert_int_equal(his, 2);
	json_t *products = answer_at(web_get(web, &web->manager, AS_JSON, "/products"), "products"), *product;
	int found = 0;
	json_array_foreach(products, i, product) {
		if (json_integer_value(json_object_get(product, "id")) != product_id) continue;
		found++;
		assert_int_equal(json_integer_value(json_object_get(product, "studied")), 2);
	}
	assert_int_equal(found, 1);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/studied"), FORM("forget", id(lesson)))->status, 200); /* the tick is taken back */
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path(web_path(web, "/features/%lld/remove", (long long)feature)), FORM())->status, 200);
	a = web_get(web, &web->manager, AS_JSON, path(""));
	assert_int_equal(answer_int(a, "studied"), 0);
	assert_int_equal(answer_int(a, "subjects"), 2);
	assert_int_equal(web_post(web, &web->manager, AS_JSON, path("/studied"), FORM("subject", "42"))->status, 404);
}

static void product__archived_is_not_offered_and_comes_back(void **state)
{
	(void)state;
	int64_t before = (int64_t)json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/products"), "products"));
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/archive"), FORM())->status, 200);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/products"), "products")), before - 1);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/products?archived=1"), "products")), 1);
	assert_int_equal(web_post(web, &web->lead, AS_JSON, path("/archive"), FORM("back", "1"))->status, 200);
	assert_int_equal(json_array_size(answer_at(web_get(web, &web->manager, AS_JSON, "/products"), "products")), before);
}

static void pages__are_shown(void **state)
{
	(void)state;
	int64_t feature = feature_add();
	lesson_add("Тарифи");
	const char *const pages[] = {"/products", path(""), path("/edit"), path("/features/new"), path(web_path(web, "/features/%lld", (long long)feature))};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer *a = web_get(web, &web->lead, AS_PAGE, pages[i]);
		assert_int_equal(a->status, 200);
		if (!strstr(a->body, "Платон")) fail_msg("%s does not name the product", pages[i]);
	}
	assert_int_equal(web_get(web, &web->lead, AS_PAGE, "/products/new")->status, 200);
	struct answer *a = web_post(web, &web->lead, AS_PAGE, path("/features/new"), FORM("characteristic", "друк логотипа", "advantage", "б", "benefit", "в"));
	assert_int_equal(a->status, 422);
	assert_non_null(strstr(a->body, "друк логотипа")); /* what was typed is not lost */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(product__is_made_and_changed_by_a_lead, set_up, tear_down),
		cmocka_unit_test_setup_teardown(product__its_card_keeps_motives, set_up, tear_down),
		cmocka_unit_test_setup_teardown(product__everyone_ticks_what_he_studied_and_the_lead_sees, set_up, tear_down),
		cmocka_unit_test_setup_teardown(product__archived_is_not_offered_and_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages__are_shown, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
