#include "core/advisor/evidence.h"

#include <math.h>
#include <string.h>

#include "base/err.h"

#define SIGNAL(key, mean) {key, mean, EVIDENCE_SD, EVIDENCE_FLAG, EVIDENCE_SIGNAL}
#define DERIVED(key, mean) {key, mean, EVIDENCE_SD, EVIDENCE_FLAG, EVIDENCE_DERIVED}

/* The bias is a private client's first call: a wish to buy of 20. Each weight is what the evidence adds, in logits. */
const struct evidence_def evidence_builtin[EVIDENCE_BUILTIN] = {
	[EVIDENCE_BIAS] = {"bias", -1.386, 0.35, EVIDENCE_FLAG, EVIDENCE_DERIVED},
	[EVIDENCE_B2B] = DERIVED("b2b", 1.386),
	[EVIDENCE_SECOND_CALL] = DERIVED("second_call", 1.15),
	[EVIDENCE_ASKED_CONTRACT] = SIGNAL("asked_contract", 1.5),
	[EVIDENCE_COMPARES_SUPPLIERS] = SIGNAL("compares_suppliers", 1.2),
	[EVIDENCE_NAMED_DEADLINE] = SIGNAL("named_deadline", 0.9),
	[EVIDENCE_HAS_BUDGET] = SIGNAL("has_budget", 0.8),
	[EVIDENCE_DECISION_MAKER] = SIGNAL("decision_maker", 0.5),
	[EVIDENCE_BY_RECOMMENDATION] = SIGNAL("by_recommendation", 0.7),
	[EVIDENCE_OWN_PROBLEM] = SIGNAL("own_problem", 0.6),
	[EVIDENCE_ASKED_PRICE] = SIGNAL("asked_price", 0.4),
	[EVIDENCE_SEND_ME_SOMETHING] = SIGNAL("send_me_something", -0.9),
	[EVIDENCE_NO_NEED] = SIGNAL("no_need", -1.5),
	[EVIDENCE_OBJECTION_UNANSWERED] = {"objection_unanswered", -0.5, EVIDENCE_SD, EVIDENCE_COUNT, EVIDENCE_DERIVED},
	[EVIDENCE_MISSED] = DERIVED("missed", -0.8),
	[EVIDENCE_SILENCE] = DERIVED("silence", -0.6),
};

bool evidence_key_valid(const char *key)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return key[0] >= 'a' && key[0] <= 'z' && !key[n] && n <= EVIDENCE_KEY_MAX;
}

struct evidence_def evidence_own(const char *key, double mean)
{
	MUST(evidence_key_valid(key) && isfinite(mean));
	mean = fmin(fmax(mean, -EVIDENCE_OWN_MEAN_MAX), EVIDENCE_OWN_MEAN_MAX);
	return (struct evidence_def){key, mean, EVIDENCE_SD, EVIDENCE_FLAG, EVIDENCE_SIGNAL};
}

int evidence_find(const struct evidence_def *defs, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(defs[i].key, key)) return i;
	return -1;
}

void evidence_init(struct evidence *evidence, int n)
{
	MUST(n >= 1 && n <= EVIDENCE_MAX);
	*evidence = (struct evidence){.n = n};
	evidence->x[EVIDENCE_BIAS] = 1.0;
}

void evidence_set(struct evidence *evidence, const struct evidence_def *defs, int index, double value)
{
	MUST(index > EVIDENCE_BIAS && index < evidence->n && !isnan(value));
	double most = defs[index].kind == EVIDENCE_COUNT ? EVIDENCE_COUNT_MAX : 1.0;
	evidence->x[index] = fmin(fmax(value, 0.0), most);
}
