#include "exchange/allow_pool.h"

#include <stdlib.h>

enum { BLOCK = 256 << 10 };

struct allow_block {
	struct allow_block *before;
	size_t used, size;
	_Alignas(16) char bytes[];
};

void *allow_pool_take(void *data, size_t bytes)
{
	struct allow_pool *pool = data;
	bytes = (bytes + 15) & ~(size_t)15;
	if (bytes > pool->most - pool->taken) longjmp(pool->full, 1);
	pool->taken += bytes;
	struct allow_block *block = pool->block;
	if (!block || bytes > block->size - block->used) {
		size_t size = bytes > BLOCK ? bytes : BLOCK;
		block = malloc(sizeof *block + size);
		if (!block) abort();
		*block = (struct allow_block){.before = pool->block, .size = size};
		pool->block = block;
	}
	void *at = block->bytes + block->used;
	block->used += bytes;
	return at;
}

void allow_pool_leave(void *pool, void *bytes)
{
	(void)pool;
	(void)bytes;
}

void allow_pool_done(struct allow_pool *pool)
{
	for (struct allow_block *block = pool->block; block;) {
		struct allow_block *before = block->before;
		free(block);
		block = before;
	}
	pool->block = NULL;
}
