#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct closer {
	struct closer *next;
	void (*close)(void *);
	void *thing;
};

struct arena {
	struct block *blocks; /* newest first; only the first is bumped */
	struct closer *closers;
	size_t used, cap;
};

struct arena *arena_new(size_t cap_bytes)
{
	struct arena *arena = calloc(1, sizeof *arena);
	if (!arena) abort();
	arena->cap = cap_bytes;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena) return;
	for (struct closer *c = arena->closers; c; c = c->next) c->close(c->thing);
	for (struct block *b = arena->blocks, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	free(arena);
}

static struct block *block_add(struct arena *arena, size_t need)
{
	size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
	struct block *b = calloc(1, sizeof *b + size);
	if (!b) abort();
	b->size = size;
	if (need > BLOCK_BYTES && arena->blocks) { /* a large one goes second, so that the small ones keep their block */
		b->next = arena->blocks->next;
		arena->blocks->next = b;
	} else {
		b->next = arena->blocks;
		arena->blocks = b;
	}
	return b;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	const size_t unit = alignof(max_align_t);
	if (bytes > arena->cap - arena->used) BUG("arena cap of %zu bytes passed (asked %zu)", arena->cap, bytes);
	size_t need = (bytes + unit - 1) / unit * unit;
	if (!need) need = unit;
	struct block *b = arena->blocks;
	if (!b || b->size - b->used < need) b = block_add(arena, need);
	void *at = b->bytes + b->used;
	b->used += need;
	arena->used += bytes;
	return at;
}

char *arena_strndup(struct arena *arena, const char *text, size_t bytes)
{
	char *copy = arena_alloc(arena, bytes + 1);
	memcpy(copy, text, bytes);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0) BUG("bad format %s", format);
	char *text = arena_alloc(arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_defer(struct arena *arena, void (*close)(void *), void *thing)
{
	struct closer *c = ARENA_NEW(arena, struct closer);
	*c = (struct closer){arena->closers, close, thing};
	arena->closers = c;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
