#include "store/migrate.h"

#include <string.h>

static bool known(const char *name)
{
	for (int i = 0; i < migrations_count; i++)
		if (!strcmp(migrations[i].name, name)) return true;
	return false;
}

static enum err refuse_newer(struct db *db, struct error *err)
{
	char stranger[80] = "";
	struct rows *rows = db_query(db, "SELECT name FROM schema_version ORDER BY name", "");
	while (rows_next(rows))
		if (!known(rows_text(rows, 0))) snprintf(stranger, sizeof stranger, "%s", rows_text(rows, 0));
	enum err kind = rows_done(rows, err);
	if (kind) return kind;
	return *stranger ? err_set(err, ERR_CORRUPT, "the data file was made by a newer version (it has %s): update the program", stranger) : ERR_NONE;
}

static enum err apply(struct db *db, const struct migration *m, int64_t now, struct error *err)
{
	enum err kind = db_begin(db, err);
	if (kind) return kind;
	if ((kind = db_script(db, err, m->sql)) ||
	    (kind = db_exec(db, err, "INSERT INTO schema_version (name, at) VALUES ($1, $2)", "ti", m->name, now)) || (kind = db_commit(db, err)))
		db_rollback(db);
	return kind;
}

enum err migrate_run(struct db *db, int64_t now, struct error *err, int *ret_applied)
{
	bool stranger;
	*ret_applied = 0;
	enum err kind = db_stranger(db, err, &stranger);
	if (kind) return kind;
	if (stranger) return err_set(err, ERR_CORRUPT, "this file is another program's: nothing in it was touched");
	kind = db_script(db, err, "CREATE TABLE IF NOT EXISTS schema_version (name TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)");
	if (kind || (kind = refuse_newer(db, err))) return kind;
	for (int i = 0; i < migrations_count; i++) {
		int64_t there;
		kind = db_query_int(db, err, 0, &there, "SELECT 1 FROM schema_version WHERE name = $1", "t", migrations[i].name);
		if (!kind && !there) {
			kind = apply(db, &migrations[i], now, err);
			(*ret_applied)++;
		}
		if (kind) return kind;
	}
	return ERR_NONE;
}
