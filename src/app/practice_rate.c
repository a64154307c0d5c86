#include "app/practice_rate.h"

#include "app/practice_file.h"
#include "base/err.h"
#include "core/trainer/drill.h"

enum { MEMORY = 256 << 20 };
#define START INT64_C(1700000000000000) /* any moment will do: only differences count */

struct share practice_rate(const char *scenario, enum call_mode mode, uint64_t first, int n)
{
	struct arena *kept = arena_new(MEMORY);
	const struct practice_file *file = practice_file_load(kept, scenario);
	struct practice *practice = ARENA_NEW(kept, struct practice);
	int won = 0;
	MUST(file);
	for (int i = 0; i < n; i++) {
		struct arena *arena = arena_new(MEMORY);
		practice_make(practice, &file->scenario, &file->book, first + (uint64_t)i, arena);
		won += drill_run(practice, mode, START, arena, NULL, NULL);
		arena_free(arena);
	}
	arena_free(kept);
	return share_of(won, n);
}
