/* Practice score: how a practice was led, as its page shows it: what is really so is known, so the mode and the motives count too. */
#ifndef STURGEON_APP_PRACTICE_SCORE_H
#define STURGEON_APP_PRACTICE_SCORE_H

#include "app/practice_run.h"
#include "app/practice_show.h"

/* As app/score_page.h, with a lead's marks; the moments are lines of run->talk. */
enum outcome practice_score_page(struct use *use, const struct practice_run *run, json_t **ret_score);

#endif
