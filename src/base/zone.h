/* Zone: the rules of one time zone, read from the system's database (RFC 9636, "The Time Zone Information Format").
 *
 * Kept apart from the C library's own zone, which is one for the process, set through the environment and not safe to change while threads
 * run. Invariant: a zone never changes and is never freed: what zone_find has given may be used from any thread for ever. Each is read
 * once. Only names below the database's folder are read. */
#ifndef STURGEON_BASE_ZONE_H
#define STURGEON_BASE_ZONE_H

#include <stdint.h>

struct zone;

const struct zone *zone_find(const char *name); /* "Europe/Kyiv"; NULL where the system does not have it */
const char *zone_name(const struct zone *zone);

int zone_offset(const struct zone *zone, int64_t second); /* seconds east of UTC at that second since 1970. Cost: O(log changes of the clock) */

#endif
