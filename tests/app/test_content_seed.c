#include "check.h"

#include <string.h>
#include <unistd.h>

#include "app/content.h"
#include "app/content_seed.h"
#include "base/id.h"
#include "base/moment.h"
#include "core/advisor/evidence.h"
#include "store/member_store.h"
#include "store/store.h"

static char folder[64], path[96];
static struct store *store;
static int64_t team;

static enum err company_add(struct db *db, void *arg, struct error *err)
{
	const char *currency = arg;
	enum err kind = company_insert(db, "Проба", "Europe/Kyiv", currency, "380", "uk", 1, err);
	if (kind) return kind;
	return team_insert(db, team = id_new(MOMENT_DAY * 20000), "Продаж", 1, err);
}

static int open_with(const char *currency)
{
	struct error error;
	snprintf(folder, sizeof folder, "/tmp/sturgeon-seed-XXXXXX");
	if (!mkdtemp(folder)) return -1;
	snprintf(path, sizeof path, "%s/t.db", folder);
	if (store_open(path, &error, &store)) return -1;
	char copy[4];
	snprintf(copy, sizeof copy, "%s", currency);
	return store_write(store, company_add, copy, &error) ? -1 : 0;
}

static int set_up(void **state)
{
	(void)state;
	return open_with("UAH");
}

static int set_up_euro(void **state)
{
	(void)state;
	return open_with("EUR");
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	(void)state;
	store_close(store);
	for (int i = 0; i < 3; i++) {
		char file[128];
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		unlink(file);
	}
	return rmdir(folder);
}

static enum err seed_in(struct db *db, void *arg, struct error *err)
{
	struct arena *arena = arena_new(1 << 20);
	struct use use;
	use_init(&use, arena, db, (struct actor){team, 0, ROLE_ADMIN, arg}, MOMENT_DAY * 20000);
	enum outcome outcome = content_seed(&use);
	if (outcome) *err = use.error;
	arena_free(arena);
	return outcome ? err->kind : ERR_NONE;
}

static void seed(const char *language)
{
	struct error error;
	char copy[4];
	snprintf(copy, sizeof copy, "%s", language);
	if (store_write(store, seed_in, copy, &error)) fail_msg("%s", error.text);
}

static int64_t count(const char *sql)
{
	struct error error;
	int64_t n = -1;
	struct db *db = store_reader_take(store, &error);
	assert_non_null(db);
	if (db_query_int(db, &error, 0, &n, sql, "i", team)) fail_msg("%s", error.text);
	store_reader_give(store, db);
	return n;
}

static void content_load__takes_every_file(void **state)
{
	(void)state;
	assert_int_equal(content_files_count, 4);
	for (int i = 0; i < content_files_count; i++) json_decref(content_load(&content_files[i]));
}

static void content_seed__fills_a_team(void **state)
{
	(void)state;
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM playbook WHERE team_id = $1"), 3);
	assert_int_equal(count("SELECT count(*) FROM product WHERE team_id = $1 AND price_minor > 0 AND playbook_id IS NOT NULL"), 3);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM product_feature WHERE team_id = $1 GROUP BY product_id)") >= 8);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM product_lesson WHERE team_id = $1 GROUP BY product_id)") >= 5);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM item WHERE team_id = $1 AND kind = 'opener' GROUP BY playbook_id)") >= 8);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM item WHERE team_id = $1 AND kind = 'question' GROUP BY playbook_id, motives)") >= 3);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM item WHERE team_id = $1 AND kind = 'answer' GROUP BY objection_id)") >= 2);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'objection' AND variety = 'compliance'"), 2);
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM item WHERE team_id = $1 AND kind = 'interest' GROUP BY objection_id)") >= 3);
	assert_int_equal(count("SELECT count(*) FROM item i WHERE i.team_id = $1 AND i.kind = 'objection' AND (SELECT count(DISTINCT s.level) FROM item s WHERE "
			       "s.team_id = i.team_id AND s.objection_id = i.item_id AND s.kind = 'spin') <> 4"), 0);
	assert_int_equal(count("SELECT count(DISTINCT playbook_id) FROM item WHERE team_id = $1 AND kind = 'spin' AND objection_id IS NULL"), 3);
	assert_true(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'objection' AND variety = 'argument'") >= 8);
}

