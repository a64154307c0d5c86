/* Allow_pool: gumbo's memory, freed all at once (its own freeing walks the tree by recursion, which a deep tree turns into a crash) and
 * limited: what would pass the limit jumps to `full`. Only allow.c uses it. */
#ifndef STURGEON_EXCHANGE_ALLOW_POOL_H
#define STURGEON_EXCHANGE_ALLOW_POOL_H

#include <setjmp.h>
#include <stddef.h>

struct allow_pool {
	jmp_buf full;
	struct allow_block *block;
	size_t taken, most;
};

void *allow_pool_take(void *pool, size_t bytes); /* as gumbo's allocator */
void allow_pool_leave(void *pool, void *bytes);  /* as its deallocator: does nothing */
void allow_pool_done(struct allow_pool *pool);

#endif
