/* Difference: what changed from one text to another, as one reads it: line by line (a paragraph is a line), and in a line that changed a little, word by word.
 *
 * By the greedy algorithm of E. Myers, "An O(ND) difference algorithm and its variations", 1986: the fewest pieces gone and come. Departure: beginnings and
 * endings that are equal are set aside first, and texts with more than DIFFERENCE_MOST changes are said to be another text altogether: all gone, all come.
 *
 * Invariant: the pieces that are the same and those that are gone, in order, give the old text; the same and those that came, the new one. */
#ifndef STURGEON_CORE_JOURNAL_DIFFERENCE_H
#define STURGEON_CORE_JOURNAL_DIFFERENCE_H

#include <stddef.h>

#include "base/arena.h"

enum { DIFFERENCE_MOST = 1000 };

enum difference_kind { DIFFERENCE_SAME, DIFFERENCE_GONE, DIFFERENCE_COME };

struct difference {
	enum difference_kind kind;
	const char *text;               /* into the old text where it is gone, into the new one otherwise */
	size_t n;
};

struct differences {
	struct difference *list;
	int n;
};

/* Each piece is one line, without its \n. Cost: O((lines) · changes); memory O(changes²) while it works. */
struct differences difference_lines(struct arena *arena, const char *old, const char *new);

/* Pieces of a line: runs of words, with the spaces between them. */
struct differences difference_words(struct arena *arena, const char *old, size_t old_bytes, const char *new, size_t new_bytes);

/* How much of the two is the same, 0…1: by bytes. */
double difference_alike(const struct differences *differences);

#endif
