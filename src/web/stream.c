#include "web/stream.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/log.h"
#include "base/moment.h"
#include "web/wire.h"

enum { STATE_MAX = 256 * 1024, RETRY_MS = 2000, LOOK_ANYWAY_MS = 1000 };

/* A state as it goes over the wire. Shared by those who are being sent it; counted under the lock. */
struct told {
	int users;
	size_t bytes;
	char id[24];
	char text[];
};

struct streams {
	struct store *store;
	stream_state *state;
	int most;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;         /* somebody came, or the end */
	struct stream *first;
	int open;
	bool end;
	struct told *latest;            /* NULL before the first look */
	int64_t told, groups, looked_ms, beat_ms;
};

struct stream {
	struct streams *streams;
	struct exchange *x;
	struct stream *next, **link;
	struct told *sending;           /* from `at` on; NULL: nothing */
	size_t at;
	char greeting[32], last_id[24];
	bool asleep, beat;              /* beat: a line without meaning is due */
	int64_t until_ms;
};

static int64_t now_ms(void)
{
	return moment_steady() / 1000;
}

/* ---- States ---- */

static uint64_t digest(const char *text, size_t n)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */
	for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)text[i]) * 1099511628211u;
	return h;
}

static struct told *told_new(const struct buf *state)
{
	char id[24];
	snprintf(id, sizeof id, "%016llx", (unsigned long long)digest(state->bytes ? state->bytes : "", state->used));
	size_t room = state->used + 64;
	struct told *told = malloc(sizeof *told + room);
	if (!told) abort();
	told->users = 1;
	snprintf(told->id, sizeof told->id, "%s", id);
	told->bytes = (size_t)snprintf(told->text, room, "id: %s\ndata: %s\n\n", id, state->bytes ? state->bytes : "");
	return told;
}

static void told_drop(struct told *told)
{
	if (told && !--told->users) free(told);
}

static void wake_all(struct streams *streams)
{
	for (struct stream *s = streams->first; s; s = s->next) {
		if (!s->asleep) continue;
		s->asleep = false;
		wire_wake(s->x);
	}
}

/* Reads the state; NULL where it cannot be read, or is too large: then it is asked again at the next look. Without the lock. */
static struct told *look(struct streams *streams)
{
	struct error error;
	struct buf state;
	struct told *told = NULL;
	buf_init(&state, STATE_MAX);
	struct db *db = store_reader_take(streams->store, &error);
	enum err kind = db ? streams->state(db, &state, &error) : error.kind;
	if (db) store_reader_give(streams->store, db);
	if (kind) log_line(LOG_ERROR, "stream_failed", "ss", "kind", err_name(kind), "text", error.text);
	else if (state.overflow) log_line(LOG_ERROR, "stream_too_large", "");
	else told = told_new(&state);
	buf_done(&state);
	return told;
}

static void publish(struct streams *streams, struct told *told)
{
	if (told && streams->latest && !strcmp(told->id, streams->latest->id)) {
		told_drop(told);
		return;
	}
	if (!told) return;
	told_drop(streams->latest);
	streams->latest = told;
	wake_all(streams);
}

static bool look_due(struct streams *streams, int64_t now)
{
	int64_t groups = store_figures(streams->store).groups;
	if (groups == streams->groups && now - streams->looked_ms < LOOK_ANYWAY_MS) return false;
	streams->groups = groups;
	streams->looked_ms = now;
	return true;
}

/* Who has listened for long enough is woken, and ends. */
static void beat(struct streams *streams, int64_t now)
{
	bool due = now - streams->beat_ms >= STREAM_BEAT_MS;
	if (due) streams->beat_ms = now;
	for (struct stream *s = streams->first; s; s = s->next) {
		if (due) s->beat = true;
		if (s->asleep && (due || now >= s->until_ms)) {
			s->asleep = false;
			wire_wake(s->x);
		}
	}
}

static void wait_ms(struct streams *streams, int ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	while (!streams->end && pthread_cond_timedwait(&streams->changed, &streams->lock, &until) != ETIMEDOUT) continue;
}

static void *watch(void *arg)
{
	struct streams *streams = arg;
	pthread_mutex_lock(&streams->lock);
	while (!streams->end) {
		if (!streams->open) {
			pthread_cond_wait(&streams->changed, &streams->lock);
			continue;
		}
		int64_t now = now_ms();
		if (look_due(streams, now)) {
			pthread_mutex_unlock(&streams->lock);
			struct told *told = look(streams);
			pthread_mutex_lock(&streams->lock);
			publish(streams, told);
		}
		beat(streams, now);
		wait_ms(streams, STREAM_LOOK_MS);
	}
	pthread_mutex_unlock(&streams->lock);
	return NULL;
}

/* ---- Beginning and end ---- */

