/* How a simulated client is drawn from a scenario: partner.h. */
#include "core/trainer/partner.h"

#include "base/err.h"

static bool happens(struct rng *rng, double percent)
{
	return rng_unit(rng) * 100.0 < percent;
}

static const struct playbook_item *item_of(const struct playbook *book, int64_t id)
{
	for (int i = 0; i < book->n_items; i++)
		if (book->items[i].id == id) return &book->items[i];
	return NULL;
}

static int weighted(struct rng *rng, const int *weights, int n)
{
	int64_t sum = 0;
	for (int i = 0; i < n; i++) sum += weights[i];
	if (sum <= 0) return 0;
	int64_t at = rng_between(rng, 0, sum - 1);
	int i = 0;
	while (at >= weights[i]) at -= weights[i++];
	return i;
}

/* Of all interests each by its chance; one that is no cut at least, where there is one. */
static void interests_draw(struct partner *partner)
{
	const struct scenario *scenario = partner->scenario;
	int fallback = -1, n_fair = 0;
	for (int i = 0; i < scenario->n_interests; i++) {
		const struct scenario_interest *interest = &scenario->interests[i];
		bool has = happens(&partner->rng, interest->percent);
		if (interest->compliance) {
			partner->expects_cut |= has;
			continue;
		}
		if (fallback < 0 || happens(&partner->rng, 50)) fallback = i;
		if (!has || partner->n_interests == SCENARIO_INTERESTS) continue;
		partner->interests[partner->n_interests++] = (struct partner_interest){.of = i};
		n_fair++;
	}
	if (n_fair == 0 && fallback >= 0) partner->interests[partner->n_interests++] = (struct partner_interest){.of = fallback};
	for (int i = 0; i < partner->n_interests; i++) {
		const struct playbook_item *item = item_of(partner->book, partner->scenario->interests[partner->interests[i].of].item);
		if (item) partner->persona.motives |= item->motives;
	}
}

static void values_draw(struct partner *partner)
{
	const struct scenario *scenario = partner->scenario;
	const struct bargain *middle = scenario->board->bargain;
	struct variable *variables = ARENA_ARRAY(partner->arena, struct variable, middle->n);
	struct bargain *values = ARENA_NEW(partner->arena, struct bargain);
	*values = *middle;
	values->variables = variables;
	partner->values = values;
	for (int v = 0; v < middle->n; v++) {
		int64_t percent = rng_between(&partner->rng, scenario->spread.low, scenario->spread.high);
		for (int i = 0; i < partner->n_interests; i++) {
			const struct scenario_interest *interest = &partner->scenario->interests[partner->interests[i].of];
			for (int s = 0; s < interest->n_stresses; s++)
				if (interest->stresses[s].variable == v) percent = percent * interest->stresses[s].percent / 100;
		}
		struct option *options = ARENA_ARRAY(partner->arena, struct option, middle->variables[v].n);
		for (int o = 0; o < middle->variables[v].n; o++) {
			options[o] = middle->variables[v].options[o];
			options[o].theirs = options[o].theirs * percent / 100;
		}
		variables[v] = (struct variable){options, middle->variables[v].n, middle->variables[v].price};
	}
}

static void haggle_draw(struct partner *partner)
{
	const struct scenario *scenario = partner->scenario;
	const struct package *start = &scenario->board->start;
	int64_t best = 0, at = package_value(partner->values, start).theirs;
	for (int v = 0; v < partner->values->n; v++) {
		int64_t most = INT64_MIN;
		for (int o = 0; o < partner->values->variables[v].n; o++)
			if (partner->values->variables[v].options[o].theirs > most) most = partner->values->variables[v].options[o].theirs;
		best += most;
	}
	int64_t room = best - at;
	struct haggle_nature nature = {
		.strategy = (enum haggle_strategy)weighted(&partner->rng, scenario->strategies, HAGGLE_STRATEGIES),
		.rounds = (int)rng_between(&partner->rng, scenario->rounds.low, scenario->rounds.high),
		.limit = at + room * rng_between(&partner->rng, scenario->their_limit.low, scenario->their_limit.high) / 1000,
		.aspiration = at + room * scenario->aspiration / 1000,
	};
	MUST(nature.limit < nature.aspiration);
	haggle_init(&partner->haggle, partner->values, &nature, start);
	partner->package = *start;
}

void partner_make(struct partner *partner, const struct scenario *scenario, const struct playbook *book, uint64_t seed, struct arena *arena)
{
	*partner = (struct partner){.scenario = scenario, .book = book, .arena = arena};
	rng_init(&partner->rng, seed);
	persona_make(&partner->persona, scenario->b2b, &partner->rng);
	partner->persona.wish = rng_normal(&partner->rng, scenario->wish_mean, scenario->wish_sd);
	partner->persona.spot = true;
	partner->persona.wants_cut = false;
	partner->persona.talks = 1;
	partner->character = (enum character)weighted(&partner->rng, scenario->characters, CHARACTERS);
	const struct partner_nature *nature = &partner_natures[partner->character];
	partner->persona.candour += nature->candour;
	partner->patience = (int)rng_between(&partner->rng, scenario->patience.low, scenario->patience.high) * nature->patience / 100;
	if (scenario->price > 0) {
		partner->budget = scenario->price * rng_between(&partner->rng, scenario->budget.low, scenario->budget.high) / 100;
		partner->short_of_money = partner->budget < scenario->price;
	}
	interests_draw(partner);
	if (scenario->mode == MODE_NEGOTIATION) {
		/* He will buy: the question is from whom, and on what terms. */
		if (partner->persona.wish < PARTNER_SIGNS + 0.3) partner->persona.wish = PARTNER_SIGNS + 0.3;
		partner->persona.chooses = partner->persona.deadline = partner->persona.budget = true;
	}
	partner->trades = scenario->board != NULL;
	if (partner->trades) {
		values_draw(partner);
		haggle_draw(partner);
	}
}
