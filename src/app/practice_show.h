/* Practice show: a practice talk in words, for a terminal: what the manager did, what the client says, what was hidden, the score. Adds to a buf; plain text. */
#ifndef STURGEON_APP_PRACTICE_SHOW_H
#define STURGEON_APP_PRACTICE_SHOW_H

#include "app/practice_words.h"
#include "core/trainer/score.h"

struct practice_show {
	const struct practice_file *file;
	struct practice *practice;
	struct practice_words words;
	enum lang lang;
	struct buf *out;
};

const char *practice_show_step(const struct practice_show *show, enum talk_step step);
const char *practice_show_motive(const struct practice_show *show, int motive);
void practice_show_intro(struct practice_show *show);
/* A line, or nothing for what needs none; reply: what the client said to it. */
void practice_show_event(struct practice_show *show, const struct call_event *event, const struct acts *reply);
void practice_show_reply(struct practice_show *show, const struct acts *reply);
void practice_show_hint(struct practice_show *show, const struct talk_hint *hint);    /* without the end of the line */
void practice_show_table(struct practice_show *show, const struct package *package);  /* what lies on it, and what each option brings us */
void practice_show_end(struct practice_show *show);    /* how it ended, what was hidden, the score */

/* The score of this practice: what is really so is known. */
struct score practice_score(const struct practice *practice, struct arena *arena);

#endif