struct streams *streams_new(struct store *store, int most, stream_state *state)
{
	struct streams *streams = calloc(1, sizeof *streams);
	pthread_condattr_t steady;
	if (!streams) abort();
	streams->store = store;
	streams->state = state;
	streams->most = most;
	streams->beat_ms = now_ms();
	pthread_mutex_init(&streams->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&streams->changed, &steady);
	pthread_condattr_destroy(&steady);
	if (pthread_create(&streams->thread, NULL, watch, streams)) abort();
	return streams;
}

void streams_end(struct streams *streams)
{
	pthread_mutex_lock(&streams->lock);
	bool ended = streams->end;
	streams->end = true;
	wake_all(streams);
	pthread_cond_signal(&streams->changed);
	pthread_mutex_unlock(&streams->lock);
	if (!ended) pthread_join(streams->thread, NULL);
}

void streams_free(struct streams *streams)
{
	MUST(!streams->first);
	told_drop(streams->latest);
	pthread_cond_destroy(&streams->changed);
	pthread_mutex_destroy(&streams->lock);
	free(streams);
}

int streams_open(struct streams *streams)
{
	pthread_mutex_lock(&streams->lock);
	int open = streams->open;
	pthread_mutex_unlock(&streams->lock);
	return open;
}

int64_t streams_told(struct streams *streams)
{
	pthread_mutex_lock(&streams->lock);
	int64_t told = streams->told;
	pthread_mutex_unlock(&streams->lock);
	return told;
}

/* ---- One listener ---- */

struct stream *stream_open(struct streams *streams, struct exchange *x, const char *last_id)
{
	struct stream *s = calloc(1, sizeof *s);
	if (!s) abort();
	s->streams = streams;
	s->x = x;
	s->until_ms = now_ms() + STREAM_LONGEST_MS;
	if (last_id) snprintf(s->last_id, sizeof s->last_id, "%s", last_id);
	/* How soon to come again, not all at the same moment. */
	snprintf(s->greeting, sizeof s->greeting, "retry: %d\n\n", RETRY_MS + (int)(((uintptr_t)s >> 4) * 2654435761u % RETRY_MS));
	pthread_mutex_lock(&streams->lock);
	bool taken = !streams->end && streams->open < streams->most;
	if (taken) {
		s->next = streams->first;
		s->link = &streams->first;
		if (s->next) s->next->link = &s->next;
		streams->first = s;
		if (!streams->open++) { /* what was told last is of the time when somebody listened */
			told_drop(streams->latest);
			streams->latest = NULL;
			streams->looked_ms = 0;
			pthread_cond_signal(&streams->changed);
		}
	}
	pthread_mutex_unlock(&streams->lock);
	if (taken) return s;
	free(s);
	return NULL;
}

void stream_close(struct stream *s)
{
	struct streams *streams = s->streams;
	pthread_mutex_lock(&streams->lock);
	*s->link = s->next;
	if (s->next) s->next->link = s->link;
	streams->open--;
	told_drop(s->sending);
	pthread_mutex_unlock(&streams->lock);
	free(s);
}

/* Begins to send the latest state, unless he knows it. */
static void sending_begin(struct stream *s)
{
	struct told *latest = s->streams->latest;
	if (s->sending || !latest || !strcmp(latest->id, s->last_id)) return;
	latest->users++;
	s->sending = latest;
	s->at = 0;
	s->streams->told++;
	snprintf(s->last_id, sizeof s->last_id, "%s", latest->id);
}

static size_t sending_take(struct stream *s, char *out, size_t max)
{
	size_t n = s->sending->bytes - s->at;
	if (n > max) n = max;
	memcpy(out, s->sending->text + s->at, n);
	s->at += n;
	s->beat = false;
	if (s->at == s->sending->bytes) {
		told_drop(s->sending);
		s->sending = NULL;
	}
	return n;
}

static ssize_t text_take(char *text, char *out, size_t max)
{
	size_t n = strlen(text);
	if (n > max) n = max;
	memcpy(out, text, n);
	memmove(text, text + n, strlen(text + n) + 1);
	return (ssize_t)n;
}

/* With the lock. */
static ssize_t next_take(struct stream *s, char *out, size_t max)
{
	if (s->streams->end || now_ms() >= s->until_ms) return -1;
	if (*s->greeting) return text_take(s->greeting, out, max);
	sending_begin(s);
	if (s->sending) return (ssize_t)sending_take(s, out, max);
	if (s->beat) {
		s->beat = false;
		snprintf(s->greeting, sizeof s->greeting, ":\n\n");
		return text_take(s->greeting, out, max);
	}
	if (!wire_sleep(s->x)) return -1;
	s->asleep = true;
	return 0;
}

ssize_t stream_read(struct stream *s, char *out, size_t max)
{
	if (!max) return 0;
	pthread_mutex_lock(&s->streams->lock);
	ssize_t n = next_take(s, out, max);
	pthread_mutex_unlock(&s->streams->lock);
	return n;
}
