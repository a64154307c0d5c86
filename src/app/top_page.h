/* Top page: the main top as its page shows it, now or as of any past moment (T1): who is where, whence it came, how long it is in the top, its line of positions. */
#ifndef STURGEON_APP_TOP_PAGE_H
#define STURGEON_APP_TOP_PAGE_H

#include "app/use.h"

/* as_of: a past moment, or 0: now (so is what has not come yet). by_visit: arrows since the member's last visit, where there was one; otherwise since an hour before. all:
 * every place, not the first TOP_ROWS. */
enum { TOP_ROWS = 100 };
enum outcome top_page(struct use *use, int64_t as_of, bool by_visit, bool all, json_t **ret_model);

#endif