static void content_seed__every_line_has_both_languages(void **state)
{
	(void)state;
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM item i WHERE i.team_id = $1 AND (SELECT count(*) FROM item_text t WHERE t.team_id = i.team_id "
			       "AND t.item_id = i.item_id AND t.text <> '') <> CASE i.kind WHEN 'objection' THEN 8 WHEN 'interest' THEN 4 ELSE 2 END"), 0);
	assert_int_equal(count("SELECT count(*) FROM trade_variable v WHERE v.team_id = $1 AND (SELECT count(*) FROM trade_variable_text t WHERE t.team_id = v.team_id "
			       "AND t.variable_id = v.variable_id AND t.name <> '' AND t.hint <> '' AND (t.unit <> '') = (v.step IS NOT NULL)) <> 2"), 0);
	assert_int_equal(count("SELECT count(*) FROM trade_option o WHERE o.team_id = $1 AND (SELECT count(*) FROM trade_option_text t WHERE t.team_id = o.team_id "
			       "AND t.variable_id = o.variable_id AND t.option_id = o.option_id AND t.name <> '') <> 2"), 0);
	assert_int_equal(count("SELECT count(*) FROM signal s WHERE s.team_id = $1 AND (SELECT count(*) FROM signal_text t WHERE t.team_id = s.team_id "
			       "AND t.signal_id = s.signal_id AND t.name <> '' AND t.why <> '') <> 2"), 0);
}

static void content_seed__a_personal_cut_has_what_to_say_and_no_words_for_the_client(void **state)
{
	(void)state;
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'interest' AND variety = 'compliance'"), 4);
	assert_int_equal(count("SELECT count(*) FROM item i JOIN item_text t ON t.team_id = i.team_id AND t.item_id = i.item_id WHERE i.team_id = $1 "
			       "AND i.kind = 'interest' AND i.variety = 'compliance' AND t.part = 'say'"), 8);
	assert_int_equal(count("SELECT count(*) FROM item i JOIN item_text t ON t.team_id = i.team_id AND t.item_id = i.item_id WHERE i.team_id = $1 "
			       "AND i.variety = 'compliance' AND t.part = 'client'"), 0);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'interest' AND (motives = 0) <> (variety = 'compliance')"), 0);
}

static void content_seed__fills_the_library_of_trade_variables(void **state)
{
	(void)state;
	seed("uk");
	assert_true(count("SELECT min(n) FROM (SELECT count(*) AS n FROM trade_variable WHERE team_id = $1 GROUP BY playbook_id)") >= 10);
	assert_int_equal(count("SELECT min(n) FROM (SELECT count(DISTINCT family) AS n FROM trade_variable WHERE team_id = $1 GROUP BY playbook_id)"), 5);
	/* one start each; the price is last */
	assert_int_equal(count("SELECT count(*) FROM trade_variable v WHERE v.team_id = $1 AND (SELECT sum(o.starts) FROM trade_option o WHERE o.team_id = v.team_id "
			       "AND o.variable_id = v.variable_id) <> 1"), 0);
	assert_int_equal(count("SELECT count(*) FROM trade_variable v WHERE v.team_id = $1 AND v.price <> (v.place = (SELECT max(o.place) FROM trade_variable o "
			       "WHERE o.team_id = v.team_id AND o.playbook_id = v.playbook_id))"), 0);
	assert_int_equal(count("SELECT count(*) FROM trade_option o JOIN trade_variable v ON v.team_id = o.team_id AND v.variable_id = o.variable_id "
			       "WHERE o.team_id = $1 AND (o.x IS NULL) <> (v.step IS NULL)"), 0);
	assert_true(count("SELECT count(*) FROM trade_option WHERE team_id = $1 AND ours_minor <> 0") > 0);
}

/* What a team made of a variable stays, and what it took out stays out. */
static enum err variable_change(struct db *db, void *arg, struct error *err)
{
	(void)arg;
	enum err kind = db_exec(db, err, "UPDATE trade_option SET ours_minor = 777 WHERE team_id = $1 AND starts = 1", "i", team);
	return kind ? kind : db_exec(db, err, "UPDATE trade_variable SET retired_at = 5 WHERE team_id = $1 AND key = 'training'", "i", team);
}

static void content_seed__keeps_what_a_team_made_of_the_library(void **state)
{
	struct error error;
	(void)state;
	seed("uk");
	int64_t variables = count("SELECT count(*) FROM trade_variable WHERE team_id = $1"), options = count("SELECT count(*) FROM trade_option WHERE team_id = $1");
	if (store_write(store, variable_change, NULL, &error)) fail_msg("%s", error.text);
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM trade_variable WHERE team_id = $1"), variables);
	assert_int_equal(count("SELECT count(*) FROM trade_option WHERE team_id = $1"), options);
	assert_int_equal(count("SELECT count(*) FROM trade_option WHERE team_id = $1 AND starts = 1 AND ours_minor <> 777"), 0);
	assert_int_equal(count("SELECT count(*) FROM trade_variable WHERE team_id = $1 AND key = 'training' AND retired_at IS NULL"), 0);
}

static void content_seed__signals_stand_where_the_evidence_does(void **state)
{
	(void)state;
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM signal WHERE team_id = $1"), EVIDENCE_BUILTIN);
	assert_int_equal(count("SELECT place FROM signal WHERE team_id = $1 AND key = 'asked_contract'"), EVIDENCE_ASKED_CONTRACT);
	assert_int_equal(count("SELECT round(mean * 10) FROM signal WHERE team_id = $1 AND key = 'asked_contract'"), 15);
	assert_int_equal(count("SELECT count(*) FROM signal WHERE team_id = $1 AND hotkey <> ''"), 10);
}

