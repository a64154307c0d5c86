/* Partner: the simulated client at the other end of a practice talk. A persona (its needs and its wish, by wish_rules.def) that listens, answers, objects, holds
 * positions, trades and loses patience.
 *
 * Hidden: the wish, one or two motives, one or more interests behind his positions, patience, budget, the limit and what each variable is worth to him, his character,
 * perhaps a hope for a personal cut. All of it is drawn from a scenario by a seed; he answers by acts (move.h). The rules, besides those of the wish:
 *
 *   patience      every move costs 1; small talk with a hurried man, and any after the second, 2; clarifying, agreeing and completing what he objected to cost nothing. At 0 he ends
 *                 the talk, at −PARTNER_WAITS where all is agreed. An interest named gives back PARTNER_PATIENCE_BACK
 *   sale (S)      motives are told as persona.h says; after a benefit, a probe or a close he may object; an answer holds as persona_takes says, by how much of clarify,
 *                 agree, argue was said; going on without one leaves the objection standing. Asked what he means
 *                 by it he may tell the motive that it mirrors. Short of money (budget below price) he means objections that mirror
 *                 economy twice, and does not sign before one was answered
 *                 Of SPIN only the question about the problem may bring a motive: there is no position to look behind
 *   positions (N) he speaks in positions. Each of his interests has one; he tells it at the first question or offer, the next when the last has an answer
 *   SPIN (N3)     questions go deeper only in order: situation (once for all), problem, implication, direct. A direct question brings the interest with the chance
 *                 partner_spin[depth reached before it] %, made greater or less by his candour; any other question never does
 *   trading (N6)  by haggle.h. A position that was not answered and whose interest is not known makes him demand PARTNER_GRUDGE % more of his room
 *   signing       sale: persona_closed; negotiation: what was agreed, while his wish is at least PARTNER_SIGNS. Below that he is a sale again (C6): he cools
 *                 and speaks of terms no more. Never below his limit. Never while a hint at a personal cut hangs
 *   a cut         hinted at after PARTNER_HINT moves, and again while it is not answered; a plain refusal with the way to the lead ends the matter; offering it ends the talk
 *
 * The character changes numbers only: `partner_natures`.
 *
 * Every move is answered by at least one act; patience falls or the talk ends, so it always ends. The same scenario, seed and moves give the same acts.
 * Memory is the arena's (the drawn values, and a frontier for each offer he makes). */
#ifndef STURGEON_CORE_TRAINER_PARTNER_H
#define STURGEON_CORE_TRAINER_PARTNER_H

#include "core/trainer/haggle.h"
#include "core/trainer/move.h"
#include "core/trainer/persona.h"
#include "core/trainer/scenario.h"

#define PARTNER_SIGNS 0.619     /* logit of 65: the advisor's threshold for the usual wish to sell of 80 */
enum { PARTNER_PATIENCE_BACK = 3, PARTNER_GRUDGE = 8, PARTNER_HINT = 4, PARTNER_SMALL_TALK = 2, PARTNER_OBJECTIONS = 3, PARTNER_DEPTHS = 4, PARTNER_CLOSES = 3,
	PARTNER_WAITS = 6 };

extern const int partner_spin[PARTNER_DEPTHS]; /* percent */

struct partner_nature {
	double candour;                 /* added */
	int patience;                   /* percent */
	int digresses;                  /* percent of questions after which he tells of something else */
	bool warms;                     /* small talk warms him */
	bool puts_off;                  /* the first close is answered by "send me something" */
	int pressed;                    /* how many times a pressure is felt */
};
extern const struct partner_nature partner_natures[CHARACTERS];

enum partner_end { PARTNER_TALKS, PARTNER_SIGNED, PARTNER_PUT_OFF, PARTNER_REFUSED, PARTNER_WALKED, PARTNER_TIRED, PARTNER_BROKEN };

struct partner_interest {
	int of;                         /* index in the scenario */
	int depth;                      /* how deep the SPIN went: 0 … 3 */
	bool spoken;                    /* its position was told */
	bool answered;                  /* by an argument that held */
	bool named, felt;
};

struct partner {
	struct persona persona;
	const struct scenario *scenario;
	const struct playbook *book;
	struct arena *arena;
	struct rng rng;
	enum character character;
	int patience, small_talk, objections, closes, moves;
	int64_t budget;                 /* minor units; 0: no matter of money */
	bool short_of_money;            /* and no answer to it yet */
	struct partner_interest interests[SCENARIO_INTERESTS];
	int n_interests;
	int64_t in_hand;                /* the objection that waits for an answer; 0 none */
	int steps;                      /* how much of the algorithm was said to it */
	int64_t said[TALK_OBJECTIONS_MAX]; /* objections raised */
	int n_said;
	bool expects_cut, hinted, cut_refused;
	bool trades;                    /* he has a table */
	bool agreed;                    /* the package below is what both accept */
	bool cooled, paid;
	bool situation;                 /* was asked about */
	struct package package;
	const struct bargain *values;   /* theirs: as he feels it */
	struct haggle haggle;
	enum partner_end end;
};

void partner_make(struct partner *partner, const struct scenario *scenario, const struct playbook *book, uint64_t seed, struct arena *arena);
/* He picks up: what he says first. */
int partner_greets(struct partner *partner, enum call_mode mode, struct act ret_acts[ACTS_MAX]);
/* The other mode is led from now on. */
void partner_led(struct partner *partner, enum call_mode mode);
int partner_hears(struct partner *partner, const struct move *move, struct act ret_acts[ACTS_MAX]); /* 1 … ACTS_MAX */
/* The manager comes back to an objection that he had left standing: it is in hand again. false: it was not raised, or another one is in hand. */
bool partner_back(struct partner *partner, int64_t objection);
bool partner_over(const struct partner *partner); /* he listens no more; who has signed still does, for the payment */

/* His position behind which no interest is known; NULL: none. */
const struct partner_interest *partner_open(const struct partner *partner, int64_t position);

#endif
