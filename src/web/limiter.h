/* Limiter: how often somebody may try to log in, by name and by address.
 *
 * Five wrong passwords for a name close it for a minute, each further one for twice as long, up to 15 minutes; an address may be wrong 30 times in
 * ten minutes. Kept in memory in a fixed table: a full bucket forgets its oldest. Thread-safe. */
#ifndef STURGEON_WEB_LIMITER_H
#define STURGEON_WEB_LIMITER_H

#include <stdint.h>

int64_t limiter_wait(const char *name, const char *address, int64_t now); /* microseconds until a try is allowed; 0: now */
void limiter_wrong(const char *name, const char *address, int64_t now);
void limiter_right(const char *name);

#endif
