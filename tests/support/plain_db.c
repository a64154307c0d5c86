#include "plain_db.h"

#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "store/store.h"

enum { SQL_MAX = 4000 };

struct plain_db *plain_open(void)
{
	struct plain_db *plain = calloc(1, sizeof *plain);
	struct store *store;
	struct error error;
	assert_non_null(plain);
	snprintf(plain->dir, sizeof plain->dir, "/tmp/sturgeon-plain-XXXXXX");
	if (!mkdtemp(plain->dir)) fail_msg("no folder for the data file");
	snprintf(plain->path, sizeof plain->path, "%s/t.db", plain->dir);
	if (store_open(plain->path, &error, &store)) fail_msg("%s", error.text);
	store_close(store);
	if (db_open(plain->path, DB_WRITE, &error, &plain->db) || db_begin(plain->db, &error)) fail_msg("%s", error.text);
	return plain;
}

void plain_close(struct plain_db *plain)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char file[80];
	db_rollback(plain->db);
	db_close(plain->db);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", plain->path, ends[i]);
		unlink(file);
	}
	rmdir(plain->dir);
	free(plain);
}

void plain_do(struct plain_db *plain, const char *format, ...)
{
	char sql[SQL_MAX];
	struct error error;
	va_list args;
	va_start(args, format);
	vsnprintf(sql, sizeof sql, format, args);
	va_end(args);
	if (db_exec(plain->db, &error, sql, "")) fail_msg("%s: %s", sql, error.text);
}

int64_t plain_int(struct plain_db *plain, const char *format, ...)
{
	char sql[SQL_MAX];
	struct error error;
	int64_t n;
	va_list args;
	va_start(args, format);
	vsnprintf(sql, sizeof sql, format, args);
	va_end(args);
	if (db_query_int(plain->db, &error, -1, &n, sql, "")) fail_msg("%s: %s", sql, error.text);
	return n;
}
