/* Keymap: texts → numbers, in an arena. For work that meets the same names again and again (a table being read).
 *
 * Invariant: at most half of the slots are taken. Keys are copied. Cost: O(1) a call on the average; never shrinks. */
#ifndef STURGEON_BASE_KEYMAP_H
#define STURGEON_BASE_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct keymap_slot {
	const char *key; /* NULL: free */
	int64_t value;
};

struct keymap {
	struct arena *arena;
	struct keymap_slot *slots;
	size_t size, used;
};

void keymap_init(struct keymap *map, struct arena *arena);
bool keymap_get(const struct keymap *map, const char *key, int64_t *ret_value);
void keymap_put(struct keymap *map, const char *key, int64_t value); /* replaces what was there */

#endif
