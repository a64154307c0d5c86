/* Package: the table of a negotiation, and one way to fill it (N1, N6).
 *
 * A variable (deadline, delivery, price, …) has options; an option is worth `ours` to us and `theirs` to them, in minor units of the deal's currency
 * (theirs is an estimate). A package takes one option of each variable and is worth the sums. Pairs of options may be forbidden together.
 *
 * Pure: everything is the caller's memory. Values of a package stay within ±2^60: package_check refuses a table that could leave it. */
#ifndef STURGEON_CORE_BARGAIN_PACKAGE_H
#define STURGEON_CORE_BARGAIN_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#define PACKAGE_VARIABLES 64
#define PACKAGE_OPTIONS 10000

struct option {
	int64_t ours, theirs;
};

struct variable {
	const struct option *options;
	int n;                          /* 1…PACKAGE_OPTIONS */
	bool price;                     /* conceded last, whatever it costs (N1) */
};

/* These two are not to be had together. */
struct forbidden {
	uint16_t variable[2], option[2];
};

struct bargain {
	const struct variable *variables;
	int n;                          /* 1…PACKAGE_VARIABLES */
	const struct forbidden *forbidden;
	int n_forbidden;
};

struct package {
	uint16_t choice[PACKAGE_VARIABLES]; /* of variable i, its option */
};

enum package_flaw { PACKAGE_SOUND, PACKAGE_TOO_MANY_VARIABLES, PACKAGE_BAD_OPTIONS, PACKAGE_TOO_LARGE, PACKAGE_BAD_FORBIDDEN };

/* Whether the table can be computed with. ret_variable: where the flaw is. */
enum package_flaw package_check(const struct bargain *bargain, int *ret_variable);

struct option package_value(const struct bargain *bargain, const struct package *package);
bool package_allowed(const struct bargain *bargain, const struct package *package); /* holds no forbidden pair */

#endif
