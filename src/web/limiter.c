#include "web/limiter.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/moment.h"

enum { SLOTS = 4096, WAYS = 8, NAME_TRIES = 5, ADDRESS_TRIES = 30 };

static const int64_t NAME_FORGET = MOMENT_DAY, ADDRESS_FORGET = 10 * MOMENT_MINUTE, KNOWN_FORGET = 30 * MOMENT_DAY;

struct slot {
	uint64_t hash;                  /* of a kind and a text; 0: free */
	int64_t first, last;            /* wrong tries; of a known pair `last` is also its last right one */
	int count;
};

static struct slot slots[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint64_t seed;                   /* so that nobody can choose names that push another out of the table */

static void seed_make(void)
{
	if (getrandom(&seed, sizeof seed, 0) != sizeof seed) abort();
}

static uint64_t hash_add(uint64_t h, const void *bytes, size_t n)
{
	for (const unsigned char *p = bytes; n; p++, n--) h = (h ^ *p) * 1099511628211u; /* FNV-1a */
	return h ^ h >> 29;
}

/* What counts as one address: IPv4 whole, also inside IPv6; IPv6 without its last 64 bits. */
static uint64_t address_hash(uint64_t h, const char *address)
{
	struct in6_addr six;
	struct in_addr four;
	if (inet_pton(AF_INET, address, &four) == 1) return hash_add(h, &four, sizeof four);
	if (inet_pton(AF_INET6, address, &six) != 1) return hash_add(h, address, strlen(address));
	if (IN6_IS_ADDR_V4MAPPED(&six)) return hash_add(h, six.s6_addr + 12, 4);
	return hash_add(h, &six, 8);
}

struct keys {
	uint64_t name, address, pair;
};

static struct keys keys_of(const char *name, const char *address)
{
	pthread_once(&once, seed_make);
	uint64_t of_name = hash_add(hash_add(seed, "n", 1), name, strlen(name));
	return (struct keys){of_name | 1, address_hash(hash_add(seed, "a", 1), address) | 1, address_hash(hash_add(of_name, "p", 1), address) | 1};
}

static struct slot *find(uint64_t hash, bool make)
{
	struct slot *oldest = NULL;
	for (int i = 0; i < WAYS; i++) {
		struct slot *s = &slots[((hash >> 20) + (uint64_t)i) % SLOTS];
		if (s->hash == hash) return s;
		if (!oldest || s->last < oldest->last) oldest = s;
	}
	if (!make) return NULL;
	*oldest = (struct slot){.hash = hash};
	return oldest;
}

static struct slot *pair_find(uint64_t hash, int64_t now)
{
	struct slot *pair = find(hash, false);
	return pair && now - pair->last <= KNOWN_FORGET ? pair : NULL;
}

static int64_t name_until(const struct slot *s)
{
	if (!s || s->count < NAME_TRIES) return 0;
	int64_t minutes = s->count >= NAME_TRIES + 4 ? 15 : (int64_t)1 << (s->count - NAME_TRIES);
	return s->last + minutes * MOMENT_MINUTE;
}

static int64_t address_until(const struct slot *s)
{
	return s && s->count >= ADDRESS_TRIES ? s->first + ADDRESS_FORGET : 0;
}

int64_t limiter_wait(const char *name, const char *address, int64_t now)
{
	struct keys keys = keys_of(name, address);
	pthread_mutex_lock(&lock);
	struct slot *pair = pair_find(keys.pair, now);
	int64_t until = name_until(pair ? pair : find(keys.name, false)), other = address_until(find(keys.address, false));
	pthread_mutex_unlock(&lock);
	if (other > until) until = other;
	return until > now ? until - now : 0;
}

static void wrong(struct slot *s, int64_t now, int64_t forget)
{
	if (!s->count || now - s->first > forget) *s = (struct slot){.hash = s->hash, .first = now};
	s->count++;
	s->last = now;
}

void limiter_wrong(const char *name, const char *address, int64_t now)
{
	struct keys keys = keys_of(name, address);
	pthread_mutex_lock(&lock);
	struct slot *pair = pair_find(keys.pair, now);
	wrong(pair ? pair : find(keys.name, true), now, NAME_FORGET);
	wrong(find(keys.address, true), now, ADDRESS_FORGET);
	pthread_mutex_unlock(&lock);
}

void limiter_right(const char *name, const char *address, int64_t now)
{
	struct keys keys = keys_of(name, address);
	pthread_mutex_lock(&lock);
	struct slot *s = find(keys.name, false);
	if (s && !pair_find(keys.pair, now)) *s = (struct slot){0};
	*find(keys.pair, true) = (struct slot){.hash = keys.pair, .last = now};
	pthread_mutex_unlock(&lock);
}
