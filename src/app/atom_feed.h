/* Atom feed: what the house publishes, for readers of feeds: the newest posts, a journal's, the top, the rating of the last 30 days (L3).
 *
 * Readable by whoever may read; a reader of feeds has no log-in, so a member has a key of his own that stands in the address. The key reads feeds and nothing
 * else; a new one ends the one before. Only its hash is stored. */
#ifndef STURGEON_APP_ATOM_FEED_H
#define STURGEON_APP_ATOM_FEED_H

#include "app/use.h"
#include "base/buf.h"

enum { ATOM_ENTRIES = 50, ATOM_BYTES = 16 << 20 /* more than any takes */ };
enum atom_kind { ATOM_POSTS, ATOM_JOURNAL, ATOM_TOP, ATOM_RATING };

struct atom_ask {
	enum atom_kind kind;
	int64_t journal_id;             /* of ATOM_JOURNAL */
	const char *tag;                /* of ATOM_POSTS; "": all */
	const char *origin;             /* "https://host" */
	const char *self;               /* path and query of the feed, without the key */
};

/* ABSENT: no such journal. out is begun by the caller. */
enum outcome atom_feed(struct use *use, const struct atom_ask *ask, struct buf *out);

bool atom_key_good(struct use *use, const char *key);
enum outcome atom_key_make(struct use *use, const char **ret_key);

#endif
