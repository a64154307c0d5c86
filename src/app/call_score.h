/* Call score: how a conversation was led, by the rubric of practice (core/trainer/score.h). */
#ifndef STURGEON_APP_CALL_SCORE_H
#define STURGEON_APP_CALL_SCORE_H

#include "app/call_book.h"
#include "app/call_trade.h"
#include "core/trainer/score.h"

/* A conversation that took place, with what it was led on. Everything is borrowed. */
struct call_scored {
	int64_t call_id;
	const struct call_row *row;
	const struct call_book *book;   /* with what is retired */
	const struct call_trade *trade; /* NULL: no table */
	const struct talk *talk;
};

/* Reads book and trade, where the rest is there. */
enum outcome call_score_load(struct use *use, struct call_scored *scored);
/* Reads all of it. ABSENT: there is no such call, or it has not taken place. */
enum outcome call_score_find(struct use *use, int64_t call_id, struct call_scored *ret_scored);

/* The table as it stood before the call, for the rubric; false where nothing is on it or no limit was set. Lives in the arena of use. */
bool call_score_board(struct use *use, const struct call_trade *trade, struct board *ret_board);

/* By the rubric alone. What the client had heard is taken as it was before this call, so that later ones change nothing of it. */
enum outcome call_score(struct use *use, const struct call_scored *scored, struct score *ret_score);

/* For its page, as app/score_page.h; steps: its time line (call_over's). */
enum outcome call_score_page(struct use *use, const struct call_scored *scored, const json_t *steps, json_t **ret_score);

#endif
