/* Demo world: the company that is being simulated: who is in it, what time it is, and how somebody in it does something. */
#ifndef STURGEON_APP_DEMO_WORLD_H
#define STURGEON_APP_DEMO_WORLD_H

#include "app/demo.h"
#include "app/demo_people.h"
#include "app/demo_talk.h"

enum {
	DEMO_FIRST_MANAGER = 2,
	DEMO_MANAGERS = DEMO_MEMBERS - DEMO_FIRST_MANAGER,
	DEMO_DEALS_MAX = 400,
};

extern const struct demo_style demo_styles[DEMO_MANAGERS];

struct demo_client {
	const struct demo_person *person;
	int64_t client_id;
	int manager;
	int32_t arrives;       /* the day on which he is entered */
	uint32_t motives;      /* his, whatever he is sold */
	int open;              /* deals under way */
	int deals;
	int32_t rested;        /* the day from which he may be offered something (again) */
	bool bought[DEMO_TRADES];
};

struct demo_deal {
	int64_t deal_id, call_id;
	int64_t planned_at, last_at; /* last_at: when they last talked; 0 never */
	int64_t value_minor, pay_minor;
	struct demo_client *client;
	struct persona persona;
	enum demo_trade trade;
	const char *purpose;   /* of the conversation that is planned; for ever */
	int talks, misses;
	bool open, put_by;     /* put_by: the manager did not get round to it, and it is overdue */
	struct demo_buyer buyer;
	bool table;            /* its terms are prepared */
	bool lasts;            /* it is not decided before now; then one of: */
	enum demo_course { COURSE_USUAL, COURSE_ASKS, COURSE_GIVES, COURSE_BARE } course; /* an ask is left open; close to the limit; without a table */
};

struct demo_world {
	struct use *use;       /* the administrator's, now */
	struct rng rng;
	uint64_t seed;
	int64_t now;
	int32_t today;
	int64_t team_id, members[DEMO_MEMBERS];
	int64_t products[DEMO_TRADES], prices[DEMO_TRADES];
	struct demo_client clients[DEMO_CLIENTS];
	struct demo_deal deals[DEMO_DEALS_MAX];
	int n_deals, n_calls, n_put_by;
	int n_lasting, n_cuts;
};

bool demo_world_happens(struct demo_world *world, double probability);
int64_t demo_world_moment(int32_t day, int minute);                    /* minute of the day */
bool demo_world_workday(int32_t day, enum demo_trade trade);
int64_t demo_world_hour(struct demo_world *world, int32_t day);        /* a time of a working day, to five minutes */

/* What one member does at one moment, in memory of its own: between the two. Whatever is refused is a bug of the demo's. */
struct use demo_world_act(struct demo_world *world, int member, int64_t at);
enum outcome demo_world_acted(struct demo_world *world, struct use *use, enum outcome outcome);

enum outcome demo_world_people(struct demo_world *world, int64_t at, const char *password_hash); /* the company, its team; REFUSED where there is one */
enum outcome demo_world_products(struct demo_world *world);
enum outcome demo_world_study(struct demo_world *world, int32_t first);                          /* S1, in the first week */
/* Who they are, what moves them, and when they come: half of them were there when the team began, the others came in over two months, nobody
 * before the company at which he works. */
void demo_world_meet(struct demo_world *world, const struct demo_person people[DEMO_CLIENTS], int32_t first);
enum outcome demo_world_clients(struct demo_world *world, int32_t day);                          /* those who come that day */

#endif
