/* Bargain file: a table of a negotiation from JSON (`sturgeon bargain`).
 *
 *   {"currency": "UAH", "limit": 0, "their_limit": 0,
 *    "variables": [{"name": "delivery", "price": false, "options": [{"name": "ours", "ours": -200000, "theirs": 900000}, …]},
 *                  {"name": "price", "price": true, "range": {"from": 900, "to": 1000, "step": 10, "points": [{"at": 900, "ours": 0, "theirs": 500}, {"at": 1000, "ours": 500, "theirs": 0}]}}],
 *    "forbidden": [[["delivery", "ours"], ["term", "14 days"]]],
 *    "now": {"delivery": "ours"},
 *    "events": [{"offered": {"delivery": "ours"}, "stands": {}}, {"refused": {}}],
 *    "library": [{"name": "training", "options": [{"name": "a day", "ours": 100, "theirs": 300}]}]}
 *
 * Values are whole minor units. An option may have "low" and "high" (between which what it is worth to them is thought to be) in place of "theirs" or beside it; their middle is
 * its worth then. A variable that is a number has a "range" instead of options (core/bargain/range.h); its options are named by their numbers. limit and their_limit may be missing (0). A package
 * names variables; what it does not name has its first option. `now` may be missing. Events are what they did, in order (core/bargain/learn.h): an offer of theirs while
 * `stands` (missing: now) lies on the table, a refusal of ours. The library: variables that are not on the table. "note" may stand in the table, a variable and an option, and is not read; a key
 * that is not known here is a mistake, and so are two of one name. */
#ifndef STURGEON_APP_BARGAIN_FILE_H
#define STURGEON_APP_BARGAIN_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "core/bargain/learn.h"

struct bargain_file {
	struct bargain bargain;         /* with the middles, after the events */
	const char *currency, **names, ***options; /* of variables, and of their options */
	int64_t limit, their_limit;
	struct package now;
	bool has_now;
	bool spread;                    /* some range of theirs is wider than a point */
	struct learn learn;
	struct variable *library;
	const char **library_names, ***library_options;
	int n_library;
};

/* ERR_SYNTAX with the line, the place and what is wrong with it. `name` is told in errors. The file lives in the arena. */
enum err bargain_file_read(struct arena *arena, const char *bytes, size_t n, const char *name, struct bargain_file *ret_file, struct error *err) MUST_CHECK;
/* A package {variable: option} of that table. */
enum err bargain_package_read(struct arena *arena, const struct bargain_file *file, const char *bytes, size_t n, const char *name, struct package *ret_package, struct error *err) MUST_CHECK;
/* "variable=option". */
bool bargain_option_find(const struct bargain_file *file, const char *text, int *ret_variable, int *ret_option);

#endif
