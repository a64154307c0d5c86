/* Post text: what a post's body is as HTML and as plain text, which of the program's pictures it shows, and its words around those that were looked for. */
#ifndef STURGEON_APP_POST_TEXT_H
#define STURGEON_APP_POST_TEXT_H

#include <jansson.h>
#include <stdint.h>

#include "base/arena.h"

enum { POST_PICTURES = 200 };

const char *post_text_html(struct arena *arena, const char *format, const char *body);
const char *post_text_plain(struct arena *arena, const char *format, const char *body);

/* Ids of "/pictures/12" in it, closed by 0; at most POST_PICTURES. */
const int64_t *post_text_pictures(struct arena *arena, const char *body);

/* A piece of plain text around the first of the words that were typed (as post_words.h finds them): [{text, mark}], mark where it is one of them. Some `most`
 * characters; from the beginning where none of them stands in it. */
json_t *post_text_snippet(struct arena *arena, const char *plain, const char *typed, int most);
/* All of a text, as a title. */
json_t *post_text_marked(struct arena *arena, const char *text, const char *typed);

#endif
