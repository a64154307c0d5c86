#include "app/call_fact.h"

#include <string.h>

#include "app/advise_deal.h"
#include "app/call_trade.h"
#include "app/check.h"
#include "base/buf.h"
#include "core/answer/led.h"
#include "core/playbook/playbook_word.h"
#include "store/answer_store.h"
#include "store/call_store.h"

enum { DEAL_ARENA = 64 << 20, FOUND_MOST = 512, FOUND_BYTES = 16384 };

enum outcome call_fact_advised(struct use *use, int64_t deal_id, int64_t call_id, int64_t began_at)
{
	struct advise_team *team;
	struct advise_known known;
	enum outcome outcome = advise_team_load(use, &team);
	if (!outcome) outcome = advise_deal_known(use, team, deal_id, began_at, &known);
	if (outcome) return outcome == ABSENT ? DONE : outcome;
	struct advice advice = advise(&team->belief, known.evidence.x, known.wish_sell);
	return use_done(call_advised_put(use->db, use->who.team_id, call_id, advice.mode == ADVISE_SALE ? "sale" : "negotiation", advice.sure, &use->error));
}

enum outcome call_fact_signed(struct use *use, int64_t deal_id, int64_t call_id, const struct talk_state *state)
{
	struct call_trade *trade;
	struct frontier frontier;
	enum outcome outcome = call_trade_load(use, call_id, deal_id, state, &trade);
	if (outcome) return outcome == ABSENT ? DONE : outcome;
	const struct bargain_table *table = trade->table;
	if (table->bargain.n == 0 || table->head.limit == BARGAIN_NONE || !frontier_make(&table->bargain, FRONTIER_MOST, use->arena, &frontier) || frontier.n == 0) return DONE;
	struct option value = package_value(&table->bargain, &trade->stands);
	int at = frontier_first_theirs(&frontier, value.theirs);
	int64_t left = at < frontier.n && frontier.points[at].ours > value.ours ? frontier.points[at].ours - value.ours : 0;
	return use_done(call_left_put(use->db, use->who.team_id, call_id, left, frontier.points[0].ours - table->head.limit, &use->error));
}

/* ---- Of a deal ---- */

struct found {
	int64_t ids[FOUND_MOST];
	int n;
	uint32_t motives;
};

static void found_add(struct found *found, int64_t id)
{
	int at = 0;
	while (at < found->n && found->ids[at] < id) at++;
	if ((at < found->n && found->ids[at] == id) || found->n == FOUND_MOST) return;
	for (int i = found->n++; i > at; i--) found->ids[i] = found->ids[i - 1];
	found->ids[at] = id;
}

static const char *found_text(struct arena *arena, const struct found *found)
{
	struct buf text;
	buf_init(&text, FOUND_BYTES);
	for (int i = 0; i < found->n; i++) buf_printf(&text, "%s%lld", i ? " " : "", (long long)found->ids[i]);
	const char *made = arena_strdup(arena, text.bytes ? text.bytes : "");
	buf_done(&text);
	return made;
}

static void found_take(struct found *found, const struct talk_state *state)
{
	found->motives |= state->motives;
	for (int i = 0; i < state->n_objections; i++) found_add(found, state->objections[i].item);
	for (int i = 0; i < state->n_interests; i++) found_add(found, state->interests[i].item);
}

/* The first offer that gives something: in which conversation (0: outside, or none was made), and whether it gives price. */
struct concession {
	int64_t call_id;
	bool price;
};

static bool is_price(const struct bargain_variable_row *variables, int n, int64_t id)
{
	for (int i = 0; i < n; i++)
		if (variables[i].id == id) return variables[i].price;
	return false;
}

struct draft {
	int64_t call_id, variable[PACKAGE_VARIABLES], amount[PACKAGE_VARIABLES];
	int n;
};

static void draft_put(struct draft *draft, const struct bargain_move *move)
{
	int at = 0;
	while (at < draft->n && draft->variable[at] != move->variable_id) at++;
	if (at == PACKAGE_VARIABLES) return;
	if (at == draft->n) draft->n++;
	draft->variable[at] = move->variable_id;
	draft->amount[at] = move->value ? move->amount : 0;
}

