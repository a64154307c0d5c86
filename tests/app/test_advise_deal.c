#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/advise_deal.h"
#include "app/advise_rebuild.h"
#include "base/moment.h"
#include "store/call_store.h"
#include "store/migrate.h"

/* A team with three signals ("asked_contract", "no_need", its own "saw_demo"), and helpers that write rows as the rest of the program would. */

#define START INT64_C(1790000000000000)

static char path[64];
static struct db *db;
static struct arena *arena;
static struct use use;
static int64_t last_id;

static void must(enum err kind)
{
	if (kind) fail_msg("%s", use.error.text);
}

static void must_do(enum outcome outcome)
{
	if (outcome) fail_msg("outcome %d: %s", outcome, use.error.text);
}

static void signal_make(int64_t signal_id, const char *key, double mean)
{
	struct signal_row row = {.signal_id = signal_id, .place = signal_id, .created_at = START, .mean = mean, .sd = EVIDENCE_SD, .key = key, .hotkey = ""};
	must(signal_insert(db, 1, &row, &use.error));
	must(signal_text_insert(db, 1, signal_id, "uk", arena_printf(arena, "назва %s", key), arena_printf(arena, "текст %s", key), "", &use.error));
	must(signal_text_insert(db, 1, signal_id, "en", arena_printf(arena, "name %s", key), arena_printf(arena, "text %s", key), "absent", &use.error));
}

static int set_up(void **state)
{
	(void)state;
	struct error err;
	int applied;
	snprintf(path, sizeof path, "/tmp/sturgeon-advise-XXXXXX");
	int fd = mkstemp(path);
	if (fd < 0) return -1;
	close(fd);
	if (db_open(path, DB_WRITE, &err, &db) || migrate_run(db, START, &err, &applied)) return -1;
	arena = arena_new(64 << 20);
	use_init(&use, arena, db, (struct actor){1, 10, ROLE_LEAD, "uk"}, START);
	last_id = 1000;
	must(db_exec(db, &use.error, "INSERT INTO team (team_id, name, created_at) VALUES (1, 't', 1), (2, 'other', 1)", ""));
	must(db_exec(db, &use.error, "INSERT INTO member (team_id, member_id, name, role, language, created_at) VALUES (1, 10, 'm', 'lead', 'uk', 1)", ""));
	must(db_exec(db, &use.error,
		"INSERT INTO client (team_id, client_id, kind, segment, name, name_fold, owner_id, created_at, changed_at) VALUES "
		"(1, 20, 'company', 'b2b', 'c', 'c', 10, 1, 1), (1, 21, 'person', 'b2c', 'p', 'p', 10, 1, 1)", ""));
	signal_make(101, "asked_contract", 1.5);
	signal_make(102, "no_need", -1.5);
	signal_make(103, "saw_demo", 1.0);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char file[96];
	(void)state;
	db_close(db);
	arena_free(arena);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		unlink(file);
	}
	return 0;
}

static int64_t deal_make(bool b2b, int64_t created_at)
{
	int64_t id = ++last_id;
	must(db_exec(db, &use.error, "INSERT INTO deal (team_id, deal_id, client_id, owner_id, stage, created_at, changed_at) VALUES (1, $1, $2, 10, 'contact', $3, $3)",
		"iii", id, (int64_t)(b2b ? 20 : 21), created_at));
	return id;
}

static void deal_close(int64_t deal_id, bool won, int64_t at)
{
	must(db_exec(db, &use.error, "UPDATE deal SET stage = $2, closed_at = $3 WHERE team_id = 1 AND deal_id = $1", "iti", deal_id, won ? "won" : "lost", at));
}

