/* Id: the name of a record, made by the program and not by the database.
 *
 * 53 bits, so that JavaScript keeps it exactly: 41 bits of milliseconds since 2020-01-01Z, then 12 bits of count. Ids made
 * by one process are unique and grow with time; a clock that steps back does not make them shrink. 0 is no id. */
#ifndef STURGEON_BASE_ID_H
#define STURGEON_BASE_ID_H

#include <stdint.h>

int64_t id_new(int64_t now);      /* thread-safe; now is a moment */
int64_t id_moment(int64_t id);    /* the millisecond in which it was made */
void id_seen(int64_t id);         /* ids made from now on are greater than this one (what the data file already holds) */

#endif
