/* Address: one web address read against another (RFC 3986, 5.2), as forgiving as browsers are: white space at the ends, tabs and line ends inside are
 * skipped over, other characters stay as they are. Pure. */
#ifndef STURGEON_EXCHANGE_ADDRESS_H
#define STURGEON_EXCHANGE_ADDRESS_H

#include <stdbool.h>

#include "base/arena.h"

/* An absolute address, or NULL where `address` is relative and base is NULL or no http(s) address. What is absolute stays as it is, whatever its scheme. */
char *address_join(struct arena *arena, const char *base, const char *address);

bool address_web(const char *address); /* http:// or https:// with a host */

/* The host as it is written, without user, port and "www."; "" where there is none. For showing. */
char *address_host(struct arena *arena, const char *address);

#endif
