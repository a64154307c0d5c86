/* Trade store: the team's library of trade variables: what the company can give and ask in a negotiation (N1). Every function takes team_id and sees that team alone. */
#ifndef STURGEON_STORE_TRADE_STORE_H
#define STURGEON_STORE_TRADE_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

#define TRADE_NO_X INT64_MIN

struct trade_option_row {
	int64_t option_id, x;           /* x: of a range; TRADE_NO_X */
	const char *name;               /* "" of a range */
	bool starts;
	/* Minor units, and ten-thousandths of the deal's value; they add up. */
	int64_t ours_minor, ours_share, low_minor, low_share, high_minor, high_share;
};

struct trade_variable_row {
	int64_t variable_id, playbook_id; /* playbook_id 0: of every playbook */
	const char *family, *name, *unit, *hint, *playbook; /* playbook: its name; "" */
	bool price, retired;
	int64_t step;                   /* 0: no range */
	struct trade_option_row *options;
	int n;
};

/* By family, place; texts in `language` where there are such, otherwise in another. playbook_id 0: all playbooks; otherwise that one's and those of every playbook.
 * retired: those too. variable_id 0: all. */
struct trade_filter {
	int64_t playbook_id, variable_id;
	const char *language;
	bool retired;
};
enum err trade_list(struct db *db, struct arena *arena, int64_t team_id, const struct trade_filter *filter, struct trade_variable_row **ret_rows, int *ret_n, struct error *err) MUST_CHECK;
/* The playbook by which a deal's negotiation goes: its product's, otherwise the segment's first; 0 none. */
enum err trade_playbook_of(struct db *db, int64_t team_id, int64_t deal_id, int64_t *ret_playbook_id, struct error *err) MUST_CHECK;

/* New, or changed; the texts of `language` are written. Options that are not put again are gone from the library: trade_option_clear first. */
enum err trade_variable_put(struct db *db, int64_t team_id, const char *language, const struct trade_variable_row *row, struct error *err) MUST_CHECK;
enum err trade_option_clear(struct db *db, int64_t team_id, int64_t variable_id, int64_t at, struct error *err) MUST_CHECK;
enum err trade_option_put(struct db *db, int64_t team_id, int64_t variable_id, const char *language, int place, const struct trade_option_row *row, struct error *err) MUST_CHECK;
enum err trade_retire(struct db *db, int64_t team_id, int64_t variable_id, int64_t at, struct error *err) MUST_CHECK; /* at 0: back */

#endif
