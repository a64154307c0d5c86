/* Call book: what can be said in a call: the playbook's items, cards that are posts (card.h), the client's own crib (as openers), the product's points, and what the client has heard
 * already. The ids of posts and of items never meet: an event of the call names a card by its post's id. */
#ifndef STURGEON_APP_CALL_BOOK_H
#define STURGEON_APP_CALL_BOOK_H

#include "app/advise_deal.h"
#include "app/use.h"
#include "base/share.h"
#include "core/playbook/live.h"
#include "store/call_store.h"

#define CALL_FEW 5        /* fewer uses than this say nothing of how well an answer works */

/* As numbers for the core, and with its words as JSON: objects keyed as call_items has them, the product's points among them with kind "point".
 * Things for one place come in the order of what they may be worth (call_order.h). Lives in the arena of use. */
struct call_book {
	struct playbook book;
	json_t *items;                  /* array */
	int64_t playbook_id;
};

/* all: retired items too, for the page of a call that is over. */
enum outcome call_book_load(struct use *use, const struct call_row *call, bool all, struct call_book **ret_book);
const char *call_book_text(struct use *use, const struct call_book *book, int64_t id); /* what is said: an item's text, or a point's benefit as a sentence; "" */
json_t *call_book_item(const struct call_book *book, int64_t id); /* borrowed; NULL where there is none */

/* The running call: its sale led through every event, and what the advisor makes of it. */
struct call_live {
	struct advise_team *team;
	struct advise_known known;
	struct live_signal signals[TALK_SIGNALS_MAX];
	struct live_known live_known;
	struct live live;
};
struct call_live *call_live_make(struct use *use, struct advise_team *team, const struct advise_known *known, const struct call_event *events, int n_events); /* team is borrowed */
enum outcome call_live_load(struct use *use, int64_t call_id, const struct call_event *events, int n_events, struct call_live **ret_live);

#endif
