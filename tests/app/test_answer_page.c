/* The company's answer on the demo company, against an independent computation: SQL over call and call_event alone, not over what the program derived from them. */
#include <string.h>
#include <unistd.h>

#include "app/answer_page.h"
#include "app/answer_paper.h"
#include "app/answer_publish.h"
#include "app/answer_week.h"
#include "app/call_fact.h"
#include "app/call_rebuild.h"
#include "app/demo.h"
#include "app/post_text.h"
#include "base/moment.h"
#include "check.h"
#include "core/answer/compare.h"
#include "core/playbook/playbook_word.h"
#include "store/answer_store.h"
#include "store/store.h"

static char folder[] = "/tmp/sturgeon-answer-XXXXXX", path[96];
static struct store *store;
static int64_t now, team_id, lead_id;
static struct arena *arena;
static json_t *model;

static const struct answer_given nothing = {.span = "all", .from = -1, .to = -1, .segment = "", .since = -1, .until = -1, .mode = "", .advised = "", .led = "", .outcome = "", .step = "",
					    .reached = "", .first = "", .package = "", .motive = "", .turn = ""};

static enum err make_in(struct db *db, void *arg, struct error *err)
{
	struct arena *own = arena_new((size_t)64 << 20);
	struct use use;
	struct demo_done done;
	(void)arg;
	use_init(&use, own, db, (struct actor){.language = "uk"}, now);
	enum outcome outcome = demo_make(&use, 1, "$argon2id$none", &done);
	if (outcome) *err = use.error;
	arena_free(own);
	return outcome ? ERR_STORE : ERR_NONE;
}

static int64_t count(const char *sql)
{
	struct error error;
	int64_t n = 0;
	struct db *db = store_reader_take(store, &error);
	if (!db || db_query_int(db, &error, 0, &n, sql, "")) fail_msg("%s\n%s", error.text, sql);
	store_reader_give(store, db);
	return n;
}

static json_t *page_of(const struct answer_given *given)
{
	struct error error;
	struct use use;
	json_t *made = NULL;
	struct db *db = store_reader_take(store, &error);
	assert_non_null(db);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	if (answer_page(&use, given, &made)) fail_msg("%s", use.error.text);
	store_reader_give(store, db);
	return made;
}

static int set_up(void **state)
{
	struct error error;
	(void)state;
	arena = arena_new((size_t)256 << 20);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/demo.db", folder);
	assert_true(moment_parse("2026-11-25T08:30:00Z", &now));
	if (store_open(path, &error, &store) || store_write(store, make_in, NULL, &error)) fail_msg("%s", error.text);
	team_id = count("SELECT min(team_id) FROM team");
	lead_id = count("SELECT member_id FROM member WHERE role = 'lead'");
	model = page_of(&nothing);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	(void)state;
	json_decref(model);
	store_close(store);
	for (int i = 0; i < 3; i++) {
		char name[120];
		snprintf(name, sizeof name, "%s%s", path, ends[i]);
		unlink(name);
	}
	rmdir(folder);
	arena_free(arena);
	return 0;
}

/* ---- The same from the events alone ---- */

