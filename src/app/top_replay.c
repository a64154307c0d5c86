#include "app/top_replay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/top/vote_weight.h"
#include "core/top/weigher.h"

enum { AHEAD = 24 };

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

static uint32_t row_at(const uint32_t *order, size_t i)
{
	return order ? order[i] : (uint32_t)i;
}

/* ---- What both end with ---- */

static void tenure_keep(struct top_replayed *ret, size_t number, const struct tenure *tenure)
{
	while (number >= ret->room) {
		size_t room = ret->room ? ret->room * 2 : 1 << 14;
		ret->tenures = must(reallocarray(ret->tenures, room, sizeof *ret->tenures));
		memset(ret->tenures + ret->room, 0, (room - ret->room) * sizeof *ret->tenures);
		ret->room = room;
	}
	ret->tenures[number] = *tenure;
	if (number >= ret->history.n) ret->history.n = number + 1;
}

/* Numbers that were never told (they lasted no time) leave holes. */
static void history_close(const struct top_table *table, const struct top_replay_options *options, struct top_replayed *ret)
{
	struct top_history *h = &ret->history;
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++)
		if (ret->tenures[i].position) ret->tenures[n++] = ret->tenures[i];
	*h = (struct top_history){
		.tenures = ret->tenures,
		.n = n,
		.posts = table->posts.n,
		.authors = table->people.n,
		.communities = table->communities.n,
		.post = table->posts.name,
		.author = table->people.name,
		.community = table->communities.name,
		.author_of = table->author_of,
		.community_of = table->communities.n ? table->community_of : NULL,
		.span = {options->from == INT64_MIN ? RATING_ALL_TIME : options->from, options->to == INT64_MAX ? ret->last : options->to},
		.iso = table->iso,
	};
}

void top_replayed_done(struct top_replayed *replayed)
{
	free(replayed->tenures);
	*replayed = (struct top_replayed){0};
}

/* ---- Replay ---- */

/* Pairs of voter and post that take something back: for each the rows that stand, last first. */
struct pairs {
	uint64_t *key;
	uint32_t *last;                 /* row + 1 */
	uint32_t mask, n;
};

