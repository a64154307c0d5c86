/* Talk: one conversation, a sale or a negotiation, as a state machine over its events. One machine, two playbooks.
 *
 * A state is computed from the events alone, one by one, the same in the server and in the browser. The steps of both algorithms stand side by side, so
 * that a change of mode in the middle of a call keeps everything found and the place:
 *
 *   preparation   S1 the product                     N1 the terms, the concessions
 *   contact       S2 small talk, a compliment        N2 the person: topics, stories, associations
 *   motives       S3 motives, by a funnel            N3 interests behind positions, by SPIN
 *   presentation  S4 characteristic – advantage – benefit, on the motives | N4 the same on the interests
 *   objections    S5 objections                      N5 to each argument two of ours
 *   closing       S6 the contract, the payment       N6–N9 the trade, and the contract
 *
 * Machines:
 *
 *   the steps        planned → contact; any of preparation, contact, motives, presentation, objections, closing → any other
 *                    of them; all → ended, which is final
 *   each objection   (in a negotiation: position or argument) raised → clarified → agreed → argued → completed, forwards (a part may be left out;
 *                    nothing is completed before it was argued); from any but raised → answered; from all → left; answered and left
 *                    → raised again
 *   the trade        put* → offered: what is put gathers in a draft, offered makes it our standing offer. A draft in which something is given and
 *                    nothing taken is offered only for nothing on purpose (N6). They: asked (a variable's option), refused (an option of ours).
 *                    What they ask waits until we offer something or decline it.
 *
 * Whether an offer falls below the limit (N9) needs the table's values: whoever applies EVENT_OFFERED asks core/bargain first.
 *
 * Invariant (talk_sound): at most one objection is in hand; nothing is said twice; payment only with a contract; won only
 * with a contract; ended by "next" only with a next moment; a mode is proposed only when it is another; time spent never
 * falls; nothing in the draft equals what stands; after the end nothing changes.
 *
 * An event that is not allowed changes nothing and says why. Undo takes the last tick out of the events and computes
 * anew, so what it leaves is exactly what stood before; notes stay, a proposal that followed the tick goes with it.
 *
 * No memory of its own. talk_apply O(1), undo and replay O(events). Pure: numbers in, numbers out. */
#ifndef STURGEON_CORE_PLAYBOOK_TALK_H
#define STURGEON_CORE_PLAYBOOK_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/playbook/machine.h"
#include "core/playbook/playbook.h"

enum talk_step {
	STEP_PLANNED,
	STEP_PREPARATION, /* S1 */
	STEP_CONTACT,     /* S2 */
	STEP_MOTIVES,     /* S3 */
	STEP_PRESENTATION,/* S4 */
	STEP_OBJECTIONS,  /* S5 */
	STEP_CLOSING,     /* S6 */
	STEP_ENDED,
	STEP_COUNT
};

enum objection_state {
	OBJECTION_RAISED,
	OBJECTION_CLARIFIED,
	OBJECTION_AGREED,
	OBJECTION_ARGUED,
	OBJECTION_COMPLETED,
	OBJECTION_ANSWERED,
	OBJECTION_LEFT,
	OBJECTION_STATES
};

enum talk_result {
	TALK_APPLIED,
	TALK_NOT_BEGUN,      /* the call must begin first */
	TALK_BEGUN,          /* it has begun already */
	TALK_OVER,           /* it has ended: final */
	TALK_SAME,           /* so it is already */
	TALK_MALFORMED,      /* no such kind, step, motive, part, amount */
	TALK_ORDER,          /* the machine does not allow that move */
	TALK_NO_OBJECTION,   /* no objection is in hand, or another one is */
	TALK_NO_PROPOSAL,    /* no change of mode is proposed */
	TALK_NO_CONTRACT,    /* payment or a won end without a contract */
	TALK_NO_NEXT,        /* ended by "next" without a moment for it */
	TALK_NOTHING,        /* nothing to take back */
	TALK_FULL,           /* more than a call can hold */
	TALK_NO_RETURN,      /* given without asking: in return for what? (N6) */
	TALK_BELOW_LIMIT,    /* the offer is worth less to us than our limit (N9); said by whoever knows the table */
	TALK_RESULTS
};

#define TALK_SAID_MAX 160
#define TALK_OBJECTIONS_MAX 32
#define TALK_SIGNALS_MAX 48
#define TALK_LOG_MAX 1000
#define TALK_INTERESTS_MAX 32
#define TALK_TERMS_MAX 64

enum said_as { SAID_SKIPPED, SAID_ALOUD, SAID_ANSWERED };

struct talk_said {
	int64_t item;
	int64_t at;
	enum said_as as;
	enum talk_step step; /* the step in which */
};

/* What was ticked about a signal in this call. Off is kept, too: it overrules what earlier calls had found. */
struct talk_signal {
	int64_t id;
	int64_t on; /* 0 or 1 */
};

struct talk_objection {
	int64_t item;
	int64_t raised_at, closed_at; /* closed_at 0 while in hand */
	int64_t answer;               /* the last used; 0 none */
	enum answer_method method;    /* of that answer */
	enum objection_state state;
	int32_t raised;               /* how many times */
	int32_t argued;               /* how many arguments since it was raised last */
};

/* An interest found, and the position behind which (0: none named). Off is not kept: what is not found is not there. */
struct talk_interest {
	int64_t item, position;
	int64_t at;
};

/* What was said of a variable of the table. 0 where nothing was: then the table's start stands. Options are never 0. */
struct talk_term {
	int64_t variable;
	int64_t stands, stands_amount;  /* our last offer */
	int64_t draft, draft_amount;    /* our next one */
	int64_t asked, asked_amount;    /* what they ask for or offer, until they ask otherwise */
	int64_t waits;                  /* 1: it waits for our answer, an offer or a refusal */
	int64_t refused;                /* the last option of ours that they would not have */
};

