#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"
#include "store/db.h"

/* Statements are kept by the address and text of their SQL. A statement in use (a query inside a loop over the same query) is not handed
 * out twice: the second gets one of its own that is dropped afterwards. */
enum { CACHE_SLOTS = 512, MAX_PARAMETERS = 64 };

/* What a column becomes in JSON, read off its name once. */
enum shape { SHAPE_PLAIN, SHAPE_MOMENT, SHAPE_BOOL, SHAPE_DAY, SHAPE_JSON };

struct column {
	char name[62]; /* without the suffix */
	unsigned char bytes, shape;
};

struct cached {
	char *sql;
	sqlite3_stmt *statement;
	int count;                   /* of parameters */
	int index[MAX_PARAMETERS];   /* $k → SQLite's own index; 0 where $k is not in the text */
	bool busy, kept;
	struct column *columns;      /* made by the first rows_json */
};

struct rows {
	struct db *db;
	struct cached *cached;
	enum err kind;
	char text[200];
};

struct db {
	sqlite3 *handle;
	struct cached *cache[CACHE_SLOTS];
	struct rows pool[16]; /* queries nest only so deep */
	bool pool_used[16];
	int64_t changed;
};

static bool is_full(int number)
{
	return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/* SQLite knows of a full disk as such, but takes a full quota and a file that may not grow for a broken one: then the file and its log are asked. */
static bool no_room(struct db *db, int code)
{
	sqlite3_file *log = NULL;
	int number = 0;
	if ((code & 0xff) == SQLITE_FULL) return true;
	if ((code & 0xff) != SQLITE_IOERR) return false;
	if (is_full(sqlite3_system_errno(db->handle))) return true;
	if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK && is_full(number)) return true;
	return sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log && log->pMethods &&
	       log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK && is_full(number);
}

static enum err failed(struct db *db, struct error *err, const char *what)
{
	int code = sqlite3_extended_errcode(db->handle);
	enum err kind = ERR_STORE;
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID) kind = ERR_CONFLICT;
	if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB) kind = ERR_CORRUPT;
	if (no_room(db, code)) kind = ERR_FULL;
	if ((code & 0xff) == SQLITE_BUSY) kind = ERR_BUSY;
	return err_set(err, kind, "%s: %s", what, sqlite3_errmsg(db->handle));
}

/* The engine's count of its own memory is a lock that every allocation of every thread would take. */
static void engine_set_up(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The file that SQLite would make, but for its owner alone: it holds people's data. What SQLite puts beside it gets the same mode. */
static bool file_make(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) return false;
	close(fd); /* before SQLite has it open: closing drops a process's locks */
	return true;
}

enum err db_open(const char *path, enum db_mode mode, struct error *err, struct db **ret_db)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, engine_set_up);
	struct db *db = calloc(1, sizeof *db);
	if (!db) abort();
	if (mode == DB_WRITE) file_make(path);
	int flags = SQLITE_OPEN_NOMUTEX | (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
	if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK) {
		int number = sqlite3_system_errno(db->handle);
		enum err kind = err_set(err, ERR_IO, "cannot open the data file %s: %s", path, number ? strerror(number) : sqlite3_errmsg(db->handle));
		sqlite3_close(db->handle);
		free(db);
		return kind;
	}
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, 10000);
	/* A small cache a connection: the system's own cache of the file is shared by all of them, and does not count as ours. */
	const char *pragmas = mode == DB_WRITE
		? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000; "
		  "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864;"
		: "PRAGMA query_only=ON; PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;";
	struct error why;
	enum err kind = db_script(db, &why, pragmas);
	if (kind) err_set(err, kind, "the data file %s cannot be used: %s", path, sqlite3_errmsg(db->handle));
	else if (mode == DB_WRITE && sqlite3_db_readonly(db->handle, "main") == 1) kind = err_set(err, ERR_IO, "the data file %s may not be written", path);
	if (kind) {
		db_close(db);
		return kind;
	}
	*ret_db = db;
	return ERR_NONE;
}

static void cached_free(struct cached *c)
{
	if (!c) return;
	sqlite3_finalize(c->statement);
	free(c->columns);
	free(c->sql);
	free(c);
}

bool db_writes(const struct db *db)
{
	return sqlite3_db_readonly(db->handle, "main") == 0;
}

const char *db_path(const struct db *db)
{
	return sqlite3_db_filename(db->handle, "main");
}

void db_close(struct db *db)
{
	if (!db) return;
	for (int i = 0; i < CACHE_SLOTS; i++) cached_free(db->cache[i]);
	sqlite3_close(db->handle);
	free(db);
}

