/* Heat page: why a post stands where it does (T1, T8): its heat as the sum of its votes, each opened: when, what it weighed and why, what is left of it. */
#ifndef STURGEON_APP_HEAT_PAGE_H
#define STURGEON_APP_HEAT_PAGE_H

#include "app/use.h"

/* as_of: a past moment, or 0: now. Readers are never named: of a vote it is told only the how-manieth it was of its reader for this author, and to its own giver that it is
 * his. At most HEAT_VOTES votes (few: HEAT_FEW) are told one by one, the latest; the others stand together. ABSENT: no such post to be read. */
enum { HEAT_VOTES = 200, HEAT_FEW = 8 };
enum outcome heat_page(struct use *use, int64_t post_id, int64_t as_of, bool few, json_t **ret_model);

#endif
