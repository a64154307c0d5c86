#include "check.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/advise_deal.h"
#include "app/bargain_table.h"
#include "app/check.h"
#include "app/demo.h"
#include "app/demo_people.h"
#include "app/post.h"
#include "app/secret.h"
#include "base/moment.h"
#include "core/advisor/calibration.h"
#include "core/bargain/frontier.h"
#include "core/playbook/playbook_word.h"
#include "exchange/markdown.h"
#include "store/store.h"

/* A Wednesday morning, a Sunday, a night, an evening; summer time and winter time. */
static const char *const nows[] = {"2026-11-25T08:30:00Z", "2026-07-05T10:00:00Z", "2026-03-30T23:40:00Z", "2026-10-26T17:15:00Z"};
enum { NOWS = sizeof nows / sizeof *nows };

static char folder[64], path[96];
static struct store *store;
static int64_t now;
static struct demo_done done;
static enum outcome outcome;

static enum err make_in(struct db *db, void *arg, struct error *err)
{
	struct arena *arena = arena_new((size_t)64 << 20);
	struct use use;
	use_init(&use, arena, db, (struct actor){.language = "uk"}, now);
	outcome = demo_make(&use, *(uint64_t *)arg, "$argon2id$none", &done);
	if (outcome == FAILED) *err = use.error;
	arena_free(arena);
	return outcome == FAILED ? err->kind : ERR_NONE;
}

static void make(const char *file, const char *at, uint64_t seed)
{
	struct error error;
	snprintf(path, sizeof path, "%s/%s.db", folder, file);
	assert_true(moment_parse(at, &now));
	if (store_open(path, &error, &store) || store_write(store, make_in, &seed, &error)) fail_msg("%s", error.text);
	assert_int_equal(outcome, DONE);
}

static void away(const char *file)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (int i = 0; i < 3; i++) {
		char name[160];
		snprintf(name, sizeof name, "%s/%s.db%s", folder, file, ends[i]);
		unlink(name);
	}
}

static const char *const made_files[NOWS] = {"now0", "now1", "now2", "now3"};

/* The company of seed 1 as it is at nows[i], for tests that only look at it: made once. */
static void made(int i)
{
	static struct demo_done dones[NOWS];
	struct error error;
	if (!dones[i].calls) {
		make(made_files[i], nows[i], 1);
		dones[i] = done;
		return;
	}
	done = dones[i];
	assert_true(moment_parse(nows[i], &now));
	snprintf(path, sizeof path, "%s/%s.db", folder, made_files[i]);
	if (store_open(path, &error, &store)) fail_msg("%s", error.text);
}

