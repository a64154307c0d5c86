/* Advise facts: what the advisor says of many deals, from the facts that their query brought along (store/facts.h). The same as advise_deal.h says of each. */
#ifndef STURGEON_APP_ADVISE_FACTS_H
#define STURGEON_APP_ADVISE_FACTS_H

#include "app/advise_team.h"
#include "store/facts.h"

/* What is known of the next conversation at a moment. */
void advise_facts_evidence(const struct advise_team *team, const struct facts *facts, int64_t at, struct evidence *ret_evidence);

/* As part of a model (a new reference): what advise_team_model gives, without `why`, and with at most so many of `because`. */
json_t *advise_facts_model(const struct advise_team *team, const struct facts *facts, int64_t at, int because);

#endif
