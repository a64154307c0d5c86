/* running FILE: the calls of manager1 in a data file of seed's that are running, one a line. */
#include <inttypes.h>
#include <stdio.h>

#include "store/member_store.h"

int main(int argc, char **argv)
{
	struct error error;
	struct db *db;
	struct login login;
	if (argc != 2) return fputs("usage: running FILE\n", stderr), 2;
	if (db_open(argv[1], DB_READ, &error, &db) || login_find(db, "manager1", &login, &error)) return fprintf(stderr, "%s\n", error.text), 1;
	struct rows *rows = db_query(db, "SELECT call_id FROM call WHERE team_id = $1 AND owner_id = $2 AND began_at IS NOT NULL AND ended_at IS NULL", "ii",
				     login.team_id, login.member_id);
	while (rows_next(rows)) printf("%" PRId64 "\n", rows_int(rows, 0));
	if (rows_done(rows, &error)) return fprintf(stderr, "%s\n", error.text), 1;
	db_close(db);
	return 0;
}