/* A conversation that ended at `at`, with signals ticked (id on, −id off; 0 ends) and objections left standing. */
static int64_t call_make(int64_t deal_id, int64_t at, const char *outcome, const int *ticks, int left)
{
	int64_t id = ++last_id;
	struct talk_state state = {0};
	struct advise_team *team;
	must(db_exec(db, &use.error,
		"INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, began_at, ended_at, mode, outcome) "
		"VALUES (1, $1, 20, $2, 10, 1, $3, $4, $3, 'sale', $5)", "iiiit", id, deal_id, at, at - 5 * MOMENT_MINUTE, outcome));
	for (; *ticks; ticks++) state.signals[state.n_signals++] = (struct talk_signal){abs(*ticks), *ticks > 0};
	for (int i = 0; i < left; i++) state.objections[state.n_objections++] = (struct talk_objection){.item = 500 + i, .state = OBJECTION_LEFT};
	must_do(advise_team_load(&use, &team));
	must_do(advise_call_ended(&use, team, id, &state));
	return id;
}

#define TICKS(...) ((const int[]){__VA_ARGS__ __VA_OPT__(,) 0})

static struct advise_known known(int64_t deal_id, int64_t at)
{
	struct advise_team *team;
	struct advise_known result;
	must_do(advise_team_load(&use, &team));
	must_do(advise_deal_known(&use, team, deal_id, at, &result));
	return result;
}

static void advise_team_load__adds_the_teams_own_signals(void **state)
{
	(void)state;
	struct advise_team *team;
	struct live_signal ticks[TALK_SIGNALS_MAX];
	must_do(advise_team_load(&use, &team));
	assert_int_equal(team->n, EVIDENCE_BUILTIN + 1);
	assert_string_equal(team->defs[EVIDENCE_BUILTIN].key, "saw_demo");
	assert_true(team->belief.mean[EVIDENCE_BUILTIN] == 1.0);
	assert_string_equal(team->signal[EVIDENCE_ASKED_CONTRACT].name, "назва asked_contract");
	assert_int_equal(advise_team_signals(team, ticks), 3);
	must(signal_retire(db, 1, 103, START, &use.error));
	use.who.language = "en";
	must_do(advise_team_load(&use, &team));
	assert_int_equal(team->n, EVIDENCE_BUILTIN + 1);         /* keeps its place */
	assert_int_equal(advise_team_signals(team, ticks), 2);   /* but is not offered */
	assert_string_equal(team->signal[EVIDENCE_ASKED_CONTRACT].why, "text asked_contract");
	use.who.team_id = 2;
	must_do(advise_team_load(&use, &team));
	assert_int_equal(team->n, EVIDENCE_BUILTIN);             /* another team's signals are not ours */
}

static void advise_deal_known__before_any_conversation(void **state)
{
	(void)state;
	struct advise_known company = known(deal_make(true, START), START), person = known(deal_make(false, START), START);
	assert_true(company.evidence.x[EVIDENCE_B2B] == 1 && person.evidence.x[EVIDENCE_B2B] == 0);
	assert_true(company.wish_sell == 80);
	for (int i = 2; i < EVIDENCE_BUILTIN; i++) assert_true(company.evidence.x[i] == 0);
}

static void advise_deal_known__gathers_what_conversations_showed(void **state)
{
	(void)state;
	int64_t deal = deal_make(true, START);
	call_make(deal, START + MOMENT_HOUR, "next", TICKS(101, 102), 2);
	struct advise_known k = known(deal, START + MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_SECOND_CALL] == 1 && k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 1 && k.evidence.x[EVIDENCE_NO_NEED] == 1);
	assert_true(k.evidence.x[EVIDENCE_OBJECTION_UNANSWERED] == 2 && k.evidence.x[EVIDENCE_SILENCE] == 0 && k.evidence.x[EVIDENCE_MISSED] == 0);
	call_make(deal, START + 2 * MOMENT_DAY, "next", TICKS(-102, 103), 1);
	k = known(deal, START + 3 * MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 1 && k.evidence.x[EVIDENCE_NO_NEED] == 0 && k.evidence.x[EVIDENCE_BUILTIN] == 1);
	assert_true(k.evidence.x[EVIDENCE_OBJECTION_UNANSWERED] == 3);
	assert_true(known(deal, START + MOMENT_DAY).evidence.x[EVIDENCE_NO_NEED] == 1); /* as it was then */
	assert_true(known(deal, START + 16 * MOMENT_DAY - 1).evidence.x[EVIDENCE_SILENCE] == 0);
	assert_true(known(deal, START + 16 * MOMENT_DAY).evidence.x[EVIDENCE_SILENCE] == 1);
}

