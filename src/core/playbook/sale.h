/* Sale: the algorithm S1–S6 as a state machine over the events of one call.
 *
 * A state is computed from the events alone, one by one, the same in the server and in the browser. Two machines:
 *
 *   the steps        planned → contact; any of preparation, contact, motives, presentation, objections, closing → any other
 *                    of them; all → ended, which is final
 *   each objection   raised → clarified → agreed → argued → completed, forwards (a part may be left out; nothing is
 *                    completed before it was argued); from any but raised → answered; from all → left; answered and left
 *                    → raised again
 *
 * Invariant (sale_sound): at most one objection is in hand; nothing is said twice; payment only with a contract; won only
 * with a contract; ended by "next" only with a next moment; a mode is proposed only when it is another; time spent never
 * falls; after the end nothing changes.
 *
 * An event that is not allowed changes nothing and says why. Undo takes the last tick out of the events and computes
 * anew, so what it leaves is exactly what stood before; notes stay, a proposal that followed the tick goes with it.
 *
 * No memory of its own. sale_apply O(1), undo and replay O(events). Pure: numbers in, numbers out. */
#ifndef STURGEON_CORE_PLAYBOOK_SALE_H
#define STURGEON_CORE_PLAYBOOK_SALE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/playbook/machine.h"
#include "core/playbook/playbook.h"

enum sale_step {
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

enum sale_result {
	SALE_APPLIED,
	SALE_NOT_BEGUN,      /* the call must begin first */
	SALE_BEGUN,          /* it has begun already */
	SALE_OVER,           /* it has ended: final */
	SALE_SAME,           /* so it is already */
	SALE_MALFORMED,      /* no such kind, step, motive, part, amount */
	SALE_ORDER,          /* the machine does not allow that move */
	SALE_NO_OBJECTION,   /* no objection is in hand, or another one is */
	SALE_NO_PROPOSAL,    /* no change of mode is proposed */
	SALE_NO_CONTRACT,    /* payment or a won end without a contract */
	SALE_NO_NEXT,        /* ended by "next" without a moment for it */
	SALE_NOTHING,        /* nothing to take back */
	SALE_FULL,           /* more than a call can hold */
	SALE_RESULTS
};

#define SALE_SAID_MAX 160
#define SALE_OBJECTIONS_MAX 32
#define SALE_SIGNALS_MAX 48
#define SALE_LOG_MAX 1000

enum said_as { SAID_SKIPPED, SAID_ALOUD, SAID_ANSWERED };

struct sale_said {
	int64_t item;
	int64_t at;
	enum said_as as;
	enum sale_step step; /* the step in which */
};

/* What was ticked about a signal in this call. Off is kept, too: it overrules what earlier calls had found. */
struct sale_signal {
	int64_t id;
	int64_t on; /* 0 or 1 */
};

struct sale_objection {
	int64_t item;
	int64_t raised_at, closed_at; /* closed_at 0 while in hand */
	int64_t answer;               /* the last used; 0 none */
	enum answer_method method;    /* of that answer */
	enum objection_state state;
	int32_t raised;               /* how many times */
	int32_t argued;               /* how many arguments since it was raised last */
};

struct sale_state {
	int64_t began_at, ended_at;   /* 0: not yet */
	int64_t step_since;           /* when this step was entered */
	int64_t spent[STEP_COUNT];    /* microseconds in each step, without the stay that runs now */
	int64_t contract_at, contract_minor, paid_at, paid_minor;
	int64_t next_at;              /* the next conversation; 0 none */
	struct sale_signal signals[SALE_SIGNALS_MAX];
	struct sale_said said[SALE_SAID_MAX];
	struct sale_objection objections[SALE_OBJECTIONS_MAX];
	int32_t n_signals, n_said, n_objections, n_promises, n_notes;
	int32_t in_hand;              /* 1 + index of the objection in hand; 0 none */
	enum sale_step step;
	enum call_mode mode;
	int32_t proposed;             /* 1 + the mode proposed; 0 none */
	uint32_t motives;             /* found */
	uint32_t visited;             /* steps entered (MACHINE_BIT) */
	uint32_t more;                /* steps in which the manager asked for something else than was proposed */
	enum call_outcome outcome;
};

/* The state with the events that made it; what undo needs. About 60 KB. */
struct sale {
	struct sale_state state;
	int32_t n_log;
	struct call_event log[SALE_LOG_MAX]; /* those that stand, in order: undone ones and undos are not in it */
};

extern const struct machine sale_steps;
extern const struct machine sale_objection_states;

void sale_init(struct sale *sale);
enum sale_result sale_apply(struct sale *sale, const struct call_event *event);
enum sale_result sale_replay(struct sale *sale, const struct call_event *events, int n); /* from the start; the first refusal, those refused left out */
enum sale_result sale_pretend(struct sale_state *state, const struct call_event *event); /* on a bare state: every kind but undone */
bool sale_sound(const struct sale_state *state);
bool sale_is_tick(enum call_event_kind kind); /* what undo takes back */

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
	HINT_KINDS
};

struct sale_hint {
	int64_t item;
	int64_t value;
	uint32_t motives;
	enum hint_kind kind;
};

#define SALE_HINTS 3

/* The next thing and those that would follow if it were done, at most three; how many. The same state and playbook give the same.
 * Never an item that was said or skipped in this call, never an opener this client has heard, never a point none of whose
 * motives is found. O(items). */
int sale_next(const struct sale_state *state, const struct playbook *book, struct sale_hint ret_hints[SALE_HINTS]);

/* The motives that an objection mirrors and that were neither found nor asked about (S5). */
uint32_t sale_mirror(const struct sale_state *state, const struct playbook *book, int64_t objection);
uint32_t sale_probed(const struct sale_state *state, const struct playbook *book); /* motives that some question asked about */

bool sale_may_propose(const struct sale_state *state, enum call_mode advised); /* running, in the other mode, and no proposal waits */
int sale_unanswered(const struct sale_state *state);                              /* objections left standing */
int sale_signal(const struct sale_state *state, int64_t signal);                  /* 1 on, 0 off, −1 not touched in this call */
int64_t sale_step_spent(const struct sale_state *state, enum sale_step step, int64_t now); /* microseconds */
int sale_budget_s(enum sale_step step);                                           /* the quiet budget; 0 none */

#endif
