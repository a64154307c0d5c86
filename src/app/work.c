#include "app/work.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/standing.h"
#include "app/feed_read.h"
#include "app/moderate.h"
#include "app/top_keep.h"
#include "base/moment.h"
#include "store/vote_store.h"

struct lane {
	struct work *work;
	const struct job *job;
	pthread_t thread;
};

struct work {
	struct store *store;
	void (*failed)(const char *, const struct error *);
	pthread_mutex_t lock;
	pthread_cond_t stop;
	atomic_bool stopping;
	int64_t top_due;                /* when the next floor falls due, told by the last run */
	struct lane *lanes;
};

/* ---- The jobs ---- */

struct top_run {
	struct work *work;
	int64_t now;
};

static enum err top_write(struct db *db, void *arg, struct error *err)
{
	struct top_run *run = arg;
	bool changed;
	return top_keep(db, run->now, &run->work->top_due, &changed, err);
}

/* Most of the time nothing waits: that costs one read. */
static enum err top_job(struct work *work, struct error *err)
{
	struct top_run run = {work, moment_now()};
	bool waits = false;
	struct db *db = store_reader_take(work->store, err);
	if (!db) return err->kind;
	enum err kind = work_waits(db, &waits, err);
	store_reader_give(work->store, db);
	if (kind || (!waits && run.now <= work->top_due)) return kind;
	return store_write(work->store, top_write, &run, err);
}

/* The rating follows the keeper by itself when a page asks for it; read beforehand, the first page after a start need not wait for all of it. */
static enum err standing_job(struct work *work, struct error *err)
{
	struct standing *standing;
	struct db *db = store_reader_take(work->store, err);
	if (!db) return err->kind;
	enum err kind = standing_open(db, &standing, err);
	if (!kind) standing_close(standing);
	store_reader_give(work->store, db);
	return kind;
}

static bool stops(void *arg)
{
	return work_stopping(arg);
}

static enum err feeds_job(struct work *work, struct error *err)
{
	return feed_work(work->store, stops, work, false, err);
}

static enum err bans_job(struct work *work, struct error *err)
{
	return moderate_work(work->store, moment_now(), err);
}

static const struct job {
	const char *what;
	int64_t every;
	enum err (*run)(struct work *work, struct error *err);
} jobs[] = {
	{"top", MOMENT_SECOND / 4, top_job},
	{"bans", MOMENT_SECOND * 10, bans_job},
	{"feeds", MOMENT_SECOND * 15, feeds_job},
	{"standing", 10 * MOMENT_SECOND, standing_job},
};

/* ---- The threads ---- */

enum { JOBS = sizeof jobs / sizeof *jobs };

static void rest(struct work *work, int64_t us)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += us / MOMENT_SECOND;
	until.tv_nsec += us % MOMENT_SECOND * 1000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_mutex_lock(&work->lock);
	while (!work->stopping && !pthread_cond_timedwait(&work->stop, &work->lock, &until)) continue;
	pthread_mutex_unlock(&work->lock);
}

static void *lane_main(void *arg)
{
	const struct lane *lane = arg;
	while (!lane->work->stopping) {
		struct error error;
		if (lane->job->run(lane->work, &error) && !lane->work->stopping) lane->work->failed(lane->job->what, &error);
		rest(lane->work, lane->job->every);
	}
	return NULL;
}

struct work *work_start(struct store *store, void (*failed)(const char *, const struct error *))
{
	pthread_condattr_t steady;
	struct work *work = calloc(1, sizeof *work);
	if (!work || !(work->lanes = calloc(JOBS, sizeof *work->lanes))) abort();
	work->store = store;
	work->failed = failed;
	pthread_mutex_init(&work->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&work->stop, &steady);
	pthread_condattr_destroy(&steady);
	for (int i = 0; i < JOBS; i++) {
		work->lanes[i].work = work;
		work->lanes[i].job = &jobs[i];
		if (pthread_create(&work->lanes[i].thread, NULL, lane_main, &work->lanes[i])) abort();
	}
	return work;
}

void work_stop(struct work *work)
{
	if (!work) return;
	pthread_mutex_lock(&work->lock);
	work->stopping = true;
	pthread_cond_broadcast(&work->stop);
	pthread_mutex_unlock(&work->lock);
	for (int i = 0; i < JOBS; i++) pthread_join(work->lanes[i].thread, NULL);
	pthread_cond_destroy(&work->stop);
	pthread_mutex_destroy(&work->lock);
	free(work->lanes);
	free(work);
}

bool work_stopping(const struct work *work)
{
	return work->stopping;
}
