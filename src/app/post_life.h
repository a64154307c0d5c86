/* Post life: a post's time in the main top as a picture and in figures (T5–T7), for templates/post_life.html.
 *
 * {from, to, places, width, height, line, area, marks: [{at, unit, year, x (percent), start, end}], levels: [{position, y}], votes: {path, height, count},
 *  stays: [{from, to (null: held still), position, seconds}], the latest LIFE_STAYS; earlier: how many came before those,
 *  moves, best, mean, time_s, longest_s, place_h, entered_at, position (0: not there now)} */
#ifndef STURGEON_APP_POST_LIFE_H
#define STURGEON_APP_POST_LIFE_H

#include "app/use.h"

enum { LIFE_STAYS = 500 };

/* published_at: of the post, which must be one that may be read. *ret_life: JSON null where it never was in the top. */
enum outcome post_life(struct use *use, int64_t post_id, int64_t published_at, json_t **ret_life);

#endif
