#include "app/fact_shelf.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/idmap.h"
#include "core/playbook/playbook_word.h"
#include "store/answer_store.h"

struct fact_shelf {
	int64_t team_id, run, seen;
	struct fact_set facts;
	uint32_t room, found_n, found_room;
	struct idmap calls, managers, products, finds;
	uint32_t *where, where_room;    /* by the number of a call: its place in facts.list */
	bool sorted, own;               /* own: of one opening alone, not in the house */
	struct fact_shelf *next;
};

static struct {
	pthread_rwlock_t lock;
	char *path;                     /* of the data file that this is about */
	struct fact_shelf *shelves;
} house = {.lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP};

static void empty(struct fact_shelf *s)
{
	free(s->facts.list);
	free(s->facts.found);
	free(s->where);
	idmap_done(&s->calls);
	idmap_done(&s->managers);
	idmap_done(&s->products);
	idmap_done(&s->finds);
	*s = (struct fact_shelf){.team_id = s->team_id, .next = s->next, .sorted = true};
	idmap_init(&s->calls);
	idmap_init(&s->managers);
	idmap_init(&s->products);
	idmap_init(&s->finds);
	idmap_add(&s->products, 0, NULL); /* number 0: none is named */
}

static void drop(struct fact_shelf *s)
{
	empty(s);
	idmap_done(&s->calls);
	idmap_done(&s->managers);
	idmap_done(&s->products);
	idmap_done(&s->finds);
	free(s);
}

static void forget(void)
{
	while (house.shelves) {
		struct fact_shelf *s = house.shelves;
		house.shelves = s->next;
		drop(s);
	}
	free(house.path);
	house.path = NULL;
}

static struct fact_shelf *find(const char *path, int64_t team_id)
{
	if (!house.path || strcmp(house.path, path)) return NULL;
	struct fact_shelf *s = house.shelves;
	while (s && s->team_id != team_id) s = s->next;
	return s;
}

static void *larger(void *list, uint32_t *room, uint32_t n, size_t size)
{
	if (n < *room) return list;
	*room = n < 512 ? 1024 : n * 2;
	list = reallocarray(list, *room, size);
	if (!list) abort();
	return list;
}

static void found_read(struct fact_shelf *s, const char *text, struct fact *fact)
{
	fact->found_from = s->found_n;
	for (char *end; text && *text; text = end) {
		int64_t id = strtoll(text, &end, 10);
		if (end == text) break;
		s->facts.found = larger(s->facts.found, &s->found_room, s->found_n, sizeof *s->facts.found);
		s->facts.found[s->found_n++] = idmap_add(&s->finds, id, NULL);
	}
	fact->n_found = s->found_n - fact->found_from;
}

static uint8_t word(enum word_of of, const char *text)
{
	int value = 0;
	playbook_value(of, text, &value);
	return (uint8_t)value;
}

static int64_t amount(struct rows *rows, int column)
{
	return rows_null(rows, column) ? FACT_NONE : rows_int(rows, column);
}

static void take(struct fact_shelf *s, struct rows *rows)
{
	bool is_new;
	uint32_t call = idmap_add(&s->calls, rows_int(rows, 0), &is_new);
	struct fact fact = {
		.call_id = rows_int(rows, 0), .deal_id = rows_int(rows, 1), .ended_at = rows_int(rows, 2), .manager = idmap_add(&s->managers, rows_int(rows, 3), NULL),
		.product = idmap_add(&s->products, rows_int(rows, 4), NULL), .number = (int32_t)rows_int(rows, 5), .left_minor = amount(rows, 6), .room_minor = amount(rows, 7),
		.b2b = !strcmp(rows_text(rows, 8), "b2b"), .mode = word(WORD_MODE, rows_text(rows, 9)), .advised = rows_null(rows, 10) ? 0 : (uint8_t)(1 + word(WORD_MODE, rows_text(rows, 10))),
		.outcome = word(WORD_OUTCOME, rows_text(rows, 11)), .step = word(WORD_STEP, rows_text(rows, 12)), .price_first = rows_null(rows, 13) ? 0 : (uint8_t)(1 + rows_int(rows, 13)),
		.motives = (uint8_t)rows_int(rows, 14), .gifts = rows_int(rows, 15) > UINT8_MAX ? UINT8_MAX : (uint8_t)rows_int(rows, 15),
	};
	found_read(s, rows_text(rows, 16), &fact);
	s->where = larger(s->where, &s->where_room, call, sizeof *s->where);
	if (is_new) {
		s->facts.list = larger(s->facts.list, &s->room, s->facts.n, sizeof *s->facts.list);
		s->where[call] = s->facts.n++;
	}
	uint32_t at = s->where[call];
	if (at > 0 && s->facts.list[at - 1].ended_at > fact.ended_at) s->sorted = false;
	if (!is_new && s->facts.list[at].ended_at != fact.ended_at) s->sorted = false;
	s->facts.list[at] = fact;
}

