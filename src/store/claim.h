/* Claim: one server a data file. Two would each believe themselves the only writer, and give the same ids.
 *
 * Commands (user, import, backup, check) need no claim: they may work beside a server. It ends with the process, however that ends. */
#ifndef STURGEON_STORE_CLAIM_H
#define STURGEON_STORE_CLAIM_H

#include "base/err.h"

/* Makes the data file where there is none. To be taken before the store is opened, and given up after it is closed. */
enum err claim_take(const char *path, struct error *err, int *ret_claim) MUST_CHECK;
void claim_drop(int claim);

#endif