struct talk_state {
	int64_t began_at, ended_at;   /* 0: not yet */
	int64_t step_since;           /* when this step was entered */
	int64_t spent[STEP_COUNT];    /* microseconds in each step, without the stay that runs now */
	int64_t contract_at, contract_minor, paid_at, paid_minor;
	int64_t next_at;              /* the next conversation; 0 none */
	struct talk_signal signals[TALK_SIGNALS_MAX];
	struct talk_said said[TALK_SAID_MAX];
	struct talk_objection objections[TALK_OBJECTIONS_MAX];
	struct talk_interest interests[TALK_INTERESTS_MAX];
	struct talk_term terms[TALK_TERMS_MAX];
	int32_t n_signals, n_said, n_objections, n_promises, n_notes, n_interests, n_terms;
	int32_t n_offered, n_asked, n_for_nothing; /* offers of ours, things they asked for, concessions for nothing */
	int32_t in_hand;              /* 1 + index of the objection in hand; 0 none */
	enum talk_step step;
	enum call_mode mode;
	int32_t proposed;             /* 1 + the mode proposed; 0 none */
	uint32_t motives;             /* found */
	uint32_t visited;             /* steps entered (MACHINE_BIT) */
	uint32_t more;                /* steps in which the manager asked for something else than was proposed */
	enum call_outcome outcome;
};

/* The state with the events that made it; what undo needs. About 60 KB. */
struct talk {
	struct talk_state state;
	int32_t n_log;
	struct call_event log[TALK_LOG_MAX]; /* those that stand, in order: undone ones and undos are not in it */
};

extern const struct machine talk_steps;
extern const struct machine talk_objection_states;

void talk_init(struct talk *talk);
enum talk_result talk_apply(struct talk *talk, const struct call_event *event);
enum talk_result talk_replay(struct talk *talk, const struct call_event *events, int n); /* from the start; the first refusal, those refused left out */
enum talk_result talk_pretend(struct talk_state *state, const struct call_event *event); /* on a bare state: every kind but undone */
bool talk_sound(const struct talk_state *state);
bool talk_is_tick(enum call_event_kind kind); /* what undo takes back */

/* What to say or do next. */
enum hint_kind {
	HINT_NONE,
	HINT_BEGIN,        /* the call has not begun */
	HINT_ITEM,         /* say or ask the item */
	HINT_STEP,         /* go on to step `value` */
	HINT_NO_MOTIVE,    /* no motive found yet: `value` is the step that leads back, or 0 where all has been asked: tag what was heard */
	HINT_NO_POINT,     /* no benefit of the product serves the motives found (`motives`); go on to step `value` */
	HINT_OBJECTION,    /* an objection stands unanswered: the item */
	HINT_CONTRACT,     /* the client agreed? the contract */
	HINT_PAYMENT,      /* the payment, now */
	HINT_ALTERNATIVE,  /* not now: today or tomorrow? agree when */
	HINT_END,          /* end the call: `value` is the outcome */
	HINT_POSITION,     /* which interest stands behind the position `item`? tick it, or ask on (N3) */
	HINT_OFFER,        /* nothing offered yet: our first offer */
	HINT_TRADE,        /* they ask for option `value` of variable `item`: what in return? (N6) */
	HINT_RETURN,       /* the draft gives `value` of variable `item` and takes nothing: in return for what? */
	HINT_SAY_OFFER,    /* a draft is ready: say it */
	HINT_KINDS
};

struct talk_hint {
	int64_t item;
	int64_t value;
	uint32_t motives;
	enum hint_kind kind;
};

#define TALK_HINTS 3

/* The next thing and those that would follow if it were done, at most three; how many. The same state and playbook give the same.
 * Never an item that was said or skipped in this call, never an opener this client has heard, never a point none of whose
 * motives is found. O(items). */
int talk_next(const struct talk_state *state, const struct playbook *book, struct talk_hint ret_hints[TALK_HINTS]);

/* Motives found, and those that serve the interests found: on what a presentation or a justification is built (S4, N4). A personal cut serves none. */
uint32_t talk_wanted(const struct talk_state *state, const struct playbook *book);

/* The next SPIN question to a position (0: to none in particular), the same that the step of the interests offers; 0 where the funnel is through (N3). */
int64_t talk_spin(const struct talk_state *state, const struct playbook *book, int64_t position);
/* The position that the talk is about: the last one raised; 0 none. */
int64_t talk_position(const struct talk_state *state);

/* The term of a variable; NULL where nothing was said of it. */
const struct talk_term *talk_term(const struct talk_state *state, int64_t variable);
bool talk_draft_open(const struct talk_state *state);  /* something is put and not offered yet */
bool talk_draft_gives(const struct talk_state *state); /* it gives something and takes nothing in return */

/* The motives that an objection mirrors and that were neither found nor asked about (S5). */
uint32_t talk_mirror(const struct talk_state *state, const struct playbook *book, int64_t objection);
uint32_t talk_probed(const struct talk_state *state, const struct playbook *book); /* motives that some question asked about */

bool talk_may_propose(const struct talk_state *state, enum call_mode advised); /* running, in the other mode, and no proposal waits */
int talk_unanswered(const struct talk_state *state);                              /* objections left standing */
int talk_signal(const struct talk_state *state, int64_t signal);                  /* 1 on, 0 off, −1 not touched in this call */
int64_t talk_step_spent(const struct talk_state *state, enum talk_step step, int64_t now); /* microseconds */
int talk_budget_s(enum talk_step step);                                           /* the quiet budget; 0 none */

#endif
