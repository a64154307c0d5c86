#include "app/demo_world.h"

#include <string.h>

#include "app/client.h"
#include "app/content.h"
#include "app/demo_words.h"
#include "app/member.h"
#include "app/product.h"
#include "base/err.h"
#include "base/moment.h"
#include "store/content_store.h"

const struct demo_member demo_members[DEMO_MEMBERS] = {
	{"admin", "Степан Осадчий", "admin"},
	{"maryna", "Марина Кравчук", "lead"},
	{"olena", "Олена Гаврилюк", "manager"},
	{"taras", "Тарас Бойчук", "manager"},
	{"iryna", "Ірина Ткач", "manager"},
};

/* One asks and asks, one presents at once and gives way in price, one is between; all of them can sell. */
const struct demo_style demo_styles[DEMO_MANAGERS] = {
	{.thorough = 0.9, .notices = 0.95, .skill = 0.2, .wise = 0.55, .trades = 0.4, .own_way = 0.05, .price = 0.1},
	{.thorough = 0.45, .notices = 0.8, .skill = 0.0, .wise = 0.05, .trades = 0.35, .own_way = 0.25, .price = 0.7},
	{.thorough = 0.75, .notices = 0.9, .skill = 0.4, .wise = 0.3, .trades = 0.5, .own_way = 0.12, .price = 0.4},
};

bool demo_world_happens(struct demo_world *world, double probability)
{
	return rng_unit(&world->rng) < probability;
}

int64_t demo_world_moment(int32_t day, int minute)
{
	int year, month, date;
	day_to_date(day, &year, &month, &date);
	return moment_from_local(year, month, date, minute / 60, minute % 60);
}

bool demo_world_workday(int32_t day, enum demo_trade trade)
{
	return day_weekday(day) <= (trade == DEMO_CARD ? 6 : 5); /* the mall is open on Saturday */
}

int64_t demo_world_hour(struct demo_world *world, int32_t day)
{
	return demo_world_moment(day, (int)(5 * rng_between(&world->rng, 9 * 12 + 3, 17 * 12 + 6)));
}

struct use demo_world_act(struct demo_world *world, int member, int64_t at)
{
	struct use use;
	struct actor who = {world->team_id, world->members[member], role_parse(demo_members[member].role), "uk"};
	use_init(&use, arena_new((size_t)64 << 20), world->use->db, who, at);
	return use;
}

enum outcome demo_world_acted(struct demo_world *world, struct use *use, enum outcome outcome)
{
	if (outcome == FAILED) world->use->error = use->error;
	if (outcome == INVALID || outcome == ABSENT || outcome == REFUSED) {
		const char *field = json_object_iter_key(json_object_iter(use->mistakes));
		BUG("the demo did what may not be done: %s", field ? field : "there is no such thing, or it is another's");
	}
	arena_free(use->arena);
	return outcome;
}

/* The company and its people. */

static enum outcome member_join(struct demo_world *world, int n, int64_t at, const char *password_hash)
{
	char token[48];
	int64_t team_id;
	struct use use = demo_world_act(world, 0, at);
	enum outcome outcome = invitation_make(&use, 0, demo_members[n].name, demo_members[n].role, token);
	if (!outcome)
		outcome = invitation_accept(&use, token, demo_members[n].name, demo_members[n].login, password_hash, "uk", &team_id, &world->members[n]);
	return demo_world_acted(world, &use, outcome);
}

enum outcome demo_world_people(struct demo_world *world, int64_t at, const char *password_hash)
{
	struct use use = demo_world_act(world, 0, at);
	enum outcome outcome = company_start(&use, "Осетер і партнери", "Europe/Kyiv", "UAH", "380", "Відділ продажу", demo_members[0].name,
					     demo_members[0].login, password_hash, "uk");
	world->team_id = use.who.team_id;
	world->members[0] = use.who.member_id;
	if (outcome == REFUSED) {
		arena_free(use.arena);
		return outcome;
	}
	outcome = demo_world_acted(world, &use, outcome);
	for (int i = 1; !outcome && i < DEMO_MEMBERS; i++) outcome = member_join(world, i, at + i * MOMENT_MINUTE, password_hash);
	return outcome;
}

