/* Prose_check: whether HTML is what src/exchange/prose.h says: read by a strict reader that knows nothing of how it was made. For tests and fuzzers. */
#ifndef STURGEON_TESTS_PROSE_CHECK_H
#define STURGEON_TESTS_PROSE_CHECK_H

#include <stdbool.h>

/* What is wrong, or NULL. foreign: of allow.c, where no picture stands and no link leads to a place of our own. */
const char *prose_check(const char *html, bool foreign);

#endif
