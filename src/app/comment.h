/* Comment: answering under a post. Whoever may read a post and is a member may, unless he is banned; his own comment he may change for a quarter of an hour. */
#ifndef STURGEON_APP_COMMENT_H
#define STURGEON_APP_COMMENT_H

#include "app/use.h"
#include "store/comment_store.h"

enum { COMMENT_LONGEST = 4000, COMMENT_DEEPEST = 6 };
#define COMMENT_CHANGEABLE (15 * INT64_C(60) * 1000000)

/* parent_id 0: under the post itself. Mistake: text (it is empty; what it answers is not there). */
enum outcome comment_make(struct use *use, int64_t post_id, int64_t parent_id, const char *text, int64_t *ret_comment);
/* ABSENT where it is not his own; mistake text where a quarter of an hour is over. */
enum outcome comment_change(struct use *use, int64_t post_id, int64_t comment_id, const char *text);

/* Threads as one list, each answer after what it answers: id, depth (0 … COMMENT_DEEPEST), deeper (it answers one that stands as deep as can be: to {id, name}), author, at, edited_at,
 * body_html and body (not where it is hidden from this reader), hidden, own, changeable. A hidden one that nobody answered is left out, but for moderators and its author. */
enum outcome comment_threads(struct use *use, int64_t post_id, bool moderates, json_t **ret_comments);

#endif
