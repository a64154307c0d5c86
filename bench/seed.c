/* A data file as large as a busy company's after some years, for whoever measures: clients, their deals and conversations, and the conversations' events.
 *
 *   build/bench/bench_seed FILE [--clients 100000] [--events 1000000]
 *
 * Goes through the store's own functions, so that everything derived (searching, playbooks) is as the program makes it. The same numbers give the same
 * names and shapes; moments are counted back from now. Prints one JSON object: what was made, and a session of each member, whose token is the value of
 * the cookie "sturgeon". */
#include <string.h>
#include <unistd.h>

#include "app/content_seed.h"
#include "app/member.h"
#include "app/secret.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "store/call_store.h"
#include "store/client_store.h"
#include "store/deal_store.h"
#include "store/member_store.h"
#include "store/store.h"

enum { MANAGERS = 4, ITEMS_MAX = 200, SIGNALS_MAX = 20, PRODUCTS_MAX = 10, A_CALL = 20, BATCH = 2000 };

struct seed {
	struct store *store;
	struct rng rng;
	int64_t clients, calls, events;                 /* wanted */
	int64_t made_clients, made_deals, made_calls, made_events;
	int64_t now;
	struct actor who;
	int64_t members[MANAGERS + 1];                  /* the lead last */
	char tokens[MANAGERS + 1][SECRET_TOKEN];
	int64_t items[ITEMS_MAX], signals[SIGNALS_MAX], products[PRODUCTS_MAX];
	int n_items, n_signals, n_products;
	int64_t *client, company, company_left;
	char email[80];
};

static const char *const firsts[] = {"Олена", "Тарас", "Марія", "Богдан", "Світлана", "Юрій", "Ірина", "Андрій", "Оксана", "Василь", "Наталія", "Михайло",
				     "Дар’я", "Степан", "Катерина", "Роман", "Софія", "Ігор", "Мар’яна", "Петро", "Людмила", "Олександр", "Ганна", "Остап"};
static const char *const lasts[] = {"Гнатюк", "Ковальчук", "Савчук", "Іваненко", "Бойко", "Панченко", "Мельник", "Шевченко", "Кравець", "Лисенко", "Поліщук", "Ткач",
				    "Марченко", "Руденко", "Мороз", "Григоренко", "В’юнник", "Заєць", "Солов’яненко", "Клименко", "Павлюк", "Дорошенко", "Яценко", "Хоменко"};
static const char *const latins[] = {"hnatiuk", "kovalchuk", "savchuk", "ivanenko", "boiko", "panchenko", "melnyk", "shevchenko", "kravets", "lysenko", "polishchuk", "tkach"};
static const char *const trades[] = {"Кава", "Меблі", "Технолюкс", "Агросвіт", "Пекарня", "Аптека", "Автосвіт", "Будинок", "Логістика", "Друкарня", "Оптика", "Текстиль"};
static const char *const places[] = {"Поділля", "Прикарпаття", "Центр", "Північ", "Дніпро", "Львів", "Полтава", "Захід", "Плюс", "Схід", "Одеса", "Волинь"};
static const char *const tags[] = {"HoReCa", "Львів", "виробництво", "склад", "за порадою", "опт", "VIP", "ТРЦ", "агро", "виставка", "Київ", "повторний"};
static const char *const positions[] = {"директорка", "власник", "головний бухгалтер", "закупівлі", "менеджерка", "інженер"};
static const char *const sources[] = {"за порадою", "сайт", "виставка", "ТРЦ", "холодна база", "Instagram"};

#define PICK(seed, list) (list)[rng_below(&(seed)->rng, sizeof(list) / sizeof *(list))]

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "bench_seed: %s: %s\n", what, err->text);
	exit(1);
}

/* ---- The company ---- */

static enum err column(struct db *db, const char *sql, int64_t team_id, int64_t *list, int most, int *ret_n, struct error *err)
{
	struct rows *rows = db_query(db, sql, "i", team_id);
	while (*ret_n < most && rows_next(rows)) list[(*ret_n)++] = rows_int(rows, 0);
	return rows_done(rows, err);
}

static enum err company_make(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	struct arena *arena = arena_new(64 << 20);
	struct use use;
	use_init(&use, arena, db, (struct actor){.language = "uk"}, s->now);
	enum outcome outcome = company_start(&use, "Осетер", "Europe/Kyiv", "UAH", "380", "Велика команда", "Лідерка", "lead", "no password", "uk");
	enum err kind = outcome ? err_set(err, ERR_STORE, "no company: %s", use.error.text) : ERR_NONE;
	s->who = use.who;
	s->members[MANAGERS] = use.who.member_id;
	for (int i = 0; !kind && i < MANAGERS; i++) {
		s->members[i] = id_new(s->now);
		kind = member_insert(db, s->who.team_id, s->members[i], arena_printf(arena, "%s %s", firsts[i], lasts[i]), "manager", "uk",
				     arena_printf(arena, "manager %d", i + 1), "no password", s->now, err);
	}
	for (int i = 0; !kind && i <= MANAGERS; i++)
		if (session_start(&use, s->who.team_id, s->members[i], s->tokens[i])) kind = err_set(err, ERR_STORE, "no session: %s", use.error.text);
	if (!kind) kind = column(db, "SELECT item_id FROM item WHERE team_id = $1 AND kind IN ('opener', 'question', 'close')", s->who.team_id, s->items, ITEMS_MAX, &s->n_items, err);
	if (!kind) kind = column(db, "SELECT signal_id FROM signal WHERE team_id = $1", s->who.team_id, s->signals, SIGNALS_MAX, &s->n_signals, err);
	if (!kind) kind = column(db, "SELECT product_id FROM product WHERE team_id = $1", s->who.team_id, s->products, PRODUCTS_MAX, &s->n_products, err);
	arena_free(arena);
	return kind;
}

