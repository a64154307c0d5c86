#include "store/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/moment.h"
#include "store/migrate.h"

enum { MAX_READERS = 32, MAX_GROUP = 512, MAX_WAITING = 100000 };

struct store {
	char *path;
	struct db *writer;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	struct write *first, **last;    /* the queue, oldest first */
	int64_t waiting, groups, writes;
	bool closing;
	pthread_mutex_t readers_lock;
	struct db *readers[MAX_READERS]; /* idle ones */
	int idle;
};

void write_refuse(struct write *write)
{
	write->refused = true;
}

/* Runs one piece in its savepoint. What it returns is not the piece's failure but the group's: the transaction is lost (a full disk ends it). */
static enum err piece_run(struct store *store, struct write *w, struct error *err)
{
	enum err kind = db_savepoint(store->writer, err);
	if (kind) return kind;
	w->kind = w->run(w, store->writer, &w->error);
	kind = w->kind || w->refused ? db_undo(store->writer, err) : db_release(store->writer, err);
	if (kind && w->kind) *err = w->error; /* why it was lost */
	return kind && w->kind ? w->kind : kind;
}

static void group_run(struct store *store, struct write *group)
{
	struct error error;
	enum err kind = db_begin(store->writer, &error);
	int64_t n = 0;
	for (struct write *w = group; w; w = w->next, n++) {
		if (!kind) kind = piece_run(store, w, &error);
	}
	if (!kind) kind = db_commit(store->writer, &error);
	if (kind) db_rollback(store->writer);
	pthread_mutex_lock(&store->lock);
	store->groups++;
	store->writes += n;
	store->waiting -= n;
	pthread_mutex_unlock(&store->lock);
	for (struct write *w = group, *next; w; w = next) {
		next = w->next;
		if (kind) w->done(w, kind, &error);
		else w->done(w, w->kind, &w->error);
	}
}

/* Takes at most MAX_GROUP from the head of the queue, which is not empty. Called with the lock held. */
static struct write *group_take(struct store *store)
{
	struct write *group = store->first, *tail = group;
	for (int n = 1; tail->next && n < MAX_GROUP; n++) tail = tail->next;
	store->first = tail->next;
	if (!store->first) store->last = &store->first;
	tail->next = NULL;
	return group;
}

static void *writer_main(void *arg)
{
	struct store *store = arg;
	pthread_mutex_lock(&store->lock);
	for (;;) {
		while (!store->first && !store->closing) pthread_cond_wait(&store->arrived, &store->lock);
		if (!store->first) break;
		struct write *group = group_take(store);
		pthread_mutex_unlock(&store->lock);
		group_run(store, group);
		pthread_mutex_lock(&store->lock);
	}
	pthread_mutex_unlock(&store->lock);
	return NULL;
}

/* Ids go on from the greatest that the data holds, even where the clock stepped back. */
static enum err ids_go_on(struct db *db, struct error *err)
{
	static const char *const queries[] = {
		"SELECT max(call_id) FROM call", "SELECT max(client_id) FROM client", "SELECT max(deal_id) FROM deal",
		"SELECT max(member_id) FROM member", "SELECT max(item_id) FROM item", "SELECT max(team_id) FROM team",
		"SELECT max(post_id) FROM post", "SELECT max(vote_id) FROM vote", "SELECT max(act_id) FROM act", "SELECT max(journal_id) FROM journal",
	};
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		int64_t id;
		enum err kind = db_query_int(db, err, 0, &id, queries[i], "");
		if (kind) return kind;
		id_seen(id);
	}
	return ERR_NONE;
}

