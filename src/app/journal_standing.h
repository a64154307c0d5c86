/* Journal standing: what a blogger or a community did in the main top, for its page: its figure over a span, week after week, its best moments, its best posts, and with whom:
 * a community's best bloggers, the communities that a blogger's points come from. */
#ifndef STURGEON_APP_JOURNAL_STANDING_H
#define STURGEON_APP_JOURNAL_STANDING_H

#include "app/rating_span.h"
#include "app/use.h"

enum { JOURNAL_MOMENTS = 3, JOURNAL_PEERS = 6, JOURNAL_WEEKS = 52, JOURNAL_WEEKS_LEAST = 12 };

struct journal_standing {
	struct use *use;
	const struct standing *standing;
	enum rating_by by;
	int64_t journal_id;
	uint32_t who;                   /* RATING_NOBODY: it never was in the top */
	struct rating_spans spans;
	int places;
};

/* Into the model: figure {rank, rating, address, posts, entered, now, time_s, place_h, best, mean, longest_s}; weeks {bars [{from, to, hours, address, x, width, y, height}, percent],
 * marks [{at, unit, x}]} of at most the last year; best [{post, position, from, seconds, address}], each of another post; peers [{id, name, rating, posts, address}]. Nothing where it
 * never was in the top. */
enum outcome journal_standing_put(const struct journal_standing *s, json_t *model);

/* The posts that gave most points ever, the first of them first: at most `room`; how many. */
int journal_standing_best(const struct journal_standing *s, int64_t *ret_posts, int room);
/* A post's life in the top {path, width, height (of a line), best, time_s, points, address}; null: it had none. */
json_t *journal_standing_life(const struct journal_standing *s, int64_t post_id);

#endif