#define FACTS \
	"WITH ev AS MATERIALIZED (SELECT * FROM call_event WHERE undone = 0), " \
	"held AS MATERIALIZED (SELECT c.call_id, c.deal_id, c.ended_at, c.owner_id, c.number, c.outcome, c.advised, c.left_minor, k.segment, coalesce(d.product_id, 0) AS product_id FROM call c " \
	"JOIN deal d ON d.team_id = c.team_id AND d.deal_id = c.deal_id JOIN client k ON k.team_id = d.team_id AND k.client_id = d.client_id " \
	"WHERE c.began_at IS NOT NULL AND c.ended_at IS NOT NULL AND c.outcome <> 'no_answer'), " \
	"turn AS (SELECT e.call_id, e.seq, e.at, CASE e.kind WHEN 'mode_accepted' THEN (SELECT p.value FROM ev p WHERE p.call_id = e.call_id AND p.kind = 'mode_proposed' AND p.seq < e.seq " \
	"ORDER BY p.seq DESC LIMIT 1) ELSE e.value END AS m FROM ev e WHERE e.kind IN ('began', 'mode_set', 'mode_accepted')), " \
	"stretch AS (SELECT call_id, m, lead(at, 1, (SELECT x.at FROM ev x WHERE x.call_id = t.call_id AND x.kind = 'ended')) OVER (PARTITION BY call_id ORDER BY seq) - at AS us FROM turn t), " \
	"led AS (SELECT call_id, CASE WHEN sum(CASE m WHEN 1 THEN us ELSE -us END) > 0 THEN 'negotiation' ELSE 'sale' END AS mode FROM stretch GROUP BY call_id), " \
	"mot AS (SELECT DISTINCT a.call_id, a.value FROM ev a WHERE a.kind = 'motive_on' AND NOT EXISTS (SELECT 1 FROM ev b WHERE b.call_id = a.call_id AND b.kind = 'motive_off' " \
	"AND b.value = a.value AND b.seq > a.seq)), " \
	"hit AS (SELECT DISTINCT call_id, item_id FROM ev WHERE kind = 'objection' UNION SELECT DISTINCT a.call_id, a.item_id FROM ev a WHERE a.kind = 'interest_on' AND NOT EXISTS " \
	"(SELECT 1 FROM ev b WHERE b.call_id = a.call_id AND b.kind = 'interest_off' AND b.item_id = a.item_id AND b.value = a.value AND b.seq > a.seq)), " \
	"knows AS (SELECT DISTINCT h.call_id, m.value AS motive FROM held h JOIN held g ON g.deal_id = h.deal_id AND (g.ended_at, g.call_id) <= (h.ended_at, h.call_id) JOIN mot m ON m.call_id = g.call_id), " \
	"heard AS (SELECT DISTINCT h.call_id, i.item_id FROM held h JOIN held g ON g.deal_id = h.deal_id AND (g.ended_at, g.call_id) <= (h.ended_at, h.call_id) JOIN hit i ON i.call_id = g.call_id), " \
	"gives AS (SELECT o.call_id, c.deal_id, o.seq, o.at, max(coalesce(v.price, 0)) AS price FROM ev o JOIN call c ON c.call_id = o.call_id JOIN ev p ON p.call_id = o.call_id AND p.kind = 'put' " \
	"AND p.seq < o.seq AND p.value <> 0 AND p.amount_minor < 0 LEFT JOIN bargain_variable v ON v.deal_id = c.deal_id AND v.variable_id = p.item_id WHERE o.kind = 'offered' " \
	"AND NOT EXISTS (SELECT 1 FROM ev q WHERE q.call_id = o.call_id AND q.seq > p.seq AND q.seq < o.seq AND (q.kind = 'offered' OR (q.kind = 'put' AND q.item_id = p.item_id))) " \
	"GROUP BY o.call_id, c.deal_id, o.seq, o.at), " \
	"first AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY deal_id ORDER BY at, seq) AS nth FROM gives) WHERE nth = 1), " \
	"f AS MATERIALIZED (SELECT h.*, l.mode, max(2, coalesce((SELECT max(e.value) FROM ev e WHERE e.call_id = h.call_id AND e.kind = 'step'), 2)) AS step, " \
	"(SELECT price FROM first x WHERE x.call_id = h.call_id) AS price_first, EXISTS (SELECT 1 FROM ev e WHERE e.call_id = h.call_id AND e.kind = 'offered' AND e.value = 1) AS gave " \
	"FROM held h JOIN led l ON l.call_id = h.call_id) "

static int64_t of(const char *where)
{
	return count(arena_printf(arena, FACTS "SELECT count(*) FROM f WHERE %s", where));
}

static const json_t *at(const json_t *json, const char *dotted)
{
	char key[100];
	while (*dotted) {
		size_t n = strcspn(dotted, ".");
		snprintf(key, sizeof key, "%.*s", (int)n, dotted);
		json = json_is_array(json) ? json_array_get(json, (size_t)strtol(key, NULL, 10)) : json_object_get(json, key);
		if (!json) fail_msg("the model has no %s", key);
		dotted += n + (dotted[n] == '.');
	}
	return json;
}

