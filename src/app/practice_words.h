/* Practice words: what a simulated client says, in words: content/practice/words.json by act and character, what belongs to the scenario from the scenario. */
#ifndef STURGEON_APP_PRACTICE_WORDS_H
#define STURGEON_APP_PRACTICE_WORDS_H

#include "app/practice_file.h"
#include "base/buf.h"
#include "core/trainer/practice.h"

extern const struct content_file practice_files[]; /* made by tools/content2c.sh from content/practice/ */
extern const int practice_files_count;

struct practice_words {
	const json_t *json;
	struct rng rng;                 /* which variant: its own stream, so that words change nothing that happens */
	const char *last;               /* not said twice in a row */
};

void practice_words_init(struct practice_words *words, uint64_t seed, struct arena *arena);

/* Adds what he says; nothing for acts without words. */
void practice_words_say(struct practice_words *words, const struct practice_file *file, enum character character, const struct act *act, enum lang lang, struct buf *out);

/* The key of an act in words.json; NULL where the scenario has the words, or there are none. */
const char *practice_words_key(const struct act *act);

#endif
