/* Scenario: what a practice is about, and between what bounds its client is drawn. Made by whoever reads content (ids are those of the book it is played with); borrowed. */
#ifndef STURGEON_CORE_TRAINER_SCENARIO_H
#define STURGEON_CORE_TRAINER_SCENARIO_H

#include "core/trainer/board.h"
#include "core/trainer/haggle.h"

enum character { CHARACTER_HURRIED, CHARACTER_TALKATIVE, CHARACTER_SUSPICIOUS, CHARACTER_FRIENDLY, CHARACTER_SEND_ME, CHARACTERS };

struct scenario_span {
	int64_t low, high;
};

/* What he values more because of an interest. */
struct scenario_stress {
	int variable, percent;          /* of the board; theirs of its options is multiplied by percent / 100 */
};

/* An interest that may stand behind a position (N3). */
struct scenario_interest {
	int64_t item, position;
	int percent;                    /* how often a client of this scenario has it */
	bool compliance;                /* a personal cut */
	const struct scenario_stress *stresses;
	int n_stresses;
};

enum { SCENARIO_INTERESTS = 16 };

struct scenario {
	enum call_mode mode;            /* which conversation it is: what the practice teaches to see */
	bool b2b;
	double wish_mean, wish_sd;      /* logits */
	struct scenario_span patience;  /* moves of ours that he listens to */
	int64_t price;                  /* of what is sold; 0 where the table says */
	struct scenario_span budget;    /* what he can spend, in percent of it */
	int characters[CHARACTERS];     /* weights */
	int64_t favours[CHARACTERS];    /* the objection that such a man likes to raise; 0 none */
	const struct scenario_interest *interests;
	int n_interests;
	/* The negotiation. board NULL: there is no table. */
	const struct board *board;      /* theirs: the middle of what a client of this scenario may feel */
	struct scenario_span spread;    /* theirs of each variable is drawn between so many percent of that */
	struct scenario_span rounds;    /* T of haggle.h */
	struct scenario_span their_limit; /* so many thousandths of the way from the worth of the start to the best he could get */
	int aspiration;                 /* the same of what he asks first */
	int strategies[HAGGLE_STRATEGIES]; /* weights */
};

#endif
