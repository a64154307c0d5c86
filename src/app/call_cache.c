#include "app/call_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEIGHBOURS = 8 };

struct entry {
	int64_t call_id, seq; /* call_id 0: empty */
	int64_t used;         /* when, by the count of uses */
	char event_id[64];
	struct talk *talk;
};

static struct entry entries[CALL_CACHE_MAX];
static int64_t uses;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The few places in which a call may stand. */
static struct entry *neighbours(int64_t call_id)
{
	uint64_t hash = (uint64_t)call_id * UINT64_C(0x9E3779B97F4A7C15);
	return &entries[(hash >> 32) % (CALL_CACHE_MAX / NEIGHBOURS) * NEIGHBOURS];
}

struct talk *call_cache_take(int64_t call_id, int64_t seq, const char *event_id)
{
	struct talk *talk = NULL;
	pthread_mutex_lock(&lock);
	struct entry *entry = neighbours(call_id);
	for (int i = 0; i < NEIGHBOURS; i++) {
		if (entry[i].call_id != call_id) continue;
		if (entry[i].seq == seq && !strcmp(entry[i].event_id, event_id)) talk = entry[i].talk;
		else free(entry[i].talk);
		entry[i] = (struct entry){0};
	}
	pthread_mutex_unlock(&lock);
	return talk;
}

void call_cache_put(int64_t call_id, int64_t seq, const char *event_id, struct talk *talk)
{
	pthread_mutex_lock(&lock);
	struct entry *near = neighbours(call_id), *entry = near;
	for (int i = 0; i < NEIGHBOURS; i++) {
		if (near[i].call_id == call_id) {
			entry = &near[i];
			break;
		}
		if (near[i].used < entry->used) entry = &near[i];
	}
	free(entry->talk);
	*entry = (struct entry){.call_id = call_id, .seq = seq, .used = ++uses, .talk = talk};
	snprintf(entry->event_id, sizeof entry->event_id, "%s", event_id);
	pthread_mutex_unlock(&lock);
}