/* ---- Clients ---- */

/* Every fifth is a company, and the two after it work there. */
static enum err client_make(struct db *db, struct seed *s, struct arena *arena, int64_t i, struct error *err)
{
	struct client_fields f = {.position = "", .source = PICK(s, sources), .owner_id = s->members[rng_below(&s->rng, MANAGERS)]};
	size_t last = rng_below(&s->rng, sizeof lasts / sizeof *lasts);
	f.kind = i % 5 ? "person" : "company";
	f.segment = i % 5 < 3 ? "b2b" : "b2c";
	f.name = i % 5 ? arena_printf(arena, "%s %s", lasts[last], PICK(s, firsts)) : arena_printf(arena, "«%s %s» %lld", PICK(s, trades), PICK(s, places), (long long)i);
	if (i % 5 == 1 || i % 5 == 2) {
		f.company_id = s->company;
		f.position = PICK(s, positions);
	}
	f.phones[0] = arena_printf(arena, "0%lld %03lld %02lld %02lld", (long long)rng_between(&s->rng, 50, 99), (long long)rng_below(&s->rng, 1000),
				   (long long)rng_below(&s->rng, 100), (long long)rng_below(&s->rng, 100));
	if (!rng_below(&s->rng, 5)) f.phones[1] = arena_printf(arena, "(044) %lld", (long long)rng_between(&s->rng, 2000000, 5999999));
	if (rng_below(&s->rng, 10) < 7) f.emails[0] = arena_printf(arena, "%c.%s%lld@example.com", 'a' + (char)rng_below(&s->rng, 26), PICK(s, latins), (long long)i);
	if (!rng_below(&s->rng, 2)) f.tags[0] = PICK(s, tags);
	if (f.tags[0] && !rng_below(&s->rng, 3)) f.tags[1] = PICK(s, tags);
	int64_t at = s->now - rng_between(&s->rng, 0, 700) * MOMENT_DAY - rng_between(&s->rng, 0, 86400) * MOMENT_SECOND;
	s->client[i] = id_new(at);
	if (i % 5 == 0) s->company = s->client[i];
	return client_insert(db, s->who.team_id, s->client[i], &f, "380", at, err);
}

/* ---- Deals and conversations ---- */

static enum err deal_make(struct db *db, struct seed *s, struct arena *arena, int64_t client_id, int64_t owner_id, bool closed, int64_t *ret_deal,
			  struct error *err)
{
	static const char *const open[] = {"new", "contact", "offer", "contract"};
	int64_t made = s->now - rng_between(&s->rng, 100, 600) * MOMENT_DAY, ended = made + rng_between(&s->rng, 5, 90) * MOMENT_DAY;
	struct deal_fields f = {client_id, owner_id, s->products[rng_below(&s->rng, (uint64_t)s->n_products)], "", rng_between(&s->rng, 10, 5000) * 10000, 80,
				day_of(s->now) + (int32_t)rng_between(&s->rng, 1, 90)};
	*ret_deal = id_new(made);
	s->made_deals++;
	enum err kind = deal_insert(db, arena, s->who.team_id, *ret_deal, &f, open[rng_below(&s->rng, 4)], "", made, err);
	return kind || !closed ? kind : deal_close(db, s->who.team_id, *ret_deal, !rng_below(&s->rng, 3), "дорого", ended, err);
}

static enum err event(struct db *db, struct seed *s, int64_t call_id, int64_t seq, int64_t at, enum call_event_kind kind, int64_t item, int64_t value,
		      const char *text, int64_t member_id, struct error *err)
{
	char id[40];
	snprintf(id, sizeof id, "%llx-%llx", (unsigned long long)call_id, (unsigned long long)seq);
	struct call_event_row row = {.event = {seq, at, item, value, kind}, .member_id = member_id, .event_id = id, .text = text};
	s->made_events++;
	return call_event_insert(db, s->who.team_id, call_id, &row, err);
}

