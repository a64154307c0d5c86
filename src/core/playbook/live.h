/* Live: a call while it runs: the sale, and what the advisor makes of it after every event (C1, C6).
 *
 * What was known before the call is given once (struct live_known); each event changes the sale, from it the evidence, from it the
 * advice, and the watch says when the wishes have crossed so that the other mode is to be proposed. Whoever runs the
 * call then records EVENT_MODE_PROPOSED: the proposal is an event like any other.
 *
 * Invariant: everything here follows from `known` and the events in their order; replaying them gives the same. The server and the
 * browser run this same file. Owns nothing: belief, definitions and signals belong to the caller and outlive it.
 * Cost: an event O(n²) in the pieces of evidence, an undo that times the events. */
#ifndef STURGEON_CORE_PLAYBOOK_LIVE_H
#define STURGEON_CORE_PLAYBOOK_LIVE_H

#include "core/advisor/advise.h"
#include "core/advisor/belief.h"
#include "core/advisor/evidence.h"
#include "core/playbook/talk.h"

/* A signal that can be ticked: its id in events, its place in the evidence. */
struct live_signal {
	int64_t id;
	int index;
};

struct live_known {
	const struct belief *belief;
	const struct evidence_def *defs;
	const struct live_signal *signals;
	int n_signals;
	double wish_sell;
	struct evidence before; /* what was known when the call began */
};

struct live {
	const struct live_known *known;
	struct evidence evidence; /* now */
	struct advice advice;
	struct advise_watch watch;
	int propose;              /* 1 + the mode to propose now; 0 none */
	struct talk talk;
};

void live_init(struct live *live, const struct live_known *known);
enum talk_result live_apply(struct live *live, const struct call_event *event);

/* The mode in which to begin: the advised one. */
enum call_mode live_advised(const struct live *live);

/* 1 + the mode of the proposal that waits; 0 none. One from which the advice has come back is not shown: it is shown again, as it stands, should the wishes
 * cross once more before the manager has answered. */
int live_proposed(const struct live *live);

#endif
