/* Label: the word for a value of an enumeration, in the reader's language, from labels.def.
 *
 * A key that labels.def does not have is shown as it is, and counted: a test of pages ends with label_unknown() == 0. Thread-safe. */
#ifndef STURGEON_WEB_LABEL_H
#define STURGEON_WEB_LABEL_H

#include <stdbool.h>

#include "base/tr.h"

const char *label_find(enum lang lang, const char *group, const char *key); /* "mode", "sale" → "ПРОДАЖ"; else key itself */
bool label_known(const char *group, const char *key);
int label_unknown(const char **ret_first); /* how many look-ups since the start found nothing, and the first of them; ret_first may be NULL */

#endif
