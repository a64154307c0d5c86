/* Idmap: ids → the numbers 0, 1, 2, … in the order in which they come. For work on records by dense arrays.
 *
 * Invariant: at most half of the slots are taken; ids[n] is the id of number n. Cost: O(1) a call on the average. Its own memory: idmap_done. */
#ifndef STURGEON_BASE_IDMAP_H
#define STURGEON_BASE_IDMAP_H

#include <stdbool.h>
#include <stdint.h>

#define IDMAP_NONE UINT32_MAX

struct idmap {
	int64_t *ids;
	uint32_t *slots;        /* number + 1; 0: free */
	uint32_t n, room;       /* slots: twice the room */
};

void idmap_init(struct idmap *map);
void idmap_done(struct idmap *map);
uint32_t idmap_find(const struct idmap *map, int64_t id);               /* IDMAP_NONE where it is not there */
uint32_t idmap_add(struct idmap *map, int64_t id, bool *ret_new);       /* its number; ret_new may be NULL */

#endif
