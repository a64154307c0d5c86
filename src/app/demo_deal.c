#include "app/demo_deal.h"

#include <string.h>

#include "app/call_plan.h"
#include "app/call_run.h"
#include "app/deal.h"
#include "app/deal_finish.h"
#include "app/demo_prepare.h"
#include "app/demo_words.h"
#include "base/err.h"
#include "base/moment.h"
#include "core/playbook/playbook_word.h"

enum {
	MISSES_MAX = 3, /* then he is given up */
	REST_DAYS = 9,  /* before a client is offered something again */
};

struct demo_client *demo_deal_client(struct demo_world *world, int32_t day, int manager, bool private_too)
{
	struct demo_client *pick = NULL;
	double sum = 0.0;
	for (int i = 0; i < DEMO_CLIENTS; i++) {
		struct demo_client *client = &world->clients[i];
		bool card_had = !client->person->b2b && client->bought[DEMO_CARD];
		if (!client->client_id || client->open || client->rested > day || card_had || (manager >= 0 && client->manager != manager)) continue;
		if (!client->person->b2b && !private_too) continue;
		/* Not all on the first day: the list of those not asked yet is worked through over the months. */
		double weight = client->deals ? 1.0 : 2.0;
		sum += weight;
		if (demo_world_happens(world, weight / sum)) pick = client;
	}
	return pick;
}

enum demo_trade demo_deal_trade(const struct demo_client *client)
{
	if (!client->person->b2b) return DEMO_CARD;
	enum demo_trade first = client->person->trade, other = first == DEMO_CRM ? DEMO_SERVICE : DEMO_CRM;
	return client->bought[first] && !client->bought[other] ? other : first; /* who has both takes more of the first */
}

int demo_deal_minute(int64_t at)
{
	struct moment_parts parts = moment_local(at);
	int minute = parts.hour * 60 + parts.minute;
	return minute ? minute : CALL_PLAN_ANY_HOUR;
}

/* By the form, as it is filled in by hand. */
static enum outcome plan(struct use *use, struct demo_deal *deal, int64_t at, const char *purpose)
{
	struct call_plan_form form = {
		.client_id = deal->client->client_id, .deal_id = deal->deal_id, .day = day_of(at), .minute = demo_deal_minute(at), .purpose = purpose,
	};
	deal->purpose = purpose;
	deal->planned_at = at;
	return call_plan_make(use, &form, &deal->call_id, &deal->deal_id);
}

enum outcome demo_deal_open(struct demo_world *world, struct demo_client *client, int64_t at, int64_t first_at)
{
	MUST(world->n_deals < DEMO_DEALS_MAX);
	struct demo_deal *deal = &world->deals[world->n_deals++];
	enum demo_trade trade = demo_deal_trade(client);
	int count = trade == DEMO_CARD ? 1 : trade == DEMO_CRM ? (int)rng_between(&world->rng, 3, 24) : (int)rng_between(&world->rng, 1, 5);
	int64_t monthly = world->prices[trade] * count;
	*deal = (struct demo_deal){
		.client = client, .trade = trade, .open = true, .planned_at = first_at,
		.value_minor = trade == DEMO_CARD ? monthly : 12 * monthly, .pay_minor = monthly,
	};
	persona_make(&deal->persona, client->person->b2b, &world->rng);
	deal->persona.motives = client->motives;
	demo_buyer_make(&deal->buyer, false, &world->rng);
	/* Some companies have decided to buy, and are choosing from whom (C6). */
	if (client->person->b2b && demo_world_happens(world, 0.2)) persona_decide(&deal->persona);
	/* Until one was recognised, there is somebody who hopes for a personal cut (N3). */
	if (client->person->b2b && world->n_deals > 20 && !world->n_cuts) deal->persona.wants_cut = true;
	/* Some companies that come in this last week are choosing a supplier: today their terms are to be agreed. */
	if (client->person->b2b && first_at >= day_start(world->today - 8) && first_at < day_start(world->today)) persona_decide(&deal->persona);
	client->open++;
	client->deals++;
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + client->manager, at);
	struct deal_fields fields = {
		.client_id = client->client_id, .product_id = world->products[trade], .title = demo_words_title(trade, count, use.arena),
		.value_minor = deal->value_minor, .expected_close = day_of(first_at),
	};
	if (trade != DEMO_CARD) fields.expected_close += (int32_t)rng_between(&world->rng, 14, 40);
	int dear = (int)rng_below(&world->rng, 10); /* some deals the team wants more than others */
	fields.wish_sell = dear == 0 ? 95 : dear <= 2 ? 65 : 80;
	enum outcome outcome = deal_make(&use, &fields, "new", &deal->deal_id);
	if (!outcome) outcome = plan(&use, deal, first_at, demo_words_first(trade));
	return demo_world_acted(world, &use, outcome);
}

/* When they would talk again: tomorrow or so about a card, in some days about a contract, now and then only after weeks. What falls into these
 * days is drawn to today by that chance, so that today is full. */
static int64_t next_at(struct demo_world *world, const struct demo_deal *deal, int32_t day, double drawn)
{
	int32_t days = deal->trade == DEMO_CARD ? (int32_t)rng_between(&world->rng, 1, 3) : (int32_t)rng_between(&world->rng, 2, 8);
	if (deal->trade != DEMO_CARD && demo_world_happens(world, 0.1)) days = (int32_t)rng_between(&world->rng, 15, 21);
	int32_t next = day + days;
	if (next > world->today - 2 && next < world->today + 5 && day < world->today && demo_world_happens(world, drawn)) next = world->today;
	while (next != world->today && !demo_world_workday(next, deal->trade)) next++;
	return demo_world_hour(world, next);
}

