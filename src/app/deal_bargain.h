/* Deal bargain: preparing the table of a deal: its limits, variables, pairs that cannot be had together (N1, N9).
 *
 * The deal's owner and the team's lead lay the table while the deal is open; the rest of the team may look. Every change is a row of bargain_event, with was and became. Amounts come as
 * people type them ("12,5 тис.", "−3 %" of the deal's value). A personal cut is neither a variable nor an option: a name that speaks of one is refused, with whom to go to. */
#ifndef STURGEON_APP_DEAL_BARGAIN_H
#define STURGEON_APP_DEAL_BARGAIN_H

#include "app/bargain_table.h"

/* DONE and the table where the deal is there and this person may change its table. */
enum outcome deal_bargain_open(struct use *use, int64_t deal_id, struct bargain_table **ret_table);

/* "" clears. Once the talk has begun a limit that is set changes only by a lead, with a reason. Mistakes: limit, target, their_limit, reason. */
struct bargain_limits {
	const char *limit, *target, *their_limit, *reason;
};
enum outcome deal_bargain_limits(struct use *use, int64_t deal_id, const struct bargain_limits *limits);

/* What a form says of a variable; lists are parallel, closed by NULL. options: ids of those that are there, "" of new ones; a line without a name is left out. */
struct bargain_variable_form {
	const char *name, *family, *unit, *hint, *step; /* step "": single options; otherwise names are numbers */
	bool price;
	const char *const *options, *const *names, *const *ours, *const *lows, *const *highs;
	int64_t starts;                 /* which line the talk starts from, from 0 */
};
/* variable_id 0: a new one. Mistakes: name, step, options. */
enum outcome deal_bargain_variable(struct use *use, int64_t deal_id, int64_t variable_id, const struct bargain_variable_form *form);
enum outcome deal_bargain_remove(struct use *use, int64_t deal_id, int64_t variable_id, bool back); /* off the table, or back onto it */
enum outcome deal_bargain_hint(struct use *use, int64_t deal_id, int64_t variable_id, bool hinted);
enum outcome deal_bargain_add(struct use *use, int64_t deal_id, int64_t library_id);                /* a copy of the library's, priced for this deal; a price that starts from 0 carries the deal's value */
/* Two options, each "variable:value", that cannot be had together; back: they can. Mistakes: one, other. */
enum outcome deal_bargain_forbid(struct use *use, int64_t deal_id, const char *one, const char *other, bool back);

/* A name that speaks of a personal cut: kept out of tables and libraries. */
bool bargain_name_is_cut(struct arena *arena, const char *name);
extern const char *const bargain_cut_words; /* what is said then */

#endif