static void same(const json_t *figure, const char *yes, const char *all)
{
	int64_t is_yes = json_integer_value(json_object_get(figure, "yes")), is_n = json_integer_value(json_object_get(figure, "n"));
	int64_t want_n = of(all), want_yes = of(arena_printf(arena, "(%s) AND (%s)", all, yes));
	if (is_yes != want_yes || is_n != want_n)
		fail_msg("%s of %s: the page says %lld of %lld, SQL %lld of %lld", yes, all, (long long)is_yes, (long long)is_n, (long long)want_yes, (long long)want_n);
	struct share share = share_of(want_yes, want_n);
	assert_true(json_real_value(json_object_get(figure, "share")) == share.share);
	assert_true(json_real_value(json_object_get(figure, "low")) == share.low && json_real_value(json_object_get(figure, "high")) == share.high);
}

static void answer_page__counts_what_the_events_say(void **state)
{
	(void)state;
	assert_int_equal(json_integer_value(at(model, "n")), of("1"));
	assert_true(of("1") > 200);
	same(at(model, "lead.sale"), "mode = 'sale'", "1");
	same(at(model, "lead.negotiation"), "mode = 'negotiation'", "1");
}

static void answer_page__by_client_number_product_manager(void **state)
{
	size_t i;
	json_t *row;
	(void)state;
	same(at(model, "groups.0.rows.0.sale"), "mode = 'sale'", "segment = 'b2c'");
	same(at(model, "groups.0.rows.1.sale"), "mode = 'sale'", "segment = 'b2b'");
	for (int number = 1; number <= 4; number++)
		same(at(model, arena_printf(arena, "groups.1.rows.%d.sale", number - 1)), "mode = 'sale'", arena_printf(arena, "number %s %d", number < 4 ? "=" : ">=", number));
	json_array_foreach(at(model, "groups.2.rows"), i, row)
		same(json_object_get(row, "sale"), "mode = 'sale'", arena_printf(arena, "product_id = %lld", (long long)json_integer_value(json_object_get(row, "id"))));
	assert_int_equal(i, 3);
	json_array_foreach(at(model, "groups.3.rows"), i, row)
		same(json_object_get(row, "sale"), "mode = 'sale'", arena_printf(arena, "owner_id = %lld", (long long)json_integer_value(json_object_get(row, "id"))));
	assert_int_equal(i, 3);
}

static void answer_page__by_time(void **state)
{
	size_t i;
	int64_t sum = 0;
	json_t *spot;
	(void)state;
	json_array_foreach(at(model, "timeline.spots"), i, spot) {
		int32_t day;
		assert_true(day_parse(json_string_value(json_object_get(spot, "from")), &day));
		same(json_object_get(spot, "sale"), "mode = 'sale'", arena_printf(arena, "ended_at >= %lld AND ended_at < %lld", (long long)day_start(day), (long long)day_start(day + 7)));
		sum += json_integer_value(at(spot, "sale.n"));
	}
	assert_int_equal(sum, of("1"));
}

static void answer_page__where_they_are_lost(void **state)
{
	(void)state;
	for (int mode = 0; mode < 2; mode++) {
		const char *is = arena_printf(arena, "mode = '%s'", mode ? "negotiation" : "sale");
		for (int step = STEP_CONTACT; step <= STEP_CLOSING; step++) {
			const json_t *row = at(model, arena_printf(arena, "lost.%d.steps.%d", mode, step - STEP_CONTACT));
			same(json_object_get(row, "lost"), arena_printf(arena, "step = %d AND outcome = 'lost'", step), arena_printf(arena, "%s AND step >= %d", is, step));
			assert_int_equal(json_integer_value(json_object_get(row, "reached")), of(arena_printf(arena, "%s AND step >= %d", is, step)));
			assert_int_equal(json_integer_value(json_object_get(row, "won")), of(arena_printf(arena, "%s AND step = %d AND outcome = 'won'", is, step)));
		}
	}
	assert_true(of("outcome = 'lost' AND step < 6") > 0);
}

static void answer_page__what_was_advised_and_what_was_led(void **state)
{
	static const char *const modes[] = {"sale", "negotiation"};
	(void)state;
	assert_true(of("advised IS NOT NULL AND advised <> mode") > 5);
	same(at(model, "advice.followed"), "advised = mode", "advised IS NOT NULL");
	for (int i = 0; i < 4; i++)
		same(at(model, arena_printf(arena, "advice.cells.%d.on", i)), "outcome IN ('won', 'next')", arena_printf(arena, "advised = '%s' AND mode = '%s'", modes[i / 2], modes[i % 2]));
}

