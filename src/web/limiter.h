/* Limiter: how often somebody may try to log in, by name and by address.
 *
 * Five wrong passwords for a name close it for a minute, each further one for twice as long, up to 15 minutes; an address (of IPv6 its /64, which is
 * one household's) may be wrong 30 times in ten minutes. Who has logged in from an address before is counted apart there: so nobody can be locked
 * out by a stranger who keeps trying his name. Kept in memory in a fixed table: a full bucket forgets what was used longest ago. Thread-safe. */
#ifndef STURGEON_WEB_LIMITER_H
#define STURGEON_WEB_LIMITER_H

#include <stdint.h>

int64_t limiter_wait(const char *name, const char *address, int64_t now); /* microseconds until a try is allowed; 0: now */
void limiter_wrong(const char *name, const char *address, int64_t now);
void limiter_right(const char *name, const char *address, int64_t now);

#endif
