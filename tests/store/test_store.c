#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/id.h"
#include "base/moment.h"
#include "store/migrate.h"
#include "store/store.h"

static char folder[64], path[96];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/sturgeon-store-XXXXXX");
	if (!mkdtemp(folder)) return -1;
	snprintf(path, sizeof path, "%s/t.db", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (int i = 0; i < 6; i++) {
		static const char *const ends[] = {"", "-wal", "-shm", "-copy", "-copy-wal", "-copy-shm"};
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

static int64_t count(struct store *store, const char *sql)
{
	struct error error;
	int64_t n = -1;
	struct db *db = store_reader_take(store, &error);
	assert_non_null(db);
	if (db_query_int(db, &error, 0, &n, sql, "")) fail_msg("%s", error.text);
	store_reader_give(store, db);
	return n;
}

static enum err team_add(struct db *db, void *arg, struct error *err)
{
	return db_exec(db, err, "INSERT INTO team (team_id, name, created_at) VALUES ($1, $2, $3)", "iti", *(int64_t *)arg, "t", (int64_t)1);
}

static enum err team_add_then_fail(struct db *db, void *arg, struct error *err)
{
	enum err kind = team_add(db, arg, err);
	return kind ? kind : err_set(err, ERR_LIMIT, "after the insert");
}

static void store_write__a_piece_that_fails_is_undone_alone(void **state)
{
	struct store *store = opened();
	struct error error;
	(void)state;
	assert_int_equal(store_write(store, team_add, &(int64_t){1}, &error), ERR_NONE);
	assert_int_equal(store_write(store, team_add, &(int64_t){1}, &error), ERR_CONFLICT);
	assert_int_equal(store_write(store, team_add_then_fail, &(int64_t){2}, &error), ERR_LIMIT);
	assert_string_equal(error.text, "after the insert");
	assert_int_equal(count(store, "SELECT count(*) FROM team"), 1);
	store_close(store);
}

struct many {
	struct store *store;
	int64_t first;
};

static void *many_writes(void *arg)
{
	struct many *many = arg;
	struct error error;
	for (int64_t i = 0; i < 200; i++) {
		int64_t id = many->first + i;
		/* every tenth fails; the others of its group must stand */
		if (store_write(many->store, i % 10 ? team_add : team_add_then_fail, &id, &error) != (i % 10 ? ERR_NONE : ERR_LIMIT)) return arg;
	}
	return NULL;
}

static void store_write__from_many_threads_in_groups(void **state)
{
	enum { THREADS = 8 };
	struct store *store = opened();
	struct many many[THREADS];
	pthread_t threads[THREADS];
	(void)state;
	for (int i = 0; i < THREADS; i++) {
		many[i] = (struct many){store, 1000 * (i + 1)};
		assert_int_equal(pthread_create(&threads[i], NULL, many_writes, &many[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		void *bad;
		pthread_join(threads[i], &bad);
		assert_null(bad);
	}
	assert_int_equal(count(store, "SELECT count(*) FROM team"), THREADS * 180);
	struct store_figures figures = store_figures(store);
	assert_int_equal(figures.writes, THREADS * 200);
	assert_true(figures.groups < figures.writes);
	store_close(store);
}

/* A child writes and says each answered id; it is killed in the middle; every id it said must be there. */
static void store_write__what_was_answered_survives_a_kill(void **state)
{
	int said[2];
	int64_t id, last = 0, n = 0;
	(void)state;
	assert_int_equal(pipe(said), 0);
	pid_t child = fork();
	if (child == 0) {
		struct store *store;
		struct error error;
		close(said[0]);
		if (store_open(path, &error, &store)) _exit(1);
		for (id = 1;; id++)
			if (store_write(store, team_add, &id, &error) || write(said[1], &id, sizeof id) != sizeof id) _exit(1);
	}
	close(said[1]);
	while (n < 300 && read(said[0], &id, sizeof id) == sizeof id) {
		last = id;
		n++;
	}
	kill(child, SIGKILL);
	while (read(said[0], &id, sizeof id) == sizeof id) last = id;
	waitpid(child, NULL, 0);
	close(said[0]);
	assert_true(last >= 300);
	struct store *store = opened();
	assert_true(count(store, "SELECT max(team_id) FROM team") >= last);
	assert_int_equal(count(store, "SELECT count(*) - max(team_id) FROM team"), 0);
	store_close(store);
}

static void store_reader__sees_one_snapshot(void **state)
{
	struct store *store = opened();
	struct error error;
	int64_t before, after;
	(void)state;
	struct db *db = store_reader_take(store, &error);
	assert_int_equal(db_query_int(db, &error, 0, &before, "SELECT count(*) FROM team", ""), ERR_NONE);
	assert_int_equal(store_write(store, team_add, &(int64_t){5}, &error), ERR_NONE);
	assert_int_equal(db_query_int(db, &error, 0, &after, "SELECT count(*) FROM team", ""), ERR_NONE);
	assert_int_equal(before, after);
	assert_int_equal(db_exec(db, &error, "DELETE FROM team", ""), ERR_STORE); /* a reader cannot write */
	store_reader_give(store, db);
	assert_int_equal(count(store, "SELECT count(*) FROM team"), before + 1);
	store_close(store);
}

static void db__parameters_by_number_and_json_by_name(void **state)
{
	struct store *store = opened();
	struct error error;
	json_t *row;
	(void)state;
	struct db *db = store_reader_take(store, &error);
	assert_int_equal(db_query_row(db, &error, &row,
				      "SELECT $2 || $1 AS word, $3 AS made_at, $4 AS due__day, $5 AS good__bool, $6 AS list__json, $7 AS none__day, $1 AS again",
				      "ttiiitt", "b", "a", INT64_C(1764000000000000), (int64_t)20782, (int64_t)1, "[1,2]", NULL),
			 ERR_NONE);
	char *text = json_dumps(row, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text, "{\"again\":\"b\",\"due\":\"2026-11-25\",\"good\":true,\"list\":[1,2],\"made_at\":\"2025-11-24T16:00:00Z\",\"none\":null,\"word\":\"ab\"}");
	free(text);
	json_decref(row);
	store_reader_give(store, db);
	store_close(store);
}

static void db_backup__while_open(void **state)
{
	struct store *store = opened();
	struct error error;
	struct db *db;
	char copy[112];
	int64_t n;
	(void)state;
	snprintf(copy, sizeof copy, "%s-copy", path);
	assert_int_equal(store_write(store, team_add, &(int64_t){9}, &error), ERR_NONE);
	assert_int_equal(db_open(path, DB_READ, &error, &db), ERR_NONE);
	assert_int_equal(db_backup(db, &error, copy), ERR_NONE);
	assert_int_equal(db_backup(db, &error, copy), ERR_IO); /* nothing is written over */
	db_close(db);
	assert_int_equal(db_open(copy, DB_READ, &error, &db), ERR_NONE);
	assert_int_equal(db_query_int(db, &error, 0, &n, "SELECT count(*) FROM team", ""), ERR_NONE);
	assert_int_equal(n, 1);
	assert_int_equal(db_integrity(db, &error), ERR_NONE);
	db_close(db);
	store_close(store);
}

static void migrate__runs_once_and_refuses_a_newer_file(void **state)
{
	struct error error;
	struct db *db;
	int applied;
	struct store *store = opened();
	(void)state;
	store_close(store);
	assert_int_equal(db_open(path, DB_WRITE, &error, &db), ERR_NONE);
	assert_int_equal(migrate_run(db, 1, &error, &applied), ERR_NONE);
	assert_int_equal(applied, 0);
	assert_int_equal(db_exec(db, &error, "INSERT INTO schema_version (name, at) VALUES ('9999_future', 1)", ""), ERR_NONE);
	db_close(db);
	assert_int_equal(store_open(path, &error, &store), ERR_CORRUPT);
	assert_non_null(strstr(error.text, "9999_future"));
}

static void id_new__grows_and_fits_javascript(void **state)
{
	int64_t last = 0, now = moment_now();
	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t id = id_new(i % 1000 ? now : now - MOMENT_DAY); /* a clock that steps back */
		assert_true(id > last && id < (INT64_C(1) << 53));
		last = id;
	}
	assert_true(id_moment(id_new(now + MOMENT_DAY)) <= now + MOMENT_DAY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(store_write__a_piece_that_fails_is_undone_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_write__from_many_threads_in_groups, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_write__what_was_answered_survives_a_kill, set_up, tear_down),
		cmocka_unit_test_setup_teardown(store_reader__sees_one_snapshot, set_up, tear_down),
		cmocka_unit_test_setup_teardown(db__parameters_by_number_and_json_by_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(db_backup__while_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(migrate__runs_once_and_refuses_a_newer_file, set_up, tear_down),
		cmocka_unit_test(id_new__grows_and_fits_javascript),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
