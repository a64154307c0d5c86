#include "web/limiter.h"

#include <pthread.h>
#include <stddef.h>

#include "base/moment.h"

enum { SLOTS = 4096, WAYS = 8 };

struct slot {
	uint64_t hash;
	int64_t first, last;            /* wrong tries */
	int count;
};

static struct slot slots[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t hash_of(char kind, const char *text)
{
	uint64_t h = 14695981039346656037u ^ (unsigned char)kind; /* FNV-1a */
	for (; *text; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
	return h ? h : 1;
}

static struct slot *find(uint64_t hash, int make)
{
	struct slot *oldest = NULL;
	for (int i = 0; i < WAYS; i++) {
		struct slot *s = &slots[(hash + (uint64_t)i) % SLOTS];
		if (s->hash == hash) return s;
		if (!oldest || s->last < oldest->last) oldest = s;
	}
	if (!make) return NULL;
	*oldest = (struct slot){.hash = hash};
	return oldest;
}

static int64_t name_until(const struct slot *s)
{
	if (!s || s->count < 5) return 0;
	int64_t minutes = s->count >= 9 ? 15 : (int64_t)1 << (s->count - 5);
	return s->last + minutes * MOMENT_MINUTE;
}

static int64_t address_until(const struct slot *s)
{
	return s && s->count >= 30 ? s->first + 10 * MOMENT_MINUTE : 0;
}

int64_t limiter_wait(const char *name, const char *address, int64_t now)
{
	pthread_mutex_lock(&lock);
	int64_t until = name_until(find(hash_of('n', name), 0)), other = address_until(find(hash_of('a', address), 0));
	pthread_mutex_unlock(&lock);
	if (other > until) until = other;
	return until > now ? until - now : 0;
}

static void wrong(uint64_t hash, int64_t now, int64_t forget)
{
	struct slot *s = find(hash, 1);
	if (!s->count || now - s->first > forget) *s = (struct slot){.hash = hash, .first = now};
	s->count++;
	s->last = now;
}

void limiter_wrong(const char *name, const char *address, int64_t now)
{
	pthread_mutex_lock(&lock);
	wrong(hash_of('n', name), now, MOMENT_DAY);
	wrong(hash_of('a', address), now, 10 * MOMENT_MINUTE);
	pthread_mutex_unlock(&lock);
}

void limiter_right(const char *name)
{
	pthread_mutex_lock(&lock);
	struct slot *s = find(hash_of('n', name), 0);
	if (s) *s = (struct slot){0};
	pthread_mutex_unlock(&lock);
}