static void advise_deal_known__tells_missed_from_never_reached(void **state)
{
	(void)state;
	int64_t deal = deal_make(true, START);
	call_make(deal, START + MOMENT_HOUR, "no_answer", TICKS(), 0);
	struct advise_known k = known(deal, START + MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_MISSED] == 0 && k.evidence.x[EVIDENCE_SECOND_CALL] == 0 && k.evidence.x[EVIDENCE_SILENCE] == 0);
	call_make(deal, START + MOMENT_DAY, "next", TICKS(101), 0);
	call_make(deal, START + 2 * MOMENT_DAY, "no_answer", TICKS(), 0);
	k = known(deal, START + 3 * MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_MISSED] == 1 && k.evidence.x[EVIDENCE_SECOND_CALL] == 1 && k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 1);
	call_make(deal, START + 3 * MOMENT_DAY, "next", TICKS(), 0);
	assert_true(known(deal, START + 4 * MOMENT_DAY).evidence.x[EVIDENCE_MISSED] == 0);
}

static void advise_call_known__is_what_was_known_when_it_began(void **state)
{
	(void)state;
	struct advise_team *team;
	struct advise_known k;
	int64_t deal = deal_make(false, START), first = call_make(deal, START + MOMENT_HOUR, "next", TICKS(101), 0);
	int64_t second = call_make(deal, START + MOMENT_DAY, "next", TICKS(103), 0);
	must_do(advise_team_load(&use, &team));
	must_do(advise_call_known(&use, team, first, &k));
	assert_true(k.evidence.x[EVIDENCE_SECOND_CALL] == 0 && k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 0);
	must_do(advise_call_known(&use, team, second, &k));
	assert_true(k.evidence.x[EVIDENCE_SECOND_CALL] == 1 && k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 1 && k.evidence.x[EVIDENCE_BUILTIN] == 0);
	assert_int_equal(k.deal_id, deal);
	assert_int_equal(advise_call_known(&use, team, 999999, &k), ABSENT);
	use.who.team_id = 2;
	assert_int_equal(advise_call_known(&use, team, second, &k), ABSENT);
}

static void advise_deal_finished__predicts_first_and_learns_once(void **state)
{
	(void)state;
	struct advise_team *team;
	int64_t deal = deal_make(true, START), n;
	double probability;
	call_make(deal, START + MOMENT_HOUR, "won", TICKS(101), 0);
	assert_int_equal(advise_deal_finished(&use, deal), ABSENT); /* still open */
	deal_close(deal, true, START + MOMENT_HOUR);
	must_do(advise_deal_finished(&use, deal));
	must_do(advise_deal_finished(&use, deal));
	must(prediction_count(db, 1, &n, &use.error));
	assert_int_equal(n, 1);
	struct rows *rows = prediction_rows(db, 1);
	assert_true(rows_next(rows));
	/* closed in its first conversation: the ticks of that one count, and it was no second call */
	assert_string_equal(rows_text(rows, 0), "{\"asked_contract\":1.0,\"b2b\":1.0}");
	probability = rows_double(rows, 1);
	assert_false(rows_next(rows));
	must(rows_done(rows, &use.error));
	assert_true(fabs(probability - 1 / (1 + exp(-(-1.386 + 1.386 + 1.5)))) < 1e-12); /* by the prior: it had not been learnt */
	must_do(advise_team_load(&use, &team));
	assert_int_equal(team->belief.taught, 1);
	assert_true(team->belief.mean[EVIDENCE_ASKED_CONTRACT] > 1.5);
}