static void answer_page__what_was_given_and_what_was_left(void **state)
{
	(void)state;
	assert_int_equal(count("SELECT count(*) FROM bargain_event WHERE kind = 'offered'"), 0); /* then the events of calls are all there is */
	same(at(model, "price.first"), "price_first = 1", "price_first IS NOT NULL");
	same(at(model, "price.gifts"), "gave", "mode = 'negotiation'");
	same(at(model, "packages.edge"), "left_minor = 0", "left_minor IS NOT NULL");
	double values[400];
	int64_t n = of("left_minor IS NOT NULL");
	assert_in_range(n, 1, 400);
	for (int64_t i = 0; i < n; i++)
		values[i] = (double)count(arena_printf(arena, "SELECT left_minor FROM call WHERE left_minor IS NOT NULL ORDER BY call_id LIMIT 1 OFFSET %lld", (long long)i));
	struct middle left = compare_middle(values, n);
	assert_true(json_real_value(at(model, "packages.left.middle")) == left.middle);
	assert_true(json_real_value(at(model, "packages.left.low")) == left.low && json_real_value(at(model, "packages.left.high")) == left.high);
}

static void answer_page__what_decides(void **state)
{
	static const char *const motives[] = {"Safety", "Economy", "Prestige", "Convenience and comfort"};
	size_t i;
	json_t *row;
	(void)state;
	const char *decided = "outcome IN ('won', 'lost')";
	assert_int_equal(json_integer_value(at(model, "decide.n")), of(decided));
	assert_true(json_array_size(at(model, "decide.rows")) > 3);
	double last = 2;
	json_array_foreach(at(model, "decide.rows"), i, row) {
		const char *name = json_string_value(json_object_get(row, "name")), *has = NULL;
		for (int m = 0; m < 4; m++)
			if (!strcmp(json_string_value(json_object_get(row, "kind")), "motive") && !strcmp(name, motives[m]))
				has = arena_printf(arena, "EXISTS (SELECT 1 FROM knows k WHERE k.call_id = f.call_id AND k.motive = %d)", m);
		if (!has) {
			char *quoted = arena_printf(arena, "SELECT min(item_id) FROM item_text WHERE part = 'text' AND language = 'en' AND text = '%s'", name);
			if (strchr(name, '\'')) continue;
			has = arena_printf(arena, "EXISTS (SELECT 1 FROM heard k WHERE k.call_id = f.call_id AND k.item_id = (%s))", quoted);
			/* the same words may stand in several playbooks: then their items are told apart by the page alone */
			if (count(arena_printf(arena, "SELECT count(*) FROM item_text WHERE part = 'text' AND language = 'en' AND text = '%s'", name)) != 1) continue;
		}
		same(json_object_get(row, "with"), "outcome = 'won'", arena_printf(arena, "%s AND %s", decided, has));
		same(json_object_get(row, "without"), "outcome = 'won'", arena_printf(arena, "%s AND NOT %s", decided, has));
		double low = json_real_value(json_object_get(row, "low")), high = json_real_value(json_object_get(row, "high")), distance = low > -high ? low : -high;
		assert_true(distance <= last); /* the surest first */
		assert_true(json_is_true(json_object_get(row, "chance")) == (low <= 0 && high >= 0));
		last = distance;
	}
}

