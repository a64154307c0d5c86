/* Answer week: the lead's week: what changed against the week before, who led what, and what needs him (L2). */
#ifndef STURGEON_APP_ANSWER_WEEK_H
#define STURGEON_APP_ANSWER_WEEK_H

#include "app/use.h"

/* week: "2026-W48"; "" and what is none: this one. A lead's. The model:
 *   week {text, from, until, before, after or null, present}
 *   now, was      {n, calls, sale: figure, won, lost: {n, calls}} of this week and of the one before
 *   saying        what changed, as parts (answer_say.h)
 *   managers      [{id, name, n, calls, before, sale, negotiation, won, lost, otherwise: {n, calls}}]
 *   left          {price, gifts, otherwise: {n, calls}, cuts [digest_store.h]}
 *   overdue (with overdue_n), moves, cards, rose, practice: rows of digest_store.h; overdue is of now, in the present week alone */
enum outcome answer_week_page(struct use *use, const char *week, json_t **ret_model);

#endif
