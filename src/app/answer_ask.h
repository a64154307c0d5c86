/* Answer ask: which conversations the company's answer speaks of, as it stands in an address (L2). A number on the page and the list behind it have the same ask. */
#ifndef STURGEON_APP_ANSWER_ASK_H
#define STURGEON_APP_ANSWER_ASK_H

#include "app/fact_shelf.h"
#include "app/use.h"

/* As it came: words are those of routes.def, "" where not given; days −1, ids 0. */
struct answer_given {
	const char *span;               /* "30", "90" (""), "365", "all", "days": from … to */
	int64_t from, to;               /* days, both in it */
	const char *segment;
	int64_t product_id, member_id;
	const char *mode, *advised, *led, *outcome, *step, *reached, *first, *package, *motive, *turn;
	int64_t item_id, number, since, until; /* since, until: days; until is not in it */
	bool gave, without;
};

struct answer_ask {
	struct fact_ask fact;
	struct answer_given given;      /* what narrows the whole page; the rest is in `fact` */
	int32_t from_day, to_day;       /* both in it */
};

/* Reads it against what is on the shelf. */
struct answer_ask answer_ask_of(const struct answer_given *given, const struct fact_shelf *shelf, int64_t now);

/* The address of a list: "/answer/calls?…", or of another page with the same narrowing ("/answer?"). In the arena. */
const char *answer_ask_address(struct arena *arena, const struct answer_ask *ask, const struct fact_ask *fact, const struct fact_set *facts);
const char *answer_ask_query(struct arena *arena, const struct answer_ask *ask);

#endif