static int set_up(void **state)
{
	(void)state;
	secret_init();
	snprintf(folder, sizeof folder, "/tmp/sturgeon-demo-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	for (int i = 0; i < NOWS; i++) away(made_files[i]);
	return rmdir(folder);
}

static int64_t count(const char *sql, int64_t from, int64_t until)
{
	struct error error;
	int64_t n = -1;
	struct db *db = store_reader_take(store, &error);
	assert_non_null(db);
	if (db_query_int(db, &error, 0, &n, sql, "ii", from, until)) fail_msg("%s", error.text);
	store_reader_give(store, db);
	return n;
}

#define COUNT(sql) count(sql " AND $1 = $2", 1, 1)

/* ---- The same seed and now give the same company ---- */

static uint64_t fnv(uint64_t hash, const char *text)
{
	for (; *text; text++) hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash;
}

/* Everything in the file but what is random on purpose: the sum of all rows' FNV-1a, so that their order is no matter. */
static uint64_t digest(void)
{
	struct error error;
	uint64_t hash = 0;
	struct db *db = store_reader_take(store, &error);
	size_t i, j;
	json_t *table, *row;
	json_t *tables = db_query_json(db, &error, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
				       "AND name NOT LIKE 'client_words%' AND name NOT LIKE 'client_digits%' AND name NOT LIKE 'post_words%' AND name <> 'invitation' "
				       "AND name <> 'schema_version' ORDER BY name", "");
	assert_true(json_array_size(tables) > 20);
	json_array_foreach(tables, i, table) {
		char sql[200];
		const char *name = json_string_value(json_object_get(table, "name"));
		snprintf(sql, sizeof sql, "SELECT * FROM %s", name);
		json_t *rows = db_query_json(db, &error, sql, "");
		assert_non_null(rows);
		json_array_foreach(rows, j, row) {
			char *text = json_dumps(row, JSON_SORT_KEYS);
			hash += fnv(fnv(UINT64_C(0xcbf29ce484222325), name), text);
			free(text);
		}
		json_decref(rows);
	}
	json_decref(tables);
	store_reader_give(store, db);
	return hash;
}

/* In a process of its own: ids are counted in a process. */
static uint64_t digest_apart(const char *file, uint64_t seed)
{
	int pipe_ends[2], status;
	uint64_t hash = 0;
	assert_int_equal(pipe(pipe_ends), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		make(file, nows[0], seed);
		hash = digest();
		store_close(store);
		_exit(write(pipe_ends[1], &hash, sizeof hash) == sizeof hash ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(read(pipe_ends[0], &hash, sizeof hash), sizeof hash);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	return hash;
}

static void demo_make__the_same_seed_and_now_give_the_same(void **state)
{
	(void)state;
	uint64_t one = digest_apart("a", 7);
	assert_true(digest_apart("b", 7) == one);
	away("b");
	assert_true(digest_apart("b", 8) != one);
	away("a");
	away("b");
}

/* ---- What it is like ---- */

static void demo_make__has_the_numbers_that_were_promised(void **state)
{
	(void)state;
	made(0);
	assert_int_equal(COUNT("SELECT count(*) FROM login JOIN member m USING (team_id, member_id) WHERE m.role = 'manager'"), 3);
	assert_int_equal(COUNT("SELECT count(*) FROM login JOIN member m USING (team_id, member_id) WHERE m.role = 'lead'"), 1);
	assert_int_equal(COUNT("SELECT count(*) FROM login JOIN member m USING (team_id, member_id) WHERE m.role = 'admin'"), 1);
	assert_int_equal(COUNT("SELECT count(DISTINCT team_id) FROM login WHERE 1"), 1);
	assert_int_equal(COUNT("SELECT count(*) FROM client WHERE 1"), DEMO_CLIENTS);
	assert_int_equal(COUNT("SELECT count(*) FROM client WHERE segment = 'b2c' AND kind = 'person'"), DEMO_PRIVATE);
	int64_t calls = COUNT("SELECT count(*) FROM call WHERE ended_at IS NOT NULL");
	assert_in_range(calls, 280, 325);
	assert_int_equal(calls, done.calls);
	assert_int_equal(count("SELECT count(*) FROM call WHERE ended_at < $1 OR ended_at > $2", now - 92 * MOMENT_DAY, now), 0);
	assert_in_range(COUNT("SELECT count(*) FROM deal WHERE stage = 'won'"), 25, 75);
	assert_in_range(COUNT("SELECT count(*) FROM deal WHERE stage = 'lost'"), 25, 90);
	assert_true(COUNT("SELECT count(*) FROM deal WHERE closed_at IS NULL") >= 12);
	for (int m = 0; m < 2; m++) /* both kinds of conversation, in earnest */
		assert_true(count("SELECT count(*) FROM call WHERE ended_at IS NOT NULL AND mode = CASE $1 WHEN 0 THEN 'sale' ELSE 'negotiation' END AND $2 = $2", m, 1) > 40);
	store_close(store);
}

static void demo_make__is_told_in_events_of_every_kind(void **state)
{
	(void)state;
	static const enum call_event_kind kinds[] = {
		EVENT_BEGAN, EVENT_STEP, EVENT_SAID, EVENT_SKIPPED, EVENT_ANSWERED, EVENT_NOTE, EVENT_MOTIVE_ON, EVENT_SIGNAL_ON, EVENT_SIGNAL_OFF,
		EVENT_OBJECTION, EVENT_OBJECTION_PART, EVENT_OBJECTION_CLOSED, EVENT_OBJECTION_LEFT, EVENT_MODE_PROPOSED, EVENT_MODE_ACCEPTED,
		EVENT_MODE_KEPT, EVENT_CONTRACT, EVENT_PAYMENT, EVENT_PROMISED, EVENT_PLANNED, EVENT_UNDONE, EVENT_ENDED,
		EVENT_INTEREST_ON, EVENT_ASKED, EVENT_REFUSED, EVENT_DECLINED, EVENT_PUT, EVENT_OFFERED,
	};
	made(0);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char sql[200];
		snprintf(sql, sizeof sql, "SELECT count(*) FROM call_event WHERE kind = '%s' AND $1 = $2", playbook_word(WORD_EVENT, (int)kinds[i]));
		if (count(sql, 1, 1) == 0) fail_msg("no event of the kind %s", playbook_word(WORD_EVENT, (int)kinds[i]));
	}
	/* C7: a card agreed and paid inside the first call. */
	assert_true(COUNT("SELECT count(*) FROM call c JOIN client k ON k.client_id = c.client_id WHERE k.segment = 'b2c' AND c.number = 1 AND c.outcome = 'won' "
			  "AND EXISTS (SELECT 1 FROM call_event e WHERE e.call_id = c.call_id AND e.kind = 'payment')") >= 3);
	store_close(store);
}

static void demo_make__answers_succeed_to_different_degrees(void **state)
{
	(void)state;
	made(0);
	assert_true(COUNT("SELECT count(*) FROM item_use u JOIN item i ON i.item_id = u.item_id WHERE i.kind = 'answer' AND u.used >= 5") >= 8);
	assert_true(COUNT("SELECT max(100 * u.worked / u.used) - min(100 * u.worked / u.used) FROM item_use u JOIN item i ON i.item_id = u.item_id "
			  "WHERE i.kind = 'answer' AND u.used >= 5") >= 30);
	store_close(store);
}

/* ---- The desk ---- */

static enum err modes_in(struct db *db, void *arg, struct error *err)
{
	int *modes = arg;
	struct arena *arena = arena_new((size_t)64 << 20);
	struct use use;
	struct advise_team *team;
	struct advise_known known;
	int64_t team_id = 0;
	size_t i;
	json_t *row;
	if (db_query_int(db, err, 0, &team_id, "SELECT team_id FROM login WHERE login = 'admin'", "")) return err->kind;
	use_init(&use, arena, db, (struct actor){team_id, 0, ROLE_LEAD, "uk"}, now);
	assert_int_equal(advise_team_load(&use, &team), DONE);
	json_t *rows = db_query_json(db, err, "SELECT deal_id FROM call WHERE ended_at IS NULL AND planned_at >= $1 AND planned_at < $2", "ii",
				     day_start(day_of(now)), day_start(day_of(now) + 1));
	json_array_foreach(rows, i, row) {
		assert_int_equal(advise_deal_known(&use, team, json_integer_value(json_object_get(row, "deal_id")), now, &known), DONE);
		modes[advise(&team->belief, known.evidence.x, known.wish_sell).mode]++;
	}
	json_decref(rows);
	arena_free(arena);
	return ERR_NONE;
}

static void demo_make__leaves_a_desk_worth_looking_at_whenever_it_is_made(void **state)
{
	(void)state;
	for (int i = 0; i < NOWS; i++) {
		int modes[2] = {0};
		struct error error;
		made(i);
		int64_t start = day_start(day_of(now)), end = day_start(day_of(now) + 1);
		assert_true(count("SELECT min(n) FROM (SELECT m.member_id, (SELECT count(*) FROM call c WHERE c.owner_id = m.member_id AND c.ended_at IS NULL "
				  "AND c.planned_at >= $1 AND c.planned_at < $2) AS n FROM member m JOIN login l USING (team_id, member_id) WHERE m.role = 'manager')", start, end) >= 3);
		assert_true(count("SELECT count(*) FROM call WHERE ended_at IS NULL AND planned_at < $1 AND $2 = $2", start, 1) >= 1);
		assert_true(count("SELECT count(*) FROM call WHERE ended_at IS NULL AND planned_at < $1 AND $2 = $2", start, 1) <= 15);
		assert_true(count("SELECT count(*) FROM call WHERE ended_at IS NULL AND planned_at >= $1 AND planned_at < $2", end, end + 7 * MOMENT_DAY) >= 5);
		assert_int_equal(count("SELECT count(*) FROM deal d WHERE d.closed_at IS NULL AND $1 = $2 AND NOT EXISTS (SELECT 1 FROM call c "
				       "WHERE c.deal_id = d.deal_id AND c.ended_at IS NULL)", 1, 1), 0);
		if (store_write(store, modes_in, modes, &error)) fail_msg("%s", error.text);
		if (modes[ADVISE_SALE] < 3) fail_msg("%s: %d sales, %d negotiations today", nows[i], modes[ADVISE_SALE], modes[ADVISE_NEGOTIATION]);
		assert_true(modes[ADVISE_NEGOTIATION] >= 2);
		store_close(store);
	}
}

/* ---- Its journals ---- */

static void demo_make__has_journals_of_three_months(void **state)
{
	(void)state;
	made(0);
	assert_int_equal(COUNT("SELECT count(*) FROM journal WHERE kind = 'community'"), 6);
	assert_int_equal(COUNT("SELECT count(*) FROM (SELECT journal_id FROM community_member WHERE role = 'moderator' GROUP BY journal_id HAVING count(*) >= 2)"
			       " WHERE 1"), 6);
	assert_true(COUNT("SELECT count(*) FROM journal WHERE kind = 'blogger' AND about <> ''") >= 12);
	int64_t posts = COUNT("SELECT count(*) FROM post WHERE published_at IS NOT NULL");
	assert_true(posts >= 120);
	assert_int_equal(posts, done.posts);
	assert_true(COUNT("SELECT max(published_at) - min(published_at) FROM post WHERE 1") >= 85 * MOMENT_DAY);
	assert_int_equal(count("SELECT count(*) FROM post WHERE published_at > $1 OR published_at < $2", now, now - 92 * MOMENT_DAY), 0);
	assert_int_equal(COUNT("SELECT count(DISTINCT kind) FROM post WHERE 1"), 7);
	assert_true(COUNT("SELECT count(*) FROM post WHERE language = 'en'") * 10 >= posts * 8 / 10);
	int64_t comments = COUNT("SELECT count(*) FROM comment WHERE 1");
	assert_true(comments >= 150);
	assert_int_equal(comments, done.comments);
	assert_true(COUNT("SELECT count(*) FROM comment WHERE parent_id IS NOT NULL") >= 50);
	assert_true(COUNT("SELECT count(*) FROM poll WHERE 1") >= 4);
	assert_true(COUNT("SELECT min(n) FROM (SELECT count(*) AS n FROM poll_answer GROUP BY post_id) WHERE 1") >= 8);
	assert_true(COUNT("SELECT count(*) FROM poll_answer WHERE reason <> ''") >= 40);
	assert_true(COUNT("SELECT count(*) FROM post_version WHERE 1") >= 2);
	assert_true(COUNT("SELECT count(*) FROM follow WHERE 1") >= 200);
	assert_int_equal(COUNT("SELECT count(*) FROM vote WHERE kind = 'up'"), done.votes);
	store_close(store);
}

/* L4: what was written is said in calls, and counts. */
static void demo_make__uses_its_cards_in_calls(void **state)
{
	(void)state;
	made(0);
	int64_t uses = COUNT("SELECT count(*) FROM card_use WHERE 1");
	assert_true(COUNT("SELECT count(*) FROM post_card WHERE line <> ''") >= 50);
	assert_true(uses >= 40);
	assert_true(COUNT("SELECT count(*) FROM card_count WHERE used >= 5") >= 3);
	assert_int_equal(COUNT("SELECT count(*) FROM vote WHERE kind = 'use'"), uses);
	assert_true(COUNT("SELECT count(*) FROM vote WHERE kind = 'well'") >= COUNT("SELECT count(*) FROM card_use WHERE went_on = 1"));
	assert_true(COUNT("SELECT count(*) FROM vote WHERE kind <> 'up' AND adds = 1") > 0); /* the top moves by them */
	store_close(store);
}

static void demo_make__leaves_a_top_worth_looking_at_whenever_it_is_made(void **state)
{
	(void)state;
	for (int i = 0; i < NOWS; i++) {
		made(i);
		assert_in_range(COUNT("SELECT count(*) FROM tenure WHERE to_at IS NULL"), 8, 50);
		assert_int_equal(COUNT("SELECT count(*) FROM top_work WHERE 1"), 0);
		assert_true(COUNT("SELECT count(DISTINCT p.author_id) FROM tenure JOIN post p USING (post_id) WHERE 1") >= 8);
		assert_int_equal(COUNT("SELECT count(DISTINCT p.community_id) FROM tenure JOIN post p USING (post_id) WHERE 1"), 6);
		assert_true(COUNT("SELECT count(*) FROM (SELECT post_id FROM tenure GROUP BY post_id) WHERE 1") >= done.posts * 8 / 10);
		/* It lives: places change hands, and a quiet week-end clears it. */
		assert_true(count("SELECT count(*) FROM tenure WHERE from_at >= $1 AND from_at < $2", now - 7 * MOMENT_DAY, now) >= 200);
		store_close(store);
	}
}

/* The top of a working day's noon beside that of the Sunday after it, over the last six weeks. */
static void demo_make__is_quieter_at_week_ends(void **state)
{
	(void)state;
	int64_t work = 0, sunday = 0;
	made(0);
	for (int32_t day = day_of(now) - 42; day < day_of(now); day++) {
		int64_t noon = day_start(day) + 12 * MOMENT_HOUR, length = count("SELECT count(*) FROM tenure WHERE from_at <= $1 AND COALESCE(to_at, $2) > $1", noon, INT64_MAX);
		if (day_weekday(day) == 4) work += length;
		if (day_weekday(day) == 7) sunday += length;
	}
	assert_true(sunday > 0);
	assert_true(sunday * 10 < work * 9);
	store_close(store);
}

/* T8: those who vote for one another within minutes weigh less and less, and their posts stay below. */
static void demo_make__has_a_ring_that_gains_little(void **state)
{
	(void)state;
	made(0);
	assert_true(COUNT("SELECT max(nth) FROM vote v JOIN journal j ON j.journal_id = v.voter_id JOIN journal a ON a.journal_id = v.author_id "
			  "WHERE j.name = 'Артем Сорока' AND a.name = 'Єгор Лагода'") == 6);
	/* Hours in the top of a post of the ring's, and of anybody's. */
	int64_t ring = COUNT("SELECT sum(COALESCE(t.to_at, t.from_at) - t.from_at) / 12 FROM tenure t JOIN post p USING (post_id) JOIN journal a ON a.journal_id = p.author_id "
			     "WHERE a.name IN ('Єгор Лагода', 'Павло Безрук')");
	int64_t any = COUNT("SELECT sum(COALESCE(t.to_at, t.from_at) - t.from_at) / count(DISTINCT t.post_id) FROM tenure t WHERE 1");
	assert_true(ring * 5 < any);
	/* One of them is banned, one of their posts is hidden, and the log tells what that did. */
	assert_int_equal(COUNT("SELECT count(*) FROM ban WHERE lifted_at IS NULL"), 1);
	assert_int_equal(COUNT("SELECT count(*) FROM act WHERE kind IN ('ban', 'hide') AND length(effect) > 100"), 2);
	assert_int_equal(COUNT("SELECT count(*) FROM post WHERE hidden_at IS NOT NULL"), 1);
	store_close(store);
}

/* Every text goes through the program's own Markdown whole, and names nobody's client. */
static enum err texts_in(struct db *db, void *arg, struct error *err)
{
	json_t *row, *named;
	size_t i;
	(void)arg;
	int64_t team_id = 0;
	if (db_query_int(db, err, 0, &team_id, "SELECT team_id FROM login WHERE login = 'admin'", "")) return err->kind;
	json_t *rows = db_query_json(db, err, "SELECT title, body FROM post UNION ALL SELECT title, body FROM post_version UNION ALL SELECT '', body FROM comment", "");
	json_array_foreach(rows, i, row) {
		struct arena *arena = arena_new((size_t)64 << 20);
		struct use use;
		const char *title = json_string_value(json_object_get(row, "title")), *body = json_string_value(json_object_get(row, "body"));
		use_init(&use, arena, db, (struct actor){team_id, 0, ROLE_LEAD, "uk"}, now);
		const char *html = markdown_html(arena, body);
		assert_true(strlen(html) > 5);
		if (strstr(html, "post:") || strstr(html, "**") || strstr(html, "](")) fail_msg("%s: marks are left in %s", title, html);
		assert_int_equal(post_named(&use, title, NULL, body, &named), DONE);
		if (json_array_size(named)) fail_msg("%s names %s", title, json_string_value(json_object_get(json_array_get(named, 0), "name")));
		json_decref(named);
		arena_free(arena);
	}
	assert_true(i >= 500);
	json_decref(rows);
	return ERR_NONE;
}

static void demo_make__writes_what_can_be_shown(void **state)
{
	struct error error;
	(void)state;
	made(0);
	if (store_write(store, texts_in, NULL, &error)) fail_msg("%s", error.text);
	store_close(store);
}

/* ---- Its negotiations ---- */

struct tables {
	int n, both, signed_on, signed_off, open_first, open_first_both, open_first_waits, open_first_near, below;
};

static void table_count(struct use *use, int64_t deal_id, const char *stage, bool first, struct tables *tables)
{
	struct bargain_table *table;
	struct frontier frontier;
	assert_int_equal(bargain_table_load(use, deal_id, 0, &table), DONE);
	assert_true(table->head.limit != BARGAIN_NONE && table->head.target != BARGAIN_NONE && table->bargain.n >= 5);
	assert_true(frontier_make(&table->bargain, FRONTIER_MOST, use->arena, &frontier));
	struct option stands = package_value(&table->bargain, &table->now);
	bool both = table->offers_ours && table->offers_theirs, waits = false;
	int better = frontier_last_ours(&frontier, stands.ours);
	bool on = better >= 0 && frontier.points[better].theirs == stands.theirs && frontier.points[better].ours == stands.ours;
	for (int v = 0; v < table->bargain.n; v++) waits |= table->variables[v].waits;
	tables->n++;
	tables->both += both;
	tables->below += stands.ours < table->head.limit;
	if (both && !strcmp(stage, "won")) *(on ? &tables->signed_on : &tables->signed_off) += 1;
	if (!first || !strcmp(stage, "won") || !strcmp(stage, "lost")) return;
	tables->open_first++;
	tables->open_first_both += both;
	tables->open_first_waits += both && waits;
	tables->open_first_near += both && stands.ours - table->head.limit <= (table->head.target - table->head.limit) / 6;
}

static enum err tables_in(struct db *db, void *arg, struct error *err)
{
	json_t *row;
	size_t i;
	int64_t team_id = 0;
	if (db_query_int(db, err, 0, &team_id, "SELECT team_id FROM login WHERE login = 'admin'", "")) return err->kind;
	json_t *rows = db_query_json(db, err, "SELECT b.deal_id, d.stage, CASE WHEN l.login = 'olena' THEN 1 ELSE 0 END AS first FROM bargain b JOIN deal d USING (team_id, deal_id) "
				     "JOIN login l ON l.team_id = d.team_id AND l.member_id = d.owner_id", "");
	json_array_foreach(rows, i, row) {
		struct arena *arena = arena_new((size_t)256 << 20);
		struct use use;
		use_init(&use, arena, db, (struct actor){team_id, 0, ROLE_LEAD, "uk"}, now);
		table_count(&use, json_integer_value(json_object_get(row, "deal_id")), json_string_value(json_object_get(row, "stage")),
			    json_integer_value(json_object_get(row, "first")) == 1, arg);
		arena_free(arena);
	}
	json_decref(rows);
	return ERR_NONE;
}

static void demo_make__is_in_the_middle_of_negotiations_whenever_it_is_made(void **state)
{
	(void)state;
	for (int i = 0; i < NOWS; i++) {
		struct tables tables = {0};
		struct error error;
		made(i);
		if (store_write(store, tables_in, &tables, &error)) fail_msg("%s", error.text);
		assert_true(tables.both >= 15);
		assert_int_equal(tables.below, 0);
		assert_true(tables.signed_on >= 1);
		assert_true(tables.signed_off >= 1);
		assert_true(tables.open_first_both >= 4);
		assert_true(tables.open_first_waits >= 1);
		assert_true(tables.open_first_near >= 1);
		/* Both sides made several offers in one conversation; somebody gave for nothing; a talk of terms goes on without a table. */
		assert_true(COUNT("SELECT count(*) FROM (SELECT call_id FROM call_event WHERE undone = 0 GROUP BY call_id HAVING sum(CASE kind WHEN 'offered' THEN 1 ELSE 0 END) >= 2 "
				  "AND sum(CASE kind WHEN 'asked' THEN 1 ELSE 0 END) >= 2) WHERE 1") >= 8);
		assert_true(COUNT("SELECT count(*) FROM call_event WHERE kind = 'offered' AND value = 1") >= 1);
		assert_true(COUNT("SELECT count(*) FROM call_event WHERE kind = 'interest_on'") >= 20);
		assert_true(COUNT("SELECT count(*) FROM deal d WHERE d.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM bargain b WHERE b.deal_id = d.deal_id) "
				  "AND EXISTS (SELECT 1 FROM call c WHERE c.deal_id = d.deal_id AND c.mode = 'negotiation')") >= 1);
		/* N2: what to talk about; some of it was told, and once. */
		assert_true(COUNT("SELECT count(*) FROM client_crib WHERE 1") >= 20);
		assert_true(COUNT("SELECT count(*) FROM call_event e JOIN client_crib k ON k.crib_id = e.item_id WHERE e.kind = 'said'") >= 5);
		/* A personal cut was recognised and marked, and the note says that the lead knows (N3). */
		assert_true(COUNT("SELECT count(*) FROM call_event e JOIN item i ON i.item_id = e.item_id WHERE e.kind = 'interest_on' AND i.variety = 'compliance' "
				  "AND EXISTS (SELECT 1 FROM call_event n WHERE n.call_id = e.call_id AND n.kind = 'note' AND n.text LIKE '%Марин%')") >= 1);
		store_close(store);
	}
}

/* ---- True to the method ---- */

static void equal(void *arg, const char *what, bool good, const char *detail)
{
	(void)arg;
	if (!good) fail_msg("%s is not equal to its rebuilding: %s", what, detail);
}

static void demo_make__passes_the_check(void **state)
{
	struct error error;
	(void)state;
	make("a", nows[0], 3);
	if (check_run(store, equal, NULL, &error)) fail_msg("%s", error.text);
	store_close(store);
	away("a");
}

/* Predicted before they were known, for any seed: the advisor tells who will buy far better than chance. */
static void demo_make__the_advisor_has_something_to_learn(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct error error;
		struct calibration_pair pairs[400];
		size_t n, i;
		json_t *row;
		make("a", nows[0], seed);
		struct db *db = store_reader_take(store, &error);
		json_t *rows = db_query_json(db, &error, "SELECT probability, outcome FROM prediction", "");
		n = json_array_size(rows);
		assert_in_range(n, 60, 400);
		json_array_foreach(rows, i, row)
			pairs[i] = (struct calibration_pair){json_number_value(json_object_get(row, "probability")), json_integer_value(json_object_get(row, "outcome")) == 1};
		json_decref(rows);
		store_reader_give(store, db);
		struct calibration calibration = calibration_of(pairs, n);
		if (calibration.auc < 0.7) fail_msg("seed %d: AUC %.3f on %zu deals", (int)seed, calibration.auc, n);
		store_close(store);
		away("a");
	}
}

static void demo_make__refuses_where_there_is_a_company(void **state)
{
	struct error error;
	uint64_t seed = 1;
	(void)state;
	made(0);
	if (store_write(store, make_in, &seed, &error)) fail_msg("%s", error.text);
	assert_int_equal(outcome, REFUSED);
	assert_int_equal(COUNT("SELECT count(*) FROM client WHERE 1"), DEMO_CLIENTS);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(demo_make__the_same_seed_and_now_give_the_same),
		cmocka_unit_test(demo_make__has_the_numbers_that_were_promised),
		cmocka_unit_test(demo_make__is_told_in_events_of_every_kind),
		cmocka_unit_test(demo_make__answers_succeed_to_different_degrees),
		cmocka_unit_test(demo_make__leaves_a_desk_worth_looking_at_whenever_it_is_made),
		cmocka_unit_test(demo_make__has_journals_of_three_months),
		cmocka_unit_test(demo_make__uses_its_cards_in_calls),
		cmocka_unit_test(demo_make__leaves_a_top_worth_looking_at_whenever_it_is_made),
		cmocka_unit_test(demo_make__is_quieter_at_week_ends),
		cmocka_unit_test(demo_make__has_a_ring_that_gains_little),
		cmocka_unit_test(demo_make__writes_what_can_be_shown),
		cmocka_unit_test(demo_make__is_in_the_middle_of_negotiations_whenever_it_is_made),
		cmocka_unit_test(demo_make__passes_the_check),
		cmocka_unit_test(demo_make__the_advisor_has_something_to_learn),
		cmocka_unit_test(demo_make__refuses_where_there_is_a_company),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
