#include "web/slow.h"

#include <pthread.h>
#include <stdlib.h>

#include "web/exchange.h"

enum { THREADS = 2, MAX_WAITING = 64 };

struct job {
	struct exchange *x;
	void (*run)(struct exchange *);
};

struct slow {
	pthread_t threads[THREADS];
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	struct job ring[MAX_WAITING];   /* oldest at `first` */
	int first, waiting;
	bool end;
};

static void *slow_main(void *arg)
{
	struct slow *slow = arg;
	pthread_mutex_lock(&slow->lock);
	for (;;) {
		while (!slow->waiting && !slow->end) pthread_cond_wait(&slow->arrived, &slow->lock);
		if (!slow->waiting) break;
		struct job job = slow->ring[slow->first];
		slow->first = (slow->first + 1) % MAX_WAITING;
		slow->waiting--;
		pthread_mutex_unlock(&slow->lock);
		job.run(job.x);
		pthread_mutex_lock(&slow->lock);
	}
	pthread_mutex_unlock(&slow->lock);
	return NULL;
}

struct slow *slow_new(void)
{
	struct slow *slow = calloc(1, sizeof *slow);
	if (!slow) abort();
	pthread_mutex_init(&slow->lock, NULL);
	pthread_cond_init(&slow->arrived, NULL);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&slow->threads[i], NULL, slow_main, slow)) abort();
	return slow;
}

void slow_free(struct slow *slow)
{
	pthread_mutex_lock(&slow->lock);
	slow->end = true;
	pthread_cond_broadcast(&slow->arrived);
	pthread_mutex_unlock(&slow->lock);
	for (int i = 0; i < THREADS; i++) pthread_join(slow->threads[i], NULL);
	pthread_cond_destroy(&slow->arrived);
	pthread_mutex_destroy(&slow->lock);
	free(slow);
}

bool slow_submit(struct slow *slow, struct exchange *x, void (*run)(struct exchange *))
{
	pthread_mutex_lock(&slow->lock);
	bool taken = slow->waiting < MAX_WAITING;
	if (taken) {
		slow->ring[(slow->first + slow->waiting) % MAX_WAITING] = (struct job){x, run};
		slow->waiting++;
		pthread_cond_signal(&slow->arrived);
	}
	pthread_mutex_unlock(&slow->lock);
	return taken;
}