static enum err events_make(struct db *db, struct seed *s, int64_t call_id, int64_t began, int64_t member_id, int64_t *ret_ended, struct error *err)
{
	int64_t seq = 1, at = began;
	enum err kind = event(db, s, call_id, seq++, at, EVENT_BEGAN, 0, MODE_SALE, NULL, member_id, err);
	while (!kind && seq < A_CALL) {
		at += rng_between(&s->rng, 4, 40) * MOMENT_SECOND;
		uint64_t what = rng_below(&s->rng, 10);
		if (what < 6 && s->n_items) kind = event(db, s, call_id, seq++, at, EVENT_SAID, s->items[rng_below(&s->rng, (uint64_t)s->n_items)], 0, NULL, member_id, err);
		else if (what < 7) kind = event(db, s, call_id, seq++, at, EVENT_MOTIVE_ON, 0, (int64_t)rng_below(&s->rng, MOTIVE_COUNT), NULL, member_id, err);
		else if (what < 8 && s->n_signals)
			kind = event(db, s, call_id, seq++, at, EVENT_SIGNAL_ON, s->signals[rng_below(&s->rng, (uint64_t)s->n_signals)], 0, NULL, member_id, err);
		else kind = event(db, s, call_id, seq++, at, EVENT_NOTE, 0, 0, "Просив передзвонити після обіду", member_id, err);
	}
	*ret_ended = at + 10 * MOMENT_SECOND;
	return kind ? kind : event(db, s, call_id, seq, *ret_ended, EVENT_ENDED, 0, OUTCOME_NEXT, NULL, member_id, err);
}

/* One client's deal with one to three conversations, of which the last may be still to come. */
static enum err talks_make(struct db *db, struct seed *s, struct arena *arena, int64_t client_id, struct error *err)
{
	int64_t owner_id = s->members[rng_below(&s->rng, MANAGERS)], deal_id;
	bool planned = !rng_below(&s->rng, 20);
	enum err kind = deal_make(db, s, arena, client_id, owner_id, !planned && rng_below(&s->rng, 2), &deal_id, err);
	int n = (int)rng_between(&s->rng, 1, 3);
	int64_t at = s->now - rng_between(&s->rng, 3, 90) * MOMENT_DAY;
	for (int i = 0; !kind && i < n; i++, at += rng_between(&s->rng, 1, 3) * MOMENT_HOUR) {
		int64_t ended, call_id = id_new(at);
		struct call_plan plan = {call_id, client_id, deal_id, owner_id, at, "Розповісти про умови"};
		s->made_calls++;
		if ((kind = call_insert(db, s->who.team_id, &plan, err)) || (kind = events_make(db, s, call_id, at, owner_id, &ended, err))) break;
		struct call_derived derived = {at, ended, rng_below(&s->rng, 2) ? "sale" : "negotiation", "next", "", "Надіслати розрахунок"};
		kind = call_derive(db, s->who.team_id, call_id, &derived, err);
	}
	if (kind || !planned) return kind;
	int64_t soon = s->now + rng_between(&s->rng, -2, 20) * MOMENT_DAY / 2;
	struct call_plan plan = {id_new(s->now), client_id, deal_id, owner_id, soon, "Почути рішення"};
	s->made_calls++;
	return call_insert(db, s->who.team_id, &plan, err);
}

static enum err batch(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	struct arena *arena = arena_new(256 << 20);
	enum err kind = ERR_NONE;
	for (int i = 0; !kind && i < BATCH && s->made_clients < s->clients; i++, s->made_clients++) kind = client_make(db, s, arena, s->made_clients, err);
	for (int i = 0; !kind && i < BATCH / 20 && s->made_clients == s->clients && s->made_events < s->events; i++)
		kind = talks_make(db, s, arena, s->client[rng_below(&s->rng, (uint64_t)s->clients)], err);
	arena_free(arena);
	return kind;
}

static int64_t option(int argc, char **argv, const char *name, int64_t otherwise)
{
	for (int i = 2; i + 1 < argc; i += 2)
		if (!strcmp(argv[i], name) && parse_int(argv[i + 1], &otherwise) && otherwise >= 0) break;
	return otherwise;
}

int main(int argc, char **argv)
{
	struct error error;
	static struct seed s;
	if (argc < 2 || !access(argv[1], F_OK)) {
		fprintf(stderr, "usage: bench_seed NEW-FILE [--clients N] [--events N]\n");
		return 2;
	}
	s.clients = option(argc, argv, "--clients", 100000);
	s.events = option(argc, argv, "--events", 1000000);
	s.now = moment_now();
	s.client = calloc((size_t)s.clients + 1, sizeof *s.client);
	secret_init();
	rng_init(&s.rng, 42);
	if (store_open(argv[1], &error, &s.store)) die("open", &error);
	if (store_write(s.store, company_make, &s, &error)) die("company", &error);
	while (s.made_clients < s.clients || (s.clients && s.made_events < s.events))
		if (store_write(s.store, batch, &s, &error)) die("batch", &error);
	store_close(s.store);
	printf("{\"clients\": %lld, \"deals\": %lld, \"calls\": %lld, \"events\": %lld, \"sessions\": [", (long long)s.made_clients, (long long)s.made_deals,
	       (long long)s.made_calls, (long long)s.made_events);
	for (int i = 0; i <= MANAGERS; i++) printf("%s\"%s\"", i ? ", " : "", s.tokens[i]);
	printf("]}\n");
	free(s.client);
	return 0;
}
