/* Feed: what journals elsewhere send: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, as the wild has them (L3).
 *
 * Bytes become UTF-8 first: by the mark at their beginning, by what they declare, by what HTTP says, otherwise by what they can be read as. Entities of HTML are
 * known; what XML does not allow is dropped, and whatever stands before the first element; libxml2 then reads what can be read (RECOVER), never the network, an
 * external entity or a DTD (NONET; never NOENT, DTDLOAD, HUGE): entities and bombs stay shut. Texts are cleaned by allow.h. Addresses are read against xml:base and the feed's own.
 * At most FEED_BYTES are read, and FEED_ENTRIES entries. Whatever the bytes are, it takes less than FEED_ARENA of the arena. */
#ifndef STURGEON_EXCHANGE_FEED_H
#define STURGEON_EXCHANGE_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { FEED_BYTES = 5 << 20, FEED_ENTRIES = 1000, FEED_ARENA = 160 << 20 };

struct feed_entry {
	const char *guid;               /* what it calls itself; "" */
	const char *link;               /* absolute, http or https; "" */
	const char *title;              /* plain; "" */
	const char *html;               /* by allow_html; "" */
	const char *author;             /* plain; "" */
	int64_t published, updated;     /* 0: not told, or told in a way that cannot be read */
};

struct feed {
	const char *title, *link;
	struct feed_entry *entries;     /* in the feed's order */
	int n;
};

enum feed_refusal { FEED_GOOD, FEED_EMPTY, FEED_TOO_LARGE, FEED_IS_PAGE, FEED_NOT_XML, FEED_NOT_FEED, FEED_REFUSALS };

/* content_type may be NULL: HTTP's. url: where it came from, NULL where from nowhere. ret_detail: more about a refusal, for who looks after the feed; "". */
enum feed_refusal feed_read(struct arena *arena, const char *bytes, size_t n, const char *content_type, const char *url, struct feed *ret_feed, char ret_detail[120]);
const char *feed_refusal_words(enum feed_refusal refusal); /* a msgid */

/* The address of the feed that a web page names (<link rel="alternate" type="application/rss+xml">), absolute; NULL where it names none. */
const char *feed_discover(struct arena *arena, const char *html, size_t n, const char *url);

#endif
