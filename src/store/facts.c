#include "store/facts.h"

#include <string.h>

void facts_read(struct rows *rows, int column, struct arena *arena, struct facts *facts)
{
	facts->b2b = !strcmp(rows_text(rows, column), "b2b");
	facts->wish_sell = rows_double(rows, column + 1);
	facts->held = rows_int(rows, column + 2);
	facts->held_at = rows_int(rows, column + 3);
	facts->missed = rows_int(rows, column + 4) != 0;
	facts->shown = arena_strdup(arena, rows_text(rows, column + 5));
}