static struct cached *cached_new(struct db *db, const char *sql)
{
	struct cached *c = calloc(1, sizeof *c);
	if (!c) abort();
	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &c->statement, NULL) != SQLITE_OK) {
		free(c);
		return NULL;
	}
	c->sql = strdup(sql);
	if (!c->sql) abort();
	for (int k = 1; k < MAX_PARAMETERS; k++) {
		char name[8];
		snprintf(name, sizeof name, "$%d", k);
		c->index[k] = sqlite3_bind_parameter_index(c->statement, name);
	}
	c->count = sqlite3_bind_parameter_count(c->statement);
	return c;
}

/* Of the length and eight words spread over the text: SQL is long, and the whole of it is compared afterwards anyway. */
static size_t sql_hash(const char *sql)
{
	size_t n = strlen(sql);
	uint64_t hash = n * UINT64_C(0x9e3779b97f4a7c15), word;
	for (size_t i = 0; n >= sizeof word && i < 8; i++) {
		memcpy(&word, sql + (n - sizeof word) * i / 7, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x100000001b3);
		hash ^= hash >> 29;
	}
	return (size_t)hash;
}

static struct cached *statement_take(struct db *db, const char *sql)
{
	size_t hash = sql_hash(sql);
	for (int probe = 0; probe < 8; probe++) {
		size_t slot = (hash + (size_t)probe) % CACHE_SLOTS;
		struct cached *c = db->cache[slot];
		if (!c) {
			c = cached_new(db, sql);
			if (!c) return NULL;
			c->kept = c->busy = true;
			return db->cache[slot] = c;
		}
		if (!c->busy && !strcmp(c->sql, sql)) {
			c->busy = true;
			return c;
		}
	}
	struct cached *c = cached_new(db, sql);
	if (c) c->busy = true;
	return c;
}

static void statement_give(struct cached *c)
{
	if (!c->kept) {
		cached_free(c);
		return;
	}
	sqlite3_reset(c->statement);
	sqlite3_clear_bindings(c->statement);
	c->busy = false;
}

static void bind(struct cached *c, const char *types, va_list args)
{
	int k = 1;
	for (; *types; types++, k++) {
		int at = k < MAX_PARAMETERS ? c->index[k] : 0;
		switch (*types) {
		case 'i': {
			int64_t value = va_arg(args, int64_t);
			if (at) sqlite3_bind_int64(c->statement, at, value);
			break;
		}
		case 'd': {
			double value = va_arg(args, double);
			if (at) sqlite3_bind_double(c->statement, at, value);
			break;
		}
		case 't': {
			const char *value = va_arg(args, const char *);
			if (at && value) sqlite3_bind_text(c->statement, at, value, -1, SQLITE_TRANSIENT);
			break;
		}
		case 'b': {
			const void *value = va_arg(args, const void *);
			size_t bytes = va_arg(args, size_t);
			if (at && value) sqlite3_bind_blob64(c->statement, at, value, bytes, SQLITE_TRANSIENT);
			break;
		}
		case 'n': break;
		default: BUG("unknown type letter %c for: %s", *types, c->sql);
		}
		if (!at) BUG("$%d is not in: %s", k, c->sql);
	}
	if (k - 1 != c->count) BUG("%d parameters given, %d wanted: %s", k - 1, c->count, c->sql);
}

static enum err exec_va(struct db *db, struct error *err, const char *sql, const char *types, va_list args)
{
	struct cached *c = statement_take(db, sql);
	if (!c) return failed(db, err, sql);
	bind(c, types, args);
	int step;
	do step = sqlite3_step(c->statement);
	while (step == SQLITE_ROW);
	enum err kind = step == SQLITE_DONE ? ERR_NONE : failed(db, err, "write");
	db->changed = kind ? 0 : sqlite3_changes(db->handle);
	statement_give(c);
	return kind;
}

enum err db_exec(struct db *db, struct error *err, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	enum err kind = exec_va(db, err, sql, types, args);
	va_end(args);
	return kind;
}

int64_t db_changed(const struct db *db)
{
	return db->changed;
}

static struct rows *query_va(struct db *db, const char *sql, const char *types, va_list args)
{
	struct rows *rows = NULL;
	for (int i = 0; i < 16 && !rows; i++)
		if (!db->pool_used[i]) {
			db->pool_used[i] = true;
			rows = &db->pool[i];
		}
	if (!rows) BUG("queries nest too deep, or rows_done was forgotten: %s", sql);
	*rows = (struct rows){.db = db};
	rows->cached = statement_take(db, sql);
	if (rows->cached) {
		bind(rows->cached, types, args);
	} else {
		rows->kind = ERR_STORE;
		snprintf(rows->text, sizeof rows->text, "%s in: %.120s", sqlite3_errmsg(db->handle), sql);
	}
	return rows;
}

