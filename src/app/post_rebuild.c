#include "app/post_rebuild.h"

#include <stdio.h>

#include "app/post_text.h"
#include "store/comment_store.h"
#include "store/post_store.h"
#include "store/post_words.h"

enum { ARENA_MAX = 64 << 20 };

static void told(bool *ret_equal, char detail[120], int64_t different, bool sound)
{
	*ret_equal = sound && !different;
	if (!*ret_equal) snprintf(detail, 120, "%lld posts%s", (long long)different, sound ? "" : ", and the index itself");
}

static enum err words_one(struct db *db, int64_t post_id, const char *format, const char *body, void *arg, struct error *err)
{
	struct arena *arena = arena_new(ARENA_MAX);
	int64_t *different = arg;
	bool equal;
	enum err kind = post_words_mend(db, post_id, post_text_plain(arena, format, body), &equal, err);
	if (!kind && !equal) (*different)++;
	arena_free(arena);
	return kind;
}

enum err post_rebuild_words(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t different = 0, strangers;
	bool sound;
	enum err kind = post_words_sound(db, &sound, &strangers, err);
	if (!kind) kind = post_each_body(db, words_one, &different, err);
	if (!kind) told(ret_equal, detail, different + strangers, sound);
	return kind;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Noted and in the text: the same ids? Those of pictures that are not there any more are not noted. */
static enum err pictures_one(struct db *db, int64_t post_id, const char *format, const char *body, void *arg, struct error *err)
{
	struct arena *arena = arena_new(ARENA_MAX);
	int64_t *different = arg;
	const int64_t *before, *after;
	(void)format;
	enum err kind = post_pictures_load(db, arena, post_id, &before, err);
	const int64_t *shown = kind ? NULL : post_text_pictures(arena, body);
	if (!kind && (*before || *shown)) kind = post_pictures_put(db, post_id, shown, err);
	if (!kind) kind = post_pictures_load(db, arena, post_id, &after, err);
	while (!kind && *before && !compare(before, after)) before++, after++;
	if (!kind && compare(before, after)) (*different)++;
	arena_free(arena);
	return kind;
}

enum err post_rebuild_pictures(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t different = 0;
	enum err kind = post_each_body(db, pictures_one, &different, err);
	if (!kind) told(ret_equal, detail, different, true);
	return kind;
}

enum err post_rebuild_comments(struct db *db, bool *ret_equal, char detail[120], struct error *err)
{
	int64_t different;
	enum err kind = comment_count_mend(db, &different, err);
	if (!kind) told(ret_equal, detail, different, true);
	return kind;
}