static void answer_page__narrowed_is_of_those_alone(void **state)
{
	struct answer_given given = nothing;
	(void)state;
	given.segment = "b2b";
	given.member_id = count("SELECT member_id FROM login WHERE login = 'olena'");
	json_t *narrow = page_of(&given);
	const char *those = arena_printf(arena, "segment = 'b2b' AND owner_id = %lld", (long long)given.member_id);
	same(at(narrow, "lead.sale"), "mode = 'sale'", those);
	same(at(narrow, "advice.followed"), "advised = mode", arena_printf(arena, "advised IS NOT NULL AND %s", those));
	same(at(narrow, "groups.1.rows.0.sale"), "mode = 'sale'", arena_printf(arena, "number = 1 AND %s", those));
	json_decref(narrow);
	given = nothing;
	given.span = "30";
	narrow = page_of(&given);
	same(at(narrow, "lead.sale"), "mode = 'sale'", arena_printf(arena, "ended_at >= %lld", (long long)day_start(day_of(now) - 29)));
	json_decref(narrow);
	given.segment = "b2c";
	given.span = "days";
	given.from = given.to = 3; /* nobody talked in January 1970 */
	narrow = page_of(&given);
	assert_int_equal(json_integer_value(at(narrow, "n")), 0);
	assert_true(json_is_false(at(narrow, "lead.enough")) && json_is_false(at(narrow, "decide.saying.enough")) && json_is_false(at(narrow, "advice.saying.enough")));
	json_decref(narrow);
}

/* ---- A team that comes from an older file ---- */

static enum err forget_in(struct db *db, void *arg, struct error *err)
{
	(void)arg;
	enum err kind = db_exec(db, err, "DELETE FROM call_fact", "");
	if (!kind) kind = db_exec(db, err, "DELETE FROM call_fact_state", "");
	return kind ? kind : db_exec(db, err, "UPDATE call SET left_minor = NULL, room_minor = NULL", "");
}

static void call_fact_upgrade__gives_what_was_before_its_facts(void **state)
{
	struct error error;
	(void)state;
	const char *all = "SELECT sum(call_id % 1000003 + number + motives + coalesce(left_minor, 7) + coalesce(room_minor, 3) + gifts + length(found)) FROM call_fact";
	int64_t before = count(all), n = count("SELECT count(*) FROM call_fact");
	if (store_write(store, forget_in, NULL, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM call_fact"), 0);
	if (call_fact_upgrade(store, &error)) fail_msg("%s", error.text);
	assert_int_equal(count("SELECT count(*) FROM call_fact"), n);
	assert_int_equal(count(all), before);
	int64_t run = count("SELECT seen FROM call_fact_state");
	if (call_fact_upgrade(store, &error)) fail_msg("%s", error.text); /* once is enough */
	assert_int_equal(count("SELECT seen FROM call_fact_state"), run);
	json_t *again = page_of(&nothing);
	assert_true(json_equal(at(again, "lead"), at(model, "lead")) && json_equal(at(again, "packages"), at(model, "packages")));
	json_decref(again);
}

static enum err spoil_in(struct db *db, void *arg, struct error *err)
{
	bool equal = true;
	char detail[120];
	(void)arg;
	enum err kind = call_rebuild(db, &equal, detail, err);
	if (kind) return kind;
	assert_true(equal);
	kind = db_exec(db, err, "UPDATE call_fact SET mode = CASE mode WHEN 'sale' THEN 'negotiation' ELSE 'sale' END WHERE call_id = (SELECT min(call_id) FROM call_fact)", "");
	if (!kind) kind = call_rebuild(db, &equal, detail, err);
	assert_false(equal);
	if (!kind) kind = call_rebuild(db, &equal, detail, err);
	assert_true(equal); /* put right */
	return kind;
}

static void call_rebuild__finds_a_fact_that_is_not_its_events(void **state)
{
	struct error error;
	(void)state;
	if (store_write(store, spoil_in, NULL, &error)) fail_msg("%s", error.text);
}

/* ---- Published ---- */

static void answer_compose__names_no_client_and_no_manager(void **state)
{
	struct error error;
	struct use use;
	struct answer_text *text = ARENA_NEW(arena, struct answer_text);
	struct answer_given given = nothing;
	(void)state;
	given.member_id = count("SELECT member_id FROM login WHERE login = 'olena'");
	struct db *db = store_reader_take(store, &error);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "uk"}, now);
	assert_int_equal(answer_compose(&use, &given, text), DONE);
	assert_int_equal(post_look(&use, &text->form, false), DONE);
	json_t *names = db_query_json(db, &error, "SELECT name FROM member UNION SELECT name FROM client", "");
	size_t i;
	json_t *row;
	json_array_foreach(names, i, row) assert_null(strstr(text->body, json_string_value(json_object_get(row, "name"))));
	assert_true(i > 50);
	json_decref(names);
	assert_int_equal(text->n, of("1")); /* the narrowing to one manager stayed behind */
	assert_non_null(strstr(text->body, "n = "));
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_MANAGER, "uk"}, now);
	assert_int_equal(answer_compose(&use, &given, text), REFUSED);
	store_reader_give(store, db);
}

