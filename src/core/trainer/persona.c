#include "core/trainer/persona.h"

#include <math.h>

/* A company does not sign at the first call, however much it wants to: the terms go round first. Logits by the number of the talk. */
static const double until_talked_over[] = {0.0, 3.0, 1.8, 0.8};
enum { TALKED_OVER = sizeof until_talked_over / sizeof *until_talked_over };

const struct wish_rule_row wish_rules[WISH_RULES] = {
#define WISH_RULE(NAME, key, logits, when) [WISH_##NAME] = {key, when, logits},
#include "core/trainer/wish_rules.def"
#undef WISH_RULE
};

static double chance(double logit)
{
	return 1.0 / (1.0 + exp(-logit));
}

static bool happens(struct rng *rng, double probability)
{
	return rng_unit(rng) < probability;
}

static int bits(uint32_t mask)
{
	int n = 0;
	for (; mask != 0; mask &= mask - 1) n++;
	return n;
}

static void wish_by(struct persona *persona, double logits)
{
	persona->wish = fmin(fmax(persona->wish + logits, -PERSONA_WISH_MAX), PERSONA_WISH_MAX);
}

void persona_moved(struct persona *persona, enum wish_rule rule)
{
	wish_by(persona, wish_rules[rule].logits);
}

double persona_wish(const struct persona *persona)
{
	return 100.0 * chance(persona->wish);
}

void persona_make(struct persona *persona, bool b2b, struct rng *rng)
{
	double wish = rng_normal(rng, b2b ? -0.8 : -1.4, 1.4);
	uint32_t motives = MOTIVE_BIT(rng_below(rng, MOTIVE_COUNT));
	if (happens(rng, 0.6)) motives |= MOTIVE_BIT(rng_below(rng, MOTIVE_COUNT));
	*persona = (struct persona){
		.wish = wish,
		.candour = 0.45 + 0.45 * rng_unit(rng),
		.motives = motives,
		.b2b = b2b,
	};
	persona->chooses = happens(rng, (b2b ? 0.75 : 0.35) * chance(1.5 * wish - 0.6));
	persona->deadline = happens(rng, 0.1 + 0.6 * chance(1.2 * wish - 0.5));
	persona->budget = happens(rng, 0.15 + 0.6 * chance(wish));
	persona->decides = happens(rng, b2b ? 0.35 + 0.3 * chance(wish) : 0.7);
	persona->recommended = happens(rng, 0.08 + 0.25 * chance(wish));
	persona->wants_cut = b2b && happens(rng, 0.05);
	if (persona->chooses) persona->wish += 0.6;
	if (persona->recommended) persona->wish += 0.4;
}

void persona_decide(struct persona *persona)
{
	if (persona->wish < 1.6) persona->wish = 1.6;
	persona->chooses = persona->deadline = persona->budget = true;
}

void persona_again(struct persona *persona, double days, bool kept, struct rng *rng)
{
	if (persona->talks++ == 0) return;
	wish_by(persona, rng_normal(rng, kept ? 0.1 : -0.3, 0.35));
	if (days >= 14.0) persona_moved(persona, WISH_SILENCE);
}

bool persona_answers_phone(const struct persona *persona, struct rng *rng)
{
	return happens(rng, 0.8 + 0.17 * chance(persona->wish));
}

int persona_asked(struct persona *persona, uint32_t motives, struct rng *rng)
{
	uint32_t touched = motives == 0 ? persona->motives : motives & persona->motives;
	if (touched == 0 || !happens(rng, persona->candour * (motives == 0 ? 0.4 : 1.0))) return -1;
	int motive = 0;
	while (!(touched & MOTIVE_BIT(motive))) motive++;
	if (!(persona->revealed & MOTIVE_BIT(motive))) persona_moved(persona, WISH_LISTENED);
	persona->revealed |= MOTIVE_BIT(motive);
	return motive;
}

void persona_shown(struct persona *persona, uint32_t motives)
{
	uint32_t hit = motives & persona->motives & persona->revealed & ~persona->served;
	if (!hit) persona_moved(persona, WISH_NOT_FOR_HIM);
	for (int i = bits(hit); i > 0; i--) persona_moved(persona, WISH_SERVED);
	persona->served |= hit;
}

bool persona_objects(const struct persona *persona, struct rng *rng)
{
	return happens(rng, chance(0.1 - 0.5 * persona->wish - 0.6 * bits(persona->served)));
}

double persona_means(const struct persona *persona, uint32_t mirrors)
{
	return 0.4 + 2.0 * bits(mirrors & persona->motives & ~persona->revealed) + 0.5 * bits(mirrors & persona->motives);
}

bool persona_takes(struct persona *persona, uint32_t motives, int steps, double craft, struct rng *rng)
{
	double logit = -1.3 + 1.2 * (bits(motives & persona->motives) > 0) + 0.25 * steps + 0.3 * persona->wish + craft;
	if (!happens(rng, chance(logit))) return false;
	persona_moved(persona, WISH_CONVINCED);
	return true;
}

void persona_unanswered(struct persona *persona)
{
	persona_moved(persona, WISH_UNANSWERED);
}

void persona_led(struct persona *persona, enum call_mode mode)
{
	if (mode == MODE_SALE && persona->wish > 1.5) persona_moved(persona, WISH_PERSUADED);
	if (mode == MODE_NEGOTIATION && persona->wish < 0.2) persona_moved(persona, WISH_BARGAINED);
}

bool persona_shows(const struct persona *persona, enum persona_sign sign, struct rng *rng)
{
	double wish = persona->wish;
	switch (sign) {
	case PERSONA_ASKS_CONTRACT: return happens(rng, 0.6 * chance(1.7 * wish - 2.0));
	case PERSONA_COMPARES: return happens(rng, persona->chooses ? 0.4 : 0.02);
	case PERSONA_DEADLINE: return happens(rng, persona->deadline ? 0.25 : 0.01);
	case PERSONA_BUDGET: return happens(rng, persona->budget ? 0.2 : 0.01);
	case PERSONA_DECIDES: return happens(rng, persona->decides ? 0.4 : 0.03);
	case PERSONA_RECOMMENDED: return happens(rng, persona->recommended ? 0.8 : 0.01);
	case PERSONA_PROBLEM: return happens(rng, persona->revealed ? 0.1 + 0.3 * chance(wish) : 0.02);
	case PERSONA_ASKS_PRICE: return happens(rng, 0.05 + 0.2 * chance(wish));
	case PERSONA_SEND: return happens(rng, 0.45 * chance(-1.4 * wish - 0.6));
	case PERSONA_NO_NEED: return happens(rng, 0.5 * chance(-1.6 * wish - 1.0));
	case PERSONA_SIGNS: break;
	}
	return false;
}

enum persona_end persona_closed(const struct persona *persona, struct rng *rng)
{
	double hold = persona->b2b && !persona->spot && persona->talks < TALKED_OVER ? until_talked_over[persona->talks] : 0.0;
	if (happens(rng, chance(1.5 * persona->wish - 1.0 - hold))) return PERSONA_BUYS;
	/* The more often it was put off, the likelier it is over. */
	double over = (persona->b2b ? -2.4 : -0.8) - 1.1 * persona->wish + (persona->b2b ? 0.3 : 0.9) * (persona->talks - 1);
	return happens(rng, chance(over)) ? PERSONA_REFUSES : PERSONA_LATER;
}
