/* Heap: malloc for the browser's engines, in a tenth of the bytes of libc's: sizes are rounded up to powers of two, what is freed is kept by its size and given again.
 * Nothing is ever given back to the browser; a page lives for as long as one looks at it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 6, CLASSES = 31, PAGE = 65536 }; /* 64 bytes … 1 GiB */

struct block {
	struct block *next;
	uint32_t class, unused; /* what is given begins on 16 bytes */
	uint32_t pad;
};
_Static_assert(sizeof(struct block) == 16, "what is given begins on 16 bytes");

extern unsigned char __heap_base;
static unsigned char *top;
static struct block *free_of[CLASSES];

static struct block *fresh(uint32_t class)
{
	uintptr_t size = (uintptr_t)1 << class, room = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
	if (!top) top = (unsigned char *)(((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15);
	uintptr_t end = (uintptr_t)top + size;
	if (end < (uintptr_t)top || (end > room && __builtin_wasm_memory_grow(0, (end - room + PAGE - 1) / PAGE) == (size_t)-1)) return NULL;
	struct block *block = (struct block *)top;
	top = (unsigned char *)end;
	block->class = class;
	return block;
}

void *malloc(size_t size)
{
	uint32_t class = LEAST;
	while (class < CLASSES && ((size_t)1 << class) < size + sizeof(struct block)) class++;
	if (class == CLASSES || size > (size_t)1 << (CLASSES - 1)) return NULL;
	struct block *block = free_of[class];
	if (block) free_of[class] = block->next;
	else block = fresh(class);
	return block ? block + 1 : NULL;
}

void free(void *given)
{
	if (!given) return;
	struct block *block = (struct block *)given - 1;
	block->next = free_of[block->class];
	free_of[block->class] = block;
}

void *calloc(size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) return NULL;
	void *given = malloc(n * size);
	if (given) memset(given, 0, n * size);
	return given;
}
