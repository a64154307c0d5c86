/* Arena: memory that lives exactly as long as one piece of work (a request, a command).
 *
 * Invariant: everything allocated from an arena is valid until arena_free, and never after. The arena
 * never hands out more than its cap in all: passing the cap is a BUG, since every input has a maximum size of its
 * own that is checked first. Out of memory aborts. Not thread-safe: one arena belongs to one thread at a time.
 * Cost: a bump of a pointer; blocks of 16 KB and more are taken from malloc. */
#ifndef STURGEON_BASE_ARENA_H
#define STURGEON_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(size_t cap_bytes);
void arena_free(struct arena *arena); /* runs the deferred closers, last first; NULL is allowed */

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t bytes) __attribute__((returns_nonnull, malloc));
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

char *arena_strdup(struct arena *arena, const char *text); /* NULL stays NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t bytes);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

/* Calls close(thing) when the arena is freed. */
void arena_defer(struct arena *arena, void (*close)(void *), void *thing);

size_t arena_used(const struct arena *arena); /* bytes handed out so far */

#endif
