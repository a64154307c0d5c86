/* Journal page: a blogger's or a community's page: who it is, its statistics in the rating, its best moments, its posts with their positions over time; the directory of all. */
#ifndef STURGEON_APP_JOURNAL_PAGE_H
#define STURGEON_APP_JOURNAL_PAGE_H

#include "app/rating_span.h"
#include "app/use.h"

enum { JOURNAL_POSTS = 20, JOURNAL_TAGS = 16, JOURNAL_FOLLOWERS = 12, DIRECTORY_ROWS = 50 };

/* ABSENT: no such journal. best: the posts that gave most points first, instead of the newest. */
enum outcome journal_page(struct use *use, int64_t journal_id, const struct rating_ask *ask, bool best, json_t **ret_model);
/* kind "blogger", "community" or "followed". */
enum outcome journal_directory(struct use *use, const char *kind, const char *words, const char *after, json_t **ret_model);
enum outcome journal_follow(struct use *use, int64_t journal_id, bool back);

#endif
