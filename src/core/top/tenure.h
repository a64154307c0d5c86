/* Tenure: a post held a position of the main top for a time.
 *
 * Invariant of a history: at every instant each position from 1 to the length of the top is held by exactly one post; tenures of one position are
 * disjoint; a post's tenures are disjoint, and where one ends as the next begins it moved, otherwise it left. None is empty (from < to). */
#ifndef STURGEON_CORE_TOP_TENURE_H
#define STURGEON_CORE_TOP_TENURE_H

#include <stdint.h>

#define TENURE_OPEN INT64_MAX   /* `to` of what is held still */

struct tenure {
	int64_t from, to;           /* moments; [from, to) */
	uint32_t post;              /* the caller's index of the post */
	uint16_t position;          /* from 1 */
};

#endif
