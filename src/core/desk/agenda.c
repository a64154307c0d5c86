#include "core/desk/agenda.h"

#include <math.h>
#include <stdlib.h>

#include "core/advisor/belief.h"
#include "core/advisor/evidence.h"

static const double WEEK = 7.0 * 86400 * 1000000;

double agenda_worth(const struct agenda_talk *talk, int64_t now)
{
	double missed = fabs(evidence_builtin[EVIDENCE_MISSED].mean), silence = fabs(evidence_builtin[EVIDENCE_SILENCE].mean);
	double rise = AGENDA_RISE, stake = 0;
	double late = now > talk->planned_at ? (double)(now - talk->planned_at) : 0;
	if (talk->promised) stake += missed * exp2(-late / WEEK);
	if (talk->silent_days >= AGENDA_SILENCE_DAYS) rise += silence;
	else stake += silence * talk->silent_days / AGENDA_SILENCE_DAYS;
	return (double)talk->value_minor * (belief_sigmoid(talk->logit + rise) - belief_sigmoid(talk->logit - stake));
}

/* Has it an hour that can still be kept? */
static bool has_hour(const struct agenda_talk *talk, int64_t now)
{
	return !talk->any_hour && talk->planned_at + AGENDA_GRACE >= now;
}

static bool better(const struct agenda_talk *talks, const double *worth, int a, int b)
{
	if (b < 0 || worth[a] != worth[b]) return b < 0 || worth[a] > worth[b];
	return talks[a].planned_at != talks[b].planned_at ? talks[a].planned_at < talks[b].planned_at : a < b;
}

void agenda_order(const struct agenda_talk *talks, int n, int64_t now, int *order, double *worth)
{
	for (int i = 0; i < n; i++) {
		worth[i] = agenda_worth(&talks[i], now);
		order[i] = i; /* order[k…] holds those not placed yet */
	}
	int64_t at = now;
	for (int k = 0; k < n; k++) {
		int due = -1, hour = -1, none = -1; /* places in order: the best that is due, the nearest hour, the best without one */
		for (int j = k; j < n; j++) {
			const struct agenda_talk *talk = &talks[order[j]];
			if (!has_hour(talk, now)) {
				if (better(talks, worth, order[j], none < 0 ? -1 : order[none])) none = j;
				continue;
			}
			if (talk->planned_at - AGENDA_EARLY <= at && better(talks, worth, order[j], due < 0 ? -1 : order[due])) due = j;
			if (hour < 0 || talk->planned_at < talks[order[hour]].planned_at ||
			    (talk->planned_at == talks[order[hour]].planned_at && better(talks, worth, order[j], order[hour])))
				hour = j;
		}
		int next = due;
		if (next < 0 && none >= 0 && (hour < 0 || at + AGENDA_TALK <= talks[order[hour]].planned_at)) next = none;
		if (next < 0) next = hour;
		int chosen = order[next];
		if (has_hour(&talks[chosen], now) && talks[chosen].planned_at > at) at = talks[chosen].planned_at;
		order[next] = order[k];
		order[k] = chosen;
		at += AGENDA_TALK;
	}
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

int64_t agenda_value_otherwise(int64_t *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, by_value);
	int first = 0;
	while (first < n && values[first] <= 0) first++;
	return first < n ? values[first + (n - first) / 2] : 1;
}
