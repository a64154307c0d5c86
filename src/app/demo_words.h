/* Demo words: what is written down in the demo company: clients' answers, promises, notes, reasons of loss. Ukrainian, as a manager jots it. */
#ifndef STURGEON_APP_DEMO_WORDS_H
#define STURGEON_APP_DEMO_WORDS_H

#include "app/demo_people.h"
#include "base/rng.h"

/* What he said when a question touched this motive; −1: it touched none. */
const char *demo_words_answer(enum demo_trade trade, int motive, struct rng *rng);
const char *demo_words_promise(enum demo_trade trade, struct rng *rng);
const char *demo_words_lost(enum demo_trade trade, struct rng *rng);
const char *demo_words_apart(struct rng *rng);                  /* lost over the terms */
const char *demo_words_cut(struct rng *rng);                    /* he hinted at a personal cut */
/* A line of a client's crib, and what kind of line it is: topic, story, association (N2). */
const char *demo_words_crib(struct rng *rng, const char **ret_variety);
const char *demo_words_note(bool b2b, struct rng *rng);         /* in a call */
const char *demo_words_about(bool b2b, struct rng *rng);        /* on the client's card */
const char *demo_words_title(enum demo_trade trade, int count, struct arena *arena); /* of a deal of so many users or sites */
const char *demo_words_first(enum demo_trade trade);            /* what a first conversation is planned for */

#endif
