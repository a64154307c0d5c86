/* Call position: the card of a client's position in a negotiation (N3, N5): the interests that may stand behind it, its SPIN questions, and two of our
 * answers with how often each held. The browser makes the same (assets/call/position.js). */
#ifndef STURGEON_APP_CALL_POSITION_H
#define STURGEON_APP_CALL_POSITION_H

#include "app/call_book.h"

enum { CALL_ANSWERS = 2 }; /* to each argument two of ours (N5) */

/* {id, text, variety, held (it is the one in hand), interests, spin [{id, level, text, said, next, do}], any_spin, answers [{id, n, text, said, share, by (call_view_by), do}], closed,
 *  left}. The last two only of the position in hand; NULL where the playbook has no such position. A new reference. */
json_t *call_position(struct use *use, const struct call_live *live, const struct call_book *book, int64_t position);

/* What may stand behind a position, and what was found behind it: [{id, position_id, key (its letter in the card), text, on, cut, do}]. A new reference. */
json_t *call_position_interests(struct use *use, const struct talk_state *state, const struct call_book *book, int64_t position);

/* The personal cut that was found: {text, say}; JSON null where none was (N3). */
json_t *call_position_cut(struct use *use, const struct talk_state *state, const struct call_book *book);

#endif
