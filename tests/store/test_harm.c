/* What harms a data file: a full disk, a second server, another program's file, damage; and its copies. */
#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "store/claim.h"
#include "store/migrate.h"
#include "store/store.h"

static char folder[64], path[96], copy[112];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/sturgeon-harm-XXXXXX");
	if (!mkdtemp(folder)) return -1;
	snprintf(path, sizeof path, "%s/t.db", folder);
	snprintf(copy, sizeof copy, "%s-copy", path);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-copy", "-copy-wal", "-copy-shm"};
	(void)state;
	for (int i = 0; i < 6; i++) {
		char file[128];
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		unlink(file);
	}
	return rmdir(folder);
}

static struct store *opened(void)
{
	struct store *store;
	struct error error;
	if (store_open(path, &error, &store)) fail_msg("%s", error.text);
	return store;
}

static int64_t count_in(const char *file, const char *sql)
{
	struct error error;
	struct db *db;
	int64_t n = -1;
	if (db_open(file, DB_READ, &error, &db)) fail_msg("%s", error.text);
	if (db_query_int(db, &error, 0, &n, sql, "")) fail_msg("%s", error.text);
	db_close(db);
	return n;
}

struct filling {
	int64_t id;
	int teams;
};

static enum err fill(struct db *db, void *arg, struct error *err)
{
	static char name[4000];
	struct filling *filling = arg;
	enum err kind = ERR_NONE;
	memset(name, 'n', sizeof name - 1);
	for (int i = 0; i < filling->teams && !kind; i++)
		kind = db_exec(db, err, "INSERT INTO team (team_id, name, created_at) VALUES ($1, $2, 1)", "it", filling->id + i, name);
	return kind;
}

static void files_may_grow_to(rlim_t bytes)
{
	struct rlimit limit;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A large piece runs out of room while it writes, not at its commit: SQLite then gives the whole transaction up. */
static void store_write__a_full_disk_takes_nothing_and_is_got_over(void **state)
{
	struct store *store = opened();
	struct error error;
	int64_t written = 0;
	enum err kind = ERR_NONE;
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	files_may_grow_to(4 << 20);
	while (!kind && written < 2000) {
		kind = store_write(store, fill, &(struct filling){written + 1, 1}, &error);
		if (!kind) written++;
	}
	if (kind != ERR_FULL) fail_msg("after %lld rows: %s", (long long)written, error.text);
	assert_true(written > 50);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(store_write(store, fill, &(struct filling){100000, 20000}, &error), ERR_FULL);
		assert_int_equal(store_write(store, fill, &(struct filling){200000, 1}, &error), ERR_FULL);
	}
	struct db *reader = store_reader_take(store, &error);
	assert_non_null(reader); /* what is there can still be read */
	store_reader_give(store, reader);
	files_may_grow_to(RLIM_INFINITY);
	assert_int_equal(store_write(store, fill, &(struct filling){written + 1, 1}, &error), ERR_NONE);
	assert_int_equal(store_write(store, fill, &(struct filling){100000, 20000}, &error), ERR_NONE);
	store_close(store);
	assert_int_equal(count_in(path, "SELECT count(*) FROM team"), written + 1 + 20000);
	assert_int_equal(count_in(path, "SELECT max(team_id) FROM team"), 119999);
}

struct side {
	struct write write;
	int64_t id;
	atomic_int *told;
	enum err kind;
};

static enum err side_run(struct write *write, struct db *db, struct error *err)
{
	struct side *side = (struct side *)write;
	return fill(db, &(struct filling){side->id, side->id % 100 == 50 ? 20000 : 1}, err);
}

static void side_done(struct write *write, enum err kind, const struct error *error)
{
	struct side *side = (struct side *)write;
	(void)error;
	side->kind = kind;
	atomic_fetch_add(side->told, 1);
}

/* One group: everyone in it is told the truth, whoever took the room. */
static void store_submit__a_group_on_a_full_disk(void **state)
{
	enum { SIDES = 200 };
	static struct side sides[SIDES];
	struct store *store = opened();
	atomic_int told = 0;
	int64_t taken = 0;
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	files_may_grow_to(3 << 20);
	for (int i = 0; i < SIDES; i++) {
		sides[i] = (struct side){.write = {.run = side_run, .done = side_done}, .id = 1000000 + i, .told = &told};
		assert_true(store_submit(store, &sides[i].write));
	}
	while (atomic_load(&told) < SIDES) usleep(1000);
	files_may_grow_to(RLIM_INFINITY);
	for (int i = 0; i < SIDES; i++) {
		if (!sides[i].kind) taken++;
		else assert_true(sides[i].kind == ERR_FULL || sides[i].kind == ERR_STORE);
	}
	store_close(store);
	assert_int_equal(count_in(path, "SELECT count(*) FROM team"), taken);
}