static void advise_deal_finished__knows_the_second_conversation(void **state)
{
	(void)state;
	int64_t in_call = deal_make(true, START), on_board = deal_make(true, START);
	call_make(in_call, START + MOMENT_HOUR, "next", TICKS(101, 102), 1);
	call_make(in_call, START + MOMENT_DAY, "won", TICKS(-102), 1);
	deal_close(in_call, true, START + MOMENT_DAY);
	must_do(advise_deal_finished(&use, in_call));
	call_make(on_board, START + MOMENT_HOUR, "next", TICKS(102), 0);
	deal_close(on_board, false, START + 30 * MOMENT_DAY);
	must_do(advise_deal_finished(&use, on_board));
	struct rows *rows = prediction_rows(db, 1);
	assert_true(rows_next(rows));
	assert_string_equal(rows_text(rows, 0), "{\"asked_contract\":1.0,\"b2b\":1.0,\"objection_unanswered\":2.0,\"second_call\":1.0}");
	assert_true(rows_next(rows));
	assert_string_equal(rows_text(rows, 0), "{\"b2b\":1.0,\"no_need\":1.0,\"second_call\":1.0,\"silence\":1.0}");
	assert_false(rows_next(rows));
	must(rows_done(rows, &use.error));
}

/* Any history, with signals added in the middle, outcomes corrected and deals reopened: what was learnt step by step is what the record gives. */
static void advise_rebuild_belief__equals_the_incremental(void **state)
{
	(void)state;
	bool equal = false;
	char detail[120] = "";
	int learnt;
	int64_t deals[40];
	for (int i = 0; i < 40; i++) {
		int64_t at = START + i * MOMENT_DAY;
		deals[i] = deal_make(i % 3, at);
		if (i == 20) signal_make(104, "late_signal", 0.5);
		call_make(deals[i], at + MOMENT_HOUR, "next", TICKS(i % 2 ? 101 : 102, i > 20 ? 104 : 103), i % 4);
		if (i % 7 == 3) continue;
		deal_close(deals[i], i % 5 < 2, at + 2 * MOMENT_HOUR);
		must_do(advise_deal_finished(&use, deals[i]));
	}
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_true(equal);
	deal_close(deals[5], true, START + 50 * MOMENT_DAY); /* a lost one was won after all */
	must_do(advise_deal_finished(&use, deals[5]));
	must_do(advise_deal_reopened(&use, deals[9]));
	must(db_exec(db, &use.error, "UPDATE deal SET stage = 'contact', closed_at = NULL WHERE team_id = 1 AND deal_id = $1", "i", deals[9]));
	deal_close(deals[3], true, START + 51 * MOMENT_DAY);
	deal_close(deals[10], true, START + 52 * MOMENT_DAY);
	must_do(advise_deals_finished(&use, &learnt));
	assert_int_equal(learnt, 2);
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_true(equal);
	must(db_exec(db, &use.error, "UPDATE belief SET state = replace(state, '3f', '40') WHERE team_id = 1", ""));
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_false(equal);
	assert_non_null(strstr(detail, "teams learnt anew: 1"));
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_true(equal);
	must(db_exec(db, &use.error, "UPDATE belief SET state = 'zz' WHERE team_id = 1", ""));
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_false(equal);
	must(advise_rebuild_belief(db, &equal, detail, &use.error));
	assert_true(equal);
}

/* A conversation with real events: what is kept when it ends is what its events give again. */
static int64_t call_lead(int64_t deal_id, int64_t at, int64_t signal, int64_t off)
{
	static struct talk talk;
	struct advise_team *team;
	const struct call_event events[] = {
		{1, at, 0, MODE_SALE, 0, EVENT_BEGAN}, {2, at + 1, signal, 0, 0, EVENT_SIGNAL_ON}, {3, at + 2, off, 0, 0, off ? EVENT_SIGNAL_OFF : EVENT_NOTE},
		{4, at + 3, 700, 0, 0, EVENT_OBJECTION}, {5, at + 4, 700, 0, 0, EVENT_OBJECTION_LEFT}, {6, at + 5, 103, 0, 0, EVENT_SIGNAL_ON}, {7, at + 6, 0, 0, 0, EVENT_UNDONE},
		{8, at + 7, 0, at + MOMENT_DAY, 0, EVENT_PLANNED}, {9, at + 8, 0, OUTCOME_NEXT, 0, EVENT_ENDED},
	};
	int64_t id = ++last_id;
	must(db_exec(db, &use.error,
		"INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, began_at, ended_at, mode, outcome) "
		"VALUES (1, $1, 20, $2, 10, 1, $3, $3, $3 + 8, 'sale', 'next')", "iii", id, deal_id, at));
	talk_init(&talk);
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		struct call_event_row row = {.event = events[i], .member_id = 10, .event_id = arena_printf(arena, "%lld-%zu", (long long)id, i)};
		assert_int_equal(talk_apply(&talk, &events[i]), TALK_APPLIED);
		must(call_event_insert(db, 1, id, &row, &use.error));
	}
	must_do(advise_team_load(&use, &team));
	must_do(advise_call_ended(&use, team, id, &talk.state));
	return id;
}

