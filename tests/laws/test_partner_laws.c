#include "check.h"

#include <math.h>
#include <string.h>

#include "app/practice_file.h"
#include "core/trainer/practice.h"

/* Whatever is said to a simulated client, in whatever order: every scenario, many seeds, moves at random. */
enum { SEEDS = 120, MOVES_MOST = 400 };

static struct arena *kept;
static int seen[ACT_KINDS]; /* so that a law that never had its case is noticed */

static struct package any_package(const struct scenario *scenario, struct rng *rng)
{
	struct package package = {{0}};
	for (int v = 0; scenario->board && v < scenario->board->bargain->n; v++)
		package.choice[v] = (uint16_t)rng_below(rng, (uint64_t)scenario->board->bargain->variables[v].n);
	return package;
}

/* Of every second seed somebody kinder, who asks in order and takes his time. */
static struct move kind_move(const struct package *package, int nth, struct rng *rng)
{
	static const enum move_kind kinds[] = {MOVE_SPIN, MOVE_SPIN, MOVE_SPIN, MOVE_SPIN, MOVE_SPIN, MOVE_TERM, MOVE_OFFER, MOVE_OFFER, MOVE_POINT, MOVE_QUESTION, MOVE_AGREE_OPINION, MOVE_ARGUE,
		MOVE_PROBE, MOVE_REFUSE_CUT, MOVE_CLOSE};
	struct move move = {.kind = kinds[rng_below(rng, sizeof kinds / sizeof *kinds)], .package = package, .motives = MOTIVE_ALL};
	move.level = (enum question_level)(LEVEL_SITUATION + (nth / 2) % 4);
	return move;
}

static struct move any_move(const struct playbook *book, const struct package *package, struct rng *rng)
{
	struct move move = {.kind = (enum move_kind)rng_below(rng, MOVE_KINDS), .package = package};
	if (move.kind == MOVE_OFFER_CUT && rng_below(rng, 20) != 0) move.kind = MOVE_OFFER;
	if (move.kind == MOVE_GOODBYE && rng_below(rng, 10) != 0) move.kind = MOVE_TERM;
	move.motives = (uint32_t)rng_below(rng, MOTIVE_ALL + 1);
	move.level = (enum question_level)rng_below(rng, 7);
	move.close = (enum close_kind)rng_below(rng, 3);
	move.position = rng_below(rng, 3) == 0 ? book->items[rng_below(rng, (uint64_t)book->n_items)].id : 0;
	return move;
}

/* One talk; a digest of everything said in it. */
static uint64_t talk(const struct practice_file *file, uint64_t seed)
{
	struct arena *arena = arena_new((size_t)1 << 28);
	const struct scenario *scenario = &file->scenario;
	struct partner partner;
	struct act acts[ACTS_MAX];
	struct rng rng;
	uint64_t digest = seed;
	int moves = 0;
	rng_init(&rng, seed ^ 0x5eed);
	partner_make(&partner, scenario, &file->book, seed, arena);
	assert_true(partner_greets(&partner, rng_below(&rng, 2) ? MODE_SALE : MODE_NEGOTIATION, acts) >= 1);
	seen[acts[0].kind]++;
	while (!partner_over(&partner)) {
		struct package package = any_package(scenario, &rng);
		struct move move = seed % 2 ? any_move(&file->book, &package, &rng) : kind_move(&package, moves, &rng);
		int n = partner_hears(&partner, &move, acts), ends = 0;
		assert_true(++moves < MOVES_MOST);                          /* it ends */
		assert_in_range(n, 1, ACTS_MAX);                            /* every move is answered */
		assert_true(fabs(partner.persona.wish) <= PERSONA_WISH_MAX); /* the wish stays within bounds */
		for (int i = 0; i < n; i++) {
			assert_true(acts[i].kind > ACT_NONE && acts[i].kind < ACT_KINDS);
			ends += acts[i].ends;
			seen[acts[i].kind]++;
			digest = digest * 1000003 + (uint64_t)acts[i].kind * 31 + (uint64_t)acts[i].item + (uint64_t)(acts[i].variable + 2) * 7 + (uint64_t)(acts[i].option + 2);
			if (acts[i].kind == ACT_ACCEPTS) assert_true(haggle_worth(&partner.haggle, &move.package[0]) >= partner.haggle.nature.limit);
			if (acts[i].kind == ACT_SIGNS && partner.trades) { /* never below its own limit, never for a man who hopes to be bought */
				assert_true(haggle_worth(&partner.haggle, &partner.package) >= partner.haggle.nature.limit);
				assert_true(!partner.hinted || partner.cut_refused);
				assert_true(partner.persona.wish >= PARTNER_SIGNS);
			}
			if (acts[i].kind == ACT_COUNTERS) {
				assert_true(haggle_worth(&partner.haggle, &acts[i].package) >= partner.haggle.demand);
				assert_true(partner.haggle.demand >= partner.haggle.nature.limit);
			}
			if (acts[i].kind == ACT_ASKS) assert_true(acts[i].option < scenario->board->bargain->variables[acts[i].variable].n);
		}
		assert_true(ends > 0 || !partner_over(&partner));
		if (partner.end == PARTNER_SIGNED && ends > 0) break;
	}
	arena_free(arena);
	return digest;
}

