#include "base/id.h"

#include <stdatomic.h>

#include "base/moment.h"

static const int64_t EPOCH = INT64_C(1577836800) * MOMENT_SECOND;

static _Atomic int64_t last;

int64_t id_new(int64_t now)
{
	int64_t floor = ((now > EPOCH ? now - EPOCH : 0) / 1000) << 12;
	int64_t seen = atomic_load(&last), next;
	do next = floor > seen ? floor : seen + 1;
	while (!atomic_compare_exchange_weak(&last, &seen, next));
	return next;
}

int64_t id_moment(int64_t id)
{
	return EPOCH + (id >> 12) * 1000;
}

void id_seen(int64_t id)
{
	int64_t seen = atomic_load(&last);
	while (seen < id && !atomic_compare_exchange_weak(&last, &seen, id)) {
	}
}
