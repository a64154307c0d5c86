/* Advise team: a team's advisor, loaded for one request: what it believes, the words of its signals, and what it says of a client.
 *
 * Definitions: the built-in ones, then the team's own in the order in which they were made; retired ones keep their place. A belief that was
 * saved before a signal was added grows when it is loaded. Cost: two queries and O(n²). */
#ifndef STURGEON_APP_ADVISE_TEAM_H
#define STURGEON_APP_ADVISE_TEAM_H

#include "app/use.h"
#include "core/advisor/advise.h"
#include "core/playbook/live.h"
#include "store/advisor_store.h"

#define ADVISE_REASONS 3

struct advise_team {
	int n;
	struct evidence_def defs[EVIDENCE_MAX];
	struct signal_row signal[EVIDENCE_MAX]; /* signal_id 0: this team has no words for it */
	struct belief belief;                   /* as of the last deal learnt */
};

/* Lives in use->arena. */
enum outcome advise_team_load(struct use *use, struct advise_team **ret_team);

/* The same, believing what it believed before any deal. */
void advise_team_forget(struct use *use, struct advise_team *team);

/* What it says, as part of a model (a new reference):
 *   mode "sale"|"negotiation", sure 0.5–1, wish_buy, wish_sell, threshold: whole numbers 0–100 (a wish that is not yet the threshold is not rounded to it)
 *   because  up to ADVISE_REASONS {key, text, points}: what speaks for the mode, in words; text is a clause without a capital or a full stop
 *   why      the evidence that is there, strongest first: {key, name, text, points}: points of wish it adds */
json_t *advise_team_model(const struct advise_team *team, const double *x, double wish_sell);

/* The same without `why`, and with at most so many of `because` (none: there is no `because`): what a row of a list has room for. */
json_t *advise_team_brief(const struct advise_team *team, const double *x, double wish_sell, int because);

/* Those that the manager can tick, offered ones only, in the order of their place. Returns how many; max TALK_SIGNALS_MAX. */
int advise_team_signals(const struct advise_team *team, struct live_signal ret_signals[TALK_SIGNALS_MAX]);

/* What the browser needs to weigh a call itself (assets/wasm/engine.c), as part of a model: wish_sell; belief (its bytes in base64); before (n numbers,
 * the evidence when the call begins); signals (those that can be ticked: id, index, key, hotkey, name); words (by index: text, absent; null where
 * there are none). */
json_t *advise_team_engine(struct use *use, const struct advise_team *team, const struct evidence *before, double wish_sell);

#endif
