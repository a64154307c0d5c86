#include "app/call_order.h"

#include <stdlib.h>

#include "core/playbook/prove.h"

enum { STEP = 1000 }; /* between two places of the playbook: room for cards */

struct thing {
	struct playbook_item *item;
	double draw;
	int place;            /* index into places; −1: it stands where the playbook has it */
	int64_t top;          /* of others' cards: the position; 0: not in it */
	bool card, own, named, heard, dropped;
};

struct place {
	const struct playbook_item *like;
	int n;
	int32_t *orders;      /* of the playbook's items in it, ascending */
	int n_orders;
};

struct sorting {
	struct arena *arena;
	struct thing *things;
	struct place *places;
	int n, n_places;
};

static int64_t whole(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static bool has_place(const struct thing *thing)
{
	switch (thing->item->kind) {
	case ITEM_OPENER: return thing->card || thing->item->order >= 0; /* before 0 stands the client's own crib */
	case ITEM_QUESTION:
	case ITEM_SPIN:
	case ITEM_ANSWER:
	case ITEM_POINT:
	case ITEM_CONCESSION: return true;
	default: return false;
	}
}

/* How alike two places are: 2 the same, 1 near, 0 not at all. */
static int alike(const struct playbook_item *a, const struct playbook_item *b)
{
	if (a->kind != b->kind) return 0;
	switch (a->kind) {
	case ITEM_OPENER: return a->opener == b->opener ? 2 : 0;
	case ITEM_QUESTION: return a->level != b->level ? 0 : a->motives == b->motives ? 2 : 1;
	case ITEM_SPIN: return a->level == b->level && a->objection == b->objection ? 2 : 0;
	case ITEM_ANSWER: return a->objection == b->objection ? 2 : 0;
	case ITEM_POINT: return a->motives == b->motives ? 2 : (a->motives & b->motives) ? 1 : 0;
	default: return 2;
	}
}

static int place_of(struct sorting *s, const struct thing *thing)
{
	int near = -1;
	for (int i = 0; i < s->n_places; i++) {
		int how = alike(s->places[i].like, thing->item);
		if (how == 2) return i;
		if (how == 1 && near < 0) near = i;
	}
	if (near >= 0 && thing->card) return near;
	s->places[s->n_places] = (struct place){.like = thing->item};
	return s->n_places++;
}

static int by_order(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* The team's own by what was drawn, then those of others by the top. */
static int by_draw(const void *a, const void *b)
{
	const struct thing *x = *(const struct thing *const *)a, *y = *(const struct thing *const *)b;
	if (x->own != y->own) return x->own ? -1 : 1;
	if (!x->own && x->top != y->top) return (!x->top) - (!y->top) ? (!x->top) - (!y->top) : (x->top > y->top) - (x->top < y->top);
	if (x->draw != y->draw) return x->draw > y->draw ? -1 : 1;
	return (x->item->id > y->item->id) - (x->item->id < y->item->id);
}

static void place_sort(struct sorting *s, int place)
{
	struct place *p = &s->places[place];
	struct thing **sorted = ARENA_ARRAY(s->arena, struct thing *, p->n + 1);
	int n = 0, own = 0, others = 0, lines = 0, stand = 0;
	int32_t last = 0;
	for (int i = 0; i < s->n; i++)
		if (s->things[i].place == place) sorted[n++] = &s->things[i];
	qsort(sorted, (size_t)n, sizeof *sorted, by_draw);
	for (int i = 0; i < n; i++) {
		struct thing *thing = sorted[i];
		if (thing->card && !thing->named) thing->dropped = thing->own ? own >= ORDER_OWN_A_PLACE : others >= ORDER_OTHERS_A_PLACE;
		if (!thing->card && !thing->named && !thing->heard && thing->item->kind == ITEM_OPENER) thing->dropped = lines++ >= ORDER_OPENERS_A_PLACE;
		if (thing->dropped) continue;
		if (thing->card) *(thing->own ? &own : &others) += 1;
		if (stand < p->n_orders) last = p->orders[stand] * STEP;
		else last += 1;
		thing->item->order = last;
		stand++;
	}
}

/* A place is filled from its first: where cards come before the playbook's lines, these move down within it. */
static void orders_gather(struct sorting *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->things[i].place >= 0) s->places[s->things[i].place].n++;
	for (int i = 0; i < s->n_places; i++) s->places[i].orders = ARENA_ARRAY(s->arena, int32_t, s->places[i].n + 1);
	for (int i = 0; i < s->n; i++) {
		if (s->things[i].place < 0 || s->things[i].card) continue;
		struct place *p = &s->places[s->things[i].place];
		p->orders[p->n_orders++] = s->things[i].item->order;
	}
	for (int i = 0; i < s->n_places; i++) qsort(s->places[i].orders, (size_t)s->places[i].n_orders, sizeof(int32_t), by_order);
}

/* Those that came first in the sorting of all stay. */
static void most_keep(struct sorting *s)
{
	struct thing **cards = ARENA_ARRAY(s->arena, struct thing *, s->n + 1);
	int n = 0, own = 0, others = 0;
	for (int i = 0; i < s->n; i++)
		if (s->things[i].card && !s->things[i].dropped && !s->things[i].named) cards[n++] = &s->things[i];
	qsort(cards, (size_t)n, sizeof *cards, by_draw);
	for (int i = 0; i < n; i++) cards[i]->dropped = cards[i]->own ? own++ >= ORDER_OWN_MOST : others++ >= ORDER_OTHERS_MOST;
}

int call_order(struct arena *arena, struct playbook_item *items, json_t *words, int n, int64_t seed)
{
	struct sorting s = {arena, ARENA_ARRAY(arena, struct thing, n + 1), ARENA_ARRAY(arena, struct place, n + 1), n, 0};
	int left = 0;
	for (int i = 0; i < n; i++) {
		const json_t *word = json_array_get(words, (size_t)i);
		int64_t used = whole(word, "used"), worked = whole(word, "worked");
		bool card = json_object_get(word, "author") != NULL;
		s.things[i] = (struct thing){
			.item = &items[i], .draw = prove_draw((uint64_t)seed, items[i].id, worked < used ? worked : used, used), .place = -1, .top = whole(word, "top"), .card = card,
			.own = !card || whole(word, "own") != 0, .named = whole(word, "named") != 0, .heard = whole(word, "heard") != 0,
		};
	}
	for (int cards = 0; cards < 2 && seed; cards++) /* first the places that the playbook has */
		for (int i = 0; i < n; i++)
			if (s.things[i].card == (cards == 1) && has_place(&s.things[i])) s.things[i].place = place_of(&s, &s.things[i]);
	for (int i = 0; i < n; i++)
		if (s.things[i].place < 0) items[i].order *= STEP;
	orders_gather(&s);
	for (int i = 0; i < s.n_places; i++) place_sort(&s, i);
	most_keep(&s);
	for (int i = 0, at = 0; i < n; i++) {
		if (s.things[i].dropped) {
			json_array_remove(words, (size_t)at);
			continue;
		}
		items[left++] = items[i];
		at++;
	}
	return left;
}
