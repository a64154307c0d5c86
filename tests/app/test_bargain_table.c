/* Where a talk stands: the table's start, overruled by what was offered last, in calls and outside; what they ask; the limit (N6, N9). */
#include "check.h"

#include "app/bargain_table.h"
#include "base/id.h"
#include "base/moment.h"
#include "deal_fixture.h"

enum { TERM = 11, TERM_30 = 101, TERM_14 = 102, DELIVERY = 12, WITHOUT = 103, WITH = 104, PRICE = 13, PRICE_A = 105, PRICE_B = 106, PRICE_C = 107 };

static struct web *web;
static int64_t client_id, deal_id, t0;

static int set_up(void **state)
{
	(void)state;
	web = web_open();
	client_id = fixture_client(web, &web->manager, "Агро", "b2b");
	deal_id = fixture_deal(web, &web->manager, client_id, "Угода", 12000000, "offer", -1);
	t0 = moment_now();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	web_close(web);
	return 0;
}

static void must(enum err kind, const struct error *error)
{
	if (kind) fail_msg("%s", error->text);
}

static void variable(struct use *use, int64_t id, const char *name, const char *unit, int64_t step, bool price)
{
	struct bargain_variable_row row = {.id = id, .family = "deadline", .name = name, .unit = unit, .hint = "", .step = step, .price = price};
	must(bargain_variable_put(use->db, use->who.team_id, deal_id, &row, use->now, &use->error), &use->error);
}

static void option(struct use *use, int place, int64_t variable_id, int64_t id, const char *name, int64_t x, int64_t ours, int64_t low, int64_t high)
{
	struct bargain_option_row row = {variable_id, id, x, name, ours, low, high, place == 1, false};
	must(bargain_option_put(use->db, use->who.team_id, deal_id, place, &row, &use->error), &use->error);
}

static void lay(struct use *use, void *arg)
{
	(void)arg;
	must(bargain_make(use->db, use->who.team_id, deal_id, use->now, &use->error), &use->error);
	variable(use, PRICE, "ціна", "тис.", 5, true); /* laid first, yet stands last */
	option(use, 1, PRICE, PRICE_A, "", 120, 1000, -1000, -1000);
	option(use, 2, PRICE, PRICE_B, "", 110, 200, -200, -200);
	option(use, 3, PRICE, PRICE_C, "", 100, -1, 1, 2);
	variable(use, TERM, "строк", "", 0, false);
	option(use, 1, TERM, TERM_30, "30 днів", BARGAIN_NONE, 0, 0, 0);
	option(use, 2, TERM, TERM_14, "14 днів", BARGAIN_NONE, -200, 800, 1001);
	variable(use, DELIVERY, "доставка", "", 0, false);
	option(use, 1, DELIVERY, WITHOUT, "без", BARGAIN_NONE, 0, -301, 0);
	option(use, 2, DELIVERY, WITH, "наша", BARGAIN_NONE, -150, 900, 900);
}

struct look {
	int64_t deal_id, but_call_id;
	struct bargain_table *table;
	enum outcome outcome;
};

static void do_look(struct use *use, void *arg)
{
	struct look *look = arg;
	struct use *kept = ARENA_NEW(web->arena, struct use);
	use_init(kept, web->arena, use->db, use->who, use->now);
	look->outcome = bargain_table_load(kept, look->deal_id, look->but_call_id, &look->table);
	if (look->outcome == FAILED) fail_msg("%s", kept->error.text);
}

static struct bargain_table *table_of(int64_t but_call_id)
{
	struct look look = {deal_id, but_call_id, NULL, DONE};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), do_look, &look);
	assert_int_equal(look.outcome, DONE);
	return look.table;
}

static void lay_table(void)
{
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), lay, NULL);
}

struct said {
	int64_t call_id, at, item, value;
	const char *kind;
	int undone;
};

static void do_said(struct use *use, void *arg)
{
	struct said *s = arg;
	static int64_t seq;
	if (!s->call_id) {
		struct bargain_event_row row = {.event_id = id_new(use->now), .at = s->at, .member_id = use->who.member_id, .variable_id = s->item, .value = s->value, .kind = s->kind};
		must(bargain_event_insert(use->db, use->who.team_id, deal_id, &row, &use->error), &use->error);
		return;
	}
	must(db_exec(use->db, &use->error, "INSERT INTO call_event (team_id, call_id, seq, event_id, at, member_id, kind, item_id, value, undone) VALUES ($1, $2, $3, 'e' || $3, $4, $5, $6, $7, $8, $9)",
		     "iiiiitiii", use->who.team_id, s->call_id, ++seq, s->at, use->who.member_id, s->kind, s->item, s->value, (int64_t)s->undone),
	     &use->error);
}

