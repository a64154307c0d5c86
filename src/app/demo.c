#include "app/demo.h"

#include "app/advise_deal.h"
#include "app/call_plan.h"
#include "app/demo_deal.h"
#include "app/demo_journal.h"
#include "app/demo_learn.h"
#include "app/demo_mark.h"
#include "app/demo_practice.h"
#include "app/demo_prepare.h"
#include "app/demo_world.h"
#include "base/moment.h"

enum {
	DAYS = 91,      /* three months */
	CALLS = 300,    /* ended ones, about */
	TODAY_EACH = 4, /* conversations that wait for each manager today */
	WEEK_EACH = 3,  /* and in the seven days after it */
	ANSWERED = 6,   /* days ago the company's answer was published */
	LASTING = 7,    /* deals of the first manager that are in the middle of the terms */
};

/* The earliest conversation planned before a moment; NULL: none. */
static struct demo_deal *due(struct demo_world *world, int64_t before)
{
	struct demo_deal *pick = NULL;
	for (int i = 0; i < world->n_deals; i++) {
		struct demo_deal *deal = &world->deals[i];
		if (deal->open && !deal->put_by && deal->planned_at < before && (!pick || deal->planned_at < pick->planned_at)) pick = deal;
	}
	return pick;
}

static int planned_between(const struct demo_world *world, int64_t from, int64_t until, int manager)
{
	int n = 0;
	for (int i = 0; i < world->n_deals; i++) {
		const struct demo_deal *deal = &world->deals[i];
		if (deal->open && deal->planned_at >= from && deal->planned_at < until && (manager < 0 || deal->client->manager == manager)) n++;
	}
	return n;
}

static enum outcome begin(struct demo_world *world, int32_t day, int manager, bool lasts)
{
	static const enum demo_course courses[] = {COURSE_GIVES, COURSE_ASKS, COURSE_BARE, COURSE_USUAL, COURSE_GIVES, COURSE_ASKS, COURSE_USUAL};
	struct demo_client *client = demo_deal_client(world, day, manager, false);
	enum outcome outcome = client ? demo_deal_open(world, client, demo_world_moment(day, 8 * 60 + 20), demo_world_hour(world, day)) : DONE;
	if (outcome || !client || !lasts) return outcome;
	struct demo_deal *deal = &world->deals[world->n_deals - 1];
	deal->lasts = true;
	deal->course = courses[world->n_lasting++ % (int)(sizeof courses / sizeof *courses)];
	persona_decide(&deal->persona);
	demo_buyer_make(&deal->buyer, true, &world->rng);
	return deal->course == COURSE_BARE ? DONE : demo_prepare_table(world, deal, demo_world_moment(day, 8 * 60 + 35)); /* before the talk (N9) */
}

/* In the week before today each manager begins with companies that are choosing a supplier. The first of them began earlier: hers are in the middle of the terms. */
static enum outcome day_rush(struct demo_world *world, int32_t day)
{
	if (day < world->today - 24 || day > world->today - 3 || !demo_world_workday(day, DEMO_CRM)) return DONE;
	enum outcome outcome = DONE;
	for (int manager = 0; !outcome && manager < DEMO_MANAGERS; manager++) {
		bool early = day <= world->today - 10, late = day >= world->today - 8, lasts = manager == 0 && early && world->n_lasting < LASTING;
		if (lasts || (late && (manager > 0 || world->n_lasting < LASTING))) outcome = begin(world, day, manager, lasts);
	}
	return outcome;
}

/* New deals, so that the day has its share of the three months' conversations. */
static enum outcome day_fill(struct demo_world *world, int32_t day)
{
	int32_t from = world->today - DAYS;
	int target = (int)((int64_t)CALLS * (day + 1 - from) / DAYS);
	int wanted = target - world->n_calls - planned_between(world, 0, day_start(day + 1), -1);
	for (; wanted > 0; wanted--) {
		struct demo_client *client = demo_deal_client(world, day, -1, true);
		if (!client) return DONE;
		enum demo_trade trade = demo_deal_trade(client);
		if (!demo_world_workday(day, trade)) continue;
		enum outcome outcome = demo_deal_open(world, client, demo_world_moment(day, 8 * 60 + 30), demo_world_hour(world, day));
		if (outcome) return outcome;
	}
	return DONE;
}

