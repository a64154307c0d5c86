/* Score: how well a talk was led, by one rubric for practice and for real calls (L1). Up to seven criteria of a mode, 1 … 5 each, and one more where a personal cut was hinted at.
 *
 * Everything follows from the events that stand (talk.h), the playbook, and the table where there is one. A criterion that had no occasion is left out: nothing objected, nothing to
 * answer. Each names the moment that it rests on (seq of an event), and what the rules offered at that moment (talk_next), which would have been the better line.
 *
 *   sale         contact       5 a first word about the client before the matter; 4 more than three; 3 only later; 1 none
 *                funnel        5 three questions or more, through all three levels, an open one among them; 4 two levels; 3 one level; 2 one or two questions; 1 none
 *                motives       5 two or more found before the first benefit; 4 one; 2 only afterwards; 1 none. One less for each that was ticked and is not there (practice)
 *                presentation  1 + 4 · the share of benefits that served a motive found by then, rounded down; 1 none was said
 *                objections    the mean of: held 3, one more for clarified, one more for agreed with before the first argument; left 1, clarified or agreed 2
 *                closing       5 the contract; 4 proposed, and the next moment agreed; 3 proposed; 2 only a next moment; 1 nothing
 *   negotiation  person        5 what is about this person, or any opener where the crib has nothing new; 4 an opener; 1 none
 *                interests     the mean over his positions: 5 the interest found; 4, 3, 2 SPIN reached the direct question, the implication, the problem; 1 no deeper. Where he
 *                              said none: 5 an interest found, 3 asked by SPIN, 1 not; left out where motives had been found before the talk became a negotiation
 *                justification as presentation, with what serves the interests found
 *                arguments     the mean over his positions: 5 the answer held; 4 two arguments; 3 one; 1 none
 *                trade         1 no offer; 5 nothing was given for nothing and price was not the first concession; less 1 for each gift; 2 at most where price went first
 *                package       (agreed) 5 on the frontier; 4 within 2 % of the room between the limit and the best for us; 3 within 5 %; 2 within 15 %; 1 further, or below the limit
 *   both         mode          where it is known which conversation it was: 5 led so from nine tenths of the talk on; 3 from half; 1 less. Otherwise, where the other
 *                              mode was proposed: 5 followed, 2 not
 *                compliance    5 refused; 2 heard and not answered; 1 offered: then the talk has failed
 *
 * The score is the mean of the marks; where it is known that the other conversation was led, at most SCORE_WRONG tenths however well it was led, where it was led for up to half of the
 * talk SCORE_LATE; 10 where a cut was offered.
 *
 * The better line is what the playbook had for that criterion and was not used: a question of the level that was missing, a benefit for what was found, the part of the algorithm that was
 * left out, the next question of SPIN; otherwise what talk_next said just before the moment, unless that is what was done. The package's is the package (`best`).
 * O(events²) at worst; the frontier's memory is the arena's.
 *
 * A lead may overrule a mark: his counts instead, in the score too. That a cut was offered stays so. */
#ifndef STURGEON_CORE_TRAINER_SCORE_H
#define STURGEON_CORE_TRAINER_SCORE_H

#include "base/arena.h"
#include "core/playbook/talk.h"
#include "core/trainer/board.h"

enum score_criterion {
	SCORE_CONTACT, SCORE_FUNNEL, SCORE_MOTIVES, SCORE_PRESENTATION, SCORE_OBJECTIONS, SCORE_CLOSING,
	SCORE_PERSON, SCORE_INTERESTS, SCORE_JUSTIFICATION, SCORE_ARGUMENTS, SCORE_TRADE, SCORE_PACKAGE,
	SCORE_MODE, SCORE_COMPLIANCE,
	SCORE_CRITERIA
};

enum { SCORE_MOST = 8, SCORE_WRONG = 25, SCORE_LATE = 40 };

struct score_mark {
	enum score_criterion criterion;
	int mark;                       /* 1 … 5 */
	int64_t seq;                    /* the event that it rests on; 0: the talk as a whole */
	struct talk_hint better;        /* HINT_NONE where the moment was right. HINT_OBJECTION: value 1 + enum answer_part, the part that was left out; 0: an answer at all */
};

struct score_known {
	const struct playbook *book;
	const struct board *board;      /* NULL: no table. theirs: what we think, in practice what is so */
	int mode;                       /* 1 + which conversation it was; 0: not known */
	uint32_t motives;               /* that the client really has; 0: not known */
	bool bribed;                    /* a personal cut was offered */
};

struct score {
	int n;
	struct score_mark marks[SCORE_MOST];
	int tenths;                     /* the score in tenths: 10 … 50; 0: nothing was marked */
	bool known;                     /* which conversation it was */
	bool failed;                    /* a cut was offered */
	bool agreed;                    /* a package was, and below is what was left on the table */
	int64_t left;                   /* what a package of the same worth to them would have brought us more; minor units, ≥ 0 */
	struct package best;            /* that package */
};

void score_talk(const struct talk *talk, const struct score_known *known, struct arena *arena, struct score *ret_score);

/* A lead's mark, 1 … 5, instead of the rubric's. false: this talk has no such criterion. */
bool score_overrule(struct score *score, enum score_criterion criterion, int mark);

const char *score_word(enum score_criterion criterion); /* a stable name, never shown to people */
bool score_named(const char *word, enum score_criterion *ret_criterion); /* false: no such name */

#endif
