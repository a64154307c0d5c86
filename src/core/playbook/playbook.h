/* Playbook: what a manager can say in a call, and what happened in it. Numbers only: the words live in the store and are joined by id.
 *
 * An item is one thing to say or ask. An event is one thing that happened; the events of a call, in order, are its truth,
 * and every state is computed from them alone. Items may be edited or retired later without changing what a
 * past call was: no state depends on them, only what is offered next does.
 *
 * The numbers of the enums are stored and sent by browsers: new ones are added at the end. */
#ifndef STURGEON_CORE_PLAYBOOK_PLAYBOOK_H
#define STURGEON_CORE_PLAYBOOK_PLAYBOOK_H

#include <stdbool.h>
#include <stdint.h>

enum call_mode { MODE_SALE, MODE_NEGOTIATION };

enum motive { MOTIVE_SAFETY, MOTIVE_ECONOMY, MOTIVE_PRESTIGE, MOTIVE_COMFORT, MOTIVE_COUNT };
#define MOTIVE_BIT(motive) (UINT32_C(1) << (motive))
#define MOTIVE_ALL (MOTIVE_BIT(MOTIVE_COUNT) - 1)

enum question_type { QUESTION_OPEN, QUESTION_CLOSED, QUESTION_ALTERNATIVE, QUESTION_FOCUSED };
/* The funnel of a sale (S3), and SPIN of a negotiation (N3): situation, problem, implication (what happens if nothing changes), direct. */
enum question_level { LEVEL_SITUATIONAL, LEVEL_SPECIFYING, LEVEL_DETAILING, LEVEL_SITUATION, LEVEL_PROBLEM, LEVEL_IMPLICATION, LEVEL_DIRECT };

enum close_kind { CLOSE_CONTRACT, CLOSE_PAYMENT, CLOSE_ALTERNATIVE };

/* Openers: the first two for a sale (S2); a negotiation has what is told to this person (N2), too. */
enum opener_kind { OPENER_SMALL_TALK, OPENER_COMPLIMENT, OPENER_TOPIC, OPENER_STORY, OPENER_ASSOCIATION };

/* How an objection is answered (S5): the algorithm, or one of the three methods. */
enum answer_method { METHOD_ARGUE, METHOD_SIMILAR_CASE, METHOD_EVERYONE, METHOD_THREE_ARGUMENTS, METHOD_COUNT };
enum answer_part { PART_CLARIFY, PART_AGREE, PART_ARGUE, PART_COMPLETE, PART_COUNT };

enum item_kind {
	ITEM_PREPARATION, /* S1: what to look at before dialling */
	ITEM_OPENER,      /* S2 */
	ITEM_QUESTION,    /* S3: level, type, motives it probes (0: any) */
	ITEM_POINT,       /* S4: characteristic – advantage – benefit; motives that the benefit serves */
	ITEM_PROBE,       /* S5: a question that brings a hidden objection out */
	ITEM_OBJECTION,   /* S5: motives whose unmet need it mirrors */
	ITEM_ANSWER,      /* S5: to `objection`, by `method` */
	ITEM_CLOSE,       /* S6: close says which */
	ITEM_TERM,        /* a question about the terms, for a conversation that is a negotiation */
	ITEM_INTEREST,    /* N3: what may stand behind the position `objection`; motives that serve it; compliance: a personal cut */
	ITEM_SPIN,        /* N3: a question to the position `objection` (0: to any), level says where in SPIN */
	ITEM_CONCESSION,  /* N6: an idea of what to give; it stands beside the ladder and is never proposed as the next thing */
	ITEM_KINDS
};

struct playbook_item {
	int64_t id;
	int64_t objection;          /* of an answer, an interest, a SPIN question */
	enum item_kind kind;
	enum question_level level;
	enum question_type type;
	enum answer_method method;
	enum close_kind close;
	enum opener_kind opener;
	bool compliance;            /* of an interest or an objection: a personal cut. Recognised, never served */
	bool negotiation;           /* of a preparation, an objection: for negotiations alone */
	uint32_t motives;
	int32_t order;              /* the smaller is offered first */
};

/* A variable of the deal's table (N6): where we stood when the call began (our last offer, or the table's start), and what they asked for and got no answer to (0 nothing). */
struct playbook_term {
	int64_t variable, stands, asked;
};

/* The items at hand in a call, which of the openers this client has heard before, and the table. Owned by the caller. */
struct playbook {
	const struct playbook_item *items;
	int n_items;
	const int64_t *heard;
	int n_heard;
	const struct playbook_term *terms;
	int n_terms;
	int offers;                 /* that either side made before this call */
};

enum call_event_kind {
	EVENT_NONE,
	EVENT_BEGAN,            /* value: the mode it begins in */
	EVENT_STEP,             /* value: the step jumped to */
	EVENT_SAID,             /* item */
	EVENT_SKIPPED,          /* item; 0: not what was proposed, something else of this step */
	EVENT_ANSWERED,         /* item: the client's answer to it (the words live outside) */
	EVENT_NOTE,             /* (words) */
	EVENT_MOTIVE_ON,        /* value: enum motive */
	EVENT_MOTIVE_OFF,
	EVENT_SIGNAL_ON,        /* item: the signal's id */
	EVENT_SIGNAL_OFF,
	EVENT_OBJECTION,        /* item: an objection was raised */
	EVENT_OBJECTION_PART,   /* item: the answer; value: playbook_part_value */
	EVENT_OBJECTION_CLOSED, /* item: the objection; the client took the answer */
	EVENT_OBJECTION_LEFT,   /* item: the objection; it stands */
	EVENT_MODE_PROPOSED,    /* value: the mode that the advisor proposes; not a tick of the manager's */
	EVENT_MODE_ACCEPTED,
	EVENT_MODE_KEPT,
	EVENT_MODE_SET,         /* value: the mode, by the manager's own hand */
	EVENT_CONTRACT,         /* value: minor units agreed */
	EVENT_PAYMENT,          /* value: minor units taken */
	EVENT_PROMISED,         /* (words) */
	EVENT_PLANNED,          /* value: the moment of the next conversation */
	EVENT_UNDONE,           /* the last tick is taken back */
	EVENT_ENDED,            /* value: enum call_outcome (words: the reason when lost) */
	EVENT_INTEREST_ON,      /* item: the interest; value: the position behind which it stands, 0 none named (N3) */
	EVENT_INTEREST_OFF,     /* item, value: as above */
	EVENT_ASKED,            /* item: a variable of the table, value: the option they ask for or offer (N6); amount */
	EVENT_REFUSED,          /* item, value: what they will not have */
	EVENT_DECLINED,         /* item: a variable; what they ask of it is not given */
	EVENT_PUT,              /* item, value: laid into our next offer (into the draft), 0 out of it again; amount: what it brings us, below 0 a concession */
	EVENT_OFFERED,          /* the draft was said; value 1: a concession for nothing, on purpose */
	EVENT_KINDS
};

enum call_outcome { OUTCOME_NONE, OUTCOME_WON, OUTCOME_LOST, OUTCOME_NEXT, OUTCOME_NO_ANSWER, OUTCOME_COUNT };

struct call_event {
	int64_t seq; /* its number in the call, for whoever keeps the words; nothing here depends on it */
	int64_t at;  /* moment */
	int64_t item;
	int64_t value;
	int64_t amount; /* minor units: what an option asked for or put brings us against where we stand, at that moment */
	enum call_event_kind kind;
};

static inline int64_t playbook_part_value(enum answer_part part, enum answer_method method)
{
	return (int64_t)part + 8 * (int64_t)method;
}

#endif