static void said(int64_t call_id, int64_t at, const char *kind, int64_t item, int64_t value, int undone)
{
	struct said s = {call_id, t0 + at * MOMENT_SECOND, item, value, kind, undone};
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), do_said, &s);
}

static const char *stands(const struct bargain_table *table, int64_t variable_id)
{
	int v = bargain_table_variable(table, variable_id);
	assert_true(v >= 0);
	return table->variables[v].options[table->now.choice[v]].name;
}

static void table__begins_at_the_start_with_the_price_last(void **state)
{
	(void)state;
	assert_int_equal(table_of(0)->bargain.n, 0); /* none was made yet */
	lay_table();
	struct bargain_table *table = table_of(0);
	assert_int_equal(table->bargain.n, 3);
	assert_int_equal(bargain_table_variable(table, PRICE), 2);
	assert_string_equal(stands(table, TERM), "30 днів");
	assert_int_equal(table->began_at, 0);
	assert_int_equal(package_check(&table->bargain, &(int){0}), PACKAGE_SOUND);
	assert_int_equal(table->bargain.variables[0].options[1].theirs, 900); /* the middle, rounded down */
	assert_int_equal(table->bargain.variables[1].options[0].theirs, -151);
}

static void table__a_range_holds_all_its_numbers_on_straight_lines(void **state)
{
	(void)state;
	lay_table();
	struct bargain_table *table = table_of(0);
	const struct variable *price = &table->bargain.variables[2];
	assert_int_equal(price->n, 5);
	assert_int_equal(table->variables[2].options[0].value, bargain_number_value(100));
	assert_string_equal(table->variables[2].options[0].name, "100\u00a0тис.");
	assert_int_equal(price->options[1].ours, 100); /* halfway between −1 and 200 is 99.5 */
	assert_int_equal(price->options[2].ours, 200);
	assert_int_equal(price->options[3].ours, 600);
	assert_int_equal(price->options[4].ours, 1000);
	assert_int_equal(table->variables[2].starts, 4);
	int64_t amount;
	assert_true(bargain_table_amount(table, PRICE, bargain_number_value(115), &amount));
	assert_int_equal(amount, -400);
	assert_false(bargain_table_amount(table, PRICE, bargain_number_value(113), &amount));
	assert_false(bargain_table_amount(table, 99, 113, &amount));
}

static void table__what_was_offered_last_stands_in_calls_and_outside(void **state)
{
	(void)state;
	lay_table();
	int64_t first = fixture_call(web, &web->manager, client_id, deal_id, 1, t0, t0, "", ""), second = fixture_call(web, &web->manager, client_id, deal_id, 2, t0, t0, "", "");
	said(0, 10, "put", TERM, TERM_14, 0); /* outside: put and offered */
	said(0, 11, "put", PRICE, 111, 0);
	said(0, 12, "offered", 0, 0, 0);
	said(first, 20, "asked", DELIVERY, WITH, 0);
	said(first, 21, "put", DELIVERY, WITH, 0);
	said(first, 22, "put", PRICE, 121, 1);  /* undone: it was never said */
	said(first, 24, "put", TERM, TERM_30, 0);
	said(first, 23, "put", TERM, 0, 0);     /* out of the draft again; the clock stepped back meanwhile */
	said(second, 30, "put", PRICE, 101, 0); /* a draft that was not offered */
	assert_string_equal(stands(table_of(0), DELIVERY), "без");
	said(first, 25, "offered", 0, 0, 0);
	struct bargain_table *table = table_of(0);
	assert_string_equal(stands(table, TERM), "14 днів");
	assert_string_equal(stands(table, DELIVERY), "наша");
	assert_string_equal(stands(table, PRICE), "110\u00a0тис.");
	assert_int_equal(table->offers_ours, 2);
	assert_int_equal(table->offers_theirs, 1);
	assert_int_equal(table->began_at, t0 + 12 * MOMENT_SECOND);
	int64_t amount;
	assert_true(bargain_table_amount(table, DELIVERY, WITHOUT, &amount));
	assert_int_equal(amount, 150);
	table = table_of(first); /* as that call found it */
	assert_string_equal(stands(table, DELIVERY), "без");
	assert_string_equal(stands(table, TERM), "14 днів");
}

