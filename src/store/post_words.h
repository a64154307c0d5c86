/* Post words: finding posts as one types: the row of post_words that a readable post has, and what it is asked.
 *
 * Invariant: a post that can be read has the row that post_words_put would write, any other has none. `sturgeon check` proves it (app/post_rebuild.h). What a
 * body says as plain text is the caller's to know (store knows no formats). */
#ifndef STURGEON_STORE_POST_WORDS_H
#define STURGEON_STORE_POST_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/post_store.h"

/* Writes the post's row anew, or takes it out where it cannot be read. plain: its body as plain text. */
enum err post_words_put(struct db *db, int64_t post_id, const char *plain, struct error *err) MUST_CHECK;
/* The same, and says whether it had been so. */
enum err post_words_mend(struct db *db, int64_t post_id, const char *plain, bool *ret_equal, struct error *err) MUST_CHECK;
/* Rows of posts that are not there: dropped, and counted. The index against its own texts: made anew where it is broken. */
enum err post_words_sound(struct db *db, bool *ret_sound, int64_t *ret_strangers, struct error *err) MUST_CHECK;

/* The words of a text, folded to letters and digits, parted by single spaces. In the arena. */
char *post_words_fold(struct arena *arena, const char *text);

enum { POST_FOUND_MAX = 200 };

/* The posts in a scope in which every typed word begins a word of the title, the text or a tag, or the name of its author or community: those with all of them in
 * the title first, otherwise the last published first. At most POST_FOUND_MAX; ids in the arena. *ret_n −1: nothing to look for was typed. */
enum err post_words_find(struct db *db, struct arena *arena, const char *typed, const struct post_scope *scope, const int64_t **ret_ids, int *ret_n,
			 struct error *err) MUST_CHECK;

#endif