static void advise_rebuild_shown__equals_what_was_kept(void **state)
{
	(void)state;
	bool equal = false;
	char detail[120] = "";
	int64_t deal = deal_make(true, START), other = deal_make(false, START);
	call_lead(deal, START + MOMENT_HOUR, 101, 0);
	call_lead(other, START + 2 * MOMENT_HOUR, 102, 0);
	int64_t second = call_lead(deal, START + MOMENT_DAY, 102, 101);
	struct advise_known k = known(deal, START + 2 * MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 0 && k.evidence.x[EVIDENCE_NO_NEED] == 1 && k.evidence.x[EVIDENCE_BUILTIN] == 0);
	assert_true(k.evidence.x[EVIDENCE_OBJECTION_UNANSWERED] == 2);
	must(advise_rebuild_shown(db, &equal, detail, &use.error));
	assert_true(equal);
	must(db_exec(db, &use.error, "UPDATE call_evidence SET shown = '{}' WHERE call_id = $1", "i", second));
	must(advise_rebuild_shown(db, &equal, detail, &use.error));
	assert_false(equal);
	assert_true(known(deal, START + 2 * MOMENT_DAY).evidence.x[EVIDENCE_NO_NEED] == 1);
	must(db_exec(db, &use.error, "UPDATE call SET ended_at = NULL WHERE call_id = $1", "i", second));
	must(advise_rebuild_shown(db, &equal, detail, &use.error));
	assert_false(equal);
	assert_string_equal(detail, "conversations put right: 1");
	must(advise_rebuild_shown(db, &equal, detail, &use.error));
	assert_true(equal);
}

/* Events of an earlier conversation that come after those of a later one (the network was away) leave the same as if they had come in order. */
static void advise_call_ended__late_events_change_what_came_after(void **state)
{
	(void)state;
	bool equal = false;
	char detail[120] = "";
	int64_t deal = deal_make(true, START);
	call_lead(deal, START + MOMENT_DAY, 102, 0);
	call_lead(deal, START + MOMENT_HOUR, 101, 0);
	struct advise_known k = known(deal, START + 2 * MOMENT_DAY);
	assert_true(k.evidence.x[EVIDENCE_ASKED_CONTRACT] == 1 && k.evidence.x[EVIDENCE_NO_NEED] == 1 && k.evidence.x[EVIDENCE_OBJECTION_UNANSWERED] == 2);
	must(advise_rebuild_shown(db, &equal, detail, &use.error));
	assert_true(equal);
}

static void advise_deals_finished__takes_imported_deals_in_order_of_closing(void **state)
{
	(void)state;
	int learnt;
	int64_t quick = deal_make(true, START), slow = deal_make(true, START), place = 0;
	deal_close(quick, false, START + 9 * MOMENT_DAY);
	deal_close(slow, true, START + 30 * MOMENT_SECOND);
	must_do(advise_deals_finished(&use, &learnt));
	assert_int_equal(learnt, 2);
	must(db_query_int(db, &use.error, 0, &place, "SELECT place FROM prediction WHERE deal_id = $1", "i", slow));
	assert_int_equal(place, 1);
	struct rows *rows = prediction_rows(db, 1);
	assert_true(rows_next(rows));
	assert_string_equal(rows_text(rows, 0), "{\"b2b\":1.0}");
	assert_true(rows_next(rows));
	assert_string_equal(rows_text(rows, 0), "{\"b2b\":1.0,\"second_call\":1.0}"); /* nine days: more than one talk */
	assert_false(rows_next(rows));
	must(rows_done(rows, &use.error));
	must_do(advise_deals_finished(&use, &learnt));
	assert_int_equal(learnt, 0);
}

