/* Feed read: journals elsewhere as journals here (L3): added by a lead, read on a schedule, their entries as posts that lead to their source.
 *
 * An entry is known by what it calls itself, otherwise by its link where it alone leads there, otherwise by its text: it is never taken twice. One that was edited changes
 * its post, whose history keeps what it said. The first reading takes the newest FEED_FIRST entries and passes the others over for good. A feed is read every half an hour to every day, the oftener the more it brings; after
 * a failure it waits, twice as long each time, at most a day, or as long as its server asks. Reading is done away from the writer. */
#ifndef STURGEON_APP_FEED_READ_H
#define STURGEON_APP_FEED_READ_H

#include "app/use.h"
#include "exchange/feed.h"
#include "store/store.h"

enum { FEED_FIRST = 20 };

/* What stands at an address: the feed, or that which the page there names. */
struct feed_found {
	struct feed feed;
	const char *url, *etag, *last_modified;
	const char *problem;            /* a msgid, "" where it was read */
	const char *detail;
};

/* Takes seconds: on a thread of its own. loopback_too: tests alone. */
struct feed_found *feed_look(struct arena *arena, const char *url, bool loopback_too);
json_t *feed_found_json(const struct use *use, const struct feed_found *found); /* {title, url, entries (the newest) [{title, link, at}], count, taken (how many of them at once)} */

/* Leads and administrators. name "": the feed's own. Mistakes: url (what was wrong; it is here already), name. */
enum outcome feed_add(struct use *use, const struct feed_found *found, const char *kind, const char *name, int64_t *ret_journal_id);
enum outcome feed_page(struct use *use, json_t **ret_model);
enum outcome feed_now(struct use *use, int64_t journal_id);                /* read it as soon as can be; goes on where it was paused */
enum outcome feed_pause(struct use *use, int64_t journal_id);
enum outcome feed_stop(struct use *use, int64_t journal_id);

/* New entries become posts, edited ones change theirs; what is more than a reading takes waits for the next. ret_taken: how many of either. In a transaction. */
enum outcome feed_take(struct use *use, int64_t journal_id, bool community, const struct feed *feed, bool first, int *ret_taken);

/* Reads what is due. stopping: asked between and while. */
enum err feed_work(struct store *store, bool (*stopping)(void *arg), void *arg, bool loopback_too, struct error *err) MUST_CHECK;

#endif
