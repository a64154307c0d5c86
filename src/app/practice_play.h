/* Practice play: a practice as lines: one typed, what comes of it printed. The terminal's, and a test's.
 *
 * A line is the number of a card, a command, or words of one's own, which are heard as far as they can be (core/trainer/heard.h). */
#ifndef STURGEON_APP_PRACTICE_PLAY_H
#define STURGEON_APP_PRACTICE_PLAY_H

#include "app/practice_heard.h"
#include "app/practice_show.h"

enum { PLAY_CARDS = 8 };

struct play_card {
	enum call_event_kind kind;
	int64_t item, value;
	const char *text;
};

struct play {
	struct practice_show show;
	struct practice practice;
	struct arena *arena;
	const struct lexicon *lexicon;
	struct play_card cards[PLAY_CARDS];
	int n_cards;
	int64_t at;
	bool over;
};

/* Begins the talk, in a mode: what is printed first. */
void play_begin(struct play *play, const struct practice_file *file, enum call_mode mode, uint64_t seed, enum lang lang, int64_t at, struct arena *arena, struct buf *out);
/* One line, at a moment. After the last one (play->over) the score is there. */
void play_line(struct play *play, const char *line, int64_t at);
/* The input has ended: the talk ends with what was agreed. */
void play_end(struct play *play);

#endif
