#include "base/idmap.h"

#include <stdlib.h>

enum { FIRST_ROOM = 256 };

void idmap_init(struct idmap *map)
{
	*map = (struct idmap){0};
}

void idmap_done(struct idmap *map)
{
	free(map->ids);
	free(map->slots);
	idmap_init(map);
}

/* The slot of an id, or the free one where it would stand. There is room. */
static uint32_t slot_of(const struct idmap *map, int64_t id)
{
	uint32_t mask = map->room * 2 - 1, at = (uint32_t)(((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;
	while (map->slots[at] && map->ids[map->slots[at] - 1] != id) at = (at + 1) & mask;
	return at;
}

static void widen(struct idmap *map)
{
	map->room = map->room ? map->room * 2 : FIRST_ROOM;
	map->ids = reallocarray(map->ids, map->room, sizeof *map->ids);
	free(map->slots);
	map->slots = calloc((size_t)map->room * 2, sizeof *map->slots);
	if (!map->ids || !map->slots) abort();
	for (uint32_t i = 0; i < map->n; i++) map->slots[slot_of(map, map->ids[i])] = i + 1;
}

uint32_t idmap_find(const struct idmap *map, int64_t id)
{
	return map->n ? map->slots[slot_of(map, id)] - 1 : IDMAP_NONE;
}

uint32_t idmap_add(struct idmap *map, int64_t id, bool *ret_new)
{
	if (map->n == map->room) widen(map);
	uint32_t at = slot_of(map, id);
	bool is_new = !map->slots[at];
	if (is_new) {
		map->ids[map->n] = id;
		map->slots[at] = ++map->n;
	}
	if (ret_new) *ret_new = is_new;
	return map->slots[at] - 1;
}
