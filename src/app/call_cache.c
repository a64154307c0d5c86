#include "app/call_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	int64_t call_id, seq; /* call_id 0: empty */
	int64_t used;         /* when, by the count of uses */
	char event_id[64];
	struct sale *sale;
};

static struct entry entries[CALL_CACHE_MAX];
static int64_t uses;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool call_cache_take(int64_t call_id, int64_t seq, const char *event_id, struct sale *ret_sale)
{
	bool found = false;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < CALL_CACHE_MAX; i++) {
		struct entry *entry = &entries[i];
		if (entry->call_id != call_id) continue;
		found = entry->seq == seq && !strcmp(entry->event_id, event_id);
		if (found) *ret_sale = *entry->sale;
		entry->call_id = 0;
		entry->used = 0;
		break;
	}
	pthread_mutex_unlock(&lock);
	return found;
}

void call_cache_put(int64_t call_id, int64_t seq, const char *event_id, const struct sale *sale)
{
	pthread_mutex_lock(&lock);
	struct entry *entry = &entries[0];
	for (int i = 0; i < CALL_CACHE_MAX && entry->call_id != call_id; i++)
		if (entries[i].call_id == call_id || entries[i].used < entry->used) entry = &entries[i];
	if (!entry->sale && !(entry->sale = malloc(sizeof *entry->sale))) abort();
	*entry->sale = *sale;
	entry->call_id = call_id;
	entry->seq = seq;
	entry->used = ++uses;
	snprintf(entry->event_id, sizeof entry->event_id, "%s", event_id);
	pthread_mutex_unlock(&lock);
}
