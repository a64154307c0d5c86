/* Bargain picture: their value against ours: every frontier package a dot, our limit a wall, where we stand, what they ask, what is in the draft, Nash starred (N7, N9). Made here, so
 * that it needs no script; assets/table.js draws the same anew at every keystroke. */
#ifndef STURGEON_APP_BARGAIN_PICTURE_H
#define STURGEON_APP_BARGAIN_PICTURE_H

#include "app/bargain_table.h"
#include "core/bargain/frontier.h"

enum { PICTURE_DOTS = 160 };

/* x and y are percent of the picture from its upper left corner, x grows with ours, y with theirs turned upside down. dots: [{x, y, i: point of the frontier}], where more than PICTURE_DOTS
 * lie, those that fall on others are left out; line: the path through all of them, 1000 by 1000; wall, target: {x, minor}, their: {y, minor}; now, draft, ask, nash: {x, y} ;
 * marks_x, marks_y: [{at, minor}]; zone {x, y, width, height}: what both accept. end: its words stand before it. What there is not is null. `asked`: what they ask, or NULL. draft NULL: none. */
json_t *bargain_picture(const struct bargain_table *table, const struct frontier *frontier, const struct package *draft, const struct package *asked);

/* Which point is Nash; −1 where none is accepted by both, or a limit is not known. */
int bargain_picture_nash(const struct bargain_table *table, const struct frontier *frontier);

#endif
