/* Bargain file: a table of a negotiation from JSON, and what the engine finds in it as JSON (`sturgeon bargain`; N1, N6, N7, N9).
 *
 *   {"currency": "UAH", "limit": 0, "their_limit": 0, "variables": [{"name": "delivery", "price": false, "options": [{"name": "ours", "ours": -200000, "theirs": 900000}]}],
 *    "forbidden": [[["delivery", "ours"], ["term", "14 days"]]], "now": {"delivery": "ours"}}
 *
 * Values are whole minor units. limit and their_limit may be missing (0). `now` is a package: every variable it does not name has its first option. */
#ifndef STURGEON_APP_BARGAIN_FILE_H
#define STURGEON_APP_BARGAIN_FILE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "core/bargain/package.h"

struct bargain_file {
	struct bargain bargain;
	const char *currency, **names, ***options; /* of variables, and of their options */
	int64_t limit, their_limit;
	struct package now;
	bool has_now;
};

/* ERR_SYNTAX with the line (of what is no JSON) or the place and what is wrong with it. `name` is told in errors. */
enum err bargain_file_read(struct arena *arena, const char *bytes, size_t n, const char *name, struct bargain_file *ret_file, struct error *err) MUST_CHECK;
/* A package {variable: option} of that table. */
enum err bargain_package_read(struct arena *arena, const struct bargain_file *file, const char *bytes, size_t n, const char *name, struct package *ret_package, struct error *err) MUST_CHECK;
/* "variable=option". */
bool bargain_option_find(const struct bargain_file *file, const char *text, int *ret_variable, int *ret_option);

struct bargain_wish {
	bool frontier, ladder;
	int trade_variable, trade_option; /* −1: none */
	const struct package *check;      /* NULL: none */
};

/* packages (a number; text past 2^53), frontier [{ours, theirs, package}] where wished, exact or epsilon, nash, kalai, egalitarian, sum ({ours, theirs, package}, or null with
 * `none` saying why), ladder, trade, check, seconds. ERR_LIMIT where forbidden pairs link too much together. A new reference. */
enum err bargain_solve(struct arena *arena, const struct bargain_file *file, const struct bargain_wish *wish, json_t **ret_json, struct error *err) MUST_CHECK;

#endif
