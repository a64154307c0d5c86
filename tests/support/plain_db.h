/* Plain db: a migrated data file of its own in one open transaction, for tests of the store: rows are put by SQL, functions of the store look at them. */
#ifndef STURGEON_TESTS_PLAIN_DB_H
#define STURGEON_TESTS_PLAIN_DB_H

#include <jansson.h>
#include <stdint.h>

#include "store/db.h"

struct plain_db {
	struct db *db;
	char dir[40], path[64];
};

struct plain_db *plain_open(void);
void plain_close(struct plain_db *plain); /* with all that was written */

void plain_do(struct plain_db *plain, const char *format, ...) __attribute__((format(printf, 2, 3)));            /* a statement; what fails fails the test */
int64_t plain_int(struct plain_db *plain, const char *format, ...) __attribute__((format(printf, 2, 3)));        /* the first column of the first row; −1 where there is none */

#endif