static void advise_team_model__says_why_in_words(void **state)
{
	(void)state;
	struct advise_team *team;
	struct evidence e;
	use.who.language = "en";
	must_do(advise_team_load(&use, &team));
	evidence_init(&e, team->n);
	json_t *model = advise_team_model(team, e.x, 80);
	assert_string_equal(json_string_value(json_object_get(model, "mode")), "sale");
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(model, "because"), 0), "text")), "absent");
	json_decref(model);
	evidence_set(&e, team->defs, EVIDENCE_ASKED_CONTRACT, 1);
	evidence_set(&e, team->defs, EVIDENCE_BUILTIN, 1);
	model = advise_team_model(team, e.x, 60);
	assert_string_equal(json_string_value(json_object_get(model, "mode")), "negotiation");
	json_t *because = json_object_get(model, "because");
	assert_int_equal(json_array_size(because), 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(because, 0), "text")), "text asked_contract");
	json_decref(model);
}

static void advise_deals_put__gives_each_deal_its_advice(void **state)
{
	(void)state;
	struct advise_team *team;
	int64_t first = deal_make(true, START), second = deal_make(true, START);
	call_make(second, START, "next", TICKS(), 0);
	use.now = START + MOMENT_DAY;
	must_do(advise_team_load(&use, &team));
	json_t *deals = json_pack("[{sI} {sI} {sI}]", "id", (json_int_t)first, "id", (json_int_t)second, "id", (json_int_t)424242);
	must_do(advise_deals_put(&use, team, deals, "id"));
	json_t *one = json_object_get(json_array_get(deals, 0), "advice"), *two = json_object_get(json_array_get(deals, 1), "advice");
	assert_int_equal(json_integer_value(json_object_get(one, "wish_buy")), 50);
	assert_string_equal(json_string_value(json_object_get(one, "mode")), "sale");
	assert_int_equal(json_integer_value(json_object_get(two, "wish_buy")), 76);
	assert_string_equal(json_string_value(json_object_get(two, "mode")), "negotiation");
	assert_int_equal(json_integer_value(json_object_get(two, "threshold")), 65);
	assert_null(json_object_get(json_array_get(deals, 2), "advice"));
	json_decref(deals);
}

static void advise_team_engine__gives_the_browser_all_it_weighs(void **state)
{
	(void)state;
	struct advise_team *team;
	struct advise_known k = known(deal_make(true, START), START);
	must_do(advise_team_load(&use, &team));
	json_t *engine = advise_team_engine(&use, team, &k.evidence, k.wish_sell);
	assert_int_equal(strlen(json_string_value(json_object_get(engine, "belief"))), (belief_bytes(team->n) + 2) / 3 * 4); /* base64 */
	assert_int_equal(json_array_size(json_object_get(engine, "before")), team->n);
	assert_int_equal(json_array_size(json_object_get(engine, "signals")), 3);
	assert_int_equal(json_array_size(json_object_get(engine, "words")), team->n);
	json_decref(engine);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(advise_team_load__adds_the_teams_own_signals),
		TEST(advise_deal_known__before_any_conversation),
		TEST(advise_deal_known__gathers_what_conversations_showed),
		TEST(advise_deal_known__tells_missed_from_never_reached),
		TEST(advise_call_known__is_what_was_known_when_it_began),
		TEST(advise_deal_finished__predicts_first_and_learns_once),
		TEST(advise_deal_finished__knows_the_second_conversation),
		TEST(advise_rebuild_belief__equals_the_incremental),
		TEST(advise_rebuild_shown__equals_what_was_kept),
		TEST(advise_call_ended__late_events_change_what_came_after),
		TEST(advise_deals_finished__takes_imported_deals_in_order_of_closing),
		TEST(advise_team_model__says_why_in_words),
		TEST(advise_deals_put__gives_each_deal_its_advice),
		TEST(advise_team_engine__gives_the_browser_all_it_weighs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