static void content_seed__twice_is_as_once(void **state)
{
	(void)state;
	seed("uk");
	int64_t items = count("SELECT count(*) FROM item WHERE team_id = $1"), last = count("SELECT max(item_id) FROM item WHERE team_id = $1");
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1"), items);
	assert_int_equal(count("SELECT max(item_id) FROM item WHERE team_id = $1"), last);
	assert_int_equal(count("SELECT count(*) FROM product WHERE team_id = $1"), 3);
	assert_int_equal(count("SELECT count(*) FROM signal WHERE team_id = $1"), EVIDENCE_BUILTIN);
}

static enum err piece_drop(struct db *db, void *arg, struct error *err)
{
	(void)arg;
	enum err kind = db_exec(db, err, "DELETE FROM item_text WHERE team_id = $1 AND item_id IN (SELECT item_id FROM item WHERE key = 'windows')", "i", team);
	return kind ? kind : db_exec(db, err, "DELETE FROM item WHERE team_id = $1 AND key = 'windows'", "i", team);
}

static void content_seed__puts_back_what_is_missing_alone(void **state)
{
	struct error error;
	(void)state;
	seed("uk");
	int64_t items = count("SELECT count(*) FROM item WHERE team_id = $1"), texts = count("SELECT count(*) FROM item_text WHERE team_id = $1");
	if (store_write(store, piece_drop, NULL, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1"), items - 1);
	seed("uk");
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1"), items);
	assert_int_equal(count("SELECT count(*) FROM item_text WHERE team_id = $1"), texts);
}

/* A team from before interests, positions and variables were there. */
static enum err older(struct db *db, void *arg, struct error *err)
{
	static const char *const sqls[] = {
		"DELETE FROM item_text WHERE item_id IN (SELECT item_id FROM item WHERE kind IN ('interest', 'spin') OR variety IN ('story', 'argument'))",
		"DELETE FROM item WHERE kind IN ('interest', 'spin') OR variety IN ('story', 'argument')",
		"DELETE FROM trade_option_text", "DELETE FROM trade_option", "DELETE FROM trade_variable_text", "DELETE FROM trade_variable",
		"UPDATE item_text SET text = 'наше' WHERE item_id = (SELECT min(item_id) FROM item WHERE kind = 'opener')",
	};
	enum err kind = ERR_NONE;
	(void)arg;
	for (size_t i = 0; !kind && i < sizeof sqls / sizeof *sqls; i++) kind = db_exec(db, err, sqls[i], "");
	return kind;
}

static void content_upgrade__brings_what_is_new_to_teams_that_are_there(void **state)
{
	struct error error;
	(void)state;
	seed("uk");
	int64_t items = count("SELECT count(*) FROM item WHERE team_id = $1"), options = count("SELECT count(*) FROM trade_option WHERE team_id = $1");
	if (store_write(store, older, NULL, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'interest'"), 0);
	if (content_upgrade(store, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1"), items);
	assert_int_equal(count("SELECT count(*) FROM trade_option WHERE team_id = $1"), options);
	assert_int_equal(count("SELECT count(*) FROM item_text WHERE team_id = $1 AND text = 'наше'"), 2); /* what the team changed stays */
	/* Once is enough: what is taken out afterwards does not come back until the program brings something else. */
	if (store_write(store, older, NULL, &error) || content_upgrade(store, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM item WHERE team_id = $1 AND kind = 'interest'"), 0);
}

static void content_seed__a_price_in_another_currency_is_left_open(void **state)
{
	(void)state;
	seed("en");
	assert_int_equal(count("SELECT count(*) FROM product WHERE team_id = $1 AND price_minor IS NULL"), 3);
	assert_int_equal(count("SELECT count(*) FROM product WHERE team_id = $1 AND name = 'Everyday card'"), 1);
	/* and of the trade variables the money is a share of the deal: a year in advance (7 %) as it was, moving all the data −200000 of 6000000 */
	assert_int_equal(count("SELECT count(*) FROM trade_option WHERE team_id = $1 AND (ours_minor <> 0 OR theirs_low_minor <> 0 OR theirs_high_minor <> 0)"), 0);
	assert_int_equal(count("SELECT min(o.ours_share) FROM trade_option o JOIN trade_variable v ON v.team_id = o.team_id AND v.variable_id = o.variable_id "
			       "WHERE o.team_id = $1 AND v.key = 'migration'"), -333);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_load__takes_every_file),
		cmocka_unit_test_setup_teardown(content_seed__fills_a_team, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__every_line_has_both_languages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__a_personal_cut_has_what_to_say_and_no_words_for_the_client, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__fills_the_library_of_trade_variables, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__keeps_what_a_team_made_of_the_library, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__signals_stand_where_the_evidence_does, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__twice_is_as_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__puts_back_what_is_missing_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_upgrade__brings_what_is_new_to_teams_that_are_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_seed__a_price_in_another_currency_is_left_open, set_up_euro, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
