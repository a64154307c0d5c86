/* Migrate: brings a data file to the schema of this program, one numbered script after another, each in a transaction of its own.
 *
 * Invariant: table schema_version holds the names of the scripts that have run; a script never changes once released. A data
 * file made by a newer program is refused (ERR_CORRUPT), never touched. `0001_x.sql` is read by every engine, `0001_x.sqlite.sql`
 * by SQLite alone, after it. */
#ifndef STURGEON_STORE_MIGRATE_H
#define STURGEON_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	int number;
	const char *name;
	const char *sql;
};

extern const struct migration migrations[]; /* made by tools/sql2c.sh from migrations/ */
extern const int migrations_count;

enum err migrate_run(struct db *db, int64_t now, struct error *err, int *ret_applied) MUST_CHECK;

#endif