static enum outcome day_pass(struct demo_world *world, struct demo_journal *journal, int32_t day)
{
	enum outcome outcome = demo_world_clients(world, day);
	if (!outcome) outcome = day_rush(world, day);
	if (!outcome) outcome = day_fill(world, day);
	for (struct demo_deal *deal; !outcome && (deal = due(world, day_start(day + 1)));) {
		/* These last days not everything was done. */
		deal->put_by = day >= world->today - 4 && demo_world_happens(world, world->n_put_by < 2 ? 0.6 : 0.2);
		if (deal->put_by) world->n_put_by++;
		else if (!(outcome = demo_journal_until(journal, deal->planned_at))) outcome = demo_deal_talk(world, deal);
	}
	return outcome ? outcome : demo_journal_night(journal, day_start(day + 1));
}

/* A time for today that is still to come, where the working day is not over; now and then any. */
static int64_t hour_today(struct demo_world *world)
{
	int64_t start = day_start(world->today);
	if (demo_world_happens(world, 0.2)) return start;
	int64_t at = demo_world_hour(world, world->today);
	for (int i = 0; i < 20 && at < world->now; i++) at = demo_world_hour(world, world->today);
	return at;
}

/* What the manager sees on his desk: is the deal's next conversation a negotiation? */
static enum outcome advised(struct demo_world *world, const struct demo_deal *deal, enum advise_mode *ret_mode)
{
	struct advise_team *team;
	struct advise_known known;
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + deal->client->manager, world->now);
	enum outcome outcome = advise_team_load(&use, &team);
	if (!outcome) outcome = advise_deal_known(&use, team, deal->deal_id, world->now, &known);
	if (!outcome) *ret_mode = advise(&team->belief, known.evidence.x, known.wish_sell).mode;
	return demo_world_acted(world, &use, outcome);
}

static enum outcome move_to_today(struct demo_world *world, struct demo_deal *deal, int64_t now)
{
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + deal->client->manager, now);
	deal->planned_at = hour_today(world);
	return demo_world_acted(world, &use, call_plan_change(&use, deal->call_id, world->today, demo_deal_minute(deal->planned_at), deal->purpose));
}

/* The evening before, the managers look at the days to come and draw some conversations to today: first those where terms are to be agreed. */
static enum outcome today_draw(struct demo_world *world, int64_t evening)
{
	int64_t start = day_start(world->today), end = day_start(world->today + 1);
	int wanted[2] = {[ADVISE_SALE] = 3, [ADVISE_NEGOTIATION] = 4};
	for (int mode = ADVISE_NEGOTIATION; mode >= ADVISE_SALE; mode--) {
		for (int i = 0; i < world->n_deals && wanted[mode] > 0; i++) {
			struct demo_deal *deal = &world->deals[i];
			enum advise_mode is = ADVISE_SALE;
			if (!deal->open || deal->planned_at < start || deal->planned_at >= end + 6 * MOMENT_DAY) continue;
			enum outcome outcome = advised(world, deal, &is);
			if (!outcome && (int)is == mode) {
				wanted[mode]--;
				if (deal->planned_at >= end) outcome = move_to_today(world, deal, evening);
			}
			if (outcome) return outcome;
		}
	}
	/* Where too few are to be persuaded, somebody new is called. */
	for (int tries = 0; wanted[ADVISE_SALE] > 0 && tries < 8; tries++) {
		struct demo_client *client = demo_deal_client(world, world->today, -1, true);
		enum advise_mode is = ADVISE_NEGOTIATION;
		if (!client) break;
		enum outcome outcome = demo_deal_open(world, client, evening, hour_today(world));
		if (!outcome) outcome = advised(world, &world->deals[world->n_deals - 1], &is);
		if (outcome) return outcome;
		if (is == ADVISE_SALE) wanted[ADVISE_SALE]--;
	}
	return DONE;
}

