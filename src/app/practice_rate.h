/* Practice rate: how often a scripted manager (core/trainer/drill.h) wins a scenario, over many clients. */
#ifndef STURGEON_APP_PRACTICE_RATE_H
#define STURGEON_APP_PRACTICE_RATE_H

#include "base/share.h"
#include "core/playbook/playbook.h"

/* Of the clients of the seeds first … first + n − 1, led by the playbook of `mode`. */
struct share practice_rate(const char *scenario, enum call_mode mode, uint64_t first, int n);

#endif
