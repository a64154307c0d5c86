#include "app/advise_facts.h"

#include <stdlib.h>
#include <string.h>

#include "app/advise_deal.h"
#include "base/moment.h"

/* {"has_budget":1,"objection_unanswered":2}, as shown_save writes it: compact, keys of a–z, 0–9 and _, whole numbers. A page weighs hundreds of these, so it is read
 * without making a tree of it; what is not of this form is left out. */
static void shown_take(const struct advise_team *team, const char *shown, struct evidence *evidence)
{
	char key[EVIDENCE_KEY_MAX + 1];
	for (const char *at = strchr(shown, '"'); at; at = strchr(at, '"')) {
		const char *end = strchr(++at, '"');
		if (!end || end[1] != ':' || end - at > EVIDENCE_KEY_MAX) return;
		memcpy(key, at, (size_t)(end - at));
		key[end - at] = '\0';
		int index = evidence_find(team->defs, team->n, key);
		char *rest;
		double value = (double)strtol(end + 2, &rest, 10);
		if (index > EVIDENCE_BIAS && rest > end + 2) evidence_set(evidence, team->defs, index, value);
		at = rest;
	}
}

void advise_facts_evidence(const struct advise_team *team, const struct facts *facts, int64_t at, struct evidence *evidence)
{
	evidence_init(evidence, team->n);
	shown_take(team, facts->shown, evidence);
	evidence_set(evidence, team->defs, EVIDENCE_B2B, facts->b2b);
	evidence_set(evidence, team->defs, EVIDENCE_SECOND_CALL, facts->held > 0);
	evidence_set(evidence, team->defs, EVIDENCE_MISSED, facts->missed);
	evidence_set(evidence, team->defs, EVIDENCE_SILENCE, facts->held_at && at - facts->held_at >= ADVISE_SILENCE_DAYS * MOMENT_DAY);
}

json_t *advise_facts_model(const struct advise_team *team, const struct facts *facts, int64_t at, int because)
{
	struct evidence evidence;
	advise_facts_evidence(team, facts, at, &evidence);
	return advise_team_brief(team, evidence.x, facts->wish_sell, because);
}
