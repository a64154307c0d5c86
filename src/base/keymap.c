#include "base/keymap.h"

#include <string.h>

static size_t hash(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (const unsigned char *p = (const unsigned char *)key; *p; p++) h = (h ^ *p) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* The key's slot, or the free one where it would stand. */
static struct keymap_slot *slot(const struct keymap *map, const char *key)
{
	size_t at = hash(key) & (map->size - 1);
	while (map->slots[at].key && strcmp(map->slots[at].key, key)) at = (at + 1) & (map->size - 1);
	return &map->slots[at];
}

void keymap_init(struct keymap *map, struct arena *arena)
{
	*map = (struct keymap){arena, ARENA_ARRAY(arena, struct keymap_slot, 64), 64, 0};
}

bool keymap_get(const struct keymap *map, const char *key, int64_t *ret_value)
{
	const struct keymap_slot *found = slot(map, key);
	if (found->key) *ret_value = found->value;
	return found->key != NULL;
}

static void grow(struct keymap *map)
{
	struct keymap old = *map;
	map->size *= 4; /* what is left behind in the arena adds up to a third of what is in use */
	map->slots = ARENA_ARRAY(map->arena, struct keymap_slot, map->size);
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].key) *slot(map, old.slots[i].key) = old.slots[i];
}

void keymap_put(struct keymap *map, const char *key, int64_t value)
{
	if (map->used * 2 >= map->size) grow(map);
	struct keymap_slot *found = slot(map, key);
	if (!found->key) {
		found->key = arena_strdup(map->arena, key);
		map->used++;
	}
	found->value = value;
}