static void claim__one_server_a_file(void **state)
{
	struct error error;
	int first, second;
	(void)state;
	assert_int_equal(claim_take(path, &error, &first), ERR_NONE);
	struct store *store = opened();
	assert_int_equal(claim_take(path, &error, &second), ERR_CONFLICT);
	assert_non_null(strstr(error.text, "another server"));
	/* Asking has not dropped SQLite's own locks: the file is still held. */
	assert_int_equal(store_write(store, fill, &(struct filling){1, 1}, &error), ERR_NONE);
	store_close(store);
	claim_drop(first);
	assert_int_equal(claim_take(path, &error, &second), ERR_NONE);
	claim_drop(second);
	assert_int_equal(claim_take("/tmp/no/such/folder/t.db", &error, &second), ERR_IO);
	assert_non_null(strstr(error.text, "No such file or directory"));
}

static void store_open__a_file_for_its_owner_alone(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	struct store *store = opened();
	struct stat st;
	char file[128];
	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path, ends[i]);
		assert_int_equal(stat(file, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	store_close(store);
}

static void store_open__not_a_file_of_another_program(void **state)
{
	struct error error;
	struct store *store;
	struct db *db;
	(void)state;
	assert_int_equal(db_open(path, DB_WRITE, &error, &db), ERR_NONE);
	assert_int_equal(db_script(db, &error, "CREATE TABLE bookmarks (url TEXT)"), ERR_NONE);
	db_close(db);
	assert_int_equal(store_open(path, &error, &store), ERR_CORRUPT);
	assert_non_null(strstr(error.text, "another program"));
	assert_int_equal(count_in(path, "SELECT count(*) FROM sqlite_master"), 1);
	FILE *f = fopen(copy, "w");
	fputs("This is no data file at all, but a text that somebody named by mistake, long enough to be read as a head of a data file would be.", f);
	fclose(f);
	assert_int_equal(store_open(copy, &error, &store), ERR_CORRUPT);
	assert_non_null(strstr(error.text, "not a database"));
}

struct writing {
	struct store *store;
	atomic_bool stop;
	atomic_int written;
};

static enum err pair_write(struct db *db, void *arg, struct error *err)
{
	int64_t id = *(int64_t *)arg;
	enum err kind = fill(db, &(struct filling){2 * id, 1}, err);
	return kind ? kind : fill(db, &(struct filling){2 * id + 1, 1}, err);
}

static void *write_on(void *arg)
{
	struct writing *writing = arg;
	struct error error;
	for (int64_t id = 1; !atomic_load(&writing->stop); id++) {
		if (store_write(writing->store, pair_write, &id, &error)) return arg;
		atomic_fetch_add(&writing->written, 1);
	}
	return NULL;
}

/* However much is written meanwhile, the copy comes to an end, and holds whole pieces only. */
static void db_backup__of_a_file_that_never_rests(void **state)
{
	struct store *store = opened();
	struct error error;
	struct db *db;
	struct writing writing = {.store = store};
	pthread_t thread;
	struct stat st;
	void *bad;
	(void)state;
	assert_int_equal(store_write(store, fill, &(struct filling){1000000, 5000}, &error), ERR_NONE); /* 20 MB: many steps */
	assert_int_equal(pthread_create(&thread, NULL, write_on, &writing), 0);
	for (int i = 0; i < 5; i++) {
		int before = atomic_load(&writing.written);
		while (atomic_load(&writing.written) < before + 20) usleep(1000);
		unlink(copy);
		assert_int_equal(db_open(path, DB_READ, &error, &db), ERR_NONE);
		int at_least = atomic_load(&writing.written);
		if (db_backup(db, &error, copy)) fail_msg("%s", error.text);
		db_close(db);
		assert_int_equal(stat(copy, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		int64_t n = count_in(copy, "SELECT count(*) FROM team WHERE team_id < 1000000");
		assert_true(n >= 2 * at_least);
		assert_int_equal(n % 2, 0);
		assert_int_equal(count_in(copy, "SELECT count(*) FROM team WHERE team_id >= 1000000"), 5000);
	}
	atomic_store(&writing.stop, true);
	pthread_join(thread, &bad);
	assert_null(bad);
	store_close(store);
}

static void db_backup__never_writes_over_anything(void **state)
{
	struct store *store = opened();
	struct error error;
	struct db *db;
	(void)state;
	assert_int_equal(db_open(path, DB_READ, &error, &db), ERR_NONE);
	assert_int_equal(db_backup(db, &error, path), ERR_IO);
	assert_non_null(strstr(error.text, "exists already"));
	assert_int_equal(db_backup(db, &error, "/tmp/no/such/folder/copy.db"), ERR_IO);
	assert_non_null(strstr(error.text, "No such file or directory"));
	assert_int_equal(db_backup(db, &error, "/dev/full"), ERR_IO);
	assert_int_equal(db_backup(db, &error, copy), ERR_NONE); /* the connection is as good as before */
	db_close(db);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(store_write__a_full_disk_takes_nothing_and_is_got_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_submit__a_group_on_a_full_disk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(claim__one_server_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_open__a_file_for_its_owner_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_open__not_a_file_of_another_program, set_up, tear_down),
		cmocka_unit_test_setup_teardown(db_backup__of_a_file_that_never_rests, set_up, tear_down),
		cmocka_unit_test_setup_teardown(db_backup__never_writes_over_anything, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