static enum err concession_find(struct use *use, struct arena *arena, int64_t deal_id, struct concession *ret)
{
	struct bargain_move *moves;
	struct bargain_variable_row *variables;
	int n, n_variables;
	struct draft draft = {.n = 0};
	*ret = (struct concession){0};
	enum err kind = bargain_move_list(use->db, arena, use->who.team_id, deal_id, 0, &moves, &n, &use->error);
	if (kind || n == 0) return kind;
	kind = bargain_variable_list(use->db, arena, use->who.team_id, deal_id, &variables, &n_variables, &use->error);
	for (int i = 0; i < n && !kind; i++) {
		const struct bargain_move *move = &moves[i];
		bool gives = false, price = false;
		if (move->call_id != draft.call_id) draft = (struct draft){.call_id = move->call_id}; /* what was not said goes with its conversation */
		if (!strcmp(move->kind, "put")) draft_put(&draft, move);
		if (strcmp(move->kind, "offered")) continue;
		for (int v = 0; v < draft.n; v++) {
			if (draft.amount[v] >= 0) continue;
			gives = true;
			price |= is_price(variables, n_variables, draft.variable[v]);
		}
		if (gives) {
			*ret = (struct concession){move->call_id, price};
			break;
		}
		draft.n = 0;
	}
	return kind;
}

enum outcome call_fact_deal(struct use *use, int64_t deal_id)
{
	struct arena *arena = arena_new(DEAL_ARENA);
	struct talk *talk = ARENA_NEW(arena, struct talk);
	struct found *found = ARENA_NEW(arena, struct found);
	struct held_row *held;
	struct concession concession;
	int n = 0;
	enum outcome outcome = DONE;
	enum err kind = held_list(use->db, arena, use->who.team_id, deal_id, &held, &n, &use->error);
	if (!kind && n) kind = concession_find(use, arena, deal_id, &concession);
	if (!kind && n) kind = fact_seen_next(use->db, use->who.team_id, use->now, &use->error);
	for (int i = 0; i < n && !kind && !outcome; i++) {
		outcome = advise_call_replay(use, held[i].call_id, talk);
		if (outcome) break;
		found_take(found, &talk->state);
		struct fact_row fact = {
			.deal_id = deal_id, .motives = found->motives, .gifts = talk->state.n_for_nothing,
			.price_first = concession.call_id == held[i].call_id ? (int)concession.price : -1,
			.mode = playbook_word(WORD_MODE, (int)led_mode(talk)), .step = playbook_word(WORD_STEP, (int)led_step(&talk->state)), .found = found_text(arena, found),
		};
		kind = fact_put(use->db, use->who.team_id, &held[i], &fact, &use->error);
	}
	arena_free(arena);
	return outcome ? outcome : use_done(kind);
}

/* ---- Of a team ---- */

enum outcome call_fact_team(struct use *use)
{
	int64_t *deals;
	int n;
	enum outcome outcome = DONE;
	if (fact_drop(use->db, use->who.team_id, use->now, &use->error) || held_deals(use->db, use->arena, use->who.team_id, &deals, &n, &use->error)) return FAILED;
	for (int i = 0; i < n && !outcome; i++) outcome = call_fact_deal(use, deals[i]);
	return outcome;
}

/* A table stays as it was once its deal is over: what was signed before this was noted can still be measured by it. */
static enum outcome signed_measure(struct use *use)
{
	int64_t *pairs;
	int n;
	enum outcome outcome = DONE;
	struct talk *talk = ARENA_NEW(use->arena, struct talk);
	if (signed_unmeasured(use->db, use->arena, use->who.team_id, &pairs, &n, &use->error)) return FAILED;
	for (int i = 0; i < n && !outcome; i += 2) {
		struct arena *arena = arena_new(DEAL_ARENA);
		struct use own;
		use_init(&own, arena, use->db, use->who, use->now);
		outcome = advise_call_replay(&own, pairs[i + 1], talk);
		if (!outcome) outcome = call_fact_signed(&own, pairs[i], pairs[i + 1], &talk->state);
		use->error = own.error;
		arena_free(arena);
	}
	return outcome;
}

static enum outcome team_upgrade(struct use *use, int64_t *ret_wrong)
{
	bool lacking;
	*ret_wrong = 0;
	if (fact_lacking(use->db, use->who.team_id, &lacking, &use->error)) return FAILED;
	if (!lacking) return DONE;
	enum outcome outcome = signed_measure(use);
	return outcome ? outcome : call_fact_team(use);
}

static enum err upgrade_in(struct db *db, void *arg, struct error *err)
{
	int64_t wrong;
	(void)arg;
	return check_each_team(db, team_upgrade, &wrong, err);
}

static enum outcome team_lacks(struct use *use, int64_t *ret_lacks)
{
	bool lacking;
	if (fact_lacking(use->db, use->who.team_id, &lacking, &use->error)) return FAILED;
	*ret_lacks = lacking;
	return DONE;
}

enum err call_fact_upgrade(struct store *store, struct error *err)
{
	int64_t lacks = 0;
	struct db *db = store_reader_take(store, err);
	if (!db) return err->kind;
	enum err kind = check_each_team(db, team_lacks, &lacks, err);
	store_reader_give(store, db);
	return kind || !lacks ? kind : store_write(store, upgrade_in, NULL, err);
}
