/* Answer paper: what the parts of the company's answer are written on: the facts, their tally, the reader's language. For answer_page.c, answer_part.c and answer_publish.c. */
#ifndef STURGEON_APP_ANSWER_PAPER_H
#define STURGEON_APP_ANSWER_PAPER_H

#include "app/answer_page.h"
#include "app/answer_say.h"
#include "core/answer/tally.h"

struct paper {
	struct use *use;
	enum lang lang;
	const char *currency;
	const struct fact_shelf *shelf;
	const struct fact_set *facts;
	struct answer_ask ask;
	struct tally tally;
	int64_t bounds[TALLY_SPANS + 1];
	int n_spans;
	bool weeks;                     /* the spans are weeks; otherwise months */
};

/* Opens the shelf and counts; to be closed where it is DONE. */
enum outcome paper_open(struct use *use, const struct answer_given *given, struct paper *ret_paper);
void paper_close(struct paper *paper);
void paper_count(struct paper *paper, const struct answer_given *given); /* other conversations, on the same shelf */

const char *paper_calls(const struct paper *paper, const struct fact_ask *ask); /* the address of a list */
json_t *paper_figure(const struct paper *paper, const struct fact_ask *yes_ask, int64_t yes, const struct fact_ask *ask, int64_t n);

/* "58 %", linked; "52–64 %"; "n = 231", linked: {share}, {interval} and {n} of a sentence; more may follow in `more`, closed by a NULL name. */
json_t *paper_share_say(const struct paper *paper, const char *msgid, const json_t *figure, const struct say_with *more);
json_t *paper_saying(bool enough, json_t *parts);
/* Not enough of them to say it. */
json_t *paper_few(const struct paper *paper, const char *msgid, int64_t n, int needed, const char *calls);

const char *paper_step(const struct paper *paper, int mode, int step); /* its name */

json_t *paper_lead(const struct paper *paper);
json_t *paper_lost(const struct paper *paper);
json_t *paper_advice(const struct paper *paper);
json_t *paper_price(const struct paper *paper);
json_t *paper_packages(const struct paper *paper);
enum outcome paper_decide(const struct paper *paper, json_t **ret_decide);

#endif