enum err store_open(const char *path, struct error *err, struct store **ret_store)
{
	struct db *db;
	int applied;
	enum err kind = db_open(path, DB_WRITE, err, &db);
	if (kind) return kind;
	if ((kind = migrate_run(db, moment_now(), err, &applied)) || (kind = ids_go_on(db, err))) {
		db_close(db);
		return kind;
	}
	struct store *store = calloc(1, sizeof *store);
	if (!store || !(store->path = strdup(path))) abort();
	store->writer = db;
	store->last = &store->first;
	pthread_mutex_init(&store->lock, NULL);
	pthread_mutex_init(&store->readers_lock, NULL);
	pthread_cond_init(&store->arrived, NULL);
	if (pthread_create(&store->thread, NULL, writer_main, store)) abort();
	*ret_store = store;
	return ERR_NONE;
}

void store_close(struct store *store)
{
	if (!store) return;
	pthread_mutex_lock(&store->lock);
	store->closing = true;
	pthread_cond_signal(&store->arrived);
	pthread_mutex_unlock(&store->lock);
	pthread_join(store->thread, NULL);
	for (int i = 0; i < store->idle; i++) db_close(store->readers[i]);
	db_close(store->writer);
	pthread_cond_destroy(&store->arrived);
	pthread_mutex_destroy(&store->lock);
	pthread_mutex_destroy(&store->readers_lock);
	free(store->path);
	free(store);
}

bool store_submit(struct store *store, struct write *write)
{
	pthread_mutex_lock(&store->lock);
	bool taken = !store->closing && store->waiting < MAX_WAITING;
	if (taken) {
		write->next = NULL;
		write->refused = false;
		write->kind = ERR_NONE;
		*store->last = write;
		store->last = &write->next;
		store->waiting++;
		pthread_cond_signal(&store->arrived);
	}
	pthread_mutex_unlock(&store->lock);
	return taken;
}

struct waiter {
	struct write write;
	enum err (*run)(struct db *, void *, struct error *);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool over;
	enum err kind;
	struct error error;
};

static enum err waiter_run(struct write *write, struct db *db, struct error *err)
{
	struct waiter *w = (struct waiter *)write;
	return w->run(db, w->arg, err);
}

static void waiter_done(struct write *write, enum err kind, const struct error *err)
{
	struct waiter *w = (struct waiter *)write;
	pthread_mutex_lock(&w->lock);
	w->kind = kind;
	if (kind) w->error = *err;
	w->over = true;
	pthread_cond_signal(&w->told);
	pthread_mutex_unlock(&w->lock);
}

enum err store_write(struct store *store, enum err (*run)(struct db *, void *, struct error *), void *arg, struct error *err)
{
	struct waiter w = {.write = {.run = waiter_run, .done = waiter_done}, .run = run, .arg = arg};
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.told, NULL);
	if (store_submit(store, &w.write)) {
		pthread_mutex_lock(&w.lock);
		while (!w.over) pthread_cond_wait(&w.told, &w.lock);
		pthread_mutex_unlock(&w.lock);
	} else {
		w.kind = err_set(&w.error, ERR_CLOSED, "the store is closing, or too much waits for it");
	}
	pthread_cond_destroy(&w.told);
	pthread_mutex_destroy(&w.lock);
	if (w.kind && err) *err = w.error;
	return w.kind;
}

struct db *store_reader_take(struct store *store, struct error *err)
{
	struct db *db = NULL;
	pthread_mutex_lock(&store->readers_lock);
	if (store->idle) db = store->readers[--store->idle];
	pthread_mutex_unlock(&store->readers_lock);
	if (!db && db_open(store->path, DB_READ, err, &db)) return NULL;
	if (db_exec(db, err, "BEGIN", "")) {
		db_close(db);
		return NULL;
	}
	return db;
}

void store_reader_give(struct store *store, struct db *db)
{
	db_rollback(db);
	pthread_mutex_lock(&store->readers_lock);
	bool keep = store->idle < MAX_READERS;
	if (keep) store->readers[store->idle++] = db;
	pthread_mutex_unlock(&store->readers_lock);
	if (!keep) db_close(db);
}

const char *store_path(const struct store *store)
{
	return store->path;
}

struct store_figures store_figures(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	struct store_figures figures = {store->groups, store->writes, store->waiting};
	pthread_mutex_unlock(&store->lock);
	return figures;
}
