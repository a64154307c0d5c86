/* Card worked: "this worked", said in a call or on the page of one that is over: what was said becomes the beginning of a post (L4). */
#ifndef STURGEON_APP_CARD_WORKED_H
#define STURGEON_APP_CARD_WORKED_H

#include "app/post.h"

/* Of which moment of the call: an event by its number, or (seq 0) the last thing said; item: that one of what was said; words: what the manager typed instead. */
struct card_moment {
	int64_t call_id, seq, item_id;
	const char *words;
};

/* The form of the post: kind, title, body, line and where it belongs, from what was going on then. *ret_post_id: it was somebody's card already, and `form` is empty; 0.
 * ABSENT; REFUSED: another's call. Mistake worked: nothing was said yet. Strings live in the arena. */
enum outcome card_worked_form(struct use *use, const struct card_moment *moment, struct post_form *ret_form, int64_t *ret_post_id);

/* One key: a draft of it, or, where the card is somebody else's, a vote for it. *ret_done: "drafted", "voted", "own" (one's own card: nothing to do). *ret_draft_id: 0 but for "drafted". */
enum outcome card_worked(struct use *use, const struct card_moment *moment, const char **ret_done, int64_t *ret_draft_id);

#endif
