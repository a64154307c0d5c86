/* Backup and check of a data file. */
#include <stdio.h>
#include <unistd.h>

#include "app/check.h"
#include "base/moment.h"
#include "cli/commands.h"
#include "store/store.h"

int cmd_backup(struct cli_args *args)
{
	const char *path = "sturgeon.db";
	struct error error;
	struct db *db;
	cli_value(args, "--db", &path);
	const char *to = cli_positional(args);
	if (!to) return cli_usage("a FILE to write is wanted");
	if (!cli_rest(args)) return 2;
	if (access(path, F_OK)) return cli_fail("there is no data file %s", path);
	if (db_open(path, DB_READ, &error, &db)) return cli_fail("%s", error.text);
	enum err kind = db_backup(db, &error, to);
	db_close(db);
	return kind ? cli_fail("%s", error.text) : 0;
}

static void say(void *arg, const char *what, bool good, const char *detail)
{
	int *bad = arg;
	printf("%-12s %s%s%s\n", what, good ? "equal" : "DIFFERENT", *detail ? ": " : "", detail);
	if (!good) (*bad)++;
}

int cmd_check(struct cli_args *args)
{
	const char *path = "sturgeon.db";
	struct error error;
	struct store *store;
	int bad = 0;
	cli_value(args, "--db", &path);
	if (!cli_rest(args)) return 2;
	if (access(path, F_OK)) return cli_fail("there is no data file %s", path);
	if (store_open(path, &error, &store)) return cli_fail("%s", error.text);
	enum err kind = check_run(store, say, &bad, &error);
	store_close(store);
	if (kind) return cli_fail("%s", error.text);
	return bad ? cli_fail("%d of what is derived was not equal to its rebuilding; it is now", bad) : 0;
}
