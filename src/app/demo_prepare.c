#include "app/demo_prepare.h"

#include "app/bargain_table.h"
#include "app/crib.h"
#include "app/deal_bargain.h"
#include "app/demo_words.h"
#include "base/moment.h"
#include "store/trade_store.h"

/* Which of the library he takes: the price, and of the others as many as he is thorough. */
static enum outcome variables_take(struct demo_world *world, struct use *use, const struct demo_deal *deal)
{
	struct trade_filter filter = {.language = use->who.language};
	struct trade_variable_row *rows;
	int n;
	if (trade_playbook_of(use->db, world->team_id, deal->deal_id, &filter.playbook_id, &use->error) ||
	    trade_list(use->db, use->arena, world->team_id, &filter, &rows, &n, &use->error))
		return FAILED;
	int wanted = 5 + (int)(3.0 * demo_styles[deal->client->manager].thorough), left = n;
	enum outcome outcome = DONE;
	for (int i = 0; i < n && !outcome; i++, left--) {
		bool takes = rows[i].price || demo_world_happens(world, (double)wanted / left);
		if (!takes) continue;
		wanted--;
		outcome = deal_bargain_add(use, deal->deal_id, rows[i].variable_id);
	}
	return outcome;
}

static enum outcome hints_tick(struct demo_world *world, struct use *use, const struct demo_deal *deal)
{
	struct bargain_table *table;
	enum outcome outcome = bargain_table_load(use, deal->deal_id, 0, &table);
	for (int v = 0; !outcome && v < table->bargain.n; v++) {
		const struct bargain_variable_row *row = table->variables[v].row;
		bool sees = demo_buyer_keen(&deal->buyer, row->name) > 0.6 && demo_world_happens(world, demo_styles[deal->client->manager].notices * 0.7);
		if (*row->hint && !row->price && sees) outcome = deal_bargain_hint(use, deal->deal_id, row->id, true);
	}
	return outcome;
}

enum outcome demo_prepare_table(struct demo_world *world, struct demo_deal *deal, int64_t at)
{
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + deal->client->manager, at);
	enum outcome outcome = variables_take(world, &use, deal);
	use.now += rng_between(&world->rng, 2, 6) * MOMENT_MINUTE;
	if (!outcome) outcome = hints_tick(world, &use, deal);
	use.now += rng_between(&world->rng, 1, 3) * MOMENT_MINUTE;
	struct bargain_limits limits = {
		.limit = arena_printf(use.arena, "%d %%", 100 - (int)rng_between(&world->rng, 3, 7)),
		.target = arena_printf(use.arena, "%d %%", 100 + (int)rng_between(&world->rng, 6, 12)),
		.their_limit = "-100 %", .reason = "", /* at the list price with nothing besides they would sign, he thinks */
	};
	if (!outcome) outcome = deal_bargain_limits(&use, deal->deal_id, &limits);
	deal->table = true;
	return demo_world_acted(world, &use, outcome);
}

enum outcome demo_prepare_person(struct demo_world *world, const struct demo_deal *deal, int64_t at)
{
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + deal->client->manager, at);
	enum outcome outcome = DONE;
	for (int i = (int)rng_between(&world->rng, 1, 3); i > 0 && !outcome; i--) {
		const char *variety, *text = demo_words_crib(&world->rng, &variety);
		use.now += MOMENT_MINUTE;
		outcome = crib_write(&use, deal->client->client_id, variety, text);
	}
	return demo_world_acted(world, &use, outcome);
}
