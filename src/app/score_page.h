/* Score page: how a talk was led, as the page of a real call and of a practice shows it alike (templates/score.html): by the rubric of core/trainer/score.h, and with
 * the marks that a lead gave instead. */
#ifndef STURGEON_APP_SCORE_PAGE_H
#define STURGEON_APP_SCORE_PAGE_H

#include "app/use.h"
#include "core/trainer/score.h"
#include "store/mark_store.h"

struct score_told {
	const struct score *score;      /* by the rubric alone */
	enum call_mode mode;            /* in which the talk ended: whose rubric it is */
	struct mark_of of;
	const char *(*text)(void *arg, int64_t item, const char *part); /* what is said, of an item of the playbook; part: of an objection "clarify", "agree", "complete"; NULL; "" */
	void *arg;
	json_t *best;                   /* score->best in words: [{variable, option}]; taken over; NULL: nothing was agreed */
	const json_t *steps;            /* the time line: [{lines: [{seq, at_s, what, text, …}]}]; borrowed; NULL: there is none */
};

/* {path ("/calls/12"), n, score (3.9), tenths, failed, may (may this reader overrule?),
 *  overruled (by a lead, anywhere), rubric (the score without that),
 *  marks [{criterion, mark, says (the key of what it means: "contact_4"; "" where the rubric never gives it), scale [{n, says, on}] (what the rubric gives), picks [{n, on}] (what a lead may), first (nothing was worse: begin here), moment: null or the line that it rests on, {seq,
 *          at_s, what, text …}, better: null or {kind, words, text}, rubric (its own mark), lead: null or {mark, reason, name, at}}],
 *  agreed, left_minor, best [{variable, option}] (what a package of the same worth to them would have brought us more, and that package)}.
 * A talk with nothing to mark: null. */
enum outcome score_page(struct use *use, const struct score_told *told, json_t **ret_score);

/* The same with the marks of leads in it; ret_marks (may be NULL) as mark_list. */
enum outcome score_overruled(struct use *use, struct mark_of of, struct score *score, json_t **ret_marks);

#endif