/* New deals whose first conversation is planned for the days from `day` until before `until`, so that each manager has some in them. */
static enum outcome days_plan(struct demo_world *world, int32_t day, int32_t until, int each, int64_t now)
{
	for (int manager = 0; manager < DEMO_MANAGERS; manager++) {
		while (planned_between(world, day_start(day), day_start(until), manager) < each) {
			struct demo_client *client = demo_deal_client(world, day, manager, demo_world_happens(world, 0.4));
			if (!client) client = demo_deal_client(world, day, manager, true);
			if (!client) break;
			int32_t on = (int32_t)rng_between(&world->rng, day, until - 1);
			while (on != world->today && !demo_world_workday(on, demo_deal_trade(client))) on = on + 1 < until ? on + 1 : day;
			enum outcome outcome = demo_deal_open(world, client, now, on == world->today ? hour_today(world) : demo_world_hour(world, on));
			if (outcome) return outcome;
		}
	}
	return DONE;
}

/* Today: every manager has some conversations ahead, and some in the week to come; what was planned for the hours that are over is done where
 * enough remains. */
static enum outcome today_begin(struct demo_world *world)
{
	int64_t start = day_start(world->today), end = day_start(world->today + 1), evening = demo_world_moment(world->today - 1, 18 * 60 + 30);
	enum outcome outcome = today_draw(world, evening);
	if (!outcome) outcome = days_plan(world, world->today, world->today + 1, TODAY_EACH, evening);
	if (!outcome) outcome = days_plan(world, world->today + 1, world->today + 8, WEEK_EACH, evening);
	for (struct demo_deal *deal; !outcome && (deal = due(world, world->now - 2 * MOMENT_HOUR));) {
		bool enough = planned_between(world, start, end, deal->client->manager) > TODAY_EACH;
		if (!enough || deal->planned_at <= start) deal->put_by = true;
		else outcome = demo_deal_talk(world, deal);
	}
	return outcome;
}

enum outcome demo_make(struct use *use, uint64_t seed, const char *password_hash, struct demo_done *ret_done)
{
	struct demo_world *world = ARENA_NEW(use->arena, struct demo_world);
	struct demo_person people[DEMO_CLIENTS];
	struct demo_journal *journal = NULL;
	if (!moment_zone_set("Europe/Kyiv")) return use_done(err_set(&use->error, ERR_IO, "this system does not know the zone Europe/Kyiv"));
	world->use = use;
	world->seed = seed;
	world->now = use->now;
	world->today = day_of(use->now);
	rng_init(&world->rng, seed);
	demo_people_make(use->arena, &world->rng, people);
	int32_t first = world->today - DAYS;
	enum outcome outcome = demo_world_people(world, demo_world_moment(first, 8 * 60), password_hash);
	if (!outcome) outcome = demo_world_products(world);
	if (!outcome) outcome = demo_world_study(world, first);
	if (!outcome) outcome = demo_journal_begin(world, first, &journal);
	if (outcome) return outcome;
	demo_world_meet(world, people, first);
	for (int32_t day = first; !outcome && day < world->today; day++) {
		outcome = day_pass(world, journal, day);
		if (!outcome && day == world->today - ANSWERED) outcome = demo_journal_answer(journal, day);
	}
	if (!outcome) outcome = today_begin(world);
	if (!outcome) outcome = demo_learn(world);
	if (!outcome) outcome = demo_practice(world);
	if (!outcome) outcome = demo_mark(world);
	if (!outcome) outcome = demo_journal_end(journal);
	*ret_done = (struct demo_done){.clients = DEMO_CLIENTS, .deals = world->n_deals, .calls = world->n_calls};
	demo_journal_tell(journal, ret_done);
	return outcome;
}
