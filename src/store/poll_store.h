/* Poll store: a question under a post, its options, and what members answered: one answer each, which he may change, with a reason (L2). */
#ifndef STURGEON_STORE_POLL_STORE_H
#define STURGEON_STORE_POLL_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/db.h"

enum { POLL_OPTIONS = 10 };

struct poll_fields {
	const char *question;           /* "": no poll */
	const char *options[POLL_OPTIONS + 1]; /* closed by NULL */
	int64_t closes_at;              /* 0: never */
};

/* Instead of what was there. The answers go where the question or an option is another: only before there is one (poll_answers). */
enum err poll_put(struct db *db, int64_t post_id, const struct poll_fields *fields, struct error *err) MUST_CHECK;
enum err poll_closes_put(struct db *db, int64_t post_id, int64_t closes_at, struct error *err) MUST_CHECK;
enum err poll_answers(struct db *db, int64_t post_id, int64_t *ret_n, struct error *err) MUST_CHECK;
enum err poll_answer_put(struct db *db, int64_t post_id, int64_t member_id, int64_t place, const char *reason, int64_t at, struct error *err) MUST_CHECK;

/* question, closes_at, options [{place, text, count}], answers; mine (the reader's place) or null, reason (his). NULL where the post has no poll. */
enum err poll_load(struct db *db, int64_t post_id, int64_t member_id, json_t **ret_poll, struct error *err) MUST_CHECK;
/* The reasons that were given, the last first, at most `limit`: place, reason, at, name. */
enum err poll_reasons(struct db *db, int64_t post_id, int limit, json_t **ret_reasons, struct error *err) MUST_CHECK;

#endif
