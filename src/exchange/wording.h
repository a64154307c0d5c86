/* Wording: a line that a simulated client says, put into other words by an endpoint that speaks like OpenAI's (POST {base}/chat/completions). Off unless the administrator names one.
 *
 * It decides nothing. What happens follows from the rules before anything is asked; what comes back is words for it, and is taken only where
 *
 *   it is one line of plain text, no markup, 1 … WORDING_CHARACTERS characters, and
 *   it holds the numbers of the plain line, each as often, and no other: no price, no term, no date can come in by it.
 *
 * Otherwise, and where the endpoint is slow, busy, unreachable or says nonsense, the plain line stays: NULL. After a failure nothing is asked for WORDING_REST_S seconds, and only one line
 * is asked for at a time (who comes meanwhile gets the plain one), so that a slow endpoint holds no more than one thread of the server's, for at most WORDING_MS.
 * (Numbers written as words are not looked for: amounts stand on the table, not in what is said.)
 *
 * Unlike exchange/fetch.h the address may be in the house's own network or on this machine: it is the administrator's, given when the server starts, and never from a page. http or https alone, no
 * redirects, no proxy of the environment, at most WORDING_BYTES of an answer. A key is sent only over https or to this machine itself; it comes from the environment and is neither kept nor logged.
 *
 * Sent: who the client is and how he speaks, the manager's line, the plain line. Nothing of real clients, of the team, of the member. Thread-safe. */
#ifndef STURGEON_EXCHANGE_WORDING_H
#define STURGEON_EXCHANGE_WORDING_H

#include <stdbool.h>

#include "base/arena.h"

enum { WORDING_CHARACTERS = 400, WORDING_BYTES = 16384, WORDING_MS = 3000, WORDING_REST_S = 30, WORDING_LINE_BYTES = 2000 };

struct wording;

/* NULL, with *ret_wrong a sentence in English, where the address is none, or a key would go over plain http. model must not be empty; key may be NULL. */
struct wording *wording_new(const char *base, const char *model, const char *key, const char **ret_wrong);
void wording_free(struct wording *wording);

struct wording_ask {
	const char *language;           /* "uk", "en" */
	const char *person;             /* who he is: "Олена, власниця кав’ярні, поспішає" */
	const char *manager;            /* what the manager said last; "" */
	const char *plain;              /* what the client says by the rules */
	int ms;                         /* at most; 0: WORDING_MS */
};

/* The line in other words; NULL: the plain one stays. wording NULL: always. Lives in the arena. Blocks its thread: never call it on the writer's. */
const char *wording_of(struct arena *arena, struct wording *wording, const struct wording_ask *ask);

/* May these words stand for the plain line? Trims them. NULL: no. */
const char *wording_check(struct arena *arena, const char *plain, const char *words);

#endif
