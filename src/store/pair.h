/* Pair: two columns X_id and X_name of a row become one {id, name} called X; null where there is no id. So that what a page links to is one thing. */
#ifndef STURGEON_STORE_PAIR_H
#define STURGEON_STORE_PAIR_H

#include <jansson.h>

void pair_fold(json_t *row, const char *name);
void pair_fold_as(json_t *row, const char *name, const char *word); /* the second column is X_word: {id, word} */
void pair_fold_all(json_t *list, const char *name); /* of each row; list may be NULL */

#endif
