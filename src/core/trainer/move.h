/* Move: what a manager does to a simulated client in a practice talk; act: what the client answers. Numbers only: the words of both live in content.
 *
 * A move is made from a call event (a card was said) or from typed words (heard.h); either way it is the same to the client. */
#ifndef STURGEON_CORE_TRAINER_MOVE_H
#define STURGEON_CORE_TRAINER_MOVE_H

#include "core/bargain/package.h"
#include "core/playbook/playbook.h"

enum move_kind {
	MOVE_UNKNOWN,       /* not understood */
	MOVE_SMALL_TALK,    /* S2, N2: small talk, a compliment, a topic, a story */
	MOVE_QUESTION,      /* S3: level, type, motives (0: none in particular) */
	MOVE_SPIN,          /* N3: level, position (0: the one the talk is about) */
	MOVE_TERM,          /* N1: about the terms */
	MOVE_POINT,         /* S4, N4: motives that the benefit serves */
	MOVE_PROBE,         /* S5: what else holds him back */
	MOVE_CLARIFY,       /* S5 */
	MOVE_AGREE_OPINION, /* S5: with the opinion, */
	MOVE_AGREE_FACT,    /* which is not with the fact */
	MOVE_ARGUE,         /* S5, N5: motives */
	MOVE_COMPLETE,      /* S5 */
	MOVE_OFFER,         /* N6: package */
	MOVE_DECLINE,       /* N6: what he asks is not given */
	MOVE_CLOSE,         /* S6: close says which */
	MOVE_PRESSURE,
	MOVE_REFUSE_CUT,    /* no personal reward, and the way to the lead */
	MOVE_OFFER_CUT,     /* ends the practice */
	MOVE_GOODBYE,       /* until the next talk */
	MOVE_KINDS
};

struct move {
	enum move_kind kind;
	int64_t item;                   /* the card; 0: his own words */
	int64_t position;
	uint32_t motives;
	enum question_level level;
	enum question_type type;
	enum close_kind close;
	const struct package *package;
};

enum act_kind {
	ACT_NONE,
	ACT_GREETS,         /* picks up */
	ACT_CHATS,          /* answers small talk */
	ACT_HURRIES,        /* to the point, please */
	ACT_DIGRESSES,      /* tells of something else */
	ACT_MOTIVE,         /* value: the motive that he tells */
	ACT_VAGUE,          /* answers and tells nothing */
	ACT_SITUATION,      /* how it is now */
	ACT_PROBLEM,        /* item: the interest whose trouble he tells */
	ACT_FEELS,          /* item: the interest; what happens if nothing changes */
	ACT_INTEREST,       /* item: the interest that he names */
	ACT_OBJECTS,        /* item: an objection, a position */
	ACT_REPEATS,        /* item: the position, again */
	ACT_CLARIFIES,      /* item: what he means by it */
	ACT_NODS,           /* his opinion was heard */
	ACT_TAKES,          /* item: the answer to it holds */
	ACT_STANDS,         /* item: it does not */
	ACT_LIKES,          /* the benefit is for him */
	ACT_SHRUGS,         /* it is not */
	ACT_NOTHING_ELSE,   /* nothing holds him back */
	ACT_SIGN,           /* value: enum persona_sign that he shows */
	ACT_ASKS,           /* variable, option: a term that he wants */
	ACT_COUNTERS,       /* his offer: package; the ACT_ASKS after it say where it differs from ours */
	ACT_ACCEPTS,        /* the package on the table */
	ACT_NOTED,          /* our no to what he asked */
	ACT_TERMS_FIRST,    /* not before the terms are agreed */
	ACT_SIGNS,
	ACT_PAYS,
	ACT_LATER,          /* puts it off: ends the talk where `ends` */
	ACT_REFUSES_ALL,    /* no, and that is that */
	ACT_WALKS,          /* the offer is below what he can have elsewhere */
	ACT_TIRED,          /* his patience has ended */
	ACT_HINTS_CUT,      /* item: the position by which he asks for something for himself */
	ACT_DROPS_CUT,
	ACT_TAKES_CUT,      /* the manager offered it: the practice has failed */
	ACT_ANNOYED,        /* pressed */
	ACT_PUZZLED,        /* what do you mean? */
	ACT_COOLS,          /* he wants it no more enough to talk of terms */
	ACT_LEAVES,         /* good-bye */
	ACT_KINDS
};

struct act {
	enum act_kind kind;
	bool ends;                      /* the talk with it */
	int64_t item;
	int value, variable, option;
	struct package package;         /* of ACT_COUNTERS */
};

#define ACTS_MAX 12 /* to one move */

#endif