static int by_end(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;
	if (x->ended_at != y->ended_at) return x->ended_at < y->ended_at ? -1 : 1;
	return x->call_id < y->call_id ? -1 : x->call_id > y->call_id;
}

static void settle(struct fact_shelf *s)
{
	if (!s->sorted) {
		qsort(s->facts.list, s->facts.n, sizeof *s->facts.list, by_end);
		for (uint32_t i = 0; i < s->facts.n; i++) s->where[idmap_find(&s->calls, s->facts.list[i].call_id)] = i;
	}
	s->sorted = true;
	s->facts.managers = s->managers.ids;
	s->facts.products = s->products.ids;
	s->facts.finds = s->finds.ids;
	s->facts.n_managers = s->managers.n;
	s->facts.n_products = s->products.n;
	s->facts.n_finds = s->finds.n;
}

static struct fact_shelf *made(int64_t team_id)
{
	struct fact_shelf *s = calloc(1, sizeof *s);
	if (!s) abort();
	s->team_id = team_id;
	empty(s);
	return s;
}

/* What was written since is taken in. */
static enum err fill(struct db *db, struct fact_shelf *s, struct error *err)
{
	struct rows *rows = fact_rows(db, s->team_id, s->seen);
	while (rows_next(rows)) take(s, rows);
	enum err kind = rows_done(rows, err);
	settle(s);
	return kind;
}

/* With the lock held for writing. */
static enum err follow(struct db *db, int64_t team_id, int64_t run, int64_t seen, struct error *err)
{
	const char *path = db_path(db);
	struct fact_shelf *s = find(path, team_id);
	if (s && (s->run > run || (s->run == run && s->seen >= seen))) return ERR_NONE;
	if (!house.path || strcmp(house.path, path)) {
		forget();
		if (!(house.path = strdup(path))) abort();
	}
	if (!s) {
		s = made(team_id);
		s->next = house.shelves;
		house.shelves = s;
	}
	if (s->run != run) empty(s);
	enum err kind = fill(db, s, err);
	if (kind) {
		empty(s);
		return kind;
	}
	s->run = run;
	s->seen = seen;
	return ERR_NONE;
}

/* On the connection that writes: what it sees may never be committed, and the numbers of who looks would then be given again. Nobody else sees this one. */
static enum err open_own(struct db *db, int64_t team_id, const struct fact_shelf **ret_shelf, struct error *err)
{
	struct fact_shelf *s = made(team_id);
	enum err kind = fill(db, s, err);
	if (kind) {
		drop(s);
		return kind;
	}
	s->own = true;
	*ret_shelf = s;
	return ERR_NONE;
}

enum err fact_shelf_open(struct db *db, int64_t team_id, const struct fact_shelf **ret_shelf, struct error *err)
{
	int64_t run, seen;
	*ret_shelf = NULL;
	if (db_writes(db)) return open_own(db, team_id, ret_shelf, err);
	enum err kind = fact_state(db, team_id, &run, &seen, err);
	while (!kind) {
		pthread_rwlock_rdlock(&house.lock);
		const struct fact_shelf *s = find(db_path(db), team_id);
		if (s && (s->run > run || (s->run == run && s->seen >= seen))) {
			*ret_shelf = s;
			return ERR_NONE; /* the lock is held until it is closed */
		}
		pthread_rwlock_unlock(&house.lock);
		pthread_rwlock_wrlock(&house.lock);
		kind = follow(db, team_id, run, seen, err);
		pthread_rwlock_unlock(&house.lock);
	}
	return kind;
}

void fact_shelf_close(const struct fact_shelf *shelf)
{
	if (shelf->own) drop((struct fact_shelf *)(uintptr_t)shelf);
	else pthread_rwlock_unlock(&house.lock);
}

const struct fact_set *fact_shelf_facts(const struct fact_shelf *shelf)
{
	return &shelf->facts;
}

static int64_t number(const struct idmap *map, int64_t id)
{
	uint32_t n = idmap_find(map, id);
	return n == IDMAP_NONE ? (int64_t)map->n : (int64_t)n;
}

int64_t fact_shelf_manager(const struct fact_shelf *shelf, int64_t member_id)
{
	return number(&shelf->managers, member_id);
}

int64_t fact_shelf_product(const struct fact_shelf *shelf, int64_t product_id)
{
	return number(&shelf->products, product_id);
}

int64_t fact_shelf_find(const struct fact_shelf *shelf, int64_t item_id)
{
	return number(&shelf->finds, item_id);
}