static void answer_week__adds_up(void **state)
{
	struct error error;
	struct use use;
	json_t *week = NULL, *row;
	size_t i;
	int64_t sum = 0, before = 0;
	(void)state;
	struct db *db = store_reader_take(store, &error);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	assert_int_equal(answer_week_page(&use, "2026-W46", &week), DONE);
	store_reader_give(store, db);
	int32_t monday = day_from_date(2026, 11, 9);
	const char *those = arena_printf(arena, "ended_at >= %lld AND ended_at < %lld", (long long)day_start(monday), (long long)day_start(monday + 7));
	assert_int_equal(json_integer_value(at(week, "now.n")), of(those));
	same(at(week, "now.sale"), "mode = 'sale'", those);
	assert_int_equal(json_integer_value(at(week, "left.otherwise.n")), of(arena_printf(arena, "%s AND advised <> mode", those)));
	json_array_foreach(at(week, "managers"), i, row) {
		sum += json_integer_value(json_object_get(row, "n"));
		before += json_integer_value(json_object_get(row, "before"));
		assert_int_equal(json_integer_value(json_object_get(row, "n")), json_integer_value(at(row, "sale.n")) + json_integer_value(at(row, "negotiation.n")));
	}
	assert_int_equal(sum, json_integer_value(at(week, "now.n")));
	assert_int_equal(before, json_integer_value(at(week, "was.n")));
	json_decref(week);
}

/* ---- What is narrow, wide or wrong ---- */

static void answer_page__a_product_without_conversations_opens_to_none(void **state)
{
	struct answer_given given = nothing;
	(void)state;
	given.product_id = 7;
	given.member_id = 8;
	json_t *none = page_of(&given);
	assert_int_equal(json_integer_value(at(none, "n")), 0);
	assert_string_equal(json_string_value(at(none, "n_calls")), "/answer/calls?span=all&product=7&member=8");
	json_decref(none);
}

static void answer_page__of_many_years_the_months_are_the_last(void **state)
{
	struct answer_given given = nothing;
	int64_t sum = 0;
	(void)state;
	given.span = "days";
	given.from = day_from_date(2018, 1, 1);
	given.to = day_from_date(2031, 10, 31); /* sixty months from November 2026 on */
	json_t *wide = page_of(&given), *spot;
	size_t i;
	json_array_foreach(at(wide, "timeline.spots"), i, spot) sum += json_integer_value(at(spot, "sale.n"));
	assert_int_equal(i, 60);
	assert_int_equal(sum, of(arena_printf(arena, "ended_at >= %lld", (long long)day_start(day_from_date(2026, 11, 1)))));
	assert_true(sum < json_integer_value(at(wide, "n")));
	json_decref(wide);
	given.from = day_from_date(2026, 11, 20);
	given.to = day_from_date(2026, 11, 1); /* the wrong way round */
	wide = page_of(&given);
	assert_string_equal(json_string_value(at(wide, "ask.from")), "2026-11-01");
	assert_string_equal(json_string_value(at(wide, "ask.to")), "2026-11-20");
	json_decref(wide);
}

static void answer_calls__past_the_last_page_is_the_last_page(void **state)
{
	struct error error;
	struct use use;
	json_t *list = NULL;
	(void)state;
	struct db *db = store_reader_take(store, &error);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	assert_int_equal(answer_calls_page(&use, &nothing, 1000, &list), DONE);
	store_reader_give(store, db);
	int64_t n = json_integer_value(at(list, "n"));
	assert_true(n > ANSWER_ROWS);
	assert_int_equal(json_array_size(at(list, "rows")), (n - 1) % ANSWER_ROWS + 1);
	assert_int_equal(json_integer_value(at(list, "last")), n);
	json_decref(list);
}

