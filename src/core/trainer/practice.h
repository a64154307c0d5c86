/* Practice: a talk with a simulated client, over the same events as a real call (L1).
 *
 * The manager's events go through the machine of every call (talk.h); those by which something is said to the client are a move, and he answers. What he does becomes events, too, the
 * ones that a manager would enter in a real call: an objection, his answer to a question, what he asks of the table. What must be noticed is not entered for the
 * manager: motives, interests and signals he ticks himself.
 *
 * Also held: an offer below the limit is not made (N9); a contract, a payment is entered only where the client agrees, he is asked by it.
 * An objection that was left standing can be come back to (EVENT_OBJECTION): the client has it in hand again, and nothing is said by it.
 * The same scenario, seed and events give the same. Borrowed: scenario, book, arena. */
#ifndef STURGEON_CORE_TRAINER_PRACTICE_H
#define STURGEON_CORE_TRAINER_PRACTICE_H

#include "core/trainer/partner.h"

struct practice {
	const struct scenario *scenario;
	const struct playbook *book;
	struct partner partner;
	struct talk talk;
	int64_t seq;
};

struct acts {
	int n;
	struct act acts[ACTS_MAX];
};

void practice_make(struct practice *practice, const struct scenario *scenario, const struct playbook *book, uint64_t seed, struct arena *arena);

/* An event of the manager's at a moment; what it leads to is in the log after it. ret_reply.n is 0 where the client had nothing to answer, as after a tick. */
enum talk_result practice_event(struct practice *practice, enum call_event_kind kind, int64_t item, int64_t value, int64_t at, struct acts *ret_reply);

/* Typed words (heard.h) as a move: the card that is nearest to it is taken as said; without one the words are a note. */
enum talk_result practice_says(struct practice *practice, struct move move, int64_t at, struct acts *ret_reply);

/* The move that a card is; MOVE_UNKNOWN where the item is nothing that is said to a client by itself. */
struct move practice_card(const struct playbook *book, int64_t item);

/* Signed, above the limit, and nobody was bought. */
bool practice_won(const struct practice *practice);

#endif
