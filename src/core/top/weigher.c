/* Two open-addressing tables with linear probing, whose index is the upper bits of a mixed key: so they grow by one pass in order, and a probe seldom leaves its
 * line of memory. The votes of a pair that are still in the window are a ring of nodes: tail.next is the oldest.
 *
 * Invariant: at most two slots of three are taken; key 0 is a free slot. */
#include "core/top/weigher.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "core/top/vote_weight.h"

enum { FIRST_BITS = 10 };

struct weigher_pair {
	uint64_t key;
	uint32_t tail, n; /* n votes in the window when last met; tail means nothing where n = 0 */
};

struct weigher_node {
	int64_t at;
	uint32_t next;
};

struct weigher {
	uint64_t *seen;
	struct weigher_pair *pairs;
	struct weigher_node *nodes;
	size_t seen_used, pairs_used, nodes_used, nodes_room;
	int seen_bits, pairs_bits;
	uint32_t spare;      /* freed nodes, by next */
	uint32_t spares;
};

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

static uint64_t key_of(uint32_t voter, uint32_t other)
{
	return ((uint64_t)voter << 32 | other) + 1;
}

/* Where a key belongs in a table of 2^bits slots. (The multipliers are those of the finaliser of MurmurHash3, Appleby.) */
static size_t home(uint64_t key, int bits)
{
	key ^= key >> 33;
	key *= UINT64_C(0xff51afd7ed558ccd);
	key ^= key >> 33;
	key *= UINT64_C(0xc4ceb9fe1a85ec53);
	return (size_t)(key >> (64 - bits));
}

struct weigher *weigher_new(void)
{
	struct weigher *w = must(calloc(1, sizeof *w));
	w->seen_bits = w->pairs_bits = FIRST_BITS;
	w->seen = must(calloc((size_t)1 << FIRST_BITS, sizeof *w->seen));
	w->pairs = must(calloc((size_t)1 << FIRST_BITS, sizeof *w->pairs));
	return w;
}

void weigher_free(struct weigher *weigher)
{
	if (!weigher) return;
	free(weigher->seen);
	free(weigher->pairs);
	free(weigher->nodes);
	free(weigher);
}

static uint64_t *seen_slot(uint64_t *seen, int bits, uint64_t key)
{
	size_t mask = ((size_t)1 << bits) - 1, i = home(key, bits);
	while (seen[i] && seen[i] != key) i = (i + 1) & mask;
	return &seen[i];
}

static struct weigher_pair *pair_slot(struct weigher_pair *pairs, int bits, uint64_t key)
{
	size_t mask = ((size_t)1 << bits) - 1, i = home(key, bits);
	while (pairs[i].key && pairs[i].key != key) i = (i + 1) & mask;
	return &pairs[i];
}

static bool full(size_t used, int bits)
{
	return used * 3 > ((size_t)2 << bits);
}

static bool seen_before(struct weigher *w, uint64_t key)
{
	uint64_t *slot = seen_slot(w->seen, w->seen_bits, key);
	if (*slot) return true;
	*slot = key;
	if (!full(++w->seen_used, w->seen_bits)) return false;
	uint64_t *more = must(calloc((size_t)2 << w->seen_bits, sizeof *more));
	for (size_t i = 0; i < (size_t)1 << w->seen_bits; i++)
		if (w->seen[i]) *seen_slot(more, w->seen_bits + 1, w->seen[i]) = w->seen[i];
	free(w->seen);
	w->seen = more;
	w->seen_bits++;
	return false;
}

static struct weigher_pair *pair_of(struct weigher *w, uint64_t key)
{
	struct weigher_pair *slot = pair_slot(w->pairs, w->pairs_bits, key);
	if (slot->key) return slot;
	if (full(w->pairs_used + 1, w->pairs_bits)) {
		struct weigher_pair *more = must(calloc((size_t)2 << w->pairs_bits, sizeof *more));
		for (size_t i = 0; i < (size_t)1 << w->pairs_bits; i++)
			if (w->pairs[i].key) *pair_slot(more, w->pairs_bits + 1, w->pairs[i].key) = w->pairs[i];
		free(w->pairs);
		w->pairs = more;
		w->pairs_bits++;
		slot = pair_slot(w->pairs, w->pairs_bits, key);
	}
	w->pairs_used++;
	slot->key = key;
	return slot;
}

static uint32_t node_take(struct weigher *w)
{
	if (w->spares) {
		uint32_t taken = w->spare;
		w->spare = w->nodes[taken].next;
		w->spares--;
		return taken;
	}
	if (w->nodes_used == w->nodes_room) {
		w->nodes_room += w->nodes_room / 2 + 256;
		w->nodes = must(reallocarray(w->nodes, w->nodes_room, sizeof *w->nodes));
	}
	if (w->nodes_used == UINT32_MAX) abort();
	return (uint32_t)w->nodes_used++;
}

/* Those that are out of the window. */
static void pair_forget(struct weigher *w, struct weigher_pair *pair, int64_t at)
{
	while (pair->n) {
		uint32_t oldest = w->nodes[pair->tail].next;
		if (w->nodes[oldest].at >= at - VOTE_WINDOW) return;
		w->nodes[pair->tail].next = w->nodes[oldest].next;
		w->nodes[oldest].next = w->spare;
		w->spare = oldest;
		w->spares++;
		pair->n--;
	}
}

int weigher_vote(struct weigher *w, uint32_t voter, uint32_t post, uint32_t author, int64_t at)
{
	if (seen_before(w, key_of(voter, post))) return WEIGHER_AGAIN;
	if (voter == author) return WEIGHER_OWN;
	struct weigher_pair *pair = pair_of(w, key_of(voter, author));
	pair_forget(w, pair, at);
	uint32_t node = node_take(w);
	w->nodes[node].at = at;
	if (pair->n) {
		w->nodes[node].next = w->nodes[pair->tail].next;
		w->nodes[pair->tail].next = node;
	} else {
		w->nodes[node].next = node;
	}
	pair->tail = node;
	return pair->n == INT_MAX ? INT_MAX : (int)++pair->n;
}

void weigher_expect(const struct weigher *w, uint32_t voter, uint32_t post, uint32_t author)
{
	__builtin_prefetch(&w->seen[home(key_of(voter, post), w->seen_bits)], 1);
	__builtin_prefetch(&w->pairs[home(key_of(voter, author), w->pairs_bits)], 1);
}
