/* Answer say: sentences of the company's answer, whose numbers open to the conversations behind them (L2).
 *
 * A sentence is a message with {names}; each is filled with text, which may be a link. As part of a model: [{text, link (an address, where it is one), quiet (it stands in brackets)}]. Plain text for a
 * post: the parts one after another. */
#ifndef STURGEON_APP_ANSWER_SAY_H
#define STURGEON_APP_ANSWER_SAY_H

#include <jansson.h>

#include "base/arena.h"
#include "base/share.h"
#include "base/tr.h"
#include "core/answer/compare.h"

struct say_with {
	const char *name, *text, *calls; /* calls NULL: no link */
};

/* `with` closed by a NULL name. text is translated already. A new reference. */
json_t *answer_say(const char *text, const struct say_with *with);
const char *answer_say_plain(struct arena *arena, const json_t *parts);

/* As the reader writes them: 58 %; 52–64 %; 231; 12 000 ₴; the points of a difference without a sign: 18; its ends in the order of the reader: "3–31". */
const char *answer_percent(struct arena *arena, enum lang lang, double share);
const char *answer_interval(struct arena *arena, enum lang lang, double low, double high);
const char *answer_count(struct arena *arena, enum lang lang, int64_t n);
const char *answer_money(struct arena *arena, enum lang lang, double minor, const char *currency);
const char *answer_points(struct arena *arena, enum lang lang, double difference);
const char *answer_points_interval(struct arena *arena, enum lang lang, double low, double high);

#endif