static uint32_t pair_slot(const struct pairs *pairs, uint64_t key)
{
	uint32_t at = (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & pairs->mask;
	while (pairs->key[at] != UINT64_MAX && pairs->key[at] != key) at = (at + 1) & pairs->mask;
	return at;
}

static uint64_t pair_key(const struct top_table *table, uint32_t row)
{
	return (uint64_t)table->voter[row] << 32 | table->post[row];
}

/* Marks the rows that are as if they had never been: what was taken back, and what took it back. NULL where nothing takes back. */
static uint8_t *erased_find(const struct top_table *table, const uint32_t *order, int64_t *ret_ignored)
{
	if (!table->has_backs) return NULL;
	uint8_t *erased = must(calloc(table->n + 1, 1));
	uint32_t *before = must(calloc(table->n + 1, sizeof *before));
	struct pairs pairs = {.mask = 1023};
	size_t backs = 0;
	for (size_t i = 0; i < table->n; i++) backs += table->weight[i] < 0;
	while (pairs.mask < backs * 2) pairs.mask = pairs.mask * 2 + 1;
	pairs.key = must(malloc(((size_t)pairs.mask + 1) * sizeof *pairs.key));
	pairs.last = must(calloc((size_t)pairs.mask + 1, sizeof *pairs.last));
	memset(pairs.key, 0xff, ((size_t)pairs.mask + 1) * sizeof *pairs.key);
	for (size_t i = 0; i < table->n; i++)
		if (table->weight[i] < 0) pairs.key[pair_slot(&pairs, pair_key(table, (uint32_t)i))] = pair_key(table, (uint32_t)i);
	for (size_t i = 0; i < table->n; i++) {
		uint32_t row = row_at(order, i), slot = pair_slot(&pairs, pair_key(table, row));
		if (pairs.key[slot] == UINT64_MAX) continue;
		if (!(table->weight[row] < 0)) {
			before[row] = pairs.last[slot];
			pairs.last[slot] = row + 1;
			continue;
		}
		erased[row] = 1;
		if (!pairs.last[slot]) {
			++*ret_ignored;
			continue;
		}
		erased[pairs.last[slot] - 1] = 1;
		pairs.last[slot] = before[pairs.last[slot] - 1];
	}
	free(before);
	free(pairs.key);
	free(pairs.last);
	return erased;
}

/* At the end: what is held then is held still, so that it counts among those in the top now. */
struct ending {
	struct top_replayed *ret;
	bool ends;
	int n;
	uint32_t post[TOP_MOST];        /* who is in the top at the very end, by position, and since when */
	int64_t since[TOP_MOST];
	bool told[TOP_MOST];
};

static void told(void *arg, uint64_t number, const struct tenure *tenure)
{
	struct ending *ending = arg;
	struct tenure kept = *tenure;
	for (int i = 0; ending->ends && i < ending->n; i++) {
		if (ending->post[i] != kept.post) continue;
		ending->told[i] = true;
		kept.to = TENURE_OPEN;
	}
	tenure_keep(ending->ret, number, &kept);
}

static void end_at(struct top *top, struct ending *ending, int64_t to)
{
	top_until(top, to);
	ending->n = top_length(top);
	for (int i = 0; i < ending->n; i++) ending->post[i] = top_at(top, i + 1, &ending->since[i]);
	ending->ends = true;
	top_end(top, to);
	for (int i = 0; i < ending->n; i++) /* entered at the very end */
		if (!ending->told[i]) tenure_keep(ending->ret, ending->ret->history.n, &(struct tenure){to, TENURE_OPEN, ending->post[i], (uint16_t)(i + 1)});
}

/* When each post was published: as it says, otherwise with its first vote. */
static int64_t *published_find(const struct top_table *table, const uint32_t *order, const uint8_t *erased)
{
	int64_t *published = must(reallocarray(NULL, table->posts.n + 1, sizeof *published));
	memcpy(published, table->published, table->posts.n * sizeof *published);
	for (size_t i = 0; i < table->n; i++) {
		uint32_t row = row_at(order, i), post = table->post[row];
		if (published[post] == INT64_MAX && !(erased && erased[row])) published[post] = table->at[row];
	}
	return published;
}

/* Who wrote a post of which no author is told: nobody else. */
static uint32_t author_at(const struct top_table *table, uint32_t post)
{
	return table->author_of[post] == TOP_TABLE_NONE ? table->people.n + post : table->author_of[post];
}

static double weight_of(const struct top_table *table, struct weigher *weigher, uint32_t row, int64_t *ignored)
{
	bool said = table->has_weights && !isnan(table->weight[row]);
	if (said || !weigher) {
		if (weigher) weigher_vote(weigher, table->voter[row], table->post[row], author_at(table, table->post[row]), table->at[row]);
		return said ? table->weight[row] : 1;
	}
	int nth = weigher_vote(weigher, table->voter[row], table->post[row], author_at(table, table->post[row]), table->at[row]);
	if (nth == WEIGHER_AGAIN) ++*ignored;
	return nth > 0 ? vote_weight(false, nth, 1) : 0;
}

enum err top_replay(const struct top_table *table, const struct top_replay_options *options, struct top_replayed *ret, struct error *err)
{
	(void)err;
	*ret = (struct top_replayed){.last = INT64_MIN};
	uint32_t *order = top_table_order(table);
	uint8_t *erased = erased_find(table, order, &ret->ignored);
	int64_t *published = published_find(table, order, erased), *ids = top_table_ids(table);
	struct weigher *weigher = options->plain ? NULL : weigher_new();
	struct ending ending = {.ret = ret};
	struct top *top = top_new(&options->rules, told, &ending);
	if (table->has_weights && weigher) { /* where every row says its weight there is nothing to weigh */
		size_t silent = 0;
		while (silent < table->n && !isnan(table->weight[silent])) silent++;
		if (silent == table->n) {
			weigher_free(weigher);
			weigher = NULL;
		}
	}
	for (uint32_t post = 0; post < table->posts.n; post++)
		top_post(top, post, ids[post], published[post], table->community_of[post] == TOP_TABLE_NONE ? 0 : table->community_of[post] + 1, (struct heat){0});
	for (size_t i = 0; i < table->n; i++) {
		uint32_t row = row_at(order, i), post = table->post[row];
		int64_t at = table->at[row];
		if (i + AHEAD < table->n) {
			uint32_t soon = row_at(order, i + AHEAD);
			top_expect(top, table->post[soon]);
			if (weigher) weigher_expect(weigher, table->voter[soon], table->post[soon], author_at(table, table->post[soon]));
		}
		if (at > options->to) break;
		ret->last = at; /* also what is erased happened: the table goes on to its last row */
		if (erased && erased[row]) continue;
		double weight = weight_of(table, weigher, row, &ret->ignored);
		if (weight > 0) top_vote(top, post, at, weight);
	}
	if (ret->last != INT64_MIN) end_at(top, &ending, options->to == INT64_MAX ? ret->last : options->to);
	top_free(top);
	weigher_free(weigher);
	free(order);
	free(erased);
	free(published);
	free(ids);
	history_close(table, options, ret);
	return ERR_NONE;
}

/* ---- Observe ---- */

struct observing {
	const struct top_table *table;
	struct top_replayed *ret;
	const char **names;
	struct tenure *open;            /* by post: its tenure so far; position 0: none */
	uint32_t *seen;                 /* by post: the snapshot + 1 in which it was seen last */
	size_t begun;
};

static void part_add(struct observing *o, uint32_t post, uint16_t position, int64_t from, int64_t to)
{
	struct tenure *tenure = &o->open[post];
	if (tenure->position == position && tenure->to == from) {
		tenure->to = to;
		return;
	}
	if (tenure->position) tenure_keep(o->ret, o->begun++, tenure);
	*tenure = (struct tenure){from, to, post, position};
}

static int by_begin(const void *a, const void *b)
{
	const struct tenure *x = a, *y = b;
	if (x->from != y->from) return x->from < y->from ? -1 : 1;
	return (int)x->position - (int)y->position;
}

static enum err snapshot_take(struct observing *o, const uint32_t *order, size_t first, size_t end, uint32_t snapshot, int places, int64_t to, struct error *err)
{
	const struct top_table *t = o->table;
	uint32_t holder[TOP_MOST + 1] = {0};
	for (size_t i = first; i < end; i++) {
		uint32_t row = row_at(order, i), post = t->post[row];
		if (holder[t->position[row]] && t->post[holder[t->position[row]] - 1] == post) continue; /* the same row again */
		if (holder[t->position[row]])
			return err_set(err, ERR_SYNTAX, "line %u: position %u of this snapshot is held by post %.60s already", t->line[row], (unsigned)t->position[row],
				       t->posts.name[t->post[holder[t->position[row]] - 1]]);
		if (o->seen[post] == snapshot + 1) return err_set(err, ERR_SYNTAX, "line %u: post %.60s holds a position of this snapshot already", t->line[row], t->posts.name[post]);
		holder[t->position[row]] = row + 1;
		o->seen[post] = snapshot + 1;
		if (t->position[row] <= places) part_add(o, post, t->position[row], t->at[row], to);
	}
	return ERR_NONE;
}

enum err top_observe(const struct top_table *table, const struct top_replay_options *options, struct top_replayed *ret, struct error *err)
{
	*ret = (struct top_replayed){.last = INT64_MIN};
	uint32_t *order = top_table_order(table), snapshot = 0;
	struct observing o = {.table = table, .ret = ret, .open = must(calloc(table->posts.n + 1, sizeof *o.open)), .seen = must(calloc(table->posts.n + 1, sizeof *o.seen))};
	enum err kind = ERR_NONE;
	for (size_t i = 0, end; i < table->n && !kind; i = end, snapshot++) {
		/* The last: for no time; held still where the span ends with it. */
		int64_t at = table->at[row_at(order, i)], to = options->to == INT64_MAX || options->to <= at ? TENURE_OPEN : at;
		for (end = i; end < table->n && table->at[row_at(order, end)] == at;) end++;
		ret->last = at;
		if (end < table->n) {
			int64_t next = table->at[row_at(order, end)];
			to = next - at > options->gap_us ? at + options->gap_us : next;
		}
		kind = snapshot_take(&o, order, i, end, snapshot, options->rules.places, to, err);
	}
	for (uint32_t post = 0; post < table->posts.n && !kind; post++)
		if (o.open[post].position) tenure_keep(ret, o.begun++, &o.open[post]);
	if (!kind) {
		if (ret->history.n) qsort(ret->tenures, ret->history.n, sizeof *ret->tenures, by_begin);
		history_close(table, options, ret);
	}
	free(order);
	free(o.open);
	free(o.seen);
	if (kind) top_replayed_done(ret);
	return kind;
}
