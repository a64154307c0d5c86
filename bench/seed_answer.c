/* A data file with many conversations that ended, and their facts, for whoever measures the company's answer.
 *
 *   build/bench/bench_seed FILE --clients 1000 --events 10 && build/bench/bench_seed_answer FILE [CALLS]
 *
 * Conversations over two years, three a deal; facts are drawn, not derived: what is measured is counting them. Items are those of the starting content. */
#include <string.h>

#include "app/use.h"
#include "base/id.h"
#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "store/store.h"

enum { BATCH = 5000, ITEMS = 200, PEOPLE = 20, EACH = 3 };

struct seed {
	struct rng rng;
	int64_t now, calls, made, team_id;
	int64_t items[ITEMS], members[PEOPLE], products[PEOPLE], client_id;
	int n_items, n_members, n_products;
};

static enum err column(struct db *db, const char *sql, int64_t *list, int most, int *ret_n, struct error *err)
{
	struct rows *rows = db_query(db, sql, "");
	while (*ret_n < most && rows_next(rows)) list[(*ret_n)++] = rows_int(rows, 0);
	return rows_done(rows, err);
}

static enum err begin(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	enum err kind = db_query_int(db, err, 0, &s->team_id, "SELECT min(team_id) FROM team", "");
	if (!kind) kind = db_query_int(db, err, 0, &s->client_id, "SELECT min(client_id) FROM client WHERE segment = 'b2b'", "");
	if (!kind) kind = column(db, "SELECT item_id FROM item WHERE kind IN ('objection', 'interest')", s->items, ITEMS, &s->n_items, err);
	if (!kind) kind = column(db, "SELECT member_id FROM member", s->members, PEOPLE, &s->n_members, err);
	if (!kind) kind = column(db, "SELECT product_id FROM product", s->products, PEOPLE, &s->n_products, err);
	if (!kind) kind = db_exec(db, err, "INSERT INTO call_fact_state (team_id, run, seen) VALUES ($1, $2, 1) ON CONFLICT (team_id) DO UPDATE SET run = excluded.run", "ii", s->team_id, s->now);
	return kind;
}

static const char *pick(struct seed *s, const char *const *words, int n)
{
	return words[rng_below(&s->rng, (uint64_t)n)];
}

static enum err call_make(struct db *db, struct seed *s, struct arena *arena, int64_t deal_id, int number, int64_t at, int64_t member, int64_t product, const char *segment, struct error *err)
{
	static const char *const modes[] = {"sale", "negotiation"}, *const steps[] = {"contact", "motives", "presentation", "objections", "closing", "closing"}, *const outcomes[] = {"won", "lost", "next", "next"};
	int64_t call_id = id_new(at), price = rng_below(&s->rng, 6) ? -1 : (int64_t)rng_below(&s->rng, 2), left = rng_below(&s->rng, 8) ? -1 : rng_between(&s->rng, 0, 900000);
	const char *mode = modes[number > 1 ? rng_below(&s->rng, 2) : 0], *outcome = pick(s, outcomes, 4), *found = "";
	for (int i = (int)rng_below(&s->rng, 5); i > 0; i--) found = arena_printf(arena, "%s%s%lld", found, *found ? " " : "", (long long)s->items[rng_below(&s->rng, (uint64_t)s->n_items)]);
	enum err kind = db_exec(db, err, "INSERT INTO call (team_id, call_id, client_id, deal_id, owner_id, number, planned_at, began_at, ended_at, mode, outcome) "
				"VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)", "iiiiiiiitt", s->team_id, call_id, s->client_id, deal_id, member, (int64_t)number, at, at + MOMENT_MINUTE, mode, outcome);
	if (kind) return kind;
	return db_exec(db, err, "INSERT INTO call_fact (team_id, call_id, deal_id, ended_at, member_id, segment, product_id, number, mode, advised, outcome, step, price_first, gifts, left_minor, room_minor, "
		       "motives, found, seen) VALUES ($1, $2, $3, $4, $5, $6, nullif($7, 0), $8, $9, $10, $11, $12, nullif($13, -1), 0, nullif($14, -1), 1000000, $15, $16, 1)", "iiiiitiittttiiit",
		       s->team_id, call_id, deal_id, at + MOMENT_MINUTE, member, segment, product, (int64_t)number, mode, modes[rng_below(&s->rng, 2)], outcome, pick(s, steps, 6), price, left,
		       (int64_t)rng_below(&s->rng, 16), found);
}

static enum err batch(struct db *db, void *arg, struct error *err)
{
	struct seed *s = arg;
	struct arena *arena = arena_new(64 << 20);
	enum err kind = ERR_NONE;
	for (int i = 0; !kind && i < BATCH && s->made < s->calls; i += EACH) {
		int64_t at = s->now - rng_between(&s->rng, 1, 730 * 24) * MOMENT_HOUR, deal_id = id_new(at), member = s->members[rng_below(&s->rng, (uint64_t)s->n_members)];
		int64_t product = s->n_products ? s->products[rng_below(&s->rng, (uint64_t)s->n_products)] : 0;
		const char *segment = rng_below(&s->rng, 2) ? "b2b" : "b2c";
		kind = db_exec(db, err, "INSERT INTO deal (team_id, deal_id, client_id, owner_id, stage, created_at, changed_at) VALUES ($1, $2, $3, $4, 'contact', $5, $5)", "iiiii", s->team_id, deal_id,
			       s->client_id, member, at);
		for (int n = 1; !kind && n <= EACH && s->made < s->calls; n++, s->made++) kind = call_make(db, s, arena, deal_id, n, at + n * MOMENT_MINUTE, member, product, segment, err);
	}
	arena_free(arena);
	return kind;
}

int main(int argc, char **argv)
{
	static struct seed s = {.calls = 100000};
	struct error error;
	struct store *store;
	if (argc < 2 || (argc > 2 && !parse_int(argv[2], &s.calls))) {
		fprintf(stderr, "usage: bench_seed_answer FILE [CALLS]\n");
		return 2;
	}
	rng_init(&s.rng, 42);
	s.now = moment_now();
	enum err kind = store_open(argv[1], &error, &store);
	if (!kind) kind = store_write(store, begin, &s, &error);
	while (!kind && s.made < s.calls) kind = store_write(store, batch, &s, &error);
	if (kind) {
		fprintf(stderr, "bench_seed_answer: %s\n", error.text);
		return 1;
	}
	store_close(store);
	fprintf(stderr, "%lld conversations\n", (long long)s.made);
	return 0;
}