static struct paper *paper_of(struct use *use, struct fact_set *facts)
{
	struct paper *p = ARENA_NEW(arena, struct paper);
	use_init(use, arena, NULL, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	*p = (struct paper){.use = use, .lang = lang_parse("en"), .currency = "UAH", .facts = facts, .ask = {.given = nothing}};
	p->ask.fact = fact_ask_all(0, now);
	return p;
}

static void paper_lead__the_largest_part_is_the_largest(void **state)
{
	struct use use;
	struct fact_set facts = {.n = 0};
	struct paper *p = paper_of(&use, &facts);
	(void)state;
	p->tally = (struct tally){.n = 260, .mode = {160, 100}};
	p->tally.cell[0][0][0] = p->tally.cell[0][0][1] = 100; /* most sales; but as many negotiations: no reason */
	p->tally.cell[1][0][0] = 60;                           /* all sales, and yet not the largest part of them */
	json_t *lead = paper_lead(p);
	assert_string_equal(json_string_value(at(lead, "mode")), "sale");
	assert_true(json_is_null(at(lead, "why")));
	json_decref(lead);
	p->tally.cell[1][0][0] = 160;
	lead = paper_lead(p);
	assert_non_null(strstr(answer_say_plain(arena, at(lead, "why")), "with companies"));
	json_decref(lead);
	p->tally.cell[0][1][0] = 160; /* two alike: neither is the largest */
	lead = paper_lead(p);
	assert_true(json_is_null(at(lead, "why")));
	json_decref(lead);
}

static void paper_decide__enough_deals_but_nothing_to_compare(void **state)
{
	struct use use;
	struct fact_set facts = {.n = 0};
	struct paper *p = paper_of(&use, &facts);
	json_t *decide;
	(void)state;
	p->tally = (struct tally){.n = 60, .decided = {30, 30}};
	assert_int_equal(paper_decide(p, &decide), DONE);
	const char *said = answer_say_plain(arena, at(decide, "saying.parts"));
	assert_non_null(strstr(said, "of 60 decided deals"));
	assert_null(strstr(said, "less than"));
	json_decref(decide);
}

/* ---- Seen by the writer alone ---- */

static enum err turn_round(struct db *db, const char *sign, struct error *err)
{
	const char *sql = arena_printf(arena, "UPDATE call_fact SET mode = 'sale', outcome = 'won', seen = (SELECT seen FROM call_fact_state) WHERE ended_at %s (SELECT avg(ended_at) FROM call_fact)", sign);
	enum err kind = fact_seen_next(db, team_id, now, err);
	return kind ? kind : db_exec(db, err, sql, "");
}

static enum err undone_in(struct db *db, void *arg, struct error *err)
{
	struct use use;
	json_t *seen;
	enum err kind = turn_round(db, "<", err);
	if (kind) return kind;
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	if (answer_page(&use, &nothing, &seen)) fail_msg("%s", use.error.text);
	*(int64_t *)arg = json_integer_value(at(seen, "lead.sale.yes")); /* its own change is in it */
	json_decref(seen);
	return err_set(err, ERR_STORE, "the disk is full");
}

static enum err turned_in(struct db *db, void *arg, struct error *err)
{
	(void)arg;
	return turn_round(db, ">=", err);
}

static enum err again_in(struct db *db, void *arg, struct error *err)
{
	bool equal;
	char detail[120];
	(void)arg;
	return call_rebuild(db, &equal, detail, err);
}

static void fact_shelf__what_was_undone_does_not_stand_there(void **state)
{
	struct error error;
	int64_t within = 0, was = json_integer_value(at(model, "lead.sale.yes"));
	(void)state;
	assert_int_equal(store_write(store, undone_in, &within, &error), ERR_STORE);
	assert_true(within > was);
	json_t *page = page_of(&nothing);
	assert_int_equal(json_integer_value(at(page, "lead.sale.yes")), was);
	json_decref(page);
	if (store_write(store, turned_in, NULL, &error)) fail_msg("%s", error.text); /* under the number that the undone one had */
	page = page_of(&nothing);
	assert_int_equal(json_integer_value(at(page, "lead.sale.yes")), count("SELECT count(*) FROM call_fact WHERE mode = 'sale'"));
	json_decref(page);
	if (store_write(store, again_in, NULL, &error)) fail_msg("%s", error.text);
	page = page_of(&nothing);
	assert_int_equal(json_integer_value(at(page, "lead.sale.yes")), was);
	json_decref(page);
}

/* ---- Published: of a part, with strange names, twice ---- */

static enum err strange_in(struct db *db, void *arg, struct error *err)
{
	return db_exec(db, err, "UPDATE product SET name = '[x](javascript:alert(1)) **' || char(10, 10) || '# <b>& &lt;' WHERE product_id = $1", "i", *(int64_t *)arg);
}

static enum err twice_in(struct db *db, void *arg, struct error *err)
{
	struct use use;
	const struct answer_text *text = arg;
	int64_t first = 0, second = 0, later = 0;
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	if (answer_publish(&use, text, &first) || answer_publish(&use, text, &second)) fail_msg("%s", use.error.text);
	assert_true(first > 0);
	assert_int_equal(first, second);
	use.now += MOMENT_DAY;
	if (answer_publish(&use, text, &later)) fail_msg("%s", use.error.text);
	assert_true(later != first);
	return err_set(err, ERR_STORE, "only tried");
}

static void answer_publish__of_a_part_says_so_and_once_is_enough(void **state)
{
	struct error error;
	struct use use;
	struct answer_text *text = ARENA_NEW(arena, struct answer_text);
	struct answer_given given = nothing;
	(void)state;
	given.product_id = count("SELECT product_id FROM call_fact WHERE product_id IS NOT NULL AND segment = 'b2b' GROUP BY product_id ORDER BY count(*) DESC LIMIT 1");
	given.segment = "b2b";
	if (store_write(store, strange_in, &given.product_id, &error)) fail_msg("%s", error.text);
	struct db *db = store_reader_take(store, &error);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	assert_int_equal(answer_compose(&use, &given, text), DONE);
	store_reader_give(store, db);
	assert_non_null(strstr(text->body, "This is of conversations with companies alone."));
	const char *html = post_text_html(arena, "markdown", text->body);
	assert_null(strstr(html, "<a"));
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "<h1"));
	if (!strstr(html, "[x](javascript:alert(1)) **  # &lt;b&gt;&amp; &amp;lt;")) fail_msg("%s", html);
	assert_int_equal(store_write(store, twice_in, text, &error), ERR_STORE);
}