static void partner__whatever_is_said(void **state)
{
	(void)state;
	for (int f = 0; f < scenario_files_count; f++) {
		const struct practice_file *file = practice_file_load(kept, scenario_files[f].name);
		uint64_t last = 0;
		int same = 0;
		for (uint64_t seed = 1; seed <= SEEDS; seed++) {
			uint64_t digest = talk(file, seed);
			assert_int_equal(digest, talk(file, seed)); /* the same seed, the same talk */
			same += digest == last;
			last = digest;
		}
		assert_int_equal(same, 0);
	}
	for (int kind = ACT_NONE + 1; kind < ACT_KINDS; kind++) {
		if (seen[kind] == 0) fail_msg("act %d was never seen", kind);
	}
}

/* The same with events, as the call screen sends them: whatever comes, the talk stays sound, nothing is agreed that the client did not agree to, no offer is below the limit. */
static void practice__whatever_is_entered(void **state)
{
	(void)state;
	static struct practice practice;
	for (int f = 0; f < scenario_files_count; f++) {
		const struct practice_file *file = practice_file_load(kept, scenario_files[f].name);
		const struct board *board = file->scenario.board;
		for (uint64_t seed = 1; seed <= SEEDS / 2; seed++) {
			struct arena *arena = arena_new((size_t)1 << 28);
			struct acts reply;
			struct rng rng;
			rng_init(&rng, seed);
			practice_make(&practice, &file->scenario, &file->book, seed, arena);
			practice_event(&practice, EVENT_BEGAN, 0, MODE_NEGOTIATION, 1, &reply);
			for (int i = 2; i < 250 && !partner_over(&practice.partner); i++) {
				enum call_event_kind kind = (enum call_event_kind)rng_below(&rng, EVENT_KINDS);
				int64_t item = file->book.items[rng_below(&rng, (uint64_t)file->book.n_items)].id, value = (int64_t)rng_below(&rng, 8);
				if (kind == EVENT_ENDED || kind == EVENT_UNDONE) continue;
				if ((kind == EVENT_PUT || kind == EVENT_DECLINED) && board) {
					int v = (int)rng_below(&rng, (uint64_t)board->bargain->n);
					item = board->variables[v].id;
					value = board->variables[v].options[rng_below(&rng, (uint64_t)board->bargain->variables[v].n)];
				}
				practice_event(&practice, kind, item, value, i, &reply);
				assert_in_range(reply.n, 0, ACTS_MAX);
				assert_true(talk_sound(&practice.talk.state));
				assert_true(!practice.talk.state.contract_at || practice.partner.end == PARTNER_SIGNED);
				assert_true(!practice.talk.state.paid_at || practice.partner.paid);
				if (kind == EVENT_OFFERED && board && practice.talk.state.n_offered > 0) {
					struct package stands = board_stands(board, &practice.talk.state);
					assert_true(package_value(board->bargain, &stands).ours >= board->limit || package_value(board->bargain, &board->start).ours < board->limit);
				}
			}
			arena_free(arena);
		}
	}
}

int main(void)
{
	kept = arena_new((size_t)1 << 28);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(partner__whatever_is_said),
		cmocka_unit_test(practice__whatever_is_entered),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(kept);
	return failed;
}
