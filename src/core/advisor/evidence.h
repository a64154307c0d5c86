/* Evidence: what is known of a client before the next conversation, as a row of numbers.
 *
 * A definition names one piece of evidence and what is believed of its weight before anything was learnt (C4–C6). The
 * built-in ones come first, in the order of `enum evidence_builtin`; a team appends its own. A definition never moves and is never removed (a signal
 * that is no longer offered keeps its place), so that an index means the same in every belief, event and prediction of the team.
 *
 * A flag is 0 or 1; a count is 0 … EVIDENCE_COUNT_MAX. x[EVIDENCE_BIAS] is always 1. What is not known is 0.
 * Nothing here allocates; keys are borrowed from whoever made the definition. Compiles to wasm32-wasi, too. */
#ifndef STURGEON_CORE_ADVISOR_EVIDENCE_H
#define STURGEON_CORE_ADVISOR_EVIDENCE_H

#include <stdbool.h>

#define EVIDENCE_MAX 96       /* built-in and a team's own together */
#define EVIDENCE_COUNT_MAX 10 /* an eleventh unanswered objection says nothing that ten did not */
#define EVIDENCE_KEY_MAX 40   /* bytes of a key: a–z, 0–9 and _, beginning with a letter */
#define EVIDENCE_SD 0.7       /* how sure the prior is of every weight but the bias */
#define EVIDENCE_OWN_MEAN_MAX 3.0

enum evidence_builtin {
	EVIDENCE_BIAS,
	EVIDENCE_B2B,
	EVIDENCE_SECOND_CALL,
	EVIDENCE_ASKED_CONTRACT,
	EVIDENCE_COMPARES_SUPPLIERS,
	EVIDENCE_NAMED_DEADLINE,
	EVIDENCE_HAS_BUDGET,
	EVIDENCE_DECISION_MAKER,
	EVIDENCE_BY_RECOMMENDATION,
	EVIDENCE_OWN_PROBLEM,
	EVIDENCE_ASKED_PRICE,
	EVIDENCE_SEND_ME_SOMETHING,
	EVIDENCE_NO_NEED,
	EVIDENCE_OBJECTION_UNANSWERED,
	EVIDENCE_MISSED,
	EVIDENCE_SILENCE,
	EVIDENCE_BUILTIN /* how many */
};

enum evidence_kind { EVIDENCE_FLAG, EVIDENCE_COUNT };

enum evidence_source {
	EVIDENCE_SIGNAL,  /* the manager ticks it in a call */
	EVIDENCE_DERIVED, /* the program knows it from the client, the deal and the events */
};

struct evidence_def {
	const char *key; /* stable: stands in events, URLs and exports */
	double mean, sd; /* prior of the weight, in logits; sd > 0 */
	enum evidence_kind kind;
	enum evidence_source source;
};

struct evidence {
	int n; /* definitions known when it was made; x beyond n is 0 */
	double x[EVIDENCE_MAX];
};

extern const struct evidence_def evidence_builtin[EVIDENCE_BUILTIN];

bool evidence_key_valid(const char *key);

/* A team's own signal: a flag that the manager ticks, with EVIDENCE_SD. mean is what the lead expects of it, held to ±EVIDENCE_OWN_MEAN_MAX. */
struct evidence_def evidence_own(const char *key, double mean);

/* The index of key among n definitions, or −1. */
int evidence_find(const struct evidence_def *defs, int n, const char *key);

/* Nothing known but the bias. 1 <= n <= EVIDENCE_MAX. */
void evidence_init(struct evidence *evidence, int n);

/* Sets x[index] to value, held to what the definition's kind allows. The bias cannot be set. */
void evidence_set(struct evidence *evidence, const struct evidence_def *defs, int index, double value);

#endif
