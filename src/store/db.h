/* Db: one connection to the data, behind about ten calls, so that the engine can be another (SQLite now, PostgreSQL by the same calls).
 *
 * SQL is written once with `$1` parameters; where dialects differ both texts stand side by side and db_engine chooses. Statements are
 * prepared once a connection and kept. A connection belongs to one thread at a time.
 *
 * Types of the values bound, one letter each in `types`: i int64_t (cast what is not: the compiler cannot see it) · d double · t const char * (NULL binds null) ·
 * b const void * then size_t · n null, takes no argument.
 *
 *   struct rows *rows = db_query(db, "SELECT name FROM client WHERE team_id = $1 AND id = $2", "ii", team_id, id);
 *   while (rows_next(rows)) use(rows_text(rows, 0));
 *   if (rows_done(rows, err)) return err->kind;
 *
 * A failure is remembered in the rows and told by rows_done, so that a loop needs one check. */
#ifndef STURGEON_STORE_DB_H
#define STURGEON_STORE_DB_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct rows;

enum db_mode { DB_READ, DB_WRITE };

enum err db_open(const char *path, enum db_mode mode, struct error *err, struct db **ret_db) MUST_CHECK;
void db_close(struct db *db);
bool db_writes(const struct db *db); /* what it reads may be its own, not committed yet */
const char *db_path(const struct db *db); /* the data's name, as the engine knows it: the same for every connection to it */

/* One statement that returns no rows. ERR_CONFLICT where a unique key exists already. ret_changed (may be NULL): rows changed. */
enum err db_exec(struct db *db, struct error *err, const char *sql, const char *types, ...) MUST_CHECK;
int64_t db_changed(const struct db *db); /* rows changed by the last db_exec */

struct rows *db_query(struct db *db, const char *sql, const char *types, ...);
bool rows_next(struct rows *rows);
enum err rows_done(struct rows *rows, struct error *err) MUST_CHECK; /* must be called once for every db_query */

int64_t rows_int(struct rows *rows, int column);
double rows_double(struct rows *rows, int column);
const char *rows_text(struct rows *rows, int column);                    /* NULL for null; valid until the next rows_ call */
const void *rows_blob(struct rows *rows, int column, size_t *ret_bytes);
bool rows_null(struct rows *rows, int column);

/* The row as a JSON object keyed by the columns' names. A column "at" or "…_at" is a moment and becomes ISO text. A name that ends in
 * "__bool" becomes a boolean, in "__day" a day as ISO text, in "__json" parsed JSON (the suffix is dropped). A new reference. */
json_t *rows_json(struct rows *rows);
json_t *rows_json_first(struct rows *rows, int n); /* its first n columns alone: the others are read as numbers and text */

/* All rows as a JSON array (a new reference); NULL with *err set on failure. */
json_t *db_query_json(struct db *db, struct error *err, const char *sql, const char *types, ...);
/* The first row as an object; *ret_row NULL where there is none. */
enum err db_query_row(struct db *db, struct error *err, json_t **ret_row, const char *sql, const char *types, ...) MUST_CHECK;
/* The first column of the first row; otherwise the given value. */
enum err db_query_int(struct db *db, struct error *err, int64_t otherwise, int64_t *ret, const char *sql, const char *types, ...) MUST_CHECK;

/* Transactions. Savepoints nest inside one: a piece of a group that fails is undone alone. */
enum err db_begin(struct db *db, struct error *err) MUST_CHECK;
enum err db_commit(struct db *db, struct error *err) MUST_CHECK;
void db_rollback(struct db *db);
enum err db_savepoint(struct db *db, struct error *err) MUST_CHECK;
enum err db_release(struct db *db, struct error *err) MUST_CHECK;
enum err db_undo(struct db *db, struct error *err) MUST_CHECK; /* back to the savepoint, which is gone then; fails where the engine gave the whole transaction up */

enum err db_script(struct db *db, struct error *err, const char *sql) MUST_CHECK; /* several statements: migrations only */
enum err db_backup(struct db *db, struct error *err, const char *to_path) MUST_CHECK; /* online, a consistent copy, for its owner alone; an existing file is not written over */
enum err db_stranger(struct db *db, struct error *err, bool *ret_stranger) MUST_CHECK; /* tables of another program stand there, and none of ours */
enum err db_integrity(struct db *db, struct error *err) MUST_CHECK; /* the engine's own check */

#endif