enum outcome demo_world_products(struct demo_world *world)
{
	for (int i = 0; i < content_files_count; i++) {
		for (int trade = 0; trade < DEMO_TRADES; trade++) {
			if (strcmp(content_files[i].name, demo_trade_keys[trade])) continue;
			json_t *content = content_load(&content_files[i]), *product = json_object_get(content, "product");
			world->prices[trade] = json_integer_value(json_object_get(product, "price_minor"));
			enum err kind = content_product_find(world->use->db, world->team_id, demo_trade_keys[trade], &world->products[trade], &world->use->error);
			json_decref(content);
			if (kind) return FAILED;
		}
	}
	return DONE;
}

/* S1: each studies the products in his first week, as thorough as he is. */
static enum outcome product_read(struct demo_world *world, int manager, enum demo_trade trade, int64_t at)
{
	static const char *const lists[] = {"features", "lessons"};
	json_t *model, *subject;
	size_t i;
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + manager, at);
	enum outcome outcome = product_page(&use, world->products[trade], &model);
	if (outcome) return demo_world_acted(world, &use, outcome);
	for (int list = 0; list < 2; list++) {
		json_array_foreach(json_object_get(model, lists[list]), i, subject) {
			if (outcome || !demo_world_happens(world, 0.25 + 0.7 * demo_styles[manager].thorough)) continue;
			use.now += rng_between(&world->rng, 2, 9) * MOMENT_MINUTE;
			outcome = product_study(&use, world->products[trade], json_integer_value(json_object_get(subject, "id")), true);
		}
	}
	json_decref(model);
	return demo_world_acted(world, &use, outcome);
}

enum outcome demo_world_study(struct demo_world *world, int32_t first)
{
	for (int manager = 0; manager < DEMO_MANAGERS; manager++) {
		for (int trade = 0; trade < DEMO_TRADES; trade++) {
			enum outcome outcome = product_read(world, manager, (enum demo_trade)trade, demo_world_moment(first + trade, 17 * 60 + 40));
			if (outcome) return outcome;
		}
	}
	return DONE;
}

/* Clients. */

static enum outcome client_come(struct demo_world *world, struct demo_client *client, int64_t at)
{
	const struct demo_person *person = client->person;
	struct use use = demo_world_act(world, DEMO_FIRST_MANAGER + client->manager, at);
	const char *const phones[] = {person->phone, NULL}, *const emails[] = {person->email, NULL}, *const none[] = {NULL};
	const struct client_form form = {
		.kind = person->company < 0 && person->b2b ? "company" : "person",
		.segment = person->b2b ? "b2b" : "b2c",
		.name = person->name, .position = person->position, .source = person->source,
		.company = person->company >= 0 ? world->clients[person->company].person->name : "",
		.phones = phones, .emails = emails, .tags = person->tag, .field_ids = none, .field_values = none,
	};
	enum outcome outcome = client_make(&use, &form, &client->client_id);
	if (!outcome && demo_world_happens(world, 0.4)) outcome = client_note(&use, client->client_id, demo_words_about(person->b2b, &world->rng));
	return demo_world_acted(world, &use, outcome);
}

void demo_world_meet(struct demo_world *world, const struct demo_person people[DEMO_CLIENTS], int32_t first)
{
	for (int i = 0; i < DEMO_CLIENTS; i++) {
		struct demo_client *client = &world->clients[i];
		const struct demo_client *company = people[i].company >= 0 ? &world->clients[people[i].company] : NULL;
		struct persona persona;
		persona_make(&persona, people[i].b2b, &world->rng);
		client->person = &people[i];
		client->motives = persona.motives;
		client->manager = company ? company->manager : i % DEMO_MANAGERS;
		client->arrives = demo_world_happens(world, 0.5) ? first : first + (int32_t)rng_below(&world->rng, 60);
		if (company && client->arrives < company->arrives) client->arrives = company->arrives;
	}
}

enum outcome demo_world_clients(struct demo_world *world, int32_t day)
{
	for (int i = 0; i < DEMO_CLIENTS; i++) {
		struct demo_client *client = &world->clients[i];
		enum outcome outcome = client->arrives == day ? client_come(world, client, demo_world_moment(day, 8 * 60 + 10) + i * MOMENT_SECOND) : DONE;
		if (outcome) return outcome;
	}
	return DONE;
}

