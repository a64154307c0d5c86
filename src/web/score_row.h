/* Score row: a criterion of templates/score.html whose form is shown again after a mistake. */
#ifndef STURGEON_WEB_SCORE_ROW_H
#define STURGEON_WEB_SCORE_ROW_H

#include <jansson.h>

/* The row that was marked stands open, with what was picked. typed: what came by the form. */
void score_row_open(json_t *model, const json_t *typed);

#endif