struct rows *db_query(struct db *db, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query_va(db, sql, types, args);
	va_end(args);
	return rows;
}

bool rows_next(struct rows *rows)
{
	if (rows->kind) return false;
	int step = sqlite3_step(rows->cached->statement);
	if (step == SQLITE_ROW) return true;
	if (step != SQLITE_DONE) {
		struct error error;
		rows->kind = failed(rows->db, &error, "read");
		snprintf(rows->text, sizeof rows->text, "%.190s", error.text);
	}
	return false;
}

enum err rows_done(struct rows *rows, struct error *err)
{
	enum err kind = rows->kind;
	if (kind) err_set(err, kind, "%s", rows->text);
	if (rows->cached) statement_give(rows->cached);
	rows->db->pool_used[rows - rows->db->pool] = false;
	return kind;
}

int64_t rows_int(struct rows *rows, int column)
{
	return sqlite3_column_int64(rows->cached->statement, column);
}

double rows_double(struct rows *rows, int column)
{
	return sqlite3_column_double(rows->cached->statement, column);
}

const char *rows_text(struct rows *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->cached->statement, column);
}

const void *rows_blob(struct rows *rows, int column, size_t *ret_bytes)
{
	const void *bytes = sqlite3_column_blob(rows->cached->statement, column);
	*ret_bytes = (size_t)sqlite3_column_bytes(rows->cached->statement, column);
	return bytes;
}

bool rows_null(struct rows *rows, int column)
{
	return sqlite3_column_type(rows->cached->statement, column) == SQLITE_NULL;
}

static bool ends(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);
	return n >= m && !strcmp(name + n - m, end);
}

static struct column column_of(const char *name)
{
	static const struct {
		const char *end;
		enum shape shape;
	} shapes[] = {{"__bool", SHAPE_BOOL}, {"__day", SHAPE_DAY}, {"__json", SHAPE_JSON}};
	struct column column = {.shape = !strcmp(name, "at") || ends(name, "_at") ? SHAPE_MOMENT : SHAPE_PLAIN};
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (ends(name, shapes[i].end) && n > strlen(shapes[i].end)) {
			column.shape = shapes[i].shape;
			n -= strlen(shapes[i].end);
		}
	if (n >= sizeof column.name) BUG("the name of a column is too long: %s", name);
	memcpy(column.name, name, n);
	column.bytes = (unsigned char)n;
	return column;
}

static const struct column *columns_of(struct cached *cached)
{
	int n = sqlite3_column_count(cached->statement);
	if (cached->columns) return cached->columns;
	cached->columns = calloc((size_t)n + 1, sizeof *cached->columns);
	if (!cached->columns) abort();
	for (int i = 0; i < n; i++) cached->columns[i] = column_of(sqlite3_column_name(cached->statement, i));
	return cached->columns;
}

static json_t *integer_json(enum shape shape, int64_t value)
{
	char text[32];
	switch (shape) {
	case SHAPE_BOOL: return json_boolean(value);
	case SHAPE_DAY: day_iso((int32_t)value, text); return json_stringn_nocheck(text, strlen(text));
	case SHAPE_MOMENT: moment_iso(value, text); return json_stringn_nocheck(text, strlen(text));
	default: return json_integer(value);
	}
}

json_t *rows_json_first(struct rows *rows, int n)
{
	sqlite3_stmt *s = rows->cached->statement;
	const struct column *columns = columns_of(rows->cached);
	json_t *object = json_object();
	for (int i = 0; i < n; i++) {
		json_t *value = NULL;
		const char *text;
		switch (sqlite3_column_type(s, i)) {
		case SQLITE_INTEGER: value = integer_json((enum shape)columns[i].shape, sqlite3_column_int64(s, i)); break;
		case SQLITE_FLOAT: value = json_real(sqlite3_column_double(s, i)); break;
		case SQLITE_TEXT:
			text = (const char *)sqlite3_column_text(s, i);
			value = columns[i].shape == SHAPE_JSON ? json_loads(text, JSON_DECODE_ANY, NULL) : json_stringn(text, (size_t)sqlite3_column_bytes(s, i));
			break;
		default: break;
		}
		json_object_setn_new_nocheck(object, columns[i].name, columns[i].bytes, value ? value : json_null());
	}
	return object;
}

json_t *rows_json(struct rows *rows)
{
	return rows_json_first(rows, sqlite3_column_count(rows->cached->statement));
}

json_t *db_query_json(struct db *db, struct error *err, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query_va(db, sql, types, args);
	va_end(args);
	json_t *list = json_array();
	while (rows_next(rows)) json_array_append_new(list, rows_json(rows));
	if (rows_done(rows, err)) {
		json_decref(list);
		return NULL;
	}
	return list;
}

