#include "core/advisor/advise.h"

#include <math.h>

static double logit_of(double share)
{
	return log1p(share - 1) - log1p(-share); /* not log: its tables would be a quarter of what the browser loads */
}

struct advice advise(const struct belief *belief, const double *x, double wish_sell)
{
	MUST(wish_sell >= 0 && wish_sell <= 100);
	struct belief_score score = belief_score(belief, x);
	struct advice advice = {
		.wish_buy = 100 * belief_sigmoid(score.logit),
		.wish_sell = wish_sell,
		.threshold = fmin(fmax(wish_sell - ADVISE_BAND, 1), 99),
		.logit = score.logit,
		.spread = sqrt(score.variance),
	};
	double over = score.logit - logit_of(advice.threshold / 100);
	advice.z = advice.spread > 0 ? over / advice.spread : over < 0 ? -INFINITY : INFINITY; /* no spread: certain */
	advice.negotiation = erfc(-advice.z / sqrt(2)) / 2;
	advice.mode = over >= 0 ? ADVISE_NEGOTIATION : ADVISE_SALE;
	advice.sure = fmax(advice.negotiation, 1 - advice.negotiation);
	return advice;
}

/* Keeps the max strongest, in order: insertion, since max is a handful. */
static int insert(struct advise_reason *reasons, int n, int max, struct advise_reason reason)
{
	int at = n;
	while (at > 0 && fabs(reasons[at - 1].logit) < fabs(reason.logit)) at--;
	if (at == max) return n;
	if (n < max) n++;
	for (int i = n - 1; i > at; i--) reasons[i] = reasons[i - 1];
	reasons[at] = reason;
	return n;
}

int advise_why(const struct belief *belief, const double *x, bool with_bias, struct advise_reason *ret_reasons, int max)
{
	double logit = belief_score(belief, x).logit;
	int n = 0;
	for (int i = with_bias ? EVIDENCE_BIAS : EVIDENCE_BIAS + 1; i < belief->n; i++) {
		double part = belief->mean[i] * x[i];
		if (part == 0) continue;
		double points = 100 * (belief_sigmoid(logit) - belief_sigmoid(logit - part));
		n = insert(ret_reasons, n, max, (struct advise_reason){i, part, points});
	}
	return n;
}

int advise_lacks(const struct belief *belief, const double *x, struct advise_reason *ret_reasons, int max)
{
	double logit = belief_score(belief, x).logit;
	int n = 0;
	for (int i = EVIDENCE_BIAS + 1; i < belief->n; i++) {
		if (x[i] != 0) continue;
		double points = 100 * (belief_sigmoid(logit + belief->mean[i]) - belief_sigmoid(logit));
		n = insert(ret_reasons, n, max, (struct advise_reason){i, belief->mean[i], points});
	}
	return n;
}

/* Which comes first is told by rank, then by strength. */
static int rank(const struct evidence_def *def, double x, double weight, enum advise_mode mode)
{
	if (x != 0) return (weight * x > 0) == (mode == ADVISE_NEGOTIATION) && weight != 0 ? 3 : 0;
	if (mode == ADVISE_NEGOTIATION || weight <= 0) return 0;
	return def->source == EVIDENCE_DERIVED ? 2 : 1;
}

int advise_because(const struct belief *belief, const struct evidence_def *defs, const double *x, enum advise_mode mode, struct advise_reason *ret_reasons, int max)
{
	double logit = belief_score(belief, x).logit;
	int n = 0;
	for (int wanted = 3; wanted > 0; wanted--) {
		int begun = n;
		for (int i = EVIDENCE_BIAS + 1; i < belief->n; i++) {
			double weight = belief->mean[i], part = x[i] != 0 ? weight * x[i] : weight;
			if (rank(&defs[i], x[i], weight, mode) != wanted) continue;
			double points = x[i] != 0 ? belief_sigmoid(logit) - belief_sigmoid(logit - part) : belief_sigmoid(logit + part) - belief_sigmoid(logit);
			n = begun + insert(ret_reasons + begun, n - begun, max - begun, (struct advise_reason){i, part, 100 * points});
		}
	}
	return n;
}

struct advise_watch advise_start(enum advise_mode running)
{
	return (struct advise_watch){.running = running};
}

/* How far the advice stands on the other side of the mode that runs. */
static double against(const struct advise_watch *watch, const struct advice *now)
{
	return watch->running == ADVISE_SALE ? now->z : -now->z;
}

bool advise_crossed(struct advise_watch *watch, const struct advice *now)
{
	double z = against(watch, now);
	if (z <= -ADVISE_BACK) watch->kept = false;
	if (now->mode == watch->running) return false;
	return !watch->kept || z >= watch->kept_z + ADVISE_AGAIN;
}

void advise_keep(struct advise_watch *watch, const struct advice *now)
{
	watch->kept = true;
	watch->kept_z = fmax(against(watch, now), 0);
}
