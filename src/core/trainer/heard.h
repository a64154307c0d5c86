/* Heard: what typed words are: a question (of which type, how deep in the funnel and in SPIN), small talk, agreement with an opinion or with a fact, an argument, an offer, a
 * closing, pressure, … or not understood, said honestly rather than guessed.
 *
 * By patterns that are content (content/heard/), one list a language. A pattern is a weight and words in their order:
 *
 *   word      that word            stem*   a word that begins so         a|b*    either
 *   _         any one word         ..      up to HEARD_GAP words         ^word   at the beginning of a sentence, after fillers
 *   ?         (last) in a sentence that asks
 *
 * Words are compared as text_fold makes them (case, apostrophes, dashes). A label's score is the sum of the weights of its patterns that are found, each counted once. The act
 * of the greatest score is heard where it reaches HEARD_ENOUGH, and where a question does not score more: a sentence that ends with "?" is worth HEARD_ASKS. Equal scores: the later
 * in the enum. Nothing reaches it: HEARD_NOTHING.
 *
 * Pure; O(patterns · words). What is longer than HEARD_WORDS words is heard to there. */
#ifndef STURGEON_CORE_TRAINER_HEARD_H
#define STURGEON_CORE_TRAINER_HEARD_H

#include "base/arena.h"
#include "core/trainer/move.h"

enum { HEARD_WORDS = 200, HEARD_GAP = 6, HEARD_ENOUGH = 2, HEARD_ASKS = 2, HEARD_ALTERNATIVES = 24, HEARD_TOKENS = 10 };

enum heard_act {
	HEARD_NOTHING, HEARD_QUESTION, HEARD_SMALL_TALK, HEARD_ARGUMENT, HEARD_AGREE_OPINION, HEARD_AGREE_FACT, HEARD_OFFER, HEARD_CLOSING, HEARD_GOODBYE, HEARD_PRESSURE,
	HEARD_OFFER_CUT, HEARD_REFUSE_CUT, HEARD_ACTS
};

struct heard {
	enum heard_act act;
	int score;                      /* how sure: of that act */
	enum question_type type;        /* of a question */
	int funnel, spin;               /* enum question_level; −1: nothing shows it */
	enum close_kind close;          /* of a closing */
	uint32_t motives;               /* touched by its words */
};

/* What a pattern speaks for: a group and a name in it: "act" "pressure", "type" "open", "funnel" "detailing", "spin" "direct", "close" "payment", "motive" "safety". */
enum heard_group { HEARD_OF_ACT, HEARD_OF_TYPE, HEARD_OF_FUNNEL, HEARD_OF_SPIN, HEARD_OF_CLOSE, HEARD_OF_MOTIVE, HEARD_GROUPS };

struct heard_token {
	const char *words[HEARD_ALTERNATIVES]; /* NULL-closed where shorter; "_" and ".." stand alone */
	int lengths[HEARD_ALTERNATIVES];
	bool stems[HEARD_ALTERNATIVES];
	int n;
	enum { TOKEN_WORDS, TOKEN_ANY, TOKEN_GAP } kind;
};

struct heard_pattern {
	enum heard_group group;
	int value, weight;
	bool begins, asks;
	int n;
	const struct heard_token *tokens;
};

struct lexicon {
	struct heard_pattern *patterns;
	int n, room;
	const char **fillers;
	int n_fillers, filler_room;
	struct arena *arena;
};

void heard_lexicon(struct lexicon *lexicon, struct arena *arena, int most_patterns, int most_fillers);
/* false: not a pattern, no such name, or no room. */
bool heard_learn(struct lexicon *lexicon, const char *group, const char *name, const char *pattern);
bool heard_filler(struct lexicon *lexicon, const char *word);

struct heard heard_words(const struct lexicon *lexicon, const char *text, struct arena *arena);

/* As a move in a talk of that mode; in_hand: an objection waits for an answer. Not understood: MOVE_UNKNOWN. An offer has no package yet: whoever knows the table asks for it. */
struct move heard_move(const struct heard *heard, enum call_mode mode, bool in_hand);

/* How much two lines have in common, 0 … 100: twice the number of words that both have (by their first HEARD_STEM letters, each once), by the number of all. Who types a card as it
 * stands said the card. */
enum { HEARD_STEM = 5 };
int heard_alike(const char *a, const char *b, struct arena *arena);

const char *heard_act_word(enum heard_act act);

#endif