static void deal_end(struct demo_deal *deal, int32_t day, bool won)
{
	deal->open = false;
	deal->client->open--;
	deal->client->rested = day + REST_DAYS;
	deal->client->bought[deal->trade] |= won;
}

/* Nobody answered: again tomorrow, up to a point. */
static enum outcome miss(struct demo_world *world, struct use *use, struct demo_deal *deal)
{
	int32_t day = day_of(use->now);
	if (++deal->misses >= MISSES_MAX) {
		deal_end(deal, day, false);
		return deal_finish(use, deal->deal_id, false, "не виходить на зв’язок", use->now);
	}
	int32_t next = day + 1;
	while (next != world->today && !demo_world_workday(next, deal->trade)) next++;
	return plan(use, deal, demo_world_hour(world, next), deal->talks ? "передзвонити, як домовлялися" : demo_words_first(deal->trade));
}

static enum outcome talk_over(struct demo_world *world, struct use *use, struct demo_deal *deal, const struct demo_talk *talk)
{
	int32_t day = day_of(talk->at);
	if (talk->outcome == OUTCOME_NO_ANSWER) return miss(world, use, deal);
	deal->misses = 0;
	deal->talks++;
	deal->last_at = talk->at;
	if (talk->outcome != OUTCOME_NEXT) {
		deal_end(deal, day, talk->outcome == OUTCOME_WON);
		return DONE;
	}
	struct call_row row;
	if (call_find(use->db, world->team_id, deal->call_id, &row, &use->error)) return FAILED;
	MUST(row.next_call_id);
	deal->call_id = row.next_call_id;
	deal->planned_at = talk->next_at[0];
	deal->purpose = talk->promise;
	bool person = deal->trade != DEMO_CARD && deal->talks == 1 && demo_world_happens(world, 0.6 * demo_styles[deal->client->manager].thorough);
	enum outcome outcome = person ? demo_prepare_person(world, deal, talk->at + MOMENT_MINUTE) : DONE;
	/* N1: the next one will be about the terms. */
	bool terms = deal->trade != DEMO_CARD && !deal->table && deal->course != COURSE_BARE && (deal->lasts || live_advised(&talk->live->live) == MODE_NEGOTIATION);
	bool now = deal->lasts || demo_world_happens(world, 0.75 + 0.25 * demo_styles[deal->client->manager].thorough);
	return outcome || !terms || !now ? outcome : demo_prepare_table(world, deal, talk->at + rng_between(&world->rng, 5, 25) * MOMENT_MINUTE);
}

static enum outcome table_find(struct use *use, const struct demo_deal *deal, struct demo_talk *talk)
{
	struct bargain_table *table;
	if (!deal->table) return DONE;
	enum outcome outcome = bargain_table_load(use, deal->deal_id, 0, &table);
	if (!outcome) talk->table = table;
	return outcome;
}

enum outcome demo_deal_talk(struct demo_world *world, struct demo_deal *deal)
{
	int64_t at = deal->planned_at + rng_between(&world->rng, 0, 9) * MOMENT_MINUTE;
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + deal->client->manager, at);
	struct call_row row;
	struct demo_talk talk = {
		.arena = use.arena, .rng = &world->rng, .client = &deal->persona, .manager = &demo_styles[deal->client->manager], .trade = deal->trade,
		.at = at, .value_minor = deal->value_minor, .pay_minor = deal->pay_minor,
		.first = deal->talks == 0, .seed = world->seed,
		.buyer = &deal->buyer, .lasts = deal->lasts, .gives_way = deal->course == COURSE_GIVES, .leaves_ask = deal->course == COURSE_ASKS,
		.days = deal->last_at ? (double)(at - deal->last_at) / (double)MOMENT_DAY : 0.0,
	};
	talk.kept = demo_world_happens(world, 0.75);
	if (deal->lasts) persona_decide(&deal->persona); /* he means it still */
	talk.next_at[ADVISE_SALE] = next_at(world, deal, day_of(at), 0.4);
	talk.next_at[ADVISE_NEGOTIATION] = next_at(world, deal, day_of(at), 0.6);
	struct call_book *book;
	struct call_live *live;
	enum outcome outcome = call_find(use.db, world->team_id, deal->call_id, &row, &use.error) ? FAILED : DONE;
	if (!outcome) outcome = call_book_load(&use, &row, false, &book);
	if (!outcome) outcome = call_live_load(&use, deal->call_id, NULL, 0, &live);
	if (!outcome) outcome = table_find(&use, deal, &talk);
	if (outcome) return demo_world_acted(world, &use, outcome);
	talk.book = book;
	talk.live = live;
	demo_talk_run(&talk);
	json_t *batch = json_pack("{so si}", "events", talk.events, "after", -1), *answer;
	use.now = talk.at;
	outcome = call_happened(&use, deal->call_id, batch, &answer);
	json_decref(batch);
	if (!outcome) {
		size_t i;
		json_t *result;
		json_array_foreach(json_object_get(answer, "results"), i, result)
			if (strcmp(json_string_value(json_object_get(result, "result")), playbook_word(WORD_RESULT, TALK_APPLIED)))
				BUG("the demo's event %zu was refused: %s", i, json_string_value(json_object_get(result, "result")));
		json_decref(answer);
		world->n_calls++;
		world->n_cuts += talk.cut_told;
		outcome = talk_over(world, &use, deal, &talk);
	}
	return demo_world_acted(world, &use, outcome);
}

