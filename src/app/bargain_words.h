/* Bargain words: packages and changes of a deal's table as objects of a model, with the names that people read. */
#ifndef STURGEON_APP_BARGAIN_WORDS_H
#define STURGEON_APP_BARGAIN_WORDS_H

#include "app/bargain_table.h"

/* One variable set to another option than `from` has: {variable, option, family, price, give (it costs us, or pleases them for nothing), cost (what it takes from us, or 0), ours, theirs: what that brings}. */
json_t *bargain_words_change(const struct bargain_table *table, const struct package *from, int v, int to);

/* A package beside where we stand: {ours, theirs (as the table counts), gain_ours, gain_theirs, gives: [change], takes: [change], same (nothing is other), choice: [index],
 * address (of the table with this package in the draft), below (it may not be proposed)}. */
json_t *bargain_words_package(struct arena *arena, const struct bargain_table *table, const struct package *package);

/* "variable:value" of a draft's field → indexes; false where the table has no such thing. */
bool bargain_words_put(const struct bargain_table *table, const char *put, int *ret_variable, int *ret_option);

#endif