enum err db_query_row(struct db *db, struct error *err, json_t **ret_row, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query_va(db, sql, types, args);
	va_end(args);
	*ret_row = rows_next(rows) ? rows_json(rows) : NULL;
	enum err kind = rows_done(rows, err);
	if (kind) {
		json_decref(*ret_row);
		*ret_row = NULL;
	}
	return kind;
}

enum err db_query_int(struct db *db, struct error *err, int64_t otherwise, int64_t *ret, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	struct rows *rows = query_va(db, sql, types, args);
	va_end(args);
	*ret = rows_next(rows) && !rows_null(rows, 0) ? rows_int(rows, 0) : otherwise;
	return rows_done(rows, err);
}

enum err db_script(struct db *db, struct error *err, const char *sql)
{
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_NONE : failed(db, err, "script");
}

enum err db_begin(struct db *db, struct error *err)
{
	return db_exec(db, err, "BEGIN IMMEDIATE", "");
}

enum err db_commit(struct db *db, struct error *err)
{
	return db_exec(db, err, "COMMIT", "");
}

void db_rollback(struct db *db)
{
	if (sqlite3_get_autocommit(db->handle)) return;
	/* It may tell of a failing disk, and the transaction is over all the same. */
	if (db_exec(db, NULL, "ROLLBACK", "") && !sqlite3_get_autocommit(db->handle)) BUG("a rollback failed: %s", sqlite3_errmsg(db->handle));
}

enum err db_savepoint(struct db *db, struct error *err)
{
	return db_exec(db, err, "SAVEPOINT piece", "");
}

enum err db_release(struct db *db, struct error *err)
{
	return db_exec(db, err, "RELEASE piece", "");
}

enum err db_undo(struct db *db, struct error *err)
{
	if (sqlite3_get_autocommit(db->handle)) return err_set(err, ERR_STORE, "the data file gave the whole transaction up");
	enum err kind = db_exec(db, err, "ROLLBACK TO piece", "");
	return kind ? kind : db_exec(db, err, "RELEASE piece", "");
}

/* A snapshot is held while it is copied: otherwise SQLite would begin anew with each commit, and under load never come to an end. */
enum err db_backup(struct db *db, struct error *err, const char *to_path)
{
	sqlite3 *to = NULL;
	int64_t any;
	enum err kind = db_exec(db, err, "BEGIN", "");
	if (kind) return kind;
	if ((kind = db_query_int(db, err, 0, &any, "SELECT count(*) FROM sqlite_master", ""))) {
		db_rollback(db);
		return kind;
	}
	if (!file_make(to_path)) {
		kind = err_set(err, ERR_IO, "cannot write %s: %s", to_path, errno == EEXIST ? "it exists already" : strerror(errno));
		db_rollback(db);
		return kind;
	}
	int step = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE, NULL);
	sqlite3_backup *backup = step == SQLITE_OK ? sqlite3_backup_init(to, "main", db->handle, "main") : NULL;
	if (backup) {
		do step = sqlite3_backup_step(backup, 1000);
		while (step == SQLITE_OK);
		sqlite3_backup_finish(backup);
	}
	if (step != SQLITE_DONE) kind = err_set(err, ERR_IO, "the copy %s was not made: %s", to_path, sqlite3_errmsg(to));
	sqlite3_close(to);
	db_rollback(db);
	if (kind) unlink(to_path);
	return kind;
}

enum err db_stranger(struct db *db, struct error *err, bool *ret_stranger)
{
	int64_t tables, ours;
	*ret_stranger = false;
	enum err kind = db_query_int(db, err, 0, &tables, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", "");
	if (!kind) kind = db_query_int(db, err, 0, &ours, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'", "");
	if (!kind) *ret_stranger = tables && !ours;
	return kind;
}

enum err db_integrity(struct db *db, struct error *err)
{
	struct rows *rows = db_query(db, "PRAGMA integrity_check(1)", "");
	char text[200] = "no answer";
	if (rows_next(rows)) snprintf(text, sizeof text, "%s", rows_text(rows, 0));
	enum err kind = rows_done(rows, err);
	if (kind) return kind;
	if (strcmp(text, "ok")) return err_set(err, ERR_CORRUPT, "integrity: %s", text);
	rows = db_query(db, "PRAGMA foreign_key_check", "");
	bool broken = rows_next(rows);
	snprintf(text, sizeof text, "%s", broken && rows_text(rows, 0) ? rows_text(rows, 0) : "");
	kind = rows_done(rows, err);
	if (kind) return kind;
	return broken ? err_set(err, ERR_CORRUPT, "a row of %s points to nothing", text) : ERR_NONE;
}
