#include "app/recall.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
	char *bytes;                    /* the question, then the answer; NULL: free */
	size_t question, answer;
	int64_t run;
	uint64_t used;
};

struct recall {
	pthread_mutex_t lock;
	uint64_t clock;
	size_t room;
	struct kept kept[];
};

struct recall *recall_new(size_t room)
{
	struct recall *recall = calloc(1, sizeof *recall + room * sizeof *recall->kept);
	if (!recall) abort();
	pthread_mutex_init(&recall->lock, NULL);
	recall->room = room;
	return recall;
}

void recall_free(struct recall *recall)
{
	if (!recall) return;
	recall_forget(recall);
	pthread_mutex_destroy(&recall->lock);
	free(recall);
}

void recall_forget(struct recall *recall)
{
	pthread_mutex_lock(&recall->lock);
	for (size_t i = 0; i < recall->room; i++) {
		free(recall->kept[i].bytes);
		recall->kept[i] = (struct kept){0};
	}
	pthread_mutex_unlock(&recall->lock);
}

static struct kept *find(struct recall *recall, const void *question, size_t bytes)
{
	for (size_t i = 0; i < recall->room; i++) {
		struct kept *kept = &recall->kept[i];
		if (kept->bytes && kept->question == bytes && !memcmp(kept->bytes, question, bytes)) return kept;
	}
	return NULL;
}

static struct kept *oldest(struct recall *recall)
{
	struct kept *oldest = &recall->kept[0];
	for (size_t i = 1; i < recall->room; i++)
		if (recall->kept[i].used < oldest->used) oldest = &recall->kept[i];
	return oldest;
}

void recall_keep(struct recall *recall, const void *question, size_t question_bytes, int64_t run, const void *answer, size_t answer_bytes)
{
	if (question_bytes + answer_bytes > RECALL_BYTES) return;
	pthread_mutex_lock(&recall->lock);
	struct kept *kept = find(recall, question, question_bytes);
	if (!kept) kept = oldest(recall);
	char *bytes = realloc(kept->bytes, question_bytes + answer_bytes + 1);
	if (!bytes) abort();
	memcpy(bytes, question, question_bytes);
	memcpy(bytes + question_bytes, answer, answer_bytes);
	*kept = (struct kept){bytes, question_bytes, answer_bytes, run, ++recall->clock};
	pthread_mutex_unlock(&recall->lock);
}

bool recall_find(struct recall *recall, const void *question, size_t question_bytes, int64_t run, void *answer, size_t *ret_bytes)
{
	pthread_mutex_lock(&recall->lock);
	struct kept *kept = find(recall, question, question_bytes);
	bool stands = kept && (kept->run == run || kept->run == RECALL_ALWAYS);
	if (stands) {
		memcpy(answer, kept->bytes + question_bytes, kept->answer);
		*ret_bytes = kept->answer;
		kept->used = ++recall->clock;
	}
	pthread_mutex_unlock(&recall->lock);
	return stands;
}