static void table__what_they_ask_waits_until_it_is_answered(void **state)
{
	(void)state;
	lay_table();
	int64_t call = fixture_call(web, &web->manager, client_id, deal_id, 1, t0, t0, "", "");
	said(call, 1, "asked", TERM, TERM_14, 0);
	said(call, 2, "asked", PRICE, 101, 0);
	said(call, 3, "refused", PRICE, 121, 0);
	said(call, 4, "declined", PRICE, 0, 0);
	struct bargain_table *table = table_of(0);
	assert_true(table->variables[0].waits);
	assert_int_equal(table->variables[0].asked, 1);
	assert_false(table->variables[2].waits);
	assert_int_equal(table->variables[2].asked, 0);
	assert_int_equal(table->variables[2].refused, 4);
	assert_int_equal(table->variables[1].asked, -1);
	said(call, 5, "put", DELIVERY, WITH, 0);
	said(call, 6, "offered", 0, 1, 0);
	table = table_of(0);
	assert_false(table->variables[0].waits);
	assert_int_equal(table->n_moves, 6);
	assert_string_equal(table->moves[0].variable, "строк");
	assert_string_equal(table->moves[0].option, "14 днів");
}

static void table__their_offers_move_what_we_think_they_value(void **state)
{
	(void)state;
	lay_table();
	said(0, 1, "offered", 0, 0, 0);
	said(0, 2, "asked", TERM, TERM_14, 0);
	said(0, 3, "asked", PRICE, 101, 0);
	said(0, 4, "put", DELIVERY, WITH, 0);
	said(0, 5, "offered", 0, 1, 0);
	said(0, 6, "asked", PRICE, 106, 0);
	said(0, 7, "refused", TERM, TERM_30, 0);
	struct bargain_table *table = table_of(0);
	assert_int_equal(table->learn.offers, 2);
	assert_string_equal(stands(table, DELIVERY), "наша");
	for (int v = 0; v < table->bargain.n; v++)
		for (int o = 0; o < table->bargain.variables[v].n; o++) {
			const struct table_option *option = &table->variables[v].options[o];
			assert_true(option->theirs_low <= option->theirs_high);
			assert_int_equal(table->bargain.variables[v].options[o].theirs, learn_middle((struct learn_range){option->theirs_low, option->theirs_high}));
		}
}

static void do_hint(struct use *use, void *arg)
{
	(void)arg;
	must(bargain_hint_set(use->db, use->who.team_id, deal_id, TERM, true, &use->error), &use->error);
	must(bargain_hint_set(use->db, use->who.team_id, deal_id, DELIVERY, true, &use->error), &use->error);
}

static void table__a_ticked_hint_takes_the_half_away_from_zero(void **state)
{
	(void)state;
	lay_table();
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), do_hint, NULL);
	struct bargain_table *table = table_of(0);
	assert_int_equal(table->variables[0].options[1].theirs_low, 900);
	assert_int_equal(table->bargain.variables[0].options[1].theirs, 950);
	assert_int_equal(table->variables[1].options[0].theirs_high, -151); /* what hurts them hurts more */
	assert_int_equal(table->bargain.variables[1].options[0].theirs, -226);
}

static void do_limit(struct use *use, void *arg)
{
	must(bargain_amount_set(use->db, use->who.team_id, deal_id, BARGAIN_LIMIT, *(int64_t *)arg, use->now, &use->error), &use->error);
	struct bargain_pair_row pair = {TERM, TERM_14, PRICE, 101};
	must(bargain_pair_put(use->db, use->who.team_id, deal_id, &pair, &use->error), &use->error);
}

static void table__below_the_limit_says_how_much_and_how_to_come_back(void **state)
{
	(void)state;
	lay_table();
	struct table_below below;
	struct package poor = {{1, 1, 1}}; /* −200 −150 +100 */
	assert_false(bargain_table_below(table_of(0), &poor, &below)); /* no limit is set */
	int64_t limit = 200;
	web_do(web, web_actor(&web->manager, ROLE_MANAGER), do_limit, &limit);
	struct bargain_table *table = table_of(0);
	assert_true(bargain_table_below(table, &poor, &below));
	assert_int_equal(below.shortfall, 450);
	assert_int_equal(below.n, 2); /* 600 or 1000 for the price; nothing else is enough alone */
	assert_int_equal(below.changes[0].variable, 2);
	assert_int_equal(below.changes[0].to, 3);
	assert_false(bargain_table_below(table, &(struct package){{1, 1, 4}}, &below));
	assert_true(bargain_table_below(table, &(struct package){{1, 0, 0}}, &below)); /* not to be had together */
	json_t *json = bargain_table_json(table);
	assert_int_equal(json_integer_value(json_object_get(json, "limit")), 200);
	assert_int_equal(json_array_size(json_object_get(json, "forbidden")), 1);
	assert_int_equal(json_array_size(json_object_get(json, "now")), 3);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(table__begins_at_the_start_with_the_price_last, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__a_range_holds_all_its_numbers_on_straight_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__what_was_offered_last_stands_in_calls_and_outside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__what_they_ask_waits_until_it_is_answered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__their_offers_move_what_we_think_they_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__a_ticked_hint_takes_the_half_away_from_zero, set_up, tear_down),
		cmocka_unit_test_setup_teardown(table__below_the_limit_says_how_much_and_how_to_come_back, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