static void answer_week__no_such_week_is_said(void **state)
{
	struct error error;
	struct use use;
	json_t *week;
	(void)state;
	struct db *db = store_reader_take(store, &error);
	use_init(&use, arena, db, (struct actor){team_id, lead_id, ROLE_LEAD, "en"}, now);
	assert_int_equal(answer_week_page(&use, "next", &week), INVALID);
	assert_non_null(json_object_get(use.mistakes, "week"));
	store_reader_give(store, db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answer_page__counts_what_the_events_say),
		cmocka_unit_test(answer_page__by_client_number_product_manager),
		cmocka_unit_test(answer_page__by_time),
		cmocka_unit_test(answer_page__where_they_are_lost),
		cmocka_unit_test(answer_page__what_was_advised_and_what_was_led),
		cmocka_unit_test(answer_page__what_was_given_and_what_was_left),
		cmocka_unit_test(answer_page__what_decides),
		cmocka_unit_test(answer_page__narrowed_is_of_those_alone),
		cmocka_unit_test(answer_compose__names_no_client_and_no_manager),
		cmocka_unit_test(answer_week__adds_up),
		cmocka_unit_test(call_fact_upgrade__gives_what_was_before_its_facts),
		cmocka_unit_test(call_rebuild__finds_a_fact_that_is_not_its_events),
		cmocka_unit_test(answer_page__a_product_without_conversations_opens_to_none),
		cmocka_unit_test(answer_page__of_many_years_the_months_are_the_last),
		cmocka_unit_test(answer_calls__past_the_last_page_is_the_last_page),
		cmocka_unit_test(paper_lead__the_largest_part_is_the_largest),
		cmocka_unit_test(paper_decide__enough_deals_but_nothing_to_compare),
		cmocka_unit_test(fact_shelf__what_was_undone_does_not_stand_there),
		cmocka_unit_test(answer_publish__of_a_part_says_so_and_once_is_enough),
		cmocka_unit_test(answer_week__no_such_week_is_said),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
