/* Persona: a simulated client with needs and a wish to buy that nobody sees; one talks with him and reads him by what he says.
 *
 * What is hidden: one or two motives, the wish (in logits), and the facts of his situation. The rules are the method's:
 *
 *   the wish     rises when a benefit serves a motive of his that was found (S4), falls a little by what is not for him, more by an objection
 *                left standing (S5), and by the wrong conversation: persuaded though he wants to buy already, or asked for terms though he
 *                does not want to yet (C2, C3)
 *   the signals  are shown by chance, the likelier the truer they are: who wants to buy asks for the contract
 *   an objection mirrors a motive that was not found, if there is one
 *
 * By how much the wish moves is in wish_rules.def, rule by rule; it stays within ±PERSONA_WISH_MAX.
 *
 * So whoever sees only signals can learn to tell who will buy, but never for certain. Randomness comes from the caller's stream; the same
 * stream and the same talk give the same answers. No memory of its own, O(1) or O(items). */
#ifndef STURGEON_CORE_TRAINER_PERSONA_H
#define STURGEON_CORE_TRAINER_PERSONA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "core/playbook/playbook.h"

#define PERSONA_WISH_MAX 6.0

enum wish_rule {
#define WISH_RULE(NAME, key, logits, when) WISH_##NAME,
#include "core/trainer/wish_rules.def"
#undef WISH_RULE
	WISH_RULES
};

struct wish_rule_row {
	const char *key, *when;
	double logits;
};
extern const struct wish_rule_row wish_rules[WISH_RULES];

struct persona {
	double wish;         /* logits: now */
	double candour;      /* 0–1: how likely a question that touches a motive is answered openly */
	uint32_t motives;    /* what he needs */
	uint32_t revealed;   /* of those: what he has said */
	uint32_t served;     /* of those: what a benefit has answered */
	int32_t talks;       /* conversations that took place */
	bool b2b, chooses, deadline, budget, decides, recommended, wants_cut;
	bool spot;           /* may sign in a first talk, company or not (C7) */
};

/* The wish moves by a rule; its share of 100, as it would be shown. */
void persona_moved(struct persona *persona, enum wish_rule rule);
double persona_wish(const struct persona *persona);

void persona_make(struct persona *persona, bool b2b, struct rng *rng);
/* He has decided to buy, and is choosing from whom (C6). */
void persona_decide(struct persona *persona);

/* A conversation begins, `days` after the last one (0: the first); kept: what was promised then was done. */
void persona_again(struct persona *persona, double days, bool kept, struct rng *rng);

bool persona_answers_phone(const struct persona *persona, struct rng *rng);

/* A question about these motives (0: none in particular): the motive that he speaks of, or −1. */
int persona_asked(struct persona *persona, uint32_t motives, struct rng *rng);

/* A benefit that serves these motives. */
void persona_shown(struct persona *persona, uint32_t motives);

/* Does he object now? The chance falls with the wish and with every motive that was served. */
bool persona_objects(const struct persona *persona, struct rng *rng);
/* How much he means an objection that mirrors these motives: a weight to choose by; the needs not found weigh most. */
double persona_means(const struct persona *persona, uint32_t mirrors);

/* An answer that serves these motives; steps 1–4: how much of clarify, agree, argue, complete was said; craft: how good the line is, in logits. */
bool persona_takes(struct persona *persona, uint32_t motives, int steps, double craft, struct rng *rng);
void persona_unanswered(struct persona *persona);

/* The conversation is led in this mode: once a conversation, after its beginning. */
void persona_led(struct persona *persona, enum call_mode mode);

enum persona_sign {
	PERSONA_ASKS_CONTRACT,
	PERSONA_COMPARES,
	PERSONA_DEADLINE,
	PERSONA_BUDGET,
	PERSONA_DECIDES,
	PERSONA_RECOMMENDED,
	PERSONA_PROBLEM,
	PERSONA_ASKS_PRICE,
	PERSONA_SEND,
	PERSONA_NO_NEED,
	PERSONA_SIGNS
};
bool persona_shows(const struct persona *persona, enum persona_sign sign, struct rng *rng);

enum persona_end { PERSONA_BUYS, PERSONA_REFUSES, PERSONA_LATER };
/* The close was proposed. */
enum persona_end persona_closed(const struct persona *persona, struct rng *rng);

#endif
